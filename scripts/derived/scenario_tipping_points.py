"""Tipping points: how large errors must be, alone or together, to make an unchanged share seem to fall.

No such error was measured. Only joint tipping points and the ratio of counted shares allow for sampling
error.
"""

from collections.abc import Iterator

import pandas as pd

from scripts.derived._compared_share_pairs import (
    COUNTS,
    SIDES,
    apply_at_rounding_ends,
    convert_shares_to_percent,
    count_per_venue_pairs,
    counted_share_pairs,
    printed_and_counted_share_pairs,
)
from scripts.derived._scenario_grids import (
    BY_ROUNDING,
    apply_method_to_rows,
    combine_scenario_rows,
    cross_with_assumptions,
    interval_limit_columns,
    keys_joined_from_columns,
)
from scripts.derived._shares_counts_and_parts import VENUES, decimal_share_pairs
from scripts.methods.change import miettinen_nurminen_ratio, variance_inflation_until_no_change
from scripts.methods.common import LEVEL
from scripts.methods.design_effect import cv_for_design_effect
from scripts.methods.misclassification import false_positives_that_explain, sensitivity_ratio_that_explains
from scripts.methods.sample_size import deff_until_significance
from scripts.methods.undercoverage import hidden_part_for_change_limit_zero
from scripts.package.package import Package

ERRORS = {"design_effect": "design_effect", "affected": "hidden_affected", "ratio": "sensitivity_ratio"}


def rows(package: Package) -> pd.DataFrame:
    """Return the tipping points for each pair of shares by judged age, as reported and as counted."""
    printed, counted = printed_and_counted_share_pairs(
        package.reading_index, decimal_share_pairs(package.reading_index)
    )
    effects = _design_effect_tipping_points(counted)
    found = [
        _single_error_tipping_points(
            _false_positive_tipping_points(pd.concat([printed, counted], ignore_index=True)), "proportion"
        ),
        _single_error_tipping_points(_sensitivity_ratio_tipping_points(printed), "ratio"),
        _single_error_tipping_points(_sensitivity_ratio_and_limits_from_counts(counted), "ratio"),
        _single_error_tipping_points(effects, "ratio"),
        *(
            _single_error_tipping_points(part, "ratio")
            for part in _venue_size_variation_tipping_points(effects)
        ),
        _single_error_tipping_points(
            _variance_inflation_tipping_points(count_per_venue_pairs(package.reading_index)), "ratio"
        ),
        _joint_error_tipping_points(package),
    ]
    return convert_shares_to_percent(combine_scenario_rows(package, "scenario_tipping_points", *found))


def _single_error_tipping_points(points: pd.DataFrame, unit: str) -> pd.DataFrame:
    return points.assign(scenario_id=keys_joined_from_columns(points, ["name", "measure"]), unit=unit)


def _false_positive_tipping_points(pairs: pd.DataFrame) -> pd.DataFrame:
    """The share of adults that the earlier survey alone must take for children to explain the fall."""
    pairs = pairs[pairs["later_high"] < 1]  # otherwise there are no adults to mistake
    is_rounded = pairs["compared"] == "printed_shares"
    found = pairs.assign(
        measure="earlier_false_positive_rate",
        **apply_at_rounding_ends(false_positives_that_explain, pairs, BY_ROUNDING),
    )
    return found.assign(**{end: found[end].where(is_rounded) for end in BY_ROUNDING})


def _sensitivity_ratio_tipping_points(printed: pd.DataFrame) -> pd.DataFrame:
    """The ratio of the later to the earlier sensitivity that would explain the fall by itself."""
    ends = apply_at_rounding_ends(sensitivity_ratio_that_explains, printed, BY_ROUNDING[::-1])
    return printed.assign(measure="sensitivity_ratio", **ends)  # decreases with the earlier share


def _sensitivity_ratio_and_limits_from_counts(counted: pd.DataFrame) -> pd.DataFrame:
    """The ratio of sensitivities that would explain the fall in counted shares, with confidence limits."""
    return counted.assign(
        measure="sensitivity_ratio",
        estimate=apply_method_to_rows(sensitivity_ratio_that_explains, counted, *SIDES),
        **interval_limit_columns(apply_method_to_rows(miettinen_nurminen_ratio, counted, *COUNTS)),
        ci_level=LEVEL,
    )


def _design_effect_tipping_points(counted: pd.DataFrame) -> pd.DataFrame:
    needed = apply_method_to_rows(deff_until_significance, counted, *COUNTS)
    return counted.assign(measure="design_effect_to_include_zero", estimate=needed)


def _venue_size_variation_tipping_points(effects: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield how unequal venues must be in size for chance to explain the fall.

    This is the inequality that gives the design effect found before, if all people in a venue are alike.
    """
    for side in SIDES:
        known = effects[(effects[f"{side}_venues"] > 0) & (effects["estimate"] > 0)]
        known = known.assign(people=known[f"{side}_denominator"] / known[f"{side}_venues"])
        known = known[known["people"] >= 1]
        needed = apply_method_to_rows(cv_for_design_effect, known, "people", "estimate")
        yield known.assign(measure=f"{side}_venue_size_cv", estimate=needed)


def _variance_inflation_tipping_points(by_venue: pd.DataFrame) -> pd.DataFrame:
    """The factor by which the variance of counts by venue must exceed Poisson's to allow for no fall."""
    both = by_venue[(by_venue[["earlier_count", "later_count"]] > 0).all(axis=1)]
    needed = apply_method_to_rows(variance_inflation_until_no_change, both, *COUNTS)
    return both.assign(measure="variance_inflation", estimate=needed)


def _joint_error_tipping_points(package: Package) -> pd.DataFrame:
    """The smallest share of people missed that cancels the fall, for each pair and set of other errors.

    This assumes that the earlier count is of people seen, that nobody was hidden then, and that no adult
    was mistaken for a child.
    """
    surveys = [pair for pair in decimal_share_pairs(package.reading_index) if pair[1].topic == VENUES]
    grid = cross_with_assumptions(package, counted_share_pairs(package.reading_index, surveys), **ERRORS)
    # No interval exists for fewer than one person, and hidden people less affected than those seen undo no
    # fall.
    grid = grid[grid["design_effect"] <= grid[["earlier_denominator", "later_denominator"]].min(axis=1)]
    grid = grid[grid["affected"] > grid["earlier"]]
    parts = ["earlier_id", "later_id", "earlier_denominator", *(f"{error}_id" for error in ERRORS)]
    return grid.assign(
        scenario_id=keys_joined_from_columns(grid, parts),
        measure="hidden_share_needed_jointly",
        unit="proportion",
        assumption_id=grid["affected_id"],
        assumed=grid["affected"],
        sensitivity_ratio=grid["ratio"],
        estimate=apply_method_to_rows(
            hidden_part_for_change_limit_zero, grid, *COUNTS, "affected", "ratio", "design_effect"
        ),
        ci_level=LEVEL,
    )
