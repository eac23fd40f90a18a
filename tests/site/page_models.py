"""Helpers for the tests of page models: changed packages, the text of a line, all parts of a model."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from html import unescape
from pathlib import Path

from scripts.package.package import Package
from scripts.site import render
from scripts.site.content_nodes import Line, Lines, Link, Piece, WrappedPieces
from scripts.site.page_data import PageData
from scripts.site.value_page import ValuePage, value_page
from tests.conftest import COLUMNS, FROZEN, ROOT, change_rows, read_csv

Row = dict[str, str]
DATA = PageData(Package(FROZEN))
VALUES = {row["value_id"]: row for row in read_csv(FROZEN / "data/reported_values.csv")}
WHY = "It was read from another column."


def quantity(value_id: str, data: PageData = DATA) -> ValuePage:
    """Return the page model of a quantity."""
    return value_page(data, data.values.reading(value_id))


def tell(package: Path, *told: Row) -> None:
    """Add rows to the table of corrections."""

    def add(rows: list[Row]) -> None:
        for cells in told:
            head = {"correction_id": f"C{len(rows) + 1:03}", "version": "1.1.0", "date": "2026-11-26"}
            rows.append(dict.fromkeys(COLUMNS["corrections"], "") | head | cells)

    change_rows(package, "corrections", add)


def withdraw(package: Path, *value_ids: str) -> None:
    """Withdraw readings, each with its correction, as the page `contribute` describes."""
    told: list[Row] = []

    def change(rows: list[Row]) -> None:
        for row in rows:
            if row["value_id"] in value_ids and row["show"] != "withdrawn":
                cells = {"kind": "withdrawal", "table_name": "reported_values", "row_key": row["value_id"]}
                shown = {"field": "show", "was": row["show"], "became": "withdrawn", "reason": WHY}
                told.append(cells | shown)
                row["show"] = "withdrawn"

    change_rows(package, "reported_values", change)
    tell(package, *told)


def opened(package: Path) -> PageData:
    """Return the page data of a changed package."""
    return PageData(Package(package))


def spelt(piece: Piece) -> str:
    """Return the visible text of a piece of a line."""
    if isinstance(piece, str):
        return piece
    if isinstance(piece, WrappedPieces):
        return f"({words(piece.parts)})" if piece.kind == "aside" else words(piece.parts)
    return piece.words


def words(line: Line) -> str:
    """Return the visible text of a line."""
    return "".join(spelt(piece) for piece in line)


def said(lines: Lines) -> list[str]:
    """Return the visible text of each line."""
    return [words(line) for line in lines]


def parts(model: object) -> Iterator[object]:
    """Yield a model and everything in it, down to its words and links."""
    yield model
    inside: list[object] = []
    if isinstance(model, tuple):
        inside = list(model)
    elif isinstance(model, dict):
        inside = list(model.values())
    elif is_dataclass(model):
        inside = [getattr(model, field.name) for field in fields(model)]
    for part in inside:
        yield from parts(part)


def links(model: object) -> list[Link]:
    """Return every link within the site, in order of appearance."""
    return [part for part in parts(model) if isinstance(part, Link)]


def anchors(model: object, address: str) -> set[str]:
    """Return the anchors of one page that a model links to."""
    return {link.anchor for link in links(model) if link.address == address}


def _asked_by_pages() -> dict[str, str]:
    """Return the call of each chart with a table of its numbers, as pages write it, by chart name."""
    texts = [page.read_text(encoding="utf-8") for page in sorted((ROOT / "docs").glob("*.md"))]
    calls = [call for text in texts for call in re.findall(r"\{\{ (chart\(.*?\)) \}\}", text)]
    return {_name_of(call): call for call in calls if _name_of(call) != "tiers"}


def _name_of(call: str) -> str:
    """Return the name that a call gives its chart, or else the chart's kind."""
    given = re.search(r'name="([\w-]+)"', call) or re.search(r'\("([\w-]+)"', call)
    assert given
    return given[1]


CHARTS = _asked_by_pages()


def chart(name: str, package: Path = FROZEN) -> str:
    """Return the HTML of a chart as on its page."""
    return filled_in(f"{{{{ {CHARTS[name]} }}}}", package)


def filled_in(text: str, package: Path = FROZEN) -> str:
    """Return the HTML of a template text for a package."""
    return filled_in_by(PageData(Package(package)), text)


def filled_in_by(data: PageData, text: str) -> str:
    """Return the HTML of a template text for opened page data."""
    data.open_page("results.md")
    page = render._make_environment(data.package, data).from_string(text).render(base=data.base)
    return unescape(data.page_with_withdrawal_notices(page))
