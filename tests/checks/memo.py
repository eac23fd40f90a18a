"""What a query reads, column by column, and what has changed: only such rules need to be asked again."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import duckdb

from scripts.package.sql import literal, quoted

Connection = duckdb.DuckDBPyConnection
Column = tuple[str, str, str]  # schema, table and column
COUNT = "count_star()"  # in place of a column: how many rows a table has
_gathered: dict[str, dict[str, set[tuple[str, str]]]] = {}


def columns_read(connection: Connection, query: str) -> list[Column]:
    """The columns that a query reads, as DuckDB plans it; all of them where it cannot be planned.

    No other step of the optimiser is taken: those that know the values leave out what they find to be idle.
    """
    steps = [name for (name,) in connection.execute("FROM duckdb_optimizers()").fetchall()]
    others = ",".join(name for name in steps if name != "unused_columns")
    connection.execute(f"SET disabled_optimizers = {literal(others)}")
    try:
        [[_, plan]] = connection.execute(f"EXPLAIN (FORMAT json) {query}").fetchall()
    except duckdb.Error:
        return sorted(contents(connection))
    finally:
        connection.execute("RESET disabled_optimizers")
    return sorted({one for scan in _scans(json.loads(plan)) for one in _columns_of(scan)})


def gathered_from(connection: Connection, queries: Mapping[str, str]) -> dict[str, set[tuple[str, str]]]:
    """The table and column of all that each gathered table is made of, by its name.

    For a look at their plans they are views on each other.
    """
    key = str(queries)
    if key not in _gathered:
        connection.begin()
        for name, query in queries.items():
            connection.execute(f"DROP TABLE main.{name}")
            connection.execute(f"CREATE VIEW main.{name} AS {query}")
        read = {name: columns_read(connection, f"FROM main.{name}") for name in queries}
        connection.rollback()
        _gathered[key] = {name: {one[1:] for one in columns} for name, columns in read.items()}
    return _gathered[key]


def _scans(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each reading of a table in a plan."""
    for node in nodes:
        if "Table" in node["extra_info"]:
            yield node["extra_info"]
        yield from _scans(node["children"])


def _columns_of(scan: dict[str, Any]) -> list[Column]:
    """The columns that are read of a table, and how many rows it has."""
    part, name = (one.strip('"') for one in scan["Table"].split(".")[-2:])
    read = scan.get("Projections", [])
    columns = [read] if isinstance(read, str) else read
    return [(part, name, column) for column in (COUNT, *columns)]


def contents(connection: Connection, tables: Collection[str] = ()) -> dict[Column, int]:
    """For each column of these tables, or of all, a number that changes with any cell; and for COUNT."""
    found: dict[Column, int] = {}
    listed = connection.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
    for part, name in listed:
        if not tables or name in tables:
            query = f"count(*) AS {quoted(COUNT)}, bit_xor(hash(hash(rowid, COLUMNS(*))))"
            answer = connection.execute(f"SELECT {query} FROM {part}.{quoted(name)}")
            names = [COUNT, *(column for column, *_ in answer.description[1:])]
            [numbers] = answer.fetchall()
            found |= {(part, name, column): one for column, one in zip(names, numbers, strict=True)}
    return found
