"""What the layers share: the package under check, its contract, one database, and word of progress."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb

from scripts import contract
from scripts.checks import warehouse
from scripts.contract import Contract


class Subject:
    """The package in this folder. Contract and database are opened when a layer first asks for them."""

    def __init__(self, folder: Path, at: Callable[[str], None] = lambda step: None) -> None:
        self.folder, self.at = folder, at
        self._to_close = ExitStack()

    @cached_property
    def contract(self) -> Contract:
        """The descriptor as objects. It must have passed its layer."""
        return contract.load(self.folder)

    @cached_property
    def database(self) -> duckdb.DuckDBPyConnection:
        """Every table, loaded once. The files must have passed the byte gate."""
        overflow = self._to_close.enter_context(tempfile.TemporaryDirectory())
        connection = self._to_close.enter_context(warehouse.connect(Path(overflow)))
        warehouse.fill(connection, self.folder, self.contract, self.at)
        return connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._to_close.close()
