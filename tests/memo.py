"""Checks of packages alike: a rule is asked again where a column has changed that it reads.

The layers schema, rules and reproduction take most of a check, whatever the size of the tables, and
hundreds of tests check a package in which they changed a row or two. test_memo.py holds the findings
against plain checks.
"""

import json
import os
import pickle
import re
from collections.abc import Callable, Collection, Iterator, Mapping
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
_read_to: dict[Path, int] = {}  # of the file of each worker, how far it was read
Column = tuple[str, str, str]  # schema, table and column
Kinds = Mapping[tuple[str, str], Mapping[str, str]]  # by schema and table: the type of each column
COUNT = "count_star()"  # in place of a column: how many rows a table has
CATALOGUE = "duckdb_columns"  # a query that names it reads what columns all tables have
BY_LINE = ("all_readings",)  # what is gathered and has one row a line, as all tables of data/


def digest(key: object) -> str:
    """A short name of a key, which every worker writes alike."""
    return sha256(repr(key).encode()).hexdigest()


def kept(key: object, make: Callable[[], Any]) -> Any:
    """What was made of this before, by this worker or another."""
    name = digest(key)
    if name not in _kept:
        _learn()
    if name not in _kept:
        _kept[name] = make()
        for folder in shared:
            with (folder / str(os.getpid())).open("ab") as file:
                file.write(f"{name} {pickle.dumps(_kept[name]).hex()}\n".encode())
    return _kept[name]


def _learn() -> None:
    """Read what the workers have made since, each in its own file; a last line may not be whole yet."""
    for place in [place for folder in shared for place in folder.iterdir()]:
        with place.open("rb") as file:
            file.seek(_read_to.get(place, 0))
            lines, end, _ = file.read().rpartition(b"\n")
        _read_to[place] = _read_to.get(place, 0) + len(lines + end)
        for line in lines.splitlines():
            name, made = line.split()
            _kept.setdefault(name.decode(), pickle.loads(bytes.fromhex(made.decode())))


def check_rules(subject: Subject) -> list[Finding]:
    """`sql_rules.check`, with the findings of each rule from an earlier check where it read the same."""
    asked, state = _latest.pop() if _latest else (None, None)
    state = state if state and asked is subject else State(subject.database)

    def offences(connection: Connection, rule: SqlRule) -> list[Finding]:
        key = (named(rule), state.of(rule.query))
        found: list[Finding] = kept(key, lambda: _offences(connection, rule))
        return found

    with patch.object(sql_rules, "offences", offences):
        return plain_rules(subject)


def check_schema(subject: Subject) -> list[Finding]:
    """`schema.check`, with the counts of each table from an earlier check of the same rows."""
    state = State(subject.database)
    _latest[:] = [(subject, state)]

    def failed(connection: Connection, table: Table, questions: list[Question]) -> list[Question]:
        key = state.of(schema.counting(table, questions))
        places = kept(key, lambda: [*map(questions.index, _failed(connection, table, questions))])
        return [questions[place] for place in places]

    with patch.object(schema, "_failed", failed):
        return plain_schema(subject)


def check_reproduction(subject: Subject) -> list[Finding]:
    """`reproduction.check`, with the derived tables of an earlier check of the same contract and data."""

    with patch.object(derived, "build", build):
        return plain_reproduction(subject)


def build(package: Package) -> dict[str, str]:
    """`derived.build`, once of the same contract and data."""
    read = [DESCRIPTOR, *(table.path for table in package.contract.entered)]
    contents = [sha256(package.content(path)).hexdigest() for path in read]
    texts: dict[str, str] = kept(contents, lambda: _build(package))
    return texts


class State:
    """What a database holds, column by column, so that a rule is asked again only where its own changed."""

    def __init__(self, connection: Connection, tables: Collection[str] = ()) -> None:
        """Look at all tables, or at these alone."""
        self.connection = connection
        views = connection.execute(
            "SELECT view_name, sql FROM duckdb_views() WHERE NOT internal"
        ).fetchall()
        variables = connection.execute("SELECT name, value::VARCHAR FROM duckdb_variables()").fetchall()
        self.views: dict[str, str] = dict(views)
        self.kinds = _kinds(connection)
        self.values = {**self.views, **dict(variables)}
        self.shape = digest((self.kinds, sorted(self.values.items())))
        looked_at = {table: kind for table, kind in self.kinds.items() if not tables or table[1] in tables}
        self.columns = _columns(connection, looked_at)

    def shape_of(self, query: str) -> list[object]:
        """How the tables and views are made that a query names, itself or in a view."""
        named = self.words_of(query)
        tables = [
            (*table, str(kind)) for table, kind in self.kinds.items() if {table[1], CATALOGUE} & named
        ]
        return [*sorted(tables), *sorted((name, self.values[name]) for name in named & self.values.keys())]

    def words_of(self, query: str) -> frozenset[str]:
        """Each word of a query, and of the views that it names."""
        found, new = words(query), words(query)
        while views := new & self.views.keys():
            new = frozenset().union(*(words(self.views[view]) for view in views)) - found
            found |= new
        return found

    def of(self, query: str) -> list[object]:
        """All that the answer to a query hangs on."""
        plan, read = self.plan(query)
        return [plan, *(self.columns[one] for one in read)]

    def plan(self, query: str) -> tuple[str, list[Column]]:
        """A short name of a query on tables that are made so, and the columns that it reads."""
        if (self.shape, query) not in _plans:
            key = (query, self.shape_of(query))
            read: list[Column] = kept(key, lambda: columns_read(self.connection, query))
            _plans[self.shape, query] = (digest(key), read)
        return _plans[self.shape, query]


