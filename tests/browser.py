"""Finds a Chromium for the tests and installs one where there is none.

`python -m tests.browser` is run before the tests, so that a missing browser is fixed or said
at once and never leads to tests that are passed over.
"""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright, ViewportSize, sync_playwright

# The same engine without windows, tabs and menus: a page takes a third of the processor's time.
BARE = "chromium-headless-shell"
NAMES = (BARE, "chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No script of a page runs for long: to compile it for speed takes longer than it then saves.
    "--js-flags=--no-turbofan --always-sparkplug",
)
WAY_OUT = (
    "Install Chromium with the tools of your system, or set the variable CHROMIUM "
    "to the program of a Chromium or Chrome that you have."
)


class NoBrowserError(Exception):
    """There is no browser, and none could be installed."""


def find(playwright: Playwright) -> str:
    """Find the program of a browser that starts; blank where there is none."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        if _starts(named):
            return shutil.which(named) or named
        raise NoBrowserError(f"CHROMIUM is set to {named}, which does not start. {WAY_OUT}")
    candidates = [*filter(None, map(shutil.which, NAMES)), playwright.chromium.executable_path]
    return next(filter(_starts, candidates), "")


def _starts(program: str) -> bool:
    """Ask for the version: some systems have a mere signpost under the name of the browser."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def ensure(playwright: Playwright) -> str:
    """Find a browser, or install one. NoBrowserError says what to do where that fails.

    Where it is for us to install something, the quick one comes although there is another.
    """
    if not (os.environ.get("CHROMIUM") or shutil.which(BARE)):
        _install_with_apt()
    for install in (None, _install_with_playwright):
        if install:
            install()
        if program := find(playwright):
            return program
    raise NoBrowserError(f"The tests need a Chromium, and none could be installed. {WAY_OUT}")


def _is_main() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _install_with_apt() -> None:
    if _is_main() and shutil.which("apt-get"):
        print("Installing Chromium with apt-get for the tests (once, a few minutes) …", flush=True)
        if _run(["apt-get", "update"]):
            _ = _run(["apt-get", "install", "-y", BARE]) or _run(["apt-get", "install", "-y", "chromium"])


def _install_with_playwright() -> None:
    print("Downloading Chromium with Playwright for the tests (once, a few minutes) …", flush=True)
    _run([sys.executable, "-m", "playwright", "install", "chromium"])


def _run(command: Sequence[str]) -> bool:
    """Run a step of an installation, and show the end of what it said only if it failed."""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        print(f"“{' '.join(command)}” failed:\n" + "\n".join(done.stdout.splitlines()[-5:]))
    return done.returncode == 0


def launch(playwright: Playwright) -> Browser:
    """Start the browser, without the requests that it makes of its own accord."""
    program = find(playwright)
    if not program:
        raise NoBrowserError("The tests need a Chromium. Run: python -m tests.browser")
    sandbox = ["--no-sandbox"] if _is_main() else []
    return playwright.chromium.launch(executable_path=Path(program), args=[*sandbox, *QUIET])


class Host(SimpleHTTPRequestHandler):
    """As web hosts do: the page for what is missing stands at any address that leads nowhere."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".csv": "text/csv; charset=utf-8"}

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with 404.html where there is one."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            return super().send_error(code, message, explain)
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(page.stat().st_size))
        self.end_headers()
        self.wfile.write(page.read_bytes())


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address at which a host would show the site."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


# The theme's own script comes last and says on the root of the page that it runs.
STARTED = "document.documentElement.classList.contains('js')"


def go(page: Page, address: str) -> None:
    """Open a page and wait for its scripts, which start when it has been painted.

    The wait lets the page evaluate a text, which its policy refuses: ask for a page with `bypass_csp`.
    """
    page.goto(address)
    page.wait_for_function(STARTED)


# Two frames after a change of size the page has been laid out anew, and what fades in or out has done so.
# A busy machine may still hold the layout of the last window.
DRAWN = """async width => {
  const frame = () => new Promise(requestAnimationFrame), root = document.documentElement;
  for (let tries = 0; innerWidth !== width || root.clientWidth > width; tries++) {
    if (tries === 1000) throw new Error(`The window did not become ${width} wide.`);
    await frame();
  }
  await frame();
  await frame();
  const fading = document.getAnimations().filter((one) => one instanceof CSSTransition);
  await Promise.allSettled(fading.map((one) => one.finished));
}"""


def fit(page: Page, size: ViewportSize) -> None:
    """Give the window another size, and wait until it is drawn: to open the page again takes far longer."""
    page.set_viewport_size(size)
    page.evaluate(DRAWN, size["width"])


def main() -> int:
    """Make sure that there is a browser."""
    try:
        with sync_playwright() as playwright:
            ensure(playwright)
    except NoBrowserError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
