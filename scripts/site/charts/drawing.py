"""Draws the panels of a chart with Vega-Lite, as one SVG that takes its ink from the page.

All is placed for a phone: the drawing is as wide as its column there, so text keeps its size.
"""

import json
import re
from collections.abc import Iterable, Iterator
from html import escape
from importlib.metadata import version
from textwrap import wrap
from typing import Any

import vl_convert

from scripts.site.charts.model import Chart, Kind, Line, Lines, Mark, Plot, Scale
from scripts.site.kept import kept

Spec = dict[str, Any]  # a part of a specification in Vega-Lite's own words
Rows = list[Spec]  # its data
WIDTH, LEFT = 318, 46  # in units of the drawing; a plot keeps room for what stands left of it
FONT, LINE_HEIGHT, MARK_HEIGHT, MARK_AT, LIFT = 12, 14, 25, 9, 11
LABEL_WIDTH, TITLE_WIDTH = 52, 46  # characters that fit
VEGA_LITE = "6.4"  # its version
INK = "#010203"  # replaced by currentColor, so it must occur nowhere else
LABELS = {"percent": "datum.label + ' %'", "count": "datum.label", "year": "datum.label"}
FORMATS = {"percent": ",.4~f", "count": ",d", "year": "d"}
DASHES = {"domain": ["yes", "no"], "range": [[3, 3], [1, 0]]}
DASHED: Spec = {"strokeDash": {"field": "dash", "scale": DASHES, "legend": None}}
END: Spec = {"thickness": 2, "size": 10, "orient": "vertical", "opacity": 1}  # of a span
LABEL: Spec = {"align": "left", "baseline": "top", "lineHeight": LINE_HEIGHT}
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
    drawing = {
        "vconcat": [_lines(one) if isinstance(one, Lines) else _plot(one) for one in chart.panels],
        "spacing": 14,
        "background": "transparent",
        "padding": 2,
        "resolve": {"scale": {"x": "independent", "y": "independent", "shape": "independent"}},
        "config": IN_INK,
    }
    declared = json.dumps([version("vl-convert-python"), VEGA_LITE, drawing])
    drawn = kept(declared, lambda: vl_convert.vegalite_to_svg(drawing, vl_version=VEGA_LITE))
    return _named(_lean(drawn, chart.id), chart, words)


def _lean(drawn: str, prefix: str) -> str:
    """Leave out what a page does not need, and make ids that are unique on it."""
    drawn = drawn.replace(INK, "currentColor").replace(' font-family="sans-serif"', "")
    drawn = re.sub(r'\s(?:role|aria-[a-z]+)="[^"]*"', "", drawn)
    drawn = re.sub(r'\bid="', f'id="{prefix}-', drawn).replace("url(#", f"url(#{prefix}-")
    drawn = re.sub(r"<[^>]*>", lambda tag: re.sub(r"-?\d+\.\d\d+(?:e-\d+)?", _short, tag[0]), drawn)
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


def _title(text: str, note: str = "") -> Spec:
    below = {"subtitle": _wrapped(note, LABEL_WIDTH)} if note else {}
    return {"text": _wrapped(text, TITLE_WIDTH), "anchor": "start", "frame": "bounds", "offset": 8} | below


