"""Charts and pictures show what the tables hold: parsed from the page and compared with the CSV files."""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from html import unescape
from itertools import combinations, pairwise
from operator import itemgetter
from pathlib import Path
from struct import unpack
from xml.etree import ElementTree

import pytest
import vl_convert

from scripts.package.files import group_by_key
from scripts.package.package import Package
from scripts.site import charts
from scripts.site.charts import standalone_files
from scripts.site.charts.by_year import middle_of_period_as_year
from scripts.site.charts.chart_model import (
    PRINTED,
    Chart,
    ChartLine,
    Mark,
    Panel,
    axis_scale_from_zero,
    percent_panels,
)
from scripts.site.charts.svg_drawing import chart_as_svg
from scripts.site.page_data import PageData
from scripts.site.withdrawn_figures import NOTHING
from scripts.wording.text_formatting import code_for_readers
from tests.conftest import (
    FROZEN,
    PATHS,
    ROOT,
    change_cells,
    change_rows,
    mark_later_cases_long,
    read_csv,
    rebuild_derived_tables,
)
from tests.site.page_models import CHARTS, DATA, chart, filled_in, filled_in_by

Row = dict[str, str]
NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?(?:e-?\d+)?")
BASELINE = 4  # from the middle of a line of text down to where its letters stand


@dataclass
class Part:
    """The part of a chart's table for one panel: rows of cells, and the reading of each row."""

    title: str
    rows: list[list[str]]
    ids: list[str]


class Figure:
    """A chart parsed from its HTML: the table, the text and the drawings."""

    def __init__(self, html: str) -> None:
        self.html, self.text = html, plain(html)
        desk, phone = re.findall(r"<svg.*?</svg>", html, re.S)
        self.svgs = {"desk": desk, "phone": phone}
        self.drawing = re.sub(r"<(title|desc).*?</\1>", "", phone, flags=re.S)
        self.words = plain(re.findall(r"<desc[^>]*>(.*?)</desc>", phone, re.S)[0])
        before, _, self.table = html.partition('<div class="scroll"')
        self.caption = plain(before[before.index('<p class="note">') :]).replace("\xa0", " ")
        self.panels = [_panel(body) for body in re.findall(r"<tbody>(.*?)</tbody>", self.table, re.S)]

    @property
    def rows(self) -> list[tuple[list[str], str]]:
        """Every row of the table with its reading."""
        return [pair for panel in self.panels for pair in zip(panel.rows, panel.ids, strict=True)]

    def drawn(self, panel: int, mark: str, width: str = "phone") -> list[tuple[float, ...]]:
        """Return the positions of one kind of mark in one panel of the drawing."""
        groups = re.findall(
            rf'<g class="mark-{mark} role-mark concat_{panel}_layer_\d+_marks">(.*?)</g>', self.svgs[width]
        )
        found = re.findall(r'translate\(([-\d.]+),([-\d.]+)\)"(?: x2="([-\d.]+)" y2="0")?', "".join(groups))
        return [tuple(float(part) for part in place if part) for place in found]

    def axes(self, width: str = "phone") -> list[dict[str, list[tuple[float, float]]]]:
        """Return the ticks of each panel's axes, number and position; a panel may use the axis below it."""
        panels = re.split(r'<g class="mark-group role-scope concat_\d+_group">', self.svgs[width])[1:]
        found = [_axes(panel) for panel in panels]
        for axis, below in reversed(list(pairwise(found))):
            if not axis["x"]:
                axis.update(below)
        return found


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def _panel(body: str) -> Part:
    rows = re.findall(r"<tr>(<td>.*?)</tr>", body, re.S)
    ids = [re.findall(r'values/[^"#]*#([^"]+)"', row) for row in rows]
    return Part(
        title=plain(re.findall(r"<th[^>]*>(.*?)</th>", body)[0]),
        rows=[[plain(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)] for row in rows],
        ids=[found[0] if found else "" for found in ids],
    )


def _axes(panel: str) -> dict[str, list[tuple[float, float]]]:
    found: dict[str, list[tuple[float, float]]] = {"x": [], "y": []}
    for labels in re.findall(r'role-axis-label"[^>]*>(.*?)</g>', panel):
        ticks = re.findall(r'translate\(([-\d.]+),([-\d.]+)\)"[^>]*>(-?[\d,.]+)%?<', labels)
        places = [(number(text), float(x), float(y) - BASELINE) for x, y, text in ticks]
        if places:
            is_across = len({y for _, _, y in places}) == 1
            found["x" if is_across else "y"] = [
                (mark_of, x if is_across else y) for mark_of, x, y in places
            ]
    return found


def place(ticks: list[tuple[float, float]], value: float) -> float:
    """Return the position of a number, from the outermost ticks of its axis."""
    (low, start), (high, end) = min(ticks), max(ticks)
    return start + (value - low) / (high - low) * (end - start)


