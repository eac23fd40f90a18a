"""Draws the panels of a chart with Vega-Lite as SVG, once for a desk and once for a phone.

On a desk the labels stand left of their marks; on a phone above them, so that text keeps its size.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from textwrap import wrap
from typing import Any

import vl_convert

from scripts.site.charts.model import (
    INK,
    Chart,
    Kind,
    Line,
    Lines,
    Mark,
    Plot,
    Scale,
)
from scripts.site.charts.on_page import TINTS, Named, on_page
from scripts.site.kept import kept

Spec = dict[str, Any]  # a part of a specification in Vega-Lite's own words
Rows = list[Spec]  # its data
FONT, LINE_HEIGHT, MARK_HEIGHT, MARK_AT, LIFT = 12, 14, 25, 9, 11
LEFT = 46  # a plot keeps room for what stands left of it


@dataclass(frozen=True)
class Width:
    """A drawing of its own for a desk or a phone, in units of the drawing."""

    name: str
    whole: int
    marks: int  # where the scale begins; labels stand left of it, or above where it begins at the edge
    label: int  # characters that fit
    title: int
    columns: int  # of plots side by side

    @property
    def is_beside(self) -> bool:
        """Labels stand beside their marks, not above."""
        return self.marks > 0


DESK = Width(name="desk", whole=720, marks=330, label=50, title=105, columns=2)
PHONE = Width(name="phone", whole=318, marks=0, label=52, title=46, columns=1)
PLOT = PHONE.whole - LEFT
VEGA_LITE = "6.4"  # its version
DRAWN = TINTS[INK]
LABELS = {"percent": "datum.label + ' %'", "count": "datum.label", "year": "datum.label"}
FORMATS = {"percent": ",.4~f", "count": ",d", "year": "d"}
DASHES = {"domain": ["yes", "no"], "range": [[3, 3], [1, 0]]}
DASHED: Spec = {"strokeDash": {"field": "dash", "scale": DASHES, "legend": None}}
TINT: Spec = {"field": "tint", "type": "nominal", "scale": None}
END: Spec = {"thickness": 2, "size": 10, "orient": "vertical", "opacity": 1}  # of a span
LABEL: Spec = {"align": "left", "baseline": "top", "lineHeight": LINE_HEIGHT}
IN_INK = {
    "axis": {
        "labelColor": DRAWN,
        "domainColor": DRAWN,
        "tickColor": DRAWN,
        "gridColor": DRAWN,
        "gridOpacity": 0.15,
        "labelFontSize": FONT,
        "labelOverlap": True,
        "labelSeparation": 6,
    },
    "title": {
        "color": DRAWN,
        "fontSize": FONT,
        "fontWeight": "bold",
        "lineHeight": LINE_HEIGHT,
        "subtitleColor": DRAWN,
        "subtitleFontSize": FONT,
        "subtitleLineHeight": LINE_HEIGHT,
    },
    "view": {"stroke": None},
    "mark": {"color": DRAWN},
    "text": {"color": DRAWN, "fontSize": FONT},
    "rule": {"color": DRAWN},
    "tick": {"color": DRAWN},
    "line": {"color": DRAWN},
    "point": {"stroke": DRAWN},
}


def svg(chart: Chart, words: str) -> str:
    """Draw a chart for a desk and for a phone; its title and these words stand for it if it is not seen."""
    return "\n".join(_drawn(chart, words, width) for width in (DESK, PHONE))


def _drawn(chart: Chart, words: str, width: Width) -> str:
    drawing = {
        "concat": list(_panels(chart, width)),
        "columns": width.columns if all(isinstance(one, Plot) for one in chart.panels) else 1,
        "spacing": 14,
        "background": "transparent",
        "padding": 2,
        "resolve": {"scale": {"x": "independent", "y": "independent", "shape": "independent"}},
        "config": IN_INK,
    }
    declared = json.dumps([version("vl-convert-python"), VEGA_LITE, drawing])
    drawn = kept(declared, lambda: vl_convert.vegalite_to_svg(drawing, vl_version=VEGA_LITE))
    return on_page(drawn, Named(f"{chart.id}-{width.name}", width.name, chart.title, words))


def _panels(chart: Chart, width: Width) -> Iterator[Spec]:
    """The panels; where labels stand beside the marks, panels with one scale share the axis of the last."""
    for one, after in zip(chart.panels, (*chart.panels[1:], None), strict=True):
        if isinstance(one, Plot):
            yield _plot(one)
            continue
        is_shared = width.is_beside and isinstance(after, Lines) and after.scale == one.scale
        yield _lines(one, width, _axis_below(one.scale, width, is_shared) if one.scale.unit else None)


def _title(text: str, width: Width, note: str = "") -> Spec:
    below = {"subtitle": _wrapped(note, width.label)} if note else {}
    shown = {"text": _wrapped(text, width.title), "anchor": "start", "frame": "bounds", "offset": 8}
    return shown | below


def _wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines that fit, however long its words are, and keep a number with its sign."""
    return wrap(text.replace(" %", "\N{NO-BREAK SPACE}%"), width) or [""]


