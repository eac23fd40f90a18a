"""The difference of two contracts: which tables, columns, keys and bounds of one does the other lack?

The check refuses such a loss without a new major version, and a release writes it into its record: both
ask here, so neither lets pass what the other refuses.
"""

from collections.abc import Iterator, Sequence
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


def _parts(table: Table) -> Iterator[Part]:
    """What programs that read a table rely on: each column with its type, and the key."""
    for field in table.fields:
        yield f"{table.name}.{field.name}", f"column {table.name}.{field.name} ({field.type})"
    yield table.name, f"key of {table.name}: {', '.join(table.primary_key)}"


def loosened(before: Sequence[Table], after: Sequence[Table]) -> Iterator[Part]:
    """The constraints of the first state that the second drops or widens; more words of a list are none."""
    now = {(table.name, field.name): field.constraints for table in after for field in table.fields}
    for table in before:
        for field in table.fields:
            kept = now.get((table.name, field.name), field.constraints)
            for name, old in field.constraints.items():
                if _is_wider(name, old, kept.get(name)):
                    yield f"{table.name}.{field.name}", f"{name} {old} of {table.name}.{field.name}"


def _is_wider(name: str, old: Any, new: Any) -> bool:
    if new is None:
        return bool(old)
    if name in ("minimum", "minLength"):
        return bool(new < old)
    if name in ("maximum", "maxLength"):
        return bool(new > old)
    return name != "enum" and bool(new != old)
