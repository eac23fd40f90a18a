"""The menu is short, and addresses of former pages lead to where their contents are now."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.conftest import ROOT, mark_later_cases_long, mkdocs_settings

MOST_SCREENS, MOST_OPEN = 12, 30
SCREENS = "document.documentElement.scrollHeight / innerHeight"
MOST_SHEETS = 4
MOST_PAGES = 10


def pages_of(entry: Any) -> list[str]:
    """Return the pages in an entry of the menu, nested ones included."""
    if isinstance(entry, str):
        return [entry]
    return [
        page for item in (entry.values() if isinstance(entry, dict) else entry) for page in pages_of(item)
    ]


def test_every_page_is_in_the_short_menu_or_has_its_reason() -> None:
    menu = mkdocs_settings()["nav"]
    pages = pages_of(menu)
    assert len(menu) == len(pages) == len(set(pages)) <= MOST_PAGES
    # Not in the menu: the error page, and pages linked from the page head, guides, sentences or look-up.
    apart = {
        "404.md",
        "km.md",
        "about-the-data.md",
        "claims-traced.md",
        "contribute-tables.md",
        "open-the-data.md",
        "rules.md",
        "dictionary.md",
        "glossary.md",
        "numbers.md",
        "numbers-elsewhere.md",
        # Long tables, linked from the page on their subject.
        "series.md",
        "events.md",
        "article-statements.md",
        "searches.md",
        "assumptions.md",
        "next-survey.md",
        "standards.md",
        "buyers.md",
        "ranges.md",
        "reported-versions.md",
        "questions.md",
        "calculations.md",
        "check.md",
        "context.md",
        "disagreements.md",
        "groups.md",
        "limitations-all.md",
        "other-surveys.md",
        "response.md",
        "sources.md",
        "studies.md",
        "survey-checklist.md",
        "tip-tiers.md",
        "to-settle.md",
        "values.md",
        "voices-all.md",
        "what-if.md",
    }
    assert set(pages) | apart == {page.name for page in ROOT.glob("docs/*.md")}


@pytest.mark.parametrize("width", [320, 640])  # the width of a 1,280-pixel window at 400% and 200%
@pytest.mark.parametrize("scripts", [True, False])
def test_the_menu_is_opened_and_walked_by_keyboard(
    browser: Browser, site_address: str, width: int, scripts: bool
) -> None:
    """Tab and Space open the menu; Tab then reaches each visible page in order, and Enter opens it."""
    page = browser.new_page(viewport={"width": width, "height": 400}, java_script_enabled=scripts)
    page.goto(f"{site_address}about/")
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.locator("#__drawer:focus").count():
            break
    page.keyboard.press("Space")
    page.locator(".md-sidebar--primary").wait_for(state="visible")
    links = page.locator(".md-nav--primary a.md-nav__link:visible")
    pages = pages_of(mkdocs_settings()["nav"])
    assert links.count() == len(pages)
    while not page.locator(".md-nav--primary a.md-nav__link:focus").count():
        page.keyboard.press("Tab")
    for at, name in enumerate(pages):
        assert links.evaluate_all("all => all.indexOf(document.activeElement)") == at, name
        page.keyboard.press("Tab")
    links.nth(pages.index("data.md")).press("Enter")
    page.wait_for_url(f"{site_address}data/")
    page.close()


def test_the_menu_of_a_phone_names_the_page_once(browser: Browser, site_address: str) -> None:
    page = browser.new_page(viewport={"width": 400, "height": 800})
    page.goto(f"{site_address}methodology/")
    page.locator("header label[for=__drawer]").click()
    page.locator(".md-sidebar--primary").wait_for(state="visible")
    named = page.locator(".md-nav--primary .md-nav__link:visible").all_inner_texts()
    assert named.count("Methodology") == 1
    page.close()


@pytest.mark.parametrize("size", mark_later_cases_long(1, [((1280, 720),), ((1280, 800),)]))
def test_the_menu_of_a_desk_hides_no_entry(
    browser: Browser, site_address: str, size: tuple[int, int]
) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    for name in ("", "methodology/", "values/"):
        page.goto(site_address + name)
        tabs = page.locator(".md-tabs__link")
        assert tabs.count() == len(mkdocs_settings()["nav"])
        shown = [*tabs.all(), *page.locator(".md-nav--primary a.md-nav__link:visible").all()]
        boxes = [link.bounding_box() for link in shown]
        assert len(boxes) >= len(mkdocs_settings()["nav"])
        assert [box for box in boxes if not box or box["y"] + box["height"] > size[1]] == []
    page.close()


def test_no_page_of_the_menu_is_long_on_a_phone(browser: Browser, site_address: str) -> None:
    """This holds with folds shut or open; longer lists have their own pages, have filters, or are files."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    shut, opened = {}, {}
    for name in pages_of(mkdocs_settings()["nav"]):
        page.goto(f"{site_address}{name.removesuffix('.md').removesuffix('index')}")
        shut[name] = page.evaluate(SCREENS)
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
        opened[name] = page.evaluate(SCREENS)
    page.close()
    assert {name: at for name, at in shut.items() if at > MOST_SCREENS} == {}
    assert {name: at for name, at in opened.items() if at > MOST_OPEN} == {}


@pytest.mark.parametrize("name", ["", "values/KH010/"])
def test_a_page_of_a_number_and_home_print_on_four_sheets(
    browser: Browser, site_address: str, name: str
) -> None:
    page = browser.new_page()
    page.goto(f"{site_address}{name}")
    sheets = page.pdf(format="A4")
    page.close()
    assert sheets.count(b"/Type /Page\n") <= MOST_SHEETS
