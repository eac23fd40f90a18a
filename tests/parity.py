"""The same bytes from the browser and from the command line: every flawed workbook, and a thousand mutants.

A mutant is a study in CSV files with one cell changed; all are drawn from one seed, so that a run can be
repeated. Then the flawed workbooks in Firefox, where there is one, and the kill table of both engines.
"""

import argparse
import gzip
import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from scripts.package.opening import Package
from scripts.package.zips import files_in, zip_bytes
from scripts.site import build, engine
from scripts.site.check_page import PACKAGE
from tests import parity_rules, whole_check
from tests.browser import launch, served
from tests.conftest import copy_package
from tests.contributions import Taken, folder_of, package_without_study, workbook_of
from tests.firefox import Firefox, NoFirefox, firefox
from tests.test_contribute import FLAWS
from tests.test_engine import HEARD, STOPPED, answers, by_command

MUTANTS, SEED = 1_000, 20151
A_PAGE, A_LINE = 100, 25  # files for one page, whose memory grows, and for one line of progress
PATIENCE = 600  # seconds for one check in Firefox
SLIPS = (
    *("", " ", "2,5", "-1", "1e9", "999999999999999999", "2999", "2015-13", "0", "x" * 6000, "KH010"),
    *("nowhere", "yes", "not_read", "012 345 678", "a@b.example", "១២៣", "<b>", "“", "prostitute"),
    "https://x.example/a b",
)
FORM = {
    "result": "9.0 %",
    "count": "37",
    "base": "412",
    "title": "Survey of venues",
    "published": "2019-05",
}
Ask = Callable[[Sequence[Path]], dict[str, Any]]  # files, and the answer of a browser
Sent = tuple[str, Path]  # what it is, and the workbook or the folder


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


def flawed(rows: Taken, place: Path) -> Iterator[Sent]:
    """Every flawed workbook."""
    for flaw, change in FLAWS.items():
        yield flaw, workbook_of(rows, place / "study.xlsx", change)


def changed(rows: Taken, place: Path, number: int) -> Iterator[Sent]:
    """Every mutant."""
    for name, study in mutants(rows, number):
        shutil.rmtree(place / "mutant", ignore_errors=True)
        yield name, folder_of(study, place / "mutant" / "files")


def in_chromium(browser: Browser, address: str) -> Ask:
    """Ask in a page of Chromium; every so often in a new one."""
    pages: list[Any] = []
    asked = 0

    def ask(files: Sequence[Path]) -> dict[str, Any]:
        nonlocal asked
        if asked % A_PAGE == 0:
            for page in pages:
                page.close()
            pages[:] = [browser.new_page()]
            pages[0].add_init_script(HEARD)
            pages[0].goto(f"{address}check/")
            pages[0].wait_for_selector("#check:not([hidden])")
        asked += 1
        return answers(pages[0], *files)

    return ask


def in_firefox(browser: Firefox, address: str) -> Ask:
    """Ask in the window of Firefox; without a file, ask what the form asks."""
    browser.go(f"{address}check/")
    browser.run(HEARD)

    def ask(files: Sequence[Path]) -> dict[str, Any]:
        before, deadline = browser.run("return answers.length"), time.monotonic() + PATIENCE
        if files:
            browser.put("#check-files", files)
            browser.click("#check [type=submit]")
        else:
            browser.run(f"""for (const [name, text] of Object.entries({json.dumps(FORM)}))
                document.getElementById('one').elements[name].value = text;
                document.getElementById('one').requestSubmit();""")
        while browser.run("return answers.length") == before:
            said = str(browser.run("return document.querySelector('#check output').textContent"))
            assert time.monotonic() < deadline and not said.startswith(STOPPED), said
            time.sleep(0.1)
        found: dict[str, Any] = json.loads(str(browser.run("return answers.at(-1)")))
        return found

    return ask


