"""What a preview finds: plain results, apart from how they are found and from how they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from scripts.findings import Finding, Report
from scripts.package.row_changes import CellChange, RowChange

# Words that many rows share, so that a change of one reaches far.
VOCABULARIES = ("indicators", "populations", "places", "organisations", "series", "terms")
READINGS = "reported_values"
CONFLICTS = "conflicts"  # a derived table
# A computed table that repeats the readings that are shown already.
BOOKKEEPING = ("values",)
PLACES_IN_A_LIST = ("origins", "position")  # move with every row that comes before


@dataclass(frozen=True)
class ContractChange:
    """A part of the contract that is new, gone or changed."""

    kind: str
    place: str  # from the table inwards
    was: str = ""
    became: str = ""


@dataclass(frozen=True)
class TableChanges:
    """The rows of one table that differ, or why they cannot be compared."""

    table: str
    rows: tuple[RowChange, ...]
    not_compared: str = ""

    def of_kind(self, kind: str) -> list[RowChange]:
        """The rows that were added, changed or removed."""
        return [row for row in self.rows if row.kind == kind]


@dataclass(frozen=True, kw_only=True)
class ReadingChange:
    """A reading that came, changed or went, and what goes with one that went."""

    kind: str  # added, changed, withdrawn or removed
    id: str
    said: tuple[str, ...]  # its number and all that says what the number is of; of one that went: as it was
    cells: tuple[CellChange, ...] = ()
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # rows that name it, by table
    pages: tuple[str, ...] = ()  # that showed it and change with it

    @property
    def is_gone(self) -> bool:
        """Nothing is computed from it any more."""
        return self.kind in ("withdrawn", "removed")


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """Two readings that do not agree, each with its number."""

    kind: str
    id: str
    type: str
    dimension: str
    sides: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NumberChange:
    """A computed number before and after; no relative change where it was zero."""

    table: str
    key: str
    field: str
    before: str
    after: str
    relative: float | None


@dataclass(frozen=True)
class DerivedChanges:
    """What the change does to the computed tables; what is but bookkeeping stands in `tables` alone."""

    numbers: tuple[NumberChange, ...] = ()  # the largest relative change first
    became_numbers: int = 0  # cells that were blank
    became_blank: int = 0
    words_changed: int = 0  # cells of text
    tables: tuple[TableChanges, ...] = ()
    not_computed: str = ""


@dataclass(frozen=True)
class PageChanges:
    """The pages whose text differs, or why they cannot be compared."""

    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    showing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by readings that went
    not_rendered: str = ""
    fault: str = ""  # of a page of the change itself, with which no site can be built


@dataclass(frozen=True)
class Preview:
    """What a change does, from the contract to the pages, and what the check says of it."""

    report: Report
    contract: tuple[ContractChange, ...] = ()
    rows: tuple[TableChanges, ...] = ()
    derived: DerivedChanges = field(default_factory=DerivedChanges)
    readings: tuple[ReadingChange, ...] = ()
    conflicts: tuple[Disagreement, ...] = ()
    pages: PageChanges = field(default_factory=PageChanges)
    unreadable: str = ""  # why neither contract nor rows could be compared
    worded_in_general: tuple[str, ...] = ()  # new indicators
    hints: tuple[Finding, ...] = ()  # about rows that are new or changed, for reviewers alone

    @property
    def is_valid(self) -> bool:
        """No errors, and every page can be filled in."""
        return self.report.is_valid and not self.pages.fault

    @property
    def touched(self) -> list[TableChanges]:
        """The tables of data/ with rows that differ, or that cannot be compared."""
        return [table for table in self.rows if table.rows or table.not_compared]
