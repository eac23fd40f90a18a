"""What a rule reads is known, and what has changed is seen."""

from collections.abc import Iterator

import pytest

from scripts.package.opening import Package
from scripts.package.views import GATHERED
from tests.checks import memo
from tests.checks.rule_cases import CASES, Bench
from tests.conftest import FROZEN


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    """The tables of the frozen package, loaded once."""
    with Package(FROZEN) as package:
        yield Bench(package)


@pytest.mark.long
def test_a_rule_reads_the_columns_that_its_cases_change(bench: Bench) -> None:
    """What a case changes to break a rule is among what the rule is known to read."""
    for case in CASES:
        read = memo.columns_read(bench.connection, case.rule.query)
        gathered = {name for _, name, _ in read} & GATHERED.keys()
        set_cells = {(one["table"], field) for one in case.changes for field in one.get("set", {})}
        is_read = set_cells & {(name, field) for _, name, field in read}
        assert is_read or gathered or not set_cells or not case.says, case


def test_two_cells_that_are_exchanged_are_a_change(bench: Bench) -> None:
    """Of their column, and of no other."""
    before = memo.contents(bench.connection)
    (one, first), (two, second) = bench.connection.execute(
        "SELECT max(line), relation FROM raw.links GROUP BY relation ORDER BY relation LIMIT 2"
    ).fetchall()
    with bench.trial():
        bench.set("links", one, {"relation": second})
        bench.set("links", two, {"relation": first})
        after = memo.contents(bench.connection)
    assert {place for place in before if before[place] != after[place]} == {("raw", "links", "relation")}
