"""Names for tables and headers for their rows, for readers who hear a page.

Templates write plain tables. Here, in one place, each that nothing names yet gets the words of the heading
above it, and the first cell of each row, which tells the rows apart, becomes the header of that row.
Charts write their own tables.
"""

import re

TABLE = re.compile(r'(<div [^>]*class="(?:rows|scroll)[^>]*>)\s+<table[^>]*>.*?</table>', re.DOTALL)
HEADING = re.compile(
    r"^#{1,6} (.+?)(?: *\{ *#.*\})?$|<h\d[^>]*>(.+?)</h\d>|<summary>(.+?)</summary>", re.MULTILINE
)
FIRST_CELL = re.compile(r"(<tr[^>]*>\s*)<td>(.*?)</td>", re.DOTALL)


def with_names(page: str) -> str:
    """The page with the same words, and with names and row headers for its tables."""
    return TABLE.sub(lambda found: _named(found, page), page)


def _named(found: re.Match[str], page: str) -> str:
    table = FIRST_CELL.sub(r'\1<th scope="row">\2</th>', found[0])
    if "aria-label=" in found[1] or "<caption>" in table:
        return table
    return table.replace("<table ", f'<table aria-label="{_heading_above(page[: found.start()])}" ', 1)


def _heading_above(text: str) -> str:
    headings = list(HEADING.finditer(text))
    words = next(filter(None, headings[-1].groups())) if headings else "Table"
    return re.sub(r"<[^>]*>", "", words).strip().replace('"', "&quot;")
