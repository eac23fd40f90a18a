"""Sample sizes for the next survey: for a given precision or power, or to rule out a share."""

from functools import partial
from math import ceil

import pandas as pd

from scripts.derived._scenario_grids import apply_method_to_rows, cross_with_assumptions
from scripts.derived._shares_counts_and_parts import (
    JUDGED_SHARE,
    UNDER_18,
    VENUES,
    change_ends_and_comparable_pairs,
    is_study_a_sample,
    number_of_venues_visited,
)
from scripts.methods.common import LEVEL
from scripts.methods.proportion import sample_size_to_exclude_rate
from scripts.methods.sample_size import sample_size_for_interval_half_width, sample_size_per_wave_for_power
from scripts.package.package import Package
from scripts.package.reading import Reading
from scripts.package.reading_index import ReadingIndex


def rows(package: Package) -> pd.DataFrame:
    """Sample sizes for each planned share of people judged to be under an age, by aim and design effect."""
    index = package.reading_index
    none_found = {
        reading.age_limits
        for reading in index.main_mentions
        if reading.is_none_found and reading.topic == VENUES
    }
    planned = _judged_age_shares_without_later_comparison(index)
    whole = _cross_shares_with_design_effects(
        package, [reading for reading in planned if reading.age_limits == UNDER_18]
    )
    young = _cross_shares_with_design_effects(
        package, [reading for reading in planned if reading.age_limits in none_found]
    )
    grid = pd.concat(
        [
            _sample_sizes_for_half_widths(package, whole),
            _sample_sizes_to_detect_fall(package, whole),
            _sample_sizes_if_none_found(package, young),
        ]
    )
    return grid.assign(
        ci_level=100 * LEVEL,
        venues=apply_method_to_rows(
            lambda n, people: ceil(n / people) if people else "", grid, "n", "per_venue"
        ),
    )


def _judged_age_shares_without_later_comparison(index: ReadingIndex) -> list[Reading]:
    """The exact shares by judged age, from samples in venues, that no later figure is compared with."""
    earlier = {pair[0].id for pair in change_ends_and_comparable_pairs(index)}
    judged = [
        share
        for share in index.shares_in_studies
        if (share.indicator_id, share.topic) == (JUDGED_SHARE, VENUES)
    ]
    exact = [share for share in judged if share.is_exact_in_digits and 0 < float(share.low) < 100]
    return [
        share
        for share in exact
        if share.may_be_shown_alone and share.id not in earlier and is_study_a_sample(index, share)
    ]


def _cross_shares_with_design_effects(package: Package, shares: list[Reading]) -> pd.DataFrame:
    """The shares at each assumed design effect, with the number of people per venue in their study."""
    people = partial(_people_per_venue, package.reading_index)
    found = [(reading.id, float(reading.low) / 100, people(reading.study_id)) for reading in shares]
    planned = pd.DataFrame(found, columns=["value_id", "planned_share", "per_venue"])
    return cross_with_assumptions(package, planned, design_effect="design_effect")


def _people_per_venue(index: ReadingIndex, study_id: str) -> float:
    """The mean number of people seen in a venue; 0 if the study does not report both numbers."""
    observed = index.main_mentions_in_study(study_id, "people-observed")
    people = [int(reading.low) for reading in observed if reading.is_counted]
    venues = number_of_venues_visited(index, study_id)
    return people[0] / venues if people and venues else 0


def _sample_sizes_for_half_widths(package: Package, planned: pd.DataFrame) -> pd.DataFrame:
    """The sample size for each assumed half-width of the interval, if it is smaller than the share."""
    grid = cross_with_assumptions(package, planned, aim="half_width")
    grid = grid[grid["aim"] < grid["planned_share"]]
    n = apply_method_to_rows(
        sample_size_for_interval_half_width, grid, "planned_share", "aim", "design_effect"
    )
    return grid.assign(measure="half_width", n=n, power_id="", power="")


def _sample_sizes_to_detect_fall(package: Package, planned: pd.DataFrame) -> pd.DataFrame:
    grid = cross_with_assumptions(package, planned, aim="relative_fall", power="power")
    grid = grid.assign(later=grid["planned_share"] * (1 - grid["aim"]))
    n = apply_method_to_rows(
        sample_size_per_wave_for_power, grid, "planned_share", "later", "power", "design_effect"
    )
    return grid.assign(measure="further_fall", n=n)


def _sample_sizes_if_none_found(package: Package, planned: pd.DataFrame) -> pd.DataFrame:
    """How many people, if none is found among them, rule out the share at each assumed error rate."""
    assumptions = package.rows_as_frame("scenario_assumptions")
    sourced = assumptions.loc[assumptions["fact_id"] != "", "assumption_id"]
    grid = cross_with_assumptions(package, planned, aim="false_negative_rate")
    grid = grid[~grid["aim_id"].isin(sourced)]
    grid = grid.assign(level=LEVEL, sensitivity=1 - grid["aim"])
    n = apply_method_to_rows(
        sample_size_to_exclude_rate, grid, "planned_share", "level", "design_effect", "sensitivity"
    )
    return grid.assign(measure="exclude_after_none_found", n=n, power_id="", power="")
