"""Derived tables have the same bytes on any system, and either all are written or none."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from scripts import checks, derived
from scripts.__main__ import main
from scripts.findings import Report
from scripts.package.package import Package
from tests.conftest import FROZEN, ROOT, change_rows, findings_of, run_command

FILES = sorted(path.name for path in (FROZEN / "data/derived").glob("*.csv"))
UP_TO_DATE_MESSAGE = "The derived tables are what the data give."
LEFT_OUT = "No findings. Not checked: frictionless, published, reproduction, made."
OPTIONS = {
    "check": {"--package", "--format", "--layer", "--skip"},
    "derive": {"--package", "--check"},
    "site": {"--package", "--output"},
    "release": {"--package", "--output", "--prepare", "--assemble"},
    "serve": {"--package", "--port"},
}


def contents(package: Path) -> dict[str, bytes]:
    """Return the bytes of every file in the folder of derived tables, hidden files included."""
    return {path.name: path.read_bytes() for path in sorted((package / "data/derived").iterdir())}


PUBLISHED = contents(FROZEN)


@cache
def verdict() -> Report:
    """Return the report of the check on the frozen package."""
    return checks.run_layers(Package(FROZEN), checks.OF_THE_DATA)


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Skip checking and computing, for tests of how tables are written."""
    texts = {f"data/derived/{name}": text.decode() for name, text in PUBLISHED.items()}
    monkeypatch.setattr(derived, "texts_of_derived_tables", lambda package: texts)
    sound = verdict()
    monkeypatch.setattr(checks, "run_layers", lambda package, layers: sound)


def derive_in(folder: Path, *options: str, umask: int = 0o022, **environment: str) -> tuple[int, str]:
    """Run a folder's own copy of the scripts, as somebody on another machine would."""
    done = subprocess.run(
        [sys.executable, "-m", "scripts", "derive", *options],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | environment,
        umask=umask,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
    )
    return done.returncode, done.stdout + done.stderr


