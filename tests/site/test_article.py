"""The article: each statement of it, the verdict, and what bears on it; nothing of it is left out."""

from collections import Counter

import pytest

from scripts.site.article_page import VERDICTS, article_statements, verdicts
from scripts.site.page_data import PageData
from tests.conftest import FROZEN
from tests.site.listings import pages_of, table, told
from tests.site.page_models import links, said

ARTICLE = "khmer-times-2015"
KEYS = ("value_id", "study_id", "study_fact_id", "statement_id", "limitation_id", "not_available_id")
STATEMENTS = [row for row in table("article_statements") if row["source_id"] == ARTICLE]


@pytest.fixture(scope="module")
def data() -> PageData:
    """What the pages of the frozen package may ask."""
    return pages_of(FROZEN)


def test_each_statement_stands_in_order_with_its_verdict_and_what_was_found(data: PageData) -> None:
    shown = article_statements(data, ARTICLE)
    assert [(one.id, one.title) for one in shown] == [
        (row["article_statement_id"], f"The article says: {row['paraphrase']}") for row in STATEMENTS
    ]
    for one, row in zip(shown, STATEMENTS, strict=True):
        assert told(one).startswith(f"{VERDICTS[row['verdict']]} {row['finding']}")
        assert f"“{row['words_as_printed']}”" in told(one)
        assert ("the newspaper itself" in told(one)) == (not row["organisation_id"])


def test_what_bears_on_a_statement_leads_to_it(data: PageData) -> None:
    evidence = table("article_evidence")
    for one in article_statements(data, ARTICLE):
        rows = [row for row in evidence if row["article_statement_id"] == one.id]
        for line, row in zip(one.items, rows, strict=True):
            [link] = links(line)
            named = next((row[key] for key in (*KEYS, "event_id") if row[key]), "")
            is_there = named in (link.anchor, link.address.split("/")[1]) or named in said([line])[0]
            assert is_there and (named or f"report of {row['report_year']}" in said([line])[0]), row


def test_every_verdict_is_counted_once(data: PageData) -> None:
    times = Counter(row["verdict"] for row in STATEMENTS)
    shown = verdicts(data, ARTICLE)
    lines = [one.title for one in shown]
    assert verdicts(data, "a-source-that-has-none") == []
    titles = [words for one in shown for words in said(one.items)]
    assert len(titles) == len(STATEMENTS)
    assert all(any(words.startswith(row["paraphrase"]) for words in titles) for row in STATEMENTS)
    assert times.keys() <= VERDICTS.keys()
    assert len(lines) == len(times)
    for verdict, number in times.items():
        assert any(line.startswith(f"{VERDICTS[verdict]}: {number} ") for line in lines)
