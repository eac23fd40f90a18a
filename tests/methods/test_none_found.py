"""What none found leaves possible."""

from fractions import Fraction
from math import comb, log, log1p

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom
from statsmodels.stats.proportion import proportion_confint

from scripts.methods.none_found import (
    chance_of_none,
    most_unseen,
    n_to_exclude,
    rule_of_three,
    zero_upper_bound,
    zero_upper_bound_clustered,
    zero_upper_bound_two_sided,
    zero_upper_bound_with_sensitivity,
)
from scripts.methods.proportion import clopper_pearson
from tests.methods.common import FEW, LEVEL, gives, refuses, rows

REFERENCE = """
zero_upper_bound(2104)                               -> 0.001422813965
zero_upper_bound(100)                                -> 0.02951304961
zero_upper_bound(300)                                -> 0.009936081944
zero_upper_bound(500)                                -> 0.005973551516
zero_upper_bound_two_sided(2104)                     -> 0.001751733623
zero_upper_bound_with_sensitivity(300, 0.5)          -> 0.01987216389
zero_upper_bound_with_sensitivity(2, 0.5)            -> 1.0
zero_upper_bound_clustered(2104, design_effect_from_icc(2104 / 287, 0.05)) -> 0.001872784494
rule_of_three(2104)                                  -> 0.001425855513
rule_of_three(2)                                     -> 1
most_unseen(3000, 300)                               -> 28
most_unseen(20, 19)                                  -> 0
most_unseen(20, 18)                                  -> 1
most_unseen(20, 20)                                  -> 0
most_unseen(5, 1, 0.95)                              -> 4
most_unseen(10, 1, 0.9)                              -> 8
most_unseen(10**9, 1)                                -> 949999999
n_to_exclude(0.0076)                                 -> 393
n_to_exclude(0.001)                                  -> 2995
chance_of_none(0.0076, 300)                          -> 0.1013973675
chance_of_none(0, 300)                               -> 1
chance_of_none(1, 300)                               -> 0
"""

IMPOSSIBLE = """
zero_upper_bound(0)                      -> n must be finite and at least 1, got 0
zero_upper_bound(9, 0)                   -> level must lie between 0 and 1, got 0
zero_upper_bound_two_sided(0)            -> n must be finite and at least 1, got 0
zero_upper_bound_two_sided(9, 1)         -> level must lie between 0 and 1, got 1
zero_upper_bound_clustered(9, 0)         -> deff must be finite and above 0, got 0
zero_upper_bound_clustered(9, 10)        -> deff must be at most n = 9, got 10
zero_upper_bound_clustered(0, 1)         -> n must be finite and at least 1, got 0
zero_upper_bound_with_sensitivity(9, 0)  -> sensitivity must be above 0 and at most 1, got 0
zero_upper_bound_with_sensitivity(9, 1.5) -> sensitivity must be above 0 and at most 1, got 1.5
zero_upper_bound_with_sensitivity(0, 1)  -> n must be finite and at least 1, got 0
rule_of_three(0)                         -> n must be finite and at least 1, got 0
most_unseen(9, 0)                        -> n must be finite and at least 1, got 0
most_unseen(9, 10)                       -> population must be at least n = 10, got 9
most_unseen(9, 5, 1)                     -> level must lie between 0 and 1, got 1
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
    both = zero_upper_bound_two_sided(n, level)
    assert both == pytest.approx(proportion_confint(0, n, 1 - level, "beta")[1], rel=1e-9)
    assert both == pytest.approx(clopper_pearson(0, n, level).upper, rel=1e-9)
    assert bound < both


@FEW
@given(st.integers(1, 5000), st.floats(0.1, 1), st.floats(0.01, 1), LEVEL)
def test_bounds_of_less_informative_samples(n: int, part: float, sensitivity: float, level: float) -> None:
    deff = max(1.0, n * part)
    bound = zero_upper_bound_clustered(n, deff, level)
    assert (1 - bound) ** (n / deff) == pytest.approx(1 - level, rel=1e-6)
    bound = zero_upper_bound_with_sensitivity(n, sensitivity, level)
    assert bound >= zero_upper_bound(n, level)
    if bound < 1:
        assert chance_of_none(bound * sensitivity, n) == pytest.approx(1 - level, rel=1e-6)
    else:
        assert chance_of_none(sensitivity, n) >= 1 - level - 1e-9


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
@given(st.integers(2, 60), st.data(), st.sampled_from(["0.5", "0.75", "0.9", "0.95", "0.99"]))
def test_most_unseen_by_drawing_one_after_another(population: int, data: st.DataObject, level: str) -> None:
    n = data.draw(st.integers(1, population))

    def chance(number: int) -> Fraction:
        left = Fraction(1)
        for drawn in range(n):
            left *= Fraction(max(0, population - number - drawn), population - drawn)
        return left

    allowed = [k for k in range(population - n + 1) if chance(k) > 1 - Fraction(level)]
    found = most_unseen(population, n, float(level))
    assert found == allowed[-1]
    assert float(chance(found)) == pytest.approx(hypergeom.pmf(0, population, found, n), rel=1e-9)
    assert found <= population * zero_upper_bound(n, float(level))  # those seen teach of the rest


@FEW
@given(st.integers(1, 100), PARTS, LEVEL)
def test_bounds_fail_no_oftener_than_their_error(n: int, share: Fraction, level: float) -> None:
    missed = (1 - share) ** n if share > zero_upper_bound(n, level) else 0
    assert missed <= 1 - Fraction(level) + Fraction(1, 10**9)
    number = round(share * 200)
    missed = Fraction(comb(200 - number, n), comb(200, n))
    assert missed <= 1 - Fraction(str(level)) or number <= most_unseen(200, n, level)


@FEW
@given(st.integers(1, 500), PARTS)
def test_chance_of_none_by_the_binomial(n: int, share: Fraction) -> None:
    exact = Fraction(share.denominator - share.numerator, share.denominator) ** n
    assert chance_of_none(float(share), n) == pytest.approx(float(exact), rel=1e-9)


@FEW
@given(st.integers(2, 3000), LEVEL)
def test_laws(n: int, level: float) -> None:
    assert zero_upper_bound(n + 1, level) < zero_upper_bound(n, level) < zero_upper_bound(n - 1, level)
    assert zero_upper_bound(n, 0.9) < zero_upper_bound(n, 0.95) < rule_of_three(n)
    assert zero_upper_bound_clustered(n, 1, level) == zero_upper_bound(n, level)
    assert zero_upper_bound_clustered(n, 2, level) > zero_upper_bound(n, level)
    assert most_unseen(4000, n, level) >= most_unseen(4000, n + 1, level)
    assert most_unseen(4000, n, 0.9) <= most_unseen(4000, n, 0.99) <= 4000 - n
    assert n_to_exclude(0.01, level, 2) >= n_to_exclude(0.01, level) <= n_to_exclude(0.01, level, 1, 0.9)
