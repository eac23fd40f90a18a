"""Drives the Firefox of this machine by Marionette, a protocol that every Firefox speaks.

Playwright drives only a Firefox of its own making. Here are the few commands that a check of a file takes.
"""

import json
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

NAMES = ("firefox", "firefox-esr")
ACTIVE = "MarionetteActivePort"  # the file by which a profile tells the port
SETTINGS = """
user_pref("marionette.port", 0);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
user_pref("app.update.auto", false);
user_pref("browser.shell.checkDefaultBrowser", false);
"""
PATIENCE = 120  # seconds for the start, and for one command


class NoFirefox(Exception):
    """Firefox could not be found, or did not start."""


class Firefox:
    """A Firefox with one window."""

    def __init__(self, port: int) -> None:
        self._connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self._stream = self._connection.makefile("rb")
        self._asked = 0
        self._hear()
        self.version = str(self._ask("WebDriver:NewSession", {})["capabilities"]["browserVersion"])

    def go(self, address: str) -> None:
        """Open a page."""
        self._ask("WebDriver:Navigate", {"url": address})

    def run(self, script: str) -> object:
        """What a function with this body gives, run in the page."""
        return self._ask("WebDriver:ExecuteScript", {"script": script, "args": [], "sandbox": None})[
            "value"
        ]

    def put(self, selector: str, files: Sequence[Path]) -> None:
        """Choose files, in place of those that were chosen before."""
        self.run(f"document.querySelector({json.dumps(selector)}).value = ''")
        found = self._ask("WebDriver:FindElement", {"using": "css selector", "value": selector})["value"]
        (name,) = found.values()
        for file in files:
            self._ask("WebDriver:ElementSendKeys", {"id": name, "text": str(file)})

    def click(self, selector: str) -> None:
        """Click as a script would."""
        self.run(f"document.querySelector({json.dumps(selector)}).click()")

    def _ask(self, command: str, parameters: object) -> dict[str, dict[str, object]]:
        self._asked += 1
        text = json.dumps([0, self._asked, command, parameters])
        self._connection.sendall(f"{len(text.encode())}:{text}".encode())
        _, _, error, answer = self._hear()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return dict(answer)

    def _hear(self) -> list[dict[str, object]]:
        length = b""
        while not length.endswith(b":"):
            length += self._stream.read(1)
        heard: list[dict[str, object]] = json.loads(self._stream.read(int(length[:-1])))
        return heard


@contextmanager
def firefox() -> Iterator[Firefox]:
    """Start the Firefox of this machine. NoFirefox where there is none, or it does not answer."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise NoFirefox("There is no Firefox on this machine.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        (Path(profile) / "user.js").write_text(SETTINGS, encoding="utf-8")
        command = [program, "--headless", "--marionette", "--no-remote", "--profile", profile]
        started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield Firefox(_port(Path(profile) / ACTIVE))
        finally:
            started.terminate()
            started.wait()


def _port(told: Path) -> int:
    deadline = time.monotonic() + PATIENCE
    while not (told.exists() and told.read_text()):
        if time.monotonic() > deadline:
            raise NoFirefox("The Firefox of this machine does not answer.")
        time.sleep(0.2)
    return int(told.read_text())
