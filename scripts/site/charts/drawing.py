"""Draws the panels of a chart with Altair, as one SVG that takes its ink from the page.

All is placed for a phone: the drawing is as wide as its column there, so text keeps its size.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape
from textwrap import wrap
from typing import Any

import altair as alt
import vl_convert

from scripts.site.charts.model import Chart, Kind, Line, Lines, Mark, Plot, Scale

WIDTH, LEFT = 318, 46  # in units of the drawing; a plot keeps room for what stands left of it
FONT, LINE_HEIGHT, MARK_HEIGHT, MARK_AT, LIFT = 12, 14, 25, 9, 11
LABEL_WIDTH, TITLE_WIDTH = 52, 46  # characters that fit
INK = "#010203"  # replaced by currentColor, so it must occur nowhere else
LABELS = {"percent": "datum.label + ' %'", "count": "datum.label", "year": "datum.label"}
FORMATS = {"percent": ",.4~f", "count": ",d", "year": "d"}
DASHES = {"yes": [3, 3], "no": [1, 0]}
IN_INK = {
    "axis": {
        "labelColor": INK,
        "domainColor": INK,
        "tickColor": INK,
        "gridColor": INK,
        "gridOpacity": 0.2,
        "labelFontSize": FONT,
        "labelOverlap": True,
    },
    "title": {
        "color": INK,
        "fontSize": FONT,
        "fontWeight": "bold",
        "lineHeight": LINE_HEIGHT,
        "subtitleColor": INK,
        "subtitleFontSize": FONT,
        "subtitleLineHeight": LINE_HEIGHT,
    },
    "view": {"stroke": None},
    "mark": {"color": INK},
    "text": {"color": INK, "fontSize": FONT},
    "rule": {"color": INK},
    "tick": {"color": INK},
    "line": {"color": INK},
    "point": {"stroke": INK},
}


def svg(chart: Chart, words: str) -> str:
    """Draw a chart; its title and these words stand for it where it cannot be seen."""
    panels = [_lines(panel) if isinstance(panel, Lines) else _plot(panel) for panel in chart.panels]
    rows: dict[str, Any] = {}  # Altair gathers those of all panels here
    context = {"top_level": False, "datasets": rows}
    drawing = {  # as alt.vconcat would make it, in a fraction of the time
        "vconcat": [panel.to_dict(context=context) for panel in panels],
        "datasets": rows,
        "spacing": 14,
        "background": "transparent",
        "padding": 2,
        "resolve": {"scale": {"x": "independent", "y": "independent", "shape": "independent"}},
        "config": IN_INK,
    }
    drawn = vl_convert.vegalite_to_svg(drawing, vl_version="6.4")
    return _named(_lean(drawn, chart.id), chart, words)


def _lean(drawn: str, prefix: str) -> str:
    """Leave out what a page does not need, and make ids that are unique on it."""
    drawn = drawn.replace(INK, "currentColor").replace(' font-family="sans-serif"', "")
    drawn = re.sub(r'\s(?:role|aria-[a-z]+)="[^"]*"', "", drawn)
    drawn = re.sub(r'\bid="', f'id="{prefix}-', drawn).replace("url(#", f"url(#{prefix}-")
    drawn = re.sub(r"<[^>]*>", lambda tag: re.sub(r"-?\d+\.\d\d+", _short, tag[0]), drawn)
    while (leaner := re.sub(r"<g[^>]*></g>", "", drawn)) != drawn:
        drawn = leaner
    return re.sub(r'<path class="(?:background|foreground)"[^>]*>(?:</path>)?', "", drawn)


def _short(digits: re.Match[str]) -> str:
    return f"{float(digits[0]):.1f}".removesuffix(".0")


def _named(drawn: str, chart: Chart, words: str) -> str:
    size = re.search(r'viewBox="[^"]*"', drawn)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size[0] if size else ""} font-family="inherit" '
        f'role="img" aria-labelledby="{chart.id}-title {chart.id}-desc"><title id="{chart.id}-title">'
        f'{escape(chart.title)}</title><desc id="{chart.id}-desc">{escape(words)}</desc>'
    )
    return re.sub(r"<svg[^>]*>", lambda _: head, drawn, count=1)


def _title(text: str, note: str = "") -> Any:
    below = _wrapped(note, LABEL_WIDTH) if note else alt.Undefined
    words = _wrapped(text, TITLE_WIDTH)
    return alt.TitleParams(text=words, subtitle=below, anchor="start", frame="bounds", offset=8)


def _wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines that fit, however long its words are, and keep a number with its sign."""
    return wrap(text.replace(" %", "\N{NO-BREAK SPACE}%"), width) or [""]


def _axis(scale: Scale, **options: Any) -> Any:
    named = f"{list(scale.names)}[indexof({list(scale.ticks)}, datum.value)]"
    words = named if scale.names else LABELS[scale.unit]
    return alt.Axis(
        title=None, values=list(scale.ticks), format=FORMATS[scale.unit], labelExpr=words, **options
    )


