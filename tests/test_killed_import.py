"""An import that is killed at any moment is finished or undone by the next run, and leaves nothing."""

import os
import stat
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.package import files, lock
from scripts.package.healing import heal_all
from scripts.package.lock import alone
from scripts.package.opening import Package
from scripts.package.transaction import Changed, HalfWritten, write_all
from tests.conftest import command
from tests.killing import WRITES, in_a_process

NAMES = ("sources.csv", "studies.csv", "reported_values.csv")
TOUCHES = WRITES | {"shutil.copyfile"}
NO_FORK = pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A package of two old tables; the third is new."""
    (tmp_path / "data/derived").mkdir(parents=True)
    begin(tmp_path)
    return tmp_path


def begin(folder: Path) -> None:
    """Two tables are old, the third is not there."""
    (folder / "data" / NAMES[2]).unlink(missing_ok=True)
    for name in NAMES[:2]:
        (folder / "data" / name).write_text(f"old {name}\n", encoding="utf-8")


def write(folder: Path) -> None:
    """Write all three."""
    write_all({folder / "data" / name: f"new {name}\n" for name in NAMES})


def killed_at(folder: Path, moment: int) -> int:
    """Write in a process of its own, which ends at this moment without tidying up; 9 if it did."""

    def run() -> int:
        moments = 0

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal moments
            opened = event == "open" and isinstance(arguments[2], int) and arguments[2] & 3
            if event in TOUCHES or opened:
                moments += 1
                if moments == moment:
                    os._exit(9)

        sys.addaudithook(hook)
        write(folder)
        return 0

    return in_a_process(run)


def told(folder: Path) -> list[str]:
    """What the next run says."""
    said: list[str] = []
    heal_all(folder, said.append)
    return said


def states(folder: Path) -> set[str]:
    """Which files there are, old or new."""
    return {path.read_text(encoding="utf-8").split()[0] for path in (folder / "data").glob("*.csv")}


@NO_FORK
def test_at_every_moment_all_is_old_or_new(folder: Path, tmp_path: Path) -> None:
    seen = set()
    for moment in range(1, 100):
        begin(folder)
        code = killed_at(folder, moment)
        left = [*(folder / "data").glob(".*")]
        said = told(folder)
        assert len(states(folder)) == 1, moment
        assert not [*(folder / "data").glob(".*")], moment
        assert bool(said) == any(path.name.startswith(".writing") for path in left), moment
        seen |= {(state, *(words[:35] for words in said)) for state in states(folder)}
        if code == 0:
            break
    assert moment > 12
    assert seen == {
        ("old",),
        ("old", "An import was stopped before it wro"),
        ("new", "An import was stopped while it wrot"),
        ("new",),
    }


def half_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace one file, then neither go on nor back."""
    calls, replace = [], os.replace

    def fail(old: Path, new: Path) -> None:
        calls.append(new)
        if len(calls) > 1:
            raise OSError("no more")
        replace(old, new)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", fail)
        with pytest.raises(HalfWritten):
            write(folder)


def test_what_could_not_be_put_back_is_put_back_by_the_next_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half_written(folder, monkeypatch)
    assert states(folder) == {"old", "new"}
    assert told(folder) == ["An import could not be written. What was there is put back: sources.csv."]
    assert states(folder) == {"old"} and told(folder) == []


@NO_FORK
def test_what_was_changed_by_hand_since_is_not_overwritten(folder: Path) -> None:
    moment = 1
    while killed_at(folder, moment) and states(folder) != {"old", "new"}:
        told(folder)
        begin(folder)
        moment += 1
    (folder / "data/studies.csv").write_text("by hand\n", encoding="utf-8")
    with pytest.raises(Changed, match=r"studies\.csv was changed since"):
        told(folder)
    assert (folder / "data/studies.csv").read_text(encoding="utf-8") == "by hand\n"


def test_leftovers_of_builds_and_of_single_writes_are_cleared(folder: Path) -> None:
    for path in (
        "build/site-ab12_xyz/docs/x",
        "build/release-ab12_xyz/x",
        "data/derived/.comparisons.csv.ab12_xyz",
    ):
        files.write_bytes(folder / path, b"left")
    files.write_bytes(folder / "build/docs/index.md", b"kept")
    assert len(told(folder)) == 2
    kept = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".csv"]
    assert kept == [folder / "build/docs/index.md"] and told(folder) == []


