"""Words, names and codes that rules look for: the files of words/, which queries read as `words.name`."""

from functools import cache
from importlib import resources

import duckdb

from scripts.package.files import csv_rows
from scripts.package.sql import literal, quoted

FOLDER = resources.files("scripts.checks") / "words"


def load(connection: duckdb.DuckDBPyConnection) -> None:
    """Put each table of words into the schema `words`; all cells are text, and a blank one is NULL."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS words")
    for name, query in _queries().items():
        connection.execute(f"CREATE OR REPLACE TABLE words.{quoted(name)} AS {query}")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of words, for code that reads what a rule reads."""
    return csv_rows((FOLDER / f"{name}.csv").read_bytes())


@cache  # our own files stay as they are while they run
def _queries() -> dict[str, str]:
    names = sorted(
        file.name.removesuffix(".csv") for file in FOLDER.iterdir() if file.name.endswith(".csv")
    )
    return {name: _as_query(rows(name)) for name in names}


def _as_query(listed: list[dict[str, str]]) -> str:
    cells = ", ".join(
        f"({', '.join(literal(cell) if cell else 'NULL' for cell in row.values())})" for row in listed
    )
    return f"SELECT * FROM (VALUES {cells}) AS listed ({', '.join(map(quoted, listed[0]))})"
