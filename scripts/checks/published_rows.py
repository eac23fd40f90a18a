"""What was published stays: from version 1.0.0 on, `corrections` tells each change and each removal.

The base is the last published version. Added rows are free. Without a base, or with one that is
older than 1.0.0, nothing is asked, and the report says so.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from scripts.checks.rule_table import listed
from scripts.checks.subject import Subject
from scripts.findings import MOST_OF_A_KIND, NOT_COMPARED, Finding, Rule, finding, shown
from scripts.package import earlier_state, record_file, row_changes
from scripts.package.contract import Contract, Table, loosened, lost
from scripts.package.earlier_state import Version
from scripts.package.files import Row, csv_text
from scripts.package.opening import DESCRIPTOR
from scripts.package.row_changes import AFTER, BEFORE, CellChange, RowChange, can_be_matched

VERSION = listed("version-goes-on")
COLUMN = listed("published-column-stays")
LOOSER = listed("published-constraint-stays")
GROWS = listed("corrections-only-grow")
TELLS = listed("correction-tells-a-change")
CELL = listed("published-cell-stays")
ROW = listed("published-row-stays")
RULES = (VERSION, COLUMN, LOOSER, GROWS, TELLS, CELL, ROW)

CORRECTIONS, READINGS = "corrections", "reported_values"
PATH = f"data/{CORRECTIONS}.csv"
NEEDED = ("correction_id", "version", "kind", "table_name", "row_key", "field", "was", "became")
LONGEST_ROW = 20_000  # characters of a row that a finding proposes
Cell = tuple[str, str, str]  # table, key of the row, column; no column for the whole row


@dataclass(frozen=True)
class Entry:
    """A row of corrections that the base does not have, and its line."""

    line: int
    row: Row

    def fault(self, field: str, message: str, fix: str) -> Finding:
        """Report one of its cells."""
        row, value = self.row["correction_id"], self.row[field]
        return finding(TELLS, PATH, message, line=self.line, field=field, value=value, fix=fix, row=row)


def check(subject: Subject) -> list[Finding]:
    """Compare with the base, if one is named. NoBase where it cannot be read."""
    if subject.base is None:
        subject.notes.append(NOT_COMPARED)
        subject.left_out.add("published")
        return []
    before, version = earlier_state.contract_of(subject.base)
    if version < earlier_state.PUBLISHED:
        subject.notes.append(f"Nothing is published yet: the version of the base is {before.version}.")
        return []
    row_changes.load(subject.database, BEFORE, subject.base, before.released.entered)
    comparison = _Comparison(subject, before, version)
    subject.notes += comparison.left_out()
    return list(comparison.findings())


class _Comparison:
    """The package and its base in one database, and what is asked of the two."""

    def __init__(self, subject: Subject, before: Contract, version: Version) -> None:
        self._connection, self._at = subject.database, subject.at
        self._before, self._after = before.released, subject.package.contract.released
        self._version, self._now = version, earlier_state.version_of(self._after.version)
        self._pairs = _pairs(self._before, self._after)
        self._table = {table.name: table for table in self._after.entered}.get(CORRECTIONS)
        self._entries = self._new_entries()
        self._following = _following(
            version, earlier_state.version_of(record_file.to_come(subject.package))
        )
        self._last = self._last_id()

    def left_out(self) -> Iterator[str]:
        """What only a reviewer can compare: the rows of tables that are gone, or that have another key."""
        for table in self._before.entered:
            if table.name not in self._pairs:
                yield f"Not compared: the rows of {table.path}, whose table or key is another one now."

    def findings(self) -> Iterator[Finding]:
        """Everything that changed and is not told, or told wrongly."""
        yield from self._contract_faults()
        for name, (before, after) in self._pairs.items():
            self._at(f"Layer published, {after.path}")
            changes = row_changes.row_changes(self._connection, before, after, with_added=False)
            if name == CORRECTIONS:
                yield from (self._not_append_only(change) for change in changes)
            else:
                yield from self._entry_faults(name)
                yield from islice(self._untold(name, changes), MOST_OF_A_KIND)
        for (table, _, _), some in self._entries.items():
            if table not in self._pairs:
                message = f"Version {self._before.version} has no rows of this table."
                yield some[0].fault("table_name", message, "Remove this correction.")

    def _contract_faults(self) -> Iterator[Finding]:
        """A version that goes back; what is gone without a new first number, or looser without a second."""
        published, version, now = self._before.version, self._after.version, self._now or (0, 0, 0)
        if self._now is None or self._now < self._version:
            message = f"Version {published} is published already."
            yield finding(VERSION, DESCRIPTOR, message, field="version", value=version)
        if now[0] <= self._version[0]:
            for place, what in lost(self._before.tables, self._after.tables):
                message = f"Version {published} has the {what}."
                yield finding(COLUMN, DESCRIPTOR, message, field=place, value=version)
        if self._now is None or now[:2] == self._version[:2]:
            for place, what in loosened(self._before.tables, self._after.tables):
                message = f"Version {published} asks more of this column: {what}."
                yield finding(LOOSER, DESCRIPTOR, message, field=place, value=version)

    def _of_cell(
        self, rule: Rule, path: str, change: RowChange, cell: CellChange, fix: str = ""
    ) -> Finding:
        """A cell that is another one than in the published version."""
        message = f"In version {self._before.version} this cell is {_words(cell.was)}."
        place: dict[str, Any] = {"line": change.line, "field": cell.field, "row": change.key}
        return finding(rule, path, message, value=cell.became, fix=fix, **place)

    def _not_append_only(self, change: RowChange) -> Finding:
        """A published correction that is gone, or its first cell that changed."""
        if change.kind == "removed":
            message = f"The correction {change.key} of version {self._before.version} is gone."
            return finding(GROWS, PATH, message, field="correction_id", row=change.key)
        return self._of_cell(GROWS, PATH, change, change.cells[0])

    def _new_entries(self) -> dict[Cell, list[Entry]]:
        """The corrections since the base, by the cell that they speak of, in the order of their ids."""
        if self._table is None or not set(NEEDED) <= set(self._table.header):
            return {}
        query = f"FROM {AFTER}.{CORRECTIONS}"
        if CORRECTIONS in self._pairs:
            query += f" WHERE correction_id NOT IN (SELECT correction_id FROM {BEFORE}.{CORRECTIONS})"
        query += " ORDER BY length(correction_id), correction_id"  # C1000 comes after C999
        found: dict[Cell, list[Entry]] = defaultdict(list)
        for line, *cells in self._connection.execute(query).fetchall():
            row = dict(zip(self._table.header, (cell or "" for cell in cells), strict=True))
            found[row["table_name"], row["row_key"], row["field"]].append(Entry(line, row))
        return dict(found)

    def _entry_faults(self, name: str) -> Iterator[Finding]:
        """What the new corrections of one table tell against what happened."""
        before, after = self._pairs[name]
        told = {cell: some for cell, some in self._entries.items() if cell[0] == name}
        keys = sorted({key for _, key, _ in told})
        was = row_changes.rows_with_keys(self._connection, BEFORE, before, keys)
        now = row_changes.rows_with_keys(self._connection, AFTER, after, keys)
        for (_, key, field), some in told.items():
            if key not in was:
                message = f"Version {self._before.version} has no such row, so nothing published changed."
                yield some[0].fault("row_key", message, "Remove this correction.")
            elif field:
                yield from _chain_faults(some, was[key].get(field, ""), now.get(key, {}).get(field))
            for one in some[1:] if not field and key in was else ():
                message = f"{some[0].row['correction_id']} tells this removal already."
                yield one.fault("row_key", message, "Remove this correction.")
            yield from self._version_faults(some)

    def _version_faults(self, entries: Sequence[Entry]) -> Iterator[Finding]:
        """A correction is of a version after the published one, up to the one that is being prepared."""
        last = earlier_state.version_of(self._following)
        for entry in entries:
            version = earlier_state.version_of(entry.row["version"])
            message = "A version whose third number alone rises changes no cell."
            if version is None or last is None or not self._version < version <= last:
                published = self._before.version
                message = (
                    f"This change comes after version {published}, in {self._following} at the latest."
                )
            elif not version[2]:
                continue
            yield entry.fault("version", message, f"Write {self._following}.")

    def _untold(self, name: str, changes: Iterable[RowChange]) -> Iterator[Finding]:
        """What is gone or changed without any entry."""
        gone = [change.key for change in changes if change.kind == "removed"]
        rows = row_changes.rows_with_keys(self._connection, BEFORE, self._pairs[name][0], gone)
        for change in changes:
            if change.kind == "changed":
                yield from self._untold_cells(name, change)
            elif name == READINGS or (name, change.key, "") not in self._entries:
                yield self._untold_removal(name, change, rows[change.key])

    def _untold_cells(self, name: str, change: RowChange) -> Iterator[Finding]:
        path = self._pairs[name][1].path
        for one in change.cells:
            cell = (name, change.key, one.field)
            if cell not in self._entries:
                kind = "withdrawal" if _is_withdrawal(name, one.field, one.became) else "correction"
                fix = f"Set it back to {_words(one.was)}, or {self._row(kind, cell, one.was, one.became)}"
                yield self._of_cell(CELL, path, change, one, fix=fix)

    def _untold_removal(self, name: str, change: RowChange, row: Row) -> Finding:
        before, after = self._pairs[name]
        message = f"The row {change.key} of version {self._before.version} is gone."
        if name != READINGS:
            fix = f"Put the row back, or {self._row('removal', (name, change.key, ''))}"
        elif row.get("show") == "withdrawn":
            fix = "Put the row back: a reading that was withdrawn keeps its row and its page."
        else:
            cell = (name, change.key, "show")
            told = self._row("withdrawal", cell, row.get("show", ""), "withdrawn")
            fix = f"A reading keeps its row and its page. Put it back; to withdraw it, set show and {told}"
        return finding(ROW, after.path, message, field=before.primary_key[0], fix=fix, row=change.key)

    def _last_id(self) -> int:
        """The number of the last correction."""
        if self._table is None:
            return 0
        ids = self._connection.execute(f"SELECT {self._table.primary_key[0]} FROM {AFTER}.{CORRECTIONS}")
        return max((int(re.sub(r"\D", "", str(one)) or 0) for (one,) in ids.fetchall()), default=0)

    def _row(self, kind: str, cell: Cell, was: str = "", became: str = "") -> str:
        """Say which row to add to corrections, with an id of its own, in the order of the table."""
        self._last += 1
        cells = dict(zip(("table_name", "row_key", "field"), cell, strict=True))
        cells |= {"correction_id": f"C{self._last:03}", "version": self._following, "kind": kind}
        cells |= {"date": date.today().isoformat(), "was": was, "became": became, "reason": "WHY"}
        header = self._table.header if self._table else cells
        line = csv_text([cells.get(name, "") for name in header], []).removesuffix("\n")
        return f"add to {PATH}, with your reason for WHY: {shown(line, LONGEST_ROW)}"


def _pairs(before: Contract, after: Contract) -> dict[str, tuple[Table, Table]]:
    """The tables of data/ that both states have and whose rows can be matched."""
    now = {table.name: table for table in after.entered}
    both = ((table, now[table.name]) for table in before.entered if table.name in now)
    return {table.name: (table, other) for table, other in both if can_be_matched(table, other)}


def _following(published: Version, to_come: Version | None) -> str:
    """The version that comes, where it may change cells, or the next that may."""
    if to_come is not None and to_come[:2] > published[:2]:
        return f"{to_come[0]}.{to_come[1]}.0"
    return f"{published[0]}.{published[1] + 1}.0"


def _is_withdrawal(table: str, field: str, became: str) -> bool:
    """Does this change take a reading back?"""
    return (table, field, became) == (READINGS, "show", "withdrawn")


def _words(cell: str) -> str:
    """Write a cell inside a sentence."""
    return f"“{shown(cell)}”" if cell else "blank"


def _chain_faults(entries: Sequence[Entry], was: str, now: str | None) -> Iterator[Finding]:
    """Each entry of a cell goes on from the one before: from the base, step by step, to the present."""
    expected, when = was, "in the published version"
    for entry in entries:
        row = entry.row
        if row["was"] != expected:
            message = f"The cell was {_words(expected)} {when}."
            yield entry.fault("was", message, f"Write in was: {_words(expected)}.")
        if (row["kind"] == "withdrawal") != _is_withdrawal(row["table_name"], row["field"], row["became"]):
            message = "A withdrawal sets show of a reading to withdrawn, and nothing else does."
            yield entry.fault("kind", message, "Write the kind that fits the change.")
        expected, when = row["became"], f"after {row['correction_id']}"
    if entries[0].row["was"] == was == now == expected:
        message = "The cell is as it was in the published version."
        yield entries[-1].fault("became", message, "Remove the corrections of this cell.")
    if now is not None and expected != now:
        fix = f"Write in became: {_words(now)}. Or set the cell to {_words(expected)}."
        yield entries[-1].fault("became", f"The cell is now {_words(now)}.", fix)
