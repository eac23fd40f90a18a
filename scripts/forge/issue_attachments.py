"""Import the files attached to an issue, in the way that everybody can run, and report the result."""

import re
import subprocess
import sys
import urllib.request
from functools import partial
from pathlib import Path

from scripts.forge.comments import VERDICT_FILE
from scripts.forge.github_api import Event, RequestRefused, Send, fetch_up_to

ROWS = "rows"  # the folder with the changed tables, handed over with the verdict
LARGEST = 5_000_000  # bytes in an attached file
SEND: Send = partial(fetch_up_to, largest=LARGEST)
LONGEST = 120  # seconds for a command
# URLs of GitHub attachments, without user, port or “..”. The import finds out whether it is a workbook.
ADDRESS = re.compile(
    r"https://github\.com/user-attachments/files/[0-9]{1,12}/"
    r"(?P<name>[\w%+-][\w.%+-]{0,99}\.[a-z0-9]{1,9})(?![\w.%+/-])",
    re.ASCII | re.IGNORECASE,
)
READ = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
A_TABLE = re.compile(r"[a-z_]{1,60}\.csv")
NO_WORKBOOK = "Attach one workbook (.xlsx), or the tables of one study as CSV files. Found here: {}."
NO_ANSWER = "The file could not be had from GitHub. Attach it once more."
FAILED = "The tool could not read this file. That is no verdict on it; a maintainer will look."
SOUND = "**The file can be taken in.** A person reads it next; nothing is published yet."
FAULTS = "**The file cannot be taken in yet.** What stands against it:"
NOT_READ = "**Not read:** {}."


def write_verdict_and_tables(event: Event, package: Path, place: Path, send: Send = SEND) -> bool:
    """Write the result, and any tables with new rows, to a folder; return whether there are new rows."""
    place.mkdir(parents=True)
    files = attachment_urls_by_name(event["issue"]["body"] or "")
    known = {name: files[name] for name in files if name.lower().endswith(READ)}
    others = ", ".join(name for name in files if name not in known)
    if len(known) != 1 and not (known and all(map(A_TABLE.fullmatch, known))):
        is_sound, text = False, NO_WORKBOOK.format(", ".join(files) or "nothing")
    else:
        is_sound, text = _import_attached_files(known, package, place.with_name("attached"), send)
        text += f"\n\n{NOT_READ.format(others)}" if others else ""
    (place / VERDICT_FILE).write_text(text, encoding="utf-8")
    return is_sound and _copy_changed_tables(package, place / ROWS)


def attachment_urls_by_name(text: str) -> dict[str, str]:
    """The URLs of an issue's attachments, by name; if a name is repeated, the last one counts."""
    found = {match["name"].lower(): (match["name"], match[0]) for match in ADDRESS.finditer(text)}
    return dict(found.values())


def _import_attached_files(
    addresses: dict[str, str], package: Path, place: Path, send: Send
) -> tuple[bool, str]:
    """Import the attached files; return whether tables were written, and the text of the result."""
    try:
        path = _download_attachments(addresses, place, send)
    except RequestRefused as refusal:
        return False, str(refusal)
    except OSError:
        return False, NO_ANSWER
    tried = _run_package_command(
        package, "contribute", "import", str(path), "--dry-run", "--format", "markdown"
    )
    if tried.returncode not in (0, 1):
        return False, FAILED
    if tried.returncode:
        return False, f"{FAULTS}\n\n{tried.stdout}"
    is_taken_in = not _run_package_command(package, "contribute", "import", str(path)).returncode
    return is_taken_in, f"{SOUND}\n\n{tried.stdout}"


def _download_attachments(addresses: dict[str, str], place: Path, send: Send) -> Path:
    """Download the workbook, or the tables into a folder; return the path. Only tables keep their names."""
    place.mkdir()
    for name, address in addresses.items():
        is_table = A_TABLE.fullmatch(name)
        path = place / (name if is_table else f"workbook{Path(name).suffix.lower()}")
        path.write_bytes(send(urllib.request.Request(address)))  # sent without our token
    return place if is_table else path


def _copy_changed_tables(package: Path, place: Path) -> bool:
    """Compute the derived tables again, and copy each table that has changed for the next job."""
    if _run_package_command(package, "derive").returncode:
        return False
    asked = ["git", "-C", str(package), "diff", "--name-only", "--", "data/*.csv"]  # at any depth
    changed = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.splitlines()
    for name in changed:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes((package / name).read_bytes())
    return bool(changed)


def _run_package_command(package: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scripts", *words, "--package", str(package)]
    try:
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, returncode=124, stdout="", stderr="")