def differing(ask: Ask, package: Path, some: Iterator[Sent], whole: int) -> list[str]:
    """What has another report in the browser; says how far it is, and at once what differs."""
    found: list[str] = []
    for at, (name, path) in enumerate(some, 1):
        files = [path] if path.is_file() else list(path.iterdir())
        if ask(files)["report"] != by_command(package, path):
            found.append(name)
            print(f"Differs: {name}", flush=True)
        if at % A_LINE == 0 or at == whole:
            print(f"{at:,} of {whole:,} files checked by both, {len(found)} reports differ.", flush=True)
    return found


def differing_in_firefox(site: Path, package: Path, rows: Taken, place: Path, number: int) -> list[str]:
    """The same for the flawed workbooks in Firefox, and whether the form works there."""
    with served(site) as address, ExitStack() as stack:
        try:
            browser = stack.enter_context(firefox())
        except NoFirefox as reason:
            print(f"Not tried in Firefox: {reason}", flush=True)
            return []
        print(f"In Firefox {browser.version}:", flush=True)
        ask = in_firefox(browser, address)
        found = differing(ask, package, islice(flawed(rows, place), number), min(number, len(FLAWS)))
        book = "one-result.xlsx" in ask([])["files"]
        print(f"The form gave {'its' if book else 'no'} workbook.", flush=True)
        return found if book else [*found, "the form in Firefox"]


def differing_kills(ask: Ask, place: Path, number: int) -> list[str]:
    """The batches of mutants for which the two engines find something else."""
    found, seen, lines = [], 0, 0
    for batch in parity_rules.batches(place, number):
        ours = whole_check.findings(batch.files)
        paths = [place / name for name in batch.files]
        for path in paths:
            path.write_bytes(batch.files[path.name])
        if ask(paths)["report"] != ours:
            found.append(batch.name)
            print(f"Differs: {batch.name}", flush=True)
        seen, lines = seen + batch.mutants, lines + len(ours.splitlines())
        told = f"{seen:,} of {number:,} mutants, {lines:,} findings, {len(found)} batches differ."
        print(f"Both engines: {told}", flush=True)
    return found


def that_checks_all() -> bytes:
    """The archive of the frozen package, with the whole check in the place of the one of contributions."""
    whole = engine.package_archive(Package(engine.HERE, with_derived=False))
    files = files_in(gzip.decompress(whole))
    files["scripts/contribute/in_browser.py"] = Path(whole_check.__file__).read_bytes()
    return gzip.compress(zip_bytes(files))


def asked(words: Sequence[str]) -> argparse.Namespace:
    """How many of each are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.parity", description=__doc__)
    parser.add_argument("mutants", type=int, nargs="?", default=MUTANTS, help="how many (%(default)s)")
    parser.add_argument("--kills", type=int, default=parity_rules.NUMBER, help="mutants (%(default)s)")
    parser.add_argument("--flawed", type=int, default=len(FLAWS), help="workbooks (%(default)s)")
    return parser.parse_args(words)


def main() -> int:
    """Run all, and say which differ."""
    chosen = asked(sys.argv[1:])
    engine.engine(print)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place, site = Path(folder), Path(folder) / "site"
        package, rows = package_without_study(place / "lacking", copy_package(place / "small"))
        build.build(Package(place / "small"), site, print)
        (site / PACKAGE).write_bytes(engine.package_archive(Package(package, with_derived=False)))
        browser = launch(playwright)
        with served(site) as address:
            ask = in_chromium(browser, address)
            differ = differing(ask, package, islice(flawed(rows, place), chosen.flawed), chosen.flawed)
            differ += differing(ask, package, changed(rows, place, chosen.mutants), chosen.mutants)
        differ += differing_in_firefox(site, package, rows, place, chosen.flawed)
        (place / "kills").mkdir()
        (site / PACKAGE).write_bytes(that_checks_all())
        with served(site) as address:
            differ += differing_kills(in_chromium(browser, address), place / "kills", chosen.kills)
    print("\n".join([f"{len(differ)} differ.", *differ]))
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
