"""A verdict on a page claims what the tables show: none may be said once they no longer do."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.package.opening import Package
from scripts.site.page_data import VERDICTS
from scripts.site.pages import PageError, render_pages
from tests.conftest import FROZEN, ROOT, change_rows, each, read_csv
from tests.site.page_models import DATA, Row, opened, withdraw

TABLE = {row["verdict"]: row for row in read_csv(ROOT / VERDICTS)}
CODES = {row["verdict"] for row in read_csv(FROZEN / "data/editorial/article_statements.csv")}
CLAIMING_LESS = {"not_testable", "no_evidence"}  # nothing in these tables could take them back
TOLD = {"agree": ["S02", "S04"], "disputes": ["S07"]}
TOLD |= {"khm-disputes": ["S03"], "khm-agrees": ["S04"]}
OTHERWISE = {  # what every row of a table is made to say, so that no verdict is left
    "comparisons": {"upper": "1", "lower": "-1", "estimate": "0.01"},
    "estimates": {"upper": "1.5", "lower": "1"},
    "reconciliations": {"outcome": "not_reproduced"},
    "conflicts": {"type": "contradiction"},
    "consistency": {"verdict": "consistent"},
    "statements": {"stance": "neutral"},
    "risk_of_bias": {"answer": "unclear"},
    "article_statements": {"verdict": "confirmed"},
    "reported_values": {"credited_to": "", "high": "99"},
    "origins": {"chain": "speaks_for_itself"},
}


def changed(cells: dict[str, str]) -> Callable[[list[Row]], None]:
    """Make every row of a table say the same in some cells."""
    return lambda rows: [row.update(cells) for row in rows] and None


def test_every_verdict_is_asked_for_by_a_page_or_is_one_on_the_article() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md"))
    assert {*re.findall(r'verdict\("([\w-]+)"', pages), *CODES} == TABLE.keys()


def test_none_is_left_once_the_tables_say_otherwise(package: Path) -> None:
    for table, cells in OTHERWISE.items():
        change_rows(package, table, changed(cells))
    figures = opened(package).figures
    for key, row in TABLE.items():
        if key not in CLAIMING_LESS:
            with pytest.raises(ValueError, match=re.escape(f"{key}): {row['claims']}")):
                figures.verdict(key, told=[], speaker="") if key not in TOLD else figures.verdict(
                    key, told=TOLD[key]
                )


@each(TOLD)
def test_who_said_it_is_asked_for(key: str) -> None:
    assert DATA.figures.verdict(key, told=TOLD[key]) == TABLE[key]["words"]


def test_nobody_disputes_what_has_no_evidence() -> None:
    assert DATA.figures.verdict("no_evidence", told=["S04"])
    with pytest.raises(ValueError, match="no_evidence"):
        DATA.figures.verdict("no_evidence", told=["S07"])


def test_a_page_is_not_built_whose_verdict_no_longer_holds(package: Path) -> None:
    change_rows(package, "comparisons", changed({"upper": "1"}))
    with pytest.raises(PageError) as refused:
        render_pages(Package(package))
    for page in ("index", "results", "what-if"):
        assert f"docs/{page}.md: “chance alone is unlikely to explain the fall”" in str(refused.value)


def test_what_is_withdrawn_has_no_verdict(package: Path) -> None:
    said = TABLE["chance-unlikely"]["words"]
    assert said in render_pages(Package(package))["what-if.md"].lower()
    withdraw(package, DATA.figures.figure("under-18-seen-earlier").id)
    assert said not in render_pages(Package(package))["what-if.md"].lower()
