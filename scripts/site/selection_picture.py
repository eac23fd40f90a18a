"""The picture above the table of all values: a mark for each figure, and a lane for each population.

Years run from left to right. Only the populations with the most figures have lanes. When readers filter the
table, `picture.js` draws the remaining figures by the same rules.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from scripts.package.files import group_by_key
from scripts.package.reading import Reading
from scripts.site.content_nodes import Link
from scripts.site.index_pages import TOPICS
from scripts.site.page_data import PageData
from scripts.site.page_parts import printed_number_link
from scripts.site.table_filters import NOT_STATED, years_of_period

MOST_LANES = 12
STEPS = (1, 2, 5, 10)  # years between two ticks
MOST_TICKS = 8  # as many as fit on a phone
ROOM = 3  # columns that a number may take up
NOT_ALONE = "*"  # after a number that misleads on its own
QUOTATION_MARKS = re.compile("[“”]")

Span = tuple[int, int]
NO_SPAN = (9999, 9999)  # stands for the span after the last one


@dataclass(frozen=True)
class YearAxis:
    """An axis: the years between two ticks, the first year, and the number of years."""

    step: int
    first: int
    columns: int

    @property
    def ticks(self) -> range:
        """The years that have a tick."""
        return range(self.first, self.first + self.columns, self.step)


@dataclass(frozen=True)
class MarksOfYears:
    """The figures in a lane that are for the same years; a tick of the axis has none."""

    marks: list[Link]
    label: str = ""
    style: str = ""


@dataclass(frozen=True)
class PopulationLane:
    """A population with its figures."""

    name: str
    dated: list[MarksOfYears]
    undated: list[Link]


@dataclass(frozen=True)
class SelectionPicture:
    """The lanes, the years above them, and how many figures have no lane."""

    step: int
    style: str
    ticks: list[MarksOfYears]
    lanes: list[PopulationLane]
    without_lane: int
    has_caution: bool


def selection_picture(data: PageData) -> SelectionPicture:
    """The picture of all figures, before any filter is set."""
    readings = sorted(data.reading_index.not_withdrawn, key=lambda reading: TOPICS.index(reading.topic))
    lanes = _largest_populations(
        readings, {row["population_id"]: row["name"] for row in data.rows("populations")}
    )
    drawn = [reading for _, lane in lanes for reading in lane]
    axis = _axis_of_years([span for reading in drawn if (span := _years_of_reading(reading))])
    return SelectionPicture(
        step=axis.step,
        style=f"--columns:{axis.columns};--step:{axis.step};--bins:{axis.columns // axis.step}",
        ticks=[MarksOfYears([], str(year), f"--y:{year - axis.first}") for year in axis.ticks],
        lanes=[_lane_of_population(data, name, lane, axis) for name, lane in lanes],
        without_lane=len(readings) - len(drawn),
        has_caution=any(data.values.caution_words(reading.id) for reading in drawn),
    )


def _largest_populations(
    readings: Sequence[Reading], names: Mapping[str, str]
) -> list[tuple[str, list[Reading]]]:
    """The names of the populations with the most figures, each with its figures, in descending order."""
    stated = ((reading.population_id, reading) for reading in readings if reading.population_id)
    lanes = [(names[key], lane) for key, lane in group_by_key(stated).items()]
    return sorted(lanes, key=lambda lane: (-len(lane[1]), lane[0]))[:MOST_LANES]


def _axis_of_years(spans: Sequence[Span]) -> YearAxis:
    """The axis of years, with as few years between two ticks as fit on a phone."""
    if not spans:
        return YearAxis(step=1, first=0, columns=0)
    least, most = min(first for first, _ in spans), max(last for _, last in spans)
    for step in STEPS:
        first, end = least // step * step, (most // step + 1) * step
        if end - first <= MOST_TICKS * step:
            break
    return YearAxis(step, first, end - first)


def _lane_of_population(
    data: PageData, name: str, readings: Sequence[Reading], axis: YearAxis
) -> PopulationLane:
    by_span = group_by_key(
        (_years_of_reading(reading), _reading_link(data, reading)) for reading in readings
    )
    undated = by_span.pop(None, [])
    dated = {span: by_span[span] for span in sorted(filter(None, by_span))}
    styles = _css_positions_of_marks([*dated], axis)
    return PopulationLane(
        name,
        [
            MarksOfYears(marks, _years_label(span), style)
            for (span, marks), style in zip(dated.items(), styles, strict=True)
        ],
        undated,
    )


def _css_positions_of_marks(spans: Sequence[Span], axis: YearAxis) -> Iterator[str]:
    """Yield, for each span, the CSS variables that place it; `n`, `w` and `s` are left out if they are 1.

    `y` is the span's column, `n` the number of columns that it covers, and `w` the number that it has room
    for. Where the years between two ticks share a bin, `b` is its first bin, and `s` the number of bins.
    """
    for (start, last), (following, _) in pairwise([*spans, NO_SPAN]):
        covers, column = last - start + 1, start - axis.first
        room = max(covers, min(following - start, ROOM))
        first_bin, last_bin = column // axis.step, (last - axis.first) // axis.step
        counts = {"n": covers, "w": room, "s": last_bin - first_bin + 1}
        told = "".join(f";--{name}:{count}" for name, count in counts.items() if count > 1)
        yield f"--y:{column};--b:{first_bin + 1}{told}"


def _years_of_reading(reading: Reading) -> Span | None:
    """The first and last year that a figure is for; None if they are not known."""
    known = years_of_period(reading.period)
    return None if known == [NOT_STATED] else (int(known[0]), int(known[-1]))


def _years_label(span: Span) -> str:
    return "–".join(map(str, dict.fromkeys(span)))


def _reading_link(data: PageData, reading: Reading) -> Link:
    """A figure's number as printed, as a link to its page, with an asterisk if it needs a caution."""
    linked = printed_number_link(data, reading)
    caution = NOT_ALONE if data.values.caution_words(reading.id) else ""
    return replace(linked, words=QUOTATION_MARKS.sub("", linked.words) + caution)
