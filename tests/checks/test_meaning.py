"""Rules that compare the meaning of two cells: their exceptions, and their number words."""

from pathlib import Path

import pytest

from scripts.checks import sql_rules
from scripts.checks.context import CheckContext, add_row_keys
from scripts.package import sql_views
from scripts.package.package import Package
from tests.checks.rule_cases import Bench, Change
from tests.conftest import FROZEN, PATHS, ROOT, copy_package, read_csv

EXCEPTIONS = read_csv(FROZEN / "data/editorial/exceptions.csv")


@pytest.mark.long
def test_without_exceptions_exactly_the_excepted_rows_have_findings(bench: Bench) -> None:
    """Without the recorded exceptions exactly those rows have findings, and no others."""
    tables = bench.subject.package.tables
    with bench.trial():
        bench.connection.execute("DELETE FROM raw.exceptions")
        found = add_row_keys(sql_rules.check(bench.subject), bench.connection, tables)
    recorded = {(row["rule_id"], PATHS[row["table_name"]], row["row_key"]) for row in EXCEPTIONS}
    assert {(finding.rule, finding.table, finding.row) for finding in found} == recorded


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("share-against-counts", "finds nothing in places, row phnom-penh"),
        ("contact-or-coordinate", "is not one that may have exceptions"),
        ("share-against-count", "Did you mean share-against-counts?"),
    ],
)
def test_exception_that_suppresses_nothing_is_reported(rule: str, words: str, bench: Bench) -> None:
    row = {"rule_id": rule, "table_name": "places", "row_key": "phnom-penh", "reason": "None."}
    change: Change = {"table": "exceptions", "row": rule, "add": row}
    with bench.trial([change]):
        (found,) = sql_rules.findings_on_unused_exceptions([], bench.connection)[-1:]
    assert (found.rule, found.level) == (sql_rules.NEEDED.id, sql_rules.OPEN.get(rule, "error"))
    assert words in found.message


def test_a_package_without_the_table_has_no_exceptions(tmp_path: Path) -> None:
    with Package(copy_package(tmp_path / "package")) as package:
        subject = CheckContext(package)
        subject.database.execute("DROP VIEW main.exceptions")
        subject.database.execute("DROP TABLE raw.exceptions")
        assert sql_rules.findings_on_unused_exceptions([], subject.database) == []


def test_digit_list_has_ten_digits_for_each_zero() -> None:
    """Our list has the zero of every script in Unicode; the digits one to nine follow each zero."""
    assert [int(digit) for digit in sql_views.DIGITS] == list(range(10)) * len(sql_views.ZEROS)
    assert len(set(sql_views.DIGITS)) == len(sql_views.DIGITS) == len(sql_views.PLAIN)


def test_each_number_word_is_listed_once() -> None:
    """Each number word is listed once, since a word with two values would be ambiguous."""
    words = [row["word"] for row in read_csv(ROOT / "scripts/package/number_words.csv")]
    assert len(words) == len(set(words))
    assert {"million", "millones", "lakh", "ពាន់", "លាន", "drittel"} <= set(words)
