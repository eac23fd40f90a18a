"""The site part of `make bench`: the time after one changed value."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from scripts.package.files import Row
from tests.conftest import ROOT, change_rows, copy_package

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
        settings = "INHERIT: mkdocs.yml\ndocs_dir: build/docs\nhooks: []\n"  # without filling in pages
        (package / "bare.yml").write_text(settings, encoding="utf-8")
        build = ("mkdocs", "build", "--quiet", "--config-file", "bare.yml")
        bare = min(seconds(*build, folder=package) for _ in range(2))
    words = ", ".join(f"{step[0]} {took:.1f} s" for step, took in zip(steps, spent, strict=True))
    print(f"After one changed value: {words}; a bare mkdocs build: {bare:.1f} s", flush=True)
    goal(f"make within twice a bare build ({sum(spent) / bare:.2f} times)", sum(spent) <= 2 * bare)
