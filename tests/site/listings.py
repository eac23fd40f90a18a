"""What the tests of listing pages share: tables read on their own, and what pages may ask."""

from datetime import datetime
from pathlib import Path

from scripts.package.package import Package
from scripts.site.content import Entry, Section
from scripts.site.page_data import PageData
from tests.conftest import FROZEN, PATHS, read_csv
from tests.site.page_models import links, said

Row = dict[str, str]


def table(name: str) -> list[Row]:
    """The rows of a table of the package, of those that are computed too."""
    path = FROZEN / PATHS[name]
    return read_csv(path if path.exists() else FROZEN / f"data/derived/{name}.csv")


VALUES = {row["value_id"]: row for row in table("reported_values")}
STANDING = {key: row for key, row in VALUES.items() if row["show"] != "withdrawn"}


def pages_of(package: Path) -> PageData:
    """What the pages of a package may ask, from a page one step below the root."""
    data = PageData(Package(package))
    data.open_page("values.md")
    return data


def value_of(one: object) -> str:
    """The id of the reading that an entry, or any other part of a page, leads to first."""
    return links(one)[0].anchor


def cells(one: Entry) -> list[str]:
    """What a reader sees in each cell of a row."""
    return said(one.cells)


def told(one: Section | Entry) -> str:
    """What a reader sees of the paragraphs of a section, or of an entry of a list."""
    return " ".join(said(one.paragraphs if isinstance(one, Section) else one.cells))


def in_words(date: str) -> str:
    """A partial date as a reader writes it: 2015, June 2015, 10 June 2015; blank where there is none."""
    forms = {4: ("%Y", "%Y"), 7: ("%Y-%m", "%B %Y"), 10: ("%Y-%m-%d", "%d %B %Y")}
    read, write = forms.get(len(date), ("", ""))
    return datetime.strptime(date, read).strftime(write).removeprefix("0") if read else date
