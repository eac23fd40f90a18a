"""Company: what has to be said or shown wherever a reading that may not stand alone is shown?"""

from scripts.package.ledger import Reading
from scripts.package.opening import Package

CAUTIONS = {
    "retrospective_only": "recalled by adults, not a share of children today",
    "no_trend": "editions are not a trend",
    "withdrawn": "withdrawn, do not quote",
}
ENDS = ("earlier_end_of", "later_end_of")


def company(package: Package, one: Reading) -> list[Reading]:
    """The readings that must stand beside one that may not stand alone."""
    ledger = package.ledger
    if one.show == "with_both_denominators":
        return [other for other in ledger.printings(one.root_id) if other is not one]
    if one.show != "conflict_only":
        return []
    return _change_and_ends(package, one) if one.is_root else [ledger.readings[one.root_id]]


def _change_and_ends(package: Package, one: Reading) -> list[Reading]:
    """A printed change and its two ends, when the reading is one of the three."""
    links = [row for row in package.rows("links") if row["relation"] in ENDS]
    changes = {row["to_id"] for row in links if one.id in (row["from_id"], row["to_id"])}
    ids = changes | {row["from_id"] for row in links if row["to_id"] in changes}
    return [package.ledger.readings[key] for key in sorted(ids - {one.id})]
