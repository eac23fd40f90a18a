"""How large is each fall? Only pairs that a link permits; a printed share never meets a counted one."""

from collections.abc import Iterator

from scripts.derived.intervals import LEVEL
from scripts.derived.pairs import Counts, are_printed_shares, counts, free_pairs
from scripts.methods.arguments import Interval
from scripts.methods.change import (
    miettinen_nurminen_difference,
    miettinen_nurminen_ratio,
    newcombe_difference,
    relative_reduction,
)
from scripts.methods.clustering import effective_n
from scripts.methods.printed import reduction_rounding_range, rounding_range
from scripts.package.ledger import Ledger, Reading

Cells = dict[str, object]


def rows(ledger: Ledger) -> Iterator[Cells]:
    """One row for each permitted pair and measure, and the scenarios that need an unprinted base."""
    for earlier, later, printed_change in free_pairs(ledger):
        head: Cells = {
            "earlier_id": earlier.id,
            "later_id": later.id,
            "printed_change_id": printed_change,
        }
        if are_printed_shares(ledger, earlier, later):
            yield from _printed_shares(head, earlier, later)
            for one in counts(ledger, earlier, later):
                ends = {"earlier_id": one.earlier.id, "later_id": one.later.id}
                yield from _scenario(ledger, head | ends, one)
        elif ledger.kind(earlier) == "count":
            yield _counts(head, earlier, later)


def _printed_shares(head: Cells, earlier: Reading, later: Reading) -> Iterator[Cells]:
    common = head | {
        "compared": "printed_shares",
        "earlier": float(earlier.low) / 100,
        "later": float(later.low) / 100,
        "method": "printed_rounding",
        "basis": "printed",
        "uncertainty_scope": "rounding_only",
    }
    point, low, high = reduction_rounding_range(earlier.low, later.low)
    yield common | _result(head, "printed", "relative_reduction", float(point), float(low), float(high))
    first, second = rounding_range(earlier.low), rounding_range(later.low)
    gap = (float(later.low) - float(earlier.low)) / 100
    low, high = (second.low - first.high) / 100, (second.high - first.low) / 100
    yield common | _result(head, "printed", "difference", gap, float(low), float(high))


def _counts(head: Cells, earlier: Reading, later: Reading) -> Cells:
    reduction = relative_reduction(float(earlier.low), float(later.low))
    return (
        head
        | {
            "compared": "counts",
            "earlier": int(earlier.low),
            "later": int(later.low),
            "method": "counts",
            "basis": "counted",
            "uncertainty_scope": "none",
        }
        | _result(head, "counts", "relative_reduction", reduction)
    )


def _result(
    head: Cells,
    tail: str,
    measure: str,
    estimate: float,
    low: float | None = None,
    high: float | None = None,
) -> Cells:
    return {
        "change_id": f"{head['earlier_id']}.{head['later_id']}.{measure}.{tail}",
        "measure": measure,
        "estimate": estimate,
        "lower": low,
        "upper": high,
    }


def _scenario(ledger: Ledger, head: Cells, one: Counts) -> Iterator[Cells]:
    x1, n1, x2, n2 = one.x1, one.n1, one.x2, one.n2
    for assumption in ledger.assumed("design_effect"):
        if min(n1, n2) < float(assumption["value"]):
            continue
        common = head | {
            "compared": "scenario_shares",
            "earlier": x1 / n1,
            "later": x2 / n2,
            "earlier_base": n1,
            "later_base": n2,
            "assumption_id": assumption["assumption_id"],
            "level": LEVEL,
            "basis": "scenario",
            "uncertainty_scope": "sampling_only",
        }
        for method, measure, estimate, limits in _estimates((x1, n1, x2, n2), float(assumption["value"])):
            tail = f"{n1}.{assumption['assumption_id']}.{method}"
            result = _result(head, tail, measure, estimate, limits.lower, limits.upper)
            yield common | {"method": method} | result


def _estimates(sample: tuple[int, int, int, int], effect: float) -> list[tuple[str, str, float, Interval]]:
    x1, n1, x2, n2 = sample
    m1, m2 = effective_n(n1, effect), effective_n(n2, effect)
    effective = (x1 / n1 * m1, m1, x2 / n2 * m2, m2, LEVEL)
    difference = x2 / n2 - x1 / n1
    ratio = miettinen_nurminen_ratio(*effective)
    reduction = Interval(1 - ratio.upper, 1 - ratio.lower)
    return [
        ("newcombe", "difference", difference, newcombe_difference(*effective)),
        ("miettinen_nurminen", "difference", difference, miettinen_nurminen_difference(*effective)),
        (
            "miettinen_nurminen",
            "relative_reduction",
            relative_reduction(x1 / n1, x2 / n2),
            reduction,
        ),
    ]
