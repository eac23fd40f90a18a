"""Atomic writes: how are files and folders written so that nothing is ever left half-written?"""

import csv
import errno
import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

Row = dict[str, str]


def csv_rows(content: bytes) -> list[Row]:
    """Read a CSV file that has passed the byte gate; one dict a row, all cells text."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def sha256(content: bytes) -> str:
    """The hash as people and tools write it."""
    return hashlib.sha256(content).hexdigest()


def csv_text(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Write rows as this project's CSV: comma, LF, quotes only where needed."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()


def write_text(path: Path, text: str) -> None:
    """Write a text file so that readers see old or new, never half."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """The atomic write of a file: beside its place, then renamed, so that readers see old or new."""
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


def clear_leftovers(path: Path) -> None:
    """Remove what a write of this file left behind when the machine stopped it."""
    for left_over in path.parent.glob(f".{path.name}.*"):
        left_over.unlink()


def replace_folder(new: Path, place: Path) -> None:
    """Put a finished folder in its place by two renames; the old one goes only when the new one stands.

    Between the two, for milliseconds, there is none. The folder can be made again and `restore_folder`
    brings the old one back, so this is simpler than an exchange in one step, which Python does not have.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh, old = (place.with_name(f".{place.name}.{word}") for word in ("new", "old"))
    restore_folder(place)
    for left_over in (fresh, old):
        shutil.rmtree(left_over, ignore_errors=True)
    _move(new, fresh)
    if place.exists():
        os.replace(place, old)
    try:
        os.replace(fresh, place)
    except BaseException:
        restore_folder(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _move(new: Path, place: Path) -> None:
    """Rename, or copy where the place is on another disk; never into a folder that is there."""
    try:
        os.rename(new, place)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.copytree(new, place)
        shutil.rmtree(new, ignore_errors=True)


def restore_folder(place: Path) -> None:
    """Bring back the old folder if a run was stopped between the two renames of a replacement."""
    old = place.with_name(f".{place.name}.old")
    if old.exists() and not place.exists():
        os.replace(old, place)
