"""Change files of the package: one command at a time, and all of the files or none.

A writing command locks the package from its first read to its last write; others wait. New files are first
written in `.data.new/`. When all are complete, the previous hash of each file is recorded there, and the
files are moved into place one by one. After a killed run, the next command finishes the moves or, if no
hashes were recorded, empties the folder.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from errno import EACCES
from pathlib import Path

from scripts.package.atomic_write import write_text_atomically
from scripts.package.files import UsageError
from scripts.package.progress_log import log

DATA, LOCK, BUILD_LOCK = "data", ".data.lock", ".build.lock"
NEW, WAS = ".data.new", "was.json"
BESIDE = ("datapackage.json", "releases.json", "CITATION.cff", "pyproject.toml")  # written along with data/
PATIENCE = 600.0  # seconds to wait for another command
STOPPED = "A command was stopped while it wrote."


class LockedFiles:
    """The files of a locked package, with the hashes that they had when this object was made.

    Raises UsageError if one of them is a link, since that may point to any file.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        if linked := next((path for path in _files_under_lock(folder) if path.is_symlink()), None):
            name = linked.relative_to(folder).as_posix()
            raise UsageError(f"{name} is a link: put what it leads to in its place, then run again.")
        self._was = _hashes_by_path(folder)

    def refuse_if_edited(self) -> None:
        """Raise UsageError if a file has changed since it was read: an editor ignores the lock."""
        changed = self._was.items() ^ _hashes_by_path(self._folder).items()
        if changed:
            raise UsageError(f"{min(changed)[0]} changed meanwhile. Run again.")

    def write_all_or_none(self, texts: Mapping[str, str]) -> None:
        """Write files, given by their paths in the package: all of them or none.

        Raises UsageError if one has changed since it was read, and OSError if one cannot be written.
        """
        if not texts:
            return
        new = self._folder / NEW
        try:
            for path, text in texts.items():
                _raise_if_not_replaceable(self._folder / path)
                write_text_atomically(new / path, text)
            self.refuse_if_edited()
            write_text_atomically(new / WAS, json.dumps({path: self._was.get(path, "") for path in texts}))
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        _move_new_files_into_place(self._folder)


@contextmanager
def lock_files(folder: Path) -> Iterator[LockedFiles]:
    """Lock the files of a package for reading and writing, so that no other command writes them."""
    with exclusive_lock(folder / LOCK):
        _finish_or_discard_new_files(folder)
        yield LockedFiles(folder)


def finish_or_undo_interrupted_write(folder: Path) -> None:
    """Finish or undo what a killed run was writing, and log which of the two was done."""
    if (folder / NEW).exists():
        with exclusive_lock(folder / LOCK):
            _finish_or_discard_new_files(folder)


@contextmanager
def exclusive_lock(lock: Path) -> Iterator[None]:
    """Hold a lock during the block; raises UsageError if another process holds it for too long."""
    from filelock import FileLock, Timeout  # not available in a browser, where nothing is written

    try:
        hold = FileLock(lock).acquire(timeout=0)
    except Timeout:
        log.info("Another command is at work in this folder. Waiting until it has ended …")
        try:
            hold = FileLock(lock).acquire(timeout=PATIENCE)
        except Timeout as error:
            raise UsageError(
                f"Another command has been at work in this folder for {PATIENCE / 60:.0f} minutes: "
                "wait until it has ended, or end it, then run again."
            ) from error
    with hold:
        yield


def _finish_or_discard_new_files(folder: Path) -> None:
    new = folder / NEW
    if (new / WAS).exists():
        _move_new_files_into_place(folder)
        log.info(f"{STOPPED} What it had begun is finished.")
    elif new.exists():
        shutil.rmtree(new)
        log.info(f"{STOPPED} What it left is removed.")


def _move_new_files_into_place(folder: Path) -> None:
    """Move the new files into place.

    If the first move fails, all new files are deleted; if a later one fails, the next run does the rest.
    """
    new = folder / NEW
    was = json.loads((new / WAS).read_text(encoding="utf-8"))
    left = [path for path in _files_below(new) if path != WAS]
    is_begun = len(left) < len(was)
    try:
        for path in left:
            if _file_hash(folder / path) != was.get(path):
                raise UsageError(f"{path} changed meanwhile. {_advice_after_edit_by_hand(is_begun)}")
        for path in left:
            os.replace(new / path, folder / path)
            is_begun = True
    except (OSError, UsageError):
        if not is_begun:
            shutil.rmtree(new)
        raise
    shutil.rmtree(new)


def _advice_after_edit_by_hand(is_begun: bool) -> str:
    """Say what to do if a file from an interrupted run has been edited since."""
    return f"Put it back as git has it, or delete {NEW}, then run again." if is_begun else "Run again."


def _raise_if_not_replaceable(path: Path) -> None:
    """Raise OSError if a file cannot be replaced, such as one open in a spreadsheet on Windows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not os.access(path.parent, os.W_OK):
        raise PermissionError(EACCES, os.strerror(EACCES), str(path.parent))
    if path.exists():
        path.open("r+b").close()


def _files_under_lock(folder: Path) -> Iterator[Path]:
    """Yield the files that are written together, and their folders, but no hidden files of editors."""
    yield from (folder / name for name in (DATA, *BESIDE))
    for path in (folder / DATA).rglob("*"):
        if not path.name.startswith(".") and (path.suffix == ".csv" or path.is_dir()):
            yield path


def _hashes_by_path(folder: Path) -> dict[str, str]:
    """Return the SHA-256 hash of each file that `_files_under_lock` yields, by its path in the package."""
    files = [path for path in _files_under_lock(folder) if path.is_file()]
    return {path.relative_to(folder).as_posix(): _file_hash(path) for path in files}


def _file_hash(path: Path) -> str:
    """The hash of a file; blank if there is none."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files_below(folder: Path) -> list[str]:
    """The relative paths of all files in a folder, at any depth."""
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