def number(text: str) -> float:
    return float(text.replace(",", "").removeprefix("under "))


def short(share: str | float) -> str:
    """Return a percentage as the table of a chart writes it."""
    return "under 0.0001" if 0 < float(share) < 0.0001 else f"{float(share):.4g}"


def read(name: str, package: Path = FROZEN) -> list[Row]:
    """Return the rows of a published table, read with the csv module only."""
    path = package / PATHS[name]
    path = path if path.exists() else package / f"data/derived/{name}.csv"
    return read_csv(path)


def draw(name: str, package: Path = FROZEN) -> Figure:
    return Figure(chart(name, package))


@cache
def figure(name: str) -> Figure:
    return draw(name)


VALUES = {row["value_id"]: row for row in read("reported_values")}
BASES = {row["population_id"]: row["population_kind"] for row in read("populations")}
KINDS = {row["indicator_id"]: row["kind"] for row in read("indicators")}
DOTTED = "no repeat found"  # a line with its words, and no mark in the key
BY_YEAR = ("measured-when", "early-claims", "response")
every_chart = pytest.mark.parametrize("name", CHARTS)


def ids(name: str) -> list[str]:
    """Return the ids of the readings in a chart, one for each row."""
    return [value_id for _, value_id in figure(name).rows if value_id]


def numbers_of(row: Row) -> list[str]:
    """Return the numbers that a chart's table must print for a reading: a point, or the ends of a range."""
    low, high = row["low"], row["high"]
    return ["", low, high] if low and high and low != high else [low or high, "", ""]


MEANINGS = {
    "exact": "as reported",
    "about": "reported as “about” this figure",
    "less_than": "reported as this figure or less",
    "at_most": "reported as this figure or less",
    "more_than": "reported as this figure or more",
    "at_least": "reported as this figure or more",
    "range": "reported as a range",
}


@pytest.mark.parametrize("name", ["printed-versions", "under-16", "comparable-studies"])
def test_chart_row_has_the_numbers_and_marks_of_its_reading(name: str) -> None:
    for cells, value_id in figure(name).rows:
        if value_id:
            numbers = [f"{float(end):g}" if end else "" for end in numbers_of(VALUES[value_id])]
            assert [cell.replace(",", "") for cell in cells[2:]] == numbers, cells
            is_of_two = cells[1] in ("earlier year", "later year")
            assert is_of_two or cells[1] == MEANINGS[VALUES[value_id]["qualifier"]], cells


def free(root: str) -> set[str]:
    return {
        key for key, row in VALUES.items() if root in (key, row["mention_of"]) and row["show"] == "free"
    }


def test_every_unrestricted_mention_is_shown_once() -> None:
    assert sorted(ids("printed-versions")) == sorted(free("KH010") | free("KH038"))
    assert sorted(ids("under-16")) == sorted(free("KH018") | free("KH043"))


COUNTED = [
    row for row in read("estimates") if (row["value_id"], row["is_first_method"]) == ("KH018", "true")
]


def test_the_interval_is_the_counted_one_and_each_newspaper_is_named_at_its_mark_and_as_a_source() -> None:
    publishers = {row["source_id"]: row["publisher"] for row in read("sources")}
    drawn = [cells for cells, value_id in figure("under-16").rows if not value_id]
    [sources] = re.findall(r'<p class="source">(.*?)</p>', figure("under-16").html)
    for shown, row in zip(drawn, COUNTED, strict=True):
        count, base = (
            publishers[VALUES[row[f"{end}_id"]]["source_id"]] for end in ("numerator", "denominator")
        )
        by = f"2 ({count}) of 2,104 people ({base})" if count != base else "2 of 2,014 people"
        assert shown[0] == f"2015: {by}"
        assert shown[2:] == [short(row[end]) for end in ("estimate", "ci_low", "ci_high")]
        assert f"{shown[0]}: {float(row['estimate']):.3f}%" in figure("under-16").caption
        assert count in sources and base in sources


def test_curve_of_unseen_people_has_the_points_of_the_table() -> None:
    facts = {row["assumption_id"]: row["fact_id"] for row in read("scenario_assumptions")}
    for panel in figure("unseen").panels:
        every = read("scenario_people_missed")
        rows = [row for row in every if (row["earlier_id"], row["later_id"]) == ("KH038", "KH010")]
        expected = []
        for row in (row for row in rows if row["measure"] == "affected_needed"):
            is_possible = row["verdict"] != "impossible"
            affected = f"{float(row['estimate']):.1f}%" if is_possible else "no share would be enough"
            hidden = f"{100 * float(row['assumed']):.0f}%"
            expected.append((hidden, affected, is_possible and facts[row["assumption_id"]] != ""))
        shown = [(cells[0], cells[2], "another study" in cells[1]) for cells in panel.rows]
        assert sorted(shown) == sorted(expected) != []


