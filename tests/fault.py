"""Fault injection: damaged inputs, kills, full disks, folders that are read-only. One table is printed.

`make fault` runs all of it; `python -m tests.fault --inputs 50 --kills 5` runs less. Every input comes from
its number, so each fault says how to try that one alone. Each run is a copy of this process, bounded in
time and memory. `tests/test_fault.py` holds a small fixed sample. It needs a system with fork.
"""

import argparse
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb  # noqa: F401 - what a run would import is imported once, before it is copied
import openpyxl  # noqa: F401

from scripts.__main__ import main
from scripts.checks import byte_gate, descriptor, prose, schema, settings_files, sql_rules  # noqa: F401
from scripts.contribute import filled_workbook  # noqa: F401
from tests import fuzzers
from tests.conftest import command, copy_package
from tests.contributions import folder_of, package_without_study, template

LONGEST, MOST_MEMORY = 60, 4_000_000_000  # seconds and bytes at which a run is ended: of the processor,
STUCK = 10 * LONGEST  # since a busy machine stretches those of the clock, at which one that waits is ended
BARE = 60  # megabytes of a Python that has loaded what a command needs
SLOWER, HEAVIER = 2.0, 500  # seconds more than on the sound package, and megabytes, that are let pass
RAW = ("Traceback", "The tool failed:", "Segmentation")
NOBODY = 65534
TABLES = ("reported_values", "sources", "studies", "scopes", "limitations", "statements", "links", "places")
PAGES = ("mkdocs.yml", "docs/context.md", "docs/index.md", "overrides/main.html", "README.md")


@dataclass(frozen=True)
class Run:
    """How one command ended; its seconds are of the processor, which a busy machine does not stretch."""

    code: int
    seconds: float
    clock: float
    megabytes: int
    said: str

    def fault(self, sound: float) -> str:
        """What must not be; blank where all is well."""
        raw = next((word for word in RAW if word in self.said), "")
        if raw or self.code not in (0, 1, 2):
            return f"{raw or 'exit'} {self.code}: {self.said[-300:]}"
        if self.seconds > sound + SLOWER:
            return f"{self.seconds:.1f} s, and {sound:.1f} s on the sound package"
        return f"{self.megabytes} MB" if self.megabytes > HEAVIER else ""


def run(
    arguments: Sequence[str], before: Callable[[], object] = lambda: None, kill_after: float = 0
) -> Run:
    """Run a command in a copy of this process."""
    with tempfile.TemporaryFile() as said:
        start, ours = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        child = os.fork()
        if not child:
            _in_the_copy(arguments, before, said.fileno())
        if kill_after:
            time.sleep(kill_after)
            os.kill(child, signal.SIGKILL)
        _, status, used = os.wait4(child, 0)
        clock = time.monotonic() - start
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
    more = (used.ru_maxrss - ours) // 1024  # a copy counts as its own what it shares with us
    took = used.ru_utime + used.ru_stime
    return Run(os.waitstatus_to_exitcode(status), took, clock, BARE + max(more, 0), text)


