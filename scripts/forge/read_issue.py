"""The verdict on the files that are attached to an issue: the import that everybody can run."""

import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scripts.forge import attachment
from scripts.forge.attachment import Attachment, Download
from scripts.forge.github import Refused

VERDICT, ROWS = "verdict.md", "rows"  # what is handed over: a text, and the tables that would change
LONGEST = 120  # seconds of a command
MOST = 5  # workbooks that are read; all CSV files together are one
NO_WORKBOOK = "No workbook and no CSV file is attached to this issue."
NO_ANSWER = "The file could not be had from GitHub. Attach it once more."
STOPPED = 124  # the exit code of a command that took too long
FAILED = "The tool could not read this file. That is no verdict on it; a maintainer will look."
SOUND = "**The file is sound.** A person reads it next; nothing is published yet. The rows that it adds:"
FAULTS = "**The file cannot be taken in yet.** What stands against it:"
NOT_READ = "**Not read:** {}. Workbooks (.xlsx) and tables as CSV files are read, at most {} workbooks."
A_TABLE = re.compile(r"[a-z_]{1,60}\.csv")


def read(event: Mapping[str, Any], package: Path, place: Path, send: Download | None = None) -> bool:
    """Write the verdict into a folder; and the tables with the new rows, if there are any. Are there?"""
    place.mkdir(parents=True)
    files = attachment.attached(event["issue"]["body"] or "")
    parts = _parts(files)
    read_of = {one for part in parts for one in part}
    others = [one.name for one in files if one not in read_of]
    verdicts = [_part(part, package, place.with_name(f"part-{at}"), send) for at, part in enumerate(parts)]
    texts = [
        text if len(parts) == 1 else f"{_names(part)}\n\n{text}"
        for part, (_, text) in zip(parts, verdicts, strict=True)
    ]
    texts += [NO_WORKBOOK] * (not parts)
    texts += [NOT_READ.format(", ".join(others), MOST)] * bool(others)
    (place / VERDICT).write_text("\n\n".join(texts), encoding="utf-8")
    are_sound = bool(parts) and all(is_sound for is_sound, _ in verdicts)
    return are_sound and _handed_over(package, place / ROWS)


def _parts(files: Sequence[Attachment]) -> list[list[Attachment]]:
    """What is imported at once: each workbook, and all tables as CSV together."""
    books = [[one] for one in files if one.is_read and one.ending != "csv"][:MOST]
    tables = [one for one in files if A_TABLE.fullmatch(one.name)]
    loose = [[one] for one in files if one.ending == "csv" and one not in tables][:MOST]
    return [*books, *loose, *([tables] if tables else [])]


def _names(files: Sequence[Attachment]) -> str:
    return f"### {', '.join(one.name for one in files)}"


def _part(
    files: Sequence[Attachment], package: Path, place: Path, send: Download | None
) -> tuple[bool, str]:
    """The verdict on what is imported at once; what is sound is taken in, before the next is read."""
    try:
        path = _put(files, place, send)
        is_sound, text = _verdict(package, path)
    except Refused as refusal:
        return False, str(refusal)
    return is_sound and not _run(package, "contribute", "import", str(path)).returncode, text


def _put(files: Sequence[Attachment], place: Path, send: Download | None) -> Path:
    """The path of the workbook, or of the folder of tables."""
    place.mkdir()
    for one in files:
        try:
            content = attachment.downloaded(one, send) if send else attachment.downloaded(one)
        except OSError as error:
            raise Refused(NO_ANSWER) from error
        name = one.name if A_TABLE.fullmatch(one.name) else f"workbook.{one.ending}"
        (place / name).write_bytes(content)
    return place if A_TABLE.fullmatch(files[0].name) else place / name


def _verdict(package: Path, path: Path) -> tuple[bool, str]:
    """What the import says of the file, and whether it is sound."""
    done = _run(package, "contribute", "import", str(path), "--dry-run", "--format", "markdown")
    if done.returncode not in (0, 1):
        raise Refused(FAILED)
    is_sound = done.returncode == 0
    return is_sound, f"{SOUND if is_sound else FAULTS}\n\n{done.stdout}"


def _handed_over(package: Path, place: Path) -> bool:
    """Compute what follows from the rows, and lay aside each table that is another now."""
    if _run(package, "derive").returncode:
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
