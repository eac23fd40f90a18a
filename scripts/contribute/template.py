"""The template: an empty workbook, or a folder of CSV files with headers, made from the contract.

Its grey rows are rows of the package, so that they show what sound rows look like.
They may stay: a row that the package has already changes nothing.
"""

import io
import re
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.theme import theme_xml

from scripts.contribute.example import Rows, example_keys, rows_of_study
from scripts.contribute.filling import is_needed
from scripts.contribute.labels import SEVERAL, Labels, shown
from scripts.contribute.notes import about
from scripts.contribute.sheets import (
    BESIDE_A_LIMIT,
    LIMITS,
    MAIN,
    NEW_WORDS,
    PARTS,
    SCOPES,
    asked,
    columns,
    edition,
    offered,
    reasons,
    sheet_name,
    sheets,
)
from scripts.package.contract import Contract, Field, Table
from scripts.package.files import Row, csv_text
from scripts.package.opening import Package
from scripts.package.write import new_folder, write_bytes, write_text
from scripts.package.zips import normalised

LISTS, GUIDE = "Lists", "Read me"
ROWS = 500  # that have their drop-downs
INLINE = 255  # characters that a list may have where it stands in the rule of a column, not on a sheet
A_LINE = 70  # characters of a note, whose box is as high as its words need
ALWAYS = (*MAIN, *NEW_WORDS)  # sheets of every template; others only where they hold a row
TOO_LONG = {"reported_values", "sources", "studies"}  # for a list; most point at one of their own
HEAD, NEEDED = PatternFill("solid", fgColor="D9EAE7"), PatternFill("solid", fgColor="9CCBC3")
AS_EXAMPLE = Font(italic=True, color="808080")
GUIDE_TEXT = (
    "How to send a study",
    "",
    "1. Fill the sheets from left to right: {main}. Dark titles have to be filled. The check names the "
    "cell where another is needed too. Move the pointer over a title: its note says what the column holds "
    "and what each word of its list means.",
    "2. One row for each printed number. Copy it as the source prints it, such as “9.0 %”, with its words. "
    "From, To and Qualifier may stay blank where the number is written in digits.",
    "3. A share, its count and its base have three rows. For “37 of 412 (9.0 %)” the row of 9.0 % comes "
    "first: type 37 under “{count}” and 412 under “{base}”. Then one row for 37, "
    "and one for 412. What these two leave blank is taken from the row of the share. The base "
    "needs its own “{scope}” and ages.",
    "4. Say what the result leaves out: one row on the sheet {last} for each limitation.",
    "5. Choose a name from the list, or type the name of a row of your own. Only for what no list has, "
    "fill the other sheets: {further}.",
    "6. You do not know? Leave the cell blank, or choose why it is blank, such as (not reported). "
    "What another cell tells is filled in. Anything else left blank stays blank, never guessed.",
    "7. Short names in the first column may stay blank: they are made for you. With one source and one "
    "study of yours, these cells may stay blank on the other sheets too.",
    "8. The grey rows are an example from the package. Delete them, or leave them: they change nothing.",
    "9. Keep the titles, the sheets and the format Text. No formulas, pictures, comments, hidden rows or "
    "columns of your own.",
    "10. Readings that belong together otherwise, such as the two ends of a change: give their rows short "
    "names of your own, and add a sheet with the name {links} and the titles {of_links}. A limitation of "
    "one reading alone: add a column with the title {value} to the sheet {last}.",
    "",
    "Never send names of people or venues, cases, pictures of children, or anything that is not published.",
    "If it happens, the file is deleted. It is not read further, not copied and not used.",
    "",
    "Check the file in your browser, on the page “Check your file” of the site: nothing is uploaded. "
    "Or with Python: python -m scripts contribute import study.xlsx --dry-run",
    "Then send it with the form “A new source”. A maintainer runs the check again.",
)


def template(package: Package) -> bytes:
    """The empty workbook: the columns that are asked, and an example."""
    return as_file(_book(package, one_row_each(package), is_example=True))


def workbook(package: Package, rows: Rows) -> bytes:
    """A workbook that holds these rows, with each column that one of them fills."""
    return as_file(book_of(package, rows))


