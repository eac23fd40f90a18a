"""Check that a file is a workbook that is safe to load; sizes are limited before anything else is read.

The parts are first read as a stream: a range is one short line of XML, but openpyxl makes an object of each
cell in it. It keeps formats, drop-downs and widths as ranges, so these may extend over whole columns.
"""

import io
import zipfile
from collections import Counter
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import IO
from xml.parsers import expat

from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries

from scripts.package.files import rows_of_csv

LARGEST_FILE, LARGEST_CONTENT = 20_000_000, 60_000_000  # bytes, compressed and not
MOST_PARTS = 2_000  # the template has about sixty; reading a million empty files takes seconds
AS_FOLDER = (
    "Put it into a folder, under the name of its table, such as studies.csv, and import the folder. "
    "Or send a workbook in the format .xlsx."
)
SAVE_AS = "Open it in your spreadsheet program and save it as .xlsx (Excel workbook), then send that file."
DAMAGED = "The workbook cannot be read: it is damaged, or holds what no spreadsheet writes."
OLD_FORM, LOCKED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
BLOCK = 1_000_000  # bytes read at a time
LONGEST_TEXT = 33_000  # characters in a cell; a spreadsheet allows 32,767
LONGEST_ATTRIBUTE = 20_000  # characters, such as the ranges of one format
LAST_COLUMN, LAST_ROW = 16_384, 1_048_576
OF_CELLS = {"c", "v", "t", "is", "si"}  # only limited by the number of tags
WITH_TEXT = {"si", "c", "comment"}  # each has a text, which is read in pieces
SPREAD = {"mergeCell", "hyperlink", "comment"}  # openpyxl makes objects of all cells in their range
MOST = {  # how many of each kind of element, and what messages call them
    "tags": (300_000, "cells, blank ones with a format among them"),
    "cells of ranges": (20_000, "cells that are merged, or share a link or a comment"),
    "row": (50_000, "rows"),
    "sheet": (200, "sheets"),
    "definedName": (2_000, "names of ranges"),
    "cellStyle": (2_000, "named styles"),
    "mergeCell": (1_000, "groups of merged cells"),
    "f": (2_000, "formulas"),
    "others": (15_000, "formats, drop-downs, links or comments"),
}
AS_TEXT_ALONE = (
    "Delete the blank rows and columns below and to the right of your tables. If that does not help, copy "
    "the rows, as text alone, into an empty file: “python -m scripts contribute template study.xlsx”."
)


class UnreadableWorkbook(Exception):
    """Raised if a workbook cannot be read, with a message and a fix; if blank, the rule's fix is shown."""


def open_workbook(path: Path) -> Workbook:
    """Open a workbook; if it cannot be read, raises UnreadableWorkbook, which says why."""
    try:
        if fault := workbook_fault(path):
            raise UnreadableWorkbook(*fault)
        return load_workbook(io.BytesIO(path.read_bytes()), keep_links=False)  # whatever its name
    except UnreadableWorkbook:
        raise
    except Exception as error:  # broken files raise many kinds of error
        raise UnreadableWorkbook(DAMAGED, "") from error


def workbook_fault(path: Path) -> tuple[str, str] | None:
    """Why a file is not a workbook that we accept, and what to send instead; None if it is one."""
    if not path.is_file():
        return "This is not a plain file.", ""
    if path.stat().st_size > LARGEST_FILE:
        return f"The file has more than {LARGEST_FILE:,} bytes.", ""
    if not zipfile.is_zipfile(path):
        return _fault_of_non_zip_bytes(path.read_bytes())
    if path.read_bytes().count(b"PK\x01\x02") > MOST_PARTS:
        return f"The file has more than {MOST_PARTS:,} parts.", ""
    with zipfile.ZipFile(path) as archive:
        return _fault_of_archive(archive)


@cache
def _refusals_by_signature(how: str) -> dict[str, tuple[str, str]]:
    """Why files of other kinds are refused, and what to send, by first bytes or by the name of a part."""
    rows = rows_of_csv((resources.files("scripts.contribute") / "no_workbooks.csv").read_bytes())
    return {row["mark"]: (row["message"], row["fix"]) for row in rows if row["how"] == how}


