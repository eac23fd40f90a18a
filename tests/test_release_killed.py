"""Whatever the moment at which a command is stopped: what was there is whole, and the next run succeeds."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts.package import files
from tests.conftest import FROZEN, ROOT
from tests.test_release import contents, prepared

COMMANDS = ("release", "site", "derive")  # the last changes what git knows, which a release would refuse


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What came of each moment of each command, in processes that one Python has started."""
    package = prepared(tmp_path_factory.mktemp("killed") / "package", FROZEN)
    done = subprocess.run(
        [sys.executable, "-m", "tests.killing", str(package), *COMMANDS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.long
@pytest.mark.xdist_group("killed")
@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
@pytest.mark.parametrize("command", COMMANDS)
def test_the_result_is_old_or_new(stopped: list[dict[str, Any]], command: str) -> None:
    told = [one for one in stopped if one["command"] == command]
    assert len(told) >= 10
    for one in told:
        assert one["stopped"] and one["whole"], one
        assert (one["next"], one["new"], one["left"]) == (0, True, []), one
    gaps = [one["at"] for one in told if one["missing"]]
    assert len(gaps) == (command != "derive")  # between the two renames of a folder, and nowhere else


def test_a_folder_takes_the_place_of_another(tmp_path: Path) -> None:
    for text in (b"one", b"two"):
        files.write_bytes(tmp_path / "new/page", text)
        files.replace_folder(tmp_path / "new", tmp_path / "place")
        assert contents(tmp_path) == {"place/page": text}


def test_a_folder_that_cannot_be_put_in_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.write_bytes(tmp_path / "place/page", b"old")
    files.write_bytes(tmp_path / "new/page", b"new")
    replace = os.replace

    def refused(source: Path, target: Path) -> None:
        if source.name == ".place.new":
            raise PermissionError("in use")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(PermissionError, match="in use"):
        files.replace_folder(tmp_path / "new", tmp_path / "place")
    assert contents(tmp_path / "place") == {"page": b"old"}


def test_an_old_folder_comes_back(tmp_path: Path) -> None:
    """After a stop between the two renames."""
    files.write_bytes(tmp_path / ".place.old/page", b"old")
    files.restore_folder(tmp_path / "place")
    assert contents(tmp_path) == {"place/page": b"old"}
    files.write_bytes(tmp_path / ".place.old/page", b"older")
    files.restore_folder(tmp_path / "place")
    assert (tmp_path / "place/page").read_bytes() == b"old"
