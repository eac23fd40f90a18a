"""Each method against its reference values, a second computation and its laws.

The reference values were computed elsewhere beforehand, by other routes, and are
compared to the last digit given.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product
from math import comb, inf, log, log1p, sqrt
from typing import get_args

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, norm
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from scripts import methods as m

REFERENCE = """
wilson(38, 2104)                         -> 0.01318657569 0.02469172796
wilson(2, 2104)                          -> 0.0002607193907 0.003459417524
wilson(38, 2104, 0.90)                   -> 0.01386740422 0.02349213266
wilson(46, 2104)                         -> 0.01643110273 0.02903790464
wilson(47, 2104)                         -> 0.0168403077 0.02957753764
wilson(2, 38)                            -> 0.01455420815 0.1728546213
wilson(147, 1937)                        -> 0.06491839745 0.08854156574
wilson(0, 300)                           -> 0.0000000000 0.01264297122
wilson(38 / 2, effective_n(2104, 2))     -> 0.0116 0.0280
wilson(38 / 4, effective_n(2104, 4))     -> 0.0097 0.0334
wilson(38 / 9.6, effective_n(2104, 9.6)) -> 0.0070 0.0457
clopper_pearson(38, 2104)                -> 0.01281182151 0.02470632884
clopper_pearson(2, 2104)                 -> 0.0001151392164 0.00342952614
clopper_pearson(3, 2104)                 -> 0.0002941422651 0.004161247278
clopper_pearson(38, 2104, 0.99)          -> 0.01144150013 0.02694796625
clopper_pearson(0, 2104)                 -> 0.0000000000 0.001751733623
design_effect_from_icc(2104 / 287, 0.01) -> 1.063310105
design_effect_from_icc(2104 / 287, 0.02) -> 1.126620209
design_effect_from_icc(2104 / 287, 0.05) -> 1.316550523
design_effect_from_icc(2104 / 287, 0.10) -> 1.633101045
design_effect_from_icc(7.33, 0.185)      -> 2.17
effective_n(2104, design_effect_from_icc(2104 / 287, 0.01)) -> 1978.726611
effective_n(2104, design_effect_from_icc(2104 / 287, 0.02)) -> 1867.532628
effective_n(2104, design_effect_from_icc(2104 / 287, 0.05)) -> 1598.115654
effective_n(2104, design_effect_from_icc(2104 / 287, 0.10)) -> 1288.34649
clustered(wilson, 0.01)                  -> 0.01305874564 0.02493055499
clustered(wilson, 0.05)                  -> 0.01259360992 0.02583942266
clustered(wilson, 0.10)                  -> 0.01209255923 0.02689456296
zero_upper_bound(2104)                   -> 0.001422813965
zero_upper_bound(100)                    -> 0.02951304961
zero_upper_bound(300)                    -> 0.009936081944
zero_upper_bound(500)                    -> 0.005973551516
2 * zero_upper_bound(300)                -> 0.01987216389
zero_upper_bound(2104 / design_effect_from_icc(2104 / 287, 0.05)) -> 0.001872784494
rule_of_three(2104)                      -> 0.001425855513
rule_of_three(2)                         -> 1
n_to_exclude(0.0076)                     -> 393
n_to_exclude(0.001)                      -> 2995
newcombe_difference(147, 1937, 38, 2104) -> -0.07138724358 -0.04500954017
newcombe_difference(102, 1250, 38, 2104) -> -0.08073314606 -0.04811610209
newcombe_difference(9, 1184, 2, 2104)    -> -0.01346774576 -0.002265143231
newcombe_difference(48, 80, 56, 70)      -> 0.0524 0.3339
newcombe_difference(56, 70, 48, 80)      -> -0.3339 -0.0524
clustered(newcombe_difference, 0.05)     -> -0.07373446304 -0.04297919326
clustered(newcombe_difference, 0.10)     -> -0.07582083968 -0.0412065698
clustered(newcombe_difference, 1.00)     -> -0.1001714645 -0.02205550566
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
[n for n in range(1, 600) if compatible_numerators("8.16", n) and compatible_numerators("0.76", n)][:1] -> 527
"""  # noqa: E501

IMPOSSIBLE = r"""
wilson(3, 2)                             -> x must lie between 0 and n = 2, got 3
wilson(0, 0)                             -> n must be finite and at least 1, got 0
wilson(float("nan"), 2)                  -> x must lie between 0 and n = 2, got nan
wilson(1, float("inf"))                  -> n must be finite and at least 1, got inf
wilson(1, 2, 1)                          -> level must lie between 0 and 1, got 1
clopper_pearson(-1, 2)                   -> x must lie between 0 and n = 2, got -1
clopper_pearson(1, 2, 95)                -> level must lie between 0 and 1, got 95
design_effect_from_icc(0.5, 0.1)         -> mean_cluster_size must be finite and at least 1, got 0.5
design_effect_from_icc(float("inf"), 0)  -> mean_cluster_size must be finite and at least 1, got inf
design_effect_from_icc(7, 1.1)           -> icc must lie between 0 and 1, got 1.1
effective_n(100, 0)                      -> deff must be finite and above 0, got 0
effective_n(9, float("inf"))             -> deff must be finite and above 0, got inf
effective_n(0.5, 1)                      -> n must be finite and at least 1, got 0.5
zero_upper_bound(0)                      -> n must be finite and at least 1, got 0
zero_upper_bound(9, 0)                   -> level must lie between 0 and 1, got 0
rule_of_three(0)                         -> n must be finite and at least 1, got 0
n_to_exclude(0)                          -> rate must lie between 0 and 1, got 0
n_to_exclude(1)                          -> rate must lie between 0 and 1, got 1
n_to_exclude(0.1, 2)                     -> level must lie between 0 and 1, got 2
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
rounding_range("2.2 %")                  -> printed must be a decimal from 0 to 100, got '2.2 %'
rounding_range("1e1")                    -> printed must be a decimal from 0 to 100, got '1e1'
rounding_range("100.1")                  -> printed must be a decimal from 0 to 100, got '100.1'
rounding_range("2", "up")                -> rounding must be one of ['half_up', 'half_down', 'either_half', 'truncation', 'ceiling'], got 'up'
compatible_numerators("2", 0)            -> n must be finite and at least 1, got 0
compatible_denominators("2", 0)          -> x must be at least 1, got 0
compatible_denominators("0.0", 2)        -> printed must exclude 0 to bound the denominator, got '0.0'
jointly_compatible_denominators([])      -> figures must not be empty, got []
implied_mean_weight("2", 0, 5)           -> x must lie between 1 and n = 5, got 0
implied_mean_weight("2", 6, 5)           -> x must lie between 1 and n = 5, got 6
reduction_rounding_range("0.0", "0")     -> earlier must exclude 0, got '0.0'
"""  # noqa: E501

FEW = settings(max_examples=60, deadline=None)
LEVEL = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99, 0.999])
SAMPLE = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
WAVES = st.tuples(SAMPLE, SAMPLE).map(lambda pair: (*pair[0], *pair[1]))
ROUNDING = st.sampled_from(get_args(m.Rounding))
PERCENTAGE = st.integers(0, 3).flatmap(
    lambda places: st.integers(0, 10 ** (places + 2)).map(
        lambda whole: f"{Decimal(whole).scaleb(-places):.{places}f}"
    )
)
Waves = tuple[int, int, int, int]


def clustered(method: object, icc: float) -> m.Interval:
    """Apply a method to the people that 235 and 287 venues are worth at this ICC."""
    sizes = (1937, 147 / 1937, 235), (2104, 38 / 2104, 287)
    waves: list[float] = []
    for n, share, venues in sizes:
        worth = m.effective_n(n, m.design_effect_from_icc(n / venues, icc))
        waves += [share * worth, worth]
    return m.wilson(*waves[2:]) if method is m.wilson else m.newcombe_difference(*waves)


def evaluate(expression: str) -> object:
    helpers = {"clustered": clustered, "ends": lambda found: (found[0], found[-1])}
    return eval(expression, vars(m) | helpers)  # of the tables above only


def rows(table: str) -> list[list[str]]:
    return [[part.strip() for part in line.split("->")] for line in table.split("\n")[1:-1]]


def rounded_like(value: float | Fraction, printed: str) -> str:
    places = len(printed.partition(".")[2])
    whole = Decimal(round(Fraction(value) * 10**places))
    return f"{whole.scaleb(-places):.{places}f}"


@pytest.mark.parametrize(("expression", "printed"), rows(REFERENCE))
def test_reference_value(expression: str, printed: str) -> None:
    found = evaluate(expression)
    if isinstance(found, m.Interval):
        found = (found.lower, found.upper)
    values = found if isinstance(found, Sequence) else [found]
    wanted = printed.split()
    assert [rounded_like(v, p) for v, p in zip(values, wanted, strict=True)] == wanted


@pytest.mark.parametrize(("expression", "message"), rows(IMPOSSIBLE))
def test_impossible_input_is_named(expression: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        evaluate(expression)
    assert str(caught.value) == message


def near(found: m.Interval, wanted: Sequence[float], within: float = 1e-9) -> None:
    assert [found.lower, found.upper] == pytest.approx(wanted, rel=within, abs=within)


@FEW
@given(SAMPLE, LEVEL)
def test_one_sample_against_scipy_and_statsmodels(sample: tuple[int, int], level: float) -> None:
    test = binomtest(*sample)
    near(m.wilson(*sample, level), test.proportion_ci(level, "wilson"))
    near(m.wilson(*sample, level), proportion_confint(*sample, 1 - level, "wilson"))
    near(m.clopper_pearson(*sample, level), test.proportion_ci(level))


@FEW
@given(st.floats(1, 400), st.floats(0.001, 0.999), LEVEL)
def test_effective_sample_by_definition(n: float, share: float, level: float) -> None:
    z = norm.isf((1 - level) / 2)
    found = m.wilson(share * n, n, level)
    for p, wanted in ((found.lower, z), (found.upper, -z)):
        assert (share - p) / sqrt(p * (1 - p) / n) == pytest.approx(wanted, rel=1e-6)
    found = m.clopper_pearson(share * n, n, level)
    near(found, proportion_confint(share * n, n, 1 - level, "beta"))


@FEW
@given(st.integers(1, 40), st.floats(0, 1), LEVEL)
def test_clopper_pearson_inverts_exact_binomial_tails(n: int, share: float, level: float) -> None:
    x = round(share * n)
    found = m.clopper_pearson(x, n, level)

    def tail(limit: float, counts: Iterable[int]) -> float:
        p = Fraction(limit)
        return float(sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in counts))

    half = pytest.approx((1 - level) / 2, rel=1e-9)
    assert found.lower == 0 if x == 0 else tail(found.lower, range(x, n + 1)) == half
    assert found.upper == 1 if x == n else tail(found.upper, range(x + 1)) == half


@FEW
@given(WAVES, LEVEL)
def test_two_samples_against_statsmodels(waves: Waves, level: float) -> None:
    (x1, n1, x2, n2), alpha = waves, 1 - level
    other = confint_proportions_2indep(x2, n2, x1, n1, method="newcomb", alpha=alpha)
    near(m.newcombe_difference(*waves, level), other)
    assume(0 < x1 < n1 and 0 < x2 < n2)  # statsmodels fails at the edges
    other = confint_proportions_2indep(x2, n2, x1, n1, method="score", compare="ratio", alpha=alpha)
    near(m.miettinen_nurminen_ratio(*waves, level), other, 1e-6)


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
    inflated = variance * (n1 + n2) / (n1 + n2 - 1)
    return (x2 / n2 - factor * x1 / n1 - shift) / sqrt(inflated)


@settings(max_examples=200, deadline=None)
@given(WAVES, LEVEL)
def test_score_limits_are_where_the_test_turns(waves: Waves, level: float) -> None:
    z = norm.isf((1 - level) / 2)
    found = m.miettinen_nurminen_difference(*waves, level)
    assert (found.lower == -1) == (waves[0] == waves[1] and waves[2] == 0)
    assert (found.upper == 1) == (waves[0] == 0 and waves[2] == waves[3])
    for limit, wanted in ((found.lower, z), (found.upper, -z)):
        if abs(limit) < 1:
            assert score_statistic(waves, 1, limit) == pytest.approx(wanted, rel=1e-7)
    assume(waves[0] + waves[2] > 0)
    found = m.miettinen_nurminen_ratio(*waves, level)
    assert (found.lower == 0) == (waves[2] == 0)
    assert (found.upper == inf) == (waves[0] == 0)
    for limit, wanted in ((found.lower, z), (found.upper, -z)):
        if 0 < limit < inf:
            assert score_statistic(waves, limit, 0) == pytest.approx(wanted, rel=1e-7)


def test_design_effect_is_the_variance_of_correlated_people() -> None:
    for size, icc in product((1, 2, 7), (0.0, 0.05, 1.0)):
        covariance = np.full((size, size), icc) + (1 - icc) * np.eye(size)
        wanted = covariance.sum() / size  # 1 if they were independent
        assert m.design_effect_from_icc(size, icc) == pytest.approx(wanted)
        assert m.effective_n(size, wanted) == pytest.approx(size**2 / covariance.sum())


@FEW
@given(st.integers(1, 5000), LEVEL)
def test_zero_bound_against_statsmodels_and_its_inverse(n: int, level: float) -> None:
    bound = m.zero_upper_bound(n, level)
    other = proportion_confint(0, n, 1 - level, "beta", alternative="larger")[1]
    assert bound == pytest.approx(other, rel=1e-9)
    assert n * log1p(-bound) == pytest.approx(log(1 - level), rel=1e-9)
    assert m.n_to_exclude(bound, level) == n
    assert m.n_to_exclude(bound * 0.99999, level) == n + 1


@FEW
@given(st.integers(1, 999), st.sampled_from(["0.5", "0.75", "0.9", "0.95", "0.99"]))
def test_n_to_exclude_by_counting(thousandths: int, level: str) -> None:
    n, left = 1, (miss := 1 - Fraction(thousandths, 1000))
    while left > 1 - Fraction(level):
        n, left = n + 1, left * miss
    assert m.n_to_exclude(thousandths / 1000, float(level)) == n


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
def test_compatible_sets_by_brute_force(printed: str, n: int, rounding: m.Rounding) -> None:
    wanted = [k for k in range(n + 1) if prints_as(k, n, printed, rounding)]
    assert list(m.compatible_numerators(printed, n, rounding)) == wanted
    x = n % 9 + 1
    assume(m.rounding_range(printed, rounding).low > Fraction(1, 10))
    wanted = [k for k in range(x, 1000 * x) if prints_as(x, k, printed, rounding)]
    assert list(m.compatible_denominators(printed, x, rounding)) == wanted
    figures = [(printed, x), ("50", 5)]
    wanted = [k for k in wanted if prints_as(5, k, "50", rounding)]
    assert list(m.jointly_compatible_denominators(figures, rounding)) == wanted


@FEW
@given(PERCENTAGE, PERCENTAGE)
def test_printed_ranges_by_their_corners(earlier: str, later: str) -> None:
    def corners(printed: str) -> list[Fraction]:
        half = Fraction(1, 2 * 10 ** len(printed.partition(".")[2]))
        ends = (Fraction(printed) + side * half for side in (0, -1, 1))
        return [min(max(end, Fraction(0)), Fraction(100)) for end in ends]

    point, *wanted = (share / Fraction(100 * 38, 2104) for share in corners(later))
    assert m.implied_mean_weight(later, 38, 2104) == (point, *wanted)
    assume(corners(earlier)[1] > 0)
    falls = [1 - b / a for a, b in product(corners(earlier), corners(later))]
    assert m.reduction_rounding_range(earlier, later) == (
        falls[0],
        min(falls),
        max(falls),
    )


@FEW
@given(SAMPLE)
def test_one_sample_laws(sample: tuple[int, int]) -> None:
    x, n = sample
    for method in (m.wilson, m.clopper_pearson):
        found, mirrored = method(x, n), method(n - x, n)
        assert 0 <= found.lower <= x / n <= found.upper <= 1
        assert ((found.lower == 0), (found.upper == 1)) == (x == 0, x == n)
        near(found, [1 - mirrored.upper, 1 - mirrored.lower])
        sizes = [method(k * x, k * n) for k in (1, 2, 9)]
        assert all(b.upper - b.lower < a.upper - a.lower for a, b in pairwise(sizes))
        levels = [method(x, n, level) for level in (0.5, 0.9, 0.95, 0.999)]
        assert all(a.lower > b.lower or x == 0 for a, b in pairwise(levels))
        assert all(a.upper < b.upper or x == n for a, b in pairwise(levels))


@FEW
@given(WAVES)
def test_two_sample_laws(waves: Waves) -> None:
    x1, n1, x2, n2 = waves
    for method in (m.newcombe_difference, m.miettinen_nurminen_difference):
        found, wider = method(*waves), method(*waves, 0.99)
        swapped, others = method(x2, n2, x1, n1), method(n1 - x1, n1, n2 - x2, n2)
        assert found.lower <= x2 / n2 - x1 / n1 <= found.upper
        near(found, [-swapped.upper, -swapped.lower])
        near(found, [-others.upper, -others.lower])
        double = method(2 * x1, 2 * n1, 2 * x2, 2 * n2)
        assert double.upper - double.lower < found.upper - found.lower
        assert wider.lower < found.lower or found.lower == pytest.approx(-1)
        assert wider.upper > found.upper or found.upper == pytest.approx(1)
    assume(x1 > 0 and x2 > 0)
    found, swapped = (m.miettinen_nurminen_ratio(*w) for w in (waves, (x2, n2, x1, n1)))
    wider = m.miettinen_nurminen_ratio(*waves, 0.99)
    assert wider.lower < found.lower < x2 * n1 / (x1 * n2) < found.upper < wider.upper
    near(found, [1 / swapped.upper, 1 / swapped.lower])


@FEW
@given(st.integers(1, 30), st.fractions(0, 1, max_denominator=1000), LEVEL)
def test_clopper_pearson_covers_at_least_its_level(n: int, p: Fraction, level: float) -> None:
    covered = Fraction(0)
    for x in range(n + 1):
        found = m.clopper_pearson(x, n, level)
        if found.lower <= p <= found.upper:
            covered += comb(n, x) * p**x * (1 - p) ** (n - x)
    assert covered >= Fraction(level) - Fraction(1, 10**9)
