"""The template: an empty workbook, or a folder of CSV files with headers, made from the contract.

The first row of each table is a row of the package, so that it shows what a sound row looks like.
It may stay: a row that the package has already changes nothing.
"""

import io

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from scripts.contribute.example import Rows
from scripts.contribute.sheets import EXAMPLE, FURTHER, MAIN, offered, sheet_name
from scripts.package.contract import Field, Table
from scripts.package.files import Row, csv_text
from scripts.package.opening import Package
from scripts.package.zips import normalised

LISTS, GUIDE = "Lists", "Read me"
ROWS = 500  # that are formatted as text and have their drop-downs
HEAD, NEEDED = PatternFill("solid", fgColor="D9EAE7"), PatternFill("solid", fgColor="9CCBC3")
GUIDE_TEXT = (
    "How to send a study",
    "",
    "1. Fill the sheets from left to right: {main}. One row for each printed number.",
    "2. The other sheets are only for words that are new: {further}.",
    "3. Move the pointer over a column title: it says what the column holds. "
    "Dark titles have to be filled. Many cells have a list.",
    "4. The first row of a sheet is an example from the package. You may leave it or write over it.",
    "5. Copy numbers as the source prints them (“2.2 percent”), then type the reading (2.2) beside it. "
    "Shares are in percent: 2.2, not 0.022.",
    "6. Leave a cell blank if you do not know, and choose a reason in the next column, if there is one.",
    "7. Keys may stay blank: Source, Study, Value, Limitation. They are proposed for you. With one source "
    "or study of yours on its sheet, its key may stay blank on the other sheets too.",
    "8. Keep the titles, the sheets and the format Text. No formulas, no hidden rows, no extra columns.",
    "",
    "Never send names of people or venues, cases, pictures of children, or anything that is not published.",
    "If it happens, the file is deleted. It is not read further, not copied and not used.",
    "",
    "Check the file: python -m scripts contribute import study.xlsx --dry-run",
    "No Python? Send the file with the form “A new source”. A maintainer runs the check.",
)


def workbook(package: Package, rows: Rows) -> bytes:
    """A workbook of the template that holds these rows, the same bytes each time."""
    book = Workbook()
    book.remove(book.active)
    _guide(book.create_sheet(GUIDE), package)
    lists = _Lists(book, package)
    for table in offered(package.contract):
        _sheet(book.create_sheet(sheet_name(table)), table, rows[table.name], lists)
    book.move_sheet(LISTS, len(book.sheetnames))
    buffer = io.BytesIO()
    book.save(buffer)
    return normalised(buffer.getvalue())


def folder(package: Package, rows: Rows) -> dict[str, str]:
    """The template as CSV files that hold these rows: name and text of each."""
    return {
        f"{table.name}.csv": csv_text(table.header, (row.values() for row in rows[table.name]))
        for table in offered(package.contract)
    }


def one_row_each(package: Package) -> Rows:
    """A row of the package for each table that a contributor fills, to show how a row looks."""
    return {
        table.name: [
            row for row in package.rows(table.name) if row[table.primary_key[0]] == EXAMPLE.get(table.name)
        ]
        for table in offered(package.contract)
    }


def _guide(sheet: Worksheet, package: Package) -> None:
    titles = {table.name: table.title for table in package.contract.tables}
    names = {
        kind: ", ".join(titles[name] for name in of) for kind, of in (("main", MAIN), ("further", FURTHER))
    }
    for line in GUIDE_TEXT:
        sheet.append([line.format(**names)])
    sheet.column_dimensions["A"].width = 95
    for (cell,) in sheet.iter_rows():
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet["A1"].font = Font(bold=True, size=14)


def _sheet(sheet: Worksheet, table: Table, rows: list[Row], lists: "_Lists") -> None:
    sheet.append([column.title for column in table.fields])
    for row in rows:
        sheet.append([row[name] for name in table.header])
    for number, column in enumerate(table.fields, start=1):
        _column(sheet, number, column, lists.range_of(table, column))
    sheet.freeze_panes = "B2"


def _column(sheet: Worksheet, number: int, column: Field, choices: str) -> None:
    letter = get_column_letter(number)
    head = sheet[f"{letter}1"]
    head.font, head.fill = Font(bold=True), NEEDED if column.constraints.get("required") else HEAD
    head.comment = Comment(about(column), "cambodia-csec-evidence", width=320, height=180)
    width = sheet.column_dimensions[letter]
    width.width, width.number_format = max(14, len(column.title) + 4), "@"
    for row in range(1, sheet.max_row + 1):
        sheet[f"{letter}{row}"].number_format = "@"
    if choices:
        must = bool(column.words)
        drop_down = DataValidation("list", choices, allow_blank=True, showErrorMessage=must)
        drop_down.error = "Choose a word of the list." if must else None
        drop_down.add(f"{letter}2:{letter}{ROWS}")
        sheet.add_data_validation(drop_down)


def about(column: Field) -> str:
    """What a contributor has to know of a column."""
    needed = "Required. " if column.constraints.get("required") else ""
    unit = f" Unit: {column.unit}." if column.unit else ""
    return f"{needed}{column.description}{unit} Example: {column.example}. (Name in the CSV: {column.name})"


class _Lists:
    """The hidden sheet that holds the words of each drop-down, one list a column."""

    def __init__(self, book: Workbook, package: Package) -> None:
        self._book, self._package = book, package
        self._sheet = book.create_sheet(LISTS)
        self._sheet.sheet_state = "hidden"
        self._names: dict[tuple[str, ...], str] = {}

    def range_of(self, table: Table, column: Field) -> str:
        """The formula of the drop-down of a column; blank where any text may stand."""
        words = tuple(column.words or self._keys(table, column))
        if words and words not in self._names:
            self._names[words] = self._add(words)
        return self._names.get(words, "")

    def _keys(self, table: Table, column: Field) -> list[str]:
        """The keys that a column may point at; the ledger has too many for a list."""
        keys = [
            key for key in table.foreign_keys if key.field == column.name and key.table != "reported_values"
        ]
        return [row[key.key] for key in keys for row in self._package.rows(key.table)]

    def _add(self, words: tuple[str, ...]) -> str:
        number = len(self._names) + 1
        letter, name = get_column_letter(number), f"list_{number}"
        for row, word in enumerate(words, start=1):
            self._sheet[f"{letter}{row}"] = word
        place = f"{LISTS}!${letter}$1:${letter}${len(words)}"
        self._book.defined_names[name] = DefinedName(name, attr_text=place)
        return f"={name}"
