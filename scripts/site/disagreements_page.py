"""Where sources differ: every disagreement by its kind, the weightiest kind first."""

from dataclasses import dataclass

from scripts.package.files import Row
from scripts.site.links import Link
from scripts.site.page_data import PageData
from scripts.site.references import reading
from scripts.wording.words import by_kind, plain_word


@dataclass(frozen=True)
class Side:
    """One of the two that differ: which reading, what it has, and its quantity or its publisher."""

    reading: Link
    has: str


@dataclass(frozen=True)
class Difference:
    """Two that differ, and the test that named how."""

    one: Side
    other: Side
    decided_by: str


@dataclass(frozen=True)
class Kind:
    """All differences of a kind."""

    id: str
    name: str
    differences: list[Difference]


def disagreements(data: PageData) -> list[Kind]:
    """Every difference, by kind."""
    return [_kind(data, kind, rows) for kind, rows in by_kind(data.package.rows("conflicts"))]


def _kind(data: PageData, kind: str, rows: list[Row]) -> Kind:
    return Kind(kind, plain_word(kind).capitalize(), [_difference(data, row) for row in rows])


def _difference(data: PageData, row: Row) -> Difference:
    root_id, value_id = row["root_id"], row["value_id"]
    one = f"{row['root_has']} – {data.values.label(root_id)}"
    other = f"{row['printing_has']} – {data.values.publisher(value_id)}"
    return Difference(
        one=Side(reading(data, root_id, root_id), one),
        other=Side(reading(data, value_id, value_id), other),
        decided_by=row["decided_by"],
    )
