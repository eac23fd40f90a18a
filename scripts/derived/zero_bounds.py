"""Exact one-sided bounds at zero events: what does "none found" rule out?

By the number of people seen, or by scenarios where none is printed.
"""

from collections.abc import Iterator

from scripts.derived import Cells
from scripts.derived._grids import LEVEL
from scripts.methods.none_found import n_to_exclude, zero_upper_bound
from scripts.package.ledger import Ledger, Reading
from scripts.package.opening import Package


def rows(package: Package) -> Iterator[Cells]:
    """For each "none found": the bound at each n, and the n that would rule out each share."""
    ledger = package.ledger
    for none_found in ledger.roots:
        if none_found.qualifier != "none_found":
            continue
        seen = [one for one in ledger.linked("denominator_of", none_found.id) if one.is_point]
        for people in seen:
            counted: Cells = {"denominator_id": people.id, "basis": "counted"}
            yield _bound(none_found, people.id, int(people.low)) | counted
        for assumption in ledger.assumed("city_sample_size") if not seen else []:
            name = assumption["assumption_id"]
            yield _bound(none_found, name, int(assumption["value"])) | {"assumption_id": name}
        for share in shares_of_that_age(ledger, none_found):
            yield _needed(none_found, share)


def shares_of_that_age(ledger: Ledger, none_found: Reading) -> list[Reading]:
    """The printed shares of the same age band in a venue study of the same country, in any wave."""
    return [
        share
        for share in ledger.shares()
        if share.ages == none_found.ages
        and share.is_point
        and 0 < float(share.low) < 100
        and share.topic == none_found.topic
        and ledger.country(share.place_id) == ledger.country(none_found.place_id)
    ]


def _common(none_found: Reading) -> Cells:
    return {
        "value_id": none_found.id,
        "level": LEVEL,
        "method": "exact_one_sided",
        "basis": "scenario",
    }


def _bound(none_found: Reading, name: str, n: int) -> Cells:
    return _common(none_found) | {
        "zero_bound_id": f"{none_found.id}.{name}",
        "measure": "upper_bound",
        "n": n,
        "share": zero_upper_bound(n, LEVEL),
    }


def _needed(none_found: Reading, share: Reading) -> Cells:
    rate = float(share.low) / 100
    return _common(none_found) | {
        "zero_bound_id": f"{none_found.id}.exclude.{share.id}",
        "measure": "n_to_exclude",
        "compared_id": share.id,
        "n": n_to_exclude(rate, LEVEL),
        "share": rate,
    }
