"""Changes and their sampling errors for assumed sample sizes, since no earlier sample size is reported.

The earlier share is treated as a proportion in a sample of a size that could produce it, allowing for
clustering by venue. In the comparison by venue, the earlier count is treated as a count of people seen.
"""

from collections.abc import Callable

import pandas as pd

from scripts.derived._compared_share_pairs import (
    COUNTS,
    SIDES,
    convert_shares_to_percent,
    count_per_venue_pairs,
    counted_share_pairs,
)
from scripts.derived._scenario_grids import (
    apply_method_to_rows,
    combine_scenario_rows,
    cross_with_assumptions,
    interval_limit_columns,
    keys_joined_from_columns,
)
from scripts.derived._shares_counts_and_parts import decimal_share_pairs
from scripts.methods.change import (
    miettinen_nurminen_difference,
    miettinen_nurminen_ratio,
    newcombe_difference,
    poisson_rate_ratio_interval,
    relative_reduction,
)
from scripts.methods.common import LEVEL, Interval
from scripts.methods.design_effect import design_effect_from_icc
from scripts.package.package import Package

UNITS = {"relative_reduction": "percent", "difference": "percentage_points"}


def _relative_reduction_interval(ratio: Interval) -> Interval:
    """The interval of the relative reduction: 1 minus each limit of the ratio, in reverse order."""
    return Interval(1 - ratio.upper, 1 - ratio.lower)


METHODS: dict[tuple[str, str], Callable[[float, float, float, float], Interval]] = {
    ("newcombe", "difference"): newcombe_difference,
    ("miettinen_nurminen", "difference"): miettinen_nurminen_difference,
    ("miettinen_nurminen", "relative_reduction"): lambda *sides: _relative_reduction_interval(
        miettinen_nurminen_ratio(*sides)
    ),
}


def rows(package: Package) -> pd.DataFrame:
    """The changes for each possible earlier denominator and design effect, and the falls per venue."""
    counted = counted_share_pairs(package.reading_index, decimal_share_pairs(package.reading_index))
    clustered = pd.concat(
        [
            _cross_pairs_with_design_effects(package, counted),
            _add_design_effects_of_largest_icc(package, counted),
        ]
    )
    by_venue = _falls_per_venue(count_per_venue_pairs(package.reading_index))
    return convert_shares_to_percent(
        combine_scenario_rows(package, "scenario_changes", _changes_with_intervals(clustered), by_venue)
    )


def _cross_pairs_with_design_effects(package: Package, counted: pd.DataFrame) -> pd.DataFrame:
    """The pairs at each assumed design effect, which is taken to be the same in both surveys."""
    grid = cross_with_assumptions(package, counted, assumption="design_effect")
    return grid.assign(**{f"{side}_design_effect": grid["assumption"] for side in SIDES})


def _add_design_effects_of_largest_icc(package: Package, counted: pd.DataFrame) -> pd.DataFrame:
    """The pairs at the largest assumed ICC within venues, which gives each survey its own design effect."""
    alike = cross_with_assumptions(package, counted, assumption="icc")
    alike = alike[alike["assumption"] == alike["assumption"].max()]
    for side in SIDES:
        base, venues = alike[f"{side}_denominator"], alike[f"{side}_venues"]
        alike = alike[(venues > 0) & (venues <= base)]  # at least one person per venue
        alike = alike.assign(people=alike[f"{side}_denominator"] / alike[f"{side}_venues"])
        effects = apply_method_to_rows(design_effect_from_icc, alike, "people", "assumption")
        alike = alike.assign(**{f"{side}_design_effect": effects})
    return alike


def _changes_with_intervals(grid: pd.DataFrame) -> pd.DataFrame:
    """The changes between two counts over their denominators, with intervals by each method.

    Pairs with an effective sample size below one person are left out.
    """
    for side in SIDES:
        base, effect = f"{side}_denominator", f"{side}_design_effect"
        grid = grid[grid[effect] <= grid[base]]  # no interval for an effective sample below one person
        grid = grid.assign(**{f"{side}_n": grid[base] / grid[effect]})
    grid = grid.merge(pd.DataFrame(list(METHODS), columns=["method", "measure"]), how="cross")

    def interval(method: str, measure: str, p1: float, n1: float, p2: float, n2: float) -> Interval:
        return METHODS[method, measure](p1 * n1, n1, p2 * n2, n2)

    falls = pd.Series(apply_method_to_rows(relative_reduction, grid, *SIDES), grid.index)
    differences = grid["later"] - grid["earlier"]
    names = ["earlier_id", "later_id", "measure", "earlier_denominator", "assumption_id", "method"]
    intervals = apply_method_to_rows(
        interval, grid, "method", "measure", "earlier", "earlier_n", "later", "later_n"
    )
    return grid.assign(
        scenario_id=keys_joined_from_columns(grid, names),
        unit=grid["measure"].map(UNITS),
        estimate=falls.where(grid["measure"] == "relative_reduction", differences),
        **interval_limit_columns(intervals),
        ci_level=LEVEL,
    )


def _falls_per_venue(counted: pd.DataFrame) -> pd.DataFrame:
    """The fall in the number of people per venue, with an exact interval for Poisson counts."""
    changes = counted[counted["earlier_count"] > 0].assign(measure="relative_reduction", end="by_venue")
    return changes.assign(
        scenario_id=keys_joined_from_columns(changes, ["name", "measure", "end"]),
        unit="percent",
        method="poisson_conditional",
        estimate=apply_method_to_rows(relative_reduction, changes, *SIDES),
        **interval_limit_columns(
            map(
                _relative_reduction_interval,
                apply_method_to_rows(poisson_rate_ratio_interval, changes, *COUNTS),
            )
        ),
        ci_level=LEVEL,
    )
