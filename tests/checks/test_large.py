"""A large package is stored differently from a small one, but the check has the same findings."""

from pathlib import Path

import pytest

from scripts.checks import sql_rules
from scripts.checks.context import CheckContext
from scripts.findings import Finding
from scripts.package import database
from scripts.package.package import Package
from tests.bench import write_many_values
from tests.conftest import change_cells

SLIPS = {  # readings or copies of them, with cells taken from other readings
    "KH002": {"sex": "male", "age_max": "14"},
    "Z0001-KH002": {"sex": "male", "scope_as_printed": "boys in Bangkok"},
}


def found_in(folder: Path) -> list[Finding]:
    """Return what the rules find in a package."""
    with Package(folder) as package:
        return sql_rules.check(CheckContext(package))


@pytest.fixture
def index(package: Path) -> Path:
    """A package with many copies of its readings, some of them faulty."""
    write_many_values(package, 1_500, with_faults=True)
    for key, cells in SLIPS.items():
        change_cells(package, "reported_values", key, **cells)
    return package


@pytest.mark.long
def test_a_large_package_has_the_findings_of_a_small_one(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = found_in(index)
    monkeypatch.setattr(database, "SMALL", 0)
    assert plain == found_in(index)
    assert SLIPS.keys() <= {finding.row for finding in plain}


def test_large_package_has_the_views_that_rules_read(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "SMALL", 0)
    with Package(index) as package:
        views = package.database().execute("SELECT view_name FROM duckdb_views() WHERE NOT internal")
        assert {name for (name,) in views.fetchall()} >= {
            "reported_values",
            "text_cells",
            "references_of_rows",
        }
