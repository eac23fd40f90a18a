"""The data set as others read about it: for citation tools, search engines, feed readers and programs."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from scripts.package.files import Row
from scripts.package.reading import span
from scripts.publish.dataset import Dataset
from scripts.publish.versions import Release

MESSAGE = "If you use these data, please cite this package and the source of each figure."
# Characters that could end the script element, written so that JSON still means the same.
ENDS_A_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
ATOM = "http://www.w3.org/2005/Atom"
PAGE = "data/"


def citation_cff(dataset: Dataset) -> str:
    """The Citation File Format 1.2.0. Texts are quoted as in JSON, which YAML reads too."""
    facts: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": MESSAGE,
        "type": "dataset",
        "title": dataset.title,
        "abstract": dataset.description,
        "authors": [{"name": name} for name in dataset.creators],
        "version": dataset.version,
        "date-released": dataset.is_released and dataset.created,
        "license": dataset.licence["name"],
        "keywords": list(dataset.keywords),
        "url": dataset.homepage,
        "doi": dataset.doi,
    }
    known = {name: json.dumps(fact, ensure_ascii=False) for name, fact in facts.items() if fact}
    return "".join(f"{name}: {fact}\n" for name, fact in known.items())


@dataclass(frozen=True)
class Download:
    """A file that readers can take: its path from the root of the site, what it is, and its hash."""

    path: str
    title: str
    media_type: str
    size: int
    sha256: str


def json_ld(
    dataset: Dataset,
    downloads: Sequence[Download],
    root: str,
    with_indicators: bool,
    *,
    citation: str = "",
    commit: str = "",
) -> str:
    """schema.org Dataset, for the head of search engines: what the page shows, no more.

    `root` leads from the page, or from anywhere, to the root of the site.
    """
    bodies = [{"@type": "Organization", "name": name} for name in dataset.creators]
    code = {"@type": "SoftwareSourceCode", "name": "The commit it was made from", "identifier": commit}
    facts: dict[str, object] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": dataset.title,
        "description": dataset.description,
        "url": f"{root}{PAGE}",
        "identifier": f"https://doi.org/{dataset.doi}" if dataset.doi else "",
        "version": dataset.version,
        "datePublished" if dataset.is_released else "dateModified": dataset.created,
        "creativeWorkStatus": "" if dataset.is_released else "not released",
        "license": dataset.licence["path"],
        "isAccessibleForFree": True,
        "creator": bodies,
        "publisher": bodies,
        "citation": citation,
        "keywords": list(dataset.keywords),
        "temporalCoverage": "/".join(dataset.years),
        "spatialCoverage": {"@type": "Place", "name": dataset.country},
        "isBasedOn": [f"{root}{dataset.based_on}", *([code] if commit else [])],
        "variableMeasured": [row["name"] for row in dataset.indicators] if with_indicators else [],
        "distribution": [_distribution(one, root) for one in downloads],
    }
    known = {name: fact for name, fact in facts.items() if fact}
    return json.dumps(known, ensure_ascii=False).translate(ENDS_A_SCRIPT)


def _distribution(download: Download, root: str) -> dict[str, object]:
    return {
        "@type": "DataDownload",
        "name": download.title,
        "contentUrl": f"{root}{download.path}",
        "encodingFormat": download.media_type,
        "contentSize": f"{download.size} B",
        "sha256": download.sha256,
    }


@dataclass(frozen=True)
class Entry:
    """A release or a correction in a feed; its address is its id and stays."""

    address: str
    date: str
    title: str
    text: str


def entries(releases: Sequence[Release], corrections: Sequence[Row], root: str) -> list[Entry]:
    """All entries, the newest first; corrections before the release that makes them."""
    found = [_of_correction(row, root) for row in corrections]
    found += [_of_release(release, root) for release in releases]
    return sorted(found, key=lambda entry: entry.date, reverse=True)


def _of_release(release: Release, root: str) -> Entry:
    rows = sum(table.rows for table in release.tables.values())
    text = f"{rows} rows in {len(release.tables)} tables. What differs stands in the changelog of the data."
    return Entry(f"{root}v/{release.version}/", release.date, f"Version {release.version}", text)


def _of_correction(row: Row, root: str) -> Entry:
    title = f"{row['kind'].capitalize()} in version {row['version']}: {row['table_name']} {row['row_key']}"
    change = f"{row['field']}: “{row['was']}” became “{row['became']}”. " if row["field"] else ""
    return Entry(f"{root}{PAGE}#{row['correction_id']}", row["date"], title, f"{change}{row['reason']}")


def _moment(date: str) -> str:
    return f"{date}T00:00:00Z"


def atom(dataset: Dataset, found: Sequence[Entry], root: str) -> str:
    """The Atom feed, so that whoever quoted a figure hears of a change."""
    address = f"{root}feed.xml"
    held = f"These data: {dataset.rows} rows in {len(dataset.tables)} tables, version {dataset.edition}."
    # Where the day of the data is not known, the first on which they can be what they are.
    day = found[0].date if found else dataset.created or span(dataset.latest_document).start
    feed = ElementTree.Element("feed", xmlns=ATOM)
    _fill(feed, title=f"Releases and corrections – {dataset.title}", id=address)
    _fill(feed, subtitle=held, updated=_moment(day))
    ElementTree.SubElement(feed, "link", rel="self", href=address)
    ElementTree.SubElement(feed, "link", rel="alternate", href=f"{root}{PAGE}")
    for name in dataset.creators:
        _fill(ElementTree.SubElement(feed, "author"), name=name)
    for one in found:
        entry = ElementTree.SubElement(feed, "entry")
        _fill(entry, title=one.title, id=one.address, updated=_moment(one.date))
        ElementTree.SubElement(entry, "link", rel="alternate", href=one.address)
        _fill(entry, content=one.text)
    ElementTree.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, encoding="unicode")}\n'


def _fill(parent: ElementTree.Element, **texts: str) -> None:
    for name, text in texts.items():
        ElementTree.SubElement(parent, name).text = text
