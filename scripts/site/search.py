"""What the search finds: of a generated page its title alone, and its number as people type it.

The theme asks for the index when a page opens. A first visit should not pay for it, so it is asked for when
a reader goes to the search, as the theme does by itself for pages on a disk.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from scripts.package.reading import Reading

# A title counts a thousand times as much as a text: with these the pages of docs/ come first.
BOOST = {"values": 0.001, "studies": 0.001, "sources": 0.0005}
FEATURED = 2  # times as much: of two quantities with one number the one that pages speak of
NOT_SEARCHED = "search: {exclude: true}"
HEADING = re.compile(r"^(#{2,6} .*?)(?: *\{ *([^{}]*?) *\})? *$|<(h[2-6])(?=[ >])", re.MULTILINE)
OF_THE_THEME = {  # what its script says: what it says here
    '$(location.protocol!=="file:")': "$(!1)",  # the index
    '"link[rel=alternate]"': '"link[rel=alternate][hreflang]"',  # a feed is no language
}


def searched(kind: str, page: str, words: Sequence[str] = (), times: int = 1) -> str:
    """A generated page of a kind, found by its title and by some words that it does not say."""
    tags = f"\ntags: {[*words]}" if words else ""
    head = f"search: {{boost: {times * BOOST[kind]}}}{tags}"
    return HEADING.sub(_left_out, page.replace(NOT_SEARCHED, head, 1))


def _left_out(heading: re.Match[str]) -> str:
    if heading[3]:
        return f'<{heading[3]} data-search-exclude=""'
    return f'{heading[1]} {{ {heading[2] or ""} data-search-exclude="" }}'


def typed(one: Reading, unit: str) -> list[str]:
    """The number of a reading as it is typed into a search: without commas, a share with its sign."""
    if not one.low or one.low != one.high:
        return []
    return [f"{float(one.low):.12g}{'%' if unit == 'percent' else ''}"]


def prepare(site: Path) -> None:
    """Keep the title alone of generated pages; the theme asks for the index when the search opens."""
    index = site / "search/search_index.json"
    whole = json.loads(index.read_text(encoding="utf-8"))
    for entry in whole["docs"]:
        if entry["location"].partition("/")[0] in BOOST and "boost" in entry:
            entry["text"] = ""
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    index.write_text(text, encoding="utf-8", newline="\n")
    for path in (site / "assets/javascripts").glob("bundle.*.min.js"):
        script = path.read_text(encoding="utf-8")
        for theirs, ours in OF_THE_THEME.items():
            script = script.replace(theirs, ours, 1)
        path.write_text(script, encoding="utf-8", newline="\n")
