"""The table of all values, the look-up and the downloads, used in a real Chromium.

Expected rows are worked out here from the CSV files alone.
"""

import csv
import gzip
import io
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from scripts.package.package import Package
from scripts.site.index_pages import TOPICS
from scripts.site.table_filters import is_number_of_people, searchable_numbers_of_readings
from scripts.wording.quotable_sentences import QuotableSentences
from scripts.wording.reading_words import ReadingWords
from tests.browser import STARTED, open_page, serve_site
from tests.conftest import FROZEN, mark_later_cases_long, read_csv
from tests.hostile import FORMULAS, HOSTILE
from tests.site.test_browser import PHONE, window

pytestmark = pytest.mark.xdist_group("browser")

Row = dict[str, str]
STANDING = [row for row in read_csv(FROZEN / "data/reported_values.csv") if row["show"] != "withdrawn"]
VALUES = {row["value_id"]: row for row in STANDING}
TABLE = {row["value_id"]: row for row in read_csv(FROZEN / "data/derived/values.csv")}
SOURCES = {row["source_id"]: row for row in read_csv(FROZEN / "data/sources.csv")}
PARENTS = {row["place_id"]: row["parent_id"] for row in read_csv(FROZEN / "data/places.csv")}


def inside(place: str, outer: str) -> bool:
    """Return whether a place is the other place or inside it."""
    return place == outer or (bool(PARENTS[place]) and inside(PARENTS[place], outer))


SEVERAL = {  # places that are several together and have the city in their name
    row["place_id"]
    for row in read_csv(FROZEN / "data/places.csv")
    if row["level"] == "area_set" and "Phnom Penh" in row["name"]
}
WITH_CITY = {"phnom-penh"} | SEVERAL


def touches(period: str, year: int) -> bool:
    """Return whether a period includes a year."""
    found = [int(number) for number in re.findall(r"\d{4}", period)]
    return bool(found) and min(found) <= year <= max(found)


# A choice in the form, and the rows that must remain.
FILTERS: list[tuple[str, str, Callable[[Row], bool]]] = [
    ("place", "cambodia", lambda row: inside(row["place_id"], "cambodia")),
    ("year", "2013", lambda row: touches(row["period"], 2013)),
    ("age", "under-18", lambda row: row["age_max"] == "17" and row["age_min"] in ("", "0")),
    ("topic", "venue_studies", lambda row: row["topic"] == "venue_studies"),
    ("place", "phnom-penh", lambda row: row["place_id"] == "phnom-penh"),
    (
        "place",
        "with-phnom-penh",
        lambda row: row["place_id"] == "phnom-penh" or row["place_id"] in WITH_CITY,
    ),
    ("year", "not-stated", lambda row: not row["period"]),
    ("age", "13-to-24", lambda row: (row["age_min"], row["age_max"]) == ("13", "24")),
    ("population", "venue-workers", lambda row: row["population_id"] == "venue-workers"),
    ("population", "not-stated", lambda row: not row["population_id"]),
    ("source", "magazine", lambda row: SOURCES[row["source_id"]]["kind"] == "magazine"),
    ("evidence", "primary", lambda row: row["evidence"] == "primary"),
    ("nature", "modelled", lambda row: row["nature"] == "modelled"),
    ("group", "street", lambda row: "street" in TABLE[row["value_id"]]["about_group"].split(";")),
    ("group", "not-stated", lambda row: not TABLE[row["value_id"]]["about_group"]),
    ("kind", "share", lambda row: TABLE[row["value_id"]]["kind"] == "share"),
    ("sex", "female", lambda row: row["sex"] == "female"),
    ("mention", "main", lambda row: not row["mention_of"]),
]
ALL = list(VALUES)


@pytest.fixture
def table(browser: Browser, site_address: str) -> Iterator[Page]:
    """The page with the table of all values, newly opened."""
    with window(browser, f"{site_address}values/") as page:
        yield page


