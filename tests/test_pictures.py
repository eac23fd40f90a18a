"""Pictures laid out by templates show what the tables hold, and each is a file that stands alone."""

import csv
import re
import zlib
from functools import cache
from html import unescape
from pathlib import Path
from struct import unpack
from xml.etree import ElementTree

import numpy as np
import pytest
import vl_convert

from scripts import derived
from scripts.package.opening import Package
from scripts.site.charts import standalone
from scripts.site.page_data import PageData
from scripts.site.pages import _environment, _render
from tests.conftest import FROZEN, ROOT, change_rows

Row = dict[str, str]
STYLE = (ROOT / "docs/assets/style.css").read_text(encoding="utf-8")


PLACES = {"frame": "parts/frame"}  # what is of this publication alone stands with its pages


def drawn(name: str, package: Path = FROZEN) -> str:
    """A picture as a page has it."""
    data = PageData(Package(package))
    return unescape(
        _render(_environment(data.package, data), data, "results.md", f"{PLACES.get(name, name)}.html")
    )


@cache
def picture(name: str) -> str:
    return drawn(name)


def changed(package: Path, table: str, key: str, cells: Row) -> None:
    """One row of a package becomes another, and what is derived follows."""

    def change(rows: list[Row]) -> None:
        next(row for row in rows if next(iter(row.values())) == key).update(cells)

    change_rows(package, table, change)
    for path, text in derived.build(Package(package)).items():
        (package / path).write_text(text, encoding="utf-8", newline="")


@pytest.mark.slow
def test_a_changed_count_changes_both_pictures_of_the_home_page(package: Path) -> None:
    """Number, share, place of the mark, words that stand for the picture, and the length of the bar."""
    changed(package, "reported_values", "KH007", {"printed": "84", "low": "84", "high": "84"})
    counted = f"{8400 / 2104:.2f} %"
    for name, part in (
        ("waves", "84 of 2,104"),
        ("waves", f"2.2 % in 2015; the counts reported for 2015 give {counted}"),
        ("waves", f"84 of 2,104 is {counted}"),
        ("waves", f'd="M{84 + 652 * 0.84 / 2.104:.1f},149'),
        ("frame", "<strong>84</strong> judged to be under 18"),
        ("frame", f'class="young" width="{8400 / 2104:.2f}"'),
    ):
        after = " ".join(drawn(name, package).split())
        assert part in after, (name, part)
        assert part not in " ".join(picture(name).split()), (name, part)


def test_what_chance_alone_could_do_lies_within_what_clustering_could() -> None:
    words = " ".join(picture("waves").split())
    inner, outer = (
        [float(end) for end in re.findall(rf"{lead} ([\d.]+) to ([\d.]+) %", words)[0]]
        for lead in ("chance alone,", "clustering in venues too,")
    )
    assert outer[0] < inner[0] < inner[1] < outer[1]


