"""Charts of shares as filled squares out of a hundred; a square stands for 1%, not for a person."""

from collections.abc import Mapping, Sequence

from scripts.package.featured_roles import Role
from scripts.site.charts import chart_model
from scripts.site.charts.reading_marks import publishers_and_credited_body, readings_in_roles
from scripts.site.page_data import PageData
from scripts.site.withdrawn_figures import WithdrawnMark, answer_or_withdrawn_mark

FILLED = chart_model.MarkKind("one in a hundred", "■", "square", size=130)
EMPTY = chart_model.MarkKind("one in a hundred of the others", "□", "square", solid=False, size=130)
EDGE = 10  # squares along each side
SIDE = chart_model.AxisScale(unit="count", ticks=(), start=0, end=EDGE)
TINTS = {"earlier": chart_model.EARLIER, "later": chart_model.LATER, "share": chart_model.MEASURED}


def in_hundreds(
    data: PageData,
    *,
    words: Mapping[str, Sequence[str]],
    title: str,
    note: str,
    earlier: Role | None = None,
    later: Role | None = None,
    share: Role | None = None,
    counted: Sequence[str] = (),
) -> chart_model.Chart:
    """A picture of a hundred squares for each share that is passed.

    For each share, `words` gives what is written above the squares: the number, and the people whom it is a
    share of. The later share and the percentages in `counted` must round to the same number. If they do
    not, or if a share was withdrawn, nothing is drawn.
    """
    roles = {"earlier": earlier, "later": later, "share": share}
    given = {name: role for name, role in roles.items() if role}
    readings = readings_in_roles(data, *given.values())
    in_hundred = answer_or_withdrawn_mark(data.figures.in_hundred)
    squares = {name: in_hundred(role, counted if name == "later" else ()) for name, role in given.items()}
    filled = {name: number for name, number in squares.items() if not isinstance(number, WithdrawnMark)}
    is_whole = len(filled) == len(given)
    return chart_model.Chart(
        title=title,
        note=note,
        found=". ".join(f"{number}, {people}" for number, people in words.values()),
        panels=[_squares_panel(name, number, *words[name]) for name, number in filled.items()]
        if is_whole
        else [],
        columns=(),
        tables=("data/derived/values.csv",),
        rests_on=readings,
        source=f"{publishers_and_credited_body(data, readings)}; rounded by us.",
        has_key=False,
    )


def _squares_panel(name: str, filled: int, number: str, people: str) -> chart_model.Panel:
    """A panel of squares, filled row by row from the upper left; raises ValueError above a hundred."""
    squares = max(EDGE * EDGE, filled)
    marks = [_square_mark_at(at, TINTS[name] if at < filled else "") for at in range(squares)]
    return chart_model.Panel(
        title=number, note=people, lines=[chart_model.ChartLine(number, marks)], across=SIDE, up=SIDE
    )


def _square_mark_at(at: int, tint: str) -> chart_model.Mark:
    row, column = divmod(at, EDGE)
    kind = FILLED if tint else EMPTY
    return chart_model.Mark(kind=kind, at=column + 0.5, up=EDGE - row - 0.5, tint=tint or chart_model.RULE)
