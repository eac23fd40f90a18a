"""Whenever a command is killed, the next command leaves its files either all old or all new."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.package import file_transaction
from scripts.package.atomic_write import write_bytes_atomically
from scripts.package.file_transaction import (
    BUILD_LOCK,
    LOCK,
    NEW,
    exclusive_lock,
    finish_or_undo_interrupted_write,
    lock_files,
)
from scripts.package.files import UsageError
from scripts.package.progress_log import send_log_to
from tests.conftest import ROOT, bytes_of_files, run_command
from tests.package.stopped import NO_FORK, exit_code_if_killed_at
from tests.repository import run_git

NAMES = ("datapackage.json", "data/places.csv", "data/derived/origins.csv", "data/new.csv")
OLD = {name: f"old {name}\n".encode() for name in NAMES[:3]}
WRITTEN = {name: f"new {name}\n" for name in NAMES}
DONE = {name: text.encode() for name, text in WRITTEN.items()}
FINISHED = "A command was stopped while it wrote. What it had begun is finished."
CLEARED = "A command was stopped while it wrote. What it left is removed."
PLACES = "data/places.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A package of three files in a repository; the commands are to write a fourth."""
    folder = tmp_path / "package"
    for name, content in OLD.items():
        write_bytes_atomically(folder / name, content)
    shutil.copyfile(ROOT / ".gitignore", folder / ".gitignore")
    run_git(folder, "init", "--quiet")
    return folder


def written(folder: Path) -> None:
    """Write all four files."""
    with lock_files(folder) as files:
        files.write_all_or_none(WRITTEN)


def of_package(folder: Path) -> dict[str, bytes]:
    """Return the files that git would add, apart from .gitignore."""
    names = run_git(folder, "ls-files", "--others", "--exclude-standard").splitlines()
    return {name: (folder / name).read_bytes() for name in names if name != ".gitignore"}


def told(folder: Path) -> list[str]:
    """Return what the next command logs."""
    said: list[str] = []
    send_log_to(said.append)
    finish_or_undo_interrupted_write(folder)
    return said


@NO_FORK
def test_transaction_killed_at_any_moment_leaves_all_files_old_or_new(folder: Path) -> None:
    seen, names = set(), set()
    for moment in range(1, 100):
        for name in NAMES:
            (folder / name).unlink(missing_ok=True)
        for name, content in OLD.items():
            write_bytes_atomically(folder / name, content)
        code = exit_code_if_killed_at(lambda: written(folder), moment)
        names |= of_package(folder).keys()
        said = told(folder)
        assert of_package(folder) in (OLD, DONE), moment
        assert not (folder / NEW).exists(), moment
        seen |= {(of_package(folder) == DONE, *said)}
        if code == 0:
            break
    assert moment > 12 and names == {*NAMES}
    assert seen == {(False,), (False, CLEARED), (True, FINISHED), (True, CLEARED), (True,)}


def refused(failing: int) -> Callable[[Path, Path], None]:
    """Return a stand-in for `os.replace` that fails at the given number of files moved into place."""
    replace, gone = os.replace, []

    def renamed(source: Path, target: Path) -> None:
        if NEW in Path(source).parts and NEW not in Path(target).parts:
            gone.append(target)
            if len(gone) == failing:
                raise PermissionError(13, "in use", str(source), None, str(target))
        replace(source, target)

    return renamed


def test_transaction_that_fails_at_the_first_file_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "replace", refused(1))
    with pytest.raises(PermissionError, match="in use"):
        written(folder)
    assert of_package(folder) == OLD and told(folder) == []


def test_next_command_finishes_a_transaction_that_failed_midway(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "replace", refused(2))
    with pytest.raises(PermissionError, match="in use"):
        written(folder)
    assert of_package(folder) not in (OLD, DONE)
    assert told(folder) == [FINISHED] and of_package(folder) == DONE


def test_edit_made_after_an_interrupted_transaction_is_not_overwritten(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "replace", refused(2))
    with pytest.raises(PermissionError):
        written(folder)
    stays = next(name for name in OLD if of_package(folder)[name] == OLD[name])
    write_bytes_atomically(folder / stays, b"edited")
    with pytest.raises(UsageError, match=r"changed meanwhile\. Put it back as git has it, or delete"):
        finish_or_undo_interrupted_write(folder)
    assert of_package(folder)[stays] == b"edited"
    write_bytes_atomically(folder / stays, OLD[stays])
    assert told(folder) == [FINISHED] and of_package(folder) == DONE


