"""How far would one thing have to go to explain a share or a fall alone? None of these was measured."""

from collections.abc import Iterator

from scripts.derived.intervals import sampled_bases
from scripts.derived.misclassification import UNDER_18
from scripts.derived.pairs import JUDGED_SHARE, Sides, sides
from scripts.methods.misclassification import least_specificity, sensitivity_ratio_that_explains
from scripts.methods.planning import deff_until_significance
from scripts.package.ledger import Ledger

Cells = dict[str, object]


def rows(ledger: Ledger) -> Iterator[Cells]:
    """For each counted share of under 18 and each pair of shares: the values at which the answer turns."""
    for share in ledger.shares():
        if share.indicator_id == JUDGED_SHARE and share.ages == UNDER_18:
            for numerator, denominator in sampled_bases(ledger, share):
                needed = least_specificity(int(numerator.low) / int(denominator.low))
                head = {
                    "value_id": share.id,
                    "denominator_id": denominator.id,
                    "compared": "counted_share",
                }
                yield head | _point(f"{share.id}.{denominator.id}", "least_specificity", needed)
    for pair in sides(ledger):
        yield _sensitivity_ratio(pair)
        if pair.counts:
            yield _design_effect(pair)


def _point(
    name: str, measure: str, value: float, low: float | None = None, high: float | None = None
) -> Cells:
    return {
        "tipping_point_id": f"{name}.{measure}",
        "measure": measure,
        "estimate": value,
        "lower": low,
        "upper": high,
        "basis": "scenario",
    }


def _head(pair: Sides) -> Cells:
    return {
        "value_id": pair.later_id,
        "earlier_id": pair.earlier_id,
        "earlier_base": pair.counts.n1 if pair.counts else "",
        "compared": pair.compared,
    }


def _sensitivity_ratio(pair: Sides) -> Cells:
    """The later sensitivity as a part of the earlier one that would make a fall out of no change."""
    ratio = sensitivity_ratio_that_explains(pair.earlier.point, pair.later.point)
    if pair.counts:
        return _head(pair) | _point(pair.name, "sensitivity_ratio", ratio)
    low = sensitivity_ratio_that_explains(pair.earlier.high, pair.later.low)
    high = sensitivity_ratio_that_explains(pair.earlier.low, pair.later.high)
    return _head(pair) | _point(pair.name, "sensitivity_ratio", ratio, low, high)


def _design_effect(pair: Sides) -> Cells:
    """The design effect in both waves up to which the Newcombe interval leaves zero out."""
    one = pair.counts
    assert one is not None
    effect = deff_until_significance(one.x1, one.n1, one.x2, one.n2)
    return _head(pair) | _point(pair.name, "design_effect_to_include_zero", effect)
