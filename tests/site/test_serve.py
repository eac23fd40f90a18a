"""The site as `serve` shows it: silent when a browser leaves."""

import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.__main__ import main
from scripts.findings import harmless
from tests.browser import served

PAGE = b"<p>A page</p>" * 2_000_000


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A site of a large page."""
    (tmp_path / "index.html").write_bytes(PAGE)
    with served(tmp_path) as shown:
        yield shown


def test_a_browser_that_leaves_leaves_no_traceback(address: str, capfd: pytest.CaptureFixture[str]) -> None:
    port = int(address.rstrip("/").rpartition(":")[2])
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", port)) as browser:
            browser.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            browser.recv(10)
            browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    with urllib.request.urlopen(address, timeout=30) as answer:
        assert answer.read() == PAGE
    said = capfd.readouterr()
    assert "Traceback" not in said.out + said.err


def test_what_is_no_port_is_said(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (package / "site").mkdir()
    (package / "site/index.html").write_bytes(PAGE)
    assert main(["serve", "--port", "99999", "--package", str(package)]) == 2
    assert "Port 99999 cannot be used" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--port", "eighty"])
    assert ended.value.code == 2


def test_nothing_that_a_terminal_obeys_is_printed() -> None:
    text = "a\x1b[31mred\x9b2J\u202e\tb\nc\r\x07"
    assert harmless(text) == "a\\u001b[31mred\\u009b2J\\u202e\tb\nc\\u000d\\u0007"
