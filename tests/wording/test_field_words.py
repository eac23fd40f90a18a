"""Our own prose uses the usual terms of the field, such as denominator and intraclass correlation."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.site.test_look import VOID

# Not our prose: quotations, titles of works, code, drawings and scripts.
NOT_OURS = {"blockquote", "cite", "code", "em", "option", "pre", "q", "script", "style", "svg"}
OURS = {  # words that were ours alone, and the pages that may have them: those on the data themselves
    r"print(?:s|ed|ings?)?": ("dictionary", "rules"),  # which name columns
    r"likeness(?:es)?": (),
    r"chain breaks": (),
    r"waves?": (),
    r"bases?": (),
    r"coding": (),
    r"readings?": (
        "article",
        "check",
        "contribute",
        "data",
        "dictionary",
        "methodology",
        "rules",
        "glossary",
        "standards",
    ),
    r"contract": (),
}
AS_IT_STANDS = re.compile(r"“[^”]*”|\bas printed\b|https?://\S+|\S*[-_/{]\S*", re.I)


class Prose(HTMLParser):
    """Our own words in the main part of a page, one line for each block."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = ""
        self._open: list[tuple[str, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            is_ours = self._open[-1][1] if self._open else False
            self._open.append((tag, (is_ours or tag == "article") and tag not in NOT_OURS))
        if tag in ("p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "summary"):
            self.words += "\n"

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.words += data if self._open and self._open[-1][1] else ""


@cache
def prose_lines(site: Path) -> dict[str, list[str]]:
    """Return the lines of our own prose on each page, read once for all words."""
    pages = {path.parent.relative_to(site).as_posix(): path for path in site.rglob("index.html")}
    proses = {name: Prose(path.read_text(encoding="utf-8")).words for name, path in pages.items()}
    return {name: AS_IT_STANDS.sub(" ", prose).split("\n") for name, prose in proses.items()}


@pytest.mark.xdist_group("look")  # the worker that reads all pages
@pytest.mark.parametrize("word", OURS)
def test_our_prose_has_the_words_of_the_field(word: str, site_folder: Path) -> None:
    ours = re.compile(rf"\b{word}\b", re.I)
    found = [
        (name, line)
        for name, lines in prose_lines(site_folder).items()
        if name.partition("/")[0] not in OURS[word]
        for line in lines
        if ours.search(line)
    ]
    assert found == []
