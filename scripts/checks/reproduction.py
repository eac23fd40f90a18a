"""Check that the committed derived tables are the same as those computed from the data."""

import csv
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from scripts import derived
from scripts.checks.context import CheckContext
from scripts.checks.python_rule_texts import rule_from_table
from scripts.findings import STALE, Finding, make_finding
from scripts.package.package import DESCRIPTOR

REPRODUCED = rule_from_table(STALE)
RULES = (REPRODUCED,)


def check(context: CheckContext) -> list[Finding]:
    """Compute every derived table again in memory, and report the first line of each that differs."""
    if found := [*_findings_on_unmatched_tables(context)]:
        return found
    for path, wanted in derived.texts_of_derived_tables(context.package).items():
        committed = committed_text(context.package.folder / path)
        if committed != wanted:
            number, has, gives = first_differing_line(committed, wanted)
            field, cell, message = _first_difference_with_message(wanted, has, gives)
            found.append(make_finding(REPRODUCED, path, message, line=number, field=field, value=cell))
    return found


def _findings_on_unmatched_tables(context: CheckContext) -> Iterator[Finding]:
    """Yield findings on derived tables that no script computes, and on scripts for unknown tables."""
    described = {table.name: table.path for table in context.package.contract.derived_tables}
    for name in described.keys() - derived.names_of_computed_tables():
        yield make_finding(REPRODUCED, described[name], "No script computes this table.")
    for name in sorted(derived.names_of_computed_tables() - described.keys()):
        message = f"scripts/derived/{name}.py computes a table that is not here."
        yield make_finding(REPRODUCED, DESCRIPTOR, message)


def _first_difference_with_message(
    computed_table: str, committed_line: str, computed_line: str
) -> tuple[str, str, str]:
    """The column and text of the first cell that differs, and a message saying what the data give instead.

    If the lines are not versions of the same row, the column is blank and the text is the whole line.
    """
    lines = (computed_table.partition("\n")[0], committed_line, computed_line)
    header, old, new = (next(csv.reader([line]), []) for line in lines)
    if len(old) == len(new) == len(header) and old[0] == new[0]:
        for name, cells, other in zip(header, old, new, strict=True):
            if cells != other:
                return name, cells, f"In the row {old[0]} the data give: {other or '(blank)'}"
    return "", committed_line, f"The data give: {computed_line or '(no such line)'}"


def committed_text(place: Path) -> str:
    """The text of a derived table, with its own line ends and bad bytes escaped; blank if it is missing."""
    return place.read_bytes().decode("utf-8", errors="backslashreplace") if place.exists() else ""


def first_differing_line(committed: str, computed: str) -> tuple[int, str, str]:
    """The first line that differs between two texts: its number, what it says, and what it should say."""
    pairs = zip_longest(committed.splitlines(), computed.splitlines(), fillvalue="")
    for number, (has, gives) in enumerate(pairs, start=1):
        if has != gives:
            return number, has, gives
    return len(computed.splitlines()), "(line ends differ)", ""
