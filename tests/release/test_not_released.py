"""Unreleased data are marked as such everywhere, with their own date and counts."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from unittest.mock import patch

import openpyxl
import pandas as pd
import pytest
import yaml

from scripts import checks
from scripts.__main__ import main
from scripts.package import git as asked
from scripts.package.package import Package
from scripts.publish import release_history
from scripts.publish.dataset import describe_dataset
from scripts.publish.formats import FORMATS
from scripts.release import release_conditions
from tests import open_release
from tests.conftest import FROZEN, ROOT, copy_package, edit_contract, read_csv
from tests.release.test_release import clone, prepare, sound_change
from tests.repository import commit_all, run_git

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("not released")]
VERSION, DAY = "1.0.0-dev0", "2026-01-02"  # DAY is the date of the tests' commits
A_DAY = re.compile(r"\b20\d\d-\d\d-\d\d\b|January 20\d\d|None")


@pytest.fixture(scope="module")
def package_with_unreleased_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An unreleased clone, with the files that `release` makes after the check by our own layers."""
    package = clone(tmp_path_factory.mktemp("made") / "package", FROZEN)
    ours = {name: layer for name, layer in checks.LAYERS.items() if name != "frictionless"}
    with patch.object(checks, "LAYERS", ours):  # the release of test_release runs it
        assert main(["release", "--package", str(package)]) == 0
    return package


@pytest.fixture
def package(package_with_unreleased_files: Path, tmp_path: Path) -> Path:
    """A copy of the unreleased clone, for a test to change."""
    return shutil.copytree(package_with_unreleased_files, tmp_path / "package")


def release(package: Path) -> Path:
    """Make the release files again without the check, and return their folder."""
    with patch.object(release_conditions, "report_of_failing_check", return_value=None):
        assert main(["release", "--package", str(package)]) == 0
    return package / "dist"


def rows_of(package: Path) -> dict[str, int]:
    """Return the number of rows of each released table, read without other libraries."""
    return {
        table.name: len(read_csv(package / table.path))
        for table in Package(package).contract.released_contract.tables
    }


def test_every_released_format_opens_with_all_rows(
    package_with_unreleased_files: Path, package: Path
) -> None:
    assert [*open_release.release_file_faults(package_with_unreleased_files / "dist")] == []
    found, rows = (
        open_release.row_counts_by_format(package_with_unreleased_files / "dist"),
        rows_of(package_with_unreleased_files),
    )
    assert found.keys() == {".zip", *(kind.suffix for kind in FORMATS)}
    assert found.pop(".dta") == {"values": rows["values"]}
    assert all(of_tables == rows for of_tables in found.values())
    (package / "dist/parquet/places.parquet").write_bytes(
        (package_with_unreleased_files / "dist/parquet/links.parquet").read_bytes()
    )
    assert [fault.split()[0] for fault in open_release.release_file_faults(package / "dist")] == [
        "places",
        "parquet/places.parquet",
    ]


def told(dist: Path) -> dict[str, str]:
    """Return what each file that gives the version says about it."""
    texts = open_release.texts_in_zip(dist)
    sheet = openpyxl.load_workbook(open_release.file_with_suffix(dist, "xlsx"), read_only=True)["Read me"]
    with pd.io.stata.StataReader(dist / "values.dta") as reader:
        label = reader.data_label
    return {
        "names": " ".join(path.name for path in dist.iterdir()),
        "read me": texts["README.md"].split("\n")[2],
        "workbook": [str(row[0]) for row in sheet.iter_rows(values_only=True)][1],
        "codebook": texts["codebook.html"].partition("<h1>")[2][:400],
        "citation": texts["CITATION.cff"].partition('version: "')[2],
        "contract": json.loads(texts["datapackage.json"])["version"],
        "origin": json.loads(texts["PROVENANCE.json"])["version"],
        "stata": label,
    }


def test_every_file_of_an_unreleased_version_is_marked_not_released(
    package_with_unreleased_files: Path,
) -> None:
    said = told(package_with_unreleased_files / "dist")
    assert [name for name, text in said.items() if VERSION not in text] == []
    for name in ("read me", "workbook", "codebook"):
        assert f"{VERSION} (not released), {DAY}" in said[name], name
    assert "date-released" not in said["citation"]
    assert open_release.texts_in_zip(package_with_unreleased_files / "dist")["CHANGELOG-DATA.md"].endswith(
        "No version has been released yet.\n"
    )


def test_date_of_unreleased_files_is_that_of_the_last_data_commit(package: Path, tmp_path: Path) -> None:
    """The date is that of the last commit on the data; blank if a shallow clone cannot tell."""
    (package / "note.txt").write_text("a note", encoding="utf-8")
    run_git(package, "add", "--all")
    later = {"GIT_COMMITTER_DATE": "2026-03-04T05:06:07+0000"}
    with patch.dict("tests.repository.NOBODY", later):
        run_git(package, "commit", "--quiet", "--message", "A note")
    assert (asked.day_of_last_commit(package), asked.day_of_last_commit(package, "data")) == (
        "2026-03-04",
        DAY,
    )
    assert asked.day_of_last_commit(package, "no such file") == ""
    run_git(tmp_path, "clone", "--quiet", "--depth", "1", package.as_uri(), "cut")
    assert (
        asked.day_of_last_commit(tmp_path / "cut"),
        asked.day_of_last_commit(tmp_path / "cut", "data"),
    ) == (
        "2026-03-04",
        "",
    )


