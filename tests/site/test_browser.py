"""The built site in a real Chromium: on phone and desktop, light and dark, with and without scripts.

Pages come from the navigation, and expected figures from the data.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from scripts.site.charts.mention_marks import picture_of_mentions
from tests.browser import DRAWN, open_page
from tests.conftest import FROZEN, RELEASED, ROOT, mkdocs_settings, read_csv
from tests.site.page_models import DATA
from tests.site.test_menu import pages_of
from tests.site.test_no_break_spaces import BROKEN

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
ZOOMED = {"width": 640, "height": 400}  # a desktop window at 200%
SCHEMES = {"light": "default", "dark": "slate"}


def nav() -> list[str]:
    """Return the address of every page in the navigation, relative to the root of the site."""
    names = [name.removesuffix(".md") for name in pages_of(mkdocs_settings()["nav"])]
    return ["" if name == "index" else f"{name}/" for name in names]


def ten(rows: list[dict[str, str]], key: str, sizes: Counter[str], features: tuple[str, ...]) -> list[str]:
    """Return ten keys: the four largest, then one row for each of the rarest values of the features."""
    chosen = dict.fromkeys(
        sorted((row[key] for row in rows), key=lambda key_of_page: -sizes[key_of_page])[:4]
    )
    times = Counter((name, row[name]) for row in rows for name in features)
    for name, value in sorted(times, key=lambda feature: times[feature]):
        chosen.setdefault(next(row[key] for row in rows if row[name] == value))
    return list(chosen)[:10]


FEATURES = {  # by which pages of a kind differ, with the column of their key
    "values": ("value_id", ("show", "qualifier", "written_in", "nature", "topic", "interval_level", "sex")),
    "sources": ("source_id", ("language", "kind", "read_extent", "independence")),
    "studies": ("study_id", ("design", "is_sample", "age_method", "sampling_unit", "observation_mode")),
}


def of_kind(kind: str) -> list[str]:
    """Return pages of ten quantities, documents or studies: those with most readings, and rare cases."""
    readings = read_csv(FROZEN / "data/reported_values.csv")
    roots = [row for row in readings if not row["mention_of"]]
    key, features = FEATURES[kind]
    times = Counter(row[key] if kind != "values" else row["mention_of"] or row[key] for row in readings)
    rows = roots if kind == "values" else read_csv(FROZEN / f"data/{kind}.csv")
    return [f"{kind}/{key_of_page}/" for key_of_page in ten(rows, key, times, features)]


def pages(chosen: list[str], in_each_run: set[str]) -> list[Any]:
    """Return pages as parameters, each in a group of its own, so that one worker opens it once.

    Pages not in `in_each_run` are left to `make long`.
    """
    names = {page: page.strip("/") or "home" for page in chosen}
    return [
        pytest.param(
            page,
            marks=[
                pytest.mark.xdist_group(f"page {name}"),
                *([] if page in in_each_run else [pytest.mark.long]),
            ],
            id=name,
        )
        for page, name in names.items()
    ]


@contextmanager
def window(browser: Browser, address: str, size: dict[str, int] = DESK, **options: Any) -> Iterator[Page]:
    """Open a page in a new window."""
    context = browser.new_context(viewport=size, bypass_csp=True, **options)
    page = context.new_page()
    if options.get("java_script_enabled", True) and address != "about:blank":
        open_page(page, address)
    else:
        page.goto(address)
    unfold(page)
    yield page
    context.close()


def unfold(page: Page) -> None:
    """Open folded parts and lay out parts below the screen, so that tests see them too."""
    pieces = "document.querySelectorAll('.long tbody')"
    page.evaluate(f"{pieces}.forEach(one => {{ one.style.contentVisibility = 'visible' }})")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


@dataclass
class Opened:
    """An open page with the faults recorded on it and the addresses that it requested."""

    page: Page
    faults: list[str]
    asked: list[str]

    def seen(self, size: dict[str, int], scheme: str = "light", letters: str = "") -> Page:
        """Set window size, colour scheme and font size, and return the page."""
        self.page.set_viewport_size(size)
        self.page.evaluate(
            '([scheme, letters]) => { document.body.dataset.mdColorSwitching = "";'
            " document.body.dataset.mdColorScheme = scheme;"
            " document.documentElement.style.fontSize = letters; }",
            [SCHEMES[scheme], letters],
        )
        self.page.evaluate(DRAWN, size["width"])
        return self.page


FEW = 3  # pages of a generated kind for all tests, and ten for axe; one of a kind in each run
LOOKED_AT = [
    *nav(),
    "nowhere/at/all/",
    *(page for kind in FEATURES for page in of_kind(kind)[:FEW]),
]
KINDS = {"nowhere/at/all/", *(of_kind(kind)[0] for kind in FEATURES)}
OF_EACH_KIND = {*nav(), *KINDS}
THIRDS = [{*nav()[at::3]} for at in range(3)]
BY_AXE_TOO = [page for kind in FEATURES for page in of_kind(kind)[FEW:]]
OF_ALL = ("test_axe_finds_no_accessibility_faults", "test_axe_finds_nothing_in_the_dark")
OF_SOME = {  # in each run axe looks at each page in one way; what one page has, the others mostly have
    "test_axe_finds_nothing_on_a_phone": THIRDS[0] | KINDS,
    "test_axe_finds_no_accessibility_faults": THIRDS[1],
    "test_axe_finds_nothing_in_the_dark": THIRDS[2],
    "test_text_scales_to_twice_its_size_without_loss": THIRDS[1] | KINDS,
    "test_without_scripts_a_page_says_the_same": THIRDS[2] | KINDS,
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Parametrise tests by page in one order, so that all tests of a page run before the next is opened.

    That order changes size, font and scheme as rarely as possible, since each change lays out the page
    again.
    """
    if "opened" in metafunc.fixturenames:
        test = metafunc.function.__name__
        chosen = LOOKED_AT + (BY_AXE_TOO if test in OF_ALL else [])
        in_each_run = OF_SOME.get(test, OF_EACH_KIND)
        metafunc.parametrize("opened", pages(chosen, in_each_run), indirect=True, scope="module")


