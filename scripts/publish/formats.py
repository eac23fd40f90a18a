"""The tables in the formats that readers use: codebook, Excel, SQLite, Stata and Parquet.

Text stays text, numbers are numbers, blank cells are missing values, and nothing is computed.
"""

import io
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import jinja2
import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from scripts.package.contract import Field, Table
from scripts.package.files import Row, csv_text
from scripts.package.package import Package
from scripts.package.reproducible_zip import NO_TIME, remove_workbook_timestamps
from scripts.package.sql_quoting import quote_literal, quote_name
from scripts.publish.dataset import CITE, DescribedDataset
from scripts.publish.sheet_rows_xml import Cell, rows_as_xml, workbook_with_rows

TEMPLATES = Path(__file__).parent / "templates"
AS_TEXT = "@"  # the format that keeps Excel from turning 2015-06 into a date when a cell is edited
FLAT = "values"  # the table of all figures, the only one for Stata
NARROWEST, WIDEST = 8, 60  # characters of a column
SQLITE_TYPES = {
    "string": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "date": "TEXT",  # SQLite has no type for dates, nor for booleans
    "boolean": "INTEGER",
}
VERSION_OF_LIBRARY = slice(96, 100)  # bytes of the header that differ between builds and are never read
PAGE_SIZE = 4096
HOW = "(FORMAT parquet, COMPRESSION zstd)"
LONGEST_LABEL = 80  # characters, the limit of Stata's format
STATA_VERSION = 118  # of the file format, the first that holds UTF-8


def codebook_rows(tables: Sequence[Table]) -> list[Row]:
    """The rows of the codebook (data dictionary): one for each column of each table, as text."""
    return [
        _codebook_row(table, field, position)
        for table in tables
        for position, field in enumerate(table.fields, start=1)
    ]


def _codebook_row(table: Table, field: Field, position: int) -> Row:
    rules = field.constraints
    targets = [f"{key.table}.{key.key}" for key in table.foreign_keys if key.field == field.name]
    return {
        "table": table.name,
        "column": field.name,
        "position": str(position),
        "type": field.type,
        "unit": field.unit,
        "title": field.title,
        "description": field.description,
        "blank_allowed": "no" if rules.get("required") else "yes",
        "blank_means": field.blank,
        "allowed_values": "; ".join(field.label_by_code),
        "allowed_values_mean": "\n".join(
            f"{category.value}: {category.label_and_description}" for category in field.categories
        ),
        "pattern": rules.get("pattern", ""),
        "minimum": str(rules.get("minimum", "")),
        "maximum": str(rules.get("maximum", "")),
        "key": "key" if field.name in table.primary_key else "",
        "refers_to": "; ".join(targets),
        "example": field.example,
    }


def codebook_csv(tables: Sequence[Table]) -> str:
    """The codebook as CSV, with a line for each column of each table."""
    rows = codebook_rows(tables)
    return csv_text(rows[0], [row.values() for row in rows])


def codebook_html(dataset: DescribedDataset) -> str:
    """The codebook as one page, with all text escaped."""
    loader = jinja2.FileSystemLoader(TEMPLATES)
    environment = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    rows = codebook_rows(dataset.tables)
    return environment.get_template("codebook.html").render(dataset=dataset, rows=rows)


