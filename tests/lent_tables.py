"""Packages alike share a database: what a test has changed is read anew, and taken back at the end.

Hundreds of tests open a package in which they changed a few tables of some fifty, and to load all of them
takes longer than to ask what is asked. test_lent_tables.py holds what is lent against what is loaded.

A query that fails ends the transaction, and each query after it fails. A test that has one, or changes a
setting of DuckDB, asks for `own_database`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import sha256

import duckdb

from scripts.package import database
from scripts.package.contract import Table
from scripts.package.opening import Package
from scripts.package.sql import quoted
from scripts.package.views import GATHERED
from tests import memo
from tests.conftest import FROZEN

Step = Callable[[str], None]
Contents = Mapping[str, str]  # a short name of the bytes of each table, by its path
MOST_TABLES = 15  # that are read anew; above, a database of its own is better
MOST_KEPT = 6
plain = Package.database
_kept: list["Kept"] = []


class Kept:
    """A database that stays, and what it was loaded from."""

    def __init__(self, package: Package, contents: Contents) -> None:
        self.tables = package.tables
        self.contents = contents
        self.is_free = True
        self._open = database.empty()
        self.connection = self._open.__enter__()
        database.fill(self.connection, package.folder, package.tables, lambda step: None)
        queries = {name: query(self.tables) for name, query in GATHERED.items()}
        self.read_by = memo.gathered_from(self.connection, queries)

    def differing(self, contents: Contents) -> list[Table]:
        """The tables that have other bytes than those that were loaded."""
        return [table for table in self.tables if contents[table.path] != self.contents[table.path]]

    @contextmanager
    def lent(self, package: Package, differing: Sequence[Table]) -> Iterator[duckdb.DuckDBPyConnection]:
        """The tables of this package, until it is closed."""
        self.is_free = False
        self.connection.begin()
        try:
            self._read_anew(package, differing)
            del package  # it holds this generator, and goes at once if nobody closes it
            yield self.connection
        finally:
            self._take_back()

    def _take_back(self) -> None:
        """As it was; what cannot be taken back is lent no more."""
        try:
            self.connection.rollback()
            self.connection.execute("RESET disabled_optimizers")
            self.is_free = True
        except duckdb.Error:
            _kept[:] = [one for one in _kept if one is not self]

    def _read_anew(self, package: Package, tables: Sequence[Table]) -> None:
        for table in tables:
            self.connection.execute(f"DROP TABLE main.{quoted(table.name)}")
            self.connection.execute(f"DROP TABLE raw.{quoted(table.name)}")
            database.load_text(self.connection, "raw", package.folder, table)
            database.type_cells(self.connection, table, "TABLE")
        names = {table.name for table in tables}
        stale = [name for name, read in self.read_by.items() if names & {table for table, _ in read}]
        database.gather(self.connection, self.tables, stale)


def database_of(self: Package, at: Step = lambda step: None) -> duckdb.DuckDBPyConnection:
    """`Package.database`, lent where it can be."""
    if self._database is None:
        contents = _contents(self)
        if (one := _fitting(self, contents)) is None:
            return plain(self, at)
        for table in self.tables:
            at(f"Loading {table.path}")
        at("Gathering the cells that hold text")
        self._database = self._to_close.enter_context(one.lent(self, one.differing(contents)))
    return self._database


def _fitting(package: Package, contents: Contents) -> Kept | None:
    """A database that holds tables like these and is free, a new one, or none."""
    if package.tables not in _of_the_project() or _size(package) >= database.SMALL:
        return None
    free = [one for one in _kept if one.is_free and one.tables == package.tables]
    closest = min(free, key=lambda one: len(one.differing(contents)), default=None)
    if closest and len(closest.differing(contents)) <= MOST_TABLES:
        return closest
    if len(_kept) == MOST_KEPT:
        return None
    _kept.append(Kept(package, contents))
    return _kept[-1]


@cache
def _of_the_project() -> list[list[Table]]:
    """The tables as they are described, with and without the derived ones."""
    return [Package(FROZEN, with_derived).tables for with_derived in (True, False)]


def _size(package: Package) -> int:
    return sum((package.folder / table.path).stat().st_size for table in package.tables)


def _contents(package: Package) -> Contents:
    paths = [table.path for table in package.tables]
    return {path: sha256((package.folder / path).read_bytes()).hexdigest() for path in paths}
