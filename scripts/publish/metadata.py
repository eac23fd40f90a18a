"""Metadata on the data set for citation tools, search engines, feed readers and programs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from scripts.package.files import Row
from scripts.package.reading import date_span
from scripts.publish.dataset import DatasetMetadata, DescribedDataset
from scripts.publish.release_history import RecordedRelease
from scripts.wording.citations import remove_blank_facts

MESSAGE = "If you use these data, please cite this package and the source of each figure."
# Escapes for characters that could end the script element; the meaning of the JSON is unchanged.
ENDS_A_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
ATOM = "http://www.w3.org/2005/Atom"
SCHEMA_ORG = "https://schema.org/"
PAGE = "data/"


def citation_cff(metadata: DatasetMetadata) -> str:
    """CITATION.cff in Citation File Format 1.2.0, with texts quoted as JSON strings, which YAML accepts."""
    cited = metadata.citation
    facts = {
        "cff-version": "1.2.0",
        "message": MESSAGE,
        "type": "dataset",
        "title": cited.title,
        "abstract": metadata.description,
        "authors": [{"name": name} for name in cited.authors],
        "version": cited.version,
        "date-released": cited.date if metadata.is_released else "",
        "license": metadata.licence["name"],
        "keywords": metadata.keywords,
        "url": cited.url,
        "doi": cited.doi,
        # An unreleased version has no release date, but its preferred citation can have a year.
        "preferred-citation": cited.cff_reference if cited.date and not metadata.is_released else {},
    }
    lines = (
        f"{name}: {json.dumps(fact, ensure_ascii=False)}"
        for name, fact in remove_blank_facts(facts).items()
    )
    return "\n".join([*lines, ""])


@dataclass(frozen=True)
class DownloadableFile:
    """A file that readers can download: its path from the root of the site, title, type, size and hash."""

    path: str
    title: str
    media_type: str
    size: int
    sha256: str


def dataset_json_ld(
    dataset: DescribedDataset,
    downloads: Sequence[DownloadableFile],
    root: str,
    is_whole: bool,
    *,
    commit: str = "",
) -> str:
    """A schema.org Dataset for search engines, which describes only what the page shows.

    `root` is the address of the site's root, either relative to the page or absolute.
    """
    bodies = [{"@type": "Organization", "name": name} for name in dataset.creators]
    code = {"@type": "SoftwareSourceCode", "name": "The commit it was made from", "identifier": commit}
    facts = {
        "@context": SCHEMA_ORG,
        **schema_org_dataset_reference(dataset, root),
        "description": dataset.description,
        "isAccessibleForFree": True,
        "creator": bodies,
        "publisher": bodies,
        "citation": dataset.citation.citation_line,
        "keywords": list(dataset.keywords),
        "temporalCoverage": "/".join(dataset.years),
        "spatialCoverage": {"@type": "Place", "name": dataset.country},
        "isBasedOn": [f"{root}{dataset.path_of_sources_table}", *([code] if commit else [])],
        "variableMeasured": [row["name"] for row in dataset.indicators] if is_whole else [],
        "measurementTechnique": list(dataset.techniques) if is_whole else [],
        "distribution": [_schema_org_data_download(download, root) for download in downloads],
    }
    return json_for_script_element(facts)


def schema_org_dataset_reference(dataset: DescribedDataset, root: str) -> dict[str, object]:
    """The data set's name, identifier, version and licence, for use in other schema.org types."""
    return {
        "@type": "Dataset",
        "name": dataset.title,
        "url": f"{root}{PAGE}",
        "identifier": f"https://doi.org/{dataset.doi}" if dataset.doi else dataset.citation.key,
        "version": dataset.version,
        "datePublished" if dataset.is_released else "dateModified": dataset.created,
        "creativeWorkStatus": "" if dataset.is_released else "not released",
        "license": dataset.licence["path"],
    }


def json_for_script_element(facts: Mapping[str, object]) -> str:
    """JSON of the facts that are not blank; no character in it can end the surrounding script element."""
    return json.dumps(remove_blank_facts(facts), ensure_ascii=False).translate(ENDS_A_SCRIPT)


def _schema_org_data_download(download: DownloadableFile, root: str) -> dict[str, object]:
    return {
        "@type": "DataDownload",
        "name": download.title,
        "contentUrl": f"{root}{download.path}",
        "encodingFormat": download.media_type,
        "contentSize": f"{download.size} B",
        "sha256": download.sha256,
    }


@dataclass(frozen=True)
class FeedEntry:
    """A release or correction in a feed; its id is its address, which never changes."""

    address: str
    date: str
    title: str
    text: str


def feed_entries(
    releases: Sequence[RecordedRelease], corrections: Sequence[Row], root: str
) -> list[FeedEntry]:
    """All feed entries, newest first; corrections come before the release that contains them."""
    found = [_feed_entry_of_correction(row, root) for row in corrections]
    found += [_feed_entry_of_release(release, root) for release in releases]
    return sorted(found, key=lambda entry: entry.date, reverse=True)


def _feed_entry_of_release(release: RecordedRelease, root: str) -> FeedEntry:
    rows = sum(table.rows for table in release.tables.values())
    text = f"{rows} rows in {len(release.tables)} tables. What differs stands in the changelog of the data."
    return FeedEntry(f"{root}v/{release.version}/", release.date, f"Version {release.version}", text)


def _feed_entry_of_correction(row: Row, root: str) -> FeedEntry:
    title = f"{row['kind'].capitalize()} in version {row['version']}: {row['table_name']} {row['row_key']}"
    change = f"{row['field']}: “{row['was']}” became “{row['became']}”. " if row["field"] else ""
    return FeedEntry(f"{root}{PAGE}#{row['correction_id']}", row["date"], title, f"{change}{row['reason']}")


def _atom_timestamp(date: str) -> str:
    return f"{date}T00:00:00Z"


def atom_feed(dataset: DescribedDataset, entries: Sequence[FeedEntry], root: str) -> str:
    """The Atom feed, which tells people who have quoted a figure when it changes."""
    address = f"{root}feed.xml"
    version = dataset.version_with_date
    held = f"These data: {dataset.rows} rows in {len(dataset.tables)} tables, version {version}."
    # If the date of the data is not known, the first day that the date of the latest document may mean.
    day = entries[0].date if entries else dataset.created or date_span(dataset.latest_document).start
    feed = ElementTree.Element("feed", xmlns=ATOM)
    _add_child_texts(feed, title=f"Releases and corrections – {dataset.title}", id=address)
    _add_child_texts(feed, subtitle=held, updated=_atom_timestamp(day))
    ElementTree.SubElement(feed, "link", rel="self", href=address)
    ElementTree.SubElement(feed, "link", rel="alternate", href=f"{root}{PAGE}")
    for name in dataset.creators:
        _add_child_texts(ElementTree.SubElement(feed, "author"), name=name)
    for item in entries:
        entry = ElementTree.SubElement(feed, "entry")
        _add_child_texts(entry, title=item.title, id=item.address, updated=_atom_timestamp(item.date))
        ElementTree.SubElement(entry, "link", rel="alternate", href=item.address)
        _add_child_texts(entry, content=item.text)
    ElementTree.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, encoding="unicode")}\n'


def _add_child_texts(parent: ElementTree.Element, **texts: str) -> None:
    for name, text in texts.items():
        ElementTree.SubElement(parent, name).text = text
