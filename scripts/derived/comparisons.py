"""What is computed of two figures: how large is the change between them, and what would undo it?

Only of pairs that a link permits; a printed share never meets a counted one.
"""

from collections.abc import Callable

import pandas as pd

from scripts.derived import _tipping_points
from scripts.derived._bases import free_pairs, printed_shares
from scripts.derived._grids import BY_CHANCE, RESULTS, crossed, key, limits, mapped, times_each, united
from scripts.derived._sides import COUNTS, IDS, SIDES, counted_by_venue, counted_sides, printed_sides
from scripts.methods.arguments import Interval
from scripts.methods.change import (
    miettinen_nurminen_difference,
    miettinen_nurminen_ratio,
    newcombe_difference,
    poisson_ratio,
    relative_reduction,
)
from scripts.methods.clustering import design_effect_from_icc
from scripts.methods.printed import reduction_rounding_range
from scripts.package.ledger import Ledger
from scripts.package.opening import Package

UNITS = {"relative_reduction": "percent", "difference": "percentage_points"}


def rows(package: Package) -> pd.DataFrame:
    """Changes, what a part outside the frame could do to them, and the points at which there is no fall."""
    pairs = printed_shares(package.ledger)
    counted = counted_sides(package.ledger, pairs)
    changes = [
        _of_printed_shares(printed_sides(pairs)),
        _of_counts(package.ledger),
        _over_bases(pd.concat([_assumed(package, counted), _most_alike(package, counted)])),
        _by_venue(counted_by_venue(package.ledger)),
    ]
    changes = [part.assign(unit=part["measure"].map(UNITS)) for part in changes]
    found = united(package, "comparisons", *changes, *_tipping_points.rows(package))
    times = found["compared"].str.endswith("_shares").map({True: 100, False: 1})
    return found.assign(**{side: times_each(found[side], times) for side in SIDES})


def _of_printed_shares(printed: pd.DataFrame) -> pd.DataFrame:
    """How far rounding alone moves the fall and the difference."""
    ranges = mapped(reduction_rounding_range, printed, "earlier_printed", "later_printed")
    falls = pd.DataFrame(ranges, columns=RESULTS, index=printed.index)
    differences = {
        "estimate": printed["later"] - printed["earlier"],
        "lower": printed["later_low"] - printed["earlier_high"],
        "upper": printed["later_high"] - printed["earlier_low"],
    }
    found = [
        printed.assign(measure="relative_reduction", **falls),
        printed.assign(measure="difference", **differences),
    ]
    return _named(pd.concat(found), "printed").assign(
        method="printed_rounding", basis="printed", uncertainty_scope="rounding_only"
    )


def _named(changes: pd.DataFrame, end: str) -> pd.DataFrame:
    return changes.assign(comparison_id=key(changes.assign(end=end), ["name", "measure", "end"]))


def _of_counts(ledger: Ledger) -> pd.DataFrame:
    pairs = free_pairs(ledger, "count")
    found = [(one.id, other.id, change, int(one.low), int(other.low)) for one, other, change in pairs]
    counts = pd.DataFrame(found, columns=[*IDS, *SIDES])
    counts = counts.assign(name=key(counts, IDS[:2]), measure="relative_reduction")
    return _named(counts, "counts").assign(
        compared="counts",
        method="counts",
        estimate=mapped(relative_reduction, counts, *SIDES),
        basis="counted",
        uncertainty_scope="none",
    )


def _fall(ratio: Interval) -> Interval:
    """The relative reduction is 1 less the ratio, so its limits change places."""
    return Interval(1 - ratio.upper, 1 - ratio.lower)


METHODS: dict[tuple[str, str], Callable[[float, float, float, float], Interval]] = {
    ("newcombe", "difference"): newcombe_difference,
    ("miettinen_nurminen", "difference"): miettinen_nurminen_difference,
    ("miettinen_nurminen", "relative_reduction"): lambda *waves: _fall(miettinen_nurminen_ratio(*waves)),
}


def _assumed(package: Package, counted: pd.DataFrame) -> pd.DataFrame:
    """The pairs at each assumed design effect of both waves."""
    grid = crossed(package, counted, assumption="design_effect")
    return grid.assign(**{f"{side}_design_effect": grid["assumption"] for side in SIDES})


def _most_alike(package: Package, counted: pd.DataFrame) -> pd.DataFrame:
    """The pairs at the largest assumed ICC within venues: the design effect of each wave by itself."""
    alike = crossed(package, counted, assumption="icc")
    alike = alike[alike["assumption"] == alike["assumption"].max()]
    for side in SIDES:
        base, venues = alike[f"{side}_base"], alike[f"{side}_venues"]
        alike = alike[(venues > 0) & (venues <= base)]  # a venue with less than one person is none
        alike = alike.assign(people=alike[f"{side}_base"] / alike[f"{side}_venues"])
        effects = mapped(design_effect_from_icc, alike, "people", "assumption")
        alike = alike.assign(**{f"{side}_design_effect": effects})
    return alike


def _over_bases(grid: pd.DataFrame) -> pd.DataFrame:
    """Each pair of counts over bases at each design effect, by each method."""
    for side in SIDES:
        base, effect = f"{side}_base", f"{side}_design_effect"
        grid = grid[grid[effect] <= grid[base]]  # less than one person bears no interval
        grid = grid.assign(**{f"{side}_n": grid[base] / grid[effect]})
    grid = grid.merge(pd.DataFrame(list(METHODS), columns=["method", "measure"]), how="cross")

    def interval(method: str, measure: str, p1: float, n1: float, p2: float, n2: float) -> Interval:
        return METHODS[method, measure](p1 * n1, n1, p2 * n2, n2)

    falls = pd.Series(mapped(relative_reduction, grid, *SIDES), grid.index)
    differences = grid["later"] - grid["earlier"]
    names = ["earlier_id", "later_id", "measure", "earlier_base", "assumption_id", "method"]
    intervals = mapped(interval, grid, "method", "measure", "earlier", "earlier_n", "later", "later_n")
    return grid.assign(
        comparison_id=key(grid, names),
        estimate=falls.where(grid["measure"] == "relative_reduction", differences),
        **limits(intervals),
        **BY_CHANCE,
    )


def _by_venue(counted: pd.DataFrame) -> pd.DataFrame:
    """The fall of the count for each venue: exact, if the counts are Poisson and of people seen."""
    some = counted[counted["earlier_count"] > 0].assign(measure="relative_reduction")
    return _named(some, "by_venue").assign(
        method="poisson_conditional",
        estimate=mapped(relative_reduction, some, *SIDES),
        **limits(map(_fall, mapped(poisson_ratio, some, *COUNTS))),
        **BY_CHANCE,
    )