def shown(page: Page) -> list[str]:
    """Return the ids of the rows that match, in order, including those in folded topics."""
    rows = page.locator("#found-table tbody tr:not(.fold, [hidden])")
    return rows.evaluate_all("rows => rows.map(row => row.id)")


def count(page: Page) -> str:
    """Return the text of the live region."""
    return page.locator("#count").inner_text()


def taken(page: Page) -> tuple[str, list[list[str]]]:
    """Download the rows shown, and return the file's name and its cells."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Download these rows (CSV)").click()
    text = download.value.path().read_bytes().decode("utf-8-sig")
    return download.value.suggested_filename, list(csv.reader(io.StringIO(text, newline=""), strict=True))


def selection(ids: list[str]) -> list[list[str]]:
    """Return the expected cells of these rows, from the published file."""
    header = list(next(iter(TABLE.values())))
    return [header, *([TABLE[value_id][name] for name in header] for value_id in ids)]


@pytest.mark.parametrize(
    ("facet", "choice", "fits"),
    mark_later_cases_long(3, FILTERS),
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_each_filter_leaves_the_rows_that_fit(
    table: Page, facet: str, choice: str, fits: Callable[[Row], bool]
) -> None:
    expected = [key for key, row in VALUES.items() if fits(row)]
    assert 0 < len(expected) < len(ALL)
    table.locator(f"#find [name='{facet}']").select_option(choice)
    assert sorted(shown(table)) == sorted(expected)
    assert count(table) == f"Showing {len(expected)} of {len(ALL)} figures."
    assert table.url.endswith(f"values/?{facet}={choice}")
    assert taken(table) == ("selected-values.csv", selection(shown(table)))


def test_filter_choices_together_cover_every_row_and_none_is_empty(table: Page) -> None:
    """Every choice leaves some row, and the choices of each filter together reach every row."""
    found = table.evaluate(
        """() => [...document.querySelectorAll("#find select:not([name=sort])")].map(select => {
          const reach = new Set(), empty = [];
          for (const option of [...select.options].slice(1)) {
            select.value = option.value;
            select.dispatchEvent(new Event("input", {bubbles: true}));
            const rows = [...document.querySelectorAll("#found-table tbody tr:not(.fold, [hidden])")];
            if (!rows.length) empty.push(option.value);
            for (const row of rows) reach.add(row.id);
          }
          select.value = "";
          return [select.name, empty, reach.size];
        })"""
    )
    assert {name for name, _, _ in found} == {facet for facet, _, _ in FILTERS}
    assert [(name, empty, reach) for name, empty, reach in found if empty or reach != len(ALL)] == []


def test_filters_and_words_work_together_and_are_kept_in_the_address(
    browser: Browser, site_address: str, table: Page
) -> None:
    table.locator("#find [name='place']").select_option("cambodia")
    table.locator("#find [name='evidence']").select_option("secondary")
    table.locator("#find [name='find']").fill("Share 2.2")
    table.locator("#find [name='sort']").select_option("-source")
    ids, address = shown(table), table.url
    assert ids and all(
        "2.2" in VALUES[value_id]["printed"].replace(",", ".") or "2.2" in value_id for value_id in ids
    )
    for part in ("place=cambodia", "evidence=secondary", "find=Share+2.2", "sort=-source"):
        assert part in address
    publishers = [SOURCES[VALUES[value_id]["source_id"]]["publisher"].lower() for value_id in ids]
    assert publishers == sorted(publishers, reverse=True)
    with window(browser, address) as again:  # somebody else opens the address
        assert shown(again) == ids
        assert again.locator("#find [name='place']").input_value() == "cambodia"
        assert taken(again)[1] == selection(ids)
        again.get_by_role("button", name="Show all").click()
        assert len(shown(again)) == len(ALL)
        assert again.url == f"{site_address}values/"


def test_all_mentions_of_a_quantity_are_found_by_its_id(browser: Browser, site_address: str) -> None:
    with window(browser, f"{site_address}values/?find=KH010") as page:
        expected = [key for key, row in VALUES.items() if "KH010" in (key, row["mention_of"])]
        assert sorted(shown(page)) == sorted(expected)


@pytest.mark.parametrize("words", ["2,104", "2104", "  2104 "])
def test_search_finds_numbers_with_and_without_thousands_commas(table: Page, words: str) -> None:
    table.locator("#find [name='find']").fill(words)
    assert "KH005" in shown(table)
    assert len(shown(table)) < 5


@pytest.mark.parametrize(
    "address", ["?place=nowhere&sort=nothing", "?place=<img src=x onerror=alert(1)>", "?nonsense=1"]
)
def test_invalid_filter_in_the_address_shows_the_whole_table_without_an_error(
    browser: Browser, site_address: str, address: str
) -> None:
    said: list[str] = []
    with window(browser, "about:blank") as page:
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        open_page(page, f"{site_address}values/{address}")
        assert len(shown(page)) == len(ALL)
        assert said == []


def test_table_without_matching_rows_names_the_words_and_filters(table: Page) -> None:
    """The message names the words typed and the filters set, if any."""
    table.locator("#find [name='find']").fill("no such words")
    assert shown(table) == []
    assert count(table) == "No figures with “no such words”. You could try other words."
    assert taken(table)[1] == selection([])
    table.locator("#find [name='sex']").select_option("male")
    table.locator("#find [name='mention']").select_option("further")
    told = "You could try other words, or change a filter (Sex, Mentions)."
    assert count(table) == f"No figures with “no such words” and these filters. {told}"
    table.locator("#find [name='find']").fill(" ")
    table.locator("#find [name='topic']").select_option("venue_studies")
    told = "You could change a filter (Topic, Sex, Mentions)."
    assert count(table) == f"No figures with these filters. {told}"
    table.get_by_role("button", name="Show all").click()
    assert count(table) == f"Showing {len(ALL)} of {len(ALL)} figures."


def test_links_to_filtered_tables_lead_to_as_many_figures_as_they_say(
    browser: Browser, site_address: str, site_folder: Path
) -> None:
    link = re.compile(r'<a href="[./]*(values/[?][^"]+)">(\d+)\sfigures?\s')
    found = {
        path.parent.name: {unescape(address): int(many) for address, many in link.findall(text)}
        for path in site_folder.glob("*/index.html")
        if link.search(text := path.read_text(encoding="utf-8"))
    }
    told = {address: many for links in found.values() for address, many in links.items()}
    assert len(told) >= 10 and len(found) >= 5
    for address, many in told.items():
        with window(browser, site_address + address) as page:
            assert (many, count(page)) == (len(shown(page)), f"Showing {many} of {len(ALL)} figures.")
            assert 0 < many < len(ALL)


# Words.

SYNONYMS = [row["terms_as_typed"].split(";") for row in read_csv(FROZEN / "data/editorial/synonyms.csv")]
INDICATORS = {row["indicator_id"]: row["name"] for row in read_csv(FROZEN / "data/indicators.csv")}
POPULATIONS = {row["population_id"]: row["name"] for row in read_csv(FROZEN / "data/populations.csv")}
PLACES = {row["place_id"]: row["name"] for row in read_csv(FROZEN / "data/places.csv")}
ARTICLE = (  # words of the Khmer Times of 2015
    *(
        "karaoke",
        "beer gardens",
        "hostess",
        "massage",
        "brothels",
        "street",
        "poor",
        "orphanages",
        "police",
    ),
    *("traffickers", "trafficking", "Siam Reap", "Sihanoukville", "prostitution", "venues", "underage"),
    *("commercial sex", "perpetrators", "rescued", "NGOs", "children", "2,104", "8.16"),
)


def cells_in_words(row: Row) -> str:
    """Return the text of a row's cells, with commas between cells but not within numbers."""
    groups = TABLE[row["value_id"]]["about_group"].replace("_", " ").replace(";", " , ")
    cells = (
        row["printed"],
        INDICATORS[row["indicator_id"]],
        row["sex"] if row["sex"] in ("female", "male") else "",
        POPULATIONS.get(row["population_id"], ""),
        PLACES[row["place_id"]],
        SOURCES[row["source_id"]]["publisher"],
        row["scope_as_printed"],
    )
    return re.sub(r"(?<=\d),(?=\d{3})", "", " , ".join([*cells, groups])).replace("-", " ")


