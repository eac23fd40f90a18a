"""The frozen package, on which tests of code run, independent of changes in `data/`.

It was cut from the real tables: the featured readings, all rows named by cases of rules or by tests
(listed in kept.txt), and the rows that these refer to. Added to them are a withdrawal, a correction and a
reply that never happened. One derived table, `scenario_sample_sizes`, is empty: the rows that would fill it
are in `aside/`, with the vocabulary that only tests/valid_contributions uses. Only tables are kept:
contract, pages and settings come from the project, and derived tables are computed.

`python -m tests.frozen` updates its structure when datapackage.json changes, and keeps all existing cells;
with `--cut` it removes rows that nothing needs.
"""

import atexit
import json
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from filelock import FileLock

from scripts import derived
from scripts.package.atomic_write import write_text_atomically
from scripts.package.files import csv_text, rows_of_csv
from scripts.package.package import DESCRIPTOR, Package

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "tests" / "frozen"
MADE = "FROZEN_PACKAGE"  # tells the other processes of a run where the first made it
VERSION = "1.0.0-dev0"  # on which tests rely
OF_THE_PROJECT = ("docs", "overrides", "mkdocs.yml")


def whole_frozen_package() -> Path:
    """Return the frozen package with pages, settings and derived tables, made once per test run."""
    if MADE not in os.environ:
        place = Path(tempfile.mkdtemp(prefix="frozen-"))
        atexit.register(shutil.rmtree, place, ignore_errors=True)
        os.environ[MADE] = str(write_whole_package(place / "package"))
    return Path(os.environ[MADE])


@cache
def frozen_package_with_rows_aside() -> Path:
    """Return the frozen package with the rows in `aside/` added, made once per test run."""
    place = whole_frozen_package().with_name("with-aside")
    with FileLock(place.with_suffix(".lock")):
        if not place.exists():
            new = place.with_suffix(".new")
            write_whole_package(new, KEPT / "aside").rename(place)
    return place


def write_whole_package(place: Path, *more: Path) -> Path:
    """Lay out the frozen package in a new folder like the real one, adding the rows of other folders."""
    shutil.copytree(KEPT / "data", place / "data")
    descriptor = json.loads((ROOT / DESCRIPTOR).read_text(encoding="utf-8")) | {"version": VERSION}
    descriptor.pop("created", "")
    write_text_atomically(place / DESCRIPTOR, json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n")
    for part in OF_THE_PROJECT:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copyfile
        copy(ROOT / part, place / part)
    for part in (part for folder in more for part in folder.glob("*.csv")):
        table = Package(place, with_derived=False).contract.table(part.stem)
        rows = rows_of_csv((place / table.path).read_bytes()) + rows_of_csv(part.read_bytes())
        cells = [list(row.values()) for row in sorted(rows, key=table.key_of)]
        write_text_atomically(place / table.path, csv_text(table.column_names, cells))
    for path, text in derived.texts_of_derived_tables(Package(place, with_derived=False)).items():
        write_text_atomically(place / path, text)
    return place
