"""What the layers share: the package being checked, the one to compare with, and progress messages."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from importlib import resources

import duckdb

from scripts.checks import featured_role_references
from scripts.checks.selection import EVERYTHING, Selection
from scripts.findings import Finding
from scripts.package import database, progress_log
from scripts.package.contract import Table
from scripts.package.files import Row, group_by_key, rows_of_csv
from scripts.package.package import Package
from scripts.package.reading import ENOUGH_PEOPLE
from scripts.package.sql_quoting import quote_literal, quote_name

WORDS = resources.files("scripts.checks") / "words"
# All patterns of a kind, joined into a constant, since DuckDB recompiles a pattern from a row for each
# text.
OF_WORDS = """SET VARIABLE patterns = (WITH listed AS (
    SELECT about, pattern FROM words.telling UNION ALL SELECT list, pattern FROM words.not_wanted
    UNION ALL SELECT 'body', pattern FROM words.kinds_of_bodies
) SELECT MAP(list(about), list(one)) FROM (
    SELECT about, string_agg('(?:' || pattern || ')', '|') AS one FROM listed GROUP BY about));
SET VARIABLE longest_for_missing = (SELECT max(length(word)) FROM words.words_for_missing);
SET VARIABLE tables = (SELECT MAP {'one_of_these': list(DISTINCT table_name)} FROM words.one_of_these)"""


@dataclass
class CheckContext:
    """A package being checked; its contract and database are opened when a layer first needs them."""

    package: Package
    base: Package | None = None  # the published version to compare with
    asked: Selection = EVERYTHING  # the tables and rules to check, if not all
    day: date = field(default_factory=date.today)  # nothing can have been printed after this day
    notes: list[str] = field(default_factory=list)  # what readers of the report need to know
    left_out: set[str] = field(default_factory=set)  # layers that check nothing this time
    beside: Callable[[Sequence[Finding]], list[Finding]] | None = None  # what a layer finds later
    at_the_end: ExitStack = field(default_factory=ExitStack)  # closed when the check ends
    at = staticmethod(progress_log.log_step)

    @cached_property
    def database(self) -> duckdb.DuckDBPyConnection:
        """A database of every table, the words for rules and the uses of roles, loaded once.

        The files must have passed the byte check.
        """
        connection = self.package.database()
        featured_role_references.load_role_uses(connection, self.uses_of_roles)
        _load_words_tables(connection)
        connection.execute(OF_WORDS)
        connection.execute(
            f"SET VARIABLE contract_version = {quote_literal(self.package.contract.version)}"
        )
        connection.execute(f"SET VARIABLE enough_people = {ENOUGH_PEOPLE}")
        connection.execute(f"SET VARIABLE today = DATE {quote_literal(self.day.isoformat())}")
        return connection

    @cached_property
    def uses_of_roles(self) -> list[featured_role_references.RoleUse]:
        """Where pages and docs/parts/verdicts.csv use roles from data/editorial/featured.csv."""
        return featured_role_references.find_role_uses(self.package.folder)


def read_words_file(name: str) -> list[Row]:
    """The rows of a CSV file in words/, for rules written in Python."""
    return rows_of_csv((WORDS / f"{name}.csv").read_bytes())


def _load_words_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Load each table of words into the schema `words` as text, with blanks as NULL."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS words")
    for name, query in _queries_by_words_table().items():
        connection.execute(f"CREATE OR REPLACE TABLE words.{quote_name(name)} AS {query}")


@cache  # our own files do not change during a run
def _queries_by_words_table() -> dict[str, str]:
    names = sorted(file.name.removesuffix(".csv") for file in WORDS.iterdir() if file.name.endswith(".csv"))
    return {name: _values_query(read_words_file(name)) for name in names}


def _values_query(word_rows: list[Row]) -> str:
    rows = (
        ", ".join(quote_literal(cell) if cell else "NULL" for cell in row.values()) for row in word_rows
    )
    columns = ", ".join(map(quote_name, word_rows[0]))
    return f"SELECT * FROM (VALUES {', '.join(f'({row})' for row in rows)}) AS listed ({columns})"


def add_row_keys(
    findings: list[Finding], connection: duckdb.DuckDBPyConnection, tables: Sequence[Table]
) -> list[Finding]:
    """Add to each finding the key of its row, because people look rows up by key."""
    lines = group_by_key((found.table, found.line) for found in findings)
    by_path = {table.path: table for table in tables}
    names = {
        path: database.row_keys_by_line(connection, by_path[path], sorted({*chosen}))
        for path, chosen in lines.items()
    }
    return [replace(found, row=names[found.table].get(found.line, "")) for found in findings]
