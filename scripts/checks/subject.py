"""What the layers share: the package under check, the one to compare with, and word of progress."""

import subprocess
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import duckdb

from scripts.checks import EVERYTHING, Asked, roles, tables_of_words
from scripts.findings import Finding
from scripts.package import database
from scripts.package.contract import Table
from scripts.package.opening import Package
from scripts.package.reading import ENOUGH_PEOPLE
from scripts.package.sql import literal


@dataclass
class Subject:
    """A package under check. Its contract and database are opened when a layer first asks for them."""

    package: Package
    at: Callable[[str], None] = lambda step: None
    base: Package | None = None  # the published version to compare with
    at_any_size: bool = False  # does the public validator read more rows than it does by itself?
    asked: Asked = EVERYTHING  # the tables and the rules, where not all have to be
    day: date = field(default_factory=date.today)  # after which nothing can have been printed
    notes: list[str] = field(default_factory=list)  # what a reader of the verdict has to know
    left_out: set[str] = field(default_factory=set)  # layers that ask nothing this time
    validator: "subprocess.Popen[bytes] | None" = None  # frictionless, once it is started
    beside: Callable[[Sequence[Finding]], list[Finding]] | None = None  # what a layer finds later
    at_the_end: ExitStack = field(default_factory=ExitStack)  # closed when the check is over

    @cached_property
    def database(self) -> duckdb.DuckDBPyConnection:
        """Every table and each use of a role, loaded once. The files must have passed the byte gate."""
        connection = self.package.database(self.at)
        roles.load(connection, self.uses_of_roles)
        tables_of_words.load(connection)
        connection.execute(f"SET VARIABLE contract_version = {literal(self.package.contract.version)}")
        connection.execute(f"SET VARIABLE enough_people = {ENOUGH_PEOPLE}")
        connection.execute(f"SET VARIABLE today = DATE {literal(self.day.isoformat())}")
        return connection

    @cached_property
    def uses_of_roles(self) -> list[roles.Use]:
        """Where pages, templates and charts ask for roles of data/editorial/featured.csv."""
        return roles.uses(self.package.folder)


def with_rows(
    findings: list[Finding], connection: duckdb.DuckDBPyConnection, tables: Sequence[Table]
) -> list[Finding]:
    """Add the key of its row to each finding, because people look for a row by its key."""
    lines: dict[str, set[int]] = {}
    for found in findings:
        lines.setdefault(found.table, set()).add(found.line)
    by_path = {table.path: table for table in tables}
    names = {
        path: database.row_names(connection, by_path[path], sorted(chosen))
        for path, chosen in lines.items()
    }
    return [replace(found, row=names[found.table].get(found.line, "")) for found in findings]
