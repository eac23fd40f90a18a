"""The helplines as a second person read them in their sources: helplines_compared.csv beside this module.

A child who calls a wrong number gets no help. So each line stands there a second time, typed anew from the
source and never copied from data/helplines.csv, and the rule `helpline-is-pinned` holds the two together.
"""

import csv
from importlib import resources

import duckdb


def load(connection: duckdb.DuckDBPyConnection) -> None:
    """Put them into the table `helplines_compared`, for the rule."""
    text = (resources.files("scripts.checks") / "helplines_compared.csv").read_text(encoding="utf-8")
    header, *rows = csv.reader(text.splitlines())
    columns = ", ".join(f"unnest(?::VARCHAR[]) AS {name}" for name in header)
    cells = [list(column) for column in zip(*rows, strict=True)]
    connection.execute(f"CREATE OR REPLACE TABLE helplines_compared AS SELECT {columns}", cells)
