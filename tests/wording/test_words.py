"""How numbers are written on pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.wording.text_formatting import add_thousands_separators, small_number_in_words


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("38", "38"),
        ("2104", "2,104"),
        ("49600000", "49,600,000"),
        ("2.20", "2.20"),
        ("0.76", "0.76"),
        ("", ""),
    ],
)
def test_a_number_keeps_its_digits(number: str, written: str) -> None:
    assert add_thousands_separators(number) == written


@given(st.integers(0, 10**12), st.text("0123456789", max_size=4))
def test_commas_do_not_change_a_number(whole: int, decimals: str) -> None:
    number = f"{whole}.{decimals}" if decimals else str(whole)
    assert add_thousands_separators(number).replace(",", "") == number


def test_small_numbers_are_written_in_words() -> None:
    written = [small_number_in_words(number) for number in (0, 1, "2", 9, "10", 2104, "fewer than 20")]
    assert written == ["0", "one", "two", "nine", "10", "2,104", "fewer than 20"]
