"""Words, names and codes that rules look for: the files of words/, which queries read as `words.name`."""

from functools import cache
from importlib import resources

import duckdb

from scripts.package.files import csv_rows
from scripts.package.sql import literal, quoted


def load(connection: duckdb.DuckDBPyConnection) -> None:
    """Put each table of words into the schema `words`; all cells are text, and a blank one is NULL."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS words")
    for name, query in _queries().items():
        connection.execute(f"CREATE OR REPLACE TABLE words.{quoted(name)} AS {query}")


@cache  # our own files stay as they are while they run
def _queries() -> dict[str, str]:
    folder = resources.files("scripts.checks") / "words"
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".csv")), key=lambda one: one.name
    )
    return {file.name.removesuffix(".csv"): _as_query(csv_rows(file.read_bytes())) for file in files}


def _as_query(rows: list[dict[str, str]]) -> str:
    cells = ", ".join(
        f"({', '.join(literal(cell) if cell else 'NULL' for cell in row.values())})" for row in rows
    )
    return f"SELECT * FROM (VALUES {cells}) AS listed ({', '.join(map(quoted, rows[0]))})"
