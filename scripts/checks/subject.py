"""What the layers share: the package under check, its contract, one database, and word of progress."""

import subprocess
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
from scripts.checks import warehouse
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
        at_any_size: bool = False,
    ) -> None:
        self.folder, self.at, self.with_derived = folder, at, with_derived
        self.base = base  # folder of the published version to compare with
        self.at_any_size = at_any_size  # does the public validator read more rows than it does by itself?
        self.notes: list[str] = []  # what a reader of the verdict has to know
        self.left_out: set[str] = set() if base else {"published"}  # layers that ask nothing this time
        self.validator: subprocess.Popen[bytes] | None = None  # frictionless, once it is started
        self.beside: Callable[[Sequence[Finding]], list[Finding]] | None = None  # what a layer finds later
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
        return connection

    def at_the_end(self, call: Callable[[], None]) -> None:
        """Call this when the check is over, however it ended."""
        self._to_close.callback(call)

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