def _fault_of_non_zip_bytes(data: bytes) -> tuple[str, str]:
    """What is wrong with a file that is not a zip, and what to send instead."""
    if data.startswith(OLD_FORM) and LOCKED in data:
        return "The workbook has a password.", "Take the password off, save it, and send that file."
    for beginning, fault in _refusals_by_signature("begins").items():
        if data.startswith(bytes.fromhex(beginning)):
            return fault
    if not data.strip(b"\0"):
        return "The file is empty.", "Copy or download it again, whole."
    if b"\0" not in data[:4_000]:
        return "This is a file of text, not a workbook.", AS_FOLDER
    return "This is not a workbook in the format .xlsx.", SAVE_AS


def _fault_of_archive(archive: zipfile.ZipFile) -> tuple[str, str] | None:
    names = archive.namelist()
    if sum(entry.file_size for entry in archive.infolist()) > LARGEST_CONTENT:
        return f"Unpacked, the file has more than {LARGEST_CONTENT:,} bytes.", ""
    for start, fault in _refusals_by_signature("holds").items():
        if any(name.lower().startswith(start) for name in names):
            return fault
    if "xl/workbook.xml" not in names:
        kind = next((kind for part, kind in _refusals_by_signature("is").items() if part in names), None)
        return kind or ("This is a zip file, but no workbook in the format .xlsx.", "")
    if b"purl.oclc.org/ooxml" in archive.read("xl/workbook.xml"):
        return "The workbook is saved as “Strict Open XML”, which few programs read.", SAVE_AS
    return _fault_of_excessive_size(archive)


def _fault_of_excessive_size(archive: zipfile.ZipFile) -> tuple[str, str] | None:
    """Read every part as XML, and report the first limit that is exceeded; None if none is."""
    counts: Counter[str] = Counter()
    try:
        for name in archive.namelist():
            with archive.open(name) as part:
                _PartReader(counts).read(part)
    except UnreadableWorkbook as fault:
        message, fix = fault.args
        return message, fix
    return None


class _PartReader:
    """A reader of one part of a workbook, element by element, with counts for the whole workbook."""

    def __init__(self, counts: Counter[str]) -> None:
        self._counts, self._text = counts, 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._count_element
        self._parser.CharacterDataHandler = self._count_letters
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype

    def read(self, part: IO[bytes]) -> None:
        """Read to the end, or up to the first error in the XML, which openpyxl will report as well."""
        try:
            for block in iter(partial(part.read, BLOCK), b""):
                self._parser.Parse(block)
                self._add("tags", block.count(b"<"))
                if len(block) == BLOCK and b"<" not in block:
                    _refuse("A single piece of the workbook has more than a million characters.")
        except expat.ExpatError:
            return

    def _refuse_doctype(self, *words: object) -> None:
        _refuse("The workbook defines words of its own, which no spreadsheet does.")

    def _count_element(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name in WITH_TEXT:
            self._text = 0
        if name in OF_CELLS:
            return
        self._add(name if name in MOST else "others", 1)
        if any(len(text) > LONGEST_ATTRIBUTE for text in attributes.values()):
            _refuse(f"An entry of {name[:40]} has more than {LONGEST_ATTRIBUTE:,} characters.")
        if name in SPREAD:
            self._add("cells of ranges", count_cells(attributes.get("ref", "")))

    def _count_letters(self, text: str) -> None:
        self._text += len(text)
        if self._text > LONGEST_TEXT:
            _refuse(f"A cell holds more than {LONGEST_TEXT:,} characters.")

    def _add(self, kind: str, number: int) -> None:
        self._counts[kind] += number
        most, words = MOST[kind]
        if self._counts[kind] > most:
            _refuse(f"The workbook holds more than {most:,} {words}, and a study has far fewer.")


def _refuse(message: str) -> None:
    raise UnreadableWorkbook(message, AS_TEXT_ALONE)


def count_cells(ref: str) -> int:
    """The number of cells in a range, which may have whole columns or rows; 1 if it is malformed."""
    try:
        left, top, right, bottom = range_boundaries(ref)
    except ValueError:
        return 1
    columns = abs(right - left) + 1 if left else LAST_COLUMN if top else 1
    return columns * (abs(bottom - top) + 1 if top else LAST_ROW if left else 1)
