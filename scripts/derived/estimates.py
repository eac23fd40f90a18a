"""What is computed of one figure: its interval, and what it would be if something were otherwise."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from math import inf

import pandas as pd

from scripts.derived import Cells, _none_found
from scripts.derived._bases import (
    JUDGED_SHARE,
    UNDER_18,
    VENUES,
    is_sampled,
    printed_bases,
    venue_readings,
    venues_of,
)
from scripts.derived._grids import BY_CHANCE, crossed, in_venue_studies, key, limits, mapped, united
from scripts.methods.arguments import Interval
from scripts.methods.clustering import design_effect_from_icc
from scripts.methods.imperfect_test import (
    rogan_gladen,
    rogan_gladen_interval,
    rogan_gladen_raw,
    verdict_on_limits,
)
from scripts.methods.proportion import clopper_pearson, wilson
from scripts.package.ledger import Ledger
from scripts.package.opening import Package
from scripts.package.reading import Reading

METHODS: dict[str, Callable[[float, float], Interval]] = {
    "wilson": wilson,
    "clopper_pearson": clopper_pearson,
}
INPUTS = ["value_id", "numerator_id", "denominator_id", "numerator", "denominator"]
SMALL_SHARE = 0.003  # below it the level of Wilson can be missed, and the exact interval stands first
STATED = ("self_report", "interview", "document")  # no look is misjudged there
RATES = {"false_negative": "false_negative_rate", "false_positive": "false_positive_rate"}


def rows(package: Package) -> pd.DataFrame:
    """Intervals, shares if age was misjudged, bounds at none found, and counts by venue."""
    ledger = package.ledger
    counted = _counted(ledger, ledger.shares)
    judged = counted[counted["value_id"].isin([one.id for one in ledger.shares if _is_judged(ledger, one)])]
    return united(
        package,
        "estimates",
        _without_interval(ledger, set(counted["value_id"])),
        _intervals(_clustered(package, counted)),
        _if_misjudged(package, judged),
        _least_specificities(judged),
        _none_found.rows(package),
        _by_venue(ledger),
    )


def _counted(ledger: Ledger, shares: Iterable[Reading]) -> pd.DataFrame:
    """Shares of samples: which of these have a count and a number of people? One row for each such base."""
    found = [
        (share.id, above.id, below.id, int(above.low), int(below.low), share.study_id)
        for share in shares
        if is_sampled(ledger, share)
        for above, below in printed_bases(ledger, share)
    ]
    return pd.DataFrame(found, columns=[*INPUTS, "study_id"]).assign(
        share=lambda frame: frame["numerator"] / frame["denominator"]
    )


def _is_judged(ledger: Ledger, share: Reading) -> bool:
    """A share of people who were judged to be under 18, not of those who stated their age."""
    is_of_age = share.indicator_id == JUDGED_SHARE and share.ages == UNDER_18
    return is_of_age and ledger.index("studies")[share.study_id]["age_method"] not in STATED


def _without_interval(ledger: Ledger, with_interval: set[str]) -> Iterator[Cells]:
    """A row that says why there is no interval."""
    for share in ledger.shares:
        if share.id not in with_interval:
            yield {
                "estimate_id": f"{share.id}.none",
                "measure": "sampled_share",
                "unit": "percent",
                "value_id": share.id,
                "basis": "printed",
                "no_interval_reason": _why_none(ledger, share),
            }


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
    effects = mapped(design_effect_from_icc, alike, "people", "assumption")
    both = [plain.assign(design_effect=plain["assumption"]), alike.assign(design_effect=effects)]
    grid = pd.concat(both, ignore_index=True)
    return grid[grid["design_effect"] <= grid["denominator"]]  # less than one person bears no interval


def _intervals(grid: pd.DataFrame) -> pd.DataFrame:
    """Wilson and Clopper-Pearson intervals of each base at each design effect."""
    grid = grid.merge(pd.DataFrame({"method": list(METHODS)}), how="cross")
    grid = grid.assign(**BY_CHANCE, effective_n=grid["denominator"] / grid["design_effect"])

    def interval(method: str, share: float, n: float) -> Interval:
        return METHODS[method](share * n, n)

    first = grid["share"].map(first_method) == grid["method"]
    return grid[[*INPUTS, "assumption_id", "design_effect", "method", "effective_n", *BY_CHANCE]].assign(
        estimate_id=key(grid, ["value_id", "denominator_id", "assumption_id", "method"]),
        measure="sampled_share",
        unit="percent",
        estimate=grid["share"],
        **limits(mapped(interval, grid, "method", "share", "effective_n")),
        is_first_method=first.map({True: "yes", False: "no"}),
        basis=(grid["design_effect"] == 1).map({True: "counted", False: "scenario"}),
    )


def first_method(share: float) -> str:
    """The method that pages show first."""
    return "clopper_pearson" if share < SMALL_SHARE else "wilson"


def _if_misjudged(package: Package, judged: pd.DataFrame) -> pd.DataFrame:
    """Rogan-Gladen estimates of each share of a venue study over its first base: was age misjudged?

    Only a scenario: how often age was judged rightly is not printed for any of these studies. What cannot
    be is judged by the limits of the counted share, not by its point, which may miss by chance.
    """
    first = judged[in_venue_studies(package, judged["value_id"])].drop_duplicates("value_id")
    grid = _readable(package, crossed(package, first, **RATES))
    counted = mapped(wilson, grid, "numerator", "denominator")
    rates = {"sensitivity": 1 - grid["false_negative"], "specificity": 1 - grid["false_positive"]}
    grid = grid.assign(**rates, counted=counted)
    return grid.assign(
        estimate_id=key(grid, ["value_id", "denominator_id", "false_negative_id", "false_positive_id"]),
        measure="share_if_age_misjudged",
        unit="percent",
        estimate=mapped(rogan_gladen, grid, "share", *rates),
        assumption_id=grid["false_negative_id"],
        further_assumption_id=grid["false_positive_id"],
        **limits(mapped(rogan_gladen_interval, grid, "counted", *rates)),
        verdict=mapped(_verdict, grid, "share", "counted", *rates),
        **BY_CHANCE,
    )


def _readable(package: Package, grid: pd.DataFrame) -> pd.DataFrame:
    """Every pair of grid points; a value that a source prints stands beside no other error alone."""
    facts = package.frame("assumptions").set_index("assumption_id")["fact_id"]
    sourced = [grid[f"{name}_id"].map(facts) != "" for name in RATES]
    alone = [grid["false_positive"] == 0, grid["false_negative"] == 0]
    is_kept = ~(sourced[0] & ~alone[0]) & ~(sourced[1] & ~alone[1])
    return grid[is_kept & (grid["false_negative"] + grid["false_positive"] < 1)]  # else worse than chance


def _verdict(share: float, counted: Interval, sensitivity: float, specificity: float) -> str:
    """Whether the limits of the counted share leave any share; and if so, whether its point does."""
    by_limits = verdict_on_limits(counted, sensitivity, specificity)
    raw = rogan_gladen_raw(share, sensitivity, specificity)
    if by_limits != "possible" or 0 <= raw <= 1:
        return by_limits
    return "point_below_0" if raw < 0 else "point_above_1"


def _least_specificities(judged: pd.DataFrame) -> pd.DataFrame:
    """The specificity below which mistakes alone would make up the whole counted share, and its limits."""
    shares = mapped(wilson, judged, "numerator", "denominator")
    return judged.assign(
        estimate_id=key(judged.assign(end="least_specificity"), ["value_id", "denominator_id", "end"]),
        measure="least_specificity",
        unit="proportion",
        estimate=1 - judged["share"],
        **limits(Interval(1 - one.upper, 1 - one.lower) for one in shares),
        **BY_CHANCE,
    )


def _by_venue(ledger: Ledger) -> Iterator[Cells]:
    """How many people judged under 18 is that for each venue, and how many venues had none?

    At most one venue for each person had any, so the rest had none: a lower bound for one wave, and never a
    change between two.
    """
    for count in ledger.roots:
        is_meant = (count.topic, count.indicator_id, count.ages) == (VENUES, "people-in-age-band", UNDER_18)
        for venues in venue_readings(ledger, count.study_id)[:1] if is_meant and count.is_counted else []:
            people, places = int(count.low), int(venues.low)
            least = max(0, places - people)
            # Where some source prints the same count as an estimate, nobody may have been seen.
            is_an_estimate_elsewhere = "estimated" in {one.nature for one in ledger.printings(count.id)}
            for end, measure, number, unit in (
                ("per_venue", "people_per_venue", people, "people_per_venue"),
                ("without", "least_share_of_venues_without", least, "percent"),
            ):
                yield {
                    "estimate_id": f"{count.id}.{venues.id}.{end}",
                    "measure": measure,
                    "value_id": count.id,
                    "numerator_id": count.id,
                    "denominator_id": venues.id,
                    "numerator": number,
                    "denominator": places,
                    "unit": unit,
                    "estimate": number / places,
                    "basis": "scenario" if is_an_estimate_elsewhere else "counted",
                }
