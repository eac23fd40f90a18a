"""Check that `corrections` records every change to a published row and every removal of one.

This applies from version 1.0.0 on. The base is the latest published version. Rows may be added freely.
Without a base, or with one older than 1.0.0, nothing is checked, and the report says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from scripts.checks.context import CheckContext
from scripts.checks.python_rule_texts import rule_from_table
from scripts.findings import (
    MOST_OF_A_KIND,
    NOT_COMPARED,
    NOTHING_YET,
    Finding,
    Rule,
    make_finding,
    to_one_printable_line,
)
from scripts.package import earlier_state, release_record, row_changes
from scripts.package.contract import Contract, Table, loosened_constraints, removed_contract_parts
from scripts.package.earlier_state import Version
from scripts.package.files import Row, csv_text, group_by_key
from scripts.package.package import DESCRIPTOR, Package
from scripts.package.progress_log import log_step
from scripts.package.row_changes import AFTER, BEFORE, CellChange, RowChange, has_same_key_columns

VERSION = rule_from_table("version-goes-on")
COLUMN = rule_from_table("published-column-stays")
LOOSER = rule_from_table("published-constraint-stays")
GROWS = rule_from_table("corrections-only-grow")
TELLS = rule_from_table("correction-tells-a-change")
CELL = rule_from_table("published-cell-stays")
ROW = rule_from_table("published-row-stays")
RULES = (VERSION, COLUMN, LOOSER, GROWS, TELLS, CELL, ROW)

# Losses that need a new version: the rule, what finds them, how many leading parts of the version number
# are compared (one of these must rise), and words for the message.
CHANGES = (
    (COLUMN, removed_contract_parts, 1, "has the"),
    (LOOSER, loosened_constraints, 2, "asks more of this column:"),
)
CORRECTIONS, READINGS = "corrections", "reported_values"
WITHDRAWN = (READINGS, "show", "withdrawn")  # the table, column and new cell of a withdrawal
STAYS = "Put the row back: a reading keeps its row and its page. One that is wrong is withdrawn."
PATH = f"data/{CORRECTIONS}.csv"
NEEDED = ("correction_id", "version", "kind", "table_name", "row_key", "field", "was", "became")
LONGEST_ROW = 20_000  # characters of a row that a finding proposes
Cell = tuple[str, str, str]  # table, key of the row, column; the column is blank for a whole row


@dataclass(frozen=True)
class NewCorrection:
    """A row of `corrections` that is not in the base, with its line."""

    line: int
    row: Row

    def finding_on_cell(self, field: str, message: str, fix: str) -> Finding:
        """A finding on one of the row's cells."""
        row, value = self.row["correction_id"], self.row[field]
        return make_finding(
            TELLS, PATH, message, line=self.line, field=field, value=value, fix=fix, row=row
        )


def check(context: CheckContext) -> list[Finding]:
    """Compare with the base, if there is one; raises NoComparisonBase if it cannot be read."""
    if context.base is None:
        own = earlier_state.parse_version(str(context.package.contract.version)) or earlier_state.PUBLISHED
        context.notes.append(NOTHING_YET if own < earlier_state.PUBLISHED else NOT_COMPARED)
        context.left_out.add("published")
        return []
    before, version = earlier_state.contract_and_version_of_base(context.base)
    if version < earlier_state.PUBLISHED:
        context.notes.append(f"Nothing is published yet: the version of the base is {before.version}.")
        return []
    return list(_ComparisonWithBase(context, context.base, before.released_contract, version).findings())


def rows_missing_from_corrections(package: Package, base: Package, reason: str) -> list[Row]:
    """The rows to be added to `corrections` for changes since the base, all with this reason.

    The files must have passed the byte check. Raises NoComparisonBase if the base cannot be read.
    """
    before, version = earlier_state.contract_and_version_of_base(base)
    if version < earlier_state.PUBLISHED:
        return []
    return list(
        _ComparisonWithBase(
            CheckContext(package), base, before.released_contract, version, reason=reason
        ).missing_rows()
    )


def corrections_file_with_rows(package: Package, rows: Sequence[Row]) -> dict[str, str]:
    """The path and new text of the corrections file with these rows added; empty if there are no rows."""
    header = package.contract.table(CORRECTIONS).column_names
    every = [*package.rows(CORRECTIONS), *rows]
    return {PATH: csv_text(header, ([row[name] for name in header] for row in every))} if rows else {}


