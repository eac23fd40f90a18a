"""Damaged files of every kind end with a message and an exit code, never with a Python error.

The damage to each file is seeded with a number, so that a failure can be repeated.
"""

import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import FROZEN, run_command
from tests.contribute.contributions import template

NASTY = [b"\0", b"\xff", b"\r", b"\n", b'"', b",", b";", b"\x1b[2J", b"{{", b"<", b"\xef\xbb\xbf"]
NASTY += [b"9" * 400, b"=1+1", b"x" * 30_000, b"&a [*a, *a]\n", b"<<<<<<< ours\n=======\n>>>>>>> theirs\n"]
ODD: list[Any] = [None, True, -1, 1e308, 10**30, "", "\0", "../../x", "{{ 7*7 }}", [], {}, [[]]]
RANGE = b'</sheetData><mergeCell ref="A1:XFD1048576"/><cols><col min="1" max="16384"/></cols>'
Damage = Callable[[bytes, random.Random], bytes]


def bytes_of(data: bytes, chance: random.Random) -> bytes:
    """Cut, double, replace or insert a few bytes."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        to = min(len(data), at + chance.choice((0, 2, 10, 1_000)))
        data = data[:at] + chance.choice([b"", data[at:to] * 2, *NASTY]) + data[to:]
    return data


def tree_of(data: bytes, chance: random.Random) -> bytes:
    """Remove a part of a JSON file, or replace it with a value of another type."""
    whole = part = json.loads(data)
    while True:
        key = chance.choice(list(part) if isinstance(part, dict) else range(len(part)))
        if not isinstance(part[key], dict | list) or not part[key] or chance.random() < 0.15:
            break
        part = part[key]
    if chance.random() < 0.3:
        del part[key]
    else:
        part[key] = chance.choice([*ODD, [part[key]]])
    return json.dumps(whole, ensure_ascii=False).encode()


def parts_of(data: bytes, chance: random.Random) -> bytes:
    """Remove or damage a part of a workbook, or make a sheet claim an endless range."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(parts))
    changes = [b"", bytes_of(parts[name], chance), parts[name].replace(b'"1"', b'"99999999999"')]
    parts[name] = chance.choice([*changes, parts[name].replace(b"</sheetData>", RANGE)])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            if content:
                archive.writestr(part, content)
    return buffer.getvalue()


CHECK = ("check", "--skip", "frictionless", "--package")
PROSE = (*CHECK[:-1], "--layer", "prose", "--package")
FILES: dict[str, tuple[Damage, tuple[str, ...]]] = {
    "data/reported_values.csv": (bytes_of, CHECK),
    "data/links.csv": (bytes_of, CHECK),
    "datapackage.json": (tree_of, CHECK),
    "mkdocs.yml": (bytes_of, PROSE),
    "docs/index.md": (bytes_of, PROSE),
}


def assert_told(number: int, *arguments: str) -> None:
    """Assert that the command ends with one of its own exit codes and without a traceback."""
    done = run_command(*arguments)
    assert done.returncode in (0, 1, 2), number
    assert "The tool failed" not in done.stderr and "Traceback" not in done.stderr, (number, done.stderr)


@pytest.mark.long
@pytest.mark.parametrize("file", FILES)
def test_a_damaged_file_never_makes_the_check_crash(file: str, package: Path) -> None:
    damage, call = FILES[file]
    sound = (package / file).read_bytes()
    for number in range(8):
        (package / file).write_bytes(damage(sound, random.Random(number)))
        assert_told(number, *call, str(package))


@pytest.mark.long
@pytest.mark.parametrize("damage", [bytes_of, parts_of])
def test_a_damaged_workbook_is_reported_in_words(damage: Damage, tmp_path: Path) -> None:
    book = tmp_path / "sent.xlsx"
    for number in range(20):
        book.write_bytes(damage(template().getvalue(), random.Random(number)))
        assert_told(number, "contribute", "import", str(book), "--dry-run", "--package", str(FROZEN))
