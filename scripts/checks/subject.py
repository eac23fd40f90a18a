"""What the layers share: the package under check, its contract, one database, and word of progress."""

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb

from scripts import contract
from scripts.checks import roles, warehouse
from scripts.contract import Contract, Table
from scripts.findings import Finding


class Subject:
    """The package in this folder. Contract and database are opened when a layer first asks for them."""

    def __init__(
        self,
        folder: Path,
        at: Callable[[str], None] = lambda step: None,
        with_derived: bool = True,
        base: Path | None = None,
    ) -> None:
        self.folder, self.at, self.with_derived = folder, at, with_derived
        self.base = base  # folder of the published version to compare with
        self.notes: list[str] = []  # what a reader of the verdict has to know
        self._to_close = ExitStack()

    @cached_property
    def contract(self) -> Contract:
        """The descriptor as objects. It must have passed its layer."""
        return contract.load(self.folder)

    @property
    def tables(self) -> list[Table]:
        """The tables that are checked: before derived ones are rebuilt, they are left out."""
        return [table for table in self.contract.tables if self.with_derived or not table.is_derived]

    @cached_property
    def database(self) -> duckdb.DuckDBPyConnection:
        """Every table, loaded once. The files must have passed the byte gate."""
        overflow = self._to_close.enter_context(tempfile.TemporaryDirectory())
        connection = self._to_close.enter_context(warehouse.connect(Path(overflow)))
        warehouse.fill(connection, self.folder, self.tables, self.at)
        uses = self.uses_of_roles
        places = [use.role for use in uses], [use.file for use in uses], [use.line for use in uses]
        warehouse.add_uses_of_roles(connection, *places)
        return connection

    @cached_property
    def uses_of_roles(self) -> list[roles.Use]:
        """Where pages, templates and charts ask for roles of data/featured.csv."""
        return roles.uses(self.folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._to_close.close()


def with_rows(
    findings: list[Finding], connection: duckdb.DuckDBPyConnection, tables: Sequence[Table]
) -> list[Finding]:
    """Add the key of its row to each finding, because people look for a row by its key."""
    lines: dict[str, set[int]] = {}
    for found in findings:
        lines.setdefault(found.table, set()).add(found.line)
    by_path = {table.path: table for table in tables}
    names = {
        path: warehouse.row_names(connection, by_path[path], sorted(chosen))
        for path, chosen in lines.items()
    }
    return [replace(found, row=names[found.table].get(found.line, "")) for found in findings]
