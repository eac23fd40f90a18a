"""Tipping points: how far would one thing have to go to explain a share or a fall alone?

None of these was measured. `hidden_share_needed_jointly` lets several things go some way together.
"""

from itertools import repeat

import pandas as pd

from scripts.derived._bases import venues_of
from scripts.derived._grids import LEVEL, key, limits
from scripts.derived._sides import COUNTS, counted_by_venue, sides
from scripts.methods.change import miettinen_nurminen_ratio
from scripts.methods.clustering import cv_for_design_effect
from scripts.methods.imperfect_test import (
    false_positives_that_explain,
    sensitivity_ratio_that_explains,
)
from scripts.methods.planning import deff_until_significance
from scripts.methods.rates import variance_inflation_until_no_change
from scripts.package.opening import Package

PROPORTIONS = {"earlier_false_positive_rate": "proportion"}
NO_LIMITS = {"lower": "", "upper": "", "uncertainty_scope": "none"}


def rows(package: Package) -> pd.DataFrame:
    """For each pair of shares: the values at which there would be no fall."""
    pairs = sides(package.ledger)
    printed, counted = (pairs[pairs["compared"] == f"{kind}_shares"] for kind in ("printed", "scenario"))
    effects = _design_effects(counted)
    measures = [
        _mistakes(pairs),
        _ratios_of_printed(printed),
        _ratios_of_counted(counted),
        effects,
        *_sizes_of_venues(package, effects),
        _variances(counted_by_venue(package.ledger)),
    ]
    grid = pd.concat(measures)
    units = [PROPORTIONS.get(measure, "ratio") for measure in grid["measure"]]
    names = key(grid, ["name", "measure"])
    return grid.assign(comparison_id=names, unit=units, basis="scenario")


def _mistakes(pairs: pd.DataFrame) -> pd.DataFrame:
    """The part of the adults, taken for children in the earlier wave alone, that would make the fall."""

    def at(earlier: str, later: str) -> pd.Series:
        return pd.Series(map(false_positives_that_explain, pairs[earlier], pairs[later]), pairs.index)

    pairs = pairs[pairs["later_high"] < 1]  # else no adults are left to be mistaken
    is_rounded = pairs["compared"] == "printed_shares"
    return pairs.assign(
        measure="earlier_false_positive_rate",
        estimate=at("earlier", "later"),
        lower=at("earlier_low", "later_high").where(is_rounded, ""),
        upper=at("earlier_high", "later_low").where(is_rounded, ""),
        uncertainty_scope=is_rounded.map({True: "rounding_only", False: "none"}),
    )


def _ratios_of_printed(pairs: pd.DataFrame) -> pd.DataFrame:
    """The later sensitivity as a part of the earlier one that would make a fall out of no change."""

    def at(earlier: str, later: str) -> list[float]:
        return list(map(sensitivity_ratio_that_explains, pairs[earlier], pairs[later]))

    return pairs.assign(
        measure="sensitivity_ratio",
        estimate=at("earlier", "later"),
        lower=at("earlier_high", "later_low"),
        upper=at("earlier_low", "later_high"),
        uncertainty_scope="rounding_only",
    )


def _ratios_of_counted(pairs: pd.DataFrame) -> pd.DataFrame:
    """The same from counts, with the limits of the ratio of the two shares."""
    found = map(miettinen_nurminen_ratio, *(pairs[name] for name in COUNTS), repeat(LEVEL))
    return pairs.assign(
        measure="sensitivity_ratio",
        estimate=list(map(sensitivity_ratio_that_explains, pairs["earlier"], pairs["later"])),
        **limits(found),
        level=LEVEL,
        uncertainty_scope="sampling_only",
    )


def _design_effects(counted: pd.DataFrame) -> pd.DataFrame:
    """The design effect in both waves up to which the Newcombe interval leaves zero out."""
    effects = list(map(deff_until_significance, *(counted[name] for name in COUNTS)))
    measure = "design_effect_to_include_zero"
    return counted.assign(measure=measure, estimate=effects, **NO_LIMITS)


def _sizes_of_venues(package: Package, effects: pd.DataFrame) -> list[pd.DataFrame]:
    """How unequal the venues of a wave must be for that design effect, if all in a venue are alike."""
    studies = package.frame("reported_values").set_index("value_id")["study_id"]
    found = []
    for side in ("earlier", "later"):
        venues = effects[f"{side}_id"].map(studies).map(lambda study: venues_of(package.ledger, study))
        known = effects[(venues > 0) & (effects["estimate"] > 0)]
        people = known[f"{side}_base"].astype(float) / venues[known.index]
        unequal = known[people >= 1].assign(measure=f"{side}_venue_size_cv")
        found.append(
            unequal.assign(
                estimate=list(map(cv_for_design_effect, people[people >= 1], unequal["estimate"]))
            )
        )
    return found


def _variances(by_venue: pd.DataFrame) -> pd.DataFrame:
    """How many times the variance of counts by venue must be that of Poisson counts to show no fall."""
    both = by_venue[(by_venue[["earlier_count", "later_count"]] > 0).all(axis=1)]
    needed = list(map(variance_inflation_until_no_change, *(both[name] for name in COUNTS)))
    return both.assign(measure="variance_inflation", estimate=needed, **NO_LIMITS)
