"""The site part of `make bench`: the time after one changed value, and what Lighthouse says of pages."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from scripts.package.files import Row
from tests.browser import find, served
from tests.conftest import ROOT, change_rows, copy_package

LIGHTHOUSE = "lighthouse@12.2.3"
PAGES = ("", "results/", "values/KH010/", "values/")
GOALS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
NO_NODE = (
    "NOT RUN  Lighthouse: node and npm were not found. Install Node.js 20 or newer "
    "(on Debian: apt-get install nodejs npm) and run make bench again."
)
Goal = Callable[[str, bool], None]


def seconds(*command: str | Path, folder: Path = ROOT) -> float:
    """How long a command takes; it must succeed."""
    quiet = os.environ | {"PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-m", *command], cwd=folder, env=quiet, capture_output=True)
    if done.returncode:
        raise SystemExit(f"{command} failed: {done.stderr.decode()[:2000]}")
    return time.monotonic() - start


def one_more(rows: list[Row]) -> None:
    """Change a number that no other cell writes out, so that the data stay sound."""
    [row] = [row for row in rows if row["value_id"] == "E2-063"]
    row["printed"] = row["low"] = row["high"] = str(int(row["low"]) + 1)


def bench_make(goal: Goal) -> None:
    """What `make` does after one changed value, beside a bare build of the same pages, in one run."""
    with tempfile.TemporaryDirectory() as folder:
        package = copy_package(Path(folder) / "package", ROOT)
        change_rows(package, "reported_values", one_more)
        steps = (("derive",), ("site",))  # the first checks the data too
        spent = [seconds("scripts", *step, "--package", package) for step in steps]
        seconds("scripts", "site", "--pages-only", "--package", package)
        bare = min(seconds("mkdocs", "build", "--quiet", folder=package) for _ in range(2))
    words = ", ".join(f"{step[0]} {took:.1f} s" for step, took in zip(steps, spent, strict=True))
    print(f"After one changed value: {words}; a bare mkdocs build: {bare:.1f} s", flush=True)
    goal(f"make within twice a bare build ({sum(spent) / bare:.2f} times)", sum(spent) <= 2 * bare)


def bench_lighthouse(goal: Goal) -> None:
    """The four scores of four pages in the profile of a phone; the median of three runs."""
    if not (shutil.which("node") and shutil.which("npm")):
        print(NO_NODE)
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        seconds("scripts", "site", "--output", Path(folder) / "site")
        chromium = find(playwright)
        with served(Path(folder) / "site") as home:
            for page in PAGES:
                runs = [_scores(home + page, chromium, Path(folder)) for _ in range(3)]
                _say(page or "home", runs, goal)


def _scores(address: str, chromium: str, folder: Path) -> dict[str, float]:
    flags = "--headless=new --no-sandbox --disable-gpu"
    command = ["npm", "exec", "--yes", f"--package={LIGHTHOUSE}", "--", "lighthouse", address]
    command += ["--quiet", "--output=json", "--output-path=stdout", f"--chrome-flags={flags}"]
    named = os.environ | {"CHROME_PATH": chromium}
    done = subprocess.run(command, cwd=folder, env=named, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"Lighthouse failed: {done.stderr[:2000]}")
    found = json.loads(done.stdout)["categories"]
    return {name: round(100 * found[name]["score"]) for name in GOALS}


def _say(page: str, runs: list[dict[str, float]], goal: Goal) -> None:
    scores = {name: median(run[name] for run in runs) for name in GOALS}
    words = ", ".join(f"{name} {score:g}" for name, score in scores.items())
    goal(f"Lighthouse, {page}: {words}", all(scores[name] >= least for name, least in GOALS.items()))
