"""Renew the form of the frozen package when the contract has changed: python -m tests.frozen

New columns and tables take their cells from today's rows of the same keys; columns and tables that are gone
go here too. All other cells stay as they are, so that no test turns on what has happened to `data/` since.
"""

import json

from scripts.package.contract import Table
from scripts.package.files import Row, csv_text, write_text
from scripts.package.opening import DESCRIPTOR, Package
from tests.frozen import KEPT, ROOT


def main() -> None:
    """Write each table as the contract of today wants it, and say which changed."""
    today, kept = Package(ROOT, with_derived=False), Package(KEPT, with_derived=False)
    held = {table.name: kept.rows(table.name) for table in kept.tables}
    whole = {name: part for name, part in today.descriptor.items() if name != "created"}
    whole["version"] = kept.contract.version  # which tests name
    write_text(KEPT / DESCRIPTOR, json.dumps(whole, ensure_ascii=False, indent=2) + "\n")
    for path in {table.path for table in kept.tables} - {table.path for table in today.tables}:
        (KEPT / path).unlink()
    for table in today.tables:
        if (rows := held.get(table.name)) is None:
            rows = [row for row in today.rows(table.name) if _belongs(row, table, held)]
        cells = [list(_renewed(row, table, today).values()) for row in rows]
        write_text(KEPT / table.path, csv_text(table.header, cells))
    print("Renewed. Look at the difference: git diff tests/frozen")


def _belongs(row: Row, table: Table, held: dict[str, list[Row]]) -> bool:
    """Is all that a row of a new table points at kept?"""
    keys = [key for key in table.foreign_keys if row[key.field] and key.table in held]
    return all(any(one[key.key] == row[key.field] for one in held[key.table]) for key in keys)


def _renewed(row: Row, table: Table, today: Package) -> Row:
    """The row with its columns of today; a new cell is that of the row of the same key, if there is one."""
    now = today.index(table.name).get(table.key_of(row), {}) if set(table.primary_key) <= row.keys() else {}
    return {name: row.get(name, now.get(name, "")) for name in table.header}


if __name__ == "__main__":
    main()
