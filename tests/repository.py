"""Helpers that make a git repository of the package, for tests with git and GitHub's workflows."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.site import disk_cache
from scripts.site.browser_engine import KEPT
from tests.conftest import ROOT, change_cells, copy_package, make_unreleased, rebuild_derived_tables

OTHER_PARTS = (
    "scripts",
    "engine",
    ".githooks",
    ".github",
    "Makefile",
    "requirements.lock",
    ".gitignore",
    ".gitattributes",
)
NOBODY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    **{f"GIT_{who}_{detail}": "nobody" for who in ("AUTHOR", "COMMITTER") for detail in ("NAME", "EMAIL")},
    **{f"GIT_{who}_DATE": "2026-01-02T23:30:00+0000" for who in ("AUTHOR", "COMMITTER")},
}


def run_git(place: Path, *words: str) -> str:
    """Run git without the user's own settings, assert that it succeeds, and return its output."""
    done = try_git(place, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def try_git(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run git, which may fail, and return the completed process."""
    return subprocess.run(
        ["git", *words],
        cwd=place,
        env=git_environment_without_settings(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
    )


def git_environment_without_settings() -> dict[str, str]:
    """Return the environment for git, without any of the user's own settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | NOBODY


def make_repository(place: Path, source: Path) -> Path:
    """Make a repository of a package and the code, with one commit on main and nothing published."""
    make_unreleased(copy_package(place, source))
    for part in OTHER_PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, place / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, place / part)
    run_git(place, "init", "--quiet", "--initial-branch", "main")
    commit_all(place, "Base")
    lend_libraries(place)
    return place


def commit_all(place: Path, message: str = "A change") -> None:
    """Commit all changes."""
    run_git(place, "add", "--all")
    run_git(place, "commit", "--quiet", "-m", message)


def lend_libraries(clone: Path) -> None:
    """Give a clone this Python's libraries, compiled code and earlier builds."""
    lend_python_start(clone)
    (clone / ".venv/ready").touch()
    copy_compiled_code(clone)
    link_cached_builds(clone)


def lend_python_start(clone: Path) -> None:
    """Give a clone a Python that starts this one."""
    install_python_script(clone, f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')


def install_python_script(clone: Path, script: str) -> None:
    """Install a script as the Python of a clone."""
    python = clone / ".venv/bin/python"
    python.parent.mkdir(parents=True, exist_ok=True)
    python.write_text(script, encoding="utf-8")
    python.chmod(0o755)


def copy_compiled_code(clone: Path) -> None:
    """Copy our compiled code into a clone; Python accepts it because the file times are ours too."""
    for own in (ROOT / "scripts").rglob("*.py"):
        path = clone / own.relative_to(ROOT)
        if path.is_file() and path.read_bytes() == own.read_bytes():
            shutil.copystat(own, path)
    for own in (ROOT / "scripts").rglob("__pycache__"):
        shutil.copytree(own, clone / own.relative_to(ROOT), dirs_exist_ok=True)


def link_cached_builds(clone: Path) -> None:
    """Link the browser engine and cached builds into a clone, so that it downloads nothing."""
    for own in (KEPT, disk_cache.PLACE):
        if own.is_dir():
            (clone / "build").mkdir(exist_ok=True)
            (clone / "build" / own.name).symlink_to(own)


CELL = "Page 999, made up by a test"


def change_locator_and_derive(package: Path) -> None:
    """Change the locator of a reading, and rebuild the derived tables."""
    change_locator_without_deriving(package)
    rebuild_derived_tables(package)


def change_locator_without_deriving(package: Path) -> None:
    """Change the locator of a reading, without rebuilding the derived tables."""
    change_cells(package, "reported_values", "KH010", locator=CELL)


def set_low_end_above_high_end(package: Path) -> None:
    """Set the low end of a reading above its high end."""
    change_cells(package, "reported_values", "KH010", low="99")
