"""Counts of the response over time: small panels on one calendar, one scale each."""

from collections.abc import Sequence

from scripts.package.files import Row
from scripts.package.reading import Reading
from scripts.site.charts.claim_origins import middle_of
from scripts.site.charts.model import MEASURED, PRINTED, Chart, Data, Kind, Plot, Point, Scale, scale_for
from scripts.site.charts.readings import KINDS
from scripts.wording.words import plain_word, span_words, with_commas

COLUMNS = ("Period", "Kind", "Printed, or kind of break")
LEAST = 5  # counts that a series needs to have a panel of its own
BREAK = Kind("break: counts on its two sides do not compare", "┆", "stroke")
OR_MORE = Kind("printed as so many or more", "▲", "triangle-up")
OR_LESS = Kind("printed as so many or less", "▼", "triangle-down")
OPEN = {"►": OR_MORE, "◄": OR_LESS}  # what points sideways on other charts points up or down here


def response(data: Data) -> Chart:
    """What police, courts and organisations counted, year by year."""
    series = _long_series(data)
    across = _years(data, series)
    others = len(data.rows("series")) - len(series)
    return Chart(
        id="response",
        title=_title(data, series),
        note="Counts show activity, not how common the harm is. Counts on two sides of a dashed line do "
        "not compare, so points are not joined.",
        asked="What did police, courts, a national committee and organisations count?",
        found=" ".join(_span_in_words(data, row) for row in series),
        sure=f"Drawn are series with at least {LEAST} dated counts. "
        f"{_breaks_in_words(data, series)} A dashed line stands at the beginning of the year, or at "
        "the month, that is given for a break.",
        left_out="Counts can rise or fall with effort, with rules of counting and with the harm. Nothing "
        f"here says what caused what. {others} shorter series stand in the lists of this page.",
        panels=tuple(_series_panel(data, one, across) for one in series),
        columns=COLUMNS,
        tables=("data/series.csv", "data/series_breaks.csv", "data/reported_values.csv"),
    )


def _title(data: Data, series: Sequence[Row]) -> str:
    """How many of the series drawn can be read from end to end."""
    sound = sum(not _breaks(data, row["series_id"]) for row in series)
    return f"{sound or 'None'} of the {len(series)} longest series of counts can be read as one trend"


def _span_in_words(data: Data, series: Row) -> str:
    """The lowest and the highest count of a series: no trend is said of what has breaks."""
    counts = sorted(_counts(data, series["series_id"]), key=lambda one: float(one.low or one.high))
    low, high = (_with_noun(data, one) for one in (counts[0], counts[-1]))
    return f"{series['name']}: {len(counts)} counts, the lowest {low}, the highest {high}."


def _with_noun(data: Data, one: Reading) -> str:
    """A count as it is printed, with what is counted and when: 92 cases (2016)."""
    unit = plain_word(data.ledger.indicators[one.indicator_id]["unit"])
    noun = "" if unit in one.printed else f" {unit}"
    return f"{one.printed}{noun} ({span_words(one.period)})"


def _counts(data: Data, series_id: str) -> list[Reading]:
    """The dated counts of a series, each once."""
    return [one for one in data.ledger.series_of(series_id) if one.is_root and one.period and one.is_free]


def _long_series(data: Data) -> list[Row]:
    """The series with enough counts to draw, the longest first."""
    times = {row["series_id"]: len(_counts(data, row["series_id"])) for row in data.rows("series")}
    long = [row for row in data.rows("series") if times[row["series_id"]] >= LEAST]
    return sorted(long, key=lambda row: -times[row["series_id"]])


def _breaks(data: Data, series_id: str) -> list[Row]:
    return [row for row in data.rows("series_breaks") if row["series_id"] == series_id and row["at"]]


def _years(data: Data, series: Sequence[Row]) -> Scale:
    """One calendar for all panels, in steps of five years."""
    periods = [one.period for row in series for one in _counts(data, row["series_id"])]
    years = [int(words[:4]) for words in periods] or [0]  # a package without a long series draws no panel
    return Scale(
        "year",
        tuple(range(min(years) // 5 * 5, max(years) // 5 * 5 + 6, 5)),
        start=min(years) // 5 * 5 - 0.5,
        end=max(years) + 1.0,
    )


def _series_panel(data: Data, series: Row, across: Scale) -> Plot:
    points = tuple(_point(one) for one in _counts(data, series["series_id"]))
    breaks = tuple(
        Point(kind=BREAK, x=_start_of(row["at"]), y=0, x_words=row["at"], y_words=plain_word(row["kind"]))
        for row in sorted(_breaks(data, series["series_id"]), key=lambda row: row["at"])
    )
    up = scale_for("count", [point.y for point in points])
    address = f"response/#{series['series_id']}"
    few = Scale("count", up.ticks[:: max(1, len(up.ticks) // 3)], end=up.ticks[-1])
    return Plot(
        title=series["name"],
        points=points,
        across=across,
        up=few,
        breaks=breaks,
        note=series["counts"],
        address=address,
    )


def _point(one: Reading) -> Point:
    """A count at the middle of its period, as high as it is printed."""
    kind = KINDS.get(one.qualifier, PRINTED)
    kind = OPEN.get(kind.glyph, kind)
    return Point(
        kind=kind,
        x=middle_of(one.period),
        y=float(one.low or one.high),
        x_words=one.period,
        y_words=with_commas(one.low or one.high),
        tint=MEASURED,
        value_id=one.id,
    )


def _start_of(at: str) -> float:
    """Where a year or month begins, on an axis that has each year's number at its middle."""
    return int(at[:4]) + (int(at[5:7] or 1) - 1) / 12 - 0.5


def _breaks_in_words(data: Data, series: Sequence[Row]) -> str:
    broken = [row for row in series if _breaks(data, row["series_id"])]
    count = sum(len(_breaks(data, row["series_id"])) for row in broken)
    return f"{len(broken)} of the {len(series)} series drawn have breaks, {count} in all."
