"""The frozen package is sound, has today's structure, and contains rare cases."""

from scripts.package.files import csv_text
from scripts.package.package import Package
from tests.conftest import FROZEN, findings_of, read_csv
from tests.frozen import KEPT, ROOT
from tests.frozen.__main__ import LEADING, cut_tables, keys_in_kept_txt, words_passed_to_charts


def test_frozen_package_is_valid() -> None:
    assert findings_of(FROZEN) == []


def test_frozen_package_has_the_current_tables_and_columns() -> None:
    """On failure, run python -m tests.frozen to update it."""
    tables = Package(ROOT, with_derived=False).tables
    held = {path.relative_to(KEPT).as_posix() for path in KEPT.glob("data/**/*.csv")}
    assert held == {table.path for table in tables}
    for table in tables:
        assert (
            csv_text(table.column_names, []).encode()
            == (KEPT / table.path).read_bytes().partition(b"\n")[0] + b"\n"
        )


def test_frozen_package_holds_only_the_rows_asked_for() -> None:
    """On failure, name the rows in kept.txt, or cut it again with python -m tests.frozen --cut."""
    package, named = Package(FROZEN, with_derived=False), keys_in_kept_txt()
    held = {table.name: package.rows(table.name) for table in package.tables}
    assert named <= {table.key_of(row) for table in package.tables for row in held[table.name]}
    assert cut_tables(held, package.tables, named | words_passed_to_charts()) == held


def test_frozen_package_holds_the_rows_that_pages_pass_to_charts() -> None:
    """On failure, run python -m tests.frozen to add them."""
    today, kept = Package(ROOT, with_derived=False), Package(FROZEN, with_derived=False)
    for name in LEADING:
        assert words_passed_to_charts() & today.rows_by_key(name).keys() <= kept.rows_by_key(name).keys(), (
            name
        )


def test_frozen_package_holds_rare_cases() -> None:
    """It has a withdrawal, a correction, a contradiction, and one empty table."""
    assert {row["kind"] for row in read_csv(FROZEN / "data/corrections.csv")} == {
        "correction",
        "withdrawal",
    }
    assert "withdrawn" in {row["show"] for row in read_csv(FROZEN / "data/reported_values.csv")}
    assert "contradiction" in {row["type"] for row in read_csv(FROZEN / "data/derived/conflicts.csv")}
    package = Package(FROZEN)
    assert [table.name for table in package.contract.tables if not package.rows(table.name)] == [
        "scenario_sample_sizes"
    ]
