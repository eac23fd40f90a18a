"""Two surveys: the shares that were reported, and the share computed from the later survey's counts."""

from collections.abc import Mapping
from dataclasses import replace
from textwrap import shorten

from scripts.package.featured_roles import Role
from scripts.package.files import Row
from scripts.package.reading import Reading
from scripts.site.charts import chart_model
from scripts.site.charts.reading_marks import (
    mark_for_reading,
    publisher_of_reading,
    publishers_and_credited_body,
    readings_in_roles,
    without_withdrawn,
    year_of_fieldwork,
)
from scripts.site.page_data import PageData
from scripts.site.withdrawn_figures import WithdrawnMark, answer_or_withdrawn_mark
from scripts.wording.text_formatting import format_percent, format_whole_number

CLUSTERED = chart_model.MarkKind("the range with clustering too", "━", "stroke", bar=14)
MOST_BESIDE = 20  # letters of a number beside its mark
NO_WORDS: Mapping[str, str] = {}
Ranges = tuple[Row, Row]  # rows with intervals: from chance alone, and with clustering


def two_surveys(
    data: PageData,
    *,
    earlier: Role,
    later: Role,
    count: Role,
    people: Role,
    first: Role | None = None,
    title: str = "",
    note: str = "",
    words: Mapping[str, str] = NO_WORDS,
) -> chart_model.Chart:
    """The chart of both surveys: reported shares, and the later share as counted, with its ranges.

    `first` is another number that was printed for the share of the earlier survey. `words` are the labels
    of the lines: `earlier`, `first`, `later`, `counted` and `clustered`. If a reading was withdrawn or a
    range cannot be computed, nothing is drawn.
    """
    shares = {"earlier": earlier, "first": first, "later": later}
    readings = {name: reading for name, role in shares.items() for reading in readings_in_roles(data, role)}
    rests_on = [*readings.values(), *readings_in_roles(data, count, people)]
    ranges = _chance_and_clustering_intervals(data, later, people)
    is_whole = ranges and len(without_withdrawn(rests_on)) == len(rests_on)
    panels = _survey_panels(data, readings, ranges, words) if is_whole and ranges else []
    return chart_model.Chart(
        title=title if panels else "",
        note=note,
        found=" ".join(map(_panel_in_words, panels)),
        panels=panels,
        columns=(),
        tables=("data/derived/estimates.csv",),
        rests_on=rests_on,
        source=f"{publishers_and_credited_body(data, readings.values())}; the ranges are ours.",
        has_key=False,
    )


def _chance_and_clustering_intervals(data: PageData, later: Role, people: Role) -> Ranges | None:
    """The counted share's range from chance alone, and with clustering; None if either is missing."""
    interval = answer_or_withdrawn_mark(data.figures.interval)
    chance, clustered = (interval(later, people, effect=effect) for effect in ("least", "all_alike"))
    return (
        None
        if isinstance(chance, WithdrawnMark) or isinstance(clustered, WithdrawnMark)
        else (chance, clustered)
    )


def _survey_panels(
    data: PageData, readings: Mapping[str, Reading], ranges: Ranges, words: Mapping[str, str]
) -> list[chart_model.Panel]:
    """A panel for each survey, on one scale."""
    shown = [
        _chart_line_of_reported_share(data, name, reading, words) for name, reading in readings.items()
    ]
    counted = _chart_lines_of_counted_share(ranges, words)
    across = chart_model.axis_scale_from_zero(
        "percent", [end for line in [*shown, *counted] for end in line.numbers_on_axis]
    )
    earlier, later = readings["earlier"], readings["later"]
    years = [year_of_fieldwork(reading, data.reading_index) for reading in (earlier, later)]
    return [
        chart_model.Panel(title=years[0], lines=shown[:-1], across=across),
        chart_model.Panel(title=years[1], lines=[shown[-1], *counted], across=across),
    ]


def _chart_line_of_reported_share(
    data: PageData, name: str, reading: Reading, words: Mapping[str, str]
) -> chart_model.ChartLine:
    tint = chart_model.LATER if name == "later" else chart_model.EARLIER
    said = words.get(name, publisher_of_reading(reading, data.reading_index))
    number = shorten(data.value(reading.id), MOST_BESIDE, placeholder="…")
    return chart_model.ChartLine(said, [replace(mark_for_reading(reading, tint=tint), text=number)])


def _chart_lines_of_counted_share(ranges: Ranges, words: Mapping[str, str]) -> list[chart_model.ChartLine]:
    """Lines for the counted share: with its range from chance alone, and with clustering too."""
    row, level = ranges[0], format_percent(ranges[0]["ci_level"], 0)
    said = {
        "counted": f"{row['numerator']} of {format_whole_number(row['denominator'])}",
        "clustered": f"{level} range with clustering too",
        **words,
    }
    share = chart_model.Mark(kind=chart_model.COUNTED, at=float(row["estimate"]), tint=chart_model.LATER)
    by_chance = _range_mark(row, chart_model.COUNTED, chart_model.LATER)
    with_share = replace(
        by_chance, at=share.at, text=f"{format_percent(row['estimate'])} ({by_chance.text})"
    )
    clustered = _range_mark(ranges[1], CLUSTERED, chart_model.LATER_PALE)
    return [
        chart_model.ChartLine(said["counted"], [with_share]),
        chart_model.ChartLine(said["clustered"], [clustered, share]),
    ]


def _range_mark(row: Row, kind: chart_model.MarkKind, tint: str) -> chart_model.Mark:
    low, high = float(row["ci_low"]), float(row["ci_high"])
    text = f"{format_percent(low, 1).removesuffix('%')} to {format_percent(high, 1)}"
    return chart_model.Mark(kind=kind, low=low, high=high, text=text, tint=tint)


def _panel_in_words(panel: chart_model.Panel) -> str:
    """A panel in words: its title, then each line with the number at its first mark."""
    return f"{panel.title}: {'; '.join(f'{line.label}: {line.marks[0].text}' for line in panel.lines)}."