def _is_untraced(origin: dict[str, str]) -> bool:
    """Return whether a claim's credit cannot be traced; mentions that report a study have another mark."""
    return origin["chain"] == "chain_breaks" and not VALUES[origin["value_id"]]["study_id"]


def test_every_mention_of_an_early_claim_is_there_with_its_date_and_its_chain() -> None:
    rows = read("origins")
    first = {row["claim_id"]: VALUES[row["value_id"]]["topic"] for row in rows if row["position"] == "1"}
    expected = [
        (row["value_id"], row["date_published"] or "no date", _is_untraced(row))
        for row in rows
        if first[row["claim_id"]] == "early_claims"
    ]
    shown = [
        (value_id, cells[2], "no count published" in cells[1])
        for cells, value_id in figure("early-claims").rows
    ]
    assert sorted(shown) == sorted(expected)


def test_key_of_early_claims_chart_says_in_what_we_read() -> None:
    """The key says “in what we read”, since a document may name its source in a part that was not read."""
    rows = {row["value_id"]: row for row in read("origins") if row["chain"] == "credits_nobody"}
    extents = {row["source_id"]: row["read_extent"] for row in read("sources")}
    shown = {value_id for _, value_id in figure("early-claims").rows}
    silent = [VALUES[key]["source_id"] for key in rows.keys() & shown]
    assert silent and all(extents[source_id] != "whole" for source_id in silent)
    assert "Names no source in what we read</span>" in figure("early-claims").html


def test_measured_when_chart_counts_single_year_quantities_by_topic() -> None:
    """The key gives the counts; figures for other places are excluded."""
    topics = (
        "early_claims",
        "sex_work_counts",
        "venue_studies",
        "other_surveys",
        "not_counted",
        "response",
    )
    derived = read_csv(FROZEN / "data/derived/values.csv")
    here = {row["value_id"] for row in derived if row["in_country"] == "yes"}
    roots = [row for row in VALUES.values() if row["topic"] in topics and not row["mention_of"]]
    roots = [row for row in roots if row["value_id"] in here]
    counts = Counter(
        (topics.index(row["topic"]), row["period"][:4])
        for row in roots
        if row["period"]
        if {end[:4] for end in row["period"].split("/")} == {row["period"][:4]}
    )
    rows = figure("measured-when").panels[0].rows
    figures = [cells for cells in rows if cells[2].isdecimal() and cells[1] != "law, plan or closure"]
    labels = list(dict.fromkeys(cells[0].rsplit(", ", 1)[0] for cells in figures))
    shown = {tuple(cells[0].rsplit(", ", 1)): cells for cells in figures}
    assert {(labels.index(label), year): int(cells[2]) for (label, year), cells in shown.items()} == counts
    meanings = {1: "1 or 2 figures for that year", 3: "3 to 9", 10: "10 or more"}
    for cells in shown.values():
        assert cells[1] == meanings[max(fewest for fewest in meanings if fewest <= int(cells[2]))]
    later = {key: times for key, times in counts.items() if key[1] > "2015"}
    assert f"The chart leaves out {len(roots) - counts.total()} figures" in figure("measured-when").caption
    response = sum(times for (topic, _), times in later.items() if topics[topic] == "response")
    said = f"Of {sum(later.values())} figures for a single year after 2015, {response} are about"
    assert "The others for later years are of " in figure("measured-when").caption
    assert said in figure("measured-when").text
    events = {
        (row["title"], row["date"])
        for row in read("events")
        if row["kind"] in ("law", "plan", "closure") and not row["same_event_as"]
    }
    assert {(cells[0], cells[2]) for cells in rows if cells[1] == "law, plan or closure"} == events


def test_counts_of_the_response_are_those_of_their_tables() -> None:
    panels = figure("response").panels
    names = {row["name"]: row["series_id"] for row in read("series")}
    for panel in panels:
        series = names[panel.title]
        counts = [
            [row["period"], row["low"] or row["high"]]
            for row in VALUES.values()
            if row["series"] == series and not row["mention_of"] and row["period"]
        ]
        breaks = [
            [row["at"], code_for_readers(row["kind"])]
            for row in read("series_breaks")
            if row["series_id"] == series
        ]
        shown = [[cells[0], cells[2].replace(",", "")] for cells in panel.rows]
        assert sorted(shown) == sorted(counts + breaks), panel.title
    assert "computed" not in figure("response").caption


def test_shares_elsewhere_are_drawn_where_one_source_gives_all_of_a_kind() -> None:
    groups: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for key, row in VALUES.items():
        share = KINDS[row["indicator_id"]] == "share" and row["show"] != "conflict_only"
        if row["topic"] == "comparable_studies" and not row["mention_of"] and share:
            kind = BASES.get(row["population_id"], "")
            groups[kind, row["indicator_id"], row["age_min"], row["age_max"]].add(key)
    assert {frozenset(panel.ids) - {""} for panel in figure("comparable-studies").panels} == {
        frozenset(group)
        for group in groups.values()
        if len(group) > 1 and len({VALUES[key]["source_id"] for key in group}) == 1
    }


