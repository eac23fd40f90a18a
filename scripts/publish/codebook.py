"""The codebook, or data dictionary: what does each column of each table hold? As CSV and as one page."""

from collections.abc import Sequence
from pathlib import Path

import jinja2

from scripts.package.contract import Field, Table
from scripts.package.files import csv_text
from scripts.publish.dataset import Dataset

COLUMNS = (
    "table",
    "column",
    "position",
    "type",
    "unit",
    "title",
    "description",
    "blank_allowed",
    "allowed_values",
    "pattern",
    "minimum",
    "maximum",
    "key",
    "refers_to",
    "example",
)


def codebook_rows(tables: Sequence[Table]) -> list[list[str]]:
    """Every column of every table, in order, as text."""
    return [
        _row(table, field, position)
        for table in tables
        for position, field in enumerate(table.fields, start=1)
    ]


def _row(table: Table, field: Field, position: int) -> list[str]:
    rules = field.constraints
    targets = [f"{key.table}.{key.key}" for key in table.foreign_keys if key.field == field.name]
    return [
        table.name,
        field.name,
        str(position),
        field.type,
        field.unit,
        field.title,
        field.description,
        "no" if rules.get("required") else "yes",
        "; ".join(rules.get("enum", [])),
        rules.get("pattern", ""),
        str(rules.get("minimum", "")),
        str(rules.get("maximum", "")),
        "key" if field.name in table.primary_key else "",
        "; ".join(targets),
        field.example,
    ]


def codebook_csv(tables: Sequence[Table]) -> str:
    """The codebook as CSV."""
    return csv_text(COLUMNS, codebook_rows(tables))


def codebook_html(dataset: Dataset) -> str:
    """The codebook as one page, whose every text is escaped."""
    loader = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
    environment = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    rows = codebook_rows(dataset.tables)
    return environment.get_template("codebook.html").render(dataset=dataset, columns=COLUMNS, rows=rows)
