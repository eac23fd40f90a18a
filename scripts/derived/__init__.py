"""The derived tables: scripts compute them from data/, and always write the same bytes.

`rows` in the module X computes the table X. It returns dicts, which may leave out blank cells, or a data
frame, which may have more columns than X. A module whose name begins with an underscore is shared by
several tables.
"""

import csv
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from math import isnan
from operator import itemgetter
from pkgutil import iter_modules
from typing import Any

from scripts.package.contract import Table
from scripts.package.files import csv_text
from scripts.package.package import Package

Cells = dict[str, object]
SIGNIFICANT_DIGITS = 10  # of a float; further digits would differ between machines
DECIMALS = 16  # readr drops digits beyond 18, and counts leading zeros among them


def names_of_computed_tables() -> set[str]:
    """The names of the tables that the modules of this folder compute."""
    return {module.name for module in iter_modules(__path__) if not module.name.startswith("_")}


def texts_of_derived_tables(package: Package) -> dict[str, str]:
    """Compute every derived table of the package and return its text as CSV, by path."""
    return {
        table.path: table_as_csv(table, compute_table_rows(table, package))
        for table in package.contract.derived_tables
    }


def compute_table_rows(table: Table, package: Package) -> Iterable[Cells]:
    """The rows of one table, in any order. Raises LookupError if no module computes it."""
    if table.name not in names_of_computed_tables():
        raise LookupError(f"No script computes {table.path}. Write scripts/derived/{table.name}.py.")
    # Imported here, so that computing one table loads only the libraries of that table.
    found: Any = import_module(f"{__name__}.{table.name}").rows(package)
    rows: Iterable[Cells] = (
        _rows_of_frame(found, table.column_names) if hasattr(found, "columns") else found
    )
    return rows


def _rows_of_frame(frame: Any, header: list[str]) -> Iterable[Cells]:
    """The rows of a data frame, read column by column, which is much faster in pandas than row by row."""
    frame = frame.reindex(columns=header, fill_value="")  # blank where the frame lacks a column
    cells = zip(*(frame[name].tolist() for name in header), strict=True)
    return (dict(zip(header, row, strict=True)) for row in cells)


def table_as_csv(table: Table, rows: Iterable[Cells]) -> str:
    """Return rows as CSV, sorted by key, with columns in the contract's order.

    Raises KeyError for a column that the contract does not have.
    """
    key_of, keys, lines = itemgetter(*map(table.column_names.index, table.primary_key)), [], LinesWriter()
    writer = csv.writer(lines, lineterminator="\n")
    for row in rows:
        if not row.keys() <= table.field_by_name.keys():
            unknown = ", ".join(sorted(row.keys() - table.field_by_name.keys()))
            raise KeyError(f"{table.name} has no column {unknown}")
        cells = list(map(format_cell, map(row.get, table.column_names)))
        keys.append(key_of(cells))
        writer.writerow(cells)  # a line of text takes far less memory than its cells
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return "".join([csv_text(table.column_names, []), *map(lines.__getitem__, order)])


class LinesWriter(list[str]):
    """A list of lines that can be written to like a file."""

    write = list.append


def format_cell(value: object) -> str:
    """Format one value for a CSV cell.

    Floats and fractions get at most ten significant digits and sixteen decimals, and never an exponent, so
    that every program reads the same number. Raises ValueError for a float that is not a number.
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, Fraction):
        value = float(value)
    if isinstance(value, float):
        if isnan(value):  # comes from a join without a match; a blank cell would be text
            raise ValueError("a cell of a derived table is not a number")
        rounded = Decimal(f"{round(value, DECIMALS):.{SIGNIFICANT_DIGITS}g}")
        return f"{rounded + 0:f}"
    return str(value)
