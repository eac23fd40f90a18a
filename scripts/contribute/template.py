"""Make the template for contributions: a workbook, or a folder of CSV files, empty or with a study."""

import io
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.theme import theme_xml

from scripts.contribute import contribution_layout
from scripts.contribute.contribution_layout import LIMITS, SCOPES, VALUES
from scripts.contribute.key_labels import SEVERAL, Labels, displayed_cell
from scripts.package.atomic_write import (
    remove_leftover_temporary_files,
    replace_folder_atomically,
    write_bytes_atomically,
    write_text_atomically,
)
from scripts.package.contract import Category, Contract, Field, Table
from scripts.package.files import Row, csv_text
from scripts.package.package import Package
from scripts.package.reproducible_zip import remove_workbook_timestamps

Rows = Mapping[str, list[Row]]
OF_A_LIMIT = "limitation_id"  # only scopes of limitations are taken; editors add the others
NOT_FOLLOWED = ("studies", VALUES)  # rows of other studies do not belong to this one
MADE = "Short name of the row. It may stay blank: it is made for you."
LISTS, GUIDE, DEFINITIONS = "Lists", "Read me", "Definitions"
SEE = f"The sheet “{DEFINITIONS}” says what each of them means."
ROWS = 500  # with drop-downs
A_LINE = 70  # the characters in a line of a note, to size its box
TOO_LONG = {"reported_values", "sources", "studies"}  # for a drop-down
HEAD, NEEDED = PatternFill("solid", fgColor="D9EAE7"), PatternFill("solid", fgColor="9CCBC3")


def empty_workbook(package: Package) -> bytes:
    """The empty workbook, with the columns that contributors are asked to fill."""
    return workbook_bytes(build_workbook(package, {}))


def workbook_with_rows(package: Package, rows: Rows) -> bytes:
    """A workbook with these rows, and with every column that at least one of them fills."""
    return workbook_bytes(build_workbook(package, rows))


def workbook_bytes(book: Workbook, is_compressed: bool = True) -> bytes:
    """The workbook as bytes, the same each time; compressed, unless it is made in a browser."""
    # Drop the fonts for forty scripts, which no cell uses.
    book.loaded_theme = re.sub("<a:font script=[^>]*>", "", theme_xml)
    buffer = io.BytesIO()
    book.save(buffer)
    return remove_workbook_timestamps(buffer.getvalue(), is_compressed)


def write_template(package: Package, place: Path, study: str) -> None:
    """Write the template, empty or with a study: a workbook or, if `place` has no suffix, CSV files.

    Raises KeyError for an unknown study.
    """
    rows = rows_of_study(package, study) if study else {}
    if place.suffix:
        write_bytes_atomically(place, workbook_with_rows(package, rows))
        remove_leftover_temporary_files(place)
    else:
        with replace_folder_atomically(place) as folder:
            for name, text in csv_template(package, rows).items():
                write_text_atomically(folder / name, text)


def csv_template(package: Package, rows: Rows) -> dict[str, str]:
    """The template as CSV files with these rows, by file name."""
    tables = contribution_layout.contribution_tables(package.contract)
    headers = {
        table.name: [*table.column_names, *(contribution_layout.PARTS if table.name == VALUES else ())]
        for table in tables
    }
    return {
        f"{name}.csv": csv_text(
            header, ([row.get(column, "") for column in header] for row in rows.get(name, ()))
        )
        for name, header in headers.items()
    }


def rows_of_study(package: Package, study_id: str) -> Rows:
    """All rows that make up a study, by table; raises KeyError for an unknown study."""
    tables = contribution_layout.contribution_tables(package.contract)
    chosen: dict[str, set[str]] = {table.name: set() for table in tables}  # keys
    chosen["studies"].add(package.row("studies", study_id)["study_id"])
    for target in NOT_FOLLOWED:  # rows that refer to the study, then those that refer to its values
        _choose_referring_rows(target, chosen, package)
    while referenced := _referenced_keys(chosen, package):
        for name, keys in referenced.items():
            chosen[name] |= keys
    return {
        table.name: [row for row in package.rows(table.name) if table.key_of(row) in chosen[table.name]]
        for table in tables
    }


def _choose_referring_rows(target: str, chosen: dict[str, set[str]], package: Package) -> None:
    """Add to `chosen` the rows in other tables that refer to a chosen row of the target table."""
    for table in (table for table in map(package.contract.table, chosen) if table.name != target):
        rows = [row for row in package.rows(table.name) if row.get(OF_A_LIMIT, "-")]
        for key in (key for key in table.foreign_keys if key.table == target):
            hanging = [row for row in rows if row[key.field] in chosen[target]]
            chosen[table.name] |= {*map(table.key_of, hanging)}


