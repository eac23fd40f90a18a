"""Withdrawn figures: the only code that puts a withdrawn or missing figure into words.

A page that uses such a figure gets a mark instead. When the page is complete, sentences with a mark are
removed, and the first such sentence in a line is replaced with a notice that gives the reason.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from jinja2 import ChainableUndefined

START, END = "\ue000", "\ue001"  # never in text from the data, where they are escaped as entities
MARK = re.compile(f"{START}(.*?){END}")
NOTHING = "No figure stands here: it can no longer be computed from the figures that stand."
NO_LONGER_SAID = "A sentence was taken out here: what it said no longer follows from the figures."
# What belongs to the block rather than its sentences: the marker of a list, quotation or heading, the tags
# around it, and the anchor for links.
TAG = r"<{}(?:details|summary|div|p|li|d[dt]|t[dhr])\b[^>]*>\s*"
BLOCK = re.compile(
    rf"(\s*(?:[-*>] |\d+\. |#{{1,6}} |(?:{TAG.format('')})*)(?:<span id=\"[\w-]+\"></span>)?)"
    rf"(.*?)(\s*(?:(?:{TAG.format('/')})*|\{{ #[\w-]+ \}}))"
)
BETWEEN_SENTENCES = re.compile(  # no sentence ends after a single letter, as in U.S.
    r"(?<=[.!?។])(?<!\b[A-Z]\.)\s+|(?<=[.!?។]\*\*)\s+|(?<=[.!?។]\))\s+"
)

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class FigureLost(Exception):
    """Raised if a figure was withdrawn or can no longer be computed, or if a sentence no longer holds."""


class WithdrawnMark(ChainableUndefined):
    """A stand-in for a missing figure, row or rows, which shows in a page as an invisible mark.

    Its attributes and items are stand-ins too.
    """

    def __init__(self, withdrawn: Iterable[str] = ()) -> None:
        """Record the ids of the readings that were withdrawn, if that is why something is missing."""
        super().__init__(hint=" ".join(withdrawn))

    def __html__(self) -> str:
        return f"{START}{self._undefined_hint}{END}"

    __str__ = __html__


def answer_or_withdrawn_mark(function: Callable[Given, Answer]) -> Callable[Given, Answer | WithdrawnMark]:
    """Make a function return a `WithdrawnMark` where it would raise FigureLost."""

    @wraps(function)
    def answer_or_mark(*given: Given.args, **named: Given.kwargs) -> Answer | WithdrawnMark:
        try:
            return function(*given, **named)
        except FigureLost as lost:
            return WithdrawnMark(lost.args)

    return answer_or_mark


def mark_if_input_is_mark(function: Callable[..., Any]) -> Callable[..., Any]:
    """Make a filter pass the mark of a withdrawn figure through unchanged."""

    @wraps(function)
    def filtered_or_mark(first: Any, *others: Any) -> Any:
        return first if isinstance(first, WithdrawnMark) else function(first, *others)

    return filtered_or_mark


def without_marked_sentences(page: str, say: Callable[[Sequence[str]], str]) -> str:
    """A filled-in page with notices instead of sentences that contain marks.

    `say` words a notice, given the ids of the withdrawn readings.
    """
    if START not in page:
        return page
    return "\n".join(
        _line_without_marked_sentences(line, say) if START in line else line for line in page.split("\n")
    )


def _line_without_marked_sentences(line: str, say: Callable[[Sequence[str]], str]) -> str:
    block = BLOCK.fullmatch(line)
    assert block  # it matches any line
    before, sentences, after = block.groups()
    ids = dict.fromkeys(name for mark in MARK.findall(line) for name in mark.split())
    kept = _unmarked_sentences(BETWEEN_SENTENCES.split(sentences), say(list(ids)))
    return f"{before}{' '.join(kept)}{after}"


def _unmarked_sentences(sentences: Sequence[str], notice: str) -> list[str]:
    said = [notice if START in sentence else sentence for sentence in sentences]
    return [sentence for at, sentence in enumerate(said) if sentence != notice or at == said.index(notice)]
