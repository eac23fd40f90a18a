"""The brief of one page, as a PDF in each language: a text of docs/brief/ around a picture of the site.

The name of a text is its language, and the fonts beside the texts set all of them. The same pages give the
same bytes: no date of the day stands in a file, and no font of this machine is asked for.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import typst

from scripts.site.charts.standalone import WIDTH, drawings
from scripts.site.kept_together import kept_together
from scripts.site.pages import TEMPLATES

BRIEFS = "docs/brief"
SIGNS = {"# ": "title", "## ": "head", "> ": "foot", "![": "picture"}  # how a line begins, and what it is
OTHER_FONT = "Libertinus Serif"  # comes with typst, for a sign that the fonts of docs/brief/ have not
TOLD_ELSEWHERE = re.compile(r'<p class="(?:title|cited)">.*?</p>', re.DOTALL)  # around a picture
ACCESSIBLE = "ua-1"  # PDF/UA: read aloud in order, with words for each picture

SVG = "{http://www.w3.org/2000/svg}"
Block = tuple[str, str]  # what a line is, and its words
Style = dict[str, str]
FIRST_STYLE = {"fill": "", "font-size": "16", "font-weight": "400", "text-anchor": "start"}


def files(
    folder: Path, briefs: Mapping[str, str], pages: Mapping[str, str], style: str
) -> dict[str, bytes]:
    """The brief in each language, by its address on the site; pictures are those of the pages."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[folder / BRIEFS])
    written = (TOLD_ELSEWHERE.sub("", page) for name, page in pages.items() if "/" not in name)
    drawn = drawings(written, style)
    return {
        f"download/brief-{language}.pdf": _pdf(language, list(blocks(text)), drawn, fonts)
        for language, text in briefs.items()
    }


def _pdf(language: str, lines: list[Block], drawn: Mapping[str, str], fonts: typst.Fonts) -> bytes:
    name = next((name for kind, name in lines if kind == "picture"), "")
    drawing = ElementTree.fromstring(drawn[name]) if name in drawn else None
    said = {
        "lang": language,
        "fonts": [*(one.family for one in fonts.fonts() if one.path), OTHER_FONT],
        "lines": lines,
        "alt": _alt(drawing),
        "width": WIDTH,
        "words": [] if drawing is None else list(_lifted(drawing)),
    }
    picture = "" if drawing is None else ElementTree.tostring(drawing, encoding="unicode")
    return bytes(
        typst.compile(
            TEMPLATES / "brief.typ",
            format="pdf",
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={"brief": json.dumps(said), "picture": picture},
            pdf_standards=ACCESSIBLE,
        )
    )


def _alt(drawing: ElementTree.Element | None) -> str:
    """What a drawing says of itself."""
    found = None if drawing is None else drawing.find(f".//{SVG}desc")
    return "" if found is None else " ".join((found.text or "").split())


def _lifted(
    node: ElementTree.Element, at: tuple[float, float, float] = (0, 0, 1), style: Style = FIRST_STYLE
) -> Iterator[dict[str, object]]:
    """The words of a drawing with their places, taken out of it: within one, typst sets letters that join wrong."""
    style = _styled(node, style)
    if node.tag == f"{SVG}svg" and node.get("x"):  # a drawing within the drawing, of another scale
        left, top, width = (float(node.get(name, 0)) for name in ("x", "y", "width"))
        at = left, top, width / float(node.get("viewBox", "").split()[2])
    if node.tag == f"{SVG}text":
        x, y, scale = at
        place = {"x": x + scale * float(node.get("x", 0)), "y": y + scale * float(node.get("y", 0))}
        runs = [run for one in node.iter() for run in _runs(node, one, style, scale)]
        yield {**place, "anchor": style["text-anchor"], "fill": style["fill"], "runs": runs}
        node[:], node.text = [], ""
    for child in node:
        yield from _lifted(child, at, style)


def _styled(node: ElementTree.Element, style: Style) -> Style:
    """How a part of a drawing looks, with what it has from the parts around it."""
    own = style | {name: node.get(name, "") for name in style if node.get(name)}
    if own["font-size"].endswith("em"):
        own["font-size"] = str(float(own["font-size"][:-2]) * float(style["font-size"]))
    return own


def _runs(
    text: ElementTree.Element, one: ElementTree.Element, style: Style, scale: float
) -> Iterator[dict[str, object]]:
    """The words of a line, or of a part of it, and then those behind that part."""
    own, behind = (style, "") if one is text else (_styled(one, style), one.tail)
    for words, look in ((one.text, own), (behind, style)):
        if said := re.sub(r"\s+", " ", words or ""):
            yield {"words": said, "size": scale * float(look["font-size"]), "weight": look["font-weight"]}


def blocks(text: str) -> Iterator[Block]:
    """Each line of a text that was filled in as pages are: what it is, and its words without marks."""
    for line in filter(None, map(str.strip, text.split("\n"))):
        kind = next((SIGNS[sign] for sign in SIGNS if line.startswith(sign)), "text")
        if kind == "picture":
            yield kind, line.partition("(")[2].rstrip(")")
        else:
            yield kind, plain(line if kind == "text" else line.partition(" ")[2])


def plain(words: str) -> str:
    """The words of a line of Markdown, without tags, links and bold type; no number leaves its unit."""
    words = re.sub(r"<[^>]+>", "", kept_together(f"<article>{words}</article>"))
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", words)
    return unescape(words.replace("**", ""))
