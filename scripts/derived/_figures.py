"""Printed shares with their counts: which percentages can be held against a count at all?"""

from collections import defaultdict
from typing import TypeVar

from scripts.derived._comparison import NOT_NAMED
from scripts.package.ledger import Ledger
from scripts.package.reading import Reading

Base = tuple[str, ...]  # whom, where and which sex the figures of one study are about
Figure = tuple[Reading, int]  # a printed share and the count that belongs to it
Counted = TypeVar("Counted", Figure, tuple[Reading, int | None])  # or that is not printed


def figures(ledger: Ledger) -> list[Figure]:
    """Every different exact share that has a count: printed, or what other printed counts leave over."""
    return [
        (share, count)
        for root in ledger.shares
        for count in _printed_count(ledger, root) or _left_over(ledger, root)
        for share in ledger.differing_points(root.id)
        if count > 0 and share.is_decimal
    ]


def _printed_count(ledger: Ledger, share: Reading) -> list[int]:
    return [int(one.low) for one in ledger.linked("numerator_of", share.id) if one.is_counted]


def _left_over(ledger: Ledger, share: Reading) -> list[int]:
    """The count of a band that is its whole less the other bands, such as 16 and 17 years."""
    counts = counts_around(ledger, share)
    return [counts[0] - sum(counts[1:])] if counts else []


def counts_around(ledger: Ledger, share: Reading) -> list[int]:
    """The printed count of the whole and those of the other bands; nothing where one is not printed."""
    for partition in ledger.partitions_with(share.id):
        others = [part for part in partition.parts if part != share]
        printed = [_printed_count(ledger, one) for one in [partition.whole, *others]]
        if all(printed):
            return [count[0] for count in printed]
    return []


def base_of(ledger: Ledger, share: Reading) -> Base:
    """What one base needs alike; a part whose source names no place is read as one of its whole."""
    wholes = [one.whole for one in ledger.partitions_with(share.id)] if share.place_id == NOT_NAMED else []
    return (wholes or [share])[0].base


def by_base(ledger: Ledger, every: list[Counted]) -> dict[Base, list[Counted]]:
    """The shares as their roots print them, with their counts: those of one study and base together."""
    groups: dict[Base, list[Counted]] = defaultdict(list)
    for share, count in every:
        if share.is_root:
            groups[base_of(ledger, share)].append((share, count))
    return groups
