"""The rows that differ between two states of a table, both loaded into DuckDB and matched by key."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import duckdb

from scripts.package import database
from scripts.package.contract import Table
from scripts.package.earlier_state import NoComparisonBase
from scripts.package.files import Row
from scripts.package.package import Package
from scripts.package.sql_quoting import quote_literal, quote_name

BEFORE, AFTER = "base", "raw"  # the schemas of the two states


@dataclass(frozen=True)
class CellChange:
    """A changed cell: its column, old value and new value; either value may be blank."""

    field: str
    was: str
    became: str


@dataclass(frozen=True)
class RowChange:
    """A row that was added, changed or removed."""

    kind: str  # added, changed or removed
    key: str  # the cells of its key, joined with spaces
    line: int  # its line now; 0 if it was removed
    cells: tuple[CellChange, ...]  # the changed cells; for an added row, its filled cells outside the key


def load_package_state(
    connection: duckdb.DuckDBPyConnection, schema: str, package: Package, tables: Iterable[Table]
) -> None:
    """Load tables of a package, replacing the schema; raises NoComparisonBase if one is unreadable."""
    connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}")
    for table in tables:
        try:
            database.load_table_as_text(connection, schema, package.folder, table)
        except duckdb.Error as error:
            raise NoComparisonBase(f"The file {table.path} of the base cannot be read: {error}") from error


def has_same_key_columns(before: Table, after: Table) -> bool:
    """Return whether both states have the earlier key's columns, by which rows are matched."""
    return set(before.primary_key) <= set(after.column_names)


def changed_rows(
    connection: duckdb.DuckDBPyConnection, before: Table, after: Table, with_added: bool = True
) -> list[RowChange]:
    """The rows that differ in the columns that both states have, sorted by key."""
    columns = [
        name
        for name in before.column_names
        if name in after.column_names and name not in before.primary_key
    ]
    differs = [f"b.{quote_name(name)} IS DISTINCT FROM h.{quote_name(name)}" for name in columns]
    cells = ", ".join(
        f"{{'field': {quote_literal(name)}, 'was': b.{quote_name(name)}, 'became': h.{quote_name(name)}}}"
        for name in columns
    )
    filtered = (
        f"list_filter([{cells}], lambda one: one.was IS DISTINCT FROM one.became)" if cells else "NULL"
    )
    key = [f"coalesce(b.{quote_name(name)}, h.{quote_name(name)})" for name in before.primary_key]
    match = " AND ".join(f"b.{quote_name(name)} = h.{quote_name(name)}" for name in before.primary_key)
    query = (
        f"SELECT b.line IS NULL, h.line, concat_ws(' ', {', '.join(key)}), "
        f"{filtered} "
        f"FROM {BEFORE}.{quote_name(before.name)} b {'FULL' if with_added else 'LEFT'} JOIN "
        f"{AFTER}.{quote_name(after.name)} h ON {match} "
        f"WHERE {' OR '.join(['b.line IS NULL', 'h.line IS NULL', *differs])} "
        f"ORDER BY {', '.join(key)}, h.line, b.line"
    )
    return [_row_change_from_query(*row) for row in connection.execute(query).fetchall()]


def _row_change_from_query(
    is_new: bool, line: int | None, key: str, cells: list[dict[str, Any]] | None
) -> RowChange:
    if line is None:
        return RowChange("removed", key, 0, ())
    changed = (CellChange(cell["field"], cell["was"] or "", cell["became"] or "") for cell in cells or ())
    return RowChange("added" if is_new else "changed", key, line, tuple(changed))


def rows_by_key(
    connection: duckdb.DuckDBPyConnection, schema: str, table: Table, keys: list[str]
) -> dict[str, Row]:
    """The rows with these keys; a key of several columns is joined with spaces."""
    if not keys:
        return {}
    key = f"concat_ws(' ', {', '.join(map(quote_name, table.primary_key))})"
    query = (
        f"SELECT {key}, * EXCLUDE line FROM {schema}.{quote_name(table.name)} WHERE {key} IN "
        "(SELECT unnest(?))"
    )
    found = connection.execute(query, [keys]).fetchall()
    return {
        row[0]: dict(zip(table.column_names, (cell or "" for cell in row[1:]), strict=True))
        for row in found
    }
