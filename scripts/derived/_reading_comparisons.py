"""Tests that compare two readings, to say how they differ and whether both can be true.

The tests are tried in order, and the first that applies decides. A blank cell is unknown, and an unknown
value never differs from another. A difference is not in itself a contradiction: a source may count
something else or other people, and a share may differ from its counts because it was rounded or weighted.
If no test applies, it is not known whether both can be true.
"""

from collections.abc import Callable
from fractions import Fraction
from math import inf

from scripts.package.reading import Reading, period_contains

Test = Callable[[Reading, Reading], bool]
Number = Fraction | float  # a float only for infinity, the upper end of an open range
NOT_NAMED = "place-unnamed"  # every reading has a place; this code means that the source names none
OPEN_ENDED = ("below", "above", "between")  # kinds of qualifier


def comparison_key_of_reading(reading: Reading) -> tuple[str, ...]:
    """All the cells that the tests below compare; two readings with the same key do not differ."""
    ages = (*reading.age_limits, reading.age_min_reason, reading.age_max_reason)
    return (
        *reading.number_limits_and_qualifier,
        *ages,
        reading.sex,
        reading.population_id,
        reading.place_id,
        reading.period,
    )


def kind_of_number_disagreement(main: Reading, mention: Reading) -> tuple[str, str] | None:
    """How two numbers disagree, and the words for the test that decided this; None if they agree."""
    are_ranges = {main.qualifier_kind, mention.qualifier_kind} <= set(OPEN_ENDED)
    if number_limits(main) == number_limits(mention) and (
        main.qualifier == mention.qualifier or are_ranges
    ):
        return None
    for test, kind, words in VALUE_TESTS:
        if test(main, mention):
            return kind, words
    return "unexplained", "no test applies"


def number_limits(reading: Reading) -> tuple[Number, Number]:
    """The lower and upper limit of a reading; a missing limit is 0 or infinity."""
    return Fraction(reading.low or 0), Fraction(reading.high) if reading.high else inf


def _number_limits_with_rounding(reading: Reading) -> tuple[Number, Number]:
    """The limits of a reading; those of an approximate number are widened to allow for its rounding."""
    low, high = number_limits(reading)
    half = (
        half_of_rough_digit(reading.low)
        if reading.qualifier_kind == "about" and reading.low
        else Fraction(0)
    )
    return low - half, high + half


def half_of_last_digit(number: str) -> Fraction:
    """Return half a unit of the last printed digit: 0.05 for 2.2, a half for 38."""
    return Fraction(1, 2 * 10 ** _count_decimals(number))


def half_of_rough_digit(number: str) -> Fraction:
    """Return half a unit of an approximate number's last significant digit: 5,000 for about 20000."""
    zeros = 0 if "." in number else len(number) - len(number.rstrip("0"))
    return half_of_last_digit(number) * Fraction(10**zeros)


def _is_one_an_approximation(main: Reading, mention: Reading) -> bool:
    """Return whether one number is approximate and the other could have been rounded to it."""
    rough = [reading for reading in (main, mention) if reading.qualifier_kind == "about"]
    points = main.low == main.high != "" and mention.low == mention.high != ""
    gap = abs(Fraction(main.low) - Fraction(mention.low)) if points else inf
    return any(gap <= half_of_rough_digit(reading.low) for reading in rough)


def _has_open_end(main: Reading, mention: Reading) -> bool:
    return main.qualifier_kind in OPEN_ENDED or mention.qualifier_kind in OPEN_ENDED


def _open_ended_ranges_overlap(main: Reading, mention: Reading) -> bool:
    (low, high), (other_low, other_high) = (
        _number_limits_with_rounding(main),
        _number_limits_with_rounding(mention),
    )
    return _has_open_end(main, mention) and max(low, other_low) <= min(high, other_high)


def _has_transposed_digits(main: Reading, mention: Reading) -> bool:
    """Return whether two different numbers have the same digits in a different order."""
    same_length = len(main.low) == len(mention.low)
    return same_length and main.low != mention.low and sorted(main.low) == sorted(mention.low)


def _is_one_other_rounded(main: Reading, mention: Reading) -> bool:
    """Return whether the number with more decimals gives the other when it is rounded."""
    short, long = sorted((main.low, mention.low), key=_count_decimals)
    if _count_decimals(short) == _count_decimals(long):
        return False
    gap = abs(Fraction(short) - Fraction(long))
    return gap <= half_of_last_digit(short) + half_of_last_digit(long)