def holds(row: Row, words: str) -> bool:
    """Return whether a row contains these words, in singular or plural, or synonyms of them."""
    bare = words.lower().replace(",", "")
    sets = [
        synonyms
        for synonyms in SYNONYMS
        if bare.removesuffix("s") in [word.lower().removesuffix("s") for word in synonyms]
    ]
    terms = [term.lower().removesuffix("s") for synonyms in sets for term in synonyms] or [
        bare.removesuffix("s")
    ]
    text = cells_in_words(row)
    return any(re.search(rf"(?<![\w.]){re.escape(term)}s?(?![\w]|\.\d)", text, re.I) for term in terms)


def test_search_for_words_of_the_article_finds_the_rows_with_them(table: Page) -> None:
    wanted = {words: {key for key, row in VALUES.items() if holds(row, words)} for words in ARTICLE}
    assert len([words for words, ids in wanted.items() if ids]) > 15
    found = {}
    for words in ARTICLE:
        table.locator("#find [name='find']").fill(words)
        found[words] = set(shown(table))
    assert {words: wanted[words] - ids for words, ids in found.items() if wanted[words] - ids} == {}
    # Ages and cautions are searched too, and add rows for these alone.
    more = {"children", "underage", "2,104"}
    assert {
        words: ids - wanted[words] for words, ids in found.items() if ids != wanted[words]
    }.keys() <= more


