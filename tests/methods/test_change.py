"""Tests of the change between two surveys."""

from math import inf, sqrt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, norm
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.stats.proportion import confint_proportions_2indep

from scripts.methods.change import (
    miettinen_nurminen_difference,
    miettinen_nurminen_ratio,
    newcombe_difference,
    poisson_rate_ratio_interval,
    variance_inflation_until_no_change,
)
from tests.methods.common import FEW, LEVEL, WAVES, Waves, near


@FEW
@given(WAVES, LEVEL)
def test_against_scipy_and_statsmodels(waves: Waves, level: float) -> None:
    x1, n1, x2, n2 = waves

    def other(method: str, **kind: object) -> tuple[float, float]:
        found = confint_proportions_2indep(x2, n2, x1, n1, method=method, alpha=1 - level, **kind)
        return float(found[0]), float(found[1])

    near(newcombe_difference(*waves, level), other("newcomb"))
    assume(x1 > 0 and x2 > 0)
    assume(x1 < n1 and x2 < n2)  # statsmodels fails at the edges
    near(miettinen_nurminen_ratio(*waves, level), other("score", compare="ratio"), 1e-6)


def score_statistic(waves: Waves, factor: float, shift: float) -> float:
    """Return the score statistic of p2 = factor p1 + shift, with the likeliest p1 found by bisection."""
    x1, n1, x2, n2 = waves
    low, high = max(0.0, -shift / factor), min(1.0, (1 - shift) / factor)

    def slope(p1: float) -> float:
        p2 = factor * p1 + shift
        terms = (
            (x1, p1, 1),
            (n1 - x1, 1 - p1, -1),
            (x2, p2, factor),
            (n2 - x2, 1 - p2, -factor),
        )
        return sum(sign * k / max(p, 1e-300) for k, p, sign in terms)

    for _ in range(200):
        p1 = (low + high) / 2
        low, high = (p1, high) if slope(p1) > 0 else (low, p1)
    p2 = factor * p1 + shift
    variance = p2 * (1 - p2) / n2 + factor**2 * p1 * (1 - p1) / n1
    inflation = (n1 + n2) / (n1 + n2 - 1)
    return (x2 / n2 - factor * x1 / n1 - shift) / sqrt(variance * inflation)


@settings(max_examples=200, deadline=None)
@given(WAVES, LEVEL)
def test_score_limits_are_where_the_test_turns(waves: Waves, level: float) -> None:
    z = norm.isf((1 - level) / 2)
    found = miettinen_nurminen_difference(*waves, level)
    assert (found.lower == -1) == (waves[0] == waves[1] and waves[2] == 0)
    assert (found.upper == 1) == (waves[0] == 0 and waves[2] == waves[3])
    for limit, wanted in ((found.lower, z), (found.upper, -z)):
        if abs(limit) < 1:
            assert score_statistic(waves, 1, limit) == pytest.approx(wanted, rel=1e-7)
    assume(waves[0] + waves[2] > 0)
    found = miettinen_nurminen_ratio(*waves, level)
    assert (found.lower == 0) == (waves[2] == 0)
    assert (found.upper == inf) == (waves[0] == 0)
    for limit, wanted in ((found.lower, z), (found.upper, -z)):
        if 0 < limit < inf:
            assert score_statistic(waves, limit, 0) == pytest.approx(wanted, rel=1e-7)


@FEW
@given(WAVES)
def test_properties_of_difference_intervals(waves: Waves) -> None:
    x1, n1, x2, n2 = waves
    for method in (newcombe_difference, miettinen_nurminen_difference):
        found, wider = method(*waves), method(*waves, 0.99)
        swapped, others = method(x2, n2, x1, n1), method(n1 - x1, n1, n2 - x2, n2)
        assert found.lower <= x2 / n2 - x1 / n1 <= found.upper
        near(found, [-swapped.upper, -swapped.lower])
        near(found, [-others.upper, -others.lower])
        double = method(2 * x1, 2 * n1, 2 * x2, 2 * n2)
        assert double.upper - double.lower < found.upper - found.lower
        assert wider.lower < found.lower or found.lower == pytest.approx(-1)
        assert wider.upper > found.upper or found.upper == pytest.approx(1)


COUNT, PLACES = st.integers(0, 300), st.integers(1, 400)


@FEW
@given(COUNT, PLACES, COUNT, PLACES, LEVEL)
def test_ratio_by_the_exact_test_of_its_sum(x1: int, t1: int, x2: int, t2: int, level: float) -> None:
    if not x1 + x2:
        return
    found = poisson_rate_ratio_interval(x1, t1, x2, t2, level)
    exact = binomtest(x2, x1 + x2).proportion_ci(level, method="exact")
    odds = [p / (1 - p) * t1 / t2 if p < 1 else inf for p in (exact.low, exact.high)]
    near(found, odds, within=1e-6)
    turned = poisson_rate_ratio_interval(x2, t2, x1, t1, level)
    assert turned.upper == (pytest.approx(1 / found.lower) if found.lower else inf)


@pytest.mark.filterwarnings("ignore")  # two counts leave a regression no spread to estimate
@FEW
@given(st.integers(1, 300), PLACES, st.integers(1, 300), PLACES)
def test_inflation_by_a_regression_whose_dispersion_is_set(x1: int, t1: int, x2: int, t2: int) -> None:
    found = variance_inflation_until_no_change(x1, t1, x2, t2)
    fit = GLM([x1, x2], [[1, 0], [1, 1]], family=Poisson(), exposure=[t1, t2]).fit(tol=1e-12)
    assert found == pytest.approx((fit.params[1] / fit.bse[1] / norm.ppf(0.975)) ** 2, rel=1e-4, abs=1e-6)