class Msvcrt:
    """What Windows has in place of flock: one byte of an open file is locked, or an error at once."""

    LK_NBLCK = 2

    @staticmethod
    def locking(handle: int, mode: int, length: int) -> None:
        """Lock the file for this handle; flock is as strict between two handles of one process."""
        assert (mode, length) == (Msvcrt.LK_NBLCK, 1) and stat.S_ISREG(os.fstat(handle).st_mode)
        FCNTL.flock(handle, FCNTL.LOCK_EX | FCNTL.LOCK_NB)


FCNTL = lock.fcntl


@pytest.fixture(params=["this system", "Windows"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """Locks as this system takes them, and as Windows does, which opens no folder."""
    if request.param == "Windows" and FCNTL is not None:
        monkeypatch.setattr(lock, "fcntl", None)
        monkeypatch.setattr(lock, "msvcrt", Msvcrt)
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return str(request.param)


def test_what_another_run_writes_just_now_is_left_alone(folder: Path, system: str) -> None:
    files.write_bytes(folder / "build/site-ab12_xyz/docs/x", b"at work")
    (folder / "data/.writing-x").mkdir()
    with alone(folder / "build"), alone(folder / "data"):
        assert told(folder) == []
    assert len(told(folder)) == 2


def test_who_waits_gets_the_lock_when_the_other_has_ended(folder: Path, system: str) -> None:
    order = []

    def other() -> None:
        with alone(folder) as is_free:
            order.append(("other", is_free))

    waiting = threading.Thread(target=other)
    with alone(folder) as is_free:
        waiting.start()
        waiting.join(0.3)
        order.append(("first", is_free))
    waiting.join(10)
    assert order == [("first", True), ("other", True)]


def test_two_names_of_a_folder_have_one_lock_and_two_folders_have_two(folder: Path, system: str) -> None:
    with alone(folder / "data") as data:
        with alone(folder / "data" / ".." / "data", waits=False) as again:
            assert (data, again) == (True, False)
        with alone(folder / "data/derived", waits=False) as other:
            assert other


def test_an_import_is_written_under_the_lock_and_gives_it_back(folder: Path, system: str) -> None:
    write(folder)
    assert states(folder) == {"new"} and told(folder) == []
    with alone(folder / "data", waits=False) as is_free:
        assert is_free


def test_two_builds_at_once_never_mix(package: Path, system: str) -> None:
    (package / "build").mkdir()
    with alone(package / "build"):
        done = command("site", "--pages-only", "--package", str(package))
    assert (done.returncode, done.stdout) == (2, "")
    assert "Another build of this package is running" in done.stderr


def test_a_folder_of_another_run_is_never_moved_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a move of a folder onto a folder would: it ends up inside."""
    files.write_bytes(tmp_path / "new/page", b"mine")
    remove: Callable[..., None] = files.shutil.rmtree

    def and_another_comes(path: Path, **options: bool) -> None:
        remove(path, **options)
        if path.name == ".site.new":
            files.write_bytes(path / "page", b"theirs")

    monkeypatch.setattr(files.shutil, "rmtree", and_another_comes)
    with pytest.raises(OSError, match="not empty"):
        files.replace_folder(tmp_path / "new", tmp_path / "site")
    assert not [*tmp_path.rglob("new/new"), *tmp_path.rglob("site/site"), *tmp_path.rglob(".site.new/new")]


@NO_FORK
def test_the_next_command_finishes_an_import_and_says_so(package: Path) -> None:
    opened = Package(package)
    texts = {package / f"data/{name}": opened.content(f"data/{name}").decode() for name in NAMES}
    work = package / "data/.writing-abc"
    work.mkdir()
    for path, text in texts.items():
        (work / f"{path.name}.new").write_text(text, encoding="utf-8", newline="")
        (work / f"{path.name}.old").write_text(text, encoding="utf-8", newline="")
    (work / "ready").touch()
    done = command("check", "--package", str(package), "--layer", "bytes")
    assert done.returncode == 0 and "It is finished now: reported_values.csv" in done.stderr
    assert not work.exists()
