"""Make a link to a section lead to the top of its page if the section was left out for lack of rows."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
ANCHOR = re.compile(r"\bid=\"([\w-]+)\"|\{ #([\w-]+) \}")
LINK = re.compile(r"\]\(([\w.-]*)#([\w-]+)\)")


def pages_with_working_links(texts: Mapping[str, str], docs: Path) -> dict[str, str]:
    """The filled-in pages, by name; links to sections that were left out lead to the top of the page.

    If a link's anchor is neither in the source of its page nor in a template, it is a mistake: the link
    stays as it is, and MkDocs reports it.
    """
    parts = [*docs.glob("parts/*.html"), *TEMPLATES.glob("*.html")]
    shared = set[str]().union(*map(_anchors_in_file, parts))

    @cache
    def missing_anchors(name: str) -> set[str]:
        return (
            (_anchors_in_file(docs / name) | shared) - _anchors_in_text(texts[name])
            if name in texts
            else set()
        )

    def text_with_working_links(name: str, text: str) -> str:
        def working_link(link: re.Match[str]) -> str:
            page = link[1] or name
            return f"]({page})" if link[2] in missing_anchors(page) else link[0]

        return LINK.sub(working_link, text)

    return {name: text_with_working_links(name, text) for name, text in texts.items()}


def _anchors_in_file(path: Path) -> set[str]:
    return _anchors_in_text(path.read_text(encoding="utf-8"))


def _anchors_in_text(text: str) -> set[str]:
    """The anchors that a text sets itself, in an `id` attribute or as `{ #anchor }`."""
    return {quoted or other for quoted, other in ANCHOR.findall(text)}
