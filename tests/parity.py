"""The same bytes from the browser and from the command line: every flawed workbook, and a thousand mutants.

`make parity` runs it and prints what differs. A mutant is a study in CSV files with one cell changed; all
are drawn from one seed, so that a run can be repeated.
"""

import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from scripts.package.opening import Package
from scripts.site import build, engine
from scripts.site.check_page import PACKAGE
from tests.browser import launch, served
from tests.contributions import Taken, folder_of, package_without_study, workbook_of
from tests.small import small_package
from tests.test_contribute import FLAWED
from tests.test_engine import HEARD, answers, by_command

MUTANTS, SEED = 1_000, 20151
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
    for at, (name, changed) in enumerate(mutants(rows, number)):
        yield name, folder_of(changed, place / f"m{at}" / "files")


def differing(page: Page, package: Path, some: Iterator[tuple[str, Path]]) -> Iterator[tuple[str, bool]]:
    """Each that was sent, and whether the two reports differ."""
    for name, path in some:
        files = [path] if path.is_file() else list(path.iterdir())
        yield name, answers(page, *files)["report"] != by_command(package, path)


def main() -> int:
    """Run all, and say which differ."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else MUTANTS
    engine.engine(print)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder)
        package, rows = package_without_study(place / "lacking", small_package(place / "small"))
        build.build(Package(place / "small"), place / "site", print)
        (place / "site" / PACKAGE).write_bytes(engine.package_archive(Package(package, with_derived=False)))
        with served(place / "site") as address:
            page = launch(playwright).new_page()
            page.add_init_script(HEARD)
            page.goto(f"{address}check/")
            page.wait_for_selector("#check:not([hidden])")
            found = list(differing(page, package, sent(rows, place, number)))
    others = [name for name, differs in found if differs]
    print("\n".join([f"{len(found):,} files checked by both, {len(others)} reports differ.", *others]))
    return 1 if others else 0


if __name__ == "__main__":
    sys.exit(main())
