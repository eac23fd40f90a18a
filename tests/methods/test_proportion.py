"""The two intervals of a share."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from math import comb, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, norm
from statsmodels.stats.proportion import proportion_confint

from scripts.methods.proportion import clopper_pearson, wilson
from tests.methods.common import FEW, LEVEL, SAMPLE, gives, near, refuses, rows

REFERENCE = """
wilson(38, 2104)                         -> 0.01318657569 0.02469172796
wilson(2, 2104)                          -> 0.0002607193907 0.003459417524
wilson(38, 2104, 0.90)                   -> 0.01386740422 0.02349213266
wilson(46, 2104)                         -> 0.01643110273 0.02903790464
wilson(47, 2104)                         -> 0.0168403077 0.02957753764
wilson(2, 38)                            -> 0.01455420815 0.1728546213
wilson(147, 1937)                        -> 0.06491839745 0.08854156574
wilson(0, 300)                           -> 0.0000000000 0.01264297122
clopper_pearson(38, 2104)                -> 0.01281182151 0.02470632884
clopper_pearson(2, 2104)                 -> 0.0001151392164 0.00342952614
clopper_pearson(3, 2104)                 -> 0.0002941422651 0.004161247278
clopper_pearson(38, 2104, 0.99)          -> 0.01144150013 0.02694796625
clopper_pearson(0, 2104)                 -> 0.0000000000 0.001751733623
"""

IMPOSSIBLE = """
wilson(3, 2)                             -> x must lie between 0 and n = 2, got 3
wilson(0, 0)                             -> n must be finite and at least 1, got 0
wilson(float("nan"), 2)                  -> x must lie between 0 and n = 2, got nan
wilson(1, float("inf"))                  -> n must be finite and at least 1, got inf
wilson(1, 2, 1)                          -> level must lie between 0 and 1, got 1
clopper_pearson(-1, 2)                   -> x must lie between 0 and n = 2, got -1
clopper_pearson(1, 2, 95)                -> level must lie between 0 and 1, got 95
"""


@pytest.mark.parametrize(("expression", "printed"), rows(REFERENCE))
def test_reference_value(expression: str, printed: str) -> None:
    gives(expression, printed)


@pytest.mark.parametrize(("expression", "message"), rows(IMPOSSIBLE))
def test_impossible_input_is_named(expression: str, message: str) -> None:
    refuses(expression, message)


@FEW
@given(SAMPLE, LEVEL)
def test_against_scipy_and_statsmodels(sample: tuple[int, int], level: float) -> None:
    test, (x, n) = binomtest(*sample), sample
    near(wilson(x, n, level), test.proportion_ci(level, "wilson"))
    near(wilson(x, n, level), proportion_confint(x, n, 1 - level, "wilson"))
    near(clopper_pearson(x, n, level), test.proportion_ci(level))


@FEW
@given(st.floats(1, 400), st.floats(0.001, 0.999), LEVEL)
def test_effective_sample_by_definition(n: float, share: float, level: float) -> None:
    z = norm.isf((1 - level) / 2)
    found = wilson(share * n, n, level)
    for p, wanted in ((found.lower, z), (found.upper, -z)):
        assert (share - p) / sqrt(p * (1 - p) / n) == pytest.approx(wanted, rel=1e-6)
    found = clopper_pearson(share * n, n, level)
    near(found, proportion_confint(share * n, n, 1 - level, "beta"))


@FEW
@given(st.integers(1, 40), st.floats(0, 1), LEVEL)
def test_clopper_pearson_inverts_binomial_tails(n: int, share: float, level: float) -> None:
    x = round(share * n)

    def tail(limit: float, counts: Iterable[int]) -> Fraction:
        p = Fraction(limit)
        return sum((comb(n, k) * p**k * (1 - p) ** (n - k) for k in counts), Fraction(0))

    half = pytest.approx((1 - level) / 2, rel=1e-9)
    found = clopper_pearson(x, n, level)
    assert found.lower == 0 if x == 0 else float(tail(found.lower, range(x, n + 1))) == half
    assert found.upper == 1 if x == n else float(tail(found.upper, range(x + 1))) == half


@FEW
@given(SAMPLE)
def test_laws(sample: tuple[int, int]) -> None:
    x, n = sample
    for method in (wilson, clopper_pearson):
        found, mirrored = method(x, n), method(n - x, n)
        assert 0 <= found.lower <= x / n <= found.upper <= 1
        near(found, [1 - mirrored.upper, 1 - mirrored.lower])
        sizes = [method(k * x, k * n) for k in (1, 2, 9)]
        assert all(b.upper - b.lower < a.upper - a.lower for a, b in pairwise(sizes))
        levels = [method(x, n, level) for level in (0.5, 0.9, 0.95, 0.999)]
        assert all(a.lower > b.lower or b.lower == 0 for a, b in pairwise(levels))
        assert all(a.upper < b.upper or b.upper == 1 for a, b in pairwise(levels))
        assert ((found.lower == 0), (found.upper == 1)) == (x == 0, x == n)


@FEW
@given(st.integers(1, 30), st.fractions(0, 1, max_denominator=1000), LEVEL)
def test_clopper_pearson_covers_at_least_its_level(n: int, p: Fraction, level: float) -> None:
    covered = Fraction(0)
    for x in range(n + 1):
        found = clopper_pearson(x, n, level)
        if found.lower <= p <= found.upper:
            covered += comb(n, x) * p**x * (1 - p) ** (n - x)
    assert covered >= Fraction(level) - Fraction(1, 10**9)


def test_wilson_covers_its_level_on_average() -> None:
    n, shares, covered = 50, [Fraction(k, 200) for k in range(1, 200)], Fraction(0)
    limits = [wilson(x, n) for x in range(n + 1)]
    for p in shares:
        inside = (x for x in range(n + 1) if limits[x].lower <= p <= limits[x].upper)
        covered += sum(comb(n, x) * p**x * (1 - p) ** (n - x) for x in inside)
    assert 0.945 < covered / len(shares) < 0.965
