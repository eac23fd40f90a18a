"""Rogan-Gladen estimates over a grid of sensitivity and specificity: what if age was misjudged?

Only a scenario: how often age was judged rightly is not printed for any of these studies.
"""

from itertools import repeat

import pandas as pd

from scripts.derived._grids import LEVEL, crossed, judged_under_18, key, limits
from scripts.methods.imperfect_test import rogan_gladen, rogan_gladen_interval, rogan_gladen_raw
from scripts.methods.proportion import wilson
from scripts.package.opening import Package

RATES = {"false_negative": "false_negative_rate", "false_positive": "false_positive_rate"}
KEY = ["value_id", "denominator_id", "false_negative_id", "false_positive_id"]


def rows(package: Package) -> pd.DataFrame:
    """One row for each counted share, sensitivity and specificity."""
    grid = crossed(package, judged_under_18(package.ledger), **RATES)
    grid = grid[grid["false_negative"] + grid["false_positive"] < 1]  # else worse than chance
    share = grid["numerator"] / grid["denominator"]
    judged = 1 - grid["false_negative"], 1 - grid["false_positive"]
    raw = list(map(rogan_gladen_raw, share, *judged))
    counted = map(wilson, grid["numerator"], grid["denominator"], repeat(LEVEL))
    return grid.assign(
        misclassification_id=key(grid, KEY),
        counted_share=share,
        sensitivity=judged[0],
        specificity=judged[1],
        unbounded=raw,
        what_if_share=list(map(rogan_gladen, share, *judged)),
        **limits(map(rogan_gladen_interval, counted, *judged)),
        level=LEVEL,
        verdict=["possible" if 0 <= one <= 1 else "impossible" for one in raw],
        basis="scenario",
        uncertainty_scope="sampling_only",
    )
