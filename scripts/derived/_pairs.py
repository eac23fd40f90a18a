"""Permitted comparisons: which two figures may be set side by side? Only pairs that a link joins."""

from scripts.package.ledger import Ledger
from scripts.package.reading import Reading

JUDGED_SHARE = "share-in-age-band"  # of people whose age was judged
VENUES = "venue_studies"  # the topic of the two waves
Pair = tuple[Reading, Reading, str]  # earlier, later, id of the printed change or ""


def pairs(ledger: Ledger) -> list[Pair]:
    """The pairs that links join, each once: the ends of a printed change, or two comparable quantities."""
    ends = [
        (earlier, later, change.id)
        for change in ledger.roots
        if ledger.kind(change) == "change"
        for earlier in ledger.linked("earlier_end_of", change.id)
        for later in ledger.linked("later_end_of", change.id)
    ]
    comparable = [
        (earlier, later, "") for later in ledger.roots for earlier in ledger.linked("comparable", later.id)
    ]
    by_ends: dict[tuple[Reading, Reading], Pair] = {}
    for pair in ends + comparable:
        by_ends.setdefault(pair[:2], pair)
    return list(by_ends.values())


def free_pairs(ledger: Ledger, kind: str) -> list[Pair]:
    """Those of two exact free figures, the earlier of this kind; and there is no fall from nothing."""
    return [
        pair
        for pair in pairs(ledger)
        if all(end.is_point and end.is_free for end in pair[:2]) and float(pair[0].low)
        if ledger.kind(pair[0]) == kind
    ]


def printed_shares(ledger: Ledger) -> list[Pair]:
    """The free pairs of two shares printed in digits, so that their rounding is known."""
    return [
        (earlier, later, change)
        for earlier, later, change in free_pairs(ledger, "share")
        if earlier.is_decimal and later.is_decimal
    ]
