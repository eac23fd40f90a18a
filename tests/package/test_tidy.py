"""`tidy` puts all tables or none into the form that the check requires, without changing their content."""

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.__main__ import main
from tests.checks.test_corruption import run
from tests.conftest import FROZEN, column_entry, copy_package, edit_contract

PLACES = "data/places.csv"
SOUND = (FROZEN / PLACES).read_bytes()
COLUMNS_OR_CELLS = "Its columns, or the cells of a row, are not those of datapackage.json."


def shuffled(text: str) -> str:
    header, *rows = text.splitlines()
    return "\n".join([header, *reversed(rows)]) + "\n"


def columns_turned(text: str) -> str:
    """Return a CSV text with the first column moved last; no cell of that column may contain a comma."""
    return "".join(
        f"{','.join(line.split(',', 1)[::-1])}\n" if "\n" not in line else line
        for line in text.splitlines()
    )


CHANGES = {
    "rows in another order": lambda text: shuffled(text).encode(),
    "columns in another order": lambda text: columns_turned(text).encode(),
    "Windows line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "a byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "blank rows": lambda text: (text + ",,,,,,\n\n").encode(),
    "spaces at the edges": lambda text: text.replace("beira,Beira,", "beira, Beira\u200b,").encode(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_tidy_restores_the_required_form_of_a_table(change: str, tmp_path: Path) -> None:
    package = copy_package(tmp_path / "package")
    changed = CHANGES[change](SOUND.decode())
    assert changed != SOUND
    (package / PLACES).write_bytes(changed)
    assert main(["tidy", "--package", str(package)]) == 0
    assert (package / PLACES).read_bytes() == SOUND


def test_tidy_composes_unicode_letters(tmp_path: Path) -> None:
    package = copy_package(tmp_path / "package")
    sources = package / "data/sources.csv"
    sound = sources.read_text(encoding="utf-8")
    sources.write_text(unicodedata.normalize("NFD", sound), encoding="utf-8", newline="")
    assert sources.read_text(encoding="utf-8") != sound
    assert main(["tidy", "--package", str(package)]) == 0
    assert sources.read_text(encoding="utf-8") == sound


def test_tidy_leaves_valid_tables_unchanged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = copy_package(tmp_path / "package")
    before = {path.name: path.stat().st_mtime_ns for path in (package / "data").rglob("*.csv")}
    assert main(["tidy", "--package", str(package)]) == 0
    assert capsys.readouterr().out == "No file needed it.\n"
    assert before == {path.name: path.stat().st_mtime_ns for path in (package / "data").rglob("*.csv")}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a;b\n1;2\n", COLUMNS_OR_CELLS),
        (SOUND + b"one cell too few\n", COLUMNS_OR_CELLS),
        (b"\xff\xfe\x00", "It is not CSV in UTF-8."),
        (b"", "It is not CSV in UTF-8."),
    ],
)
def test_tidy_leaves_a_table_that_needs_a_decision(
    content: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = copy_package(tmp_path / "package")
    (package / PLACES).write_bytes(content)
    assert main(["tidy", "--package", str(package)]) == 1
    assert f"Left {PLACES}: {words}" in capsys.readouterr().out
    assert (package / PLACES).read_bytes() == content


ONE_MORE = {"value": "diaspora", "label": "diaspora", "description": "Figures on people abroad."}


def columns_with_same_codes(column: str) -> list[str]:
    """Return the columns that have the codes of this one, in order, with the column itself."""
    tables = json.loads((FROZEN / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    fields = [(table["name"], field) for table in tables for field in table["schema"]["fields"]]
    same = [f"{table}.{field['name']}" for table, field in fields if field.get("sameWordsAs") == column]
    return sorted([column, *same])


def test_tidy_adds_a_new_code_to_every_list_of_its_kind(tmp_path: Path) -> None:
    """The check names the lists that differ; `tidy` adds the term to each of them, and to the enum."""
    package = copy_package(tmp_path / "package")
    edit_contract(
        package,
        lambda whole: column_entry(whole, "reported_values", "topic")["categories"].append(ONE_MORE),
    )
    places = columns_with_same_codes("reported_values.topic")
    assert sorted(finding.field for finding in run(package)) == places and len(places) > 3
    assert main(["tidy", "--package", str(package)]) == 0
    whole = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    for field in (column_entry(whole, *place.split(".")) for place in places):
        assert field["categories"][-1] == ONE_MORE and field["constraints"]["enum"][-1] == "diaspora"
    assert not run(package)


def test_tidy_adds_a_new_code_for_list_columns_too(tmp_path: Path) -> None:
    package = copy_package(tmp_path / "package")
    groups = ("populations", "about_group")
    edit_contract(package, lambda whole: column_entry(whole, *groups)["listOf"].append(ONE_MORE))
    columns = columns_with_same_codes("populations.about_group")
    assert sorted(finding.field for finding in run(package)) == columns and len(columns) > 3
    assert main(["tidy", "--package", str(package)]) == 0
    whole = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    for field in (column_entry(whole, *place.split(".")) for place in columns):
        allowed = re.compile(field["constraints"]["pattern"])
        assert allowed.match("street;diaspora") and not allowed.match("street;pub")
    assert not run(package)


SLIPS: list[tuple[Callable[[Any], object], str, str]] = [
    (
        lambda whole: column_entry(whole, "limitations", "topic")["categories"].append(ONE_MORE),
        *("limitations.topic", "Change reported_values.topic, or commonWords"),
    ),
    (
        lambda whole: column_entry(whole, "places", "level")["constraints"]["enum"].append("town"),
        *("places.level", "Change the categories of the column"),
    ),
    (
        lambda whole: column_entry(whole, "studies", "age_method")["categories"][6].update(
            description="Not seen."
        ),
        *("studies.age_method", "or commonWords for a word that stands there"),
    ),
    (
        lambda whole: column_entry(whole, "places", "level").pop("categories"),
        *("places.level", "The list of words has no categories"),
    ),
    (
        lambda whole: column_entry(whole, "events", "kind")["categories"][0].update(label="act"),
        *("events.kind", "The word law is called “law” in another column."),
    ),
]


@pytest.mark.parametrize(("slip", "place", "words"), SLIPS, ids=[words for *_, words in SLIPS])
def test_code_list_defined_twice_is_reported(
    slip: Callable[[Any], object], place: str, words: str, tmp_path: Path
) -> None:
    package = copy_package(tmp_path / "package")
    edit_contract(package, slip)
    found = {finding.field: finding.message for finding in run(package)}
    assert words in found[place]
