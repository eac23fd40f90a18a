"""This publication and the two studies against lists of what should be reported, item by item."""

from dataclasses import dataclass

from scripts.package.files import Row, csv_rows
from scripts.site.links import Link
from scripts.site.page_data import PageData
from scripts.wording.words import plain_word

PAGES = "docs/"


@dataclass(frozen=True)
class Item:
    """One item: what it asks, of which wave, how far it is met, and where."""

    id: str
    asks: str
    wave: str
    status: str
    note: str
    where: list[Link]  # without an address where it names a file that is not on the site


@dataclass(frozen=True)
class Standard:
    """A list of items; a list for two waves has each item twice."""

    caption: str
    items: list[Item]
    asked: int

    def count(self, status: str, wave: str = "") -> int:
        """How many items have this status."""
        return len([one for one in self.items if (one.status, one.wave) == (status, wave)])


def gather(data: PageData) -> Standard:
    """GATHER, a list for estimates of health: what of it this publication meets."""
    return _standard(data, "gather", "gather", "The items of GATHER and where each is met")


def reporting(data: PageData) -> Standard:
    """What decides whether to believe a study of venues: what could be read of both waves."""
    return _standard(data, "study-reporting", "study", "Items of study reporting for both waves")


def _standard(data: PageData, name: str, prefix: str, caption: str) -> Standard:
    rows = csv_rows(data.package.content(f"docs/assets/{name}.csv"))
    items = [_item(row, prefix, data.base) for row in rows]
    return Standard(caption, items, len({row["item"] for row in rows}))


def _item(row: Row, prefix: str, base: str) -> Item:
    wave, basis = row.get("wave", ""), row.get("basis", "")
    return Item(
        id="-".join(part for part in (prefix, row["item"], wave) if part),
        asks=f"{row['item']}. {row['asks']}" + (f" ({basis})" if basis else ""),
        wave=wave,
        status=plain_word(row["status"]),
        note=row["note"],
        where=[_place(place, base) for place in row["where"].split("; ") if place],
    )


def _place(place: str, base: str) -> Link:
    """A page with its anchor, a table, or code."""
    if place.startswith(PAGES):
        page = place.removeprefix(PAGES)
        return Link(page.replace(".md", ""), base + page.replace(".md", "/"))
    return Link(place, base + place if place.startswith("data") else "")
