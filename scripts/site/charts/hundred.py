"""A share as a grid of a hundred squares, one for each hundredth; of two surveys side by side."""

from collections.abc import Iterator, Mapping
from math import ceil

from scripts.package.featured import Role
from scripts.package.reading import Reading
from scripts.site.charts import model
from scripts.site.charts.readings import in_roles, population_words, standing, year_of
from scripts.site.page_data import PageData
from scripts.wording.reported_by import reported_by
from scripts.wording.words import listed

SIDE = 10  # squares
GAP = 0.04  # of a square, at each of its edges
SQUARE = model.Kind("one in a hundred", "■", "square", bar=1 - 2 * GAP)
LEAST, MOST = 0.1, 100.0  # percent: what a tenth of a square shows, and all of them
NO_WORDS: Mapping[str, str] = {}


def hundred_squares(
    data: PageData,
    *,
    later: Role,
    earlier: Role | None = None,
    title: str = "",
    note: str = "A square is one in a hundred, not one person.",
    words: Mapping[str, str] = NO_WORDS,
) -> model.Chart:
    """Of each hundred how many? `words` of `earlier` and `later` say of whom, or else the data do.

    ValueError for a share that so few squares cannot show.
    """
    shares = {"earlier": earlier, "later": later}
    readings = {name: one for name, role in shares.items() for one in in_roles(data, role)}
    shown = standing(readings.values())
    panels = [_grid(data, name, one, words) for name, one in readings.items() if one in shown]
    told = [f"{data.values.value(one.id)} in {year_of(one, data.package.ledger)}" for one in shown]
    return model.Chart(
        title=title or (f"{listed(told)}, {reported_by(data.package, shown)}" if shown else ""),
        note=note,
        found=" ".join(f"{panel.title} {panel.note}." for panel in panels),
        panels=panels,
        columns=(),
        tables=("data/derived/values.csv",),
        rests_on=[*readings.values()],
        has_key=False,
    )


def _grid(data: PageData, name: str, one: Reading, words: Mapping[str, str]) -> model.Panel:
    """One share: its year and number, its people, and its squares."""
    tint = model.EARLIER if name == "earlier" else model.LATER
    label = f"{year_of(one, data.package.ledger)}: {data.values.value(one.id)}"
    across = model.Scale(unit="count", ticks=(0, SIDE))
    return model.Panel(
        title=label,
        note=words.get(name, population_words(data, one.population_id)),
        lines=[model.Line(label, list(_squares(_share_of(one), one.id, tint)))],
        across=across,
        up=across,
        is_square=True,
    )


def _share_of(one: Reading) -> float:
    """The percentage that a reading gives. ValueError where it is none that squares can show."""
    if not one.is_point or one.low != one.high:
        raise ValueError(f"{one.id} (“{one.printed}”) is no single share, so squares cannot show it.")
    share = float(one.low)
    if share > MOST or 0 < share < LEAST:
        why = "more than all of a hundred" if share > MOST else "too small to be seen"
        raise ValueError(f"{one.id} (“{one.printed}”) as a part of a hundred squares is {why}.")
    return share


def _squares(share: float, value_id: str, tint: str) -> Iterator[model.Mark]:
    """All squares, and over them those that are filled, row by row from the top; the last one in part."""
    yield from (_square(at, 1, model.EMPTY, value_id) for at in range(SIDE * SIDE))
    yield from (_square(at, min(share - at, 1), tint, value_id) for at in range(ceil(share)))


def _square(at: int, part: float, tint: str, value_id: str) -> model.Mark:
    """The square in this place, filled from its left edge."""
    row, column = divmod(at, SIDE)
    low = column + GAP
    high = low + (1 - 2 * GAP) * part
    up = SIDE - row - 0.5
    return model.Mark(kind=SQUARE, low=low, high=high, up=up, tint=tint, value_id=value_id)
