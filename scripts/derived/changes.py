"""Rounding ranges, Newcombe and Miettinen-Nurminen intervals: how large is each fall?

Only pairs that a link permits; a printed share never meets a counted one.
"""

from collections.abc import Callable, Iterator
from itertools import repeat

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
from scripts.package.opening import Package

BASES = ["earlier_base", "later_base"]
INPUTS = ["compared", "earlier_id", "later_id", "printed_change_id", "earlier", "later", "assumption_id"]
KEY = ["earlier_id", "later_id", "measure", "earlier_base", "assumption_id", "method"]


def rows(package: Package) -> Iterator[Cells]:
    """One row for each permitted pair and measure, and the scenarios that need an unprinted base."""
    shares = printed_shares(package.ledger)
    for pair in shares:
        yield from _printed_shares(pair)
    for pair in free_pairs(package.ledger, "count"):
        yield _counts(pair)
    counted = counted_sides(package.ledger, shares)
    yield from _scenarios(crossed(package, counted, assumption="design_effect")).to_dict("records")


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
    """The relative reduction is 1 less the ratio, so its limits change places."""
    ratio = miettinen_nurminen_ratio(x1, n1, x2, n2, level=level)
    return Interval(1 - ratio.upper, 1 - ratio.lower)


METHODS: dict[tuple[str, str], Callable[[float, float, float, float, float], Interval]] = {
    ("newcombe", "difference"): newcombe_difference,
    ("miettinen_nurminen", "difference"): miettinen_nurminen_difference,
    ("miettinen_nurminen", "relative_reduction"): _reduction,
}


def _scenarios(grid: pd.DataFrame) -> pd.DataFrame:
    """Each pair of counts over bases at each design effect, by each method."""
    grid = grid[grid["assumption"] <= grid[BASES].min(axis=1)]  # less than one person bears no interval
    grid = grid.merge(pd.DataFrame(list(METHODS), columns=["method", "measure"]), how="cross")
    p1, p2 = grid["earlier"], grid["later"]
    m1, m2 = (list(map(effective_n, grid[base], grid["assumption"])) for base in BASES)
    samples = zip(p1 * m1, m1, p2 * m2, m2, repeat(LEVEL))
    ways = zip(grid["method"], grid["measure"], strict=True)
    falls = pd.Series(map(relative_reduction, p1, p2), grid.index)
    return grid[[*INPUTS, *BASES, "method", "measure"]].assign(
        change_id=key(grid, KEY),
        level=LEVEL,
        estimate=falls.where(grid["measure"] == "relative_reduction", p2 - p1),
        **limits(METHODS[way](*sample) for way, sample in zip(ways, samples, strict=True)),
        basis="scenario",
        uncertainty_scope="sampling_only",
    )
