"""A printed result is taken apart as it stands, or refused in words that say what to type."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.contribute import answers_as_rows, one_result, template
from scripts.contribute.filling import number_in
from scripts.contribute.printed_result import (
    LONGEST,
    in_plain_digits,
    plain_numbers,
    readings,
    share_in,
    unread,
)
from scripts.package.files import Row
from scripts.package.opening import Package
from tests.conftest import FROZEN, few
from tests.test_in_browser import ANSWERS, of_one, read, rows_of

ONE = {
    name: text for name, text in ANSWERS.items() if name not in ("of_count", "of_base", "base_scope")
} | {"indicator": "People in the age band"}
SHARE = ONE | {"indicator": "Share in the age band"}
FRENCH = {"language": "fr", "mark": "comma"}
SOUND = "The file is sound. You can send it."
MARK = next(row["label"] for row in one_result.asked_rows() if row["question"] == "mark")


def ends(row: Row) -> tuple[str, str, str]:
    """What is stored of a number."""
    return row["low"], row["high"], row["qualifier"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        *(("none of 88", "none of"), ("none of the 88 people", "none of the"), ("none of 88 %", "none of")),
        *(("three of the 412 girls", "three of the"), ("twelve of 60", "twelve of"), ("not 30", "not")),
        *(("most of 412", "most of"), ("no girls among 412 people", "no girls among"), ("-5 %", "-")),
        *(("nine of 100", "nine of"), ("from 30", "from"), ("page 30", "page"), ("≤30", "≤")),
        *(("more than about 30", "about"), ("not over 30", "not"), ("aged 15", "aged")),
        ("37 of 412 (see page 9)", "see page"),
    ],
)
def test_a_number_behind_words_that_are_not_understood_is_refused_by_them(text: str, words: str) -> None:
    assert readings(text, "point") == []
    said = unread(text)
    assert f"“{words}” stands before the number. Type first the number in digits, as the source" in said
    assert "“0 of 88 (0 %)”" in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        *(
            ("412 minus", "minus"),
            ("30 or fewer", "fewer"),
            ("30 mille filles", "mille"),
            ("12k girls", "k"),
        ),
        *(("30-year-olds", "-"), ("30 under observation", "under"), ("៣០ ម៉ឺននាក់", "ម៉ឺននាក់")),
        *(("80 to 100+", "+"), ("80 to 100 or more", "more")),
    ],
)
def test_what_stands_behind_a_number_and_changes_it_is_named(text: str, words: str) -> None:
    assert readings(text, "point") == []
    assert f"“{words}” stands behind the " in unread(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        *(("2014 to 2015", "2014 and 2015 look like years"), ("37 and 412", "it holds several numbers")),
        *(("12 37", "“12 37” is not one number"), ("thirty", "it holds no plain number in digits")),
        *(("1.2 million", "it holds no plain number in digits"), ("37 of 412", "it holds several numbers")),
        ("37 or more of 412 (9.0 %)", "a word beside the count or the base changes it"),
        ("1 of " * LONGEST, f"it is longer than {LONGEST} characters"),
    ],
)
def test_another_text_is_refused_with_its_reason(text: str, why: str) -> None:
    assert readings(text, "point") == [] and why in unread(text)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        *(("12.000 girls", "point"), ("12.000 to 15.000 people", "point"), ("12,000 filles", "comma")),
        *(
            ("12.000 girls", ""),
            ("1.204 of 5.000 (24.1 %)", "point"),
            ("9.0 %", "comma"),
            ("9,0 %", "point"),
        ),
    ],
)
def test_a_number_against_the_decimal_mark_asks_for_the_mark(text: str, mark: str) -> None:
    assert readings(text, mark) == [] and f"“{MARK}”" in unread(text)


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
    [row] = readings(text, mark)
    assert ends(row)[: len(stored)] == stored


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [("37 of 412, or 9.0 %", "exact"), ("37 of 412 (or 9.0 %)", "exact"), ("about 9.0 %, 37/412", "about")],
)
def test_a_share_behind_or_is_the_number_alone(text: str, qualifier: str) -> None:
    share, count, base = readings(text, "point")
    tokens = share_in(text)
    assert tokens and tokens["share"].endswith("9.0 %") and "or" not in tokens["share"]
    assert (ends(share), ends(count), ends(base)) == (
        ("9.0", "9.0", qualifier),
        ("37", "37", "exact"),
        ("412", "412", "exact"),
    )


def test_a_share_in_digits_of_khmer_keeps_them_in_its_tokens() -> None:
    text = "៣៧ of ៤១២ (៩.0 %)"
    assert share_in(text) == {"count": "៣៧", "base": "៤១២", "share": "៩.0 %"}
    assert [row["low"] for row in readings(text, "point")] == ["9.0", "37", "412"]


def test_numbers_of_intervals_and_ages_are_read_without_their_sign() -> None:
    typed = {"interval_low": "6,4 %", "interval_high": "១២,២", "interval_level": "95%"}
    row = plain_numbers(typed | {"age_min": "១៥", "age_max": "15 %"}, "comma")
    assert [*row.values()] == ["6.4", "12.2", "95", "15", "15 %"]
    others = dict.fromkeys(row, "(all ages)") | {"age_min": "", "age_max": "about 17"}
    assert plain_numbers(others, "point") == others


BEFORE = ("", "about", "more than", "au moins", "none of", "the", "between", "from", "not", "page", "<")
BEHIND = ("", "%", "people", "or more", "+", "minus", "to", "of", "and", "or", "(", ")", ",", "/", "mille")
NUMBERS = ("37", "412", "9.0", "9,0", "12.000", "12,000", "1 204", "2014", "១៥", "12 37", "0.125")
PIECES = st.tuples(st.sampled_from(BEFORE), st.sampled_from(NUMBERS), st.sampled_from(BEHIND))
TEXTS = st.lists(PIECES, min_size=1, max_size=3).map(
    lambda pieces: " ".join(word for piece in pieces for word in piece if word)
)


@given(TEXTS, st.sampled_from(("point", "comma", "")))
def test_each_number_that_is_stored_stands_in_the_text_and_none_is_left_out(text: str, mark: str) -> None:
    stored = [number for row in readings(text, mark) for number in dict.fromkeys(ends(row)[:2]) if number]
    plain = in_plain_digits(text)
    tokens = re.findall(r"[0-9][0-9.,]*(?: [0-9]{3}(?![0-9]))*", plain)
    printed = [number_in(token.rstrip(".,"), mark) for token in tokens]
    assert (
        not stored or sorted(stored) == sorted(dict.fromkeys(printed)) or sorted(stored) == sorted(printed)
    )


@given(st.sampled_from(("none of", "no girls among", "most of the", "nine of", "not the", "page")), TEXTS)
def test_no_words_are_passed_over_before_a_number(words: str, text: str) -> None:
    assert readings(f"{words} {text}", "point") == []


def test_what_is_read_of_the_tokens_of_the_package_is_what_people_read() -> None:
    package = Package(FROZEN, with_derived=False)
    marks = {row["source_id"]: row["decimal_mark"] for row in package.rows("sources")}
    plain = [
        (row, readings(row["printed"], marks[row["source_id"]]))
        for row in package.rows("reported_values")
        if number_in(in_plain_digits(row["printed"]), marks[row["source_id"]])
    ]
    told = [(row, found[0]) for row, found in plain if len(found) == 1]
    assert len(told) > 0.95 * len(plain)
    assert [row["printed"] for row, found in told if ends(row) != ends(found)] == []


def test_a_long_text_is_refused_in_no_time() -> None:
    start = time.monotonic()
    for piece in ("1 ", "1 of ", "9 % ", "1 a(", "9.0 %, ", "1.000 to "):
        text = (piece * LONGEST)[:LONGEST]
        assert readings(text, "") == [] and unread(text)
    assert time.monotonic() - start < 2


def test_a_result_that_is_refused_is_not_in_the_workbook_that_is_checked() -> None:
    package = Package(FROZEN, with_derived=False)
    made = answers_as_rows.filled(package, {"result": "none of 88", "language": "en"})
    [row] = made.rows["reported_values"]
    assert (row["printed"], row["low"], row["qualifier"]) == ("none of 88", "", "")
    assert b"none of 88" not in template.as_file(made.workbook(package), is_compressed=False)
    taken = answers_as_rows.filled(package, {"result": "88 girls", "language": "en"})
    assert b"88 girls" in template.as_file(taken.workbook(package), is_compressed=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answers", "why"),
    few(
        2,
        [
            (ONE | {"result": "none of 88"}, "“none of” stands before the number"),
            (ONE | FRENCH | {"result": "12,000 filles"}, f"Answer “{MARK}”"),
            (ONE | {"result": "12.000 girls"}, f"Answer “{MARK}”"),
            (ONE | {"result": "80 to 100+"}, "“+” stands behind the last number"),
        ],
    ),
)
def test_a_refusal_is_told_at_the_question(answers: dict[str, str], why: str) -> None:
    [[where, answer, said, _]] = rows_of(of_one(answers))
    assert (where, answer) == ("“The result, as printed”", answers["result"]) and why in said


READ_SO: list[tuple[dict[str, str], tuple[str, ...]]] = [
    (ONE | {"result": "30+"}, ("30", "", "at_least")),
    (ONE | {"result": "no more than 30"}, ("", "30", "at_most")),
    (SHARE | FRENCH | {"result": "moins de 30 %"}, ("", "30", "less_than")),
    (SHARE | FRENCH | {"result": "1,5 – 2,5 %"}, ("1.5", "2.5", "range")),
    (ONE | FRENCH | {"result": "12.000 - 15.000 filles"}, ("12000", "15000", "range")),
    (
        ANSWERS
        | {"result": "37 of 412, or 9.0 %", "age_to": "១៧"}
        | {"interval_from": "6.4 %", "interval_to": "12.2 %", "interval_level": "95 %"},
        ("9.0", "9.0", "exact"),
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(("answers", "stored"), few(1, reversed(READ_SO)))
def test_what_is_read_is_sound(answers: dict[str, str], stored: tuple[str, ...], tmp_path: Path) -> None:
    said = of_one(answers)
    assert said["verdict"].startswith(SOUND), said["parts"]
    assert ends(read(said, tmp_path / "a.xlsx")["reported_values"][0]) == stored
