"""The change between two reported figures, and how far rounding could move it.

Only linked pairs are compared; a reported share is never compared with a counted one. If several shares are
reported for one end, a change is derived from each.
"""

import pandas as pd

from scripts.derived._linked_figures import each_reported, free_pairs
from scripts.derived._scenario_grids import BY_ROUNDING, joined_key, mapped, united
from scripts.derived._share_pairs import IDS, SIDES, in_percent, printed_sides
from scripts.methods.change import relative_reduction
from scripts.methods.rounding_consistency import reduction_rounding_range
from scripts.package.package import Package
from scripts.package.reading_index import Ledger


def rows(package: Package) -> pd.DataFrame:
    """Return the changes of reported shares, in two measures, and those of reported counts."""
    printed = printed_sides(each_reported(package.ledger))
    shares = pd.concat([_relative(printed), _difference(printed)])
    both = [_named(shares, "printed"), _named(_of_counts(package.ledger), "counts")]
    return in_percent(united(package, "changes", *both))


def _relative(printed: pd.DataFrame) -> pd.DataFrame:
    ranges = mapped(reduction_rounding_range, printed, "earlier_printed", "later_printed")
    falls = pd.DataFrame(ranges, columns=["estimate", *BY_ROUNDING], index=printed.index)
    return printed.assign(measure="relative_reduction", unit="percent", **falls)


def _difference(printed: pd.DataFrame) -> pd.DataFrame:
    return printed.assign(
        measure="difference",
        unit="percentage_points",
        estimate=printed["later"] - printed["earlier"],
        rounding_low=printed["later_low"] - printed["earlier_high"],
        rounding_high=printed["later_high"] - printed["earlier_low"],
    )


def _of_counts(ledger: Ledger) -> pd.DataFrame:
    pairs = free_pairs(ledger, "count")
    found = [
        (reading.id, other.id, change, int(reading.low), int(other.low)) for reading, other, change in pairs
    ]
    counts = pd.DataFrame(found, columns=[*IDS, *SIDES])
    return counts.assign(
        name=joined_key(counts, IDS[:2]),
        measure="relative_reduction",
        compared="counts",
        unit="percent",
        estimate=mapped(relative_reduction, counts, *SIDES),
    )


def _named(changes: pd.DataFrame, end: str) -> pd.DataFrame:
    return changes.assign(change_id=joined_key(changes.assign(end=end), ["name", "measure", "end"]))