@pytest.fixture(scope="session")
def watched(browser: Browser) -> Iterator[Opened]:
    """The one window in which a worker opens its pages; new windows would take twice as long."""
    with window(browser, "about:blank") as page:
        watched_page = Opened(page, [], [])
        page.on(
            "console",
            lambda said: said.type in ("error", "warning") and watched_page.faults.append(said.text),
        )
        page.on("pageerror", lambda error: watched_page.faults.append(str(error)))
        page.context.on("request", lambda request: watched_page.asked.append(request.url))
        page.context.on(
            "requestfailed", lambda request: watched_page.faults.append(f"failed: {request.url}")
        )
        page.context.on("response", lambda got: got.status >= 400 and watched_page.faults.append(got.url))
        yield watched_page


def gone_wrong(opened: Opened, host: str) -> list[str]:
    """Return faults on a page and its requests elsewhere; a missing page may be a 404."""
    address = opened.page.url
    is_missing = "nowhere" in address
    failed = [fault for fault in opened.faults if not (is_missing and (fault == address or "404" in fault))]
    elsewhere = [url for url in opened.asked if not url.startswith((host, f"blob:{host}", "data:"))]
    return failed + elsewhere


@pytest.fixture(scope="module")
def opened(request: pytest.FixtureRequest, watched: Opened, site_address: str) -> Iterator[Opened]:
    """A page, watched from its first request on, opened at the size that its first test needs.

    After all of its tests, nothing may have failed in any of them.
    """
    watched.page.goto("about:blank")
    watched.page.set_viewport_size(DESK if request.param in BY_AXE_TOO else PHONE)
    watched.faults.clear()
    watched.asked.clear()
    open_page(watched.page, site_address + request.param)
    unfold(watched.page)
    yield watched
    assert gone_wrong(watched, site_address) == []


