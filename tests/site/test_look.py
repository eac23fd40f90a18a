"""Checks of every built page, and of use in print, by keyboard alone, and in Khmer."""

import re
from collections import Counter
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from scripts.site import hooks
from tests.browser import open_page
from tests.conftest import FROZEN, ROOT, read_csv

pytestmark = pytest.mark.xdist_group("look")  # so that one worker parses all pages once

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Built(HTMLParser):
    """A parsed page: its elements with attributes, ids, links, and visible text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.addresses: list[str] = []  # those of links, and of what is loaded
        self.head: dict[str, str] = {}
        self.report = ""
        self.khmer = ""
        self._open: list[tuple[str, bool, bool]] = []  # whether it is in the Khmer box on where to report
        self.feed(html)
        self.close()

    def updatepos(self, i: int, j: int) -> int:
        """Skip counting lines, since no test needs the parser's position."""
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        self.elements.append((tag, own))
        if element_id := own.get("id"):
            self.ids[element_id] += 1
        self.addresses += [link for name in ("href", "src", "data-src") if (link := own.get(name))]
        if tag == "a" and (link := own.get("href")):
            self.links.append(link)
        if tag == "html":
            self.head["lang"] = own.get("lang") or ""
        if tag == "meta" and own.get("name"):
            self.head[str(own["name"])] = own.get("content") or ""
        if tag not in VOID:
            _, in_report, in_khmer = self._open[-1] if self._open else ("", False, False)
            in_report = in_report or own.get("class") == "report"
            self.report += f" {own.get('href') or ''} " if in_report else ""
            self._open.append((tag, in_report, in_khmer or own.get("lang") == "km"))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, in_report, in_khmer = self._open[-1] if self._open else ("", False, False)
        if tag == "title" and "title" not in self.head:
            self.head["title"] = data
        self.text += data
        self.report += data if in_report else ""
        self.khmer += data if in_khmer else ""


