"""Which tables and columns a contribution may fill, and what a contribution is once it has been read."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from openpyxl.workbook.workbook import Workbook

from scripts.findings import Cell, Finding, Rule, finding
from scripts.package.contract import Category, Contract, Field, Table
from scripts.package.files import Row

VALUES, LINKS, LIMITS, SCOPES = "reported_values", "links", "limitations", "scopes"
# In the order in which a contributor fills them.
MAIN = ("sources", "studies", "reported_values", "limitations")
NEW_WORDS = ("organisations", "places", "populations", "indicators")
FURTHER = (*NEW_WORDS, "study_facts", "links", SCOPES)
# What a workbook does not ask, because another cell tells it or an editor decides it.
NOT_ASKED = {
    "sources": ("archived_url", "date_copy_read", "fact_ids"),
    "studies": ("frame_as_printed", "observation_mode", "venue_types_as_printed"),
    "reported_values": (
        *("place_basis", "period_as_printed", "period_basis", "written_in", "weighted", "evidence"),
        *("show", "series", "base_reason", "disclosure", "also_fact_ids"),
    ),
    "limitations": ("topic", "value_id", "handled_by"),
}
BESIDE_A_LIMIT = ("study_id", "value_id")  # columns of a limitation that become rows of scopes
PARTS = {  # columns of a share that become rows of links: relation, and the column
    "numerator_of": Field(
        name="numerator_of",
        type="string",
        title="Count of the share",
        description="On the row of a share: the count that the source sets beside it, such as the 37 of "
        "“37 of 412 (9.0 %)”. It has a row of its own, which takes from this one what it leaves blank.",
        unit="",
        example="37",
        constraints={},
    ),
    "denominator_of": Field(
        name="denominator_of",
        type="string",
        title="Base of the share",
        description="On the row of a share: how many people or things it is a share of, as the source sets "
        "it beside the share, such as the 412 of “37 of 412 (9.0 %)”. The base has a row of its own.",
        unit="",
        example="412",
        constraints={},
    ),
}


@dataclass(frozen=True)
class Entry:
    """One row that somebody sends: its cells by field, and where it and each cell stand in the file."""

    table: str
    cells: Row
    file: str
    line: int
    places: Mapping[str, Cell] = field(default_factory=dict)  # where the cell of each field is
    parts: Mapping[str, str] = field(default_factory=dict)  # of a share: the tokens of its count and base
    typed: Mapping[str, str] = field(default_factory=dict)  # field: what stands in the cell of a workbook
    beside: Mapping[str, Cell] = field(default_factory=dict)  # in a form: what tells a field without a cell

    @property
    def in_row(self) -> str:
        """Its row, as one adds it to a name; a form has none."""
        return "" if self.beside else f", row {self.line}"

    def place(self, name: str) -> Cell:
        """Where a person looks for a cell of this row; its first cell where there is no such column."""
        first = next(iter(self.places.values()), Cell(""))
        cells = {**self.beside, **self.places}
        return cells.get(name) or cells.get(_partner(name)) or first

    def finding(self, rule: Rule, message: str, name: str, value: str = "", fix: str = "") -> Finding:
        """A finding at the cell of a field."""
        found = finding(rule, self.file, message, line=self.line, field=name, value=value, fix=fix)
        return found.at(self.place(name))

    def asks(self, name: str) -> bool:
        """Does the file have a column for this field? A folder of CSV files has all."""
        return not self.places or name in self.places or _partner(name) in self.places


def _partner(name: str) -> str:
    """The column whose blank a reason explains; both share one column of a sheet."""
    return name.removesuffix("_reason")


@dataclass(frozen=True)
class Contribution:
    """What was read from a file, what stood in the way of reading it, and what was tidied."""

    entries: Sequence[Entry]
    findings: Sequence[Finding]
    tidied: Sequence[str] = ()
    book: Workbook | None = None  # the workbook as it is after that, where a cell was put right


def offered(contract: Contract) -> list[Table]:
    """The tables of a contribution."""
    return [contract.table(name) for name in (*MAIN, *FURTHER)]


def sheets(contract: Contract) -> list[Table]:
    """The tables as a workbook shows them: what a limitation bears on stands beside it."""
    return [
        _with_scope(table, contract.table(SCOPES)) if table.name == LIMITS else table
        for table in offered(contract)
        if table.name != SCOPES
    ]


def _with_scope(table: Table, scopes: Table) -> Table:
    """Study and value in place of the reach, whose other words say why no study is named."""
    key, reach, *others = table.fields
    study, value = (one for one in scopes.fields if one.name in BESIDE_A_LIMIT)
    study = replace(study, description="The study that it bears on; several with semicolons.")
    why = replace(reach, name="study_id_reason", categories=reach.categories[1:])
    keys = [one for one in scopes.foreign_keys if one.field in BESIDE_A_LIMIT]
    fields = (key, study, why, *others, value)
    return replace(table, fields=fields, foreign_keys=(*table.foreign_keys, *keys))


def edition(contract: Contract) -> str:
    """The mark of a template: which sheets and titles it has. A workbook carries it among its keywords."""
    titles = [(table.title, *(one.title for one in columns(table))) for table in sheets(contract)]
    return f"template {hashlib.sha256(repr(titles).encode()).hexdigest()[:12]}"


def sheet_name(table: Table) -> str:
    """The title of a table as a workbook can have it: at most 31 characters, and not all of them."""
    return re.sub(r"[\\/*?:\[\]]", " ", table.title)[:31]


def columns(table: Table) -> list[Field]:
    """The columns that a sheet can have: reasons share the column that they explain."""
    names = set(table.header)
    own = [
        one for one in table.fields if not one.name.endswith("_reason") or _partner(one.name) not in names
    ]
    return [*own, *(PARTS.values() if table.name == "reported_values" else ())]


def asked(table: Table) -> list[Field]:
    """The columns that every sheet has to have."""
    return [one for one in columns(table) if one.name not in NOT_ASKED.get(table.name, ())]


def reasons(table: Table, column: Field) -> tuple[Category, ...]:
    """The words that may stand in place of an answer, as a cell shows them."""
    told = table.by_name.get(f"{column.name}_reason")
    return tuple(replace(one, label=f"({one.label})") for one in (told.categories if told else ()))
