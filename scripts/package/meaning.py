"""Words that rules and pages share: for numbers and for languages, and the placeholders of an indicator."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources

from scripts.package.sql import literal

# What the words of an indicator may hold in braces: names and nothing else, no format and no attribute.
WHAT = ("name", "judged", "held", "ages", "supposed", "reckoned", "recorded", "counted")
WHOM_AND_WHERE = (
    *("people", "group", "whom", "persons", "were", "tallied", "there_were"),
    *("setting", "scope", "place", "where", "between"),
)
ALLOWED = {  # by the columns of `indicator_words`
    "caption": WHAT,
    "heading": ("caption", *WHAT, *WHOM_AND_WHERE),
    "sentence": ("n", *WHAT, *WHOM_AND_WHERE),
    "unnamed": (),
}
PERCENT = {"percent", "per", "cent"}
PLACEHOLDER = re.compile(r"\{([a-z_]+)}")
# One in so many, or so many per 1,000, with digits: a share read in percent. The import asks for it too.
FRACTION = re.compile(
    r"\b(?:(?P<part>[1-9]|one|uma?|una?|une|eine[rm]?)\s+"
    r"(?:(?:in|out\s+of)(?:\s+every)?|of\s+every|(?:de|em)\s+cada|sur|von)"
    r"\s+(?P<whole>[0-9](?:[0-9.,]*[0-9])?)"
    r"|(?P<rate>[0-9]+(?:[.,][0-9]+)?)\s+(?:per|pour|por|pro|je)\s+(?P<base>10{0,2}[ .,]?000))\b",
    re.IGNORECASE,
)


def _table(name: str) -> list[list[str]]:
    """The rows of a table beside this module, none of whose cells holds a comma."""
    text = (resources.files("scripts.package") / f"{name}.csv").read_text(encoding="utf-8")
    return [line.split(",") for line in text.splitlines()[1:]]


@cache
def languages() -> Mapping[str, str]:
    """The languages that documents are in, by their codes of two letters."""
    return {row[0]: row[1] for row in _table("languages")}


@cache
def _words_for_numbers() -> list[list[str]]:
    """Word, kind and value of each word for a number."""
    return _table("number_words")


@cache
def number_words() -> str:
    """One row a word for a number, a scale or a fraction, as a query."""
    values = ", ".join(
        f"({literal(word)}, {literal(kind)}, {value}::DOUBLE)" for word, kind, value in _words_for_numbers()
    )
    return f"SELECT * FROM (VALUES {values}) AS words (word, kind, value)"


@cache
def scales() -> Mapping[str, int]:
    """What each word such as thousand or million stands for; shorter words mean other things as well."""
    scaled = {word: int(value) for word, kind, value in _words_for_numbers() if kind == "scale"}
    return {word: value for word, value in scaled.items() if value >= 1_000 and word != "mil"}


def is_plain_number(token: str) -> bool:
    """A token that is a whole number in words and no more: thirty-eight, one million, five percent."""
    whole = {word for word, kind, _ in _words_for_numbers() if kind != "fraction"} | PERCENT
    return whole.issuperset(token.lower().replace("-", " ").split())


def filled(words: str, made: Mapping[str, Callable[[], str]]) -> str:
    """The words with what each placeholder stands for; any other brace stays as it is."""
    return PLACEHOLDER.sub(lambda found: made[found[1]]() if found[1] in made else found[0], words)


def placeholders() -> str:
    """For the rules: each column of words, and what it may hold, in braces."""
    rows = (
        f"({literal(column)}, [{', '.join(literal(f'{{{name}}}') for name in names)}]::VARCHAR[])"
        for column, names in ALLOWED.items()
    )
    return f"FROM (VALUES {', '.join(rows)}) AS listed(field, allowed)"
