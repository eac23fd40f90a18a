"""Check that the committed derived tables are those that the data give."""

import csv
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from scripts import derived
from scripts.checks.context import CheckContext
from scripts.checks.python_rules import rule_from_table
from scripts.findings import STALE, Finding, make_finding
from scripts.package.package import DESCRIPTOR

REPRODUCED = rule_from_table(STALE)
RULES = (REPRODUCED,)


def check(subject: CheckContext) -> list[Finding]:
    """Compute every derived table again in memory, and report the first line of each that differs."""
    if found := [*_unmatched(subject)]:
        return found
    for path, wanted in derived.build_derived_tables(subject.package).items():
        committed = committed_text(subject.package.folder / path)
        if committed != wanted:
            number, has, gives = first_difference(committed, wanted)
            field, cell, message = _cell_that_differs(wanted, has, gives)
            found.append(make_finding(REPRODUCED, path, message, line=number, field=field, value=cell))
    return found


def _unmatched(subject: CheckContext) -> Iterator[Finding]:
    """Yield derived tables that no script computes, and scripts whose table is not in the contract."""
    described = {table.name: table.path for table in subject.package.contract.derived}
    for name in described.keys() - derived.computed_tables():
        yield make_finding(REPRODUCED, described[name], "No script computes this table.")
    for name in sorted(derived.computed_tables() - described.keys()):
        message = f"scripts/derived/{name}.py computes a table that is not here."
        yield make_finding(REPRODUCED, DESCRIPTOR, message)


def _cell_that_differs(wanted: str, has: str, gives: str) -> tuple[str, str, str]:
    """The first cell that differs in a line: its column, its text, and what the data give instead."""
    lines = (wanted.partition("\n")[0], has, gives)
    header, old, new = (next(csv.reader([line]), []) for line in lines)
    if len(old) == len(new) == len(header) and old[0] == new[0]:
        for name, cells, other in zip(header, old, new, strict=True):
            if cells != other:
                return name, cells, f"In the row {old[0]} the data give: {other or '(blank)'}"
    return "", has, f"The data give: {gives or '(no such line)'}"


def committed_text(place: Path) -> str:
    """The text of a derived table, with its line ends and undecodable bytes; blank if it is missing."""
    return place.read_bytes().decode("utf-8", errors="backslashreplace") if place.exists() else ""


def first_difference(committed: str, wanted: str) -> tuple[int, str, str]:
    """The first line that differs between two texts: its number, what it says, and what it should say."""
    pairs = zip_longest(committed.splitlines(), wanted.splitlines(), fillvalue="")
    for number, (has, gives) in enumerate(pairs, start=1):
        if has != gives:
            return number, has, gives
    return len(wanted.splitlines()), "(line ends differ)", ""
