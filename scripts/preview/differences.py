"""The difference of two packages: the contract word by word, the rows matched by key.

For a reviewer, who has to see every word; `contract.lost` tells what programs rely on.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from scripts.package.contract import Table
from scripts.package.opening import Package
from scripts.package.row_changes import AFTER, BEFORE, RowChange, can_be_matched, row_changes
from scripts.package.sql import quoted

CONTAINERS = {"resources", "schema", "fields", "constraints"}  # say nothing to a reader
OTHER_KEY = "Its key is another one, so its rows cannot be matched."


@dataclass(frozen=True)
class ContractChange:
    """A part of the contract that is new, gone or changed."""

    kind: str
    place: str  # from the table inwards
    was: str = ""
    became: str = ""


@dataclass(frozen=True)
class TableChanges:
    """The rows of one table that differ, or why they cannot be compared."""

    table: str
    rows: tuple[RowChange, ...]
    not_compared: str = ""

    def of_kind(self, kind: str) -> list[RowChange]:
        """The rows that were added, changed or removed."""
        return [row for row in self.rows if row.kind == kind]


def contract_changes(base: Package, package: Package) -> tuple[ContractChange, ...]:
    """Compare the two descriptors as they stand."""
    return tuple(_differences((), base.descriptor, package.descriptor))


def _differences(path: tuple[str, ...], before: Any, after: Any) -> Iterator[ContractChange]:
    old, new = _keyed(before), _keyed(after)
    if not isinstance(old, dict) or not isinstance(new, dict):
        if old != new:
            yield ContractChange("changed", _place(path), _text(before), _text(after))
        return
    for key in dict.fromkeys([*old, *new]):
        here = (*path, key)
        if key in old and key in new:
            yield from _differences(here, old[key], new[key])
        else:
            kind = "new" if key in new else "gone"
            yield ContractChange(kind, _place(here), _text(old.get(key)), _text(new.get(key)))
    if isinstance(before, list) and _order(old, new) != _order(new, old):
        yield ContractChange("changed", _place((*path, "order")))


def _keyed(part: Any) -> Any:
    """A list as a dictionary: by the names or words of its parts, or else by number."""
    if not isinstance(part, list):
        return part
    names = [
        str(one.get("name", one.get("value", ""))) if isinstance(one, dict) else _text(one) for one in part
    ]
    if "" in names or len(set(names)) < len(names):
        names = [str(number) for number in range(1, len(part) + 1)]
    return dict(zip(names, part, strict=True))


def _order(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return [key for key in one if key in other]


def _place(path: tuple[str, ...]) -> str:
    return ", ".join(part for part in path if part not in CONTAINERS)


def _text(part: Any) -> str:
    """A word or number as it is; of a larger part only its name is shown."""
    if part is None or isinstance(part, dict | list):
        return ""
    return part if isinstance(part, str) else json.dumps(part)


def table_changes(
    connection: duckdb.DuckDBPyConnection,
    before: Sequence[Table],
    after: Sequence[Table],
    at: Callable[[str], None],
) -> tuple[TableChanges, ...]:
    """Compare the loaded tables of two states; one that a state lacks has no rows there."""
    old, new = ({table.name: table for table in tables} for tables in (before, after))
    found = []
    for name in dict.fromkeys([*new, *old]):
        at(f"Comparing the rows of {name}")
        was, now = old.get(name) or new[name], new.get(name) or old[name]
        for schema, its in ((BEFORE, old), (AFTER, new)):
            if name not in its:
                _leave_empty(connection, schema, now)
        is_matched = can_be_matched(was, now)
        rows = tuple(row_changes(connection, was, now)) if is_matched else ()
        found.append(TableChanges(name, rows, "" if is_matched else OTHER_KEY))
    return tuple(found)


def _leave_empty(connection: duckdb.DuckDBPyConnection, schema: str, table: Table) -> None:
    """Stand in for a table that one state lacks, so that all rows of the other are new or gone."""
    columns = ", ".join(f"{quoted(name)} VARCHAR" for name in table.header)
    connection.execute(f"CREATE OR REPLACE TABLE {schema}.{quoted(table.name)} (line BIGINT, {columns})")


def worded_in_general(package: Package, changes: Sequence[TableChanges]) -> tuple[str, ...]:
    """The indicators that a change adds without a sentence of their own."""
    added = [row.key for table in changes if table.table == "indicators" for row in table.of_kind("added")]
    has_words = any(table.name == "indicator_words" for table in package.contract.tables)
    own = package.index("indicator_words") if added and has_words else {}
    return tuple(key for key in added if not own.get(key, {}).get("sentence"))
