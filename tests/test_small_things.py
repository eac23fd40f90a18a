"""Sentences that were wrong once: each is held here in the words that a reader sees."""

import re

import pytest

from scripts.site.page_data import PageData
from scripts.site.value_page import value_page
from tests.conftest import FROZEN
from tests.listings import STANDING, VALUES, pages_of, table
from tests.page_models import said


@pytest.fixture(scope="module")
def data() -> PageData:
    """What the pages of the frozen package may ask."""
    return pages_of(FROZEN)


def test_the_page_of_all_values_counts_the_sources_that_print_them() -> None:
    [every] = [row for row in table("coverage") if row["dimension"] == "all"]
    printing = {row["source_id"] for row in VALUES.values() if row["show"] != "withdrawn"}
    assert int(every["documents"]) == len(printing) < len(table("sources"))


def test_a_country_counts_the_readings_of_its_cities() -> None:
    parents = {row["place_id"]: row["parent_id"] for row in table("places")}
    rows = {row["item"]: int(row["readings"]) for row in table("coverage") if row["dimension"] == "place"}
    inside = [row for row in STANDING.values() if "cambodia" in holders(row["place_id"], parents)]
    assert rows["cambodia"] == len(inside) > rows["phnom-penh"]


def holders(place: str, parents: dict[str, str]) -> list[str]:
    """A place, and all that hold it."""
    return [place, *holders(parents[place], parents)] if place else []


@pytest.mark.parametrize("key", ["KH062", "KH016", "KH217", "KH259-a"])
def test_a_number_that_is_nearly_reached_is_not_told_as_less(data: PageData, key: str) -> None:
    words = data.values.value(key)
    assert re.match(r"(nearly|almost|just over) \d", words), words
    assert "less than" not in data.quotes.sentence(key)


def test_a_relation_is_a_sentence_from_both_ends(data: PageData) -> None:
    for root in data.roots:
        for relation in value_page(data, root).relations:
            for line in said(relation.lines):
                assert not re.search(r"comparable (it|[A-Z]+[-\d]|: )", line), line
                assert "by other method" not in line or " as" in line, line


def test_condensed_words_stand_in_no_quotation_marks(data: PageData) -> None:
    """They hold remarks of ours, so they are not the words of the source."""
    for key, row in VALUES.items():
        assert f"“{row['scope_as_printed']}”" not in data.values.label(key)
        assert f"“{row['scope_as_printed']}”" not in data.quotes.sentence(key)
