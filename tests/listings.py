"""What the tests of listing pages share: tables read on their own, and what pages may ask."""

from pathlib import Path

from scripts.package.opening import Package
from scripts.site.links import Link
from scripts.site.page_data import PageData
from tests.conftest import ROOT, read_csv

Row = dict[str, str]


def table(name: str) -> list[Row]:
    """The rows of a table of the package, of those that are computed too."""
    path = ROOT / f"data/{name}.csv"
    return read_csv(path if path.exists() else ROOT / f"data/derived/{name}.csv")


VALUES = {row["value_id"]: row for row in table("reported_values")}


def pages_of(package: Path) -> PageData:
    """What the pages of a package may ask, from a page one step below the root."""
    data = PageData(Package(package))
    data.open_page("values.md")
    return data


def value_of(link: Link) -> str:
    """The id of the reading that a link leads to."""
    return link.address.partition("#")[2]
