"""Make the one-page brief as a PDF in each language, from a text in docs/brief/ and a chart of the site.

Each text file is named after its language, and the fonts in the same folder are used for all languages. The
same pages always give the same bytes, because no PDF contains the date of the build or uses a font that is
installed on the machine.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring, tostring

import typst

from scripts.site.charts.standalone_files import WIDTH, svg_by_chart_name
from scripts.site.no_break_spaces import html_with_no_break_spaces
from scripts.site.render import TEMPLATES

SIGNS = {"#": "title", "##": "head", ">": "foot", "!": "picture"}  # kinds of line, by their first sign
TOLD_ELSEWHERE = re.compile(r'<p class="(?:title|cited)">.*?</p>', re.DOTALL)  # not in the brief
NO_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"/>'
SVG = "{http://www.w3.org/2000/svg}"
MOVED = re.compile(r"translate\(([-\d.]+),([-\d.]+)\)")
Block = tuple[str, str]  # the kind of a line, and its words
Said = dict[str, Any]
Spot = tuple[float, float, float]  # x, y and scale
Style = dict[str, str]
FIRST_STYLE = {"fill": "", "font-size": "16", "font-weight": "400", "text-anchor": "start"}


def brief_pdf_files(
    folder: Path, texts: Mapping[str, str], pages: Mapping[str, str], style: str
) -> dict[str, bytes]:
    """The PDF of the brief in each language, by its address on the site; `pages` supply the charts."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[folder / "docs/brief"])
    written = (TOLD_ELSEWHERE.sub("", page) for name, page in pages.items() if "/" not in name)
    drawn = svg_by_chart_name(written, style)
    made = {
        name: _typeset_pdf(name, list(markdown_blocks_with_kinds(text)), drawn, fonts)
        for name, text in texts.items()
    }
    return {f"download/brief-{language}.pdf": pdf for language, pdf in made.items()}


def _typeset_pdf(language: str, lines: list[Block], drawn: Mapping[str, str], fonts: typst.Fonts) -> bytes:
    name = next((name for kind, name in lines if kind == "picture"), "")
    drawing = fromstring(drawn.get(name, NO_DRAWING))
    own = [font.family for font in fonts.fonts() if font.path]
    alt = " ".join(drawing.findtext(f".//{SVG}desc", "").split())
    said: Said = {"lang": language, "fonts": own, "lines": lines, "alt": alt, "width": WIDTH}
    said["words"] = list(_remove_and_yield_texts_of_drawing(drawing))
    inputs = {"brief": json.dumps(said), "picture": tostring(drawing, encoding="unicode")}
    layout = TEMPLATES / "brief.typ"
    maker = typst.Compiler(layout, font_paths=fonts, ignore_system_fonts=True, sys_inputs=inputs)
    # PDF/UA: screen readers read it in order, and pictures have alternative text.
    pdf = maker.compile(format="pdf", pdf_standards="ua-1")
    assert isinstance(pdf, bytes)
    return pdf


def _remove_and_yield_texts_of_drawing(
    node: Element, at: Spot = (0, 0, 1), style: Style = FIRST_STYLE
) -> Iterator[Said]:
    """Remove the words from a drawing and yield them with their positions, for Typst to set as text."""
    style = style | {name: node.get(name, "") for name in style if node.get(name)}
    at = _origin_and_scale(node, at)
    if node.tag == f"{SVG}text":
        yield from _lines_of_text_element(node, at, style)
        node[:], node.text = [], ""
    for child in node:
        yield from _remove_and_yield_texts_of_drawing(child, at, style)


def _origin_and_scale(node: Element, at: Spot) -> Spot:
    """The origin and scale of an element in a drawing, given those of the element that contains it."""
    left, top, scale = at
    moved = MOVED.match(node.get("transform", ""))
    across, down = moved.groups() if moved else (node.get("x", "0"), node.get("y", "0"))
    at = left + scale * float(across), top + scale * float(down), scale
    if node.tag == f"{SVG}svg" and node.get("x"):
        return *at[:2], scale * float(node.get("width", 0)) / float(node.get("viewBox", "").split()[2])
    return at


def _lines_of_text_element(text: Element, at: Spot, style: Style) -> Iterator[Said]:
    """Yield the lines of a text element, each with its position and style; skip empty lines."""
    x, y, scale = at
    size = scale * float(style["font-size"].removesuffix("px"))
    look = {"anchor": style["text-anchor"], "fill": style["fill"], "weight": style["font-weight"]}
    for line in [text, *text]:
        y += scale * float(line.get("dy", 0))
        if said := re.sub(r"\s+", " ", line.text or ""):
            yield {"words": said, "x": x, "y": y, "size": size, **look}


def markdown_blocks_with_kinds(text: str) -> Iterator[Block]:
    """Yield the kind of each line in a Markdown text, and its words without markup; skip blank lines."""
    for line in filter(None, map(str.strip, text.split("\n"))):
        sign, _, rest = line.partition(" ")
        yield SIGNS.get(sign, "text"), words_without_markup(rest if sign in SIGNS else line)


def words_without_markup(words: str) -> str:
    """A line of Markdown as plain text, with no-break spaces between numbers and their units."""
    words = re.sub(r"<[^>]+>", "", html_with_no_break_spaces(f"<article>{words}</article>"))
    return unescape(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", words).replace("**", ""))
