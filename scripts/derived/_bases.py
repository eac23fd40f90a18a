"""Numerators and denominators: which printed counts stand behind a printed share?"""

from scripts.package.ledger import Ledger
from scripts.package.reading import Reading

Base = tuple[Reading, Reading]  # numerator, denominator


def printed_bases(ledger: Ledger, share: Reading) -> list[Base]:
    """Every pair of a printed numerator and a printed denominator that links join to a share."""
    return [
        (numerator, denominator)
        for numerator in ledger.linked("numerator_of", share.id)
        for root in ledger.linked("denominator_of", share.id)
        for denominator in ledger.differing_points(root.id)
        if numerator.is_counted and denominator.is_counted
        if 0 < float(denominator.low) >= float(numerator.low)
    ]


def is_sampled(ledger: Ledger, share: Reading) -> bool:
    """Whether a share comes from a study that says it is a sample."""
    return ledger.index("studies")[share.study_id]["is_sample"] == "yes"


def venue_readings(ledger: Ledger, study_id: str) -> list[Reading]:
    """The counts of the venues that a study visited."""
    return [
        root
        for root in ledger.roots_in_study(study_id, "venues-visited")
        if root.is_counted and float(root.low)
    ]


def venues_of(ledger: Ledger, study_id: str) -> int:
    """The number of venues that a study visited; 0 where none is counted."""
    return next((int(root.low) for root in venue_readings(ledger, study_id)), 0)