def test_chart_lines_join_only_comparable_shares_or_ends_of_a_change() -> None:
    """A line joins two shares only if a link makes them comparable or they are the ends of one change."""
    links = read("links")
    ends = {row["to_id"]: row["from_id"] for row in links if row["relation"] == "earlier_end_of"}
    pairs = {(row["from_id"], row["to_id"]) for row in links if row["relation"] == "comparable"}
    pairs |= {
        (ends.get(row["to_id"]), row["from_id"]) for row in links if row["relation"] == "later_end_of"
    }
    rows = figure("comparable-studies").rows
    earlier = [value_id for cells, value_id in rows if cells[1].startswith("earlier")]
    later = [value_id for cells, value_id in rows if cells[1].startswith("later")]
    assert set(zip(earlier, later, strict=True)) <= pairs
    assert len(earlier) == len(
        {frozenset(pair) for pair in pairs if set(pair) <= set(ids("comparable-studies"))}
    )


@every_chart
def test_no_chart_axis_compares_shares_of_different_denominators(name: str) -> None:
    """No panel compares shares of different denominators or marked not comparable; year axes are exempt."""
    apart = {
        frozenset((row["from_id"], row["to_id"]))
        for row in read("links")
        if row["relation"] == "not_comparable"
    }
    compared = 0
    for panel, axes in zip(figure(name).panels, figure(name).axes(), strict=True):
        if not axes["x"] or name in BY_YEAR:
            continue
        shown = [VALUES[value_id] for value_id in panel.ids if value_id]
        compared += len(shown)
        assert len({BASES.get(row["population_id"], "") for row in shown}) <= 1, panel.title
        roots = {row["mention_of"] or row["value_id"] for row in shown}
        assert [pair for pair in combinations(sorted(roots), 2) if frozenset(pair) in apart] == []
    assert compared or name in BY_YEAR or not ids(name), "no panel with an axis across was examined"


@pytest.mark.parametrize("width", ["desk", "phone"])
@every_chart
def test_marks_lie_where_the_axis_has_their_numbers(name: str, width: str) -> None:
    """Positions are read from the drawing, using only the labels of its ticks."""
    checked = 0
    chart = figure(name)
    for at, (panel, axes) in enumerate(zip(chart.panels, chart.axes(width), strict=True)):
        if not axes["x"]:
            continue
        pointed = [cells for cells in panel.rows if "line:" not in cells[1] and cells[1] != DOTTED]
        points = [cells for cells in pointed if len(cells) < 5 or cells[2]]
        spots = chart.drawn(at, "symbol", width)
        assert len(spots) == len(points)
        for cells, spot in zip(points, spots, strict=True):
            _lies_there(name, cells, spot, axes)
            checked += 1
        spans = [cells for cells in panel.rows if len(cells) == 5 and cells[4]]
        rules = [rule for rule in chart.drawn(at, "rule", width) if len(rule) == 3]
        ends = {round(spot[0]) for spot in spots}
        joins = [] if name in BY_YEAR else rules[: len(rules) - len(spans)]
        assert all({round(x), round(x + wide)} <= ends for x, _, wide in joins)
        for cells, rule in zip(spans, rules[len(rules) - len(spans) :], strict=True):
            low, high = (place(axes["x"], number(cells[end])) for end in (3, 4))
            assert rule[0] == pytest.approx(low, abs=0.2), cells
            assert rule[0] + rule[2] == pytest.approx(high, abs=0.2), cells
            checked += 1
    assert checked >= 2


def test_marks_lie_below_their_label_on_a_phone_and_panels_of_one_scale_share_an_axis_on_a_desk() -> None:
    chart = figure("early-claims")
    spots = chart.drawn(0, "symbol")
    labels = [(x, y) for x, y in chart.drawn(0, "text") if x == 0]  # those beside a mark are at the mark
    assert len(set(spots)) == len(spots) > len(labels)
    assert min(min(spot[1] - y for _, y in labels if y <= spot[1]) for spot in spots) > 13
    assert figure("printed-versions").svgs["desk"].count('"mark-text role-axis-label"') == 1


def _lies_there(
    name: str, cells: list[str], spot: tuple[float, ...], axes: dict[str, list[tuple[float, float]]]
) -> None:
    x, y = axes["x"], axes["y"]
    if cells[-1] == "no date":
        assert spot[0] > place(x, 2020)
    elif name in BY_YEAR:
        dated = re.match(r"\d{4}", cells[0] if name == "response" else cells[-1])
        year = int(dated[0] if dated else cells[0][-4:])
        assert abs(spot[0] - place(x, year)) < 1.1 * (place(x, 2001) - place(x, 2000)), cells
    elif name != "unseen":
        assert spot[0] == pytest.approx(place(x, number(cells[2])), abs=0.2), cells
    else:
        at = NUMBER.match(cells[2])
        assert spot[0] == pytest.approx(place(x, number(at[0]) if at else 100), abs=0.4), cells
    if y:
        up = NUMBER.match(cells[2])
        assert spot[1] == pytest.approx(place(y, number(up[0]) if up else 100), abs=0.4), cells


