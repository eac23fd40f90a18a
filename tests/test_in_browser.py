"""The check that a browser runs: what Python answers to the page, wherever it runs."""

import base64
import gzip
import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scripts import contribute
from scripts.checks import sql_rules
from scripts.checks.subject import Subject
from scripts.contribute import in_browser
from scripts.package.opening import Package
from scripts.package.zips import files_in
from scripts.progress import Progress
from scripts.site import check_page, engine
from tests.conftest import ROOT
from tests.contributions import Taken, folder_of, package_without_study, workbook_of

HEAVY = ("pandas", "frictionless", "mkdocs", "scipy", "numpy", "yaml", "jinja2", "vl_convert", "pyarrow")


@pytest.fixture(scope="module")
def lacking(small: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Taken]:
    """The small package without the study, and the rows of the study."""
    return package_without_study(tmp_path_factory.mktemp("lacking") / "package", small)


@pytest.fixture
def ask(lacking: tuple[Path, Taken], monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """Ask as the page does, about files by their names."""
    monkeypatch.setattr(in_browser, "_package", lambda: Package(lacking[0], with_derived=False))

    def asked(*files: Path, **contents: bytes) -> dict[str, Any]:
        sent = {file.name: file.read_bytes() for file in files} | contents
        found: dict[str, Any] = json.loads(in_browser.answer("{}", sent, lambda text: None))
        return found

    return asked


def test_the_path_of_a_check_needs_nothing_heavy() -> None:
    code = (
        f"import sys; sys.modules.update(dict.fromkeys({HEAVY!r}))\n"
        "from scripts import checks\n"
        "from scripts.contribute import in_browser\n"
        "for name in checks.OF_THE_DATA: checks._layer(name)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_no_rule_asks_the_clock_or_another_file() -> None:
    asks = re.compile(r"\bcurrent_(date|time)|\b(today|now)\(|\blocaltime|\bread_\w+\(", re.IGNORECASE)
    no_code = re.compile(r"--.*|'(?:[^']|'')*'")
    queries = {rule.id: rule.query for rule in sql_rules.RULES}
    assert len(queries) > 60
    assert {name for name, query in queries.items() if asks.search(no_code.sub("", query))} == set()


def test_all_rules_run_without_extensions_and_judge_by_the_day_that_is_passed_in(small: Path) -> None:
    with Package(small) as package:
        off = "SET autoload_known_extensions = false; SET autoinstall_known_extensions = false"
        package.database().execute(
            f"{off}; SET enable_external_access = false; SET lock_configuration = true"
        )
        assert sql_rules.check(Subject(package)) == []
        early = sql_rules.check(Subject(package, day=date(1999, 12, 31)))
    assert any(one.message.endswith("is in the future.") for one in early)


def test_a_sound_study_is_told_what_it_adds_and_gets_its_rows(
    ask: Callable[..., dict[str, Any]], lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    sent = workbook_of(lacking[1], tmp_path / "study.xlsx")
    said = ask(sent)
    assert (said["is_sound"], said["verdict"]) == (True, "The file is sound. You can send it.")
    assert [part["heading"] for part in said["parts"]] == ["What it would add", "What it would contradict"]
    rows = base64.b64decode(said["files"]["reported_values.csv"]).decode().splitlines()
    assert len(rows) == 1 + len(lacking[1]["reported_values"])
    outcome = contribute.bring_in(Package(lacking[0], with_derived=False), sent, is_dry_run=True)
    assert said["report"] == contribute.said(outcome, "json")


def test_a_figure_that_cannot_hold_beside_another_is_named(
    ask: Callable[..., dict[str, Any]], lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    with Package(lacking[0], with_derived=False) as package:
        outcome = contribute.bring_in(
            package, workbook_of(lacking[1], tmp_path / "a.xlsx"), is_dry_run=True
        )
        key = outcome.added["reported_values"][0]
        row = {"root_id": key, "value_id": "X", "root_has": "1", "printing_has": "2", "decided_by": "test"}
        with pytest.MonkeyPatch.context() as patch:
            others = [row | {"type": "restated"}, row | {"type": "contradiction", "root_id": "Y"}]
            found = [row | {"type": "contradiction"}, *others]
            patch.setattr(in_browser.conflicts, "rows", lambda copy: iter(found))
            said = in_browser.answer_of(package, outcome, lambda text: None)
    assert said.parts[-1].sentences == (f"{key} has “1”, X has “2”: test.",)


def test_what_to_mend_is_a_table_of_where_what_why_and_what_to_do(
    ask: Callable[..., dict[str, Any]], lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    rows = {name: [dict(row) for row in some] for name, some in lacking[1].items()}
    rows["reported_values"][0]["low"] = "<img src=x onerror=alert(1)>"
    said = ask(workbook_of(rows, tmp_path / "study.xlsx"))
    assert not said["is_sound"] and said["verdict"] == "Not yet sound: 1 thing to mend."
    [[where, found, why, _]] = said["parts"][0]["rows"]
    assert where.startswith("study.xlsx, sheet “") and found == "<img src=x onerror=alert(1)>"
    assert why.startswith("This is not a plain number")
    assert said["files"] == {}


def test_csv_files_are_taken_by_the_names_of_their_tables(
    ask: Callable[..., dict[str, Any]], lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    said = ask(*folder_of(lacking[1], tmp_path / "study").iterdir())
    assert said["verdict"] == "The file is sound. You can send it."


def test_too_much_is_sent_to_the_command_line(ask: Callable[..., dict[str, Any]]) -> None:
    assert ask(**{"sources.csv": b"x\n" * in_browser.MOST_ROWS})["verdict"] != in_browser.TOO_LARGE
    assert ask(**{"sources.csv": b"x\n" * (in_browser.MOST_ROWS + 1)})["verdict"] == in_browser.TOO_LARGE
    assert ask(**{"a.xlsx": b"0" * (in_browser.MOST_BYTES + 1)})["verdict"] == in_browser.TOO_LARGE


@pytest.mark.parametrize("files", [{}, {"a.xlsx": b"", "b.xlsx": b""}, {"a.csv": b"", "b.xlsx": b""}])
def test_other_choices_of_files_are_told_what_would_do(
    files: dict[str, bytes], ask: Callable[..., dict[str, Any]]
) -> None:
    assert ask(**files)["verdict"] == in_browser.FILES


def test_a_file_cannot_leave_its_folder(ask: Callable[..., dict[str, Any]]) -> None:
    said = ask(**{"../../outside.xlsx": b"x"})
    assert json.loads(said["report"])["findings"][0]["table"] == "outside.xlsx"


def test_progress_goes_on_where_there_are_no_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("threading.Thread.start", refuse)
    said: list[str] = []
    with Progress(said.append, every=0) as progress:
        progress.at("Reading")
    assert said == ["Reading …"]


def test_the_lock_of_the_engine_names_hashes_and_no_host() -> None:
    packages = json.loads((engine.SOURCES / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    del packages[""]
    assert len(packages) > 10
    assert all(about["integrity"].startswith("sha512-") for about in packages.values())
    texts = [path.read_text(encoding="utf-8") for path in engine.SOURCES.iterdir() if path.is_file()]
    assert not any(re.search(r'"resolved"|registry\.|index-url|files\.python', text) for text in texts)


def test_where_the_engine_cannot_be_made_the_page_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(engine, "KEPT", tmp_path / "engine")
    monkeypatch.setattr(engine.shutil, "which", lambda name: None)
    with pytest.raises(engine.NoEngine, match="Node"):
        engine.engine(lambda text: None)
    assert list(tmp_path.glob("engine/*")) == []
    found = check_page.browser_check(None)  # type: ignore[arg-type]
    assert (found.folder, found.bytes) == ("", 0)


def test_waits_are_said_from_the_size() -> None:
    assert replace(check_page.Engine("x", "", 15_000_000)).waits == [
        "about 20 seconds on a usual line",
        "about 80 seconds on a slow phone line",
    ]


def test_only_its_own_page_speaks_of_the_engine(small_built: Path) -> None:
    pages = {
        path.parent.name: path.read_text(encoding="utf-8")
        for path in (small_built / "site").rglob("*.html")
    }
    assert len(pages) > 50
    assert {name for name, html in pages.items() if "check.js" in html or "/engine/" in html} == {"check"}
    assert {name for name, html in pages.items() if "wasm-unsafe-eval" in html} <= {"check"}


def test_the_archive_holds_the_tables_and_no_derived_one(small: Path) -> None:
    names = set(files_in(gzip.decompress(engine.package_archive(Package(small)))))
    assert {"datapackage.json", "data/sources.csv", "scripts/contribute/in_browser.py"} <= names
    assert not any("derived" in name for name in names if name.startswith("data/"))
