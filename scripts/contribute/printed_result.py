"""Parse a result as a source prints it: a number or a range, in digits or in words, and its interval.

Text that is not fully understood is rejected, since a wrong number would look like a right one.
"""

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from scripts.contribute.plain_numbers import (
    ENDS,
    NUMBER,
    PEOPLE,
    PERCENT,
    PERCENT_FIRST,
    TO,
    UNREAD,
    is_same_number,
    only_number,
    parse_number_or_range,
    to_ascii_digits,
    unambiguous_number,
)
from scripts.package.files import Row
from scripts.package.shared_words import (
    PART_OF,
    RATE,
    denominator_of_rate_match,
    fraction_divisors,
    fraction_words_in,
    has_scale_word,
    scale_values,
    words_to_digits,
)

SCALES = "|".join(sorted(map(re.escape, scale_values()), key=len, reverse=True))
END, SIGN = r"[0-9]+(?:[.,][0-9]+)*", rf"{PERCENT}|\s*‰"
INTERVAL = re.compile(
    rf"[\s,;]*[(\[]?\s*(?:(?P<level>[5-9][0-9](?:\.[0-9])?)(?:{PERCENT})?[\s-]*)?"
    r"(?:C\.?I\.?|IC|UI|KI|(?:confidence|credible|uncertainty) interval|intervalle de confiance)"
    rf"\s*(?:(?:à\s*)?(?P<behind>[5-9][0-9])\s*[%:])?\s*[:=,]*\s*[(\[]?\s*(?P<minus>[-−]?)(?P<low>{END})(?:{SIGN})?"
    rf"(?:{TO}|\s*;\s*|,\s+|\s+and\s+)(?P<high>{END})(?:{SIGN})?"
    rf"\s*(?P<scale>{SCALES})?\s*[)\]]*\.?$",
    re.IGNORECASE,
)
NONE = re.compile(
    r"(?:none|nobody|no one|nil|zero|aucune?|zéro|ningun[oa]|cero|nenhuma?|keine[rs]?|tidak ada"
    r"|hakuna|គ្មាន|no(?= cases?$))"
    r"(?: (?:was |were )?found| cases?| casos?)?",
    re.IGNORECASE,
)
LONGEST = 200  # characters; longer results are not read
OF_INTERVAL = r"(?:C\.?I\b|IC\b|UI\b|KI\b|conf|cred|uncert|intervalle)"
SHARE = rf"[^()%]*[0-9]{PERCENT}(?![\s-]*{OF_INTERVAL})[^()]*"
COUNT = r"(?:n\s*=\s*)?[0-9][0-9.,\s]*(?:(?:/|of|out of)\s*[0-9][0-9.,\s]*)?"
COUNT_AND_SHARE = re.compile(rf"(?P<count>{COUNT}[^()%\[]*?)\s*[(\[](?P<share>{SHARE})[)\]]", re.IGNORECASE)
COUNT_BEHIND = re.compile(
    rf"(?<=%)\s*[(\[]\s*{COUNT}(?:[)\]]|[;,]\s*(?P<rest>[0-9]{{2}}\s*%.*|[^0-9].*))$", re.IGNORECASE
)
OF_THEM = re.compile(
    rf"(?<=%)\s+(?:of|among)(?:\s+(?:the|all|these|those))?\s+{NUMBER}(?!\s*%)(?=[^0-9]*$)"
)
OF_AGE = re.compile(
    r"(?<=[0-9])([^0-9]*?)\s+(?:under|below|over|above|aged|(?:young|old)er than)\s+"
    r"(?:(?:the )?age (?:of )?)?"
    rf"[0-9]{{1,2}}(?:{TO}[0-9]{{1,2}})?(?:\s+years?(?:\s+old)?)?$",
    re.IGNORECASE,
)
ENGLISH = re.compile(
    r"\b(?:one|two|three|four|five|seven|eight|nine|ten|eleven|twelve|[a-z]+(?:teen|ty)|dozen|hundred"
    r"|thousand|half|(?:third|quarter|fourth|fifth|sixth|eighth|tenth)s?)\b",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"\b(?:une?|una|uno|uma?|ein(?:e[mr]?)?)\b", re.IGNORECASE)
BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
RATIO = re.compile(
    r"(?P<first>[0-9]+(?:[.,][0-9]+)?)\s*(?:(?::|/|\bfor (?:every|each)\b)\s*"
    r"(?P<second>[0-9]+(?:[.,][0-9]+)?)|to 1(?![0-9.,]))",
    re.IGNORECASE,
)
STATISTICS = re.compile(r"\s*[(\[](?:SD|s\.d\.|SE|IQR|range|n\s*=)[^()\[\]]*[)\]]", re.IGNORECASE)
TIMES = re.compile(r"[\s-]*(?:times|fold)\b", re.IGNORECASE)
OF_INTERVALS, OF_AGES = ("interval_low", "interval_high"), ("age_min", "age_max")
LEVEL = "interval_level"


def split_interval(row: Row, mark: str, unit: str) -> Row:
    """Move the confidence interval that is printed with a result to cells of its own.

    If it is unclear or differs from what was typed in these cells, only blank ones are filled in, and the
    interval also stays in the result.
    """
    token = number_of_token_in_unit(row["printed"], unit)
    match = INTERVAL.search(_in_ascii_digits(token)) if len(token) <= LONGEST else None
    if not match or not match.start():
        return row | {"printed": token}
    sign = "%" if re.search(PERCENT, token) else ""
    scale = scale_values().get((match["scale"] or "").lower(), 1)
    sign = "%" if scale > 1 else sign
    ends = {f"interval_{end}": unambiguous_number(match[end] + sign, mark) for end in ENDS}
    low, high = (_multiply_by_scale(number, scale) for number in ends.values())
    cells = {"interval_low": low and f"{match['minus'] and '-'}{low}", "interval_high": high}
    level = {LEVEL: match["level"] or match["behind"] or ""}
    interval_cells = cells | (level if level[LEVEL] else {f"{LEVEL}_reason": "not_reported"})
    typed = [name for name in (*cells, *level) if row[name]]
    are_same = [
        any(
            is_same_number(row[name], cells_as_printed.get(name, ""))
            for cells_as_printed in (interval_cells, ends)
        )
        for name in typed
    ]
    if not all([*cells.values(), *are_same]):  # fill in blank cells only; the check reports the others
        return row | {name: number for name, number in cells.items() if not row[name]}
    return row | interval_cells | {"printed": token[: match.start()].strip()}


def number_of_token_in_unit(token: str, unit: str) -> str:
    """The count or the share, depending on the unit, of a result with both, such as “37 (9.0 %)”."""
    if unit != "percent":
        return COUNT_AND_SHARE.sub(lambda found: found["count"], token).strip()
    token = COUNT_BEHIND.sub(lambda found: f" ({found['rest']}" if found["rest"] else "", token)
    return COUNT_AND_SHARE.sub(lambda found: found["share"], token).strip()


def _in_ascii_digits(token: str) -> str:
    """The text in ASCII digits, with a zero before a decimal mark that lacks a digit: 0.05 for .05."""
    return re.sub(r"(?<![\w.,])([.,])(?=[0-9])", r"0\1", to_ascii_digits(token))


def write_numbers_plainly(row: Row, mark: str) -> Row:
    """Write numbers plainly: 6.4 for “6.4%”, 1204 for “1,204”, and 15 for “១៥”."""
    cells = {}
    for name in (*ENDS, *OF_INTERVALS, LEVEL, *OF_AGES):
        text = to_ascii_digits(row[name])
        if re.fullmatch(NUMBER if name in OF_AGES else rf"{NUMBER}(?:{PERCENT})?", text, re.IGNORECASE):
            cells[name] = unambiguous_number(text, mark) or row[name]
    return row | cells


class ParsedResult(NamedTuple):
    """One meaning of a printed result; its numbers, times `times`, are in the indicator's unit."""

    ends: Row  # low and high
    qualifier: str
    written_in: str
    times: Decimal = Decimal(1)
    unread: str = ""  # unknown words before the number

    @property
    def low_and_high_in_indicator_unit(self) -> Row:
        """The `low` and `high` in the indicator's unit."""
        return {name: _multiply(number, self.times) for name, number in self.ends.items()}

    def matching_ends(self, typed: Row) -> Row:
        """Those of the typed numbers that match the result, as printed or converted; as converted."""
        converted = self.low_and_high_in_indicator_unit
        return {
            name: converted[name]
            for name, number in typed.items()
            if any(is_same_number(number, ends[name]) for ends in (converted, self.ends))
        }

    def interval(self, row: Row) -> Row:
        """The interval in the indicator's unit, if it was typed in the printed unit; otherwise empty."""
        ends = [row[name] for name in OF_INTERVALS]
        numbers = [Decimal(end) for end in (*ends, *self.ends.values()) if _is_decimal(end)]
        is_as_printed = all(map(_is_decimal, ends)) and numbers[0] <= min(numbers[2:]) <= numbers[1]
        is_scaled = self.times != 1 and is_as_printed
        return {name: _multiply(row[name], self.times) for name in OF_INTERVALS} if is_scaled else {}


