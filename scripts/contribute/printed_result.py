"""A result as a source prints it, taken apart: a number, two ends, or a share with its count and its base.

What is not wholly understood is refused in words, because a wrong number would look as sound as another.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from unicodedata import decimal

from scripts.checks import tables_of_words
from scripts.contribute.filling import NO_PLAIN_NUMBER, number_in
from scripts.contribute.one_result import asked_rows
from scripts.package.files import Row
from scripts.package.meaning import is_plain_number

NUMBER = r"[0-9](?:[0-9.,\s]*[0-9])?"
OF = r"\s*(?:/|⁄|(?:(?:out\s+)?of(?:\s+the)?|sur)\s)\s*"
NOUN = r"(?:\s+[^0-9()%,;:]+?)?"  # such as people
PAIR = rf"(?:n\s*=\s*)?(?P<count>{NUMBER}){NOUN}{OF}(?P<base>{NUMBER}){NOUN}"
OR = r"(?:(?:or|that\s+is|which\s+is|i\.e\.|soit),?\s+)?"  # 37 of 412, or 9.0 %
SHARE = rf"{OR}(?P<share>[^0-9()]*{NUMBER}\s*(?:%|per\s?cent\b|percent\b)[^0-9()]*?)"
BREAK = r"\s*[,;:=(\[–—-]\s*"
SHARES = (  # the share behind its count and its base, or before them
    rf"{PAIR}\s*\({OR}(?P<share>.+)\)",
    rf"{PAIR}{BREAK}{SHARE}[)\]]?\.?",
    rf"{SHARE}{BREAK}{PAIR}[)\]]?\.?",
    rf"(?P<count>{NUMBER}){NOUN}\s*\({SHARE}\){OF}(?P<base>{NUMBER}){NOUN}",
)
PERCENT = r"\s*(?:%|per\s?cent\b|pour\s?cent\b)"
TO = r"\s*(?:\bto\b|\bbis\b|–|—|-)\s*"
RANGE = re.compile(
    rf"(?P<between>(?:between|entre|zwischen)\s+)?(?:from\s+|von\s+)?(?P<low>{NUMBER})(?:{PERCENT})?"
    rf"(?(between)\s+(?:and|et|und|y)\s+|{TO})(?P<high>{NUMBER})(?P<behind>[^0-9]*)",
    re.IGNORECASE,
)
BOUNDS = ("at_most", "at_least", "less_than", "more_than", "about")
BEFORE = re.compile(
    r"(?:the|el|only|just|up|rank|(?:a )?total of|an average of|n\s*=|['’]?à|(?:us)?[$]|usd|[€£])?"
)
CHANGES = re.compile(
    r"\b(?:minus|plus|less|fewer|more|none|nobody|not?|or so|times|fold|to$|k|m|mn|bn|mio|mrd|tsd"
    r"|mehr|weniger|más|menos|moins|più)\b"
)
SIGNS = re.compile(
    r"(?<=0)[a-z]+|[+±×?<>=≤≥]|(?<![^\W\d_])[-–—−/]|[-–—−/](?![^\W\d_])"
)  # not those of sex-workers
GROUPED = re.compile(r"[0-9]{1,3}(?:\s[0-9]{3})+(?:[.,][0-9]+)?")
THOUSANDS = re.compile(rf"(?<![0-9.,])[1-9][0-9]{{0,2}}([.,])[0-9]{{3}}(?![0-9.,]*[0-9])(?!{PERCENT})")
FRACTION = re.compile(r"\b(?:half|third|quarter|tenth|(?:one|[0-9]) (?:in|out of))\b", re.IGNORECASE)
SCALE = re.compile(r"million|billion|thousand|lakh|crore", re.IGNORECASE)
ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th)$")
YEAR = re.compile(r"(?:19[5-9]|20[0-4])[0-9]")
LONGEST = 200  # characters of a result that is read; the longest of the package has far fewer
MARKS = {"point": ".", "comma": ","}
TYPE = "Type first the number in digits, as the source prints it, such as “412 people” or “0 of 88 (0 %)”"
OF_INTERVALS, OF_AGES = ("interval_low", "interval_high", "interval_level"), ("age_min", "age_max")
Parts = Mapping[str, str]


def in_plain_digits(text: str) -> str:
    """The same text with its digits, of whatever script, as 0 to 9."""
    return "".join(str(decimal(sign)) if sign.isdecimal() else sign for sign in text)


def share_in(text: str) -> Parts | None:
    """The tokens of a share, its count and its base; none where the text is no such thing."""
    matches = (re.fullmatch(form, in_plain_digits(text), re.IGNORECASE) for form in SHARES)
    match = next(filter(None, matches), None)
    return match and {name: text[slice(*match.span(name))] for name in ("count", "base", "share")}


def readings(text: str, mark: str) -> list[Row]:
    """What is stored of one number or of two ends, or of a share, its count and its base.

    None where the text is refused; `mark` is the decimal mark, blank where it is not known.
    """
    if len(text) > LONGEST:
        return []
    share = share_in(text)
    if share is None:
        found = [one_in(text, mark) or ends_in(text, mark)]
    else:
        found = [one_in(share[name], mark) for name in ("share", "count", "base")]
        found += [] if _is_plain_pair(text, share) else [{}]
    return found if all(found) else []


def one_in(text: str, mark: str) -> Row:
    """The reading of a text with one number and no word beside it that is not understood."""
    number = _number(text, mark)
    bound, before, changing = _beside(text)
    if not number or changing or not BEFORE.fullmatch(before):
        return {}
    low = "" if bound in ("less_than", "at_most") else number
    high = "" if bound in ("more_than", "at_least") else number
    return {"low": low, "high": high, "qualifier": bound}


def of_token(row: Row, mark: str) -> Row:
    """What the result of a row tells of it, where nothing was typed; 9 becomes the 9.0 of the result."""
    token = row["printed"]
    told, filled = one_in(token, mark), {"written_in": _written_in(token)}
    if not told:
        return filled
    ends = {name: row[name] for name in ("low", "high")}
    if any(ends.values()):
        number = told["low"] or told["high"]
        same = {name: number for name, typed in ends.items() if _equal(typed, number)}
        return filled | {"qualifier": told["qualifier"]} | same
    return filled | (told if row["qualifier"] in ("", told["qualifier"]) else {})


def _equal(typed: str, number: str) -> bool:
    return bool(re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", typed)) and Decimal(typed) == Decimal(number)


def _written_in(token: str) -> str:
    if FRACTION.search(token):
        return "fraction"
    if not re.search(r"\d", token):
        return "words"
    return "scaled" if SCALE.search(token) else "digits"


def ends_in(text: str, mark: str = "point") -> Row:
    """The two ends of a range as they are stored; nothing where the text is none."""
    match = RANGE.fullmatch(in_plain_digits(text))
    if not match or _changing(match["behind"]) or _are_years(match) or _is_unsure(text, mark):
        return {}
    ends = {name: _number(match[name] + "%", mark) for name in ("low", "high")}
    return {**ends, "qualifier": "range"} if all(ends.values()) else {}


def plain_numbers(row: Row, mark: str) -> Row:
    """The cells of intervals and ages as plain numbers: 6.4 for “6.4 %”, and 15 for “១៥”."""
    cells = {}
    for name in (*OF_INTERVALS, *OF_AGES):
        text = in_plain_digits(row[name])
        sign = f"(?:{PERCENT})?" if name in OF_INTERVALS else ""
        if re.fullmatch(rf"{NUMBER}{sign}", text):
            cells[name] = _number(text, mark) or row[name]
    return row | cells


def unread(text: str) -> str:
    """Why no reading can be made of the text."""
    is_long = len(text) > LONGEST
    why = f"it is longer than {LONGEST} characters" if is_long else _why(in_plain_digits(text))
    return f"This cannot be taken apart: {why}."


def _why(text: str) -> str:
    numbers, share, ends = re.findall(NUMBER, text), share_in(text), RANGE.fullmatch(text)
    if not numbers or NO_PLAIN_NUMBER.search(text):
        return f"it holds no plain number in digits. {TYPE}"
    if share and not _is_plain_pair(text, share):
        return "a word beside the count or the base changes it"
    if ends and _are_years(ends):
        return f"{ends['low']} and {ends['high']} look like years. Type the result without its years"
    if len(numbers) > 1 and not share and not ends:
        return "it holds several numbers"
    if ends and (changing := _changing(ends["behind"])):
        return f"“{changing}” stands behind the last number and may change it"
    words = "" if ends else wrong_words(share["share"] if share else text)
    return f"{words}. {TYPE}" if words else _why_not_a_number(text, numbers)


def wrong_words(text: str) -> str:
    """The words beside the one number that are not understood; blank where there are none."""
    _, before, changing = _beside(text)
    if not BEFORE.fullmatch(before):
        return f"“{before}” stands before the number"
    return f"“{changing}” stands behind the number and may change it" if changing else ""


def _why_not_a_number(text: str, numbers: Sequence[str]) -> str:
    """The words are understood, so that the form of the number is what is not."""
    if torn := next(filter(_is_torn, numbers), ""):
        return f"“{torn}” is not one number"
    label = next(row["label"] for row in asked_rows() if row["question"] == "mark")
    if unsure := THOUSANDS.search(text):
        return f"“{unsure[0]}” may hold thousands or decimals. Answer “{label}”: comma or point"
    return f"a number does not fit the decimal mark of the document. Compare it, and answer “{label}”"


def _number(text: str, mark: str) -> str:
    """The one number of a text; blank where its spaces or its marks leave in doubt which it is."""
    text = in_plain_digits(text)
    is_torn = any(map(_is_torn, re.findall(NUMBER, text)))
    return "" if is_torn or _is_unsure(text, mark) else number_in(text, mark)


def _is_torn(token: str) -> bool:
    """Are these digits with a space that parts no thousands, such as 12 37?"""
    return bool(re.search(r"\s", token)) and not GROUPED.fullmatch(token)


def _is_unsure(text: str, mark: str) -> bool:
    """Would three digits, which may be thousands, be decimals? 12.000 girls are not 12."""
    text = re.sub(rf"({NUMBER}){TO}(?={NUMBER}{PERCENT})", r"\1 % to ", in_plain_digits(text))
    return any(match[1] == MARKS.get(mark, match[1]) for match in THOUSANDS.finditer(text))


@cache
def _bounds() -> Mapping[str, re.Pattern[str]]:
    """The words that bound a number, by qualifier: those of the rule, so that it finds nothing to say."""
    return {
        row["codes"]: re.compile(row["pattern"], re.ASCII)
        for row in tables_of_words.rows("telling")
        if row["about"] == "qualifier" and row["codes"] in BOUNDS
    }


def _beside(text: str) -> tuple[str, str, str]:
    """The qualifier that the words ask for, what else stands before the number, what changes it behind."""
    plain = ORDINAL.sub("", in_plain_digits(text).lower())
    alone = re.sub(NUMBER, "0", plain, count=1)
    before, _, behind = alone.partition("0")
    bound = next((name for name, words in _bounds().items() if words.search(alone)), "exact")
    if bound != "exact":
        before = _bounds()[bound].sub("", before)
        is_clear_behind = bound in ("at_least", "at_most", "about")  # 412 girls under observation are not
        behind = _bounds()[bound].sub("", f"0{behind}").removeprefix("0") if is_clear_behind else behind
    return bound, before.strip(), _changing(behind)


def _changing(behind: str) -> str:
    """The first word or sign behind a number that makes another number of it."""
    behind = f"0{behind.lower()}"
    found = (words.search(behind) for words in (CHANGES, SIGNS, *_bounds().values()))
    return _scale(behind) or next((match[0].removeprefix("0") for match in found if match), "")


def _scale(text: str) -> str:
    """The first word for a number right behind digits: 30 mille are not 30."""
    words = re.findall(r"[0-9]\s*([^\s0-9.,;:()%/–—-]+)", text.lower())
    return next((word for word in words if word not in ("per", "percent", "cent") and _is_number(word)), "")


def _is_number(word: str) -> bool:
    """Is the word, or where a script may write without spaces its beginning, one for a number?"""
    starts = [word] if word[0] < "\u0250" else [word[:end] for end in range(1, len(word) + 1)]
    return any(map(is_plain_number, starts))


def _is_plain_pair(text: str, share: Parts) -> bool:
    """Does no word beside the count and the base change them, such as 37 or more of 412?"""
    words = text.replace(share["share"], "", 1).lower()
    return not _scale(words) and not any(known.search(words) for known in (CHANGES, *_bounds().values()))


def _are_years(ends: re.Match[str]) -> bool:
    return all(YEAR.fullmatch(ends[name]) for name in ("low", "high"))
