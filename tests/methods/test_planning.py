"""Tests of the sample sizes that a planned survey needs."""

from math import sqrt
from statistics import NormalDist

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    power_proportions_2indep,
    samplesize_confint_proportion,
)

from scripts.methods.sample_size import (
    deff_until_significance,
    sample_size_for_interval_half_width,
    sample_size_per_wave_for_power,
)
from tests.methods.common import FEW, LEVEL, WAVES, Waves

SHARES = st.floats(0.01, 0.99)
POWER = st.sampled_from([0.5, 0.8, 0.9, 0.99])
STRICT = st.sampled_from([0.8, 0.9, 0.95, 0.99])


@FEW
@given(SHARES, st.floats(0.005, 0.2), st.floats(0.5, 10), LEVEL)
def test_n_for_half_width_is_the_first_that_suffices(
    share: float, half_width: float, deff: float, level: float
) -> None:
    n = sample_size_for_interval_half_width(share, half_width, deff, level)
    z = NormalDist().inv_cdf(1 - (1 - level) / 2)
    assert z * sqrt(deff * share * (1 - share) / n) <= half_width * (1 + 1e-9)
    assert n == 1 or z * sqrt(deff * share * (1 - share) / (n - 1)) > half_width
    other = deff * samplesize_confint_proportion(share, half_width, 1 - level)
    assert -1e-6 < n - other < 1 or n == 1


@FEW
@given(SHARES, SHARES, POWER, st.sampled_from([1, 2, 9.6]), STRICT)
def test_n_per_wave_is_the_first_that_suffices(
    p1: float, p2: float, power: float, deff: float, level: float
) -> None:
    assume(abs(p1 - p2) > 0.01)
    n = sample_size_per_wave_for_power(p1, p2, power, deff, level)

    def reached(people: float) -> float:
        worth = people / deff
        return float(power_proportions_2indep(p1 - p2, p2, worth, 1, 1 - level, return_results=False))

    assert reached(n) >= power * (1 - 1e-9)
    assert n == 1 or reached(n - 1) < power * (1 + 1e-9)
    assert (
        sample_size_per_wave_for_power(p2, p1, power, deff, level)
        == n
        == sample_size_per_wave_for_power(1 - p1, 1 - p2, power, deff, level)
    )


@FEW
@given(WAVES, LEVEL)
def test_deff_until_significance_agrees_with_a_search(waves: Waves, level: float) -> None:
    x1, n1, x2, n2 = waves
    found = deff_until_significance(*waves, level)
    assert 0 <= found <= min(n1, n2)
    assert (found == 0) == (x1 * n2 == x2 * n1)
    assert deff_until_significance(x2, n2, x1, n1, level) == pytest.approx(found, rel=1e-6)
    assert deff_until_significance(n1 - x1, n1, n2 - x2, n2, level) == pytest.approx(found, rel=1e-6)

    def excludes_zero(deff: float) -> bool:
        a, b, c, d = (count / deff for count in waves)
        low, high = confint_proportions_2indep(c, d, a, b, method="newcomb", alpha=1 - level)
        return bool(low > 0 or high < 0)

    for part in (0.01, 0.5, 0.9999):
        assert found * part < 1e-3 or excludes_zero(found * part)
    for times in (1.0001, 2, 50):
        if 0 < found * times <= min(n1, n2):
            assert not excludes_zero(found * times)
