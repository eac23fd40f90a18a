"""The rows of a worksheet as XML.

openpyxl makes several objects for each cell, so a hundred thousand cells take seconds. It therefore writes
only the headers of the sheets, and the rows below them are inserted into its XML as text.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import count
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.utils.exceptions import IllegalCharacterError

from scripts.package.contract import Value
from scripts.package.reproducible_zip import pack_reproducible_zip, unzip_files

LONGEST = 32_767  # characters that a cell can hold
END = "</sheetData>"

Cell = Value | None


def rows_as_xml(rows: Iterable[Sequence[Cell]], text_style: int, day_style: int) -> str:
    """The rows below a header as XML; the styles are the numbers that the workbook gave to cell styles.

    Raises IllegalCharacterError for a control character, as openpyxl does.
    """
    xml = "".join(
        f'<row r="{number}">{_cells_as_xml(row, number, text_style, day_style)}</row>'
        for number, row in zip(count(2), rows, strict=False)
    )
    if found := ILLEGAL_CHARACTERS_RE.search(xml):
        raise IllegalCharacterError(f"{found[0]!r} cannot be used in worksheets.")
    return xml


def _cells_as_xml(row: Sequence[Cell], number: int, text_style: int, day_style: int) -> str:
    return "".join(
        _cell_as_xml(f"{get_column_letter(column)}{number}", cell, text_style, day_style)
        for column, cell in enumerate(row, start=1)
        if cell not in (None, "")
    )


def _cell_as_xml(place: str, cell: Cell, text_style: int, day_style: int) -> str:
    """A cell with an explicit type, since text starting with = would otherwise become a formula."""
    if isinstance(cell, str):
        kept = "" if cell == cell.strip() else ' xml:space="preserve"'
        words = f"<is><t{kept}>{escape(cell[:LONGEST])}</t></is>"
        return f'<c r="{place}" s="{text_style}" t="inlineStr">{words}</c>'
    if isinstance(cell, bool):
        return f'<c r="{place}" t="b"><v>{cell:d}</v></c>'
    if isinstance(cell, date):
        return f'<c r="{place}" s="{day_style}" t="n"><v>{to_excel(cell):.16g}</v></c>'
    return f'<c r="{place}" t="n"><v>{cell:.16g}</v></c>'


def workbook_with_rows(book: Workbook, xml_by_sheet: Mapping[str, str]) -> bytes:
    """The bytes of the workbook, with these rows inserted below the headers of its sheets."""
    buffer = io.BytesIO()
    book.save(buffer)
    files = unzip_files(buffer.getvalue())
    for name, xml in xml_by_sheet.items():
        place = book[name].path.removeprefix("/")
        files[place] = files[place].decode().replace(END, xml + END, 1).encode()
    return pack_reproducible_zip(files, as_given=True)
