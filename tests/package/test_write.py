"""Whatever the moment at which a write is stopped: all is old or all is new, and the next run succeeds."""

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import __main__, checks
from scripts.package.progress import told_to
from scripts.package.write import alone, heal, new_folder, restore_folder, write_bytes, write_data
from scripts.release import gate, make
from scripts.site import build
from tests.conftest import FROZEN, command, contents
from tests.release.test_release import prepared

NAMES = ("data/sources.csv", "data/derived/conflicts.csv", "data/reported_values.csv")
NO_FORK = pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
OLD = {name.removeprefix("data/"): f"old {name}\n".encode() for name in NAMES[:2]}
NEW = {name.removeprefix("data/"): f"new {name}\n".encode() for name in NAMES}


WRITES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "shutil.rmtree", "shutil.move"}
WRITES |= {"tempfile.mkstemp", "tempfile.mkdtemp", "shutil.copyfile"}


def killed(run: Callable[[], object], at: int) -> int:
    """Run in a copy of this process, which ends at a moment; 9 if it did.

    Python tells of every file that is opened to write, made, renamed or removed: these are the moments.
    """
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
        os._exit(int(bool(run())))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A package of two tables; the third is to come."""
    for name, content in OLD.items():
        write_bytes(tmp_path / "data" / name, content)
    return tmp_path


def write(folder: Path) -> None:
    """Write all three."""
    write_data(folder, {name: f"new {name}\n" for name in NAMES})


def told(folder: Path) -> list[str]:
    """What the next run says."""
    said: list[str] = []
    told_to(said.append)
    heal(folder)
    return said


@NO_FORK
def test_at_every_moment_all_is_old_or_new(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    seen = set()
    for moment in range(1, 100):
        for name in NAMES:
            (folder / name).unlink(missing_ok=True)
        for name, content in OLD.items():
            write_bytes(folder / "data" / name, content)
        code = killed(lambda: write(folder), moment)
        is_left = any(path.name.startswith(".") for path in folder.iterdir())
        said = told(folder)
        assert contents(folder / "data") in (OLD, NEW), moment
        assert [path.name for path in folder.iterdir()] == ["data"], moment
        assert bool(said) == is_left, moment
        seen |= {(contents(folder / "data") == NEW, *said)}
        if code == 0:
            break
    assert moment > 12
    stopped = "A run that wrote into data/ was stopped. What it left is removed."
    assert seen == {(False,), (False, stopped), (True, stopped), (True,)}


@pytest.mark.parametrize("failing", [1, 2])
def test_a_folder_that_cannot_be_renamed_leaves_the_old_one(
    folder: Path, failing: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    renamed, replace = [], os.replace

    def refused(source: Path, target: Path) -> None:
        if folder in (Path(source).parent, Path(source)):
            renamed.append(source)
            if len(renamed) == failing:
                raise PermissionError("in use")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(PermissionError, match="in use"):
        write(folder)
    assert contents(folder / "data") == OLD
    assert [path.name for path in folder.iterdir()] == ["data"]


def test_a_folder_takes_the_place_of_another_and_no_error_does(tmp_path: Path) -> None:
    for text in (b"one", b"two"):
        with new_folder(tmp_path / "not/yet/place") as made:
            write_bytes(made / "page", text)
        assert contents(tmp_path) == {"not/yet/place/page": text}
    with pytest.raises(ValueError), new_folder(tmp_path / "not/yet/place") as made:
        write_bytes(made / "page", b"three")
        raise ValueError
    assert contents(tmp_path) == {"not/yet/place/page": b"two"}


def test_what_another_run_writes_just_now_is_left_alone(folder: Path) -> None:
    (folder / ".data.new").mkdir()
    with alone(folder / "data"):
        assert told(folder) == []
    assert len(told(folder)) == 1


def test_who_waits_gets_the_lock_when_the_other_has_ended(folder: Path) -> None:
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


def test_two_names_of_a_folder_have_one_lock_and_two_folders_have_two(folder: Path) -> None:
    with alone(folder / "data") as data:
        with alone(folder / "data" / ".." / "data", waits=False) as again:
            assert (data, again) == (True, False)
        with alone(folder / "data/derived", waits=False) as other:
            assert other
    write(folder)
    with alone(folder / "data", waits=False) as is_free:
        assert is_free


def test_two_builds_at_once_never_mix(package: Path) -> None:
    (package / "build").mkdir()
    with alone(package / "build"):
        done = command("site", "--pages-only", "--package", str(package))
    assert (done.returncode, done.stdout) == (2, "")
    assert "Another build of this package is running" in done.stderr


def test_the_next_command_brings_the_data_back_and_says_so(package: Path) -> None:
    (package / "data").rename(package / ".data.old")
    done = command("check", "--package", str(package), "--layer", "bytes")
    assert done.returncode == 0 and "was stopped. What it left is removed." in done.stderr
    assert (package / "data").is_dir() and not (package / ".data.old").exists()


@pytest.mark.long
@NO_FORK
@pytest.mark.parametrize(
    ("name", "place", "marker"), [("release", "dist", "SHA256SUMS"), ("site", "site", "sitemap.xml")]
)
def test_the_result_of_a_stopped_command_is_old_or_new(
    name: str, place: str, marker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is slow and writes nothing is left out; MkDocs and the release write a few small files."""
    package = prepared(tmp_path / "package", FROZEN)
    monkeypatch.setattr(build, "_run_mkdocs", few_pages)
    monkeypatch.setattr(build, "filled_in", lambda package, site_url: {})
    for module, check in ((gate, "failing_check"), (checks, "against_pages")):
        monkeypatch.setattr(module, check, lambda package: None)
    monkeypatch.setattr(make, "bundle", lambda package: {marker: b"new", "parquet/one.parquet": b"new 2"})

    def run() -> int:
        return __main__.main([name, "--package", str(package)])

    assert killed(run, 0) == 0
    new, missing, code = contents(package / place), 0, 9
    for moment in range(1, 200):
        with new_folder(package / place) as made:
            for one in (marker, "deep/old.txt"):
                write_bytes(made / one, b"old")
        old, code = contents(package / place), killed(run, moment)
        missing += not (package / place).exists()
        restore_folder(package / place)
        assert contents(package / place) in (old, new), moment
        assert (killed(run, 0), contents(package / place)) == (0, new), moment
        assert [*package.glob(f".{place}.*")] == [], moment
        if code == 0:
            break
    assert code == 0 and moment >= 10
    assert missing == 1  # between the two renames, and nowhere else


def few_pages(package: Path, contents: dict[str, bytes], out: Path, *more: str, **named: str) -> None:
    """What MkDocs writes."""
    for name in ("sitemap.xml", "index.html"):
        write_bytes(out / name, f"new {name}".encode())
