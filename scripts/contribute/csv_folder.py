"""Reads a contributed folder of CSV files, as a spreadsheet or a program saves them.

A byte order mark, Windows line ends, semicolons and blank lines at the end are taken as meant: the rows are
written anew anyway.
"""

import csv
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from scripts.checks import byte_gate
from scripts.checks.contribution_rules import FILE, SHEET
from scripts.contribute.sheets import Contribution, Entry, offered
from scripts.findings import Finding, finding
from scripts.package.contract import Contract, Table
from scripts.package.files import csv_rows, csv_text, fault_of

LARGEST_FILE = 20_000_000  # bytes
FILL_IN = (
    "“python -m scripts contribute template my-study” makes the files with their titles: fill them in."
)
PLAIN_FILE = f"Put the CSV file itself in its place, with at most {LARGEST_FILE:,} bytes, or take it out."


def read(folder: Path, contract: Contract) -> Contribution:
    """Read every CSV file of the template that the folder has."""
    entries: list[Entry] = []
    findings: list[Finding] = []
    tables = {f"{table.name}.csv": table for table in offered(contract)}
    for path in sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~"))):
        if fault := _fault(path, tables):
            findings.append(fault)
            continue
        read_entries, found = _read(path, tables[path.name])
        entries += read_entries
        findings += found
    if not entries and not findings:
        findings.append(finding(FILE, folder.name, "No CSV file has a row.", fix=FILL_IN))
    return Contribution(entries, findings)


def _fault(path: Path, tables: Mapping[str, Table]) -> Finding | None:
    """Why a file is not read: it is none, or named like no table."""
    if fault := fault_of(path.parent, path, LARGEST_FILE):
        return finding(FILE, path.name, fault, value=path.name, fix=PLAIN_FILE)
    if path.name in tables:
        return None
    fix = f"Give the file the name of its table, such as {next(iter(tables))}, or leave it out."
    return finding(SHEET, path.name, "The template has no file of this name.", value=path.name, fix=fix)


def _read(path: Path, table: Table) -> tuple[list[Entry], list[Finding]]:
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / path.name
        copy.write_bytes(_as_meant(path.read_bytes(), table))
        if found := byte_gate.gate(copy.parent, replace(table, path=path.name)):
            return [], found
        rows = csv_rows(copy.read_bytes())
    return [Entry(table.name, row, path.name, line) for line, row in enumerate(rows, start=2)], []


def _as_meant(data: bytes, table: Table) -> bytes:
    """Undo what a spreadsheet does when it saves. What cannot be undone with certainty stays."""
    lines = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").split(b"\n")
    while lines and not lines[-1].strip(b",;"):  # below the last row
        lines.pop()
    data = b"\n".join([*lines, b""])
    if lines and lines[0].replace(b'"', b"").startswith(";".join(table.header).encode()):
        try:
            texts = data.decode("utf-8").splitlines(keepends=True)
            head, *rows = csv.reader(texts, delimiter=";", strict=True)
        except (UnicodeDecodeError, csv.Error):
            return data
        return csv_text(head, rows).encode()
    return data
