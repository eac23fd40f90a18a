"""How a printed reading becomes a mark, and the words that charts write beside it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from scripts.derived._comparison import ages_differ
from scripts.package.featured import Role
from scripts.package.ledger import Ledger
from scripts.package.reading import Reading, age_words, holds
from scripts.site.charts.model import (
    AT_LEAST,
    AT_MOST,
    EARLIER,
    INK,
    LATER,
    PRINTED,
    RANGE,
    ROUGHLY,
    Data,
    Kind,
    Line,
    Mark,
)
from scripts.wording.words import inside, with_commas

WAVES = ((Role("share-under-18-earlier"), EARLIER), (Role("share-under-18-later"), LATER))
KINDS = {
    "about": ROUGHLY,
    "less_than": AT_MOST,
    "at_most": AT_MOST,
    "more_than": AT_LEAST,
    "at_least": AT_LEAST,
}


def kind_of(one: Reading) -> Kind:
    """Tell a point from a rough number, a range and an open end."""
    return RANGE if one.low and one.high and one.low != one.high else KINDS.get(one.qualifier, PRINTED)


def mark_of(one: Reading, kind: Kind | None = None) -> Mark:
    """A reading as it is printed: a point, or a range without a point."""
    if kind_of(one) is RANGE:
        return Mark(RANGE, low=float(one.low), high=float(one.high), value_id=one.id)
    return Mark(kind or kind_of(one), float(one.low or one.high), value_id=one.id)


def tint_of(one: Reading, data: Data) -> str:
    """The colour of the wave of which a reading is printed; ink for what is of neither."""
    waves = {data.featured.reading(role).study_id: tint for role, tint in WAVES}
    return waves.get(data.ledger.readings[one.root_id].study_id, INK)


def year_of(one: Reading, ledger: Ledger) -> str:
    """The year of the study, not the one that a source prints, unless it ran on into that one."""
    period = ledger.index("studies").get(one.study_id, {}).get("fieldwork") or one.period
    if len(one.period) == len("2015") and holds(period, one.period):
        return one.period
    years = dict.fromkeys(date[:4] for date in period.split("/"))
    return " to ".join(years)


def publisher_of(one: Reading, ledger: Ledger) -> str:
    """The publisher of a source, without what stands in brackets behind its name."""
    source = ledger.index("sources")[one.source_id]
    return re.split(r" [(/]", source["publisher"])[0]


def printing_lines(readings: Iterable[Reading], data: Data) -> list[Line]:
    """One line for each number that is printed for a year, with all who print it."""
    groups: dict[tuple[str, str, str], list[Reading]] = {}
    for one in readings:
        groups.setdefault((year_of(one, data.ledger), percent_of(one), age_words(one)), []).append(one)
    return [_printing_line(year, share, here, data) for (year, share, _), here in groups.items()]


def _printing_line(year: str, share: str, readings: Sequence[Reading], data: Data) -> Line:
    """Year, number, age where it is another one, and who prints it; the table has each printed token."""
    first, root = readings[0], data.ledger.readings[readings[0].root_id]
    ages = f", {age_words(first)}" if ages_differ(first, root) else ""
    publishers = dict.fromkeys(publisher_of(one, data.ledger) for one in readings)
    marks = tuple(
        replace(mark_of(one), name=_printing_in_words(one, year, data), tint=tint_of(one, data))
        for one in readings
    )
    return Line(f"{year}: {share}{ages} – {', '.join(publishers)}", marks)


def _printing_in_words(one: Reading, year: str, data: Data) -> str:
    place = data.name_of("places", one.place_id)
    return f"{year}: “{one.printed.strip()}”, {age_words(one)}, {place} – {publisher_of(one, data.ledger)}"


def standing(data: Data, *roles: Role) -> list[Reading]:
    """The readings in these roles that were not taken back."""
    return [one for one in map(data.featured.reading, roles) if not one.is_withdrawn]


def population_words(data: Data, population_id: str) -> str:
    """Say what a share is a share of."""
    if not population_id:
        return "Of whom: not stated"
    return f"Of {inside(data.name_of('populations', population_id))}"


def percent_of(one: Reading) -> str:
    """Write a printed share with its sign: an open end with its words."""
    low, high = with_commas(one.low), with_commas(one.high)
    if low and high and low != high:
        return f"{low} to {high} %"
    rough = "" if one.qualifier == "exact" else f"{one.qualifier.replace('_', ' ')} "
    return f"{rough}{low or high} %"


def of_root_population(readings: Sequence[Reading], root: Reading) -> list[str]:
    """The populations that these readings name: the root's own first, the unstated last."""
    found = dict.fromkeys(one.population_id for one in readings)
    return sorted(found, key=lambda name: (name != root.population_id, not name))


def parted(readings: Iterable[Reading], ledger: Ledger) -> list[list[Reading]]:
    """Split readings so that no two in one part are linked as not comparable."""
    apart = {frozenset((one.id, other.id)) for one, other in ledger.pairs_linked("not_comparable")}
    parts: list[list[Reading]] = []
    for one in readings:
        free = (part for part in parts if not any({one.id, other.id} in apart for other in part))
        part = next(free, [])
        if not part:
            parts.append(part)
        part.append(one)
    return parts
