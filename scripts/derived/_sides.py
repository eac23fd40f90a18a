"""Two sides of a comparison: how far may rounding move printed shares, and what do their counts give?"""

from collections.abc import Iterable

import pandas as pd

from scripts.derived._bases import printed_bases, venue_readings
from scripts.derived._grids import key
from scripts.derived._pairs import JUDGED_SHARE, VENUES, Pair, free_pairs, printed_shares
from scripts.methods.printed import compatible_denominators, rounding_range
from scripts.package.ledger import Ledger
from scripts.package.reading import Reading

MOST_BASES = 100  # where more would fit, the two ends stand for all
IDS = ["earlier_id", "later_id"]
SPANS = ["earlier", "earlier_low", "earlier_high", "later", "later_low", "later_high"]
COUNTS = ["earlier_count", "earlier_base", "later_count", "later_base"]


def sides(ledger: Ledger) -> pd.DataFrame:
    """Every permitted pair of shares of judged age: as printed, and as counted where a base can be had."""
    judged = [pair for pair in printed_shares(ledger) if pair[0].indicator_id == JUDGED_SHARE]
    rounded = [
        (one.id, other.id, change, *_rounded(one), *_rounded(other)) for one, other, change in judged
    ]
    printed = pd.DataFrame(rounded, columns=[*IDS, "printed_change_id", *SPANS])
    printed = printed.assign(compared="printed_shares", **dict.fromkeys(COUNTS, ""))
    counted = counted_sides(ledger, judged)
    ends = {f"{side}_{end}": counted[side] for side in ("earlier", "later") for end in ("low", "high")}
    names = key(printed, IDS), key(counted, [*IDS, "earlier_base"])
    both = [printed.assign(name=names[0]), counted.assign(**ends, name=names[1])]
    return pd.concat(both, ignore_index=True)


def _rounded(share: Reading) -> tuple[float, float, float]:
    """A printed share, and how far rounding lets it lie to each side."""
    span = rounding_range(share.low)
    return float(share.low) / 100, float(span.low) / 100, float(span.high) / 100


def counted_sides(ledger: Ledger, pairs: Iterable[Pair]) -> pd.DataFrame:
    """Counts over bases on both sides, at each earlier base that fits the share as first printed."""
    found = [
        (x1.id, x2.id, change, int(x1.low), n1, int(x2.low), int(n2.low))
        for earlier, later, change in pairs
        if not printed_bases(ledger, earlier)
        for x1 in ledger.linked("numerator_of", earlier.id)
        if x1.is_counted
        for x2, n2 in printed_bases(ledger, later)[:1]
        for n1 in _unweighted_bases(ledger, earlier, int(x1.low))
    ]
    counted = pd.DataFrame(found, columns=[*IDS, "printed_change_id", *COUNTS])
    earlier = counted["earlier_count"] / counted["earlier_base"]
    later = counted["later_count"] / counted["later_base"]
    return counted.assign(compared="scenario_shares", earlier=earlier, later=later)


def _unweighted_bases(ledger: Ledger, share: Reading, numerator: int) -> list[int]:
    """Bases that give the count and the share as first printed; none is printed, so all are carried."""
    first = ledger.oldest_point(share.id)
    if not numerator or not float(first.low):
        return []
    bases = compatible_denominators(first.low, numerator)
    return list(bases) if len(bases) <= MOST_BASES else [bases[0], bases[-1]]


def counted_by_venue(ledger: Ledger) -> pd.DataFrame:
    """Counts of people of two waves, each over the venues that were visited then."""
    found = [
        (x1.id, x2.id, change, int(x1.low), int(first.low), int(x2.low), int(second.low))
        for x1, x2, change in free_pairs(ledger, "count")
        if x1.indicator_id == "people-in-age-band" and x1.topic == VENUES
        if x1.is_counted and x2.is_counted
        for first in venue_readings(ledger, x1.study_id)[:1]
        for second in venue_readings(ledger, x2.study_id)[:1]
    ]
    counted = pd.DataFrame(found, columns=[*IDS, "printed_change_id", *COUNTS])
    return counted.assign(
        compared="counts_per_venue",
        name=key(counted, IDS),
        earlier=counted["earlier_count"] / counted["earlier_base"],
        later=counted["later_count"] / counted["later_base"],
    )