def correction_sentence(row: Row) -> str:
    """One line on a row of `corrections`: its id, what was done to which row, and the old and new cell."""
    change = (
        f", {row['field']}: {_quoted_cell(row['was'])} became {_quoted_cell(row['became'])}"
        if row["field"]
        else ""
    )
    return f"{row['correction_id']}, {row['kind']} of {row['table_name']} {row['row_key']}{change}"


class _ComparisonWithBase:
    """The package and its base in one database, and the checks that compare the two."""

    def __init__(
        self, context: CheckContext, base: Package, before: Contract, version: Version, reason: str = "WHY"
    ) -> None:
        row_changes.load_package_state(context.database, BEFORE, base, before.entered_tables)
        self._reason = reason
        self._connection = context.database
        self._before = before
        self._published_numbers = version
        self._after = context.package.contract.released_contract
        to_come = earlier_state.parse_version(release_record.upcoming_version(context.package))
        self._version_for_corrections = _version_for_corrections(version, to_come)
        self._tables_in_both_states = _tables_in_both_states(self._before, self._after)
        headers = {table.name: table.column_names for table in self._after.entered_tables}
        self._header = headers.get(CORRECTIONS, [])
        self._corrections_by_cell, self._last = (
            self._corrections_since_base() if {*NEEDED} <= {*self._header} else ({}, 0)
        )

    def findings(self) -> Iterator[Finding]:
        """Yield a finding for each change that `corrections` does not describe, or describes wrongly."""
        yield from self._findings_on_contract()
        for name, (before, after) in self._tables_in_both_states.items():
            log_step(f"Layer published, {after.path}")
            changes = row_changes.changed_rows(self._connection, before, after, with_added=False)
            if name == CORRECTIONS:
                yield from map(self._finding_on_changed_correction, changes)
            else:
                untold = (
                    fault
                    for change in changes
                    for fault in self._findings_on_change_not_in_corrections(name, change)
                )
                yield from islice(untold, MOST_OF_A_KIND)
        for cell, entries in self._corrections_by_cell.items():
            yield from self._findings_on_corrections_of_cell(cell, entries)

    def missing_rows(self) -> Iterator[Row]:
        """Yield rows for `corrections` for the changes that it does not describe yet."""
        for name, (before, after) in self._tables_in_both_states.items():
            changes = row_changes.changed_rows(self._connection, before, after, with_added=False)
            for change in changes if name != CORRECTIONS else []:
                if (
                    change.kind == "removed"
                    and name != READINGS
                    and not self._is_row_in_corrections(name, change)
                ):
                    yield self._next_correction_row((name, change.key, ""))
                yield from (
                    self._next_correction_row(cell, was, became)
                    for cell, was, became in self._changed_cells_not_in_corrections(name, change)
                )
        for cell, entries in self._corrections_by_cell.items():
            table, key, field = cell
            now, told = self._row_in_state(AFTER, table, key).get(field), entries[-1].row["became"]
            if now is not None and now != told:
                yield self._next_correction_row(cell, told, now)

    def _is_row_in_corrections(self, table_name: str, change: RowChange) -> bool:
        return (table_name, change.key, "") in self._corrections_by_cell

    def _changed_cells_not_in_corrections(
        self, table_name: str, change: RowChange
    ) -> Iterator[tuple[Cell, str, str]]:
        """Yield the changed cells of a row that no correction describes, with their old and new values."""
        cells = (((table_name, change.key, cell.field), cell.was, cell.became) for cell in change.cells)
        return (cell for cell in cells if cell[0] not in self._corrections_by_cell)

    def _findings_on_contract(self) -> Iterator[Finding]:
        """Yield findings on a version lower than the published one, or too low for what was dropped.

        If a table, column or key is dropped, the first number of the version must rise; if a constraint is
        dropped, the first or the second.
        """
        published, upcoming = self._before.version, self._after.version
        upcoming_numbers = earlier_state.parse_version(upcoming) or (0, 0, 0, False)
        if upcoming_numbers < self._published_numbers:
            message = f"Version {published} is published already."
            yield make_finding(VERSION, DESCRIPTOR, message, field="version", value=upcoming)
        for rule, losses, compared, words in CHANGES:
            if upcoming_numbers[:compared] <= self._published_numbers[:compared]:
                for place, part in losses(self._before.tables, self._after.tables):
                    message = f"Version {published} {words} {part}."
                    yield make_finding(rule, DESCRIPTOR, message, field=place, value=upcoming)

    def _finding_on_changed_cell(
        self, rule: Rule, path: str, change: RowChange, cell: CellChange, fix: str = ""
    ) -> Finding:
        """A finding on a cell that differs from its value in the published version."""
        message = f"In version {self._before.version} this cell is {_quoted_cell(cell.was)}."
        place: dict[str, Any] = {"line": change.line, "field": cell.field, "row": change.key}
        return make_finding(rule, path, message, value=cell.became, fix=fix, **place)

    def _finding_on_changed_correction(self, change: RowChange) -> Finding:
        """A finding on a published correction that was removed or changed."""
        if change.kind == "removed":
            message = f"The correction {change.key} of version {self._before.version} is gone."
            return make_finding(GROWS, PATH, message, field="correction_id", row=change.key)
        return self._finding_on_changed_cell(GROWS, PATH, change, change.cells[0])

    def _corrections_since_base(self) -> tuple[dict[Cell, list[NewCorrection]], int]:
        """The corrections since the base, by cell and in order of their ids, and the last number used."""
        query = f"FROM {AFTER}.{CORRECTIONS}"
        number = "max(TRY_CAST(regexp_replace(correction_id, '[^0-9]', '', 'g') AS BIGINT))"
        [[last]] = self._connection.execute(f"SELECT coalesce({number}, 0) {query}").fetchall()
        if CORRECTIONS in self._tables_in_both_states:
            query += f" ANTI JOIN {BEFORE}.{CORRECTIONS} USING (correction_id)"
        query += " ORDER BY length(correction_id), correction_id"  # puts C1000 after C999
        found = []
        for line, *cells in self._connection.execute(query).fetchall():
            row = dict(zip(self._header, (cell or "" for cell in cells), strict=True))
            found.append(((row["table_name"], row["row_key"], row["field"]), NewCorrection(line, row)))
        return group_by_key(found), last

    def _findings_on_corrections_of_cell(
        self, cell: Cell, corrections: Sequence[NewCorrection]
    ) -> Iterator[Finding]:
        """Yield the differences between what the new corrections of a cell say and what has changed."""
        name, key, field = cell
        was, now = self._row_in_state(BEFORE, name, key), self._row_in_state(AFTER, name, key)
        if not was:
            message = f"Version {self._before.version} has no such row, so nothing published changed."
            place = "row_key" if name in self._tables_in_both_states else "table_name"
            yield corrections[0].finding_on_cell(place, message, "Remove this correction.")
        elif field:
            yield from _breaks_in_corrections_of_cell(corrections, was.get(field, ""), now.get(field))
        for entry in corrections:
            version = earlier_state.parse_version(entry.row["version"])
            last = earlier_state.parse_version(self._version_for_corrections) or self._published_numbers
            if version is None or version[2] or not self._published_numbers < version <= last:
                message = f"This change comes after version {self._before.version}, in one that ends in .0."
                yield entry.finding_on_cell("version", message, f"Write {self._version_for_corrections}.")

    def _row_in_state(self, schema: str, table_name: str, key: str) -> Row:
        """A row as it was in the base or as it is now; empty if it is not there."""
        if table_name not in self._tables_in_both_states:
            return {}
        table = self._tables_in_both_states[table_name][schema == AFTER]
        return row_changes.rows_by_key(self._connection, schema, table, [key]).get(key, {})

    def _findings_on_change_not_in_corrections(
        self, table_name: str, change: RowChange
    ) -> Iterator[Finding]:
        """Yield a finding for each removed or changed row that no correction describes."""
        before, after = self._tables_in_both_states[table_name]
        is_told = table_name != READINGS and self._is_row_in_corrections(table_name, change)
        if change.kind == "removed" and not is_told:
            message = f"The row {change.key} of version {self._before.version} is gone."
            fix = f"Put the row back, or {self._how_to_record_correction((table_name, change.key, ''))}"
            fix, field = STAYS if table_name == READINGS else fix, before.primary_key[0]
            yield make_finding(ROW, after.path, message, field=field, fix=fix, row=change.key)
        for cell, was, became in self._changed_cells_not_in_corrections(table_name, change):
            advice = self._how_to_record_correction(cell, was, became)
            fix = f"Set it back to {_quoted_cell(was)}, or {advice}"
            yield self._finding_on_changed_cell(
                CELL, after.path, change, CellChange(cell[2], was, became), fix=fix
            )

    def _how_to_record_correction(self, cell: Cell, old_value: str = "", new_value: str = "") -> str:
        """Say which row to add to `corrections`, and which command adds it."""
        row = self._next_correction_row(cell, old_value, new_value)
        line = csv_text([row.get(name, "") for name in self._header or row], []).removesuffix("\n")
        return (
            'run “python -m scripts correct "REASON"”, which tells all that changed. '
            f"By hand: add to {PATH}, with your reason for WHY: {to_one_printable_line(line, LONGEST_ROW)}"
        )

    def _next_correction_row(self, cell: Cell, old_value: str = "", new_value: str = "") -> Row:
        """A row for `corrections` with a new id, and its columns in the order of the table."""
        self._last += 1
        row = dict(zip(("table_name", "row_key", "field"), cell, strict=True))
        row |= {
            "correction_id": f"C{self._last:03}",
            "version": self._version_for_corrections,
            "kind": _kind_of_correction(cell, new_value),
        }
        return row | {
            "date": f"{date.today()}",
            "was": old_value,
            "became": new_value,
            "reason": self._reason,
        }


