"""A printed result is taken apart as it stands, or refused in words that say what to type."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scripts.contribute.printed_result import LONGEST, in_plain_digits, number_in, taken_apart, why_untold
from scripts.contribute.printed_result import read as number_of
from scripts.package.files import Row
from scripts.package.opening import Package
from tests.conftest import FROZEN, few
from tests.test_in_browser import ANSWERS, of_one, read, rows_of

OF_A_SHARE = ("count", "base", "of_count", "of_base", "base_scope")
ONE = {name: text for name, text in ANSWERS.items() if name not in OF_A_SHARE} | {
    "indicator": "People in the age band"
}
SHARE = ONE | {"indicator": "Share in the age band"}
FRENCH = {"language": "fr", "mark": "comma"}
SOUND = "The file is sound. You can send it."


BLANK = tuple(Package(FROZEN, with_derived=False).contract.table("reported_values").header)


def ends(row: Row) -> tuple[str, str, str]:
    """What is stored of a number."""
    return row.get("low", ""), row.get("high", ""), row.get("qualifier", "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        *(("none of 88", "none of"), ("none of the 88 people", "none of the"), ("none of 88 %", "none of")),
        *(("three of the 412 girls", "three of the"), ("twelve of 60", "twelve of"), ("not 30", "not")),
        *(("most of 412", "most of"), ("no girls among 412 people", "no girls among"), ("-5 %", "-")),
        *(("nine of 100", "nine of"), ("from 30", "from"), ("page 30", "page"), ("≤30", "≤")),
        *(("more than about 30", "about"), ("not over 30", "not"), ("aged 15", "aged")),
    ],
)
def test_a_number_behind_words_that_are_not_understood_is_refused_by_them(text: str, words: str) -> None:
    assert number_of(text, "point") == {}
    assert f"“{words}” stands before the number" in why_untold(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        *(("412 minus", "minus"), ("30 or fewer", "fewer"), ("12k girls", "k")),
        *(("30-year-olds", "-"), ("30 under observation", "under")),
    ],
)
def test_what_stands_behind_a_number_and_changes_it_is_named(text: str, words: str) -> None:
    assert number_of(text, "point") == {}
    assert f"“{words}” stands behind the number" in why_untold(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        *(("2014 to 2015", "it holds several numbers"), ("37 and 412", "it holds several numbers")),
        *(("12 37", "“12 37” can be read"), ("thirty", "it holds no number in digits")),
        *(("80 to 100+", "it holds several numbers"), ("37 of 412", "it holds several numbers")),
        ("1 of " * LONGEST, f"it is longer than {LONGEST} characters"),
    ],
)
def test_another_text_is_refused_with_its_reason(text: str, why: str) -> None:
    assert number_of(text, "point") == {} and why in why_untold(text)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        *(("12.000 girls", "point"), ("12.000 to 15.000 people", "point"), ("12,000 filles", "comma")),
        *(("12.000 girls", ""), ("9.0 %", "comma"), ("9,0 %", "point")),
    ],
)
def test_a_number_against_the_decimal_mark_is_not_read(text: str, mark: str) -> None:
    assert number_of(text, mark) == {}


@pytest.mark.parametrize(
    ("text", "mark", "stored"),
    [
        *(("12,000 girls", "point", ("12000", "12000", "exact")), ("9.125 %", "point", ("9.125",) * 2)),
        *(("12.000 filles", "comma", ("12000",) * 2), ("12 000 filles", "comma", ("12000",) * 2)),
        *(
            ("1,5 to 2,5 %", "comma", ("1.5", "2.5", "range")),
            ("9.125 to 9.25 %", "point", ("9.125", "9.25")),
        ),
        *(
            ("12.000 to 15.000", "comma", ("12000", "15000", "range")),
            ("the 412 girls", "point", ("412",) * 2),
        ),
        *(("30+", "point", ("30", "", "at_least")), ("30 or more", "point", ("30", "", "at_least"))),
        *(
            ("no more than 30", "point", ("", "30", "at_most")),
            ("as many as 30", "point", ("", "30", "at_most")),
        ),
        *(
            ("moins de 30 %", "comma", ("", "30", "less_than")),
            ("environ 30 %", "comma", ("30", "30", "about")),
        ),
        *(
            ("au moins 30 %", "comma", ("30", "", "at_least")),
            ("jusqu’à 30", "comma", ("", "30", "at_most")),
        ),
        *(("over 30", "point", ("30", "", "more_than")), ("១៥ នាក់", "point", ("15", "15", "exact"))),
        ("30 sex-workers at one site", "point", ("30", "30", "exact")),
    ],
)
def test_a_number_is_stored_as_its_mark_and_its_words_tell(
    text: str, mark: str, stored: tuple[str, ...]
) -> None:
    assert ends(number_of(text, mark))[: len(stored)] == stored


def test_numbers_of_intervals_and_ages_are_read_without_their_sign() -> None:
    typed = {"interval_low": "6,4 %", "interval_high": "១២,២", "interval_level": "95%"}
    typed |= {"age_min": "១៥", "age_max": "15 %", "low": "1.204", "high": "9,0 per cent", "printed": ""}
    row = taken_apart(typed, "comma")
    assert [*row.values()] == ["6.4", "12.2", "95", "15", "15 %", "1204", "9.0", ""]
    others = dict.fromkeys(row, "(all ages)") | {"age_min": "", "age_max": "about 17"}
    assert taken_apart(others, "point") == others


BEFORE = ("", "about", "more than", "au moins", "none of", "the", "between", "from", "not", "page", "<")
BEHIND = ("", "%", "people", "or more", "+", "minus", "to", "of", "and", "or", "(", ")", ",", "/", "mille")
NUMBERS = ("37", "412", "9.0", "9,0", "12.000", "12,000", "1 204", "2014", "១៥", "12 37", "0.125")
PIECES = st.tuples(st.sampled_from(BEFORE), st.sampled_from(NUMBERS), st.sampled_from(BEHIND))
TEXTS = st.lists(PIECES, min_size=1, max_size=3).map(
    lambda pieces: " ".join(word for piece in pieces for word in piece if word)
)


@given(TEXTS, st.sampled_from(("point", "comma", "")))
def test_each_number_that_is_stored_stands_in_the_text_and_none_is_left_out(text: str, mark: str) -> None:
    plain = in_plain_digits(text)
    assume(not re.search("mille", text))
    stored = [number for number in dict.fromkeys(ends(number_of(text, mark))[:2]) if number]
    tokens = re.findall(r"[0-9][0-9.,]*(?: [0-9]{3}(?![0-9]))*", plain)
    printed = [number_in(token.rstrip(".,"), mark) for token in tokens]
    assert not stored or sorted(stored) == sorted(dict.fromkeys(printed))


@given(st.sampled_from(("none of", "no girls among", "most of the", "nine of", "not the", "page")), TEXTS)
def test_no_words_are_passed_over_before_a_number(words: str, text: str) -> None:
    assert number_of(f"{words} {text}", "point") == {}


def test_what_is_read_of_the_tokens_of_the_package_is_what_people_read() -> None:
    package = Package(FROZEN, with_derived=False)
    marks = {row["source_id"]: row["decimal_mark"] for row in package.rows("sources")}
    plain = [
        (row, number_of(row["printed"], marks[row["source_id"]]))
        for row in package.rows("reported_values")
        if number_in(in_plain_digits(row["printed"]), marks[row["source_id"]])
    ]
    told = [(row, found) for row, found in plain if found]
    assert len(told) > 0.95 * len(plain)
    assert [row["printed"] for row, found in told if ends(row) != ends(found)] == []


def test_a_long_text_is_refused_in_no_time() -> None:
    start = time.monotonic()
    for piece in ("1 ", "1 of ", "9 % ", "1 a(", "9.0 %, ", "1.000 to "):
        text = (piece * LONGEST)[:LONGEST]
        assert number_of(text, "") == {} and why_untold(text)
        assert taken_apart(dict.fromkeys(BLANK, "") | {"printed": text}, "")["printed"] == text
    assert time.monotonic() - start < 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answers", "why"),
    few(
        2,
        [
            (ONE | {"result": "none of 88"}, "“none of” stands before the number"),
            (ONE | FRENCH | {"result": "12,000 filles"}, "“12,000” can be read"),
            (ONE | {"result": "12.000 girls"}, "“12.000” can be read"),
            (ONE | {"result": "80 to 100+"}, "it holds several numbers"),
        ],
    ),
)
def test_a_refusal_is_told_at_the_question(answers: dict[str, str], why: str) -> None:
    [[where, answer, said, _]] = rows_of(of_one(answers))
    assert (where, answer) == ("“The result, as printed”", answers["result"]) and why in said


NONE_FOUND = {"from": "0", "to": "0", "qualifier": "none found"}
READ_SO: list[tuple[dict[str, str], tuple[str, ...]]] = [
    (ONE | {"result": "none"} | NONE_FOUND, ("0", "0", "none_found")),
    (
        SHARE | {"result": "one in five", "from": "20", "to": "20", "qualifier": "exact"},
        ("20", "20", "exact"),
    ),
    (ONE | {"result": "30+"}, ("30", "", "at_least")),
    (ONE | {"result": "no more than 30"}, ("", "30", "at_most")),
    (SHARE | FRENCH | {"result": "moins de 30 %"}, ("", "30", "less_than")),
    (SHARE | FRENCH | {"result": "1,5 – 2,5 %"}, ("1.5", "2.5", "range")),
    (ONE | {"result": "thirty", "from": "30", "to": "30", "qualifier": "exact"}, ("30", "30", "exact")),
    (ONE | FRENCH | {"result": "12.000 - 15.000 filles"}, ("12000", "15000", "range")),
    (
        ANSWERS | {"result": "9.0 Per cent (95% CI: 6.4% - 12.2%)", "count": "37 people", "age_to": "១៧"},
        ("9.0", "9.0", "exact"),
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(("answers", "stored"), few(1, reversed(READ_SO)))
def test_what_is_read_is_sound(answers: dict[str, str], stored: tuple[str, ...], tmp_path: Path) -> None:
    said = of_one(answers)
    assert said["verdict"].startswith(SOUND), said["parts"]
    assert ends(read(said, tmp_path / "a.xlsx")["reported_values"][0]) == stored
