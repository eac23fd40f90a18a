"""Counts by venue: how many people judged under 18 is that for each venue, and how many venues had none?

At most one venue for each person had any, so the rest had none: a lower bound for one wave, and never a
change between two.
"""

from collections.abc import Iterator

from scripts.derived import Cells
from scripts.derived._bases import venue_readings
from scripts.derived._grids import UNDER_18
from scripts.derived._pairs import VENUES
from scripts.methods.rates import least_places_without
from scripts.package.ledger import Ledger
from scripts.package.opening import Package
from scripts.package.reading import Reading


def rows(package: Package) -> Iterator[Cells]:
    """Two rows for each venue study that prints the venues and the people judged under 18."""
    ledger = package.ledger
    for count in ledger.roots:
        if count.topic != VENUES or count.ages != UNDER_18 or not _is_of_people(ledger, count):
            continue
        for venues in venue_readings(ledger, count.study_id)[:1]:
            yield from _rows(ledger, count, venues)


def _is_of_people(ledger: Ledger, count: Reading) -> bool:
    return count.indicator_id == "people-in-age-band" and count.is_counted


def is_an_estimate_elsewhere(ledger: Ledger, count: Reading) -> bool:
    """Whether some source prints the same count as an estimate, so that nobody may have been seen."""
    return any(one.nature == "estimated" for one in ledger.printings(count.id))


def _rows(ledger: Ledger, count: Reading, venues: Reading) -> Iterator[Cells]:
    people, places = int(count.low), int(venues.low)
    least = int(least_places_without(people, places))
    common: Cells = {
        "value_id": count.id,
        "numerator_id": count.id,
        "denominator_id": venues.id,
        "denominator": places,
        "basis": "scenario" if is_an_estimate_elsewhere(ledger, count) else "counted",
    }
    yield common | {
        "estimate_id": f"{count.id}.{venues.id}.per_venue",
        "measure": "people_per_venue",
        "numerator": people,
        "unit": "people_per_venue",
        "estimate": people / places,
    }
    yield common | {
        "estimate_id": f"{count.id}.{venues.id}.without",
        "measure": "least_share_of_venues_without",
        "numerator": least,
        "unit": "percent",
        "estimate": least / places,
    }
