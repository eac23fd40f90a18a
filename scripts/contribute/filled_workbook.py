"""Read a contributed workbook, which is treated as hostile; nothing in it is run.

Anything that people would overlook or programs would read differently is a finding at its sheet and cell.
"""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.chartsheet import Chartsheet
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from scripts.checks.contributed_file_rules import CELL, COLUMN, FILE, LAYOUT, SHEET
from scripts.contribute import contribution_layout
from scripts.contribute.answers import make_entry, normalise_text
from scripts.contribute.contribution_layout import Contribution, Entry, is_needed
from scripts.contribute.template import DEFINITIONS, GUIDE, LISTS
from scripts.contribute.workbook_file import UnreadableWorkbook, open_workbook
from scripts.findings import Cell, Finding, Rule, make_finding, to_one_printable_line
from scripts.package.contract import Contract, Field, Table

FILL_IN = "Fill in the rows below the titles, sheet by sheet, and save."
NOT_READ = "The template has no {} of this {}, so it is not read."
HIDDEN = "The sheet is hidden, so nobody sees what it would send."
SHOW = (
    "Show it: right-click the tab of any sheet, and choose Unhide. Then delete it, if it is not to be sent."
)
MOST_CELLS = 200_000  # rows times columns of the used area
LONGEST_CELL = 5_000  # characters; the longest in the package has under 600
AS_TEXT = "Set the format of the cell to Text, then type what the column asks for."
DATES = (datetime.date, datetime.time, datetime.timedelta)


def read_workbook(path: Path, contract: Contract) -> Contribution:
    """Read the sheets that the template has as well; if the workbook cannot be read, a finding says why."""
    try:
        book = open_workbook(path)
    except UnreadableWorkbook as fault:
        message, fix = fault.args
        value = f"{path.name}, {path.stat().st_size:,} bytes" if path.is_file() else path.name
        return Contribution([], [make_finding(FILE, path.name, message, value=value, fix=fix)])
    return read_open_workbook(book, path.name, contract)


def read_open_workbook(book: Workbook, file: str, contract: Contract) -> Contribution:
    """Read the sheets of an open workbook that the template has as well; findings name this file."""
    tables = {
        contribution_layout.sheet_name(table): table for table in contribution_layout.sheet_tables(contract)
    }
    entries: list[Entry] = []
    findings = [*_hidden_sheet_findings(book, file, tables), *_unknown_sheet_findings(book, file, tables)]
    for title in (title for title in tables if title in book.sheetnames):
        sheet = _SheetReader(book[title], file, tables[title])
        entries += sheet.entries()
        findings += sheet.findings
    if not entries and not findings:
        findings.append(make_finding(FILE, file, "The workbook has no row.", fix=FILL_IN))
    return Contribution(entries, findings)


