"""Dates and periods known only in part: `2015`, `2015-06`, `2015-06-10`, `2012/2015`.

They stay strings and are never filled up; these functions say what may be concluded from them.
"""

from typing import NamedTuple


class Span(NamedTuple):
    """The first and the last day that a partial date or period may mean, as text that sorts."""

    start: str
    end: str


def span(period: str) -> Span:
    """Give the days that a partial date or a period with a slash reaches over."""
    first, _, last = period.partition("/")
    return Span(first + "0000-01-01"[len(first) :], (last or first) + "9999-12-31"[len(last or first) :])


def holds(outer: str, inner: str) -> bool:
    """Whether the second period lies inside the first; a year holds its months."""
    wide, narrow = span(outer), span(inner)
    return wide.start <= narrow.start and narrow.end <= wide.end


def sort_key(date: str) -> tuple[str, int]:
    """Sort by the last possible day, the more exact date first, so that a bare year follows its months."""
    return (span(date).end, -len(date)) if date else ("~", 0)
