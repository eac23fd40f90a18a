"""Read a contributed folder of CSV files, as saved by spreadsheets and programs.

It is filled in like a workbook: names may replace keys, blank cells have the same meaning, and columns may
be left out. A byte order mark, Windows line endings, semicolons between cells and blank lines at the end
are accepted, since the rows are rewritten anyway.
"""

import csv
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from scripts.checks import csv_syntax
from scripts.checks.contributed_file_rules import FILE, SHEET
from scripts.contribute.answers import make_entry, normalise_text
from scripts.contribute.contribution_layout import PARTS, VALUES, Contribution, Entry, contribution_tables
from scripts.findings import Cell, Finding, make_finding
from scripts.package.contract import Contract, Table
from scripts.package.files import Row, csv_text, rows_of_csv, why_unreadable

LARGEST_FILE = 20_000_000  # bytes
FILL_IN = (
    "“python -m scripts contribute template my-study” makes the files with their titles: fill them in."
)
PLAIN_FILE = f"Put the CSV file itself in its place, with at most {LARGEST_FILE:,} bytes, or take it out."


def read_folder(folder: Path, contract: Contract) -> Contribution:
    """Read the CSV files named as in the template, and report all other files, except hidden ones."""
    entries: list[Entry] = []
    findings: list[Finding] = []
    tables = {f"{table.name}.csv": table for table in contribution_tables(contract)}
    for path in sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~"))):
        if fault := _file_fault(path, tables):
            findings.append(fault)
            continue
        read_entries, found = _read_file(path, tables[path.name])
        entries += read_entries
        findings += found
    if not entries and not findings:
        findings.append(make_finding(FILE, folder.name, "No CSV file has a row.", fix=FILL_IN))
    return Contribution(entries, findings)


def _file_fault(path: Path, tables: Mapping[str, Table]) -> Finding | None:
    """A finding if a file is unreadable, too large or not named after a table; otherwise None."""
    if fault := why_unreadable(path.parent, path, LARGEST_FILE):
        return make_finding(FILE, path.name, fault, value=path.name, fix=PLAIN_FILE)
    if path.name in tables:
        return None
    fix = f"Give the file the name of its table, such as {next(iter(tables))}, or leave it out."
    return make_finding(
        SHEET, path.name, "The template has no file of this name.", value=path.name, fix=fix
    )


def _read_file(path: Path, whole: Table) -> tuple[list[Entry], list[Finding]]:
    data = _undo_spreadsheet_changes(path.read_bytes())
    table = _table_with_columns_of_file(data, replace(whole, path=path.name))
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / path.name
        copy.write_bytes(_separate_cells_with_commas(data, table))
        if found := csv_syntax.findings_on_file(copy.parent, table):
            return [], found
        rows = rows_of_csv(copy.read_bytes())
    return [_entry_of_row(row, whole, path.name, line) for line, row in enumerate(rows, start=2)], []


def _entry_of_row(row: Row, table: Table, file: str, line: int) -> Entry:
    """The entry for one line of a CSV file, interpreted like a row of a sheet."""
    texts = {name: normalise_text(text) for name, text in row.items()}
    typed = {name: text for name, text in texts.items() if text}
    places = {name: Cell(f"line {line}, column “{name}”", table.name, line, name) for name in row}
    return make_entry(table, file=file, line=line, typed=typed, places=places, noun="line")


def _table_with_columns_of_file(data: bytes, table: Table) -> Table:
    """The table with only the file's columns, in their order; unchanged if one is unknown or repeated."""
    first = data.split(b"\n", 1)[0].decode("utf-8", "replace").replace('"', "")
    header = first.split(";" if ";" in first else ",")
    known = table.field_by_name | (PARTS if table.name == VALUES else {})
    is_able = len({*header}) == len(header) and {*header} <= known.keys()
    return replace(table, fields=tuple(known[name] for name in header)) if is_able else table


def _undo_spreadsheet_changes(data: bytes) -> bytes:
    """Undo what spreadsheets add: a byte order mark, Windows line endings, and blank lines at the end."""
    lines = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").split(b"\n")
    while lines and not lines[-1].strip(b",;"):  # a blank line
        lines.pop()
    return b"\n".join([*lines, b""])


def _separate_cells_with_commas(data: bytes, table: Table) -> bytes:
    """The file with commas instead of semicolons between cells; unchanged if it cannot be read that way."""
    first = data.split(b"\n", 1)[0].replace(b'"', b"")
    if len(table.column_names) > 1 and first.startswith(";".join(table.column_names).encode()):
        try:
            texts = data.decode("utf-8").splitlines(keepends=True)
            head, *rows = csv.reader(texts, delimiter=";", strict=True)
        except (UnicodeDecodeError, csv.Error):
            return data
        return csv_text(head, rows).encode()
    return data
