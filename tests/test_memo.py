"""A check that remembers what rules found says the same as one that runs them all."""

import json
import re
from pathlib import Path

import pytest

from scripts.checks.sql_rules import RULES
from scripts.checks.subject import Subject
from scripts.findings import Finding
from scripts.package import database
from scripts.package.opening import Package
from scripts.package.views import GATHERED
from tests import memo
from tests.conftest import FROZEN, change_rows
from tests.rule_cases import CASES, Bench, Change
from tests.test_rules import rounds

BROKEN: list[Change] = [
    {"table": "places", "row": "phnom-penh", "set": {"level": "town", "parent_id": "nowhere"}},
    {"table": "reported_values", "row": "KH010", "set": {"low": "2,2"}},
]


def tables_named(bench: Bench, query: str) -> set[str]:
    """What stands as a table in a query, by the parser of DuckDB."""
    [[tree]] = bench.connection.execute(
        "SELECT json_serialize_sql(?)", [query.rstrip().rstrip(";")]
    ).fetchall()
    assert not json.loads(tree)["error"], tree[:300]
    return set(re.findall(r'"type":"BASE_TABLE".*?"table_name":"(\w+)"', tree))


def test_what_a_rule_reads_is_known() -> None:
    """Each table that the parser sees is one that the memo looks at, whatever the case of its letters."""
    with Package(FROZEN) as package:
        bench = Bench(package)
        state = memo.State(bench.connection)
        for rule in RULES:
            named = tables_named(bench, rule.query)
            assert named, rule.id
            known = {name for _, name in state.kinds} | state.views.keys()
            assert {name.lower() for name in named} & known <= state.words_of(rule.query), rule.id


@pytest.mark.long
def test_a_rule_reads_the_columns_that_its_cases_change() -> None:
    """What a case changes to break a rule is among what the rule is known to read."""
    with Package(FROZEN) as package:
        bench = Bench(package)
        state = memo.State(bench.connection)
        for case in CASES:
            _, read = state.plan(case.rule.query)
            gathered = {name for _, name, _ in read} & GATHERED.keys()
            set_cells = {(one["table"], field) for one in case.changes for field in one.get("set", {})}
            is_read = set_cells & {(name, field) for _, name, field in read}
            assert is_read or gathered or not set_cells or not case.says, case


def test_two_cells_that_are_exchanged_are_a_change() -> None:
    """Of their column, and of no other."""
    with Package(FROZEN) as package:
        bench = Bench(package)
        before = memo.State(bench.connection).columns
        (one, first), (two, second) = bench.connection.execute(
            "SELECT max(line), relation FROM raw.links GROUP BY relation ORDER BY relation LIMIT 2"
        ).fetchall()
        with bench.trial():
            bench.set("links", one, {"relation": second})
            bench.set("links", two, {"relation": first})
            after = memo.State(bench.connection).columns
    assert {place for place in before if before[place] != after[place]} == {("raw", "links", "relation")}


def both_the_same(bench: Bench) -> list[Finding]:
    """What both ways find, layer by layer."""
    in_rows, by_rules = memo.check_schema(bench.subject), memo.check_rules(bench.subject)
    assert in_rows == memo.plain_schema(bench.subject)
    assert by_rules == memo.plain_rules(bench.subject)
    return in_rows + by_rules


@pytest.mark.long
def test_a_memo_changes_no_finding() -> None:
    """Before a change, after one of many rows and one of single cells, and when all is undone."""
    with Package(FROZEN) as package:
        bench = Bench(package)
        assert both_the_same(bench) == []
        for changes in (rounds([case.changes for case in CASES])[1], BROKEN):
            with bench.trial(changes):
                database.gather(bench.connection, package.tables)
                assert both_the_same(bench)
        assert memo.check_schema(bench.subject) + memo.check_rules(bench.subject) == []


@pytest.mark.long
@pytest.mark.parametrize("table", ["values", "reported_values"])
def test_derived_tables_are_remembered_by_what_they_are_made_of(table: str, package: Path) -> None:
    """Before and after a change of a derived table, and of the data."""
    for _ in range(2):
        subject = Subject(Package(package))
        assert memo.check_reproduction(subject) == memo.plain_reproduction(subject)
        change_rows(package, table, lambda rows: rows[0].update(printed="99"))
    assert memo.check_reproduction(Subject(Package(package)))
