"""All tables as one Excel workbook: text stays text, numbers are numbers, and nothing is computed."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from scripts.package.opening import Package
from scripts.package.zips import normalised
from scripts.publish.codebook import codebook_rows
from scripts.publish.dataset import Dataset
from scripts.publish.read_me import CITE, heading_lines

AS_TEXT = "@"  # the format that keeps Excel from reading 2015-06 as a date when a cell is edited
FIRST = "values"  # the sheet that most readers want
NARROWEST, WIDEST = 8, 60  # characters of a column
Cell = str | int | float | None


def workbook(package: Package, dataset: Dataset) -> bytes:
    """Write the sheets: what to know first, the codebook, the values, then each other table."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = dataset.title, "; ".join(dataset.creators)
    _read_me(book, dataset)
    codebook = codebook_rows(dataset.tables)
    _add(book, "Codebook", list(codebook[0]), [list(row.values()) for row in codebook])
    for table in sorted(dataset.tables, key=lambda table: table.name != FIRST):
        rows = [list(table.typed(row).values()) for row in package.rows(table.name)]
        _add(book, table.name, table.header, rows)
    buffer = io.BytesIO()
    book.save(buffer)
    return normalised(buffer.getvalue(), is_compressed=True)


def _read_me(book: Workbook, dataset: Dataset) -> None:
    sheet = book.create_sheet("Read me")
    sheet.column_dimensions["A"].width = 110
    lines = [
        *heading_lines(dataset),
        "The sheet Codebook says what each column holds, and what a blank cell in it means.",
        CITE,
        *(f"{table.name} – {table.title}: {table.description}" for table in dataset.tables),
    ]
    for number, line in enumerate(lines):
        cell = _text(sheet, line)
        cell.font = Font(bold=number == 0)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append([cell])


def _add(book: Workbook, name: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Add a sheet whose header stays in sight, with a filter and columns as wide as most of their cells."""
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{len(rows) + 1}"
    for number, column in enumerate(header):
        lengths = sorted(len(str(row[number])) for row in rows if row[number] is not None)
        usual = lengths[len(lengths) * 9 // 10] if lengths else 0
        width = min(max(NARROWEST, len(column) + 4, usual + 2), WIDEST)
        sheet.column_dimensions[get_column_letter(number + 1)].width = width
    titles = [_text(sheet, column) for column in header]
    for title in titles:
        title.font = Font(bold=True)
    sheet.append(titles)
    for row in rows:
        sheet.append([_cell(sheet, cell) for cell in row])


def _cell(sheet: object, value: Cell) -> Any:
    """Text is marked as text, or what begins with = would be a formula and #N/A an error."""
    return (_text(sheet, value) if value else None) if isinstance(value, str) else value


def _text(sheet: object, value: str) -> Any:
    cell = WriteOnlyCell(sheet, value)
    cell.data_type, cell.number_format = "s", AS_TEXT
    return cell
