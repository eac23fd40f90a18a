"""Where the numbers in claims come from, and where they can no longer be traced to a source."""

from collections.abc import Iterable, Iterator, Sequence

from scripts.derived import Cells
from scripts.package.files import group_by_key
from scripts.package.package import Package
from scripts.package.reading import Reading, date_sort_key, date_span


def rows(package: Package) -> Iterator[Cells]:
    """Yield a row for each mention of each claim, earliest first; withdrawn mentions are left out."""
    published, claims_of = package.reading_index.date_published, package.reading_index.claims_of
    in_order = sorted(
        package.reading_index.not_withdrawn,
        key=lambda reading: (date_sort_key(published(reading)), reading.id),
    )
    for claim_id, mentions in group_by_key(
        (key, reading) for reading in in_order for key in claims_of(reading.id)
    ).items():
        for position, reading in enumerate(mentions, start=1):
            others = [other for other in mentions if other is not reading]
            yield {
                "claim_id": claim_id,
                "value_id": reading.id,
                "position": position,
                "date_published": published(reading),
                "credited_to": reading.credited_to,
                "chain": _credit_outcome(reading, others),
                "is_earliest": _is_earliest_date(published(reading), map(published, others)),
            }


def _credit_outcome(reading: Reading, others: Sequence[Reading]) -> str:
    """Classify a credit by whether it leads to a document by the organisation that measured the figure."""
    if reading.credits_a_person:
        return "credits_person"
    if not reading.credited_to:
        return "credits_nobody"
    if reading.is_from_original_organisation:
        return "speaks_for_itself"
    theirs = [
        other
        for other in others
        if other.is_from_original_organisation and other.credited_to == reading.credited_to
    ]
    return (
        "credited_body_read"
        if any(_is_same_quantity_or_study(reading, other) for other in theirs)
        else "chain_breaks"
    )


def _is_same_quantity_or_study(reading: Reading, other: Reading) -> bool:
    """Return whether two readings are of the same quantity, or from the same known study."""
    return reading.quantity_id == other.quantity_id or bool(
        reading.study_id and reading.study_id == other.study_id
    )


def _is_earliest_date(date: str, others: Iterable[str]) -> str:
    """Whether a date is earlier than the others: yes, no or unknown.

    A partial date may be any day that it covers: a year alone may be before or after a month in that year.
    """
    if not date:
        return "unknown"
    own = date_span(date)
    spans = [date_span(other) for other in others if other and date_span(other) != own]
    if any(other.end < own.start for other in spans):
        return "no"
    return "unknown" if any(other.start <= own.end for other in spans) else "yes"
