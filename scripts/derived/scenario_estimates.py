"""What follows if people in a venue are alike, if ages were misjudged, or if estimates were counted.

None of the studies reports how often ages were judged correctly or how similar people in a venue are, so
nothing here was measured.
"""

from collections.abc import Iterator
from functools import partial
from math import inf

import pandas as pd

from scripts.derived import Cells
from scripts.derived._counted_shares import add_confidence_intervals, shares_with_reported_counts
from scripts.derived._people_per_venue import per_venue_measures
from scripts.derived._scenario_grids import (
    apply_method_to_rows,
    belongs_to_venue_study_by_row,
    combine_scenario_rows,
    cross_with_assumptions,
    interval_limit_columns,
    keys_joined_from_columns,
)
from scripts.derived._shares_counts_and_parts import JUDGED_SHARE, UNDER_18, number_of_venues_visited
from scripts.methods.common import LEVEL, Interval
from scripts.methods.design_effect import design_effect_from_icc
from scripts.methods.misclassification import (
    raw_rogan_gladen_estimate,
    rogan_gladen_estimate,
    rogan_gladen_interval,
    verdict_on_error_rates,
)
from scripts.methods.proportion import wilson_interval
from scripts.package.package import Package
from scripts.package.reading import Reading
from scripts.package.reading_index import ReadingIndex

STATED = ("self_report", "interview", "document")  # methods other than judging age by looks
RATES = {"false_negative": "false_negative_rate", "false_positive": "false_positive_rate"}


def rows(package: Package) -> pd.DataFrame:
    """Intervals at each design effect, shares if ages were misjudged, and counts per venue."""
    index = package.reading_index
    counted = shares_with_reported_counts(index, index.shares_in_studies)
    judged = shares_with_reported_counts(
        index, [reading for reading in index.shares_in_studies if _is_judged_under_18(index, reading)]
    )
    return combine_scenario_rows(
        package,
        "scenario_estimates",
        _intervals_if_clustered(package, counted),
        _shares_if_misjudged(package, judged),
        _specificities_that_explain_shares(judged),
        _per_venue_rows_if_seen(index),
    )


def _is_judged_under_18(index: ReadingIndex, share: Reading) -> bool:
    """Return whether a share is of people who were judged to be under 18 and did not state their age."""
    is_of_age = share.indicator_id == JUDGED_SHARE and share.age_limits == UNDER_18
    return is_of_age and index.rows_by_key("studies")[share.study_id]["age_method"] not in STATED


def _intervals_if_clustered(package: Package, counted: pd.DataFrame) -> pd.DataFrame:
    """The intervals of each share if people in a venue are alike."""
    grid = _cross_shares_with_design_effects(package, counted)
    # A design effect of 1 assumes nothing, so `estimates` has it. There is no interval for fewer than one
    # person.
    grid = add_confidence_intervals(
        grid[(grid["design_effect"] != 1) & (grid["design_effect"] <= grid["denominator"])]
    )
    return grid.assign(
        scenario_id=keys_joined_from_columns(
            grid, ["value_id", "denominator_id", "assumption_id", "method"]
        )
    )


def _cross_shares_with_design_effects(package: Package, counted: pd.DataFrame) -> pd.DataFrame:
    """Each share at each assumed design effect, and at the design effect that each assumed ICC gives.

    The latter also depends on the mean number of people in a venue.
    """
    people = counted["denominator"] / counted["study_id"].map(
        partial(number_of_venues_visited, package.reading_index)
    )
    in_venues = counted.assign(people=people)[people.between(1, inf, inclusive="left")]
    plain = cross_with_assumptions(package, counted, assumption="design_effect")
    alike = cross_with_assumptions(package, in_venues, assumption="icc")
    effects = apply_method_to_rows(design_effect_from_icc, alike, "people", "assumption")
    both = [plain.assign(design_effect=plain["assumption"]), alike.assign(design_effect=effects)]
    return pd.concat(both, ignore_index=True)


def _shares_if_misjudged(package: Package, judged: pd.DataFrame) -> pd.DataFrame:
    """Rogan-Gladen estimates of each share in a venue study, using only its first denominator.

    Whether error rates are possible is judged by the confidence limits of the counted share, since its
    point estimate may be off by chance.
    """
    first = judged[belongs_to_venue_study_by_row(package, judged["value_id"])].drop_duplicates("value_id")
    grid = _combinable_error_rates(package, cross_with_assumptions(package, first, **RATES))
    counted = apply_method_to_rows(wilson_interval, grid, "numerator", "denominator")
    rates = {"sensitivity": 1 - grid["false_negative"], "specificity": 1 - grid["false_positive"]}
    grid = grid.assign(**rates, counted=counted)
    return grid.assign(
        scenario_id=keys_joined_from_columns(
            grid, ["value_id", "denominator_id", "false_negative_id", "false_positive_id"]
        ),
        measure="share_if_age_misjudged",
        unit="percent",
        estimate=apply_method_to_rows(rogan_gladen_estimate, grid, "share", *rates),
        assumption_id=grid["false_negative_id"],
        further_assumption_id=grid["false_positive_id"],
        **interval_limit_columns(apply_method_to_rows(rogan_gladen_interval, grid, "counted", *rates)),
        ci_level=LEVEL,
        verdict=apply_method_to_rows(_verdict_on_error_rates, grid, "share", "counted", *rates),
    )


def _combinable_error_rates(package: Package, grid: pd.DataFrame) -> pd.DataFrame:
    """The pairs of error rates to use; if one comes from a source, the other is zero."""
    facts = package.rows_as_frame("scenario_assumptions").set_index("assumption_id")["fact_id"]
    sourced = [grid[f"{name}_id"].map(facts) != "" for name in RATES]
    alone = [grid["false_positive"] == 0, grid["false_negative"] == 0]
    is_kept = ~(sourced[0] & ~alone[0]) & ~(sourced[1] & ~alone[1])
    return grid[is_kept & (grid["false_negative"] + grid["false_positive"] < 1)]  # better than chance


def _verdict_on_error_rates(share: float, counted: Interval, sensitivity: float, specificity: float) -> str:
    """Whether two error rates are possible, by the counted share's limits and then by its estimate."""
    by_limits = verdict_on_error_rates(counted, sensitivity, specificity)
    raw = raw_rogan_gladen_estimate(share, sensitivity, specificity)
    if by_limits != "possible" or 0 <= raw <= 1:
        return by_limits
    return "point_below_0" if raw < 0 else "point_above_1"


def _specificities_that_explain_shares(judged: pd.DataFrame) -> pd.DataFrame:
    """The specificity at which errors alone would account for the whole counted share, with its limits."""
    shares = apply_method_to_rows(wilson_interval, judged, "numerator", "denominator")
    return judged.assign(
        scenario_id=keys_joined_from_columns(
            judged.assign(end="least_specificity"), ["value_id", "denominator_id", "end"]
        ),
        measure="least_specificity",
        unit="proportion",
        estimate=1 - judged["share"],
        **interval_limit_columns(Interval(1 - interval.upper, 1 - interval.lower) for interval in shares),
        ci_level=LEVEL,
    )


def _per_venue_rows_if_seen(index: ReadingIndex) -> Iterator[Cells]:
    """Yield figures per venue for counts that some source calls an estimate, as if people had been seen."""
    for name, cells in per_venue_measures(index, called_an_estimate=True):
        yield {"scenario_id": name, **cells}
