"""The codebook, or data dictionary: what does each column of each table hold? As CSV and as one page."""

from collections.abc import Sequence
from pathlib import Path

import jinja2

from scripts.package.contract import Field, Table
from scripts.package.files import Row, csv_text
from scripts.publish.dataset import Dataset


def codebook_rows(tables: Sequence[Table]) -> list[Row]:
    """Every column of every table, in order, as text."""
    return [
        _row(table, field, position)
        for table in tables
        for position, field in enumerate(table.fields, start=1)
    ]


def _row(table: Table, field: Field, position: int) -> Row:
    rules = field.constraints
    targets = [f"{key.table}.{key.key}" for key in table.foreign_keys if key.field == field.name]
    return {
        "table": table.name,
        "column": field.name,
        "position": str(position),
        "type": field.type,
        "unit": field.unit,
        "title": field.title,
        "description": field.description,
        "blank_allowed": "no" if rules.get("required") else "yes",
        "blank_means": field.blank,
        "allowed_values": "; ".join(field.words),
        "allowed_values_mean": "\n".join(f"{one.value}: {one.meaning}" for one in field.categories),
        "pattern": rules.get("pattern", ""),
        "minimum": str(rules.get("minimum", "")),
        "maximum": str(rules.get("maximum", "")),
        "key": "key" if field.name in table.primary_key else "",
        "refers_to": "; ".join(targets),
        "example": field.example,
    }


def codebook_csv(tables: Sequence[Table]) -> str:
    """The codebook as CSV."""
    rows = codebook_rows(tables)
    return csv_text(rows[0], [row.values() for row in rows])


def codebook_html(dataset: Dataset) -> str:
    """The codebook as one page, whose every text is escaped."""
    loader = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
    environment = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    rows = codebook_rows(dataset.tables)
    return environment.get_template("codebook.html").render(dataset=dataset, rows=rows)
