"""What the page of downloads says of each file: its size, its rows, its date and its hash."""

import hashlib
from dataclasses import dataclass

from scripts.package.contract import Table
from scripts.package.opening import DESCRIPTOR, Package
from scripts.site.page_data import PageData
from scripts.wording.words import kilobytes


@dataclass(frozen=True)
class Download:
    """One published file."""

    path: str
    title: str
    description: str
    content: bytes

    @property
    def size(self) -> str:
        """Bytes in thousands, and the rows below the header of a table. A cell never holds a line end."""
        rows = self.content.count(b"\n") - 1
        size = kilobytes(len(self.content))
        return f"{size}, {rows:,} rows" if self.path.endswith(".csv") else size

    @property
    def sha256(self) -> str:
        """The hash by which a copy can be told from another."""
        return hashlib.sha256(self.content).hexdigest()


def downloads(data: PageData) -> list[Download]:
    """The contract and every table."""
    package = data.package
    words = f"Every table, column, key and licence, version {package.contract.version}"
    first = Download(DESCRIPTOR, "Contract", words, package.content(DESCRIPTOR))
    return [first, *(_of_table(package, table) for table in package.contract.tables)]


def _of_table(package: Package, table: Table) -> Download:
    return Download(table.path, table.title, table.description, package.content(table.path))
