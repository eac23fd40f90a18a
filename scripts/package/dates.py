"""Partial dates and periods, as in ISO 8601: `2015`, `2015-06`, `2015-06-10`, `2012/2015`.

They stay strings and are never filled up; these functions say what may be concluded from them.
"""

from typing import NamedTuple


class Span(NamedTuple):
    """The first and the last day that a partial date or period may mean, as text that sorts."""

    start: str
    end: str


def span(period: str) -> Span:
    """The span of a partial date, or of a period with a slash: which days may it reach over?

    Every month ends on day 31: the text is only compared, and sorts as well as the true last day.
    """
    first, _, last = period.partition("/")
    return Span(first + "0000-01-01"[len(first) :], (last or first) + "9999-12-31"[len(last or first) :])


def holds(outer: str, inner: str) -> bool:
    """Containment: does the second period lie inside the first? A year holds its months."""
    wide, narrow = span(outer), span(inner)
    return wide.start <= narrow.start and narrow.end <= wide.end


def sort_key(date: str) -> tuple[str, int]:
    """The order of partial dates: by the last possible day, the more exact one first.

    So a bare year follows its months, and a blank date comes last.
    """
    return (span(date).end, -len(date)) if date else ("~", 0)
