"""Helpers for the tests of listing pages: tables read independently, and the data of pages."""

from datetime import datetime
from pathlib import Path

from scripts.package.package import Package
from scripts.site.content_nodes import ListEntry, Section
from scripts.site.page_data import PageData
from tests.conftest import FROZEN, PATHS, read_csv
from tests.site.page_models import links, said

Row = dict[str, str]


def table(name: str) -> list[Row]:
    """Return the rows of a table, entered or derived."""
    path = FROZEN / PATHS[name]
    return read_csv(path if path.exists() else FROZEN / f"data/derived/{name}.csv")


VALUES = {row["value_id"]: row for row in table("reported_values")}
STANDING = {key: row for key, row in VALUES.items() if row["show"] != "withdrawn"}


def pages_of(package: Path) -> PageData:
    """Return the page data of a package, for a page one level below the root."""
    data = PageData(Package(package))
    data.open_page("values.md")
    return data


def value_of(part: object) -> str:
    """Return the id of the first reading that part of a page links to."""
    return links(part)[0].anchor


def cells(entry: ListEntry) -> list[str]:
    """Return the visible text of each cell of a row."""
    return said(entry.cells)


def told(part: Section | ListEntry) -> str:
    """Return the visible text of the paragraphs of a section, or of a list entry."""
    return " ".join(said(part.paragraphs if isinstance(part, Section) else part.cells))


def in_words(date: str) -> str:
    """Return a partial date in words: 2015, June 2015, 10 June 2015; blank if there is none."""
    forms = {4: ("%Y", "%Y"), 7: ("%Y-%m", "%B %Y"), 10: ("%Y-%m-%d", "%d %B %Y")}
    read, write = forms.get(len(date), ("", ""))
    return datetime.strptime(date, read).strftime(write).removeprefix("0") if read else date
