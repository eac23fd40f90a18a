"""The charts: declared with Altair, drawn as inline SVG that takes its colours from the page.

Each is a list of rows (a label above a point or a range), so it stays legible at 360 pixels and
in black and white: shapes, not colours, tell the kinds apart.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup

from scripts.derived.comparison import differ
from scripts.files import Row
from scripts.ledger import Ledger, Reading

WIDTH, ROW_HEIGHT = 330, 40  # in units of the drawing; the page scales them
INK = "#010203"  # replaced by currentColor, so it must occur nowhere else
Rows = Callable[[str], list[Row]]

PRINTED, COUNTED, SCENARIO = "as printed", "counted", "scenario"
SHAPES = {PRINTED: "circle", COUNTED: "diamond", SCENARIO: "square"}


@dataclass(frozen=True)
class Mark:
    """One row of a chart, in percent: a point with an optional range, or a range alone."""

    label: str
    kind: str
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Chart:
    """A chart with the words that stand for it and the tables behind it."""

    id: str
    title: str
    description: str
    axis: str
    marks: list[Mark]
    caveats: list[str]
    tables: tuple[str, ...]


def figure(chart: Chart, base: str) -> Markup:
    """Give the chart, its caveats, its numbers as a table and its downloads as HTML."""
    return Markup(
        f'<figure class="chart" data-search-exclude id="chart-{chart.id}">\n{_svg(chart)}\n'
        f"<figcaption>{_caption(chart, base)}{_table(chart)}</figcaption>\n</figure>"
    )


def _caption(chart: Chart, base: str) -> str:
    kinds = {mark.kind for mark in chart.marks}
    key = ", ".join(f"{SHAPES[kind]}: {kind}" for kind in SHAPES if kind in kinds).capitalize()
    links = ", ".join(f'<a href="{base}{path}">{path.split("/")[-1]}</a>' for path in chart.tables)
    words = " ".join(escape(caveat) for caveat in chart.caveats)
    return f"<strong>{escape(chart.title)}.</strong> {key}. {words} Data: {links}."


def _table(chart: Chart) -> str:
    head = "<tr><th>Row</th><th>Kind</th><th>Value, %</th><th>From, %</th><th>To, %</th></tr>"
    body = "".join(
        f"<tr><td>{escape(mark.label)}</td><td>{mark.kind}</td>"
        + "".join(f'<td class="number">{_number(n)}</td>' for n in (mark.value, mark.low, mark.high))
        + "</tr>"
        for mark in chart.marks
    )
    return (
        f"<details><summary>The numbers of this chart</summary>"
        f'<div class="scroll" tabindex="0" role="region" aria-label="Numbers of the chart: '
        f'{escape(chart.title)}"><table class="plain">{head}{body}</table></div></details>'
    )


def _in_words(chart: Chart) -> str:
    """Say a chart to those who cannot see it: what a row is, then every row."""
    return " ".join([chart.description, *(_row_in_words(mark) for mark in chart.marks)])


def _row_in_words(mark: Mark) -> str:
    value = "" if mark.value is None else f" {_number(mark.value)} percent,"
    limits = "" if mark.high is None else f" {_number(mark.low)} to {_number(mark.high)} percent,"
    return f"{mark.label}:{value}{limits} {mark.kind}."


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}"


def _svg(chart: Chart) -> str:
    svg: str = vl_convert.vegalite_to_svg(_declare(chart).to_dict(), vl_version="6.4")
    svg = svg.replace(INK, "currentColor").replace('font-family="sans-serif"', 'font-family="inherit"')
    svg = re.sub(r'\s(?:role|aria-[a-z]+)="[^"]*"', "", svg)
    svg = re.sub(r'\bid="', f'id="{chart.id}-', svg).replace("url(#", f"url(#{chart.id}-")
    size = re.search(r'viewBox="[^"]*"', svg)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size[0] if size else ""} role="img" '
        f'aria-labelledby="{chart.id}-title {chart.id}-desc"><title id="{chart.id}-title">'
        f'{escape(chart.title)}</title><desc id="{chart.id}-desc">{escape(_in_words(chart))}</desc>'
    )
    return re.sub(r"<svg[^>]*>", lambda _: head, svg, count=1)


def _declare(chart: Chart) -> Any:
    values = [
        {
            "row": f"{number:03d}",
            "label": mark.label,
            "kind": mark.kind,
            "value": mark.value,
            "low": mark.low,
            "high": mark.high,
            "start": 0,
        }
        for number, mark in enumerate(chart.marks)
    ]
    rows = alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0.1))
    axis = alt.Axis(title=chart.axis, grid=True, tickCount=6)
    base = alt.Chart(alt.InlineData(values)).encode(y=rows)
    label = base.mark_text(align="left", dx=0, dy=-9, fontSize=11.5).encode(
        x=alt.X("start:Q"), text="label:N"
    )
    ranges = base.mark_rule(yOffset=8, strokeWidth=2).encode(x=alt.X("low:Q", axis=axis), x2="high:Q")
    shapes = alt.Scale(domain=list(SHAPES), range=list(SHAPES.values()))
    spots = base.mark_point(yOffset=8, size=70, filled=True, opacity=1).encode(
        x="value:Q", shape=alt.Shape("kind:N", scale=shapes, legend=None)
    )
    layers = alt.layer(ranges, spots, label).properties(
        width=WIDTH, height=ROW_HEIGHT * len(values), background="transparent"
    )
    return _in_ink(layers)


def _in_ink(layers: Any) -> Any:
    return (
        layers.configure_axis(
            labelColor=INK,
            titleColor=INK,
            domainColor=INK,
            tickColor=INK,
            gridColor=INK,
            gridOpacity=0.15,
            labelFontSize=11,
            titleFontSize=11,
            titleFontWeight="normal",
        )
        .configure_view(stroke=None)
        .configure_mark(color=INK)
        .configure_text(color=INK)
        .configure_rule(color=INK)
        .configure_point(color=INK, fill=INK)
    )


def _year(one: Reading, ledger: Ledger) -> str:
    return ledger.index("studies", "study_id")[one.study_id]["fieldwork"][:4]


def _printed_marks(ledger: Ledger, readings: list[Reading]) -> Iterator[Mark]:
    sources = ledger.index("sources", "source_id")
    for one in readings:
        # A long label would widen the drawing, and so shrink all its text.
        publisher = re.split(r" [(/]", sources[one.row["source_id"]]["publisher"])[0]
        root = ledger.readings[one.root_id]
        others = ", other population" if differ(root.population_id, one.population_id) else ""
        yield _printed_mark(f"{_year(one, ledger)}: {one.printed} – {publisher}{others}", one)


def _printed_mark(label: str, one: Reading) -> Mark:
    if one.low and one.high and one.low != one.high:
        return Mark(label, PRINTED, None, float(one.low), float(one.high))
    return Mark(label, PRINTED, float(one.low or one.high))


def _intervals(ledger: Ledger, rows: Rows, value_id: str, denominator_id: str) -> Iterator[Mark]:
    """The counted share with its Wilson interval at each design effect."""
    year = _year(ledger.readings[value_id], ledger)
    assumed = ledger.index("assumptions", "assumption_id")
    chosen = [
        row
        for row in rows("intervals")
        if (row["value_id"], row["denominator_id"], row["method"]) == (value_id, denominator_id, "wilson")
        and assumed[row["assumption_id"]]["parameter"] == "design_effect"
    ]
    for row in sorted(chosen, key=lambda row: float(row["design_effect"])):
        counts = f"{row['numerator']} of {int(row['denominator']):,}"
        how = f"{100 * float(row['level']):g} % interval, design effect {float(row['design_effect']):g}"
        label = f"{year}: {counts}, {how}"
        kind = COUNTED if row["basis"] == "counted" else SCENARIO
        limits = [100 * float(row[name]) for name in ("estimate", "lower", "upper")]
        yield Mark(label, kind, *limits)


def share_under_18(ledger: Ledger, rows: Rows) -> Chart:
    """The two waves as printed, and the counts of 2015 with their interval."""
    exact = [ledger.readings["KH038"], ledger.oldest_point("KH038"), ledger.readings["KH010"]]
    marks = [*_printed_marks(ledger, exact), *_intervals(ledger, rows, "KH010", "KH005")]
    return Chart(
        "share-under-18",
        "Share judged under 18, as printed and as counted",
        "Each row is one printed share, or the share that the printed counts give, with its interval.",
        "percent of people in sampled venues, unless marked",
        marks,
        [
            "Intervals cover sampling only, not how age was judged or who was out of sight.",
            "The earlier wave has no interval: its base is not printed.",
            "Design effects above 1 are assumed.",
            f"Another paper prints {ledger.readings['KH006'].printed} people for 2015.",
        ],
        ("data/derived/intervals.csv", "data/reported_values.csv"),
    )


def printed_versions(ledger: Ledger, rows: Rows) -> Chart:
    """Every printing of the share under 18, both waves."""
    readings = [one for root in ("KH038", "KH010") for one in ledger.printings(root)]
    readings.sort(key=lambda one: (_year(one, ledger), -float(one.high or one.low), one.id))
    return Chart(
        "printed-versions",
        "Every printed version of the share under 18",
        "Each row is one source and the share that it prints.",
        "percent of the population that the source names",
        list(_printed_marks(ledger, readings)),
        [
            "The sources do not name the same population: the table of printed versions says which.",
            "A point given roughly is drawn at the number that is printed.",
            "The year is that of the study, not the one that a source prints.",
        ],
        ("data/reported_values.csv", "data/derived/conflicts.csv"),
    )


def under_16(ledger: Ledger, rows: Rows) -> Chart:
    """The share under 16, and what "none found" in one city can rule out."""
    shares = [ledger.readings["KH043"], ledger.readings["KH018"]]
    plain = [mark for mark in _intervals(ledger, rows, "KH018", "KH005") if mark.kind == COUNTED]
    bounds = [
        Mark(
            f"none found, if {int(row['n']):,} people were seen",
            SCENARIO,
            None,
            0,
            100 * float(row["share"]),
        )
        for row in rows("zero_bounds")
        if row["measure"] == "upper_bound" and row["value_id"] == "KH021"
    ]
    return Chart(
        "under-16",
        "Share judged under 16, and how far “none found” reaches",
        "The printed shares of both waves and the counted share, then the range of shares that stay "
        "possible in Sihanoukville after none was found, for assumed numbers of people seen.",
        "percent of people in sampled venues",
        [*_printed_marks(ledger, shares), *plain, *bounds],
        [
            "The number of people seen in Sihanoukville is not printed, so each such row is a scenario.",
            "Ranges are one-sided, from 0 to the bound, and cover sampling only.",
        ],
        ("data/derived/zero_bounds.csv", "data/derived/intervals.csv"),
    )


CHARTS: dict[str, Callable[[Ledger, Rows], Chart]] = {
    "share-under-18": share_under_18,
    "printed-versions": printed_versions,
    "under-16": under_16,
}
