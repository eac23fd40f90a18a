"""Exact one-sided bounds at zero events: what does "none found" rule out?

By the number of people seen; where none is printed, by scenarios, and by the number seen in all places
together, which a place cannot exceed.
"""

from collections.abc import Iterator
from fractions import Fraction

from scripts.derived import Cells
from scripts.derived._grids import LEVEL
from scripts.methods.none_found import chance_of_none, n_to_exclude, zero_upper_bound
from scripts.methods.printed import rounding_range
from scripts.package.ledger import Ledger
from scripts.package.opening import Package
from scripts.package.reading import Reading


def rows(package: Package) -> Iterator[Cells]:
    """For each "none found": the bound at each n, the n that would rule out each share, and the luck."""
    ledger = package.ledger
    for none_found in ledger.roots:
        if none_found.qualifier != "none_found":
            continue
        seen = [one for one in ledger.linked("denominator_of", none_found.id) if one.is_point]
        yield from _by_people(none_found, seen) if seen else _without_people(ledger, none_found)
        for share in shares_of_that_age(ledger, none_found):
            yield _needed(none_found, share)


def _by_people(none_found: Reading, seen: list[Reading]) -> Iterator[Cells]:
    for people in seen:
        counted: Cells = {"denominator_id": people.id, "basis": "counted"}
        yield _bound(none_found, people.id, int(people.low)) | counted


def _without_people(ledger: Ledger, none_found: Reading) -> Iterator[Cells]:
    """What can be said although nobody prints how many people were seen there."""
    for people in people_everywhere(ledger, none_found):
        counted: Cells = {"measure": "bound_at_least", "denominator_id": people.id, "basis": "counted"}
        yield _bound(none_found, f"at_least.{people.id}", int(people.low)) | counted
    for assumption in ledger.assumed("city_sample_size"):
        name = assumption["assumption_id"]
        yield _bound(none_found, name, int(assumption["value"])) | {"assumption_id": name}
    for elsewhere in counts_elsewhere(ledger, none_found):
        yield from _by_luck(ledger, none_found, elsewhere)


def people_everywhere(ledger: Ledger, none_found: Reading) -> list[Reading]:
    """The largest number that is printed for the people seen in all places of the study; none or one."""
    printed = [
        one
        for root in _of_same_study(ledger, none_found, "people-observed")
        for one in ledger.differing_points(root.id)
        if one.is_counted and float(one.low)
    ]
    return sorted(printed, key=lambda one: -float(one.low))[:1]


def counts_elsewhere(ledger: Ledger, none_found: Reading) -> list[Reading]:
    """How many of that age the study found in all its places."""
    counts = _of_same_study(ledger, none_found, none_found.indicator_id)
    return [one for one in counts if one.ages == none_found.ages and one.is_counted and float(one.low)]


def _of_same_study(ledger: Ledger, none_found: Reading, indicator: str) -> list[Reading]:
    """What the study counts in other places than that one; these hold it."""
    return [
        root
        for root in ledger.roots_in_study(none_found.study_id, indicator)
        if root.place_id != none_found.place_id
    ]


def shares_of_that_age(ledger: Ledger, none_found: Reading) -> list[Reading]:
    """The printed shares of the same age band in a venue study of the same country, in any wave."""
    return [
        share
        for share in ledger.shares
        if share.ages == none_found.ages
        and share.is_point
        and 0 < float(share.low) < 100
        and share.topic == none_found.topic
        and ledger.country(share.place_id) == ledger.country(none_found.place_id)
    ]


def _common(none_found: Reading) -> Cells:
    return {
        "value_id": none_found.id,
        "unit": "percent",
        "level": LEVEL,
        "method": "exact_one_sided",
        "basis": "scenario",
    }


def _bound(none_found: Reading, name: str, n: int) -> Cells:
    return _common(none_found) | {
        "estimate_id": f"{none_found.id}.{name}",
        "measure": "upper_bound",
        "denominator": n,
        "estimate": zero_upper_bound(n, LEVEL),
    }


def _by_luck(ledger: Ledger, none_found: Reading, elsewhere: Reading) -> Iterator[Cells]:
    """How likely is it that none of those found was in that place, by its part of the people?"""
    found = int(elsewhere.low)
    common = _common(none_found) | {"compared_id": elsewhere.id, "denominator": found}
    for assumption in ledger.assumed("place_share"):
        part, name = float(assumption["value"]), assumption["assumption_id"]
        yield common | {
            "estimate_id": f"{none_found.id}.chance.{elsewhere.id}.{name}",
            "measure": "chance_of_none",
            "assumption_id": name,
            "assumed": 100 * part,
            "estimate": chance_of_none(part, found),
        }
    yield common | {
        "estimate_id": f"{none_found.id}.surprise.{elsewhere.id}",
        "measure": "part_until_surprise",
        "estimate": zero_upper_bound(found, LEVEL),
    }


def _needed(none_found: Reading, share: Reading) -> Cells:
    """The size for a share, and for the ends of what it may have been rounded from."""
    rate = float(share.low) / 100
    ends = rounding_range(share.low) if share.is_decimal else None
    sizes = (_size(ends.high), _size(ends.low)) if ends else ("", "")
    return _common(none_found) | {
        "estimate_id": f"{none_found.id}.exclude.{share.id}",
        "measure": "n_to_exclude",
        "compared_id": share.id,
        "assumed": 100 * rate,
        "unit": "people",
        "estimate": n_to_exclude(rate, LEVEL),
        "lower": sizes[0],
        "upper": sizes[1],
    }


def _size(percentage: Fraction) -> object:
    """Blank where the share may be nothing or everything, which no number of people rules out."""
    return n_to_exclude(float(percentage / 100), LEVEL) if 0 < percentage < 100 else ""
