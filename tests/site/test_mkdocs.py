"""Plain `mkdocs build` and `mkdocs serve` give the same site, with no step beforehand."""

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import ROOT, bytes_of_files, mark_later_cases_long
from tests.site.test_before_build import TERMS, changed, linked
from tests.site.test_site import DEAD_LINKS, add

PATIENCE = 240  # seconds
BROKEN = "{{ row('sources', 'no-source').title }}"


@pytest.fixture
def clone(package: Path) -> Path:
    """A package linked to the code, without filled-in pages."""
    (package / "scripts").symlink_to(ROOT / "scripts")
    return package


def mkdocs(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run MkDocs as its users do, in the folder of mkdocs.yml."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "mkdocs", *words],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
    )


@pytest.mark.long
def test_mkdocs_gives_the_same_site_to_the_byte(clone: Path, built_package: Path) -> None:
    done = mkdocs(clone, "build", "--strict")
    assert done.returncode == 0, done.stderr
    theirs, ours = bytes_of_files(clone / "site"), bytes_of_files(built_package / "site")
    assert sorted(theirs) == sorted(ours)
    assert [name for name in ours if theirs[name] != ours[name]] == []
    assert [*clone.glob("build/*")] == []


MERGED = "<<<<<<< HEAD\n"
SPOILT: dict[str, Callable[[Path], object]] = {  # message of the build, and the change that causes it
    "ERROR data/derived/results.csv": lambda package: changed(package, "83"),
    f"ERROR {TERMS}": lambda package: linked(package / TERMS),
    "docs/about.md: there is no row “no-source” in sources.": lambda package: add(
        package / "docs/about.md", BROKEN
    ),
    "releases.json, the whole file: It cannot be read: ": lambda package: (
        package / "releases.json"
    ).write_text(MERGED, encoding="utf-8"),
}


@pytest.mark.slow
@pytest.mark.parametrize("said", mark_later_cases_long(1, zip(SPOILT)))
def test_failed_mkdocs_build_is_explained_and_keeps_the_old_site(said: str, clone: Path) -> None:
    SPOILT[said](clone)
    (clone / "site").mkdir()
    (clone / "site/index.html").write_text("before", encoding="utf-8")
    done = mkdocs(clone, "build")
    assert done.returncode == 1
    assert said in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert bytes_of_files(clone / "site") == {"index.html": b"before"}


@pytest.mark.long
def test_mkdocs_strict_reports_every_dead_link(clone: Path) -> None:
    add(clone / "docs/results.md", f"{DEAD_LINKS} [absolute](/values/) [unknown](values/)")
    done = mkdocs(clone, "build", "--strict")
    assert done.returncode == 1
    words = ("no-page.md", "no-anchor-there", "no-anchor-here", "'/values/'", "'values/'")
    assert [word for word in words if word not in done.stderr] == []


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Start `mkdocs serve`, and yield its address once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-P", "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with (folder.parent / "said").open("wb") as said:
        server = subprocess.Popen(words, cwd=folder, stdout=said, stderr=said)
    try:
        address = f"http://127.0.0.1:{port}/"
        shown(address, "</html>")
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(PATIENCE)


def got(address: str) -> str:
    """Return the text at an address, an error page included; blank if nothing answers yet."""
    try:
        answer = urllib.request.urlopen(address, timeout=PATIENCE)
    except urllib.error.HTTPError as error:
        answer = error
    except OSError:
        return ""
    with answer:
        return str(answer.read().decode())


def shown(address: str, words: str) -> str:
    """Return the page as soon as it contains these words."""
    return comes_to_have(lambda: got(address), words)


def comes_to_have(read: Callable[[], str], words: str) -> str:
    """Return a text as soon as it contains these words; fail after a time limit."""
    end = time.monotonic() + PATIENCE
    while words not in (text := read()):
        assert time.monotonic() < end, f"“{words}” does not come"
        time.sleep(0.2)
    return text


WATCHED = ("docs", "mkdocs.yml", "data", "datapackage.json", "overrides")
POLICY = re.compile(r'http-equiv="?Content-Security-Policy"? content="([^"]*)"')


@pytest.mark.long
def test_serve_shows_what_was_edited_and_goes_on_after_a_fault(clone: Path) -> None:
    about, frame = clone / "docs/about.md", clone / "overrides/main.html"
    text, around = about.read_text(encoding="utf-8"), frame.read_text(encoding="utf-8")
    said = partial((clone.parent / "said").read_text, encoding="utf-8")
    with serving(clone) as address:
        page = shown(f"{address}about/", "livereload(")  # the script that MkDocs adds runs, by this policy:
        assert "script-src 'self' 'unsafe-inline';" in POLICY.findall(page)[0]
        assert 'href="/values/"' in got(f"{address}no/such/page")
        add(about, BROKEN)
        comes_to_have(said, "docs/about.md: there is no row “no-source” in sources. Known: ")
        frame.write_text(around.replace("Report a concern", "Words of the frame"), encoding="utf-8")
        about.write_text(f"{text}\n\nWords of the page.\n", encoding="utf-8")
        assert "Words of the frame" in shown(f"{address}about/", "Words of the page.")
    [watched] = re.findall("Watching paths for changes: (.*)", said())
    assert [name for name in WATCHED if f"'{name}'" not in watched] == []
    assert "site/templates" in watched
    assert "Traceback" not in said()
