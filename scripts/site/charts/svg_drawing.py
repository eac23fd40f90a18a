"""Draw the panels of a chart as SVG with Vega-Lite, once for desktops and once for phones.

On desktops, labels are to the left of their marks; on phones they are above, so that the text keeps its
size. Colours come from the page; ids and words are part of the drawing.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from importlib.metadata import version
from textwrap import wrap
from typing import Any

import vl_convert

from scripts.site.charts import chart_model
from scripts.site.disk_cache import get_cached_or_make

Spec = dict[str, Any]  # part of a Vega-Lite specification, in its own terms
FONT, LINE_HEIGHT, MARK_HEIGHT, MARK_AT, LIFT = 12, 14, 25, 9, 11
LARGE = 14  # the size of letters in the number above a picture of squares
PADDING, BETWEEN = 2, 14  # around all panels, and between them
CELL = 14  # the label of a tick this close to the end of a scale is kept within it
LETTER = 6.3  # the average width of a letter, at most
STICKS_OUT = 24  # words may be drawn this much wider than measured; the picture then shrinks a little
TABLE = " The table below has every number."
LEFT = 46  # room to the left of a vertical axis
VEGA_LITE = "6.4"  # its version
# A placeholder for each tint, which is replaced by the page's colour; it must occur nowhere else.
TINTS = {name: f"#0102{at:02x}" for at, name in enumerate(chart_model.TINTS)}
DRAWN = TINTS[chart_model.INK]
LABELS = {  # labels of ticks, as Vega formats them
    "percent": "datum.label + '%'",
    "count": "datum.value < 1e6 ? datum.label : datum.value / 1e6 + ' million'",
    "year": "datum.label",
}
FORMATS = {"percent": ",.4~f", "count": ",d", "year": "d"}
TINT: Spec = {"field": "tint", "type": "nominal", "scale": None}
END: Spec = {"thickness": 2, "size": 10, "orient": "vertical", "opacity": 1}  # the end mark of a range
LABEL: Spec = {"align": "left", "baseline": "top", "lineHeight": LINE_HEIGHT}
WORDS: Spec = {"color": DRAWN, "fontSize": FONT, "lineHeight": LINE_HEIGHT}
IN_INK = {
    "axis": {
        **{f"{part}Color": DRAWN for part in ("label", "domain", "tick", "grid")},
        **{"gridOpacity": 0.15, "labelFontSize": FONT, "labelOverlap": True, "labelSeparation": 6},
    },
    "title": {
        **WORDS,
        **{f"subtitle{name[0].upper()}{name[1:]}": value for name, value in WORDS.items()},
        "fontWeight": "bold",
    },
    "view": {"stroke": None},
    "text": {"color": DRAWN, "fontSize": FONT},
    **{mark: {"color": DRAWN} for mark in ("mark", "rule", "tick")},
    "point": {"stroke": DRAWN},
}


@dataclass(frozen=True, kw_only=True)
class DrawingMeasures:
    """The measurements of the drawing for a desktop or a phone, in units of the drawing."""

    name: str
    whole: int
    marks: int  # where the scale begins; labels are left of it, or above if it begins at the edge
    label: int  # characters that fit
    title: int
    columns: int  # of plots side by side
    square: int  # each side of a picture of a hundred squares


DESK = DrawingMeasures(name="desk", whole=720, marks=330, label=50, title=105, columns=2, square=210)
PHONE = DrawingMeasures(name="phone", whole=318, marks=0, label=52, title=46, columns=1, square=150)


def chart_as_svg(chart: chart_model.Chart, name: str) -> str:
    """Draw a chart for wide and for narrow screens, with its title and `found` as alternative text."""
    return "\n".join(_draw_at_width(chart, name, width) for width in (DESK, PHONE))


def _draw_at_width(chart: chart_model.Chart, name: str, width: DrawingMeasures) -> str:
    """Draw a chart for one width; raises ValueError if the words do not fit."""
    drawing = {
        "concat": list(_panel_specs(chart.panels, _measures_with_narrowest_labels(chart, width))),
        "columns": _number_of_panels_side_by_side(chart.panels, width),
        "spacing": BETWEEN,
        "background": "transparent",
        "padding": PADDING,
        "resolve": {"scale": {"x": "independent", "y": "independent", "shape": "independent"}},
        "config": IN_INK,
    }
    declared = json.dumps([version("vl-convert-python"), VEGA_LITE, drawing])
    drawn = get_cached_or_make(declared, lambda: vl_convert.vegalite_to_svg(drawing, vl_version=VEGA_LITE))
    found = re.search(r'viewBox="0 0 ([\d.]+)', drawn)
    if not found or float(found[1]) > width.whole + STICKS_OUT:
        raise ValueError(f"Words of the chart “{name}” are too long for a {width.name}.")
    return _svg_as_html(drawn, f"{name}-{width.name}", width.name, chart)


def _number_of_panels_side_by_side(panels: Sequence[chart_model.Panel], width: DrawingMeasures) -> int:
    """How many panels to draw side by side, which depends on their kind and on the width."""
    if any(panel.up and not panel.up.ticks for panel in panels):
        return len(panels)
    return width.columns if all(panel.up for panel in panels) else 1


def _measures_with_narrowest_labels(chart: chart_model.Chart, width: DrawingMeasures) -> DrawingMeasures:
    """The measurements with labels no wider than they need to be, so that the marks have more room."""
    lines = [words for panel in chart.panels for line in panel.lines for words in line.label.split("\n")]
    longest = max([len(words) for words in lines], default=0)
    return replace(width, marks=min(width.marks, round(LETTER * longest) + 16))


def _panel_specs(panels: Sequence[chart_model.Panel], width: DrawingMeasures) -> Iterator[Spec]:
    """Yield the specification of each panel; neighbours with the same scale share the last one's axis."""
    for panel, after in zip(panels, (*panels[1:], None), strict=True):
        if panel.up:
            is_square = not panel.up.ticks  # there is no axis to read
            yield (
                _spec_of_square_panel(panel, panel.up, width, len(panels))
                if is_square
                else _spec_of_panel_over_axis(panel, panel.up)
            )
            continue
        is_shared = after and after.across == panel.across
        has_letters = any(mark.kind.letter for mark in panel.marks)
        flush = {
            "labelFlush": CELL if has_letters else 1,
            "grid": (width.marks > 0 or bool(panel.across.last)) and not has_letters,
        }
        bare = {"labels": False, "ticks": False, "domain": False} if is_shared else {}
        axis = _axis_spec(panel.across, **flush, **bare) if panel.across.ticks else None
        yield _spec_of_panel_of_labelled_rows(panel, width, axis)


