"""The code is not tied to a country: another country's package is checked, derived and built unchanged."""

import re
from pathlib import Path

import pytest

from scripts.package.package import Package
from tests.conftest import FROZEN, ROOT
from tests.country import country_package_faults, write_country_package

COUNTRY = "dominican-republic"
# Words that no code may have: the country, its language, places and bodies, and ids with its code.
NAMES = re.compile(r"(?i:cambodia|khmer|ijm|international justice|phnom|siem.?reap|sihanouk)|\bKH-?\d\d")
OF_ANY = {  # lists of all countries and of languages
    "scripts/package/languages.csv",
    "scripts/contribute/cell_coercion.py",
    "scripts/checks/words/countries.csv",
}
CASES = "scripts/checks/rules"  # the cases in rules use rows of the frozen package


def test_no_code_names_the_country_its_places_or_bodies() -> None:
    files = (
        path for path in (ROOT / "scripts").rglob("*") if path.suffix in (".py", ".html", ".csv", ".json")
    )
    named = {
        path.relative_to(ROOT).as_posix()
        for path in files
        if NAMES.search(path.read_text(encoding="utf-8"))
    }
    assert {name for name in named if not name.startswith(CASES)} == OF_ANY


def test_theme_overrides_name_no_country_place_or_body() -> None:
    for path in (ROOT / "overrides").iterdir():
        assert not NAMES.search(path.read_text(encoding="utf-8")), path.name


def test_a_country_is_cut_with_all_that_its_figures_refer_to(tmp_path: Path) -> None:
    source = Package(FROZEN)
    package = write_country_package(source, COUNTRY, tmp_path)
    whole = {
        reading.id
        for reading in source.reading_index.main_mentions
        if source.reading_index.country_of_place(reading.place_id) == COUNTRY
    }
    assert {reading.id for reading in package.reading_index.main_mentions} == whole
    assert package.rows("studies") and package.rows("sources") and not package.rows("featured")


@pytest.mark.slow
def test_another_country_is_checked_derived_and_built(tmp_path: Path) -> None:
    assert [*country_package_faults(Package(FROZEN), COUNTRY, tmp_path)] == []
