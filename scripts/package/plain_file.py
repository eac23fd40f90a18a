"""Is this a file that can be read at all? A contributed link or device must lead to no other file."""

import re
from pathlib import Path

LARGEST_TEXT = 2_000_000  # bytes of a page or of the contract; the contract has about 200,000
LARGEST_TABLE = 500_000_000  # bytes; a million readings have about 400 MB
MERGE_MARKS = (7 * "<", 7 * ">", 7 * "|")
MERGE_MARK = re.compile(rf"^(?:{'|'.join(map(re.escape, MERGE_MARKS))})(?: |$)", re.MULTILINE)
MERGED = (
    "A merge has left its marks here: <<<<<<<, =======, >>>>>>>. Choose what stands, and delete the marks."
)


class NotPlain(Exception):
    """Why the file cannot be read, in a sentence."""


def merge_mark(text: str) -> int:
    """The line on which a merge has left its marks, which is no text of anyone; 0 if there is none."""
    match = MERGE_MARK.search(text)
    return text.count("\n", 0, match.start()) + 1 if match else 0


def fault_of(package: Path, path: Path, largest: int) -> str:
    """Say why a file of the package is not to be read; blank if it may be."""
    parts = (path, *path.parents)
    if any(part.is_symlink() for part in parts if part.is_relative_to(package) and part != package):
        return "This is a link, or lies behind one."
    if not path.exists():
        return "There is no such file."
    if not path.is_file():
        return "This is not a plain file."
    if path.stat().st_size > largest:
        return f"The file has {path.stat().st_size:,} bytes, more than {largest:,}."
    return ""


def read_text(package: Path, path: Path) -> str:
    """Read a page or the contract. NotPlain says why it cannot be read."""
    if fault := fault_of(package, path, LARGEST_TEXT):
        raise NotPlain(fault)
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise NotPlain(f"The file is not UTF-8, at byte {error.start + 1}.") from error
