"""Releases and corrections as feeds, so that whoever quoted a figure hears of a change."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from scripts.package.files import Row
from scripts.package.reading import span
from scripts.publish.dataset import Dataset
from scripts.publish.versions import Release

ATOM = "http://www.w3.org/2005/Atom"
PAGE = "data/"


@dataclass(frozen=True)
class Entry:
    """One release or one correction; its address is its id and stays."""

    address: str
    date: str
    title: str
    text: str

    @property
    def moment(self) -> str:
        """The date as feeds write it."""
        return f"{self.date}T00:00:00Z"


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


def about(dataset: Dataset) -> str:
    """What the feeds say of the data beside them."""
    return f"These data: {dataset.rows} rows in {len(dataset.tables)} tables, version {dataset.edition}."


def atom(dataset: Dataset, found: Sequence[Entry], root: str) -> str:
    """Write the Atom feed."""
    feed = ElementTree.Element("feed", xmlns=ATOM)
    _text(feed, "title", f"Releases and corrections – {dataset.title}")
    _text(feed, "id", f"{root}feed.xml")
    _text(feed, "subtitle", about(dataset))
    _text(feed, "updated", found[0].moment if found else f"{_day(dataset)}T00:00:00Z")
    ElementTree.SubElement(feed, "link", rel="self", href=f"{root}feed.xml")
    ElementTree.SubElement(feed, "link", rel="alternate", href=f"{root}{PAGE}")
    for name in dataset.creators:
        _text(ElementTree.SubElement(feed, "author"), "name", name)
    for one in found:
        entry = ElementTree.SubElement(feed, "entry")
        _text(entry, "title", one.title)
        _text(entry, "id", one.address)
        _text(entry, "updated", one.moment)
        ElementTree.SubElement(entry, "link", rel="alternate", href=one.address)
        _text(entry, "content", one.text)
    ElementTree.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, encoding="unicode")}\n'


def _day(dataset: Dataset) -> str:
    """The day of the data; where it is not known, the first on which they can be what they are."""
    return dataset.created or span(dataset.latest_document).start


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def json_feed(dataset: Dataset, found: Sequence[Entry], root: str) -> str:
    """Write the same as JSON Feed 1.1."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"Releases and corrections – {dataset.title}",
        "home_page_url": f"{root}{PAGE}",
        "feed_url": f"{root}feed.json",
        "description": about(dataset),
        "language": "en",
        "authors": [{"name": name} for name in dataset.creators],
        "items": [
            {"id": one.address, "url": one.address, "title": one.title}
            | {"content_text": one.text, "date_published": one.moment}
            for one in found
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"
