"""How large is each fall? Only pairs that a link permits; a printed share never meets a counted one."""

from collections.abc import Iterator

from scripts.derived.intervals import LEVEL, printed_bases
from scripts.ledger import Ledger, Reading
from scripts.methods import (
    Interval,
    compatible_denominators,
    effective_n,
    miettinen_nurminen_difference,
    miettinen_nurminen_ratio,
    newcombe_difference,
    reduction_rounding_range,
    relative_reduction,
    rounding_range,
)

Cells = dict[str, object]
MOST_BASES = 100  # where more would fit, the two ends stand for all
Pair = tuple[Reading, Reading, str]  # earlier, later, id of the printed change or ""


def rows(ledger: Ledger) -> Iterator[Cells]:
    """One row for each permitted pair and measure, and the scenarios that need an unprinted base."""
    for earlier, later, printed_change in pairs(ledger):
        if not all(end.is_point and end.is_free for end in (earlier, later)):
            continue
        head: Cells = {
            "earlier_id": earlier.id,
            "later_id": later.id,
            "printed_change_id": printed_change,
        }
        if not float(earlier.low):
            continue  # there is no fall from nothing
        if earlier.is_decimal and later.is_decimal and ledger.kind(earlier) == "share":
            yield from _printed_shares(head, earlier, later)
            yield from _scenarios(ledger, head, earlier, later)
        elif ledger.kind(earlier) == "count":
            yield _counts(head, earlier, later)


def pairs(ledger: Ledger) -> list[Pair]:
    """The pairs that links join: the two ends of a printed change, or two comparable quantities."""
    ends = [
        (earlier, later, change.id)
        for change in ledger.roots
        if ledger.kind(change) == "change"
        for earlier in ledger.linked("earlier_end_of", change.id)
        for later in ledger.linked("later_end_of", change.id)
    ]
    comparable = [
        (earlier, later, "") for later in ledger.roots for earlier in ledger.linked("comparable", later.id)
    ]
    return ends + comparable


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


def _scenarios(ledger: Ledger, head: Cells, earlier: Reading, later: Reading) -> Iterator[Cells]:
    """Counted shares on both sides, where the earlier base is worked back from a printed share."""
    for numerator in ledger.linked("numerator_of", earlier.id):
        if not numerator.is_counted or printed_bases(ledger, earlier):
            continue
        for x2, d2 in printed_bases(ledger, later)[:1]:
            for base in unweighted_bases(ledger, earlier, int(numerator.low)):
                counts = (int(numerator.low), base, int(x2.low), int(d2.low))
                ends = {"earlier_id": numerator.id, "later_id": x2.id}
                yield from _scenario(ledger, head | ends, counts)


def unweighted_bases(ledger: Ledger, share: Reading, numerator: int) -> list[int]:
    """Bases that give the count and the share as first printed; none is printed, so all are carried."""
    first = ledger.oldest_point(share.id)
    if not numerator or not float(first.low):
        return []
    bases = compatible_denominators(first.low, numerator)
    return list(bases) if len(bases) <= MOST_BASES else [bases[0], bases[-1]]


def _scenario(ledger: Ledger, head: Cells, counts: tuple[int, int, int, int]) -> Iterator[Cells]:
    x1, n1, x2, n2 = counts
    for assumption in ledger.rows("assumptions"):
        if assumption["parameter"] != "design_effect":
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
        for method, measure, estimate, limits in _estimates(counts, float(assumption["value"])):
            tail = f"{n1}.{assumption['assumption_id']}.{method}"
            result = _result(head, tail, measure, estimate, limits.lower, limits.upper)
            yield common | {"method": method} | result


def _estimates(counts: tuple[int, int, int, int], effect: float) -> list[tuple[str, str, float, Interval]]:
    x1, n1, x2, n2 = counts
    m1, m2 = effective_n(n1, effect), effective_n(n2, effect)
    sample = (x1 / n1 * m1, m1, x2 / n2 * m2, m2, LEVEL)
    difference = x2 / n2 - x1 / n1
    ratio = miettinen_nurminen_ratio(*sample)
    reduction = Interval(1 - ratio.upper, 1 - ratio.lower)
    return [
        ("newcombe", "difference", difference, newcombe_difference(*sample)),
        ("miettinen_nurminen", "difference", difference, miettinen_nurminen_difference(*sample)),
        (
            "miettinen_nurminen",
            "relative_reduction",
            relative_reduction(x1 / n1, x2 / n2),
            reduction,
        ),
    ]
