"""Tipping points: how far would one thing have to go, or several together, to make a fall of no change?

Only scenarios: none of these was measured. A part outside the frame is another population; its shares are
taken as points, and only the joint tipping points have chance too.
"""

from collections.abc import Callable, Iterator

import pandas as pd

from scripts.derived._bases import JUDGED_SHARE, VENUES, printed_shares
from scripts.derived._grids import BY_CHANCE, crossed, in_venue_studies, key, limits, mapped
from scripts.derived._sides import COUNTS, SIDES, counted_by_venue, counted_sides, printed_sides
from scripts.methods.change import miettinen_nurminen_ratio, variance_inflation_until_no_change
from scripts.methods.clustering import cv_for_design_effect
from scripts.methods.imperfect_test import false_positives_that_explain, sensitivity_ratio_that_explains
from scripts.methods.outside_frame import (
    hidden_part_that_undoes,
    manski_bounds,
    manski_change,
    tipping_affected,
    tipping_hidden,
)
from scripts.methods.planning import deff_until_significance
from scripts.package.opening import Package

ERRORS = {"design_effect": "design_effect", "affected": "hidden_affected", "ratio": "sensitivity_ratio"}


def rows(package: Package) -> Iterator[pd.DataFrame]:
    """For each pair of shares of judged age, as printed and as counted: what would undo the fall."""
    judged = [pair for pair in printed_shares(package.ledger) if pair[0].indicator_id == JUDGED_SHARE]
    printed, counted = printed_sides(judged), counted_sides(package.ledger, judged)
    both = pd.concat([printed, counted], ignore_index=True)
    yield _outside_frame(package, both[in_venue_studies(package, both["later_id"])])
    yield _alone(_mistakes(both), "proportion")
    yield _alone(_ratios(printed, counted), "ratio")
    effects = counted.assign(
        measure="design_effect_to_include_zero",
        estimate=mapped(deff_until_significance, counted, *COUNTS),
        uncertainty_scope="none",
    )
    for part in (effects, *_sizes_of_venues(effects), _variances(counted_by_venue(package.ledger))):
        yield _alone(part, "ratio")
    yield _joint_errors(package)


def _alone(points: pd.DataFrame, unit: str) -> pd.DataFrame:
    return points.assign(comparison_id=key(points, ["name", "measure"]), unit=unit, basis="scenario")


def _at_ends(method: Callable[..., float], grid: pd.DataFrame, *more: str) -> dict[str, list[float]]:
    """What a method gives for both sides, and for the ends of rounding: closest, then farthest."""
    return {
        "estimate": mapped(method, grid, "earlier", "later", *more),
        "lower": mapped(method, grid, "earlier_low", "later_high", *more),
        "upper": mapped(method, grid, "earlier_high", "later_low", *more),
    }


def _outside_frame(package: Package, pairs: pd.DataFrame) -> pd.DataFrame:
    """The part outside that would undo the fall, and Manski bounds, which assume nothing of it."""
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
    scopes = grid["compared"].map({"printed_shares": "rounding_only", "scenario_shares": "none"})
    names = key(grid, ["name", "measure", "assumption_id"])
    return grid.assign(
        comparison_id=names, assumed=grid["assumption"], basis="scenario", uncertainty_scope=scopes
    )


def _needed(grid: pd.DataFrame, method: Callable[[float, float, float], float]) -> pd.DataFrame:
    """The needed value and its ends; within 0 and 1 it grows with the earlier share and not the later."""
    grid = grid.assign(**_at_ends(method, grid, "assumption"))
    return grid.assign(verdict=mapped(_possible, grid, "lower", "upper"))


def _possible(low: float, high: float) -> str:
    if low < 0 or low > 1:
        return "impossible"
    return "possible" if high <= 1 else "depends_on_rounding"


def _later_bounds(grid: pd.DataFrame) -> pd.DataFrame:
    """Manski bounds of the later share of all, if nothing is assumed of the part outside."""
    low, high = (mapped(manski_bounds, grid, f"later_{end}", "assumption") for end in ("low", "high"))
    return grid.assign(lower=limits(low)["lower"], upper=limits(high)["upper"], verdict="bounds")


