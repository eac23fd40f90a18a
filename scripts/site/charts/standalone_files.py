"""Each chart as a separate file that includes its title, note, source and citation."""

import base64
import re
import zlib
from collections.abc import Iterable, Iterator
from functools import partial
from html import escape, unescape
from struct import pack, unpack
from textwrap import wrap

import vl_convert

from scripts.site.disk_cache import get_cached_or_make

FIGURE = re.compile(r'<figure class="(?:chart|picture)[^>]* id="chart-([\w-]+)">(.*?)</figure>', re.S)
DESK = re.compile(r'<svg[^>]*class="desk"[^>]*viewBox="0 0 ([\d.]+) ([\d.]+)".*?</svg>', re.S)
COLOUR = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{6})")
PLACE = "charts"  # folder of the files on the site
PAPER, FONT = "#ffffff", "Helvetica, Arial, 'Liberation Sans', sans-serif"
WIDTH, EDGE = 760, 20
DRAWN_ALIKE = str.maketrans("◆◇", "♦◊")  # FONT lacks the shapes in the key; these are like them
SCALE = 1.6  # pixels of a PNG per unit
LEVEL = 7  # 9 would take three times as long and save only 2% of the bytes
Words = tuple[str, int, str, int]  # text, size, weight, characters that fit
TITLE, KEY, BELOW = (19, "bold", 72), (13, "normal", 108), (12, "normal", 118)
SHAPED = re.compile("[\u0900-\u109f\u1780-\u17ff]")  # letters that join, which PNG would show wrongly
HEAD, CHUNK = 8, 12  # bytes in a PNG before its first chunk, and around the content of each chunk


def svg_by_chart_name(pages: Iterable[str], style: str) -> dict[str, str]:
    """The charts of the pages as SVG, by name, in the light colour scheme."""
    colours = dict(reversed(COLOUR.findall(style)))  # the first colour with a name is the light scheme's
    found = {name: figure for page in pages for name, figure in FIGURE.findall(page) if DESK.search(figure)}
    return {name: _drawing_with_title_and_note(figure, colours) for name, figure in found.items()}


def svg_and_png_files_of_pictures(pages: Iterable[str], style: str) -> dict[str, bytes]:
    """Every picture on these pages as an SVG and a PNG file, by path.

    A picture with letters that join, as in some scripts, has no PNG.
    """
    made: dict[str, bytes] = {}
    for name, drawn in svg_by_chart_name(pages, style).items():
        made[f"{PLACE}/{name}.svg"] = drawn.encode()
        if not SHAPED.search(drawn):
            made[f"{PLACE}/{name}.png"] = base64.b64decode(
                get_cached_or_make(f"{SCALE} {drawn}", partial(_render_png, drawn))
            )
    return made


def _render_png(drawn: str) -> str:
    return base64.b64encode(recompress_png(vl_convert.svg_to_png(drawn, scale=SCALE))).decode()


def recompress_png(png: bytes) -> bytes:
    """A PNG file compressed again, into a smaller file with the same pixels."""
    chunks = list(_png_chunks(png))
    pixels = zlib.decompress(b"".join(content for kind, content in chunks if kind == b"IDAT"))
    parts = [(b"IHDR", dict(chunks)[b"IHDR"]), (b"IDAT", zlib.compress(pixels, LEVEL)), (b"IEND", b"")]
    named = ((len(content), kind + content) for kind, content in parts)
    whole = (pack(">I", size) + data + pack(">I", zlib.crc32(data)) for size, data in named)
    return png[:HEAD] + b"".join(whole)


def _png_chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = HEAD
    while at < len(png):
        size, kind = unpack(">I4s", png[at : at + 8])
        yield kind, png[at + 8 : at + 8 + size]
        at += CHUNK + size


def _drawing_with_title_and_note(figure: str, colours: dict[str, str]) -> str:
    """The desktop drawing, with the words that surround it on the page."""
    drawing = DESK.search(figure)
    assert drawing
    across = WIDTH - 2 * EDGE
    tall = across * float(drawing[2]) / float(drawing[1])
    above, top = _stacked_svg_texts(
        [*_texts_of_paragraphs(figure, "title", *TITLE), *_texts_of_paragraphs(figure, "key", *KEY)],
        EDGE / 2,
    )
    said = [
        words
        for name in ("note", "source", "cited")
        for words in _texts_of_paragraphs(figure, name, *BELOW)
    ]
    below, end = _stacked_svg_texts(said, top + tall + 20)
    place = f'<svg x="{EDGE}" y="{top + 10:.0f}" width="{across}" height="{tall:.0f}"'
    height = round(end + EDGE)
    whole = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" font-family="{FONT}" fill="currentColor">'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{above}{below}'
        f"{re.sub('^<svg', place, drawing[0])}</svg>"
    )
    whole = whole.replace(' font-family="inherit"', "").replace("currentColor", colours["ink"])
    return re.sub(r"var\(--([a-z0-9-]+)\)", lambda name: colours.get(name[1], PAPER), whole)


def _texts_of_paragraphs(figure: str, name: str, size: int, weight: str, most: int) -> Iterator[Words]:
    """Yield the text of each paragraph of class `name` in a figure, without markup, and how to set it."""
    for words in re.findall(rf'<p class="{name}">(.*?)</p>', figure, re.S):
        words = re.sub(r"</span>\s*<span>", " \N{MIDDLE DOT} ", words)
        said = re.sub(r"[ \n]+", " ", unescape(re.sub(r"<[^>]+>", "", words))).strip()
        yield said, size, weight, most  # a number and its sign stay on one line


def _stacked_svg_texts(texts: Iterable[Words], top: float) -> tuple[str, float]:
    """These texts as lines of SVG, one below the other, and the height at which the last line ends."""
    lines = []
    for words, size, weight, most in texts:
        for line in wrap(words, most):
            top += size * 1.35
            place = f'x="{EDGE}" y="{top:.0f}" font-size="{size}" font-weight="{weight}"'
            lines.append(f"<text {place}>{escape(line.translate(DRAWN_ALIKE))}</text>")
        top += 5
    return "".join(lines), top
