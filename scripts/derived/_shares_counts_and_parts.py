"""Figures that belong together: a share and its counts, a whole and its parts, and linked pairs."""

from collections import defaultdict
from itertools import product

from scripts.derived._reading_comparisons import (
    NOT_NAMED,
    kind_of_number_disagreement,
    type_of_disagreement,
)
from scripts.package.reading import Reading
from scripts.package.reading_index import ENDS, ReadingIndex

JUDGED_SHARE = "share-in-age-band"  # of people whose age was judged
JUDGED_COUNT = "people-in-age-band"
VENUES = "venue_studies"  # the topic of the two surveys
UNDER_18 = ("0", "17")
Base = tuple[Reading, Reading]  # numerator, denominator
Pair = tuple[Reading, Reading, str]  # earlier, later, id of the printed change or ""
Figure = tuple[Reading, int]  # a printed share and the count that belongs to it


def linked_counts_of_share(index: ReadingIndex, share: Reading) -> list[Base]:
    """Every pair of a numerator and a denominator that are reported and linked to a share."""
    main_mentions = index.main_mentions_linked_to("denominator_of", share.id)
    points = [point for main in main_mentions for point in index.distinct_exact_readings(main.id)]
    counts = product(index.main_mentions_linked_to("numerator_of", share.id), points)
    return [
        (numerator, denominator)
        for numerator, denominator in counts
        if numerator.is_counted
        and denominator.is_counted
        and 0 < float(denominator.low) >= float(numerator.low)
    ]


def is_study_a_sample(index: ReadingIndex, share: Reading) -> bool:
    """Return whether the study that a share comes from is known to be a sample."""
    return index.rows_by_key("studies")[share.study_id]["is_sample"] == "yes"


def readings_of_venues_visited(index: ReadingIndex, study_id: str) -> list[Reading]:
    """Return the reported numbers of venues that a study visited, except for 0."""
    return [
        main
        for main in index.main_mentions_in_study(study_id, "venues-visited")
        if main.is_counted and float(main.low)
    ]


def number_of_venues_visited(index: ReadingIndex, study_id: str) -> int:
    """Return the number of venues that a study visited; 0 if it is not reported."""
    return next((int(main.low) for main in readings_of_venues_visited(index, study_id)), 0)


def exact_shares_with_their_counts(index: ReadingIndex) -> list[Figure]:
    """Every exact share with its count, which is reported or follows from other reported counts.

    Shares whose count is 0 or unknown are left out.
    """
    found: list[Figure] = []
    for main in index.shares_in_studies:
        counted = _reported_counts_of_share(index, main) or _count_by_subtracting_other_bands(index, main)
        counts = [count for count in counted if count > 0]
        points = [point for point in index.distinct_exact_readings(main.id) if point.is_exact_in_digits]
        found += [(share, count) for count, share in product(counts, points)]
    return found


def _reported_counts_of_share(index: ReadingIndex, share: Reading) -> list[int]:
    return [
        int(reading.low)
        for reading in index.main_mentions_linked_to("numerator_of", share.id)
        if reading.is_counted
    ]


def _count_by_subtracting_other_bands(index: ReadingIndex, share: Reading) -> list[int]:
    """The count in an age band: the total minus the other bands; empty if any of these is not reported."""
    counts = counts_of_whole_and_other_bands(index, share)
    return [counts[0] - sum(counts[1:])] if counts else []


def counts_of_whole_and_other_bands(index: ReadingIndex, share: Reading) -> list[int]:
    """The total and the counts in all other age bands; empty if any of these is not reported."""
    for partition in index.partitions_by_part(share.id):
        others = [part for part in partition.parts if part != share]
        printed = [_reported_counts_of_share(index, reading) for reading in [partition.whole, *others]]
        if all(printed):
            return [count[0] for count in printed]
    return []


def key_of_shared_denominator(index: ReadingIndex, share: Reading) -> tuple[str, ...]:
    """Return the study, population, place and sex, which are the same for all shares of one denominator.

    For a share whose source names no place, these are taken from the whole of which it is a part.
    """
    wholes = (
        [partition.whole for partition in index.partitions_by_part(share.id)]
        if share.place_id == NOT_NAMED
        else []
    )
    return (wholes or [share])[0].denominator_key


def group_shares_by_denominator(
    index: ReadingIndex, every: list[Figure]
) -> dict[tuple[str, ...], list[Figure]]:
    """Shares from main mentions, with their counts, grouped by study and denominator."""
    groups: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for share, count in every:
        if share.is_main:
            groups[key_of_shared_denominator(index, share)].append((share, count))
    return groups


def change_ends_and_comparable_pairs(index: ReadingIndex) -> list[Pair]:
    """The two figures that a change compares, or that a link calls comparable, with each pair only once."""
    ends: list[Pair] = []
    for change in index.main_mentions:
        if index.kind_of_indicator(change) == "change":
            sides = (index.main_mentions_linked_to(end, change.id) for end in ENDS)
            ends += [(earlier, later, change.id) for earlier, later in product(*sides)]
    comparable = [(earlier, later, "") for earlier, later in index.pairs_with_relation("comparable")]
    by_ends: dict[tuple[Reading, Reading], Pair] = {}
    for pair in ends + comparable:
        by_ends.setdefault(pair[:2], pair)
    return list(by_ends.values())


def exact_pairs_shown_alone(index: ReadingIndex, kind: str) -> list[Pair]:
    """The pairs of exact figures that may be shown alone.

    The earlier figure must be of this kind and not 0.
    """
    of_kind = [
        pair for pair in change_ends_and_comparable_pairs(index) if index.kind_of_indicator(pair[0]) == kind
    ]
    exact = [
        pair
        for pair in of_kind
        if all(end.is_one_exact_number and end.may_be_shown_alone for end in pair[:2])
    ]
    return [pair for pair in exact if float(pair[0].low)]


def decimal_share_pairs(index: ReadingIndex) -> list[Pair]:
    """Pairs of exact shares that may be shown alone and whose printed digits show how they were rounded."""
    return [
        pair
        for pair in exact_pairs_shown_alone(index, "share")
        if pair[0].is_exact_in_digits and pair[1].is_exact_in_digits
    ]


def pairs_of_all_reported_shares(index: ReadingIndex) -> list[Pair]:
    """Pairs as in `decimal_share_pairs`, and pairs of other shares reported for the same quantities.

    Pairs with these other shares have no printed change.
    """
    found = []
    for earlier, later, change in decimal_share_pairs(index):
        for reading, other in product(
            distinct_reported_shares(index, earlier), distinct_reported_shares(index, later)
        ):
            if reading.is_exact_in_digits and other.is_exact_in_digits:
                found.append((reading, other, change if reading.is_main and other.is_main else ""))
    return found


def distinct_reported_shares(index: ReadingIndex, main: Reading) -> list[Reading]:
    """Return the different shares reported for a quantity, leaving out rounded versions of others."""
    kept: list[Reading] = []
    for share in index.distinct_exact_readings(main.id):
        if share.may_be_shown_alone and not any(_can_both_be_true(other, share) for other in kept):
            kept.append(share)
    return kept


def _can_both_be_true(reading: Reading, other: Reading) -> bool:
    found = kind_of_number_disagreement(reading, other)
    return found is None or type_of_disagreement(found[0], reading, other) == "both_can_hold"