def _lines(panel: Lines) -> Any:
    """Labels from the left edge, and below each its marks on the scale of the panel."""
    placed = list(_placed(panel.lines))
    height = placed[-1][2] + MARK_HEIGHT
    axis = _axis(panel.scale, labelFlush=True) if panel.scale.unit else None
    across = alt.Scale(domain=panel.scale.domain, nice=False, zero=False)
    up = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, height], range=[0, height]))
    labels = [{"y": top, "label": words} for words, top, _, _ in placed]
    marks = [_datum(mark, y + MARK_AT) for _, _, y, line in placed for mark in line.marks]
    joins = [_join(line, y + MARK_AT) for _, _, y, line in placed if line.is_joined]
    base = alt.Chart(alt.InlineData(marks)).encode(y=up)

    def along(field: str) -> Any:
        return alt.X(f"{field}:Q", axis=axis, scale=across)

    words = alt.Chart(alt.InlineData(labels)).mark_text(
        align="left", baseline="top", lineHeight=LINE_HEIGHT
    )
    spots = base.transform_filter("datum.at !== null").encode(x=along("at"))
    spans = base.transform_filter("datum.high !== null").encode(x=along("low"), x2="high:Q")
    ends = [spans.encode(x=along(end)) for end in ("low", "high")]
    layers = [
        *([_joined(joins, up, along("low"))] if joins else []),
        _dashed(spans.mark_rule(strokeWidth=2)),
        *(end.mark_tick(thickness=2, size=10, orient="vertical", opacity=1) for end in ends),
        *_shapes(spots, [mark.kind for line in panel.lines for mark in line.marks]),
        spots.mark_text(align="left", dx=8, dy=1).encode(text="text:N"),
        words.encode(x=alt.value(0), y=up, text="label:N"),
    ]
    return alt.layer(*layers).properties(width=WIDTH, height=height, title=_title(panel.title))


def _placed(lines: Iterable[Line]) -> Iterator[tuple[list[str], float, float, Line]]:
    """Each line with its label in pieces, where the label begins and where the marks begin."""
    top = 0.0
    for line in lines:
        words = _wrapped(line.label, LABEL_WIDTH)
        marks_at = top + LINE_HEIGHT * len(words) + LIFT * max(mark.lift for mark in line.marks)
        yield words, top, marks_at, line
        top = marks_at + MARK_HEIGHT


def _datum(mark: Mark, y: float) -> dict[str, Any]:
    return {
        "y": y - LIFT * mark.lift,
        "at": mark.at,
        "low": mark.low,
        "high": mark.high,
        "text": mark.text,
        "dash": "yes" if mark.kind.dashed else "no",
        **_look(mark.kind),
    }


def _join(line: Line, y: float) -> dict[str, Any]:
    ends = [end for mark in line.marks for end in mark.ends]
    return {"y": y, "low": min(ends), "high": max(ends)}


def _joined(joins: list[dict[str, Any]], up: Any, across: Any) -> Any:
    joined = alt.Chart(alt.InlineData(joins)).mark_rule(strokeWidth=1)
    return joined.encode(x=across, x2="high:Q", y=up)


def _look(kind: Kind) -> dict[str, Any]:
    return {"kind": kind.meaning, "fill": float(kind.solid)}


def _dashed(rules: Any) -> Any:
    dash = alt.Scale(domain=list(DASHES), range=list(DASHES.values()))
    return rules.encode(strokeDash=alt.StrokeDash("dash:N", scale=dash, legend=None))


def _shapes(spots: Any, kinds: Iterable[Kind]) -> Iterator[Any]:
    """Points whose shape and filling tell their kind."""
    shapes = {kind.meaning: kind.shape for kind in kinds}
    scale = alt.Scale(domain=list(shapes), range=list(shapes.values()))
    yield spots.mark_point(size=70, strokeWidth=1.5, opacity=1, fill=INK).encode(
        shape=alt.Shape("kind:N", scale=scale, legend=None),
        fillOpacity=alt.FillOpacity("fill:Q", scale=None),
    )


def _plot(panel: Plot) -> Any:
    """Points over an axis, with the curve below and breaks as dashed lines from top to bottom."""
    across = alt.X(
        "x:Q", axis=_axis(panel.across), scale=alt.Scale(domain=panel.across.domain, nice=False, zero=False)
    )
    side = _axis(panel.up, minExtent=LEFT, maxExtent=LEFT)
    up = alt.Y("y:Q", axis=side, scale=alt.Scale(domain=panel.up.domain, nice=False, zero=False))
    points = [{"x": one.x, "y": one.y, "text": one.text, **_look(one.kind)} for one in panel.points]
    base = alt.Chart(alt.InlineData(points)).encode(x=across, y=up)
    curve = alt.Chart(alt.InlineData([{"x": x, "y": y} for x, y in panel.curve]))
    breaks = alt.Chart(alt.InlineData([{"x": at} for at in sorted({one.x for one in panel.breaks})]))
    layers = [
        *([breaks.mark_rule(strokeDash=[4, 3]).encode(x=across)] if panel.breaks else []),
        *([curve.mark_line(strokeWidth=1.5).encode(x=across, y=up)] if panel.curve else []),
        *_shapes(base, [one.kind for one in panel.points]),
        *([base.mark_text(align="left", dx=8, dy=-6).encode(text="text:N")] if points[0]["text"] else []),
    ]
    return alt.layer(*layers).properties(
        width=WIDTH - LEFT, height=panel.height, title=_title(panel.title, panel.note)
    )
