"""How precise is each share from a sample? Wilson and Clopper-Pearson, plain and with clustering."""

from collections.abc import Callable, Iterator

from scripts.methods.arguments import Interval
from scripts.methods.clustering import design_effect_from_icc, effective_n
from scripts.methods.proportion import clopper_pearson, wilson
from scripts.package.files import Row
from scripts.package.ledger import Ledger, Reading

LEVEL = 0.95
METHODS: dict[str, Callable[[float, float, float], Interval]] = {
    "wilson": wilson,
    "clopper_pearson": clopper_pearson,
}
Base = tuple[Reading, Reading]  # numerator, denominator


def rows(ledger: Ledger) -> Iterator[dict[str, object]]:
    """One row for each share, base, clustering and method; or one that says why there is none."""
    for share in ledger.shares():
        study = ledger.index("studies")[share.study_id]
        bases = printed_bases(ledger, share)
        if study["is_sample"] != "yes":
            known = study["is_sample"] == "no"
            yield _none(share, "not_a_sample" if known else "not_known_to_be_a_sample")
            continue
        if not bases:
            has_count = ledger.linked("numerator_of", share.id)
            yield _none(share, "base_not_printed" if has_count else "count_not_printed")
        for base in bases:
            yield from _rows_of_base(ledger, share, base)


def printed_bases(ledger: Ledger, share: Reading) -> list[Base]:
    """Every pair of a printed numerator and a printed denominator that links join to a share."""
    return [
        (numerator, denominator)
        for numerator in ledger.linked("numerator_of", share.id)
        for root in ledger.linked("denominator_of", share.id)
        for denominator in ledger.differing_points(root.id)
        if numerator.is_counted and denominator.is_counted
        if 0 < float(denominator.low) >= float(numerator.low)
    ]


def sampled_bases(ledger: Ledger, share: Reading) -> list[Base]:
    """The printed bases of a share that comes from a sample; none of any other."""
    is_sample = ledger.index("studies")[share.study_id]["is_sample"] == "yes"
    return printed_bases(ledger, share) if is_sample else []


def _none(share: Reading, reason: str) -> dict[str, object]:
    return {
        "interval_id": f"{share.id}.none",
        "value_id": share.id,
        "basis": "printed",
        "no_interval_reason": reason,
    }


def _rows_of_base(ledger: Ledger, share: Reading, base: Base) -> Iterator[dict[str, object]]:
    numerator, denominator = base
    x, n = int(numerator.low), int(denominator.low)
    for assumption in ledger.rows("assumptions"):
        effect = design_effect(ledger, assumption, share.study_id, n)
        if effect is None or n < effect:  # less than one independent person bears no interval
            continue
        n_eff = effective_n(n, effect)
        for method, interval in METHODS.items():
            limits = interval(x / n * n_eff, n_eff, LEVEL)
            yield {
                "interval_id": f"{share.id}.{denominator.id}.{assumption['assumption_id']}.{method}",
                "value_id": share.id,
                "numerator_id": numerator.id,
                "denominator_id": denominator.id,
                "numerator": x,
                "denominator": n,
                "estimate": x / n,
                "method": method,
                "level": LEVEL,
                "assumption_id": assumption["assumption_id"],
                "design_effect": effect,
                "effective_n": n_eff,
                "lower": limits.lower,
                "upper": limits.upper,
                "basis": "counted" if effect == 1 else "scenario",
                "uncertainty_scope": "sampling_only",
            }


def design_effect(ledger: Ledger, assumption: Row, study_id: str, n: int) -> float | None:
    """Read a design effect, or work it out from an ICC and the mean number of people a venue."""
    value = float(assumption["value"])
    if assumption["parameter"] == "design_effect":
        return value
    venues = venues_of(ledger, study_id)
    if assumption["parameter"] == "icc" and 0 < venues <= n:
        return design_effect_from_icc(n / venues, value)
    return None


def venues_of(ledger: Ledger, study_id: str) -> int:
    """The number of venues that a study visited; 0 where none is counted."""
    for root in ledger.roots:
        if root.indicator_id == "venues-visited" and root.study_id == study_id and root.is_counted:
            return int(root.low)
    return 0
