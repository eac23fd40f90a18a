"""What does "none found" rule out? The number of people seen is not printed, so every row is a scenario."""

from collections.abc import Iterator

from scripts.ledger import Ledger, Reading
from scripts.methods import n_to_exclude, zero_upper_bound

LEVEL = 0.95
Cells = dict[str, object]


def rows(ledger: Ledger) -> Iterator[Cells]:
    """For each "none found": the bound at each assumed n, and the n that would rule out each share."""
    for none_found in ledger.roots:
        if none_found.qualifier != "none_found":
            continue
        for assumption in ledger.rows("assumptions"):
            if assumption["parameter"] == "city_sample_size":
                yield _bound(none_found, assumption["assumption_id"], int(assumption["value"]))
        for share in shares_of_that_age(ledger, none_found):
            yield _needed(none_found, share)


def shares_of_that_age(ledger: Ledger, none_found: Reading) -> list[Reading]:
    """The printed shares of the same age band, in any wave."""
    return [share for share in ledger.shares() if share.ages == none_found.ages and share.is_point]


def _common(none_found: Reading) -> Cells:
    return {
        "value_id": none_found.id,
        "level": LEVEL,
        "method": "exact_one_sided",
        "basis": "scenario",
    }


def _bound(none_found: Reading, assumption_id: str, n: int) -> Cells:
    return _common(none_found) | {
        "zero_bound_id": f"{none_found.id}.{assumption_id}",
        "measure": "upper_bound",
        "assumption_id": assumption_id,
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
