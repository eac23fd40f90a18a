"""The difference of two contracts: which tables, columns, types and keys of one does the other lack?

The check refuses such a loss without a new major version, and a release writes it into its record: both
ask here, so neither lets pass what the other refuses.
"""

from collections.abc import Iterator, Sequence

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
