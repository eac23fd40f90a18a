"""Files for each quantity: JSON, CSV and, if the quantity is featured, a card to embed."""

import json
from datetime import date
from itertools import product
from typing import Any

import jinja2

from scripts.package.files import Row, csv_text
from scripts.package.package import Package
from scripts.package.reading import Reading
from scripts.site.downloads import PublishedPackage
from scripts.site.page_data import PageData
from scripts.site.render import TEMPLATES
from scripts.site.value_page import EmbeddableCard, embeddable_card

Json = dict[str, Any]
SCENARIOS = ("scenario_estimates", "scenario_none_found")  # scenarios for a single figure


def quantity_files(package: Package, published: PublishedPackage) -> dict[str, str]:
    """The JSON and CSV files of all quantities, and the cards of featured ones, by file name."""
    data = PageData(package)
    loader = jinja2.FileSystemLoader(TEMPLATES)
    layout = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True).get_template("card.html")
    texts: dict[str, str] = {}
    for main in data.main_mentions:
        about, page = embeddable_card(data, main), published.full_address(f"values/{main.id}/")
        said = json.dumps(quantity_as_json(data, main, about, page), ensure_ascii=False, indent=1)
        texts |= {
            f"values/{main.id}.json": f"{said}\n",
            f"values/{main.id}.csv": _values_csv(package, main),
        }
        if data.is_featured(main):
            texts[f"values/{main.id}.card.html"] = layout.render(card=about, page=page)
    return texts


def quantity_as_json(data: PageData, main: Reading, about: EmbeddableCard, page: str) -> Json:
    """Everything known about a quantity, as on its page."""
    package = data.package
    ids = [reading.id for reading in data.values.all_mentions(main.id)]
    rows = {key: _typed_row(package, "values", package.row("values", key)) for key in ids}
    return {
        "id": main.id,
        "title": about.title,
        "value_in_words": about.value,
        "notice": about.notice,
        "sentence": about.sentence,
        "value": rows[main.id],
        "printings": list(rows.values()),
        "source": _typed_row(package, "sources", package.row("sources", main.source_id)),
        "estimates": _rows_of_value(package, "estimates", main),
        "scenarios": [row for table in SCENARIOS for row in _rows_of_value(package, table, main)],
        "limitations": _limitations_json(package, main),
        "conflicts": _conflicts_json(package, ids),
        "statements": _statements_json(package, ids),
        "citations": {"source": about.source, "data_set": about.data_set},
        "version": package.contract.version,
        "licence": package.descriptor["licenses"][0]["path"],
        "page": page,
    }


def _typed_row(package: Package, table: str, row: Row) -> Json:
    """A row as JSON: numbers as numbers, dates as text, and blanks as null."""
    typed = package.contract.table(table).typed_row(row)
    return {name: str(cell) if isinstance(cell, date) else cell for name, cell in typed.items()}


def _rows_of_value(package: Package, table: str, main: Reading) -> list[Json]:
    return [_typed_row(package, table, row) for row in package.rows_with_cell(table, "value_id", main.id)]


def _limitations_json(package: Package, main: Reading) -> list[Json]:
    """The limitations that apply to a quantity, each with the reason why it applies."""
    return [
        {"applies_to": row["applies_to"]}
        | _typed_row(package, "limitations", package.row("limitations", row["limitation_id"]))
        for row in package.rows_with_cell("value_limitations", "value_id", main.id)
    ]


def _conflicts_json(package: Package, ids: list[str]) -> list[Json]:
    """The differences that involve one of the quantity's mentions."""
    ends = product(("value_id", "other_id"), ids)
    groups = [package.rows_with_cell("conflicts", name, key) for name, key in ends]
    by_id = {row["conflict_id"]: _typed_row(package, "conflicts", row) for group in groups for row in group}
    return [*by_id.values()]


def _statements_json(package: Package, ids: list[str]) -> list[Json]:
    """What organisations said about a quantity, in our paraphrase."""
    found = []
    for link in (link for key in ids for link in package.scope_rows("statements", "value_id", key)):
        said = package.row("statements", link["statement_id"])
        studies = package.studies_of("statements", said)
        found.append(
            {"bearing": link["bearing"], **_typed_row(package, "statements", said), "study_ids": studies}
        )
    return found


def _values_csv(package: Package, main: Reading) -> str:
    """The rows of `values` for a quantity, as CSV."""
    rows = package.rows_with_cell("values", "quantity_id", main.id)
    return csv_text(package.contract.table("values").column_names, [list(row.values()) for row in rows])