def _referenced_keys(chosen: Mapping[str, set[str]], package: Package) -> dict[str, set[str]]:
    """The keys, by table, of rows that are not chosen yet, but to which chosen rows refer."""
    pointed: dict[str, set[str]] = defaultdict(set)
    for table in map(package.contract.table, chosen):
        rows = [package.row(table.name, row_key) for row_key in chosen[table.name]]
        for key in table.foreign_keys:
            if key.table in chosen and key.table not in NOT_FOLLOWED:
                pointed[key.table] |= {row[key.field] for row in rows} - {"", *chosen[key.table]}
    return {name: keys for name, keys in pointed.items() if keys}


def build_workbook(package: Package, rows: Rows) -> Workbook:
    """The template as an openpyxl workbook, with these rows."""
    book = Workbook()
    book.remove(book.active)
    _write_guide(book.create_sheet(GUIDE), package.contract)
    lists = _DropDownLists(book, package)
    for table in contribution_layout.sheet_tables(package.contract):
        table_rows = rows.get(table.name, [])
        if table.name == LIMITS:
            table_rows = [_add_scope_cells(row, rows[SCOPES]) for row in table_rows]
        if table_rows or table.name in contribution_layout.ALWAYS:
            sheet = book.create_sheet(contribution_layout.sheet_name(table))
            _write_sheet(
                sheet,
                table,
                chosen=_required_and_filled_columns(table, table_rows),
                rows=table_rows,
                lists=lists,
            )
    _write_definitions(book.create_sheet(DEFINITIONS), package.contract.table("indicators"), package)
    book.move_sheet(LISTS, len(book.sheetnames))
    return book


def _write_definitions(sheet: Worksheet, table: Table, package: Package) -> None:
    """Write what each indicator means, next to the name that people choose in the sheet for readings."""
    columns = [table.field_by_name[name] for name in ("name", "definition")]
    sheet.append([column.title for column in columns])
    labels = Labels(package, table).by_key
    named = [(labels[table.key_of(row)], row["definition"]) for row in package.rows(table.name)]
    for name_and_definition in sorted(named, key=lambda row: row[0].casefold()):
        sheet.append(name_and_definition)
    for letter, width in (("A", 50), ("B", 110)):
        sheet.column_dimensions[letter].width = width
        sheet[f"{letter}1"].font = Font(bold=True)
    sheet.freeze_panes = "A2"


def _required_and_filled_columns(table: Table, rows: Sequence[Row]) -> list[Field]:
    """The columns that every sheet must have, and those that at least one row fills."""
    required = contribution_layout.required_columns(table)
    return [
        column
        for column in contribution_layout.sheet_columns(table)
        if column in required or any(row.get(column.name) for row in rows)
    ]


def _add_scope_cells(row: Row, scopes: Sequence[Row]) -> Row:
    """A limitation as the sheet shows it, with the studies and values to which it applies."""
    scopes_of_limitation = [scope for scope in scopes if scope["limitation_id"] == row["limitation_id"]]
    beside = {
        name: SEVERAL.join(scope[name] for scope in scopes_of_limitation if scope[name])
        for name in contribution_layout.BESIDE_A_LIMIT
    }
    return row | beside | {"study_id_reason": row["reach"]}


