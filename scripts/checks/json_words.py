"""Which JSON is not read as a contract at all, and what the libraries say of one that is."""

import re
from itertools import accumulate

import jsonschema

from scripts.findings import shown

MOST_DIGITS = 300  # of a number; Python itself refuses four thousand, and no contract has twenty
LONGEST = 400  # characters of what a library says
DEEPEST = 50  # brackets within brackets: no contract has twenty; where Python stops differs by version
TEXT = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)
BRACKET = re.compile(r"[\[\]{}]")
TOO_DEEP = "The file cannot be read: it has too many brackets within brackets."
HALF = "The file cannot be read: a text holds half of a letter, such as \\ud800, which no file can keep."


def whole_number(digits: str) -> int:
    """A whole number of the file. ValueError for one that is too long to be one."""
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"a number has {len(digits):,} digits")
    return int(digits)


def is_too_deep(text: str) -> bool:
    """Has it more brackets within brackets than a contract? Asked of the text, before they are followed."""
    steps = (1 if bracket in "[{" else -1 for bracket in BRACKET.findall(TEXT.sub("", text)))
    return max(accumulate(steps), default=0) > DEEPEST


def why_unreadable(error: ValueError) -> str:
    """Why a text is no JSON that can be kept."""
    return HALF if isinstance(error, UnicodeError) else f"The file cannot be read: {error}."


def of_form(error: jsonschema.ValidationError) -> str:
    """What one fault against a form is, in the words of the library, which may quote half a file."""
    said = (
        error.message
        if len(error.message) < LONGEST
        else f"{error.validator} is not {error.validator_value!r}"
    )
    return f"{shown(said, LONGEST)}."
