"""Atomic writes: how are files and folders written so that nothing is ever left half-written?"""

import csv
import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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


class HalfWritten(OSError):
    """Some files are new and others old, and the old ones could not be put back."""


def write_all(texts: Mapping[Path, str]) -> None:
    """The transaction over files of one folder: all are written, or none where one cannot be.

    Whatever needs space is done beside them first; then files are only renamed, to and fro.
    """
    place = next(iter(texts)).parent
    place.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=place, prefix=".writing-"))
    try:
        _put_in_place([_beside(path, text, work) for path, text in texts.items()])
    except HalfWritten:
        raise  # the folder stays: it holds the old files
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    shutil.rmtree(work, ignore_errors=True)


@dataclass(frozen=True)
class _Change:
    """A file that is to be replaced: its new text and, where there is one, its old file."""

    path: Path
    new: Path
    old: Path

    def undo(self) -> bool:
        """Bring the old file back; say whether that went well."""
        try:
            os.replace(self.old, self.path) if self.old.exists() else self.path.unlink(missing_ok=True)
        except OSError:
            return False
        return True


def _beside(path: Path, text: str, work: Path) -> _Change:
    """Write the new file and keep the old one, both in a folder of their own."""
    change = _Change(path, work / f"{path.name}.new", work / f"{path.name}.old")
    change.new.write_bytes(text.encode("utf-8"))
    change.new.chmod(0o644)
    if path.exists():
        try:
            os.link(path, change.old)
        except OSError:  # a disk without hard links
            shutil.copy2(path, change.old)
    return change


def _put_in_place(changes: Sequence[_Change]) -> None:
    try:
        for change in changes:
            os.replace(change.new, change.path)
    except BaseException as error:
        done = [change for change in changes if not change.new.exists()]
        stuck = [change for change in done if not change.undo()]
        if stuck:
            raise HalfWritten(_half_written(error, stuck, changes)) from error
        raise


def _half_written(error: BaseException, stuck: Sequence[_Change], changes: Sequence[_Change]) -> str:
    new = ", ".join(change.path.name for change in stuck)
    old = ", ".join(change.path.name for change in changes if change not in stuck) or "none"
    kept = stuck[0].old.parent
    return (
        f"{error}. New: {new}. Still old: {old}. Put back what is new from {kept}, then delete that folder."
    )


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
    shutil.move(new, fresh)  # copies where the place is on another disk
    if place.exists():
        os.replace(place, old)
    try:
        os.replace(fresh, place)
    except BaseException:
        restore_folder(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def restore_folder(place: Path) -> None:
    """Bring back the old folder if a run was stopped between the two renames of a replacement."""
    old = place.with_name(f".{place.name}.old")
    if old.exists() and not place.exists():
        os.replace(old, place)