@pytest.mark.parametrize(("word", "longer"), [("male", "female"), ("2", "2.2")])
def test_search_does_not_match_part_of_a_longer_word(table: Page, word: str, longer: str) -> None:
    table.locator("#find [name='find']").fill(word)
    ids = shown(table)
    texts = {key: cells_in_words(row) for key, row in VALUES.items()}
    whole = re.compile(rf"(?<![\w.]){word}s?(?![\w]|\.\d)", re.IGNORECASE)
    only_longer = [key for key, text in texts.items() if longer in text.lower() and not whole.search(text)]
    assert only_longer and ids and sorted(set(only_longer) & set(ids)) == []


@pytest.mark.parametrize(
    "typed", [("boy", "boys"), ("brothel", "brothels"), ("country", "countries"), ("child", "children")]
)
def test_search_for_singular_and_plural_finds_the_same_rows(table: Page, typed: tuple[str, str]) -> None:
    found = []
    for words in typed:
        table.locator("#find [name='find']").fill(words)
        found.append(shown(table))
    assert found[0] == found[1] != []


def test_search_names_the_synonyms_it_also_matches(table: Page) -> None:
    table.locator("#find [name='find']").fill("orphanage")
    said = count(table)
    assert "Words that mean the same count too: orphans, residential care, institutions" in said
    first = table.locator("#found-table tr[id]:visible").first
    assert first.locator(".scope").is_visible()  # so that readers see why the row matches


def test_columns_are_sorted_by_the_keyboard_alone(table: Page) -> None:
    """On a focused header, a key sorts up, then down; blanks stay last, and aria-sort is set."""
    table.get_by_label("Search by word or number").focus()
    for _ in range(40):
        if table.evaluate("document.activeElement.textContent") == "As printed":
            break
        table.keyboard.press("Tab")
    head = table.locator("#found-table th").first
    assert head.get_attribute("aria-sort") == "none"
    for key, said in (("Enter", "ascending"), ("Space", "descending")):
        table.keyboard.press(key)
        assert head.get_attribute("aria-sort") == said
        numbers_of = [VALUES[value_id]["low"] or VALUES[value_id]["high"] for value_id in shown(table)]
        known = [float(number) for number in numbers_of if number]
        assert known == sorted(known, reverse=said == "descending")
        assert numbers_of[: len(known)] == [number for number in numbers_of if number]
    assert table.url.endswith("?sort=-number")
    others = table.locator("#found-table th:not(:first-child)")
    assert others.evaluate_all("all => all.map(one => one.ariaSort)") == ["none"] * others.count()