def excel_workbook_file(package: Package, dataset: DescribedDataset) -> dict[str, bytes]:
    """An Excel workbook: a read-me, the first table, the codebook, then the other tables."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = dataset.title, "; ".join(dataset.creators)
    _add_read_me_sheet(book, dataset)
    first, *others = dataset.tables
    xml = {first.name: _add_table_sheet(book, package, first)}
    codebook = codebook_rows(dataset.tables)
    cells = [list(row.values()) for row in codebook]
    xml["Codebook"] = add_filtered_sheet(book, "Codebook", list(codebook[0]), cells)
    xml |= {table.name: _add_table_sheet(book, package, table) for table in others}
    whole = remove_workbook_timestamps(workbook_with_rows(book, xml), is_compressed=True)
    return {f"{dataset.release_file_stem}.xlsx": whole}


def _add_table_sheet(book: Workbook, package: Package, table: Table) -> str:
    rows = [list(table.typed_row(row).values()) for row in package.rows(table.name)]
    return add_filtered_sheet(book, table.name, table.column_names, rows)


def _add_read_me_sheet(book: Workbook, dataset: DescribedDataset) -> None:
    sheet = book.create_sheet("Read me")
    sheet.column_dimensions["A"].width = 110
    lines = [
        *dataset.title_version_description,
        "The sheet Codebook says what each column holds, and what a blank cell in it means.",
        CITE,
        *(f"To filter {FLAT}. {want}: {cells}" for want, cells in dataset.suggested_value_filters.items()),
        *(f"{table.name} – {table.title}: {table.description}" for table in dataset.tables),
    ]
    for number, line in enumerate(lines):
        cell = _text_excel_cell(sheet, line)
        cell.font = Font(bold=number == 0)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append([cell])


def add_filtered_sheet(
    book: Workbook, name: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> str:
    """Add a sheet with a frozen header, a filter, and columns wide enough for most cells.

    The rows are returned as XML for `workbook_with_rows`.
    """
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{len(rows) + 1}"
    for number, column in enumerate(header):
        lengths = sorted(len(str(row[number])) for row in rows if row[number] is not None)
        usual = lengths[len(lengths) * 9 // 10] if lengths else 0
        width = min(max(NARROWEST, len(column) + 4, usual + 2), WIDEST)
        sheet.column_dimensions[get_column_letter(number + 1)].width = width
    titles = [_text_excel_cell(sheet, column) for column in header]
    for title in titles:
        title.font = Font(bold=True)
    sheet.append(titles)
    day = WriteOnlyCell(sheet, date.min)
    return rows_as_xml(rows, text_style=_text_excel_cell(sheet, "").style_id, day_style=day.style_id)


def _text_excel_cell(sheet: object, value: str) -> Any:
    cell = WriteOnlyCell(sheet, value)
    cell.data_type, cell.number_format = "s", AS_TEXT
    return cell


def sqlite_file(package: Package, dataset: DescribedDataset) -> dict[str, bytes]:
    """An SQLite database of all tables, with types, keys, code labels and views, for tools like Datasette.

    The database is written to a file first: in memory, its bytes would depend on the build of SQLite.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "tables.sqlite"
        connection = sqlite3.connect(place)
        connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        for table in dataset.tables:
            connection.execute(_create_table_sql(table))
            _insert_rows(
                connection, table.name, [_row_for_sqlite(table, row) for row in package.rows(table.name)]
            )
            for field in sorted({key.field for key in table.foreign_keys} - {table.primary_key[0]}):
                name = quote_name(f"{table.name}.{field}")
                connection.execute(f"CREATE INDEX {name} ON {quote_name(table.name)} ({quote_name(field)})")
        codebook = codebook_rows(dataset.tables)
        connection.execute(f"CREATE TABLE codebook ({', '.join(map(quote_name, codebook[0]))})")
        _insert_rows(connection, "codebook", codebook)
        connection.executescript((TEMPLATES / "views.sql").read_text(encoding="utf-8"))
        connection.commit()
        connection.execute("VACUUM")
        connection.close()
        content = bytearray(place.read_bytes())
    content[VERSION_OF_LIBRARY] = bytes(4)
    return {f"{dataset.release_file_stem}.sqlite": bytes(content)}


def _create_table_sql(table: Table) -> str:
    """The CREATE statement of a table, with its keys, and with descriptions as comments for Datasette."""
    lines = [f"  {_column_sql(field)}, {_sql_comment(field)}" for field in table.fields]
    keys = [f"  PRIMARY KEY ({', '.join(map(quote_name, table.primary_key))})"]
    keys += [
        f"  FOREIGN KEY ({quote_name(key.field)}) REFERENCES {quote_name(key.table)} ("
        f"{quote_name(key.key)})"
        for key in table.foreign_keys
    ]
    text = "\n".join(lines) + "\n" + ",\n".join(keys)
    return f"CREATE TABLE {quote_name(table.name)} ( {_sql_comment(table)}\n{text}\n)"


def _sql_comment(part: Field | Table) -> str:
    """A description on one line, because a comment ends at the end of its line."""
    return "-- " + " ".join(f"{part.title}: {part.description}".split())


def _column_sql(field: Field) -> str:
    must = " NOT NULL" if field.constraints.get("required") else ""
    return f"{quote_name(field.name)} {SQLITE_TYPES[field.type]}{must}"


