"""The tiers of countries in the Trafficking in Persons Reports: a strip of years for each country."""

from dataclasses import replace

from scripts.site.charts import chart_model
from scripts.site.page_data import PageData
from scripts.site.topic_lists import Cell, TierStrips, tier_strip
from scripts.site.withdrawn_figures import WithdrawnMark, answer_or_withdrawn_mark

MOST_YEARS = 28  # as many as a phone has room for, with their letters; the list has earlier years
HALF = 0.46  # half a cell, in years: this leaves a gap between two cells
MEANINGS = {
    "tier_1": "Tier 1, the highest",
    "tier_2": "Tier 2",
    "tier_2_watch_list": "Tier 2 Watch List",
    "tier_3": "Tier 3, the lowest",
    "": "no source found",
}
KINDS = {  # the size sets the order in the key
    tier: chart_model.MarkKind(meaning, "", "square", bar=18, size=size)
    for size, (tier, meaning) in enumerate(MEANINGS.items(), start=1)
}
LOWEST = "tier_3"
TABLES = ("data/tip_tiers.csv", "data/tip_tier_sources.csv")


def tiers_by_year(data: PageData) -> chart_model.Chart:
    """The chart of tiers: for each country, a row of cells, each with the letter of a year's tier.

    The country that the site is about comes first. If no tiers are known, the chart is empty.
    """
    strip = answer_or_withdrawn_mark(tier_strip)(data)
    if isinstance(strip, WithdrawnMark):
        return chart_model.Chart(title="", note="", found="", panels=(), columns=(), tables=TABLES)
    last = strip.span[1]
    first = max(strip.span[0], last - MOST_YEARS + 1)
    strips = {name: [cell for cell in cells if cell[0] >= first] for name, cells in strip.strips.items()}
    said = f"Tiers of {len(strips)} countries, {first} to {last}"
    return chart_model.Chart(
        title=_sentence_on_lowest_tier(strip) or said,
        note="The years are those of the reports. A dash means that we found no source for that year; "
        "the country may still have been ranked.",
        found=f"{' '.join(_tiers_of_country_in_words(*country_strip) for country_strip in strips.items())} "
        f"One character a year from {first}; W is the Watch List, – is not found. "
        "The list has every source.",
        panels=_country_panels(strips, strip.country, _year_scale(first, last)),
        columns=(),
        tables=TABLES,
        source="US Department of State, Trafficking in Persons Reports, and sources that repeat them "
        "(listed below).",
    )


def _sentence_on_lowest_tier(strip: TierStrips) -> str:
    """A sentence on which countries have stayed in the lowest tier for as long as the site's country.

    Blank if the site's country has not been there for several years, or if missing data leave this open.
    """
    first, last = strip.span
    higher = [year for year, tier, _ in strip.strips.get(strip.country, []) if tier != LOWEST]
    since = max([*higher, first - 1]) + 1
    later = {
        name: {tier for year, tier, _ in cells if year >= since} for name, cells in strip.strips.items()
    }
    stayed = [name for name, tiers in later.items() if tiers == {LOWEST}]
    left = [name for name, tiers in later.items() if tiers - {LOWEST, ""}]
    if strip.country not in stayed or since >= last or len(stayed) + len(left) < len(later):
        return ""
    named = " and ".join(stayed)
    return f"Of these {len(later)} countries, only {named} stayed in Tier 3 from {since} to {last}"


def _country_panels(
    strips: dict[str, list[Cell]], here: str, across: chart_model.AxisScale
) -> list[chart_model.Panel]:
    """A panel for the country that the site is about, and one with a line for each other country."""
    others = {name: cells for name, cells in strips.items() if name != here}
    own = {"": strips[here]} if here in strips else {}
    panels = {here: own, "Other countries": others}
    return [_panel_of_tier_strips(title, lines, across) for title, lines in panels.items() if lines]


def _year_scale(first: int, last: int) -> chart_model.AxisScale:
    """An axis with a tick every five years, and with room for the whole cells of the first and last year.

    The first year has a tick too, unless the next tick is near.
    """
    fives = [year for year in range(first, last + 1) if year % 5 == 0]
    ticks = fives if fives and fives[0] - first < 3 else [first, *fives]
    return chart_model.AxisScale(unit="year", ticks=ticks, start=first - 0.5, end=last + 0.5)


def _panel_of_tier_strips(
    title: str, strips: dict[str, list[Cell]], across: chart_model.AxisScale
) -> chart_model.Panel:
    lines = [
        chart_model.ChartLine(name, list(map(_letter_mark_of_tier, cells)))
        for name, cells in strips.items()
    ]
    return chart_model.Panel(title=title, lines=lines, across=across)


def _letter_mark_of_tier(cell: Cell) -> chart_model.Mark:
    year, tier, letter = cell
    ink = (
        chart_model.INK
        if not tier
        else chart_model.ON_LOWEST_TIER
        if tier == LOWEST
        else chart_model.ON_TIER
    )
    kind = replace(KINDS[tier], glyph=letter, letter=letter, letter_tint=ink)
    if not tier:
        return chart_model.Mark(kind=kind, at=year)
    tint = tier.replace("_", "-")
    return chart_model.Mark(kind=kind, at=year, low=year - HALF, high=year + HALF, tint=tint)


def _tiers_of_country_in_words(country: str, cells: list[Cell]) -> str:
    return f"{country}: {''.join(letter for _, _, letter in cells)}."