@pytest.fixture(scope="session")
def without_scripts(browser: Browser) -> Iterator[Page]:
    """The one window in which pages are opened without scripts."""
    with window(browser, "about:blank", java_script_enabled=False) as page:
        yield page


@pytest.fixture(scope="module")
def plain(opened: Opened, without_scripts: Page) -> Page:
    """The page of `opened`, opened without scripts."""
    without_scripts.goto(opened.page.url)
    unfold(without_scripts)
    return without_scripts


def headlines() -> list[str]:
    """Return the headline shares of 2012 and 2015 in rounded words, which the 2015 counts support."""
    low = {row["value_id"]: row["low"] for row in read_csv(FROZEN / "data/reported_values.csv")}
    shares = [float(low["KH038"]), float(low["KH010"])]
    assert round(100 * int(low["KH007"]) / int(low["KH005"])) == round(shares[1])
    return [f"about {round(shares[0])} in 100", f"about {round(shares[1])} in 2015"]


# The text of each heading or paragraph whose figure and whose word “venues” are both on the screen.
ON_SCREEN = """figure => {
  const visible = (node, match) => {
    const range = document.createRange();
    range.setStart(node, match.index);
    range.setEnd(node, match.index + match[0].length);
    const box = range.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return box.width > 0 && box.left >= 0 && box.top >= 0 && box.right <= innerWidth
      && box.bottom <= innerHeight && node.parentElement.contains(top);
  };
  const holders = (root, pattern) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) {
      const match = pattern.exec(walker.currentNode.data);
      if (match && visible(walker.currentNode, match)) found.push(walker.currentNode);
    }
    return found;
  };
  return holders(document.querySelector("article"), new RegExp(figure))
    .map(node => node.parentElement.closest("h1, p, li"))
    .filter(card => card && holders(card, /\\bvenues\\b/).length)
    .map(card => card.innerText);
}"""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_first_screen_shows_figures_and_what_they_are_of(
    browser: Browser, site_address: str, size: dict[str, int]
) -> None:
    with window(browser, site_address, size) as page:
        assert page.evaluate("scrollY") == 0
        for figure in headlines():
            number = re.escape(figure).replace(r"\ ", r"\s")  # number and sign have a no-break space
            cards = page.evaluate(ON_SCREEN, rf"(?<![\d.,]){number}(?!\d|[.,]\d)")
            assert cards, f"{figure} and “venues” do not stand together in the first screen"


# The text that a reader cannot see: cut off, or beyond the window unless its table scrolls.
LOST = """() => [...document.querySelectorAll(".md-header__title, article *")].filter(one => {
  if (![...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())) return false;
  const apart = ".scroll, .md-typeset__scrollwrap, svg, .md-search, pre, .headerlink, [hidden]";
  if (one.closest(apart)) return false;
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  if (box.width === 0) return false;
  const isCut = style.overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1;
  return isCut || box.left < -1 || box.right > innerWidth + 1;
}).map(one => one.outerHTML.slice(0, 120))"""
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"


def assert_whole(page: Page) -> None:
    """Assert that nothing is wider than the window and nothing is cut off."""
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(LOST) == []


def test_nothing_is_lost_on_a_phone(opened: Opened) -> None:
    assert_whole(opened.seen(PHONE))


def test_no_line_breaks_between_a_number_and_its_unit(opened: Opened) -> None:
    _, found = opened.seen(PHONE).evaluate(BROKEN)
    assert found == []


