"""How large the change between two waves is."""

from math import inf, sqrt

import pytest
from hypothesis import assume, given, settings
from scipy.stats import norm
from statsmodels.stats.proportion import confint_proportions_2indep

from scripts.methods.arguments import Interval
from scripts.methods.change import (
    miettinen_nurminen_difference,
    miettinen_nurminen_ratio,
    newcombe_difference,
    relative_reduction,
)
from scripts.methods.clustering import design_effect_from_icc, effective_n
from tests.methods.common import FEW, LEVEL, WAVES, Waves, gives, near, refuses, rows

REFERENCE = """
newcombe_difference(147, 1937, 38, 2104) -> -0.07138724358 -0.04500954017
newcombe_difference(102, 1250, 38, 2104) -> -0.08073314606 -0.04811610209
newcombe_difference(9, 1184, 2, 2104)    -> -0.01346774576 -0.002265143231
newcombe_difference(48, 80, 56, 70)      -> 0.0524 0.3339
newcombe_difference(56, 70, 48, 80)      -> -0.3339 -0.0524
clustered(0.05)     -> -0.07373446304 -0.04297919326
clustered(0.10)     -> -0.07582083968 -0.0412065698
clustered(1.00)     -> -0.1001714645 -0.02205550566
miettinen_nurminen_difference(147, 1937, 38, 2104) -> -0.0715052708 -0.04517144065
miettinen_nurminen_difference(102, 1250, 38, 2104) -> -0.08083484944 -0.04826396123
miettinen_nurminen_difference(9, 1184, 2, 2104)    -> -0.01350465891 -0.00254422198
miettinen_nurminen_difference(48, 80, 56, 70)      -> 0.0528297 0.3381729
miettinen_nurminen_difference(56, 70, 48, 80)      -> -0.3381729 -0.0528297
miettinen_nurminen_ratio(147, 1937, 38, 2104)      -> 0.1676984352 0.3373742167
miettinen_nurminen_ratio(102, 1250, 38, 2104)      -> 0.153778698 0.3183928295
miettinen_nurminen_ratio(14, 1937, 2, 2104)        -> 0.03338787594 0.5174988626
miettinen_nurminen_ratio(15, 1937, 2, 2104)        -> 0.03131744188 0.4805848066
relative_reduction(8.16, 2.2)                 -> 0.7303921569
relative_reduction(147, 38)                   -> 0.7414965986
relative_reduction(147 / 1937, 38 / 2104)     -> 0.7620146918
relative_reduction(147 / 1936, 38 / 2104)     -> 0.76214
relative_reduction(147 / 1938, 38 / 2104)     -> 0.76189
relative_reduction(0.0816, 38 / 2104)         -> 0.7786662193
relative_reduction(7.59, 2.2)                 -> 0.7101449275
relative_reduction(147, 0)                    -> 1
relative_reduction(80, 138)                   -> -0.725
first_that_falls() -> 176
fall(147, 1937, 38, 2104)                     -> 0.6626257833 0.8323015648
fall(102, 1250, 38, 2104)                     -> 0.6816071705 0.846221302
"""

IMPOSSIBLE = """
newcombe_difference(3, 2, 1, 2)          -> x1 must lie between 0 and n1 = 2, got 3
newcombe_difference(1, 2, 3, 2)          -> x2 must lie between 0 and n2 = 2, got 3
miettinen_nurminen_difference(1, 0, 1, 2) -> n1 must be finite and at least 1, got 0
miettinen_nurminen_difference(1, 2, 1, 0) -> n2 must be finite and at least 1, got 0
miettinen_nurminen_ratio(3, 2, 0, 2)     -> x1 must lie between 0 and n1 = 2, got 3
miettinen_nurminen_ratio(1, 2, 3, 2)     -> x2 must lie between 0 and n2 = 2, got 3
miettinen_nurminen_ratio(0, 2, 0, 2)     -> x1 and x2 must not both be 0, got (0, 0)
relative_reduction(0, 1)                 -> earlier must be finite and above 0, got 0
relative_reduction(float("inf"), 1)      -> earlier must be finite and above 0, got inf
relative_reduction(1, float("inf"))      -> later must be finite and at least 0, got inf
relative_reduction(1, -1)                -> later must be finite and at least 0, got -1
"""


def clustered(icc: float) -> Interval:
    """Compare the people that 235 and 287 venues are worth at this ICC."""
    waves: list[float] = []
    for n, share, venues in ((1937, 147 / 1937, 235), (2104, 38 / 2104, 287)):
        worth = effective_n(n, design_effect_from_icc(n / venues, icc))
        waves += [share * worth, worth]
    return newcombe_difference(*waves)


def first_that_falls() -> int:
    """Find the first sample with 8.16 % that differs from 38 of 2,104, if venues are all or none."""
    deff = design_effect_from_icc(2104 / 287, 1)
    sizes = (n for n in range(8, 2104) if newcombe_difference(*waves_of(n, deff)).upper < 0)
    return next(sizes)


def waves_of(n: int, deff: float) -> tuple[float, float, float, float]:
    return 0.0816 * n / deff, n / deff, 38 / deff, 2104 / deff


def fall(*waves: int) -> Interval:
    ratio = miettinen_nurminen_ratio(*waves)
    return Interval(1 - ratio.upper, 1 - ratio.lower)


@pytest.mark.parametrize(("expression", "printed"), rows(REFERENCE))
def test_reference_value(expression: str, printed: str) -> None:
    gives(expression, printed, clustered=clustered, first_that_falls=first_that_falls, fall=fall)


@pytest.mark.parametrize(("expression", "message"), rows(IMPOSSIBLE))
def test_impossible_input_is_named(expression: str, message: str) -> None:
    refuses(expression, message)


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
    """Test p2 = factor p1 + shift by its definition: the likeliest p1 by bisection."""
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
def test_laws_of_differences(waves: Waves) -> None:
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


@FEW
@given(WAVES)
def test_laws_of_ratios(waves: Waves) -> None:
    x1, n1, x2, n2 = waves
    assume(0 < x1 < n1 and 0 < x2 < n2)
    found, wider = miettinen_nurminen_ratio(*waves), miettinen_nurminen_ratio(*waves, 0.99)
    assert wider.lower < found.lower < x2 * n1 / (x1 * n2) < found.upper < wider.upper
    swapped = miettinen_nurminen_ratio(x2, n2, x1, n1)
    assert [found.lower, found.upper] == pytest.approx([1 / swapped.upper, 1 / swapped.lower])
    double = miettinen_nurminen_ratio(2 * x1, 2 * n1, 2 * x2, 2 * n2)
    assert double.upper / double.lower < found.upper / found.lower


@FEW
@given(WAVES)
def test_relative_reduction_and_the_rest_make_the_whole(waves: Waves) -> None:
    earlier, later = waves[1], waves[2]
    assert earlier - relative_reduction(earlier, later) * earlier == pytest.approx(later)
    assert relative_reduction(7 * earlier, 7 * later) == relative_reduction(earlier, later)
