"""Tipping points: how large an error (or combination of errors) would make an unchanged share look like a
fall?

No such error was measured. Only joint tipping points and the ratio of counted shares allow for sampling
error.
"""

from collections.abc import Iterator

import pandas as pd

from scripts.derived._linked_figures import VENUES, decimal_share_pairs
from scripts.derived._scenario_grids import BY_ROUNDING, crossed, joined_key, limits, mapped, united
from scripts.derived._share_pairs import (
    COUNTS,
    SIDES,
    at_ends,
    counted_by_venue,
    counted_sides,
    in_percent,
    judged_sides,
)
from scripts.methods.change import miettinen_nurminen_ratio, variance_inflation_until_no_change
from scripts.methods.common import LEVEL
from scripts.methods.design_effect import cv_for_design_effect
from scripts.methods.misclassification import false_positives_that_explain, sensitivity_ratio_that_explains
from scripts.methods.sample_size import deff_until_significance
from scripts.methods.undercoverage import hidden_part_that_undoes
from scripts.package.package import Package

ERRORS = {"design_effect": "design_effect", "affected": "hidden_affected", "ratio": "sensitivity_ratio"}


def rows(package: Package) -> pd.DataFrame:
    """Return the tipping points for each pair of shares of judged age, as reported and as counted."""
    printed, counted = judged_sides(package.ledger, decimal_share_pairs(package.ledger))
    effects = _design_effects(counted)
    found = [
        _alone(_mistakes(pd.concat([printed, counted], ignore_index=True)), "proportion"),
        _alone(_ratios(printed), "ratio"),
        _alone(_ratios_of_counts(counted), "ratio"),
        _alone(effects, "ratio"),
        *(_alone(part, "ratio") for part in _sizes_of_venues(effects)),
        _alone(_variances(counted_by_venue(package.ledger)), "ratio"),
        _joint_errors(package),
    ]
    return in_percent(united(package, "scenario_tipping_points", *found))


def _alone(points: pd.DataFrame, unit: str) -> pd.DataFrame:
    return points.assign(scenario_id=joined_key(points, ["name", "measure"]), unit=unit)


def _mistakes(pairs: pd.DataFrame) -> pd.DataFrame:
    """The share of adults, mistaken for children in the earlier survey alone, that would make the fall."""
    pairs = pairs[pairs["later_high"] < 1]  # else there are no adults to mistake
    is_rounded = pairs["compared"] == "printed_shares"
    found = pairs.assign(
        measure="earlier_false_positive_rate",
        **at_ends(false_positives_that_explain, pairs, BY_ROUNDING),
    )
    return found.assign(**{end: found[end].where(is_rounded) for end in BY_ROUNDING})


def _ratios(printed: pd.DataFrame) -> pd.DataFrame:
    """Return the ratio of sensitivities, later over earlier, that alone would explain the fall."""
    ends = at_ends(sensitivity_ratio_that_explains, printed, BY_ROUNDING[::-1])
    return printed.assign(measure="sensitivity_ratio", **ends)  # decreases with the earlier share


def _ratios_of_counts(counted: pd.DataFrame) -> pd.DataFrame:
    """Return the ratio of sensitivities that explains the fall, from counts, with confidence limits."""
    return counted.assign(
        measure="sensitivity_ratio",
        estimate=mapped(sensitivity_ratio_that_explains, counted, *SIDES),
        **limits(mapped(miettinen_nurminen_ratio, counted, *COUNTS)),
        ci_level=LEVEL,
    )


def _design_effects(counted: pd.DataFrame) -> pd.DataFrame:
    needed = mapped(deff_until_significance, counted, *COUNTS)
    return counted.assign(measure="design_effect_to_include_zero", estimate=needed)


def _sizes_of_venues(effects: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield how unequal venues must be for that design effect, if all people in a venue are alike."""
    for side in SIDES:
        known = effects[(effects[f"{side}_venues"] > 0) & (effects["estimate"] > 0)]
        known = known.assign(people=known[f"{side}_denominator"] / known[f"{side}_venues"])
        known = known[known["people"] >= 1]
        needed = mapped(cv_for_design_effect, known, "people", "estimate")
        yield known.assign(measure=f"{side}_venue_size_cv", estimate=needed)


def _variances(by_venue: pd.DataFrame) -> pd.DataFrame:
    """Return how many times the Poisson variance the counts by venue need for no fall to be possible."""
    both = by_venue[(by_venue[["earlier_count", "later_count"]] > 0).all(axis=1)]
    needed = mapped(variance_inflation_until_no_change, both, *COUNTS)
    return both.assign(measure="variance_inflation", estimate=needed)


def _joint_errors(package: Package) -> pd.DataFrame:
    """Return the smallest hidden share that undoes the fall, for each pair and each set of other errors.

    It assumes that the earlier count is of people seen, that nobody was hidden then, and that no adult was
    taken for a child.
    """
    surveys = [pair for pair in decimal_share_pairs(package.ledger) if pair[1].topic == VENUES]
    grid = crossed(package, counted_sides(package.ledger, surveys), **ERRORS)
    # No interval for less than one person; and hidden people less affected than those seen undo no fall.
    grid = grid[grid["design_effect"] <= grid[["earlier_denominator", "later_denominator"]].min(axis=1)]
    grid = grid[grid["affected"] > grid["earlier"]]
    parts = ["earlier_id", "later_id", "earlier_denominator", *(f"{error}_id" for error in ERRORS)]
    return grid.assign(
        scenario_id=joined_key(grid, parts),
        measure="hidden_share_needed_jointly",
        unit="proportion",
        assumption_id=grid["affected_id"],
        assumed=grid["affected"],
        sensitivity_ratio=grid["ratio"],
        estimate=mapped(hidden_part_that_undoes, grid, *COUNTS, "affected", "ratio", "design_effect"),
        ci_level=LEVEL,
    )
