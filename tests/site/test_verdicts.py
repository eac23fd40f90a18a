"""A verdict, which is a page's conclusion from its tables, disappears once they no longer support it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.package.package import Package
from scripts.site.page_data import VERDICTS
from scripts.site.render import PageFault, render_pages, statements_no_longer_made_by_pages
from scripts.site.withdrawn_figures import NO_LONGER_SAID, FigureLost
from tests.conftest import ROOT, change_rows, read_csv, render_pages_of, with_subtests
from tests.site.page_models import DATA, Row, opened, withdraw

TABLE = {row["verdict"]: row for row in read_csv(ROOT / VERDICTS)}
TOLD = {"agree": ["S02", "S04"], "disputes": ["S07"]}
TOLD |= {"khm-disputes": ["S03"], "khm-agrees": ["S04"]}
OTHERWISE = {  # cells set in every row of a table, so that no verdict holds
    "changes": {"rounding_low": "-1"},
    "scenario_changes": {"ci_high": "1", "ci_low": "-1"},
    "scenario_tipping_points": {"estimate": "0.01"},
    "scenario_estimates": {"ci_high": "1.5", "ci_low": "1"},
    "reconciliations": {"outcome": "not_reproduced"},
    "conflicts": {"type": "contradiction"},
    "consistency": {"verdict": "consistent"},
    "statements": {"stance": "neutral"},
    "risk_of_bias": {"answer": "unclear"},
    "reported_values": {"credited_to": "", "high": "99"},
    "origins": {"chain": "speaks_for_itself"},
}


def changed(cells: dict[str, str]) -> Callable[[list[Row]], None]:
    """Return a change that sets these cells in every row of a table."""
    return lambda rows: [row.update(cells) for row in rows] and None


def test_every_verdict_is_used_on_a_page() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md"))
    assert {*re.findall(r'verdict\("([\w-]+)"', pages)} == TABLE.keys()


def test_no_verdict_is_shown_once_the_tables_contradict_it(package: Path) -> None:
    for table, cells in OTHERWISE.items():
        change_rows(package, table, changed(cells))
    figures = opened(package).figures
    for key in TABLE:
        with pytest.raises(FigureLost, match=key):
            figures.verdict(key, **({"told": TOLD[key]} if key in TOLD else {}))
    for key, row in TABLE.items():
        assert f"{VERDICTS}, {key}: no page says “{row['words']}” now." in figures.fallen[key]
        assert figures.fallen[key].endswith(f": {row['claims']}.")


@with_subtests(TOLD)
def test_a_verdict_holds_for_the_statements_it_names(key: str) -> None:
    assert DATA.figures.verdict(key, told=TOLD[key]) == TABLE[key]["words"]


@pytest.mark.xdist_group("pages")
def test_a_sentence_whose_verdict_no_longer_holds_leaves_its_page(
    package: Path, rendered_pages: dict[str, str]
) -> None:
    change_rows(package, "scenario_changes", changed({"ci_high": "1"}))
    after, said = render_pages_of(package), TABLE["chance-unlikely"]["words"]
    for name in ("index.md", "what-if.md"):
        assert said in rendered_pages[name].lower() and NO_LONGER_SAID not in rendered_pages[name]
        assert said not in after[name].lower() and NO_LONGER_SAID in after[name]


def test_verdicts_that_no_longer_hold_are_reported(package: Path) -> None:
    assert statements_no_longer_made_by_pages(Package(package)) == []
    change_rows(package, "scenario_changes", changed({"ci_high": "1"}))
    told = statements_no_longer_made_by_pages(Package(package))
    assert [line for line in told if f"{VERDICTS}, chance-unlikely: " in line]


def test_fault_in_the_condition_of_a_verdict_names_its_row(package: Path) -> None:
    table = package / VERDICTS
    table.write_text(table.read_text("utf-8").replace("'contradiction'", "'contradicton'"), "utf-8")
    told = re.escape(f"{VERDICTS}, mostly-not-contradictions, holds_if: conflicts.type cannot be")
    with pytest.raises(PageFault, match=told):
        render_pages(Package(package))


def test_an_unknown_verdict_is_refused_with_the_one_that_is_like_it() -> None:
    with pytest.raises(ValueError, match="Did you mean chance-unlikely"):
        DATA.figures.verdict("chance-unlikly")


def test_withdrawn_figure_has_no_verdict(package: Path) -> None:
    said = TABLE["chance-unlikely"]["words"]
    assert said in render_pages(Package(package))["what-if.md"].lower()
    withdraw(package, DATA.figures.figure("under-18-seen-earlier").id)
    assert said not in render_pages(Package(package))["what-if.md"].lower()