def _spec_of_panel_of_labelled_rows(
    panel: chart_model.Panel, width: DrawingMeasures, axis: Spec | None
) -> Spec:
    """A panel of labels at the left edge, with their marks next to them or below on the panel's scale."""
    placed = list(_lines_with_heights(panel.lines, width))
    height = placed[-1][-1]
    y = _position_encoding("y", None, domain=[0, height], range=[0, height])
    ends = [width.marks, width.whole - (8 if width.marks else 0)]
    across = {end: _scaled_position(end, panel.across, axis, range=ends) for end in ("at", "low", "high")}
    rows = [
        _mark_as_data_row(mark, y - LIFT * mark.lift) for line, _, y, _ in placed for mark in line.marks
    ]
    labels = [label for _, label, _, _ in placed]
    joins = [
        {"y": y, "low": min(line.numbers_on_axis), "high": max(line.numbers_on_axis)}
        for line, _, y, _ in placed
        if line.is_joined
    ]
    span = {"x": across["low"], "x2": {"field": "high"}, "y": y}
    layers = [
        _layer_spec("rule", joins, span, strokeWidth=1),
        *_layers_of_marks(rows, {end: {"x": x, "y": y} for end, x in across.items()}, panel.marks),
        _layer_spec("text", labels, {"x": {"value": 0}, "y": y, "text": {"field": "text"}}, **LABEL),
    ]
    if panel.across.last and not width.marks:
        layers.append(_spec_of_axis_labels_below(panel.across, across["at"], y))
    return _panel_spec(layers, width.whole, height, _title_spec(panel, width.title, width.label))


