"""Helpers for the tests of contributions: take a study out of a package, and write it as a workbook."""

import csv
import io
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from openpyxl import Workbook, load_workbook

from scripts.contribute import template as templates
from scripts.package.files import Row, csv_text
from scripts.package.package import Package
from tests.conftest import COLUMNS, DESCRIPTOR, FROZEN, KEYS, copy_package, read_csv

STUDY = "pc-bgd-dhaka-2024"
TABLES = (
    *("sources", "studies", "reported_values", "limitations", "organisations", "places", "populations"),
    *("indicators", "study_facts", "links", "scopes"),
)
TITLES = {
    table["name"]: (table["title"], {field["name"]: field["title"] for field in table["schema"]["fields"]})
    for table in DESCRIPTOR["resources"]
}
TITLES["limitations"][1].update({end: TITLES["scopes"][1][end] for end in ("study_id", "value_id")})
DATA = [table for table in DESCRIPTOR["resources"] if not table["path"].startswith("data/derived/")]
ROLES = "featured"  # the roles of pages, which are no part of a study
Taken = dict[str, list[Row]]  # rows by table


def remove_study(package: Path, study_id: str = STUDY) -> Taken:
    """Remove a study and all rows that only it uses, and return the removed rows by table."""
    tables = {table["name"]: read_csv(package / table["path"]) for table in DATA}
    values = {row["value_id"] for row in tables["reported_values"] if row["study_id"] == study_id}
    for row in tables[ROLES]:  # its role goes to another study
        row["study_id"] = row["study_id"].replace(study_id, tables["studies"][0]["study_id"])
    gone: Taken = {name: [] for name in tables}
    ends = ("study_id", "from_id", "to_id", "value_id")
    for name, rows in tables.items():
        gone[name] = [row for row in rows if {row.get(end) for end in ends} & {study_id, *values}]
    left = {name: [row for row in rows if row not in gone[name]] for name, rows in tables.items()}
    named = {row["limitation_id"] for row in gone["scopes"]} - {
        row["limitation_id"] for row in left["scopes"]
    }
    gone["limitations"] = [row for row in left["limitations"] if row["limitation_id"] in named]
    left["limitations"] = [row for row in left["limitations"] if row["limitation_id"] not in named]
    for name in ("sources", "organisations", "populations", "indicators", "places", "places"):
        was, now = keys_referred_to(tables, name), keys_referred_to(left, name)
        key = KEYS[name][0]
        lost = [row for row in left[name] if row[key] in was and row[key] not in now]
        gone[name] += lost
        left[name] = [row for row in left[name] if row not in lost]
    for table in DATA:
        write_rows(package / table["path"], table["name"], left[table["name"]])
    return {name: rows for name, rows in gone.items() if rows and name in TABLES}


def keys_referred_to(tables: Mapping[str, list[Row]], name: str) -> set[str]:
    """Return the keys of a table that other rows refer to."""
    return {
        row[key["fields"][0]]
        for table in DATA
        for key in table["schema"].get("foreignKeys", [])
        if key["reference"].get("resource", table["name"]) == name
        for row in tables[table["name"]]
    }


def write_rows(path: Path, table: str, rows: list[Row]) -> None:
    """Write the rows of a table as CSV, with the columns of the package."""
    path.write_text(
        csv_text(COLUMNS[table], [list(row.values()) for row in rows]), encoding="utf-8", newline=""
    )


def write_workbook(
    rows: Taken, place: Path, change: Callable[[Workbook], None] = lambda book: None
) -> Path:
    """Fill a workbook that has every column with rows, as a person would, then apply a change."""
    book = load_workbook(io.BytesIO(_with_all_columns()))
    for sheet in book.worksheets[1:-2]:
        sheet.delete_rows(2, sheet.max_row)
    for name, table_rows in _as_sheets(rows).items():
        title, titles = TITLES[name]
        sheet = book[title]
        columns = {cell.value: cell.column for cell in sheet[1]}
        for number, row in enumerate(table_rows, start=2):
            for field, value in row.items():
                partner = field.removesuffix("_reason")
                if value and partner != field and partner in row:
                    sheet.cell(number, columns[titles[partner]]).value = f"({value.replace('_', ' ')})"
                elif value:
                    sheet.cell(number, columns[titles[field]]).value = value
    change(book)
    book.save(place)
    return place


def _as_sheets(rows: Taken) -> Taken:
    """Return the rows as a workbook shows them: the scope of a limitation is merged into its own row."""
    scopes, limits = rows.get("scopes", []), []
    for row in rows.get("limitations", []):
        own = [scope for scope in scopes if scope["limitation_id"] == row["limitation_id"]]
        ends = {
            end: "; ".join(limitation[end] for limitation in own if limitation[end])
            for end in ("study_id", "value_id")
        }
        why = row["reach"] if row["reach"] != "studies" else ""
        limits.append(
            {name: cell for name, cell in row.items() if name != "reach"} | ends | {"study_id_reason": why}
        )
    return {name: table_rows for name, table_rows in rows.items() if name != "scopes"} | (
        {"limitations": limits} if limits else {}
    )


def template() -> io.BytesIO:
    """Return the template as a download gives it."""
    return io.BytesIO(_template())


@cache
def _template() -> bytes:
    return templates.empty_workbook(Package(FROZEN))


@cache
def _with_all_columns() -> bytes:
    package = Package(FROZEN)
    study = templates.rows_of_study(package, STUDY)
    every = {name: [dict.fromkeys(COLUMNS[name], "x")] for name in study}
    return templates.workbook_with_rows(package, every)


def folder_of(rows: Taken, place: Path) -> Path:
    """Write the rows as a folder of CSV files."""
    place.mkdir(parents=True)
    for name, table_rows in rows.items():
        with (place / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS[name], lineterminator="\n")
            writer.writeheader()
            writer.writerows(table_rows)
    return place


def bytes_of_tables(package: Path) -> dict[str, bytes]:
    """Return the bytes of every table that importing a study can change."""
    tables = sorted((package / "data").glob("*.csv"))
    return {path.name: path.read_bytes() for path in tables if path.stem != ROLES}


def package_without_study(place: Path, source: Path = FROZEN) -> tuple[Path, Taken]:
    """Copy a package without the study; return the copy and the removed rows."""
    package = copy_package(place, source)
    return package, remove_study(package)