def _in_the_copy(arguments: Sequence[str], before: Callable[[], object], said: int) -> None:
    code = 99
    try:
        os.dup2(said, 1)
        os.dup2(said, 2)
        sys.stdout, sys.stderr = (os.fdopen(os.dup(said), "w", encoding="utf-8") for _ in range(2))
        resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST + 1))
        signal.alarm(STUCK)
        # not RLIMIT_AS: what draws the charts reserves addresses that it never fills
        resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
        before()
        code = main(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 99
    finally:
        os._exit(code)


class Bench:
    """A package without one study, that study as a folder of files, and a place to break copies."""

    def __init__(self, place: Path) -> None:
        place.chmod(0o755)
        self.place, self.sound = place, place / "sound"
        _, rows = package_without_study(self.sound, copy_package(place / "small"))
        shutil.copyfile(Path(__file__).parents[1] / "README.md", self.sound / "README.md")
        made = command("derive", "--package", str(self.sound))
        assert made.returncode == 0, made.stderr
        made = command("release", "--prepare", "--package", str(self.sound))
        assert made.returncode == 0, made.stderr
        self.study = folder_of(rows, place / "study")
        self.workbook = template().getvalue()

    def copy(self) -> Path:
        """A fresh copy."""
        package = self.place / "copy"
        shutil.rmtree(package, ignore_errors=True)
        shutil.copytree(self.sound, package)
        return package


# Damaged inputs: what is damaged and how, and the command that reads it.
Input = tuple[str, fuzzers.Damage, tuple[str, ...]]
CHECK = ("check", "--skip", "frictionless", "--package")


def inputs(kind: str, number: int) -> Input:
    """Which file of the package is damaged for this number."""
    chance = random.Random(number)
    if kind == "table":
        return f"data/{chance.choice(TABLES)}.csv", fuzzers.table, CHECK
    if kind == "contract":
        return "datapackage.json", fuzzers.tree, CHECK
    if kind == "record":
        return "releases.json", fuzzers.tree, ("release", "--prepare", "--package")
    return chance.choice(PAGES), fuzzers.page, (*CHECK[:-1], "--layer", "prose", "--package")


KINDS = ("workbook", "table", "contract", "record", "page")


def fuzzed(bench: Bench, kind: str, numbers: Sequence[int]) -> Iterator[tuple[str, Run]]:
    """Each input of a kind: its fault, if any, and how the run ended; the sound one is run first."""
    package = bench.copy()
    if kind == "workbook":
        path = bench.place / "sent.xlsx"
        call: tuple[str, ...] = ("contribute", "import", str(path), "--dry-run", "--package", str(package))
        path.write_bytes(bench.workbook)
        sound = run(call)
        for number in numbers:
            path.write_bytes(fuzzers.damaged(fuzzers.workbook, bench.workbook, number))
            ended = run(call)
            yield told(kind, number, ended.fault(sound.seconds)), ended
        return
    paces: dict[tuple[str, ...], float] = {}
    for number in numbers:
        name, damage, words = inputs(kind, number)
        content = (bench.sound / name).read_bytes()
        (package / name).write_bytes(content)
        if words not in paces:
            paces[words] = run((*words, str(package))).seconds
        (package / name).write_bytes(fuzzers.damaged(damage, content, number))
        ended = run((*words, str(package)))
        yield told(kind, number, ended.fault(paces[words])), ended
        for each in (name, "releases.json"):
            (package / each).write_bytes((bench.sound / each).read_bytes())


def told(kind: str, number: int, fault: str) -> str:
    """A fault with what it was and how to try it alone; blank where there is none."""
    one = f'python -m tests.fault --only "{kind}" --first {number} --inputs 1 --kills 1'
    return f"{kind} {number}: {fault}\n  alone: {one}" if fault else ""


# Kills: at a random moment of a command; then the same command again.
def contents(package: Path) -> dict[str, bytes]:
    """Every file but the built site, whose own tests compare it, and what only says how far work is."""
    files = [path for path in package.rglob("*") if path.is_file()]
    return {path.relative_to(package).as_posix(): path.read_bytes() for path in files}


def commands(bench: Bench, package: Path) -> dict[str, tuple[str, ...]]:
    """The four commands that write."""
    at = ("--package", str(package))
    return {
        "derive": ("derive", *at),
        "import": ("contribute", "import", str(bench.study), *at),
        "site": ("site", "--pages-only", *at),
        "prepare": ("release", "--prepare", *at),
    }


def stale(package: Path) -> None:
    """Leave something to write for every command."""
    for path in (package / "data/derived").glob("*.csv"):
        path.write_bytes(path.read_bytes() + b"stale\n")
    (package / "releases.json").unlink()


def prepared(bench: Bench, name: str) -> Path:
    """A copy in which the command has something to do."""
    package = bench.copy()
    if name in ("derive", "prepare"):
        stale(package)
    return package


def killed(bench: Bench, name: str, times: int, first: int = 0) -> Iterator[tuple[str, Run]]:
    """Kill the command, look at every file, run it again, and compare with a run that was left alone."""
    package = prepared(bench, name)
    old, whole = contents(package), run(commands(bench, package)[name])
    new = contents(package)
    if whole.code not in (0, 1):
        yield f"{name} ends with {whole.code} when it is left alone: {whole.said[-300:]}", whole
        return
    for number in range(first, first + times):
        call = commands(bench, prepared(bench, name))[name]
        ended = run(call, kill_after=random.Random(number).uniform(0.02, 1.1) * whole.clock)
        seen = {path: content for path, content in contents(package).items() if "/." not in f"/{path}"}
        torn = [
            path
            for path, one in seen.items()
            if one not in (old.get(path), new.get(path)) and "build/" not in path
        ]
        again = run(call)
        fault = f"torn: {torn}" if torn else ""
        if again.code != whole.code or contents(package) != new:
            fault = (
                fault
                or f"the next run: {again.code}, {_differing(contents(package), new)} {again.said[-300:]}"
            )
        yield told(f"kill {name}", number, fault), ended


def _differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))[:5]


