"""Released files opened with readers' usual tools and their defaults: types, rows and blanks."""

import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import frictionless.formats
import openpyxl
import pandas as pd
import polars as pl
import pytest

from tests import external_tools
from tests.conftest import DESCRIPTOR, FROZEN, RELEASED, ROOT, make_once_for_all_workers, read_csv
from tests.external_tools import run_r, sheets_opened_in_libreoffice

pytestmark = pytest.mark.slow

HOW_TO_OPEN = (ROOT / "docs/open-the-data.md").read_text(encoding="utf-8")
TABLES = {table["name"]: table for table in RELEASED}
TYPES = {
    name: {field["name"]: field["type"] for field in table["schema"]["fields"]}
    for name, table in TABLES.items()
}
CONVERT: dict[str, Callable[[str], Any]] = {
    **{"string": str, "integer": int, "number": float},
    **{"date": date.fromisoformat, "boolean": lambda cell: cell.lower() == "true"},
}
Rows = list[list[Any]]


@cache
def expected(name: str) -> Rows:
    """Return the rows of a table with the types of datapackage.json, read without other libraries."""
    return typed(name, read_csv(FROZEN / TABLES[name]["path"]))


def typed(name: str, rows: list[dict[str, str]]) -> Rows:
    """Convert rows of text to the types of datapackage.json; a reader may write a whole number as 1e3."""
    types = TYPES[name]
    return [
        [CONVERT[types[column]](cell) if cell else None for column, cell in row.items()] for row in rows
    ]


@cache
def filled(name: str) -> set[str]:
    """Return the columns with any value; no reader can infer the type of a blank column."""
    return {
        column for row in read_csv(FROZEN / TABLES[name]["path"]) for column, cell in row.items() if cell
    }


@pytest.fixture(scope="session")
def dist(site_folder: Path) -> Path:
    """The files of a release, as the site offers them for download."""
    return site_folder / "download"


