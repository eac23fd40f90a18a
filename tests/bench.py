"""Benchmarks of the check and of the site, measured against frictionless and MkDocs in the same run.

The site is timed when built from nothing, after edits, and in a fresh clone.

`make bench` writes tables of a thousand to a million reported values with all real columns, both sound and
with one fault in a thousand, and times the layers from bytes to rules against `frictionless validate`. A
missed goal is printed but fails nothing, since machines differ.
"""

import argparse
import csv
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from scripts.package.atomic_write import write_text_atomically
from scripts.package.contract import Table
from scripts.package.files import Row, csv_text
from scripts.package.package import Package
from tests.conftest import ROOT, change_cells, change_rows, copy_package, keys_of, read_csv
from tests.site.test_mkdocs import serving, shown

LEDGER = "data/reported_values.csv"
FRICTIONLESS = Path(sys.executable).with_name("frictionless")
CHECK = ("--layer", "bytes", "--layer", "schema", "--layer", "rules", "--format", "json")
CHECK_ALL = (sys.executable, "-m", "scripts", "check")
GIB = 1024**3
BARE = "bare.yml"  # MkDocs settings for pages that are already rendered


@dataclass(frozen=True)
class Run:
    """The outcome of one command: seconds elapsed, peak memory in bytes, and exit code."""

    seconds: float
    memory: int
    code: int


def run_timed(command: Sequence[str | Path], folder: Path) -> Run:
    """Run a command in a process of its own, and measure it with its child processes."""
    start = time.monotonic()
    with (folder / "said").open("wb") as said:
        child = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said, env=os.environ | _PATHS)
        _, status, usage = os.wait4(child.pid, 0)
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(time.monotonic() - start, usage.ru_maxrss * unit, os.waitstatus_to_exitcode(status))


_PATHS = {"PYTHONPATH": str(ROOT)}


def time_our_check(package: Path) -> Run:
    """Time our check, with the layers from bytes to rules."""
    return run_timed([sys.executable, "-m", "scripts", "check", "--package", package, *CHECK], package)


def time_frictionless(package: Path) -> Run:
    """Time `frictionless validate`, which any reader can run."""
    return run_timed([FRICTIONLESS, "validate", "datapackage.json", "--json"], package)


