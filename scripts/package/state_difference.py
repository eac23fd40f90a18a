"""The difference of two contracts: which tables, columns, keys and bounds of one does the other lack?

The check refuses such a loss without a new major version, and a release writes it into its record: both
ask here, so neither lets pass what the other refuses.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scripts.package.contract import Table

Part = tuple[str, str]  # its place in the contract, and words for it


def lost(before: Sequence[Table], after: Sequence[Table]) -> Iterator[Part]:
    """The parts of the first state that the second lacks. Of a table that is gone only its name is told."""
    names = {table.name for table in after}
    kept = {part for table in after for part in _parts(table)}
    for table in before:
        if table.name not in names:
            yield table.name, f"table {table.name}"
        else:
            yield from (part for part in _parts(table) if part not in kept)


def loosened(before: Sequence[Table], after: Sequence[Table]) -> Iterator[Part]:
    """What the first state asked of cells of columns that both have, and the second no longer does."""
    now = {(table.name, field.name): field for table in after for field in table.fields}
    keys = {(table.name, key) for table in after for key in table.foreign_keys}
    for table in before:
        for field in table.fields:
            if (table.name, field.name) in now:
                for words in _given_up(field.constraints, now[table.name, field.name].constraints):
                    yield f"{table.name}.{field.name}", words
        for key in table.foreign_keys:
            if (table.name, key.field) in now and (table.name, key) not in keys:
                yield f"{table.name}.{key.field}", f"a key of {key.table}"


def _given_up(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for name, asked in before.items():
        now = after.get(name)
        if name in ("minimum", "minLength"):
            is_looser = now is None or now < asked
        elif name in ("maximum", "maxLength"):
            is_looser = now is None or now > asked
        elif name == "enum":
            is_looser = now is None or bool(set(now) - set(asked))
        else:
            is_looser = now != asked
        if is_looser:
            yield f"the constraint {name}"


def _parts(table: Table) -> Iterator[Part]:
    """What programs that read a table rely on: each column with its type, and the key."""
    for field in table.fields:
        yield f"{table.name}.{field.name}", f"column {table.name}.{field.name} ({field.type})"
    yield table.name, f"key of {table.name}: {', '.join(table.primary_key)}"