@cache
def every_page(site: Path) -> dict[str, Built]:
    """Return every HTML page of the site, parsed, by path."""
    return {
        path.relative_to(site).as_posix(): Built(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


def built(site: Path) -> dict[str, Built]:
    """Return the parsed pages, except cards, which are embedded in other pages."""
    return {name: page for name, page in every_page(site).items() if not name.endswith(".card.html")}


def test_ids_are_unique_on_every_page(site_folder: Path) -> None:
    pages = built(site_folder)
    assert len(pages) > 300
    twice = {
        name: [element_id for element_id, times in page.ids.items() if times > 1]
        for name, page in pages.items()
    }
    assert {name: ids for name, ids in twice.items() if ids} == {}


def test_every_page_has_language_title_and_description(site_folder: Path) -> None:
    for name, page in built(site_folder).items():
        assert page.head["lang"] == ("km" if name == "km/index.html" else "en"), name
        assert len(page.head["title"]) > 10, name
        assert len(page.head["description"]) > 20, name


IN_OUR_WORDS = {"24 hour phone counseling": "day and night"}  # hours that pages do not quote


def test_every_page_says_where_to_report(site_folder: Path) -> None:
    for line in read_csv(FROZEN / "data/editorial/helplines.csv"):
        hours = line["hours_as_printed"]
        for part in (line["name"], line["contact_as_printed"], IN_OUR_WORDS.get(hours, hours)):
            assert [name for name, page in built(site_folder).items() if part not in page.report] == []


def test_no_page_says_twice_where_to_report(site_folder: Path) -> None:
    """The Khmer page has only the box in Khmer, with English names after it."""
    for name, page in built(site_folder).items():
        assert page.ids["where-to-report"] == 1, name
    page = (site_folder / "km/index.html").read_text(encoding="utf-8")
    [box] = re.findall(r'<section class="report".*?</section>', page, re.DOTALL)
    assert box.index("ខ្សែទូរសព្ទ") < box.index('lang="en"')
    assert page.count('class="report"') == 1


def test_titles_differ_between_pages_of_the_navigation(site_folder: Path) -> None:
    titles = Counter(page.head["title"] for name, page in built(site_folder).items() if name.count("/") < 2)
    assert [title for title, times in titles.items() if times > 1] == []


OF_THE_SITE_ITSELF = {  # its licence, and what its check in the browser is made of
    "https://creativecommons.org/licenses/by/4.0/",
    "https://pyodide.org/",
    "https://duckdb.org/",
}


def test_every_external_link_is_listed_with_its_day(site_folder: Path) -> None:
    """Every external link is in the list of sources, which shows when it was last seen."""
    rows = [row for row in read_csv(FROZEN / "data/sources.csv") if row["url"]]
    listed = {row[column] for row in rows for column in ("url", "archived_url") if row[column]}
    contacts = {row["contact_as_printed"] for row in read_csv(FROZEN / "data/editorial/helplines.csv")}
    replies = {row["url"] for row in read_csv(FROZEN / "data/replies.csv")}
    links = {
        link for page in built(site_folder).values() for link in page.links if re.match(r"[a-z]+://", link)
    }
    assert len(links) > 200
    assert sorted(links - listed - contacts - replies - OF_THE_SITE_ITSELF) == []
    page = (site_folder / "sources/index.html").read_text(encoding="utf-8")
    assert [url for url in listed if f'href="{url}"' not in unescape(page)] == []
    shown = Counter(re.findall(r"; last seen: ([^<>]*)</td>\s*</tr>", page))
    assert shown == Counter(row["date_seen"] for row in rows if row["date_seen"])
    assert ("For pages that we read online, we did not note the date" in page) == (not shown)


# Claims of the methodology: a named file must exist, or the item counts as not met.

LISTS = dict.fromkeys(("gather", "datasheet"), ("met", "partly", "no")) | {
    "study-reporting": ("reported", "partly", "not_reported"),
}
CHECKED = [(name, row) for name in LISTS for row in read_csv(ROOT / f"docs/assets/{name}.csv")]


@pytest.mark.parametrize(
    ("name", "row"), CHECKED, ids=lambda place: place if isinstance(place, str) else place["item"]
)
def test_checklist_item_names_existing_places_that_meet_it(
    name: str, row: dict[str, str], site_folder: Path
) -> None:
    places = [place for place in row["where"].split("; ") if place]
    assert row["status"] in LISTS[name]
    assert places or row["status"] == LISTS[name][-1]
    for place in places:
        path, _, anchor = place.partition("#")
        assert (ROOT / path).is_file(), place
        if anchor:
            page = path.removeprefix("docs/").removesuffix(".md") + "/index.html"
            assert anchor in built(site_folder)[page].ids, place
    shown = site_folder / ("survey-checklist" if name == "study-reporting" else "standards") / "index.html"
    assert row["asks"].lower() in shown.read_text(encoding="utf-8").replace("\xa0", " ").lower()


def test_the_khmer_page_says_that_it_is_not_reviewed_and_has_the_figures(site_folder: Path) -> None:
    page = built(site_folder)["km/index.html"]
    html = (site_folder / "km/index.html").read_text(encoding="utf-8")
    assert "មិនទាន់បានពិនិត្យ" in page.khmer
    assert "await review by a native reader" in html
    low = {row["value_id"]: row["low"] for row in read_csv(FROZEN / "data/reported_values.csv")}
    share = f"{100 * int(low['KH007']) / int(low['KH005']):.2f}%"
    figures = [f"{low[value_id]}%" for value_id in ("KH010", "KH038", "KH037")]
    for figure in (*figures, share, low["KH007"], f"{int(low['KH005']):,}"):
        assert figure in page.khmer.replace("\xa0", " "), figure
    for line in read_csv(FROZEN / "data/editorial/helplines.csv"):
        assert line["contact_as_printed"] in page.khmer


def test_not_found_page_links_from_the_root_of_any_host(tmp_path: Path) -> None:
    (tmp_path / "404").mkdir()
    page = '<a href="../values/">v</a> <a href="..">home</a> <a href="#x">x</a> {"base": ".."}'
    (tmp_path / "404/index.html").write_text(page, encoding="utf-8")
    hooks.write_404_page(tmp_path, "https://example.org/sub")
    text = (tmp_path / "404.html").read_text(encoding="utf-8")
    assert (
        text == '<a href="/sub/values/">v</a> <a href="/sub/">home</a> <a href="#x">x</a> {"base": "/sub/"}'
    )
    assert not (tmp_path / "404").exists()


# In a browser.


@pytest.fixture
def page(browser: Browser) -> Page:
    """A new page in a desktop window."""
    return browser.new_page(viewport={"width": 1280, "height": 800}, bypass_csp=True)


def test_missing_address_shows_the_not_found_page(page: Page, site_address: str) -> None:
    page.goto(f"{site_address}404.html")  # web hosts show it in place of what is missing
    assert "There is no page at this address" in page.locator("article").inner_text()
    assert page.locator("section.report a[href^='tel:']").count() >= 1
    page.locator("article a", has_text="All values").click()
    assert page.url == f"{site_address}values/"
    page.go_back()
    page.locator(".md-search__input").click()
    page.keyboard.type("Sihanoukville")
    page.locator(".md-search-result__link", has_text="Sihanoukville").first.click()
    page.wait_for_url(lambda url: "404" not in url)
    page.close()


FOCUSABLE = "article :is(a[href], summary, button, input, [tabindex='0']):visible"


# Where the keyboard is: the place in the article, the width and style of its mark, and what it is.
STOP = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const place = [...document.querySelectorAll("article *")].indexOf(one);
  return [place, parseFloat(style.outlineWidth), style.outlineStyle, one.outerHTML.slice(0, 90)];
}"""


def test_a_keyboard_reaches_everything_and_shows_where_it_is(page: Page, site_address: str) -> None:
    """From the first stop, the link that skips to the text, Tab reaches everything on the page."""
    open_page(page, f"{site_address}results/")
    page.keyboard.press("Tab")
    assert "md-skip" in str(page.locator(":focus").get_attribute("class"))
    page.wait_for_function("() => getComputedStyle(document.activeElement).opacity === '1'")
    page.keyboard.press("Enter")
    wanted = page.locator(FOCUSABLE).count()
    assert wanted > 30
    reached, hidden = set(), []
    for _ in range(3 * wanted + 100):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop[0] < 0 and reached:
            break
        if stop[0] >= 0:
            reached.add(stop[0])
            hidden += [stop[3]] if stop[1] < 1 or stop[2] == "none" else []
    assert hidden == []
    assert len(reached) == wanted
    page.close()


def test_on_paper_there_is_the_text_alone_with_folds_as_they_were_left(
    page: Page, site_address: str
) -> None:
    open_page(page, f"{site_address}values/KH010/")
    page.set_viewport_size({"width": 700, "height": 1000})
    folds = page.locator("article details:has(table)")
    folds.first.locator("summary").first.click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for part in (".md-header", ".md-sidebar--primary", ".md-footer", ".headerlink"):
        assert page.locator(part).first.is_hidden(), part
    assert folds.first.locator("table").first.is_visible() and folds.last.locator("table").first.is_hidden()
    assert page.locator(".on-paper").is_visible()
    cut = page.locator("article table").evaluate_all(
        "all => all.filter(t => t.getBoundingClientRect().right > innerWidth + 1)"
        ".map(t => t.outerHTML.slice(0, 90))"
    )
    assert cut == []
    after = page.locator("section.report a[href^='http']").first.evaluate(
        "a => getComputedStyle(a, '::after').content"
    )
    assert "http" in after
    page.close()
