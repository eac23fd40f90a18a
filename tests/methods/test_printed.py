"""What a printed percentage can stand for."""

from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scripts.methods.printed import (
    Rounding,
    compatible_denominators,
    compatible_numerators,
    implied_mean_weight,
    jointly_compatible_denominators,
    reduction_rounding_range,
    rounding_range,
)
from tests.methods.common import FEW, gives, refuses, rows

REFERENCE = """
reduction_rounding_range("8.16", "2.2")  -> 0.7303921569 0.7240956468 0.7366809553
reduction_rounding_range("0.76", "0.1")  -> 0.8684210526 0.8013245033 0.9346405229
reduction_rounding_range("2.2", "0.1")   -> 0.9545454545 0.9302325581 0.97777777778
implied_mean_weight("2.2", 38, 2104)     -> 1.218105263 1.190421053 1.245789474
implied_mean_weight("50", 1, 1)          -> 0.500 0.495 0.505
implied_mean_weight("2.12", 36, 2104)[:1]          -> 1.24
compatible_numerators("2.2", 2104, "half_up")      -> 46 47
compatible_numerators("2.2", 2104, "truncation")   -> 47 48
compatible_numerators("2.2", 2014)       -> 44 45
compatible_numerators("0.1", 2104)       -> 2 3
compatible_numerators("1.8", 2104)       -> 37 38
compatible_numerators("1.81", 2104)      -> 38
compatible_numerators("8.16", 2000)      ->
compatible_numerators("8.16", 1250)      -> 102
compatible_numerators("8.16", 1937)      -> 158
compatible_numerators("0.76", 1937)      ->
compatible_numerators("12", 8, "half_up")          ->
compatible_numerators("12", 8, "half_down")        -> 1
compatible_numerators("12", 8)           -> 1
compatible_numerators("13", 8)           -> 1
compatible_numerators("99", 3, "truncation")       ->
compatible_numerators("1", 3, "ceiling")           ->
compatible_numerators("100", 3, "truncation")      -> 3
compatible_numerators("100", 250)        -> 249 250
compatible_numerators("0", 250)          -> 0 1
compatible_denominators("7.59", 147)     -> 1936 1937 1938
compatible_denominators("8.16", 147)     -> 1801 1802
ends(compatible_denominators("2.2", 38)) -> 1689 1767
ends(jointly_compatible_denominators([("2.2", 38), ("2.12", 36), ("0.1", 2)])) -> 1695 1702
jointly_compatible_denominators([("7.59", 147), ("8.16", 147)]) ->
jointly_compatible_denominators([("7.59", 147)])   -> 1936 1937 1938
[n for n in range(1, 99) if compatible_numerators("8.16", n)][:1] -> 49
[n for n in range(1, 600) if fits("8.16", n) and fits("0.76", n)][:1] -> 527
"""

IMPOSSIBLE = """
rounding_range("2.2 %")                  -> printed must be a decimal from 0 to 100, got '2.2 %'
rounding_range("1e1")                    -> printed must be a decimal from 0 to 100, got '1e1'
rounding_range("100.1")                  -> printed must be a decimal from 0 to 100, got '100.1'
compatible_numerators("2", 0)            -> n must be finite and at least 1, got 0
compatible_denominators("2", 0)          -> x must be finite and at least 1, got 0
compatible_denominators("0.0", 2)        -> printed must exclude 0 to bound the denominator, got '0.0'
jointly_compatible_denominators([])      -> figures must not be empty, got []
implied_mean_weight("2", 0, 5)           -> x must be at least 1, got 0
implied_mean_weight("2", 6, 5)           -> x must lie between 0 and n = 5, got 6
reduction_rounding_range("0.0", "0")     -> earlier must exclude 0, got '0.0'
"""
ROUNDING = st.sampled_from(get_args(Rounding))
PERCENTAGE = st.integers(0, 3).flatmap(
    lambda places: st.integers(0, 10 ** (places + 2)).map(
        lambda whole: f"{Decimal(whole).scaleb(-places):.{places}f}"
    )
)


@pytest.mark.parametrize(("expression", "printed"), rows(REFERENCE))
def test_reference_value(expression: str, printed: str) -> None:
    gives(expression, printed, ends=lambda found: (found[0], found[-1]), fits=compatible_numerators)


@pytest.mark.parametrize(("expression", "message"), rows(IMPOSSIBLE))
def test_impossible_input_is_named(expression: str, message: str) -> None:
    refuses(expression, message)


def test_unknown_rounding_is_named() -> None:
    known = "['half_up', 'half_down', 'either_half', 'truncation', 'ceiling']"
    refuses('rounding_range("2", "up")', f"rounding must be one of {known}, got 'up'")


def prints_as(k: int, n: int, printed: str, rounding: str) -> bool:
    """Print k of n as a percentage in whole numbers, and compare."""
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
    assert list(compatible_numerators(printed, n, rounding)) == wanted
    x = n % 9 + 1
    assume(rounding_range(printed, rounding).low > Fraction(1, 10))
    wanted = [k for k in range(x, 1000 * x) if prints_as(x, k, printed, rounding)]
    assert list(compatible_denominators(printed, x, rounding)) == wanted
    figures = [(printed, x), ("50", 5)]
    wanted = [k for k in wanted if prints_as(5, k, "50", rounding)]
    assert list(jointly_compatible_denominators(figures, rounding)) == wanted


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
