"""Sentences that were wrong once: each is held here in the words that a reader sees."""

import re

import pytest

from scripts.site import released
from scripts.site.page_data import PageData
from scripts.site.value_page import value_page
from scripts.wording.words import plain_word
from tests.conftest import FROZEN
from tests.site.listings import STANDING, VALUES, pages_of, table
from tests.site.page_models import said


@pytest.fixture(scope="module")
def data() -> PageData:
    """What the pages of the frozen package may ask."""
    return pages_of(FROZEN)


def test_the_table_of_what_is_covered_counts_each_topic_and_all(data: PageData) -> None:
    rows = {name: counts for name, *counts in (said(one.cells) for one in released.coverage(data))}
    for topic in {row["topic"] for row in STANDING.values()}:
        own = [row for row in STANDING.values() if row["topic"] == topic]
        missing = [row for row in table("not_available") if row["topic"] == topic]
        assert rows[plain_word(topic)][-1] == str(len(missing))
        assert rows[plain_word(topic)][:3:2] == [str(len(own)), str(len({row["source_id"] for row in own}))]
    assert rows["all"][0] == str(len(STANDING))


@pytest.mark.parametrize("key", ["KH062", "KH016", "KH217", "KH259-a"])
def test_a_number_that_is_nearly_reached_is_not_told_as_less(data: PageData, key: str) -> None:
    words = data.values.value(key)
    assert re.match(r"(nearly|almost|just over) \d", words), words
    assert "less than" not in data.quotes.sentence(key)


def test_a_relation_is_a_sentence_from_both_ends(data: PageData) -> None:
    for root in data.roots:
        for relation in value_page(data, root).relations:
            for line in said(relation.items):
                assert not re.search(r"comparable (it|[A-Z]+[-\d]|: )", line), line
                assert "by other method" not in line or " as" in line, line


def test_condensed_words_stand_in_no_quotation_marks(data: PageData) -> None:
    """They hold remarks of ours, so they are not the words of the source."""
    for key, row in VALUES.items():
        assert f"“{row['scope_as_printed']}”" not in data.values.label(key)
        assert f"“{row['scope_as_printed']}”" not in data.quotes.sentence(key)
