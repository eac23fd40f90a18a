"""How a printed reading becomes a mark, and the words that charts write beside it."""

import re

from scripts.package.featured import Role
from scripts.package.ledger import Ledger
from scripts.package.reading import Reading, holds
from scripts.site.charts.model import AT_LEAST, AT_MOST, PRINTED, RANGE, ROUGHLY, Kind, Mark
from scripts.site.page_data import PageData
from scripts.wording.words import inside

KINDS = {
    "about": ROUGHLY,
    "less_than": AT_MOST,
    "at_most": AT_MOST,
    "more_than": AT_LEAST,
    "at_least": AT_LEAST,
}


def mark_of(one: Reading, kind: Kind | None = None, name: str = "", tint: str = "") -> Mark:
    """A reading as it is printed: a point, a rough number, an open end, or a range without a point."""
    if one.low and one.high and one.low != one.high:
        low, high = float(one.low), float(one.high)
        return Mark(kind=RANGE, low=low, high=high, value_id=one.id, name=name, tint=tint)
    told = kind or KINDS.get(one.qualifier, PRINTED)
    return Mark(kind=told, at=float(one.low or one.high), value_id=one.id, name=name, tint=tint)


def year_of(one: Reading, ledger: Ledger) -> str:
    """The year of the study, not the one that a source prints, unless it ran on into that one."""
    period = ledger.index("studies").get(one.study_id, {}).get("fieldwork") or one.period
    if len(one.period) == len("2015") and holds(period, one.period):
        return one.period
    years = dict.fromkeys(date[:4] for date in period.split("/"))
    return " to ".join(years)


def publisher_of(one: Reading, ledger: Ledger) -> str:
    """The publisher of a source, without what tells of the copy that was read."""
    source = ledger.index("sources")[one.source_id]
    return re.split(r" [(/]|, archived on | via ", source["publisher"])[0].replace("; ", " and ")


def standing(data: PageData, *roles: Role) -> list[Reading]:
    """The readings in these roles that were not taken back."""
    return [one for one in map(data.package.featured.reading, roles) if not one.is_withdrawn]


def population_words(data: PageData, population_id: str) -> str:
    """Say what a share is a share of."""
    if not population_id:
        return "Of whom: not stated"
    return f"Of {inside(data.package.name_of('populations', population_id))}"
