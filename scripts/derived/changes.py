"""Rounding ranges, Newcombe and Miettinen-Nurminen intervals: how large is each fall?

Only pairs that a link permits; a printed share never meets a counted one.
"""

from collections.abc import Callable, Iterator

import pandas as pd

from scripts.derived import Cells
from scripts.derived._grids import LEVEL, crossed, key, limits
from scripts.derived._pairs import Pair, free_pairs, printed_shares
from scripts.derived._sides import counted_sides
from scripts.methods.arguments import Interval
from scripts.methods.change import (
    miettinen_nurminen_difference,
    miettinen_nurminen_ratio,
    newcombe_difference,
    relative_reduction,
)
from scripts.methods.clustering import effective_n
from scripts.methods.printed import reduction_rounding_range, rounding_range
from scripts.package.ledger import Ledger

INPUTS = ["compared", "earlier_id", "later_id", "printed_change_id", "earlier", "later", "assumption_id"]
BASES = ["earlier_base", "later_base"]


def rows(ledger: Ledger) -> Iterator[Cells]:
    """One row for each permitted pair and measure, and the scenarios that need an unprinted base."""
    shares = printed_shares(ledger)
    for pair in shares:
        yield from _printed_shares(pair)
    for pair in free_pairs(ledger, "count"):
        yield _counts(pair)
    grid = crossed(ledger, counted_sides(ledger, shares), assumption="design_effect")
    grid = grid[grid["assumption"] <= grid[BASES].min(axis=1)]  # less than one person bears no interval
    for method, measure in METHODS:
        yield from _scenarios(grid, method, measure).to_dict("records")


def _printed_shares(pair: Pair) -> Iterator[Cells]:
    earlier, later, _ = pair
    first, second = rounding_range(earlier.low), rounding_range(later.low)
    low, high = (second.low - first.high) / 100, (second.high - first.low) / 100
    gap = (float(later.low) - float(earlier.low)) / 100
    fall = reduction_rounding_range(earlier.low, later.low)
    for measure, results in (("relative_reduction", fall), ("difference", (gap, low, high))):
        yield _row(pair, measure, "printed") | {
            "compared": "printed_shares",
            "earlier": float(earlier.low) / 100,
            "later": float(later.low) / 100,
            "method": "printed_rounding",
            **dict(zip(("estimate", "lower", "upper"), results, strict=True)),
            "basis": "printed",
            "uncertainty_scope": "rounding_only",
        }


def _counts(pair: Pair) -> Cells:
    earlier, later, _ = pair
    return _row(pair, "relative_reduction", "counts") | {
        "compared": "counts",
        "earlier": int(earlier.low),
        "later": int(later.low),
        "method": "counts",
        "estimate": relative_reduction(float(earlier.low), float(later.low)),
        "basis": "counted",
        "uncertainty_scope": "none",
    }


def _row(pair: Pair, measure: str, tail: str) -> Cells:
    earlier, later, printed_change = pair
    return {
        "change_id": f"{earlier.id}.{later.id}.{measure}.{tail}",
        "earlier_id": earlier.id,
        "later_id": later.id,
        "printed_change_id": printed_change,
        "measure": measure,
    }


def _reduction(x1: float, n1: float, x2: float, n2: float, level: float) -> Interval:
    """The relative reduction is the ratio turned round, and so are its limits."""
    ratio = miettinen_nurminen_ratio(x1, n1, x2, n2, level=level)
    return Interval(1 - ratio.upper, 1 - ratio.lower)


METHODS: dict[tuple[str, str], Callable[[float, float, float, float, float], Interval]] = {
    ("newcombe", "difference"): newcombe_difference,
    ("miettinen_nurminen", "difference"): miettinen_nurminen_difference,
    ("miettinen_nurminen", "relative_reduction"): _reduction,
}


def _scenarios(grid: pd.DataFrame, method: str, measure: str) -> pd.DataFrame:
    """Each pair of counts over bases at each design effect, as if fewer people had been drawn one by one."""
    p1, p2 = grid["earlier"], grid["later"]
    m1, m2 = (list(map(effective_n, grid[base], grid["assumption"])) for base in BASES)
    level = [LEVEL] * len(grid)
    found = map(METHODS[method, measure], p1 * m1, m1, p2 * m2, m2, level)
    names = grid.assign(measure=measure, method=method)
    return grid[[*INPUTS, *BASES]].assign(
        change_id=key(names, "earlier_id", "later_id", "measure", "earlier_base", "assumption_id", "method"),
        measure=measure,
        method=method,
        level=LEVEL,
        estimate=p2 - p1 if measure == "difference" else list(map(relative_reduction, p1, p2)),
        **limits(found),
        basis="scenario",
        uncertainty_scope="sampling_only",
    )
