"""Why no number was read from what somebody typed under “As printed”, and what to type in its place."""

import re
from collections.abc import Mapping

from scripts.contribute.filling import NO_PLAIN_NUMBER
from scripts.contribute.printed_result import LONGEST, NUMBER, in_plain_digits, is_torn_apart, wrong_words

NONE = re.compile(r"(?:none|nobody|no|no one|nil|zero|not (?:a|one)(?: single)?(?: one)?)\b", re.IGNORECASE)
MARKED = re.compile(r"[0-9][.,][0-9]")
APART = "Give each number a row of its own."
ENDS = ("low", "high", "qualifier")


def why_untold(text: str) -> str:
    """What in the text keeps it from being one number."""
    plain = in_plain_digits(text)
    if len(text) > LONGEST:
        return f"it is longer than {LONGEST} characters"
    if len(numbers := re.findall(NUMBER, plain)) > 1:
        return "it holds several numbers"
    if not numbers:
        return "it holds no number in digits"
    if changing := NO_PLAIN_NUMBER.search(plain):
        return f"“{changing[0].strip()}” makes another number of its digits"
    return wrong_words(plain) or _why_not_one(numbers[0])


def _why_not_one(number: str) -> str:
    """The words are understood, so that it is the marks of the number."""
    if is_torn_apart(number):
        return f"“{number}” is not one number"
    return f"the {'comma' if ',' in number else 'point'} may stand before decimals or part thousands"


def what_to_type(text: str, titles: Mapping[str, str], sheets: Mapping[str, str]) -> str:
    """What to type, by the titles of the sheet, so that the number is the one that is printed."""
    low, high, qualifier = (titles[name] for name in ENDS)
    numbers = re.findall(NUMBER, in_plain_digits(text))
    if NONE.match(text.strip()) or (len(numbers) > 1 and numbers[0] == "0"):
        base = f" Give {numbers[-1]} a row of its own." if numbers else ""
        ends = f"with 0 under {low} and {high}, and none found under {qualifier}"
        return f"If none was found: leave only the word for none, or 0, here, {ends}.{base}"
    if len(numbers) > 1:
        return f"{APART} If they are the two ends of one: type {low} and {high}, and choose {qualifier}."
    mark = f"say it under {titles['decimal_mark']} on the sheet {sheets['data/sources.csv']}"
    first = f"Where the document writes decimals so, {mark}. Else: t" if MARKED.search(text) else "T"
    return f"{first}ype the number that is meant under {low} and {high}, and choose {qualifier}."