def _spec_of_axis_labels_below(scale: chart_model.AxisScale, x: Spec, y: Spec) -> Spec:
    """The labels of an axis that is drawn above many lines, repeated below the last line."""
    height = y["scale"]["domain"][1]
    labels = [f"{tick:g}" for tick in scale.ticks[:-1]] + [scale.last]
    rows = [{"at": at, "y": height, "text": text} for at, text in zip(scale.ticks, labels, strict=True)]
    return _layer_spec("text", rows, {"x": x, "y": y, "text": {"field": "text"}}, baseline="top", dy=2)


def _spec_of_panel_over_axis(panel: chart_model.Panel, up: chart_model.AxisScale) -> Spec:
    """A panel of marks above an axis."""
    has_grid = not any(
        mark.text and not mark.kind.is_dotted for mark in panel.marks
    )  # otherwise, lines of the grid would run through the numbers of marks
    side = _axis_spec(up, grid=has_grid, minExtent=LEFT, maxExtent=LEFT)
    x, y = (
        _scaled_position("at", panel.across, _axis_spec(panel.across, grid=has_grid)),
        _scaled_position("y", up, side),
    )
    rows = [_mark_as_data_row(mark, mark.up) for mark in panel.marks]
    layers = list(_layers_of_marks(rows, {"at": {"x": x, "y": y}}, panel.marks))
    return _panel_spec(
        layers, PHONE.whole - LEFT, panel.height, _title_spec(panel, PHONE.title, PHONE.label)
    )


def _spec_of_square_panel(
    panel: chart_model.Panel, up: chart_model.AxisScale, width: DrawingMeasures, beside: int
) -> Spec:
    """A panel of marks in a square with a title above; `beside` panels are drawn side by side."""
    x = _scaled_position("at", panel.across, None, range=[0, width.square])
    y = _scaled_position("y", up, None, range=[width.square, 0])
    larger = (width.square / PHONE.square) ** 2  # the area of a mark that fits on a phone
    rows = [_mark_as_data_row(mark, mark.up) | {"size": mark.kind.size * larger} for mark in panel.marks]
    layers = _layers_of_marks(rows, {"at": {"x": x, "y": y}}, panel.marks)
    across = (width.whole - BETWEEN * (beside - 1)) / beside
    letters = int(across / LETTER)
    title = _title_spec(panel, int(letters * FONT / LARGE), letters)
    first = panel.marks[0]
    tint = first.tint if first.kind.solid else chart_model.INK
    led = {"fontSize": LARGE, "lineHeight": LARGE + 2, "color": TINTS[tint]}
    return _panel_spec(list(layers), across, width.square, title | led)


def _layers_of_marks(
    rows: list[Spec], places: dict[str, Spec], marks: Sequence[chart_model.Mark]
) -> Iterator[Spec]:
    """Yield layers: breaks as dashed lines, ranges, points in the shapes of their kinds, and text."""
    at = places["at"]
    breaks = sorted({row["at"] for row in rows if row["is_break"]})
    yield _layer_spec("rule", [{"at": year} for year in breaks], {"x": at["x"]}, strokeDash=[4, 3])
    if spans := [row for row in rows if row["high"] is not None]:
        yield from _layers_of_ranges(spans, places)
    points = [row for row in rows if row["at"] is not None and not row["is_break"] and not row["letter"]]
    yield _layer_spec("point", points, at | _point_encoding(marks), strokeWidth=1.8, opacity=1)
    yield from _layers_of_mark_texts([row for row in rows if row["text"] and not row["is_dotted"]], at)
    ink = {"field": "ink", "type": "nominal", "scale": None}
    letters = [row for row in rows if row["letter"]]
    written = at | {"text": {"field": "letter"}, "color": ink}
    yield _layer_spec("text", letters, written, align="center", baseline="middle")


