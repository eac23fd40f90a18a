"""Our own prose uses the field's words: reported, figure, denominator, survey, intraclass correlation."""

import re
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


@pytest.mark.parametrize("word", OURS)
def test_our_prose_has_the_words_of_the_field(word: str, site: Path) -> None:
    found = []
    for path in site.rglob("index.html"):
        name = path.parent.relative_to(site).as_posix()
        if name.partition("/")[0] not in OURS[word]:
            prose = AS_IT_STANDS.sub(" ", Prose(path.read_text(encoding="utf-8")).words)
            found += [(name, line) for line in prose.split("\n") if re.search(rf"\b{word}\b", line, re.I)]
    assert found == []
