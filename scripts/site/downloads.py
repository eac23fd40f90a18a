"""What the page of downloads says of each file: its size, its rows, its date and its hash."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from scripts.contract import Table
from scripts.site.tables import Tables
from scripts.site.words import kilobytes

CONTRACT = "datapackage.json"


@dataclass(frozen=True)
class Download:
    """One published file."""

    path: str
    title: str
    description: str
    file: Path

    @cached_property
    def _bytes(self) -> bytes:
        return self.file.read_bytes()

    @property
    def size(self) -> str:
        """Bytes in thousands, and the rows below the header of a table. A cell never holds a line end."""
        rows = self._bytes.count(b"\n") - 1
        size = kilobytes(len(self._bytes))
        return f"{size}, {rows:,} rows" if self.file.suffix == ".csv" else size

    @property
    def sha256(self) -> str:
        """The hash by which a copy can be told from another."""
        return hashlib.sha256(self._bytes).hexdigest()


def downloads(tables: Tables) -> list[Download]:
    """The contract and every table."""
    words = f"Every table, column, key and licence, version {tables.contract.version}"
    first = Download(CONTRACT, "Contract", words, tables.package / CONTRACT)
    return [first, *(_of_table(tables, table) for table in tables.contract.tables)]


def _of_table(tables: Tables, table: Table) -> Download:
    return Download(table.path, table.title, table.description, tables.package / table.path)
