"""The change between two reported figures, with the limits that rounding sets for it.

Only linked pairs are compared, and never a reported share with a counted one. If several shares are
reported for one of the two figures, a change is computed from each.
"""

import pandas as pd

from scripts.derived._compared_share_pairs import IDS, SIDES, convert_shares_to_percent, printed_share_pairs
from scripts.derived._scenario_grids import (
    BY_ROUNDING,
    apply_method_to_rows,
    combine_scenario_rows,
    keys_joined_from_columns,
)
from scripts.derived._shares_counts_and_parts import exact_pairs_shown_alone, pairs_of_all_reported_shares
from scripts.methods.change import relative_reduction
from scripts.methods.rounding_consistency import reduction_rounding_range
from scripts.package.package import Package
from scripts.package.reading_index import ReadingIndex


def rows(package: Package) -> pd.DataFrame:
    """The relative and absolute changes in reported shares, and the relative changes in reported counts."""
    printed = printed_share_pairs(pairs_of_all_reported_shares(package.reading_index))
    shares = pd.concat([_relative_change_rows(printed), _difference_rows(printed)])
    both = [
        _add_change_ids(shares, "printed"),
        _add_change_ids(_count_change_rows(package.reading_index), "counts"),
    ]
    return convert_shares_to_percent(combine_scenario_rows(package, "changes", *both))


def _relative_change_rows(printed: pd.DataFrame) -> pd.DataFrame:
    ranges = apply_method_to_rows(reduction_rounding_range, printed, "earlier_printed", "later_printed")
    falls = pd.DataFrame(ranges, columns=["estimate", *BY_ROUNDING], index=printed.index)
    return printed.assign(measure="relative_reduction", unit="percent", **falls)


def _difference_rows(printed: pd.DataFrame) -> pd.DataFrame:
    return printed.assign(
        measure="difference",
        unit="percentage_points",
        estimate=printed["later"] - printed["earlier"],
        rounding_low=printed["later_low"] - printed["earlier_high"],
        rounding_high=printed["later_high"] - printed["earlier_low"],
    )


def _count_change_rows(index: ReadingIndex) -> pd.DataFrame:
    pairs = exact_pairs_shown_alone(index, "count")
    found = [
        (reading.id, other.id, change, int(reading.low), int(other.low)) for reading, other, change in pairs
    ]
    counts = pd.DataFrame(found, columns=[*IDS, *SIDES])
    return counts.assign(
        name=keys_joined_from_columns(counts, IDS[:2]),
        measure="relative_reduction",
        compared="counts",
        unit="percent",
        estimate=apply_method_to_rows(relative_reduction, counts, *SIDES),
    )


def _add_change_ids(changes: pd.DataFrame, end: str) -> pd.DataFrame:
    return changes.assign(
        change_id=keys_joined_from_columns(changes.assign(end=end), ["name", "measure", "end"])
    )
