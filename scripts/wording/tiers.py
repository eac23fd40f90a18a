"""The tiers of a country in words: in which it was, report after report."""

from collections.abc import Sequence
from itertools import groupby

from scripts.package.files import Row
from scripts.wording.words import listed

IN_WORDS = {
    "tier_1": "in Tier 1",
    "tier_2": "in Tier 2",
    "tier_2_watch_list": "on the Tier 2 Watch List",
    "tier_3": "in Tier 3",
}
SHORTLY = {
    "tier_1": "1",
    "tier_2": "2",
    "tier_2_watch_list": "W",
    "tier_3": "3",
    "": "–",
}  # in a small cell


def tiers_over_time(rows: Sequence[Row], since: str = "") -> str:
    """In which tier was a country, and when? Its rows of `tip_tiers`; earlier spells are left out."""
    found = sorted((row for row in rows if row["tier"]), key=lambda row: row["report_year"])
    spells = [
        (tier, [row["report_year"] for row in same])
        for tier, same in groupby(found, key=lambda row: row["tier"])
    ]
    return listed(
        f"{IN_WORDS[tier]} {_when(years, found[-1]['report_year'])}"
        for tier, years in spells
        if years[-1] >= since
    )


def _when(years: Sequence[str], last: str) -> str:
    """A spell in one tier; the one that goes on has no end."""
    if years[-1] == last:
        return f"since {years[0]}"
    return f"in {years[0]}" if len(years) == 1 else f"from {years[0]} to {years[-1]}"
