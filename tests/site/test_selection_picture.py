"""The picture above the table of all values: which figures have marks, where they are, and what they say.

Expected marks are worked out here from the CSV files alone.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from scripts.package.files import group_by_key
from scripts.site.selection_picture import NOT_ALONE, selection_picture
from tests.browser import resize_window
from tests.conftest import FROZEN, change_cells, read_csv
from tests.site.page_models import DATA, opened
from tests.site.test_browser import DESK, PHONE, window

pytestmark = pytest.mark.xdist_group("browser")

VALUES = {
    row["value_id"]: row
    for row in read_csv(FROZEN / "data/reported_values.csv")
    if row["show"] != "withdrawn"
}
NAMES = {row["population_id"]: row["name"] for row in read_csv(FROZEN / "data/populations.csv")}
SIZE = 25_000  # bytes that the picture may add to its page
SMALLEST, TARGET = 11, 24  # pixels of letters, and of what a finger hits

# Each mark by its figure: its lane, its words, its place, and whether its number is seen.
MARKS = """() => [...document.querySelectorAll("#picture li")].flatMap(lane => {
  const years = lane.querySelector(".years").getBoundingClientRect();
  return [...lane.querySelectorAll("a")].map(mark => {
    const box = mark.getBoundingClientRect();
    return [mark.hash.slice(1), {
      lane: lane.querySelector("p").textContent, words: mark.textContent,
      across: mark.closest(".years") && (box.left - years.left) / years.width,
      width: box.width, height: box.height, right: box.right, letters: getComputedStyle(mark).fontSize,
    }];
  });
})"""
PARTS = r"""whole => [whole, ...whole.querySelectorAll("li, p, i, a, div, .years > span")].map(part => [
  part.localName, part.className, part.hidden, part.dataset.step, part.href ?? "",
  part.matches("a, i, p, .axis span") ? part.textContent.replace(/\s+/g, " ") : "",
  part.style.cssText.replace(/[\s;]+/g, " ").trim(),
])"""
AXIS = """() => [...document.querySelectorAll("#picture .axis .years span")].map(one => one.textContent)"""


@pytest.fixture(scope="module")
def page(browser: Browser, site_address: str) -> Iterator[Page]:
    """The page with the table of all values."""
    with window(browser, f"{site_address}values/") as opened_page:
        yield opened_page


def marks(page: Page) -> dict[str, dict[str, Any]]:
    """Return the marks of the picture by figure; each figure has one at most."""
    found = page.evaluate(MARKS)
    assert len({key for key, _ in found}) == len(found)
    return dict(found)


def years(value_id: str) -> list[int]:
    """Return the first and last year of a figure's period."""
    found = [int(year) for year in re.findall(r"\d{4}", VALUES[value_id]["period"])]
    return [min(found), max(found)] if found else []


def choose(page: Page, **chosen: str) -> list[str]:
    """Set these filters and no other, and return the ids of the rows that are left."""
    page.get_by_role("button", name="Show all").click()
    for name, choice in chosen.items():
        page.locator(f"#find [name='{name}']").select_option(choice)
    rows = page.locator("#found-table tbody tr:not(.fold, [hidden])")
    return rows.evaluate_all("rows => rows.map(row => row.id)")


def expected_lanes(ids: list[str]) -> dict[str, set[str]]:
    """Return the figures of the twelve populations that have the most, by the name of the population."""
    stated = [(NAMES[VALUES[key]["population_id"]], key) for key in ids if VALUES[key]["population_id"]]
    most = sorted(group_by_key(stated).items(), key=lambda lane: (-len(lane[1]), lane[0]))[:12]
    return {name: {*keys} for name, keys in most}


def by_lane(found: dict[str, dict[str, Any]]) -> dict[str, set[str]]:
    """Return the figures that are drawn, by lane, in the order of the lanes."""
    return {
        lane: {*keys}
        for lane, keys in group_by_key((mark["lane"], key) for key, mark in found.items()).items()
    }


# The first picture, which needs no script.


def test_each_figure_of_the_most_frequent_populations_has_one_mark_and_the_rest_are_counted() -> None:
    picture = selection_picture(DATA)
    expected = expected_lanes([*VALUES])
    drawn = {
        lane.name: [
            mark.anchor
            for mark in [*lane.undated, *(mark for position in lane.dated for mark in position.marks)]
        ]
        for lane in picture.lanes
    }
    assert [*drawn] == [*expected] and len(drawn) == 12
    assert {name: Counter(keys) for name, keys in drawn.items()} == {
        name: Counter(keys) for name, keys in expected.items()
    }
    assert picture.without_lane == len(VALUES) - sum(map(len, expected.values())) > 0


