"""What a chart is made of: rows of marks on a scale, or points over time, and the words around them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from markupsafe import Markup

from scripts.package.featured import Featured, Role
from scripts.package.files import Row
from scripts.package.ledger import Ledger
from scripts.package.reading import Reading


@dataclass(frozen=True)
class Data:
    """What charts ask of the pages' data."""

    ledger: Ledger
    featured: Featured
    rows: Callable[[str], list[Row]]  # of a table
    row: Callable[[str, str], Row]  # of a table, by its key
    name_of: Callable[[str, str], str]  # in a table, of a key
    caution: Callable[[str], str]  # of a reading
    label: Callable[[str], str]  # of a reading
    value_url: Callable[[str], Markup]  # of a reading
    reported_by: Callable[[Sequence[Reading]], str]  # who reported some readings
    cite: Callable[[], str]  # this package


@dataclass(frozen=True)
class Kind:
    """How a mark is told from others without colour, and what it means."""

    meaning: str
    glyph: str  # the same shape as a character, for the key
    shape: str  # the shape as Vega draws it
    solid: bool = True
    dashed: bool = False


# Colours with a meaning that is kept on the whole site: names of variables of style.css.
INK = "ink"
EARLIER, LATER = "earlier", "later"  # the wave
MEASURED, OUTSIDE = "measured", "outside"  # other counts; what is not counted or does not follow
CROSS = "M-.8,-.8L.8,.8M-.8,.8L.8,-.8"
PRINTED = Kind("as printed", "●", "circle")
ROUGHLY = Kind("printed as about", "○", "circle", solid=False)
RANGE = Kind("printed as a range", "├┤", "stroke")
AT_LEAST = Kind("printed as so much or more", "►", "triangle-right")
AT_MOST = Kind("printed as so much or less", "◄", "triangle-left")
COUNTED = Kind("as counted, with its interval", "◆", "diamond")
SCENARIO = Kind("scenario, under an assumption", "◇┄", "diamond", solid=False, dashed=True)


@dataclass(frozen=True)
class Mark:
    """A point, a range, or a point with its range."""

    kind: Kind
    at: float | None = None
    low: float | None = None
    high: float | None = None
    text: str = ""  # stands beside the point
    tint: str = INK
    words: str = ""  # what the table writes in place of the number
    name: str = ""  # what the table calls it in place of its line
    value_id: str = ""  # of the reading that it shows, if it shows one
    lift: int = 0  # steps above its line, so that marks of one date do not hide each other

    @property
    def ends(self) -> list[float]:
        """Every number that has to lie on the axis."""
        return [end for end in (self.at, self.low, self.high) if end is not None]


@dataclass(frozen=True)
class Line:
    """One line of a chart: a label, and the marks below it."""

    label: str
    marks: tuple[Mark, ...]
    is_joined: bool = False  # a line joins its marks, because a link says that they may be compared


@dataclass(frozen=True)
class Scale:
    """An axis from end to end with its ticks."""

    unit: str  # percent, count or year; blank for no axis
    ticks: tuple[float, ...]
    names: tuple[str, ...] = ()  # of the ticks, in place of their numbers
    start: float | None = None  # before the first tick, where room is needed
    end: float | None = None  # beyond the last one

    @property
    def domain(self) -> list[float]:
        """From end to end."""
        first = self.ticks[0] if self.start is None else self.start
        return [first, self.ticks[-1] if self.end is None else self.end]


@dataclass(frozen=True)
class Lines:
    """A panel of lines, one below the other, on one scale."""

    title: str
    lines: tuple[Line, ...]
    scale: Scale

    def cells(self) -> Iterator[tuple[Mark, Sequence[str]]]:
        """Every mark with what the table says of it."""
        for line in self.lines:
            for mark in line.marks:
                point = mark.words or number(mark.at)
                ends = () if mark.words else (number(mark.low), number(mark.high))
                yield mark, (mark.name or line.label, mark.kind.meaning, point, *ends)


@dataclass(frozen=True, kw_only=True)
class Point:
    """A place in a plot: where along, how high, and how the table writes both."""

    kind: Kind
    x: float
    y: float
    x_words: str
    y_words: str
    text: str = ""
    tint: str = INK
    value_id: str = ""  # of the reading that it shows, if it shows one


@dataclass(frozen=True, kw_only=True)
class Plot:
    """A panel with points over one axis, lines down at breaks, and a curve where one can be computed."""

    title: str
    points: tuple[Point, ...]
    across: Scale
    up: Scale
    breaks: tuple[Point, ...] = ()
    curve: tuple[tuple[float, float], ...] = ()
    note: str = ""  # stands below the title
    height: int = 64
    address: str = ""  # from the root of the site to the place where this panel is explained

    def cells(self) -> Iterator[Sequence[str]]:
        """Every point and break as the table writes it."""
        for point in (*self.points, *self.breaks):
            yield point.x_words, point.kind.meaning, point.y_words


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart, the words that stand for it, and the tables behind it."""

    id: str
    title: str  # what is seen, as a sentence
    note: str  # what a reader needs who sees the picture alone
    asked: str
    found: str
    sure: str
    left_out: str
    panels: tuple[Lines | Plot, ...]
    columns: tuple[str, ...]
    tables: tuple[str, ...]
    roles: tuple[Role, ...] = ()  # the featured readings that it is drawn from
    rests_on: tuple[str, ...] = ()  # the readings from which what is computed was computed


LEAST = 0.0001  # of the numbers that a chart writes out; below it there would be an exponent
PERCENT_COLUMNS = ("Row", "Kind", "Value, %", "From, %", "To, %")


def number(value: float | None) -> str:
    """Write a number of a chart; nothing for none."""
    if value is None or 0 < abs(value) < LEAST:
        return "" if value is None else f"under {LEAST:f}".rstrip("0")
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def scale_for(unit: str, ends: Sequence[float]) -> Scale:
    """An axis from zero to a round number at or above all of these, with four to seven ticks."""
    top = max([*ends, 1e-9])
    step = _round_step(top / 4)
    steps = ceil(top / step - 1e-9)
    return Scale(unit, tuple(step * count for count in range(steps + 1)))


def _round_step(step: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is not above this."""
    power = 10.0 ** floor(log10(step))
    return max(times * power for times in (1, 2, 5) if times * power <= step * 1.000001)


def ends_of(lines: Sequence[Line]) -> list[float]:
    """Every number on these lines."""
    return [end for line in lines for mark in line.marks for end in mark.ends]


def panel_of(title: str, lines: Sequence[Line], unit: str = "percent") -> Lines:
    """A panel of lines on a scale that reaches over all of their numbers."""
    return Lines(title, tuple(lines), scale_for(unit, ends_of(lines)))
