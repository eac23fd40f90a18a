"""What the page of downloads says of each file: its size, its rows, its date and its hash."""

import hashlib
from dataclasses import dataclass

from scripts.package.contract import Table
from scripts.package.opening import DESCRIPTOR, Package


@dataclass(frozen=True)
class Download:
    """One published file."""

    path: str
    title: str
    description: str
    content: bytes

    @property
    def rows(self) -> str:
        """How many rows below the header; blank for what is no table. A cell never holds a line end."""
        lines = self.content.count(b"\n")
        return f"{lines - 1:,}" if self.path.endswith(".csv") else ""

    @property
    def size(self) -> str:
        """Bytes in thousands."""
        return f"{len(self.content) / 1000:,.1f} kB"

    @property
    def sha256(self) -> str:
        """The hash by which a copy can be told from another."""
        return hashlib.sha256(self.content).hexdigest()


def downloads(package: Package) -> list[Download]:
    """The contract and every table."""
    words = f"Every table, column, key and licence, version {package.contract.version}"
    first = Download(DESCRIPTOR, "Contract", words, package.content(DESCRIPTOR))
    return [first, *(_of_table(package, table) for table in package.contract.tables)]


def _of_table(package: Package, table: Table) -> Download:
    return Download(table.path, table.title, table.description, package.content(table.path))
