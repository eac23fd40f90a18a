"""Studies in other countries: a small chart for each source that compares at least two shares."""

from collections.abc import Iterable, Sequence
from itertools import chain

from scripts.package.files import group_by_key
from scripts.package.reading import Reading
from scripts.site.charts import chart_model
from scripts.site.charts.reading_marks import (
    mark_for_reading,
    readings_with_all_companions,
    year_of_fieldwork,
)
from scripts.site.page_data import PageData
from scripts.wording.quantity_names import ages_in_words
from scripts.wording.text_formatting import lowercase_first, small_number_in_words

EARLIER = chart_model.MarkKind("earlier year", "□", "square", solid=False)
LATER = chart_model.MarkKind("later year", "■", "square")
Key = tuple[str, str, tuple[str, str]]  # kind of population, indicator, ages


def comparable_studies(data: PageData) -> chart_model.Chart:
    """The chart of studies elsewhere: shares of the same kind that a single source reports side by side."""
    groups = _group_comparable_shares(data)
    drawn = [group for group in groups if len({share.source_id for share in group[1]}) < 2 <= len(group[1])]
    left = sum(len(readings) for key, readings in groups if (key, readings) not in drawn)
    panels = list(chain.from_iterable(_panels_of_shares(data, *group) for group in drawn))
    countries = _countries_in_words(data, chain(*(readings for _, readings in drawn)))
    return chart_model.Chart(
        title=f"Shares in {countries} cannot be compared",
        note="The charts are of different groups. A line joins years that the source compares. We left out "
        f"{small_number_in_words(left)} percentages, such as those listed above and those for only "
        "one place and year.",
        found=" ".join(map(_panel_in_words, panels)),
        panels=panels,
        columns=chart_model.PERCENT_COLUMNS,
        tables=("data/derived/values.csv", "data/links.csv"),
        held_back=len(_shares_on_comparable_studies(data)) - sum(len(readings) for _, readings in groups),
    )


def _panel_in_words(panel: chart_model.Panel) -> str:
    """What a panel shows, and the range of its numbers."""
    ends = [end for mark in panel.marks for end in mark.numbers_on_axis]
    return f"{panel.title}: {len(panel.marks)} shares, from {min(ends):g} to {max(ends):g}%."


def _shares_on_comparable_studies(data: PageData) -> list[Reading]:
    """The reported shares on the topic of comparable studies."""
    main_mentions = (
        reading for reading in data.reading_index.main_mentions if reading.topic == "comparable_studies"
    )
    return [
        reading for reading in main_mentions if data.reading_index.kind_of_indicator(reading) == "share"
    ]


def _group_comparable_shares(data: PageData) -> list[tuple[Key, list[Reading]]]:
    """The shares in groups with the same kind of population, indicator and ages."""
    shares = (reading for reading in _shares_on_comparable_studies(data) if reading.show != "conflict_only")
    groups = sorted(
        group_by_key((_grouping_key(data, reading), reading) for reading in shares).items(), reverse=True
    )
    return [
        (key, shown) for key, readings in groups if (shown := readings_with_all_companions(data, readings))
    ]


def _grouping_key(data: PageData, reading: Reading) -> Key:
    kind = data.rows_by_key("populations").get(reading.population_id, {}).get("population_kind", "")
    return kind, reading.indicator_id, reading.age_limits


def _comparable_pairs(data: PageData, readings: Sequence[Reading]) -> list[tuple[Reading, Reading]]:
    """Pairs of these shares that the table `links` allows to be compared, earlier share first."""
    index, ids = data.reading_index, {reading.id for reading in readings}
    changes = (
        data.values.earlier_and_later_figure(change.id)
        for _, change in index.pairs_with_relation("earlier_end_of")
    )
    linked = [*filter(None, changes), *index.pairs_with_relation("comparable")]
    return [(reading, other) for reading, other in linked if reading.id in ids and other.id in ids]


def _panels_of_shares(data: PageData, key: Key, readings: Sequence[Reading]) -> list[chart_model.Panel]:
    """A list with the single panel of a group of shares, which has its own scale."""
    title = lowercase_first(_measure_with_ages(data.name_of("indicators", key[1]), readings[0]))
    whom = dict.fromkeys(
        lowercase_first(data.name_of("populations", reading.population_id)) for reading in readings
    )
    title += "" if " of " in title else f" among {' or '.join(whom)}"
    pairs = _comparable_pairs(data, readings)
    alone = ([reading] for reading in readings if reading not in chain(*pairs))
    lines = sorted(
        (_chart_line_of_shares(data, pair) for pair in (*pairs, *alone)), key=lambda line: line.label
    )
    return chart_model.percent_panels({f"{_countries_in_words(data, readings)}: {title}": lines})


def _countries_in_words(data: PageData, readings: Iterable[Reading]) -> str:
    """The countries of these readings, in words."""
    found = dict.fromkeys(data.reading_index.country_of_place(reading.place_id) for reading in readings)
    return " and ".join(data.name_of("places", place_id) for place_id in found)


def _measure_with_ages(name: str, reading: Reading) -> str:
    """What a share measures: the name of its indicator, with the ages of the reading."""
    told = name.replace(" in the age band", f" {ages_in_words(reading)}").replace(
        " of the age band", f" {ages_in_words(reading)}"
    )
    return told if told != name else f"{name} {ages_in_words(reading)}".rstrip()


def _chart_line_of_shares(data: PageData, readings: Sequence[Reading]) -> chart_model.ChartLine:
    """A line for one share or a pair; its label gives the place, the people, each share and its year."""
    first = readings[0]
    name = lowercase_first(data.name_of("populations", first.population_id))
    whom = first.scope_as_printed if _grouping_key(data, first)[0] == "all_children" else name
    years = [year_of_fieldwork(reading, data.reading_index) or "year not stated" for reading in readings]
    printed = [f"{data.value(reading.id)} ({year})" for reading, year in zip(readings, years, strict=True)]
    label = f"{data.name_of('places', first.place_id)}, {whom}: {', then '.join(printed)}"
    kinds = (EARLIER, LATER) if len(readings) > 1 else (None,)
    marks = [
        mark_for_reading(reading, kind, label, chart_model.MEASURED)
        for reading, kind in zip(readings, kinds, strict=True)
    ]
    # The table adds the caution itself.
    return chart_model.ChartLine(label + data.caution_words(first.id), marks, is_joined=len(readings) > 1)
