"""`tidy` brings the tables into the form of the check, all or none, and changes no word."""

from pathlib import Path

import pytest

from scripts.__main__ import main
from tests.conftest import FROZEN, copy_package

PLACES = "data/places.csv"
SOUND = (FROZEN / PLACES).read_bytes()


def shuffled(text: str) -> str:
    header, *rows = text.splitlines()
    return "\n".join([header, *reversed(rows)]) + "\n"


def columns_turned(text: str) -> str:
    """No cell of the first column holds a comma."""
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
    "letters in two characters": lambda text: text.replace("ê", "e\u0302").encode(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_is_brought_into_form(change: str, tmp_path: Path) -> None:
    package = copy_package(tmp_path / "package")
    (package / PLACES).write_bytes(CHANGES[change](SOUND.decode()))
    assert main(["tidy", "--package", str(package)]) == 0
    assert (package / PLACES).read_bytes() == SOUND


def test_sound_tables_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = copy_package(tmp_path / "package")
    before = {path.name: path.stat().st_mtime_ns for path in (package / "data").glob("*.csv")}
    assert main(["tidy", "--package", str(package)]) == 0
    assert capsys.readouterr().out == "No file needed it.\n"
    assert before == {path.name: path.stat().st_mtime_ns for path in (package / "data").glob("*.csv")}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a;b\n1;2\n", "Its columns are not those of datapackage.json."),
        (SOUND + b"one cell too few\n", "A row has more or fewer cells than the header."),
        (b"\xff\xfe\x00", "It is not CSV in UTF-8."),
        (b"", "It is not CSV in UTF-8."),
    ],
)
def test_what_needs_thought_is_left(
    content: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = copy_package(tmp_path / "package")
    (package / PLACES).write_bytes(content)
    assert main(["tidy", "--package", str(package)]) == 1
    assert f"Left {PLACES}: {words}" in capsys.readouterr().out
    assert (package / PLACES).read_bytes() == content
