"""Compare the rows of two packages, matched by key."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from scripts.package.contract import Table
from scripts.package.progress_log import log_step
from scripts.package.row_changes import AFTER, BEFORE, RowChange, changed_rows, has_same_key_columns
from scripts.package.sql_quoting import quote_name

OTHER_KEY = "Its key is another one, so its rows cannot be matched."


@dataclass(frozen=True)
class TableChanges:
    """The rows of one table that differ, or why they cannot be compared."""

    table: str
    rows: tuple[RowChange, ...]
    not_compared: str = ""

    def row_changes_of_kind(self, kind: str) -> list[RowChange]:
        """The rows that were added, changed or removed, depending on `kind`."""
        return [row for row in self.rows if row.kind == kind]


def compare_loaded_tables(
    connection: duckdb.DuckDBPyConnection, before: Sequence[Table], after: Sequence[Table]
) -> tuple[TableChanges, ...]:
    """Compare the loaded tables of two states; a table that is missing from one of them counts as empty."""
    old, new = ({table.name: table for table in tables} for tables in (before, after))
    found = []
    for name in dict.fromkeys([*new, *old]):
        log_step(f"Comparing the rows of {name}")
        was, now = old.get(name) or new[name], new.get(name) or old[name]
        for schema, tables_by_name in ((BEFORE, old), (AFTER, new)):
            if name not in tables_by_name:
                _create_empty_table(connection, schema, now)
        is_matched = has_same_key_columns(was, now)
        rows = tuple(changed_rows(connection, was, now)) if is_matched else ()
        found.append(TableChanges(name, rows, "" if is_matched else OTHER_KEY))
    return tuple(found)


def _create_empty_table(connection: duckdb.DuckDBPyConnection, schema: str, table: Table) -> None:
    """Create an empty table where a state lacks one, so that all rows of the other state differ."""
    columns = ", ".join(f"{quote_name(name)} VARCHAR" for name in table.column_names)
    connection.execute(
        f"CREATE OR REPLACE TABLE {schema}.{quote_name(table.name)} (line BIGINT, {columns})"
    )