def write_many_values(package: Path, size: int, with_faults: bool) -> None:
    """Write a table of `size` reported values: the real ones, then copies with new ids and locators."""
    originals = read_csv(package / LEDGER)
    excepted = {row["row_key"] for row in read_csv(package / "data/editorial/exceptions.csv")}
    copied = [
        row
        for row in originals
        if row["show"] == "free"
        and row["qualifier"] != "none_found"
        and not excepted & {row["value_id"], row["study_id"]}
    ]  # the others need links or exceptions of their own
    rows = [
        *originals,
        *(_further_mention(copied[at % len(copied)], at // len(copied) + 1) for at in range(size)),
    ][:size]
    if with_faults:
        for row in rows[len(originals) :: 1000]:
            row["qualifier"] = "exactly"
    rows.sort(key=lambda row: row["value_id"])
    with (package / LEDGER).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(originals[0])
        writer.writerows(row.values() for row in rows)


def write_many_quantities(package: Path, size: int) -> None:
    """Copy each quantity with its study, sources and links, to give many quantities with few mentions."""
    with Package(package) as opened:
        for name in ("sources", "studies", "reported_values", "links"):
            table = opened.contract.table(name)
            rows = [
                row if number == 0 else _row_with_new_keys(table, row, f"-z{number}")
                for number in range(size // len(opened.rows("reported_values")))
                for row in opened.rows(name)
            ]
            rows.sort(key=lambda row: [row[column] for column in table.primary_key])
            write_text_atomically(
                package / table.path, csv_text(table.column_names, [row.values() for row in rows])
            )


COPIED_KEYS = {"source_id", "study_id", "value_id", "mention_of", "from_id", "to_id", "based_on"}
ONCE = {"also_fact_ids", "fact_ids", "series", "archived_url", "search_id"}  # cells unique to a row


def _row_with_new_keys(table: Table, row: Row, mark: str) -> Row:
    """Return a copy of a row with its own keys, URL and, for a study, name."""
    marked = COPIED_KEYS | {"url"} | ({"name"} if table.name == "studies" else set())
    new = {name: cell + mark for name, cell in row.items() if name in marked and cell}
    return row | new | dict.fromkeys(ONCE & row.keys(), "")


def call_in_own_process(work: Callable[..., None], *arguments: object) -> None:
    """Run a function in a separate process, so that its memory is not counted in a later command's."""
    process = get_context("spawn").Process(target=work, args=arguments)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"{work.__name__} failed.")


def _further_mention(row: Row, number: int) -> Row:
    """Return a further mention of a row, with its own id, locator and scope."""
    new = {
        "value_id": f"Z{number:04}-{row['value_id']}",
        "mention_of": row["mention_of"] or row["value_id"],
        "also_fact_ids": "",
    }
    words = ("locator", "scope_as_printed")
    return row | new | {name: f"{row[name]}, copy {number}" for name in words}


def time_both_validators(size: int, with_faults: bool, folder: Path) -> tuple[Run, Run]:
    """Time both tools on a table of `size` rows; the results are the check's and that of frictionless."""
    package = copy_package(folder / f"{size}-{with_faults}", ROOT)
    call_in_own_process(write_many_values, package, size, with_faults)
    check = time_our_check(package)
    if check.code != int(with_faults):
        print((package / "said").read_text(encoding="utf-8")[:2000], file=sys.stderr)
        raise SystemExit(f"The check ended with {check.code}; the bench is wrong.")
    validate = time_frictionless(package)
    megabytes = (package / LEDGER).stat().st_size / 1e6
    kind = "one fault in 1,000" if with_faults else "sound"
    print(
        f"{size:>9,} rows ({megabytes:,.0f} MB, {kind}): check {check.seconds:.1f} s, "
        f"{check.memory / GIB:.2f} GiB; frictionless {validate.seconds:.1f} s, "
        f"{validate.memory / GIB:.2f} GiB; ratio {check.seconds / validate.seconds:.3f}",
        flush=True,
    )
    return check, validate


def print_goal(text: str, is_met: bool) -> None:
    """Print whether a goal was met."""
    print(f"{'met   ' if is_met else 'MISSED'} {text}")


def bench_whole_check() -> None:
    """Compare the check with every layer against frictionless alone, as medians of five runs."""
    pairs = [(run_timed(CHECK_ALL, ROOT).seconds, time_frictionless(ROOT).seconds) for _ in range(5)]
    (ROOT / "said").unlink()
    whole, alone = (median(seconds) for seconds in zip(*pairs, strict=True))
    print(f"The package: every layer {whole:.1f} s, frictionless alone {alone:.1f} s")
    print_goal(f"with frictionless at most 1.3 times it alone ({whole / alone:.2f})", whole <= 1.3 * alone)


def raise_one_number(rows: list[Row]) -> None:
    """Add one to a number that no other cell repeats, so that the data stay sound."""
    [row] = [row for row in rows if row["value_id"] == "E2-063"]
    row["printed"] = row["low"] = row["high"] = str(int(row["low"]) + 1)


def seconds_of_command(*command: str | Path, folder: Path) -> float:
    """Return the seconds that a command takes; exit if it fails."""
    run = run_timed([sys.executable, "-m", *command], folder)
    if run.code:
        raise SystemExit(f"{command} failed: {(folder / 'said').read_text(encoding='utf-8')[:2000]}")
    return run.seconds


def bench_site() -> None:
    """Compare what a maintainer waits for with a bare MkDocs build of the same pages, all in one run."""
    with tempfile.TemporaryDirectory() as folder:
        clone = copy_project_without_caches(Path(folder) / "clone")
        cold = seconds_of_command("scripts", "site", folder=clone)
        nothing = seconds_of_command("scripts", "preview", "--base", clone, folder=clone)
        change_rows(clone, "reported_values", raise_one_number)
        after = seconds_of_command("scripts", "derive", folder=clone) + seconds_of_command(
            "scripts", "site", folder=clone
        )
        bare = seconds_of_bare_mkdocs_build(clone)
        page, row = seconds_until_edits_are_served(clone)
    print(f"A bare mkdocs build of the filled-in pages: {bare:.1f} s", flush=True)
    timings = [  # what was timed, its seconds, and the goal in bare builds
        ("site, with nothing kept but the engine", cold, 1.7),
        ("derive and site after one changed value", after, 2),
        ("preview of no change", nothing, 0.5),
        ("mkdocs serve after an edited page", page, 0.5),
        ("mkdocs serve after an edited row", row, 1),
    ]
    for edit, took, most in timings:
        said = f"{edit}: {took:.1f} s, {took / bare:.2f} bare builds, at most {most}"
        print_goal(said, took <= most * bare)


def copy_project_without_caches(place: Path) -> Path:
    """Copy the project with its engine, but without the cached pages and charts of earlier builds."""
    copy_package(place, ROOT)
    for part in ("scripts", "engine"):
        shutil.copytree(ROOT / part, place / part)
    (place / "build").mkdir()
    (place / "build/engine").symlink_to(ROOT / "build/engine")
    return place


def seconds_of_bare_mkdocs_build(clone: Path) -> float:
    """Return the seconds that MkDocs alone takes to build the filled-in pages, the better of two runs."""
    seconds_of_command("scripts", "site", "--pages-only", folder=clone)
    (clone / BARE).write_text("INHERIT: mkdocs.yml\ndocs_dir: build/docs\nhooks: []\n", encoding="utf-8")
    return min(
        seconds_of_command("mkdocs", "build", "--quiet", "--config-file", BARE, folder=clone)
        for _ in range(2)
    )


def seconds_until_edits_are_served(clone: Path) -> tuple[float, float]:
    """Return the seconds until `mkdocs serve` shows an edited page, and then an edited row."""
    about, words = clone / "docs/about.md", "These words are new"
    text, key = about.read_text(encoding="utf-8"), keys_of(clone, "sources")[0]
    with serving(clone) as address:
        start = time.monotonic()
        about.write_text(f"{text}\n\n{words}.\n", encoding="utf-8")
        shown(f"{address}about/", words)
        page = time.monotonic() - start
        start = time.monotonic()
        change_cells(clone, "sources", key, title=words)
        shown(f"{address}sources/{key}/", words)
        return page, time.monotonic() - start


def bench_first_make() -> None:
    """Measure the processor time of `make` in a fresh clone, over all cores; this needs the network."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = run_timed(["make"], clone)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    said = f"make in a fresh clone: {run.seconds:.0f} s, {spent:.0f} s of the processor, at most 50"
    print_goal(said, run.code == 0 and spent <= 50)


def bench_derive(folder: Path, write: Callable[..., None], kind: str, *more: object) -> None:
    """Time `derive` on a table of 100,000 reported values."""
    package = copy_package(folder / write.__name__, ROOT)
    call_in_own_process(write, package, 100_000, *more)
    run = run_timed([sys.executable, "-m", "scripts", "derive", "--package", package], package)
    print(
        f"derive on 100,000 rows, {kind}: {run.seconds:.1f} s, {run.memory / GIB:.2f} GiB, exit {run.code}"
    )
    is_met = run.code == 0 and run.seconds < 30 and run.memory < 2 * GIB
    print_goal(f"derive on 100,000 rows, {kind}, within 30 s and 2 GiB", is_met)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all benchmarks; `--sizes` takes smaller tables for a quick look."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000, 1_000_000])
    sizes = parser.parse_args(arguments).sizes
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(json.dumps({"cores": os.cpu_count(), "python": sys.version.split()[0]}))
    bench_whole_check()
    bench_site()
    bench_first_make()
    with tempfile.TemporaryDirectory() as folder:
        runs = {size: time_both_validators(size, False, Path(folder)) for size in sizes}
        for size in sizes:
            time_both_validators(size, True, Path(folder))
        bench_derive(Path(folder), write_many_values, "few quantities of many mentions", False)
        bench_derive(Path(folder), write_many_quantities, "many quantities of few mentions")
    check, validate = runs[sizes[-1]]
    part = validate.seconds / check.seconds
    print_goal(
        f"at {sizes[-1]:,} rows a twentieth of the time of frictionless (one part in {part:.1f})",
        part >= 20,
    )
    print_goal(f"at {sizes[-1]:,} rows under 2 GiB", check.memory < 2 * GIB)
    growth = check.seconds / runs[sizes[-2]][0].seconds * sizes[-2] / sizes[-1] if len(sizes) > 1 else 0
    print_goal(f"growth no worse than linear ({growth:.2f} of it)", growth <= 1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
