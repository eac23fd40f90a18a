"""Rogan-Gladen estimates over a grid of sensitivity and specificity: what if age was misjudged?

Only a scenario: how often age was judged rightly is not printed for any of these studies. What cannot be is
judged by the limits of the counted share, not by its point, which may miss by chance.
"""

from itertools import repeat

import pandas as pd

from scripts.derived._grids import LEVEL, crossed, judged_under_18, key, limits
from scripts.derived._pairs import VENUES
from scripts.methods.arguments import Interval
from scripts.methods.imperfect_test import (
    least_specificity,
    rogan_gladen,
    rogan_gladen_interval,
    rogan_gladen_raw,
    verdict_on_limits,
)
from scripts.methods.proportion import wilson
from scripts.package.opening import Package

RATES = {"false_negative": "false_negative_rate", "false_positive": "false_positive_rate"}
KEY = ["value_id", "denominator_id", "false_negative_id", "false_positive_id"]


def rows(package: Package) -> pd.DataFrame:
    """One row for each counted share of a venue study, sensitivity and specificity."""
    grid = _readable(package, crossed(package, _of_venues(package), **RATES))
    share = grid["numerator"] / grid["denominator"]
    judged = 1 - grid["false_negative"], 1 - grid["false_positive"]
    raw = list(map(rogan_gladen_raw, share, *judged))
    counted = list(map(wilson, grid["numerator"], grid["denominator"], repeat(LEVEL)))
    return grid.assign(
        estimate_id=key(grid, KEY),
        measure="share_if_age_misjudged",
        unit="percent",
        estimate=list(map(rogan_gladen, share, *judged)),
        assumption_id=grid["false_negative_id"],
        further_assumption_id=grid["false_positive_id"],
        sensitivity=judged[0],
        specificity=judged[1],
        **limits(map(rogan_gladen_interval, counted, *judged)),
        level=LEVEL,
        verdict=list(map(_verdict, raw, counted, *judged)),
        basis="scenario",
        uncertainty_scope="sampling_only",
    )


def least_specificities(package: Package) -> pd.DataFrame:
    """The specificity below which mistakes alone would make up the whole counted share, and its limits."""
    counted = judged_under_18(package.ledger)
    shares = map(wilson, counted["numerator"], counted["denominator"], repeat(LEVEL))
    ends = [Interval(least_specificity(one.upper), least_specificity(one.lower)) for one in shares]
    return counted.assign(
        estimate_id=[f"{name}.least_specificity" for name in key(counted, ["value_id", "denominator_id"])],
        measure="least_specificity",
        unit="proportion",
        estimate=list(map(least_specificity, counted["numerator"] / counted["denominator"])),
        **limits(ends),
        level=LEVEL,
        basis="scenario",
        uncertainty_scope="sampling_only",
    )


def _of_venues(package: Package) -> pd.DataFrame:
    """Each share of a venue study over its first base: the grids were chosen beside these studies."""
    counted = judged_under_18(package.ledger)
    topics = package.frame("reported_values").set_index("value_id")["topic"]
    return counted[counted["value_id"].map(topics) == VENUES].drop_duplicates("value_id")


def _readable(package: Package, grid: pd.DataFrame) -> pd.DataFrame:
    """Every pair of grid points; a value that a source prints stands beside no other error alone."""
    facts = package.frame("assumptions").set_index("assumption_id")["fact_id"]
    sourced = [grid[f"{name}_id"].map(facts) != "" for name in RATES]
    alone = [grid["false_positive"] == 0, grid["false_negative"] == 0]
    is_kept = ~(sourced[0] & ~alone[0]) & ~(sourced[1] & ~alone[1])
    return grid[is_kept & (grid["false_negative"] + grid["false_positive"] < 1)]  # else worse than chance


def _verdict(raw: float, counted: Interval, sensitivity: float, specificity: float) -> str:
    """Whether the limits of the counted share leave any share; and if so, whether its point does."""
    by_limits = verdict_on_limits(counted, sensitivity, specificity)
    if by_limits != "possible" or 0 <= raw <= 1:
        return by_limits
    return "point_below_0" if raw < 0 else "point_above_1"