def _is_one_other_truncated(main: Reading, mention: Reading) -> bool:
    """Return whether the number with more decimals gives the other when its last digits are cut off."""
    short, long = sorted((main.low, mention.low), key=_count_decimals)
    return _count_decimals(short) < _count_decimals(long) and is_number_truncated(short, Fraction(long))


def is_number_truncated(printed: str, number: Fraction) -> bool:
    """Return whether cutting digits off a number gives the printed one."""
    return 0 <= number - Fraction(printed) < Fraction(1, 10 ** _count_decimals(printed))


def _count_decimals(number: str) -> int:
    return len(number.partition(".")[2])


def known_cells_differ(cell: str, other: str) -> bool:
    """Return whether two cells are both filled in and not the same."""
    return bool(cell and other and cell != other)


def ages_differ(reading: Reading, other: Reading) -> bool:
    """Return whether the age limits differ; a blank limit is unknown, unless the reason is “all ages”."""

    def known(reading: Reading) -> list[str]:
        youngest = reading.age_min or ("0" if reading.age_min_reason == "all_ages" else "")
        return [youngest, reading.age_max or ("all_ages" if reading.age_max_reason == "all_ages" else "")]

    return any(known_cells_differ(*both) for both in zip(known(reading), known(other), strict=True))


def _make_test_of_column(column: str, unknown: str = "") -> Test:
    """Return a test of whether two readings differ in this column, with both cells known."""
    return lambda reading, other: (
        unknown not in (getattr(reading, column), getattr(other, column))
        and known_cells_differ(getattr(reading, column), getattr(other, column))
    )


def periods_differ(reading: Reading, other: Reading) -> bool:
    """Return whether two periods differ; a period does not differ from one that contains it."""
    both = known_cells_differ(reading.period, other.period)
    return (
        both
        and not period_contains(reading.period, other.period)
        and not period_contains(other.period, reading.period)
    )


# The dimensions of scope: how to test for a difference, what kind it is, and the word for it in messages.
SCOPES: dict[str, tuple[Test, str, str]] = {
    "age": (ages_differ, "another_age_bound", "ages"),
    "sex": (_make_test_of_column("sex", "not_stated"), "another_sex", "sexes"),
    "population": (_make_test_of_column("population_id"), "another_population", "populations"),
    "place": (_make_test_of_column("place_id", NOT_NAMED), "another_place", "places"),
    "period": (periods_differ, "another_period", "periods"),
}
NATURE = {"nature": (_make_test_of_column("nature"), "another_nature", "natures")}
CUT_OFF = "one is the other cut off, not rounded"
VALUE_TESTS: tuple[tuple[Test, str, str], ...] = (
    (_is_one_an_approximation, "rough_wording", "one is given roughly, and the other rounds to it"),
    (_open_ended_ranges_overlap, "overlapping_bound", "one is a bound or a range, and both can hold"),
    (_has_open_end, "separate_bound", "one is a bound or a range, and the two have no number in common"),
    (_has_transposed_digits, "transposed_digits", "same digits in a different order"),
    (_is_one_other_rounded, "rounding", "one is the other with fewer decimals"),
    (_is_one_other_truncated, "truncation", CUT_OFF),
    *(
        (test, kind, f"no closer test applies, and the two name different {said}")
        for test, kind, said in SCOPES.values()
    ),
)
CONTRADICTION, NOT_EXPLAINED, TENSION = "contradiction", "not_explained", "in_tension"
TYPES = {  # all other kinds mean another counter or scope
    **dict.fromkeys(("rounding", "truncation", "rough_wording", "overlapping_bound"), "both_can_hold"),
    **dict.fromkeys(("change_against_its_ends", "change_against_its_difference"), CONTRADICTION),
    **dict.fromkeys(("parts_against_whole", "transposed_digits"), CONTRADICTION),
    "unexplained": NOT_EXPLAINED,
}


def type_of_disagreement(kind: str, reading: Reading, other: Reading) -> str:
    """The type of a disagreement of this kind, which says whether both readings can be true."""
    if kind == "share_against_its_counts":
        return CONTRADICTION if reading.weighted == "no" else TENSION
    if kind == "separate_bound" and not any(test(reading, other) for test, *_ in SCOPES.values()):
        return CONTRADICTION
    return TYPES.get(kind, "other_counter_or_scope")