@pytest.fixture(scope="session")
def unpacked(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, unpacked from the zip."""
    [path] = dist.glob("*.zip")
    place = make_once_for_all_workers(tmp_path_factory, "unpacked", zipfile.ZipFile(path).extractall)
    return place / path.stem


@pytest.fixture(scope="module")
def book(dist: Path) -> openpyxl.Workbook:
    """The workbook, opened once and not changed."""
    [path] = dist.glob("*.xlsx")
    return openpyxl.load_workbook(path)


# frictionless


def frictionless_rows(resource: Any) -> Rows:
    """Return rows as frictionless reads them, with its decimals as floats."""
    kinds = list(TYPES[resource.name].values())
    return [
        [
            float(cell) if kind == "number" and cell is not None else cell
            for kind, cell in zip(kinds, row.values(), strict=True)
        ]
        for row in resource.read_rows()
    ]


@pytest.mark.long
def test_frictionless_finds_the_package_valid(dist: Path) -> None:
    """frictionless finds the zip itself valid, and verifies its hashes."""
    [path] = dist.glob("*.zip")
    inside = frictionless.formats.zip.ZipControl(innerpath=f"{path.stem}/datapackage.json")
    report = frictionless.Package(str(path), control=inside).validate()
    assert report.valid, report.flatten(["name", "message"])
    assert len(report.tasks) == len(TABLES)


def test_frictionless_notices_a_changed_letter(unpacked: Path, tmp_path: Path) -> None:
    """One changed letter gives a wrong hash for that table."""
    package = shutil.copytree(unpacked, tmp_path / "package")
    places = frictionless.Package(str(package / "datapackage.json")).get_resource("places")
    assert places.validate().valid
    table = package / "data/places.csv"
    table.write_bytes(table.read_bytes().replace(b"Cambodia", b"Cambodja", 1))
    assert places.validate().flatten(["type"]) == [["hash-count"]]


@pytest.mark.long
def test_frictionless_reads_types_rows_and_blanks(unpacked: Path) -> None:
    package = frictionless.Package(str(unpacked / "datapackage.json"))
    assert package.resource_names == list(TABLES)
    for name in TABLES:
        assert frictionless_rows(package.get_resource(name)) == expected(name), name


# csv, pandas, Polars, DuckDB on the CSV files


def without_nan(frame: pd.DataFrame) -> Rows:
    """Return the cells of a data frame, with None for a blank cell."""
    return [
        [None if pd.isna(cell) else cell for cell in row]
        for row in frame.itertuples(index=False, name=None)
    ]


def with_days_as_text(rows: Rows) -> Rows:
    """Return rows with dates as text, as readers that do not parse dates get them."""
    return [[str(cell) if isinstance(cell, date) else cell for cell in row] for row in rows]


def check_frame(name: str, frame: pd.DataFrame) -> None:
    """Assert that a frame has text as text and numbers as numbers, with the expected cells.

    Columns of whole numbers with blanks are floats in pandas.
    """
    assert list(frame.columns) == list(TYPES[name])
    for column in (column for column in filled(name) if TYPES[name][column] != "boolean"):
        is_text = TYPES[name][column] in ("string", "date")
        assert is_text != pd.api.types.is_numeric_dtype(frame[column]), (name, column, frame[column].dtype)
    assert without_nan(frame) == with_days_as_text(expected(name)), name


def test_pandas_reads_csv_with_its_defaults(unpacked: Path) -> None:
    for name, table in TABLES.items():
        check_frame(name, pd.read_csv(unpacked / table["path"]))


def test_polars_reads_csv(unpacked: Path) -> None:
    """All rows are used to infer types; by default polars uses only the first hundred."""
    wanted = {
        **{"string": [pl.String], "date": [pl.String], "boolean": [pl.Boolean]},
        **{"integer": [pl.Int64], "number": [pl.Float64, pl.Int64]},
    }
    for name, table in TABLES.items():
        frame = pl.read_csv(unpacked / table["path"], infer_schema_length=None)
        assert frame.columns == list(TYPES[name])
        for column in filled(name):
            assert frame.schema[column] in wanted[TYPES[name][column]], (name, column)
        assert [list(row) for row in frame.rows()] == with_days_as_text(expected(name)), name


def as_text(cell: object, kind: str) -> object:
    """Return a cell as text if DuckDB took a text column for booleans or dates."""
    if kind == "string" and isinstance(cell, bool):
        return "yes" if cell else "no"
    return cell.isoformat() if kind == "string" and isinstance(cell, date) else cell


def check_relation(name: str, relation: duckdb.DuckDBPyRelation, numbers: tuple[str, ...]) -> None:
    wanted = {
        **{"string": ("VARCHAR", "BOOLEAN", "DATE"), "integer": ("BIGINT",), "number": numbers},
        **{"date": ("DATE",), "boolean": ("BOOLEAN",)},
    }
    kinds = list(TYPES[name].values())
    assert relation.columns == list(TYPES[name])
    for column, kind in zip(relation.columns, relation.types, strict=True):
        if column in filled(name):
            assert str(kind) in wanted[TYPES[name][column]], (name, column, kind)
    rows = [[*map(as_text, row, kinds)] for row in relation.fetchall()]
    assert rows == expected(name), name


def test_duckdb_reads_csv_with_its_defaults(unpacked: Path) -> None:
    """It reads CSV as the page says; a column of numbers that are all whole becomes integers."""
    assert f"```sql\nFROM '{TABLES['values']['path']}';" in HOW_TO_OPEN
    with duckdb.connect() as connection:
        for name, table in TABLES.items():
            path = (unpacked / table["path"]).as_posix()
            check_relation(name, connection.sql(f"FROM read_csv('{path}')"), ("DOUBLE", "BIGINT"))


# Parquet


def test_duckdb_reads_parquet(dist: Path) -> None:
    with duckdb.connect() as connection:
        for name in TABLES:
            path = (dist / f"parquet/{name}.parquet").as_posix()
            check_relation(name, connection.sql(f"FROM read_parquet('{path}')"), ("DOUBLE",))


def test_polars_reads_parquet(dist: Path) -> None:
    """Parquet keeps every type of datapackage.json, for blank columns too."""
    wanted = {"string": pl.String, "integer": pl.Int64, "number": pl.Float64}
    wanted |= {"date": pl.Date, "boolean": pl.Boolean}
    for name in TABLES:
        frame = pl.read_parquet(dist / f"parquet/{name}.parquet")
        assert dict(frame.schema) == {column: wanted[kind] for column, kind in TYPES[name].items()}
        assert [list(row) for row in frame.rows()] == expected(name), name


# Excel


@pytest.mark.xdist_group("workbook")  # one worker opens it
def test_excel_holds_text_as_text_and_numbers_as_numbers(book: openpyxl.Workbook) -> None:
    """The workbook has every cell of every table, and no formula, error or link."""
    assert book.sheetnames == [
        "Read me",
        "results",
        "Codebook",
        *(name for name in TABLES if name != "results"),
    ]
    kinds = {str: ("s", "@"), datetime: ("d", "yyyy-mm-dd"), bool: ("b", "General")}
    kinds |= dict.fromkeys((int, float), ("n", "General"))
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            wanted = kinds[type(cell.value)]
            assert (cell.data_type, cell.number_format) == wanted, (sheet.title, cell.coordinate)
            assert cell.hyperlink is None
    for name, types in TYPES.items():
        assert book[name].freeze_panes == "B2" and book[name].auto_filter.ref == book[name].dimensions
        assert all(8 <= column.width <= 60 for column in book[name].column_dimensions.values())
        header, *rows = book[name].iter_rows(values_only=True)
        assert list(header) == list(types)
        days = [[cell.date() if isinstance(cell, datetime) else cell for cell in row] for row in rows]
        assert days == expected(name), name
        text = [column for column, kind in enumerate(types.values()) if kind == "string"]
        assert all(isinstance(row[column], str | None) for row in rows for column in text), name


@pytest.mark.xdist_group("workbook")
def test_excel_says_the_limits_first_and_describes_every_column(book: openpyxl.Workbook) -> None:
    assert book.active.title == "Read me"
    first = [row[0] for row in book["Read me"].iter_rows(values_only=True)]
    assert first[0] == DESCRIPTOR["title"]
    assert DESCRIPTOR["description"] in first
    assert "not national rates and not numbers of children" in DESCRIPTOR["description"]
    _, *rows = book["Codebook"].iter_rows(values_only=True)
    assert [row[:2] for row in rows] == [(name, column) for name in TABLES for column in TYPES[name]]


def test_text_that_a_spreadsheet_would_run_stays_text(tmp_path: Path) -> None:
    """The workbook keeps such text as text, even though the check refuses it."""
    from openpyxl import Workbook

    from scripts.publish.formats import add_filtered_sheet
    from scripts.publish.sheet_rows_xml import workbook_with_rows

    book = Workbook(write_only=True)
    cells = ["=1+1", "#N/A", "2015-06", "2015-06-10", "007", "1e5", "TRUE", "@x"]
    xml = add_filtered_sheet(book, "one", ["column"], [[cell] for cell in cells])
    (tmp_path / "book.xlsx").write_bytes(workbook_with_rows(book, {"one": xml}))
    sheet = openpyxl.load_workbook(tmp_path / "book.xlsx")["one"]
    assert [(cell.value, cell.data_type) for [cell] in sheet.iter_rows(min_row=2)] == [
        (cell, "s") for cell in cells
    ]


# SQLite and Stata


def test_sqlite_holds_every_table_with_its_keys_and_what_it_means(dist: Path) -> None:
    [path] = dist.glob("*.sqlite")
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        for name, table in TABLES.items():
            rows = base.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()
            assert [list(row) for row in rows] == with_days_as_text(expected(name)), name
            keys = base.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
            assert len(keys) == len(table["schema"].get("foreignKeys", []))
            [(made,)] = base.execute("SELECT sql FROM sqlite_master WHERE name = ?", [name]).fetchall()
            assert table["description"] in made
            assert all(field["description"] in made for field in table["schema"]["fields"])
        codebook = base.execute('SELECT "table", "column" FROM codebook ORDER BY rowid').fetchall()
        assert codebook == [(name, column) for name in TABLES for column in TYPES[name]]


def test_sqlite_has_an_index_on_every_key_that_refers(dist: Path) -> None:
    [path] = dist.glob("*.sqlite")
    with closing(sqlite3.connect(path)) as base:
        for name, table in TABLES.items():
            keys = {key["fields"][0] for key in table["schema"].get("foreignKeys", [])}
            listed = [index[1] for index in base.execute(f'PRAGMA index_list("{name}")')]
            first = {base.execute(f'PRAGMA index_info("{index}")').fetchone()[2] for index in listed}
            assert keys <= first, name


def test_each_sqlite_view_returns_the_rows_that_its_name_says(dist: Path) -> None:
    """The views are compared with the tables, read without other libraries."""
    [path] = dist.glob("*.sqlite")
    with closing(sqlite3.connect(path)) as base:
        asked = base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'").fetchall()
        assert all(re.match(rf"CREATE VIEW {name} AS -- [A-Z]", sql) for name, sql in asked)
        views = {name: base.execute(f"SELECT * FROM {name}").fetchall() for name, _ in asked}
        limits = base.execute("SELECT study_id, limitation_id FROM limits_of_a_study").fetchall()
    rows = {name: read_csv(FROZEN / TABLES[name]["path"]) for name in ("values", "conflicts")}
    assert [row[0] for row in views["disagreements"]] == sorted(
        row["conflict_id"]
        for row in rows["conflicts"]
        if row["type"] in ("contradiction", "in_tension", "not_explained")
    )
    assert {row[0] for row in views["shares_under_18"]} == {
        row["value_id"]
        for row in rows["values"]
        if (row["kind"], row["ages_counted"], row["is_distinct"]) == ("share", "under 18", "true")
        and row["to_show"] != "withdrawn"
    }
    printed = {(row["quantity_id"], row["value_id"]) for row in rows["values"]}
    assert {row[:2] for row in views["mentions_of_a_quantity"]} == printed
    pairs = [
        (row["study_id"], row["limitation_id"])
        for row in read_csv(FROZEN / TABLES["scopes"]["path"])
        if row["study_id"] and row["limitation_id"]
    ]
    assert limits == sorted({*pairs})


def test_stata_holds_the_values_with_labels(dist: Path) -> None:
    """Variable labels are the column titles; categorical terms are stored as labelled numbers."""
    fields = {field["name"]: field for field in TABLES["values"]["schema"]["fields"]}
    with pd.io.stata.StataReader(dist / "values.dta") as reader:
        labels, words = reader.variable_labels(), reader.value_labels()
        frame = reader.read()
    assert labels == {name: field["title"] for name, field in fields.items()}
    listed = {
        name: {category["label"]: category["value"] for category in field["categories"]}
        for name, field in fields.items()
        if "categories" in field
    }
    listed |= {
        name: {"false": False, "true": True} for name, field in fields.items() if field["type"] == "boolean"
    }
    assert {name: list(of.values()) for name, of in words.items()} == {
        name: list(of) for name, of in listed.items()
    }
    rows = frame.astype(object).where(frame.notna() & (frame != ""), None)
    told = [
        [listed.get(name, {}).get(cell, cell) for name, cell in zip(fields, row, strict=True)]
        for row in rows.itertuples(index=False, name=None)
    ]
    assert told == expected("values")


# R and LibreOffice, where they are

IN_R = """
library(readr)
for (path in commandArgs(TRUE)) {
  read <- read_csv(path, na = "", guess_max = Inf, show_col_types = FALSE)
  types <- lapply(read, function(column) class(column)[1])
  write_csv(data.frame(types, check.names = FALSE), paste0(path, ".types"))
  write_csv(read, paste0(path, ".read"), na = "")
}
"""


@external_tools.skip_unless_installed("external_tools.has_r()", "R with readr")
def test_readr_reads_csv(unpacked: Path) -> None:
    """As the downloads page says, text is text, numbers are numbers, and blank cells are missing."""
    wanted = {"string": "character", "integer": "numeric", "number": "numeric"}
    wanted |= {"date": "Date", "boolean": "logical"}
    paths = {name: table["path"] for name, table in TABLES.items()}
    run_r(IN_R, unpacked, *paths.values())
    for name, path in paths.items():
        types = dict.fromkeys(filled(name))
        for row in read_csv(unpacked / f"{path}.types"):
            types = {column: row[column] for column in types}
        assert types == {column: wanted[TYPES[name][column]] for column in types}, name
        assert typed(name, read_csv(unpacked / f"{path}.read")) == expected(name), name


@pytest.mark.long
@external_tools.skip_unless_installed("external_tools.has_libreoffice()", "LibreOffice")
def test_libreoffice_opens_the_workbook(dist: Path, tmp_path: Path) -> None:
    [path] = dist.glob("*.xlsx")
    opened = sheets_opened_in_libreoffice(path, tmp_path)
    for name in TABLES:
        assert opened[name] == [list(TYPES[name]), *map(trimmed, expected(name))], name


def trimmed(row: list[Any]) -> list[Any]:
    """Return a row up to its last filled cell."""
    return row[: max(at for at, cell in enumerate(row, start=1) if cell is not None)]


@pytest.mark.long
@external_tools.skip_unless_installed("external_tools.has_libreoffice()", "LibreOffice")
def test_libreoffice_opens_the_values_as_the_page_says(unpacked: Path, tmp_path: Path) -> None:
    """The page names as text exactly the columns that LibreOffice would otherwise change."""
    [advice] = re.findall(r"- LibreOffice: .*", HOW_TO_OPEN)
    as_text = re.findall(r"`(\w+)`", advice)
    columns = "/".join(f"{at}/2" for at, name in enumerate(TYPES["values"], start=1) if name in as_text)
    path = unpacked / TABLES["values"]["path"]
    whole = [list(TYPES["values"]), *map(trimmed, expected("values"))]
    advised, plain = (
        sheets_opened_in_libreoffice(path, tmp_path, f"--infilter=CSV:44,34,76,1,{formats}")["values"]
        for formats in (columns, "")
    )
    assert advised == whole
    changed = {
        name
        for was, became in zip(whole, plain, strict=True)
        for name, before, other in zip(whole[0], was, became, strict=False)
        if before != other
    }
    assert changed == set(as_text)


# The codebook


def test_the_codebook_has_every_column_of_every_table(dist: Path, unpacked: Path) -> None:
    rows = read_csv(dist / "codebook.csv")
    assert [(row["table"], row["column"], row["type"]) for row in rows] == [
        (name, column, kind) for name in TABLES for column, kind in TYPES[name].items()
    ]
    for row in rows:
        table = TABLES[row["table"]]["schema"]
        field = table["fields"][int(row["position"]) - 1]
        keys = [key for key in table.get("foreignKeys", []) if key["fields"] == [row["column"]]]
        assert row["description"] == field["description"]
        assert row["blank_allowed"] == ("no" if field.get("constraints", {}).get("required") else "yes")
        words = field.get("categories") or field.get("listOf", [])
        assert row["allowed_values"] == "; ".join(word["value"] for word in words)
        for line, category in zip(filter(None, row["allowed_values_mean"].split("\n")), words, strict=True):
            assert line.startswith(f"{category['value']}: ") and line.endswith(
                category.get("description", ".")
            )
        assert row["blank_means"] == field.get("blank", "")
        assert (row["key"] == "key") == (row["column"] in table["primaryKey"])
        assert (row["refers_to"] != "") == bool(keys)
    html = (unpacked / "codebook.html").read_text(encoding="utf-8")
    assert html.count("<tr>") == len(rows) + len(TABLES)
    assert "<script" not in html
