"""Numbers in words, and in the digits of other scripts."""

import unicodedata

import pytest

from scripts.package.shared_words import (
    denominator_in_printed_share,
    fill_placeholders,
    fraction_words_in,
    has_scale_word,
    is_number_in_words,
    words_to_digits,
)
from scripts.package.sql_views import DIGITS, PLAIN


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("Seven of the 24", "7 of the 24"),
        ("twenty-one girls", "21 girls"),
        ("two hundred and forty", "240"),
        ("a hundred", "100"),
        ("one thousand two hundred", "1200"),
        ("two million three thousand and five", "2003005"),
        ("a third of them", "a third of them"),
        ("hundred", "hundred"),
        ("one two", "one two"),
        ("twenty twelve", "twenty twelve"),
        ("none of it", "none of it"),
    ],
)
def test_numbers_in_words_become_digits_where_they_are_sure(words: str, digits: str) -> None:
    assert words_to_digits(words) == digits


def test_words_for_parts_and_scales_are_known() -> None:
    assert fraction_words_in("Half of two thirds of 5") == ["half", "thirds"]
    assert has_scale_word("several thousand") and not has_scale_word("several girls, and two")
    assert is_number_in_words("Thirty-eight") and not is_number_in_words("thirty-eight girls")
    assert is_number_in_words("five percent") and not is_number_in_words("half")


@pytest.mark.parametrize(
    ("token", "base"), [("1 in 22", "22"), ("2.4 per 1,000", "1000"), ("2.2%", ""), ("one in four", "4")]
)
def test_denominator_is_read_from_the_printed_share(token: str, base: str) -> None:
    assert denominator_in_printed_share(token) == base


def test_digits_of_other_scripts_become_ascii_digits() -> None:
    assert len(DIGITS) == len(PLAIN) == len(set(DIGITS))
    for other, plain in zip(DIGITS, PLAIN, strict=True):
        assert unicodedata.digit(other) == int(plain)


def test_known_placeholders_are_filled_in_and_other_braces_stay() -> None:
    assert fill_placeholders("{number} of {other} {", {"number": lambda: "5"}) == "5 of {other} {"
