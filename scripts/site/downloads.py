"""What the data page shows: the package's description, files, versions and data dictionary."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from markupsafe import Markup

from scripts.package.contract import GROUPS, Field, Table
from scripts.package.files import group_by_key, sha256_hex
from scripts.package.package import DESCRIPTOR, Package
from scripts.publish.dataset import DescribedDataset, describe_dataset
from scripts.publish.formats import FORMATS
from scripts.publish.metadata import DownloadableFile, atom_feed, dataset_json_ld, feed_entries
from scripts.publish.release_files import BuildProvenance, build_provenance, released_descriptor
from scripts.publish.release_history import read_recorded_releases
from scripts.site.content_nodes import (
    ListEntry,
    MarkedWords,
    Section,
    WebLink,
    make_list_entry,
    put_in_bold,
)
from scripts.site.page_data import PageData
from scripts.wording.citations import Citation
from scripts.wording.text_formatting import code_for_readers, format_kilobytes, format_whole_number

LOCAL = "http://127.0.0.1:8000/"  # where `serve` shows the site, for feeds that need an address
DOWNLOAD = "download"
ZIP = (".zip", "The package: CSV, schema, codebook", "application/zip")
# The suffix, words and media type of each file that is listed on its own.
SINGLE = [ZIP, *((kind.suffix, kind.words, kind.media_type) for kind in FORMATS if kind.words)]


class PublishedPackage:
    """The package as the site publishes it: its description, release files and history of releases."""

    def __init__(self, package: Package, files: Mapping[str, bytes], site_url: str) -> None:
        self._package, self._files = package, files
        self.root = f"{site_url.rstrip('/')}/" if site_url else ""
        self.dataset: DescribedDataset = describe_dataset(package)
        self.history = read_recorded_releases(package)
        self.corrections = package.rows("corrections")  # corrections of released data
        self.examples: dict[str, str] = {}  # the id of the study in each workbook, by address

    @cached_property
    def provenance(self) -> BuildProvenance:
        """The commit and files that this build was made from."""
        return build_provenance(self._package, self.dataset)

    @property
    def downloads_with_all_tables(self) -> list[DownloadableFile]:
        """The downloads that contain all tables in one file, and the file with the values for Stata."""
        by_suffix = group_by_key((Path(name).suffix, name) for name in sorted(self._files))
        return [
            _make_download(f"{DOWNLOAD}/{name}", about, self._files[name])
            for suffix, *about in SINGLE
            for name in by_suffix[suffix]
        ]

    def address_of_file_with_suffix(self, suffix: str) -> str:
        """The address, from the site's root, of the download with a suffix; the folder's if none has it."""
        return {Path(file.path).suffix: file.path for file in self.downloads_with_all_tables}.get(
            suffix, f"{DOWNLOAD}/"
        )

    @property
    def formats_with_a_file_per_table(self) -> list[tuple[str, str]]:
        """The name and folder of each format in which every table has a file of its own."""
        return [(kind.name, f"{DOWNLOAD}/{kind.suffix[1:]}/") for kind in FORMATS if not kind.words]

    @property
    def csv_downloads(self) -> list[DownloadableFile]:
        """The CSV file of each table, as a download."""
        content = self._package.bytes_of_file
        return [
            _make_download(table.path, (table.title, "text/csv"), content(table.path))
            for table in self.dataset.tables
        ]

    def address_of_example_workbook(self, study_id: str) -> str:
        """Add a workbook filled in with a study to the build, and return the workbook's address."""
        path = "contribute/example.xlsx"
        self.examples[path] = study_id
        return path

    def full_address(self, path: str) -> str:
        """The full address of a page or file; a local one if the site has no address."""
        return f"{self.root or LOCAL}{path}"

    def json_ld(self, base: str, whole: bool) -> Markup:
        """The JSON-LD for search engines; `whole` means that the page shows all tables and indicators."""
        downloads = self.downloads_with_all_tables + (self.csv_downloads if whole else [])
        root, commit = self.root or base, self.provenance.commit
        return Markup(dataset_json_ld(self.dataset, downloads, root, whole, commit=commit))

    def page_citation(self, title: str, path: str) -> Citation:
        """The citation for a page: that of the data set, with the page's title and address."""
        return replace(self.dataset.citation, title=title, url=self.root and f"{self.root}{path}")

    def root_files_by_name(self) -> dict[str, str]:
        """The files at the site's root that are not pages, by name: only the Atom feed."""
        root = self.root or LOCAL
        found = feed_entries(self.history, self.corrections, root)
        return {"feed.xml": atom_feed(self.dataset, found, root)}


