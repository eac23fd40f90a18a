"""Studies of other countries, in one panel for each kind of denominator."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from scripts.package.reading import Reading, age_words
from scripts.site.charts.model import (
    MEASURED,
    PERCENT_COLUMNS,
    Chart,
    Data,
    Kind,
    Line,
    Lines,
    Mark,
    ends_of,
    panel_of,
)
from scripts.site.charts.readings import mark_of, parted, year_of
from scripts.wording.words import inside

TOPIC = "comparable_studies"
WHOLES = {
    "venue_people": "people in venues and public places",
    "sex_work_population": "people in commercial sex, estimated or claimed",
    "all_children": "all children of an age",
    "all_people": "all people",
    "respondents": "people asked or documented",
    "records": "cases or people on record",
    "outside_frame": "groups outside a venue frame",
    "places": "venues and places",
    "other": "another whole",
    "": "a whole that is not stated",
}
EARLIER = Kind("the earlier of two that a source compares", "□", "square", solid=False)
LATER = Kind("the later of the two", "■", "square")
Key = tuple[str, str, tuple[str, str]]  # kind of whole, indicator, ages


def comparable_studies(data: Data) -> Chart:
    """What do studies elsewhere print, by what their share is a share of?"""
    groups = _groups(data)
    panels = tuple(
        _panel(data, key, part)
        for key, readings in groups.items()
        for part in parted(readings, data.ledger)
    )
    joined = [line.label for panel in panels for line in panel.lines if line.is_joined]
    shares = sum(len(readings) for readings in groups.values())
    return Chart(
        id="comparable-studies",
        title=_title(list(chain.from_iterable(groups.values()))),
        note="Places are not ranked: people and methods differ. A line joins two shares that a source sets "
        "side by side.",
        asked="What do studies of other places print, and of what is each share a share?",
        found=f"{shares} shares in {len(panels)} panels: no two kinds of whole, measure or age stand "
        f"together. Joined: {'; '.join(joined) or 'none'}.",
        sure=f"{len(joined)} pairs may be compared, because a source sets them side by side: they are "
        "joined. No other two rows are comparable, and places are not ranked.",
        left_out="The two venue studies are not drawn: links say that they do not compare with "
        f"these. {_held_back(data)}".strip(),
        panels=panels,
        columns=PERCENT_COLUMNS,
        tables=("data/derived/values.csv", "data/links.csv"),
    )


def _title(shares: Sequence[Reading]) -> str:
    """From which share to which, and that they do not compare."""
    ends = [float(end) for one in shares for end in (one.low, one.high) if end]
    reach = f"from {min(ends):g} to {max(ends):g} %" if ends else "no share"
    return f"Elsewhere, sources print {reach}: shares of different people, counted in different ways"


def _shares(data: Data) -> list[Reading]:
    """The printed shares of the topic."""
    return [one for one in data.ledger.roots if one.topic == TOPIC and data.ledger.kind(one) == "share"]


def _groups(data: Data) -> dict[Key, list[Reading]]:
    """Shares of one kind of whole, one measure and one age."""
    found: dict[Key, list[Reading]] = {}
    for one in _shares(data):
        if one.show != "conflict_only":
            found.setdefault(_key(data, one), []).append(one)
    kinds = list(WHOLES)
    return dict(sorted(found.items(), key=lambda item: (kinds.index(item[0][0]), item[0][1:])))


def _key(data: Data, one: Reading) -> Key:
    population = data.ledger.index("populations").get(one.population_id)
    kind = population["base_kind"] if population else ""
    return kind, one.indicator_id, one.ages


def _pairs(data: Data, readings: Sequence[Reading]) -> list[tuple[Reading, Reading]]:
    """Two shares of a panel that a link sets side by side, the earlier first."""
    ids = {one.id for one in readings}
    ends = {later.id: one for one, later in data.ledger.pairs_linked("later_end_of")}
    changes = [
        (one, ends[change.id])
        for one, change in data.ledger.pairs_linked("earlier_end_of")
        if change.id in ends
    ]
    linked = [*changes, *data.ledger.pairs_linked("comparable")]
    return [(one, other) for one, other in linked if one.id in ids and other.id in ids]


def _panel(data: Data, key: Key, readings: Sequence[Reading]) -> Lines:
    kind, indicator, _ = key
    measure = _measure(data.name_of("indicators", indicator), readings[0])
    pairs = _pairs(data, readings)
    paired = {one.id for pair in pairs for one in pair}
    lines = [
        *(_pair_line(data, *pair) for pair in pairs),
        *(_line(data, [one], [mark_of(one)]) for one in readings if one.id not in paired),
    ]
    lines.sort(key=lambda line: -max(ends_of([line])))
    return panel_of(f"{measure}: of {WHOLES[kind]}", lines)


def _measure(name: str, one: Reading) -> str:
    """What a share is of: the name of its indicator, with the ages that the reading names."""
    ages = age_words(one) if any(end.isdecimal() for end in one.ages) else ""
    told = name.replace(" in the age band", f" {ages}").replace(" of the age band", f" aged {ages}")
    return told if told != name or not ages else f"{name}, {ages}"


def _pair_line(data: Data, earlier: Reading, later: Reading) -> Line:
    marks = [mark_of(one, kind) for one, kind in ((earlier, EARLIER), (later, LATER))]
    return replace(_line(data, [earlier, later], marks), is_joined=True)


def _line(data: Data, readings: Sequence[Reading], marks: Sequence[Mark]) -> Line:
    """Say where, of whom, and what is printed for which year, with the caution that goes with it."""
    first = readings[0]
    where = data.name_of("places", first.place_id)
    whom = inside(data.name_of("populations", first.population_id))
    years = [year_of(one, data.ledger) or "year not stated" for one in readings]
    printed = [f"{one.printed} ({year})" for one, year in zip(readings, years, strict=True)]
    label = f"{where}, {whom}: {', then '.join(printed)}"
    named = tuple(
        replace(mark, name=label, tint=MEASURED) for mark in marks
    )  # the table adds the caution by itself
    return Line(label + data.caution(first.id), named)


def _held_back(data: Data) -> str:
    """Say how many shares may only stand beside another figure."""
    held = sum(one.show == "conflict_only" for one in _shares(data))
    words = f"Left out because they stand only beside other figures: {held}; see where sources differ."
    return words if held else ""