def test_downloads_are_the_very_files(browser: Browser, site_address: str, site_folder: Path) -> None:
    offered = set()
    for address in ("data/", "about-the-data/"):
        with window(browser, f"{site_address}{address}") as page:
            for link in page.locator("article :is(a[href$='.csv'], a[href$='.json'], a[download])").all():
                path = link.evaluate("one => new URL(one.href).pathname").lstrip("/")
                assert page.request.get(site_address + path).body() == (site_folder / path).read_bytes(), (
                    path
                )
                offered.add(path)
    files = {table["path"] for table in RELEASED}
    made = {path for path in offered if path.startswith("download/")}
    assert offered - made == files | {"datapackage.json"}
    assert {".zip", ".xlsx"} <= {Path(path).suffix for path in made}


COLOURS = ["color-contrast", "link-in-text-block"]
# Texts in the same elements of the same classes have the same colours: three of each are judged, so that
# odd and even rows are among them. Judging every colour would take axe ten times as long as everything
# else together. One run judges by every rule, since each run measures the whole page anew.
AXE = """async options => {
  const times = new Map(), paths = new Map([[null, ""]]);
  const path = one => {
    if (!paths.has(one)) paths.set(one, `${path(one.parentElement)}>${one.localName}.${one.className}`);
    return paths.get(one);
  };
  for (const one of document.body.querySelectorAll("*")) {
    if (![...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
    if (getComputedStyle(one).visibility !== "visible") continue;
    const place = path(one);
    times.set(place, (times.get(place) ?? 0) + 1);
    one.dataset.alike = times.get(place) > 3;
  }
  const few = ":not([data-alike=true])";
  axe.configure({ noHtml: true, rules: [
    { id: "color-contrast", selector: few }, { id: "link-in-text-block", selector: `a[href]${few}` },
  ] });
  const found = await axe.run(document, { ...options,
    resultTypes: ["violations"], elementRef: true, selectors: false });
  const some = nodes => nodes.slice(0, 3).map(({ element }) => element.outerHTML.slice(0, 300));
  return [found.passes.length, found.violations.map(fault => [fault.id, ...some(fault.nodes)])];
}"""


# The theme lets the keyboard focus code that is wider than its box, some time after the box has its width.
# If that takes more than half a minute, axe reports it.
CODE_IS_WITHIN_REACH = """async () => {
  const isWithin = one => one.scrollWidth <= one.clientWidth || one.tabIndex === 0;
  for (let tries = 0; tries < 600; tries++) {
    if ([...document.querySelectorAll("pre > code")].every(isWithin)) return true;
    await new Promise(done => setTimeout(done, 50));
  }
  return false;
}"""


def found_by_axe(page: Page, **options: Any) -> list[tuple[str, ...]]:
    """Return everything that axe finds, of any impact: the rule and some of the elements."""
    rules = {"target-size": {"enabled": True}} | options.pop("rules", {})
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
    page.evaluate(CODE_IS_WITHIN_REACH)
    passed, faults = page.evaluate(AXE, {"rules": rules, **options})
    assert passed, "axe looked at nothing"
    return [tuple(fault) for fault in faults]


WITHOUT_COLOURS = {rule: {"enabled": False} for rule in COLOURS}


@pytest.mark.long
def test_axe_would_find_a_colour_that_is_too_pale(browser: Browser, site_address: str) -> None:
    """axe finds pale text with all its rules and, in the dark scheme, with only the one on contrast."""
    with window(browser, f"{site_address}values/") as page:
        page.add_style_tag(
            content="article td { color: #bbb } [data-md-color-scheme=slate] td { color: #444 }"
        )
        assert [rule for rule, *_ in found_by_axe(page)] == ["color-contrast"]
        Opened(page, [], []).seen(DESK, "dark")
        assert [rule for rule, *_ in found_by_axe(page, runOnly=COLOURS)] == ["color-contrast"]


# The switch of the menu takes the focus without a script, so the theme puts it before all landmarks.
SWITCH = (
    '<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer" autocomplete="off">'
)


def test_axe_finds_nothing_on_a_phone(opened: Opened) -> None:
    """The only finding is the place of the switch, which must come before what it opens."""
    assert found_by_axe(opened.seen(PHONE), rules=WITHOUT_COLOURS) == [("region", SWITCH)]


