"""The log of searches is counted and shown as it stands, and a source leads to the search that found it."""

import re

import pytest

from tests.conftest import FROZEN, read_csv

pytestmark = pytest.mark.xdist_group("pages")  # one worker fills the pages in, once

LOG = read_csv(FROZEN / "data/searches.csv")
SOURCES = read_csv(FROZEN / "data/sources.csv")


def test_the_page_adds_up_the_log(pages: dict[str, str]) -> None:
    [told] = re.findall(r"each search is logged, .*", pages["methodology.md"])
    counts = [sum(int(row[name]) for row in LOG) for name in ("found", "new", "taken")]
    without = sum(not row["search_id"] for row in SOURCES)
    assert [int(one) for one in re.findall(r"\b\d+\b", told)] == [len(LOG), *counts, without]


def test_each_search_has_its_row_and_each_source_leads_to_its_search(pages: dict[str, str]) -> None:
    for row in LOG:
        [shown] = re.findall(
            rf'<tr id="search-{row["search_id"]}">.*?</tr>', pages["searches.md"], re.DOTALL
        )
        assert row["words_as_typed"].split()[-1] in shown and row["left_out"][:20] in shown
    for row in SOURCES:
        links = re.findall(r'searches/#search-([^"]+)"', pages[f"sources/{row['source_id']}.md"])
        assert links == [row["search_id"]] * bool(row["search_id"])
