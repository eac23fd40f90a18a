"""What a pull request of ours may hold: new rows of tables that are there, and computed tables. No more."""

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from scripts.forge.github import Refused

TABLE = re.compile(r"data/(?P<derived>derived/)?(?P<name>[a-z_]{1,60})\.csv")
# A person writes them, as all of data/editorial/, which decides how others are judged or shown.
BY_HAND = ("corrections", "replies")
MOST_ROWS = 5_000  # new ones in a table


def accept(files: Mapping[str, bytes], folder: Path) -> list[str]:
    """Write the tables into the package and name them. Refused, with nothing written, if any may not be."""
    for name, content in files.items():
        _may_be_written(name, content, folder)
    if not any(name.count("/") == 1 for name in files):
        raise Refused("No table of data/ would change.")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return sorted(files)


def _may_be_written(name: str, content: bytes, folder: Path) -> None:
    path = TABLE.fullmatch(name)
    if not path or path["name"] in BY_HAND:
        raise Refused("What was handed over holds a file that is no table for new rows.")
    place = folder / name
    if any(one.is_symlink() for one in (place, *place.parents) if one != folder) or not place.is_file():
        raise Refused(f"{name} is no plain file of the package.")
    before, after = _rows(place.read_bytes(), name), _rows(content, name)
    if before[:1] != after[:1]:
        raise Refused(f"The columns of {name} are others.")
    if not path["derived"]:
        _only_adds(Counter(before), Counter(after), name)


def _only_adds(before: Counter[tuple[str, ...]], after: Counter[tuple[str, ...]], name: str) -> None:
    if before - after:
        raise Refused(f"A row of {name} would change or go.")
    if (after - before).total() > MOST_ROWS:
        raise Refused(f"More than {MOST_ROWS:,} rows would be added to {name}.")


def _rows(content: bytes, name: str) -> list[tuple[str, ...]]:
    """The rows of a table, header included, each with as many cells as the header."""
    try:
        rows = [
            tuple(row) for row in csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
        ]
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refused(f"{name} is no CSV in UTF-8.") from error
    if not rows or {len(row) for row in rows} != {len(rows[0])}:
        raise Refused(f"The rows of {name} have different numbers of cells.")
    return rows
