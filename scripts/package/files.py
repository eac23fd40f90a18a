"""CSV files and their hashes: how this project reads and writes them."""

import csv
import hashlib
import io
from collections.abc import Iterable

Row = dict[str, str]


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
