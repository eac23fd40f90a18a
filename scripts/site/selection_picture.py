"""The picture above the table of all values: a mark for each figure, with a lane for each population.

Years run across. The populations with most figures have lanes. When readers filter the table, `picture.js`
draws what is left by the same rules.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from scripts.package.files import group_by_key
from scripts.package.reading import Reading
from scripts.site.content_nodes import Link
from scripts.site.finder import NOT_STATED, years
from scripts.site.index_pages import TOPICS
from scripts.site.page_data import PageData
from scripts.site.page_parts import token

MOST_LANES = 12
STEPS = (1, 2, 5, 10)  # years between two ticks
MOST_TICKS = 8  # as many as fit on a phone
ROOM = 3  # columns that a number may take
NOT_ALONE = "*"  # after a number that misleads on its own
QUOTATION_MARKS = re.compile("[“”]")

Span = tuple[int, int]


@dataclass(frozen=True)
class Marks:
    """The figures of a lane that refer to the same years, or to none that is known."""

    marks: list[Link]
    label: str = ""
    style: str = ""


@dataclass(frozen=True)
class Lane:
    """A population with its figures."""

    name: str
    dated: list[Marks]
    undated: list[Link]


@dataclass(frozen=True)
class Picture:
    """The lanes, the years at their head, and how many figures have no lane."""

    step: int
    style: str
    ticks: list[Marks]
    lanes: list[Lane]
    without_lane: int
    has_caution: bool


def selection_picture(data: PageData) -> Picture:
    """The picture of all figures, as it is before any filter is set."""
    readings = sorted(data.ledger.standing, key=lambda reading: TOPICS.index(reading.topic))
    lanes = _most_frequent(
        readings, {row["population_id"]: row["name"] for row in data.rows("populations")}
    )
    drawn = [reading for _, lane in lanes for reading in lane]
    step, first, columns = _axis([span for reading in drawn if (span := _span(reading))])
    return Picture(
        step=step,
        style=f"--columns:{columns};--step:{step};--bins:{columns // step}",
        ticks=[Marks([], str(year), f"--y:{year - first}") for year in range(first, first + columns, step)],
        lanes=[_lane(data, name, lane, first) for name, lane in lanes],
        without_lane=len(readings) - len(drawn),
        has_caution=any(data.values.caution(reading.id) for reading in drawn),
    )


def _most_frequent(
    readings: Sequence[Reading], names: Mapping[str, str]
) -> list[tuple[str, list[Reading]]]:
    """The names of the populations that have most figures, each with its figures, in descending order."""
    stated = ((reading.population_id, reading) for reading in readings if reading.population_id)
    lanes = [(names[key], lane) for key, lane in group_by_key(stated).items()]
    return sorted(lanes, key=lambda lane: (-len(lane[1]), lane[0]))[:MOST_LANES]


def _axis(spans: Sequence[Span]) -> tuple[int, int, int]:
    """Return the years between ticks, the first year, and how many years there are."""
    if not spans:
        return 1, 0, 0
    least, most = min(first for first, _ in spans), max(last for _, last in spans)
    for step in STEPS:
        first, end = least // step * step, (most // step + 1) * step
        if end - first <= MOST_TICKS * step:
            break
    return step, first, end - first


def _lane(data: PageData, name: str, readings: Sequence[Reading], first: int) -> Lane:
    by_span = group_by_key((_span(reading), _mark(data, reading)) for reading in readings)
    undated = by_span.pop(None, [])
    dated = {span: by_span[span] for span in sorted(filter(None, by_span))}
    styles = _styles([*dated], first)
    return Lane(
        name,
        [
            Marks(marks, _label(span), style)
            for (span, marks), style in zip(dated.items(), styles, strict=True)
        ],
        undated,
    )


def _styles(spans: Sequence[Span], first: int) -> Iterator[str]:
    """For each span its first column, how many it covers, and how many are free for its numbers."""
    ends = [*spans, (10_000, 10_000)]
    for (start, last), (following, _) in pairwise(ends):
        covers = last - start + 1
        room = max(covers, min(following - start, ROOM))
        yield (
            f"--y:{start - first}"
            + (f";--n:{covers}" if covers > 1 else "")
            + (f";--w:{room}" if room > 1 else "")
        )


def _span(reading: Reading) -> Span | None:
    """The first and last year that a figure refers to, if they are known."""
    known = years(reading.period)
    return None if known == [NOT_STATED] else (int(known[0]), int(known[-1]))


def _label(span: Span) -> str:
    return "–".join(map(str, dict.fromkeys(span)))


def _mark(data: PageData, reading: Reading) -> Link:
    """The number as printed, as a link to the page of its figure."""
    linked = token(data, reading)
    caution = NOT_ALONE if data.values.caution(reading.id) else ""
    return replace(linked, words=QUOTATION_MARKS.sub("", linked.words) + caution)
