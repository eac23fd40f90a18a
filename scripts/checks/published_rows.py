"""What was published stays: from version 1.0.0 on, `corrections` tells each change and each removal.

The base is the last published version. Added rows are free. Without a base, or with one that is
older than 1.0.0, nothing is asked, and the report says so.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from scripts.checks import corrections
from scripts.checks.corrections import CORRECTIONS, READINGS, TELLS, Proposals
from scripts.checks.subject import Subject
from scripts.findings import MOST_OF_A_KIND, NOT_COMPARED, Finding, Rule, finding
from scripts.package import earlier_state, record_file
from scripts.package.contract import Contract, Table, loosened, lost
from scripts.package.earlier_state import Version
from scripts.package.files import Row
from scripts.package.opening import DESCRIPTOR
from scripts.package.row_changes import (
    AFTER,
    BEFORE,
    RowChange,
    can_be_matched,
    load,
    row_changes,
    rows_with_keys,
)

VERSION = Rule(
    "version-goes-on",
    "The version does not go back",
    "A lower number would make published rows look unpublished.",
    "Set the version of datapackage.json to the published one, or to a later one.",
)
COLUMN = Rule(
    "published-column-stays",
    "A published table or column goes only with a new major version",
    "Programs that read the package would break without notice.",
    "Put the table, the column, its type or the key back, or raise the first number of the version.",
)
LOOSER = Rule(
    "published-constraint-stays",
    "A published constraint or key is loosened only with a new version, and said",
    "What the check no longer asks is no longer so, and programs rely on it.",
    "Ask it again; or raise the second number of the version, and say so in CHANGELOG.md.",
)
GROWS = Rule(
    "corrections-only-grow",
    "A published correction is neither changed nor taken out",
    "The record of what was wrong is itself part of what was published.",
    "Put the row back as it was. What is wrong in it is told by a new correction.",
)
CELL = Rule(
    "published-cell-stays",
    "A published cell is not changed in silence",
    "Two readers with two versions would hold different figures, and neither could know why.",
    "Set the cell back, or add a row to data/corrections.csv that tells the change.",
)
ROW = Rule(
    "published-row-stays",
    "A published row is not taken out in silence",
    "Somebody may have quoted it, and a reader who looks for it must learn what became of it.",
    "Put the row back, or add a row of the kind removal to data/corrections.csv. A reading always stays: "
    "it is withdrawn.",
)
RULES = (VERSION, COLUMN, LOOSER, GROWS, TELLS, CELL, ROW)


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
    load(subject.database, BEFORE, subject.base, before.released.entered)
    comparison = _Comparison(subject, before, version)
    subject.notes += comparison.left_out()
    return list(comparison.findings())


def pairs(before: Contract, after: Contract) -> dict[str, tuple[Table, Table]]:
    """The tables of data/ that both states have and whose rows can be matched."""
    now = {table.name: table for table in after.entered}
    return {
        table.name: (table, now[table.name])
        for table in before.entered
        if table.name in now and can_be_matched(table, now[table.name])
    }


class _Comparison:
    """The package and its base in one database, and what is asked of the two."""

    def __init__(self, subject: Subject, before: Contract, version: Version) -> None:
        self._connection, self._at = subject.database, subject.at
        self._before, self._after = before.released, subject.package.contract.released
        self._version, self._now = version, earlier_state.version_of(subject.package.contract.version)
        self._pairs = pairs(self._before, self._after)
        table = {table.name: table for table in subject.package.contract.tables}.get(CORRECTIONS)
        self._entries = corrections.new_entries(self._connection, table, CORRECTIONS in self._pairs)
        to_come = earlier_state.version_of(record_file.to_come(subject.package))
        self._following = corrections.following_version(version, to_come)
        self._proposals = Proposals(self._connection, table, self._following)

    def left_out(self) -> Iterator[str]:
        """What only a reviewer can compare: the rows of tables that are gone, or that have another key."""
        for table in self._before.entered:
            if table.name not in self._pairs:
                yield f"Not compared: the rows of {table.path}, whose table or key is another one now."

    def findings(self) -> Iterator[Finding]:
        """Everything that changed and is not told, or told wrongly."""
        yield from self._version_faults()
        yield from self._contract_faults()
        for name, (before, after) in self._pairs.items():
            self._at(f"Layer published, {after.path}")
            changes = row_changes(self._connection, before, after, with_added=False)
            if name == CORRECTIONS:
                yield from (self._not_append_only(change) for change in changes)
            else:
                yield from self._entry_faults(name)
                yield from islice(self._untold(name, changes), MOST_OF_A_KIND)
        yield from self._entries_of_nothing()

    def _version_faults(self) -> Iterator[Finding]:
        if self._now is None or self._now < self._version:
            message = f"Version {self._before.version} is published already."
            yield finding(VERSION, DESCRIPTOR, message, field="version", value=self._after.version)

    def _contract_faults(self) -> Iterator[Finding]:
        """What is gone, unless the first number of the version was raised."""
        if self._now is not None and self._now[0] > self._version[0]:
            return
        for place, what in lost(self._before.tables, self._after.tables):
            message = f"Version {self._before.version} has the {what}."
            yield finding(COLUMN, DESCRIPTOR, message, field=place, value=self._after.version)
        yield from self._looser() if self._now is None or self._now[:2] == self._version[:2] else ()

    def _looser(self) -> Iterator[Finding]:
        """What is asked no longer, unless the second number of the version calls it out."""
        for place, what in loosened(self._before.tables, self._after.tables):
            message = f"Version {self._before.version} asks more of this column: {what}."
            yield finding(LOOSER, DESCRIPTOR, message, field=place, value=self._after.version)

    def _not_append_only(self, change: RowChange) -> Finding:
        """A published correction that is gone, or its first cell that changed."""
        path = f"data/{CORRECTIONS}.csv"
        if change.kind == "removed":
            message = f"The correction {change.key} of version {self._before.version} is gone."
            return finding(GROWS, path, message, field="correction_id", row=change.key)
        cell = change.cells[0]
        message = f"In version {self._before.version} this cell is {corrections.words(cell.was)}."
        return finding(
            GROWS,
            path,
            message,
            line=change.line,
            field=cell.field,
            value=cell.became,
            row=change.key,
        )

    def _entry_faults(self, name: str) -> Iterator[Finding]:
        """What the new corrections of one table tell against what happened."""
        before, after = self._pairs[name]
        told = {cell: some for cell, some in self._entries.items() if cell[0] == name}
        keys = sorted({key for _, key, _ in told})
        was = rows_with_keys(self._connection, BEFORE, before, keys)
        now = rows_with_keys(self._connection, AFTER, after, keys)
        for (_, key, field), some in told.items():
            if key not in was:
                message = f"Version {self._before.version} has no such row, so nothing published changed."
                yield corrections.fault(some[0], "row_key", message, "Remove this correction.")
            elif field:
                yield from corrections.chain_faults(
                    some, was[key].get(field, ""), now.get(key, {}).get(field)
                )
            else:
                yield from corrections.twice_removed(some)
            yield from corrections.version_faults(some, self._before.version, self._following)

    def _entries_of_nothing(self) -> Iterator[Finding]:
        """New corrections of tables that the base does not have."""
        for (table, _, _), some in self._entries.items():
            if table not in self._pairs:
                message = f"Version {self._before.version} has no rows of this table."
                yield corrections.fault(some[0], "table_name", message, "Remove this correction.")

    def _untold(self, name: str, changes: Iterable[RowChange]) -> Iterator[Finding]:
        """What is gone or changed without any entry."""
        gone = [change.key for change in changes if change.kind == "removed"]
        rows = rows_with_keys(self._connection, BEFORE, self._pairs[name][0], gone)
        for change in changes:
            if change.kind == "changed":
                yield from self._untold_cells(name, change)
            elif name == READINGS or (name, change.key, "") not in self._entries:
                yield self._untold_removal(name, change, rows[change.key])

    def _untold_cells(self, name: str, change: RowChange) -> Iterator[Finding]:
        for one in change.cells:
            cell = (name, change.key, one.field)
            if cell in self._entries:
                continue
            kind = "withdrawal" if corrections.is_withdrawal(name, one.field, one.became) else "correction"
            fix = (
                f"Set it back to {corrections.words(one.was)}, or "
                f"{self._proposals.row(kind, cell, one.was, one.became)}"
            )
            message = f"In version {self._before.version} this cell is {corrections.words(one.was)}."
            path = self._pairs[name][1].path
            yield finding(
                CELL,
                path,
                message,
                line=change.line,
                field=one.field,
                value=one.became,
                fix=fix,
                row=change.key,
            )

    def _untold_removal(self, name: str, change: RowChange, row: Row) -> Finding:
        before, after = self._pairs[name]
        message = f"The row {change.key} of version {self._before.version} is gone."
        if name != READINGS:
            fix = f"Put the row back, or {self._proposals.row('removal', (name, change.key, ''))}"
        elif row.get("show") == "withdrawn":
            fix = "Put the row back: a reading that was withdrawn keeps its row and its page."
        else:
            told = self._proposals.row(
                "withdrawal", (name, change.key, "show"), row.get("show", ""), "withdrawn"
            )
            fix = f"A reading keeps its row and its page. Put it back; to withdraw it, set show and {told}"
        return finding(ROW, after.path, message, field=before.primary_key[0], fix=fix, row=change.key)
