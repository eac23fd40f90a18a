"""The model of a chart: marks on lines or over an axis, and the words around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from scripts.package.reading import Reading

# Colours with the same meaning on the whole site: names of variables in style.css.
INK = "ink"
EARLIER, LATER, LATER_PALE = "earlier", "later", "later-pale"  # surveys; the pale colour is for a scenario
MEASURED, OUTSIDE = "measured", "outside"  # other counts; people not counted, or numbers that do not follow
RULE = "rule"  # what remains of a share
ON_TIER, ON_LOWEST_TIER = "on-tier", "on-tier-3"  # letters on a tier's colour
TIERS = ("tier-1", "tier-2", "tier-2-watch-list", "tier-3")
TINTS = (*(INK, EARLIER, LATER, LATER_PALE, MEASURED, OUTSIDE, RULE, *TIERS, ON_TIER, ON_LOWEST_TIER),)


@dataclass(frozen=True)
class MarkKind:
    """A kind of mark: what it means, and how it looks apart from its colour."""

    meaning: str
    glyph: str  # the same shape as a character, for the key
    shape: str  # the shape as Vega draws it
    solid: bool = True
    size: int = 80  # the area of the shape
    bar: float = 0  # thickness of a bar from end to end, on the vertical scale; 0 for a line
    letter: str = ""  # a letter drawn in the middle
    letter_tint: str = INK
    is_dotted: bool = False  # a dotted span, which the key leaves out because its words are above it


CROSS = "M-.8,-.8L.8,.8M-.8,.8L.8,-.8"
PRINTED = MarkKind("as reported", "●", "circle")
ROUGHLY = MarkKind("reported as “about” this figure", "○", "circle", solid=False)
RANGE = MarkKind("reported as a range", "├┤", "stroke")
AT_LEAST = MarkKind("reported as this figure or more", "►", "triangle-right")
AT_MOST = MarkKind("reported as this figure or less", "◄", "triangle-left")
COUNTED = MarkKind("as counted, with its interval", "◆", "diamond")


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A point, a range, a point with its range, or a vertical line for a break."""

    kind: MarkKind
    at: float | None = None
    low: float | None = None
    high: float | None = None
    up: float = 0  # its height above the axis, in a panel with a vertical axis
    text: str = ""  # drawn next to the point
    tint: str = INK
    words: str = ""  # what the table shows instead of the number
    name: str = ""  # its name in the table, instead of the label of its line
    value_id: str = ""  # id of the reading that it shows, if any
    lift: int = 0  # steps above its line, so that marks of one date do not hide each other
    is_break: bool = False

    @property
    def numbers_on_axis(self) -> list[float]:
        """Every number that must lie on the axis."""
        return [end for end in (self.at, self.low, self.high) if end is not None]


@dataclass(frozen=True)
class ChartLine:
    """A line in a chart: a label, and the marks next to it or below it."""

    label: str
    marks: Sequence[Mark]
    is_joined: bool = False  # its marks are joined, because a link says that they may be compared

    @property
    def numbers_on_axis(self) -> list[float]:
        """Every number that the line's marks show."""
        return [end for mark in self.marks for end in mark.numbers_on_axis]


@dataclass(frozen=True, kw_only=True)
class AxisScale:
    """An axis from start to end with its ticks; without ticks, it is not drawn."""

    unit: str  # such as “percent” or “year”
    ticks: Sequence[float]
    start: float | None = None  # before the first tick, if room is needed
    end: float | None = None  # after the last tick
    last: str = ""  # the label of the last tick, instead of its number

    @property
    def first_and_last_value(self) -> list[float]:
        """The values at the two ends of the axis."""
        first = self.ticks[0] if self.start is None else self.start
        return [first, self.ticks[-1] if self.end is None else self.end]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A panel of a chart: lines, one below the other, on one scale; or marks above an axis.

    Making a panel raises ValueError if a mark is outside its axis.
    """

    title: str
    lines: Sequence[ChartLine]
    across: AxisScale
    up: AxisScale | None = None  # the vertical axis for marks whose height is a count
    note: str = ""  # shown below the title
    height: int = 64

    @property
    def marks(self) -> list[Mark]:
        """Every mark, line by line."""
        return [mark for line in self.lines for mark in line.marks]

    def __post_init__(self) -> None:
        for line in self.lines:
            for mark in line.marks:
                self._raise_if_mark_outside_axis(mark, mark.name or line.label)

    def _raise_if_mark_outside_axis(self, mark: Mark, name: str) -> None:
        ends = [(end, self.across) for end in mark.numbers_on_axis]
        ends += [(mark.up, self.up)] if self.up and not mark.is_break else []
        for end, scale in ends:
            low, high = scale.first_and_last_value
            if not low <= end <= high:  # also refuses NaN
                raise ValueError(f"“{name}” lies at {end:g}, outside an axis from {low:g} to {high:g}.")


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart, the words that describe it, and the tables behind it."""

    title: str  # what the chart shows, as a sentence
    note: str  # what readers need to know if they see only the picture
    found: str  # what the marks show, for readers who cannot see them
    panels: Sequence[Panel]
    columns: Sequence[str]  # of the table with its numbers; none if the labels give these
    tables: Sequence[str]
    has_key: bool = True  # false if labels say what its marks are
    rests_on: Sequence[Reading] = ()  # the readings that it is made from, withdrawn or not
    source: str = ""  # replaces the publishers' names if there are too many readings
    held_back: int = 0  # how many readings are left out because they may be shown only with others

    @property
    def marks(self) -> list[Mark]:
        """Every mark, panel by panel."""
        return [mark for panel in self.panels for mark in panel.marks]


LEAST = 0.0001  # a smaller number is shown as “under 0.0001”, because it would need an exponent
MOST_STEPS = 6  # on an axis, so that labels do not touch on a phone
PERCENT_COLUMNS = ("Row", "Kind", "Value, %", "From, %", "To, %")


def number_as_drawn(value: float | None) -> str:
    """A number as written in a chart; blank if there is none."""
    if value is None or 0 < abs(value) < LEAST:
        return "" if value is None else f"under {LEAST:f}".rstrip("0")
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def axis_scale_from_zero(unit: str, ends: Sequence[float]) -> AxisScale:
    """An axis from zero to a round number at or above all of these, with four to seven ticks."""
    top = max(ends, default=0) or 1.0  # gives “none found” an axis too
    least = top / MOST_STEPS * (1 - 1e-9)
    power = 10.0 ** floor(log10(least))
    step = min(times * power for times in (1, 2, 5, 10) if times * power >= least)
    steps = ceil(top / step - 1e-9)
    return AxisScale(unit=unit, ticks=[step * count for count in range(steps + 1)])


def percent_panels(lines: dict[str, list[ChartLine]]) -> list[Panel]:
    """A panel for each title; all panels have the same scale, which covers all their numbers."""
    ends = [end for here in lines.values() for line in here for end in line.numbers_on_axis]
    across = axis_scale_from_zero("percent", ends)
    return [Panel(title=title, lines=here, across=across) for title, here in lines.items()]
