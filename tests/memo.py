"""Checks of packages that differ in a few rows: only tables that have changed are asked again.

The layers schema, rules and reproduction take most of a check, whatever the size of the tables, and
hundreds of tests check a package in which they changed a row or two. test_memo.py holds the findings
against plain checks.
"""

import re
from collections.abc import Hashable
from functools import cache
from hashlib import sha256
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
_found: dict[Hashable, list[Finding]] = {}
_known: dict[Hashable, list[Question]] = {}
_built: dict[Hashable, dict[str, str]] = {}


def check_rules(subject: Subject) -> list[Finding]:
    """`sql_rules.check`, with the findings of each rule from an earlier check where it read the same."""
    state = State(subject.database)

    def offences(connection: Connection, rule: SqlRule) -> list[Finding]:
        key = (rule, state.of(rule.query))
        if key not in _found:
            _found[key] = _offences(connection, rule)
        return _found[key]

    with patch.object(sql_rules, "offences", offences):
        return plain_rules(subject)


def check_schema(subject: Subject) -> list[Finding]:
    """`schema.check`, with the counts of each table from an earlier check of the same rows."""
    state = State(subject.database)

    def failed(connection: Connection, table: Table, questions: list[Question]) -> list[Question]:
        key = (table.name, tuple(questions), state.of(f"{table.name} {questions}"))
        if key not in _known:
            _known[key] = _failed(connection, table, questions)
        return _known[key]

    with patch.object(schema, "_failed", failed):
        return plain_schema(subject)


def check_reproduction(subject: Subject) -> list[Finding]:
    """`reproduction.check`, with the derived tables of an earlier check of the same contract and data."""

    def build(package: Package) -> dict[str, str]:
        read = [DESCRIPTOR, *(table.path for table in package.contract.entered)]
        key = sha256(b"\0".join(map(package.content, read))).digest()
        if key not in _built:
            _built[key] = _build(package)
        return _built[key]

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
        self.content: dict[str, list[Hashable]] = {}
        for name, *content in [*_tables(connection), *views, *variables]:
            self.content.setdefault(name, []).append(tuple(content))

    def read_by(self, query: str) -> set[str]:
        """The names that a query reads, itself or in a view: each word in it may be one."""
        found: set[str] = set()
        new = words(query) & self.content.keys()
        while new:
            found |= new
            within = (words(self.views[name]) for name in new if name in self.views)
            new = set().union(*within) & self.content.keys() - found
        return found

    def of(self, query: str) -> Hashable:
        """All that the answer to a query hangs on."""
        return frozenset((name, tuple(self.content[name])) for name in self.read_by(query))


@cache
def words(query: str) -> frozenset[str]:
    """Each word of a query, whatever it means there."""
    return frozenset(re.findall(r"\w+", query))


def _tables(connection: Connection) -> list[tuple[str, ...]]:
    """For each table its name, schema and columns, and its rows as a count and a sum of hashes."""
    columns = connection.execute(
        "SELECT table_name, schema_name, string_agg(column_name || data_type, ' ' ORDER BY column_index) "
        "FROM duckdb_columns() WHERE (schema_name, table_name) IN "
        "(SELECT (schema_name, table_name) FROM duckdb_tables()) GROUP BY ALL"
    ).fetchall()
    sums = (
        f"SELECT {literal(name)}, {literal(schema)}, {literal(kinds)}, count(*), "
        f"sum(hash(one)::HUGEINT) FROM {quoted(schema)}.{quoted(name)} AS one"
        for name, schema, kinds in columns
    )
    return connection.execute(" UNION ALL ".join(sums)).fetchall()
