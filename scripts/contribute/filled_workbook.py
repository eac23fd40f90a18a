"""Reads a contributed workbook. It is hostile until read, and nothing in it is run.

Whatever a person would overlook or a program would read otherwise is a finding at its sheet and cell.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.chartsheet import Chartsheet
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from scripts.checks.contribution_rules import CELL, COLUMN, FILE, LAYOUT, SHEET
from scripts.contribute.cell_text import Tidying, fault_of_cell, plain, typed_in
from scripts.contribute.filling import is_needed
from scripts.contribute.labels import word_of
from scripts.contribute.printed_result import in_plain_digits
from scripts.contribute.sheets import (
    PARTS,
    Contribution,
    Entry,
    asked,
    columns,
    edition,
    reasons,
    sheet_name,
    sheets,
)
from scripts.contribute.taken_as import taken
from scripts.contribute.template import GUIDE, LISTS
from scripts.contribute.workbook_file import NoWorkbook, opened
from scripts.findings import Cell, Finding, Rule, did_you_mean, finding, shown
from scripts.package.contract import Contract, Field, Table

FILL_IN = "Fill in the rows below the titles, from the first sheet on, and save."
OLDER = "The workbook is of an older template, or its titles were changed. Other ones now: {}."
FILL_ANEW = "Download the template again, and copy your rows below the same titles there."
NUMBERS = ("integer", "number")  # types of columns whose digits may be those of another script
STRUCK = "The cell is struck out."
MOST_CELLS = 200_000  # rows times columns, up to the last one that holds something

Read = tuple[list[Entry], list[Finding]]


def read(path: Path, contract: Contract) -> Contribution:
    """Read every sheet of the template that the workbook has."""
    try:
        book = opened(path)
    except NoWorkbook as fault:
        value = f"{path.name}, {path.stat().st_size:,} bytes" if path.is_file() else path.name
        return Contribution([], [finding(FILE, path.name, fault.message, value=value, fix=fault.fix)])
    return read_book(book, path.name, contract)


def read_book(book: Workbook, file: str, contract: Contract) -> Contribution:
    """The same for a workbook in memory, which is or will be a file of this name."""
    tables = {sheet_name(table): table for table in sheets(contract)}
    entries: list[Entry] = []
    tidying = Tidying()
    findings = list(_unknown_sheets(book, file, tables))
    for title, table in tables.items():
        if title in book.sheetnames:
            read_entries, found = _Sheet(book[title], file, table, tidying).read()
            entries += read_entries
            findings += found
    if not entries and not findings:
        findings.append(finding(FILE, file, "The workbook has no row.", fix=FILL_IN))
    others = [one.cell or f"sheet “{one.value}”" for one in findings if one.rule in (SHEET.id, COLUMN.id)]
    if others and GUIDE in book.sheetnames and book.properties.keywords != edition(contract):
        message = OLDER.format(", ".join(dict.fromkeys(others)))  # in place of one finding for each of them
        findings = [finding(FILE, file, message, value=file, fix=FILL_ANEW)]
    return Contribution(entries, findings, tidying.said(), book if tidying.cells else None)


def _unknown_sheets(book: Workbook, file: str, tables: Mapping[str, Table]) -> Iterator[Finding]:
    """Every sheet that is not read and holds something, with the name that was perhaps meant."""
    known = [*tables, GUIDE, LISTS]
    for name in book.sheetnames:
        sheet = book[name]
        if name not in known and (not isinstance(sheet, Worksheet) or _filled(sheet)):
            meant = _of_these_titles(sheet, tables) or did_you_mean(name.strip(), known)
            message = f"The template has no sheet of this name, so it is not read.{meant}"
            yield finding(SHEET, file, message, value=name)


def _of_these_titles(sheet: Worksheet | Chartsheet, tables: Mapping[str, Table]) -> str:
    """The sheet of the template that has most of these titles in its first row."""
    if not isinstance(sheet, Worksheet):
        return ""
    titles = {str(cell.value) for cell in sheet[1]}
    shared = {name: len(titles & {one.title for one in asked(table)}) for name, table in tables.items()}
    best = max(shared, key=lambda name: shared[name])
    return f" Its titles are those of “{best}”." if shared[best] > 2 else ""


def _quoted(titles: list[str]) -> str:
    return ", ".join(f"“{title}”" for title in titles)


def _filled(sheet: Worksheet) -> list[SheetCell]:
    """The cells that hold something, row by row."""
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    return [cell for cell in cells if isinstance(cell, SheetCell) and str(cell.value).strip()]


class _Sheet:
    """One sheet: finds its columns by their titles, then reads row after row."""

    def __init__(self, sheet: Worksheet, file: str, table: Table, tidying: Tidying) -> None:
        self._sheet, self._file, self._table, self._tidying = sheet, file, table, tidying
        self._found: list[Finding] = []
        self._columns: dict[int, Field] = {}
        self._titles = {column.name: column.title for column in columns(table)}

    def read(self) -> Read:
        """The rows of the sheet, and what is wrong with it."""
        if self._is_too_large():
            return [], self._found
        cells = _filled(self._sheet)
        self._find_columns([cell for cell in cells if cell.row == 1])
        self._look_at_layout(cells)
        if self._found:
            return [], self._found
        rows: dict[int, list[SheetCell]] = {}
        for cell in cells:
            rows.setdefault(cell.row, []).append(cell)
        self._tidying.blank_rows += max(rows, default=0) - len(rows)
        entries = [self._entry(number, some) for number, some in rows.items() if number > 1]
        return entries, self._found

    def _is_too_large(self) -> bool:
        rows, columns = self._sheet.max_row, self._sheet.max_column
        if rows * columns > MOST_CELLS:
            corner = f"{get_column_letter(columns)}{rows}"
            message = f"The sheet reaches to {corner}, which is more than {MOST_CELLS:,} cells."
            fix = "Delete the rows and columns below and to the right of your table."
            self._report(LAYOUT, message, corner, fix=fix)
        return bool(self._found)

    def _report(
        self, rule: Rule, message: str, cell: str = "", *, name: str = "", value: object = "", fix: str = ""
    ) -> None:
        line = int(next(iter(re.findall("[0-9]+", cell)), 0))
        found = finding(rule, self._file, message, line=line, field=name, value=value, fix=fix)
        self._found.append(found.at(Cell(self._place(cell, name), self._table.name, line, name)))

    def _place(self, cell: str, name: str = "") -> str:
        titles = self._titles
        parts = [f"sheet “{self._sheet.title}”", f"cell {cell}" if cell else ""]
        return ", ".join(filter(None, [*parts, f"column “{titles[name]}”" if name else ""]))

    def _find_columns(self, header: list[SheetCell]) -> None:
        titles = {column.title: column for column in columns(self._table)}
        needed = [column.title for column in asked(self._table)]
        found = [(cell, " ".join(str(cell.value).split())) for cell in header]
        if not {title for _, title in found} & set(titles):
            fix = f"Put the titles of the template into row 1: {', '.join(needed)}."
            if {*needed[:3]} <= {str(cell.value) for row in self._sheet.iter_rows(2, 9) for cell in row}:
                fix = "Delete the rows above the titles, so that these stand in row 1."
            self._report(COLUMN, "Row 1 holds no title of the template.", "A1", fix=fix)
            return
        for title, times in Counter(title for _, title in found).items():
            if times > 1:
                self._report(COLUMN, f"{times} columns have this title.", value=title)
        self._columns = {cell.column: titles[title] for cell, title in found if title in titles}
        unknown = [(cell, title) for cell, title in found if title not in titles]
        there = {title for _, title in found}
        missing = [  # a column that may stay blank may be gone, unless another title stands in its place
            column.title
            for column in asked(self._table)
            if column.title not in there and (unknown or is_needed(self._table, column))
        ]
        if missing:  # and, in the same breath, those that may stand in their place
            instead = f"; found instead {_quoted([title for _, title in unknown])}" if unknown else ""
            place, value = (unknown[0][0].coordinate, unknown[0][1]) if unknown else ("", "")
            self._report(COLUMN, f"Missing: {_quoted(missing)}{instead}.", place, value=value)
            return
        for cell, title in unknown:
            message = "The template has no column of this title, so it is not read."
            fix = "Delete the column. Names of people are never sent."
            self._report(COLUMN, message, cell.coordinate, value=title, fix=fix)

    def _look_at_layout(self, cells: list[SheetCell]) -> None:
        for message, place, fix in self._faults_of_layout(cells):
            struck = self._sheet[place] if message == STRUCK else None
            value = shown(typed_in(struck)) if isinstance(struck, SheetCell) else ""
            self._report(LAYOUT, message, place, value=value, fix=fix)

    def _faults_of_layout(self, cells: list[SheetCell]) -> Iterator[tuple[str, str, str]]:
        """What is overlooked or was not meant to be sent: what it is, where, and what to do."""
        for merged in self._sheet.merged_cells.ranges:
            fix = "Unmerge these cells, and fill each of them."
            yield "These cells are merged into one.", merged.coord, fix
        if not self._columns:
            return
        rows = sorted({cell.row for cell in cells})
        if self._sheet.sheet_state != "visible" and len(rows) > 1:
            yield "The sheet is hidden, and it holds rows.", "", "Show the sheet, or empty it."
        for row in (row for row in rows if self._sheet.row_dimensions[row].hidden):
            fix = "Show the row, with the filter taken off if there is one; or delete it."
            yield f"Row {row} is hidden.", f"A{row}", fix
        for cell in (cell for cell in cells if cell.font.strike and cell.row > 1):
            yield STRUCK, cell.coordinate, "Delete what you do not mean, or remove the line through it."
        for cell in (cell for row in self._sheet.iter_rows(min_row=2) for cell in row if cell.comment):
            fix = "Delete the comment. Names of people and cases are never sent."
            yield "The cell has a comment, which is not read.", cell.coordinate, fix
        for letter in (get_column_letter(number) for number in self._columns if self._is_hidden(number)):
            yield f"Column {letter} is hidden.", f"{letter}1", "Show the column."
        outside = {cell.column: cell for cell in reversed(cells) if cell.row > 1}
        for number in sorted(outside.keys() - self._columns):
            if self._sheet.cell(1, number).value is None:
                letter = get_column_letter(number)
                fix = "Give the column its title, or delete it. Names of people are never sent."
                yield (
                    f"Column {letter} has no title, so it would not be read.",
                    outside[number].coordinate,
                    fix,
                )
        titles = {column.title for column in columns(self._table)}
        repeated = Counter(cell.row for cell in cells if str(cell.value).strip() in titles and cell.row > 1)
        for row in [row for row, times in repeated.items() if times > 1][:1]:  # another table begins so
            fix = "Delete this row. A second table goes on a sheet of its own."
            yield f"Row {row} holds titles of columns again.", f"A{row}", fix

    def _is_hidden(self, number: int) -> bool:
        """A group of columns that are hidden together is stored as one."""
        return any(
            width.hidden and (width.min or 0) <= number <= (width.max or 0)
            for width in self._sheet.column_dimensions.values()
        )

    def _entry(self, number: int, cells: list[SheetCell]) -> Entry:
        row = dict.fromkeys((*self._table.header, *PARTS), "")
        by_column = {cell.column: cell for cell in cells}
        places, typed = {}, {}
        for column, field in self._columns.items():
            place = self._place(f"{get_column_letter(column)}{number}", field.name)
            places[field.name] = Cell(place, self._table.name, number, field.name)
            if column in by_column:
                typed[field.name] = self._text(by_column[column], field)
                row |= self._answer(typed[field.name], field)
        parts = {relation: row.pop(relation) for relation in PARTS}
        return Entry(
            table=self._table.name,
            cells=row,
            file=self._file,
            line=number,
            places=places,
            typed=typed,
            parts={relation: token for relation, token in parts.items() if token},
        )

    def _answer(self, text: str, field: Field) -> dict[str, str]:
        """A coded word as the contract spells it, and a reason under its own name."""
        if field.is_date or field.type in NUMBERS:
            text = in_plain_digits(text)
        why_blank = word_of(text, reasons(self._table, field))
        if why_blank and not (field.is_free_text and text[:1] + text[-1:] != "()"):
            return {f"{field.name}_reason": why_blank}
        return {field.name: word_of(text, field.categories) or taken(field, text)}

    def _text(self, cell: SheetCell, field: Field) -> str:
        """What a cell says, as text; a finding where a spreadsheet has made something else of it."""
        if fault := fault_of_cell(cell, field):
            message, fix = fault
            self._report(
                CELL, message, cell.coordinate, name=field.name, value=shown(typed_in(cell)), fix=fix
            )
            return ""
        text = self._tidying.tidy(plain(cell.value))
        if isinstance(cell.value, str):  # in place, for a copy of the workbook that is tidy
            cell.value = text
        return text
