"""Figures that belong together: the counts behind a share, the parts of a whole, and linked pairs."""

from collections import defaultdict
from itertools import product

from scripts.derived._disagreement_tests import NOT_NAMED, disagreement_type, number_disagreement
from scripts.package.reading import Reading
from scripts.package.reading_index import ENDS, ReadingIndex

JUDGED_SHARE = "share-in-age-band"  # of people whose age was judged
JUDGED_COUNT = "people-in-age-band"
VENUES = "venue_studies"  # the topic of the two surveys
UNDER_18 = ("0", "17")
Base = tuple[Reading, Reading]  # numerator, denominator
Pair = tuple[Reading, Reading, str]  # earlier, later, id of the printed change or ""
Figure = tuple[Reading, int]  # a printed share and the count that belongs to it


def numerator_denominator_pairs(ledger: ReadingIndex, share: Reading) -> list[Base]:
    """Every pair of a reported numerator and denominator that is linked to a share."""
    main_mentions = ledger.main_mentions_linked_to("denominator_of", share.id)
    points = [point for main in main_mentions for point in ledger.distinct_exact_readings(main.id)]
    counts = product(ledger.main_mentions_linked_to("numerator_of", share.id), points)
    return [
        (numerator, denominator)
        for numerator, denominator in counts
        if numerator.is_counted
        and denominator.is_counted
        and 0 < float(denominator.low) >= float(numerator.low)
    ]


def study_is_sample(ledger: ReadingIndex, share: Reading) -> bool:
    """Return whether the study that a share comes from is a sample."""
    return ledger.rows_by_key("studies")[share.study_id]["is_sample"] == "yes"


def venues_visited_readings(ledger: ReadingIndex, study_id: str) -> list[Reading]:
    """Return the counts of venues that a study visited."""
    return [
        main
        for main in ledger.main_mentions_in_study(study_id, "venues-visited")
        if main.is_counted and float(main.low)
    ]


def venues_visited(ledger: ReadingIndex, study_id: str) -> int:
    """Return the number of venues that a study visited; 0 if it is not reported."""
    return next((int(main.low) for main in venues_visited_readings(ledger, study_id)), 0)


def exact_shares_with_counts(ledger: ReadingIndex) -> list[Figure]:
    """Every exact share with its count, either reported or derived from other reported counts."""
    found: list[Figure] = []
    for main in ledger.shares_in_studies:
        counted = _reported_numerators(ledger, main) or _count_left_of_whole(ledger, main)
        counts = [count for count in counted if count > 0]
        points = [point for point in ledger.distinct_exact_readings(main.id) if point.is_exact_in_digits]
        found += [(share, count) for count, share in product(counts, points)]
    return found


def _reported_numerators(ledger: ReadingIndex, share: Reading) -> list[int]:
    return [
        int(reading.low)
        for reading in ledger.main_mentions_linked_to("numerator_of", share.id)
        if reading.is_counted
    ]


def _count_left_of_whole(ledger: ReadingIndex, share: Reading) -> list[int]:
    """The count in an age band such as 16 and 17 years: its whole minus the other bands."""
    counts = counts_of_whole_and_other_bands(ledger, share)
    return [counts[0] - sum(counts[1:])] if counts else []


def counts_of_whole_and_other_bands(ledger: ReadingIndex, share: Reading) -> list[int]:
    """The counts of the whole and of the other age bands; empty if any of them is not reported."""
    for partition in ledger.partitions_by_part(share.id):
        others = [part for part in partition.parts if part != share]
        printed = [_reported_numerators(ledger, reading) for reading in [partition.whole, *others]]
        if all(printed):
            return [count[0] for count in printed]
    return []


def denominator_group(ledger: ReadingIndex, share: Reading) -> tuple[str, ...]:
    """Return the study, population, place and sex that shares with the same denominator have in common.

    If the source of a part names no place, the place of the whole is used.
    """
    wholes = (
        [partition.whole for partition in ledger.partitions_by_part(share.id)]
        if share.place_id == NOT_NAMED
        else []
    )
    return (wholes or [share])[0].denominator_key


def shares_by_denominator(ledger: ReadingIndex, every: list[Figure]) -> dict[tuple[str, ...], list[Figure]]:
    """Shares from main mentions, with their counts, grouped by study and denominator."""
    groups: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for share, count in every:
        if share.is_main:
            groups[denominator_group(ledger, share)].append((share, count))
    return groups


def linked_pairs(ledger: ReadingIndex) -> list[Pair]:
    """Every linked pair, once: the two ends of a change, or two comparable quantities."""
    ends: list[Pair] = []
    for change in ledger.main_mentions:
        if ledger.kind_of_indicator(change) == "change":
            sides = (ledger.main_mentions_linked_to(end, change.id) for end in ENDS)
            ends += [(earlier, later, change.id) for earlier, later in product(*sides)]
    comparable = [(earlier, later, "") for earlier, later in ledger.pairs_with_relation("comparable")]
    by_ends: dict[tuple[Reading, Reading], Pair] = {}
    for pair in ends + comparable:
        by_ends.setdefault(pair[:2], pair)
    return list(by_ends.values())


def freely_shown_pairs(ledger: ReadingIndex, kind: str) -> list[Pair]:
    """The pairs of exact figures that may be shown alone, the earlier of this kind and not 0."""
    of_kind = [pair for pair in linked_pairs(ledger) if ledger.kind_of_indicator(pair[0]) == kind]
    exact = [
        pair
        for pair in of_kind
        if all(end.is_one_exact_number and end.may_be_shown_alone for end in pair[:2])
    ]
    return [pair for pair in exact if float(pair[0].low)]


def decimal_share_pairs(ledger: ReadingIndex) -> list[Pair]:
    """Pairs of shares that may be shown alone and are printed with decimals, so their rounding is known."""
    return [
        pair
        for pair in freely_shown_pairs(ledger, "share")
        if pair[0].is_exact_in_digits and pair[1].is_exact_in_digits
    ]


def pairs_of_all_reported_shares(ledger: ReadingIndex) -> list[Pair]:
    """Pairs as in `decimal_share_pairs`, and pairs of other shares reported for the same quantities.

    Pairs with these other shares have no printed change.
    """
    found = []
    for earlier, later, change in decimal_share_pairs(ledger):
        for reading, other in product(distinct_shares(ledger, earlier), distinct_shares(ledger, later)):
            if reading.is_exact_in_digits and other.is_exact_in_digits:
                found.append((reading, other, change if reading.is_main and other.is_main else ""))
    return found


def distinct_shares(ledger: ReadingIndex, main: Reading) -> list[Reading]:
    """Return the different shares reported for a quantity, without any that is just another one rounded."""
    kept: list[Reading] = []
    for share in ledger.distinct_exact_readings(main.id):
        if share.may_be_shown_alone and not any(_can_both_be_true(other, share) for other in kept):
            kept.append(share)
    return kept


def _can_both_be_true(reading: Reading, other: Reading) -> bool:
    found = number_disagreement(reading, other)
    return found is None or disagreement_type(found[0], reading, other) == "both_can_hold"
