"""Whatever the moment at which a command is stopped: what was there is whole, and the next run succeeds."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.package import files
from tests.conftest import ROOT
from tests.test_release import contents, prepared


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
@pytest.mark.parametrize(
    ("command", "way"),
    [("release", "swap"), ("release", "steps"), ("site", "swap"), ("site", "steps"), ("derive", "swap")],
)
def test_the_result_is_old_or_new(tmp_path: Path, command: str, way: str) -> None:
    package = prepared(tmp_path / "package")
    done = subprocess.run(
        [sys.executable, "-m", "tests.killing", command, way, str(package)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) >= 10
    for one in told:
        assert one["stopped"] and one["whole"], one
        assert (one["next"], one["new"], one["left"]) == (0, True, []), one
    if sys.platform in ("linux", "darwin") and way == "swap":
        assert not any(one["missing"] for one in told)  # who reads always finds old or new


@pytest.mark.parametrize("swap", [True, False])
def test_a_folder_takes_the_place_of_another(
    tmp_path: Path, swap: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not swap:
        never: Callable[[Path, Path], bool] = lambda fresh, place: False  # noqa: E731
        monkeypatch.setattr(files, "_swapped", never)
    for text in (b"one", b"two"):
        files.write_bytes(tmp_path / "new/page", text)
        files.replace_folder(tmp_path / "new", tmp_path / "place")
        assert contents(tmp_path) == {"place/page": text}


def test_an_old_folder_comes_back(tmp_path: Path) -> None:
    """After a stop between the two steps, where the system cannot do it in one."""
    files.write_bytes(tmp_path / ".place.old/page", b"old")
    files.restore_folder(tmp_path / "place")
    assert contents(tmp_path) == {"place/page": b"old"}
    files.write_bytes(tmp_path / ".place.old/page", b"older")
    files.restore_folder(tmp_path / "place")
    assert (tmp_path / "place/page").read_bytes() == b"old"
