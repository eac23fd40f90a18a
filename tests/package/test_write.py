"""Whenever a run is killed, the folder is old or new as a whole, and the next run succeeds."""

import os
from pathlib import Path

import pytest

from scripts import __main__, checks
from scripts.package.atomic_write import (
    remove_leftover_temporary_files,
    replace_folder_atomically,
    restore_interrupted_folder,
    write_bytes_atomically,
)
from scripts.release import make_release, release_conditions
from scripts.site import build
from tests.conftest import FROZEN, bytes_of_files
from tests.package.stopped import NO_FORK, exit_code_if_killed_at
from tests.release.test_release import prepared


def test_new_folder_replaces_the_old_one_unless_an_error_is_raised(tmp_path: Path) -> None:
    for text in (b"one", b"two"):
        with replace_folder_atomically(tmp_path / "not/yet/place") as made:
            write_bytes_atomically(made / "page", text)
        assert bytes_of_files(tmp_path) == {"not/yet/place/page": text}
    with pytest.raises(ValueError), replace_folder_atomically(tmp_path / "not/yet/place") as made:
        write_bytes_atomically(made / "page", b"three")
        raise ValueError
    assert bytes_of_files(tmp_path) == {"not/yet/place/page": b"two"}


def test_folder_behind_a_symbolic_link_is_replaced_at_its_target(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "here").symlink_to(tmp_path / "there")
    for text in (b"one", b"two"):
        with replace_folder_atomically(tmp_path / "here") as made:
            write_bytes_atomically(made / "page", text)
        assert bytes_of_files(tmp_path / "there") == {"page": text} and (tmp_path / "here").is_symlink()
        assert sorted(path.name for path in tmp_path.iterdir()) == ["here", "there"]


def test_leftovers_of_a_killed_write_are_cleared_but_not_those_of_a_running_one(tmp_path: Path) -> None:
    left, under_way = tmp_path / ".a.csv.x1.new", tmp_path / ".a.csv.x2.new"
    left.touch()
    under_way.touch()
    os.utime(left, (0, 0))
    remove_leftover_temporary_files(tmp_path / "a.csv")
    assert {path.name for path in tmp_path.iterdir()} == {".a.csv.x2.new"}


def test_old_folder_is_restored_after_a_run_killed_between_two_renames(tmp_path: Path) -> None:
    """Builds and releases begin by restoring the old folder, even if no new one was ever made."""
    for left in (".place.old", ".place.new"):
        write_bytes_atomically(tmp_path / left / "page", left.encode())
    restore_interrupted_folder(tmp_path / "place")
    assert bytes_of_files(tmp_path) == {"place/page": b".place.old"}


@pytest.mark.parametrize("command", ["site", "release"])
def test_command_restores_the_old_folder_even_if_it_then_fails(
    command: str, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = {"site": "site", "release": "dist"}[command]
    monkeypatch.setattr(checks, "report_if_pages_blocked", lambda package: None)
    monkeypatch.setattr(release_conditions, "report_of_failing_check", lambda package: None)
    write_bytes_atomically(package / f".{place}.old/notes.txt", b"of somebody")
    assert __main__.main([command, "--package", str(package)]) != 0
    assert (package / place / "notes.txt").read_bytes() == b"of somebody"


@pytest.mark.parametrize(
    ("error", "named"),
    [
        (OSError(28, "No space left"), "a.csv"),
        (OSError(28, "No space left", "another"), "another"),
        (KeyboardInterrupt(), ""),
    ],
)
def test_failed_write_names_the_file_and_leaves_no_temporary_file(
    error: BaseException, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*given: object) -> None:
        raise error

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(type(error)) as raised:
        write_bytes_atomically(tmp_path / "a.csv", b"new")
    assert Path(getattr(raised.value, "filename", "")).name == named
    assert [*tmp_path.iterdir()] == []


@pytest.mark.long
@NO_FORK
@pytest.mark.parametrize(
    ("name", "place", "marker"), [("release", "dist", "SHA256SUMS"), ("site", "site", "sitemap.xml")]
)
def test_the_result_of_a_stopped_command_is_old_or_new(
    name: str, place: str, marker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slow steps that write nothing are stubbed; MkDocs and the release write a few small files."""
    package = prepared(tmp_path / "package", FROZEN)
    monkeypatch.setattr(build, "_run_mkdocs", write_few_pages)
    monkeypatch.setattr(build, "mkdocs_input_files", lambda package, site_url: {})
    for module, check in (
        (release_conditions, "report_of_failing_check"),
        (checks, "report_if_pages_blocked"),
    ):
        monkeypatch.setattr(module, check, lambda package: None)
    monkeypatch.setattr(
        make_release, "all_release_files", lambda *given: {marker: b"new", "parquet/one.parquet": b"new 2"}
    )

    def run() -> int:
        return __main__.main([name, "--package", str(package)])

    assert exit_code_if_killed_at(run, 0) == 0
    new, missing, code = bytes_of_files(package / place), 0, 9
    for moment in range(1, 200):
        with replace_folder_atomically(package / place) as made:
            for file in (marker, "deep/old.txt"):
                write_bytes_atomically(made / file, b"old")
        old, code = bytes_of_files(package / place), exit_code_if_killed_at(run, moment)
        missing += not (package / place).exists()
        restore_interrupted_folder(package / place)
        assert bytes_of_files(package / place) in (old, new), moment
        assert (exit_code_if_killed_at(run, 0), bytes_of_files(package / place)) == (0, new), moment
        assert [*package.glob(f".{place}.*")] == [], moment
        if code == 0:
            break
    assert code == 0 and moment >= 10
    assert missing == 1  # between the two renames, and nowhere else


def write_few_pages(package: Path, contents: dict[str, bytes], out: Path, *more: str, **named: str) -> None:
    """Write a few pages in place of MkDocs."""
    for name in ("sitemap.xml", "index.html"):
        write_bytes_atomically(out / name, f"new {name}".encode())
