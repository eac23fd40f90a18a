"""The process of frictionless: when it runs, how far it reads, and what becomes of its failures."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.__main__ import main
from scripts.checks import public_validator
from scripts.checks import sql_rules as rules
from scripts.checks.sql_rules import RuleCrash
from scripts.checks.subject import Subject
from scripts.findings.layouts import RENDERINGS
from tests.conftest import GUARD, ROOT, command
from tests.test_corruption import spoil
from tests.test_public_validator import said_by
from tests.test_referee import small_package
from tests.test_rules import broken_rule

pytestmark = pytest.mark.slow


def pretend(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let another program stand in for frictionless."""
    monkeypatch.setattr(public_validator, "COMMAND", (sys.executable, "-c", code))


FAILURES = {
    "import sys; sys.exit('Out\x1b[31m')": "frictionless ended with code 1: Out\\u001b[31m.",
    "import os; os._exit(9)": "frictionless ended with code 9: no word.",
    "print('half of an ans')": "frictionless ended with code 0: no word.",
    "import time; time.sleep(60)": "frictionless gave no answer in 1 s.",
}


@pytest.mark.parametrize(("code", "message"), FAILURES.items())
def test_its_crash_is_no_verdict(
    code: str,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Exit code 2 and what to do, though the data are sound; nothing is said of them."""
    package = small_package(tmp_path, "organisations")
    pretend(monkeypatch, code)
    monkeypatch.setattr(public_validator, "SECONDS", 1)
    monkeypatch.setattr(public_validator, "ROWS_A_SECOND", 1_000_000)
    assert main(["check", "--package", str(package), "--layer", "frictionless"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert f"{message} “--skip frictionless” checks without it." in said.err
    assert "This is not a verdict on the data." in said.err


@pytest.mark.usefixtures("own_database")
def test_it_ends_with_the_check(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another layer fails, nothing goes on in the background."""
    started: list[subprocess.Popen[bytes]] = []
    start = public_validator.start

    def noted(subject: Subject, folder: Path) -> subprocess.Popen[bytes]:
        started.append(start(subject, folder))
        return started[-1]

    monkeypatch.setattr(public_validator, "start", noted)
    monkeypatch.setattr(rules, "RULES", (broken_rule(),))
    pretend(monkeypatch, "import time; time.sleep(60)")
    with pytest.raises(RuleCrash):
        said_by(package, "rules")
    assert [process.returncode is None for process in started] == [False]


def test_large_tables_are_left_to_those_who_ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One note says how. Asked for by name, or by a release, it reads them at any size."""
    package = small_package(tmp_path, "organisations")
    rows = sum(path.read_bytes().count(b"\n") - 1 for path in (package / "data").glob("*.csv"))
    monkeypatch.setattr(public_validator, "MOST_ROWS", rows)
    assert said_by(package).layers_run[-1] == "frictionless"
    monkeypatch.setattr(public_validator, "MOST_ROWS", rows - 1)
    left = said_by(package)
    assert left.layers_run == ("descriptor", "bytes") and left.is_valid
    note = (
        f"The public validator was left out, since the tables have {rows:,} rows, more than {rows - 1:,}. "
        "To run it all the same: python -m scripts check --layer frictionless."
    )
    assert left.notes == (note,)
    others = "frictionless, schema, rules, published, reproduction, prose"
    assert RENDERINGS["text"](left) == f"No findings. Not checked: {others}. {note}"
    assert said_by(package, at_any_size=True).layers_run[-1] == "frictionless"
    assert main(["check", "--package", str(package), "--layer", "frictionless"]) == 0
    assert capsys.readouterr().out == f"No findings. Not checked: {others.partition(', ')[2]}.\n"


def test_it_says_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = small_package(tmp_path, "organisations")
    spoil(package, "data/organisations.csv", lambda data: data.replace(b"government\n", b"state\n"))
    monkeypatch.setattr(public_validator, "MOST_ERRORS", 2)
    done = said_by(package)
    assert len(done.findings) == 2
    assert done.notes == ("There may be more: frictionless stopped at 2 errors in data/organisations.csv.",)


def test_it_asks_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The profile that the contract names by its address is not fetched."""
    guard = tmp_path / "guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(GUARD.format(mark=str(guard / "guarded")), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(guard), str(ROOT)]))
    assert said_by(small_package(tmp_path / "package", "organisations")).is_valid
    assert (guard / "guarded").exists() and not (guard / "asked").exists()


def test_the_command_runs_it_unless_told_otherwise() -> None:
    """By default over the frozen package, which it finds sound; never over a part of it."""
    done = command("check", "--format", "json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["findings"], said["layers_not_run"]) == ([], ["published"])
    done = command("check", "--without-derived", "--layer", "frictionless")
    assert (done.returncode, done.stdout) == (2, "")
    done = command("check", "--without-derived", "--layer", "bytes", "--layer", "frictionless")
    assert done.stdout.startswith("No findings. Not checked: frictionless, schema")
