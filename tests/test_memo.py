"""A check that remembers what rules found says the same as one that runs them all."""

import json
import re

import pytest

from scripts.checks.sql_rules import RULES
from scripts.package import database
from scripts.package.opening import Package
from tests import memo
from tests.conftest import ROOT
from tests.rule_cases import CASES, Bench
from tests.test_rules import rounds


def tables_named(bench: Bench, query: str) -> set[str]:
    """What stands as a table in a query, by the parser of DuckDB."""
    [[tree]] = bench.connection.execute(
        "SELECT json_serialize_sql(?)", [query.rstrip().rstrip(";")]
    ).fetchall()
    assert not json.loads(tree)["error"], tree[:300]
    return set(re.findall(r'"type":"BASE_TABLE".*?"table_name":"(\w+)"', tree))


def test_what_a_rule_reads_is_known() -> None:
    """Each table that the parser sees is one that the memo looks at, whatever the case of its letters."""
    with Package(ROOT) as package:
        bench = Bench(package)
        state = memo.State(bench.connection)
        for rule in RULES:
            named = tables_named(bench, rule.query)
            assert named, rule.id
            assert {name.lower() for name in named} & state.content.keys() <= state.read_by(rule.query), (
                rule.id
            )


@pytest.mark.slow
def test_a_memo_changes_no_finding() -> None:
    """Before a change, after each of several large ones, and after all are taken back."""
    with Package(ROOT) as package:
        bench = Bench(package)
        assert memo.check(bench.subject) == []
        some = rounds([case.changes for case in CASES])
        for changes in some[:3]:
            with bench.trial(changes):
                database.gather(bench.connection, package.tables)
                found = memo.check(bench.subject)
                assert found == memo.plain_check(bench.subject)
                assert found
        assert memo.check(bench.subject) == []
