"""Checks of packages that differ in a few rows: only tables that have changed are asked again.

The layers schema, rules and reproduction take most of a check, whatever the size of the tables, and
hundreds of tests check a package in which they changed a row or two. test_memo.py holds the findings
against plain checks.
"""

import os
import pickle
import re
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb

from scripts import derived
from scripts.checks import reproduction, schema, sql_rules
from scripts.checks.schema import Question
from scripts.checks.sql_rules import SqlRule
from scripts.checks.subject import Subject
from scripts.findings import Finding
from scripts.package.contract import Table
from scripts.package.opening import DESCRIPTOR, Package
from scripts.package.sql import literal, quoted

Connection = duckdb.DuckDBPyConnection
plain_rules, plain_schema = sql_rules.check, schema.check
plain_reproduction = reproduction.check
_offences, _failed, _build = sql_rules.offences, schema._failed, derived.build
_kept: dict[str, Any] = {}
shared: list[Path] = []  # a folder in which workers find what others have made in this run
Content = tuple[Any, ...]


def digest(key: object) -> str:
    """A short name of a key, which every worker writes alike."""
    return sha256(repr(key).encode()).hexdigest()


def kept(key: object, make: Callable[[], Any]) -> Any:
    """What was made of this before, by this worker or another."""
    name = digest(key)
    if name not in _kept:
        places = [folder / name for folder in shared]
        found = [place for place in places if place.exists()]
        _kept[name] = pickle.loads(found[0].read_bytes()) if found else make()
        for place in [] if found else places:
            own = place.with_name(f"{name}.{os.getpid()}")
            own.write_bytes(pickle.dumps(_kept[name]))
            own.replace(place)  # whole, or not there
    return _kept[name]


def check_rules(subject: Subject) -> list[Finding]:
    """`sql_rules.check`, with the findings of each rule from an earlier check where it read the same."""
    state = State(subject.database)

    def offences(connection: Connection, rule: SqlRule) -> list[Finding]:
        found: list[Finding] = kept((rule, state.of(rule.query)), lambda: _offences(connection, rule))
        return found

    with patch.object(sql_rules, "offences", offences):
        return plain_rules(subject)


def check_schema(subject: Subject) -> list[Finding]:
    """`schema.check`, with the counts of each table from an earlier check of the same rows."""
    state = State(subject.database)

    def failed(connection: Connection, table: Table, questions: list[Question]) -> list[Question]:
        asked = tuple(questions)
        key = (table.name, named(asked), state.of(f"{table.name} {questions}"))
        places = kept(key, lambda: [*map(asked.index, _failed(connection, table, questions))])
        return [asked[place] for place in places]

    with patch.object(schema, "_failed", failed):
        return plain_schema(subject)


def check_reproduction(subject: Subject) -> list[Finding]:
    """`reproduction.check`, with the derived tables of an earlier check of the same contract and data."""

    def build(package: Package) -> dict[str, str]:
        read = [DESCRIPTOR, *(table.path for table in package.contract.entered)]
        contents = [sha256(package.content(path)).hexdigest() for path in read]
        texts: dict[str, str] = kept(contents, lambda: _build(package))
        return texts

    with patch.object(derived, "build", build):
        return plain_reproduction(subject)


class State:
    """What a database holds under each name, in any schema."""

    def __init__(self, connection: Connection) -> None:
        views = connection.execute(
            "SELECT view_name, sql FROM duckdb_views() WHERE NOT internal"
        ).fetchall()
        variables = connection.execute("SELECT name, value::VARCHAR FROM duckdb_variables()").fetchall()
        self.views = dict(views)
        self.content: dict[str, list[Content]] = {}
        for name, *content in [*_tables(connection), *views, *variables]:
            self.content.setdefault(name, []).append(tuple(content))
        self.digests = {name: digest(sorted(some, key=repr)) for name, some in self.content.items()}

    def read_by(self, query: str) -> set[str]:
        """The names that a query reads, itself or in a view: each word in it may be one."""
        found: set[str] = set()
        new = words(query) & self.content.keys()
        while new:
            found |= new
            within = (words(self.views[name]) for name in new if name in self.views)
            new = set().union(*within) & self.content.keys() - found
        return found

    def of(self, query: str) -> list[object]:
        """All that the answer to a query hangs on."""
        return [(name, self.digests[name]) for name in sorted(self.read_by(query))]


@cache
def named(questions: tuple[Question, ...]) -> str:
    """A short name of what is asked of a table."""
    return digest(questions)


@cache
def words(query: str) -> frozenset[str]:
    """Each word of a query, whatever it means there."""
    return frozenset(re.findall(r"\w+", query))


def _tables(connection: Connection) -> list[tuple[str, ...]]:
    """For each table its name, schema and columns, and its rows as a count and a sum of hashes.

    A typed table has the rows of its text in other types, so that its columns tell it.
    """
    columns = connection.execute(
        "SELECT table_name, schema_name, string_agg(column_name || data_type, ' ' ORDER BY column_index) "
        "FROM duckdb_columns() WHERE (schema_name, table_name) IN "
        "(SELECT (schema_name, table_name) FROM duckdb_tables()) GROUP BY ALL"
    ).fetchall()
    as_text = {name for name, schema, _ in columns if schema == "raw"}
    typed = [(*column, 0, 0) for column in columns if column[:2] in {(name, "main") for name in as_text}]
    sums = (
        f"SELECT {literal(name)}, {literal(schema)}, {literal(kinds)}, count(*), "
        f"sum(hash(one)::HUGEINT) FROM {quoted(schema)}.{quoted(name)} AS one"
        for name, schema, kinds in columns
        if schema == "raw" or name not in as_text
    )
    return [*typed, *connection.execute(" UNION ALL ".join(sums)).fetchall()]
