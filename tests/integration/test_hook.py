"""The pre-commit hook checks what is staged, and nothing else."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import FROZEN, edit_contract
from tests.repository import (
    change_locator_and_derive,
    change_locator_without_deriving,
    lend_python_start,
    make_repository,
    run_git,
    set_low_end_above_high_end,
    try_git,
)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hook")]  # one worker makes the clone, once
CHECKING = "Checking the data"


@pytest.fixture(scope="module")
def kept_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone with the hook switched on as MAINTAINING.md says."""
    place = make_repository(tmp_path_factory.mktemp("hook") / "place", FROZEN)
    done = subprocess.run(["make", "hook"], cwd=place, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    run_git(place, "branch", "base")
    return place


@pytest.fixture
def place(kept_place: Path) -> Iterator[Path]:
    """The clone with the hook, for a test to change; it is reset afterwards."""
    lend_python_start(kept_place)
    yield kept_place
    run_git(kept_place, "reset", "--quiet", "--hard", "base")
    for tag in run_git(kept_place, "tag").split():
        run_git(kept_place, "tag", "--delete", tag)
    assert run_git(kept_place, "status", "--porcelain") == ""


def commit_staged(place: Path) -> subprocess.CompletedProcess[str]:
    """Commit what is staged."""
    return try_git(place, "commit", "--quiet", "-m", "A change")


def assert_commit_refused(place: Path) -> subprocess.CompletedProcess[str]:
    """Stage and commit all changes, and assert that the hook refuses."""
    run_git(place, "add", "--all")
    done = commit_staged(place)
    assert done.returncode == 1
    return done


def test_hook_lets_a_sound_change_be_committed(place: Path) -> None:
    change_locator_and_derive(place)
    run_git(place, "add", "--all")
    done = commit_staged(place)
    assert done.returncode == 0, done.stderr
    assert CHECKING in done.stderr
    [checked] = [line for line in done.stderr.splitlines() if line.startswith("Checked: ")]
    assert "reproduction" in checked  # the one check covers the derived tables too
    assert not (place / "build/pre-commit").exists()
    assert run_git(place, "status", "--porcelain") == ""


def test_hook_stops_an_unrecorded_change_of_a_published_row(place: Path) -> None:
    """The newest tag tells what is published, although the hook checks a folder without a commit."""
    edit_contract(place, lambda contract: contract.update(version="1.0.0"))
    run_git(place, "commit", "--quiet", "--no-verify", "-am", "Version 1.0.0")
    run_git(place, "tag", "v1.0.0")
    change_locator_and_derive(place)
    done = assert_commit_refused(place)
    assert "published-cell-stays" in done.stdout + done.stderr


def test_hook_stops_a_fault_and_names_its_place(place: Path) -> None:
    set_low_end_above_high_end(place)
    done = assert_commit_refused(place)
    assert "data/reported_values.csv, line" in done.stdout + done.stderr
    assert "The commit was stopped." in done.stderr
    assert not (place / "build/pre-commit").exists()


@pytest.mark.long
def test_hook_stops_outdated_derived_tables(place: Path) -> None:
    change_locator_without_deriving(place)
    done = assert_commit_refused(place)
    assert "data/derived/values.csv" in done.stdout + done.stderr


@pytest.mark.long
def test_hook_stops_a_fault_whose_fix_is_not_staged(place: Path) -> None:
    right = (place / "data/reported_values.csv").read_bytes()
    set_low_end_above_high_end(place)
    run_git(place, "add", "--all")
    (place / "data/reported_values.csv").write_bytes(right)
    assert commit_staged(place).returncode == 1


@pytest.mark.long
def test_hook_ignores_a_fault_that_is_not_staged(place: Path) -> None:
    text = (place / "docs/contribute.md").read_text(encoding="utf-8")
    (place / "docs/contribute.md").write_text(f"{text}\nA sentence.\n", encoding="utf-8")
    run_git(place, "add", "--all")
    set_low_end_above_high_end(place)
    done = commit_staged(place)
    assert done.returncode == 0, done.stdout + done.stderr
    assert CHECKING in done.stderr


def test_hook_skips_the_check_if_only_other_files_are_staged(place: Path) -> None:
    set_low_end_above_high_end(place)
    (place / "Makefile").write_text("# other\n", encoding="utf-8")
    run_git(place, "add", "Makefile")
    done = commit_staged(place)
    assert done.returncode == 0, done.stderr
    assert CHECKING not in done.stderr


def without_libraries(place: Path) -> None:
    """Make a sound change, and remove the virtual environment, as before the first `make`."""
    change_locator_and_derive(place)
    shutil.rmtree(place / ".venv")


def without_contract(place: Path) -> None:
    """Remove datapackage.json, without which nothing can be checked."""
    (place / "datapackage.json").unlink()


@pytest.mark.parametrize(
    ("change", "code"), [(set_low_end_above_high_end, 1), (without_libraries, 2), (without_contract, 2)]
)
def test_hook_exits_with_1_for_faults_and_2_for_failures(
    place: Path, change: Callable[[Path], None], code: int
) -> None:
    """The hook exits with 1 for faults and 2 for failures; git treats every code but 0 alike."""
    change(place)
    run_git(place, "add", "--all")
    done = subprocess.run(["sh", ".githooks/pre-commit"], cwd=place, capture_output=True, text=True)
    assert done.returncode == code, done.stdout + done.stderr