def test_periods_only_in_words_are_sorted_after_dated_ones_in_either_order(table: Page) -> None:
    for sort in ("when", "-when"):
        table.locator("#find [name='sort']").select_option(sort)
        rows = [VALUES[key] for key in shown(table)]
        dated = [row["period"] for row in rows if row["period"]]
        in_words = [row["period_as_printed"] for row in rows if not row["period"]]
        assert (
            [row["period"] for row in rows[: len(dated)]] == dated == sorted(dated, reverse=sort != "when")
        )
        assert in_words[0] and not in_words[-1]
        assert in_words == sorted(in_words, key=lambda words: not words)


def test_place_filter_links_to_figures_of_several_places_together(table: Page) -> None:
    table.locator("#find [name='place']").select_option("phnom-penh")
    alone = len(shown(table))
    link = table.locator("#together a")
    more = len([row for row in STANDING if row["place_id"] in SEVERAL])
    assert link.inner_text() == f"and {more} figures of several places together, Phnom Penh among them"
    link.click()
    table.wait_for_url("**/values/?place=with-phnom-penh")
    table.wait_for_function(STARTED)
    assert len(shown(table)) == alone + more
    assert not table.locator("#together").is_visible()


def test_whole_table_is_shown_without_scripts(browser: Browser, site_address: str) -> None:
    with window(browser, f"{site_address}values/", PHONE, java_script_enabled=False) as page:
        assert shown(page) == [row for topic in topics() for row in ALL if VALUES[row]["topic"] == topic]
        assert not page.locator("#find").is_visible()
        assert page.locator("#found-table button").count() == 0
        words = (page.locator("#found-table").text_content() or "").replace("\xa0", " ")
    for row in VALUES.values():
        assert f"“{row['printed']}”" in words
        assert SOURCES[row["source_id"]]["publisher"] in words


@pytest.mark.parametrize("scripts", [True, False])
def test_topic_opens_by_keyboard_and_leaves_the_others_closed(
    browser: Browser, site_address: str, scripts: bool
) -> None:
    """On a phone the folded topics take a few screens; opening them all shows every row."""
    with window(browser, f"{site_address}values/", PHONE, java_script_enabled=scripts) as page:
        rows = page.locator("#found-table tr[id]:visible")
        assert rows.count() == 0
        assert page.locator("article").bounding_box()["height"] < 4 * PHONE["height"]
        for topic in TOPICS:
            before = rows.count()
            page.locator(f"#{topic} input").press("Space")
            assert rows.count() - before == len([row for row in VALUES.values() if row["topic"] == topic])
        assert rows.count() == len(VALUES)


def test_row_in_the_address_is_visible_on_a_phone(browser: Browser, site_address: str) -> None:
    with window(browser, f"{site_address}values/#KH010", PHONE) as page:
        assert page.locator("#KH010").is_visible()


def test_table_cells_on_a_phone_show_their_column_heading(browser: Browser, site_address: str) -> None:
    with window(browser, f"{site_address}values/#KH010", PHONE) as page:
        heads = page.locator("#found-table thead th").all_text_contents()
        before = page.locator("#KH010 td").evaluate_all(
            "cells => cells.map(one => getComputedStyle(one, '::before').content.replaceAll('\"', ''))"
        )
    assert [words.removesuffix(": ").replace(" : ", "") for words in before] == heads[1:]


def topics() -> list[str]:
    """Return the topics in the order of the page, which must list each once."""
    assert sorted(TOPICS) == sorted({row["topic"] for row in VALUES.values()})
    return [*TOPICS]


