"""A clone of HEAD in a temporary folder: commands are run in it as people run them, step by step."""

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from scripts.package import record_file
from scripts.package.opening import Package

ROOT = Path(__file__).resolve().parent.parent
GIT = ("git", "-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false")
WHOSE = {
    f"GIT_{who}_{what}": "replay@example.org"
    for who in ("AUTHOR", "COMMITTER")
    for what in ("NAME", "EMAIL")
}
KEPT = {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": ""}  # many processes run what is compiled once
TRACEBACK = "Traceback (most recent call last)"
READINGS, CORRECTIONS = "reported_values", "corrections"
WHY = "Invented, to replay a year."
TAIL = 25  # lines of what a command said that failed
Row = Mapping[str, str]


class Failed(Exception):
    """A command failed; the text is the command and the end of what it said."""


@dataclass(frozen=True)
class Step:
    """A step that was tried: its name, its seconds, and whether it succeeded."""

    name: str
    seconds: float
    is_done: bool


@dataclass
class Clone:
    """A clone of HEAD, and how the steps went that were tried in it."""

    folder: Path
    steps: list[Step] = field(default_factory=list)

    @classmethod
    def of_head(cls, folder: Path) -> "Clone":
        """Clone the project as it was committed, with its tags."""
        subprocess.run([*GIT, "clone", "--quiet", ROOT, folder], check=True)
        return cls(folder)

    def run(self, command: Sequence[str], codes: Sequence[int] = (0,)) -> str:
        """Run a command here and give what it says; Failed where it ends otherwise, or with a traceback."""
        environment = os.environ | WHOSE | KEPT
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, encoding="utf-8"
        )
        if done.returncode not in codes or TRACEBACK in done.stdout + done.stderr:
            said = [*done.stdout.splitlines(), *done.stderr.splitlines()][-TAIL:]
            raise Failed("\n".join([f"{' '.join(command)} ended with {done.returncode}:", *said]))
        return done.stdout

    def scripts(self, *words: str, codes: Sequence[int] = (0,)) -> str:
        """Run a command of the project here."""
        return self.run([sys.executable, "-m", "scripts", *words], codes)

    def git(self, *words: str) -> str:
        """Run git here."""
        return self.run([*GIT, *words])

    def contract(self) -> dict[str, Any]:
        """The contract as it stands here."""
        found: dict[str, Any] = json.loads((self.folder / "datapackage.json").read_text(encoding="utf-8"))
        return found

    def rows(self, table: str) -> list[dict[str, str]]:
        """The rows of a table of data/ as they stand here."""
        return rows_of(self.place(table))

    def place(self, table: str) -> Path:
        """The file of a table, in whatever folder of data/ it lies."""
        return next((self.folder / "data").rglob(f"{table}.csv"))

    def write(self, table: str, rows: Iterable[Row]) -> None:
        """Write a table of data/ anew, under the header that it has."""
        path = self.place(table)
        header = path.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def to_come(self) -> str:
        """The version that comes next."""
        return record_file.to_come(Package(self.folder))

    def change(self, kind: str, key: str, name: str, became: str) -> None:
        """Change a cell of a reading, and say so in the corrections."""
        rows = self.rows(READINGS)
        row = next(one for one in rows if one["value_id"] == key)
        self.tell(kind, READINGS, key, field=name, was=row[name], became=became)
        row[name] = became
        self.write(READINGS, rows)

    def tell(self, kind: str, table: str, key: str, **cells: str) -> None:
        """Add a row to the corrections."""
        told = self.rows(CORRECTIONS)
        row = {
            "correction_id": f"C{len(told) + 1:03}",
            "version": self.to_come(),
            "date": f"{date.today()}",
        }
        self.write(
            CORRECTIONS,
            [*told, row | {"kind": kind, "table_name": table, "row_key": key, "reason": WHY} | cells],
        )

    def add(self, table: str, rows: Iterable[Row]) -> None:
        """Add rows to a table of data/, and sort it."""
        self.write(table, [*self.rows(table), *rows])
        self.scripts("tidy")

    def step(self, name: str, *work: Callable[["Clone"], object]) -> None:
        """Try a step and commit what it did; where it fails, say so and go back to what was committed."""
        start, why = time.monotonic(), ""
        try:
            for one in (*work, keep):
                one(self)
        except (Failed, LookupError, OSError) as failure:
            why = f"\n{failure if isinstance(failure, Failed) else repr(failure)}"
            self.git("reset", "--quiet", "--hard")
            self.git("clean", "--quiet", "-d", "--force")
        self.steps.append(Step(name, time.monotonic() - start, not why))
        print(f"{'FAILED' if why else 'ok    '} {self.steps[-1].seconds:4.0f} s  {name}{why}", flush=True)


def keep(clone: Clone) -> None:
    """Commit what changed, if anything did."""
    clone.git("add", "--all")
    clone.git("commit", "--quiet", "--allow-empty", "--message", "A step of the replay")


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