CHARTS = """() => [...document.querySelectorAll("figure.chart > svg.phone")].map(svg => {
  const frame = svg.getBoundingClientRect(), all = [svg, ...svg.querySelectorAll("*")];
  const texts = [...svg.querySelectorAll("text")].filter(text => text.textContent.trim());
  return {
    role: svg.getAttribute("role"),
    names: (svg.getAttribute("aria-labelledby") ?? "").split(" ")
      .map(id => svg.querySelector(`[id="${id}"]`))
      .map(one => one && one.textContent.trim() && one.tagName),
    colours: all.flatMap(one => [one.getAttribute("fill"), one.getAttribute("stroke"),
      one.style.fill, one.style.stroke, one.style.color]).filter(Boolean),
    strange: svg.querySelectorAll("style, image, foreignObject, script").length,
    ink: [...new Set(texts.filter(text => !/^var\\(--/.test(text.getAttribute("fill")))
      .map(text => getComputedStyle(text).fill))],  // without words in a colour of their own
    around: getComputedStyle(svg.parentElement).color,
    sizes: texts.map(text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a),
    cut: texts.filter(text => {
      const box = text.getBoundingClientRect();
      return box.left < frame.left - 1 || box.right > frame.right + 1
        || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
    }).map(text => text.textContent),
  };
})"""


def with_parts(page: str) -> str:
    """Return the text of a page with the parts that it includes."""
    parts = re.findall(r'{% include "(parts/[^"]+)" %}', page)
    return page + "".join((ROOT / "docs" / part).read_text(encoding="utf-8") for part in parts)


