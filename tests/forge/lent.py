"""A Python that a clone is lent: the shell line runs as it stands, and the tests' own Python answers it.

That spares the start, which takes as long as the check of a package, and what an earlier check of
the same rows has found. frictionless is left out. One run of each kind has a Python of its own.
"""

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager
from pathlib import Path
from unittest.mock import patch

from scripts import checks, commands
from tests.conftest import command
from tests.repository import lend_python

ANSWERED = r"scripts\ check | scripts\ derive | scripts\ preview"  # all else is for a Python of its own
LONGEST = 240  # seconds
STAND_IN = """#!/bin/sh
case "$2 $3" in {answered}) ;; *) exec "{python}" "$@" ;; esac
env -0 > "{place}/environment"
pwd > "{place}/folder"
printf '%s\\0' "$@" > "{place}/words"
echo > "{place}/asked"
read -r code < "{place}/answered"
cat "{place}/out"
cat "{place}/told" >&2
exit "$code"
"""


def lend_this_python(clone: Path) -> None:
    """Put the stand-in in the place of the Python of a clone."""
    place = _meeting(clone)
    lend_python(clone, STAND_IN.format(answered=ANSWERED, python=sys.executable, place=place))


def _meeting(clone: Path) -> Path:
    """Where a stand-in and this Python meet."""
    place = clone.with_name(f"{clone.name}-asks")
    if not place.exists():
        place.mkdir()
        for name in ("asked", "answered"):
            os.mkfifo(place / name)
    return place


def run(
    words: Sequence[str | Path], clone: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a program in a clone, and answer each stand-in that it starts."""
    place = _meeting(clone)
    out, told = place / "all-out", place / "all-told"
    with out.open("wb") as first, told.open("wb") as second, _questions(place) as asked:
        process = subprocess.Popen(words, cwd=clone, env=environment, stdout=first, stderr=second)
        try:
            _answer_until_the_end(process, asked, place)
        finally:
            process.kill()
    texts = [path.read_text(encoding="utf-8") for path in (out, told)]
    return subprocess.CompletedProcess(words, process.returncode, *texts)


def _answer_until_the_end(process: "subprocess.Popen[bytes]", asked: int, place: Path) -> None:
    end = time.monotonic() + LONGEST
    while process.poll() is None:
        assert time.monotonic() < end, f"no end after {LONGEST} s"
        if select.select([asked], [], [], 0.01)[0]:
            os.read(asked, 100)
            _answer(place)


@contextmanager
def _questions(place: Path) -> Iterator[int]:
    """Where stand-ins ask; open to write too, so that it does not end with the first of them."""
    asked = os.open(place / "asked", os.O_RDWR)
    try:
        yield asked
    finally:
        os.close(asked)


def _answer(place: Path) -> None:
    """Run the command that a stand-in was given, where it was given and with what it knows."""
    pairs = (place / "environment").read_text(encoding="utf-8").split("\0")[:-1]
    words = (place / "words").read_text(encoding="utf-8").split("\0")[:-1]
    folder = Path((place / "folder").read_text(encoding="utf-8").strip())
    ours = {name: module for name, module in checks.LAYERS.items() if name != "frictionless"}
    assert words[:2] == ["-m", "scripts"]
    with (
        patch.dict(os.environ, dict(pair.split("=", 1) for pair in pairs), clear=True),
        patch.object(commands, "HERE", folder),
        patch.object(checks, "LAYERS", ours),
        chdir(folder),
    ):
        done = command(*words[2:])
    (place / "out").write_text(done.stdout, encoding="utf-8")
    (place / "told").write_text(done.stderr, encoding="utf-8")
    (place / "answered").write_text(f"{done.returncode}\n", encoding="utf-8")
