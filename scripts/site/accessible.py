"""Names for tables and headers for their rows, for readers who hear a page.

Templates write plain tables. Here, in one place, each that nothing names yet gets the words of the heading
above it, and the first cell of each row, which tells the rows apart, becomes the header of that row. Each
also gets the words of its heads as properties of its style: on a phone a row is a card, and a cell has its
head before it. Charts write their own tables.
"""

import re
from html import escape, unescape

TABLE = re.compile(r'(<div [^>]*class="(?:rows|scroll)[^>]*>)\s+<table[^>]*>.*?</table>', re.DOTALL)
HEADING = re.compile(
    r"^#{1,6} (.+?)(?: *\{ *#.*\})?$|<h\d[^>]*>(.+?)</h\d>|<summary>(.+?)</summary>", re.MULTILINE
)
HEAD = re.compile(r"<th[^>]*>(.*?)</th>", re.DOTALL)
MOST_IN_A_CARD = 9  # columns; style.css has as many
FIRST_CELL = re.compile(r"(<tr[^>]*>\s*)<td>(.*?)</td>", re.DOTALL)


def with_names(page: str) -> str:
    """The page with the same words, and with names and row headers for its tables."""
    headings = list(HEADING.finditer(page))
    return TABLE.sub(lambda found: _named(found, headings), page)


def _named(found: re.Match[str], headings: list[re.Match[str]]) -> str:
    table = _with_heads(FIRST_CELL.sub(r'\1<th scope="row">\2</th>', found[0]))
    if "aria-label=" in found[1] or "<caption>" in table:
        return table
    above = [one for one in headings if one.end() <= found.start()]
    return table.replace("<table ", f'<table aria-label="{_words_of_last(above)}" ', 1)


def _with_heads(table: str) -> str:
    """The table with heads of columns, also as strings of CSS unless a card cannot hold them."""
    head, end, rows = table.partition("</thead>")
    table = head.replace("<th>", '<th scope="col">') + end + rows
    words = HEAD.findall(head)
    if not 1 < len(words) <= MOST_IN_A_CARD:
        return table
    heads = (f"--head-{number}: {_css_string(one)}" for number, one in enumerate(words[1:], 2))
    return table.replace("<table ", f'<table style="{escape("; ".join(heads))}" ', 1)


def _css_string(html: str) -> str:
    words = unescape(re.sub(r"<[^>]*>", "", html)).strip()
    return '"' + re.sub(r"[^\w ,.()%-]", lambda sign: f"\\{ord(sign[0]):x} ", words) + '"'


def _words_of_last(headings: list[re.Match[str]]) -> str:
    words = next(filter(None, headings[-1].groups())) if headings else "Table"
    return re.sub(r"<[^>]*>", "", words).strip().replace('"', "&quot;")
