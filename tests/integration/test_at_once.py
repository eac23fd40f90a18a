"""If commands write at the same time, every row is kept, and all rows reported as added are there."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from scripts import commands, source_links
from scripts.__main__ import main
from scripts.package import file_transaction
from scripts.package.atomic_write import write_bytes_atomically
from scripts.package.files import Row
from scripts.release import make_release
from tests.conftest import (
    COLUMNS,
    ROOT,
    bytes_of_files,
    change_rows,
    edit_contract,
    mark_later_cases_long,
    read_csv,
    run_command,
)
from tests.contribute.contributions import folder_of
from tests.package.stopped import NO_FORK, exit_code_if_killed_at

pytestmark = pytest.mark.slow

PLACES = "data/places.csv"
EDITED = b"parent_id,by hand\n"
PREPARED = ("datapackage.json", "releases.json", "CITATION.cff")


def organisation(name: str) -> Row:
    """Return a sound row of the table of organisations."""
    return dict.fromkeys(COLUMNS["organisations"], "") | {
        "organisation_id": name,
        "name": f"The organisation {name}",
        "kind": "local_ngo",
    }


def start_command(*words: str) -> "subprocess.Popen[str]":
    """Start a command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "scripts", *words], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def test_two_imports_at_once_both_add_their_row(package: Path, tmp_path: Path) -> None:
    names = ("first-body", "second-body")
    sent = [folder_of({"organisations": [organisation(name)]}, tmp_path / name) for name in names]
    both = [start_command("contribute", "import", str(path), "--package", str(package)) for path in sent]
    said = [process.communicate(timeout=240)[0] for process in both]
    assert all("Added:" in output for output in said)
    assert {*names} < {row["organisation_id"] for row in read_csv(package / "data/organisations.csv")}


def import_one(package: Path) -> list[str]:
    """Return the arguments of an import of one row."""
    sent = folder_of({"organisations": [organisation("a-body")]}, package.parent / "sent")
    return ["contribute", "import", str(sent)]


def derive_other(package: Path) -> list[str]:
    """Return the arguments of `derive`, after spoiling a table that it must rewrite."""
    write_bytes_atomically(package / "data/derived/origins.csv", b"old\n")
    return ["derive"]


def tidy_other(package: Path) -> list[str]:
    """Return the arguments of `tidy`, after reordering a table that it must rewrite."""
    change_rows(package, "organisations", list.reverse)
    return ["tidy"]


def sources_other(package: Path) -> list[str]:
    """Return the arguments of a source check, which would rewrite the table unchanged."""
    return ["sources", "check", "--write"]


WRITING: dict[str, Callable[[Path], list[str]]] = {
    "import": import_one,
    "derive": derive_other,
    "tidy": tidy_other,
    "sources": sources_other,
    "prepare": lambda package: ["release", "--prepare", "1.0.0-dev0"],
    "release": lambda package: ["release"],
}


@pytest.mark.parametrize("name", WRITING)
def test_an_edit_by_hand_during_a_command_is_kept_and_nothing_else_is_written(
    name: str, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The edit comes at the last moment, after the command has read and prepared everything."""
    words = WRITING[name](package)
    before = bytes_of_files(package)

    def edited(files: file_transaction.LockedFiles) -> None:
        write_bytes_atomically(package / PLACES, EDITED)
        still(files)

    still = file_transaction.LockedFiles.refuse_if_edited
    monkeypatch.setattr(file_transaction.LockedFiles, "refuse_if_edited", edited)
    monkeypatch.setattr(source_links, "visit_sources", lambda *given: [])
    monkeypatch.setattr(make_release, "all_release_files", lambda *given: {})
    monkeypatch.setattr("scripts.release.release_conditions.report_of_failing_check", lambda package: None)
    done = run_command(*words, "--package", str(package))
    assert done.returncode == 2 and done.stderr.endswith(f"{PLACES} changed meanwhile. Run again.\n")
    assert "Added" not in done.stdout and "Wrote" not in done.stdout
    after = {path: content for path, content in bytes_of_files(package).items() if path[0] != "."}
    assert after == before | {PLACES: EDITED}


def test_checking_links_keeps_sources_that_were_added_or_edited_meanwhile(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, *_ = read_csv(package / "data/sources.csv")
    there = source_links.VisitResult("answered", 200)
    title = "Edited while addresses were visited"

    def found(*given: object) -> list[source_links.VisitedSource]:
        def edit(rows: list[Row]) -> None:
            rows[0]["title"] = title
            rows.append(rows[-1] | {"source_id": "zzz-new"})

        change_rows(package, "sources", edit)
        return [source_links.VisitedSource(row, there, row["archived_url"]) for row in (first, second)]

    monkeypatch.setattr(source_links, "visit_sources", found)
    assert main(["sources", "check", "--write", "--package", str(package)]) == 0
    first_after, second_after, *_, last = read_csv(package / "data/sources.csv")
    assert first_after == first | {"title": title} and last["source_id"] == "zzz-new"
    assert second_after["date_seen"] > second["date_seen"]


@NO_FORK
@pytest.mark.parametrize("step", mark_later_cases_long(1, [(5,), (1,)]))
def test_preparing_a_version_writes_all_files_or_none(
    package: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command is killed at every moment, or at each fifth."""
    monkeypatch.setattr(commands, "_print_findings_and_may_continue", lambda *given: True)
    edit_contract(package, lambda contract: contract.update(version="0.9.0"))
    old = {name: (package / name).read_bytes() for name in PREPARED if (package / name).exists()}

    def prepare() -> int:
        return main(["release", "--prepare", "0.9.1", "--package", str(package)])

    seen, code, moment = [], 9, 0
    while code == 9:
        moment += step
        for name in PREPARED:
            (package / name).unlink(missing_ok=True)
        for name, content in old.items():
            write_bytes_atomically(package / name, content)
        code = exit_code_if_killed_at(prepare, moment)
        with suppress(SystemExit):
            run_command("check", "--rules", "--package", str(package))
        now = {name: (package / name).read_bytes() for name in PREPARED if (package / name).exists()}
        if now not in seen:
            seen.append(now)
    assert code == 0 and moment > 16
    assert seen[0] == old and len(seen) == 2 and {*seen[1]} == {*PREPARED}
