"""The kill table of two engines: who finds a mutant, on the native DuckDB and on the one for browsers.

Mutants of one layer that do not touch are put into the package together; so are the slips of one kind.
"""

import shutil
from collections.abc import Iterator
from itertools import groupby, zip_longest
from pathlib import Path
from typing import NamedTuple

from scripts.package.files import csv_text
from tests import meaning_mutants, mutants
from tests.conftest import COLUMNS, FROZEN, KEYS

NUMBER, MOST = 300, 20  # mutants in all, and in one package
Files = dict[str, bytes]


class Batch(NamedTuple):
    """Some mutants in one package: what they are, how many, and the files that hold them."""

    name: str
    mutants: int
    files: Files


def batches(place: Path, number: int) -> Iterator[Batch]:
    """Batches in turn from both, until so many mutants are in them."""
    left = number
    for pair in zip_longest(_of_rules(place), _of_meaning()):
        for one in filter(None, pair):
            if left > 0:
                left -= one.mutants
                yield one


def _of_rules(place: Path) -> Iterator[Batch]:
    """For each rule the largest set of its mutants, the largest first."""
    largest: dict[str, list[mutants.Mutant]] = {}
    for run in sorted(mutants.runs(mutants.all_mutants()), key=len):
        if all(one.line for one in run):
            largest |= {one.rule: run for one in run}
    shutil.copytree(FROZEN / "data", place / "data")
    for run in sorted({id(run): run for run in largest.values()}.values(), key=len, reverse=True):
        some = run[:MOST]
        mutants.mutate(place, some)
        file = place / run[0].file
        yield Batch(f"{run[0].operator}, {run[0].table}", len(some), {file.name: file.read_bytes()})
        shutil.copyfile(FROZEN / run[0].file, file)


def _of_meaning() -> Iterator[Batch]:
    """The slips of each kind that change cells of rows."""
    for kind, slips in groupby(meaning_mutants.all_meanings(), key=lambda one: one.kind):
        changes = [change for one in slips for change in one.changes if "set" in change]
        if changes:
            yield Batch(kind, len(changes), _changed(changes))


def _changed(changes: list[meaning_mutants.Change]) -> Files:
    """The tables with the cells that are changed."""
    tables: dict[str, list[dict[str, str]]] = {}
    for change in changes:
        name = change["table"]
        rows = tables.setdefault(name, [dict(row) for row in meaning_mutants.rows(name)])
        key = [change["row"]] if isinstance(change["row"], str) else change["row"]
        for row in rows:
            if [row[field] for field in KEYS[name]] == key:
                row.update(change["set"])
    return {
        f"{name}.csv": csv_text(COLUMNS[name], (row.values() for row in rows)).encode()
        for name, rows in tables.items()
    }
