"""Tiers of the Trafficking in Persons Reports: a cell for each country and year, and every source."""

from collections import defaultdict
from dataclasses import dataclass

from scripts.package.files import Row
from scripts.site.lines import Entry, Line, Section, entry
from scripts.site.page_data import PageData
from scripts.site.page_parts import source_link
from scripts.wording.sentences import tiers_over_time
from scripts.wording.words import plain_word

SHORT = {"tier_1": "1", "tier_2": "2", "tier_2_watch_list": "2 WL", "tier_3": "3", "": "not found"}
SECONDARY = "°"  # marks a tier that no report itself was read for


@dataclass(frozen=True)
class TierTable:
    """Countries as columns, each with every source behind its tiers; years of the report as rows."""

    countries: list[Section]
    years: list[Entry]


def tier_table(data: PageData) -> TierTable:
    """Every tier that was found, and the sources of each country."""
    tiers = {(row["report_year"], row["place_id"]): row["tier"] for row in data.package.rows("tip_tiers")}
    years, places = (sorted(set(keys)) for keys in zip(*tiers, strict=True))
    evidence = _evidence(data.package.rows("tip_tier_sources"))
    cells = {key: _cell(tier, evidence[key]) for key, tier in tiers.items()}
    return TierTable(
        countries=[_country(data, place_id) for place_id in places],
        years=[entry("", year, *(cells.get((year, one), SHORT[""]) for one in places)) for year in years],
    )


def tiers_since(data: PageData, place_id: str, year: str) -> str:
    """In which tiers a country was from a year on, in words."""
    return tiers_over_time(data.package.grouped("tip_tiers", "place_id", place_id), year)


def _evidence(rows: list[Row]) -> dict[tuple[str, str], set[str]]:
    """Who speaks for a year and a country: the report itself (primary), or others (secondary)."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        found[row["report_year"], row["place_id"]].add(row["evidence"])
    return found


def _cell(tier: str, evidence: set[str]) -> str:
    return SHORT[tier] + (SECONDARY if tier and "primary" not in evidence else "")


def _country(data: PageData, place_id: str) -> Section:
    rows = data.package.grouped("tip_tier_sources", "place_id", place_id)
    name = data.package.name_of("places", place_id)
    return Section(place_id, name, items=tuple(_source(data, row) for row in rows))


def _source(data: PageData, row: Row) -> Line:
    """One source for the tier of one year."""
    source = data.package.row("sources", row["source_id"])
    return (
        f"{row['report_year']}: {plain_word(row['tier_as_stated'])} – ",
        source_link(source, source["publisher"]),
        f", {row['locator']} ({row['evidence']})",
    )