def _make_download(path: str, kind: Sequence[str], content: bytes) -> DownloadableFile:
    title, media_type = kind
    size, digest = len(content), sha256_hex(content)
    return DownloadableFile(path=path, title=title, media_type=media_type, size=size, sha256=digest)


def downloads(data: PageData) -> list[Section]:
    """An entry for each file of the package, in sections by group; datapackage.json is first."""
    contract, content = data.contract.released_contract, data.package.bytes_of_file
    words = "Every table, column, key and licence, with the hash of each file"
    files: dict[str, list[ListEntry]] = {group: [] for group in GROUPS}
    files["core"].append(_entry_for_table_file(DESCRIPTOR, words, released_descriptor(data.package)))
    for table in contract.tables:
        files[table.group].append(_entry_for_table_file(table.path, table.title, content(table.path)))
    return [Section(group, title, rows=tuple(files[group])) for group, title in GROUPS.items()]


def _entry_for_table_file(path: str, about: str, content: bytes) -> ListEntry:
    """An entry for a file: its size in kilobytes and, if it is a CSV file, its number of rows.

    Rows are counted by their line ends, so no cell may contain one.
    """
    lines = content.count(b"\n")
    rows = f", {lines - 1:,} rows" if path.endswith(".csv") else ""
    return make_list_entry(
        "", WebLink(path, path, "file"), about, f"{format_kilobytes(len(content))}{rows}"
    )


def dictionary(data: PageData) -> list[Section]:
    """A section for each released table, with its columns."""
    return [_table_section(table) for table in data.contract.released_contract.tables]


def _table_section(table: Table) -> Section:
    about = f"{table.description} Key: {', '.join(table.primary_key)}."
    rows = tuple(row for field in table.fields for row in _column_entries(field))
    return Section(table.name, table.title, ((about,),), rows=rows)


def _column_entries(field: Field) -> Iterator[ListEntry]:
    """Yield an entry for a column, then one that explains each of the codes that it allows."""
    allowed = "the words below" if field.categories else ""
    allowed += ", several with semicolons" if field.is_list else ""
    blank = f" Blank: {field.blank}" if field.blank else ""
    holds = put_in_bold(f"{field.title}."), f" {field.description}{blank}"
    kind = ", ".join(filter(None, (field.type, field.unit)))
    yield make_list_entry("", field.name, kind, holds, str(field.example), allowed)
    yield from (
        make_list_entry("", MarkedWords(category.value, "code"), category.label_and_description)
        for category in field.categories
    )


def coverage_by_topic(data: PageData) -> list[ListEntry]:
    """An entry for what the data contain on each topic, and one for all topics together."""
    topics = sorted({reading.topic for reading in data.reading_index.not_withdrawn})
    return [_coverage_of_topic(data, topic) for topic in (*topics, "")]


def _coverage_of_topic(data: PageData, topic: str) -> ListEntry:
    """Counts of what the data contain on a topic, or on all if it is blank, and of what was not found."""
    readings = [reading for reading in data.reading_index.not_withdrawn if topic in ("", reading.topic)]
    missing = [row for row in data.rows("not_available") if topic in ("", row["topic"])]
    documents = {reading.source_id for reading in readings}
    whole_ones = [key for key in documents if data.row("sources", key)["read_extent"] == "whole"]
    primary = [reading for reading in readings if reading.is_primary]
    counted = (
        readings,
        {reading.quantity_id for reading in readings},
        documents,
        whole_ones,
        primary,
        missing,
    )
    return make_list_entry(
        "", code_for_readers(topic) or "all", *(format_whole_number(len(counts)) for counts in counted)
    )
