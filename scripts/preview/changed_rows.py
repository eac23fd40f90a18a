"""The difference of rows between two states, matched by key: which were added, changed or removed?"""

from collections.abc import Callable, Sequence

import duckdb

from scripts.package.contract import Table
from scripts.package.opening import Package
from scripts.package.row_changes import AFTER, BEFORE, can_be_matched, row_changes
from scripts.package.sql import quoted
from scripts.preview.results import TableChanges

OTHER_KEY = "Its key is another one, so its rows cannot be matched."


def table_changes(
    connection: duckdb.DuckDBPyConnection,
    before: Sequence[Table],
    after: Sequence[Table],
    at: Callable[[str], None],
) -> tuple[TableChanges, ...]:
    """Compare the loaded tables of two states; one that a state lacks has no rows there."""
    old, new = ({table.name: table for table in tables} for tables in (before, after))
    found = []
    for name in [*new, *(name for name in old if name not in new)]:
        at(f"Comparing the rows of {name}")
        was, now = old.get(name) or new[name], new.get(name) or old[name]
        for schema, its in ((BEFORE, old), (AFTER, new)):
            if name not in its:
                _leave_empty(connection, schema, now)
        found.append(_changes(connection, was, now))
    return tuple(found)


def _leave_empty(connection: duckdb.DuckDBPyConnection, schema: str, table: Table) -> None:
    """Stand in for a table that one state lacks, so that all rows of the other are new or gone."""
    columns = ", ".join(f"{quoted(name)} VARCHAR" for name in table.header)
    connection.execute(f"CREATE OR REPLACE TABLE {schema}.{quoted(table.name)} (line BIGINT, {columns})")


def _changes(connection: duckdb.DuckDBPyConnection, before: Table, after: Table) -> TableChanges:
    if not can_be_matched(before, after):
        return TableChanges(after.name, (), OTHER_KEY)
    return TableChanges(after.name, tuple(row_changes(connection, before, after)))


def worded_in_general(package: Package, changes: Sequence[TableChanges]) -> tuple[str, ...]:
    """The indicators that a change adds without a sentence of their own."""
    added = [row.key for table in changes if table.table == "indicators" for row in table.of_kind("added")]
    has_words = any(table.name == "indicator_words" for table in package.contract.tables)
    own = package.index("indicator_words") if added and has_words else {}
    return tuple(key for key in added if not own.get(key, {}).get("sentence"))