def places_of(package: Path, value_id: str) -> list[tuple[str, str]]:
    """Return the lane and the years of each mark of a figure that has a year."""
    places = []
    for lane in selection_picture(opened(package)).lanes:
        for group in lane.dated:
            if value_id in [mark.anchor for mark in group.marks]:
                places.append((lane.name, group.label))
    return places


def test_a_figure_moves_with_its_period_and_its_population(package: Path) -> None:
    frequent, second, *_ = expected_lanes([*VALUES]).items()
    key = min(key for key in frequent[1] if years(key) and not VALUES[key]["mention_of"])
    change_cells(package, "reported_values", key, period="2001/2003")
    assert places_of(package, key) == [(frequent[0], "2001–2003")]
    other = next(key for key, name in NAMES.items() if name == second[0])
    change_cells(package, "reported_values", key, period="2001", population_id=other)
    assert places_of(package, key) == [(second[0], "2001")]
    change_cells(package, "reported_values", key, period="", period_as_printed="")
    assert places_of(package, key) == []
    [lane] = [lane for lane in selection_picture(opened(package)).lanes if lane.name == second[0]]
    assert key in [mark.anchor for mark in lane.undated]


def test_a_number_is_as_printed_and_marked_if_it_misleads_alone(page: Page) -> None:
    choose(page)
    for key, mark in marks(page).items():
        words = mark["words"].replace("\xa0", " ")
        assert words.startswith(re.sub("[“”]", "", VALUES[key]["printed"]))
        assert words.endswith(NOT_ALONE) == bool(DATA.values.caution_words(key)), key


def test_without_scripts_all_is_there(browser: Browser, site_address: str) -> None:
    with window(browser, f"{site_address}values/", java_script_enabled=False) as plain:
        assert by_lane(marks(plain)) == expected_lanes([*VALUES])
        assert plain.locator("#picture figure").is_visible()
        link = plain.locator("#picture li a").first
        shown = link.evaluate("one => one.hash.slice(1)")
        link.click()
        assert plain.url.endswith(f"#{shown}") and plain.locator("h1").is_visible()


def test_the_picture_adds_little_to_its_page(site_folder: Path) -> None:
    text = (site_folder / "values/index.html").read_text(encoding="utf-8")
    [drawn] = re.findall(r"<details[^>]* id=\"?picture\b.*?</details>", text, re.DOTALL)
    assert 1_000 < len(drawn.encode()) <= SIZE


# It follows the filter.

CHOSEN = [
    {},
    {"year": "2013"},
    {"group": "street"},
    {"place": "cambodia", "nature": "recorded"},
    {"population": "not-stated"},
]


@pytest.mark.parametrize("chosen", CHOSEN, ids=lambda chosen: " ".join(chosen) or "none")
def test_the_picture_shows_the_rows_that_are_left(page: Page, chosen: dict[str, str]) -> None:
    ids = choose(page, **chosen)
    expected = expected_lanes(ids)
    found = by_lane(marks(page))
    assert [*found.items()] == [*expected.items()]
    rest = page.locator("#picture .rest")
    more = len(ids) - sum(map(len, expected.values()))
    assert page.locator("#picture").is_visible() == bool(expected)
    if expected:
        assert rest.is_visible() == bool(more)
        assert not more or f" {more}." in rest.inner_text().replace(":", ": ")


def test_it_is_drawn_by_the_script_as_without_it(browser: Browser, site_address: str, page: Page) -> None:
    choose(page, year="2013")
    choose(page)
    with window(browser, f"{site_address}values/", java_script_enabled=False) as unscripted:
        for part in ("#picture figure", "#picture ul", "#picture .axis"):
            assert page.locator(part).evaluate(PARTS) == unscripted.locator(part).evaluate(PARTS)


def test_the_address_of_a_filter_leads_to_its_picture(browser: Browser, site_address: str) -> None:
    with window(browser, f"{site_address}values/?year=2013") as linked:
        drawn = marks(linked)
    assert drawn and all(years(key)[0] <= 2013 <= years(key)[1] for key in drawn)


# Places.


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("chosen", [{}, {"year": "2013"}, {"kind": "share", "year": "2015"}], ids=str)
def test_marks_are_at_their_years(page: Page, size: dict[str, int], chosen: dict[str, str]) -> None:
    """A mark begins in the column of its first year; on a phone the years up to the next tick share it."""
    choose(page, **chosen)
    resize_window(page, size)
    drawn, ticks = marks(page), [int(tick) for tick in page.evaluate(AXIS)]
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 1
    columns = len(ticks) * step
    share = 1 if size is DESK or step == 1 else step
    for key, mark in drawn.items():
        assert (mark["across"] is None) == (not years(key)), key
        if years(key) and step > 1:
            column = (years(key)[0] - ticks[0]) // share * share
            assert mark["across"] * columns == pytest.approx(column, abs=0.1), key
        elif years(key):
            assert (
                0
                <= mark["across"] * columns - (years(key)[0] - ticks[0])
                < years(key)[1] - years(key)[0] + 1
            )


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_marks_can_be_read_and_hit(page: Page, size: dict[str, int]) -> None:
    choose(page)
    resize_window(page, size)
    for key, mark in marks(page).items():
        assert float(mark["letters"].removesuffix("px")) >= SMALLEST
        assert min(mark["width"], mark["height"]) >= TARGET, key
        assert mark["right"] <= size["width"]


