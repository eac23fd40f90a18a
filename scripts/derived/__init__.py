"""The derived tables: computed from data/, written by scripts only, the same bytes everywhere."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction

from scripts.derived import (
    changes,
    conflicts,
    consistency,
    coverage,
    hidden_share,
    intervals,
    misclassification,
    origins,
    reconciliations,
    sample_sizes,
    tipping_points,
    values_flat,
    zero_bounds,
)
from scripts.package.contract import Table
from scripts.package.files import csv_text
from scripts.package.ledger import Ledger
from scripts.package.opening import Package

Cells = dict[str, object]
TABLES: dict[str, Callable[[Ledger], Iterable[Cells]]] = {
    "intervals": intervals.rows,
    "changes": changes.rows,
    "consistency": consistency.rows,
    "reconciliations": reconciliations.rows,
    "conflicts": conflicts.rows,
    "origins": origins.rows,
    "zero_bounds": zero_bounds.rows,
    "misclassification": misclassification.rows,
    "hidden_share": hidden_share.rows,
    "tipping_points": tipping_points.rows,
    "sample_sizes": sample_sizes.rows,
    "coverage": coverage.rows,
    "values_flat": values_flat.rows,
}
SIGNIFICANT_DIGITS = 10  # of a float; more would differ between machines


def build(package: Package) -> dict[str, str]:
    """Compute every derived table of the package: its path and its text."""
    return {
        table.path: table_text(table, TABLES[table.name](package.ledger))
        for table in package.contract.tables
        if table.is_derived
    }


def table_text(table: Table, rows: Iterable[Cells]) -> str:
    """Write rows in the order of the contract, sorted by key. KeyError for an unknown column."""
    cells = [[cell(row[name]) for name in table.header] for row in _complete(table, rows)]
    key = [table.header.index(name) for name in table.primary_key]
    return csv_text(table.header, sorted(cells, key=lambda row: [row[i] for i in key]))


def _complete(table: Table, rows: Iterable[Cells]) -> Iterable[Cells]:
    blank: Cells = dict.fromkeys(table.header, "")
    for row in rows:
        unknown = row.keys() - blank.keys()
        if unknown:
            raise KeyError(f"{table.name} has no column {', '.join(sorted(unknown))}")
        yield blank | row


def cell(value: object) -> str:
    """Write one value: floats and fractions to ten significant digits, never with an exponent."""
    if value is None:
        return ""
    if isinstance(value, Fraction):
        value = float(value)
    if isinstance(value, float):
        rounded = Decimal(f"{value:.{SIGNIFICANT_DIGITS}g}")
        return f"{rounded + 0:f}"
    return str(value)
