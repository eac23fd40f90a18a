"""The parts of a preview in Markdown: lists that are cut, and text of the data that stays text."""

import sys
from collections.abc import Iterable
from itertools import islice

from scripts.findings import LONGEST_VALUE, shown
from scripts.findings.layouts import markdown
from scripts.package.row_changes import CellChange

MOST_SHOWN = 50  # entries of a list
LEAD = 40  # characters before the first difference of two long texts
ALL = "`python -m scripts preview --format json` gives all."


def bullets(lines: Iterable[str], total: int, most: int = MOST_SHOWN) -> str:
    """A list of at most so many entries, and how many more there are."""
    shown_lines = [f"- {line}" for line in islice(lines, most)]
    if total > most:
        shown_lines.append(f"- … and {total - most:,} more. {ALL}")
    return "\n".join(shown_lines)


def words(text: str) -> str:
    """Text of the data, on which Markdown does not act."""
    return markdown(shown(text))


def arrow(was: str, became: str) -> str:
    """Long text is cut around the first difference, so that the two sides never look alike."""
    before, after = (shown(text, sys.maxsize) for text in (was, became))
    is_long = max(len(before), len(after)) > LONGEST_VALUE
    start = max(0, _first_difference(before, after) - LEAD) if is_long else 0
    return f"{_cell(before, start)} → {_cell(after, start)}"


def _first_difference(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (here, there) in pairs if here != there), min(len(one), len(other)))


def _cell(text: str, start: int) -> str:
    lead = "… " if start else ""
    return f"“{lead}{words(text[start:])}”" if text else "(blank)"


def of_cell(cell: CellChange) -> str:
    """A changed cell, before and after."""
    return f"{words(cell.field)}: {arrow(cell.was, cell.became)}"


def filled(cell: CellChange) -> str:
    """A cell of a new row."""
    return f"{words(cell.field)}: {_cell(cell.became, 0)}"
