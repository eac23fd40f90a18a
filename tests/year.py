"""A year replayed on this commit: what contributors and a maintainer do in a year.

Sound contributions come in, each featured reading is withdrawn with its mentions, an organisation replies,
a cell is corrected, and a version is released. After each step `derive`, `check` and `site --pages-only`
must succeed, and at the end of each part the whole site and a release. Every command runs in its own
process, in clones of HEAD, so that the working tree does not change. The contributions are in tests/year/,
and all of them are invented.
"""

import argparse
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from scripts.package import release_record
from scripts.package.package import Package

ROOT = Path(__file__).resolve().parent.parent
INPUTS = sorted((ROOT / "tests" / "year").iterdir())
BY_PULL_REQUEST = ("statements.csv", "events.csv")  # rows that cannot come by workbook
AT_ONCE = 2  # parts replayed at a time, each in its own clone
GIT = ("git", "-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false")
WHOSE = {
    f"GIT_{who}_{detail}": "replay@example.org"
    for who in ("AUTHOR", "COMMITTER")
    for detail in ("NAME", "EMAIL")
}
KEPT = {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": ""}  # so that all processes reuse the compiled code
TRACEBACK = "Traceback (most recent call last)"
READINGS, CORRECTIONS, REPLIES = "reported_values", "corrections", "replies"
WHY = "Invented, to replay a year."
TAIL = 25  # lines of a failed command's output that are shown
Row = Mapping[str, str]


class Failed(Exception):
    """Raised if a command fails, with the command and the end of its output."""


@dataclass(frozen=True)
class Step:
    """A step that was run: its name, its seconds, and whether it succeeded."""

    name: str
    seconds: float
    is_done: bool


@dataclass
class Clone:
    """A clone of HEAD, and the outcome of the steps run in it."""

    folder: Path
    steps: list[Step] = field(default_factory=list)

    @classmethod
    def clone_head(cls, folder: Path) -> "Clone":
        """Clone the committed project, with its tags."""
        subprocess.run([*GIT, "clone", "--quiet", ROOT, folder], check=True)
        return cls(folder)

    def run_command(self, command: Sequence[str], codes: Sequence[int] = (0,)) -> str:
        """Run a command and return its output; raise Failed for another exit code or a traceback."""
        environment = os.environ | WHOSE | KEPT
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, encoding="utf-8"
        )
        if done.returncode not in codes or TRACEBACK in done.stdout + done.stderr:
            said = [*done.stdout.splitlines(), *done.stderr.splitlines()][-TAIL:]
            raise Failed("\n".join([f"{' '.join(command)} ended with {done.returncode}:", *said]))
        return done.stdout

    def run_scripts(self, *words: str, codes: Sequence[int] = (0,)) -> str:
        """Run a command of the project in the clone."""
        return self.run_command([sys.executable, "-m", "scripts", *words], codes)

    def run_git(self, *words: str) -> str:
        """Run git in the clone."""
        return self.run_command([*GIT, *words])

    def contract(self) -> dict[str, Any]:
        """Return the content of datapackage.json in the clone."""
        found: dict[str, Any] = json.loads((self.folder / "datapackage.json").read_text(encoding="utf-8"))
        return found

    def rows(self, table: str) -> list[dict[str, str]]:
        """Return the rows of a table of data/ in the clone."""
        return csv_rows(self.table_path(table))

    def table_path(self, table: str) -> Path:
        """Return the file of a table, in any folder of data/."""
        return next((self.folder / "data").rglob(f"{table}.csv"))

    def write_rows(self, table: str, rows: Iterable[Row]) -> None:
        """Rewrite a table of data/, with the same header."""
        path = self.table_path(table)
        header = path.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def next_version(self) -> str:
        """Return the version that would be released next."""
        return release_record.upcoming_version(Package(self.folder))

    def change_reading(self, key: str, **cells: str) -> None:
        """Change cells of a reading."""
        rows = [row | cells if row["value_id"] == key else row for row in self.rows(READINGS)]
        self.write_rows(READINGS, rows)

    def add_rows(self, table: str, rows: Iterable[Row]) -> None:
        """Add rows to a table of data/, and sort it."""
        self.write_rows(table, [*self.rows(table), *rows])
        self.run_scripts("tidy")

    def run_step(self, name: str, *work: Callable[["Clone"], object]) -> None:
        """Run a step and commit its changes; if it fails, print why and go back to the last commit."""
        start, why = time.monotonic(), ""
        try:
            for action in (*work, commit_all_changes):
                action(self)
        except (Failed, LookupError, OSError) as failure:
            why = f"\n{failure if isinstance(failure, Failed) else repr(failure)}"
            self.run_git("reset", "--quiet", "--hard")
            self.run_git("clean", "--quiet", "-d", "--force")
        self.steps.append(Step(name, time.monotonic() - start, not why))
        print(f"{'FAILED' if why else 'ok    '} {self.steps[-1].seconds:4.0f} s  {name}{why}", flush=True)


def commit_all_changes(clone: Clone) -> None:
    """Commit all changes, even if there are none."""
    clone.run_git("add", "--all")
    clone.run_git("commit", "--quiet", "--allow-empty", "--message", "A step of the replay")


