"""Rules on packages that differ in a few rows: a rule runs again only where what it reads has changed.

The rules take more than a second of a check, whatever the size of the tables, and hundreds of tests check a
package in which they changed a row or two. test_memo.py holds the findings against those of a plain check.
"""

import re
from collections.abc import Hashable
from functools import cache
from unittest.mock import patch

import duckdb

from scripts.checks import sql_rules
from scripts.checks.sql_rules import SqlRule
from scripts.checks.subject import Subject
from scripts.findings import Finding
from scripts.package.sql import literal, quoted

Connection = duckdb.DuckDBPyConnection
plain_check, plain_offences = sql_rules.check, sql_rules.offences
_found: dict[tuple[SqlRule, Hashable], list[Finding]] = {}


def check(subject: Subject) -> list[Finding]:
    """`sql_rules.check`, with the findings of each rule from an earlier check where it read the same."""
    state = State(subject.database)

    def offences(connection: Connection, rule: SqlRule) -> list[Finding]:
        key = (rule, state.of(rule.query))
        if key not in _found:
            _found[key] = plain_offences(connection, rule)
        return list(_found[key])

    with patch.object(sql_rules, "offences", offences):
        return plain_check(subject)


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
