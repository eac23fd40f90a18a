"""Workbooks as a person fills them in: the template without its example, with cells typed by title."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook

from tests.contribute.contributions import template

Typed = dict[str, Sequence[dict[str, object]]]  # rows by sheet, cells by title

# What a source prints as “37 of 412 (9.0 %)”: people under 18 among those asked, on page 14.
STUDY: Typed = {
    "Sources": [
        {
            "Kind": "ngo report",
            "Title": "Adolescents in entertainment venues of Phnom Penh",
            "Publisher": "Aspen Health Network",
            "Published": "2019-05",
            "Address": "https://example.org/venues-2019.pdf",
            "How much was read": "whole",
            "Language": "en",
            "Body that speaks": "Aspen Health Network",
        }
    ],
    "Studies": [
        {
            "Name": "Survey of entertainment venues in Phnom Penh",
            "Run by": "Aspen Health Network",
            "Place": "Phnom Penh",
            "Fieldwork": "2018-05",
            "Population": "People interviewed in entertainment venues of Phnom Penh",
            "Design": "time space sampling",
            "Basis of the design": "The report says so on page 6.",
            "A sample?": "yes",
            "Sampling unit": "venue time",
            "Age method": "self report",
            "Speaks for": "People present in sampled venues of one city in one month.",
            "Interest": "It runs no programme in these venues.",
        }
    ],
    "Reported values": [
        {
            "Topic": "other surveys",
            "Indicator": "Share in the age band",
            "Age from": "0",
            "Age to": "17",
            "Sex": "all",
            "As printed": "9.0 %",
            "Nature": "observed",
            "Scope, as printed": "under 18 among the people interviewed",
            "Locator": "page 14",
            "Count of the share": "37",
            "Denominator of the share": "412",
        },
        {"Indicator": "People in the age band", "As printed": "37"},
        {
            "Indicator": "People interviewed",
            "As printed": "412",
            "Age from": "(all ages)",
            "Age to": "(all ages)",
            "Scope, as printed": "people interviewed",
        },
    ],
    "Limitations": [
        {
            "Kind": "coverage",
            "Name": "Closed venues",
            "Text": "The report says that venues which let nobody in were not visited.",
            "Raised by": "Aspen Health Network",
            "Locator": "page 22",
        }
    ],
    "Organisations": [{"Name": "Aspen Health Network", "Kind": "international ngo"}],
    "Populations": [
        {
            "Name": "People interviewed in entertainment venues of Phnom Penh",
            "Definition": "People who worked in the venues visited and answered the questions.",
            "Kind of denominator": "venue people",
        }
    ],
}


def save_filled_template(typed: Typed, place: Path) -> Path:
    """Type cells into the empty template, by sheet and title, and save it."""
    book = open_template()
    for title, rows in typed.items():
        for number, cells in enumerate(rows, start=2):
            for name, value in cells.items():
                type_in(book, title, number, name, value)
    book.save(place)
    return place


def open_template() -> Workbook:
    """Return the template without its example rows."""
    book = load_workbook(template())
    for sheet in book.worksheets[1:-2]:
        sheet.delete_rows(2, sheet.max_row)
    return book


def type_in(book: Workbook, title: str, row: int, name: str, value: object) -> None:
    """Type a value into the row of a sheet, under a title."""
    [column] = [head.column for head in book[title][1] if head.value == name]
    book[title].cell(row, column).value = value


def count_typed_cells(typed: Typed) -> int:
    """Return how many cells a person types."""
    return sum(len(row) for rows in typed.values() for row in rows)
