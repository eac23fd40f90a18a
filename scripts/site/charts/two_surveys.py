"""Two surveys: the shares that were reported, and the share computed from the later survey's counts."""

from collections.abc import Mapping

from scripts.package.featured_roles import Role
from scripts.package.files import Row
from scripts.package.reading import Reading
from scripts.site.charts import chart_model
from scripts.site.charts.reading_marks import (
    cited,
    mark_of,
    not_withdrawn,
    publisher_of,
    readings_in_roles,
    study_years,
)
from scripts.site.page_data import PageData
from scripts.site.withdrawn_figures import Gone, gone_if_lost
from scripts.wording.text_formatting import format_percent, whole_number

BY_CHANCE = chart_model.Kind("as counted, and the range from chance alone", "◆", "diamond")
CLUSTERED = chart_model.Kind("the range with clustering too", "━", "stroke", bar=14)
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
    """The chart of both surveys: shares as reported, and the later one as counted, with its ranges.

    `first` is another number that was printed for the share in the earlier survey. `words` are those that
    follow the numbers: `earlier`, `first`, `later`, `counted`, `chance` and `clustered`. If a reading or a
    range is gone, no line is drawn.
    """
    shares = {"earlier": earlier, "first": first, "later": later}
    readings = {name: reading for name, role in shares.items() for reading in readings_in_roles(data, role)}
    rests_on = [*readings.values(), *readings_in_roles(data, count, people)]
    ranges = _ranges(data, later, people)
    is_whole = ranges and len(not_withdrawn(rests_on)) == len(rests_on)
    panels = _panels(data, readings, ranges, words) if is_whole and ranges else []
    return chart_model.Chart(
        title=title if panels else "",
        note=note,
        found=" ".join(map(_in_words, panels)),
        panels=panels,
        columns=(),
        tables=("data/derived/estimates.csv",),
        rests_on=rests_on,
        source=f"{cited(data, readings.values())}; the ranges are ours.",
        has_key=False,
    )


def _ranges(data: PageData, later: Role, people: Role) -> Ranges | None:
    """The counted share's range from chance alone, and with clustering; None if one is gone."""
    interval = gone_if_lost(data.figures.interval)
    chance, clustered = (interval(later, people, effect=effect) for effect in ("least", "all_alike"))
    return None if isinstance(chance, Gone) or isinstance(clustered, Gone) else (chance, clustered)


def _panels(
    data: PageData, readings: Mapping[str, Reading], ranges: Ranges, words: Mapping[str, str]
) -> list[chart_model.Panel]:
    """A panel for each survey, on one scale."""
    counted = _counted(ranges, words)
    shown = [line for name, reading in readings.items() for line in [_reported(data, name, reading, words)]]
    across = chart_model.scale_for("percent", [end for line in [*shown, counted] for end in line.ends])
    earlier, later = readings["earlier"], readings["later"]
    years = [study_years(reading, data.ledger) for reading in (earlier, later)]
    return [
        chart_model.Panel(title=years[0], lines=shown[:-1], across=across),
        chart_model.Panel(title=years[1], lines=[shown[-1], counted], across=across),
    ]


def _reported(data: PageData, name: str, reading: Reading, words: Mapping[str, str]) -> chart_model.Line:
    tint = chart_model.LATER if name == "later" else chart_model.EARLIER
    said = words.get(name, publisher_of(reading, data.ledger))
    return chart_model.Line(f"{data.value(reading.id)} {said}", [mark_of(reading, tint=tint)])


def _counted(ranges: Ranges, words: Mapping[str, str]) -> chart_model.Line:
    """The counted share, with the range from chance alone inside the range with clustering."""
    chance, at = ranges[0], float(ranges[0]["estimate"])
    low, high, outer_low, outer_high = (float(row[end]) for row in ranges for end in ("ci_low", "ci_high"))
    level = format_percent(chance["ci_level"], 0)
    said = {
        "counted": f"{chance['numerator']} of {whole_number(chance['denominator'])}",
        "chance": f"{level} range from chance alone, {format_percent(low, 1)} to {format_percent(high, 1)}",
        "clustered": (
            f"with clustering too, {format_percent(outer_low, 1)} to {format_percent(outer_high, 1)}"
        ),
        **words,
    }
    label = f"{format_percent(at)}: {said['counted']}\n{said['chance']}\n{said['clustered']}"
    outer = chart_model.Mark(kind=CLUSTERED, low=outer_low, high=outer_high, tint=chart_model.LATER_PALE)
    inner = chart_model.Mark(kind=BY_CHANCE, at=at, low=low, high=high, tint=chart_model.LATER)
    return chart_model.Line(label, [outer, inner])


def _in_words(panel: chart_model.Panel) -> str:
    return f"{panel.title}: {'; '.join(line.label for line in panel.lines)}.".replace("\n", "; ")