def book_of(package: Package, rows: Rows) -> Workbook:
    """The same before it is written."""
    return _book(package, rows, is_example=False)


def as_file(book: Workbook, is_compressed: bool = True) -> bytes:
    """The same bytes each time. Compressed, because it is sent to and fro; not in a browser."""
    # the fonts of forty scripts, which no cell asks for
    book.loaded_theme = re.sub("<a:font script=[^>]*>", "", theme_xml)
    buffer = io.BytesIO()
    book.save(buffer)
    return normalised(buffer.getvalue(), is_compressed)


def write(package: Package, place: Path, study: str) -> None:
    """The template with its example, or filled with a study. KeyError where the package has none such."""
    rows = rows_of_study(package, study) if study else one_row_each(package)
    if place.suffix:
        write_bytes(place, workbook(package, rows) if study else template(package))
    else:
        with new_folder(place) as made:
            for name, text in folder(package, rows).items():
                write_text(made / name, text)


def folder(package: Package, rows: Rows) -> dict[str, str]:
    """The template as CSV files that hold these rows: name and text of each."""
    return {
        f"{table.name}.csv": csv_text(table.header, (row.values() for row in rows[table.name]))
        for table in offered(package.contract)
    }


def one_row_each(package: Package) -> Rows:
    """The rows of the package that show how a share, its count, its base and a limitation look."""
    keys = example_keys(package)
    return {
        table.name: [
            row
            for key in keys.get(table.name, ())
            if (row := package.index(table.name).get(key)) is not None
        ]
        for table in offered(package.contract)
    }


def _book(package: Package, rows: Rows, is_example: bool) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    book.properties.keywords = edition(package.contract)
    _guide(book.create_sheet(GUIDE), package)
    lists = _Lists(book, package)
    for table in (one for one in sheets(package.contract) if rows[one.name] or one.name in ALWAYS):
        some = [_with_parts(row, package) if is_example else row for row in rows[table.name]]
        if table.name == LIMITS:
            some = [_with_scopes(row, rows[SCOPES]) for row in some]
        chosen = asked(table)
        if not is_example:
            chosen = [
                one for one in columns(table) if one in chosen or any(row.get(one.name) for row in some)
            ]
        sheet = book.create_sheet(sheet_name(table))
        _sheet(sheet, table, chosen=chosen, rows=some, lists=lists)
        for cell in (cell for cells in sheet.iter_rows(min_row=2) for cell in cells if is_example):
            cell.font = AS_EXAMPLE
    book.move_sheet(LISTS, len(book.sheetnames))
    return book


def _with_parts(row: Row, package: Package) -> Row:
    """A share with the tokens of its count and its base, as a contributor types them."""
    parts = {
        link["relation"]: package.index("reported_values")[link["from_id"]]["printed"]
        for link in package.rows("links")
        if link["to_id"] == row.get("value_id") and link["relation"] in PARTS
    }
    return row | parts


def _with_scopes(row: Row, scopes: Sequence[Row]) -> Row:
    """A limitation beside what it bears on, as a sheet shows it."""
    own = [one for one in scopes if one["limitation_id"] == row["limitation_id"]]
    beside = {name: SEVERAL.join(one[name] for one in own if one[name]) for name in BESIDE_A_LIMIT}
    return row | beside | {"study_id_reason": row["reach"]}


def _guide(sheet: Worksheet, package: Package) -> None:
    names = _names_in_the_guide(package.contract)
    for line in GUIDE_TEXT:
        sheet.append([line.format(**names)])
    sheet.column_dimensions["A"].width = 95
    for (cell,) in sheet.iter_rows():
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet["A1"].font = Font(bold=True, size=14)


def _names_in_the_guide(contract: Contract) -> dict[str, str]:
    """The titles of sheets and columns, as the contract has them."""
    titles = {table.name: table.title for table in contract.tables}
    links, values, limitations = map(contract.table, ("links", *MAIN[-2:]))
    return {
        "main": ", ".join(titles[name] for name in MAIN),
        "further": ", ".join(titles[name] for name in NEW_WORDS),
        "count": PARTS["numerator_of"].title,
        "base": PARTS["denominator_of"].title,
        "scope": values.by_name["scope_as_printed"].title,
        "last": limitations.title,
        "links": f"“{links.title}”",
        "of_links": ", ".join(f"“{one.title}”" for one in links.fields if is_needed(links, one)),
        "value": f"“{contract.table(SCOPES).by_name['value_id'].title}”",
    }