def _change_bounds(grid: pd.DataFrame) -> pd.DataFrame:
    """Manski bounds of the change of all, with so large a part outside in both waves."""
    outside = "assumption", "assumption"
    low = limits(mapped(manski_change, grid, "earlier_high", "later_low", *outside))["lower"]
    high = limits(mapped(manski_change, grid, "earlier_low", "later_high", *outside))["upper"]
    return grid.assign(lower=low, upper=high, verdict=list(map(_direction, low, high)))


def _direction(low: float, high: float) -> str:
    return "fall" if high < 0 else "rise" if low > 0 else "sign_open"


def _mistakes(pairs: pd.DataFrame) -> pd.DataFrame:
    """The part of the adults, taken for children in the earlier wave alone, that would make the fall."""
    pairs = pairs[pairs["later_high"] < 1]  # else no adults are left to be mistaken
    is_rounded = pairs["compared"] == "printed_shares"
    found = pairs.assign(
        measure="earlier_false_positive_rate",
        uncertainty_scope=is_rounded.map({True: "rounding_only", False: "none"}),
        **_at_ends(false_positives_that_explain, pairs),
    )
    return found.assign(**{end: found[end].where(is_rounded) for end in ("lower", "upper")})


def _ratios(printed: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """The later sensitivity as a part of the earlier one that would make a fall out of no change.

    From counts with the limits of the ratio of the two shares.
    """
    ends = _at_ends(sensitivity_ratio_that_explains, printed)  # it falls where the earlier share grows
    ends["lower"], ends["upper"] = ends["upper"], ends["lower"]
    rounded = printed.assign(**ends, uncertainty_scope="rounding_only")
    sampled = counted.assign(
        estimate=mapped(sensitivity_ratio_that_explains, counted, *SIDES),
        **limits(mapped(miettinen_nurminen_ratio, counted, *COUNTS)),
        **BY_CHANCE,
    )
    return pd.concat([rounded, sampled]).assign(measure="sensitivity_ratio")


def _sizes_of_venues(effects: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """How unequal the venues of a wave must be for that design effect, if all in a venue are alike."""
    for side in SIDES:
        known = effects[(effects[f"{side}_venues"] > 0) & (effects["estimate"] > 0)]
        known = known.assign(people=known[f"{side}_base"] / known[f"{side}_venues"])
        known = known[known["people"] >= 1]
        needed = mapped(cv_for_design_effect, known, "people", "estimate")
        yield known.assign(measure=f"{side}_venue_size_cv", estimate=needed)


def _variances(by_venue: pd.DataFrame) -> pd.DataFrame:
    """How many times the variance of counts by venue must be that of Poisson counts to show no fall."""
    both = by_venue[(by_venue[["earlier_count", "later_count"]] > 0).all(axis=1)]
    needed = mapped(variance_inflation_until_no_change, both, *COUNTS)
    return both.assign(measure="variance_inflation", estimate=needed, uncertainty_scope="none")


def _joint_errors(package: Package) -> pd.DataFrame:
    """The hidden part that is enough, for each pair of counts over bases and each set of other errors.

    It takes the earlier count as one of people seen, none as hidden then, and no adult as taken for a
    child.
    """
    waves = [pair for pair in printed_shares(package.ledger) if pair[1].topic == VENUES]
    grid = crossed(package, counted_sides(package.ledger, waves), **ERRORS)
    # Less than one person bears no interval; and those less affected than the people seen undo no fall.
    grid = grid[grid["design_effect"] <= grid[["earlier_base", "later_base"]].min(axis=1)]
    grid = grid[grid["affected"] > grid["earlier"]]
    return grid.assign(
        comparison_id=key(
            grid, ["earlier_id", "later_id", "earlier_base", *(f"{one}_id" for one in ERRORS)]
        ),
        measure="hidden_share_needed_jointly",
        unit="proportion",
        assumption_id=grid["affected_id"],
        assumed=grid["affected"],
        sensitivity_ratio=grid["ratio"],
        earlier_design_effect=grid["design_effect"],
        later_design_effect=grid["design_effect"],
        estimate=mapped(hidden_part_that_undoes, grid, *COUNTS, "affected", "ratio", "design_effect"),
        **BY_CHANCE,
    )
