"""Words that rules and pages share: numbers, languages, and the placeholders of indicators."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources

from scripts.package.sql_quoting import quote_literal

# The placeholders that the words of an indicator may have: plain names, without formats or attributes.
WHAT = ("name", "judged", "held", "ages", "supposed", "reckoned", "recorded", "counted")
WHOM_AND_WHERE = (
    "people",
    "group",
    "whom",
    "persons",
    "were",
    "tallied",
    "there_were",
    "setting",
    "scope",
    "place",
    "where",
    "between",
)
ALLOWED = {  # by the columns of `indicator_words`
    "caption": WHAT,
    "heading": ("caption", *WHAT, *WHOM_AND_WHERE),
    "sentence": ("n", *WHAT, *WHOM_AND_WHERE),
    "unnamed": (),
}
PERCENT = {"percent", "per", "cent"}
WORD = r"[\w\u0900-\u109f\u1780-\u17ff]+"  # includes vowel signs, which `\w` leaves out
PLACEHOLDER = re.compile(r"\{([a-z_]+)}")
WHOLE_FIRST = re.compile(r"(?P<whole>[0-9][0-9.,]*)\s+में\s+से\s+(?P<part>[0-9][0-9.,]*)")  # 10 में से 1
EVERY = re.compile(
    rf"\bevery\s+(?P<which>[0-9]+(?:nd|rd|th)\b|(?![0-9]){WORD})", re.IGNORECASE
)  # every 7th
# What follows the number of a rate: per 100, 1,000, 10,000 or 100,000, or per mille.
RATE = re.compile(
    r"\s*(?:(?P<mille>‰|per\s?mille?\b|pro mille\b|pour mille\b|por mil\b)"
    r"|\b(?:(?:in|per|for|out of|of)(?:\s+(?:every|each))?|pour|por|pro|je|sur)"
    r"\s+(?P<base>10{0,2}[ .,\u00a0\u202f]?000|100)(?![0-9.,]*[0-9]))",
    re.IGNORECASE,
)


def _read_word_table(name: str) -> list[list[str]]:
    """The rows of a CSV file in this folder; no cell of it contains a comma."""
    text = (resources.files("scripts.package") / f"{name}.csv").read_text(encoding="utf-8")
    return [line.split(",") for line in text.splitlines()[1:]]


@cache
def language_names() -> Mapping[str, str]:
    """The languages of documents, by their two-letter codes."""
    return {row[0]: row[1] for row in _read_word_table("languages")}


@cache
def _words_for_numbers() -> list[list[str]]:
    """The word, kind and value of each number word."""
    return _read_word_table("number_words")


@cache
def number_words_query() -> str:
    """A query that returns a row for each word for a number, a scale or a fraction."""
    values = ", ".join(
        f"({quote_literal(word)}, {quote_literal(kind)}, {value}::DOUBLE)"
        for word, kind, value in _words_for_numbers()
    )
    return f"SELECT * FROM (VALUES {values}) AS words (word, kind, value)"


@cache
def scale_values() -> Mapping[str, int]:
    """The value of each scale word, such as thousand or million, except for short ambiguous words."""
    scaled = {word: int(value) for word, kind, value in _words_for_numbers() if kind == "scale"}
    return {word: value for word, value in scaled.items() if value >= 1_000 and word != "mil"}


@cache
def fraction_divisors() -> Mapping[str, int]:
    """The divisor of each fraction word, such as half or thirds."""
    return {word: int(value) for word, kind, value in _words_for_numbers() if kind == "fraction"}


def fraction_words_in(text: str) -> list[str]:
    """The fraction words in a text, such as half or thirds."""
    return [word for word in re.findall(WORD, text.lower()) if word in fraction_divisors()]


def has_scale_word(text: str) -> bool:
    """Return whether a text contains a word such as dozen or thousand."""
    return any(
        _number_word_values().get(word, ("",))[0] == "scale" for word in re.findall(WORD, text.lower())
    )


def is_number_in_words(token: str) -> bool:
    """Return whether a token is just a whole number in words, such as thirty-eight or five percent."""
    whole = {*_number_word_values(), *number_words_of_kind("percent")} | PERCENT
    return whole.issuperset(token.lower().replace("-", " ").split())


@cache
def number_words_of_kind(kind: str) -> tuple[str, ...]:
    """The words of one kind, such as percent or people, longest first."""
    words = (word for word, is_of, _ in _words_for_numbers() if is_of == kind)
    return tuple(sorted(words, key=len, reverse=True))


PEOPLE = "|".join(number_words_of_kind("people"))
OF_A_SCALE = re.compile(
    rf"(?<=[0-9] )(?P<join>sur|dari|op de|von|auf|per|in a)\s+(?P<scale>{WORD})(?=(?:\s+(?:{PEOPLE}))?$)",
    re.IGNORECASE,
)
# A part and its whole, with both numbers in digits: 7 of the 24, 1 girl in 7, 1 in every 350, 37/412, 1:7.
PART_OF = re.compile(
    rf"(?<![0-9.,/])(?P<part>[0-9]+(?:[.,][0-9]+)*)(?P<who>\s+(?:{PEOPLE}))?"
    r"(?:\s*/\s*|(?<=(?<![0-9.,])1)\s*:\s*"
    r"|[\s-]+(?:(?:in|out\s+of|of)(?:\s+(?:every|each|the|all|these|those))?"
    r"|(?:de|em|en)\s+cada|sur|von|op(?:\s+(?:de|elke))?|van\s+(?:de|elke)|dari(?:\s+setiap)?|kati\s+ya)[\s-]+)"
    r"(?P<whole>[0-9]+(?:[.,][0-9]+)*(?:[ \u00a0\u202f][0-9]{3}\b)*)"
    r"(?(who)(?!(?<=in [0-9]{4})|[\s-]*\w))",  # not “7 girls in 2 cities” or “in 2019”
    re.IGNORECASE,
)


def denominator_of_rate_match(match: re.Match[str]) -> int:
    """The denominator of a rate, such as 1000 for per mille."""
    return 1_000 if match["mille"] else int(re.sub(r"\D", "", match["base"]))


def denominator_in_printed_share(token: str) -> str:
    """The denominator in a printed share: 22 for 1 in 22; blank for a percentage."""
    plain = words_to_digits(token)
    if rate := RATE.search(plain):
        return str(denominator_of_rate_match(rate))
    part = PART_OF.search(plain)
    return re.sub(r"[.,\s]", "", part["whole"]) if part else ""


def words_to_digits(text: str) -> str:
    """Replace number words with digits: “Seven of the 24” becomes “7 of the 24”; “a third” is unchanged."""
    plain = EVERY.sub(lambda found: _ordinal_as_one_in_n(found["which"]) or found[0], text)
    plain = _number_words_pattern().sub(lambda found: _number_phrase_to_digits(found[0]) or found[0], plain)
    plain = WHOLE_FIRST.sub(r"\g<part> of \g<whole>", plain)
    return OF_A_SCALE.sub(lambda found: f"{found['join']} {_scale_word_in_digits(found['scale'])}", plain)


def _ordinal_as_one_in_n(which: str) -> str:
    """“1 in 7” for seventh or 7th; blank for a word that is not an ordinal."""
    number = which[:-2] if which[0].isdecimal() else _divisors_by_ordinal().get(which.lower(), "")
    return number and f"1 in {number}"


@cache
def _divisors_by_ordinal() -> Mapping[str, str]:
    """The divisor that each fraction or ordinal word stands for: 7 for seventh, 2 for (every) other."""
    return {word: value for word, kind, value in _words_for_numbers() if kind in ("fraction", "ordinal")}


def _scale_word_in_digits(word: str) -> str:
    """The digits for a scale word, such as 1000 for thousand; any other word is unchanged."""
    kind, value = _number_word_values().get(word.lower(), ("", 0))
    return str(value) if kind == "scale" else word


@cache
def _number_words_pattern() -> re.Pattern[str]:
    """A pattern for consecutive number words, such as two hundred and forty."""
    words = "|".join(sorted(_number_word_values(), key=len, reverse=True))
    more = rf"(?:(?:\s+and)?[\s-]+(?:{words}))*"
    return re.compile(rf"(?<![\w-])(?:an?\s+)?(?:{words}){more}(?![\w-])", re.IGNORECASE)


@cache
def _number_word_values() -> Mapping[str, tuple[str, int]]:
    """Return the kind and value of each word for a whole number or a scale."""
    return {
        word: (kind, int(value))
        for word, kind, value in _words_for_numbers()
        if kind in ("number", "scale")
    }


def _number_phrase_to_digits(phrase: str) -> str:
    """The digits for a number in words; blank for a mere scale word, such as hundred, or two numbers."""
    total = group = 0
    for word in re.split(r"[\s-]+", phrase.lower()):
        kind, value = _number_word_values().get(word, ("", int(word in ("a", "an"))))
        if kind == "scale":
            # In “dua ratus lima puluh”, ten multiplies the five but not the two hundred.
            last = group % value if value in (10, 100) else group
            total, group = (
                (total + group * value, 0) if value >= 1_000 else (total, group - last + last * value)
            )
            if not total + group or (value < 1_000 and not last):
                return ""
        elif group % 100 and (group % 10 or value > 9) and value:
            return ""
        else:
            group += value
    return str(total + group)


def fill_placeholders(words: str, made: Mapping[str, Callable[[], str]]) -> str:
    """Fill in the known placeholders in a text; other words in braces are left as they are."""
    return PLACEHOLDER.sub(lambda found: made[found[1]]() if found[1] in made else found[0], words)


def placeholders_query() -> str:
    """A query that lists the columns of `indicator_words`, and the placeholders that each may contain."""
    rows = (
        f"({quote_literal(column)}, ["
        f"{', '.join(quote_literal(f'{{{name}}}') for name in names)}]::VARCHAR[])"
        for column, names in ALLOWED.items()
    )
    return f"FROM (VALUES {', '.join(rows)}) AS listed(field, allowed)"
