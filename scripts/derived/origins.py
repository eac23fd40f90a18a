"""Provenance of claims: where is a number from, and where does the chain of credits break?"""

from collections.abc import Iterable, Iterator, Sequence

from scripts.derived import Cells
from scripts.package.files import grouped
from scripts.package.opening import Package
from scripts.package.reading import Reading, sort_key, span


def rows(package: Package) -> Iterator[Cells]:
    """One row for each printing of each claim that was not withdrawn, the earliest first."""
    published, claims_of = package.ledger.published, package.ledger.claims_of
    in_order = sorted(package.ledger.standing, key=lambda one: (sort_key(published(one)), one.id))
    for claim_id, printings in grouped((key, one) for one in in_order for key in claims_of(one.id)).items():
        for position, one in enumerate(printings, start=1):
            others = [other for other in printings if other is not one]
            yield {
                "claim_id": claim_id,
                "value_id": one.id,
                "position": position,
                "date_published": published(one),
                "credited_to": one.credited_to,
                "chain": _chain(one, others),
                "is_earliest": _is_earliest(published(one), map(published, others)),
            }


def _chain(one: Reading, others: Sequence[Reading]) -> str:
    """Can a reader follow the credit to a document of the body that measured or recorded the same?"""
    if one.credits_person:
        return "credits_person"
    if not one.credited_to:
        return "credits_nobody"
    if one.is_origin:
        return "speaks_for_itself"
    theirs = [other for other in others if other.is_origin and other.credited_to == one.credited_to]
    return "credited_body_read" if any(_is_same(one, other) for other in theirs) else "chain_breaks"


def _is_same(one: Reading, other: Reading) -> bool:
    """Of one quantity, or of one study that is known."""
    return one.root_id == other.root_id or bool(one.study_id and one.study_id == other.study_id)


def _is_earliest(date: str, others: Iterable[str]) -> str:
    """Compare what is certain of partial dates: a bare year may lie before or after its months."""
    if not date:
        return "unknown"
    own = span(date)
    spans = [span(other) for other in others if other and span(other) != own]
    if any(other.end < own.start for other in spans):
        return "no"
    return "unknown" if any(other.start <= own.end for other in spans) else "yes"
