"""Tiers of the Trafficking in Persons Reports: a strip of years a country, a table with every source."""

from scripts.package.files import Row, grouped
from scripts.site.lines import Line, Section
from scripts.site.page_data import PageData
from scripts.site.page_parts import publisher_link
from scripts.wording.sentences import SHORTLY, tiers_over_time
from scripts.wording.words import listed, plain_word


def tier_strip(data: PageData) -> dict[str, object]:
    """A strip a country, the one in question first, the others by name; `last` is where it is now.

    `marked` are the years that are written below; a strip holds years, tiers and their letters.
    """
    rows = sorted(data.package.rows("tip_tiers"), key=lambda row: row["report_year"])
    first, last = (int(rows[at]["report_year"]) for at in (0, -1))
    names = {row["place_id"]: data.package.name_of("places", row["place_id"]) for row in rows}
    rows.sort(key=lambda row: (row["place_id"] != data.package.country, names[row["place_id"]]))
    cells = ((int(row["report_year"]), row["tier"], SHORTLY[row["tier"]]) for row in rows)
    strips = grouped(zip((names[row["place_id"]] for row in rows), cells, strict=True))
    here = data.package.grouped("tip_tiers", "place_id", data.package.country)
    return {
        "country": next(iter(strips)),
        "last": tiers_over_time(here, max(row["report_year"] for row in here if row["tier"])),
        "span": (first, last),
        "marked": [year for year in range(first, last + 1) if year == first or year % 5 == 0],
        "strips": strips,
    }


def tier_sources(data: PageData) -> list[Section]:
    """A section a country, with every source behind its tiers."""
    return [
        _country(data, place_id)
        for place_id in sorted({row["place_id"] for row in data.package.rows("tip_tiers")})
    ]


def tiers_since(data: PageData, place_id: str, year: str) -> str:
    """In which tiers a country was from a year on, in words."""
    return tiers_over_time(data.package.grouped("tip_tiers", "place_id", place_id), year)


def _country(data: PageData, place_id: str) -> Section:
    """Each source once, in the order of the first year that it speaks of."""
    rows = data.package.grouped("tip_tier_sources", "place_id", place_id)
    sources = grouped(((row["source_id"], row["locator"], row["evidence"]), row) for row in rows)
    name = data.package.name_of("places", place_id)
    return Section(place_id, name, items=tuple(_source(data, rows) for rows in sources.values()))


def _source(data: PageData, rows: list[Row]) -> Line:
    """One source, with the years for which it gives each tier."""
    years = grouped((plain_word(row["tier_as_stated"]), row["report_year"]) for row in rows)
    said = "; ".join(f"{tier} in {listed(some)}" for tier, some in years.items())
    link = publisher_link(data, rows[0]["source_id"])
    return (link, f", {rows[0]['locator']} ({rows[0]['evidence']}): {said}")