def _sheet(sheet: Worksheet, table: Table, chosen: list[Field], rows: list[Row], lists: "_Lists") -> None:
    sheet.append([column.title for column in chosen])
    for row in rows:
        sheet.append([shown(column, table, row, lists.labels(table)) for column in chosen])
    for number, column in enumerate(chosen, start=1):
        _column(sheet, get_column_letter(number), column, is_needed(table, column))
        sheet.cell(1, number).comment = _note(table, column, lists.labels(table))
        lists.offer(sheet, get_column_letter(number), table, column)
    sheet.freeze_panes = "B2"


def _note(table: Table, column: Field, labels: dict[str, Labels]) -> Comment:
    """What a title means; with an example, unless a list offers names."""
    is_offered = {key.table for key in table.foreign_keys if key.field == column.name} - TOO_LONG
    example = "" if is_offered else shown(column, table, {column.name: column.example}, labels)
    text = about(table, column, is_needed(table, column), example)
    lines = sum(1 + len(line) // A_LINE for line in text.split("\n"))
    return Comment(text, GUIDE, width=480, height=max(180, 18 * lines))


def _column(sheet: Worksheet, letter: str, column: Field, needed: bool) -> None:
    head = sheet[f"{letter}1"]
    head.font, head.fill = Font(bold=True), NEEDED if needed else HEAD
    width = sheet.column_dimensions[letter]
    width.width, width.number_format = max(14, len(column.title) + 4), "@"
    for row in range(1, sheet.max_row + 1):
        sheet[f"{letter}{row}"].number_format = "@"


class _Lists:
    """The hidden sheet that holds the choices of each drop-down, one list a column."""

    def __init__(self, book: Workbook, package: Package) -> None:
        self._book, self._package = book, package
        self._sheet = book.create_sheet(LISTS)
        self._sheet.sheet_state = "hidden"
        self._names: dict[tuple[str, ...], str] = {}
        self._labels: dict[str, Labels] = {}

    def labels(self, table: Table) -> dict[str, Labels]:
        """The names of the rows that a table may point at."""
        for target in {key.table for key in table.foreign_keys} - {"reported_values", *self._labels}:
            self._labels[target] = Labels(self._package, self._package.contract.table(target))
        return self._labels

    def offer(self, sheet: Worksheet, letter: str, table: Table, column: Field) -> None:
        """Give a column its drop-down: words alone, or names, beside which any other may be typed."""
        words = [one.label for one in column.categories]
        targets = [key.table for key in table.foreign_keys if key.field == column.name]
        labels = [self.labels(table)[one] for one in targets if one not in TOO_LONG]
        names = sorted((name for one in labels for name in one.by_key.values()), key=str.casefold)
        why_blank = sorted(one.label for one in reasons(table, column))
        if choices := (*words, *why_blank, *names):
            drop_down = DataValidation(
                "list", self._range(choices), allow_blank=True, showErrorMessage=bool(words)
            )
            drop_down.error = "Choose a word of the list." if words else None
            drop_down.add(f"{letter}2:{letter}{ROWS}")
            sheet.add_data_validation(drop_down)

    def _range(self, choices: tuple[str, ...]) -> str:
        inline = ",".join(choices)
        if len(inline) <= INLINE and inline.count(",") == len(choices) - 1:
            return f'"{inline}"'
        if choices not in self._names:
            self._names[choices] = self._add(choices)
        return self._names[choices]

    def _add(self, choices: tuple[str, ...]) -> str:
        number = len(self._names) + 1
        letter, name = get_column_letter(number), f"list_{number}"
        for row, word in enumerate(choices, start=1):
            self._sheet[f"{letter}{row}"] = word
        place = f"{LISTS}!${letter}$1:${letter}${len(choices)}"
        self._book.defined_names[name] = DefinedName(name, attr_text=place)
        return f"={name}"
