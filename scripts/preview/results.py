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
class FileChange:
    """A file that is new, gone or changed, and what it belongs to."""

    kind: str
    path: str
    group: str  # rules, workflows, code or prose


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
class Side:
    """A reading in words: its number, and all that says what the number is of."""

    id: str
    printed: str
    number: str
    what: str
    people: str
    ages: str  # and sex
    place: str
    period: str
    source: str
    locator: str


@dataclass(frozen=True)
class Named:
    """The rows of one table that name a reading."""

    table: str
    keys: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReadingChange:
    """A reading that came, changed or went, and what goes with one that went."""

    kind: str  # added, changed, withdrawn or removed
    now: Side  # of one that went: as it was
    cells: tuple[CellChange, ...] = ()
    named: tuple[Named, ...] = ()
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
    one: str
    one_has: str
    other: str
    other_has: str


@dataclass(frozen=True)
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
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    showing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by readings that went
    not_rendered: str = ""
    fault: str = ""  # of a page of the change itself, with which no site can be built


@dataclass(frozen=True)
class Preview:
    """What a change does, from the contract to the pages, and what the check says of it."""

    report: Report
    contract: tuple[ContractChange, ...] = ()
    files: tuple[FileChange, ...] = ()
    rows: tuple[TableChanges, ...] = ()
    derived: DerivedChanges = field(default_factory=DerivedChanges)
    readings: tuple[ReadingChange, ...] = ()
    conflicts: tuple[Disagreement, ...] = ()
    pages: PageChanges = field(default_factory=PageChanges)
    code_not_compared: str = ""
    unreadable: str = ""  # why neither contract nor rows could be compared
    worded_in_general: tuple[str, ...] = ()  # new indicators
    hints: tuple[Finding, ...] = ()  # about rows that are new or changed, for reviewers alone

    @property
    def is_valid(self) -> bool:
        """No errors, and every page can be filled in."""
        return self.report.is_valid and not self.pages.fault

    @property
    def vocabularies(self) -> list[TableChanges]:
        """The changes of shared words."""
        return [table for table in self.rows if table.table in VOCABULARIES and table.rows]

    def files_of(self, group: str) -> list[FileChange]:
        """The files of one group."""
        return [one for one in self.files if one.group == group]

    def number_of_rows(self, kind: str) -> int:
        """How many rows of data/ were added, changed or removed."""
        return sum(len(table.of_kind(kind)) for table in self.rows)