_plans: dict[tuple[str, str], tuple[str, list[Column]]] = {}
_numbers: dict[object, dict[str, int]] = {}  # of the columns of a table that is as it was
# Whose schema was asked last, and what its database held, for its rules that are asked next: one, or none.
_latest: list[tuple[Subject, State]] = []


def columns_read(connection: Connection, query: str) -> list[Column]:
    """The columns that a query reads, as DuckDB plans it; all of them where it cannot be planned.

    No other step of the optimiser is taken: those that know the values leave out what they find to be idle.
    """
    steps = [name for (name,) in connection.execute("FROM duckdb_optimizers()").fetchall()]
    others = ",".join(name for name in steps if name != "unused_columns")
    connection.execute(f"SET disabled_optimizers = {literal(others)}")
    try:
        [[_, plan]] = connection.execute(f"EXPLAIN (FORMAT json) {query}").fetchall()
    except duckdb.Error:
        return sorted(_columns(connection, _kinds(connection)))
    finally:
        connection.execute("RESET disabled_optimizers")
    return sorted({one for scan in _scans(json.loads(plan)) for one in _columns_of(scan)})


def gathered_from(connection: Connection, queries: Mapping[str, str]) -> dict[str, set[tuple[str, str]]]:
    """The table and column of all that each gathered table is made of, by its name."""
    found: dict[str, set[tuple[str, str]]] = kept(queries, lambda: _gathered_from(connection, queries))
    return found


def _gathered_from(connection: Connection, queries: Mapping[str, str]) -> dict[str, set[tuple[str, str]]]:
    """For a look at their plans they are views on each other."""
    connection.begin()
    for name, query in queries.items():
        connection.execute(f"DROP TABLE main.{name}")
        connection.execute(f"CREATE VIEW main.{name} AS {query}")
    read = {name: columns_read(connection, f"FROM main.{name}") for name in queries}
    connection.rollback()
    return {name: {(table, column) for _, table, column in columns} for name, columns in read.items()}


def _scans(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each reading of a table in a plan."""
    for node in nodes:
        if "Table" in node["extra_info"]:
            yield node["extra_info"]
        yield from _scans(node["children"])


def _columns_of(scan: dict[str, Any]) -> list[Column]:
    """The columns that are read of a table, and how many rows it has."""
    part, name = (one.strip('"') for one in scan["Table"].split(".")[-2:])
    read = scan.get("Projections", [])
    columns = [read] if isinstance(read, str) else read
    return [(part, name, column) for column in (COUNT, *columns)]


@cache
def named(rule: SqlRule) -> str:
    """A short name of a rule."""
    return digest(rule)


@cache
def words(query: str) -> frozenset[str]:
    """Each word of a query, whatever it means there."""
    return frozenset(re.findall(r"\w+", query))


def _kinds(connection: Connection) -> dict[tuple[str, str], dict[str, str]]:
    """For each table its columns, each with its type, and COUNT."""
    found = connection.execute(
        "SELECT schema_name, table_name, list(column_name ORDER BY column_index), "
        "list(data_type ORDER BY column_index) FROM duckdb_columns() WHERE (schema_name, table_name) IN "
        "(SELECT (schema_name, table_name) FROM duckdb_tables()) GROUP BY ALL ORDER BY schema_name DESC"
    ).fetchall()
    return {(part, name): {COUNT: "", **dict(zip(*told, strict=True))} for part, name, *told in found}


def _columns(connection: Connection, kinds: Kinds) -> dict[Column, int]:
    """For each column of a table, and for COUNT, a number that changes with it.

    A typed table has the cells of its text; the types are told by its kinds.
    """
    typed = [(part, name) for part, name in kinds if part != "raw" and ("raw", name) in kinds]
    found = {
        (part, name, column): number
        for part, name, *told in _whole(connection, kinds.keys() - set(typed))
        for column, number in _by_column(connection, part, name, kinds[part, name], *told).items()
    }
    for part, name in typed:
        found |= {(part, name, column): number for (_, one, column), number in found.items() if one == name}
    return found


def _whole(connection: Connection, tables: Collection[tuple[str, str]]) -> list[tuple[str, str, int, int]]:
    """Each table with a number of rows and a number that changes with any cell.

    Hashed once, two cells could be exchanged and the sum would be the same.
    """
    return connection.execute(
        " UNION ALL ".join(
            f"SELECT {literal(part)}, {literal(name)}, count(*), sum(hash(hash(one))::HUGEINT) "
            f"FROM {quoted(part)}.{quoted(name)} AS one"
            for part, name in sorted(tables)
        )
    ).fetchall()


def _by_column(
    connection: Connection, part: str, name: str, kinds: Mapping[str, str], rows: int, whole: int
) -> dict[str, int]:
    """The number of each column of a table: that of the whole, where it has not one row a line."""
    key = (part, name, str(kinds), rows, whole)
    if key not in _numbers:
        numbers = dict.fromkeys(kinds, whole)
        if part == "raw" or name in BY_LINE:
            asked = f"SELECT count(*), bit_xor(hash(hash(line, COLUMNS(*)))) FROM {part}.{quoted(name)}"
            answer = connection.execute(asked)
            numbers |= zip((column for column, *_ in answer.description), *answer.fetchall(), strict=True)
        _numbers[key] = numbers
    return _numbers[key]
