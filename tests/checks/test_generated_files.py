"""The check of generated files: the record of releases, the citation, and the version of the code."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.package.package import Package
from scripts.publish import release_history
from tests.conftest import (
    change_rows,
    copy_package,
    edit_contract,
    findings_of,
    free_withdrawn_readings,
    run_command,
)
from tests.repository import commit_all, run_git

pytestmark = pytest.mark.xdist_group("made files")  # one worker publishes the versions, once
PROJECT = '[project]\nname = "of-tests"\nversion = "0.1.0"\n'
Found = list[tuple[str, str, str]]


def prepare(package: Path, version: str) -> None:
    """Prepare a version, commit it and tag it."""
    done = run_command("release", "--prepare", version, "--package", str(package))
    assert done.returncode == 0, done.stderr
    commit_all(package)
    run_git(package, "tag", f"v{version}")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package with two published versions and their generated files."""
    place = copy_package(tmp_path_factory.mktemp("made") / "package")
    edit_contract(place, lambda whole: whole.update(version="0.9.0"))
    change_rows(place, "corrections", list.clear)
    change_rows(place, "reported_values", free_withdrawn_readings)
    (place / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    run_git(place, "init", "--quiet", "--initial-branch", "main")
    commit_all(place)
    prepare(place, "1.0.0")
    prepare(place, "1.0.1")
    return place


@pytest.fixture
def package(published: Path, tmp_path: Path) -> Path:
    """A clone of the published package, for a test to damage."""
    run_git(tmp_path, "clone", "--quiet", str(published), "package")
    return tmp_path / "package"


def found(package: Path) -> Found:
    """Return the rule, file and field of each finding of this layer."""
    findings = findings_of(package, "--layer", "made")
    return [(finding["rule"], finding["table"], finding["field"]) for finding in findings]


def edit(change: Callable[[list[dict[str, Any]]], object]) -> Callable[[Path], object]:
    """Return an edit of the record of versions."""

    def changed(package: Path) -> None:
        path = package / release_history.NAME
        entries = json.loads(path.read_text(encoding="utf-8"))
        change(entries)
        path.write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8")

    return changed


def rewrite(name: str, was: str, becomes: str) -> Callable[[Path], object]:
    """Return an edit that replaces a text in a file."""

    def changed(package: Path) -> None:
        text = (package / name).read_text(encoding="utf-8")
        assert was in text
        (package / name).write_text(text.replace(was, becomes, 1), encoding="utf-8", newline="")

    return changed


RECORD, OUT, MADE = "record-as-written", "record-as-published", "made-from-contract"
INVENTED = {"version": "9.9.9", "date": "2026-13-01", "previous": "1.0.1"}
DAMAGE: list[tuple[str, Callable[[Path], object], tuple[str, str, str]]] = [
    ("cut off", rewrite("releases.json", "]\n", ""), (RECORD, "releases.json", "the whole file")),
    (
        "a version that is not out",
        edit(lambda all_: all_.insert(0, all_[0] | INVENTED)),
        (RECORD, "releases.json", "$[0].date"),
    ),
    (
        "a key twice",
        rewrite("releases.json", '"version"', '"version": "7.0.0", "version"'),
        (RECORD, "releases.json", ""),
    ),
    ("a first one gone", edit(lambda all_: all_.pop()), (RECORD, "releases.json", "$[0].previous")),
    ("none", edit(list.clear), (OUT, "releases.json", "$")),
    (
        "another hash of what is out",
        edit(lambda all_: all_[1].update(data_sha256="0" * 64)),
        (OUT, "releases.json", "$[1].data_sha256"),
    ),
    (
        "a count that is not so",
        edit(lambda all_: all_[0]["tables"]["places"].update(rows=7)),
        (RECORD, "releases.json", "$[0].tables.places.rows"),
    ),
    ("no record", lambda package: (package / "releases.json").unlink(), (RECORD, "releases.json", "")),
    (
        "another version to cite",
        rewrite("CITATION.cff", "1.0.1", "1.0.2"),
        (MADE, "CITATION.cff", "version"),
    ),
    (
        "a line twice",
        rewrite("CITATION.cff", "type:", 'type: "dataset"\ntype:'),
        (MADE, "CITATION.cff", ""),
    ),
    ("other ends of lines", rewrite("CITATION.cff", "\n", "\r\n"), (MADE, "CITATION.cff", "")),
    ("a line more", rewrite("CITATION.cff", "type:", "x: 1\ntype:"), (MADE, "CITATION.cff", "x")),
    ("no citation", lambda package: (package / "CITATION.cff").unlink(), (MADE, "CITATION.cff", "")),
    (
        "another version of the code",
        rewrite("pyproject.toml", "1.0.1", "2.0.0"),
        (MADE, "pyproject.toml", "version"),
    ),
]


def test_prepared_files_pass_the_check(package: Path) -> None:
    assert found(package) == []


@pytest.mark.parametrize(("damage", "place"), [row[1:] for row in DAMAGE], ids=[row[0] for row in DAMAGE])
def test_damaged_record_is_reported_at_its_line(
    damage: Callable[[Path], object], place: tuple[str, str, str], package: Path
) -> None:
    damage(package)
    assert place in found(package)


def test_damaged_citation_is_mended_by_the_command_that_the_finding_names(package: Path) -> None:
    rewrite("CITATION.cff", "1.0.1", "1.0.2")(package)
    [finding] = findings_of(package, "--layer", "made")
    assert "python -m scripts release --prepare 1.0.1" in finding["fix"]
    assert run_command("release", "--prepare", "1.0.1", "--package", str(package)).returncode == 0
    assert found(package) == []


def test_data_changed_after_preparing_a_version_are_reported(package: Path) -> None:
    run_git(package, "tag", "--delete", "v1.0.1")
    edit_contract(package, lambda whole: whole.update(description="Another."))
    assert ("record-of-these-data", "releases.json", "$[0].data_sha256") in found(package)


def test_package_of_data_alone_needs_no_record_or_citation(tmp_path: Path) -> None:
    place = copy_package(tmp_path / "package")
    assert not release_history.read_recorded_releases(Package(place))
    assert found(place) == []
