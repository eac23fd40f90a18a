"""The change and its sampling error under assumed sample sizes, since none is reported.

The earlier share is treated as a proportion of a sample size that could produce it, allowing for clustering
by venue. In the by-venue version, the earlier count is treated as a count of people seen.
"""

from collections.abc import Callable

import pandas as pd

from scripts.derived._linked_figures import decimal_share_pairs
from scripts.derived._scenario_grids import crossed, joined_key, limits, mapped, united
from scripts.derived._share_pairs import COUNTS, SIDES, counted_by_venue, counted_sides, in_percent
from scripts.methods.change import (
    miettinen_nurminen_difference,
    miettinen_nurminen_ratio,
    newcombe_difference,
    poisson_ratio,
    relative_reduction,
)
from scripts.methods.common import LEVEL, Interval
from scripts.methods.design_effect import design_effect_from_icc
from scripts.package.package import Package

UNITS = {"relative_reduction": "percent", "difference": "percentage_points"}


def _fall(ratio: Interval) -> Interval:
    """Return the interval of the relative reduction, 1 less the ratio, so the limits swap places."""
    return Interval(1 - ratio.upper, 1 - ratio.lower)


METHODS: dict[tuple[str, str], Callable[[float, float, float, float], Interval]] = {
    ("newcombe", "difference"): newcombe_difference,
    ("miettinen_nurminen", "difference"): miettinen_nurminen_difference,
    ("miettinen_nurminen", "relative_reduction"): lambda *sides: _fall(miettinen_nurminen_ratio(*sides)),
}


def rows(package: Package) -> pd.DataFrame:
    """The changes for each assumed earlier sample size and design effect, and the fall per venue."""
    counted = counted_sides(package.ledger, decimal_share_pairs(package.ledger))
    clustered = pd.concat([_assumed(package, counted), _most_alike(package, counted)])
    by_venue = _by_venue(counted_by_venue(package.ledger))
    return in_percent(united(package, "scenario_changes", _over_bases(clustered), by_venue))


def _assumed(package: Package, counted: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs at each assumed design effect, which is the same for both surveys."""
    grid = crossed(package, counted, assumption="design_effect")
    return grid.assign(**{f"{side}_design_effect": grid["assumption"] for side in SIDES})


def _most_alike(package: Package, counted: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs at the largest assumed ICC within venues, with a design effect for each survey."""
    alike = crossed(package, counted, assumption="icc")
    alike = alike[alike["assumption"] == alike["assumption"].max()]
    for side in SIDES:
        base, venues = alike[f"{side}_denominator"], alike[f"{side}_venues"]
        alike = alike[(venues > 0) & (venues <= base)]  # at least one person per venue
        alike = alike.assign(people=alike[f"{side}_denominator"] / alike[f"{side}_venues"])
        effects = mapped(design_effect_from_icc, alike, "people", "assumption")
        alike = alike.assign(**{f"{side}_design_effect": effects})
    return alike


def _over_bases(grid: pd.DataFrame) -> pd.DataFrame:
    """Return each pair of counts over denominators, at each design effect and by each method."""
    for side in SIDES:
        base, effect = f"{side}_denominator", f"{side}_design_effect"
        grid = grid[grid[effect] <= grid[base]]  # no interval for an effective sample below one person
        grid = grid.assign(**{f"{side}_n": grid[base] / grid[effect]})
    grid = grid.merge(pd.DataFrame(list(METHODS), columns=["method", "measure"]), how="cross")

    def interval(method: str, measure: str, p1: float, n1: float, p2: float, n2: float) -> Interval:
        return METHODS[method, measure](p1 * n1, n1, p2 * n2, n2)

    falls = pd.Series(mapped(relative_reduction, grid, *SIDES), grid.index)
    differences = grid["later"] - grid["earlier"]
    names = ["earlier_id", "later_id", "measure", "earlier_denominator", "assumption_id", "method"]
    intervals = mapped(interval, grid, "method", "measure", "earlier", "earlier_n", "later", "later_n")
    return grid.assign(
        scenario_id=joined_key(grid, names),
        unit=grid["measure"].map(UNITS),
        estimate=falls.where(grid["measure"] == "relative_reduction", differences),
        **limits(intervals),
        ci_level=LEVEL,
    )


def _by_venue(counted: pd.DataFrame) -> pd.DataFrame:
    """Return the fall of the count per venue; its interval is exact for Poisson counts of people seen."""
    changes = counted[counted["earlier_count"] > 0].assign(measure="relative_reduction", end="by_venue")
    return changes.assign(
        scenario_id=joined_key(changes, ["name", "measure", "end"]),
        unit="percent",
        method="poisson_conditional",
        estimate=mapped(relative_reduction, changes, *SIDES),
        **limits(map(_fall, mapped(poisson_ratio, changes, *COUNTS))),
        ci_level=LEVEL,
    )
