"""Readings that a change adds, changes or takes back, in the words of the pages, and what goes along."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scripts.package.opening import Package
from scripts.package.row_changes import RowChange
from scripts.preview.results import (
    BOOKKEEPING,
    CONFLICTS,
    READINGS,
    DerivedChanges,
    Disagreement,
    Named,
    PageChanges,
    ReadingChange,
    Side,
    TableChanges,
)
from scripts.wording.reading_words import Values
from scripts.wording.words import conflict_types, date_words, span_words

SHOW, WITHDRAWN = "show", "withdrawn"
ORDER = ("withdrawn", "removed", "changed", "added")  # what takes most with it comes first


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
        now=_side(base if is_gone else package, row.key),
        cells=row.cells if row.kind == "changed" else (),
        named=tuple(_named(base, row.key)) if is_gone else (),
    )


def _side(package: Package, value_id: str) -> Side:
    """A reading as a reviewer has to see it: its number and all that says what the number is of."""
    values = Values(package)
    one = values.reading(value_id)
    source = package.row("sources", one.source_id)
    known = [part for part in (source["publisher"], date_words(source["date_published"])) if part]
    return Side(
        id=value_id,
        printed=one.printed,
        number=values.value(value_id),
        what=package.row("indicators", one.indicator_id)["name"],
        people=package.name_of("populations", one.population_id) or one.scope_as_printed,
        ages=", ".join(part for part in values.subject(value_id)[1:] if part),
        place=package.name_of("places", one.place_id),
        period=span_words(values.period(one)),
        source=f"{source['title']} ({', '.join(known)})",
        locator=one.locator,
    )


def _named(base: Package, value_id: str) -> Iterator[Named]:
    """The rows of the base that point at a reading: entered ones, and those that were computed from it."""
    for table in base.contract.tables:
        columns = [key.field for key in table.foreign_keys if key.table == READINGS]
        is_told = table.name not in BOOKKEEPING and (base.folder / table.path).is_file()
        rows = base.rows(table.name) if columns and is_told else []
        keys = [table.key_of(row) for row in rows if value_id in (row[name] for name in columns)]
        if keys:
            yield Named(table.name, tuple(keys))


def with_pages(changes: Iterable[ReadingChange], pages: PageChanges) -> tuple[ReadingChange, ...]:
    """To each reading that goes, the pages that showed it."""
    return tuple(replace(one, pages=pages.showing.get(one.now.id, ())) for one in changes)


def disagreements(base: Package, package: Package, derived: DerivedChanges) -> tuple[Disagreement, ...]:
    """Where printings disagree now and did not before, or no longer, or otherwise: with both numbers."""
    rows = [row for table in derived.tables if table.table == CONFLICTS for row in table.rows]
    found = [_disagreement(row.kind, base if row.kind == "removed" else package, row.key) for row in rows]
    weights = list(conflict_types())
    order = ("added", "changed", "removed")
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), weights.index(one.type))))


def _disagreement(kind: str, package: Package, key: str) -> Disagreement:
    row = package.row(CONFLICTS, key)
    values = Values(package)
    return Disagreement(
        kind=kind,
        id=key,
        type=row["type"],
        dimension=row["dimension"],
        one=f"{row['root_id']}: {values.value(row['root_id'])}",
        one_has=row["root_has"],
        other=f"{row['value_id']}: {values.value(row['value_id'])}",
        other_has=row["printing_has"],
    )
