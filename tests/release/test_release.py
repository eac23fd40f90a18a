"""A release has the same bytes on every machine, is refused with advice, and is recorded truthfully."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from scripts import checks
from scripts.__main__ import main
from scripts.package import earlier_state
from scripts.package.file_transaction import lock_files
from scripts.package.files import Row, csv_text
from scripts.package.package import Package
from scripts.package.reproducible_zip import unzip_files
from scripts.publish import citation_and_pyproject_texts, release_history
from scripts.publish.dataset import describe_dataset
from scripts.publish.formats import FORMATS
from scripts.publish.release_files import build_provenance
from scripts.publish.release_history import MAJOR, MINOR, PATCH
from scripts.release import release_conditions
from scripts.site import render
from tests.conftest import (
    FROZEN,
    RELEASED,
    ROOT,
    bytes_of_files,
    change_rows,
    copy_package,
    findings_of,
    mark_later_cases_long,
    read_csv,
    rebuild_derived_tables,
)
from tests.repository import commit_all, run_git

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("without_frictionless"),  # the release in `released` runs it
    pytest.mark.xdist_group("release"),  # so that one worker makes the release that most tests share
]
WHOLE = (
    ".gitignore",
    "LICENSES",
    "LICENSE",
    "README.md",
    "CHANGELOG.md",
    "pyproject.toml",
    "requirements.lock",
)
STRAY = ("LICENSES/stray.txt", "data/stray.csv", "stray.txt")


def prepare_only(package: Path, version: str = "") -> list[str]:
    """Prepare a version without checking the data, and return the messages."""
    with lock_files(package) as files:
        return release_conditions.prepare_version(Package(package), files, version)


def prepare(package: Path, version: str) -> None:
    """Prepare a version, and write its section of the changelog."""
    changelog = package / "CHANGELOG.md"
    changelog.write_text(
        f"# Changelog\n\n## {version} (2026-01-02)\n\nChanges.\n", encoding="utf-8", newline=""
    )
    prepare_only(package, version)


def clone(place: Path, source: Path = FROZEN) -> Path:
    """Clone a package as it is between releases: the next version is 1.0.0, and none is recorded."""
    package = copy_package(place, source)
    for part in WHOLE:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copyfile
        copy(ROOT / part, package / part)
    prepare_only(package, "1.0.0-dev0")
    run_git(place, "init", "--quiet", "--initial-branch", "main")
    run_git(place, "config", "core.autocrlf", "false")
    commit_all(package, "As it is")
    return package


def prepared(place: Path, source: Path = FROZEN) -> Path:
    """Clone a package with version 1.0.0 ready for release."""
    package = clone(place, source)
    prepare(package, "1.0.0")
    commit_all(package, "Ready")
    return package


@pytest.fixture(scope="module")
def kept_ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("ready") / "package", FROZEN)


@pytest.fixture
def ready(kept_ready: Path, tmp_path: Path) -> Path:
    """The frozen package, ready for release, for a test to change."""
    return shutil.copytree(kept_ready, tmp_path / "package")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package with its dist/, which tests must not change."""
    package = prepared(tmp_path_factory.mktemp("released") / "package")
    assert main(["release", "--package", str(package)]) == 0
    return package


def files_in_zip_by_path(dist: Path) -> dict[str, bytes]:
    """Return the content of each file in the zip, by its path below the top folder."""
    [path] = dist.glob("*.zip")
    files = unzip_files(path.read_bytes())
    assert {name.split("/")[0] for name in files} == {path.stem}
    return {name.partition("/")[2]: content for name, content in files.items()}


# The files.


