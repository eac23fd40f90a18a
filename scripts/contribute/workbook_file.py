"""Is this file a workbook that may be loaded? It is hostile until looked at, so sizes are bounded first."""

import zipfile
from collections import Counter
from pathlib import Path

from openpyxl.reader.excel import ExcelReader
from openpyxl.workbook.workbook import Workbook

from scripts.contribute.workbook_parts import Multiplies, look_at
from scripts.findings import shown

LARGEST_FILE, LARGEST_CONTENT = 20_000_000, 60_000_000  # bytes, packed and unpacked
MOST_PARTS = 2_000  # the template has some sixty; a zip of a million blank files takes seconds to open
NAMES_OF_WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm")  # that openpyxl reads; macros are refused
TEXT_FILES = (".csv", ".tsv", ".txt")
AS_FOLDER = (
    "Put it into a folder, under the name of its table, such as studies.csv, and import the folder. "
    "Or send a workbook in the format .xlsx."
)


SAVE_AS = "Open it in your spreadsheet program and save it as .xlsx (Excel workbook), then send that file."
WHOLE = "Open it in your spreadsheet program, see that no sheet and no row is lost, and save it as .xlsx."
AGAIN = "Copy or download it again, whole."
TYPE = "Type its numbers into the workbook of the template"
IF_ANY = f"If it is a workbook, o{SAVE_AS[1:]} If not: {TYPE[0].lower()}{TYPE[1:]}."
DAMAGED = "The workbook cannot be read: it is damaged, or holds what no spreadsheet writes."
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
OLD_FORM, LOCKED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
NOT_SENT = {  # parts of a workbook that must not come with it: how their names begin
    "xl/media/": ("The workbook holds a picture.", "Delete it. Pictures are never sent."),
    "xl/embeddings/": ("The workbook holds an embedded file.", "Delete it. Only the cells are read."),
    "xl/activex/": ("The workbook holds controls that can run.", "Save it as .xlsx without them."),
    "xl/charts/": ("The workbook holds a chart.", "Delete it. Only the cells are read."),
    "xl/externallinks/": (
        "The workbook links to another file.",
        "Delete the links: copy the cells as text.",
    ),
}


class NoWorkbook(Exception):
    """Why the workbook is not read, and what to do: two sentences, the second blank where FILE says it."""

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.message, self.fix = message, fix


def opened(path: Path) -> Workbook:
    """The workbook in a file, whole. NoWorkbook says why it is not read."""
    try:
        if fault := fault_of_file(path):
            raise NoWorkbook(*fault)
        reader = ExcelReader(path, keep_links=False)
        reader.read()
    except NoWorkbook:
        raise
    except Exception as error:  # zipfile and openpyxl raise errors of many kinds over broken files
        raise NoWorkbook(DAMAGED) from error
    _refuse_if_not_whole(reader)
    return reader.wb


def _refuse_if_not_whole(reader: ExcelReader) -> None:
    """The library passes without a word over a sheet whose part is not in the file."""
    listed, there = [str(sheet.name) for sheet in reader.parser.sheets], reader.wb.sheetnames
    if len(listed) > len(there):
        lost = ", ".join(f"“{shown(name)}”" for name in listed if name not in there) or "more than it holds"
        raise NoWorkbook(f"The workbook lists sheets that are not in the file: {lost}.", WHOLE)


def fault_of_file(path: Path) -> tuple[str, str] | None:
    """Say why a file is no workbook of ours, and what else to send than FILE says."""
    if not path.is_file():
        return "This is not a plain file.", ""
    if path.suffix.lower() in TEXT_FILES:
        return "This is one file of text, not a workbook.", AS_FOLDER
    if path.stat().st_size > LARGEST_FILE:
        return f"The file has more than {LARGEST_FILE:,} bytes.", ""
    if not zipfile.is_zipfile(path):
        return _fault_of_bytes(path.read_bytes())
    if path.read_bytes().count(b"PK\x01\x02") > MOST_PARTS:
        return f"The file has more than {MOST_PARTS:,} parts.", ""
    with zipfile.ZipFile(path) as archive:
        return _fault_of_archive(archive, path)


def _fault_of_bytes(data: bytes) -> tuple[str, str]:
    """What a file is that is no zip."""
    if data.startswith(OLD_FORM) and LOCKED in data:
        return "The workbook has a password.", "Take the password off, save it, and send that file."
    if data.startswith(OLD_FORM):
        return "This is a workbook in the old format .xls.", SAVE_AS
    if data.startswith(b"%PDF"):
        return "This is a PDF file.", f"{TYPE}."
    if data.startswith(PICTURES):
        return "This is a picture.", f"{TYPE}. Pictures are never sent."
    if data.startswith(b"PK\x03\x04"):
        return "The file breaks off, so it cannot be read.", AGAIN
    if not data.strip(b"\0"):
        return "The file is empty.", AGAIN
    text = data[:4_000].decode("utf-8", "ignore")
    if data and "\0" not in text and text.strip():
        first = text.strip().splitlines()[0]
        kinds = {
            "\t": "columns between tabs",
            ";": "columns between semicolons",
            ",": "columns between commas",
        }
        kind = next((words for sign, words in kinds.items() if sign in first), "no columns")
        return f"This is a file of text with {kind}, not a workbook.", AS_FOLDER
    return "This is not a workbook in the format .xlsx.", IF_ANY


def _fault_of_archive(archive: zipfile.ZipFile, path: Path) -> tuple[str, str] | None:
    names = archive.namelist()
    if twice := [name for name, times in Counter(map(str.lower, names)).items() if times > 1]:
        return f"The file holds two parts of one name: {shown(twice[0])}.", WHOLE
    if sum(entry.file_size for entry in archive.infolist()) > LARGEST_CONTENT:
        return f"Unpacked, the file has more than {LARGEST_CONTENT:,} bytes.", ""
    if any("vbaproject" in name.lower() for name in names):
        return "The workbook holds macros.", ""
    for name in names:
        for start, fault in NOT_SENT.items():
            if name.lower().startswith(start):
                return fault
    if "xl/workbook.xml" not in names:
        return _fault_of_zip(archive, names)
    if b"purl.oclc.org/ooxml" in archive.read("xl/workbook.xml"):
        return "The workbook is saved as “Strict Open XML”, which few programs read.", SAVE_AS
    if path.suffix.lower() not in NAMES_OF_WORKBOOKS:
        return "Its content is that of .xlsx, its name is not.", f"Rename it to {path.stem}.xlsx."
    try:
        look_at(archive)
    except Multiplies as error:
        return error.message, error.fix
    return None


def _fault_of_zip(archive: zipfile.ZipFile, names: list[str]) -> tuple[str, str]:
    """What a zip is that is no .xlsx."""
    if "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype"):
        return "This is a workbook in the format .ods.", SAVE_AS
    if "xl/workbook.bin" in names:
        return "This is a workbook in the format .xlsb.", SAVE_AS
    if "word/document.xml" in names:
        return "This is a document of a word processor.", "Fill in the workbook of the template."
    return "This is a zip file, but no workbook in the format .xlsx.", ""