def csv_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def derive_check_and_render(clone: Clone) -> None:
    """Derive, check against the published version, if any, and render the pages, as after any change."""
    clone.run_scripts("derive")
    clone.run_scripts("check", "--base", "published")
    clone.run_scripts("site", "--pages-only")


def derive_check_and_build_site(clone: Clone) -> None:
    """Derive and check as after any change, and build the whole site, which also checks its links."""
    clone.run_scripts("derive")
    clone.run_scripts("check", "--base", "published")
    clone.run_scripts("site")


def build_site_and_release(clone: Clone) -> None:
    """Commit, then build the whole site and the files of a release."""
    commit_all_changes(clone)
    clone.run_scripts("site")
    clone.run_scripts("release")


# A version


def prepare_version(clone: Clone) -> None:
    """Write what the next version needs: its section in the changelog, its record and so on."""
    version, path = clone.next_version(), clone.folder / "CHANGELOG.md"
    heading, text = f"## {version} ({date.today()})", path.read_text(encoding="utf-8")
    text, times = re.subn(rf"^## {re.escape(version)}(?!\S).*$", heading, text, flags=re.MULTILINE)
    text = text if times else text.replace("\n## ", f"\n{heading}\n\n- {WHY}\n\n## ", 1)
    path.write_text(text, encoding="utf-8", newline="\n")
    clone.run_scripts("release", "--prepare", version)


def publish_version(clone: Clone) -> None:
    """Commit the prepared version and tag it."""
    commit_all_changes(clone)
    clone.run_git("tag", f"v{clone.contract()['version']}")


# Contributions


def add_contributions(folder: Path, clone: Clone) -> None:
    """Add a folder of CSV files, several workbooks, or rows as from a pull request."""
    before = clone.run_git("diff", "--numstat")
    workbooks = [fill_in_workbook(path, clone) for path in sorted(folder.iterdir()) if path.is_dir()]
    if any((folder / name).exists() for name in BY_PULL_REQUEST):
        for file in folder.iterdir():
            clone.add_rows(file.stem, csv_rows(file))
    else:
        for sheets in workbooks or [folder]:
            clone.run_scripts("contribute", "import", str(sheets))
    if clone.run_git("diff", "--numstat") == before:
        raise Failed("No row was added.")


def fill_in_workbook(sheets: Path, clone: Clone) -> Path:
    """Fill in a workbook from the template with the cells of these sheets, and return its path."""
    place = Path(tempfile.mkdtemp(dir=clone.folder.parent)) / f"{sheets.name}.xlsx"
    clone.run_scripts("contribute", "template", str(place))
    book = load_workbook(place)
    for sheet in book.worksheets[1:-2]:  # all but instructions, definitions and lists
        sheet.delete_rows(2, sheet.max_row)
    for file in sheets.iterdir():
        columns = {cell.value: cell.column for cell in book[file.stem][1]}
        for line, row in enumerate(csv_rows(file), start=2):
            for title, cell in row.items():
                book[file.stem].cell(line, columns[title]).value = cell or None
    book.save(place)
    return place


# Changes


def featured_value_ids(clone: Clone) -> list[str]:
    """Return the ids of the featured readings."""
    return [row["value_id"] for row in clone.rows("featured") if row["value_id"]]


def withdraw_readings(ids: Iterable[str], clone: Clone) -> None:
    """Withdraw readings with their mentions, and remove the rows that the check then reports."""
    gone = [row for row in clone.rows(READINGS) if {row["value_id"], row["mention_of"]} & set(ids)]
    for row in (row for row in gone if row["show"] != "withdrawn"):
        clone.change_reading(row["value_id"], show="withdrawn")
    while remove_rows_naming_withdrawn(clone, {row["value_id"] for row in gone}):
        pass  # removing rows may leave others without what they refer to
    clone.run_scripts("correct", WHY)


def remove_rows_naming_withdrawn(clone: Clone, gone: set[str]) -> bool:
    """Remove the faulty rows that name a withdrawn reading, and return whether there were any."""
    words = ("check", "--without-derived", "--format", "json")
    found = json.loads(clone.run_scripts(*words, codes=(0, 1)))["findings"]
    wrong = {
        (Path(finding["table"]).stem, finding["row"]) for finding in found if finding["level"] == "error"
    }
    keys = {table["name"]: table["schema"]["primaryKey"] for table in clone.contract()["resources"]}
    taken = [
        (table, row)
        for table in sorted({table for table, _ in wrong} & set(keys) - {READINGS, CORRECTIONS})
        for row in clone.rows(table)
        if (table, " ".join(row[name] for name in keys[table])) in wrong and gone & set(row.values())
    ]
    for table, row in taken:
        clone.write_rows(table, [other for other in clone.rows(table) if other != row])
    return bool(taken)


def correct_a_locator(clone: Clone) -> None:
    """Correct the locator of a featured reading."""
    key = featured_value_ids(clone)[-1]
    was = next(row["locator"] for row in clone.rows(READINGS) if row["value_id"] == key)
    clone.change_reading(key, locator=f"{was}, read again")
    clone.run_scripts("correct", WHY)