def _is_decimal(text: str) -> bool:
    return bool(re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", text))


def _multiply(number: str, times: Decimal) -> str:
    """Multiply by a power of ten, and keep all digits: 0.0510 times a hundred is 5.10."""
    return format(Decimal(number).scaleb(times.adjusted()), "f") if number else ""


def cells_from_token(row: Row, mark: str, indicator: Row) -> Row:
    """The cells that follow from the printed result; numbers typed in its unit are converted."""
    typed = {name: row[name] for name in ENDS if row[name]}
    parsed = _best_interpretation(row, typed, mark, indicator)
    if parsed is None:
        return {"written_in": notation(row["printed"], indicator.get("unit", ""))}
    filled = {"written_in": parsed.written_in} | parsed.interval(row)
    if not typed and row["qualifier"] not in ("", parsed.qualifier):
        return filled | _ends_for_qualifier(parsed.low_and_high_in_indicator_unit, row["qualifier"])
    return (
        filled
        | {"qualifier": parsed.qualifier}
        | (parsed.matching_ends(typed) if typed else parsed.low_and_high_in_indicator_unit)
    )


def _ends_for_qualifier(ends: Row, qualifier: str) -> Row:
    """The `low` and `high` that a typed qualifier requires; empty if the printed numbers do not fit it."""
    numbers = {number for number in ends.values() if number}
    is_two = qualifier in ("range", "range_of_estimates", "spread")
    if len(numbers) != 1 or is_two:
        return ends if len(numbers) == 2 and is_two else {}
    [number] = numbers
    low = "" if qualifier in ("less_than", "at_most") else number
    high = "" if qualifier in ("more_than", "at_least") else number
    return {"low": low, "high": high}


def _best_interpretation(row: Row, typed: Row, mark: str, indicator: Row) -> ParsedResult | None:
    """The meaning of a result that fits what was typed next to it; otherwise the likeliest, if any."""
    found = possible_interpretations(row["printed"], mark, indicator)
    if not found:
        found = [
            reading
            for reading in _all_interpretations(row["printed"], mark, indicator)
            if _may_be_stored(reading, typed)
        ]
    if typed and not found:  # brackets may be why
        found = possible_interpretations(BRACKETS.sub("", row["printed"]), mark, indicator)
    allowed = [candidate for candidate in found if row["written_in"] in ("", candidate.written_in)]
    fitting = [candidate for candidate in allowed if candidate.matching_ends(typed).keys() == typed.keys()]
    return next(iter([*fitting, *allowed]), None)


def _may_be_stored(reading: ParsedResult, typed: Row) -> bool:
    """Return whether a number in digits may be stored although words next to it are unknown.

    If only `low` or only `high` was typed, the words do limit the number, so it may not be stored.
    """
    if reading.written_in == "words":
        return False
    return not typed or reading.matching_ends(typed).keys() == {*ENDS}


def unknown_words_before_number(row: Row, mark: str, indicator: Row) -> str:
    """The unknown words before a number that is stored nevertheless; blank if there are none."""
    if possible_interpretations(row["printed"], mark, indicator):
        return ""
    found = _all_interpretations(row["printed"], mark, indicator)
    stored = {name: row[name] for name in ENDS if row[name]}
    fitting = [
        reading
        for reading in found
        if reading.qualifier == row["qualifier"] and reading.written_in != "words"
    ]
    return next(
        (reading.unread for reading in fitting if reading.matching_ends(stored).keys() == stored.keys()), ""
    )


def parse_token(token: str, mark: str, indicator: Row) -> Row:
    """The `low`, `high` and `qualifier` of a result, in the indicator's unit; empty if it is unclear."""
    found = possible_interpretations(token, mark, indicator)
    return found[0].low_and_high_in_indicator_unit | {"qualifier": found[0].qualifier} if found else {}


def possible_interpretations(token: str, mark: str, indicator: Row) -> list[ParsedResult]:
    """What a printed result may mean, likeliest first: 0.05 may be a proportion or a percentage.

    Empty if a word before the number is unknown.
    """
    return [reading for reading in _all_interpretations(token, mark, indicator) if not reading.unread]


def _all_interpretations(token: str, mark: str, indicator: Row) -> list[ParsedResult]:
    """What a printed result may mean, even if words before a single number in digits are unknown."""
    if len(token) > LONGEST:
        return []
    if NONE.fullmatch(token.strip()):
        return [ParsedResult(dict.fromkeys(ENDS, "0"), "none_found", "words")]
    unit = indicator.get("unit") or "percent"
    # An interval is still in the token if it was unclear or if other ends were typed.
    mark = mark if re.search("[0-9]", _in_ascii_digits(token)) else "point"  # a third becomes 33.3 %
    token = PERCENT_FIRST.sub(
        r"\g<number> %", INTERVAL.sub("", STATISTICS.sub("", _in_ascii_digits(token)))
    )
    token = re.sub(PERCENT, " %", token, flags=re.IGNORECASE)
    text, how = _words_to_digits_if_clear(token, unit), notation(token, unit)
    if not re.search("[0-9]", token) and (
        text == token or not _has_known_words_only(text, unit, bool(ENGLISH.search(token)))
    ):
        return []  # “satu ribuan” is not a number
    if unit == "ratio":
        text = RATIO.sub(lambda found: _ratio_as_decimal(found, mark), TIMES.sub("", RATE.sub("", text)))
    elif unit != "percent":
        text = PART_OF.sub(lambda found: found[0] if found["who"] else found["part"], text)
    elif not re.search(PERCENT, text, re.IGNORECASE):
        return _interpretations_of_share(text, mark, how, indicator.get("kind", ""))
    return _parse_digits(OF_THEM.sub("", text), mark, how)


def _interpretations_of_share(text: str, mark: str, how: str, kind: str) -> list[ParsedResult]:
    """What a share without a percent sign may mean: a rate, a part of a whole, or a number alone."""
    if rate := RATE.search(text):
        of_hundred = Decimal(100) / denominator_of_rate_match(rate)
        return _parse_digits(text.replace(rate[0], " %", 1), mark, how, of_hundred)
    if part := PART_OF.search(text):
        return _parse_digits(text.replace(part[0], _part_as_percentage(part, mark), 1), "point", how)
    readings = [reading for reading in _parse_digits(text, mark, how) if not _may_be_n_of_one_in_n(reading)]
    numbers = [end for end in readings[0].ends.values() if end] if readings else []
    if not any("." in number for number in numbers) or any(Decimal(number) > 1 for number in numbers):
        return readings
    proportions = _parse_digits(text, mark, "fraction", Decimal(100))
    is_likely = kind != "change" and any(re.match(r"0\.[0-9]{2}", number) for number in numbers)
    return [*proportions, *readings] if is_likely else [*readings, *proportions]


def _may_be_n_of_one_in_n(reading: ParsedResult) -> bool:
    """Return whether a number after unknown words may be part of a phrase, such as the 22 in “one in 22”.

    A number with decimals cannot be.
    """
    return bool(reading.unread) and not any("." in number for number in reading.ends.values())


def _parse_digits(text: str, mark: str, how: str, times: Decimal = Decimal(1)) -> list[ParsedResult]:
    """Parse a text without number words; empty if it gives no clear number or range."""
    scale = 1
    if scaled := _scaled_number_pattern().search(text):  # in 1.2-2.5 million, it scales both
        text, scale = (
            text.replace(scaled[0], f"{scaled['number']}%", 1),
            scale_values()[scaled["scale"].lower()],
        )
    parsed = parse_number_or_range(OF_AGE.sub(r"\1", text), mark)
    if not parsed:
        return []
    ends = {name: _multiply_by_scale(parsed[name], scale) for name in ENDS}
    return [ParsedResult(ends, parsed["qualifier"], how, times, unread=parsed[UNREAD])]


def _has_known_words_only(text: str, unit: str, is_english: bool) -> bool:
    """Return whether the words after a spelt-out number are known, and so not part of the number.

    Only the English number words are complete. In other languages, an unknown word may be a number word.
    """
    text = PEOPLE.sub("", PART_OF.sub("1 %", RATE.sub(" %", text, count=1), count=1)).strip()
    is_in_percent = unit != "percent" or "%" in text or text[-1:].isdigit()
    return is_in_percent and (is_english or not re.search(r"\w", re.split("[0-9]", text)[-1]))


def _words_to_digits_if_clear(text: str, unit: str) -> str:
    """The text with its number words in digits, unless that could change the number.

    If the text already has digits, this is only done if it makes the text a part of a whole or a rate,
    as in “Seven of the 24”. A share that is a fraction becomes a percentage: two thirds is 66.7 %.
    """
    in_digits = words_to_digits(re.sub(PERCENT, " %", text, flags=re.IGNORECASE))
    if re.search("[0-9]", text):
        becomes_readable = _has_part_or_rate(in_digits) and not _has_part_or_rate(text)
        return in_digits if becomes_readable else text
    if fraction_words_in(text):
        if unit != "percent" or "%" in in_digits:
            return text
        return _fraction_pattern().sub(_fraction_as_percentage, words_to_digits(text.replace("-", " ")))
    if PART_OF.search(in_digits):
        return in_digits
    if ARTICLE.search(text):  # “une soixantaine” is not a number
        return text
    has_several_numbers = len(re.findall(NUMBER, in_digits)) > 1
    if has_several_numbers and has_scale_word(text):  # the ten of “ten to fifteen thousand” is 10,000
        return text
    return in_digits


def _has_part_or_rate(text: str) -> bool:
    """Return whether a text has a part of a whole, such as “7 of the 24”, or a rate, in digits."""
    return bool(PART_OF.search(text) or RATE.search(text))


@cache
def _fraction_pattern() -> re.Pattern[str]:
    """A pattern for fractions in words, with or without digits before them: a third, 2-thirds."""
    words = "|".join(sorted(fraction_divisors(), key=len, reverse=True))
    return re.compile(
        rf"(?:(?P<part>[0-9]+)[\s-]+|\ban?\s+)?\b(?P<whole>{words})(?:\s+1\b)?(?![\w-])", re.IGNORECASE
    )


def _fraction_as_percentage(match: re.Match[str]) -> str:
    """A fraction as a rounded percentage: two thirds is 66.7 %."""
    return f"{100 * Decimal(match['part'] or 1) / fraction_divisors()[match['whole'].lower()]:.3g} %"


def notation(token: str, unit: str = "percent") -> str:
    """How a result is written: in digits, in words, as a fraction, or with a word such as million."""
    plain = to_ascii_digits(token)
    if not re.search("[0-9]", plain):
        return "words"
    in_digits = words_to_digits(plain)
    part = PART_OF.search(in_digits)
    if part and not PART_OF.search(plain) and (unit != "percent" or part["part"] != "1"):
        return "words"  # “Seven of the 24”; “one in every 350” is a fraction
    is_share = unit == "percent" and not re.search(PERCENT, plain, re.IGNORECASE)
    if (is_share and (part or RATE.search(in_digits))) or (unit == "ratio" and RATIO.search(plain)):
        return "fraction"
    return "scaled" if _scaled_number_pattern().search(plain) else "digits"


@cache
def _scaled_number_pattern() -> re.Pattern[str]:
    """A pattern for a number followed by a word such as million."""
    return re.compile(rf"(?P<number>{NUMBER})\s*(?P<scale>{SCALES})(?![a-z])", re.IGNORECASE)


def _multiply_by_scale(number: str, scale: int) -> str:
    """The number in full: 1200000 for 1.2 and a scale of a million; unchanged if the scale is 1."""
    return format((Decimal(number) * scale).to_integral_value(), "f") if number and scale > 1 else number


def _part_as_percentage(match: re.Match[str], mark: str) -> str:
    """A part of a whole, such as 1 in 22, as a percentage with four significant digits."""
    part, whole = (unambiguous_number(match[name], mark) for name in ("part", "whole"))
    share = 100 * Decimal(part) / Decimal(whole) if part and Decimal(whole or 0) else None
    return f"{format(Decimal(f'{share:.4g}'), 'f')}%" if share is not None else ""


def _ratio_as_decimal(match: re.Match[str], mark: str) -> str:
    """A ratio such as 1:4 as a decimal number with four significant digits."""
    first, second = (
        unambiguous_number(match["first"], mark),
        unambiguous_number(match["second"] or "1", mark),
    )
    quotient = Decimal(first) / Decimal(second) if first and Decimal(second or 0) else None
    return format(Decimal(f"{quotient:.4g}"), "f") if quotient is not None else match[0]


def unclear_part_of_token(token: str) -> str:
    """The unclear part of a result: from its first number to its last, or all of it if it has only one."""
    numbers = [*re.finditer(NUMBER, to_ascii_digits(INTERVAL.sub("", token)))]
    return token[numbers[0].start() : numbers[-1].end()] if len(numbers) > 1 else token


def parse_count(token: str) -> str:
    """The number in a count, however it is written: 37 for “37 (9.0 %)”; blank if it is unclear."""
    text = number_of_token_in_unit(token, "people")
    return parse_token(text, "point", {"unit": "people"}).get("low") or only_number(to_ascii_digits(text))
