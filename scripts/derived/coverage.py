"""What is in the package, and what is missing? By topic, study, place and kind of source."""

from collections.abc import Callable, Iterator

from scripts.package.files import Row
from scripts.package.ledger import Ledger, Reading

Cells = dict[str, object]
Key = Callable[[Reading, Row], str]  # of a reading and its source
DIMENSIONS: dict[str, Key] = {
    "topic": lambda one, source: one.row["topic"],
    "study": lambda one, source: one.study_id,
    "place": lambda one, source: one.place_id,
    "source_kind": lambda one, source: source["kind"],
    "read_extent": lambda one, source: source["read_extent"],
}


def rows(ledger: Ledger) -> Iterator[Cells]:
    """One row for each item of each dimension, and one for all."""
    yield _row(ledger, "all", "all", ledger.standing)
    for dimension, key in DIMENSIONS.items():
        groups: dict[str, list[Reading]] = {}
        for one in ledger.standing:
            groups.setdefault(key(one, _source(ledger, one)), []).append(one)
        for item, readings in groups.items():
            if item:
                yield _row(ledger, dimension, item, readings)


def _source(ledger: Ledger, one: Reading) -> Row:
    return ledger.index("sources")[one.row["source_id"]]


def _row(ledger: Ledger, dimension: str, item: str, readings: list[Reading]) -> Cells:
    sources = {one.row["source_id"]: _source(ledger, one) for one in readings}
    return {
        "coverage_id": f"{dimension}.{item}",
        "dimension": dimension,
        "item": item,
        "readings": len(readings),
        "quantities": len({one.root_id for one in readings}),
        "primary": sum(one.row["evidence"] == "primary" for one in readings),
        "documents": len(sources),
        "documents_read_whole": sum(source["read_extent"] == "whole" for source in sources.values()),
        "not_available": _not_available(ledger, dimension, item),
    }


def _not_available(ledger: Ledger, dimension: str, item: str) -> int | None:
    """What was asked for and not found, where it is listed by this dimension."""
    column = {"topic": "topic", "study": "study_id"}.get(dimension)
    missing = ledger.rows("not_available")
    if dimension == "all":
        return len(missing)
    return sum(row[column] == item for row in missing) if column else None
