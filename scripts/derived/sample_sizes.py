"""How many people would a next wave have to see? Around each printed share, by aim and design effect."""

from collections.abc import Iterator
from math import ceil

from scripts.derived.intervals import LEVEL, venues_of
from scripts.derived.pairs import JUDGED_SHARE, VENUES, pairs
from scripts.methods.none_found import n_to_exclude
from scripts.methods.planning import n_for_half_width, n_per_wave
from scripts.package.files import Row
from scripts.package.ledger import Ledger, Reading

Cells = dict[str, object]


def rows(ledger: Ledger) -> Iterator[Cells]:
    """For each share of judged age from a sample and each design effect: the size for each aim."""
    for share in planned_around(ledger):
        for effect in ledger.assumed("design_effect"):
            for aim in ledger.assumed("half_width"):
                yield from _half_width(ledger, share, effect, aim)
            for aim in ledger.assumed("relative_fall"):
                for power in ledger.assumed("power"):
                    yield _further_fall(ledger, share, effect, aim, power)
            for missed in ledger.assumed("false_negative_rate"):
                if not missed["fact_id"]:  # points of the grid
                    yield _exclude(ledger, share, effect, missed)


def planned_around(ledger: Ledger) -> list[Reading]:
    """The shares of judged age of the latest venue study: those that no later one is compared with."""
    earlier = {pair[0].id for pair in pairs(ledger)}
    studies = ledger.index("studies")
    return [
        share
        for share in ledger.shares()
        if share.indicator_id == JUDGED_SHARE and share.is_decimal and share.is_free
        if share.row["topic"] == VENUES and share.id not in earlier
        if studies[share.study_id]["is_sample"] == "yes" and 0 < float(share.low) < 100
    ]


def _row(ledger: Ledger, share: Reading, effect: Row, measure: str, aim: Row, n: int) -> Cells:
    names = (share.id, measure, aim["assumption_id"], effect["assumption_id"])
    per_venue = people_per_venue(ledger, share.study_id)
    return {
        "sample_size_id": ".".join(names),
        "value_id": share.id,
        "planned_share": float(share.low) / 100,
        "measure": measure,
        "aim_id": aim["assumption_id"],
        "aim": float(aim["value"]),
        "design_effect_id": effect["assumption_id"],
        "design_effect": float(effect["value"]),
        "level": LEVEL,
        "n": n,
        "venues": ceil(n / per_venue) if per_venue else None,
        "basis": "scenario",
    }


def people_per_venue(ledger: Ledger, study_id: str) -> float | None:
    """The mean number of people seen in a venue, where a study prints both numbers."""
    people = [
        one for one in ledger.roots if one.indicator_id == "people-observed" and one.study_id == study_id
    ]
    venues = venues_of(ledger, study_id)
    counted = [int(one.low) for one in people if one.is_counted]
    return counted[0] / venues if counted and venues else None


def _half_width(ledger: Ledger, share: Reading, effect: Row, aim: Row) -> Iterator[Cells]:
    """An interval wider than the share itself is no aim."""
    planned, width = float(share.low) / 100, float(aim["value"])
    if width < planned:
        n = n_for_half_width(planned, width, float(effect["value"]))
        yield _row(ledger, share, effect, "half_width", aim, n)


def _further_fall(ledger: Ledger, share: Reading, effect: Row, aim: Row, power: Row) -> Cells:
    planned = float(share.low) / 100
    later = planned * (1 - float(aim["value"]))
    n = n_per_wave(planned, later, float(power["value"]), float(effect["value"]))
    return _row(ledger, share, effect, "further_fall", aim, n) | {
        "power_id": power["assumption_id"],
        "power": float(power["value"]),
    }


def _exclude(ledger: Ledger, share: Reading, effect: Row, missed: Row) -> Cells:
    """How many must be seen with none found, to rule the share out."""
    sensitivity = 1 - float(missed["value"])
    n = n_to_exclude(float(share.low) / 100, LEVEL, float(effect["value"]), sensitivity)
    return _row(ledger, share, effect, "exclude_after_none_found", missed, n)