def _tables_in_both_states(before: Contract, after: Contract) -> dict[str, tuple[Table, Table]]:
    """The entered tables in both the base and the package whose rows can be matched, in both versions."""
    now = {table.name: table for table in after.entered_tables}
    both = ((table, now[table.name]) for table in before.entered_tables if table.name in now)
    return {table.name: (table, other) for table, other in both if has_same_key_columns(table, other)}


def _kind_of_correction(cell: Cell, new_value: str) -> str:
    """The kind of change to a cell, or to a whole row if no column is given."""
    table, _, field = cell
    if not field:
        return "removal"
    return "withdrawal" if (table, field, new_value) == WITHDRAWN else "correction"


def _version_for_corrections(published: Version, upcoming: Version | None) -> str:
    """The version to write in new corrections: the next one that may change cells."""
    if upcoming is not None and upcoming[:2] > published[:2]:
        return f"{upcoming[0]}.{upcoming[1]}.0"
    return f"{published[0]}.{published[1] + 1}.0"


def _quoted_cell(cell: str) -> str:
    """A cell in quotation marks, for use in a sentence; “blank” without quotation marks if it is empty."""
    return f"“{to_one_printable_line(cell)}”" if cell else "blank"


def _breaks_in_corrections_of_cell(
    corrections: Sequence[NewCorrection], published_value: str, present_value: str | None
) -> Iterator[Finding]:
    """Yield a finding wherever a cell's corrections do not lead from its published to its present value."""
    expected, when = published_value, "in the published version"
    for entry in corrections:
        row = entry.row
        if row["was"] != expected:
            message = f"The cell was {_quoted_cell(expected)} {when}."
            yield entry.finding_on_cell("was", message, f"Write in was: {_quoted_cell(expected)}.")
        change = (row["table_name"], row["field"], row["became"])
        if (row["kind"] == "withdrawal") != (change == WITHDRAWN):
            message = "A withdrawal sets show of a reading to withdrawn, and nothing else does."
            yield entry.finding_on_cell("kind", message, "Write the kind that fits the change.")
        expected, when = row["became"], f"after {row['correction_id']}"
    if corrections[0].row["was"] == published_value == present_value == expected:
        message = "The cell is as it was in the published version."
        yield corrections[-1].finding_on_cell("became", message, "Remove the corrections of this cell.")
    if present_value is not None and expected != present_value:
        fix = (
            f"Write in became: {_quoted_cell(present_value)}. Or set the cell to {_quoted_cell(expected)}."
        )
        yield corrections[-1].finding_on_cell(
            "became", f"The cell is now {_quoted_cell(present_value)}.", fix
        )
