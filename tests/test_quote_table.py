"""The table of what to quote: every question, both numbers where they disagree, and what was not found."""

from pathlib import Path

import pytest

from scripts.site.lines import Marked
from scripts.site.page_data import PageData
from scripts.site.quote_table import QUESTIONS, quote_table
from tests.conftest import ROOT, change_rows
from tests.listings import VALUES, Row, cells, pages_of, table, value_of

NONE = "None was found"


@pytest.fixture(scope="module")
def data() -> PageData:
    """What the pages of the real package may ask."""
    return pages_of(ROOT)


def test_every_question_is_answered_in_order_by_its_roles(data: PageData) -> None:
    heads = [cells(one)[0].partition(",")[0] for one in quote_table(data)]
    assert list(dict.fromkeys(heads)) == list(QUESTIONS.values())
    asked = [row for row in table("featured") if row["quote_for"]]
    assert {row["quote_for"] for row in asked} == QUESTIONS.keys()
    shown = {value_of(one) for one in quote_table(data)}
    assert {row["value_id"] or row["not_available_id"] for row in asked} <= shown
    words = [cells(one)[1] for one in quote_table(data)]
    assert words.count(NONE) == len([row for row in asked if row["not_available_id"]]) > 0


def test_each_figure_stands_with_its_own_sentence(data: PageData) -> None:
    for one in quote_table(data):
        if cells(one)[1] != NONE:
            key = value_of(one)
            assert VALUES[key]["printed"] in cells(one)[1]
            assert one.cells[2] == (Marked(data.quotes.sentence(key), "quote"),)


def test_both_numbers_stand_where_sources_disagree(data: PageData) -> None:
    otherwise = [one for one in quote_table(data) if cells(one)[0].endswith("printed otherwise")]
    assert [VALUES[value_of(one)]["low"] for one in otherwise] == ["7.59"]


def test_a_number_that_is_only_rounded_is_no_other(package: Path) -> None:
    def change(rows: list[Row]) -> None:
        next(row for row in rows if row["value_id"] == "KH037").update(low="8.2", high="8.2")

    assert "KH037" in {value_of(one) for one in quote_table(pages_of(package))}
    change_rows(package, "reported_values", change)
    change_rows(
        package, "derived/conflicts", lambda rows: [row.update(type="both_can_hold") for row in rows]
    )
    assert "KH037" not in {value_of(one) for one in quote_table(pages_of(package))}


def test_a_withdrawn_figure_is_not_ready_to_quote(package: Path) -> None:
    def take_back(rows: list[Row]) -> None:
        next(row for row in rows if row["value_id"] == "KH010").update(show="withdrawn")

    change_rows(package, "reported_values", take_back)
    [one] = [one for one in quote_table(pages_of(package)) if value_of(one) == "KH010"]
    assert "withdrawn, do not quote" in cells(one)[1] and cells(one)[2] == "It was withdrawn."