def _hidden_sheet_findings(book: Workbook, file: str, tables: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for each hidden sheet whose content would be sent unseen."""
    for sheet in (
        sheet for sheet in book.worksheets if sheet.sheet_state != "visible" and sheet.title != LISTS
    ):
        if any(cell.row > 1 or sheet.title not in tables for cell in _filled_cells(sheet)):
            place = Cell(f"sheet “{sheet.title}”")
            yield make_finding(LAYOUT, file, HIDDEN, value=sheet.title, fix=SHOW).located_at(place)


def _unknown_sheet_findings(book: Workbook, file: str, tables: Collection[str]) -> Iterator[Finding]:
    """Yield findings for visible sheets with content that is not read."""
    for name in (name for name in book.sheetnames if name not in (*tables, GUIDE, LISTS, DEFINITIONS)):
        sheet = book[name]
        if isinstance(sheet, Chartsheet) or (sheet.sheet_state == "visible" and _filled_cells(sheet)):
            yield make_finding(SHEET, file, NOT_READ.format("sheet", "name"), value=name)


def _filled_cells(sheet: Worksheet) -> list[SheetCell]:
    """The cells that are not blank, row by row."""
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    return [cell for cell in cells if isinstance(cell, SheetCell) and str(cell.value).strip()]


class _SheetReader:
    """A reader of one sheet, which finds the columns by title and then reads the rows."""

    def __init__(self, sheet: Worksheet, file: str, table: Table) -> None:
        self.findings: list[Finding] = []  # what is wrong with the sheet
        self._sheet, self._file, self._table = sheet, file, table
        self._known = {column.title: column for column in contribution_layout.sheet_columns(table)}
        self._titles = {column.name: title for title, column in self._known.items()}
        self._columns: dict[int, Field] = {}

    def entries(self) -> list[Entry]:
        """The rows of the sheet; none if it is too large, or if its columns or layout have faults."""
        rows, columns = self._sheet.max_row, self._sheet.max_column
        if rows * columns > MOST_CELLS:
            corner = f"{get_column_letter(columns)}{rows}"
            message = f"The sheet reaches to {corner}, which is more than {MOST_CELLS:,} cells."
            fix = "Delete the rows and columns below and to the right of your table."
            self._report(LAYOUT, message, corner, fix=fix)
            return []
        cells = _filled_cells(self._sheet)
        self._find_columns(cells)
        for message, place, fix in self._layout_faults(cells) if self._columns else ():
            self._report(LAYOUT, message, place, fix=fix)
        by_row: dict[int, list[SheetCell]] = defaultdict(list)
        for cell in cells if not self.findings else ():
            by_row[cell.row].append(cell)
        return [self._entry_of_row(number, row_cells) for number, row_cells in by_row.items() if number > 1]

    def _report(
        self, rule: Rule, message: str, cell: str = "", *, name: str = "", value: object = "", fix: str = ""
    ) -> None:
        line = int(next(iter(re.findall("[0-9]+", cell)), 0))
        found = make_finding(rule, self._file, message, line=line, field=name, value=value, fix=fix)
        self.findings.append(found.located_at(self._place_of_cell(cell, line, name)))

    def _place_of_cell(self, cell: str, line: int, name: str = "") -> Cell:
        parts = (f"cell {cell}" if cell else "", f"column “{self._titles[name]}”" if name else "")
        place = ", ".join([f"sheet “{self._sheet.title}”", *filter(None, parts)])
        return Cell(place, self._table.name, line, name)

    def _find_columns(self, cells: Sequence[SheetCell]) -> None:
        """Find the columns by the titles in row 1; report titles that are missing, repeated or unknown."""
        if (row := self._number_of_title_row(cells)) > 1:
            self._report_title_row_not_first(row)
            return
        titles = {cell.column: " ".join(str(cell.value).split()) for cell in cells if cell.row == 1}
        repeated = {title: times for title, times in Counter(titles.values()).items() if times > 1}
        for title, times in repeated.items():
            self._report(COLUMN, f"{times} columns have this title.", value=title)
        self._columns = {
            column_number: self._known[title]
            for column_number, title in titles.items()
            if title in self._known
        }
        first = {cell.column: cell for cell in reversed(cells) if cell.column not in self._columns}
        unread = [
            (cell.coordinate, titles.get(column_number, ""))
            for column_number, cell in sorted(first.items())
        ]
        others = [title for title in titles.values() if title not in self._known]
        if missing := self._missing_titles(others):
            self._report_missing_titles(missing, others, unread)
        else:
            self._report_unread_columns(unread)

    def _missing_titles(self, others: Sequence[str]) -> list[str]:
        """The titles of missing columns; of optional columns, only if the sheet also has unknown titles."""
        found = {column.name for column in self._columns.values()}
        return [
            column.title
            for column in contribution_layout.required_columns(self._table)
            if column.name not in found and (others or is_needed(self._table, column))
        ]

    def _report_missing_titles(
        self, missing: Sequence[str], others: Sequence[str], unread: Sequence[tuple[str, str]]
    ) -> None:
        quoted = [", ".join(f"“{title}”" for title in titles) for titles in (missing, others) if titles]
        place, value = unread[0] if unread else ("", "")
        self._report(COLUMN, f"Missing: {'; found instead '.join(quoted)}.", place, value=value)

    def _report_unread_columns(self, unread: Sequence[tuple[str, str]]) -> None:
        for place, title in unread:
            fix = "Delete the column, or give it its title. Names of people are never sent."
            self._report(COLUMN, NOT_READ.format("column", "title"), place, value=title, fix=fix)

    def _report_title_row_not_first(self, row: int) -> None:
        above = "row 1" if row == 2 else f"rows 1 to {row - 1}"
        message = f"The titles of the columns are in row {row}, not in row 1."
        self._report(LAYOUT, message, f"A{row}", fix=f"Delete {above}, so that the titles come first.")

    def _number_of_title_row(self, cells: Sequence[SheetCell]) -> int:
        """The number of the row with the most column titles: 1, unless somebody wrote above the titles."""
        titled = Counter(cell.row for cell in cells if " ".join(str(cell.value).split()) in self._known)
        return max(titled, key=lambda row: (titled[row], -row), default=1)

    def _layout_faults(self, cells: Sequence[SheetCell]) -> Iterator[tuple[str, str, str]]:
        """Yield what would be overlooked or sent unintentionally: a message, the cell, and what to do."""
        for merged in self._sheet.merged_cells.ranges:
            fix = "Unmerge these cells, and fill each of them."
            yield "These cells are merged into one.", merged.coord, fix
        for row in sorted({cell.row for cell in cells}):
            if self._sheet.row_dimensions[row].hidden:
                fix = "Show the row, with the filter taken off if there is one; or delete it."
                yield f"Row {row} is hidden.", f"A{row}", fix
        for cell in (cell for row in self._sheet.iter_rows(min_row=2) for cell in row):
            if cell.comment:
                fix = "Delete the comment. Names of people and cases are never sent."
                yield "The cell has a comment, which is not read.", cell.coordinate, fix
            if cell.font.strike and cell.value is not None:
                fix = "Delete what you do not mean, or remove the line through it."
                yield "The cell is struck out.", cell.coordinate, fix

    def _entry_of_row(self, number: int, cells: Sequence[SheetCell]) -> Entry:
        by_column = {cell.column: cell for cell in cells}
        places = {
            field.name: self._place_of_cell(f"{get_column_letter(column)}{number}", number, field.name)
            for column, field in self._columns.items()
        }
        typed = {
            field.name: self._text_of_cell(by_column[column], field)
            for column, field in self._columns.items()
            if column in by_column
        }
        return make_entry(self._table, file=self._file, line=number, typed=typed, places=places, noun="row")

    def _text_of_cell(self, cell: SheetCell, field: Field) -> str:
        """The text of a cell; if it holds something else, such as a formula, blank, with a finding."""
        if field.is_date_or_period and isinstance(cell.value, datetime.date):
            return date_in_words(cell.value, cell.number_format, field)
        fault = cell_fault(cell, field)
        if not fault:
            return normalise_text(cell_text(cell.value))
        value = to_one_printable_line(
            str(getattr(cell.value, "text", cell.value))
        )  # also for an array formula
        message = f"The cell holds {fault}."
        self._report(CELL, message, cell.coordinate, name=field.name, value=value, fix=AS_TEXT)
        return ""


def cell_text(value: object) -> str:
    """A cell as people would type it: 2104 rather than 2104.0, 2.2 rather than 2.2000000000000002."""
    if isinstance(value, float):
        return f"{value:.15f}".rstrip("0").rstrip(".") if abs(value) < 1 else f"{value:.15g}"
    return str(value)


def date_in_words(day: datetime.date, number_format: str, field: Field) -> str:
    """A date from a spreadsheet, as precise as the cell shows and the column allows."""
    signs = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", number_format).lower()
    has_day = "d" in signs and re.fullmatch(field.constraints["pattern"], str(day)[:10])
    return f"{day.day} {day:%B %Y}" if has_day else f"{day:%B %Y}"


def cell_fault(cell: SheetCell, field: Field) -> str:
    """What a cell holds instead of a typed answer, such as a formula; blank if it is fine."""
    value, kind = cell.value, cell.data_type
    is_whole = isinstance(value, int) and re.fullmatch("General|[0#,@]+", cell.number_format)
    is_less = kind == "n" and field.name == "printed" and not is_whole
    faults = {
        "a formula": kind == "f",
        "an error of the spreadsheet": kind == "e",
        "TRUE or FALSE": kind == "b",
        "a date that the spreadsheet has made": isinstance(value, DATES),
        "a number, so a zero at its end or a sign beside it is gone": is_less,
        "a number that is not the one it shows": kind == "n" and "%" in cell.number_format,
        f"more than {LONGEST_CELL:,} characters": len(str(value)) > LONGEST_CELL,
    }
    return next((fault for fault, is_so in faults.items() if is_so), "")
