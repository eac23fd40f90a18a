"""The table of what to quote: every question, both numbers where they disagree, and what was not found."""

import re
from pathlib import Path

import pytest

from scripts.site.lines import Marked
from scripts.site.listed import quote_table
from scripts.site.page_data import PageData
from tests.conftest import FROZEN, SCHEMAS, alter, change_rows
from tests.site.listings import VALUES, cells, pages_of, table, value_of

NONE = "None was found"
[FIELD] = [one for one in SCHEMAS["featured"]["fields"] if one["name"] == "quote_for"]
QUESTIONS = {one["value"]: one["label"] for one in FIELD["categories"]}


@pytest.fixture(scope="module")
def data() -> PageData:
    """What the pages of the frozen package may ask."""
    return pages_of(FROZEN)


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
    otherwise = [one for one in quote_table(data) if cells(one)[0].endswith(", otherwise")]
    beside = [row["value_id"] for row in table("featured") if row["quote_for"] and row["value_id"]]
    shown = [value_of(one) for one in otherwise]
    assert {VALUES[key]["printing_of"] for key in shown} < set(beside)
    assert {"KH020", "KH037", "KH046", "KH052", "KH203"} < set(shown)
    numbers = [(row["printing_of"], row["low"], row["high"]) for row in (VALUES[key] for key in shown)]
    assert len(set(numbers)) == len(numbers)


def test_a_number_said_nearly_is_no_other(data: PageData) -> None:
    shown = {value_of(one) for one in quote_table(data)}
    nearly = {key for key, row in VALUES.items() if row["printed"].startswith(("nearly ", "just over "))}
    assert {"KH010", "KH022"} <= {VALUES[key]["printing_of"] for key in nearly}
    assert not shown & nearly


def test_each_question_names_its_year(data: PageData) -> None:
    """So that no two figures of one age stand under one head, apart from the two of the fall."""
    heads = [cells(one)[0] for one in quote_table(data) if "under 1" in cells(one)[0].lower()]
    assert heads and all(re.search(r" in 201[25]\b", head) for head in heads)


def test_a_number_that_is_only_rounded_is_no_other(package: Path) -> None:
    assert "KH037" in {value_of(one) for one in quote_table(pages_of(package))}
    alter(package, "reported_values", "KH037", low="8.2", high="8.2")
    change_rows(package, "conflicts", lambda rows: [row.update(kind="rounding") for row in rows])
    assert "KH037" not in {value_of(one) for one in quote_table(pages_of(package))}


def test_a_withdrawn_figure_is_not_ready_to_quote(package: Path) -> None:
    alter(package, "reported_values", "KH010", show="withdrawn")
    [one] = [one for one in quote_table(pages_of(package)) if value_of(one) == "KH010"]
    assert "withdrawn, do not quote" in cells(one)[1] and cells(one)[2] == "It was withdrawn."
