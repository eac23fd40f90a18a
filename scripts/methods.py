"""The statistics of this package, one small pure function a method.

Shares and limits are proportions from 0 to 1. Printed percentages are strings, because "2.2" and
"2.20" claim different things, and stay exact fractions in percent. The earlier wave (1) comes
before the later (2). x people of n have the trait; both may be fractional where an effective
sample size is meant. Intervals cover sampling error alone. Input that cannot be is a ValueError
naming the argument and its value: n below 1, x outside 0..n, level outside 0..1, and what a
docstring adds.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import asin, atan, atan2, ceil, expm1, floor, inf, log, log1p, sin, sqrt
from typing import Literal

from scipy.optimize import brentq
from scipy.stats import beta, norm

Rounding = Literal["half_up", "half_down", "either_half", "truncation", "ceiling"]
PointLowHigh = tuple[Fraction, Fraction, Fraction]
# How far below and above the printed value the true one may lie, in halves of the
# last printed digit, and whether the lower and the upper end still count.
REACH: dict[Rounding, tuple[int, int, bool, bool]] = {
    "half_up": (1, 1, True, False),
    "half_down": (1, 1, False, True),
    "either_half": (1, 1, True, True),
    "truncation": (0, 2, True, False),
    "ceiling": (2, 0, False, True),
}


@dataclass(frozen=True)
class Interval:
    """The two limits of a confidence interval."""

    lower: float
    upper: float


@dataclass(frozen=True)
class RoundingRange:
    """The true percentages that one printed percentage may stand for."""

    low: Fraction
    high: Fraction
    low_closed: bool
    high_closed: bool


def _require(possible: bool, rule: str, value: object) -> None:
    if not possible:
        raise ValueError(f"{rule}, got {value!r}")


def _error_rate(level: float) -> float:
    _require(0 < level < 1, "level must lie between 0 and 1", level)
    return 1 - level


def _check_sample(x: float, n: float, wave: str = "") -> None:
    _require(1 <= n < inf, f"n{wave} must be finite and at least 1", n)
    _require(0 <= x <= n, f"x{wave} must lie between 0 and n{wave} = {n!r}", x)


def wilson(x: float, n: float, level: float = 0.95) -> Interval:
    """Give the score interval of a share (Wilson 1927), sound for small ones too."""
    _check_sample(x, n)
    z = float(norm.isf(_error_rate(level) / 2))
    root = z * sqrt(z * z + 4 * x * (n - x) / n)

    def lower(count: float) -> float:  # exactly 0 at 0, free of cancellation
        return 2 * count * count / n / (2 * count + z * z + root)

    return Interval(lower(x), 1 - lower(n - x))


def clopper_pearson(x: float, n: float, level: float = 0.95) -> Interval:
    """Give the interval that never covers too rarely (Clopper and Pearson 1934)."""
    _check_sample(x, n)
    tail = _error_rate(level) / 2
    lower = float(beta.ppf(tail, x, n - x + 1)) if x > 0 else 0.0
    upper = float(beta.isf(tail, x + 1, n - x)) if x < n else 1.0
    return Interval(lower, upper)


def design_effect_from_icc(mean_cluster_size: float, icc: float) -> float:
    """Say how clusters of 1 or more people inflate the variance, icc in 0..1 (Kish 1965)."""
    size = mean_cluster_size
    _require(1 <= size < inf, "mean_cluster_size must be finite and at least 1", size)
    _require(0 <= icc <= 1, "icc must lie between 0 and 1", icc)
    return 1 + (size - 1) * icc


def effective_n(n: float, deff: float) -> float:
    """Give the independent people worth as much as n, deff above 0 (Kish 1965)."""
    _check_sample(0, n)
    _require(0 < deff < inf, "deff must be finite and above 0", deff)
    return n / deff


def zero_upper_bound(n: float, level: float = 0.95) -> float:
    """Bound a share of which n people show none, for none found is not none there.

    Exact and one-sided (Hanley and Lippman-Hand 1983).
    """
    _check_sample(0, n)
    return -expm1(log(_error_rate(level)) / n)


def rule_of_three(n: float) -> float:
    """Approximate that bound at 95 % as 3 / n, at most 1 (Hanley and Lippman-Hand 1983)."""
    _check_sample(0, n)
    return min(1.0, 3 / n)


def n_to_exclude(rate: float, level: float = 0.95) -> int:
    """Count the people who must show none to exclude a rate in 0..1: the bound turned round."""
    _require(0 < rate < 1, "rate must lie between 0 and 1", rate)
    exact = log(_error_rate(level)) / log1p(-rate)
    return max(1, ceil(round(exact, 9)))  # rounded, lest float noise add a person


def newcombe_difference(x1: float, n1: float, x2: float, n2: float, level: float = 0.95) -> Interval:
    """Give the interval of p2 - p1 from the two Wilson intervals (Newcombe 1998)."""
    _check_sample(x1, n1, "1")
    _check_sample(x2, n2, "2")
    p1, p2 = x1 / n1, x2 / n2
    w1, w2 = wilson(x1, n1, level), wilson(x2, n2, level)
    below = sqrt((p2 - w2.lower) ** 2 + (w1.upper - p1) ** 2)
    above = sqrt((w2.upper - p2) ** 2 + (p1 - w1.lower) ** 2)
    return Interval(p2 - p1 - below, p2 - p1 + above)


def _score_angle(p1: float, n1: float, p2: float, n2: float, gap: float, ratio: float = 1) -> float:
    """Give the angle whose tangent is the score statistic of gap = p2 - ratio p1.

    Unlike the statistic it stays finite where the variance is nil.
    """
    variance = p2 * (1 - p2) / n2 + ratio**2 * p1 * (1 - p1) / n1
    corrected = variance * (n1 + n2) / (n1 + n2 - 1)
    return atan2(abs(gap), sqrt(max(0.0, corrected)))


def _upper_difference(x1: float, n1: float, x2: float, n2: float, z: float) -> float:
    """Find the largest p2 - p1 that the score test does not reject."""
    n, observed = n1 + n2, x2 / n2 - x1 / n1

    def likeliest_p1(delta: float) -> float:  # the middle root of a cubic
        b = ((2 * n1 + n2) * delta - n - x1 - x2) / n
        c = (n1 * delta**2 - (2 * x1 + n) * delta + x1 + x2) / n
        centre, spread = -b / 3, sqrt(max(0.0, b * b / 9 - c / 3))
        height = ((centre + b) * centre + c) * centre + x1 * delta * (1 - delta) / n
        sine = height / (2 * spread**3) if spread > 0 else 0.0
        root = centre + 2 * spread * sin(asin(max(-1.0, min(1.0, sine))) / 3)
        return max(0.0, -delta, min(1.0, 1 - delta, root))

    def excess(delta: float) -> float:
        p1 = likeliest_p1(delta)
        return _score_angle(p1, n1, p1 + delta, n2, observed - delta) - atan(z)

    return float(brentq(excess, observed, 1, xtol=1e-18)) if observed < 1 else 1.0


def miettinen_nurminen_difference(
    x1: float, n1: float, x2: float, n2: float, level: float = 0.95
) -> Interval:
    """Give the score interval of p2 - p1 (Miettinen and Nurminen 1985).

    Own code, because that of statsmodels 0.15.0 is wrong (its issue 10269).
    """
    _check_sample(x1, n1, "1")
    _check_sample(x2, n2, "2")
    z = float(norm.isf(_error_rate(level) / 2))
    lower = -_upper_difference(x2, n2, x1, n1, z)
    return Interval(lower, _upper_difference(x1, n1, x2, n2, z))


def _upper_ratio(x1: float, n1: float, x2: float, n2: float, z: float) -> float:
    """Find the largest p2 / p1 that the score test does not reject."""
    if x1 == 0:
        return inf
    n, x = n1 + n2, x1 + x2

    def excess(ratio: float) -> float:
        b = n1 + x2 + ratio * (n2 + x1)
        root = sqrt(max(0.0, b * b - 4 * ratio * n * x))
        p1 = 2 * x / (b + root)  # the likeliest one, if p2 = ratio p1
        gap = x2 / n2 - ratio * x1 / n1
        return _score_angle(p1, n1, ratio * p1, n2, gap, ratio) - atan(z)

    observed = x2 * n1 / (x1 * n2)
    far = 1 + observed
    while excess(far) < 0:
        far *= 2
    return float(brentq(excess, observed, far, xtol=1e-18))


def miettinen_nurminen_ratio(x1: float, n1: float, x2: float, n2: float, level: float = 0.95) -> Interval:
    """Give the score interval of p2 / p1 (Miettinen and Nurminen 1985).

    The upper limit is infinite if x1 is 0. ValueError: x1 and x2 both 0.
    """
    _check_sample(x1, n1, "1")
    _check_sample(x2, n2, "2")
    _require(x1 + x2 > 0, "x1 and x2 must not both be 0", (x1, x2))
    z = float(norm.isf(_error_rate(level) / 2))
    lower = 1 / _upper_ratio(x2, n2, x1, n1, z)
    return Interval(lower, _upper_ratio(x1, n1, x2, n2, z))


def relative_reduction(earlier: float, later: float) -> float:
    """Give the fall as a part of the earlier value (above 0, any unit); a rise is negative."""
    _require(0 < earlier < inf, "earlier must be finite and above 0", earlier)
    _require(0 <= later < inf, "later must be finite and at least 0", later)
    return 1 - later / earlier


def rounding_range(printed: str, rounding: Rounding = "either_half") -> RoundingRange:
    """Give the percentages that are printed like this, cut to 0..100.

    ValueError: printed is no plain decimal from 0 to 100, unknown rounding.
    """
    decimal = re.fullmatch(r"[0-9]+(?:\.([0-9]+))?", printed)
    if decimal is None or Fraction(printed) > 100:
        raise ValueError(f"printed must be a decimal from 0 to 100, got {printed!r}")
    _require(rounding in REACH, f"rounding must be one of {list(REACH)}", rounding)
    below, above, low_closed, high_closed = REACH[rounding]
    half = Fraction(1, 2 * 10 ** len(decimal[1] or ""))
    low, high = Fraction(printed) - below * half, Fraction(printed) + above * half
    low_closed, high_closed = low_closed or low < 0, high_closed or high > 100
    low, high = max(low, Fraction(0)), min(high, Fraction(100))
    return RoundingRange(low, high, low_closed, high_closed)


def _integers(low: Fraction, high: Fraction, with_low: bool, with_high: bool) -> range:
    start = ceil(low) if with_low else floor(low) + 1
    stop = floor(high) + 1 if with_high else ceil(high)
    return range(start, max(start, stop))


def compatible_numerators(printed: str, n: int, rounding: Rounding = "either_half") -> range:
    """List the counts of n that are printed like this (GRIM, Brown and Heathers 2017).

    ValueError: as `rounding_range`.
    """
    _check_sample(0, n)
    r = rounding_range(printed, rounding)
    return _integers(r.low * n / 100, r.high * n / 100, r.low_closed, r.high_closed)


def compatible_denominators(printed: str, x: int, rounding: Rounding = "either_half") -> range:
    """List the sizes of which x people are printed like this (the same turned round).

    ValueError: x below 1, a printed 0 (any large size fits), and as `rounding_range`.
    """
    _require(x >= 1, "x must be at least 1", x)
    r = rounding_range(printed, rounding)
    _require(r.low > 0, "printed must exclude 0 to bound the denominator", printed)
    return _integers(100 * x / r.high, 100 * x / r.low, r.high_closed, r.low_closed)


def jointly_compatible_denominators(
    figures: Sequence[tuple[str, int]], rounding: Rounding = "either_half"
) -> range:
    """List the sizes that fit each pair of printed percentage and count at once.

    ValueError: no figures, and as `compatible_denominators`.
    """
    _require(len(figures) > 0, "figures must not be empty", figures)
    each = [compatible_denominators(printed, x, rounding) for printed, x in figures]
    start, stop = max(r.start for r in each), min(r.stop for r in each)
    return range(start, max(start, stop))


def implied_mean_weight(printed: str, x: int, n: int) -> PointLowHigh:
    """Give the mean weight that makes x of n the printed percentage: point, low, high.

    Over all n weights average 1. ValueError: x below 1, and as `rounding_range`.
    """
    _require(1 <= x <= n, f"x must lie between 1 and n = {n!r}", x)
    r, unweighted = rounding_range(printed), Fraction(100 * x, n)
    return Fraction(printed) / unweighted, r.low / unweighted, r.high / unweighted


def reduction_rounding_range(earlier: str, later: str) -> PointLowHigh:
    """Give the relative fall between two printed percentages: point, low, high.

    Rounding alone moves it so far. ValueError: earlier 0, and as `rounding_range`.
    """
    first, second = rounding_range(earlier), rounding_range(later)
    _require(first.low > 0, "earlier must exclude 0", earlier)
    point = 1 - Fraction(later) / Fraction(earlier)
    return point, 1 - second.high / first.low, 1 - second.low / first.high
