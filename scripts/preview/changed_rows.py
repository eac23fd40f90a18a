"""The difference of rows between two states, matched by key: which were added, changed or removed?"""

from collections.abc import Callable, Sequence

import duckdb

from scripts.package import database
from scripts.package.contract import Table
from scripts.package.earlier_state import NoBase
from scripts.package.opening import Package
from scripts.package.row_changes import AFTER, BEFORE, can_be_matched, row_changes
from scripts.package.sql import quoted
from scripts.preview.results import TableChanges

OTHER_KEY = "Its key is another one, so its rows cannot be matched."


def table_changes(
    base: Package,
    before: Sequence[Table],
    package: Package,
    after: Sequence[Table],
    at: Callable[[str], None],
) -> tuple[TableChanges, ...]:
    """Compare the tables of the base with those of the package; one that is missing has no rows."""
    old, new = ({table.name: table for table in tables} for tables in (before, after))
    with database.empty() as connection:
        connection.execute(f"CREATE SCHEMA {BEFORE}; CREATE SCHEMA {AFTER}")
        found = []
        for name in [*new, *(name for name in old if name not in new)]:
            at(f"Comparing the rows of {name}")
            for schema, one, its, other in ((BEFORE, base, old, new), (AFTER, package, new, old)):
                if name in its:
                    _load(connection, schema, one, its[name])
                else:
                    _leave_empty(connection, schema, other[name])
            found.append(_changes(connection, old.get(name) or new[name], new.get(name) or old[name]))
    return tuple(found)


def _load(connection: duckdb.DuckDBPyConnection, schema: str, package: Package, table: Table) -> None:
    try:
        database.load_text(connection, schema, package.folder, table)
    except duckdb.Error as error:
        raise NoBase(f"The file {table.path} of {schema} cannot be read: {error}") from error


def _leave_empty(connection: duckdb.DuckDBPyConnection, schema: str, table: Table) -> None:
    """Stand in for a table that one state lacks, so that all rows of the other are new or gone."""
    columns = ", ".join(f"{quoted(name)} VARCHAR" for name in table.header)
    connection.execute(f"CREATE TABLE {schema}.{quoted(table.name)} (line BIGINT, {columns})")


def _changes(connection: duckdb.DuckDBPyConnection, before: Table, after: Table) -> TableChanges:
    if not can_be_matched(before, after):
        return TableChanges(after.name, (), OTHER_KEY)
    return TableChanges(after.name, tuple(row_changes(connection, before, after)))
