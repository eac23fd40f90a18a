"""Readings that a change adds, edits, withdraws or removes, worded as on pages, with related rows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as filled_by

from scripts.contribute.printed_result import unknown_words_before_number
from scripts.package.contract import Field
from scripts.package.package import Package
from scripts.package.reading_index import ENDS
from scripts.package.row_changes import CellChange, RowChange
from scripts.preview.output_changes import BOOKKEEPING, DerivedChanges
from scripts.preview.table_differences import TableChanges
from scripts.wording.reading_words import ReadingWords
from scripts.wording.text_formatting import (
    code_for_readers,
    date_in_words,
    label_by_conflict_type,
    period_in_words,
)

READINGS = "reported_values"
CONFLICTS, VALUES = "conflicts", "values"  # derived tables
MADE_OF = ("numerator_of", "denominator_of", *ENDS)  # links to the parts of a share or a change
COUNTS = "share_by_counts"  # in `values`, the last column for readers
SHOW, WITHDRAWN = "show", "withdrawn"
ORDER = ("withdrawn", "removed", "changed", "added")  # most consequential first


@dataclass(frozen=True, kw_only=True)
class ReadingChange:
    """A reading that was added, changed, withdrawn or removed; if gone, with the rows that refer to it."""

    kind: str  # added, changed, withdrawn or removed
    id: str
    said: tuple[str, ...]  # its number and filled cells; if it is gone, as they were
    computed: tuple[str, ...] = ()  # what is computed from it, if anything
    cells: tuple[CellChange, ...] = ()
    named: Mapping[str, tuple[str, ...]] = filled_by(default_factory=dict)  # rows that refer to it

    @property
    def is_withdrawn_or_removed(self) -> bool:
        """Whether the reading was withdrawn or removed, so that nothing is computed from it."""
        return self.kind in ("withdrawn", "removed")


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """Two readings that disagree, each with its number."""

    kind: str
    id: str
    type: str
    dimension: str
    sides: tuple[str, ...]


def reading_changes(
    base: Package, package: Package, rows: Iterable[TableChanges]
) -> tuple[ReadingChange, ...]:
    """The readings that were withdrawn, removed, changed or added, in this order."""
    tables = [table for table in rows if table.table == READINGS]
    changes = [row for table in tables for row in table.rows]
    found = [_reading_change(base, package, row) for row in changes]
    return tuple(sorted(found, key=lambda change: ORDER.index(change.kind)))


def _reading_change(base: Package, package: Package, row: RowChange) -> ReadingChange:
    is_withdrawn = any((cell.field, cell.became) == (SHOW, WITHDRAWN) for cell in row.cells)
    kind = "withdrawn" if is_withdrawn else row.kind
    is_withdrawn_or_removed = kind in ("withdrawn", "removed")
    return ReadingChange(
        kind=kind,
        id=row.key,
        said=tuple(_lines_for_reviewer(base if is_withdrawn_or_removed else package, row.key)),
        cells=row.cells if row.kind == "changed" else (),
        named=dict(_referring_rows_by_table(base, row.key)) if is_withdrawn_or_removed else {},
    )


def _lines_for_reviewer(package: Package, value_id: str) -> Iterator[str]:
    """Yield what a reviewer must know about a reading: its number, filled cells and related readings."""
    values, row = ReadingWords(package), package.row(READINGS, value_id)
    reading = values.reading(value_id)
    number = values.number_with_unit(value_id)
    read = f"Reported “{reading.printed}”, read as {number}, {code_for_readers(reading.nature)}"
    yield read + _credited_organisation_words(package, value_id)
    if words := _unknown_words_before_number(package, value_id):
        yield f"Words before the number that the program does not know: “{words}”"
    table = package.contract.table(READINGS)
    names = {key.field: key.table for key in table.foreign_keys}
    for field in table.fields:
        if row[field.name] and field.name not in table.primary_key:
            yield (
                f"{field.title}: "
                f"{_cell_in_words(package, field, row[field.name], names.get(field.name, ''))}"
            )
    for relation in MADE_OF:
        for other in package.reading_index.main_mentions_linked_to(relation, value_id):
            role = code_for_readers(relation).removesuffix(" of").capitalize()
            scope = f", “{other.scope_as_printed}”" if other.scope_as_printed else ""
            yield (
                f"{role}: {values.number_with_noun(other.id)} ({other.id}){scope}"
                f"{_credited_organisation_words(package, other.id)}"
            )


def _unknown_words_before_number(package: Package, value_id: str) -> str:
    """The unknown words before a number, which may limit it; blank if there are none."""
    row = package.row(READINGS, value_id)
    mark = package.row("sources", row["source_id"])["decimal_mark"]
    return unknown_words_before_number(row, mark, package.row("indicators", row["indicator_id"]))


def _credited_organisation_words(package: Package, value_id: str) -> str:
    """The words “, credited to …” for a reading; blank if no organisation is credited."""
    body = package.row(READINGS, value_id)["credited_to"]
    return f", credited to {package.row('organisations', body).get('name', body)}" if body else ""


def _cell_in_words(package: Package, field: Field, cell: str, table: str) -> str:
    """A cell in words for readers who do not know codes or keys."""
    if table == "sources":
        source = package.row(table, cell)
        known = filter(None, (source["publisher"], date_in_words(source["date_published"])))
        return f"{source['title']} ({', '.join(known)})"
    if table:
        return package.row(table, cell).get("name", cell)
    return period_in_words(cell) if field.is_date_or_period else field.label_by_code.get(cell, cell)


def add_computed_values(changes: Iterable[ReadingChange], package: Package) -> tuple[ReadingChange, ...]:
    """The changes, each with what is computed from its reading, unless that was withdrawn or removed."""
    return tuple(
        change
        if change.is_withdrawn_or_removed
        else replace(change, computed=_computed_values_in_words(package, change.id))
        for change in changes
    )


def _computed_values_in_words(package: Package, value_id: str) -> tuple[str, ...]:
    """What is computed from a reading: a share from its counts, and the computed columns of `values`."""
    row, typed = package.row(VALUES, value_id), package.contract.table(READINGS).field_by_name
    columns = []
    for field in package.contract.table(VALUES).fields:
        if field.name == COUNTS:
            break
        if row[field.name] and not {field.name, f"{field.name}_id"} & typed.keys():
            columns.append(f"{field.title}: {field.label_by_code.get(row[field.name], row[field.name])}")
    return tuple(filter(None, (row[COUNTS].replace(": ", " = "), f"Computed – {'; '.join(columns)}")))


def _referring_rows_by_table(base: Package, value_id: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the keys of the rows in the base that refer to a reading, table by table."""
    for table in base.contract.tables:
        columns = [key.field for key in table.foreign_keys if key.table == READINGS]
        is_there = table.name not in BOOKKEEPING and (base.folder / table.path).is_file()
        rows = base.rows(table.name) if columns and is_there else []
        if found := [row for row in rows if value_id in map(row.get, columns)]:
            yield table.name, tuple(map(table.key_of, found))