EDITS: dict[str, Callable[[Path], object]] = {
    "a file that is to be written": lambda folder: write_bytes_atomically(folder / PLACES, b"edited"),
    "another table": lambda folder: write_bytes_atomically(folder / "data/links.csv", b"edited"),
    "one that is deleted": lambda folder: (folder / PLACES).unlink(),
}


@pytest.mark.parametrize("edit", EDITS)
def test_file_edited_during_a_command_stops_its_write(edit: str, folder: Path) -> None:
    with lock_files(folder) as files:
        EDITS[edit](folder)
        now = of_package(folder)
        with pytest.raises(UsageError, match=r"^data/(places|links)\.csv changed meanwhile\. Run again\.$"):
            files.write_all_or_none(WRITTEN)
    assert of_package(folder) == now and told(folder) == []


def test_lock_file_of_an_editor_does_not_stop_a_write(folder: Path) -> None:
    with lock_files(folder) as files:
        write_bytes_atomically(folder / "data/.~lock.places.csv#", b"opened")
        files.write_all_or_none(WRITTEN)
    assert bytes_of_files(folder / "data")["places.csv"] == DONE[PLACES]


@pytest.mark.parametrize("name", ["data", "data/derived", PLACES, "datapackage.json"])
def test_transaction_does_not_write_through_a_symbolic_link(
    name: str, folder: Path, tmp_path: Path
) -> None:
    (folder / name).rename(tmp_path / "elsewhere")
    (folder / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match=f"^{name} is a link: put what it leads to in its place, then run"):
        written(folder)


# The lock.


def test_waiting_process_gets_the_lock_when_the_other_ends(folder: Path) -> None:
    order = []
    said: list[str] = []
    send_log_to(said.append)

    def other() -> None:
        with exclusive_lock(folder / LOCK):
            order.append("other")

    waiting = threading.Thread(target=other)
    with exclusive_lock(folder / LOCK):
        waiting.start()
        waiting.join(0.3)
        order.append("first")
    waiting.join(10)
    assert order == ["first", "other"]
    assert said == ["Another command is at work in this folder. Waiting until it has ended …"]


def test_lock_is_identified_by_its_resolved_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_transaction, "PATIENCE", 0.1)
    with exclusive_lock(folder / LOCK):
        with (
            pytest.raises(UsageError, match="has been at work"),
            exclusive_lock(folder / "data" / ".." / LOCK),
        ):
            raise AssertionError("both have it")
        with exclusive_lock(folder / BUILD_LOCK):
            pass
    with exclusive_lock(folder / LOCK):
        pass


def test_lock_holds_for_a_command_with_another_temporary_folder(package: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "scripts", "tidy", "--package", str(package)]
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    with exclusive_lock(package / LOCK):
        other = subprocess.Popen(
            words, cwd=ROOT, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert other.stderr and "Another command is at work" in other.stderr.readline()
        assert other.poll() is None
    assert other.communicate(timeout=60)[0] == "No file needed it.\n" and other.returncode == 0


def test_two_builds_at_once_never_mix(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_transaction, "PATIENCE", 0.1)
    with exclusive_lock(package / BUILD_LOCK):
        done = run_command("site", "--pages-only", "--package", str(package))
    assert (done.returncode, done.stdout) == (2, "")
    assert "Another command has been at work in this folder" in done.stderr


def test_next_command_clears_leftover_files_and_says_so(package: Path) -> None:
    write_bytes_atomically(package / NEW / PLACES, b"half")
    done = run_command("check", "--package", str(package), "--layer", "bytes")
    assert done.returncode == 0 and CLEARED in done.stderr
    assert not (package / NEW).exists()


def test_new_folder_during_a_command_does_not_stop_its_write(folder: Path) -> None:
    with lock_files(folder) as files:
        (folder / "data/notes").mkdir()
        files.write_all_or_none(WRITTEN)
    assert (folder / PLACES).read_bytes() == DONE[PLACES]