@every_chart
def test_a_chart_has_its_words_its_caveats_and_its_downloads(name: str) -> None:
    chart = figure(name)
    paths = re.findall(r'href="\.\./([^"]+)"', chart.html.partition("<details>")[2].partition("</p>")[0])
    assert paths[:2] == [f"charts/{name}.svg", f"charts/{name}.png"]
    for path in paths[2:]:
        assert (FROZEN / path).is_file()
    [found] = re.findall(r"In words\. (.+)", chart.caption)
    assert chart.words == f"{found} The table below has every number."
    assert len(found) > 20, f"`found` should say in a sentence what the marks show, not only “{found}”"
    assert "Cite this chart. “" in chart.caption and re.search(r"Sources?: ", chart.caption)
    # Only as a word: two lines of a drawing follow each other here without a space, such as “women” and
    # “and”.
    assert not re.search(r"\bNone\b(?! found| is| of the)|\bnan\b|Undefined", chart.text)


STYLE = (ROOT / "docs/assets/style.css").read_text(encoding="utf-8")
TINTS = ("earlier", "later", "measured", "outside")


def lightness(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize("tint", TINTS)
def test_each_colour_is_legible_on_its_paper_in_grey_too(tint: str, scheme: int) -> None:
    paper, ink = (
        lightness(re.findall(rf"--{colour}: (#\w{{6}})", STYLE)[scheme]) for colour in ("surface", tint)
    )
    low, high = sorted((paper, ink))
    assert (high + 0.05) / (low + 0.05) >= 4.5


@every_chart
def test_each_kind_of_chart_mark_has_its_own_shape(name: str) -> None:
    glyphs = re.findall(r"<span>(\S+) ", figure(name).html)
    kinds = {cells[1] for cells, _ in figure(name).rows} - {DOTTED}
    assert len(glyphs) == len(set(glyphs)) == (len(kinds) if len(kinds) > 1 else 0)


def test_period_is_placed_at_its_middle_on_the_time_axis() -> None:
    periods = ("2015", "2012/2013", "2018-01/2018-06", "2015-12")
    middles = [2015, 2012.5, 2017.75, 2015 + 11.5 / 12 - 0.5]
    assert list(map(middle_of_period_as_year, periods)) == pytest.approx(middles)


def test_each_break_is_a_line_at_the_beginning_of_its_year_or_month() -> None:
    chart = figure("response")
    names = {row["name"]: row["series_id"] for row in read("series")}
    drawn = 0
    for at, (panel, axes) in enumerate(zip(chart.panels, chart.axes(), strict=True)):
        dates = {row["at"] for row in read("series_breaks") if row["series_id"] == names.get(panel.title)}
        starts = {int(date[:4]) + (int(date[5:7]) - 1) / 12 if date[4:] else int(date) for date in dates}
        lines = sorted(spot[0] for spot in chart.drawn(at, "rule") if len(spot) == 2)
        assert lines == pytest.approx([place(axes["x"], start - 0.5) for start in sorted(starts)], abs=0.2)
        drawn += len(lines)
    assert drawn >= 4


@pytest.mark.parametrize(
    ("name", "value_id"),
    [("printed-versions", "KH041"), ("comparable-studies", "E2-076-a")],
)
def test_figure_shown_only_with_its_contradiction_is_not_in_charts(
    name: str, value_id: str, package: Path
) -> None:
    assert value_id in ids(name)
    change_cells(package, "reported_values", value_id, show="conflict_only")
    assert f'#{value_id}"' in chart(name, FROZEN) and f'#{value_id}"' not in chart(name, package)


def test_figure_shown_with_both_denominators_is_not_in_charts(package: Path) -> None:
    """The response chart draws main mentions only, so it leaves out a reading that must be shown with
    both denominators.
    """
    value_id = ids("response")[0]

    def add_mention(rows: list[Row]) -> None:
        [row] = [row for row in rows if row["value_id"] == value_id]
        row["show"] = "with_both_denominators"
        rows.append(row | {"value_id": "KH900", "mention_of": value_id, "low": "9", "high": "9"})

    change_rows(package, "reported_values", add_mention)
    assert f'#{value_id}"' not in chart("response", package)


# Charts whose labels give their numbers, the picture that a part of a page lays out, and each as a file.

TEMPLATES = {
    "frame": '{% include "parts/frame.html" %}',
    "shares-by-survey": '{% include "parts/shares_by_survey.html" %}',
    "tiers": '{{ chart("tiers") }}',
    "two-surveys": '{% include "parts/two_surveys.html" %}',
}


def drawn(name: str, package: Path = FROZEN) -> str:
    """Return the HTML of a picture as on its page."""
    return filled_in(TEMPLATES[name], package)


@cache
def picture(name: str) -> str:
    return drawn(name)


def diamonds(html: str) -> list[float]:
    """Return the later share by its counts, read from the axis on desktop and phone."""
    chart = Figure(html)
    return [
        number_at(chart.axes(width)[1]["x"], chart.drawn(1, "symbol", width)[1][0])
        for width in ("desk", "phone")
    ]


def number_at(ticks: list[tuple[float, float]], x: float) -> float:
    """Return the number at a position, from the outermost ticks of its axis."""
    (low, start), (high, end) = min(ticks), max(ticks)
    return low + (x - start) / (end - start) * (high - low)


@pytest.mark.slow
def test_a_changed_count_changes_both_pictures_of_the_home_page(package: Path) -> None:
    """A changed count changes number, share, mark position, text alternative and bar length."""
    assert diamonds(picture("shares-by-survey")) == pytest.approx([3800 / 2104] * 2, abs=0.02)
    change_cells(package, "reported_values", "KH007", printed="84", low="84", high="84")
    rebuild_derived_tables(package)
    counted = f"{8400 / 2104:.2f}%"
    assert diamonds(drawn("shares-by-survey", package)) == pytest.approx([8400 / 2104] * 2, abs=0.02)
    for name, part in (
        ("shares-by-survey", f">{counted} (3."),
        ("shares-by-survey", f"The counts for 2015 give {counted}"),
        (
            "shares-by-survey",
            f"as reported: 2.2%; 84 of 2,104, with its 95% interval: {counted} (3.",
        ),
        ("frame", "<strong>84</strong> judged to be under 18"),
        ("frame", f'class="young" width="{8400 / 2104:.2f}"'),
    ):
        after = " ".join(drawn(name, package).split())
        assert part in after, (name, part)
        assert part not in " ".join(picture(name).split()), (name, part)


def test_interval_for_chance_lies_within_the_interval_for_clustering() -> None:
    words = Figure(picture("shares-by-survey")).words
    inner, outer = (
        [float(end) for end in re.findall(rf"{lead}([\d.]+) to ([\d.]+)%", words)[0]]
        for lead in (r"with its 95% interval: [\d.]+% \(", "if people in one venue are alike: ")
    )
    assert outer[0] < inner[0] < inner[1] < outer[1]


def test_two_surveys_without_one_of_their_figures_are_not_drawn(package: Path) -> None:
    for value_id in ("KH010", "KH005", "KH037"):
        change_cells(package, "reported_values", value_id, show="withdrawn")
        html = drawn("shares-by-survey", package)
        assert "<svg" not in html and NOTHING in html and "Withdrawn, and so not drawn: " in html, value_id
        change_cells(package, "reported_values", value_id, show="free")


@cache
def tiers() -> dict[str, str]:
    """Return the tier letters of each country, read with the csv module only."""
    letters = {"tier_1": "1", "tier_2": "2", "tier_2_watch_list": "W", "tier_3": "3", "": "–"}
    rows = sorted(read("tip_tiers"), key=itemgetter("report_year"))
    names = {row["place_id"]: row["name"] for row in read("places")}
    found: dict[str, str] = {}
    for row in rows:
        name = names[row["place_id"]]
        found[name] = found.get(name, "") + letters[row["tier"]]
    return found


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_tier_strips_show_every_year_with_cambodia_first(width: str) -> None:
    svg = Figure(picture("tiers")).svgs[width]
    panels = re.split(r'<g class="mark-group role-scope concat_\d+_group">', svg)[1:]
    strips = [strip for panel in panels for strip in strips_of(panel)]
    names = ["Cambodia", *re.findall(r'"start" transform="translate\(0,[\d.]+\)"[^>]*>([^<]+)<', panels[1])]
    names.remove("Other countries")
    assert names[1:] == sorted(names[1:])
    assert dict(zip(names, map("".join, strips), strict=True)) == tiers()
    fills = {(letter, fill) for panel in panels for letter, fill in cells_of(panel)}
    assert len(fills) == len({letter for letter, _ in fills}) == 4


def letters_of(panel: str) -> list[tuple[float, float, str]]:
    """Return the letters in cells with their positions, from the top and from the left."""
    found = re.findall(r'"middle" transform="translate\(([-\d.]+),([-\d.]+)\)"[^>]*>(.)<', panel)
    return sorted((float(y), float(x), letter) for x, y, letter in found)


def strips_of(panel: str) -> list[list[str]]:
    rows = group_by_key((y, letter) for y, _, letter in letters_of(panel))
    return [*rows.values()]


def cells_of(panel: str) -> Iterator[tuple[str, str]]:
    """Yield the letter in each cell, and the colour of the cell."""
    cells = re.findall(r'd="M([-\d.]+),([-\d.]+)h([\d.]+)v([\d.]+)h[^"]*" fill="([^"]+)"', panel)
    for left, top, wide, tall, fill in cells:
        inside = [
            letter
            for y, x, letter in letters_of(panel)
            if 0 < x - float(left) < float(wide) and 0 < y - float(top) < float(tall)
        ]
        assert len(inside) == 1
        yield inside[0], fill


[ONLINE] = (row["value_id"] for row in read("featured") if row["role"] == "abused-online")
EXTREMES = (  # a number, and a period, that every figure is given
    *(("0", ""), ("10000000", ""), ("50", "1955/2015")),
    *(("100", ""), ("18.2", ""), ("0.001", ""), ("50", "2015")),
)


def with_extreme(number: str, period: str) -> Package:
    """Return the package with this number, if the unit allows it, and this period in every reading."""
    package = Package(FROZEN)
    rows = [dict(row) for row in package.rows("reported_values")]
    for row in rows:
        if package.row("indicators", row["indicator_id"])["unit"] != "percent" or float(number) <= 100:
            row.update(low=number, high=number, printed=number)
        row["period"] = period or row["period"]
    return package.with_rows({"reported_values": rows})


def places(element: ElementTree.Element, x: float = 0, y: float = 0) -> Iterator[tuple[float, float]]:
    """Yield the position of each symbol, bar and text in a drawing."""
    if moved := re.match(r"translate\(([-\d.]+)(?:,([-\d.]+))?\)", element.get("transform", "")):
        x, y = x + float(moved[1]), y + float(moved[2] or 0)
    if element.tag.endswith(("path", "text", "line")):
        yield x, y
    for part in element:
        yield from places(part, x, y)


@pytest.mark.slow
@pytest.mark.parametrize(("number", "period"), mark_later_cases_long(3, EXTREMES))
def test_an_extreme_number_is_drawn_inside_the_picture_or_refused_with_a_reason(
    number: str, period: str
) -> None:
    """test_every_page_and_chart_without_a_figure_says_so covers charts without any figure."""
    data = PageData(with_extreme(number, period))
    drawn_charts = 0
    for name, asked in {
        **{name: f"{{{{ {call} }}}}" for name, call in CHARTS.items()},
        **TEMPLATES,
    }.items():
        try:
            html = filled_in_by(data, asked)
        except ValueError as refused:
            assert re.search(r"outside an axis from .* to ", str(refused)), (name, refused)
            continue
        for drawing in re.findall(r"<svg.*?</svg>", html, re.S):
            root = ElementTree.fromstring(unescape(drawing).replace("&", "&amp;"))
            _, _, width, height = map(float, root.attrib["viewBox"].split())
            outside = [(x, y) for x, y in places(root) if not (0 <= x <= width and 0 <= y <= height)]
            assert outside == [], name
            drawn_charts += 1
    assert drawn_charts >= len(CHARTS)


VERDICTS = """{{ chart("verdicts", source_id="khmer-times-2015", title="Claims", note="",
  words={"differs": "differ", "confirmed": "confirmed"}) }}"""


def test_each_statement_of_an_article_is_a_square_beside_its_verdict(package: Path) -> None:
    said = Counter(row["verdict"] for row in read("article_statements"))
    chart = Figure(filled_in(VERDICTS))
    assert chart.words == f"{said['differs']} differ; {said['confirmed']} confirmed"
    assert len(chart.drawn(0, "symbol", "phone")) == said["differs"] + said["confirmed"]
    change_rows(package, "article_statements", lambda rows: rows.clear())
    assert NOTHING in filled_in(VERDICTS, package)


ONLINE_IN_A_HUNDRED = """{{ chart("hundreds", title="Online", note="", share="abused-online",
  words={"share": [about("abused-online"), "internet users"]}) }}"""


@pytest.mark.parametrize(("share", "squares"), [("0", 0), ("0.001", 0), ("18.2", 18), ("100", 100)])
def test_hundred_squares_picture_fills_one_square_per_percent(
    package: Path, share: str, squares: int
) -> None:
    change_cells(package, "reported_values", ONLINE, low=share, high=share, printed=share)
    chart = Figure(filled_in(ONLINE_IN_A_HUNDRED, package))
    for drawing in chart.svgs.values():
        assert drawing.count('stroke="var(--measured)"') == squares
        assert drawing.count('stroke="var(--rule)"') == 100 - squares


def test_number_above_100_is_refused_in_the_hundred_squares_picture(package: Path) -> None:
    change_cells(package, "reported_values", ONLINE, low="182", high="182", printed="182")
    with pytest.raises(ValueError, match="outside an axis from 0 to 10"):
        filled_in(ONLINE_IN_A_HUNDRED, package)


def test_hundred_squares_picture_has_a_text_alternative() -> None:
    words = Figure(picture("two-surveys")).words
    assert words == (
        "2012: about 8 in 100, people surveyed in commercial sex. "
        "2015: about 2 in 100, people “working” in the venues"
    )


def test_squares_of_two_surveys_are_drawn_together_or_not_at_all(package: Path) -> None:
    for value_id in ("KH038", "KH010", "KH005"):
        change_cells(package, "reported_values", value_id, show="withdrawn")
        html = drawn("two-surveys", package)
        assert "<svg" not in html and NOTHING in html, value_id
        change_cells(package, "reported_values", value_id, show="free")


@pytest.mark.parametrize("at", [float("nan"), -1.0, 11.0])
def test_a_mark_outside_its_axis_is_refused(at: float) -> None:
    line = ChartLine("A line", [Mark(kind=PRINTED, at=at)])
    with pytest.raises(ValueError, match=r"“A line” lies at .*, outside an axis from 0 to 10\."):
        Panel(title="", lines=[line], across=axis_scale_from_zero("percent", [10]))
    low = ChartLine("A line", [Mark(kind=PRINTED, at=1, up=at)])
    with pytest.raises(ValueError, match="outside an axis from 0 to 10"):
        Panel(
            title="",
            lines=[low],
            across=axis_scale_from_zero("percent", [1]),
            up=axis_scale_from_zero("count", [10]),
        )


def test_chart_text_outside_the_drawing_is_refused() -> None:
    line = ChartLine("", [Mark(kind=PRINTED, at=1, text="too many words beside a number " * 9)])
    panel = Panel(title="", lines=[line], across=axis_scale_from_zero("percent", [10]))
    chart = Chart(title="", note="", found="", panels=[panel], columns=(), tables=())
    with pytest.raises(ValueError, match="Words of the chart “x” are too long for a desk"):
        chart_as_svg(chart, "x")


@cache
def files() -> dict[str, bytes]:
    pages = [picture("shares-by-survey"), picture("tiers"), figure("unseen").html]
    return standalone_files.svg_and_png_files_of_pictures(pages, STYLE)


@pytest.mark.parametrize("name", ["shares-by-survey", "tiers", "unseen"])
def test_a_standalone_chart_holds_its_source(name: str) -> None:
    """It contains title, note, source, citation and its own colours, and needs nothing from a page."""
    svg = files()[f"charts/{name}.svg"].decode()
    words = " ".join("".join(ElementTree.fromstring(svg).itertext()).split())
    for part in ("Source", "Cite this chart.", "CC-BY-4.0"):
        assert part in words
    assert "var(" not in svg and "currentColor" not in svg and "inherit" not in svg
    png = files()[f"charts/{name}.png"]
    width, height = unpack(">II", png[16:24])
    drawing = re.match(r'<svg [^>]*width="(\d+)" height="(\d+)"', svg)
    assert drawing and (width, height) == tuple(
        pytest.approx(standalone_files.SCALE * int(drawing[at]), abs=1) for at in (1, 2)
    )
    assert len(png) < 250_000


def test_chart_without_marks_has_no_file() -> None:
    assert (
        standalone_files.svg_and_png_files_of_pictures(
            ['<figure class="chart" id="chart-x"><p>Nothing</p></figure>'], STYLE
        )
        == {}
    )


def test_minified_svg_has_the_same_pixels_in_fewer_bytes() -> None:
    png = vl_convert.svg_to_png(figure("unseen").svgs["desk"])
    assert pixels(standalone_files.recompress_png(png)) == pixels(png)
    assert len(standalone_files.recompress_png(png)) < len(png) / 2


def pixels(png: bytes) -> tuple[bytes, bytes]:
    """Return the header of a PNG picture, and its filtered pixels."""
    at, image = 8, b""
    while at < len(png):
        size, kind = unpack(">I4s", png[at : at + 8])
        image += png[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        assert zlib.crc32(png[at + 4 : at + 8 + size]) == unpack(">I", png[at + 8 + size :][:4])[0]
        at += size + 12
    return png[8:33], zlib.decompress(image)


NO_TREND = [key for key, row in VALUES.items() if row["show"] == "no_trend"]


@pytest.mark.parametrize("is_joined", [True, False])
def test_chart_line_may_not_join_figures_marked_no_trend(
    is_joined: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = [Mark(kind=PRINTED, at=1, value_id=key) for key in NO_TREND[:2]]
    line = ChartLine("editions", marks, is_joined=is_joined)
    drawn = partial(Chart, title="", note="", found="", columns=("Row", "Kind", "Value, %"), tables=())
    monkeypatch.setitem(charts.CHARTS, "x", lambda _: drawn(panels=percent_panels({"": [line]})))
    if not is_joined:
        assert charts.chart_model(DATA, "x")["svg"]
    else:
        with pytest.raises(ValueError, match="is no_trend, and stands alone or in a line"):
            charts.chart_model(DATA, "x")