@pytest.mark.parametrize("address", ["values/", "sources/"])
def test_filter_on_a_phone_shows_the_rows_at_once(
    browser: Browser, site_address: str, address: str
) -> None:
    """The number of matches and the first match appear below the field, within half a screen."""
    with window(browser, site_address + address, PHONE) as page:
        folds = page.locator("article details")
        folds.evaluate_all("all => all.forEach(one => { one.open = false; })")  # the initial state
        before = page.locator("article").bounding_box()["height"]
        assert before < 4 * PHONE["height"]
        page.get_by_label("Search by word or number").fill("phnom penh")
        assert 0 < int(count(page).split()[1]) < int(count(page).split()[3])
        page.locator("#found-table tr[id]:visible").first.wait_for()
        top, said, first = page.evaluate(
            """["#find", "#count", "#found-table tr[id]:not([hidden])"].map(
              (one) => document.querySelector(one).getBoundingClientRect().top)"""
        )
        assert top < said < first < top + PHONE["height"] / 2


def test_table_of_documents_is_filtered_and_downloaded(browser: Browser, site_address: str) -> None:
    with window(browser, f"{site_address}sources/?kind=un_document") as page:
        expected = [key for key, row in SOURCES.items() if row["kind"] == "un_document"]
        assert sorted(shown(page)) == sorted(expected)
        assert count(page) == f"Showing {len(expected)} of {len(SOURCES)} documents."
        name, (header, *rows) = taken(page)
        assert name == "selected-sources.csv" and header == [*SOURCES[expected[0]]]
        assert [row[0] for row in rows] == shown(page)


# Hostile text.


@pytest.fixture(scope="module")
def hostile_host(hostile_package: Path) -> Iterator[str]:
    """The address of a site with hostile text in its cells."""
    with serve_site(hostile_package / "site") as address:
        yield address


def test_hostile_text_stays_text_in_the_table_the_look_up_and_the_clipboard(
    browser: Browser, hostile_host: str, hostile_package: Path
) -> None:
    alarms: list[str] = []
    opened = Package(hostile_package)
    sentence = QuotableSentences(opened, ReadingWords(opened)).sentence_to_quote("KH010")
    assert HOSTILE in sentence
    with window(browser, "about:blank", permissions=["clipboard-read", "clipboard-write"]) as page:
        page.on("dialog", lambda dialog: alarms.append(dialog.message))
        page.on("pageerror", lambda error: alarms.append(str(error)))
        for address in (
            "values/?find=img&sort=what",
            "claims/?find=2.2",
            "sources/khmer-times-2015/",
            "article-statements/",
        ):
            open_page(page, hostile_host + address)
            page.wait_for_timeout(100)
            assert page.locator("article img, article script:not([src], [data-src])").count() == 0, address
        open_page(page, f"{hostile_host}values/KH010/")
        page.locator("#quote").get_by_role("button", name="Copy the sentence").click()
        page.locator("#quote").get_by_role("button", name="Copy the sentence").get_by_text(
            "Copied"
        ).wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == sentence
    assert alarms == []


def test_copied_table_cells_are_never_spreadsheet_formulas(
    browser: Browser, hostile_host: str, hostile_package: Path
) -> None:
    """A formula gets an apostrophe; negative numbers and all other cells stay unchanged."""
    rows = read_csv(hostile_package / "data/derived/values.csv")
    with window(browser, f"{hostile_host}values/") as page:
        _, (header, *cells) = taken(page)
    got = {row[0]: row[header.index("printed")] for row in cells}
    found = [got[row["value_id"]] for row in rows[: len(FORMULAS)]]
    assert found == ['\'=HYPERLINK("http://x")', "'+1+cmd", "'@SUM(1)", "'-2+3", "-2.5", 'a "b", =c']
    assert {len(row) for row in cells} == {len(header)}


# Copying.