def _wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines that fit, however long its words are, and keep a number with its sign."""
    return wrap(text.replace(" %", "\N{NO-BREAK SPACE}%"), width) or [""]


def _axis(scale: Scale, **options: Any) -> Spec:
    named = f"{list(scale.names)}[indexof({list(scale.ticks)}, datum.value)]"
    words = named if scale.names else LABELS[scale.unit]
    ticks = {"values": list(scale.ticks), "format": FORMATS[scale.unit], "labelExpr": words}
    return {"title": None, **ticks, **options}


def _along(field: str, scale: Scale, axis: Spec | None) -> Spec:
    """A place on the scale of a panel."""
    return _place(field, axis, domain=scale.domain, nice=False, zero=False)


def _place(field: str, axis: Spec | None, **scale: Any) -> Spec:
    return {"field": field, "type": "quantitative", "axis": axis, "scale": scale}


def _layer(mark: str, encoding: Spec, rows: Rows | None = None, only: str = "", **looks: Any) -> Spec:
    """Marks of one kind, of rows of their own or of those of the panel, all or those that pass a test."""
    data = {} if rows is None else {"data": {"values": rows}}
    chosen = {"transform": [{"filter": f"datum.{only} !== null"}]} if only else {}
    return {"mark": {"type": mark, **looks}, "encoding": encoding, **data, **chosen}


def _lines(panel: Lines) -> Spec:
    """Labels from the left edge, and below each its marks on the scale of the panel."""
    placed = list(_placed(panel.lines))
    height = placed[-1][2] + MARK_HEIGHT
    axis = _axis(panel.scale, labelFlush=True) if panel.scale.unit else None
    y = _y(height)
    at, low, high = ({"x": _along(end, panel.scale, axis), "y": y} for end in ("at", "low", "high"))
    span = low | {"x2": {"field": "high"}}
    labels = [{"y": top, "label": words} for words, top, _, _ in placed]
    marks = [_datum(mark, y + MARK_AT) for _, _, y, line in placed for mark in line.marks]
    joins = [_join(line, y + MARK_AT) for _, _, y, line in placed if line.is_joined]
    layers = [
        *([_layer("rule", span, joins, strokeWidth=1)] if joins else []),
        _layer("rule", span | DASHED, only="high", strokeWidth=2),
        *(_layer("tick", end, only="high", **END) for end in (low, high)),
        _shapes(at, [mark.kind for line in panel.lines for mark in line.marks], "at"),
        _layer("text", at | {"text": {"field": "text"}}, only="at", align="left", dx=8, dy=1),
        _layer("text", {"x": {"value": 0}, "y": y, "text": {"field": "label"}}, labels, **LABEL),
    ]
    return _panel(layers=layers, rows=marks, width=WIDTH, height=height, title=_title(panel.title))


def _y(height: float) -> Spec:
    """A place so many units below the top of the panel."""
    return _place("y", None, domain=[0, height], range=[0, height])


def _panel(layers: list[Spec], rows: Rows, width: float, height: float, title: Spec) -> Spec:
    return {"layer": layers, "data": {"values": rows}, "width": width, "height": height, "title": title}


def _placed(lines: Iterable[Line]) -> Iterator[tuple[list[str], float, float, Line]]:
    """Each line with its label in pieces, where the label begins and where the marks begin."""
    top = 0.0
    for line in lines:
        words = _wrapped(line.label, LABEL_WIDTH)
        marks_at = top + LINE_HEIGHT * len(words) + LIFT * max(mark.lift for mark in line.marks)
        yield words, top, marks_at, line
        top = marks_at + MARK_HEIGHT


def _datum(mark: Mark, y: float) -> Spec:
    return {
        "y": y - LIFT * mark.lift,
        "at": mark.at,
        "low": mark.low,
        "high": mark.high,
        "text": mark.text,
        "dash": "yes" if mark.kind.dashed else "no",
        **_look(mark.kind),
    }


def _join(line: Line, y: float) -> Spec:
    ends = [end for mark in line.marks for end in mark.ends]
    return {"y": y, "low": min(ends), "high": max(ends)}


def _look(kind: Kind) -> Spec:
    return {"kind": kind.meaning, "fill": float(kind.solid)}


def _shapes(place: Spec, kinds: Iterable[Kind], only: str = "") -> Spec:
    """Points whose shape and filling tell their kind."""
    shapes = {kind.meaning: kind.shape for kind in kinds}
    scale = {"domain": list(shapes), "range": list(shapes.values())}
    told = {
        "shape": {"field": "kind", "scale": scale, "legend": None},
        "fillOpacity": {"field": "fill", "type": "quantitative", "scale": None},
    }
    return _layer("point", place | told, only=only, size=70, strokeWidth=1.5, opacity=1, fill=INK)


def _plot(panel: Plot) -> Spec:
    """Points over an axis, with the curve below and breaks as dashed lines from top to bottom."""
    side = _axis(panel.up, minExtent=LEFT, maxExtent=LEFT)
    x = {"x": _along("x", panel.across, _axis(panel.across))}
    place = x | {"y": _along("y", panel.up, side)}
    points = [{"x": one.x, "y": one.y, "text": one.text, **_look(one.kind)} for one in panel.points]
    curve = [{"x": across, "y": up} for across, up in panel.curve]
    breaks = [{"x": at} for at in sorted({one.x for one in panel.breaks})]
    words = place | {"text": {"field": "text"}}
    layers = [
        *([_layer("rule", x, breaks, strokeDash=[4, 3])] if breaks else []),
        *([_layer("line", place, curve, strokeWidth=1.5)] if curve else []),
        _shapes(place, [one.kind for one in panel.points]),
        *([_layer("text", words, align="left", dx=8, dy=-6)] if points[0]["text"] else []),
    ]
    return _panel(
        layers=layers,
        rows=points,
        width=WIDTH - LEFT,
        height=panel.height,
        title=_title(panel.title, panel.note),
    )
