"""Tiers and counts of the response over time: small panels on one calendar, one scale each."""

from collections.abc import Sequence

from scripts.package.files import Row
from scripts.package.ledger import Reading
from scripts.site.charts.claim_origins import middle_of
from scripts.site.charts.model import PRINTED, Chart, Data, Kind, Plot, Point, Scale, scale_for
from scripts.site.charts.readings import KINDS
from scripts.wording.tiers import tiers_over_time
from scripts.wording.words import plain_word, with_commas

COLUMNS = ("Period", "Kind", "Printed, or kind of break")
COUNTRY = "cambodia"
LEAST = 5  # counts that a series needs to have a panel of its own
TIERS = {"tier_3": "Tier 3", "tier_2_watch_list": "2 WL", "tier_2": "Tier 2", "tier_1": "Tier 1"}
TIER = Kind("tier of the year's report", "■", "square")
BREAK = Kind("break: counts on its two sides do not compare", "┆", "stroke")
OR_MORE = Kind("printed as so many or more", "▲", "triangle-up")
OR_LESS = Kind("printed as so many or less", "▼", "triangle-down")
OPEN = {"►": OR_MORE, "◄": OR_LESS}  # what points sideways on other charts points up or down here


def tiers_and_response(data: Data) -> Chart:
    """What the US reports judged of the effort, and what police, courts and organisations counted."""
    series = _long_series(data)
    tiers = _tiers(data)
    across = _years(data, series, tiers)
    others = len(data.rows("series")) - len(series)
    return Chart(
        id="tiers-and-response",
        title="Tiers and counts of the response over time",
        asked="How did US reports rate the effort of the government, and what did authorities count?",
        found=f"{_tiers_in_words(data, tiers)} {len(series)} series have at least {LEAST} dated counts.",
        sure=f"{_breaks_in_words(data, series)} A dashed line stands at the beginning of the year, or at "
        "the month, that is given for a break.",
        left_out="A tier judges effort. Counts show activity. Neither measures how common the harm is, and "
        "nothing here says what caused what. Points are not joined, because breaks and missing years lie "
        f"between them. {others} shorter series stand in the lists of the response.",
        panels=(_tier_panel(data, tiers, across), *(_series_panel(data, one, across) for one in series)),
        columns=COLUMNS,
        tables=(
            "data/tip_tiers.csv",
            "data/series.csv",
            "data/series_breaks.csv",
            "data/reported_values.csv",
        ),
    )


def _tiers(data: Data) -> list[Row]:
    return [row for row in data.rows("tip_tiers") if row["place_id"] == COUNTRY and row["tier"]]


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


def _years(data: Data, series: Sequence[Row], tiers: Sequence[Row]) -> Scale:
    """One calendar for all panels, in steps of five years."""
    periods = [one.period for row in series for one in _counts(data, row["series_id"])]
    years = [int(words[:4]) for words in (*periods, *(row["report_year"] for row in tiers))]
    return Scale(
        "year",
        tuple(range(min(years) // 5 * 5, max(years) // 5 * 5 + 6, 5)),
        start=min(years) // 5 * 5 - 0.5,
        end=max(years) + 1.0,
    )


def _tier_panel(data: Data, tiers: Sequence[Row], across: Scale) -> Plot:
    levels = list(TIERS)
    points = tuple(
        Point(
            kind=TIER,
            x=int(row["report_year"]),
            y=levels.index(row["tier"]),
            x_words=row["report_year"],
            y_words=TIERS[row["tier"]],
        )
        for row in tiers
    )
    up = Scale("count", tuple(range(len(levels))), tuple(TIERS.values()))
    title = f"{data.name_of('places', COUNTRY)}: tier in the Trafficking in Persons Report"
    note = "A judgement of effort. WL: Watch List"
    return Plot(
        title=title, points=points, across=across, up=up, note=note, address=f"tip-tiers/#{COUNTRY}"
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
    )


def _start_of(at: str) -> float:
    """Where a year or month begins, on an axis that has each year's number at its middle."""
    return int(at[:4]) + (int(at[5:7] or 1) - 1) / 12 - 0.5


def _tiers_in_words(data: Data, tiers: Sequence[Row]) -> str:
    """The country report after report, not how often it was in each tier."""
    told = tiers_over_time(tiers)
    return f"By the year of the report, {data.name_of('places', COUNTRY)} was {told}."


def _breaks_in_words(data: Data, series: Sequence[Row]) -> str:
    broken = [row for row in series if _breaks(data, row["series_id"])]
    count = sum(len(_breaks(data, row["series_id"])) for row in broken)
    return f"{len(broken)} of the {len(series)} series drawn have breaks, {count} in all."
