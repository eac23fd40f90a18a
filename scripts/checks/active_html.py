"""Find anything that a page would make a browser run or fetch from elsewhere, since both are forbidden.

A Markdown page is first turned into HTML with its macros masked, so that code blocks count as plain text.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from html.parser import HTMLParser

# A macro that is not closed matches the rest of the text, which is then left as it is. Otherwise, for each
# of thousands of such braces, the text would be searched to its end.
MACRO = re.compile(r"\{\{.*?(?:\}\}|(\Z))|\{%.*?(?:%\}|(\Z))|\{#.*?(?:#\}|(\Z))", re.DOTALL)
EXTENSIONS = ("attr_list", "fenced_code", "md_in_html", "tables")  # those of mkdocs.yml that affect HTML
ACTIVE_TAGS = {"applet", "base", "embed", "frame", "iframe", "link", "meta", "object", "style"}
OUR_SCRIPT = re.compile(r"(?:\.\./|x*)assets/[a-z-]+\.js")  # a script of the site; x is a masked macro
FETCHED = {"data", "poster", "src", "srcset"}
RUN_AS_ADDRESS = ("javascript:", "vbscript:", "data:")
NOT_SEEN = re.compile(r"[\x00-\x20]")  # characters in a scheme that browsers ignore

Attributes = list[tuple[str, str | None]]
Line = tuple[int, str]  # its number, and the active tag or attribute


@lru_cache(maxsize=200)  # a preview, or a server after an edit, reads most pages again unchanged
def lines_with_active_html(text: str, *, is_markdown: bool = True) -> tuple[Line, ...]:
    """Each active tag or attribute of a page, with its line number; 1 if its line cannot be found."""
    masked = MACRO.sub(_mask_macro, text)
    reader = _ActiveHtmlParser()
    reader.feed(_render_as_html(masked) if is_markdown else masked)
    lines = text.lower().splitlines()
    return tuple(
        (_number_of_line_with(found.lower(), lines), found) for found in dict.fromkeys(reader.found)
    )


def _mask_macro(macro: re.Match[str]) -> str:
    """A macro with each character replaced by x; unchanged if the macro is not closed."""
    return macro[0] if macro.lastindex else re.sub(r"[^\n]", "x", macro[0])


def _number_of_line_with(words: str, lines: Sequence[str]) -> int:
    return next((number for number, line in enumerate(lines, start=1) if words in line), 1)


def _render_as_html(text: str) -> str:
    import markdown  # may be missing if the package has no pages

    html: str = markdown.markdown(text, extensions=[*EXTENSIONS])
    return html


class _ActiveHtmlParser(HTMLParser):
    """A parser that collects active tags and attributes, spelt as in the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag in ACTIVE_TAGS or (tag == "script" and not _is_harmless_script(dict(attrs))):
            self.found.append(f"<{tag}")
        self.found += [
            name
            for name, value in attrs
            if _is_running_or_fetching_attribute(name, NOT_SEEN.sub("", value or ""))
        ]


def _is_harmless_script(script: dict[str, str | None]) -> bool:
    """Return whether a script is data, or one of the site's own files with deferred loading."""
    if script.get("type") == "application/ld+json":
        return "src" not in script
    own = OUR_SCRIPT.fullmatch(script.get("data-src") or "")
    return script.keys() == {"type", "data-src"} and script["type"] == "text/late" and bool(own)


def _is_running_or_fetching_attribute(name: str, value: str) -> bool:
    """Return whether an attribute handles an event, or has an address that runs code or fetches a file."""
    is_handler = re.fullmatch(r"on[a-z]+", name) is not None
    is_foreign = (name in FETCHED and "//" in value) or (name == "style" and "url(" in value.lower())
    return is_handler or is_foreign or value.lower().startswith(RUN_AS_ADDRESS)
