"""Manski bounds and tipping points: what if part of the people was never in the frame?

How large and how affected would it have to be? Only a scenario: nobody measured the part outside, and
groups outside venues are other populations. The shares are taken as points;
`hidden_share_needed_jointly` has chance too.
"""

from collections.abc import Callable

import pandas as pd

from scripts.derived._grids import crossed, key
from scripts.derived._pairs import VENUES
from scripts.derived._sides import sides
from scripts.methods.outside_frame import manski_bounds, manski_change, tipping_affected, tipping_hidden
from scripts.package.opening import Package


def rows(package: Package) -> pd.DataFrame:
    """For each pair of shares: the part outside that would undo the fall, and bounds without assumption."""
    topics = package.frame("reported_values").set_index("value_id")["topic"]
    pairs = sides(package.ledger)
    pairs = pairs[pairs["later_id"].map(topics) == VENUES]  # the grids were chosen beside these studies
    hidden = crossed(package, pairs, assumption="hidden_share")
    affected = crossed(package, pairs, assumption="hidden_affected")
    # Not the parts that are less affected than the people seen: they would only lower the later share.
    affected = affected[affected["assumption"] > affected["later_high"]]
    measures = [
        _needed(hidden, tipping_affected).assign(measure="affected_needed", unit="percent"),
        _needed(affected, tipping_hidden).assign(measure="hidden_share_needed", unit="proportion"),
        _later_bounds(hidden).assign(measure="later_share_bounds", unit="percent"),
        _change_bounds(hidden).assign(measure="change_bounds", unit="percentage_points"),
    ]
    grid = pd.concat(measures)
    names = key(grid, ["name", "measure", "assumption_id"])
    scopes = grid["compared"].map({"printed_shares": "rounding_only", "scenario_shares": "none"})
    return grid.assign(
        comparison_id=names, assumed=grid["assumption"], basis="scenario", uncertainty_scope=scopes
    )


def _needed(grid: pd.DataFrame, method: Callable[[float, float, float], float]) -> pd.DataFrame:
    """The needed value and its ends; within 0 and 1 it grows with the earlier share and not the later."""

    def at(earlier: str, later: str) -> list[float]:
        return list(map(method, grid[earlier], grid[later], grid["assumption"]))

    low, high = at("earlier_low", "later_high"), at("earlier_high", "later_low")
    verdict = list(map(_possible, low, high))
    return grid.assign(estimate=at("earlier", "later"), lower=low, upper=high, verdict=verdict)


def _possible(low: float, high: float) -> str:
    if low < 0 or low > 1:
        return "impossible"
    return "possible" if high <= 1 else "depends_on_rounding"


def _later_bounds(grid: pd.DataFrame) -> pd.DataFrame:
    """Manski bounds of the later share of all, if nothing is assumed of the part outside."""
    low = [one.lower for one in map(manski_bounds, grid["later_low"], grid["assumption"])]
    high = [one.upper for one in map(manski_bounds, grid["later_high"], grid["assumption"])]
    return grid.assign(estimate="", lower=low, upper=high, verdict="bounds")


def _change_bounds(grid: pd.DataFrame) -> pd.DataFrame:
    """Manski bounds of the change of all, with so large a part outside in both waves."""
    outside = grid["assumption"], grid["assumption"]
    low = [one.lower for one in map(manski_change, grid["earlier_high"], grid["later_low"], *outside)]
    high = [one.upper for one in map(manski_change, grid["earlier_low"], grid["later_high"], *outside)]
    verdict = list(map(_direction, low, high))
    return grid.assign(estimate="", lower=low, upper=high, verdict=verdict)


def _direction(low: float, high: float) -> str:
    return "fall" if high < 0 else "rise" if low > 0 else "sign_open"
