"""Tests of the two intervals of a share."""

from fractions import Fraction
from itertools import pairwise
from math import log, log1p

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from statsmodels.stats.proportion import proportion_confint

from scripts.methods.proportion import (
    clopper_pearson_interval,
    probability_of_none,
    sample_size_to_exclude_rate,
    upper_bound_if_none_found,
    wilson_interval,
)
from tests.methods.common import FEW, LEVEL, SAMPLE, near


@FEW
@given(SAMPLE, LEVEL)
def test_against_scipy_and_statsmodels(sample: tuple[int, int], level: float) -> None:
    test, (x, n) = binomtest(*sample), sample
    near(wilson_interval(x, n, level), test.proportion_ci(level, "wilson"))
    near(wilson_interval(x, n, level), proportion_confint(x, n, 1 - level, "wilson"))
    near(clopper_pearson_interval(x, n, level), test.proportion_ci(level))


@FEW
@given(SAMPLE)
def test_properties_of_proportion_intervals(sample: tuple[int, int]) -> None:
    x, n = sample
    for method in (wilson_interval, clopper_pearson_interval):
        found, mirrored = method(x, n), method(n - x, n)
        assert 0 <= found.lower <= x / n <= found.upper <= 1
        near(found, [1 - mirrored.upper, 1 - mirrored.lower])
        sizes = [method(k * x, k * n) for k in (1, 2, 9)]
        assert all(b.upper - b.lower < a.upper - a.lower for a, b in pairwise(sizes))
        levels = [method(x, n, level) for level in (0.5, 0.9, 0.95, 0.999)]
        assert all(a.lower > b.lower or b.lower == 0 for a, b in pairwise(levels))
        assert all(a.upper < b.upper or b.upper == 1 for a, b in pairwise(levels))
        assert ((found.lower == 0), (found.upper == 1)) == (x == 0, x == n)


PARTS = st.fractions(0, 1, max_denominator=100)


@FEW
@given(st.integers(1, 5000), LEVEL)
def test_bound_against_statsmodels_and_its_inverse(n: int, level: float) -> None:
    bound = upper_bound_if_none_found(n, level)
    other = proportion_confint(0, n, 1 - level, "beta", alternative="larger")[1]
    assert bound == pytest.approx(other, rel=1e-9)
    assert n * log1p(-bound) == pytest.approx(log(1 - level), rel=1e-9)
    assert sample_size_to_exclude_rate(bound, level) == n
    assert sample_size_to_exclude_rate(bound * 0.99999, level) == n + 1
    assert (
        bound < clopper_pearson_interval(0, n, level).upper
    )  # that one is two-sided, so its limit is higher


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
    assert sample_size_to_exclude_rate(thousandths / 1000, float(level), deff, float(sensitivity)) == n


@FEW
@given(st.integers(1, 500), PARTS)
def test_chance_of_none_by_the_binomial(n: int, share: Fraction) -> None:
    exact = Fraction(share.denominator - share.numerator, share.denominator) ** n
    assert probability_of_none(float(share), n) == pytest.approx(float(exact), rel=1e-9)
