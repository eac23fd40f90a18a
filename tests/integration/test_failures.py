"""Disk errors are reported in a sentence with advice, without a traceback."""

import shutil
from errno import EACCES, EFBIG, EIO, ENOSPC, EPERM, EROFS
from pathlib import Path

import duckdb
import pytest

from scripts import commands
from scripts.package import earlier_state
from scripts.package.file_transaction import lock_files
from scripts.package.package import Package
from scripts.release import release_conditions
from tests.conftest import run_command
from tests.repository import run_git

NO_SPACE = "No space is left on the disk to write {}: free some, then run again.\n"
NO_RIGHT = (
    "{} may not be read or written: change its rights, close the program that keeps it open, "
    "or work in a copy of the folder, then run again.\n"
)
SOMEWHERE = "a file, here or among the temporary ones"
TABLE = str(Path("data", "places.csv"))
FAILURES: list[tuple[Exception, str]] = [
    (OSError(ENOSPC, "No space left on device", TABLE), NO_SPACE.format(TABLE)),
    (OSError(EFBIG, "File too large", TABLE), NO_SPACE.format(TABLE)),
    (OSError(ENOSPC, "No space left on device"), NO_SPACE.format(SOMEWHERE)),
    (shutil.Error([("a", "b", "[Errno 28] No space left on device: 'b'")]), NO_SPACE.format(SOMEWHERE)),
    (duckdb.IOException("Could not write x.gz: No space left on device"), NO_SPACE.format(SOMEWHERE)),
    (OSError(EROFS, "Read-only file system", TABLE), NO_RIGHT.format(TABLE)),
    (OSError(EPERM, "Operation not permitted", "a", None, TABLE), NO_RIGHT.format(TABLE)),
    (OSError(EACCES, "Permission denied", str(Path("package", ".data.lock"))), NO_RIGHT.format("package")),
]


@pytest.mark.parametrize(("failure", "said"), FAILURES, ids=[repr(failure) for failure, _ in FAILURES])
def test_disk_error_is_reported_in_a_sentence(
    failure: Exception, said: str, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object) -> int:
        raise failure

    monkeypatch.setattr(commands, "tidy_tables", fail)
    done = run_command("tidy", "--package", str(package))
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


def test_unexpected_file_error_is_reported_with_the_debug_option(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object) -> int:
        raise OSError(EIO, "Input/output error", TABLE)

    monkeypatch.setattr(commands, "tidy_tables", fail)
    said = run_command("tidy", "--package", str(package)).stderr
    assert said.startswith("A file could not be read or written: [Errno 5]") and "--debug" in said


def test_contract_that_is_a_symbolic_link_is_reported_with_advice(package: Path, tmp_path: Path) -> None:
    (package / "datapackage.json").rename(tmp_path / "elsewhere")
    (package / "datapackage.json").symlink_to(tmp_path / "elsewhere")
    done = run_command("contribute", "import", str(tmp_path), "--dry-run", "--package", str(package))
    assert done.returncode == 2 and done.stderr.endswith("Put what it leads to in its place.\n")


def test_unreadable_git_history_stops_a_release(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If git cannot read the history, a release stops, or a version might be published twice.

    A folder without history needs no git.
    """
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert earlier_state.newest_version_tag(package) is None
    run_git(package, "init", "--quiet")
    assert earlier_state.newest_version_tag(package) is None
    monkeypatch.setenv("PATH", str(tmp_path))
    said = "Git is not installed.*install git"
    with pytest.raises(earlier_state.NoComparisonBase, match=said):
        earlier_state.newest_version_tag(package)
    with lock_files(package) as files, pytest.raises(release_conditions.ReleaseRefused, match=said):
        release_conditions.prepare_version(Package(package), files, "1.0.0")