# Two environments that differ in language, encoding, hash seed, time zone and umask.
ELSEWHERE: tuple[tuple[int, dict[str, str]], ...] = (
    (0o077, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONHASHSEED": "1", "TZ": "Asia/Phnom_Penh"}),
    (0o000, {"LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "random", "TZ": "America/New_York"}),
)


@pytest.mark.long
def test_derived_bytes_do_not_depend_on_umask_or_environment(package: Path) -> None:
    """Elsewhere, all or half of the derived tables are made again, and get the same bytes."""
    shutil.copytree(ROOT / "scripts", package / "scripts")  # with the compiled files
    shutil.rmtree(package / "data/derived")
    missing = FILES
    for umask, environment in ELSEWHERE:
        code, said = derive_in(package, umask=umask, **environment)
        wrote = [f"Wrote data/derived/{name}." for name in missing]
        assert (code, [line for line in sorted(said.splitlines()) if "Wrote" in line]) == (0, wrote), said
        assert LEFT_OUT in said.splitlines()
        assert contents(package) == PUBLISHED
        assert {(package / "data/derived" / name).stat().st_mode & 0o777 for name in FILES} == {0o644}
        missing = FILES[::2]
        for name in missing:
            (package / "data/derived" / name).unlink()


@pytest.mark.usefixtures("computed")
def test_derive_does_not_rewrite_up_to_date_tables(package: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (package / "data").rglob("*")}
    done = run_command("derive", "--package", str(package))
    assert (done.returncode, done.stdout.splitlines()[1:]) == (0, [UP_TO_DATE_MESSAGE]), done.stderr
    assert before == {path: path.stat().st_mtime_ns for path in (package / "data").rglob("*")}


def test_committed_derived_tables_are_up_to_date() -> None:
    """The committed tables match the data, and `derive --check` writes nothing."""
    before = {path: path.stat().st_mtime_ns for path in (FROZEN / "data").rglob("*")}
    done = run_command("derive", "--check")
    assert (done.returncode, done.stdout.splitlines()) == (0, [LEFT_OUT, UP_TO_DATE_MESSAGE]), done.stderr
    assert before == {path: path.stat().st_mtime_ns for path in (FROZEN / "data").rglob("*")}


def edited(text: bytes) -> Iterator[tuple[str, bytes, int, str, str]]:
    """Yield ways to spoil a table: name, new bytes, the line that differs, its text, and the right text."""
    lines = text.decode().splitlines()
    first, last = lines[1], lines[-1]
    yield "a cell", text.replace(first.encode(), first.encode() + b"x", 1), 2, first + "x", first
    yield "a row too many", text + b"zzz\n", len(lines) + 1, "zzz", ""
    yield "a row too few", text[: -len(last.encode()) - 1], len(lines), "", last
    yield "nothing", b"", 1, "", lines[0]
    yield "other line ends", text.replace(b"\n", b"\r\n"), len(lines), "(line ends differ)", ""
    yield "no last line end", text[:-1], len(lines), "(line ends differ)", ""
    yield "broken letters", text + b"\xff\n", len(lines) + 1, "\\xff", ""


WAYS = [how for how, *_ in edited(PUBLISHED[FILES[0]])]


@pytest.mark.usefixtures("computed")
@pytest.mark.parametrize("how", WAYS)
def test_derive_check_reports_tables_changed_by_hand(
    package: Path, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every differing line is printed with both texts; only `derive` without `--check` corrects it."""
    spoilt, said = {}, []
    full = [name for name in FILES if len(PUBLISHED[name].splitlines()) > 1]
    for name in full:
        [(_, spoilt[name], line, has, gives)] = [way for way in edited(PUBLISHED[name]) if way[0] == how]
        said.append(f"data/derived/{name}, line {line}\n  - {has}\n  + {gives}\n")
        (package / "data/derived" / name).write_bytes(spoilt[name])
    assert main(["derive", "--check", "--package", str(package)]) == 1
    out = capsys.readouterr().out
    assert [text for text in said if text not in out] == []
    assert f"differ from the data: {len(full)} " in out
    assert contents(package) == PUBLISHED | spoilt
    assert main(["derive", "--package", str(package)]) == 0
    _, *wrote = capsys.readouterr().out.splitlines()
    assert sorted(wrote) == [f"Wrote data/derived/{name}." for name in full]
    assert contents(package) == PUBLISHED


def test_derive_check_reports_a_missing_table(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (package / "data/derived/changes.csv").unlink()
    assert main(["derive", "--check", "--package", str(package)]) == 1
    assert "data/derived/changes.csv, line 1\n  - \n  + change_id,measure," in (
        out := capsys.readouterr().out
    )
    assert "differ from the data: 1 " in out
    assert not (package / "data/derived/changes.csv").exists()


@pytest.mark.usefixtures("computed")
def test_failed_write_keeps_the_old_derived_tables_and_is_reported(
    package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in FILES:
        (package / "data/derived" / name).write_bytes(b"old\n")
    old = contents(package)

    def fail(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as failing:
        failing.setattr(os, "fdopen", fail)
        assert main(["derive", "--package", str(package)]) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith("No space is left on the disk to write ") and "free some" in printed.err
    assert "Wrote" not in printed.out and contents(package) == old
    assert main(["derive", "--package", str(package)]) == 0
    assert contents(package) == PUBLISHED


@pytest.mark.parametrize(
    "arguments", [["check"], ["derive"], ["derive", "--check"], ["site"], ["release"], ["serve"]]
)
def test_missing_package_is_reported_in_one_line(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = str(tmp_path / "nowhere")
    assert main([*arguments, "--package", nowhere]) == 2
    assert tuple(capsys.readouterr()) == (
        "",
        f"There is no datapackage.json in {nowhere}. Name the folder that holds it.\n",
    )
    assert not list(tmp_path.iterdir())


def test_folder_without_a_package_is_reported_without_a_traceback(tmp_path: Path) -> None:
    done = run_command("derive", "--package", str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "datapackage.json" in done.stderr
    assert done.stderr.startswith("There is no datapackage.json in ")
    assert len(done.stderr.splitlines()) == 1


def test_derive_refuses_data_with_faults(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """If the data have faults, such as a reference to a missing row, nothing is derived."""
    old = contents(package)
    change_rows(
        package,
        "reported_values",
        lambda rows: rows.remove(rows[[row["value_id"] for row in rows].index("KH011")]),
    )
    assert main(["derive", "--package", str(package)]) == 1
    said = capsys.readouterr().out
    assert "field value_id\n  found: KH011\n" in said
    assert said.endswith("Nothing was derived. Fix these first.\n")
    assert contents(package) == old


def test_a_stale_derived_table_does_not_stop_the_check_before_it_is_rebuilt(package: Path) -> None:
    """Stale derived tables do not block the check of the data, and every fix says to run `derive`."""
    (package / "data/derived/origins.csv").write_bytes(b"")
    (package / "data/derived/changes.csv").unlink()
    assert findings_of(package, "--without-derived") == []
    for found in findings_of(package):
        assert "python -m scripts derive" in found["fix"]


def help_of(*words: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as end:
        main([*words, "--help"])
    assert end.value.code == 0
    return " ".join(capsys.readouterr().out.split())


def test_help_names_the_commands_their_options_and_the_exit_codes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = help_of(capsys=capsys)
    assert set(OPTIONS) <= set(words.split())
    assert "0 all is well, 1 faults in the data, 2 the tool could not do its work" in words
    for name, options in OPTIONS.items():
        told = help_of(name, capsys=capsys).partition(" options: ")[2]
        assert options | {"--help"} <= set(re.findall(r"--[a-z]+", told)), name


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["check", "--nonsense"]])
def test_unknown_arguments_end_with_usage_and_exit_code_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert capsys.readouterr().err.startswith("usage: python -m scripts")