def _point_encoding(marks: Sequence[chart_model.Mark]) -> Spec:
    """The colour, size and shape of points."""
    shapes = {mark.kind.meaning: mark.kind.shape for mark in marks}
    kinds = {"domain": list(shapes), "range": list(shapes.values())}
    own = {"type": "quantitative", "scale": None}
    return {
        "fillOpacity": {"field": "fillOpacity", **own},
        "size": {"field": "size", **own},
        "fill": TINT,
        "stroke": TINT,
        "shape": {"field": "kind", "scale": kinds, "legend": None},
    }


def _layers_of_ranges(spans: list[Spec], places: dict[str, Spec]) -> Iterator[Spec]:
    """Yield bars of given thickness, dotted lines with their words, and lines with a tick at each end."""
    span = places["low"] | {"x2": {"field": "high"}, "color": TINT}
    upright = {"y": span["y"] | {"field": "top"}, "y2": {"field": "bottom"}}
    dotted = [row for row in spans if row["is_dotted"]]
    lines = [row for row in spans if not row["bar"] and not row["is_dotted"]]
    yield _layer_spec("rect", [row for row in spans if row["bar"]], span | upright)
    yield _layer_spec("rule", dotted, span, strokeWidth=2, strokeDash=[2, 3])
    yield _layer_spec("text", dotted, places["low"] | {"text": {"field": "text"}}, align="left", dy=-8)
    yield _layer_spec("rule", lines, span, strokeWidth=3)
    for end in ("low", "high"):
        yield _layer_spec("tick", lines, places[end] | {"color": TINT}, **END)


def _layers_of_mark_texts(marks: list[Spec], at: Spec) -> Iterator[Spec]:
    """Yield the text of each mark, to its right; in the last quarter of the axis, to its left."""
    first, last = at["x"]["scale"]["domain"]
    turn = last - (last - first) / 4
    left, right = ([row for row in marks if (row["last"] > turn) == is_last] for is_last in (False, True))
    for align, dx, end, rows in (("left", 8, "last", left), ("right", -8, "first", right)):
        place = at | {"x": at["x"] | {"field": end}, "text": {"field": "text"}}
        yield _layer_spec("text", rows, place, align=align, baseline="middle", dx=dx)


def _mark_as_data_row(mark: chart_model.Mark, y: float) -> Spec:
    told = {"at": mark.at, "low": mark.low, "high": mark.high, "text": mark.text, "is_break": mark.is_break}
    kind = mark.kind
    look = {"kind": kind.meaning, "fillOpacity": float(kind.solid), "size": kind.size, "bar": kind.bar}
    look["is_dotted"] = kind.is_dotted
    letter = {"letter": kind.letter, "ink": TINTS[kind.letter_tint]}
    ends = {"top": y - kind.bar / 2, "bottom": y + kind.bar / 2}
    outer = {
        "first": min(mark.numbers_on_axis, default=None),
        "last": max(mark.numbers_on_axis, default=None),
    }
    return {"y": y, **ends, **outer, **told, **look, **letter, "tint": TINTS[mark.tint]}


def _lines_with_heights(
    lines: Sequence[chart_model.ChartLine], width: DrawingMeasures
) -> Iterator[tuple[chart_model.ChartLine, Spec, float, float]]:
    """Yield each line with its label, the vertical position of its marks, and that of its lower edge."""
    top = 0.0
    for line in lines:
        words = _wrap_text(line.label, width.label)
        tall = LINE_HEIGHT * len(words) if line.label else 0
        lift = LIFT * max(mark.lift for mark in line.marks)
        above = -2 if width.marks else tall
        end = top + (max(tall + 8, MARK_HEIGHT - 4 + lift) if width.marks else tall + lift + MARK_HEIGHT)
        yield line, {"y": top, "text": words}, top + above + lift + MARK_AT, end
        top = end


