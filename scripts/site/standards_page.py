"""This publication and the two studies against lists of what should be reported, item by item."""

from dataclasses import dataclass

from scripts.package.files import Row, csv_rows
from scripts.site.lines import Entry, Link, Marked, Piece, entry, joined, strong
from scripts.site.page_data import PageData
from scripts.wording.words import plain_word

PAGES = "docs/"


@dataclass(frozen=True)
class Standard:
    """A list of items; a list for two waves has each item twice."""

    caption: str
    rows: list[Row]
    items: list[Entry]

    @property
    def asked(self) -> int:
        """How many items there are."""
        return len({row["item"] for row in self.rows})

    def count(self, status: str, wave: str = "") -> int:
        """How many items have this status."""
        found = [(plain_word(row["status"]), row.get("wave", "")) for row in self.rows]
        return found.count((status, wave))


def gather(data: PageData) -> Standard:
    """GATHER, a list for estimates of health: what of it this publication meets."""
    return _standard(data, "gather", "gather", "The items of GATHER and where each is met")


def reporting(data: PageData) -> Standard:
    """What decides whether to believe a study of venues: what could be read of both waves."""
    return _standard(data, "study-reporting", "study", "Items of study reporting for both waves")


def _standard(data: PageData, name: str, prefix: str, caption: str) -> Standard:
    rows = csv_rows(data.package.content(f"docs/assets/{name}.csv"))
    return Standard(caption, rows, [_item(row, prefix) for row in rows])


def _item(row: Row, prefix: str) -> Entry:
    """One item: what it asks, of which wave, how far it is met, and where."""
    wave, basis = row.get("wave", ""), row.get("basis", "")
    asks = f"{row['item']}. {row['asks']}" + (f" ({basis})" if basis else "")
    met = f"{wave}: " if wave else "", strong(plain_word(row["status"])), f". {row['note']}"
    where = joined(((_place(place),) for place in row["where"].split("; ") if place), ", ")
    return entry("-".join(part for part in (prefix, row["item"], wave) if part), asks, met, where)


def _place(place: str) -> Piece:
    """A page with its anchor, a table, or code, which is not on the site."""
    if place.startswith(PAGES):
        page, _, anchor = place.removeprefix(PAGES).partition("#")
        name = page.removesuffix(".md")
        return Link(f"{name}#{anchor}" if anchor else name, f"{name}/", anchor)
    return Link(place, place) if place.startswith("data") else Marked(place, "code")
