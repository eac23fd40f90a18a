"""Rounding ranges, Newcombe and Miettinen-Nurminen intervals: how large is each fall?

Only pairs that a link permits; a printed share never meets a counted one.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import repeat

import pandas as pd

from scripts.derived import Cells
from scripts.derived._bases import venues_of
from scripts.derived._grids import LEVEL, RESULTS, crossed, key, limits
from scripts.derived._pairs import Pair, free_pairs, printed_shares
from scripts.derived._sides import COUNTS, counted_by_venue, counted_sides
from scripts.methods.arguments import Interval
from scripts.methods.change import (
    miettinen_nurminen_difference,
    miettinen_nurminen_ratio,
    newcombe_difference,
    relative_reduction,
)
from scripts.methods.clustering import design_effect_from_icc, effective_n
from scripts.methods.printed import reduction_rounding_range, rounding_range
from scripts.methods.rates import poisson_ratio
from scripts.package.opening import Package

BASES = ["earlier_base", "later_base"]
EFFECTS = ["earlier_design_effect", "later_design_effect"]
INPUTS = ["compared", "earlier_id", "later_id", "printed_change_id", "earlier", "later", "assumption_id"]
UNITS = {"relative_reduction": "percent", "difference": "percentage_points"}
INPUTS_BY_VENUE = [name for name in INPUTS if name != "assumption_id"]
OUTPUTS = ["unit", *RESULTS, "basis", "uncertainty_scope"]
KEY = ["earlier_id", "later_id", "measure", "earlier_base", "assumption_id", "method"]


def rows(package: Package) -> Iterator[Cells]:
    """One row for each permitted pair and measure, and the scenarios that need an unprinted base."""
    shares = printed_shares(package.ledger)
    for pair in shares:
        yield from _printed_shares(pair)
    for pair in free_pairs(package.ledger, "count"):
        yield _counts(pair)
    counted = counted_sides(package.ledger, shares)
    plain = crossed(package, counted, assumption="design_effect")
    plain = plain.assign(**dict.fromkeys(EFFECTS, plain["assumption"]))
    grid = pd.concat([plain, _most_alike(package, counted)], ignore_index=True)
    yield from _scenarios(grid).to_dict("records")
    yield from _by_venue(counted_by_venue(package.ledger)).to_dict("records")


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
        "comparison_id": f"{earlier.id}.{later.id}.{measure}.{tail}",
        "earlier_id": earlier.id,
        "later_id": later.id,
        "printed_change_id": printed_change,
        "measure": measure,
        "unit": UNITS[measure],
    }


def _reduction(x1: float, n1: float, x2: float, n2: float, level: float) -> Interval:
    """The relative reduction is 1 less the ratio, so its limits change places."""
    return _turned(miettinen_nurminen_ratio(x1, n1, x2, n2, level=level))


def _turned(ratio: Interval) -> Interval:
    return Interval(1 - ratio.upper, 1 - ratio.lower)


METHODS: dict[tuple[str, str], Callable[[float, float, float, float, float], Interval]] = {
    ("newcombe", "difference"): newcombe_difference,
    ("miettinen_nurminen", "difference"): miettinen_nurminen_difference,
    ("miettinen_nurminen", "relative_reduction"): _reduction,
}


def _most_alike(package: Package, counted: pd.DataFrame) -> pd.DataFrame:
    """The pairs at the largest assumed likeness within venues: the design effect of each wave by itself."""
    assumed = [float(row["value"]) for row in package.ledger.assumed("icc")]
    alike = crossed(package, counted, assumption="icc")
    alike = alike[alike["assumption"] == max(assumed, default=0)]
    studies = package.frame("reported_values").set_index("value_id")["study_id"]
    for base, effect in zip(BASES, EFFECTS, strict=True):
        venues = alike[base.replace("base", "id")].map(studies).map(partial(venues_of, package.ledger))
        alike = alike[(venues > 0) & (venues <= alike[base])]  # a venue with less than one person is none
        people = alike[base] / venues[alike.index]
        alike = alike.assign(**{effect: list(map(design_effect_from_icc, people, alike["assumption"]))})
    return alike


def _by_venue(counted: pd.DataFrame) -> pd.DataFrame:
    """The fall of the count for each venue: exact, if the counts are Poisson and of people seen."""
    some = counted[counted["earlier_count"] > 0]
    names = {"measure": "relative_reduction", "end": "by_venue"}
    ratios = map(poisson_ratio, *(some[name] for name in COUNTS), repeat(LEVEL))
    return some.assign(
        comparison_id=key(some.assign(**names), ["name", *names]),
        measure=names["measure"],
        unit="percent",
        method="poisson_conditional",
        level=LEVEL,
        estimate=list(map(relative_reduction, some["earlier"], some["later"])),
        **limits(map(_turned, ratios)),
        basis="scenario",
        uncertainty_scope="sampling_only",
    )[[*INPUTS_BY_VENUE, *BASES, "comparison_id", "measure", "method", "level", *OUTPUTS]]


def _scenarios(grid: pd.DataFrame) -> pd.DataFrame:
    """Each pair of counts over bases at each design effect, by each method."""
    is_enough = (grid[EFFECTS[0]] <= grid[BASES[0]]) & (grid[EFFECTS[1]] <= grid[BASES[1]])
    grid = grid[is_enough]  # less than one person bears no interval
    grid = grid.merge(pd.DataFrame(list(METHODS), columns=["method", "measure"]), how="cross")
    p1, p2 = grid["earlier"], grid["later"]
    m1, m2 = (
        list(map(effective_n, grid[base], grid[one])) for base, one in zip(BASES, EFFECTS, strict=True)
    )
    samples = zip(p1 * m1, m1, p2 * m2, m2, repeat(LEVEL))
    ways = zip(grid["method"], grid["measure"], strict=True)
    falls = pd.Series(map(relative_reduction, p1, p2), grid.index)
    return grid[[*INPUTS, *BASES, *EFFECTS, "method", "measure"]].assign(
        comparison_id=key(grid, KEY),
        unit=grid["measure"].map(UNITS),
        level=LEVEL,
        estimate=falls.where(grid["measure"] == "relative_reduction", p2 - p1),
        **limits(METHODS[way](*sample) for way, sample in zip(ways, samples, strict=True)),
        basis="scenario",
        uncertainty_scope="sampling_only",
    )