def test_unreleased_files_have_no_date_without_git(package: Path) -> None:
    """Without git no date is given anywhere; Stata's format requires one, so it gets 1 January 1980."""
    shutil.rmtree(package / ".git")
    dist = release(package)
    said = told(dist)
    assert [name for name, text in said.items() if A_DAY.search(text) or "()" in text] == []
    assert said["read me"].startswith(f"Version {VERSION} (not released). Creative Commons")
    assert "created" not in json.loads(open_release.texts_in_zip(dist)["datapackage.json"])
    with pd.io.stata.StataReader(dist / "values.dta") as reader:
        assert reader.time_stamp == "01 Jan 1980 00:00"


STATES = [  # the version in the contract, those recorded with other data, and what is said
    ("1.0.0-dev0", [], "1.0.0-dev0"),
    ("1.0.0", ["1.0.0"], "1.1.0-dev0"),
    ("1.0.0-dev0", ["1.0.0"], "1.1.0-dev0"),
    ("2.0.0-dev0", ["1.0.0"], "2.0.0-dev0"),
]


@pytest.mark.parametrize(("version", "recorded", "said"), STATES)
def test_version_of_unreleased_data_is_the_next_development_version(
    version: str, recorded: list[str], said: str, tmp_path: Path
) -> None:
    package = copy_package(tmp_path / "package")
    edit_contract(package, lambda whole: whole.update(version=version, created="2020-01-01T00:00:00Z"))
    entries = [
        release_history.RecordedRelease(release, "2020-01-01", "", "0" * 64, (), (), {})
        for release in recorded
    ]
    (package / release_history.NAME).write_text(release_history.releases_as_json(entries), encoding="utf-8")
    told = release_history.package_as_published(Package(package))
    assert (told.contract.version, "created" in told.descriptor) == (said, False)
    assert json.loads(told.bytes_of_file("datapackage.json")) == told.descriptor
    assert release_history.package_as_published(told).contract.version == said
    assert not release_history.is_recorded_with_present_data(told)


def test_released_version_is_published_unchanged(package: Path) -> None:
    prepare(package, "1.0.0")
    as_it_is = Package(package)
    assert release_history.package_as_published(as_it_is) is as_it_is
    dataset = describe_dataset(as_it_is)
    assert (
        dataset.is_released and dataset.version_with_date == f"1.0.0, {dataset.created}" and dataset.created
    )


@pytest.fixture
def site_with_data_changed_after_release(package: Path) -> Path:
    """The pages of a package whose data changed after version 1.0.0."""
    prepare(package, "1.0.0")
    commit_all(package, "Ready")
    sound_change(package)
    for table in ("data/derived/changes.csv", "data/links.csv"):
        assert len(read_csv(package / table)) > 1
    lines = (package / "data/editorial/terms.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (package / "data/editorial/terms.csv").write_text("".join(lines[:-1]), encoding="utf-8", newline="")
    commit_all(package, "A change")
    assert main(["site", "--pages-only", "--package", str(package)]) == 0
    return package / "build/docs"


def test_pages_and_feed_have_the_counts_and_version_of_the_current_data(
    site_with_data_changed_after_release: Path,
) -> None:
    """Pages and feed have the counts and version of the data in hand, not those recorded for 1.0.0."""
    rows = rows_of(site_with_data_changed_after_release)
    page, feed = (
        (site_with_data_changed_after_release / name).read_text(encoding="utf-8")
        for name in ("data.md", "feed.xml")
    )
    listed = page.partition("What it holds")[2]
    for name, number in rows.items():
        path = Package(site_with_data_changed_after_release).contract.table(name).path
        row = next(table_row for table_row in listed.split("<tr") if f'href="../{path}"' in table_row)
        assert f", {number:,} rows" in row, name
    held = f"These data: {sum(rows.values())} rows in {len(rows)} tables"
    said = f"{held}, version 1.1.0-dev0 (not released), {DAY}."
    assert f"<subtitle>{said}</subtitle>" in feed
    assert feed.count("<title>Version 1.0.0<") == feed.count("<title>Version ") == 1
    assert (
        json.loads((site_with_data_changed_after_release / "datapackage.json").read_text(encoding="utf-8"))[
            "version"
        ]
        == "1.1.0-dev0"
    )
    single = {kind.suffix for kind in FORMATS if kind.words} - {".dta"}
    assert {path.name for path in (site_with_data_changed_after_release / "download").glob("*1.*")} == {
        f"cambodia-csec-evidence-1.1.0-dev0{suffix}" for suffix in (".zip", *single)
    }
    number = next(
        path
        for path in (site_with_data_changed_after_release / "values").glob("*.json")
        if path.name.count(".") == 1
    )
    assert json.loads(number.read_text(encoding="utf-8"))["version"] == "1.1.0-dev0"
    for cited in (page, number.read_text(encoding="utf-8")):
        assert (
            "1.1.0-dev0" in cited and "Data set, not released" in cited and "(version 1.0.0)" not in cited
        )


def test_the_workflow_publishes_nothing_that_is_not_released(tmp_path: Path) -> None:
    """The workflow refuses unreleased files by their name, before it uploads anything."""
    text = (ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8")
    steps = yaml.load(text, yaml.BaseLoader)["jobs"]["build"]["steps"]
    names = [step.get("name", step.get("uses", "")) for step in steps]
    at = names.index("Refuse what is not released")
    assert names[at - 1].startswith("Build") and "upload" not in " ".join(names[: at + 1])
    (tmp_path / "dist").mkdir()
    for version, code in (("1.0.0", 0), ("1.1.0-dev0", 1)):
        (tmp_path / f"dist/cambodia-csec-evidence-{version}.zip").touch()
        done = subprocess.run(["bash", "-e", "-c", steps[at]["run"]], cwd=tmp_path, capture_output=True)
        assert done.returncode == code, version