def test_release_folder_holds_the_expected_files(released: Path) -> None:
    tables = [table["name"] for table in RELEASED]
    single = {kind.suffix for kind in FORMATS if kind.words} - {".dta"}
    whole = (f"cambodia-csec-evidence-1.0.0{suffix}" for suffix in (".zip", *single))
    files = {"SHA256SUMS", "codebook.csv", "sources.bib", "values.dta", *whole}
    for suffix in (kind.suffix for kind in FORMATS if not kind.words):
        files |= {f"{suffix[1:]}/{name}{suffix}" for name in tables}
    assert bytes_of_files(released / "dist").keys() == files
    names = files_in_zip_by_path(released / "dist").keys()
    assert {name for name in names if name.startswith("data/")} == {table["path"] for table in RELEASED}
    assert {"LICENSE", "LICENSES/MIT.txt", "LICENSES/CC-BY-4.0.txt", "README.md", "CITATION.cff"} < names
    assert {"datapackage.json", "codebook.csv", "codebook.html", "PROVENANCE.json", "sources.bib"} < names
    assert "CHANGELOG-DATA.md" in names


def test_the_read_me_in_the_zip_names_only_what_is_in_there(released: Path) -> None:
    files = files_in_zip_by_path(released / "dist")
    text = files["README.md"].decode()
    named = set(re.findall(r"^(?:-|## Start with) `([^`]+)`", text, re.MULTILINE))
    assert {table["path"] for table in RELEASED} < named <= files.keys()
    first = "data/derived/results.csv"
    assert f"## Start with `{first}`" in text and list(files)[:2] == ["README.md", first]
    assert all(
        f"- {want}: `{cells}`" in text
        for want, cells in describe_dataset(Package(FROZEN)).suggested_value_filters.items()
    )
    assert "](" not in text and "make" not in text.split()


