"""The test cases in the header of each rule file, and one database in which each is tried and rolled back.

The changes of an `example` or a `breaks` line are made in the data, and the `says` lines below it must list
all findings of the rule. After the changes of a `passes` line the rule must find nothing. For a rule that
examines single cells, `finds` lists texts that it must report, and `spares` texts that it must not.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

import duckdb

from scripts.checks.context import CheckContext, add_row_keys
from scripts.checks.rule_files import HEADER_LINE, RULES, SqlRule
from scripts.checks.sql_rules import drop_excepted_findings, findings_of_rule
from scripts.findings import HINT, Finding
from scripts.package.database import WIDE
from scripts.package.package import Package
from scripts.package.sql_quoting import quote_literal, quote_name
from scripts.package.sql_views import GATHERED, READ, TERMS_TO_AVOID, VIEWS, text_cells
from tests.conftest import COLUMNS, KEYS

Change = dict[str, Any]  # as in a rule's header: table, row, and the cells to set, copy or add
Pin = list[str]  # table, row and field of a finding
OF_THE_RULE = {"title", "level", "why", "fix", "message", "fixed", "except"}


@dataclass(frozen=True)
class Case:
    """Changes in the data, and the findings that a rule must then have; none if the changes are allowed."""

    rule: SqlRule
    kind: str  # example, breaks or passes
    changes: list[Change]
    says: list[Pin] = field(default_factory=list)


@dataclass(frozen=True)
class Cases:
    """All test cases in the header of one rule."""

    changes: list[Case]
    finds: list[str]
    spares: list[str]


def read(rule: SqlRule) -> Cases:
    """Read the header lines of a rule in order; an unknown name is an error."""
    text = (resources.files("scripts.checks") / "rules" / f"{rule.id}.sql").read_text(encoding="utf-8")
    found = Cases([], [], [])
    lines = map(HEADER_LINE.fullmatch, text.splitlines())
    for name, words in (line.groups() for line in lines if line):
        match name:
            case "example":
                found.changes.append(Case(rule, name, [json.loads(words)]))
            case "breaks" | "passes":
                changes = json.loads(words)
                assert isinstance(changes, list), f"{rule.id}: `{name}` takes a list of changes"
                found.changes.append(Case(rule, name, changes))
            case "says":
                found.changes[-1].says.append(json.loads(words))
            case "finds" | "spares":
                getattr(found, name).extend(json.loads(words))
            case _:
                assert name in OF_THE_RULE, f"{rule.id}: {name}"
    return found


BY_RULE = {rule.id: read(rule) for rule in RULES}
BY_ID = {rule.id: rule for rule in RULES}
CASES = [case for cases in BY_RULE.values() for case in cases.changes]


def key_of(change: Change) -> list[str]:
    """Return the row's key, or as many of its first columns as identify the row."""
    return [change["row"]] if isinstance(change["row"], str) else change["row"]


def cells_of(change: Change) -> dict[str, str]:
    """Return the cells that a change sets."""
    cells: dict[str, str] = change.get("add") or change.get("copy") or change["set"]
    return cells


OF_READINGS = ("places_within", "tokens", "all_readings", "roots")  # each is computed from those before it
OF_ROWS = ("keys_of_rows",)
assert {"texts", *OF_ROWS, *OF_READINGS} == set(GATHERED)


Place = tuple[str, int, str, str]  # file, line, field and message


def place_of(found: Finding) -> Place:
    """Return what distinguishes a finding of a rule from its other findings."""
    return (found.table, found.line, found.field, found.message)


