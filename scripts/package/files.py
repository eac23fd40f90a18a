"""CSV files and their hashes: how this project reads and writes them."""

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

Row = dict[str, str]
Key = TypeVar("Key")
Item = TypeVar("Item")


def grouped(pairs: Iterable[tuple[Key, Item]]) -> dict[Key, list[Item]]:
    """What stands under the same key, together; a key that nothing has gives an empty list."""
    groups: dict[Key, list[Item]] = defaultdict(list)
    for key, item in pairs:
        groups[key].append(item)
    return groups


def csv_rows(content: bytes) -> list[Row]:
    """Read a CSV file that has passed the byte gate; one dict a row, all cells text."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def sha256(content: bytes) -> str:
    """The hash as people and tools write it."""
    return hashlib.sha256(content).hexdigest()


def csv_text(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Write rows as this project's CSV: comma, LF, quotes only where needed."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()
