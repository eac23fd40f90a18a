"""The site as `serve` shows it."""

import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from scripts.__main__ import main
from scripts.findings import remove_control_characters
from tests.conftest import ROOT

PAGE = b"<p>A page</p>"


def test_serve_listens_on_this_machine(package: Path) -> None:
    (package / "site").mkdir()
    (package / "site/index.html").write_bytes(PAGE)
    words = [sys.executable, "-m", "scripts", "serve", "--port", "0", "--package", str(package)]
    with subprocess.Popen(
        words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as shown:
        assert shown.stdout and shown.stderr
        address = shown.stdout.readline().split()[4]
        with urllib.request.urlopen(address, timeout=30) as answer:
            assert answer.read() == PAGE and address.startswith("http://127.0.0.1:")
        shown.terminate()
        assert shown.stderr.read().endswith("Stopped.\n")


def test_invalid_port_is_refused_with_a_message(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (package / "site").mkdir()
    (package / "site/index.html").write_bytes(PAGE)
    assert main(["serve", "--port", "99999", "--package", str(package)]) == 2
    assert "Port 99999 cannot be used" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--port", "eighty"])
    assert ended.value.code == 2


def test_nothing_that_a_terminal_obeys_is_printed() -> None:
    text = "a\x1b[31mred\x9b2J\u202e\tb\nc\r\x07"
    assert remove_control_characters(text) == "a\\u001b[31mred\\u009b2J\\u202e\tb\nc\\u000d\\u0007"
