"""The sizes printed for groups that a sample of venues did not look for. They are never multiplied."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from scripts.package.ledger import Reading
from scripts.site.charts.model import Chart, Data, Line, Lines, panel_of
from scripts.site.charts.readings import mark_of, parted, publisher_of, year_of
from scripts.wording.words import counted, inside

COLUMNS = ("Row", "Kind", "Printed", "From", "To")
NOT_COMPARABLE = " (held apart, because links say that some do not compare)"
Key = tuple[str, str]  # a limitation, and what is counted


def excluded_groups(data: Data) -> Chart:
    """How large are the groups that were left out, as far as anybody printed it?"""
    sizes = _sizes(data)
    panels = tuple(panel for key, readings in sizes.items() for panel in _panels(data, key, readings))
    return Chart(
        id="excluded-groups",
        title="Groups outside the venues, and the sizes printed for them",
        asked="How large are the groups of children whom a sample of venues did not look for?",
        found=" ".join(_sizes_in_words(data, key, readings) for key, readings in sizes.items()),
        sure="Each row counts by its own definition, method and date. Rows of one panel are not a trend "
        "and not a range of error.",
        left_out="These are not counts of exploited children, and no share is applied to them. The groups "
        f"can overlap. {_shares_left_out(data, sizes)}",
        panels=panels,
        columns=COLUMNS,
        tables=("data/derived/values.csv", "data/limitation_examples.csv"),
    )


def _sizes(data: Data) -> dict[Key, list[Reading]]:
    """The free counts behind each limitation, by what is counted: one kind of thing on one axis."""
    found: dict[Key, list[Reading]] = defaultdict(list)
    for row in data.rows("limitation_examples"):
        one = data.ledger.readings[row["value_id"]]
        if data.ledger.kind(one) == "count" and one.is_free:
            found[row["limitation_id"], one.indicator_id].append(one)
    return dict(found)


def _panels(data: Data, key: Key, readings: Sequence[Reading]) -> Iterator[Lines]:
    """One panel, or more where links say that sizes do not compare."""
    for number, part in enumerate(parted(readings, data.ledger)):
        title = _name(data, key) + (NOT_COMPARABLE if number else "")
        yield panel_of(title, [_line(data, one) for one in part], "count")


def _name(data: Data, key: Key) -> str:
    limitation, indicator = key
    counted = inside(data.name_of("indicators", indicator))
    return f"{data.row('limitations', limitation)['name']}: {counted}"


def _line(data: Data, one: Reading) -> Line:
    """Say how many, of whom, where and when; the table says who prints it, too."""
    whom = data.name_of("populations", one.population_id) or one.scope_as_printed
    year = year_of(one, data.ledger) or "year not stated"
    where = data.name_of("places", one.place_id)
    label = f"{one.printed}: {inside(whom)}, {where}, {year} ({one.nature})"
    return Line(label, (replace(mark_of(one), name=f"{label} – {publisher_of(one, data.ledger)}"),))


def _sizes_in_words(data: Data, key: Key, readings: Sequence[Reading]) -> str:
    """How many are printed, and the highest with its place, for a town may stand beside the country."""
    highest = max(readings, key=lambda one: float(one.high or one.low))
    place = data.name_of("places", highest.place_id)
    many = counted(len(readings), "printed size")
    return f"{_name(data, key)}: {many}, the highest “{highest.printed}”, {place}."


def _shares_left_out(data: Data, drawn: dict[Key, list[Reading]]) -> str:
    there = {row["value_id"] for row in data.rows("limitation_examples")}
    left = len(there) - len({one.id for readings in drawn.values() for one in readings})
    return f"Printed shares of such groups stand in the lists of this page alone: {left}." if left else ""
