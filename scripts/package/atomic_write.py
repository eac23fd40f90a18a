"""Atomic writes: a file or folder is either old or new, never half-written, even if a run is killed.

A folder is built next to its destination and put in place by two renames. Between them, the folder is
missing for milliseconds; after a crash at that point, the next run restores the old one.
"""

import filecmp
import glob
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

BUILD = "build"
PATIENCE = 60  # seconds; a write takes far less, so an older temporary file was left by a killed run


def write_text_atomically(path: Path, text: str) -> None:
    """Write a text file atomically, so that readers see either the old or the new version."""
    write_bytes_atomically(path, text.encode("utf-8"))


def write_bytes_atomically(path: Path, content: bytes) -> None:
    """Write a file atomically: write a temporary file next to it, then rename that."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException as error:
        Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError) and not error.filename:  # for example, the disk is full
            error.filename = str(path)
        raise


def remove_leftover_temporary_files(path: Path) -> None:
    """Remove temporary files that killed runs left next to a file, unless they are recent.

    A recent one may belong to another run that is still writing. Only files in the user's own folders need
    this; all others are written to folders that are replaced as a whole.
    """
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.new"):
        with suppress(OSError):  # another run has removed it
            if left.stat().st_mtime < time.time() - PATIENCE:
                left.unlink()


@contextmanager
def replace_folder_atomically(place: Path) -> Iterator[Path]:
    """Yield an empty folder that replaces the one at `place` if the block ends without an error.

    If the destination is a link, it stays a link, and the folder that it points to is replaced.
    """
    place = place.resolve()
    fresh, old = _temporary_and_old_folder(place)
    restore_interrupted_folder(place)
    fresh.mkdir(parents=True)
    try:
        yield fresh
        if place.exists():
            os.replace(place, old)
        os.replace(fresh, place)
    finally:
        restore_interrupted_folder(place)


def hard_link_unchanged_files(fresh: Path, old: Path) -> None:
    """Replace each new file that equals the old one with a hard link to it, since deleting can be slow."""
    for path in fresh.rglob("*.*"):
        same, link = old / path.relative_to(fresh), path.with_name(".link")
        with suppress(OSError):  # there was no such file, it is a folder, or the disk has no hard links
            old_one = same.lstat()
            is_plain = old_one.st_nlink == 1 and old_one.st_mode == path.stat().st_mode
            if is_plain and filecmp.cmp(path, same, shallow=False):
                os.link(same, link)
                os.replace(link, path)


def restore_interrupted_folder(place: Path) -> None:
    """Restore the old folder if a run stopped between the two renames, and remove what that run left."""
    fresh, old = _temporary_and_old_folder(place)
    if old.exists() and not place.exists():
        os.replace(old, place)
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)


def _temporary_and_old_folder(place: Path) -> tuple[Path, Path]:
    return place.with_name(f".{place.name}.new"), place.with_name(f".{place.name}.old")