def test_the_key_takes_one_line_on_a_phone(page: Page) -> None:
    choose(page)
    resize_window(page, PHONE)
    key = page.locator("#picture figcaption")
    assert "a column is 5 years" in key.inner_text().replace("\xa0", " ")
    assert key.evaluate("one => one.getClientRects().length") == 1
    assert key.bounding_box()["height"] <= 26


# What a mark says.


def told(page: Page) -> str:
    """Return what the picture says about the mark that was last pointed at."""
    return page.locator("#picture output").inner_text().replace("\xa0", " ")


def says(page: Page, value_id: str) -> bool:
    """Return whether the picture gives the number, population and publisher of a figure."""
    row = VALUES[value_id]
    sources = {row["source_id"]: row["publisher"] for row in read_csv(FROZEN / "data/sources.csv")}
    parts = (f"“{row['printed']}”", NAMES[row["population_id"]], sources[row["source_id"]])
    return all(part in told(page) for part in parts)


def test_a_mark_says_what_it_stands_for_by_mouse_and_keyboard(page: Page) -> None:
    choose(page)
    resize_window(page, DESK)
    first, second, *_ = page.locator("#picture li a").all()
    ids = [mark.evaluate("one => one.hash.slice(1)") for mark in (first, second)]
    assert told(page) == ""
    first.hover()
    assert says(page, ids[0])
    second.focus()
    assert says(page, ids[1])
    page.keyboard.press("Escape")
    assert told(page) == ""
    page.keyboard.press("ArrowLeft")
    assert says(page, ids[0])
    choose(page)
    assert told(page) == ""


FOCUSED = "document.activeElement.closest('#picture li') && document.activeElement.hash.slice(1)"


def test_the_picture_is_one_stop_of_the_keyboard_and_arrows_lead_to_each_mark(page: Page) -> None:
    choose(page)
    resize_window(page, DESK)
    lanes = page.evaluate(
        "[...document.querySelectorAll('#picture li')].map(lane => [...lane.querySelectorAll('a')]"
        ".map(mark => mark.hash.slice(1)))"
    )
    page.locator("#clear").focus()
    reached = []
    for key in ("Tab", "ArrowRight", "ArrowDown", "ArrowUp", "End", "ArrowRight", "Home", "ArrowLeft"):
        page.keyboard.press(key)
        reached.append(page.evaluate(FOCUSED))
    first, second, down, last = lanes[0][0], lanes[0][1], lanes[1][0], lanes[-1][-1]
    assert reached == [first, second, down, first, last, last, first, first]
    page.keyboard.press("Tab")
    if page.evaluate(
        "Boolean(document.activeElement.closest('#picture output'))"
    ):  # the link in the text about the mark
        page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('#found-table thead'))")


def test_the_first_tap_says_what_a_mark_stands_for_and_the_second_leads_there(
    browser: Browser, site_address: str
) -> None:
    with window(browser, f"{site_address}values/", PHONE, has_touch=True) as phone:
        mark = phone.locator("#picture li a").nth(1)
        key = mark.evaluate("one => one.hash.slice(1)")
        mark.tap()
        assert says(phone, key)
        assert urlsplit(phone.url).path == "/values/"
        mark.tap()
        phone.wait_for_url(f"**/#{key}")


def test_what_a_mark_says_is_on_the_screen_of_a_phone(browser: Browser, site_address: str) -> None:
    with window(browser, f"{site_address}values/", PHONE, has_touch=True) as phone:
        phone.locator("#picture").evaluate("one => one.scrollIntoView({block: 'center'})")
        phone.locator("#picture li a").first.tap()
        box = phone.locator("#picture output").bounding_box()
    assert box and box["y"] + box["height"] <= PHONE["height"] + 1


def test_the_picture_is_printed_whole_and_without_addresses(browser: Browser, site_address: str) -> None:
    with window(browser, f"{site_address}values/?year=2013") as paper:
        paper.evaluate("dispatchEvent(new Event('beforeprint'))")
        paper.emulate_media(media="print")
        figure = paper.locator("#picture figure")
        assert figure.is_visible() and not paper.locator("#picture output").is_visible()
        assert figure.evaluate("one => one.scrollHeight - one.clientHeight") <= 0
        after = figure.locator("li a").evaluate_all(
            "all => all.map(one => getComputedStyle(one, '::after').content)"
        )
        assert set(after) == {"none"}
