"""Readings that a change adds, changes or takes back, in the words of the pages, and what goes along."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from scripts.package.opening import Package
from scripts.package.row_changes import CellChange, RowChange
from scripts.preview.computed import BOOKKEEPING, DerivedChanges
from scripts.preview.differences import TableChanges
from scripts.wording.reading_words import Values
from scripts.wording.words import conflict_types, date_words, span_words

READINGS = "reported_values"
CONFLICTS = "conflicts"  # a derived table
SHOW, WITHDRAWN = "show", "withdrawn"
ORDER = ("withdrawn", "removed", "changed", "added")  # what takes most with it comes first


@dataclass(frozen=True, kw_only=True)
class ReadingChange:
    """A reading that came, changed or went, and what goes with one that went."""

    kind: str  # added, changed, withdrawn or removed
    id: str
    said: tuple[str, ...]  # its number and all that says what the number is of; of one that went: as it was
    cells: tuple[CellChange, ...] = ()
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # rows that name it, by table

    @property
    def is_gone(self) -> bool:
        """Nothing is computed from it any more."""
        return self.kind in ("withdrawn", "removed")


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """Two readings that do not agree, each with its number."""

    kind: str
    id: str
    type: str
    dimension: str
    sides: tuple[str, ...]


def reading_changes(
    base: Package, package: Package, rows: Iterable[TableChanges]
) -> tuple[ReadingChange, ...]:
    """Each reading that came, went or changed; those that were taken back first."""
    changes = [row for table in rows if table.table == READINGS for row in table.rows]
    found = [_reading_change(base, package, row) for row in changes]
    return tuple(sorted(found, key=lambda one: ORDER.index(one.kind)))


def _reading_change(base: Package, package: Package, row: RowChange) -> ReadingChange:
    is_withdrawn = any((cell.field, cell.became) == (SHOW, WITHDRAWN) for cell in row.cells)
    kind = "withdrawn" if is_withdrawn else row.kind
    is_gone = kind in ("withdrawn", "removed")
    return ReadingChange(
        kind=kind,
        id=row.key,
        said=tuple(_said(base if is_gone else package, row.key)),
        cells=row.cells if row.kind == "changed" else (),
        named=dict(_named(base, row.key)) if is_gone else {},
    )


def _said(package: Package, value_id: str) -> Iterator[str]:
    """A reading as a reviewer has to see it: its number and all that says what the number is of."""
    values = Values(package)
    one = values.reading(value_id)
    yield f"Reported “{one.printed}”, read as {values.value(value_id)}"
    what = package.row("indicators", one.indicator_id)["name"]
    yield ", ".join(filter(None, (what, *values.subject(value_id)[1:])))
    people = package.name_of("populations", one.population_id) or one.scope_as_printed
    yield f"People: {people or 'not stated'}"
    yield f"{package.name_of('places', one.place_id)}, {span_words(values.period(one))}"
    source = package.row("sources", one.source_id)
    known = filter(None, (source["publisher"], date_words(source["date_published"])))
    yield f"In: {source['title']} ({', '.join(known)}), {one.locator}"


def _named(base: Package, value_id: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The rows of the base that point at a reading: entered ones, and those that were computed from it."""
    for table in base.contract.tables:
        columns = [key.field for key in table.foreign_keys if key.table == READINGS]
        if columns and table.name not in BOOKKEEPING and (base.folder / table.path).is_file():
            rows = [row for row in base.rows(table.name) if value_id in (row[name] for name in columns)]
            if rows:
                yield table.name, tuple(map(table.key_of, rows))


def disagreements(base: Package, package: Package, derived: DerivedChanges) -> tuple[Disagreement, ...]:
    """Where printings disagree now and did not before, or no longer, or otherwise: with both numbers."""
    rows = [row for table in derived.tables if table.table == CONFLICTS for row in table.rows]
    found = [_disagreement(row.kind, base if row.kind == "removed" else package, row.key) for row in rows]
    weights, order = list(conflict_types()), ("added", "changed", "removed")
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), weights.index(one.type))))


def _disagreement(kind: str, package: Package, key: str) -> Disagreement:
    """Each side with its number; and with what else it has, where they differ in something else."""
    row, values = package.row(CONFLICTS, key), Values(package)
    sides = [
        f"{value_id}: {values.value(value_id)}" + ("" if row["dimension"] == "value" else f" (“{has}”)")
        for value_id, has in ((row["value_id"], row["value_has"]), (row["other_id"], row["other_has"]))
    ]
    return Disagreement(kind=kind, id=key, type=row["type"], dimension=row["dimension"], sides=tuple(sides))
