"""Stops a command at many moments, each in a process of its own, and tells what it leaves behind.

Python tells of every file that is opened to write, made, renamed or removed: at one of these moments the
process ends without any chance to tidy up. Only what is slow and writes nothing is left out.
Run as `python -m tests.package.killing PACKAGE COMMAND …`; prints one JSON object a moment.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from scripts import __main__, checks, commands
from scripts.package import write
from scripts.release import gate, make
from scripts.site import build
from tests.conftest import contents

WRITES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "shutil.rmtree", "shutil.move"}
WRITES |= {"tempfile.mkstemp", "tempfile.mkdtemp", "shutil.copyfile"}
PLACES = {"release": "dist", "site": "site"}
MARKERS = {"release": "SHA256SUMS", "site": "sitemap.xml"}  # by which a folder is known as ours
FILES = {"SHA256SUMS": b"new", "one.zip": b"new 1", "parquet/one.parquet": b"new 2"}


def killed(run: Callable[[], object], at: int, told: Path | None = None) -> int:
    """Run in a copy of this process, which ends at a moment; 9 if it did. 0 is none: they are counted."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    moments = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal moments
        opened = event == "open" and isinstance(arguments[2], int) and arguments[2] & 3
        if event in WRITES or (opened and arguments[0] != os.devnull):
            moments += 1
            if moments == at:
                os._exit(9)

    with Path(os.devnull).open("w", encoding="utf-8") as nothing:
        sys.stdout = sys.stderr = nothing
        sys.addaudithook(hook)
        code = run()
        number = moments
        if told:
            told.write_text(str(number), encoding="utf-8")
        os._exit(int(bool(code)))


def stopped(package: Path, command: str, at: int, told: Path | None = None) -> int:
    """Run the command until a moment, 0 for the end; write down how many moments there were."""
    return killed(lambda: __main__.main([command, "--package", str(package)]), at, told)


def points(number: int) -> list[int]:
    """The first moments, some between, and the last ones, when the new takes the place of the old."""
    return sorted({1, 2, number // 3, 2 * number // 3, *range(max(1, number - 11), number + 1)})


def leave_out_what_is_slow() -> None:
    """Let MkDocs and the release write a few small files in the same places; check and compute nothing."""

    def write_site(package: Path, contents: dict[str, bytes], out: Path, *more: str, **named: str) -> None:
        for name in ("sitemap.xml", "index.html"):
            write.write_bytes(out / name, f"new {name}".encode())

    build._run_mkdocs = write_site
    build.filled_in = lambda package, site_url: {}
    gate.failing_check = checks.against_pages = lambda package, tell: None
    make.bundle = lambda package: FILES
    commands._is_sound = lambda package, said: True


def begin(package: Path, command: str) -> dict[str, bytes]:
    """Put an earlier result in place."""
    place = package / PLACES[command]
    with write.new_folder(place) as made:
        for name in (MARKERS[command], "deep/old.txt"):
            write.write_bytes(made / name, b"old")
    return contents(place)


def attempt(package: Path, command: str, at: int, new: dict[str, bytes]) -> dict[str, object]:
    """Stop the command at a moment, look, run it again, and look again."""
    place = package / PLACES[command]
    old = begin(package, command)
    code = stopped(package, command, at)
    missing = not place.exists()
    write.restore_folder(place)
    now = contents(place)
    return {
        "at": at,
        "stopped": code == 9,
        "missing": missing,
        "whole": now in (old, new),
        "next": stopped(package, command, 0),
        "new": contents(place) == new,
        "left": [path.name for path in place.parent.glob(f".{place.name}.*")],
    }


def tell(command: str, package: Path) -> None:
    """Try all moments."""
    begin(package, command)
    count = package.parent / "moments"
    assert stopped(package, command, 0, count) == 0
    new = contents(package / PLACES[command])
    for at in points(int(count.read_text(encoding="utf-8"))):
        print(json.dumps({"command": command} | attempt(package, command, at, new)), flush=True)


if __name__ == "__main__":
    leave_out_what_is_slow()
    for one in sys.argv[2:]:
        tell(one, Path(sys.argv[1]))
