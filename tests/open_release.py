"""Opens each file of a release as readers would, and counts the rows of each table in it.

Run as `python -m tests.open_release DIST`; it exits with 1 if two files differ or a hash is wrong.
"""

import csv
import hashlib
import io
import json
import sqlite3
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pandas as pd
import polars as pl

Counts = dict[str, int]


def one(dist: Path, suffix: str) -> Path:
    """Return the only file with this suffix."""
    [path] = dist.glob(f"*.{suffix}")
    return path


def in_zip(dist: Path) -> dict[str, str]:
    """Return the text of each file in the zip, by its path below the top folder."""
    with zipfile.ZipFile(one(dist, "zip")) as archive:
        return {name.partition("/")[2]: archive.read(name).decode() for name in archive.namelist()}


def counts(dist: Path) -> dict[str, Counts]:
    """Return the number of rows of each table, by kind of file."""
    texts = in_zip(dist)
    tables = {table["name"]: table["path"] for table in json.loads(texts["datapackage.json"])["resources"]}
    book = openpyxl.load_workbook(one(dist, "xlsx"), read_only=True)
    with closing(sqlite3.connect(one(dist, "sqlite"))) as base:
        in_base = {name: base.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}
    return {
        "csv": {name: len([*csv.DictReader(io.StringIO(texts[path]))]) for name, path in tables.items()},
        "xlsx": {name: sum(1 for _ in book[name].iter_rows()) - 1 for name in tables},
        "sqlite": in_base,
        "parquet": {name: pl.read_parquet(dist / f"parquet/{name}.parquet").height for name in tables},
        "dta": {"values": len(pd.read_stata(dist / "values.dta"))},
    }


def faults(dist: Path) -> Iterator[str]:
    """Yield where two of the files differ, or lack what they should describe."""
    found = counts(dist)
    for kind, of_tables in found.items():
        for name, rows in of_tables.items():
            if rows != found["csv"][name]:
                yield f"{name} has {found['csv'][name]} rows in the zip, and {rows} as {kind}"
    columns = pd.read_csv(dist / "codebook.csv")["table"]
    if {*columns} != {*found["csv"]}:
        yield "codebook.csv is about other tables"
    for line in (dist / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        if hashlib.sha256((dist / name).read_bytes()).hexdigest() != digest:
            yield f"{name} has another hash"


if __name__ == "__main__":
    said = [*faults(Path(sys.argv[1]))]
    print("\n".join(said) or "Each file opens, and all of them hold the same rows.")
    sys.exit(bool(said))