def add_a_reply(clone: Clone) -> None:
    """Add a reply from the organisation that ran a study with a featured reading."""
    named = {
        row["study_id"] for row in clone.rows(READINGS) if row["value_id"] in featured_value_ids(clone)
    }
    study = next(row for row in clone.rows("studies") if row["study_id"] in named)
    row = {name: study[name] for name in ("study_id", "organisation_id")}
    row |= {"reply_id": f"A{len(clone.rows(REPLIES)) + 1:03}", "date": f"{date.today()}", "text": WHY}
    clone.add_rows(REPLIES, [row | {"value_id_reason": "several_values"}])


# The parts


def contributions(clone: Clone) -> None:
    """Import contributions of different kinds, one after the other."""
    for folder in INPUTS:
        clone.run_step(
            f"contribution {folder.name}", partial(add_contributions, folder), derive_check_and_render
        )
    clone.run_step("all contributions: site and release", derive_check_and_render, build_site_and_release)


def withdrawals(clone: Clone) -> None:
    """Withdraw each featured reading alone, then all of them, after publishing a version."""
    clone.run_step(
        "before the withdrawals: a version is out",
        prepare_version,
        derive_check_and_render,
        publish_version,
    )
    out = clone.run_git("rev-parse", "HEAD").strip()
    for value_id in featured_value_ids(clone):
        clone.run_step(
            f"withdrawal of {value_id}", partial(withdraw_readings, [value_id]), derive_check_and_render
        )
        clone.run_git("reset", "--quiet", "--hard", out)
    clone.run_step(
        "all withdrawals: site and release",
        partial(withdraw_readings, featured_value_ids(clone)),
        prepare_version,
        derive_check_and_render,
        build_site_and_release,
    )


def corrections(clone: Clone) -> None:
    """Add a reply and a correction, after publishing a version."""
    clone.run_step(
        "before the corrections: a version is out",
        prepare_version,
        derive_check_and_render,
        publish_version,
    )
    clone.run_step("a reply", add_a_reply, derive_check_and_render)
    clone.run_step("a correction", correct_a_locator, derive_check_and_render)
    clone.run_step(
        "corrections with a reply: site and release",
        prepare_version,
        derive_check_and_render,
        build_site_and_release,
    )


def version(clone: Clone) -> None:
    """Publish a version, make changes of each kind, and publish the next version."""
    clone.run_step(
        "a version: site and release",
        prepare_version,
        derive_check_and_render,
        build_site_and_release,
        publish_version,
    )
    withdrawn = partial(withdraw_readings, featured_value_ids(clone)[:1])
    clone.run_step(
        "what changes after it",
        partial(add_contributions, INPUTS[0]),
        withdrawn,
        correct_a_locator,
        add_a_reply,
        derive_check_and_render,
    )
    clone.run_step(
        "the new version: site and release",
        prepare_version,
        derive_check_and_render,
        build_site_and_release,
        publish_version,
    )


def contributions_at_once(clone: Clone) -> None:
    """Import all contributions at once, and build one site."""
    bringing = (partial(add_contributions, folder) for folder in INPUTS)
    clone.run_step("all contributions at once: site", *bringing, derive_check_and_build_site)


def withdrawals_at_once(clone: Clone) -> None:
    """Withdraw all featured readings at once after publishing a version, and build one site."""
    clone.run_step(
        "all withdrawals at once: site",
        prepare_version,
        publish_version,
        partial(withdraw_readings, featured_value_ids(clone)),
        derive_check_and_build_site,
    )


YEAR = (withdrawals, contributions, corrections, version)
SHORT = (contributions_at_once, withdrawals_at_once)
PARTS: dict[str, Callable[[Clone], None]] = {part.__name__: part for part in (*YEAR, *SHORT)}


def replay_part(part: str) -> bool:
    """Replay a part in its own clone, print how long it took, and return whether every step succeeded."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="year-", ignore_cleanup_errors=True) as folder:
        clone = Clone.clone_head(Path(folder) / "clone")
        PARTS[part](clone)
    done, minutes = [step.is_done for step in clone.steps], (time.monotonic() - start) / 60
    print(f"{part}: {len(done)} steps in {minutes:.1f} min, {done.count(False)} failed", flush=True)
    return bool(done) and all(done)


def main(arguments: Sequence[str] | None = None) -> int:
    """Replay the parts of a year, or those requested; return an exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.year", description=__doc__)
    parser.add_argument("--only", choices=sorted(PARTS), help="replay this part only")
    words = "replay all contributions at once and all withdrawals at once, and no more"
    parser.add_argument("--short", action="store_true", help=words)
    options = parser.parse_args(arguments)
    chosen = [part.__name__ for part in (SHORT if options.short else YEAR)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(replay_part, [options.only] if options.only else chosen))
    print("Replayed: all succeeded." if all(done) else "Replayed: see what FAILED.")
    return 0 if all(done) else 1


if __name__ == "__main__":
    sys.exit(main())
