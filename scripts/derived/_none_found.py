"""Exact one-sided bounds at zero events: what does "none found" rule out?

By the number of people seen; where none is printed, by scenarios, and by the number seen in all places
together, which a place cannot exceed.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain

from scripts.derived import Cells
from scripts.methods.arguments import LEVEL
from scripts.methods.printed import rounding_range
from scripts.methods.proportion import chance_of_none, n_to_exclude, zero_upper_bound
from scripts.package.files import grouped
from scripts.package.ledger import Ledger
from scripts.package.opening import Package
from scripts.package.reading import Reading

COMMON: Cells = {"unit": "percent", "level": LEVEL, "method": "exact_one_sided", "basis": "scenario"}
Named = Iterator[tuple[str, Cells]]  # the end of the key, and cells of the row


def rows(package: Package) -> Iterator[Cells]:
    """For each "none found": the bound at each n, the n that would rule out each share, and the luck."""
    ledger = package.ledger
    shares = (one for one in ledger.shares if one.is_point and 0 < float(one.low) < 100)
    needed = grouped((_band(ledger, share), _needed(share)) for share in shares)
    for none_found in ledger.roots:
        if none_found.qualifier != "none_found":
            continue
        found = chain(_bounds(ledger, none_found), needed[_band(ledger, none_found)])
        for name, cells in found:
            yield COMMON | {"value_id": none_found.id, "estimate_id": f"{none_found.id}.{name}"} | cells


def _bounds(ledger: Ledger, none_found: Reading) -> Named:
    """The bound at each printed number of people; or what can be said although nobody prints one."""
    seen = [one for one in ledger.linked("denominator_of", none_found.id) if one.is_point]
    for people in seen:
        yield people.id, _bound(people.low) | _counted(people)
    if not seen:
        for people in _seen_everywhere(ledger, none_found):
            at_least = {"measure": "bound_at_least"}
            yield f"at_least.{people.id}", _bound(people.low) | _counted(people) | at_least
        for row in ledger.assumed("city_sample_size"):
            yield row["assumption_id"], _bound(row["value"]) | {"assumption_id": row["assumption_id"]}
        yield from _luck(ledger, none_found)


def _bound(n: str) -> Cells:
    return {"measure": "upper_bound", "denominator": int(n), "estimate": zero_upper_bound(int(n))}


def _counted(people: Reading) -> Cells:
    return {"denominator_id": people.id, "basis": "counted"}


def _seen_everywhere(ledger: Ledger, none_found: Reading) -> list[Reading]:
    """The largest number that is printed for the people seen in all places of the study; none or one."""
    printed = [
        one
        for root in _in_other_places(ledger, none_found, "people-observed")
        for one in ledger.differing_points(root.id)
        if one.is_counted and float(one.low)
    ]
    return sorted(printed, key=lambda one: -float(one.low))[:1]


def _in_other_places(ledger: Ledger, none_found: Reading, indicator: str) -> list[Reading]:
    """What the study counts in other places than that one; these hold it."""
    of_study = ledger.roots_in_study(none_found.study_id, indicator)
    return [root for root in of_study if root.place_id != none_found.place_id]


def _luck(ledger: Ledger, none_found: Reading) -> Named:
    """How likely is it that none of those of that age was there, by its part of the people?"""
    for elsewhere in _in_other_places(ledger, none_found, none_found.indicator_id):
        if elsewhere.ages != none_found.ages or not elsewhere.is_counted or not float(elsewhere.low):
            continue
        found = int(elsewhere.low)
        common: Cells = {"compared_id": elsewhere.id, "denominator": found}
        for row in ledger.assumed("place_share"):
            part, name = float(row["value"]), row["assumption_id"]
            assumed = {"assumption_id": name, "assumed": 100 * part, "measure": "chance_of_none"}
            yield (
                f"chance.{elsewhere.id}.{name}",
                common | assumed | {"estimate": chance_of_none(part, found)},
            )
        surprise = {"measure": "part_until_surprise", "estimate": zero_upper_bound(found)}
        yield f"surprise.{elsewhere.id}", common | surprise


def _needed(share: Reading) -> tuple[str, Cells]:
    """The size for a printed share, and for the ends of what may be rounded to it."""
    ends = rounding_range(share.low) if share.is_decimal else None
    sizes = {"lower": _size(ends.high), "upper": _size(ends.low)} if ends else {}
    compared = {"compared_id": share.id, "assumed": float(share.low), "unit": "people"}
    of_share = {"measure": "n_to_exclude", "estimate": _size(Fraction(share.low))}
    return f"exclude.{share.id}", compared | of_share | sizes


def _band(ledger: Ledger, one: Reading) -> tuple[object, ...]:
    """What shares and a "none found" must have in common: the age band and the country, in any wave."""
    return one.ages, one.topic, ledger.country(one.place_id)


def _size(percentage: Fraction) -> object:
    """Blank where the share may be nothing or everything, which no number of people rules out."""
    return n_to_exclude(float(percentage / 100)) if 0 < percentage < 100 else ""
