"""The class that opens a package: its contract, rows, readings and database are each loaded once."""

import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from copy import copy
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from scripts.package import contract
from scripts.package.contract import Contract, Table
from scripts.package.featured_roles import FeaturedRoles
from scripts.package.files import (
    LARGEST_TABLE,
    LINK,
    Row,
    UnreadableFile,
    group_by_key,
    rows_of_csv,
    why_unreadable,
)
from scripts.package.reading_index import ReadingIndex
from scripts.package.unknown_value_errors import raise_if_unknown_value, value_or_key_error

if TYPE_CHECKING:
    import duckdb
    import pandas

DESCRIPTOR = "datapackage.json"


class Package:
    """The data package in a folder, passed around instead of the folder so that nothing is read twice.

    Methods that read tables need files that have passed the check. A package is opened for one run: it does
    not see what a command writes afterwards. All callers share the rows, and must not modify them.
    """

    def __init__(self, folder: Path, with_derived: bool = True) -> None:
        self.folder = folder
        self.with_derived = with_derived  # False when the derived tables are about to be rebuilt
        self._contents: dict[str, bytes] = {}
        self._rows: dict[str, list[Row]] = {}
        self._frames: dict[str, pandas.DataFrame] = {}
        self._indexes: dict[str, dict[str, Row]] = {}
        self._groups: dict[tuple[str, str], dict[str, list[Row]]] = {}
        self._to_close = ExitStack()
        self._database: duckdb.DuckDBPyConnection | None = None

    def bytes_of_file(self, path: str) -> bytes:
        """The bytes of a file in the package.

        Raises UnreadableFile for a device, or for a link, which may point outside the package.
        """
        if path not in self._contents:
            place = self.folder / path
            if place.exists() and (fault := why_unreadable(self.folder, place, LARGEST_TABLE)):
                way_out = " Put what it leads to in its place." if fault == LINK else ""
                raise UnreadableFile(f"{path}: {fault}{way_out}")
            self._contents[path] = place.read_bytes()
        return self._contents[path]

    @cached_property
    def descriptor(self) -> dict[str, Any]:
        """The parsed JSON of `datapackage.json`."""
        whole: dict[str, Any] = json.loads(self.bytes_of_file(DESCRIPTOR))
        return whole

    @cached_property
    def contract(self) -> Contract:
        """The descriptor as typed objects; it must have passed the `descriptor` layer of the check."""
        return contract.parse_contract(self.descriptor)

    @property
    def codes_common_to_all_columns(self) -> set[str]:
        """The codes that mean the same in any column, such as not_read."""
        return {word["value"] for word in self.descriptor.get("commonWords", ())}

    @property
    def tables(self) -> list[Table]:
        """The tables in the contract, without derived ones if the package was opened without them."""
        return [table for table in self.contract.tables if self.with_derived or not table.is_derived]

    def rows(self, table: str) -> list[Row]:
        """All rows of a table in file order, all cells as text; raises KeyError for an unknown table."""
        if table not in self._rows:
            self._rows[table] = rows_of_csv(self.bytes_of_file(self.contract.table(table).path))
        return self._rows[table]

    def with_rows(self, rows: Mapping[str, Sequence[Row]]) -> "Package":
        """A copy of the package with other rows in some tables.

        The files and the database of the copy still have the old rows, so callers must not use them.
        """
        other = Package(self.folder, self.with_derived)
        other.contract = self.contract
        other._rows = self._rows | {name: [*table_rows] for name, table_rows in rows.items()}
        return other

    def with_version(self, version: str, day: str, homepage: str = "") -> "Package":
        """A copy of the package with another version, date and, if given, homepage in its contract."""
        told = {
            "version": version,
            "created": f"{day}T00:00:00Z" if day else "",
            "homepage": homepage or self.descriptor.get("homepage", ""),
        }
        if told == {name: self.descriptor.get(name, "") for name in told}:
            return self
        known = {name: words for name, words in told.items() if words}
        whole: dict[str, Any] = {}
        for name, part in self.descriptor.items():
            whole |= known if name == "version" else {} if name in told else {name: part}
        other = copy(self)  # shares the rows already read
        text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
        other._contents = self._contents | {DESCRIPTOR: text.encode()}
        other.descriptor, other.contract = whole, contract.parse_contract(whole)
        return other

    def rows_as_frame(self, table: str) -> "pandas.DataFrame":
        """All rows of a table as a data frame of text, with blanks as "". Callers must not modify it."""
        import pandas  # imported here because contributions are checked without it

        if table not in self._frames:
            header = self.contract.table(table).column_names
            self._frames[table] = pandas.DataFrame(self.rows(table), columns=header, dtype="str")
        return self._frames[table]

    def rows_by_key(self, table: str) -> dict[str, Row]:
        """The rows of a table by key; a key of several columns is joined with spaces."""
        if table not in self._indexes:
            key_of = self.contract.table(table).key_of
            self._indexes[table] = {key_of(row): row for row in self.rows(table)}
        return self._indexes[table]

    def row(self, table: str, key: str) -> Row:
        """One row of a table; for an unknown key, raises KeyError, which lists the most similar keys."""
        return value_or_key_error(self.rows_by_key(table), key, f"row “{key}” in {table}")

    def name_of(self, table: str, key: str) -> str:
        """The name in the row with this key; blank for a blank key."""
        return self.row(table, key)["name"] if key else ""

    def rows_with_cell(self, table: str, column: str, cell: str) -> list[Row]:
        """The rows of a table that have this cell in a column."""
        if (table, column) not in self._groups:
            self._groups[table, column] = group_by_key((row[column], row) for row in self.rows(table))
        return self._groups[table, column][cell]

    def scope_rows(self, table: str, column: str, row_key: str) -> list[Row]:
        """The rows of `scopes` that link rows of a table to this study or value; none for a blank key."""
        key = self.contract.table(table).primary_key[0]
        return [row for row in self.rows_with_cell("scopes", column, row_key) if row[key] and row_key]

    def rows_applying_to(self, table: str, column: str, cell: str) -> list[Row]:
        """The rows of a table that apply to this study or value, according to `scopes`."""
        key = self.contract.table(table).primary_key[0]
        return [self.row(table, scope[key]) for scope in self.scope_rows(table, column, cell)]

    def studies_of(self, table: str, row: Row) -> list[str]:
        """The ids of the studies that a row applies to, according to `scopes`."""
        key = self.contract.table(table).primary_key[0]
        return [
            scope["study_id"] for scope in self.rows_with_cell("scopes", key, row[key]) if scope["study_id"]
        ]

    def allowed_cells(self, table: Table, column: str) -> Collection[str]:
        """The codes or keys that a column may hold; empty if any text is allowed."""
        keys = [key.table for key in table.foreign_keys if key.field == column]
        return self.rows_by_key(keys[0]) if keys else table.field_by_name[column].allowed_codes

    def rows_with_cells(self, table: str, **cells: str) -> list[Row]:
        """The rows of a table that have all of these cells; scans the table.

        Raises ValueError for an unknown table or column, and for a code that is not in the list of its
        column, since a mistyped code would match no row.
        """
        raise_if_unknown_value("table", table, [table.name for table in self.contract.tables])
        columns = self.contract.table(table).field_by_name
        for name, cell in cells.items():
            raise_if_unknown_value(f"a column of {table}", name, columns)
            if cell:
                raise_if_unknown_value(f"{table}.{name}", cell, columns[name].allowed_codes)
        return [row for row in self.rows(table) if all(row[name] == cell for name, cell in cells.items())]

    @cached_property
    def reading_index(self) -> ReadingIndex:
        """The readings of the package as objects."""
        return ReadingIndex(self.rows, self.rows_by_key)

    @cached_property
    def featured_roles(self) -> FeaturedRoles:
        """The featured readings, studies and limitations, by role."""
        return FeaturedRoles(self.reading_index)

    @property
    def country_id(self) -> str:
        """The id of the country that the package is about, as the descriptor gives it."""
        return str(self.descriptor["country"])

    def database(self) -> "duckdb.DuckDBPyConnection":
        """All tables in DuckDB, loaded once; the files must have passed the byte check."""
        from scripts.package import database  # imported here: help texts and readings do not need DuckDB

        if self._database is None:
            connection = self._to_close.enter_context(database.open_empty_database())
            database.load_tables(connection, self.folder, self.tables)
            self._database = connection
        return self._database

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._to_close.close()
