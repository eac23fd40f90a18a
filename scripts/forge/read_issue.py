"""The verdict on a workbook that is attached to an issue: the import that everybody can run."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scripts.forge import attachment
from scripts.forge.attachment import Download
from scripts.forge.github import Refused

VERDICT, ROWS = "verdict.md", "rows"  # what is handed over: a text, and the tables that would change
LONGEST = 300  # seconds
NO_WORKBOOK = "No workbook is attached to this issue."
NO_ANSWER = "The file could not be had from GitHub. Attach it once more."
STOPPED = 124  # the exit code of a command that took too long
FAILED = "The tool could not read this file. That is no verdict on it; a maintainer will look."
SOUND = (
    "**The workbook is sound.** A person reads it next; nothing is published yet. The rows that it adds:"
)
FAULTS = "**The workbook cannot be taken in yet.** What stands against it:"


def read(event: Mapping[str, Any], package: Path, place: Path, send: Download | None = None) -> bool:
    """Write the verdict into a folder; and the tables with the new rows, if there are any. Are there?"""
    place.mkdir(parents=True)
    try:
        file = _workbook(event["issue"]["body"] or "", place, send)
        is_sound, text = _verdict(package, file)
    except Refused as refusal:
        is_sound, text = False, str(refusal)
    (place / VERDICT).write_text(text, encoding="utf-8")
    return is_sound and _take_in(package, file, place / ROWS)


def _workbook(text: str, place: Path, send: Download | None) -> Path:
    found = attachment.newest(text)
    if found is None:
        raise Refused(NO_WORKBOOK)
    try:
        content = attachment.downloaded(found, send) if send else attachment.downloaded(found)
    except OSError as error:
        raise Refused(NO_ANSWER) from error
    file = place.with_name(f"workbook.{found.ending}")
    file.write_bytes(content)
    return file


def _verdict(package: Path, file: Path) -> tuple[bool, str]:
    """What the import says of the file, and whether it is sound."""
    done = _run(package, "contribute", "import", str(file), "--dry-run", "--format", "markdown")
    if done.returncode not in (0, 1):
        raise Refused(FAILED)
    is_sound = done.returncode == 0
    return is_sound, f"{SOUND if is_sound else FAULTS}\n\n{done.stdout}"


def _take_in(package: Path, file: Path, place: Path) -> bool:
    """Import the rows here, compute what follows, and lay aside each table that is another now."""
    for command in (("contribute", "import", str(file)), ("derive",)):
        if _run(package, *command).returncode:
            return False
    tables = sorted(path.relative_to(package).as_posix() for path in (package / "data").rglob("*.csv"))
    asked = ["git", "-C", str(package), "diff", "--name-only", "--", *tables]
    changed = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.splitlines()
    for name in changed:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes((package / name).read_bytes())
    return bool(changed)


def _run(package: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scripts", *words, "--package", str(package)]
    try:
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, STOPPED, "", "")
