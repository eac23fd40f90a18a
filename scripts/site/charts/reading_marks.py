"""Turn readings into the marks of a chart, with the words next to them."""

import re
from collections.abc import Iterable

from scripts.package.featured_roles import Role
from scripts.package.reading import Reading, period_contains
from scripts.package.reading_index import ReadingIndex
from scripts.site.charts.chart_model import (
    AT_LEAST,
    AT_MOST,
    MEASURED,
    PRINTED,
    RANGE,
    ROUGHLY,
    Mark,
    MarkKind,
)
from scripts.site.page_data import PageData
from scripts.wording.publisher_names import organisation_with_article
from scripts.wording.text_formatting import join_with_commas_and, lowercase_first

KINDS = {"about": ROUGHLY, "below": AT_MOST, "above": AT_LEAST}


def mark_for_reading(
    reading: Reading, kind: MarkKind | None = None, name: str = "", tint: str = MEASURED
) -> Mark:
    """The mark for a reading: a range or, for a single number, a point (exact, “about” or a limit)."""
    if reading.low and reading.high and reading.low != reading.high:
        low, high = float(reading.low), float(reading.high)
        return Mark(kind=RANGE, low=low, high=high, value_id=reading.id, name=name, tint=tint)
    told = kind or KINDS.get(reading.qualifier_kind, PRINTED)
    return Mark(kind=told, at=float(reading.low or reading.high), value_id=reading.id, name=name, tint=tint)


def year_of_fieldwork(reading: Reading, index: ReadingIndex) -> str:
    """The year or years of a reading's fieldwork; just the reading's own year if it is among them."""
    period = index.rows_by_key("studies").get(reading.study_id, {}).get("fieldwork") or reading.period
    if len(reading.period) == len("2015") and period_contains(period, reading.period):
        return reading.period
    years = dict.fromkeys(date[:4] for date in period.split("/"))
    return " to ".join(years)


def publisher_of_reading(reading: Reading, index: ReadingIndex) -> str:
    """The publisher of a reading's source, without remarks on the copy that was read."""
    source = index.rows_by_key("sources")[reading.source_id]
    return re.split(r" [(/]|, archived on | via ", source["publisher"])[0].replace("; ", " and ")


def publishers_and_credited_body(data: PageData, readings: Iterable[Reading]) -> str:
    """The publishers of these readings, starting with the last reading, and whom the last one credits."""
    *others, last = readings
    publishers = dict.fromkeys(data.publisher(reading.id) for reading in (last, *others))
    credited = data.name_of("organisations", last.credited_to)
    citing = f", citing {organisation_with_article(credited)}" if credited else ""
    return f"{join_with_commas_and(publishers)}{citing}"


def readings_in_roles(data: PageData, *roles: Role | None) -> list[Reading]:
    """The readings with these roles, including withdrawn ones; none for a role that is left out."""
    return [data.featured_roles.reading(role) for role in roles if role]


def without_withdrawn(readings: Iterable[Reading]) -> list[Reading]:
    """Return the readings that were not withdrawn."""
    return [reading for reading in readings if not reading.is_withdrawn]


def readings_with_all_companions(data: PageData, readings: Iterable[Reading]) -> list[Reading]:
    """The readings whose required companions are among them too; a chart leaves out the others."""
    shown = [*readings]
    while alone := [
        reading for reading in shown if missing_companions(data, reading, {other.id for other in shown})
    ]:
        shown = [reading for reading in shown if reading not in alone]
    return shown


def missing_companions(data: PageData, reading: Reading, shown: set[str]) -> set[str]:
    """The ids of companions that a reading requires, except those withdrawn or shown."""
    return {
        other.id for other in data.reading_index.required_companions(reading) if not other.is_withdrawn
    } - shown


def population_words(data: PageData, population_id: str) -> str:
    """Words for the people of whom a share is taken, such as “Of people in venues”."""
    if not population_id:
        return "Of whom: not stated"
    return f"Of {lowercase_first(data.name_of('populations', population_id))}"
