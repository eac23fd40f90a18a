"""Find a Chromium for the tests, and install one if there is none.

`python -m tests.browser` runs before the tests, so that a missing browser is installed or reported at once,
and no test is skipped because there is none.
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

# The headless shell, the same engine without windows: a page takes a third of the processor time.
BARE = "chromium-headless-shell"
NAMES = (BARE, "chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Scripts run only briefly, so optimising compilation costs more time than it saves.
    "--js-flags=--no-turbofan --always-sparkplug",
)
WAY_OUT = (
    "Install Chromium with the tools of your system, or set the variable CHROMIUM "
    "to the program of a Chromium or Chrome that you have."
)


class NoBrowserError(Exception):
    """Raised if no browser was found and none could be installed."""


def find_browser(playwright: Playwright) -> str:
    """Return the path of a browser that starts, or a blank if there is none."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        if _prints_version(named):
            return shutil.which(named) or named
        raise NoBrowserError(f"CHROMIUM is set to {named}, which does not start. {WAY_OUT}")
    candidates = [*filter(None, map(shutil.which, NAMES)), playwright.chromium.executable_path]
    return next(filter(_prints_version, candidates), "")


def _prints_version(program: str) -> bool:
    """Return whether a program prints its version; on some systems the browser's name is only a stub."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def find_or_install_browser(playwright: Playwright) -> str:
    """Find a browser or install one, and return its path.

    Unless CHROMIUM is set, the faster headless build is installed even if there is another browser. Raises
    NoBrowserError, which says what to do, if none can be installed.
    """
    if not (os.environ.get("CHROMIUM") or shutil.which(BARE)):
        _install_with_apt()
    for install in (None, _install_with_playwright):
        if install:
            install()
        if program := find_browser(playwright):
            return program
    raise NoBrowserError(f"The tests need a Chromium, and none could be installed. {WAY_OUT}")


def _is_main() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _install_with_apt() -> None:
    if _is_main() and shutil.which("apt-get"):
        print("Installing Chromium with apt-get for the tests (once, a few minutes) …", flush=True)
        if _run_install_step(["apt-get", "update"]):
            _ = _run_install_step(["apt-get", "install", "-y", BARE]) or _run_install_step(
                ["apt-get", "install", "-y", "chromium"]
            )


def _install_with_playwright() -> None:
    print("Downloading Chromium with Playwright for the tests (once, a few minutes) …", flush=True)
    _run_install_step([sys.executable, "-m", "playwright", "install", "chromium"])


def _run_install_step(command: Sequence[str]) -> bool:
    """Run a step of the installation, and print the end of its output only if it fails."""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        print(f"“{' '.join(command)}” failed:\n" + "\n".join(done.stdout.splitlines()[-5:]))
    return done.returncode == 0


def launch_browser(playwright: Playwright) -> Browser:
    """Start the browser with its own background requests switched off."""
    program = find_browser(playwright)
    if not program:
        raise NoBrowserError("The tests need a Chromium. Run: python -m tests.browser")
    sandbox = ["--no-sandbox"] if _is_main() else []
    return playwright.chromium.launch(executable_path=Path(program), args=[*sandbox, *QUIET])


class SiteRequestHandler(SimpleHTTPRequestHandler):
    """A local web server that, like web hosts, answers any unknown address with the page 404.html."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".csv": "text/csv; charset=utf-8"}

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer an unknown address with 404.html, if the site has that page."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            return super().send_error(code, message, explain)
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(page.stat().st_size))
        self.end_headers()
        self.wfile.write(page.read_bytes())


@contextmanager
def serve_site(site: Path) -> Iterator[str]:
    """Serve the site locally, and yield its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SiteRequestHandler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


# The theme's script runs last, and marks the root element of the page when it does.
STARTED = "document.documentElement.classList.contains('js')"


def open_page(page: Page, address: str) -> None:
    """Open a page and wait until its scripts, which start after the first paint, have run.

    The wait evaluates a string in the page, which the page's policy forbids: create the page with
    `bypass_csp`.
    """
    page.goto(address)
    page.wait_for_function(STARTED)


# Two frames after a resize the layout is done and fades have ended.
# A busy machine may still have the layout of the previous size.
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


def resize_window(page: Page, size: ViewportSize) -> None:
    """Resize the window and wait until it is redrawn, which is much faster than opening the page again."""
    page.set_viewport_size(size)
    page.evaluate(DRAWN, size["width"])


def main() -> int:
    """Make sure that there is a browser; return an exit code."""
    try:
        with sync_playwright() as playwright:
            find_or_install_browser(playwright)
    except NoBrowserError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
