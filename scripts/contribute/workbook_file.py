"""Is this file a workbook that may be loaded? It is hostile until looked at, so sizes are bounded first."""

import zipfile
from functools import partial
from pathlib import Path

LARGEST_FILE, LARGEST_CONTENT = 20_000_000, 200_000_000  # bytes, packed and unpacked
MOST_TAGS = 1_000_000  # in all parts of the file; the whole package takes a fifth of it
NAMES_OF_WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm")  # that openpyxl reads; macros are refused
TEXT_FILES = (".csv", ".tsv", ".txt")
AS_FOLDER = (
    "Put it into a folder, under the name of its table, such as studies.csv, and import the folder. "
    "Or send a workbook in the format .xlsx."
)
FEWER_CELLS = "Delete the blank rows and columns below and to the right of your tables, then save."


def fault_of_file(path: Path) -> tuple[str, str] | None:
    """Say why a file is no workbook of ours, and what else to send than FILE says."""
    if not path.is_file():
        return "This is not a plain file.", ""
    if path.suffix.lower() in TEXT_FILES:
        return "This is one file of text, not a workbook.", AS_FOLDER
    if path.stat().st_size > LARGEST_FILE:
        return f"The file has more than {LARGEST_FILE:,} bytes.", ""
    if not zipfile.is_zipfile(path):
        return "This is not a workbook in the format .xlsx, or it has a password.", ""
    with zipfile.ZipFile(path) as archive:
        return _fault_of_archive(archive, path)


def _fault_of_archive(archive: zipfile.ZipFile, path: Path) -> tuple[str, str] | None:
    names = archive.namelist()
    if sum(entry.file_size for entry in archive.infolist()) > LARGEST_CONTENT:
        return f"Unpacked, the file has more than {LARGEST_CONTENT:,} bytes.", ""
    if any("vbaproject" in name.lower() for name in names):
        return "The workbook holds macros.", ""
    if "xl/workbook.xml" not in names:
        return "This is a zip file, but no workbook in the format .xlsx.", ""
    if path.suffix.lower() not in NAMES_OF_WORKBOOKS:
        return "Its content is that of .xlsx, its name is not.", f"Rename it to {path.stem}.xlsx."
    if _tags(archive) > MOST_TAGS:
        return (
            "The sheets hold far more cells than a study has. Blank cells with a format count.",
            FEWER_CELLS,
        )
    return None


def _tags(archive: zipfile.ZipFile) -> int:
    """How much there is to load: a cell takes two to four tags, and each takes memory and time."""
    tags = 0
    for name in archive.namelist():
        with archive.open(name) as file:
            tags += sum(part.count(b"<") for part in iter(partial(file.read, 1_000_000), b""))
    return tags
