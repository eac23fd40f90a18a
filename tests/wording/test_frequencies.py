"""Shares in words, as a number of people in a hundred."""

import pytest

from scripts.package.package import Package
from scripts.wording.natural_frequencies import about_how_many_in_hundred, bound_as_frequency_words
from scripts.wording.reading_words import ReadingWords
from tests.conftest import FROZEN


@pytest.mark.parametrize(
    ("percents", "said"),
    [
        (["8.16", "7.59", "8.2"], "about 8 in 100"),
        (["2.2", "1.81", "1.89"], "about 2 in 100"),
        (["8.5"], "about 9 in 100"),  # half up, where Python rounds to the even number
        (["2.4", "2.5"], ""),  # 2 and 3 in 100, 24 and 25 in 1,000
        (["0.76"], "about 8 in 1,000"),
        (["0.76", "0.8"], "about 8 in 1,000"),
        (["1.49"], "about 15 in 1,000"),  # 1 in 100 would be mostly rounding
        (["0.1"], ""),
        (["0"], ""),
    ],
)
def test_shares_are_worded_as_so_many_in_a_hundred(percents: list[str], said: str) -> None:
    assert about_how_many_in_hundred(percents) == said


@pytest.mark.parametrize(
    ("words", "percent", "said"),
    [
        ("less than {n}", "0.1", "less than 1 in 1,000"),
        ("more than {n}", "15", "more than 15 in 100"),
        ("more than {n}", "33.3", ""),  # rounding would change the bound
        ("less than {n}", "0.05", ""),
    ],
)
def test_a_bound_keeps_its_word_and_is_not_rounded(words: str, percent: str, said: str) -> None:
    assert bound_as_frequency_words(words, percent) == said


@pytest.mark.parametrize(
    ("value_id", "counted", "said"),
    [
        ("KH010", ["1.81", "1.89"], "about 2 in 100"),
        ("KH010", ["2.6"], "2.2%"),
        ("KH038", [], "about 8 in 100"),
        ("KH037", [], "about 8 in 100"),
        ("KH018", [], "0.1%"),
        ("KH020", [], "less than 1 in 1,000"),
        ("KH207", [], "less than 1 in 1,000"),
        ("KH016", [], "just over 2 in 100"),  # its ages differ from the quantity's, so it is judged alone
        ("KH030", [], "15 to 30%"),
        ("KH007", [], "38"),
        ("KH022", [], "73%"),  # a fall, which is not so many people in a hundred
    ],
)
def test_a_share_in_the_data_is_said_as_people_say_it(value_id: str, counted: list[str], said: str) -> None:
    assert ReadingWords(Package(FROZEN)).natural_frequency(value_id, counted) == said
