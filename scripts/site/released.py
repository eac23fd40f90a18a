"""What the pages say of the package as a whole: its description, its files, its origin, its versions."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from markupsafe import Markup

from scripts.package.files import Row, sha256
from scripts.package.opening import Package
from scripts.publish.bundle import Provenance, provenance
from scripts.publish.dataset import Dataset, describe
from scripts.publish.metadata import Download, atom, entries, json_feed, json_ld, llms_txt
from scripts.publish.versions import Release, read_history
from scripts.wording.citations import of_package

LOCAL = "http://127.0.0.1:8000/"  # where `serve` shows the site, for feeds that need an address
DOWNLOAD = "download"
KINDS = {
    ".zip": ("The package: CSV, contract, codebook", "application/zip"),
    ".sqlite": ("All tables as one SQLite file, for Datasette", "application/vnd.sqlite3"),
    ".dta": ("The values for Stata, with labels", "application/x-stata-dta"),
    ".xlsx": (
        "All tables as an Excel workbook",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


class Published:
    """The package as its readers meet it; `files` are those of a release."""

    def __init__(self, package: Package, files: Mapping[str, bytes], site_url: str) -> None:
        self._package, self._files = package, files
        self._root = f"{site_url.rstrip('/')}/" if site_url else ""
        self.dataset: Dataset = describe(package)

    @cached_property
    def provenance(self) -> Provenance:
        """What this build was made from."""
        return provenance(self._package, self.dataset)

    @cached_property
    def history(self) -> list[Release]:
        """The releases, the newest first."""
        return read_history(self._package)

    @cached_property
    def corrections(self) -> list[Row]:
        """What was corrected, withdrawn or removed after a release."""
        return self._package.rows("corrections")

    @property
    def bundles(self) -> list[Download]:
        """The files that hold everything, and the values for Stata."""
        return [
            _download(f"{DOWNLOAD}/{name}", KINDS[suffix], content)
            for suffix in KINDS
            for name, content in sorted(self._files.items())
            if Path(name).suffix == suffix
        ]

    @property
    def buttons(self) -> list[Download]:
        """What most readers take, beside the one table."""
        return [file for file in self.bundles if Path(file.path).suffix in (".zip", ".xlsx")]

    def file(self, suffix: str) -> str:
        """The address of the file of a kind from the root of the site."""
        return {Path(file.path).suffix: file.path for file in self.bundles}.get(suffix, f"{DOWNLOAD}/")

    @property
    def tables(self) -> list[Download]:
        """The CSV file of each table."""
        return [
            _download(table.path, (table.title, "text/csv"), self._package.content(table.path))
            for table in self.dataset.tables
        ]

    def address(self, path: str) -> str:
        """The whole address of a page or file; on this machine where the site has none of its own."""
        return f"{self._root or LOCAL}{path}"

    def json_ld(self, base: str, whole: bool) -> Markup:
        """The description for search engines: `whole` where the page shows all tables and indicators."""
        downloads = self.bundles + (self.tables if whole else [])
        text = json_ld(
            self.dataset,
            downloads,
            self._root or base,
            whole,
            citation=of_package(self._package.descriptor, self._root).text,
            commit=self.provenance.commit,
        )
        return Markup(text)

    def extra_files(self) -> dict[str, str]:
        """Files at the root of the site beside its pages."""
        root = self._root or LOCAL
        found = entries(self.history, self.corrections, root)
        return {
            "llms.txt": llms_txt(self._package, self.dataset, self._root),
            "feed.xml": atom(self.dataset, found, root),
            "feed.json": json_feed(self.dataset, found, root),
        }


def _download(path: str, kind: tuple[str, str], content: bytes) -> Download:
    return Download(path, *kind, len(content), sha256(content))
