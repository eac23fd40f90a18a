"""The data set as others read about it: for citation tools, search engines, feed readers and programs."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from xml.etree import ElementTree

from scripts.package.featured import Role
from scripts.package.files import Row
from scripts.package.opening import Package
from scripts.package.reading import span
from scripts.publish.dataset import Dataset
from scripts.publish.versions import Release

MESSAGE = "If you use these data, please cite this package and the source of each figure."
# Characters that could end the script element, written so that JSON still means the same.
ENDS_A_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
ATOM = "http://www.w3.org/2005/Atom"
PAGE = "data/"
EXAMPLE = Role("share-under-18-later")
FRONT = re.compile(r"^(title|description): (.+)$", re.MULTILINE)


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
        "license": dataset.licence.name,
        "keywords": list(dataset.keywords),
        "url": dataset.homepage,
        "doi": dataset.doi,
    }
    known = {name: json.dumps(fact, ensure_ascii=False) for name, fact in facts.items() if fact}
    return "".join(f"{name}: {fact}\n" for name, fact in known.items())


def zenodo_json(dataset: Dataset) -> str:
    """What Zenodo asks for when it takes a release in. It assigns the DOI itself."""
    facts: dict[str, object] = {
        "title": dataset.title,
        "upload_type": "dataset",
        "description": f"<p>{escape(dataset.description, quote=False)}</p>",
        "notes": MESSAGE,
        "creators": [{"name": name} for name in dataset.creators],
        "access_right": "open",
        "license": dataset.licence.name,
        "keywords": list(dataset.keywords),
        "language": "eng",
        "version": dataset.version,
    }
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"


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
        "license": dataset.licence.path,
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


def _about(dataset: Dataset) -> dict[str, str]:
    """The name of the feeds, and what they say of the data beside them."""
    held = f"{dataset.rows} rows in {len(dataset.tables)} tables, version {dataset.edition}"
    return {"title": f"Releases and corrections – {dataset.title}", "subtitle": f"These data: {held}."}


def _moment(date: str) -> str:
    return f"{date}T00:00:00Z"


def atom(dataset: Dataset, found: Sequence[Entry], root: str) -> str:
    """The Atom feed, so that whoever quoted a figure hears of a change."""
    about, address = _about(dataset), f"{root}feed.xml"
    # Where the day of the data is not known, the first on which they can be what they are.
    day = found[0].date if found else dataset.created or span(dataset.latest_document).start
    feed = ElementTree.Element("feed", xmlns=ATOM)
    _fill(feed, title=about["title"], id=address, subtitle=about["subtitle"], updated=_moment(day))
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


def json_feed(dataset: Dataset, found: Sequence[Entry], root: str) -> str:
    """The same as JSON Feed 1.1."""
    about = _about(dataset)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": about["title"],
        "home_page_url": f"{root}{PAGE}",
        "feed_url": f"{root}feed.json",
        "description": about["subtitle"],
        "language": "en",
        "authors": [{"name": name} for name in dataset.creators],
        "items": [
            {"id": one.address, "url": one.address, "title": one.title}
            | {"content_text": one.text, "date_published": _moment(one.date)}
            for one in found
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def llms_txt(package: Package, dataset: Dataset, root: str) -> str:
    """What the site holds and what its figures are not, for programs that read in place of people.

    A heading, the description with its limits, then the pages and the tables as lists of links.
    """
    example = package.featured.reading(EXAMPLE).id
    named = {page.name: page for page in sorted((package.folder / "docs").glob("*.md"))}
    named.pop("404.md", None)  # for addresses that do not exist
    pages = [named.pop("index.md"), *named.values()]
    lines = [
        f"# {dataset.title}\n",
        f"> {dataset.description}\n",
        f"Version {dataset.edition}. Licence: {dataset.licence.name}.",
        "Say with each share what it is a share of, its place and its period.",
        "Cite its source and this package.\n",
        "## Pages\n",
        *(_page(page, root) for page in pages),
        "\n## Data\n",
        f"- [datapackage.json]({root}datapackage.json): the contract, with every table and column",
        f"- [{example}.json]({root}values/{example}.json): one quantity; so for each quantity_id, and .csv",
        f"- [codebook.csv]({root}download/codebook.csv): every column in words",
        *(f"- [{table.name}]({root}{table.path}): {table.description}" for table in dataset.tables),
    ]
    return "\n".join(lines) + "\n"


def _page(page: Path, root: str) -> str:
    front = dict(FRONT.findall(page.read_text(encoding="utf-8").partition("\n---\n")[0]))
    address = "" if page.name == "index.md" else f"{page.stem}/"
    return f"- [{front.get('title', page.stem)}]({root + address or './'}): {front.get('description', '')}"
