"""A printed result is split into its parts exactly, or refused with advice on what to type."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scripts.contribute.contribution_layout import VALUES
from scripts.contribute.plain_numbers import only_number, to_ascii_digits
from scripts.contribute.printed_result import (
    LONGEST,
    cells_from_token,
    notation,
    split_interval,
    unknown_words_before_number,
    write_numbers_plainly,
)
from scripts.contribute.printed_result import parse_token as number_of
from scripts.package.files import Row
from scripts.package.package import Package
from tests.conftest import FROZEN, mark_later_cases_long
from tests.contribute.test_in_browser import ANSWERS, answer_to_form, rows_of, rows_of_answer_workbook
from tests.contribute.test_valid_contributions import entries

OF_A_SHARE = ("count", "base", "of_count", "of_base", "base_scope")
ONE = {name: text for name, text in ANSWERS.items() if name not in OF_A_SHARE} | {
    "indicator": "People in the age band"
}
SHARE = ONE | {"indicator": "Share in the age band"}
FRENCH = {"language": "fr", "mark": "comma"}
SOUND = "The file is sound. You can send it."


BLANK = tuple(Package(FROZEN, with_derived=False).contract.table("reported_values").column_names)


def stored_ends_and_qualifier(row: Row) -> tuple[str, str, str]:
    """Return the stored low end, high end and qualifier of a number."""
    return row.get("low", ""), row.get("high", ""), row.get("qualifier", "")


COUNT = {"unit": "people", "kind": "count"}
IN_PERCENT = {"unit": "percent", "kind": "share"}
A_FALL = {"unit": "percent", "kind": "change"}
RATIO = {"unit": "ratio", "kind": "measure"}

REFUSED = (  # texts from which no number is read
    *("none of 88", "none of 88 %", "none of the 88 people"),
    *("no girls among 412 people", "-5 %", "≤30", "more than about 30", "not 30", "not over 30", "page 30"),
    *("412 minus", "30 or fewer", "12k girls", "30-year-olds", "30 under observation", "5 dozen girls"),
    *("all but 30", "5 a 7", "de 5 y 7"),
    *("5th of the girls", "2014 to 2015", "37 and 412", "80 to 100+", "9.0 % on 37"),
    *("half of one per cent", "half a million", "hundreds of girls", "ten to fifteen thousand"),
    *(
        "seven girls in two cities",
        "12 37",
        "12.000 girls",
        "9,0 %",
        "1 of " * LONGEST,
    ),
    "37 people" + " of the town" * LONGEST,
    *(
        "a third of 30 girls",
        "a group of 30",
        "a handful of 30",
        "most of the 55 per cent",
        "fell to 27 per cent",
    ),
    *(
        "not a fall of 55 per cent",
        "did not fall by 55 per cent",
        "none fell by 30",
        "nearly a third fell by 30",
    ),
    *("fell from 60 to 27 per cent", "fell by half to 27 per cent", "rose by 30-40 %", "a fall of -30"),
    *(
        "a fall of 55 or 60 per cent",
        "a fall of 55 per cent over four years",
        "fell by 5 dozen",
        "multiplied by 3",
    ),
    *(
        "a rough total of 30",
        "a minimum total of 30",
        "a twofold rise of 30",
        "by 2019",
        "a 30 year old girl",
    ),
)


def test_result_that_is_not_one_number_is_refused() -> None:
    """If the text is not clearly one number, no ends or qualifier are guessed, even if ends are typed."""
    for text in REFUSED:
        assert number_of(text, "point", COUNT) == number_of(text, "point", A_FALL) == {}, text
        typed = dict.fromkeys(BLANK, "") | {"low": "0", "high": "0", "printed": text}
        assert cells_from_token(typed, "point", COUNT).keys() == {"written_in"}, text


AGAINST = (
    ("12.000 to 15.000 people", "point"),
    ("12,000 filles", "comma"),
    ("12.000", ""),
    ("9.0 %", "comma"),
)
READ = {  # text to low end, high end and qualifier, by decimal mark
    "point": {
        "12,000 girls": "12000 12000 exact",
        "9.125 to 9.25 %": "9.125 9.25 range",
        "the 412 girls": "412 412 exact",
        "All 84 beer shops": "84 84 exact",
        "all of the 84 children": "84 84 exact",
        "14th": "14 14 exact",
        "30+": "30 - at_least",
        "30 or more": "30 - at_least",
        "no more than 30": "- 30 at_most",
        "as high as 30%": "- 30 at_most",
        "nearly 30": "- 30 less_than",
        "just over 2 percent": "2 - more_than",
        "≈ 412": "412 412 about",
        "between 80 and 100 girls": "80 100 range",
        "១៥ នាក់": "15 15 exact",
        "30 sex-workers at one site": "30 30 exact",
        "1.2 million": "1200000 1200000 exact",
        "៤០.៣ លាន": "40300000 40300000 exact",
        "1 in 22": "4.545 4.545 exact",
        "1 girl in 22": "4.545 4.545 exact",
        "one girl in sixteen": "6.25 6.25 exact",
        "7 girls out of 24": "29.17 29.17 exact",
        "1:7": "14.29 14.29 exact",
        "every seventh girl": "14.29 14.29 exact",
        "every 7th": "14.29 14.29 exact",
        "every other girl": "50 50 exact",
        "31 per thousand": "3.1 3.1 exact",
        "2.4 per 1,000": "0.24 0.24 exact",
        "about 3 per 10 000": "0.03 0.03 about",
        "Nearly 1 of every 100": "- 1 less_than",
        "una de cada 45": "2.222 2.222 exact",
        "3 in 8": "37.5 37.5 exact",
        "37/412": "8.981 8.981 exact",
        "Seven of the 24": "29.17 29.17 exact",
        "one in five": "20 20 exact",
        "five per cent": "5 5 exact",
        "51‰": "5.1 5.1 exact",
        "5.1 per 100": "5.1 5.1 exact",
        "2 to 4 per 1,000": "0.2 0.4 range",
        "3.2 per 10,000": "0.032 0.032 exact",
        "9.0 % of the 412 girls": "9.0 9.0 exact",
        "0.051": "5.1 5.1 exact",
        ".050": "5.0 5.0 exact",
        "about 0.05": "5 5 about",
        "0.03 to 0.08": "3 8 range",
        "0.05 %": "0.05 0.05 exact",
        "0.4": "0.4 0.4 exact",
        "thirty girls": "30 30 exact",
        "More than one-third": "33.3 - more_than",
        "nearly three quarters": "- 75 less_than",
        "half": "50 50 exact",
        "two hundred and forty": "240 240 exact",
        "about a dozen": "12 12 about",
        "a fall of 55 per cent": "55 55 exact",
        "The share has fallen by 55 %": "55 55 exact",
        "dropped by 55 per cent": "55 55 exact",
        "a 55 per cent fall": "55 55 exact",
        "an increase of 412 cases": "412 412 exact",
        "a mean age of 14.6 years": "14.6 14.6 exact",
        "on average 2.1 years": "2.1 2.1 exact",
        "a total of 12,000 girls": "12000 12000 exact",
        "a sharp fall of nearly 55 per cent": "- 55 less_than",
        "fell by up to 55 per cent": "- 55 at_most",
        "rose by over 30": "30 - more_than",
        "an increase of about 30 cases": "30 30 about",
    },
    "comma": {
        "12.000 filles": "12000 12000 exact",
        "12 000 filles": "12000 12000 exact",
        "1,5 to 2,5 %": "1.5 2.5 range",
        "12.000 to 15.000": "12000 15000 range",
        "moins de 30 %": "- 30 less_than",
        "environ 30 %": "30 30 about",
        "au moins 30 %": "30 - at_least",
        "jusqu’à 30": "- 30 at_most",
        "0,051": "5.1 5.1 exact",
        "une baisse de 5,5 %": "5.5 5.5 exact",
        "una caída del 55 %": "55 55 exact",
        "de 10 000 à 15 000 enfants": "10000 15000 range",
        "de 10.000 a 15.000 niños": "10000 15000 range",
        "cerca de 300": "300 300 about",
        "quelque 300 enfants": "300 300 about",
        "un total de 84 niños": "84 84 exact",
        "Menos del 1 %": "- 1 less_than",
    },
}


def test_printed_number_is_parsed_by_its_decimal_mark_and_words() -> None:
    for mark, texts in READ.items():
        for text, stored in texts.items():
            assert stored_as_line(text, mark, IN_PERCENT) == stored, text
    assert [text for text, mark in AGAINST if number_of(text, mark, IN_PERCENT)] == []


IN_OTHER_LANGUAGES = {  # each word of the tables that stands beside a share, by decimal mark
    "comma": {
        **{"zo'n 5 %": "5 5 about", "zo’n 5 %": "5 5 about", "ongeveer 5 %": "5 5 about"},
        **{"naar schatting 5 procent": "5 5 about", "ruim 5 %": "5 - more_than"},
        **{
            "meer dan 5 %": "5 - more_than",
            "bijna 5 %": "- 5 less_than",
            "minder dan 5 %": "- 5 less_than",
        },
        **{"hoogstens 5 %": "- 5 at_most", "ten hoogste 5 %": "- 5 at_most", "maximaal 5 %": "- 5 at_most"},
        **{"tot 5 %": "- 5 at_most", "minstens 5 %": "5 - at_least", "Ten minste 5 %": "5 - at_least"},
        **{"tussen 5 en 10 %": "5 10 range", "van 5 tot 10 %": "5 10 range"},
        **{"7 van de 24": "29.17 29.17 exact", "een op de tien": "10 10 exact", "1 op 20": "5 5 exact"},
        **{
            "Eén op de vijf": "20 20 exact",
            "één op de duizend": "0.1 0.1 exact",
            "een derde": "33.3 33.3 exact",
        },
        **{
            "por volta de 5 %": "5 5 about",
            "no mínimo 5 %": "5 - at_least",
            "no máximo 5 %": "- 5 at_most",
        },
        **{"entre 5 e 10 por cento": "5 10 range", "um em cada vinte": "5 5 exact"},
        **{
            "como mínimo 5 %": "5 - at_least",
            "como máximo 5 %": "- 5 at_most",
            "a lo sumo 5 %": "- 5 at_most",
        },
        **{"près d’un sur dix": "- 10 less_than", "moins d'un sur dix": "- 10 less_than"},
        **{"plus d’un sur dix": "10 - more_than", "un sur mille": "0.1 0.1 exact"},
        **{"plus de la moitié": "50 - more_than", "um terço": "33.3 33.3 exact"},
        **{"kurang dari 1 %": "- 1 less_than", "lebih dari 5 persen": "5 - more_than"},
        **{
            "antara 4 dan 6 persen": "4 6 range",
            "dari 4 hingga 6 %": "4 6 range",
            "4 sampai 6 %": "4 6 range",
        },
        **{"Hampir satu dari sepuluh": "- 10 less_than", "sekitar 1 dari 20": "5 5 about"},
        **{
            "dua dari sepuluh": "20 20 exact",
            "satu dari seribu": "0.1 0.1 exact",
            "satu persepuluh": "10 10 exact",
        },
        **{"sepertiga": "33.3 33.3 exact", "seperempat": "25 25 exact", "sebelas persen": "11 11 exact"},
        **{"5,5 perseratus": "5.5 5.5 exact", "5 peratus": "5 5 exact", "seratus persen": "100 100 exact"},
        **{
            "setidaknya 5 %": "5 - at_least",
            "paling sedikit 5 %": "5 - at_least",
            "minimal 5 %": "5 - at_least",
        },
        **{
            "paling banyak 5 %": "- 5 at_most",
            "maksimal 5 %": "- 5 at_most",
            "5,5 phần trăm": "5.5 5.5 exact",
        },
        **{
            "5,5 Prozent": "5.5 5.5 exact",
            "5,5 per cento": "5.5 5.5 exact",
            "5,5 por ciento": "5.5 5.5 exact",
        },
    },
    "point": {
        **{"ร้อยละ 3.2": "3.2 3.2 exact", "3.2 เปอร์เซ็นต์": "3.2 3.2 exact", "ประมาณร้อยละ 5": "5 5 about"},
        **{"มากกว่า 5 %": "5 - more_than", "น้อยกว่า 5 %": "- 5 less_than", "เกือบ 5 %": "- 5 less_than"},
        **{"อย่างน้อย 5 %": "5 - at_least", "ไม่เกิน 5 %": "- 5 at_most", "ราว 5 %": "5 5 about"},
        **{"5 ถึง 10 %": "5 10 range", "ពី ៥ ដល់ ១០ ភាគរយ": "5 10 range"},
        **{
            "Asilimia 22.4": "22.4 22.4 exact",
            "asilimia 4 hadi 6": "4 6 range",
            "kati ya 4 na 6 %": "4 6 range",
        },
        **{"chini ya 1 %": "- 1 less_than", "zaidi ya 5%": "5 - more_than", "karibu 5%": "5 5 about"},
        **{"takriban asilimia 5": "5 5 about", "yapata 5 %": "5 5 about", "angalau 5 %": "5 - at_least"},
        **{"mmoja kati ya kumi": "10 10 exact", "theluthi moja": "33.3 33.3 exact", "nusu": "50 50 exact"},
        **{"लगभग ५.५ %": "5.5 5.5 about", "करीब 5 %": "5 5 about", "अधिकतम 5 %": "- 5 at_most"},
        **{"ज़्यादा से ज़्यादा 5 %": "- 5 at_most", "कम से कम 5 %": "5 - at_least"},
        **{"5 फीसदी": "5 5 exact", "5 फ़ीसदी": "5 5 exact", "5.5 प्रतिशत": "5.5 5.5 exact"},
        **{"दस में से एक": "10 10 exact", "10 में से 1": "10 10 exact", "एक तिहाई": "33.3 33.3 exact"},
        **{"৫.১ শতাংশ": "5.1 5.1 exact", "5.1٪": "5.1 5.1 exact"},
    },
}
WITH_A_WORD_NOT_KNOWN = (  # token, qualifier and ends as typed, and what is stored
    ("kwanzi 170 watoto", COUNT, {}, "170 170 exact", "kwanzi"),
    ("kwanzi 5.1 %", IN_PERCENT, {}, "5.1 5.1 exact", "kwanzi"),
    ("kwanzi 170", COUNT, {"qualifier": "at_least"}, "170 - at_least", ""),
    ("kwanzi zaidi ya 170", COUNT, {}, "170 - more_than", "kwanzi"),
    ("kwanzi 170", COUNT, {"low": "170"}, "170 - -", ""),
    ("kwanzi sa 20", IN_PERCENT, {}, "- - -", ""),
    ("isa sa 20", IN_PERCENT, {}, "- - -", ""),
    ("satu di antara sepuluh", IN_PERCENT, {}, "- - -", ""),
    ("satu ribuan", COUNT, {}, "- - -", ""),
    ("kwanzi 2019", COUNT, {}, "- - -", ""),
    ("kwanzi a third of 30", COUNT, {}, "- - -", ""),
)


def test_printed_numbers_in_other_languages_are_parsed() -> None:
    for mark, texts in IN_OTHER_LANGUAGES.items():
        assert {text: stored_as_line(text, mark, IN_PERCENT) for text in texts} == texts


@pytest.mark.parametrize(("token", "indicator", "typed", "stored", "words"), WITH_A_WORD_NOT_KNOWN)
def test_one_number_in_digits_is_stored_beside_unknown_words(
    token: str, indicator: Row, typed: dict[str, str], stored: str, words: str
) -> None:
    """A number in words beside unknown words is not stored, since these may be part of the number."""
    row = dict.fromkeys(BLANK, "") | typed | {"printed": token}
    row |= cells_from_token(row, "point", indicator)
    assert " ".join(cell or "-" for cell in stored_ends_and_qualifier(row)) == stored
    assert unknown_words_before_number(row, "point", indicator) == words


def stored_as_line(text: str, mark: str, indicator: Row) -> str:
    """Return what is stored for a text, as one line."""
    return " ".join(end or "-" for end in stored_ends_and_qualifier(number_of(text, mark, indicator)))


OF_OTHER_UNITS = (
    ("Seven of the 24", COUNT, "7 7 exact"),
    ("seven girls in 24 cities", IN_PERCENT, "- - -"),
    ("12 girls in 2019", IN_PERCENT, "- - -"),
    ("one girl in seven", COUNT, "- - -"),
    ("7 of the 24 girls", COUNT, "7 7 exact"),
    ("14 of them under 18", COUNT, "14 14 exact"),
    ("about 30 girls aged 12 to 17", COUNT, "30 30 about"),
    ("une soixantaine", COUNT, "- - -"),
    ("about 1.2 million", COUNT, "1200000 1200000 about"),
    ("1:4", RATIO, "0.25 0.25 exact"),
    ("3 to 1", RATIO, "3 3 exact"),
    ("2 boys for every 5 girls", RATIO, "- - -"),
    ("four times as likely", RATIO, "4 4 exact"),
    ("5.7 per 100,000", RATIO, "5.7 5.7 exact"),
    ("0.06", A_FALL, "0.06 0.06 exact"),
)


def test_a_number_is_read_in_the_unit_of_its_indicator() -> None:
    assert [(text, stored_as_line(text, "point", unit)) for text, unit, _ in OF_OTHER_UNITS] == [
        (text, stored) for text, _, stored in OF_OTHER_UNITS
    ]


TYPED = (  # a share as it is printed, what is typed for it, and what is stored
    ("0.051", {}, "5.1 5.1 exact fraction"),
    ("0.051", {"low": "0.051", "high": "0.051"}, "5.1 5.1 exact fraction"),
    ("0.051", {"low": "5.1", "high": "5.1"}, "5.1 5.1 exact fraction"),
    ("0.051", {"written_in": "digits"}, "0.051 0.051 exact digits"),
    ("0.4", {"low": "40", "high": "40"}, "40 40 exact fraction"),
    ("0.4", {"low": "0.4", "high": "0.4"}, "0.4 0.4 exact digits"),
    ("51‰", {"low": "51", "high": "51"}, "5.1 5.1 exact fraction"),
    ("0.051 (0.032–0.078)", {"low": "0.051", "high": "0.051"}, "5.1 5.1 exact fraction"),
)


@pytest.mark.parametrize(("token", "typed", "stored"), TYPED)
def test_what_is_typed_may_be_in_percent_or_as_it_is_printed(
    token: str, typed: dict[str, str], stored: str
) -> None:
    row = dict.fromkeys(BLANK, "") | typed | {"printed": token}
    row |= cells_from_token(row, "point", IN_PERCENT)
    assert " ".join((*stored_ends_and_qualifier(row), row["written_in"])) == stored


@pytest.mark.parametrize("interval", [("0.032", "0.078"), ("3.2", "7.8")])
def test_an_interval_is_stored_in_the_unit_of_its_number(interval: tuple[str, str]) -> None:
    row = dict.fromkeys(BLANK, "") | dict(zip(("interval_low", "interval_high"), interval, strict=True))
    row |= {"printed": "0.051"}
    row |= cells_from_token(row, "point", IN_PERCENT)
    assert [row[name] for name in ("low", "interval_low", "interval_high")] == ["5.1", "3.2", "7.8"]


BESIDE = (  # a printed text, the unit of its row, and the part that is kept
    ("37 (9.0 %)", COUNT, "37", ""),
    ("37 (9.0 %)", IN_PERCENT, "9.0 %", ""),
    ("9.0 % (37/412)", IN_PERCENT, "9.0 %", ""),
    ("37 of 412 (9.0 %; 95 % CI 6.4–12.2)", IN_PERCENT, "9.0 %", "6.4"),
    ("37 (9.0 %; 95 % CI 6.4–12.2)", COUNT, "37", ""),
    ("0.051 (95% CI .032–.078)", IN_PERCENT, "0.051", "0.032"),
    ("9.0 % (8.1 % in 2014)", IN_PERCENT, "9.0 % (8.1 % in 2014)", ""),
)


@pytest.mark.parametrize(("token", "indicator", "kept", "interval_low"), BESIDE)
def test_row_keeps_the_part_of_a_printed_result_that_fits_its_unit(
    token: str, indicator: Row, kept: str, interval_low: str
) -> None:
    row = split_interval(dict.fromkeys(BLANK, "") | {"printed": token}, "point", indicator["unit"])
    assert (row["printed"], row["interval_low"]) == (kept, interval_low)


def test_notation_worked_out_from_print_equals_written_in() -> None:
    """The notation worked out on import (digits, words, one in n, million) agrees with the data."""
    package = Package(FROZEN, with_derived=False)
    units = {key: row["unit"] for key, row in package.rows_by_key("indicators").items()}
    rows = package.rows("reported_values")
    told = [(row, notation(row["printed"], units[row["indicator_id"]])) for row in rows]
    assert [row["value_id"] for row, how in told if how != row["written_in"]] == []


INTERVALS = {  # printed text to what is left of it, and the interval with its level
    "3.1 % (95 % CI 1.9–4.8)": ("3.1 %", "1.9", "4.8", "95"),
    "12,000 girls (95% CI: 9,500-15,200)": ("12,000 girls", "9500", "15200", "95"),
    "9.0 percent, 99 percent confidence interval 6.4 to 12.2": ("9.0 percent", "6.4", "12.2", "99"),
    "9.0 % [CI 6.4, 12.2]": ("9.0 %", "6.4", "12.2", ""),
    "6.3% (95% CI −0.4 to 13.0)": ("6.3%", "-0.4", "13.0", "95"),
    "2.7 % (IC à 95 % : 1.8-4.0)": ("2.7 %", "1.8", "4.0", "95"),
    "22.4 (18–35)": ("22.4 (18–35)", "", "", ""),  # no interval: it could be a range of ages
    "9.0 % (95 % CI 6,4–12,2)": ("9.0 % (95 % CI 6,4–12,2)", "", "", ""),
}


@pytest.mark.parametrize("token", INTERVALS)
def test_an_interval_beside_a_result_gets_cells_of_its_own(token: str) -> None:
    blank = dict.fromkeys(BLANK, "") | {"printed": token}
    row = split_interval(blank, "point", "percent")
    names = ("printed", "interval_low", "interval_high", "interval_level")
    assert tuple(row[name] for name in names) == INTERVALS[token]
    is_without_level = bool(row["interval_low"]) and not row["interval_level"]
    assert (row["interval_level_reason"] == "not_reported") == is_without_level
    typed = blank | {"interval_high": "4.9"}  # differs from what is printed
    row = split_interval(typed, "point", "percent")
    assert (row["printed"], row["interval_high"], row["interval_low"]) == (
        token,
        "4.9",
        INTERVALS[token][1],
    )


def test_numbers_of_intervals_and_ages_are_read_without_their_sign() -> None:
    typed = {"interval_low": "6,4 %", "interval_high": "១២,២", "interval_level": "95%"}
    typed |= {"age_min": "១៥", "age_max": "15 %", "low": "1.204", "high": "9,0 per cent", "printed": ""}
    row = write_numbers_plainly(typed, "comma")
    assert [*row.values()] == ["6.4", "12.2", "95", "15", "15 %", "1204", "9.0", ""]
    others = dict.fromkeys(row, "(all ages)") | {"age_min": "", "age_max": "about 17"}
    assert write_numbers_plainly(others, "point") == others


BEFORE = (
    *("", "about", "more than", "au moins", "none of", "the", "between", "from", "not", "page", "<"),
    *("a fall of", "rose by", "a"),
)
BEHIND = ("", "%", "people", "or more", "+", "minus", "to", "of", "and", "or", "(", ")", ",", "/", "mille")
NUMBERS = ("37", "412", "9.0", "9,0", "12.000", "12,000", "1 204", "2014", "១៥", "12 37", "0.125")
PIECES = st.tuples(st.sampled_from(BEFORE), st.sampled_from(NUMBERS), st.sampled_from(BEHIND))
TEXTS = st.lists(PIECES, min_size=1, max_size=3).map(
    lambda pieces: " ".join(word for piece in pieces for word in piece if word)
)


@given(TEXTS, st.sampled_from(("point", "comma", "")))
def test_each_number_that_is_stored_stands_in_the_text_and_none_is_left_out(text: str, mark: str) -> None:
    plain = to_ascii_digits(text)
    assume(not re.search(" mille| of | / ", text))  # a rate, or a part of a whole
    stored = [
        number
        for number in dict.fromkeys(stored_ends_and_qualifier(number_of(text, mark, A_FALL))[:2])
        if number
    ]
    tokens = re.findall(r"[0-9][0-9.,]*(?: [0-9]{3}(?![0-9]))*", plain)
    printed = [only_number(token.rstrip(".,"), mark) for token in tokens]
    assert not stored or sorted(stored) == sorted(dict.fromkeys(printed))


@given(st.sampled_from(("none of", "no girls among", "most of the", "not the", "page")), TEXTS)
def test_no_words_are_passed_over_before_a_number(words: str, text: str) -> None:
    assert number_of(f"{words} {text}", "point", COUNT) == {}


def rows_with_indicators() -> Iterator[tuple[Row, str, Row]]:
    """Yield each reading of the package and of the valid contributions, with decimal mark and indicator."""
    package = Package(FROZEN, with_derived=False)
    sent = [
        [entry for entry in entries(package) if entry.table == name]
        for name in ("sources", "indicators", VALUES)
    ]
    sources, indicators, values = (
        [*package.rows(name), *(entry.cells for entry in entries)]
        for name, entries in zip(("sources", "indicators", VALUES), sent, strict=True)
    )
    marks = {row["source_id"]: row["decimal_mark"] for row in sources}
    of_key = {row["indicator_id"]: row for row in indicators}
    for row in values:
        if row["indicator_id"] in of_key:
            yield row, marks[row["source_id"]], of_key[row["indicator_id"]]


def test_parsed_printed_numbers_agree_with_the_data() -> None:
    told = [(row, number_of(row["printed"], mark, unit)) for row, mark, unit in rows_with_indicators()]
    read = [(row, found) for row, found in told if found]
    assert len(read) > 0.8 * len(told) and len(told) > 500
    assert [
        row["printed"]
        for row, found in read
        if not _is_same(stored_ends_and_qualifier(row), stored_ends_and_qualifier(found))
    ] == []


def _is_same(stored: tuple[str, ...], told: tuple[str, ...]) -> bool:
    """Return whether two numbers agree as far as a person would round them, such as 5.56 and 5.556."""
    pairs = [*zip(stored[:2], told[:2], strict=True)]
    is_range = told[2] == "range" and stored[2] in (
        "range_of_estimates",
        "spread",
    )  # only a person can tell these apart
    return (stored[2] == told[2] or is_range) and all(
        cell == other or (cell and other and abs(float(cell) - float(other)) <= 0.006 * float(cell))
        for cell, other in pairs
    )


def test_a_long_text_is_refused() -> None:
    """A long text is refused quickly; a backtracking expression would never finish."""
    for piece in ("1 ", "1 of ", "9 % ", "1 a(", "9.0 %, ", "1.000 to "):
        text = (piece * LONGEST)[:LONGEST]
        assert number_of(text, "", IN_PERCENT) == number_of(text, "", COUNT) == {}
        row = dict.fromkeys(BLANK, "") | {"printed": text}
        assert (
            split_interval(row, "", "percent")["printed"]
            == split_interval(row, "", "people")["printed"]
            == text.strip()
        )


@pytest.mark.slow
def test_a_refusal_is_reported_at_the_question() -> None:
    [[where, answer, said, _]] = rows_of(answer_to_form(ONE | FRENCH | {"result": "12,000 filles"}))
    assert (where, answer) == ("“The result, as printed”", "12,000 filles") and "cannot be told" in said


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
@pytest.mark.parametrize(("answers", "stored"), mark_later_cases_long(1, reversed(READ_SO)))
def test_every_parsed_token_is_valid(
    answers: dict[str, str], stored: tuple[str, ...], tmp_path: Path
) -> None:
    said = answer_to_form(answers)
    assert said["verdict"].startswith(SOUND), said["parts"]
    assert (
        stored_ends_and_qualifier(rows_of_answer_workbook(said, tmp_path / "a.xlsx")["reported_values"][0])
        == stored
    )
