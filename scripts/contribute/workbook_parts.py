"""What would multiply while a workbook is loaded? Its parts are read as a stream, before a library does.

A range is one short line of XML, and the library makes an object of each of its cells. Formats, drop-downs
and widths over whole columns stay ranges, so they may be as wide as they like.
"""

import re
import zipfile
from collections import Counter
from functools import partial
from typing import IO
from xml.parsers import expat

from openpyxl.utils import range_boundaries
from openpyxl.utils.cell import coordinate_to_tuple

BLOCK = 1_000_000  # bytes read at a time
LONGEST_TEXT = 33_000  # characters of a cell; a spreadsheet takes 32,767
LONGEST_ATTRIBUTE = 20_000  # characters, such as the ranges of one format
BEGINS_XML = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff", b"\0<")
LAST_COLUMN, LAST_ROW = 16_384, 1_048_576
OF_CELLS = {"c", "v", "t", "is", "si"}  # held back by the number of tags alone
WITH_TEXT = {"si", "c", "comment"}  # a text each, in pieces
SPREAD = {"mergeCell", "hyperlink", "comment"}  # whose range the library takes apart into cells
FORMATS = "The workbook holds far more formats, drop-downs, links or comments than a study needs."
MOST = {  # of each kind of element and of what they multiply, and what to say of more
    "tags": (300_000, "The sheets hold far more cells than a study has. Blank cells with a format count."),
    "cells of ranges": (
        20_000,
        "Merged cells, links and comments reach over more than {most:,}: {what}.",
    ),
    "characters of shared formulas": (
        1_000_000,
        "The same long formula stands in far more cells than a study has.",
    ),
    "row": (50_000, "The sheets have more than {most:,} rows."),
    "sheet": (200, "The workbook has more than {most:,} sheets."),
    "definedName": (2_000, "The workbook has more than {most:,} names of ranges."),
    "cellStyle": (2_000, "The workbook has more than {most:,} named styles."),
    "mergeCell": (1_000, "More than {most:,} groups of cells are merged."),
    "f": (50_000, "The sheets hold more than {most:,} formulas."),
    "others": (15_000, FORMATS),
}
FEWER_CELLS = "Delete the blank rows and columns below and to the right of your tables, then save."
TWICE_THERE = "Two cells of {part} have the address {address}, so that one would be lost."
NOT_THERE = "A cell of {part} has the address {address}, which no sheet has, so that it would be lost."
COMPARE = "Open it in your spreadsheet program, compare that cell with your source, and save it as .xlsx."
AS_TEXT_ALONE = (
    "Copy the rows, as text alone, into an empty file: “python -m scripts contribute template study.xlsx”."
)


class Multiplies(Exception):
    """Why the workbook is not loaded, and what to do: two sentences."""

    def __init__(self, message: str, fix: str = AS_TEXT_ALONE) -> None:
        super().__init__(message)
        self.message, self.fix = message, fix


def look_at(archive: zipfile.ZipFile) -> None:
    """Read every part that is XML. Multiplies where there is too much of something."""
    counts: Counter[str] = Counter()
    for name in archive.namelist():
        with archive.open(name) as file:
            first = file.read(BLOCK)
            if first.lstrip().startswith(BEGINS_XML):
                _Part(name, counts).read(first, file)


class _Part:
    """One part, element after element; the counts are those of the whole workbook."""

    def __init__(self, name: str, counts: Counter[str]) -> None:
        self._name, self._counts = name, counts
        self._is_in_row, self._row, self._column = False, 0, 0  # where the next cell is, if it does not say
        self._addresses: set[tuple[int, int]] = set()
        self._text = 0
        self._shared: dict[str, int] = {}
        self._formula: str | None = None  # the number of the shared formula that is read
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._letters
        self._parser.StartDoctypeDeclHandler = self._doctype

    def read(self, first: bytes, rest: IO[bytes]) -> None:
        """Read up to the end, or to where the XML is broken: there the library stops too, and says so."""
        try:
            for block in (first, *iter(partial(rest.read, BLOCK), b"")):
                self._weigh(block)
                self._parser.Parse(block)
        except expat.ExpatError:
            return

    def _weigh(self, block: bytes) -> None:
        self._add("tags", block.count(b"<"), fix=FEWER_CELLS)
        if len(block) == BLOCK and b"<" not in block:
            raise Multiplies("A single piece of the workbook has more than a million characters.")

    def _doctype(self, *words: object) -> None:
        raise Multiplies("The workbook defines words of its own, which no spreadsheet does.")

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name in WITH_TEXT:
            self._text = 0
        if name == "c" and self._is_in_row:
            self._take_place(attributes.get("r", ""))
        if name in OF_CELLS:
            return
        if name == "row":
            self._is_in_row, self._column = True, 0
            self._row = _whole(attributes.get("r", "")) or self._row + 1
        self._add(name if name in MOST else "others", 1)
        if any(len(text) > LONGEST_ATTRIBUTE for text in attributes.values()):
            raise Multiplies(f"An entry of {name[:40]} has more than {LONGEST_ATTRIBUTE:,} characters.")
        if name in SPREAD:
            ref = attributes.get("ref", "")
            self._add("cells of ranges", cells_of(ref), ref[:40])
        if name == "f" and attributes.get("t") == "shared":
            self._formula = attributes.get("si", "")
            self._add("characters of shared formulas", self._shared.get(self._formula, 0))

    def _take_place(self, address: str) -> None:
        """A cell has an address of its own: of two with one address, the library keeps the last."""
        row, self._column = (address and _place(address)) or (self._row, self._column + 1)
        if (self._column, row) in self._addresses or row < 1:
            told = address or f"{self._column} in row {row}"
            raise Multiplies(
                (TWICE_THERE if row else NOT_THERE).format(part=self._name, address=told), COMPARE
            )
        self._addresses.add((self._column, row))

    def _add(self, kind: str, number: int, what: str = "", fix: str = AS_TEXT_ALONE) -> None:
        self._counts[kind] += number
        most, words = MOST[kind]
        if self._counts[kind] > most:
            raise Multiplies(words.format(most=most, what=what), fix)

    def _end(self, tag: str) -> None:
        self._formula = None
        self._is_in_row = self._is_in_row and tag.rpartition(":")[2] != "row"

    def _letters(self, text: str) -> None:
        self._text += len(text)
        if self._formula is not None:
            self._shared[self._formula] = self._shared.get(self._formula, 0) + len(text)
        if self._text > LONGEST_TEXT:
            raise Multiplies(f"A cell holds more than {LONGEST_TEXT:,} characters.")


def _whole(text: str) -> int:
    """A number of a row, 3.0 too; 0 where there is none, so that the library counts or refuses."""
    return int(float(text)) if re.fullmatch(r"\s*[0-9]{1,7}(?:\.0+)?\s*", text) else 0


def _place(address: str) -> tuple[int, int] | None:
    """The row and the column of a cell; none where the address is none, as the library will say."""
    try:
        row, column = coordinate_to_tuple(address)
        return row, column
    except ValueError:
        return None


def cells_of(ref: str) -> int:
    """How many cells a range has; one that names only columns or rows has all of these."""
    try:
        left, top, right, bottom = range_boundaries(ref)
    except ValueError:
        return 1
    columns = abs(right - left) + 1 if left else LAST_COLUMN if top else 1
    return columns * (abs(bottom - top) + 1 if top else LAST_ROW if left else 1)
