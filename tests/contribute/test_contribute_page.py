"""Follow the worked example of docs/contribute-tables.md, command by command."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts import commands
from tests.conftest import FROZEN, ROOT, copy_package, run_command
from tests.contribute.contributions import Taken, bytes_of_tables, folder_of, remove_study, write_workbook

PAGE = (ROOT / "docs/contribute-tables.md").read_text(encoding="utf-8")
COMMANDS = [
    line for block in re.findall(r"^```\n(.*?)^```$", PAGE, re.M | re.S) for line in block.splitlines()
]
GIT = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, frictionless_in_this_process: None
) -> tuple[Path, Taken]:
    """A git repository of the package without one study, as the working folder, and the study's rows."""
    place = copy_package(tmp_path / "project")
    taken = remove_study(place)
    for step in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "Without the study"]):
        subprocess.run(["git", *GIT, *step], cwd=place, check=True)
    monkeypatch.chdir(place)
    monkeypatch.setattr(commands, "HERE", place)  # the package beside the code
    return place, taken


def fill_in(place: Path, rows: Taken) -> None:
    """Do what a contributor does between two commands: fill in the template."""
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    (folder_of if not place.suffix else write_workbook)(rows, place)


@pytest.mark.long
def test_every_command_of_the_worked_example_succeeds(project: tuple[Path, Taken]) -> None:
    place, rows = project
    said = {}
    assert len(COMMANDS) >= 10
    for line in COMMANDS:
        program, module, scripts, *arguments = shlex.split(line)
        assert (program, module, scripts) == ("python", "-m", "scripts")
        done = run_command(*arguments)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        said[line] = done.stdout
        if "template" in arguments and "--study" not in arguments:
            fill_in(place / arguments[-1], rows)
    start = "python -m scripts contribute import"
    assert "Would be added:\n" in said[f"{start} study.xlsx --dry-run"]
    assert "Added:\n" in said[f"{start} study.xlsx"]
    assert "the import changes nothing" in said[f"{start} example.xlsx"]
    assert "the import changes nothing" in said[f"{start} my-study --dry-run"]
    assert "pc-bgd-dhaka-2024" in said["python -m scripts preview --base HEAD"]
    assert bytes_of_tables(place) == bytes_of_tables(FROZEN)
