"""The same bytes from the browser and from the command line: every flawed workbook, and a thousand mutants.

`make parity` runs it and prints what differs. A mutant is a study in CSV files with one cell changed; all
are drawn from one seed, so that a run can be repeated.
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from scripts.package.opening import Package
from scripts.site import build, engine
from scripts.site.check_page import PACKAGE
from tests.browser import launch, served
from tests.contributions import Taken, folder_of, package_without_study, workbook_of
from tests.small import small_package
from tests.test_contribute import FLAWED
from tests.test_engine import HEARD, answers, by_command

MUTANTS, SEED = 1_000, 20151
A_PAGE, A_LINE = 100, 25  # files for one page, whose memory grows, and for one line of progress
Sent = Iterator[tuple[str, Path]]
SLIPS = (
    *(
        "",
        " ",
        "2,5",
        "-1",
        "1e9",
        "999999999999999999",
        "2999",
        "2015-13",
        "0",
        "x" * 6000,
        "KH010",
        "nowhere",
    ),
    *(
        "yes",
        "not_read",
        "012 345 678",
        "a@b.example",
        "១២៣",
        "<b>",
        "“",
        "prostitute",
        "https://x.example/a b",
    ),
)


def mutants(rows: Taken, number: int) -> Iterator[tuple[str, Taken]]:
    """A study with one cell changed, and which."""
    draw = random.Random(SEED)
    cells = [(t, at, f) for t, some in rows.items() for at, row in enumerate(some) for f in row]
    for _ in range(number):
        table, at, field = draw.choice(cells)
        slip = draw.choice([*SLIPS, rows[table][at][field] + "7"])
        changed = {name: [dict(row) for row in some] for name, some in rows.items()}
        changed[table][at][field] = slip
        yield f"{table}, row {at + 2}, {field}: {slip[:30]!r}", changed


def sent(rows: Taken, place: Path, number: int) -> Iterator[tuple[str, Path]]:
    """Every flawed workbook, then the mutants."""
    for flaw, (change, _) in FLAWED.items():
        yield flaw, workbook_of(rows, place / "study.xlsx", change)
    for name, changed in mutants(rows, number):
        shutil.rmtree(place / "mutant", ignore_errors=True)
        yield name, folder_of(changed, place / "mutant" / "files")


def opened(browser: Browser, address: str) -> Page:
    """The page that checks, with a worker that starts anew."""
    page = browser.new_page()
    page.add_init_script(HEARD)
    page.goto(f"{address}check/")
    page.wait_for_selector("#check:not([hidden])")
    return page


def differing(browser: Browser, address: str, package: Path, some: Sent) -> Iterator[tuple[str, bool]]:
    """Each that was sent, and whether the two reports differ."""
    for at, (name, path) in enumerate(some):
        if at % A_PAGE == 0:
            page = opened(browser, address)
        files = [path] if path.is_file() else list(path.iterdir())
        yield name, answers(page, *files)["report"] != by_command(package, path)
        if at % A_PAGE == A_PAGE - 1:
            page.close()


def told(found: Iterator[tuple[str, bool]], whole: int) -> Iterator[tuple[str, bool]]:
    """Say how far it is every so many files, and at once what differs."""
    differ = 0
    for at, (name, differs) in enumerate(found, 1):
        differ += differs
        if differs:
            print(f"Differs: {name}", flush=True)
        if at % A_LINE == 0 or at == whole:
            print(f"{at:,} of {whole:,} files checked by both, {differ} reports differ.", flush=True)
        yield name, differs


def asked(words: Sequence[str]) -> int:
    """How many mutants are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.parity", description=__doc__)
    parser.add_argument("mutants", type=int, nargs="?", default=MUTANTS, help="how many (%(default)s)")
    number: int = parser.parse_args(words).mutants
    return number


def main() -> int:
    """Run all, and say which differ."""
    number = asked(sys.argv[1:])
    engine.engine(print)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder)
        package, rows = package_without_study(place / "lacking", small_package(place / "small"))
        build.build(Package(place / "small"), place / "site", print)
        (place / "site" / PACKAGE).write_bytes(engine.package_archive(Package(package, with_derived=False)))
        with served(place / "site") as address:
            some = sent(rows, place, number)
            found = differing(launch(playwright), address, package, some)
            others = [name for name, differs in told(found, len(FLAWED) + number) if differs]
    return 1 if others else 0


if __name__ == "__main__":
    sys.exit(main())
