"""A share as a grid of a hundred squares, of which so many are filled; of two surveys side by side."""

from collections.abc import Iterator, Mapping, Sequence

from scripts.package.featured import Role
from scripts.package.reading import Reading
from scripts.site.charts import model
from scripts.site.charts.readings import in_roles, population_words, standing, year_of
from scripts.site.page_data import PageData
from scripts.wording.frequencies import people_in
from scripts.wording.reported_by import reported_by
from scripts.wording.words import listed

SIDE = 10  # squares
GAP = 0.04  # of a square, at each of its edges
SQUARE = model.Kind("one in a hundred", "■", "square", bar=1 - 2 * GAP)
ALL = SIDE * SIDE
NO_WORDS: Mapping[str, str] = {}


def hundred_squares(
    data: PageData,
    *,
    later: Role,
    earlier: Role | None = None,
    counted: Sequence[str] = (),
    title: str = "",
    note: str = "A square is one in a hundred, not a person.",
    words: Mapping[str, str] = NO_WORDS,
) -> model.Chart:
    """About how many in a hundred? `words` of `earlier` and `later` say of whom, or else the data do.

    The percentages that its counts give, `counted`, have to round to the same number as the later share.
    ValueError for a share that squares cannot show.
    """
    found = {"earlier": in_roles(data, earlier), "later": in_roles(data, later)}
    shown = standing([*found["earlier"], *found["later"]])
    also = {"earlier": (), "later": counted}
    panels = [
        _grid(data, name, one, whom=words.get(name, ""), counted=also[name])
        for name, readings in found.items()
        for one in standing(readings)
    ]
    told = [f"{data.values.value(one.id)} in {year_of(one, data.package.ledger)}" for one in shown]
    return model.Chart(
        title=title or (f"{listed(told)}, {reported_by(data.package, shown)}" if shown else ""),
        note=note,
        found=" ".join(f"{panel.title} {panel.note}." for panel in panels),
        panels=panels,
        columns=(),
        tables=("data/derived/values.csv",),
        rests_on=[*found["earlier"], *found["later"]],
        has_key=False,
    )


def _grid(data: PageData, name: str, one: Reading, whom: str, counted: Sequence[str]) -> model.Panel:
    """One share: its year, how many in a hundred, its people, and its squares."""
    tint = model.EARLIER if name == "earlier" else model.LATER
    filled = _filled(data, one, counted)
    label = f"{year_of(one, data.package.ledger)}: {data.values.frequency(one.id, counted)}"
    across = model.Scale(unit="count", ticks=(0, SIDE))
    return model.Panel(
        title=label,
        note=whom or population_words(data, one.population_id),
        lines=[model.Line(label, list(_squares(filled, one.id, tint)))],
        across=across,
        up=across,
        is_square=True,
    )


def _filled(data: PageData, one: Reading, counted: Sequence[str]) -> int:
    """How many squares stand for a share. ValueError where its versions round to none or to several."""
    is_share = data.package.row("indicators", one.indicator_id)["unit"] == "percent"
    shares = [*data.values.versions(one.id), *counted] if is_share and one.low and one.high else []
    filled = people_in(ALL, shares)
    is_none = bool(shares) and not any(map(float, shares))
    if not 0 < filled <= ALL and not is_none:
        why = "not one number of squares in a hundred; say it in words"
        raise ValueError(f"{one.id} (“{one.printed}”), in all its versions, is {why}.")
    return filled


def _squares(filled: int, value_id: str, tint: str) -> Iterator[model.Mark]:
    """All squares, row by row from the top; the first of them are filled."""
    for at in range(ALL):
        row, column = divmod(at, SIDE)
        yield model.Mark(
            kind=SQUARE,
            low=column + GAP,
            high=column + 1 - GAP,
            up=SIDE - row - 0.5,
            tint=tint if at < filled else model.EMPTY,
            value_id=value_id,
        )
