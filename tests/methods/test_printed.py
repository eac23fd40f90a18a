"""Tests of the values from which a printed percentage can be rounded."""

from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import get_args

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scripts.methods.rounding_consistency import (
    Rounding,
    denominators_that_fit_all,
    denominators_that_round_to,
    implied_mean_weight,
    numerators_that_round_to,
    reduction_rounding_range,
    rounding_range,
)
from tests.methods.common import FEW

ROUNDING = st.sampled_from(get_args(Rounding))
PERCENTAGE = st.integers(0, 3).flatmap(
    lambda places: st.integers(0, 10 ** (places + 2)).map(
        lambda whole: f"{Decimal(whole).scaleb(-places):.{places}f}"
    )
)


def prints_as(k: int, n: int, printed: str, rounding: str) -> bool:
    """Return whether k of n prints this percentage, in integer arithmetic."""
    whole, rest = divmod(100 * k * 10 ** len(printed.partition(".")[2]), n)
    half_up, half_down = whole + (2 * rest >= n), whole + (2 * rest > n)
    results = {
        "truncation": {whole},
        "ceiling": {whole + (rest > 0)},
        "half_up": {half_up},
        "half_down": {half_down},
        "either_half": {half_up, half_down},
    }
    return int(printed.replace(".", "")) in results[rounding]


@settings(max_examples=300, deadline=None)
@given(PERCENTAGE, st.integers(1, 250), ROUNDING)
def test_compatible_sets_by_brute_force(printed: str, n: int, rounding: Rounding) -> None:
    wanted = [k for k in range(n + 1) if prints_as(k, n, printed, rounding)]
    assert list(numerators_that_round_to(printed, n, rounding)) == wanted
    x = n % 9 + 1
    assume(rounding_range(printed, rounding).low > Fraction(1, 10))
    wanted = [k for k in range(x, 1000 * x) if prints_as(x, k, printed, rounding)]
    assert list(denominators_that_round_to(printed, x, rounding)) == wanted
    figures = [(printed, x), ("50", 5)]
    wanted = [k for k in wanted if prints_as(5, k, "50", rounding)]
    assert list(denominators_that_fit_all(figures, rounding)) == wanted


@FEW
@given(PERCENTAGE, PERCENTAGE)
def test_printed_ranges_by_their_corners(earlier: str, later: str) -> None:
    def corners(printed: str) -> list[Fraction]:
        half = Fraction(1, 2 * 10 ** len(printed.partition(".")[2]))
        ends = (Fraction(printed) + side * half for side in (0, -1, 1))
        return [min(max(end, Fraction(0)), Fraction(100)) for end in ends]

    point, *wanted = (share / Fraction(100 * 38, 2104) for share in corners(later))
    assert implied_mean_weight(later, 38, 2104) == (point, *wanted)
    assume(corners(earlier)[1] > 0)
    falls = [1 - b / a for a, b in product(corners(earlier), corners(later))]
    assert reduction_rounding_range(earlier, later) == (
        falls[0],
        min(falls),
        max(falls),
    )
