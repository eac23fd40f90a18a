"""What none found leaves possible."""

from fractions import Fraction
from math import log, log1p

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from scripts.methods.none_found import chance_of_none, n_to_exclude, zero_upper_bound
from scripts.methods.proportion import clopper_pearson
from tests.methods.common import FEW, LEVEL, gives, refuses, rows

REFERENCE = """
zero_upper_bound(2104)                               -> 0.001422813965
zero_upper_bound(100)                                -> 0.02951304961
zero_upper_bound(300)                                -> 0.009936081944
zero_upper_bound(500)                                -> 0.005973551516
zero_upper_bound(effective_n(2104, design_effect_from_icc(2104 / 287, 0.05))) -> 0.001872784494
n_to_exclude(0.0076)                                 -> 393
n_to_exclude(0.001)                                  -> 2995
chance_of_none(0.0076, 300)                          -> 0.1013973675
chance_of_none(0, 300)                               -> 1
100 * chance_of_none(1 / 3, 2)                       -> 44
100 * zero_upper_bound(2)                            -> 77.6
100 * zero_upper_bound(2104)                         -> 0.142
chance_of_none(1, 300)                               -> 0
"""

IMPOSSIBLE = """
zero_upper_bound(0)                      -> n must be finite and at least 1, got 0
zero_upper_bound(9, 0)                   -> level must lie between 0 and 1, got 0
n_to_exclude(0)                          -> rate must lie between 0 and 1, got 0
n_to_exclude(1)                          -> rate must lie between 0 and 1, got 1
n_to_exclude(0.1, 2)                     -> level must lie between 0 and 1, got 2
n_to_exclude(0.1, 0.9, 0)                -> deff must be finite and above 0, got 0
n_to_exclude(0.1, 0.9, 1, 0)             -> sensitivity must be above 0 and at most 1, got 0
chance_of_none(1.1, 9)                   -> rate must lie between 0 and 1, got 1.1
chance_of_none(0.1, 0)                   -> n must be finite and at least 1, got 0
"""
PARTS = st.fractions(0, 1, max_denominator=100)


@pytest.mark.parametrize(("expression", "printed"), rows(REFERENCE))
def test_reference_value(expression: str, printed: str) -> None:
    gives(expression, printed)


@pytest.mark.parametrize(("expression", "message"), rows(IMPOSSIBLE))
def test_impossible_input_is_named(expression: str, message: str) -> None:
    refuses(expression, message)


@FEW
@given(st.integers(1, 5000), LEVEL)
def test_bound_against_statsmodels_and_its_inverse(n: int, level: float) -> None:
    bound = zero_upper_bound(n, level)
    other = proportion_confint(0, n, 1 - level, "beta", alternative="larger")[1]
    assert bound == pytest.approx(other, rel=1e-9)
    assert n * log1p(-bound) == pytest.approx(log(1 - level), rel=1e-9)
    assert n_to_exclude(bound, level) == n
    assert n_to_exclude(bound * 0.99999, level) == n + 1
    assert bound < clopper_pearson(0, n, level).upper  # which leaves half the error to the other side


@FEW
@given(
    st.integers(9, 999),
    st.sampled_from(["0.5", "0.75", "0.9", "0.95", "0.99"]),
    st.integers(1, 3),
    st.sampled_from(["0.25", "0.5", "1"]),
)
def test_n_to_exclude_by_counting(thousandths: int, level: str, deff: int, sensitivity: str) -> None:
    miss = 1 - Fraction(thousandths, 1000) * Fraction(sensitivity)
    n, wanted = 1, (1 - Fraction(level)) ** deff  # both sides to the power of deff
    left = miss
    while left > wanted:
        n, left = n + 1, left * miss
    assert n_to_exclude(thousandths / 1000, float(level), deff, float(sensitivity)) == n


@FEW
@given(st.integers(1, 100), PARTS, LEVEL)
def test_bounds_fail_no_oftener_than_their_error(n: int, share: Fraction, level: float) -> None:
    missed = (1 - share) ** n if share > zero_upper_bound(n, level) else 0
    assert missed <= 1 - Fraction(level) + Fraction(1, 10**9)


@FEW
@given(st.integers(1, 500), PARTS)
def test_chance_of_none_by_the_binomial(n: int, share: Fraction) -> None:
    exact = Fraction(share.denominator - share.numerator, share.denominator) ** n
    assert chance_of_none(float(share), n) == pytest.approx(float(exact), rel=1e-9)


@FEW
@given(st.integers(2, 3000), LEVEL)
def test_laws(n: int, level: float) -> None:
    assert zero_upper_bound(n + 1, level) < zero_upper_bound(n, level) < zero_upper_bound(n - 1, level)
    assert zero_upper_bound(n, 0.9) < zero_upper_bound(n, 0.95) < 3 / n  # the rule of three
    assert n_to_exclude(0.01, level, 2) >= n_to_exclude(0.01, level) <= n_to_exclude(0.01, level, 1, 0.9)