class Bench:
    """The frozen tables, loaded once; the changes of a `trial` are rolled back at its end."""

    def __init__(self, package: Package) -> None:
        self.subject = CheckContext(package)
        self.connection: duckdb.DuckDBPyConnection = self.subject.database
        self._tables = {table.path: table.name for table in package.tables}
        for name in {*WIDE} - {"text_cells"}:  # these follow the changes of a trial as views
            self.connection.execute(f"DROP TABLE main.{name}")
            self.connection.execute(f"CREATE VIEW main.{name} AS {VIEWS[name](package.tables)}")
        self._queries = {name: query(package.tables) for name, query in GATHERED.items()}
        self._changed: set[str] = set()  # the tables that a trial has changed
        self._usual: dict[str, set[Place]] = {}

    @contextmanager
    def trial(self, changes: Sequence[Change] = ()) -> Iterator[None]:
        """Change the text of the tables, with the typed tables and views; at the end, undo everything."""
        self.connection.begin()
        try:
            for change in changes:
                self._apply(change)
            yield
        finally:
            self._changed.clear()
            self.connection.rollback()

    def found_by(self, rule: SqlRule) -> list[Finding]:
        """Run one rule on the tables as they are now, and return its findings, without exceptions."""
        if "text" in rule.query or "spoken" in rule.query:
            self._gather_texts()
        if self._changed & {*READ} and any(name in rule.query for name in OF_READINGS):
            self.gather(*OF_READINGS)
        if self._changed:
            self.gather(*(name for name in OF_ROWS if name in rule.query))
        found = add_row_keys(
            findings_of_rule(self.connection, rule), self.connection, self.subject.package.tables
        )
        usual = self.usual(rule) if rule.level == HINT else set()
        return [
            finding
            for finding in drop_excepted_findings(found, self.connection)
            if place_of(finding) not in usual
        ]

    def usual(self, rule: SqlRule) -> set[Place]:
        """Return where a hint already points in the unchanged tables, since hints need no exceptions."""
        if rule.id not in self._usual:
            beside = self.connection.cursor()  # another cursor does not see the changes of a trial
            self._usual[rule.id] = set(map(place_of, findings_of_rule(beside, rule)))
        return self._usual[rule.id]

    def _gather_texts(self) -> None:
        """Rebuild the texts of the tables that were changed, and keep those of all others."""
        changed = [table for table in self.subject.package.tables if table.name in self._changed]
        paths = ", ".join(quote_literal(table.path) for table in changed)
        if changed:
            self.connection.execute(f"DELETE FROM main.text_cells WHERE file IN ({paths})")
            self.connection.execute(f"INSERT INTO main.text_cells {text_cells(changed)}")
            self.gather("texts")
            self.connection.execute(TERMS_TO_AVOID)

    def gather(self, *names: str) -> None:
        """Rebuild the named tables only."""
        for name in names:
            self.connection.execute(f"CREATE OR REPLACE TABLE main.{name} AS {self._queries[name]}")

    def pin(self, found: Finding) -> Pin:
        """Return the place of a finding, which tests compare; the header of the rule has its words."""
        return [self._tables[found.table], found.row, found.field]

    def cell(self, found: Finding) -> str:
        """Return the text of the cell that a finding points at, or a blank if the cell is empty."""
        table = self._tables[found.table]
        query = (
            f"SELECT coalesce({quote_name(found.field)}, '') FROM raw.{quote_name(table)} WHERE line = ?"
        )
        [[cell]] = self.connection.execute(query, [found.line]).fetchall()
        return str(cell)

    def set(self, table: str, line: int, cells: dict[str, str]) -> None:
        """Set cells in the row on this line."""
        self._changed.add(table)
        settings = ", ".join(f"{quote_name(name)} = ?" for name in cells)
        query = f"UPDATE raw.{quote_name(table)} SET {settings} WHERE line = ?"
        self.connection.execute(query, [*(value or None for value in cells.values()), line])

    def add(self, table: str, cells: dict[str, str]) -> None:
        """Append a row to a table; columns that are not given stay blank."""
        self._changed.add(table)
        self.connection.execute(
            f"INSERT INTO raw.{quote_name(table)} (line, {', '.join(map(quote_name, cells))}) "
            f"SELECT count(*) + 2, {', '.join('?' * len(cells))} FROM raw.{quote_name(table)}",
            [value or None for value in cells.values()],
        )

    def _apply(self, change: Change) -> None:
        table, cells = change["table"], cells_of(change)
        assert cells.keys() <= set(COLUMNS[table]), change
        if "add" in change:
            self.add(table, cells)
            return
        line, row = self._row(table, key_of(change), COLUMNS[table] if "copy" in change else list(cells))
        assert cells.items() - row.items(), f"{cells} is there already"
        if "copy" in change:
            self.add(table, row | cells)
            self._sort(table)
        else:
            self.set(table, line, cells)

    def _row(self, table: str, key: list[str], columns: list[str]) -> tuple[int, dict[str, str]]:
        """Return the line and the requested columns of the first row whose first cells equal the key."""
        matches = " AND ".join(
            f"{quote_name(name)} = ?" for name, _ in zip(COLUMNS[table], key, strict=False)
        )
        wanted = ", ".join(map(quote_name, columns))
        query = f"SELECT line, {wanted} FROM raw.{quote_name(table)} WHERE {matches} ORDER BY line LIMIT 1"
        [[line, *cells]] = self.connection.execute(query, key).fetchall()
        return line, dict(zip(columns, (cell or "" for cell in cells), strict=True))

    def _sort(self, table: str) -> None:
        """Renumber the rows of a table as in a file sorted by key."""
        key = ", ".join(map(quote_name, KEYS[table]))
        self.renumber(table, f"row_number() OVER (ORDER BY {key}, line) + 1")

    def renumber(self, table: str, line: str) -> None:
        """Give every row a new line number, by an SQL expression, and reorder the table by it."""
        rows = f"SELECT * REPLACE ({line} AS line) FROM raw.{quote_name(table)} ORDER BY line"
        self.connection.execute(f"CREATE OR REPLACE TABLE raw.{quote_name(table)} AS {rows}")
