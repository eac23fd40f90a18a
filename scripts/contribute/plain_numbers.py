"""Parse one number, or a range, together with words that limit it, such as “at least”.

Text that is not fully understood is rejected, since a wrong number would look as plausible as a right one.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from unicodedata import decimal

from scripts.checks.context import read_words_file
from scripts.package.files import Row
from scripts.package.shared_words import (
    fraction_words_in,
    has_scale_word,
    is_number_in_words,
    number_words_of_kind,
)

NUMBER = r"[0-9](?:[0-9.,\s]*[0-9])?"
OF_LAKHS = r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}"  # 1,00,000
PLAIN = (
    rf"(?:0|[1-9][0-9]*|[1-9][0-9]{{0,2}}(?:(?:,[0-9]{{3}})+|(?:\s[0-9]{{3}})+)|{OF_LAKHS})(?:\.[0-9]+)?"
)
IN_DOUBT = re.compile(r"[0-9]([.,])[0-9]")  # thousands or decimals
MARKS, EXCHANGED = {"point": ".", "comma": ","}, str.maketrans(".,", ",.")
LETTER = r"[^\W\d_]"
OF_PERCENT = "|".join(map(re.escape, number_words_of_kind("percent")))
PERCENT = rf"\s*(?:%|per\s?cent\b|pour\s?cent\b|(?:{OF_PERCENT})(?!{LETTER}))"
PERCENT_FIRST = re.compile(  # asilimia 5; asilimia 4 hadi 6
    rf"(?:{OF_PERCENT})\s*(?P<number>{NUMBER})(?!\s*%)", re.IGNORECASE
)
PEOPLE = re.compile(
    rf"(?<!{LETTER})(?:{'|'.join(number_words_of_kind('people'))})(?!{LETTER})", re.IGNORECASE
)
THOUSANDS = re.compile(rf"(?<![0-9.,])[1-9][0-9]{{0,2}}([.,])[0-9]{{3}}(?![0-9.,]*[0-9])(?!{PERCENT})")
TO = r"\s*(?:\b(?:to|bis|à|tot|hadi|hingga|sampai)\b|ถึง|ដល់|से|–|—|-)\s*"
RANGE = re.compile(
    r"(?:(?P<between>(?:between|entre|zwischen|tussen(?: de)?|antara|kati ya)\s+)"
    r"|(?P<de>(?:de|du|del|desde)\s+)|(?:(?:from|von|van|dari)\s+|ពី\s*))?"
    rf"(?P<low>{NUMBER})(?:{PERCENT})?"
    rf"(?(between)\s+(?:and|et|und|y|e|en|dan|na)\s+|(?(de)\s+(?:à|au|a|al|hasta)\s+|{TO}))"
    rf"(?P<high>{NUMBER})(?P<behind>[^0-9]*)",
    re.IGNORECASE,
)
BOUNDS = ("at_most", "at_least", "less_than", "more_than", "about")
BEFORE = re.compile(  # “a fall of 30” is 30, but “a third of 30” is not; “a rough total of 30” is unclear
    r"(?:the|all(?: of)?(?: the)?|el|de|l[ae]s?|l['’]|los|het|die|(?:un |au )?total de|only|just"
    r"|up|rank|n\s*=|['’]?à|(?:us)?[$]"
    r"|usd|[€£]|on average,?|en moyenne|en promedio"
    r"|(?:(?:an?|the|une?|una|uma?|ein) )?(?:(?:sharp|steep|small|slight|large|further|net|mean) )?"
    r"(?:(?:fall|drop|decline|decrease|reduction|rise|increase|total|mean|median|average|rate)(?: age)? of"
    r"|(?:baisse|hausse|diminution|caída|disminución|aumento|queda|redução) del?|(?:rückgang|anstieg) von)"
    r"|(?:(?:the )?(?:share|proportion|prevalence|numbers?|rate) )?(?:ha[sd] |have )?"
    r"(?:fell|fallen|dropped|declined|decreased|rose|risen|increased|grew|grown|up|down) by)?"
)
CHANGES = re.compile(
    r"\b(?:minus|plus|less|fewer|more|none|nobody|not?|or so|times|fold|to$|k|m|mn|bn|mio|mrd|tsd"
    r"|thousand|per mil|thousandths?|nghìn|gross|l(?:akh|acs?)?|mehr|weniger|más|menos|moins|più)\b"
)
SIGNS = re.compile(
    r"(?<=0)[a-z]+|[½¼¾⅓⅔+±×?<>=≤≥]|(?<![^\W\d_])[-–—−/]|[-–—−/](?![^\W\d_])"
)  # but not hyphens in words
ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th)$")
YEAR = re.compile(r"(?:19[5-9]|20[0-4])[0-9]")
ENDS, UNREAD = ("low", "high"), "unread"


def to_ascii_digits(text: str) -> str:
    """The text, with digits of any script as ASCII digits."""
    return "".join(str(decimal(sign)) if sign.isdecimal() else sign for sign in text)


def is_same_number(number: str, other: str) -> bool:
    """Return whether two texts are the same number, apart from trailing zeros."""
    are_numbers = all(re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text) for text in (number, other))
    return number == other or (are_numbers and Decimal(number) == Decimal(other))


def parse_number_or_range(text: str, mark: str) -> Row:
    """The `low`, `high` and `qualifier` of the number or range in a text; empty if it is not clear.

    `mark` is the decimal mark. In the result, `unread` holds unknown words before the number, which may
    limit it.
    """
    return _parse_number(text, mark) or _parse_range(text, mark)


def _parse_number(text: str, mark: str) -> Row:
    """The `low`, `high` and `qualifier` of a single number, and `unread` words before; empty if unclear."""
    number, (bound, unread) = unambiguous_number(text, mark), _qualifier_and_unknown_words(text)
    if not number or not bound or (unread and YEAR.fullmatch(number)):
        return {}
    low = "" if bound in ("less_than", "at_most") else number
    high = "" if bound in ("more_than", "at_least") else number
    return {"low": low, "high": high, "qualifier": bound, UNREAD: unread}


def _parse_range(text: str, mark: str) -> Row:
    """The `low` and `high` of a range; empty if the text is not a range, or if the range is unclear."""
    match = RANGE.fullmatch(text)
    if not match or _is_changed_by_words_after_number(match["behind"]):
        return {}
    sign = "%" if re.search(PERCENT, text) else ""
    ends = {name: unambiguous_number(match[name] + sign, mark) for name in ENDS}
    are_years = all(YEAR.fullmatch(match[name]) for name in ENDS)
    is_sure = all(ends.values()) and not are_years and not _may_low_end_mean_thousands(ends)
    return {**ends, "qualifier": "range", UNREAD: ""} if is_sure else {}


def _may_low_end_mean_thousands(ends: Row) -> bool:
    """Return whether the lower end may be meant in thousands as well, as in “10 to 15,000”."""
    low, high = (Decimal(ends[name]) for name in ENDS)
    return 0 < low * 1_000 <= high and not high % 1_000


def only_number(text: str, mark: str = "point") -> str:
    """The only number in a text, without thousands separators; blank if it is missing or malformed."""
    found = re.findall(NUMBER, text)
    plain = found[0].translate(EXCHANGED if mark == "comma" else {}) if len(found) == 1 else ""
    return re.sub(r"[\s,]", "", plain) if re.fullmatch(PLAIN, plain) else ""


def unambiguous_number(text: str, mark: str) -> str:
    """The only number in a text; blank if three digits may be thousands or decimals, as in 12.000 girls."""
    thousands = THOUSANDS.search(text)
    is_unsure = thousands and thousands[1] == MARKS.get(mark, thousands[1])
    return "" if is_unsure else only_number(text, mark)


@cache
def _patterns_by_qualifier() -> Mapping[str, re.Pattern[str]]:
    """A pattern for the words that limit a number, for each qualifier; the check uses the same words."""
    return {
        row["codes"]: re.compile(row["pattern"], re.ASCII)
        for row in read_words_file("telling")
        if row["about"] == "qualifier" and row["codes"] in BOUNDS
    }


def _qualifier_and_unknown_words(text: str) -> tuple[str, str]:
    """The qualifier in the words next to the only number, and the unknown words before it.

    Both are blank if a known word next to the number may change it.
    """
    alone = re.sub(NUMBER, "0", ORDINAL.sub("", text.lower()), count=1)
    before, _, behind = re.sub(rf"\ban? (?=0{PERCENT})", "", alone).partition("0")  # “a 30 per cent fall”
    bound = next((name for name, words in _patterns_by_qualifier().items() if words.search(alone)), "exact")
    if bound != "exact":
        before = _patterns_by_qualifier()[bound].sub("", before)
        is_clear_behind = bound in ("at_least", "at_most", "about")  # not “412 girls under observation”
        behind = (
            _patterns_by_qualifier()[bound].sub("", f"0{behind}").removeprefix("0")
            if is_clear_behind
            else behind
        )
    unread = PEOPLE.sub("", before).strip(" ,;:%")
    if BEFORE.fullmatch(before.strip()) or BEFORE.fullmatch(unread):
        unread = ""
    return (
        ("", "")
        if _is_changed_by_words_after_number(behind)
        or (unread and _is_changed_by_words_before_number(unread))
        else (bound, unread)
    )


def _is_changed_by_words_before_number(before: str) -> bool:
    """Return whether a known word or sign before a number changes it: a third of 30 is not 30."""
    is_number = any(map(is_number_in_words, re.findall(rf"{LETTER}+", before)))
    is_known = any(words.search(before) for words in (CHANGES, SIGNS, *_patterns_by_qualifier().values()))
    return is_known or is_number or has_scale_word(before) or bool(fraction_words_in(before))


def _is_changed_by_words_after_number(behind: str) -> bool:
    """Return whether a word or sign after a number changes it: 5 dozen is not 5."""
    behind = f"0{behind.lower()}"
    beside = re.findall(r"[0-9](?:\s*%)?\s*([^\s0-9.,;:()%/–—-]+)", behind)
    is_scaled = any(word not in ("per", "percent", "cent") and _is_number_word(word) for word in beside)
    return is_scaled or any(
        words.search(behind) for words in (CHANGES, SIGNS, *_patterns_by_qualifier().values())
    )


def _is_number_word(word: str) -> bool:
    """Return whether a word is a number word or, in a script without spaces, begins with a number word."""
    starts = [word] if word[0] < "\u0250" else [word[:end] for end in range(1, len(word) + 1)]
    return any(map(is_number_in_words, starts))