def test_each_quote_and_citation_is_copied_with_one_click(browser: Browser, site_address: str) -> None:
    with window(
        browser, f"{site_address}values/KH010/", permissions=["clipboard-read", "clipboard-write"]
    ) as page:
        parts = page.locator("[data-copy]")
        printings = [row for key, row in VALUES.items() if "KH010" in (key, row["mention_of"])]
        cited = len({row["source_id"] for row in printings}) + 1  # this data set too
        bibtex = 1  # of the first source; the page of each other source has its own
        snippet = 1  # the code that embeds the card
        # The sentence of the main mention is above the list.
        assert parts.count() == len(printings) + cited + bibtex + snippet
        for at in (0, 1, parts.count() - 3, parts.count() - 2, parts.count() - 1):
            part = parts.nth(at)
            text = part.evaluate("one => one.textContent").replace("\xa0", " ")
            part.locator("xpath=following-sibling::button[1]").click()
            part.locator("xpath=following-sibling::button[1]").get_by_text("Copied").wait_for()
            assert page.evaluate("navigator.clipboard.readText()") == text


def test_text_is_selected_if_the_clipboard_is_unavailable(browser: Browser, site_address: str) -> None:
    with window(browser, "about:blank") as page:
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        open_page(page, f"{site_address}values/KH010/")
        page.locator("#quote button").click()
        marked = page.evaluate("getSelection().toString()")
        assert marked == page.locator("#quote q").inner_text()


# The look-up.

LOOKED_UP = [
    ("2.2", "2.2", False),
    ("52,2%", "52.2", True),
    ("២.២ %", "2.2", True),
    ("35 percent", "35", True),
    ("2104", "2104", False),
    ("8.16", "8.16", False),
    ("7.59", "7.59", False),
    ("15,000", "15000", False),
    ("80.5", "80.5", False),
]


def has_number(row: Row, number: str) -> bool:
    """Return whether a reading has a number: as an end, in its token, or as a large number in its scope."""
    ends = [float(row[end]) for end in ("low", "high") if row[end]]
    digits = [
        re.sub(r"(?<=\d)[,\s](?=\d{3}(?!\d))", "", row[name]) for name in ("printed", "scope_as_printed")
    ]
    token, scope = (re.sub(r"(?<=\d),(?=\d)", ".", text) for text in digits)
    wholes = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", scope)]
    wholes = [whole for whole in wholes if whole >= 1000 and not 1900 <= whole <= 2100]
    return float(number) in [*ends, *map(float, re.findall(r"\d+(?:\.\d+)?", token)), *wholes]


def found(page: Page) -> list[str]:
    """Return the ids of the readings in the look-up's results."""
    links = page.locator("#numeral-table tbody tr:visible :first-child:is(th, td) a")
    return links.evaluate_all("all => all.map(one => one.hash.slice(1))")


def answer(page: Page) -> str:
    """Return the look-up's message, once it has loaded its lists."""
    said = page.locator("#look-up-found", has_text=re.compile(r"^(Found|No |The numbers)"))
    said.wait_for()
    return said.inner_text()


def same_number(row: Row) -> tuple[str, str, str]:
    """Return what the readings of one entry share: the quantity and both ends."""
    return row["mention_of"] or row["value_id"], row["low"], row["high"]


@pytest.mark.parametrize(
    ("asked", "number", "is_share"),
    mark_later_cases_long(3, LOOKED_UP),
    ids=[asked for asked, *_ in LOOKED_UP],
)
def test_look_up_finds_a_number_or_share(
    browser: Browser, site_address: str, asked: str, number: str, is_share: bool
) -> None:
    units = {row["indicator_id"]: row["unit"] for row in read_csv(FROZEN / "data/indicators.csv")}
    expected = {
        same_number(row)
        for row in VALUES.values()
        if has_number(row, number) and (not is_share or units[row["indicator_id"]] == "percent")
    }
    with window(browser, f"{site_address}claims/") as page:
        page.get_by_label("A number or words").fill(asked)
        said = answer(page)
        ids = found(page)
        assert {same_number(VALUES[value_id]) for value_id in ids} == expected
        assert len(ids) == len(expected)
        assert said == (
            f"Found: {len(ids)}."
            if ids
            else "No source that we read gives it. We may have worked it out from reported counts, "
            "or it is reported where we could not read."
        )
        address = page.url
    with window(browser, address) as again:
        assert answer(again) == said
        assert found(again) == ids
        assert again.get_by_label("A number or words").input_value() == asked