def _axis(scale: Scale, **options: Any) -> Spec:
    named = f"{list(scale.names)}[indexof({list(scale.ticks)}, datum.value)]"
    words = named if scale.names else LABELS[scale.unit]
    ticks = {"values": list(scale.ticks), "format": FORMATS[scale.unit], "labelExpr": words}
    return {"title": None, **ticks, **options}


def _along(field: str, scale: Scale, axis: Spec | None, **ends: Any) -> Spec:
    """A place on the scale of a panel."""
    return _place(field, axis, domain=scale.domain, nice=False, zero=False, **ends)


def _place(field: str, axis: Spec | None, **scale: Any) -> Spec:
    return {"field": field, "type": "quantitative", "axis": axis, "scale": scale}


def _layer(mark: str, encoding: Spec, rows: Rows | None = None, only: str = "", **looks: Any) -> Spec:
    """Marks of one kind, of rows of their own or of those of the panel, all or those that pass a test."""
    data = {} if rows is None else {"data": {"values": rows}}
    chosen = {"transform": [{"filter": f"datum.{only} !== null"}]} if only else {}
    return {"mark": {"type": mark, **looks}, "encoding": encoding, **data, **chosen}


def _axis_below(scale: Scale, width: Width, is_shared: bool) -> Spec:
    """Numbers below the marks, and lines behind these where no label stands; lines alone above another."""
    bare = {"labels": False, "ticks": False, "domain": False} if is_shared else {}
    return _axis(scale, labelFlush=True, grid=width.is_beside, **bare)


def _lines(panel: Lines, width: Width, axis: Spec | None) -> Spec:
    """Labels from the left edge, and beside or below each its marks on the scale of the panel."""
    placed = list(_placed(panel.lines, width))
    height = placed[-1][-1]
    y, ends = _y(height), {"range": [width.marks, width.whole - _room(panel, width)]}
    at, low, high = ({"x": _along(end, panel.scale, axis, **ends), "y": y} for end in ("at", "low", "high"))
    span = low | {"x2": {"field": "high"}}
    labels = [{"y": top, "label": words} for words, top, *_ in placed]
    marks = [_datum(mark, y) for _, _, y, line, _ in placed for mark in line.marks]
    joins = [_join(line, y) for _, _, y, line, _ in placed if line.is_joined]
    layers = [
        *([_layer("rule", span, joins, strokeWidth=1)] if joins else []),
        _layer("rule", span | DASHED | {"color": TINT}, only="high", strokeWidth=3),
        *(_layer("tick", end | {"color": TINT}, only="high", **END) for end in (low, high)),
        _shapes(at, [mark.kind for line in panel.lines for mark in line.marks], "at"),
        _layer("text", at | {"text": {"field": "text"}}, only="at", align="left", dx=8, dy=1),
        _layer("text", {"x": {"value": 0}, "y": y, "text": {"field": "label"}}, labels, **LABEL),
    ]
    return _panel(
        layers=layers, rows=marks, width=width.whole, height=height, title=_title(panel.title, width)
    )


def _room(panel: Lines, width: Width) -> int:
    """What stays free at the right of the last mark for its text."""
    return 8 if width.is_beside and panel.scale.unit else 0


def _y(height: float) -> Spec:
    """A place so many units below the top of the panel."""
    return _place("y", None, domain=[0, height], range=[0, height])


def _panel(layers: list[Spec], rows: Rows, width: float, height: float, title: Spec) -> Spec:
    return {"layer": layers, "data": {"values": rows}, "width": width, "height": height, "title": title}


def _placed(lines: Iterable[Line], width: Width) -> Iterator[tuple[list[str], float, float, Line, float]]:
    """Each line with its label in pieces, where the label begins, where its marks lie, and its end."""
    top = 0.0
    for line in lines:
        words = _wrapped(line.label, width.label)
        tall, lift = LINE_HEIGHT * len(words), LIFT * max(mark.lift for mark in line.marks)
        if width.is_beside:
            end = top + max(tall + 8, MARK_HEIGHT - 4 + lift)
            yield words, top, top + lift + MARK_AT - 2, line, end
        else:
            end = top + tall + lift + MARK_HEIGHT
            yield words, top, top + tall + lift + MARK_AT, line, end
        top = end


def _datum(mark: Mark, y: float) -> Spec:
    return {
        "y": y - LIFT * mark.lift,
        "at": mark.at,
        "low": mark.low,
        "high": mark.high,
        "text": mark.text,
        "tint": TINTS[mark.tint],
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
        "fill": TINT,
        "stroke": TINT,
    }
    return _layer("point", place | told, only=only, size=80, strokeWidth=1.8, opacity=1)


def _plot(panel: Plot) -> Spec:
    """Points over an axis, with the curve below and breaks as dashed lines from top to bottom."""
    has_grid = not any(one.text for one in panel.points)  # else a line would run through their numbers
    side = _axis(panel.up, grid=has_grid, minExtent=LEFT, maxExtent=LEFT)
    x = {"x": _along("x", panel.across, _axis(panel.across, grid=has_grid))}
    place = x | {"y": _along("y", panel.up, side)}
    points = [
        {"x": one.x, "y": one.y, "text": one.text, "tint": TINTS[one.tint], **_look(one.kind)}
        for one in panel.points
    ]
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
        width=PLOT,
        height=panel.height,
        title=_title(panel.title, PHONE, panel.note),
    )
