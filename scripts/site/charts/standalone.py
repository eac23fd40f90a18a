"""Each picture of the pages as a file of its own, SVG and PNG, with its title, note, source and citation."""

import base64
import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from textwrap import wrap

import vl_convert

from scripts.site.charts.figure import PLACE
from scripts.site.kept import kept

FIGURE = re.compile(r'<figure class="(?:chart|picture)[^>]* id="chart-([\w-]+)">(.*?)</figure>', re.S)
DESK = re.compile(r'<svg[^>]*class="desk"[^>]*viewBox="0 0 ([\d.]+) ([\d.]+)".*?</svg>', re.S)
COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{6})")
PAPER, FONT = "#ffffff", "Helvetica, Arial, 'Liberation Sans', sans-serif"
WIDTH, EDGE = 760, 20
Text = tuple[str, int, str, int]  # what, its size, its weight, characters that fit
TITLE, KEY, BELOW = (19, "bold", 72), (13, "normal", 108), (12, "normal", 118)


def files(pages: Iterable[str], style: str) -> dict[str, bytes]:
    """Every picture of these pages, in the light colours of the style."""
    colours = dict(reversed(COLOUR.findall(style)))  # the first of a name is that of the light scheme
    found = {name: figure for page in pages for name, figure in FIGURE.findall(page) if DESK.search(figure)}
    made: dict[str, bytes] = {}
    for name, figure in found.items():
        drawn = _whole(figure, colours)
        made[f"{PLACE}/{name}.svg"] = drawn.encode()
        made[f"{PLACE}/{name}.png"] = base64.b64decode(kept(drawn, lambda svg=drawn: _png(svg)))  # type: ignore[misc]
    return made


def _png(drawn: str) -> str:
    return base64.b64encode(vl_convert.svg_to_png(drawn, scale=2)).decode()


def _whole(figure: str, colours: dict[str, str]) -> str:
    """The drawing for a desk between the words that stand around it on the page."""
    drawing = DESK.search(figure)
    assert drawing
    above = _texts([*_said(figure, "title", *TITLE), *_said(figure, "key", *KEY)], EDGE)
    lines, top = list(above), above[-1][0] + 16 if above else EDGE
    tall = (WIDTH - 2 * EDGE) * float(drawing[2]) / float(drawing[1])
    below = _texts(
        [text for name in ("note", "source", "cited") for text in _said(figure, name, *BELOW)],
        top + tall + 8,
    )
    lines += below
    placed = re.sub(
        "^<svg", f'<svg x="{EDGE}" y="{top:.0f}" width="{WIDTH - 2 * EDGE}" height="{tall:.0f}"', drawing[0]
    )
    height = (below[-1][0] if below else top + tall) + EDGE
    whole = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:.0f}" '
        f'viewBox="0 0 {WIDTH} {height:.0f}" color="{colours["ink"]}" font-family="{FONT}">'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{"".join(words for _, words in lines)}{placed}</svg>'
    )
    whole = whole.replace(' font-family="inherit"', "").replace("currentColor", colours["ink"])
    return re.sub(r"var\(--([a-z-]+)\)", lambda name: colours.get(name[1], PAPER), whole)


def _said(figure: str, name: str, size: int, weight: str, most: int) -> Iterator[Text]:
    """The words of a paragraph of a figure, without its marks."""
    for words in re.findall(rf'<p class="{name}">(.*?)</p>', figure, re.S):
        yield " ".join(unescape(re.sub(r"<[^>]+>", "", words)).split()), size, weight, most


def _texts(texts: Iterable[Text], top: float) -> list[tuple[float, str]]:
    """Each line of these texts as SVG, with where it stands, one below the other."""
    lines: list[tuple[float, str]] = []
    for words, size, weight, most in texts:
        for line in wrap(words, most):
            top += size * 1.35
            lines.append(
                (
                    top,
                    f'<text x="{EDGE}" y="{top:.0f}" font-size="{size}" font-weight="{weight}" fill="currentColor">{escape(line)}</text>',
                )
            )
        top += 5
    return lines
