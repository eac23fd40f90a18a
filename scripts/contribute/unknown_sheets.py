"""Sheets that the template does not have: each is named, because its rows would be lost without a word."""

import difflib
from collections.abc import Iterator, Mapping

from openpyxl.chartsheet import Chartsheet
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from scripts.checks.contribution_rules import SHEET
from scripts.contribute.sheets import asked
from scripts.contribute.template import GUIDE, LISTS
from scripts.findings import Finding, finding
from scripts.package.contract import Table


def unknown_sheets(book: Workbook, file: str, tables: Mapping[str, Table]) -> Iterator[Finding]:
    """Every sheet that is not read and holds something, with the name that was perhaps meant."""
    known = [*tables, GUIDE, LISTS]
    for name in book.sheetnames:
        if name not in known and not _is_blank(book[name]):
            meant = _of_these_titles(book[name], tables) or _close(name, known)
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


def _close(name: str, known: list[str]) -> str:
    words = {word.casefold(): word for word in known}
    close = difflib.get_close_matches(name.casefold().strip(), words, 1)
    return f" Did you mean “{words[close[0]]}”?" if close else ""


def _is_blank(sheet: Worksheet | Chartsheet) -> bool:
    """A sheet that a spreadsheet makes of its own accord, such as Sheet1."""
    return (
        isinstance(sheet, Worksheet)
        and sheet.max_row == sheet.max_column == 1
        and sheet["A1"].value is None
    )
