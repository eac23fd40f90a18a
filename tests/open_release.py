"""Open each file of a release as readers would, and count the rows of each table in it.

Run as `python -m tests.open_release DIST`; it exits with 1 if two files differ or a hash is wrong.
"""

import csv
import hashlib
import io
import json
import sqlite3
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pandas as pd
import polars as pl

Counts = dict[str, int]


def file_with_suffix(dist: Path, suffix: str) -> Path:
    """Return the path of the only file with this suffix; raises ValueError if there is not exactly one."""
    [path] = dist.glob(f"*.{suffix}")
    return path


def texts_in_zip(dist: Path) -> dict[str, str]:
    """Return the text of each file in the zip, by its path below the top folder."""
    with zipfile.ZipFile(file_with_suffix(dist, "zip")) as archive:
        return {name.partition("/")[2]: archive.read(name).decode() for name in archive.namelist()}


def _rows_of_zip(dist: Path) -> Counts:
    texts = texts_in_zip(dist)
    tables = {table["name"]: table["path"] for table in json.loads(texts["datapackage.json"])["resources"]}
    return {name: len([*csv.DictReader(io.StringIO(texts[path]))]) for name, path in tables.items()}


def _rows_of_workbook(dist: Path) -> Counts:
    book = openpyxl.load_workbook(file_with_suffix(dist, "xlsx"), read_only=True)
    return {name: sum(1 for _ in book[name].iter_rows()) - 1 for name in _rows_of_zip(dist)}


def _rows_of_sqlite(dist: Path) -> Counts:
    with closing(sqlite3.connect(file_with_suffix(dist, "sqlite"))) as base:
        counted = 'SELECT count(*) FROM "{}"'.format
        return {name: base.execute(counted(name)).fetchone()[0] for name in _rows_of_zip(dist)}


# How to count the rows of each table, by the suffix of a format.
ROWS: dict[str, Callable[[Path], Counts]] = {
    ".zip": _rows_of_zip,
    ".xlsx": _rows_of_workbook,
    ".sqlite": _rows_of_sqlite,
    ".parquet": lambda dist: {file.stem: pl.read_parquet(file).height for file in dist.glob("parquet/*")},
    ".dta": lambda dist: {"values": len(pd.read_stata(dist / "values.dta"))},
}


def row_counts_by_format(dist: Path) -> dict[str, Counts]:
    """Return the number of rows of each table, by the suffix of the format."""
    return {suffix: rows_of(dist) for suffix, rows_of in ROWS.items()}


def release_file_faults(dist: Path) -> Iterator[str]:
    """Yield where two of the files differ, or lack what they should describe."""
    found = row_counts_by_format(dist)
    for kind, of_tables in found.items():
        for name, rows in of_tables.items():
            if rows != found[".zip"][name]:
                yield f"{name} has {found['.zip'][name]} rows in the zip, and {rows} as {kind}"
    columns = pd.read_csv(dist / "codebook.csv")["table"]
    if {*columns} != {*found[".zip"]}:
        yield "codebook.csv is about other tables"
    for line in (dist / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        if hashlib.sha256((dist / name).read_bytes()).hexdigest() != digest:
            yield f"{name} has another hash"


if __name__ == "__main__":
    said = [*release_file_faults(Path(sys.argv[1]))]
    print("\n".join(said) or "Each file opens, and all of them hold the same rows.")
    sys.exit(bool(said))
