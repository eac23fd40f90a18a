"""What is lent is what would be loaded, before and after a change, and nothing of it stays."""

from pathlib import Path

import duckdb
import pytest

from scripts.package.opening import Package
from tests import lent_tables
from tests.conftest import change_rows

EACH = "SELECT schema_name, table_name FROM duckdb_tables() ORDER BY ALL"
Content = dict[tuple[str, str], tuple[list[str], list[tuple[object, ...]]]]


def content(connection: duckdb.DuckDBPyConnection) -> Content:
    """The columns and rows of each table; what is gathered has its rows in any order."""
    found: Content = {}
    for schema, name in connection.execute(EACH).fetchall():
        answer = connection.execute(f'FROM "{schema}"."{name}"')
        columns = [column for column, *_ in answer.description]
        found[schema, name] = columns, sorted(answer.fetchall(), key=repr)
    return found


def terms(connection: duckdb.DuckDBPyConnection) -> str:
    """The pattern of words to avoid, which is no table."""
    [[pattern]] = connection.execute("SELECT getvariable('terms_to_avoid')").fetchall()
    return str(pattern)


def change(package: Path, text: str) -> None:
    """Put other words into a reading and a term, and give a place another name."""
    change_rows(package, "reported_values", lambda rows: rows[3].update(scope_as_printed=text))
    change_rows(package, "terms", lambda rows: rows[0].update(pattern=text))
    change_rows(package, "places", lambda rows: rows[-1].update(name=f"{text} x"))


@pytest.mark.long
@pytest.mark.parametrize("with_derived", [True, False])
def test_what_is_lent_is_what_would_be_loaded(package: Path, with_derived: bool) -> None:
    for text in ("", "under 15 in Cambodia", "girls"):
        if text:
            change(package, text)
        with Package(package, with_derived) as one, Package(package, with_derived) as other:
            lent, loaded = lent_tables.database_of(one), lent_tables.plain(other)
            assert lent is not loaded
            assert content(lent) == content(loaded)
            assert terms(lent) == terms(loaded)


def test_what_is_made_in_what_is_lent_goes_with_the_package(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lent_tables, "_kept", [])
    with Package(package) as one:
        first = lent_tables.database_of(one)
        first.execute("CREATE TABLE main.mine AS SELECT 1; DELETE FROM raw.places")
    with Package(package) as one:
        again = lent_tables.database_of(one)
        assert again is first
        assert ("main", "mine") not in again.execute(EACH).fetchall()
        assert again.execute("SELECT count(*) > 0 FROM raw.places").fetchall() == [(True,)]


def test_a_package_that_nobody_closes_gives_back_what_it_was_lent(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lent_tables, "_kept", [])
    first = lent_tables.database_of(Package(package))
    with Package(package) as other:
        assert lent_tables.database_of(other) is first


def test_two_packages_have_a_database_each(package: Path) -> None:
    with Package(package) as one, Package(package) as other:
        assert lent_tables.database_of(one) is not lent_tables.database_of(other)