def _write_guide(sheet: Worksheet, contract: Contract) -> None:
    """Write the guide from guide.txt, with the titles of tables and columns filled in."""
    tables = contract.tables
    titles = {table.name: table.title for table in tables}
    named = {
        table.name: {column.name: column.title for column in contribution_layout.sheet_columns(table)}
        for table in tables
    }
    text = (resources.files("scripts.contribute") / "guide.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        sheet.append([line.format(titles=titles, **named)])
    sheet.column_dimensions["A"].width = 95
    for (cell,) in sheet.iter_rows():
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet["A1"].font = Font(bold=True, size=14)


def _write_sheet(
    sheet: Worksheet, table: Table, chosen: list[Field], rows: list[Row], lists: "_DropDownLists"
) -> None:
    sheet.append([column.title for column in chosen])
    for row in rows:
        sheet.append([displayed_cell(column, table, row, lists.labels(table)) for column in chosen])
    for number, column in enumerate(chosen, start=1):
        _format_column(
            sheet, get_column_letter(number), column, contribution_layout.is_needed(table, column)
        )
        sheet.cell(1, number).comment = _column_comment(table, column, lists.labels(table))
        lists.add_drop_down(sheet, get_column_letter(number), table, column)
    sheet.freeze_panes = "B2"


def _column_comment(table: Table, column: Field, labels: dict[str, Labels]) -> Comment:
    """A comment that explains a column, with an example unless a list offers names."""
    is_offered = {key.table for key in table.foreign_keys if key.field == column.name} - TOO_LONG
    example = "" if is_offered else displayed_cell(column, table, {column.name: column.example}, labels)
    text = column_help(table, column, example)
    if (table.name, column.name) == (VALUES, "indicator_id"):
        text = f"{text}\n{SEE}"
    lines = sum(1 + len(line) // A_LINE for line in text.split("\n"))
    return Comment(text, GUIDE, width=480, height=max(180, 18 * lines))


def column_help(table: Table, column: Field, example: str) -> str:
    """What a contributor needs to know about a column, with an example as it would look in a cell."""
    needed = "Has to be filled. " if contribution_layout.is_needed(table, column) else ""
    description = (
        MADE if table.primary_key == (column.name,) else contribution_layout.column_description(column)
    )
    unit = f" Unit: {column.unit}." if column.unit else ""
    example_sentence = f" Example: {example.removesuffix('.')}." if example else ""
    words = [
        *map(
            _code_with_explanation, (*column.categories, *contribution_layout.blank_reasons(table, column))
        )
    ]
    return "\n".join([f"{needed}{description}{unit}{example_sentence}", *([""] if words else []), *words])


def _code_with_explanation(word: Category) -> str:
    """The label of a code, with the explanation of the code if it has one."""
    return f"{word.label} – {word.description}" if word.description else word.label


def _format_column(sheet: Worksheet, letter: str, column: Field, needed: bool) -> None:
    head = sheet[f"{letter}1"]
    head.font, head.fill = Font(bold=True), NEEDED if needed else HEAD
    width = sheet.column_dimensions[letter]
    width.width, width.number_format = max(14, len(column.title) + 4), "@"
    for row in range(1, sheet.max_row + 1):
        sheet[f"{letter}{row}"].number_format = "@"


class _DropDownLists:
    """The hidden sheet with the choices for the drop-downs, one list per column."""

    def __init__(self, book: Workbook, package: Package) -> None:
        self._package = package
        self._sheet = book.create_sheet(LISTS)
        self._sheet.sheet_state = "hidden"
        self._ranges: dict[tuple[str, ...], str] = {}
        self._labels: dict[str, Labels] = {}

    def labels(self, table: Table) -> dict[str, Labels]:
        """The labels of the rows to which a table may refer, by table; readings have none."""
        for target in {key.table for key in table.foreign_keys} - {"reported_values", *self._labels}:
            self._labels[target] = Labels(self._package, self._package.contract.table(target))
        return self._labels

    def add_drop_down(self, sheet: Worksheet, letter: str, table: Table, column: Field) -> None:
        """Add a drop-down to a column: a closed list of codes, or suggested names."""
        words = [word.label for word in column.categories]
        is_closed = bool(words) and not column.is_list  # several terms have to be typed
        targets = [key.table for key in table.foreign_keys if key.field == column.name]
        labels = [self.labels(table)[target] for target in targets if target not in TOO_LONG]
        names = sorted((name for target in labels for name in target.by_key.values()), key=str.casefold)
        why_blank = sorted(why.label for why in contribution_layout.blank_reasons(table, column))
        if choices := (*words, *why_blank, *names):
            drop_down = DataValidation(
                "list", self._range_of_choices(choices), allow_blank=True, showErrorMessage=is_closed
            )
            drop_down.error = "Choose a word of the list." if is_closed else None
            drop_down.add(f"{letter}2:{letter}{ROWS}")
            sheet.add_data_validation(drop_down)

    def _range_of_choices(self, choices: tuple[str, ...]) -> str:
        """A reference to the range with these choices, which is added if it is new."""
        if choices not in self._ranges:
            letter = get_column_letter(len(self._ranges) + 1)
            for row, word in enumerate(choices, start=1):
                self._sheet[f"{letter}{row}"] = word
            self._ranges[choices] = f"{LISTS}!${letter}$1:${letter}${len(choices)}"
        return f"={self._ranges[choices]}"
