"""Where is this number from? Each printing of a claim in order, and where the chain of credits breaks."""

from collections.abc import Iterator

from scripts.package.dates import sort_key, span
from scripts.package.ledger import Ledger, Reading

Cells = dict[str, object]


def rows(ledger: Ledger) -> Iterator[Cells]:
    """One row for each printing of each claim, the earliest first."""
    for claim in ledger.rows("claims"):
        printings = _printings(ledger, claim["claim_id"])
        for position, one in enumerate(printings, start=1):
            yield {
                "origin_id": f"{claim['claim_id']}.{one.id}",
                "claim_id": claim["claim_id"],
                "value_id": one.id,
                "position": position,
                "date_published": ledger.published(one),
                "credited_to": one.row["credited_to"],
                "chain": _chain(ledger, one, printings),
                "is_earliest": _is_earliest(ledger, one, printings),
            }


def _printings(ledger: Ledger, claim_id: str) -> list[Reading]:
    listed = [
        ledger.readings[row["value_id"]]
        for row in ledger.rows("claim_values")
        if row["claim_id"] == claim_id
    ]
    standing = [one for one in listed if not one.is_withdrawn]
    return sorted(standing, key=lambda one: (sort_key(ledger.published(one)), one.id))


def _chain(ledger: Ledger, one: Reading, printings: list[Reading]) -> str:
    """Say whether a reader can follow the credit that the source gives."""
    speaker, credited = _speaker(ledger, one), one.row["credited_to"]
    if not credited:
        return "credits_nobody"
    if speaker == credited and one.row["evidence"] == "primary":
        return "speaks_for_itself"
    read = {_speaker(ledger, other) for other in printings if other is not one}
    return "credited_body_read" if credited in read else "chain_breaks"


def _speaker(ledger: Ledger, one: Reading) -> str:
    return ledger.index("sources")[one.row["source_id"]]["organisation_id"]


def _is_earliest(ledger: Ledger, one: Reading, printings: list[Reading]) -> str:
    """Compare what is certain of partial dates: a bare year may lie before or after its months."""
    date = ledger.published(one)
    if not date:
        return "unknown"
    here = span(date)
    others = {span(ledger.published(other)) for other in printings if ledger.published(other)} - {here}
    if any(other.end < here.start for other in others):
        return "no"
    return "yes" if all(here.end < other.start for other in others) else "unknown"
