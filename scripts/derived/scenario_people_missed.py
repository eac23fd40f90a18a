"""How people missed by the later survey could affect the fall: what would cancel it, and Manski bounds.

People outside the sampling frame are another population. Shares are treated as exact, without sampling
error.
"""

from collections.abc import Callable

import pandas as pd

from scripts.derived._compared_share_pairs import (
    apply_at_rounding_ends,
    convert_shares_to_percent,
    printed_and_counted_share_pairs,
)
from scripts.derived._scenario_grids import (
    BOUNDS,
    apply_method_to_rows,
    belongs_to_venue_study_by_row,
    combine_scenario_rows,
    cross_with_assumptions,
    interval_limit_columns,
    keys_joined_from_columns,
)
from scripts.derived._shares_counts_and_parts import decimal_share_pairs
from scripts.methods.undercoverage import (
    affected_share_to_cancel_fall,
    hidden_part_to_cancel_fall,
    manski_bounds,
    manski_bounds_for_change,
)
from scripts.package.package import Package


def rows(package: Package) -> pd.DataFrame:
    """What would have to be true of the people missed to cancel the fall, and Manski bounds."""
    pairs = pd.concat(
        printed_and_counted_share_pairs(package.reading_index, decimal_share_pairs(package.reading_index)),
        ignore_index=True,
    )
    pairs = pairs[belongs_to_venue_study_by_row(package, pairs["later_id"])]
    hidden = cross_with_assumptions(package, pairs, assumption="hidden_share")
    affected = cross_with_assumptions(package, pairs, assumption="hidden_affected")
    # People outside who are less affected than those seen are left out: they would only lower the later
    # share.
    affected = affected[affected["assumption"] > affected["later_high"]]
    measures = [
        _shares_needed_to_cancel_fall(hidden, affected_share_to_cancel_fall).assign(
            measure="affected_needed", unit="percent"
        ),
        _shares_needed_to_cancel_fall(affected, hidden_part_to_cancel_fall).assign(
            measure="hidden_share_needed", unit="proportion"
        ),
        _bounds_of_later_share(hidden).assign(measure="later_share_bounds", unit="percent"),
        _bounds_of_change(hidden).assign(measure="change_bounds", unit="percentage_points"),
    ]
    grid = pd.concat(measures)
    names = keys_joined_from_columns(grid, ["name", "measure", "assumption_id"])
    grid = grid.assign(scenario_id=names, assumed=grid["assumption"])
    return convert_shares_to_percent(combine_scenario_rows(package, "scenario_people_missed", grid))


def _shares_needed_to_cancel_fall(
    grid: pd.DataFrame, method: Callable[[float, float, float], float]
) -> pd.DataFrame:
    """The share that is needed to cancel the fall, as computed by `method`, and its limits by rounding.

    Between 0 and 1, it increases with the earlier share and decreases with the later one.
    """
    grid = grid.assign(**apply_at_rounding_ends(method, grid, BOUNDS, "assumption"))
    return grid.assign(verdict=apply_method_to_rows(_possibility_verdict, grid, *BOUNDS))


def _possibility_verdict(low: float, high: float) -> str:
    if low < 0 or low > 1:
        return "impossible"
    return "possible" if high <= 1 else "depends_on_rounding"


def _bounds_of_later_share(grid: pd.DataFrame) -> pd.DataFrame:
    """Manski bounds for the later share of all people, with nothing assumed about those missed."""
    low, high = (
        apply_method_to_rows(manski_bounds, grid, f"later_{end}", "assumption") for end in ("low", "high")
    )
    lower, upper = (
        interval_limit_columns(low, BOUNDS)["lower"],
        interval_limit_columns(high, BOUNDS)["upper"],
    )
    return grid.assign(lower=lower, upper=upper, verdict="bounds")


def _bounds_of_change(grid: pd.DataFrame) -> pd.DataFrame:
    """Manski bounds for the change among all people, if both surveys missed the same share of them."""
    outside = "assumption", "assumption"
    low = interval_limit_columns(
        apply_method_to_rows(manski_bounds_for_change, grid, "earlier_high", "later_low", *outside), BOUNDS
    )["lower"]
    high = interval_limit_columns(
        apply_method_to_rows(manski_bounds_for_change, grid, "earlier_low", "later_high", *outside), BOUNDS
    )["upper"]
    return grid.assign(lower=low, upper=high, verdict=list(map(_direction_of_change, low, high)))


def _direction_of_change(low: float, high: float) -> str:
    return "fall" if high < 0 else "rise" if low > 0 else "sign_open"