def test_every_recorded_hash_matches_its_file(released: Path) -> None:
    """Every hash is right, in SHA256SUMS and in the datapackage.json inside the zip."""
    files = bytes_of_files(released / "dist")
    lines = files.pop("SHA256SUMS").decode().splitlines()
    told = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    assert told == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    packed = files_in_zip_by_path(released / "dist")
    resources = json.loads(packed["datapackage.json"])["resources"]
    assert len(resources) == len(RELEASED)
    for resource in resources:
        content = packed[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_released_descriptor_adds_only_hash_and_size(released: Path) -> None:
    descriptor = json.loads(files_in_zip_by_path(released / "dist")["datapackage.json"])
    for resource in descriptor["resources"]:
        del resource["hash"], resource["bytes"]
    whole = json.loads((released / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor == whole | {"resources": RELEASED}


def test_the_tables_in_the_zip_are_the_committed_ones(released: Path) -> None:
    packed = files_in_zip_by_path(released / "dist")
    for table in RELEASED:
        assert packed[table["path"]] == (FROZEN / table["path"]).read_bytes()


# All at once: German in ASCII, another day by the clock, another order of sets, a site with an address.
ELSEWHERE = {"LC_ALL": "", "LANG": "de_DE.UTF-8", "LC_CTYPE": "C", "PYTHONCOERCECLOCALE": "0"}
ELSEWHERE |= {"PYTHONUTF8": "0", "PYTHONHASHSEED": "1", "TZ": "Asia/Phnom_Penh"}
UNCHECKED = (
    "import sys; from scripts import __main__; from scripts.release import release_conditions; "
    "release_conditions.report_of_failing_check = lambda package: None; sys.exit(__main__.main())"
)


@pytest.fixture(scope="module")
def elsewhere(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the same commit from another folder, time zone, locale and umask, by a copy of the code.

    The clone also has files that git ignores. The check is left out, since it does not affect the bytes.
    """
    folder = tmp_path_factory.mktemp("elsewhere")
    clone = folder / "another" / "place"
    clone.parent.mkdir()
    run_git(folder, "clone", "--quiet", "--config", "core.autocrlf=false", str(released), str(clone))
    (clone / ".git/info/exclude").write_text("stray*\n", encoding="utf-8")
    for place in STRAY:
        (clone / place).write_text("stray", encoding="utf-8")
    for part in ("scripts", "engine"):
        shutil.copytree(ROOT / part, folder / "code" / part)  # with the compiled files
    shutil.copyfile(ROOT / "datapackage.json", folder / "code/datapackage.json")  # has the labels of codes
    done = subprocess.run(
        [sys.executable, "-c", UNCHECKED, "release", "--package", str(clone)],
        cwd=folder / "code",
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | ELSEWHERE,
        umask=0o077,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return clone


@pytest.mark.long
def test_release_bytes_are_the_same_from_another_clone_and_environment(
    released: Path, elsewhere: Path
) -> None:
    first, second = bytes_of_files(released / "dist"), bytes_of_files(elsewhere / "dist")
    assert [name for name in first | second if first.get(name) != second.get(name)] == []


def test_released_files_hold_no_local_path(released: Path) -> None:
    for files in (bytes_of_files(released / "dist"), files_in_zip_by_path(released / "dist")):
        for name, content in files.items():
            for place in (ROOT, released):
                assert str(place).encode() not in content, name


def test_provenance_file_follows_from_the_commit(released: Path) -> None:
    made = json.loads(files_in_zip_by_path(released / "dist")["PROVENANCE.json"])
    lock = (ROOT / "requirements.lock").read_bytes()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    dates = [row["date_published"] for row in read_csv(FROZEN / "data/sources.csv")]
    full = [date for date in dates if len(date) == 10]
    assert made == {
        "version": "1.0.0",
        "commit": run_git(released, "rev-parse", "HEAD").strip(),
        "commit_date": "2026-01-02",
        "with_uncommitted_changes": False,
        "lock_file_sha256": hashlib.sha256(lock).hexdigest(),
        "python": project["requires-python"],
        "evidence_until": max(full),
    }


def test_provenance_notes_uncommitted_changes_and_missing_git(ready: Path, tmp_path: Path) -> None:
    (ready / "note.txt").write_text("a note", encoding="utf-8")
    assert build_provenance(Package(ready), describe_dataset(Package(ready))).with_uncommitted_changes
    outside = copy_package(tmp_path / "outside")
    made = build_provenance(Package(outside), describe_dataset(Package(outside)))
    assert (made.commit, made.commit_date, made.lock_file_sha256) == ("", "", "")


# The refusals.


@contextmanager
def without_check_and_pages(fallen: Sequence[str] = ()) -> Iterator[None]:
    """Leave out the check, and report these verdicts as fallen instead of filling in all pages."""
    with (
        patch.object(release_conditions, "report_of_failing_check", return_value=None),
        patch.object(render, "statements_no_longer_made_by_pages", return_value=[*fallen]),
    ):
        yield


def refusal(package: Path, capsys: pytest.CaptureFixture[str], fallen: Sequence[str] = ()) -> str:
    """Return the message with which `release` refuses, with the check and the pages left out."""
    capsys.readouterr()
    with without_check_and_pages(fallen):
        assert main(["release", "--package", str(package)]) == 2
    said = capsys.readouterr().err
    assert "Nothing was released.\n- " in said
    assert not (package / "dist").exists()
    return said


def assemble_refusal_message(package: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Return the message with which `release --assemble` refuses to publish."""
    capsys.readouterr()
    place = package.parent / "versions"
    assert main(["release", "--assemble", str(place), "--package", str(package)]) == 2
    said = capsys.readouterr().err
    assert "Nothing was put in place.\n- " in said
    assert not place.exists()
    return said


def made(package: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Make the release files, and return the version in their names."""
    capsys.readouterr()
    with without_check_and_pages():
        assert main(["release", "--package", str(package)]) == 0
    [path] = (package / "dist").glob("*.zip")
    said = capsys.readouterr().out
    version = path.stem.removeprefix("cambodia-csec-evidence-")
    assert f" {version}" in said and said.startswith("Not released:") == version.endswith("-dev0")
    return version


def a_new_file(package: Path) -> None:
    """Add an untracked file, with git set not to show such files."""
    run_git(package, "config", "status.showUntrackedFiles", "no")
    (package / "note.txt").write_text("a note", encoding="utf-8")


def inside_the_repository_of_another(package: Path) -> None:
    shutil.rmtree(package / ".git")
    run_git(package.parent, "init", "--quiet")
    commit_all(package.parent)


def commit_file_change(name: str, text: str) -> Callable[[Path], None]:
    """Return a change that writes a file and commits it."""

    def change(package: Path) -> None:
        (package / name).write_text(text, encoding="utf-8", newline="")
        commit_all(package)

    return change


REFUSALS: list[tuple[Callable[[Path], None], str]] = [
    (a_new_file, "Not committed: note.txt. Commit or undo these changes."),
    (inside_the_repository_of_another, "The package is not in git"),
    (
        commit_file_change("CHANGELOG.md", "## 1.0.01 (2026-01-01)\n"),
        "CHANGELOG.md has no section “## 1.0.0”.",
    ),
    (
        commit_file_change("CHANGELOG.md", "## 1.0.0 (not released yet)\n"),
        "CHANGELOG.md calls 1.0.0 not released.",
    ),
    (commit_file_change("CITATION.cff", "title: x\n"), "CITATION.cff is not what datapackage.json gives."),
]


@pytest.mark.parametrize(("change", "said"), REFUSALS)
def test_release_is_refused_with_its_reason(
    ready: Path, change: Callable[[Path], None], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    change(ready)
    assert said in refusal(ready, capsys)


def test_release_is_refused_if_a_verdict_no_longer_holds(
    ready: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "\n- No page says “unlikely” now." in refusal(ready, capsys, ["No page says “unlikely” now."])


def test_unprepared_version_is_built_as_development_version_but_not_published(
    ready: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (ready / release_history.NAME).unlink()
    commit_all(ready)
    assert (
        f"{release_history.NAME} does not record version 1.0.0 with these data."
        in assemble_refusal_message(ready, capsys)
    )
    assert made(ready, capsys) == "1.0.0-dev0"


def sound_change(package: Path) -> None:
    """Change the data without a fault, and rebuild the derived tables."""
    change_rows(package, "organisations", lambda rows: rows[0].update(name="Another name"))
    rebuild_derived_tables(package)


def test_changed_data_are_built_as_the_next_development_version(
    ready: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Changed data get the next development version, although datapackage.json still has the old one."""
    sound_change(ready)
    commit_all(ready)
    assert "releases.json does not record version 1.0.0 with these data." in assemble_refusal_message(
        ready, capsys
    )
    assert made(ready, capsys) == "1.1.0-dev0"
    assert findings_of(ready) == []


def test_published_version_number_is_refused_for_other_data(
    ready: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A published version with other data is refused, even if the record was edited to match."""
    run_git(ready, "tag", "v1.0.0")
    sound_change(ready)
    path = ready / release_history.NAME
    entry = json.loads(path.read_text(encoding="utf-8"))
    entry[0]["data_sha256"] = release_history.data_sha256(Package(ready))
    path.write_text(json.dumps(entry), encoding="utf-8")
    commit_all(ready)
    assert "Version 1.0.0 was used before with other data (tag v1.0.0, commit " in refusal(ready, capsys)


def test_release_with_an_unrecorded_change_is_refused(
    ready: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The release compares with the previous version as a pull request does."""
    run_git(ready, "tag", "v1.0.0")
    sound_change(ready)
    next_version(ready, "1.1.0")
    commit_all(ready)
    assert main(["release", "--package", str(ready)]) == 1
    said = capsys.readouterr().out
    assert "published-cell-stays" in said and "Nothing was released." in said
    assert not (ready / "dist").exists()
    run_git(ready, "tag", "-d", "v1.0.0")
    assert main(["release", "--package", str(ready)]) == 2
    said = capsys.readouterr().err
    assert "The data of version 1.0.0 are needed, and no tag v1.0.0 of git gives them. Fetch" in said


def test_preparing_a_recorded_version_with_other_data_warns(
    ready: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a tag only a person knows whether a version is published, so preparing it again warns."""
    change_rows(ready, "organisations", lambda rows: rows[0].update(name="Another name"))
    assert main(["release", "--prepare", "1.0.0", "--package", str(ready)]) == 0
    assert "releases.json had other data for 1.0.0." in capsys.readouterr().out


def test_published_version_is_not_published_again_from_another_commit(
    ready: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another commit with the same data may build the files, but is not published."""
    run_git(ready, "tag", "v1.0.0")
    (ready / "note.txt").write_text("a note", encoding="utf-8")
    commit_all(ready)
    assert made(ready, capsys) == "1.0.0"
    said = assemble_refusal_message(ready, capsys)
    assert "Version 1.0.0 was used before with the same data (tag v1.0.0" in said
    run_git(ready, "checkout", "--quiet", "v1.0.0")
    assert release_conditions.reasons_to_refuse(Package(ready)) == []


@pytest.mark.parametrize("table", mark_later_cases_long(1, zip(["links", "changes"])))
def test_release_is_refused_if_the_check_fails(
    ready: Path, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    change_rows(ready, table, lambda rows: rows.append(dict(rows[-1])))
    prepare_only(ready, "1.0.0")
    commit_all(ready)
    assert main(["release", "--package", str(ready)]) == 1
    assert "Nothing was released. Fix these first." in capsys.readouterr().out
    assert not (ready / "dist").exists()


def test_output_folder_with_other_files_is_not_replaced(
    ready: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("dear", encoding="utf-8")
    assert main(["release", "--package", str(ready), "--output", str(tmp_path / "letters")]) == 2
    assert "holds something other than a release" in capsys.readouterr().err
    assert bytes_of_files(tmp_path / "letters") == {"one.txt": b"dear"}


# The record.


def test_committed_metadata_are_generated_from_the_contract(released: Path) -> None:
    for name, text in citation_and_pyproject_texts(Package(released)).items():
        assert (released / name).read_text(encoding="utf-8") == text, (
            f"{name}: {release_conditions.PREPARE}"
        )


def test_version_is_the_same_in_every_file(released: Path) -> None:
    project = tomllib.loads((released / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    [entry] = release_history.read_recorded_releases(Package(released))
    assert [project["version"], entry.version] == ["1.0.0"] * 2
    assert 'version: "1.0.0"\n' in (released / "CITATION.cff").read_text(encoding="utf-8")


def test_the_first_record_counts_every_row(released: Path) -> None:
    [entry] = release_history.read_recorded_releases(Package(released))
    assert (entry.previous, entry.structure) == ("", ())
    for table in Package(released).contract.released_contract.tables:
        rows = len(read_csv(released / table.path))
        assert entry.tables[table.name] == release_history.RowCounts(rows, rows, 0, 0), table.name
    text = files_in_zip_by_path(released / "dist")["CHANGELOG-DATA.md"].decode()
    rows = len(read_csv(FROZEN / "data/reported_values.csv"))
    assert f"| reported_values | {rows} | {rows} | 0 | 0 |" in text
    assert "## 1.0.0 (" in text


def test_a_version_is_prepared_in_one_step(tmp_path: Path) -> None:
    """Preparing a version sets version and date in datapackage.json and the citation, and can be undone."""
    package = clone(tmp_path / "package", FROZEN)
    before = Package(package).descriptor
    assert (before["version"], "created" in before) == ("1.0.0-dev0", False)
    assert "date-released" not in (package / "CITATION.cff").read_text(encoding="utf-8")
    assert main(["release", "--prepare", "--package", str(package)]) == 0
    after = Package(package)
    [entry] = release_history.read_recorded_releases(after)
    assert after.descriptor == before | {"version": "1.0.0", "created": f"{entry.date}T00:00:00Z"}
    assert abs(date.fromisoformat(entry.date) - date.today()) <= timedelta(days=1)
    assert f'date-released: "{entry.date}"\n' in (package / "CITATION.cff").read_text(encoding="utf-8")
    assert release_history.is_recorded_with_present_data(after)
    assert main(["release", "--prepare", "1.0.0-dev0", "--package", str(package)]) == 0
    assert Package(package).descriptor == before


def test_preparing_twice_writes_nothing(ready: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = bytes_of_files(ready)
    assert main(["release", "--prepare", "--package", str(ready)]) == 0
    assert capsys.readouterr().out.endswith("\nAll is as the contract and the tables give.\n")
    assert bytes_of_files(ready) == before


def next_version(package: Path, version: str) -> release_history.RecordedRelease:
    """Prepare a version after 1.0.0, which is published, and return its entry in the record."""
    prepare(package, version)
    return release_history.read_recorded_releases(Package(package))[0]


def test_release_record_counts_the_changes_since_the_last_version(ready: Path) -> None:
    run_git(ready, "tag", "v1.0.0")

    def change(rows: list[Row]) -> None:
        rows[0]["name"] = "Another name"
        rows.append(dict(rows[1], organisation_id="zz"))
        rows.append(dict(rows[1], organisation_id="zzz"))
        del rows[2]

    number = len(read_csv(ready / "data/organisations.csv"))
    change_rows(ready, "organisations", change)
    entry = next_version(ready, "1.1.0")
    assert entry.previous == "1.0.0"
    assert entry.tables["organisations"] == release_history.RowCounts(number + 1, 2, 1, 1)
    assert entry.tables["links"] == release_history.RowCounts(
        len(read_csv(ready / "data/links.csv")), 0, 0, 0
    )
    assert [release.version for release in release_history.read_recorded_releases(Package(ready))] == [
        "1.1.0",
        "1.0.0",
    ]


def test_version_must_rise_as_far_as_the_changes_require(ready: Path) -> None:
    run_git(ready, "tag", "v1.0.0")
    entry = next_version(ready, "1.0.1")
    assert entry.structure == ()
    assert {(counts.added, counts.removed, counts.changed) for counts in entry.tables.values()} == {
        (0, 0, 0)
    }
    run_git(ready, "checkout", "--quiet", release_history.NAME)
    change_rows(ready, "organisations", lambda rows: rows[0].update(name="Another name"))
    with pytest.raises(
        release_conditions.ReleaseRefused, match=r"From 1\.0\.0 the second number has to rise"
    ):
        next_version(ready, "1.0.2")
    assert next_version(ready, "1.1.0").version == "1.1.0"
    run_git(ready, "checkout", "--quiet", release_history.NAME)
    path = ready / "datapackage.json"
    text = path.read_text(encoding="utf-8")
    descriptor = json.loads(text)
    fields = descriptor["resources"][0]["schema"]["fields"]
    fields[2]["name"] = "sort"
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    with pytest.raises(release_conditions.ReleaseRefused, match=r"the first number has to rise"):
        next_version(ready, "1.2.0")
    entry = next_version(ready, "2.0.0")
    assert entry.structure[0].startswith("gone: column organisations.kind")
    assert "new: column organisations.sort (string)" in entry.structure


def test_what_is_new_in_the_contract_changes_no_row(ready: Path) -> None:
    """A new column changes no row, and a new table is listed by name only."""
    run_git(ready, "tag", "v1.0.0")
    path = ready / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    organisations = descriptor["resources"][0]
    assert organisations["name"] == "organisations"
    organisations["schema"]["fields"].append(organisations["schema"]["fields"][1] | {"name": "more"})
    copy = organisations | {"name": "bodies", "path": "data/bodies.csv"}
    descriptor["resources"].append(copy)
    path.write_text(json.dumps(descriptor), encoding="utf-8", newline="")
    rows = [row | {"more": "x"} for row in read_csv(ready / "data/organisations.csv")]
    for name in ("organisations", "bodies"):
        text = csv_text(list(rows[0]), [list(row.values()) for row in rows])
        (ready / f"data/{name}.csv").write_text(text, encoding="utf-8", newline="")
    entry = next_version(ready, "1.1.0")
    assert entry.structure == ("new: column organisations.more (string)", "new: table bodies")
    assert entry.tables["organisations"] == release_history.RowCounts(len(rows), 0, 0, 0)
    assert entry.tables["bodies"] == release_history.RowCounts(len(rows), len(rows), 0, 0)


@pytest.mark.parametrize("version", ["1.0", "v1.0.0", "1.0.0-rc", "1.0.²", "01.0.0"])
def test_a_version_has_three_numbers(ready: Path, version: str) -> None:
    with pytest.raises(release_conditions.ReleaseRefused, match="is not a version of three numbers"):
        next_version(ready, version)


def test_version_is_not_prepared_from_data_with_faults(
    ready: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (ready / release_history.NAME).read_bytes()
    change_rows(ready, "reported_values", lambda rows: rows[0].update(study_id="no-such-study"))
    assert main(["release", "--prepare", "1.1.0", "--package", str(ready)]) == 1
    said = capsys.readouterr().out
    assert "no-such-study" in said and "Nothing was prepared. Fix these first." in said
    assert (ready / release_history.NAME).read_bytes() == before


@pytest.mark.parametrize(
    "words", [["release", "--prepare", ""], ["release", "--prepare="], ["contribute", "import", ""]]
)
def test_an_empty_argument_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert "An argument of the command is empty." in capsys.readouterr().err


def test_a_version_that_is_out_is_not_prepared_again(ready: Path) -> None:
    run_git(ready, "tag", "v1.0.0")
    assert prepare_only(ready) == []
    change_rows(ready, "organisations", lambda rows: rows[0].update(name="Another name"))
    with pytest.raises(release_conditions.ReleaseRefused, match=r"Version 1\.0\.0 is out"):
        prepare_only(ready, "1.0.0")


def test_next_version_is_the_same_for_check_preparation_and_pages(ready: Path) -> None:
    """The next version depends on the record alone, prepared or tagged; all its users agree."""
    run_git(ready, "tag", "v1.0.0")
    assert release_history.package_as_published(Package(ready)).contract.version == "1.0.0"
    change_rows(ready, "organisations", lambda rows: rows[0].update(name="Another name"))
    assert release_history.package_as_published(Package(ready)).contract.version == "1.1.0-dev0"
    with earlier_state.open_comparison_base("v1.0.0", ready) as base:
        [found] = checks.run_layers(Package(ready), ("published",), base=base).findings
    assert ",1.1.0," in found.fix
    prepare_only(ready)
    assert Package(ready).contract.version == "1.1.0"
    assert release_history.package_as_published(Package(ready)).contract.version == "1.1.0"
    change_rows(ready, "organisations", lambda rows: rows[1].update(name="Another still"))
    assert release_history.package_as_published(Package(ready)).contract.version == "1.2.0-dev0"
    with earlier_state.open_comparison_base("v1.0.0", ready) as base:
        found, _ = checks.run_layers(Package(ready), ("published",), base=base).findings
    assert ",1.2.0," in found.fix
    with pytest.raises(
        release_conditions.ReleaseRefused, match=r"no tag v1\.1\.0 of git gives them\. Fetch the tags; or"
    ):
        prepare_only(ready)


def test_a_version_lower_than_the_last_is_not_prepared(ready: Path) -> None:
    before = (ready / release_history.NAME).read_bytes()
    with pytest.raises(
        release_conditions.ReleaseRefused,
        match=r"0\.9\.9 is lower than 1\.0\.0, which releases\.json holds",
    ):
        next_version(ready, "0.9.9")
    assert (ready / release_history.NAME).read_bytes() == before


@pytest.mark.parametrize(
    ("later", "rises"), [("2.0.0", MAJOR), ("1.3.0", MINOR), ("1.2.4", PATCH), ("1.10.0", MINOR)]
)
def test_the_version_part_that_rises(later: str, rises: int) -> None:
    assert release_history.version_step_between("1.2.3", later) == rises


@pytest.mark.parametrize("later", ["1.2.3", "1.2.2", "0.9.9"])
def test_a_version_must_rise(later: str) -> None:
    with pytest.raises(ValueError, match="does not come after"):
        release_history.version_step_between("1.2.3", later)
