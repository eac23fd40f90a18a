"""Is this file a workbook that may be loaded? It is hostile until looked at, so sizes are bounded first."""

import zipfile
from pathlib import Path

from scripts.contribute.workbook_parts import Multiplies, look_at

LARGEST_FILE, LARGEST_CONTENT = 20_000_000, 60_000_000  # bytes, packed and unpacked
MOST_PARTS = 2_000  # the template has some sixty; a zip of a million blank files takes seconds to open
NAMES_OF_WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm")  # that openpyxl reads; macros are refused
TEXT_FILES = (".csv", ".tsv", ".txt")
AS_FOLDER = (
    "Put it into a folder, under the name of its table, such as studies.csv, and import the folder. "
    "Or send a workbook in the format .xlsx."
)


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
    if path.read_bytes().count(b"PK\x01\x02") > MOST_PARTS:
        return f"The file has more than {MOST_PARTS:,} parts.", ""
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
    try:
        look_at(archive)
    except Multiplies as error:
        return error.message, error.fix
    return None