def number_of_charts(name: str) -> int:
    """Return how many charts a page must have; that of a figure has one if its numbers differ."""
    folder, _, key = name.partition("/")
    if not key:
        return with_parts((ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")).count("{{ chart(")
    return int(folder == "values" and bool(picture_of_mentions(DATA, key)))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_charts_are_named_take_the_ink_of_the_page_and_are_legible(opened: Opened, scheme: str) -> None:
    phone = opened.seen(PHONE, scheme)
    name = urlsplit(phone.url).path.strip("/") or "index"
    charts = phone.evaluate(CHARTS)
    assert len(charts) == number_of_charts(name)
    for chart in charts:
        assert chart["role"] == "img"
        assert chart["names"] == ["title", "desc"]
        named = {colour for colour in chart["colours"] if colour.startswith("var(--")}
        assert set(chart["colours"]) - named <= {"none", "transparent", "currentColor", "currentcolor"}
        assert chart["strange"] == 0
        assert chart["ink"] == [chart["around"]]
        assert min(chart["sizes"]) >= 11
        assert chart["cut"] == []


def test_text_scales_to_twice_its_size_without_loss(opened: Opened) -> None:
    """A desktop at 200% is a window of half the width; a phone may have letters twice as large."""
    assert_whole(opened.seen(PHONE, letters="250%"))  # the theme sets 125%
    assert_whole(opened.seen(ZOOMED))


def test_axe_finds_no_accessibility_faults(opened: Opened) -> None:
    assert found_by_axe(opened.seen(DESK)) == []


def test_axe_finds_nothing_in_the_dark(opened: Opened) -> None:
    page = opened.seen(DESK, "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(24, 29, 31)"
    assert found_by_axe(page, runOnly=COLOURS) == []  # nothing but colours changes in the dark


SCHEME = "document.body.dataset.mdColorScheme"


def test_the_scheme_is_there_before_the_first_paint(browser: Browser, site_address: str) -> None:
    """There is no white flash: the page has its colours before any script of the theme runs."""
    context = browser.new_context(color_scheme="dark", bypass_csp=True)
    context.route("**/*.js", lambda route: route.abort())
    page = context.new_page()
    page.goto(site_address)
    assert page.evaluate(SCHEME) == "slate"
    context.close()


def test_a_reader_chooses_a_scheme_by_mouse_or_keyboard_and_it_is_kept(
    browser: Browser, site_address: str
) -> None:
    with window(browser, site_address, color_scheme="light") as page:
        page.locator("label[title='Switch to dark mode']").click()
        assert page.evaluate(SCHEME) == "slate"
        open_page(page, f"{site_address}results/")
        assert page.evaluate(SCHEME) == "slate"
        page.locator("#scheme input:checked").press("Enter")
        assert page.evaluate(SCHEME) == "default"
        page.keyboard.press("Enter")
        assert page.evaluate(SCHEME) == "slate"
        page.keyboard.press("Enter")
        assert page.locator("label[title='Switch to dark mode']").is_visible()
        page.reload()
        assert page.evaluate(SCHEME) == "default"
        page.evaluate("localStorage.setItem(`${__md_scope.pathname}.__palette`, '{broken')")
        page.reload()
        assert page.evaluate(SCHEME) == "default"
        assert page.locator("label[title='Switch to dark mode']").is_visible()


def words(page: Page) -> list[str]:
    """Return the words of a page, except forms and copy buttons, which need scripts."""
    page.evaluate("document.querySelectorAll('article button.copy').forEach(one => one.remove())")
    text = page.locator("article").inner_text()
    for part in page.locator("article form:visible, article noscript").all_inner_texts():
        text = text.replace(part, "")
    return text.split()


def test_without_scripts_a_page_says_the_same(opened: Opened, plain: Page) -> None:
    page = opened.seen(DESK)
    assert words(plain) == words(page)
    for part in ("article table:visible", "article figure svg:visible"):
        assert plain.locator(part).count() == page.locator(part).count()


def test_nothing_fails_and_nothing_leaves_the_host(opened: Opened, site_address: str) -> None:
    address = opened.page.url
    with opened.page.expect_response("**/search_index.json"):  # loaded when the search is opened
        opened.seen(DESK).locator("[data-md-component=search-query]").focus()
    opened.page.keyboard.press("Escape")
    opened.page.wait_for_load_state("networkidle")
    assert gone_wrong(opened, site_address) == []
    assert {address, f"{site_address}search/search_index.json"} <= set(opened.asked)
    assert f"{site_address}sitemap.xml" not in opened.asked  # only a site in several languages needs it


@pytest.fixture
def what_if(browser: Browser, site_address: str) -> Iterator[Page]:
    """The what-if page, newly opened."""
    with window(browser, f"{site_address}what-if/") as page:
        yield page


def shown(page: Page, name: str) -> str:
    """Return the text of a result in the form."""
    return page.locator(f'#what-if [data-result="{name}"]').inner_text()


def test_a_reader_sets_a_value_and_sees_what_would_have_to_be_true(what_if: Page) -> None:
    """Answers match the tables; no answer is shown until a value is set."""
    rows = read_csv(FROZEN / "data/derived/scenario_people_missed.csv")
    chosen = [row for row in rows if row["scenario_id"] == "KH038.KH010.affected_needed.hidden-0.1"]
    assert shown(what_if, "affected") == "– (enter a number from 0.01 to 100)"
    what_if.locator('[name="hidden"]').fill("10")
    assert shown(what_if, "affected") == f"{float(chosen[0]['estimate']):.2f}%"
    what_if.locator('[name="hidden"]').fill("5")
    assert shown(what_if, "affected") == "no share would be enough"
    what_if.locator('[name="affected"]').fill("2")
    assert shown(what_if, "hidden").startswith("no share would be enough")
    what_if.locator('[name="specificity"]').fill("95")
    assert shown(what_if, "judged") == "cannot be: so many mistakes would give more than was counted"
    what_if.locator('[name="sensitivity"]').fill("1")
    assert shown(what_if, "judged") == "cannot be: such judging is worse than chance"
