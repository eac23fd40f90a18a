"""Atomic writes: files and folders are old or new, never half-written, also after a run that was killed.

A whole folder is made beside its place and put there by two renames. Between them, for milliseconds, there
is none; the next run brings the old one back.
"""

import filecmp
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from scripts.package.files import sha256
from scripts.package.progress import log

DATA, BUILD = "data", "build"
FOREVER = 10**6  # seconds to wait for a lock


def write_text(path: Path, text: str) -> None:
    """Write a text file so that readers see old or new, never half."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """The atomic write of a file: beside its place, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def new_folder(place: Path) -> Iterator[Path]:
    """An empty folder to fill, which takes the place of the old one when that is done without an error."""
    fresh, old = _beside(place)
    restore_folder(place)
    fresh.mkdir(parents=True)
    try:
        yield fresh
        if place.exists():
            os.replace(place, old)
        os.replace(fresh, place)
    finally:
        restore_folder(place)


def link_what_is_alike(fresh: Path, old: Path) -> None:
    """Hard links in place of the files that are as they were: a disk can be slow to free what goes."""
    for path in fresh.rglob("*.*"):
        same, link = old / path.relative_to(fresh), path.with_name(".link")
        with suppress(OSError):  # there was none, it is a folder, or this disk has no links
            old_one = same.lstat()
            is_plain = old_one.st_nlink == 1 and old_one.st_mode == path.stat().st_mode
            if is_plain and filecmp.cmp(path, same, shallow=False):
                os.link(same, link)
                os.replace(link, path)


def restore_folder(place: Path) -> None:
    """Bring the old folder back if a run was stopped between the two renames; clear what it left."""
    fresh, old = _beside(place)
    if old.exists() and not place.exists():
        os.replace(old, place)
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)


def _beside(place: Path) -> tuple[Path, Path]:
    return place.with_name(f".{place.name}.new"), place.with_name(f".{place.name}.old")


def write_data(package: Path, texts: Mapping[str, str]) -> None:
    """The transaction over tables, by their paths in the package: all of them are written, or none."""
    data = package / DATA
    with alone(data), new_folder(data) as fresh:
        shutil.copytree(data, fresh, symlinks=True, dirs_exist_ok=True)
        for name, text in texts.items():
            write_text(fresh / Path(name).relative_to(DATA), text)


def heal(package: Path) -> None:
    """Repair data/ after a killed run, and say so. While another run writes, it is left alone."""
    data = package / DATA
    fresh, old = _beside(data)
    if not fresh.exists() and not old.exists():
        return
    with alone(data, waits=False) as is_free:
        if is_free:
            restore_folder(data)
            log.info(f"A run that wrote into {DATA}/ was stopped. What it left is removed.")


@contextmanager
def alone(folder: Path, waits: bool = True) -> Iterator[bool]:
    """The advisory lock of a folder, and whether nobody else holds it: runs that write never mix.

    It is the lock of an empty SQLite file, which is the same on every system and ends with the process.
    """
    if sys.platform == "emscripten":  # in a browser, where there is no second run and no SQLite
        yield True
        return
    import sqlite3

    name = sha256(os.path.normcase(folder.resolve()).encode("utf-8", "replace"))[:32]
    place, timeout = Path(tempfile.gettempdir()) / f"lock-{name}", FOREVER if waits else 0
    with closing(sqlite3.connect(place, timeout, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
            is_free = True
        except sqlite3.DatabaseError as error:  # a file of another account keeps nobody out
            is_free = error.sqlite_errorcode != sqlite3.SQLITE_BUSY
        yield is_free
