"""Grids of what-ifs: counted shares and pairs of shares, crossed with every assumed value."""

from collections.abc import Iterable, Iterator

import pandas as pd

from scripts.derived._bases import is_sampled, printed_bases
from scripts.derived._pairs import JUDGED_SHARE
from scripts.methods.arguments import Interval
from scripts.package.ledger import Ledger
from scripts.package.opening import Package
from scripts.package.reading import Reading

LEVEL = 0.95  # of every interval
RESULTS = ["estimate", "lower", "upper"]
IN_PERCENT = ("percent", "percentage_points")  # methods give proportions, tables percent
UNDER_18 = ("0", "17")
STATED = ("self_report", "interview", "document")  # no look is misjudged there


def counted_shares(ledger: Ledger, shares: Iterable[Reading]) -> pd.DataFrame:
    """Shares of samples: which of these have a count and a number of people? One row for each such base."""
    found = [
        (share.study_id, share.id, above.id, below.id, int(above.low), int(below.low))
        for share in shares
        if is_sampled(ledger, share)
        for above, below in printed_bases(ledger, share)
    ]
    ids = ["study_id", "value_id", "numerator_id", "denominator_id"]
    return pd.DataFrame(found, columns=[*ids, "numerator", "denominator"])


def judged_under_18(ledger: Ledger) -> pd.DataFrame:
    """The counted shares of people who were judged to be under 18, not of those who stated their age."""
    shares = [
        one
        for one in ledger.shares
        if one.indicator_id == JUDGED_SHARE and one.ages == UNDER_18
        if ledger.index("studies")[one.study_id]["age_method"] not in STATED
    ]
    return counted_shares(ledger, shares)


def crossed(package: Package, frame: pd.DataFrame, **parameters: str) -> pd.DataFrame:
    """A cross join: each row with each assumed value of each parameter, in columns NAME and NAME_id."""
    assumptions = package.frame("assumptions")
    for name, parameter in parameters.items():
        assumed = assumptions[assumptions["parameter"] == parameter]
        values = {f"{name}_id": assumed["assumption_id"], name: assumed["value"].astype(float)}
        frame = frame.merge(pd.DataFrame(values), how="cross")
    return frame


def key(frame: pd.DataFrame, columns: list[str]) -> list[str]:
    """What stands in these columns, joined by points."""
    return [".".join(map(str, ids)) for ids in frame[columns].itertuples(index=False)]


def united(*parts: pd.DataFrame | Iterator[dict[str, object]]) -> pd.DataFrame:
    """Several kinds of rows as one frame, with results in the unit that each names."""
    frame = pd.concat([pd.DataFrame(part).astype(object) for part in parts], ignore_index=True).fillna("")
    times = frame["unit"].isin(IN_PERCENT).map({True: 100, False: 1})
    results = {name: times_each(frame[name], times) for name in RESULTS}
    return frame.assign(**results, level=frame["level"].map({"": "", LEVEL: 100 * LEVEL}))


def times_each(cells: pd.Series, factors: pd.Series) -> pd.Series:
    """Each number times its factor; blank cells stay blank."""
    both = zip(cells, factors, strict=True)
    return pd.Series([cell if cell == "" else cell * factor for cell, factor in both], cells.index)


def limits(intervals: Iterable[Interval]) -> dict[str, list[float]]:
    """Both limits of each interval, as two columns."""
    found = list(intervals)
    return {"lower": [one.lower for one in found], "upper": [one.upper for one in found]}