# Disks and folders.
def small_files(size: int) -> None:
    """No file may be larger, as on a disk that is full; Python hears it as an error of the system."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def nobody(package: Path) -> None:
    """Take the right to write into the folders of the package; root gives its rights away first."""
    for path in (package, *package.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o555 if path.is_dir() else 0o444)
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def cramped(bench: Bench, name: str, before: Callable[[Path], object], what: str) -> tuple[str, Run]:
    """Run a command where it cannot write: it says so, and every file is as it was; then run it again."""
    package = prepared(bench, name)
    old = contents(package)
    call = commands(bench, package)[name]
    ended = run(call, before=partial(before, package))
    for path in (package, *package.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    now = contents(package)
    fault = ended.fault(LONGEST)
    torn = [
        path
        for path in old
        if path.startswith("data/") and "derived" not in path and now.get(path) != old[path]
    ]
    if ended.code == 0:
        torn = []
    again = run(call)
    if torn or again.code != 0:
        fault = fault or f"torn {torn}, the next run {again.code}: {again.said[-300:]}"
    return (told(CRAMPED, 0, f"{what} {name}: {fault}") if fault else ""), ended


HEAD = f"{'':<14}{'runs':>7} {'exit 0':>6} {'1':>6} {'2':>6} {'killed':>6} {'seconds':>8} {'MB':>8}"
SIZES = (0, 1_000, 30_000, 150_000)
CRAMPED = "no room"


def cramped_runs(bench: Bench, sizes: Sequence[int]) -> Iterator[tuple[str, Run]]:
    """Every command with files of bounded size, and in folders that may not be written to."""
    for name in commands(bench, bench.place):
        for size in sizes:
            yield cramped(bench, name, lambda package, size=size: small_files(size), f"{size} bytes,")
        yield cramped(bench, name, nobody, "read only,")


def row(what: str, results: Iterator[tuple[str, Run]], faults: list[str]) -> None:
    """Print one line of the table: how many runs, how they ended, and the worst of them."""
    runs = []
    for fault, ended in results:
        runs.append(ended)
        if fault:
            faults.append(fault)
            print(fault, file=sys.stderr, flush=True)  # at once: a run that is stopped keeps it
    ends = " ".join(f"{sum(one.code == code for one in runs):>6}" for code in (0, 1, 2, -9))
    longest, largest = (
        max((one.seconds for one in runs), default=0),
        max((one.megabytes for one in runs), default=0),
    )
    print(f"{what:<14}{len(runs):>7} {ends} {longest:>8.1f} {largest:>8}", flush=True)


def rows(bench: Bench, options: argparse.Namespace) -> dict[str, Iterator[tuple[str, Run]]]:
    """The lines of the table, none of which has been run."""
    numbers = range(options.first, options.first + options.inputs)
    return {
        **{kind: fuzzed(bench, kind, numbers) for kind in KINDS},
        **{
            f"kill {name}": killed(bench, name, options.kills, options.first)
            for name in commands(bench, bench.place)
        },
        CRAMPED: cramped_runs(bench, SIZES),
    }


def run_all(options: argparse.Namespace) -> int:
    """Run everything, or one line of the table; print it and how many faults there were."""
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as place:
        print(HEAD)
        for name, results in rows(Bench(Path(place)), options).items():
            if options.only in ("", name):
                row(name, results, faults)
    print(f"{len(faults)} faults." if faults else "No fault.")
    return 1 if faults else 0


def arguments() -> argparse.ArgumentParser:
    """How much is tried."""
    parser = argparse.ArgumentParser(prog="python -m tests.fault")
    parser.add_argument(
        "--inputs", type=int, default=2_000, help="damaged inputs of each of the five kinds"
    )
    parser.add_argument("--kills", type=int, default=25, help="kills of each of the four commands")
    parser.add_argument("--first", type=int, default=0, help="the number of the first input")
    parser.add_argument("--only", default="", help="one line of the table, such as workbook or “kill site”")
    return parser


if __name__ == "__main__":
    sys.exit(run_all(arguments().parse_args()))
