"""The rows of `corrections` that a published version does not have: what they tell, and what is missing."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from scripts.findings import Finding, Rule, finding, shown
from scripts.package import earlier_state
from scripts.package.contract import Table
from scripts.package.earlier_state import Version
from scripts.package.files import Row, csv_text
from scripts.package.row_changes import AFTER, BEFORE

TELLS = Rule(
    "correction-tells-a-change",
    "A new correction tells what happened to its cell",
    "A record of changes that is wrong misleads more than none.",
    "Write the cell of the published version in was, the present one in became, and a later version.",
)
CORRECTIONS, READINGS = "corrections", "reported_values"
NEEDED = ("correction_id", "version", "kind", "table_name", "row_key", "field", "was", "became")
LONGEST_ROW = 20_000  # characters of a row that a finding proposes
Cell = tuple[str, str, str]  # table, key of the row, column; no column for the whole row


@dataclass(frozen=True)
class Entry:
    """A row of corrections that the base does not have, and its line."""

    line: int
    row: Row

    @property
    def cell(self) -> Cell:
        """The cell that it speaks of."""
        return self.row["table_name"], self.row["row_key"], self.row["field"]


Entries = dict[Cell, list[Entry]]


def new_entries(connection: duckdb.DuckDBPyConnection, table: Table | None, has_base: bool) -> Entries:
    """The corrections since the base, by the cell that they speak of, in the order of their ids."""
    if table is None or not set(NEEDED) <= set(table.header):
        return {}
    known = (
        f"WHERE correction_id NOT IN (SELECT correction_id FROM {BEFORE}.{CORRECTIONS})" if has_base else ""
    )
    by_number = "length(correction_id), correction_id"  # C1000 comes after C999
    query = f"SELECT * FROM {AFTER}.{CORRECTIONS} {known} ORDER BY {by_number}"
    found: Entries = defaultdict(list)
    for line, *cells in connection.execute(query).fetchall():
        row = dict(zip(table.header, (cell or "" for cell in cells), strict=True))
        entry = Entry(line, row)
        found[entry.cell].append(entry)
    return dict(found)


def is_withdrawal(table: str, field: str, became: str) -> bool:
    """Does this change take a reading back?"""
    return (table, field, became) == (READINGS, "show", "withdrawn")


def words(cell: str) -> str:
    """Write a cell inside a sentence."""
    return f"“{shown(cell)}”" if cell else "blank"


def fault(entry: Entry, field: str, message: str, fix: str) -> Finding:
    """Report one cell of a correction."""
    return finding(
        TELLS,
        f"data/{CORRECTIONS}.csv",
        message,
        line=entry.line,
        field=field,
        value=entry.row[field],
        fix=fix,
        row=entry.row["correction_id"],
    )


def chain_faults(entries: Sequence[Entry], was: str, now: str | None) -> Iterator[Finding]:
    """Each entry of a cell goes on from the one before: from the base, step by step, to the present."""
    expected, when = was, "in the published version"
    for entry in entries:
        if entry.row["was"] != expected:
            message = f"The cell was {words(expected)} {when}."
            yield fault(entry, "was", message, f"Write in was: {words(expected)}.")
        if (entry.row["kind"] == "withdrawal") != is_withdrawal(
            entry.row["table_name"], entry.row["field"], entry.row["became"]
        ):
            message = "A withdrawal sets show of a reading to withdrawn, and nothing else does."
            yield fault(entry, "kind", message, "Write the kind that fits the change.")
        expected, when = entry.row["became"], f"after {entry.row['correction_id']}"
    if entries[0].row["was"] == was == now == expected:
        message = "The cell is as it was in the published version."
        yield fault(entries[-1], "became", message, "Remove the corrections of this cell.")
    if now is not None and expected != now:
        fix = f"Write in became: {words(now)}. Or set the cell to {words(expected)}."
        yield fault(entries[-1], "became", f"The cell is now {words(now)}.", fix)


def twice_removed(entries: Sequence[Entry]) -> Iterator[Finding]:
    """A row goes once."""
    for entry in entries[1:]:
        message = f"{entries[0].row['correction_id']} tells this removal already."
        yield fault(entry, "row_key", message, "Remove this correction.")


def version_faults(entries: Sequence[Entry], published: str, following: str) -> Iterator[Finding]:
    """A correction belongs to a version after the published one, up to the one that is being prepared."""
    base, last = (earlier_state.version_of(text) for text in (published, following))
    for entry in entries:
        version = earlier_state.version_of(entry.row["version"])
        if version is None or base is None or last is None or not base < version <= last:
            message = f"This change comes after version {published}, in {following} at the latest."
            yield fault(entry, "version", message, f"Write {following}.")
        elif version[2]:
            message = "A version whose third number alone rises changes no cell."
            yield fault(entry, "version", message, f"Write {following}.")


def following_version(published: Version, to_come: Version | None) -> str:
    """The version that comes, where it may change cells, or the next that may."""
    if to_come is not None and to_come[:2] > published[:2]:
        return f"{to_come[0]}.{to_come[1]}.0"
    return f"{published[0]}.{published[1] + 1}.0"


class Proposals:
    """Rows for corrections that would tell a change, each with an id of its own."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, table: Table | None, version: str) -> None:
        self._header, self._version = table.header if table else None, version
        ids = [""]
        if table:
            query = f"SELECT {table.primary_key[0]} FROM {AFTER}.{CORRECTIONS}"
            ids += [str(row[0]) for row in connection.execute(query).fetchall()]
        self._last = max(int(re.sub(r"\D", "", one) or 0) for one in ids)

    def row(self, kind: str, cell: Cell, was: str = "", became: str = "") -> str:
        """Say which row to add, its cells in the order of the table."""
        self._last += 1
        cells = {
            "correction_id": f"C{self._last:03}",
            "version": self._version,
            "date": date.today().isoformat(),
            "kind": kind,
            "table_name": cell[0],
            "row_key": cell[1],
            "field": cell[2],
            "was": was,
            "became": became,
            "reason": "WHY",
        }
        line = csv_text([cells.get(name, "") for name in self._header or cells], []).removesuffix("\n")
        return f"add to data/corrections.csv, with your reason for WHY: {shown(line, LONGEST_ROW)}"
