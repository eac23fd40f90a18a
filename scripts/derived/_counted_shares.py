"""Shares in samples for which a count and a number of people are reported, with confidence intervals.

An interval allows for sampling error only. It assumes that each person was counted independently of the
others; a design effect above 1 assumes that people in one venue are alike, which is a scenario.
"""

from collections.abc import Callable, Iterable

import pandas as pd

from scripts.derived._scenario_grids import apply_method_to_rows, interval_limit_columns
from scripts.derived._shares_counts_and_parts import is_study_a_sample, linked_counts_of_share
from scripts.methods.common import LEVEL, Interval
from scripts.methods.proportion import clopper_pearson_interval, wilson_interval
from scripts.package.reading import Reading
from scripts.package.reading_index import ReadingIndex

METHODS: dict[str, Callable[[float, float], Interval]] = {
    "wilson": wilson_interval,
    "clopper_pearson": clopper_pearson_interval,
}
INPUTS = ["value_id", "numerator_id", "denominator_id", "numerator", "denominator"]
SMALL_SHARE = 0.003  # below it Wilson's interval can miss its level, so the exact interval comes first
TRUE_OR_FALSE = {True: "true", False: "false"}


def shares_with_reported_counts(index: ReadingIndex, exact_shares: Iterable[Reading]) -> pd.DataFrame:
    """The shares with a reported count and number of people, with one row for each such pair."""
    sampled = [share for share in exact_shares if is_study_a_sample(index, share)]
    found = [
        (share.id, above.id, below.id, int(above.low), int(below.low), share.study_id)
        for share in sampled
        for above, below in linked_counts_of_share(index, share)
    ]
    counted = pd.DataFrame(found, columns=[*INPUTS, "study_id"])
    return counted.assign(share=counted["numerator"] / counted["denominator"])


def add_confidence_intervals(counted: pd.DataFrame) -> pd.DataFrame:
    """Add the Wilson and Clopper-Pearson intervals of each share, given the design effect in its row."""
    grid = counted.merge(pd.DataFrame({"method": list(METHODS)}), how="cross")
    grid = grid.assign(effective_n=grid["denominator"] / grid["design_effect"])

    def interval(method: str, share: float, n: float) -> Interval:
        return METHODS[method](share * n, n)

    is_first = grid["share"].map(preferred_interval_method) == grid["method"]
    return grid.assign(
        measure="sampled_share",
        unit="percent",
        estimate=grid["share"],
        **interval_limit_columns(apply_method_to_rows(interval, grid, "method", "share", "effective_n")),
        ci_level=LEVEL,
        is_first_method=is_first.map(TRUE_OR_FALSE),
    )


def preferred_interval_method(share: float) -> str:
    """Return the method whose interval is shown first on pages."""
    return "clopper_pearson" if share < SMALL_SHARE else "wilson"