def _title_spec(panel: chart_model.Panel, title: int, note: int) -> Spec:
    """The title of a panel and its note, each wrapped to a number of characters."""
    below = {"subtitle": _wrap_text(panel.note, note)} if panel.note else {}
    shown = {"text": _wrap_text(panel.title, title), "anchor": "start", "frame": "bounds", "offset": 8}
    return shown | below


def _wrap_text(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` characters; a no-break space keeps a number with its unit."""
    return [line for part in text.split("\n") for line in wrap(part, width) or [""]]


def _axis_spec(scale: chart_model.AxisScale, **options: Any) -> Spec:
    words = LABELS[scale.unit]
    if scale.last:
        words = f"datum.value == {scale.ticks[-1]} ? '{scale.last}' : {words}"
        options |= {"domain": False, "ticks": False, "orient": "top"}
    ticks = {"values": list(scale.ticks), "format": FORMATS[scale.unit], "labelExpr": words}
    return {"title": None, **ticks, **options}


def _scaled_position(field: str, scale: chart_model.AxisScale, axis: Spec | None, **ends: Any) -> Spec:
    """The Vega-Lite encoding that places a field on a panel's scale."""
    return _position_encoding(
        field, axis, domain=scale.first_and_last_value, nice=False, zero=False, **ends
    )


def _position_encoding(field: str, axis: Spec | None, **scale: Any) -> Spec:
    return {"field": field, "type": "quantitative", "axis": axis, "scale": scale}


def _layer_spec(mark: str, rows: list[Spec], encoding: Spec, **looks: Any) -> Spec:
    return {"mark": {"type": mark, **looks}, "encoding": encoding, "data": {"values": rows}}


def _panel_spec(layers: list[Spec], width: float, height: float, title: Spec) -> Spec:
    drawn = [layer for layer in layers if layer["data"]["values"]]
    return {"layer": drawn, "width": width, "height": height, "title": title}


def _svg_as_html(drawn: str, prefix: str, width: str, chart: chart_model.Chart) -> str:
    """The drawing as HTML for a page, with alternative text."""
    drawn = _clean_svg(drawn, prefix)
    size = re.search(r'viewBox="[^"]*"', drawn)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{width}" {size[0] if size else ""} '
        f'font-family="inherit" font-size="12px" role="img" aria-labelledby="{prefix}-title {prefix}-desc">'
        f'<title id="{prefix}-title">{escape(chart.title)}</title>'
        f'<desc id="{prefix}-desc">{escape(chart.found)}{TABLE if chart.columns else ""}</desc>'
    )
    return re.sub(r"<svg[^>]*>", lambda _: head, drawn, count=1)


def _clean_svg(drawn: str, prefix: str) -> str:
    """Remove what a page does not need, and make the ids unique."""
    for name, colour in TINTS.items():
        drawn = drawn.replace(colour, "currentColor" if name == chart_model.INK else f"var(--{name})")
    drawn = re.sub(r'\s(?:(?:role|aria-[a-z]+|font-family)="[^"]*"|(?:fill-)?opacity="1")', "", drawn)
    drawn = re.sub(r'\bid="', f'id="{prefix}-', drawn).replace("url(#", f"url(#{prefix}-")
    drawn = re.sub(
        r"<[^>]*>", lambda tag: re.sub(r"-?\d+\.\d\d+(?:e-\d+)?", _round_digits_in_svg, tag[0]), drawn
    )
    drawn = re.sub(r"<g[^>]*></g>", "", drawn)
    return re.sub(r'<path class="(?:background|foreground)"[^>]*>(?:</path>)?', "", drawn)


def _round_digits_in_svg(digits: re.Match[str]) -> str:
    return f"{float(digits[0]):.1f}".removesuffix(".0")