@cache
def tiers() -> dict[str, str]:
    """The letters of each country, read with the csv module alone."""
    letters = {"tier_1": "1", "tier_2": "2", "tier_2_watch_list": "W", "tier_3": "3", "": "–"}
    with (FROZEN / "data/tip_tiers.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["report_year"])
    with (FROZEN / "data/places.csv").open(encoding="utf-8", newline="") as file:
        names = {row["place_id"]: row["name"] for row in csv.DictReader(file)}
    found: dict[str, str] = {}
    for row in rows:
        name = names[row["place_id"]]
        found[name] = found.get(name, "") + letters[row["tier"]]
    return found


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_each_strip_has_every_tier_in_its_year_and_cambodia_is_first(width: str) -> None:
    svg = re.search(rf'<svg[^>]*class="{width}".*?</svg>', picture("tier_strip"), re.S)
    assert svg
    names = re.findall(r'<text x="0" y="[\d.]+"[^>]*>([^<]+)</text>', svg[0])
    cells = re.findall(r'<rect x="([\d.]+)" y="(\d+)".*?fill="([^"]+)"/>\s*<text[^>]*>(.)</text>', svg[0])
    rows = sorted({int(y) for _, y, *_ in cells})
    strips = [[cell for cell in cells if int(cell[1]) == y] for y in rows]
    assert names[0] == "Cambodia" and names[1:] == sorted(names[1:])
    assert {
        name: "".join(c[3] for c in strip) for name, strip in zip(names, strips, strict=True)
    } == tiers()
    assert all([float(c[0]) for c in strip] == sorted(float(c[0]) for c in strip) for strip in strips)
    assert len({(fill, letter) for _, _, fill, letter in cells}) == len({letter for *_, letter in cells})


def test_a_changed_tier_changes_strip_words_and_title(package: Path) -> None:
    def change(rows: list[Row]) -> None:
        row = next(row for row in rows if (row["place_id"], row["report_year"]) == ("cambodia", "2025"))
        row.update(tier="tier_1")

    change_rows(package, "tip_tiers", change)
    after, before = drawn("tier_strip", package), picture("tier_strip")
    assert "Cambodia has been in Tier 1 since 2025" in after and "in Tier 1" not in before
    assert f"Cambodia: {tiers()['Cambodia'][:-1]}1." in after
    assert after.count("var(--tier-1)") == before.count("var(--tier-1)") + 2


@cache
def files() -> dict[str, bytes]:
    data = PageData(Package(FROZEN))
    data.open_page("results.md")
    pages = [picture("waves"), picture("tier_strip"), str(data.chart("unseen", data.base))]
    return standalone.files(pages, STYLE)


@pytest.mark.parametrize("name", ["waves", "tiers", "unseen"])
def test_a_picture_stands_alone(name: str) -> None:
    """Title, note, source and citation are inside, colours are its own, and nothing is asked of a page."""
    svg = files()[f"charts/{name}.svg"].decode()
    words = " ".join("".join(ElementTree.fromstring(svg).itertext()).split())
    for part in ("Source:", "Cite this chart.", "CC-BY-4.0"):
        assert part in words
    assert "var(" not in svg and "currentColor" not in svg and "inherit" not in svg
    png = files()[f"charts/{name}.png"]
    width, height = unpack(">II", png[16:24])
    drawing = re.match(r'<svg [^>]*width="(\d+)" height="(\d+)"', svg)
    assert drawing and (width, height) == (2 * int(drawing[1]), 2 * int(drawing[2]))
    assert len(png) < 250_000


def test_a_picture_without_marks_has_no_file() -> None:
    assert standalone.files(['<figure class="chart" id="chart-x"><p>Nothing</p></figure>'], STYLE) == {}


def test_a_packed_picture_is_the_same_picture() -> None:
    """Every pixel, decoded here by itself."""
    size = 'width="9" height="7"'
    marks = f'<rect {size} fill="#fff"/><circle cx="4" cy="3" r="3" fill="#0b4f8f"/>'
    png = vl_convert.svg_to_png(f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{marks}</svg>')
    before, after = (pixels(one) for one in (png, standalone.packed(png)))
    assert before.shape == after.shape and (before == after).all()
    assert len({tuple(pixel) for row in after for pixel in row}) > 2


def pixels(png: bytes) -> np.ndarray:
    """Red, green and blue of every pixel of a PNG whose rows have no filter, or the one to the left."""
    width, height, _, kind = unpack(">IIBB", png[16:26])
    each = {2: 3, 6: 4}[kind]
    at, image = 8, b""
    while at < len(png):
        size = unpack(">I", png[at : at + 4])[0]
        if png[at + 4 : at + 8] == b"IDAT":
            image += png[at + 8 : at + 8 + size]
        at += size + 12
    raw = zlib.decompress(image)
    made = np.zeros((height, width, 3), int)
    for y in range(height):
        row = raw[y * (1 + each * width) : (y + 1) * (1 + each * width)]
        line = [list(row[1 + each * x : 4 + each * x]) for x in range(width)]
        for x in range(1, width if row[0] == 1 else 0):
            line[x] = [(here + left) % 256 for here, left in zip(line[x], line[x - 1], strict=True)]
        assert row[0] in (0, 1)
        made[y] = line
    return made
