"""The transaction over files of one folder: all are new or all are old, also after a run that was killed.

New and old files stand in a folder `.writing-…` beside them. While it holds neither mark, no file has been
touched. From `ready` on the next run finishes; from `undo` on it puts back what is old.
"""

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.package.lock import alone

WRITING, DONE = ".writing-", ".written-"
READY, UNDO = "ready", "undo"
NEW, OLD = ".new", ".old"


class HalfWritten(OSError):
    """Some files are new and others old, and the old ones could not be put back."""


class Changed(Exception):
    """A file was changed by hand since the run that was stopped, so nothing is overwritten."""


def write_all(texts: Mapping[Path, str]) -> None:
    """Write all files, or none where one cannot be.

    Whatever needs space is done beside them first; then files are only renamed, to and fro.
    """
    place = next(iter(texts)).parent
    place.mkdir(parents=True, exist_ok=True)
    with alone(place):
        work = Path(tempfile.mkdtemp(dir=place, prefix=WRITING))
        try:
            _put_in_place([_beside(path, text, work) for path, text in texts.items()], work)
        except HalfWritten:
            raise  # the folder stays: it holds the old files
        except BaseException:
            _close(work)
            raise
        _close(work)


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
    change = _Change(path, work / f"{path.name}{NEW}", work / f"{path.name}{OLD}")
    change.new.write_bytes(text.encode("utf-8"))
    change.new.chmod(0o644)
    if path.exists():
        shutil.copy2(path, change.old)  # no link, which an editor that writes in place would change too
    return change


def _put_in_place(changes: Sequence[_Change], work: Path) -> None:
    (work / READY).touch()
    try:
        for change in changes:
            os.replace(change.new, change.path)
    except BaseException as error:
        os.rename(work / READY, work / UNDO)
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
        f"{error}. New: {new}. Still old: {old}. The old files are in {kept}: leave that folder. Once "
        "the files can be written again, any command puts them back."
    )


def _close(work: Path) -> None:
    """Take the folder away; renamed first, since one that is deleted by halves says nothing true."""
    done = work.with_name(work.name.replace(WRITING, DONE))
    try:
        os.rename(work, done)
    except OSError:  # nothing may be renamed here, so the next run says what there is
        return
    shutil.rmtree(done, ignore_errors=True)


def heal(place: Path) -> list[str]:
    """Finish or undo what a killed run left in a folder, in a sentence each. Changed where it may not."""
    for left in place.glob(f"{DONE}*"):
        shutil.rmtree(left, ignore_errors=True)
    return [_healed(work, place) for work in sorted(place.glob(f"{WRITING}*"))]


def _healed(work: Path, place: Path) -> str:
    if (work / READY).exists():
        said = f"An import was stopped while it wrote. It is finished now: {_finished(work, place)}."
    elif (work / UNDO).exists():
        said = f"An import could not be written. What was there is put back: {_undone(work, place)}."
    else:
        said = "An import was stopped before it wrote. Nothing is changed, and what it left is removed."
    _close(work)
    return said


def _finished(work: Path, place: Path) -> str:
    left = {new: place / new.name.removesuffix(NEW) for new in sorted(work.glob(f"*{NEW}"))}
    for path in left.values():
        old = work / f"{path.name}{OLD}"
        if path.exists() != old.exists() or (old.exists() and path.read_bytes() != old.read_bytes()):
            raise Changed(
                f"An import was stopped while it wrote, and {path.name} was changed since, so nothing is "
                f"overwritten. What the import would write is in {work}. Put what you need of it into "
                "the tables; then rename that folder and move it out of data/."
            )
    for new, path in left.items():
        os.replace(new, path)
    return ", ".join(path.name for path in left.values()) or "all files were in place"


def _undone(work: Path, place: Path) -> str:
    stuck = [old for old in sorted(work.glob(f"*{OLD}")) if not (work / f"{old.stem}{NEW}").exists()]
    for old in stuck:
        os.replace(old, place / old.stem)
    return ", ".join(old.stem for old in stuck) or "it was in place"
