"""A row of the table `results` says no more of the year, place and count than its source does."""

from pathlib import Path

import pytest

from scripts.derived import Cells, results
from scripts.package.package import Package
from tests.conftest import change_cells, copy_package


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the frozen package, for a test to change."""
    return copy_package(tmp_path / "package")


def row_of(package: Path, value_id: str) -> Cells:
    """Return the first row of a figure."""
    return next(row for row in results.rows(Package(package)) if row["value_id"] == value_id)


def test_result_takes_place_and_year_only_from_its_source(package: Path) -> None:
    row = row_of(package, "KH201")
    assert (row["year"], row["place"]) == ("", "Place that is not named in what we read")
    assert str(row["note"]).startswith("The source names no place. The source gives no year; ")
    change_cells(package, "reported_values", "KH201", period="2015", place_id="sihanoukville")
    row = row_of(package, "KH201")
    assert (row["year"], row["place"]) == ("2015", "Sihanoukville")
    assert "The source" not in str(row["note"])


def test_count_is_in_the_row_of_the_share_whose_source_gives_it(package: Path) -> None:
    """Two shares of one quantity: a count is shown only with the share whose document gives it."""
    assert row_of(package, "KH037")["numerator"] == "147"
    assert "as an estimate" in str(row_of(package, "KH037")["note"])
    other = row_of(package, "KH038")
    assert "numerator" not in other
    assert "A count of 147 is reported, but no source that we read gives it beside this share." in str(
        other["note"]
    )


def test_a_count_of_another_paper_belongs_to_the_only_share(package: Path) -> None:
    change_cells(package, "reported_values", "KH037", low="8.16", high="8.16", printed="8.16 percent")
    assert row_of(package, "KH038")["numerator"] == "147"