def new_and_resolved_disagreements(
    base: Package, package: Package, derived: DerivedChanges
) -> tuple[Disagreement, ...]:
    """The disagreements between readings that are new, have changed or are gone, in this order."""
    tables = [table for table in derived.tables if table.table == CONFLICTS]
    rows = [row for table in tables for row in table.rows]
    found = [
        _disagreement_with_numbers(row.kind, base if row.kind == "removed" else package, row.key)
        for row in rows
    ]
    weights, order = list(label_by_conflict_type()), ("added", "changed", "removed")
    return tuple(
        sorted(
            found,
            key=lambda pair: (order.index(pair.kind), weights.index(pair.type)),
        )
    )


def _disagreement_with_numbers(kind: str, package: Package, key: str) -> Disagreement:
    """A disagreement, with each side's number and, if the two differ in something else, with that too."""
    row, values = package.row(CONFLICTS, key), ReadingWords(package)
    sides = [
        f"{value_id}: {values.number_with_unit(value_id)}"
        + ("" if row["dimension"] == "value" else f" (“{has}”)")
        for value_id, has in ((row["value_id"], row["value_has"]), (row["other_id"], row["other_has"]))
    ]
    return Disagreement(kind=kind, id=key, type=row["type"], dimension=row["dimension"], sides=tuple(sides))