def _row_for_sqlite(table: Table, row: Row) -> dict[str, Cell]:
    typed = table.typed_row(row)
    return {name: cell.isoformat() if isinstance(cell, date) else cell for name, cell in typed.items()}


def _insert_rows(connection: sqlite3.Connection, name: str, rows: Iterable[dict[str, Any]]) -> None:
    cells = [tuple(row.values()) for row in rows]
    if cells:
        marks = ", ".join("?" * len(cells[0]))
        connection.executemany(f"INSERT INTO {quote_name(name)} VALUES ({marks})", cells)


def stata_file(package: Package, dataset: DescribedDataset) -> dict[str, bytes]:
    """The values for Stata, with variable labels and value labels.

    The file has the date of the data, if known, and the byte order that most machines use.
    """
    fields, frame = package.contract.table(FLAT).fields, package.rows_as_frame(FLAT)
    columns = {field.name: _stata_column(frame[field.name], field) for field in fields}
    buffer = io.BytesIO()
    pd.DataFrame(columns).to_stata(
        buffer,
        write_index=False,
        version=STATA_VERSION,
        byteorder="little",
        time_stamp=datetime.fromisoformat(dataset.created) if dataset.created else datetime(*NO_TIME),
        data_label=f"{dataset.name} {dataset.version}"[:LONGEST_LABEL],
        variable_labels={field.name: field.title[:LONGEST_LABEL] for field in fields},
    )
    return {f"{FLAT}.dta": buffer.getvalue()}


def _stata_column(cells: pd.Series, field: Field) -> pd.Series:
    """A column for Stata: numbers stay numbers, codes become labelled numbers, and the rest is text."""
    if field.type == "boolean":
        return pd.Series(pd.Categorical(cells.where(cells != ""), categories=["false", "true"]))
    if field.type in ("integer", "number"):
        return pd.to_numeric(cells.where(cells != ""), errors="raise").astype("float64")
    if field.allowed_codes:
        words = pd.Categorical(cells.where(cells != ""), categories=field.allowed_codes)
        return pd.Series(words.rename_categories(field.label_by_code))
    return cells.astype(object)


def parquet_files(package: Package, dataset: DescribedDataset) -> dict[str, bytes]:
    """A Parquet file for each table, written by a single thread so that rows keep their order."""
    connection, files = package.database(), {}
    connection.execute("SET threads = 1")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "table.parquet"
        for table in dataset.tables:
            days = [quote_name(field.name) for field in table.fields if field.type == "date"]
            cast = f"REPLACE ({', '.join(f'{day}::DATE AS {day}' for day in days)})" if days else ""
            typed = f"SELECT * EXCLUDE line {cast} FROM main.{quote_name(table.name)}"
            # created via a table, because a view does not know which columns are never blank
            connection.execute(f"CREATE OR REPLACE TEMP TABLE typed AS {typed}")
            try:
                connection.execute(f"COPY typed TO {quote_literal(place.as_posix())} {HOW}")
            except duckdb.IOException as error:
                raise OSError(f"{place.name} could not be written: is the disk full?") from error
            files[f"parquet/{table.name}.parquet"] = place.read_bytes()
    return files


@dataclass(frozen=True)
class ReleaseFormat:
    """A format of a release: its name in a sentence, its suffix, and a function that returns its files.

    A format with a single file also has a description and a media type, for lists of downloads. Parquet
    has none, since it is a folder with a file for each table.
    """

    name: str
    suffix: str
    files: Callable[[Package, DescribedDataset], Mapping[str, bytes]]
    words: str = ""
    media_type: str = ""


# Every format beside the zip of CSV files: releases, the site and the tests take their lists from here.
FORMATS = (
    ReleaseFormat(
        name="SQLite",
        suffix=".sqlite",
        files=sqlite_file,
        words="All tables as one SQLite file, for Datasette",
        media_type="application/vnd.sqlite3",
    ),
    ReleaseFormat(
        name="Stata",
        suffix=".dta",
        files=stata_file,
        words="The values for Stata, with labels",
        media_type="application/x-stata-dta",
    ),
    ReleaseFormat(
        name="Excel",
        suffix=".xlsx",
        files=excel_workbook_file,
        words="All tables as an Excel workbook",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ReleaseFormat(name="Parquet", suffix=".parquet", files=parquet_files),
)
