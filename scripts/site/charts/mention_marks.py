"""The picture on a figure's page: each number that mentions give, and the intervals."""

from collections.abc import Iterator

from markupsafe import Markup

from scripts.package.files import group_by_key
from scripts.site.charts.chart_model import (
    COUNTED,
    INK,
    RANGE,
    Chart,
    ChartLine,
    Mark,
    Panel,
    axis_scale_from_zero,
)
from scripts.site.charts.reading_marks import mark_for_reading
from scripts.site.charts.svg_drawing import chart_as_svg
from scripts.site.page_data import PageData
from scripts.wording.quotable_sentences import estimates_by_preferred_method
from scripts.wording.text_formatting import format_percent, format_whole_number, number_with_noun

TITLE = "What the sources give for this figure"


def picture_of_mentions(data: PageData, value_id: str) -> Markup:
    """The drawing of a figure's reported numbers and intervals; blank unless two of them differ."""
    lines = [*_number_lines(data, value_id), *_interval_lines(data, value_id)]
    if len({tuple(line.numbers_on_axis) for line in lines}) < 2:
        return Markup()
    unit = data.row("indicators", data.reading(value_id).indicator_id)["unit"]
    across = axis_scale_from_zero(
        "percent" if unit == "percent" else "count", [end for line in lines for end in line.numbers_on_axis]
    )
    chart = Chart(
        title=TITLE,
        note="",
        found=f"{'; '.join(line.label for line in lines)}.",
        panels=[Panel(title=TITLE, lines=lines, across=across)],
        columns=(),
        tables=(),
    )
    return Markup(chart_as_svg(chart, value_id))


def _number_lines(data: PageData, value_id: str) -> Iterator[ChartLine]:
    """Yield a line for each number that mentions give, with how many give it."""
    mentions = data.reading_index.mentions_of_quantity(value_id)
    for words, alike in group_by_key((data.value(reading.id), reading) for reading in mentions).items():
        yield ChartLine(f"{words}: {number_with_noun(len(alike), 'mention')}", [mark_for_reading(alike[0])])


def _interval_lines(data: PageData, value_id: str) -> Iterator[ChartLine]:
    """Yield a line for each interval, whether reported or computed from the reported counts."""
    for reading in data.reading_index.mentions_of_quantity(value_id):
        if reading.interval_low:
            low, high = float(reading.interval_low), float(reading.interval_high)
            mark = Mark(kind=RANGE, low=low, high=high, tint=INK)
            level = f"{reading.interval_level}% interval"
            yield ChartLine(f"{level}, {data.publisher(reading.id)}", [mark])
    for row in estimates_by_preferred_method(data.package, value_id):
        at, low, high = (float(row[name]) for name in ("estimate", "ci_low", "ci_high"))
        mark = Mark(kind=COUNTED, at=at, low=low, high=high, tint=INK)
        counts = f"{row['numerator']} of {format_whole_number(row['denominator'])} people"
        level = format_percent(row["ci_level"], 0)
        yield ChartLine(f"{counts}: {format_percent(at)}, {level} interval", [mark])
