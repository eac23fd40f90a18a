"""Counts by a number of places."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, norm, poisson
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.stats.rates import confint_poisson_2indep

from scripts.methods.rates import least_places_without, poisson_ratio, variance_inflation_until_no_change
from tests.methods.common import FEW, LEVEL, gives, near, refuses, rows

REFERENCE = """
[100 - 100 * r for r in (both.upper, both.lower)]          -> 69.6 85.6
variance_inflation_until_no_change(147, 235, 38, 287)      -> 19.0
variance_inflation_until_no_change(2, 3, 4, 6)             -> 0
least_places_without(38, 287)                              -> 249
least_places_without(147, 235)                             -> 88
least_places_without(9, 5)                                 -> 0
"""

IMPOSSIBLE = """
poisson_ratio(-1, 1, 1, 1)  -> x1 must be finite and at least 0, got -1
poisson_ratio(1, 1, float("inf"), 1) -> x2 must be finite and at least 0, got inf
poisson_ratio(1, 0, 1, 1)   -> t1 must be finite and above 0, got 0
poisson_ratio(1, 1, 1, -2)  -> t2 must be finite and above 0, got -2
poisson_ratio(0, 1, 0, 1)   -> x1 and x2 must not both be 0, got (0, 0)
poisson_ratio(1, 1, 1, 1, 2) -> level must lie between 0 and 1, got 2
variance_inflation_until_no_change(0, 1, 1, 1) -> x1 and x2 must be above 0, got (0, 1)
least_places_without(-1, 5) -> x must be finite and at least 0, got -1
least_places_without(1, -5) -> places must be finite and at least 0, got -5
"""
COUNT, PLACES = st.integers(0, 300), st.integers(1, 400)


@pytest.mark.parametrize(("expression", "printed"), rows(REFERENCE))
def test_reference_value(expression: str, printed: str) -> None:
    gives(expression, printed, both=poisson_ratio(147, 235, 38, 287))


@pytest.mark.parametrize(("expression", "message"), rows(IMPOSSIBLE))
def test_impossible_input_is_named(expression: str, message: str) -> None:
    refuses(expression, message)


@FEW
@given(COUNT, PLACES, COUNT, PLACES, LEVEL)
def test_ratio_by_the_exact_test_of_its_sum(x1: int, t1: int, x2: int, t2: int, level: float) -> None:
    if not x1 + x2:
        return
    found = poisson_ratio(x1, t1, x2, t2, level)
    exact = binomtest(x2, x1 + x2).proportion_ci(level, method="exact")
    odds = [p / (1 - p) * t1 / t2 if p < 1 else inf for p in (exact.low, exact.high)]
    near(found, odds, within=1e-6)
    turned = poisson_ratio(x2, t2, x1, t1, level)
    assert turned.upper == (pytest.approx(1 / found.lower) if found.lower else inf)


def test_ratio_beside_that_of_statsmodels_which_is_not_exact() -> None:
    near(
        poisson_ratio(147, 235, 38, 287),
        confint_poisson_2indep(38, 287, 147, 235, method="score", compare="ratio"),
        within=0.06,
    )


def test_ratio_fails_no_oftener_than_its_error() -> None:
    """By adding up the Poisson chances of all pairs of counts."""
    rates, places = (0.5, 0.2), (20, 30)
    missed = 0.0
    for x1 in range(40):
        for x2 in range(40):
            found = poisson_ratio(x1, places[0], x2, places[1]) if x1 + x2 else None
            if found and not found.lower <= rates[1] / rates[0] <= found.upper:
                chances = (poisson.pmf(x, r * t) for x, r, t in zip((x1, x2), rates, places, strict=True))
                missed += float(next(chances) * next(chances))
    assert 0.01 < missed <= 0.05


@pytest.mark.filterwarnings("ignore")  # two counts leave a regression no spread to estimate
@FEW
@given(st.integers(1, 300), PLACES, st.integers(1, 300), PLACES)
def test_inflation_by_a_regression_whose_dispersion_is_set(x1: int, t1: int, x2: int, t2: int) -> None:
    found = variance_inflation_until_no_change(x1, t1, x2, t2)
    fit = GLM([x1, x2], [[1, 0], [1, 1]], family=Poisson(), exposure=[t1, t2]).fit(tol=1e-12)
    assert found == pytest.approx((fit.params[1] / fit.bse[1] / norm.ppf(0.975)) ** 2, rel=1e-4, abs=1e-6)


@FEW
@given(st.lists(st.integers(0, 4), min_size=1, max_size=30))
def test_no_way_to_spread_people_leaves_fewer_places_without(people: list[int]) -> None:
    assert people.count(0) >= least_places_without(sum(people), len(people))
