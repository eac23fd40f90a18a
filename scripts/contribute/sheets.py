"""Which tables a contribution may add to, and what a contribution is once it has been read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scripts.findings import Finding
from scripts.package.contract import Contract, Table
from scripts.package.files import Row

# In the order in which a contributor fills them and in which rows are written: what is pointed at first.
MAIN = ("sources", "studies", "reported_values", "limitations")
FURTHER = (
    "organisations",
    "places",
    "populations",
    "indicators",
    "study_facts",
    "links",
    "limitation_studies",
    "limitation_examples",
    "article_statements",
    "article_evidence",
)
EXAMPLE = {  # a study with a count, a share and a limitation; keys of the rows shown as an example
    "sources": "khmer-times-2015",
    "studies": "ijm-khm-2015",
    "reported_values": "KH010",
    "limitations": "L01",
}


@dataclass(frozen=True)
class Entry:
    """One row that somebody sends: its cells by field, and where it and each cell stand in the file."""

    table: str
    cells: Row
    file: str
    line: int
    places: Mapping[str, str] = field(default_factory=dict)  # field: sheet, cell and column title

    def place(self, name: str) -> str:
        """Where a person looks for a cell of this row; its first cell where no column is meant."""
        return self.places.get(name) or next(iter(self.places.values()), "")


@dataclass(frozen=True)
class Contribution:
    """What was read from a file, and what stood in the way of reading it."""

    entries: Sequence[Entry]
    findings: Sequence[Finding]


def offered(contract: Contract) -> list[Table]:
    """The tables of a contribution."""
    return [contract.table(name) for name in (*MAIN, *FURTHER)]


def sheet_name(table: Table) -> str:
    """The title of a table as a workbook can have it: at most 31 characters, and not all of them."""
    return re.sub(r"[\\/*?:\[\]]", " ", table.title)[:31]
