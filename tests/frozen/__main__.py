"""Update the structure of the frozen package, or cut it: python -m tests.frozen [--cut]

New columns and tables take their cells from today's rows with the same keys; columns and tables that no
longer exist are removed. Rows that pages name by a role, or by a key that they pass to a chart, are added
with all that they refer to. All other cells stay, so that no test depends on later changes of `data/`.

`--cut` keeps the rows named in `kept.txt`, those passed to a chart, those in a role, all rows that these
refer to, and rows that depend on nothing else. To add one of today's rows, copy it into its table by hand
first.
"""

import re
import sys
from collections.abc import Iterable

from jinja2 import nodes

from scripts.checks.featured_role_references import calls_in_template, find_role_uses, template_pages
from scripts.package.atomic_write import write_text_atomically
from scripts.package.contract import Table
from scripts.package.files import Row, csv_text, rows_of_csv
from scripts.package.package import Package
from tests.frozen import KEPT, ROOT

Rows = dict[str, list[Row]]  # of each table
WANTED = KEPT / "kept.txt"
# Rows that these refer to are kept; rows of other tables stay only if they still fit.
LEADING = ("reported_values", "studies", "indicators", "places", "populations", "series")
DRAWN_IN = ("sources", "organisations", "claims")


def main(*options: str) -> None:
    """Rewrite each table to fit today's datapackage.json."""
    today = Package(ROOT, with_derived=False)
    files = {path.relative_to(KEPT).as_posix(): path for path in (KEPT / "data").rglob("*.csv")}
    for gone in files.keys() - {table.path for table in today.tables}:
        files.pop(gone).unlink()
    paths = {table.name: files[table.path] for table in today.tables if table.path in files}
    held = {name: rows_of_csv(path.read_bytes()) for name, path in paths.items()}
    _add_rows_of_today(held, today, _roles_and_words_in_pages())
    renewed = {table.name: _rows_with_columns_of_today(table, today, held) for table in today.tables}
    if "--cut" in options:
        renewed = cut_tables(renewed, today.tables, keys_in_kept_txt() | words_passed_to_charts())
    for table in today.tables:
        cells = [list(row.values()) for row in renewed[table.name]]
        write_text_atomically(KEPT / table.path, csv_text(table.column_names, cells))
    print("Renewed. Look at the difference: git diff tests/frozen")


def keys_in_kept_txt() -> set[str]:
    """Return the keys that kept.txt names."""
    return {*re.sub("#.*", "", WANTED.read_text(encoding="utf-8")).split()}


def words_passed_to_charts() -> set[str]:
    """Return the words that pages pass to charts by name, keys among them."""
    texts = [page.read_text(encoding="utf-8") for page in template_pages(ROOT)]
    charts = [call for text in texts for name, call in calls_in_template(text) if name == "chart"]
    values = [keyword.value for call in charts for keyword in call.kwargs]
    return {value.value for value in values if isinstance(value, nodes.Const)}


def _roles_and_words_in_pages() -> list[tuple[str, str]]:
    """Return the roles that pages ask for, and what may be keys that they pass to charts."""
    roles = [("featured", use.role) for use in find_role_uses(ROOT)]
    return roles + [(name, word) for name in LEADING for word in sorted(words_passed_to_charts())]


def _add_rows_of_today(held: Rows, today: Package, asked: list[tuple[str, str]]) -> None:
    """Add today's rows that are asked for to the kept rows, with all that these refer to."""
    while asked:
        name, key = asked.pop()
        table, row = today.contract.table(name), today.rows_by_key(name).get(key)
        if row and name in held and key not in map(table.key_of, held[name]):
            held[name] = sorted([*held[name], row], key=table.key_of)
            asked += _rows_referred_to(row, table)


def cut_tables(
    held: Rows, tables: Iterable[Table], named: set[str], drawn_in: tuple[str, ...] = ()
) -> Rows:
    """Cut leading tables to the named rows and those they need, and other tables to rows that still fit.

    Rows of the tables `drawn_in`, such as sources, are removed if no row refers to them.
    """
    by_name = {table.name: table for table in tables}
    needed = _needed_rows(held, by_name, named)
    left = {
        name: [row for row in rows if name not in LEADING or (name, by_name[name].key_of(row)) in needed]
        for name, rows in held.items()
    }
    while left != held:
        held = left
        left = {
            name: _rows_with_valid_references(by_name[name], left, by_name, DRAWN_IN + drawn_in)
            for name in left
        }
    return held


def _needed_rows(held: Rows, tables: dict[str, Table], named: set[str]) -> set[tuple[str, str]]:
    """Return the rows of leading tables that are named or in a role, and those that they refer to."""
    rows = {(name, tables[name].key_of(row)): row for name in LEADING for row in held[name]}
    found: set[tuple[str, str]] = set()
    asked = [place for place in rows if place[1] in named]
    asked += [place for row in held["featured"] for place in _rows_referred_to(row, tables["featured"])]
    while asked:
        if (place := asked.pop()) in rows.keys() - found:
            found.add(place)
            asked += _rows_referred_to(rows[place], tables[place[0]])
    return found


def _rows_with_valid_references(
    table: Table, held: Rows, tables: dict[str, Table], drawn_in: tuple[str, ...]
) -> list[Row]:
    """Return the rows whose references all exist and, for tables such as sources, that are referred to."""
    rows = [row for row in held[table.name] if _has_all_references(row, table, held)]
    if table.name in drawn_in:
        used = {
            place for name in held for row in held[name] for place in _rows_referred_to(row, tables[name])
        }
        rows = [row for row in rows if (table.name, table.key_of(row)) in used]
    if "row_key" in table.column_names:  # an exception, or a correction
        rows = [
            row
            for row in rows
            if row["row_key"]
            in {tables[row["table_name"]].key_of(kept_row) for kept_row in held[row["table_name"]]}
        ]
    return rows


def _rows_referred_to(row: Row, table: Table) -> list[tuple[str, str]]:
    return [(key.table, row[key.field]) for key in table.foreign_keys if row[key.field]]


def _has_all_references(row: Row, table: Table, held: Rows) -> bool:
    """Return whether every row that this row refers to is kept."""
    keys = [key for key in table.foreign_keys if row[key.field] and key.table in held]
    return all(any(kept_row[key.key] == row[key.field] for kept_row in held[key.table]) for key in keys)


def _rows_with_columns_of_today(table: Table, today: Package, held: Rows) -> list[Row]:
    """Return the rows of a table with today's columns; for a new table, those that fit the kept rows."""
    if (rows := held.get(table.name)) is None:
        rows = [row for row in today.rows(table.name) if _has_all_references(row, table, held)]
    return [_row_with_columns_of_today(row, table, today) for row in rows]


def _row_with_columns_of_today(row: Row, table: Table, today: Package) -> Row:
    """Return a row with today's columns; new cells come from today's row of the same key, if any."""
    now = (
        today.rows_by_key(table.name).get(table.key_of(row), {})
        if set(table.primary_key) <= row.keys()
        else {}
    )
    return {name: row.get(name, now.get(name, "")) for name in table.column_names}


if __name__ == "__main__":
    main(*sys.argv[1:])
