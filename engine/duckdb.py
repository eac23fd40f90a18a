"""DuckDB for browsers under its usual name: the part of its interface that the check asks for.

The engine is the one of `duckdb-wasm`, in the same worker. A table that is read from a file is handed to it
first, parameters are written into the statement, and an answer comes back column by column.
"""

import datetime
import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import _engine
from pyodide.ffi import JsException, to_js


class Error(Exception):
    """What the engine refuses."""


class CatalogException(Error):
    """A table or function that is not there."""


class BinderException(Error):
    """A column that is not there, or of another kind."""


class ConversionException(Error):
    """A text that is no value of the kind that is asked for."""


class OutOfRangeException(Error):
    """A number beyond what a column holds."""


class IOException(Error):
    """A file that cannot be read."""


NAMED = {  # by how a message begins
    "Catalog Error": CatalogException,
    "Binder Error": BinderException,
    "Conversion Error": ConversionException,
    "Out of Range Error": OutOfRangeException,
    "IO Error": IOException,
}
EPOCH = datetime.date(1970, 1, 1)
TEXT_OR_PARAMETER = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|\?|\$\d+")
READ_FILE = re.compile(r"read_csv\('((?:[^']|'')*)'")
NO_NETWORK = "SET autoinstall_known_extensions = false; SET autoload_known_extensions = false"
WHOLE = re.compile(r"U?[Ii]nt\d+|Decimal\[\d+e\+?0\]")
KINDS: Mapping[str, Callable[[Any], object]] = {
    "Float64": float,
    "Float32": float,
    "Date32<DAY>": lambda cell: EPOCH + datetime.timedelta(milliseconds=cell),
}


class DuckDBPyConnection:
    """A connection, and the answer to the last statement."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle
        self._rows: list[tuple[object, ...]] = []
        self.description: list[tuple[str, ...]] = []

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> Self:
        """Run statements. Error where one fails."""
        for path in READ_FILE.findall(sql):
            _engine.put(path, to_js(Path(path.replace("''", "'")).read_bytes()))
        try:
            answer = json.loads(_engine.ask(self._handle, _with(sql, parameters)))
        except JsException as error:
            message = str(error.message)
            raise NAMED.get(message.partition(":")[0], Error)(message) from None
        self.description = [(name,) for name in answer["names"]]
        self._rows = list(zip(*map(_cells, answer["kinds"], answer["columns"]), strict=True))
        return self

    def fetchall(self) -> list[tuple[object, ...]]:
        """All rows that are left."""
        return self.fetchmany(len(self._rows))

    def fetchmany(self, most: int) -> list[tuple[object, ...]]:
        """The next rows, so many at most."""
        rows, self._rows = self._rows[:most], self._rows[most:]
        return rows

    def fetchone(self) -> tuple[object, ...] | None:
        """The next row; None where none is left."""
        return next(iter(self.fetchmany(1)), None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._handle.close()


def connect(config: Mapping[str, object] | None = None) -> DuckDBPyConnection:
    """A new database in memory. There is one at a time, so the one before is gone."""
    _engine.restart()
    return _connection()


def execute(sql: str, parameters: Sequence[object] = ()) -> DuckDBPyConnection:
    """Ask the engine alone, without a table."""
    return _connection().execute(sql, parameters)


def _connection() -> DuckDBPyConnection:
    return DuckDBPyConnection(_engine.connect()).execute(NO_NETWORK)


def _cells(kind: str, cells: Sequence[Any]) -> list[object]:
    made = int if WHOLE.fullmatch(kind) else KINDS.get(kind)
    return [made(cell) if made and cell is not None else cell for cell in cells]


def _with(sql: str, parameters: Sequence[object]) -> str:
    """The statement with its parameters written into it; what stands in quotes is left alone."""
    if not parameters:
        return sql
    left = iter(parameters)

    def written(match: re.Match[str]) -> str:
        found = match[0]
        if found == "?":
            return _literal(next(left))
        return _literal(parameters[int(found[1:]) - 1]) if found.startswith("$") else found

    return TEXT_OR_PARAMETER.sub(written, sql)


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value)
