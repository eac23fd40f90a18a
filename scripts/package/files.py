"""Read files of a package, except those that must not be read, and read and write CSV.

A contributed symbolic link or device file must not give access to any other file.
"""

import csv
import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

LARGEST_TEXT = 2_000_000  # bytes of a page or of the contract; the contract has about 200,000
LARGEST_TABLE = 500_000_000  # bytes; a million readings take about 400 MB
MERGE_MARKS = (7 * "<", 7 * ">", 7 * "|")
MERGE_MARK = re.compile(rf"^(?:{'|'.join(map(re.escape, MERGE_MARKS))})(?: |$)", re.MULTILINE)
MERGED = (
    "A merge has left its marks here: <<<<<<<, =======, >>>>>>>. Choose what stands, and delete the marks."
)
LINK = "This is a link, or lies behind one."

Row = dict[str, str]
Key = TypeVar("Key")
Item = TypeVar("Item")


def group_by_key(pairs: Iterable[tuple[Key, Item]]) -> dict[Key, list[Item]]:
    """Group items by key; looking up a missing key gives an empty list."""
    groups: dict[Key, list[Item]] = defaultdict(list)
    for key, item in pairs:
        groups[key].append(item)
    return groups


def rows_of_csv(content: bytes) -> list[Row]:
    """Read a CSV file that has passed the byte check, as one dict per row, with all cells as text."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def sha256_hex(content: bytes) -> str:
    """The SHA-256 hash in lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def csv_text(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Format rows as the project's CSV: commas, LF, and quotes only where needed."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()


class UsageError(Exception):
    """An error that the user of a command can fix; the message is a sentence."""


class UnreadableFile(UsageError):
    """Raised for a file that cannot be read; the message says why in a sentence."""


def line_of_conflict_marker(text: str) -> int:
    """The number of the first line with a conflict marker from a merge; 0 if there is none."""
    match = MERGE_MARK.search(text)
    return text.count("\n", 0, match.start()) + 1 if match else 0


def why_unreadable(package: Path, path: Path, largest: int) -> str:
    """The reason why a file of the package must not be read; blank if it may be."""
    parts = (path, *path.parents)
    if any(part.is_symlink() for part in parts if part.is_relative_to(package) and part != package):
        return LINK
    if not path.exists():
        return "There is no such file."
    if not path.is_file():
        return "This is not a plain file."
    if path.stat().st_size > largest:
        return f"The file has {path.stat().st_size:,} bytes, more than {largest:,}."
    return ""


def read_table_bytes(package: Path, path: Path) -> bytes:
    """Read the bytes of a table; if it cannot be read, raises UnreadableFile, which says why."""
    if fault := why_unreadable(package, path, LARGEST_TABLE):
        raise UnreadableFile(fault)
    return path.read_bytes()


def read_page_text(package: Path, path: Path) -> str:
    """Read a page or the contract as text; if it cannot be read, raises UnreadableFile, which says why."""
    if fault := why_unreadable(package, path, LARGEST_TEXT):
        raise UnreadableFile(fault)
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"The file is not UTF-8, at byte {error.start + 1}.") from error
