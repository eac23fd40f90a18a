"""The pairs of figures that changes compare: reported shares, shares from counts, and counts per venue."""

from collections.abc import Callable, Iterable, Iterator

import pandas as pd

from scripts.derived._scenario_grids import apply_method_to_rows, keys_joined_from_columns, multiply_cells
from scripts.derived._shares_counts_and_parts import (
    JUDGED_COUNT,
    JUDGED_SHARE,
    VENUES,
    Pair,
    exact_pairs_shown_alone,
    linked_counts_of_share,
    number_of_venues_visited,
)
from scripts.methods.rounding_consistency import denominators_that_round_to, rounding_range
from scripts.package.reading import Reading
from scripts.package.reading_index import ReadingIndex

MOST_BASES = 100  # if more denominators fit, only the smallest and the largest are used
SIDES = ["earlier", "later"]
IDS = ["earlier_id", "later_id", "printed_change_id"]
SPANS = ["earlier", "earlier_low", "earlier_high", "later", "later_low", "later_high"]
COUNTS = ["earlier_count", "earlier_denominator", "later_count", "later_denominator"]


def printed_and_counted_share_pairs(
    index: ReadingIndex, pairs: Iterable[Pair]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pairs of shares of people whose age was judged: as printed, and as computed from their counts."""
    judged = [pair for pair in pairs if pair[0].indicator_id == JUDGED_SHARE]
    return printed_share_pairs(judged), counted_share_pairs(index, judged)


def printed_share_pairs(pairs: Iterable[Pair]) -> pd.DataFrame:
    """Pairs of reported shares, each with the range of true shares that round to it."""
    found = [
        (
            reading.id,
            other.id,
            change,
            *_share_and_rounding_limits(reading),
            *_share_and_rounding_limits(other),
            reading.low,
            other.low,
        )
        for reading, other, change in pairs
    ]
    printed = pd.DataFrame(found, columns=[*IDS, *SPANS, "earlier_printed", "later_printed"])
    return printed.assign(compared="printed_shares", name=keys_joined_from_columns(printed, IDS[:2]))


def _share_and_rounding_limits(share: Reading) -> tuple[float, float, float]:
    span = rounding_range(share.low)
    return float(share.low) / 100, float(span.low) / 100, float(span.high) / 100


def _pair_rows_by_earlier_denominator(index: ReadingIndex, pair: Pair) -> Iterator[tuple[object, ...]]:
    """Yield a row for each possible denominator of the earlier share.

    Yields nothing unless the later share has reported counts and the earlier share has none.
    """
    earlier, later, change = pair
    bases = linked_counts_of_share(index, later)
    if linked_counts_of_share(index, earlier) or not bases:
        return
    x2, n2 = bases[0]
    for x1 in index.main_mentions_linked_to("numerator_of", earlier.id):
        if x1.is_counted:
            rest = int(x2.low), int(n2.low), *_numbers_of_venues_visited(index, x1, x2)
            for n1 in _compatible_denominators(index, earlier, int(x1.low)):
                yield x1.id, x2.id, change, int(x1.low), n1, *rest


def counted_share_pairs(index: ReadingIndex, pairs: Iterable[Pair]) -> pd.DataFrame:
    """Pairs of counts and denominators, one for each earlier denominator that fits the earlier share."""
    found = [row for pair in pairs for row in _pair_rows_by_earlier_denominator(index, pair)]
    counted = _add_shares_of_counts(
        pd.DataFrame(found, columns=[*IDS, *COUNTS, "earlier_venues", "later_venues"])
    )
    ends = {f"{side}_{end}": counted[side] for side in SIDES for end in ("low", "high")}
    names = keys_joined_from_columns(counted, ["earlier_id", "later_id", "earlier_denominator"])
    return counted.assign(**ends, compared="counted_shares", name=names)


def _numbers_of_venues_visited(index: ReadingIndex, *readings: Reading) -> list[int]:
    return [number_of_venues_visited(index, reading.study_id) for reading in readings]


def _add_shares_of_counts(counted: pd.DataFrame) -> pd.DataFrame:
    return counted.assign(
        **{side: counted[f"{side}_count"] / counted[f"{side}_denominator"] for side in SIDES}
    )


def _compatible_denominators(index: ReadingIndex, share: Reading, numerator: int) -> list[int]:
    """The denominators that give the share with this count; if there are very many, only the two ends.

    All are kept, since no source reports which is right. There are none if the count or the share is 0.
    """
    first = index.oldest_exact_reading(share.id)
    if not numerator or not float(first.low):
        return []
    bases = denominators_that_round_to(first.low, numerator)
    return list(bases) if len(bases) <= MOST_BASES else [bases[0], bases[-1]]


def count_per_venue_pairs(index: ReadingIndex) -> pd.DataFrame:
    """Pairs of counts of people in two surveys, each divided by the number of venues visited."""
    found = [*_count_per_venue_rows(index)]
    counted = _add_shares_of_counts(pd.DataFrame(found, columns=[*IDS, *COUNTS]))
    return counted.assign(compared="counts_per_venue", name=keys_joined_from_columns(counted, IDS[:2]))


def _count_per_venue_rows(index: ReadingIndex) -> Iterator[tuple[object, ...]]:
    for x1, x2, change in exact_pairs_shown_alone(index, "count"):
        is_of_venues = x1.indicator_id == JUDGED_COUNT and x1.topic == VENUES
        if is_of_venues and x1.is_counted and x2.is_counted:
            earlier, later = _numbers_of_venues_visited(index, x1, x2)
            if earlier and later:
                yield x1.id, x2.id, change, int(x1.low), earlier, int(x2.low), later


def apply_at_rounding_ends(
    method: Callable[..., float], grid: pd.DataFrame, names: list[str], *more: str
) -> dict[str, list[float]]:
    """Apply a method to both sides of each pair, and to the limits that rounding sets for them.

    Returns the column `estimate` and the two columns in `names`: the first with the two sides as close
    together as rounding allows, the second with them as far apart.
    """
    closest, farthest = names
    return {
        "estimate": apply_method_to_rows(method, grid, "earlier", "later", *more),
        closest: apply_method_to_rows(method, grid, "earlier_low", "later_high", *more),
        farthest: apply_method_to_rows(method, grid, "earlier_high", "later_low", *more),
    }


def convert_shares_to_percent(compared: pd.DataFrame) -> pd.DataFrame:
    """The comparisons with shares converted to percent on both sides, and counts unchanged."""
    times = compared["compared"].str.endswith("_shares").map({True: 100, False: 1})
    return compared.assign(**{side: multiply_cells(compared[side], times) for side in SIDES})