@pytest.mark.parametrize(
    ("asked", "numbers", "share"),
    mark_later_cases_long(
        2,
        [
            ("Of those seen, 2.2 percent were under 18, down 73 percent since 2012", ["2.2", "73"], True),
            ("38 of 2,104", ["38", "2104"], False),
            ("2.2 percent under 18", ["2.2"], True),
            ("from 8.16 to 2.2 per cent", ["8.16", "2.2"], True),
        ],
    ),
)
def test_look_up_finds_every_number_of_a_sentence(
    browser: Browser, site_address: str, asked: str, numbers: list[str], share: bool
) -> None:
    """No source prints the whole sentence as one number, but each number in it may be reported."""
    units = {row["indicator_id"]: row["unit"] for row in read_csv(FROZEN / "data/indicators.csv")}
    expected = {
        same_number(row)
        for row in VALUES.values()
        if any(has_number(row, number) for number in numbers)
        and (not share or units[row["indicator_id"]] == "percent")
    }
    with window(browser, f"{site_address}claims/?{urlencode({'find': asked})}") as page:
        said, ids = answer(page), found(page)
    assert {same_number(VALUES[value_id]) for value_id in ids} == expected
    assert said == f"Found for {' or '.join(numbers)}: {len(expected)}."


def test_look_up_matches_words_from_their_beginning(browser: Browser, site_address: str) -> None:
    """“two percent” does not match “thirty-two percent”; if no words match, the message speaks of words."""
    with window(browser, f"{site_address}claims/?find=two+percent") as page:
        answer(page)
        assert not [
            value_id for value_id in found(page) if re.search(r"-two", VALUES[value_id]["printed"], re.I)
        ]
        page.get_by_label("A number or words").fill("no such words")
        page.locator("#look-up-found", has_text="No entry has all of these words").wait_for()


def test_look_up_finds_words_and_clears_its_list_if_emptied(browser: Browser, site_address: str) -> None:
    with window(browser, f"{site_address}claims/?find=nearly+1+of+every+100") as page:
        answer(page)
        assert [VALUES[value_id]["printed"] for value_id in found(page)] == ["Nearly 1 of every 100"]
        assert page.locator("#numbers").evaluate("one => one.previousElementSibling.id") == "look-up"
        page.get_by_label("A number or words").fill("")
        page.locator("#numbers").wait_for(state="hidden")
        assert page.locator("#look-up-found").inner_text() == ""
        assert page.url == f"{site_address}claims/"


def test_look_up_names_the_pages_if_its_list_cannot_be_loaded(browser: Browser, site_address: str) -> None:
    with window(browser, "about:blank") as page:
        page.route("**/numbers/", lambda route: route.abort())
        open_page(page, f"{site_address}claims/?find=2.2")
        assert answer(page) == "The numbers could not be read. They stand on the two pages below."
        page.unroute("**/numbers/")
        page.get_by_label("A number or words").fill("8.16")
        page.locator("#look-up-found", has_text=re.compile("^Found: ")).wait_for()
        assert page.locator("a.numbers").count() == 2


def test_numbers_found_in_a_token() -> None:
    readings = Package(FROZEN).reading_index.readings_by_id
    assert searchable_numbers_of_readings([readings["KH005"]])[0] == "2104"
    assert is_number_of_people(15000) and not is_number_of_people(2015) and not is_number_of_people(17)


# Weight.


def test_no_page_weighs_too_much(site_folder: Path) -> None:
    pages = {
        path.relative_to(site_folder).as_posix(): path.read_bytes() for path in site_folder.rglob("*.html")
    }
    assert len(pages) > len(SOURCES) + 200
    # Compressing adds a few bytes at most: what is smaller stays below the limit.
    large = {name: page for name, page in pages.items() if len(page) > 99_000}
    heavy = {name: len(gzip.compress(page)) for name, page in large.items()}
    assert {name: size for name, size in heavy.items() if size > 100_000} == {}
    assert [name for name, page in pages.items() if len(page) > 300_000] == []
