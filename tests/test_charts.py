"""The charts show what the tables hold: read back from the page, and held against the CSV files alone."""

import csv
import re
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from html.parser import HTMLParser
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from scripts import derived
from scripts.package.opening import Package
from scripts.site import charts
from scripts.site.charts.claim_origins import middle_of
from scripts.site.page_data import PageData
from scripts.wording.words import plain_word
from tests.conftest import FROZEN, PATHS, ROOT, change_rows, few
from tests.hostile import poison

Row = dict[str, str]
NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?(?:e-?\d+)?")
BASELINE = 4  # from the middle of a line of text down to where its letters stand
NARROWEST_DESK = 680  # of the text where the drawing for a desk begins
WIDTH_ON_A_PHONE = 328  # of the text of a page on a screen of 360 pixels


@dataclass
class Panel:
    """The part of a chart's table that belongs to one panel: rows of cells, and the reading of each row."""

    title: str
    rows: list[list[str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)


class Figure(HTMLParser):
    """A chart as a reader's program takes it apart: the table, the words and the drawing."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.panels: list[Panel] = []
        self.cell: str | None = None
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.html = html
        desk, phone = re.findall(r"<svg.*?</svg>", html, re.S)
        self.svgs = {"desk": desk, "phone": phone}
        self.svg = phone
        self.words = unescape(re.search(r"<desc[^>]*>(.*?)</desc>", self.svg, re.S)[1])  # type: ignore[index]
        at = html.index("<details><summary>The numbers")
        self.caption = html[html.index('<p class="note">') : at].replace("&nbsp;", " ")
        self.drawing = re.sub(r"<(title|desc).*?</\1>", "", self.svg, flags=re.S)
        self.table = html[at:]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.elements.append((tag, given))
        if tag == "tbody":
            self.panels.append(Panel(""))
        elif tag == "tr" and self.panels:
            self.panels[-1].rows.append([])
            self.panels[-1].ids.append("")
        elif tag == "a" and self.panels and "values/" in (given.get("href") or ""):
            self.panels[-1].ids[-1] = str(given["href"]).split("#")[1]
        if tag in ("td", "th"):
            self.cell = ""

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.cell is not None:
            self.cell += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self.panels[-1].rows[-1].append(self.cell or "")
        elif tag == "th" and self.panels:
            self.panels[-1].title = self.cell or ""
        elif tag == "tbody":
            kept = [
                (row, one)
                for row, one in zip(self.panels[-1].rows, self.panels[-1].ids, strict=True)
                if row
            ]
            self.panels[-1].rows, self.panels[-1].ids = (list(part) for part in zip(*kept, strict=True))
        if tag in ("td", "th"):
            self.cell = None

    @property
    def rows(self) -> list[tuple[Panel, list[str], str]]:
        """Every row of the table with its panel and its reading."""
        return [
            (panel, row, one)
            for panel in self.panels
            for row, one in zip(panel.rows, panel.ids, strict=True)
        ]

    def drawn(self, panel: int, mark: str, width: str = "phone") -> list[tuple[float, ...]]:
        """The places of marks of one kind in one panel, as the drawing has them."""
        groups = re.findall(
            rf'<g class="mark-{mark} role-mark concat_{panel}_layer_\d+_marks">(.*?)</g>', self.svgs[width]
        )
        found = re.findall(r'translate\(([-\d.]+),([-\d.]+)\)"(?: x2="([-\d.]+)" y2="0")?', "".join(groups))
        return [tuple(float(part) for part in place if part) for place in found]

    def axes(self, width: str = "phone") -> list[dict[str, list[tuple[float, float]]]]:
        """For each panel its axes, which may be those below: the number of each tick with its place."""
        panels = re.split(r'<g class="mark-group role-scope concat_\d+_group">', self.svgs[width])[1:]
        found = [_axes(panel) for panel in panels]
        for one, below in reversed(list(pairwise(found))):
            if not one["x"]:
                one.update(below)
        return found


def _axes(panel: str) -> dict[str, list[tuple[float, float]]]:
    found: dict[str, list[tuple[float, float]]] = {"x": [], "y": []}
    for labels in re.findall(r'role-axis-label"[^>]*>(.*?)</g>', panel):
        ticks = re.findall(r'translate\(([-\d.]+),([-\d.]+)\)"[^>]*>(-?[\d,.]+)(?: %)?<', labels)
        places = [(number(text), float(x), float(y) - BASELINE) for x, y, text in ticks]
        if places:
            is_across = len({y for _, _, y in places}) == 1
            found["x" if is_across else "y"] = [(one, x if is_across else y) for one, x, y in places]
    return found


def place(ticks: list[tuple[float, float]], value: float) -> float:
    """Where a number lies, by the outermost ticks of its axis."""
    (low, start), (high, end) = min(ticks), max(ticks)
    return start + (value - low) / (high - low) * (end - start)


def number(text: str) -> float:
    return float(text.replace(",", "").removeprefix("under "))


def short(share: str | float) -> str:
    """A percentage as the table of a chart writes it."""
    return "under 0.0001" if 0 < float(share) < 0.0001 else f"{float(share):.4g}"


def read(name: str, package: Path = FROZEN) -> list[Row]:
    """A table as it is published, read with the csv module alone."""
    path = package / PATHS[name]
    path = path if path.exists() else package / f"data/derived/{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def draw(name: str, package: Path = FROZEN) -> Figure:
    data = PageData(Package(package))
    data.open_page("results.md")
    return Figure(str(data.chart(name, data.base)))


@cache
def figure(name: str) -> Figure:
    return draw(name)


VALUES = {row["value_id"]: row for row in read("reported_values")}
BASES = {row["population_id"]: row["base_kind"] for row in read("populations")}
KINDS = {row["indicator_id"]: row["kind"] for row in read("indicators")}
every_chart = pytest.mark.parametrize("name", charts.CHARTS)


def ids(name: str) -> list[str]:
    """The readings that a chart shows, once for each row."""
    return [one for _, _, one in figure(name).rows if one]


def numbers_of(row: Row) -> list[str]:
    """What the table of a chart must print for a reading: a point, or the ends of a range."""
    low, high = row["low"], row["high"]
    return ["", low, high] if low and high and low != high else [low or high, "", ""]


@pytest.mark.parametrize("name", ["printed-versions", "under-16", "comparable-studies"])
def test_a_reading_has_the_numbers_of_its_row(name: str) -> None:
    for _, cells, one in figure(name).rows:
        if one:
            assert [cell.replace(",", "") for cell in cells[2:]] == [
                f"{float(end):g}" if end else "" for end in numbers_of(VALUES[one])
            ], cells


MEANINGS = {
    "exact": "as printed",
    "about": "printed as about",
    "less_than": "printed as so much or less",
    "at_most": "printed as so much or less",
    "more_than": "printed as so much or more",
    "at_least": "printed as so much or more",
    "range": "printed as a range",
}


@pytest.mark.parametrize("name", ["printed-versions", "under-16", "comparable-studies"])
def test_a_reading_is_marked_as_what_it_is(name: str) -> None:
    for _, cells, one in figure(name).rows:
        if one and "of two" not in cells[1] and "of the two" not in cells[1]:
            assert cells[1] == MEANINGS[VALUES[one]["qualifier"]], cells


def free(root: str) -> set[str]:
    return {
        key for key, row in VALUES.items() if root in (key, row["printing_of"]) and row["show"] == "free"
    }


def test_every_free_printing_is_there_once() -> None:
    assert sorted(ids("printed-versions")) == sorted(free("KH010") | free("KH038"))
    assert sorted(ids("under-16")) == sorted(free("KH018") | free("KH043"))


def test_intervals_are_those_of_the_table_at_each_design_effect() -> None:
    name, share = "under-16", "KH018"
    effects = {row["assumption_id"] for row in read("assumptions") if row["parameter"] == "design_effect"}
    expected = [
        [short(row[end]) for end in ("estimate", "lower", "upper")]
        for row in read("estimates")
        if (row["value_id"], row["denominator_id"], row["stands_first"]) == (share, "KH005", "yes")
        and row["assumption_id"] in effects
    ]
    shown = [cells[2:] for _, cells, one in figure(name).rows if not one and cells[2]]
    assert len(shown) == len(effects)
    assert sorted(shown) == sorted(expected)


def test_a_share_of_two_newspapers_names_both_at_its_mark_and_in_the_line_of_its_sources() -> None:
    publishers = {row["source_id"]: row["publisher"] for row in read("sources")}
    [row] = [
        row
        for row in read("estimates")
        if (row["value_id"], row["denominator_id"], row["stands_first"]) == ("KH018", "KH005", "yes")
        and row["basis"] == "counted"
    ]
    count, base = (
        publishers[VALUES[row[f"{end}_id"]]["source_id"]] for end in ("numerator", "denominator")
    )
    assert count != base
    label = f"2015: 2 ({count}) of 2,104 people ({base}), design effect 1"
    assert label in [cells[0] for _, cells, _ in figure("under-16").rows]
    assert f"2 ({count}) of 2,104 people ({base})" in figure("under-16").caption
    [sources] = re.findall(r'<p class="source">(.*?)</p>', figure("under-16").html)
    assert count in sources and base in sources


def test_no_share_without_a_base_has_an_interval() -> None:
    bare = {row["value_id"] for row in read("estimates") if row["no_interval_reason"] == "base_not_printed"}
    assert {"KH038", "KH043"} <= bare
    shown = [cells for _, cells, one in figure("under-16").rows if one in bare]
    assert shown
    assert [cells for cells in shown if cells[3] or cells[4]] == []
    assert "No interval for 2012: the base is not printed." in figure("under-16").caption


SEEN = {"upper_bound": "denominator", "n_to_exclude": "estimate"}  # where the number of people stands


def test_what_zero_leaves_open_is_that_of_the_table() -> None:
    rows = [row for row in read("estimates") if row["value_id"] == "KH021" and row["measure"] in SEEN]
    sizes = {row["estimate_id"]: int(row[SEEN[row["measure"]]]) for row in rows}
    expected = [
        [
            f"none among {sizes[row['estimate_id']]:,} people",
            f"{float(row['assumed'] or row['estimate']):.4g}",
        ]
        for row in rows
    ]
    shown = [[cells[0].split(", just")[0], cells[4]] for cells in figure("under-16").panels[-1].rows]
    assert sorted(shown) == sorted(expected)
    assert [one for one in rows if one["measure"] == "n_to_exclude" and f"{int(one['estimate']):,}"
            not in figure("under-16").caption] == []  # fmt: skip


def test_recomputed_shares_are_the_quotients_of_their_counts() -> None:
    panel = figure("printed-against-recomputed").panels[0]
    tried = {
        (row["value_ids"], row["numerators"], row["denominator"])
        for row in read("consistency")
        if row["study_id"] == "ijm-khm-2015" and row["scope"] == "single" and row["denominator"]
    }
    shown = [cells for cells, one in zip(panel.rows, panel.ids, strict=True) if not one]
    quotients = [f"{100 * int(count) / int(people):.4g}" for _, count, people in tried]
    assert sorted(cells[2] for cells in shown) == sorted(quotients)
    printed = [(one, cells[2]) for cells, one in zip(panel.rows, panel.ids, strict=True) if one]
    assert sorted(printed) == sorted((share, VALUES[share]["low"]) for share, _, _ in tried)


def test_each_hypothesis_says_of_each_share_what_the_table_says() -> None:
    words = {
        "reproduced": "follows under the hypothesis",
        "not_reproduced": "does not follow",
        "can_fit": "some weight fits, so nothing is tested",
    }
    panels = figure("printed-against-recomputed").panels[1:]
    shown = [(one, cells[1]) for panel in panels for cells, one in zip(panel.rows, panel.ids, strict=True)]
    asked = [row for row in read("reconciliations") if row["question_id"] in ("KH010", "KH038")]
    assert sorted(shown) == sorted((row["figure_id"], words[row["outcome"]]) for row in asked)


def test_the_points_of_the_curve_are_those_of_the_table() -> None:
    rows = read("comparisons")
    for panel, pair in zip(figure("unseen").panels, (("KH038", "KH010"), ("KH043", "KH018")), strict=True):
        expected = []
        for row in rows:
            if (row["earlier_id"], row["later_id"]) != pair or not row["estimate"]:
                continue
            times = {"percent": 1, "proportion": 100}.get(row["unit"], 0)
            both = [f"{100 * float(row['assumed'] or 0):.1f}", f"{times * float(row['estimate']):.1f}"]
            if row["measure"] == "affected_needed":
                expected.append(both if row["verdict"] != "impossible" else [both[0], "no value is enough"])
            elif row["measure"] == "hidden_share_needed" and row["verdict"] != "impossible":
                expected.append(both[::-1])
        shown = [[cells[0].removesuffix(" %"), cells[2].removesuffix(" %")] for cells in panel.rows]
        assert len(shown) == len(expected)
        assert sorted(shown) == sorted(expected)


def test_each_mark_of_several_errors_is_that_of_the_table() -> None:
    rows = [
        row for row in read("comparisons") if row["earlier_base"] == "1936" and row["sensitivity_ratio"]
    ]
    for panel, affected in zip(figure("several-errors").panels, ("0.25", "0.5", "1"), strict=True):
        expected = [
            [
                f"Design effect {row['later_design_effect']}",
                row["sensitivity_ratio"],
                short(100 * float(row["estimate"])),
            ]
            for row in rows
            if row["assumed"] == affected
        ]
        ratios = [cells[1].removeprefix("recognised ").partition(" times")[0] for cells in panel.rows]
        ratios = ["1" if ratio.startswith("as often") else ratio for ratio in ratios]
        shown = [[cells[0], ratio, cells[2]] for cells, ratio in zip(panel.rows, ratios, strict=True)]
        assert sorted(shown) == sorted(expected) != []


def test_sourced_points_are_marked() -> None:
    facts = {row["assumption_id"]: row["fact_id"] for row in read("assumptions")}
    rows = [
        row for row in read("comparisons") if (row["earlier_id"], row["later_id"]) == ("KH043", "KH018")
    ]
    near = {
        f"{100 * float(row['assumed']):.1f} %"
        for row in rows
        if row["measure"] == "affected_needed" and facts[row["assumption_id"]]
    }
    marked = {cells[0] for cells in figure("unseen").panels[1].rows if "source prints" in cells[1]}
    assert marked == near


def test_every_printing_of_an_early_claim_is_there_with_its_date_and_its_chain() -> None:
    rows = read("origins")
    first = {row["claim_id"]: VALUES[row["value_id"]]["topic"] for row in rows if row["position"] == "1"}
    expected = [
        (row["value_id"], row["date_published"] or "no date", row["chain"] == "chain_breaks")
        for row in rows
        if first[row["claim_id"]] == "early_claims"
    ]
    shown = [
        (one, cells[2], cells[1].startswith("no figure")) for _, cells, one in figure("early-claims").rows
    ]
    assert sorted(shown) == sorted(expected)


def test_the_title_on_early_claims_says_of_how_much_of_the_documents_it_speaks() -> None:
    """Who names no source in an opening may name one below."""
    rows = {row["value_id"]: row for row in read("origins") if row["chain"] == "credits_nobody"}
    extents = {row["source_id"]: row["read_extent"] for row in read("sources")}
    shown = {one for _, _, one in figure("early-claims").rows}
    silent = [VALUES[key]["source_id"] for key in rows.keys() & shown]
    assert silent and all(extents[one] != "whole" for one in silent)
    assert f"; {len(silent)} name no source in what we read of them</strong>" in figure("early-claims").html


def test_counts_of_the_response_are_those_of_their_tables() -> None:
    panels = figure("response").panels
    names = {row["name"]: row["series_id"] for row in read("series")}
    for panel in panels:
        series = names[panel.title]
        counts = [
            [row["period"], row["low"] or row["high"]]
            for row in VALUES.values()
            if row["series"] == series and not row["printing_of"] and row["period"]
        ]
        breaks = [
            [row["at"], plain_word(row["kind"])]
            for row in read("series_breaks")
            if row["series_id"] == series
        ]
        shown = [[cells[0], cells[2].replace(",", "")] for cells in panel.rows]
        assert sorted(shown) == sorted(counts + breaks), panel.title


def test_comparable_studies_are_all_there_but_for_those_that_contradict_each_other() -> None:
    shares = [
        key
        for key, row in VALUES.items()
        if row["topic"] == "comparable_studies"
        and not row["printing_of"]
        and KINDS[row["indicator_id"]] == "share"
        and row["show"] != "conflict_only"
    ]
    assert sorted(ids("comparable-studies")) == sorted(shares)


def test_only_what_a_link_sets_side_by_side_is_joined() -> None:
    """A line joins two shares that a link lets compare, or that are the ends of one change."""
    links = read("links")
    ends = {row["to_id"]: row["from_id"] for row in links if row["relation"] == "earlier_end_of"}
    pairs = {(row["from_id"], row["to_id"]) for row in links if row["relation"] == "comparable"}
    pairs |= {
        (ends.get(row["to_id"]), row["from_id"]) for row in links if row["relation"] == "later_end_of"
    }
    rows = figure("comparable-studies").rows
    earlier = [one for _, cells, one in rows if cells[1].startswith("the earlier of two")]
    later = [one for _, cells, one in rows if cells[1].startswith("the later of the two")]
    assert set(zip(earlier, later, strict=True)) <= pairs
    assert len(earlier) == len(
        {frozenset(pair) for pair in pairs if set(pair) <= set(ids("comparable-studies"))}
    )


@every_chart
def test_no_axis_has_two_kinds_of_denominator(name: str) -> None:
    """Nor two that a link calls not comparable. An axis of years compares no shares."""
    apart = {
        frozenset((row["from_id"], row["to_id"]))
        for row in read("links")
        if row["relation"] == "not_comparable"
    }
    compared = 0
    for panel, axes in zip(figure(name).panels, figure(name).axes(), strict=True):
        if not axes["x"] or name == "early-claims":
            continue
        shown = [VALUES[one] for one in panel.ids if one]
        compared += len(shown)
        assert len({BASES.get(row["population_id"], "") for row in shown}) <= 1, panel.title
        roots = {row["printing_of"] or row["value_id"] for row in shown}
        assert [pair for pair in combinations(sorted(roots), 2) if frozenset(pair) in apart] == []
    assert compared or name in ("unseen", "several-errors", "early-claims", "response")


@pytest.mark.parametrize("width", ["desk", "phone"])
@every_chart
def test_marks_lie_where_the_axis_has_their_numbers(name: str, width: str) -> None:
    """Read off the drawing with nothing but the labels of its ticks."""
    checked = 0
    one = figure(name)
    for at, (panel, axes) in enumerate(zip(one.panels, one.axes(width), strict=True)):
        if not axes["x"]:
            continue
        points = [cells for cells in panel.rows if "break" not in cells[1] and (len(cells) < 5 or cells[2])]
        spots = one.drawn(at, "symbol", width)
        assert len(spots) == len(points)
        for cells, spot in zip(points, spots, strict=True):
            checked += _lies_there(name, cells, spot, axes)
        spans = [cells for cells in panel.rows if len(cells) == 5 and cells[4]]
        rules = [rule for rule in one.drawn(at, "rule", width) if len(rule) == 3]
        for cells, rule in zip(spans, rules[len(rules) - len(spans) :], strict=True):
            low, high = (place(axes["x"], number(cells[end])) for end in (3, 4))
            assert rule[0] == pytest.approx(low, abs=0.2), cells
            assert rule[0] + rule[2] == pytest.approx(high, abs=0.2), cells
            checked += 1
    assert checked >= 5


def _lies_there(
    name: str, cells: list[str], spot: tuple[float, ...], axes: dict[str, list[tuple[float, float]]]
) -> int:
    if name in ("early-claims", "response"):
        if cells[-1 if name == "early-claims" else 0] == "no date":
            assert spot[0] > place(axes["x"], 2020)
            return 1
        year = int(cells[-1 if name == "early-claims" else 0][:4])
        step = place(axes["x"], 2001) - place(axes["x"], 2000)
        assert abs(spot[0] - place(axes["x"], year)) < 1.1 * step, cells
        if name == "response" and axes["y"]:
            assert spot[1] == pytest.approx(place(axes["y"], number(cells[2])), abs=0.2), cells
        return 1
    if name == "unseen":
        across, up = (NUMBER.match(cells[end]) for end in (0, 2))
        assert across and spot[0] == pytest.approx(place(axes["x"], number(across[0])), abs=0.4), cells
        wanted = number(up[0]) if up else 100
        assert spot[1] == pytest.approx(place(axes["y"], wanted), abs=0.4), cells
        return 1
    assert spot[0] == pytest.approx(place(axes["x"], number(cells[2])), abs=0.2), cells
    return 1


@every_chart
def test_a_chart_has_its_words_its_caveats_and_its_downloads(name: str) -> None:
    one = figure(name)
    for part in ("What was asked.", "What is seen.", "How sure.", "What it leaves out.", "Download."):
        text = re.search(rf"<strong>{re.escape(part)}</strong> (.+?)</p>", one.caption)
        assert text and len(text[1]) > 20, part
    paths = re.findall(r'href="\.\./([^"]+)"', one.caption)
    assert paths[:2] == [f"charts/{name}.svg", f"charts/{name}.png"]
    for path in paths[2:]:
        assert (FROZEN / path).is_file()
    assert re.search(r"<strong>What is seen\.</strong> (.+?)</p>", one.caption)
    found = unescape(re.search(r"<strong>What is seen\.</strong> (.+?)</p>", one.caption)[1])  # type: ignore[index]
    assert found in one.words
    assert len(one.words) < 3000
    assert [panel.title for panel in one.panels if panel.title not in one.words] == []
    # As a word: the text of two lines of a drawing stands here without a space, such as “women” and “and”.
    assert not re.search(r"\bNone\b(?! found| is| of the)|\bnan\b|Undefined", one.text)


@every_chart
def test_ids_are_unique_and_told_by_the_name(name: str) -> None:
    given = [str(attributes["id"]) for _, attributes in figure(name).elements if "id" in attributes]
    assert len(given) == len(set(given)) >= 3
    assert [one for one in given if name not in one] == []
    assert set(re.findall(r"url\(#([^)]+)\)", figure(name).svg)) <= set(given)


@every_chart
def test_colours_are_the_ink_and_those_that_the_style_names(name: str) -> None:
    inks = {
        str(attributes[part])
        for tag, attributes in figure(name).elements
        for part in ("fill", "stroke", "color", "style", "stop-color")
        if attributes.get(part)
    }
    assert inks <= {"currentColor", "none", "transparent"} | {f"var(--{one})" for one in TINTS}
    assert not re.search(r"#[0-9a-fA-F]{3}|rgb|hsl", figure(name).drawing)


STYLE = (ROOT / "docs/assets/style.css").read_text(encoding="utf-8")
TINTS = ("earlier", "later", "measured", "outside")


def lightness(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize("tint", TINTS)
def test_each_colour_is_legible_on_its_paper_in_grey_too(tint: str, scheme: int) -> None:
    paper, ink = (
        lightness(re.findall(rf"--{one}: (#\w{{6}})", STYLE)[scheme]) for one in ("surface", tint)
    )
    low, high = sorted((paper, ink))
    assert (high + 0.05) / (low + 0.05) >= 4.5


@every_chart
def test_kinds_are_told_apart_by_shape(name: str) -> None:
    """Each kind in the key has a glyph of its own."""
    glyphs = re.findall(r"<span>(\S+) ", figure(name).html)
    kinds = {cells[1] for _, cells, _ in figure(name).rows}
    assert len(glyphs) == len(set(glyphs)) == (len(kinds) if len(kinds) > 1 else 0)


@every_chart
def test_text_keeps_its_size_on_a_phone(name: str) -> None:
    for place, across in (("phone", WIDTH_ON_A_PHONE), ("desk", NARROWEST_DESK)):
        drawn = figure(name).svgs[place]
        width = float(re.search(r'viewBox="0 0 ([\d.]+) ', drawn)[1])  # type: ignore[index]
        sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawn)]
        assert min(sizes) * across / width >= 11, place


CHANGES = {  # one value for each chart: table, key, and the cells that are written
    "printed-versions": (
        "reported_values",
        "KH037",
        {"printed": "6.59 percent", "low": "6.59", "high": "6.59"},
    ),
    "under-16": ("reported_values", "KH043", {"printed": "0.86 percent", "low": "0.86", "high": "0.86"}),
    "printed-against-recomputed": (
        "reported_values",
        "KH007",
        {"printed": "41", "low": "41", "high": "41"},
    ),
    "unseen": ("reported_values", "KH038", {"printed": "9.16 percent", "low": "9.16", "high": "9.16"}),
    "several-errors": ("reported_values", "KH007", {"printed": "41", "low": "41", "high": "41"}),
    "early-claims": ("sources", "", {"date_published": "1993-03-25"}),
    "response": ("reported_values", "RESP-015", {"printed": "9", "low": "9", "high": "9"}),
    "comparable-studies": (
        "reported_values",
        "IJM-DOM-04",
        {"printed": "3.3 %", "low": "3.3", "high": "3.3", "age_max": "14"},
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", few(3, zip(charts.CHARTS)))
def test_a_changed_value_changes_drawing_caption_description_and_table(name: str, package: Path) -> None:
    table, key, cells = CHANGES[name]
    key = key or VALUES["KH062"]["source_id"]

    def change(rows: list[Row]) -> None:
        [first, *_] = [row for row in rows if next(iter(row.values())) == key]
        first.update(cells)

    change_rows(package, table, change)
    for path, text in derived.build(Package(package)).items():
        (package / path).write_text(text, encoding="utf-8", newline="")
    before, after = figure(name), draw(name, package)
    for part in ("drawing", "caption", "words", "table"):
        assert getattr(before, part) != getattr(after, part), part


@pytest.mark.slow
def test_hostile_text_stays_text(package: Path) -> None:
    poison(package)
    for name in charts.CHARTS:
        one = draw(name, package)
        plain = figure(name)
        assert {tag for tag, _ in one.elements} <= {tag for tag, _ in plain.elements} | {"tspan"}, name
        assert {key for _, given in one.elements for key in given} <= {
            key for _, given in plain.elements for key in given
        } | {"dy", "x"}, name
        assert "<script>alert(1)</script>" in " ".join(one.text.split()), name


@pytest.mark.parametrize(
    ("period", "middle"),
    [
        ("2015", 2015),
        ("2012/2013", 2012.5),
        ("2018-01/2018-06", 2017.75),
        ("2015-12", 2015 + 11.5 / 12 - 0.5),
    ],
)
def test_a_year_lies_at_its_number_and_a_part_of_it_beside(period: str, middle: float) -> None:
    assert middle_of(period) == pytest.approx(middle)


def test_each_break_is_a_line_at_the_beginning_of_its_year_or_month() -> None:
    one = figure("response")
    names = {row["name"]: row["series_id"] for row in read("series")}
    drawn = 0
    for at, (panel, axes) in enumerate(zip(one.panels, one.axes(), strict=True)):
        dates = {row["at"] for row in read("series_breaks") if row["series_id"] == names.get(panel.title)}
        starts = {int(date[:4]) + (int(date[5:7]) - 1) / 12 if date[4:] else int(date) for date in dates}
        lines = sorted(spot[0] for spot in one.drawn(at, "rule") if len(spot) == 2)
        assert lines == pytest.approx([place(axes["x"], start - 0.5) for start in sorted(starts)], abs=0.2)
        drawn += len(lines)
    assert drawn >= 5


@pytest.mark.parametrize(
    ("name", "one"),
    [("printed-versions", "KH041"), ("comparable-studies", "JJAY-NPL-02")],
)
def test_what_may_only_stand_beside_its_contradiction_is_not_drawn(
    name: str, one: str, package: Path
) -> None:
    def change(rows: list[Row]) -> None:
        for row in rows:
            if row["value_id"] == one:
                row["show"] = "conflict_only"

    assert one in ids(name)
    change_rows(package, "reported_values", change)
    assert one not in {shown for _, _, shown in draw(name, package).rows}
