"""Wilson and Clopper-Pearson intervals, plain and with design effects: how precise is a sampled share?"""

from collections.abc import Callable, Iterator
from functools import partial
from math import inf

import pandas as pd

from scripts.derived import Cells
from scripts.derived._bases import is_sampled, venues_of
from scripts.derived._grids import LEVEL, counted_shares, crossed, key, limits
from scripts.methods.arguments import Interval
from scripts.methods.clustering import design_effect_from_icc, effective_n
from scripts.methods.proportion import clopper_pearson, wilson
from scripts.package.ledger import Ledger
from scripts.package.opening import Package
from scripts.package.reading import Reading

METHODS: dict[str, Callable[[float, float, float], Interval]] = {
    "wilson": wilson,
    "clopper_pearson": clopper_pearson,
}
INPUTS = ["value_id", "numerator_id", "denominator_id", "numerator", "denominator", "assumption_id"]
MEASURE = "sampled_share"
SMALL_SHARE = 0.003  # below it the level of Wilson can be missed, and the exact interval stands first
KEY = ["value_id", "denominator_id", "assumption_id", "method"]


def rows(package: Package) -> Iterator[Cells]:
    """One row for each share, base, clustering and method; or one that says why there is none."""
    ledger = package.ledger
    counted = counted_shares(ledger, ledger.shares)
    with_interval = set(counted["value_id"])
    for share in ledger.shares:
        if share.id not in with_interval:
            yield {
                "estimate_id": f"{share.id}.none",
                "measure": MEASURE,
                "unit": "percent",
                "value_id": share.id,
                "basis": "printed",
                "no_interval_reason": _why_none(ledger, share),
            }
    yield from _intervals(_clustered(package, counted)).to_dict("records")


def _why_none(ledger: Ledger, share: Reading) -> str:
    if is_sampled(ledger, share):
        return "base_not_printed" if ledger.linked("numerator_of", share.id) else "count_not_printed"
    is_known = ledger.index("studies")[share.study_id]["is_sample"] == "no"
    return "not_a_sample" if is_known else "not_known_to_be_a_sample"


def _clustered(package: Package, counted: pd.DataFrame) -> pd.DataFrame:
    """Each base at each design effect: an assumed one, or that of an ICC and the mean people in a venue."""
    people = counted["denominator"] / counted["study_id"].map(partial(venues_of, package.ledger))
    in_venues = counted.assign(people=people)[people.between(1, inf, inclusive="left")]
    plain = crossed(package, counted, assumption="design_effect")
    alike = crossed(package, in_venues, assumption="icc")
    effects = list(map(design_effect_from_icc, alike["people"], alike["assumption"]))
    both = [plain.assign(design_effect=plain["assumption"]), alike.assign(design_effect=effects)]
    grid = pd.concat(both, ignore_index=True)
    return grid[grid["design_effect"] <= grid["denominator"]]  # less than one person bears no interval


def _intervals(grid: pd.DataFrame) -> pd.DataFrame:
    """Each base at each design effect, by both methods."""
    grid = grid.merge(pd.DataFrame({"method": list(METHODS)}), how="cross")
    share = grid["numerator"] / grid["denominator"]
    people = list(map(effective_n, grid["denominator"], grid["design_effect"]))
    samples = zip(grid["method"], share, people, strict=True)
    return grid[[*INPUTS, "design_effect", "method"]].assign(
        estimate_id=key(grid, KEY),
        measure=MEASURE,
        unit="percent",
        estimate=share,
        level=LEVEL,
        effective_n=people,
        **limits(METHODS[method](p * n, n, LEVEL) for method, p, n in samples),
        stands_first=list(map(_stands_first, share, grid["method"])),
        basis=["counted" if effect == 1 else "scenario" for effect in grid["design_effect"]],
        uncertainty_scope="sampling_only",
    )


def first_method(share: float) -> str:
    """The method that pages show first."""
    return "clopper_pearson" if share < SMALL_SHARE else "wilson"


def _stands_first(share: float, method: str) -> str:
    return "yes" if method == first_method(share) else "no"
