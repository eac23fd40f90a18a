"""Why no number was read from what somebody typed under “As printed”, and what to type in its place."""

import re
from collections.abc import Mapping

from scripts.contribute.filling import NO_PLAIN_NUMBER
from scripts.contribute.printed_result import NUMBER, Parts, ends_in, in_plain_digits, share_in, wrong_words
from scripts.contribute.sheets import PARTS

NONE = re.compile(r"(?:none|nobody|no|no one|nil|zero|not (?:a|one)(?: single)?(?: one)?)\b", re.IGNORECASE)
MARKED = re.compile(r"[0-9][.,][0-9]")
APART = "Give each number a row of its own."
ENDS = ("low", "high", "qualifier")


def why_untold(text: str) -> str:
    """What in the text keeps it from being one number."""
    plain = in_plain_digits(text)
    if share_in(text):
        return "it holds a share, its count and its base"
    if len(numbers := re.findall(NUMBER, plain)) > 1:
        return "it holds several numbers"
    if not numbers:
        return "it holds no number in digits"
    if changing := NO_PLAIN_NUMBER.search(plain):
        return f"“{changing[0].strip()}” makes another number of its digits"
    return wrong_words(plain) or _why_not_one(numbers[0])


def _why_not_one(number: str) -> str:
    """The words are understood, so that it is the marks of the number."""
    if " " in number:
        return f"“{number}” is not one number"
    return f"the {'comma' if ',' in number else 'point'} may stand before decimals or part thousands"


def what_to_type(text: str, titles: Mapping[str, str], sheets: Mapping[str, str]) -> str:
    """What to type, by the titles of the sheet, so that the number is the one that is printed."""
    low, high, qualifier = (titles[name] for name in ENDS)
    numbers = re.findall(NUMBER, in_plain_digits(text))
    if share := share_in(text):
        return _three_rows(share)
    if NONE.match(text.strip()) or (len(numbers) > 1 and numbers[0] == "0"):
        return _none_found(numbers, low=low, high=high, qualifier=qualifier)
    if len(numbers) > 1:
        return f"{APART} If they are the two ends of one: {_two_ends(text, low, high, qualifier)}"
    mark = f"say it under {titles['decimal_mark']} on the sheet {sheets['data/sources.csv']}"
    first = f"Where the document writes decimals so, {mark}. Else: t" if MARKED.search(text) else "T"
    return f"{first}ype the number that is meant under {low} and {high}, and choose {qualifier}."


def _two_ends(text: str, low: str, high: str, qualifier: str) -> str:
    """What to type for a span, with its ends where it is one."""
    two = ends_in(text)
    first, last = (f"{two[name]} under " if two else "" for name in ENDS[:2])
    return f"type {first}{low} and {last}{high}, and choose {'range under ' if two else ''}{qualifier}."


def _three_rows(share: Parts) -> str:
    """A share with its count and its base, as they stand in a sheet."""
    count, base = (f"“{one.title}”" for one in PARTS.values())
    told = f"{share['count']} under {count} and {share['base']} under {base}"
    rows = f"one row for {share['count']} and one for {share['base']}"
    return f"{APART.removesuffix('.')}: here “{share['share'].strip()}” alone, with {told}; then {rows}."


def _none_found(numbers: list[str], low: str, high: str, qualifier: str) -> str:
    """None of 88 are two readings: that none was found, and the base."""
    base = f" Give {numbers[-1]} a row of its own." if numbers else ""
    ends = f"with 0 under {low} and {high}, and none found under {qualifier}"
    return f"If none was found: leave only the word for none, or 0, here, {ends}.{base}"
