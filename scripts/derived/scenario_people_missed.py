"""How people missed by the later survey could affect the fall: what would cancel it, and its bounds.

A part outside the sampling frame is another population. Its shares are treated as exact, without sampling
error.
"""

from collections.abc import Callable

import pandas as pd

from scripts.derived._linked_figures import decimal_share_pairs
from scripts.derived._scenario_grids import (
    BOUNDS,
    crossed,
    in_venue_studies,
    joined_key,
    limits,
    mapped,
    united,
)
from scripts.derived._share_pairs import at_ends, in_percent, judged_sides
from scripts.methods.undercoverage import manski_bounds, manski_change, tipping_affected, tipping_hidden
from scripts.package.package import Package


def rows(package: Package) -> pd.DataFrame:
    """The part outside that would undo the fall, and Manski bounds, which assume nothing about it."""
    pairs = pd.concat(judged_sides(package.ledger, decimal_share_pairs(package.ledger)), ignore_index=True)
    pairs = pairs[in_venue_studies(package, pairs["later_id"])]
    hidden = crossed(package, pairs, assumption="hidden_share")
    affected = crossed(package, pairs, assumption="hidden_affected")
    # People less affected than those seen are left out, since they would only lower the later share.
    affected = affected[affected["assumption"] > affected["later_high"]]
    measures = [
        _needed(hidden, tipping_affected).assign(measure="affected_needed", unit="percent"),
        _needed(affected, tipping_hidden).assign(measure="hidden_share_needed", unit="proportion"),
        _later_bounds(hidden).assign(measure="later_share_bounds", unit="percent"),
        _change_bounds(hidden).assign(measure="change_bounds", unit="percentage_points"),
    ]
    grid = pd.concat(measures)
    names = joined_key(grid, ["name", "measure", "assumption_id"])
    grid = grid.assign(scenario_id=names, assumed=grid["assumption"])
    return in_percent(united(package, "scenario_people_missed", grid))


def _needed(grid: pd.DataFrame, method: Callable[[float, float, float], float]) -> pd.DataFrame:
    """Return the needed value and its ends by rounding.

    Between 0 and 1 it increases with the earlier share and decreases with the later share.
    """
    grid = grid.assign(**at_ends(method, grid, BOUNDS, "assumption"))
    return grid.assign(verdict=mapped(_possible, grid, *BOUNDS))


def _possible(low: float, high: float) -> str:
    if low < 0 or low > 1:
        return "impossible"
    return "possible" if high <= 1 else "depends_on_rounding"


def _later_bounds(grid: pd.DataFrame) -> pd.DataFrame:
    """Return Manski bounds of the later share among all people, assuming nothing about those outside."""
    low, high = (mapped(manski_bounds, grid, f"later_{end}", "assumption") for end in ("low", "high"))
    lower, upper = limits(low, BOUNDS)["lower"], limits(high, BOUNDS)["upper"]
    return grid.assign(lower=lower, upper=upper, verdict="bounds")


def _change_bounds(grid: pd.DataFrame) -> pd.DataFrame:
    """Return Manski bounds of the change among all people, with the same part outside in both surveys."""
    outside = "assumption", "assumption"
    low = limits(mapped(manski_change, grid, "earlier_high", "later_low", *outside), BOUNDS)["lower"]
    high = limits(mapped(manski_change, grid, "earlier_low", "later_high", *outside), BOUNDS)["upper"]
    return grid.assign(lower=low, upper=high, verdict=list(map(_direction, low, high)))


def _direction(low: float, high: float) -> str:
    return "fall" if high < 0 else "rise" if low > 0 else "sign_open"
