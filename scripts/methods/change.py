"""Differences and ratios of two proportions or rates, to say how large a change between surveys is.

The two samples are treated as independent. Counts per place are taken to be Poisson: encounters are
independent, and all places have the same rate. If rates differ, the variance is larger; the variance
inflation says how much larger it may be before the counts no longer show a change.
"""

from math import asin, atan, atan2, inf, log, sin, sqrt

from scipy.optimize import brentq

from scripts.methods.common import LEVEL, Interval, raise_if_impossible_count, two_sided_normal_quantile
from scripts.methods.proportion import clopper_pearson_interval, wilson_interval

FINE = 1e-18  # the tolerance for brentq; its default of 2e-12 is too coarse for limits near 0


def _check_both_samples(x1: float, n1: float, x2: float, n2: float) -> None:
    raise_if_impossible_count(x1, n1, "1")
    raise_if_impossible_count(x2, n2, "2")


def newcombe_difference(x1: float, n1: float, x2: float, n2: float, level: float = LEVEL) -> Interval:
    """Newcombe's hybrid score interval for p2 - p1, from two Wilson intervals.

    Method 10 in Newcombe (1998), without continuity correction: the square-and-add method.
    """
    _check_both_samples(x1, n1, x2, n2)
    p1, p2 = x1 / n1, x2 / n2
    w1, w2 = wilson_interval(x1, n1, level), wilson_interval(x2, n2, level)
    below = sqrt((p2 - w2.lower) ** 2 + (w1.upper - p1) ** 2)
    above = sqrt((w2.upper - p2) ** 2 + (p1 - w1.lower) ** 2)
    return Interval(p2 - p1 - below, p2 - p1 + above)


def _arctangent_of_score_statistic(
    gap: float, p1: float, n1: float, p2: float, n2: float, ratio: float = 1
) -> float:
    """Return the arctangent of the size of the score statistic, where gap estimates p2 - ratio * p1.

    The arctangent stays finite when the variance is zero and the statistic is therefore infinite.
    """
    variance = p2 * (1 - p2) / n2 + ratio**2 * p1 * (1 - p1) / n1
    return atan2(abs(gap), sqrt(max(0.0, variance)))


def _quantile_for_estimated_variance(level: float, n: float) -> float:
    """The normal quantile, enlarged because the variance is estimated from n people in both samples."""
    return two_sided_normal_quantile(level) * sqrt(n / (n - 1))


def _score_upper_limit_for_difference(x1: float, n1: float, x2: float, n2: float, z: float) -> float:
    """The upper score limit for p2 - p1: the largest difference that the test does not reject."""
    n, observed = n1 + n2, x2 / n2 - x1 / n1

    def likeliest_p1(delta: float) -> float:
        # The middle root of a cubic, in closed form, since a numerical search could find another root.
        b = ((2 * n1 + n2) * delta - n - x1 - x2) / n
        c = (n1 * delta**2 - (2 * x1 + n) * delta + x1 + x2) / n
        centre, spread = -b / 3, sqrt(max(0.0, b * b / 9 - c / 3))
        height = ((centre + b) * centre + c) * centre + x1 * delta * (1 - delta) / n
        sine = height / (2 * spread**3) if spread > 0 else 0.0
        root = centre + 2 * spread * sin(asin(max(-1.0, min(1.0, sine))) / 3)
        return max(0.0, -delta, min(1.0, 1 - delta, root))

    def excess(delta: float) -> float:
        p1 = likeliest_p1(delta)
        return _arctangent_of_score_statistic(
            gap=observed - delta, p1=p1, n1=n1, p2=p1 + delta, n2=n2
        ) - atan(z)

    return float(brentq(excess, observed, 1, xtol=FINE)) if observed < 1 else 1.0


def miettinen_nurminen_difference(
    x1: float, n1: float, x2: float, n2: float, level: float = LEVEL
) -> Interval:
    """The Miettinen-Nurminen score interval for p2 - p1.

    The interval is slightly wide, because the variance is estimated (Miettinen and Nurminen 1985). This is
    our own code, because statsmodels 0.15.0 computes this interval wrongly (its issue 10269).
    """
    _check_both_samples(x1, n1, x2, n2)
    z = _quantile_for_estimated_variance(level, n1 + n2)
    lower = -_score_upper_limit_for_difference(x1=x2, n1=n2, x2=x1, n2=n1, z=z)
    return Interval(lower, _score_upper_limit_for_difference(x1=x1, n1=n1, x2=x2, n2=n2, z=z))


def _upper_score_limit_of_ratio(x1: float, n1: float, x2: float, n2: float, z: float) -> float:
    """The upper score limit for p2 / p1: the largest ratio that the test does not reject."""
    if x1 == 0:
        return inf
    n, x = n1 + n2, x1 + x2

    def excess(ratio: float) -> float:
        b = n1 + x2 + ratio * (n2 + x1)
        root = sqrt(max(0.0, b * b - 4 * ratio * n * x))
        p1 = 2 * x / (b + root)  # the maximum likelihood estimate if p2 = ratio p1
        gap = x2 / n2 - ratio * x1 / n1
        return _arctangent_of_score_statistic(
            gap=gap, p1=p1, n1=n1, p2=ratio * p1, n2=n2, ratio=ratio
        ) - atan(z)

    observed = x2 * n1 / (x1 * n2)
    far = 1 + observed
    while excess(far) < 0:  # a ratio has no upper bound from which to start the search
        far *= 2
    return float(brentq(excess, observed, far, xtol=FINE))


def miettinen_nurminen_ratio(x1: float, n1: float, x2: float, n2: float, level: float = LEVEL) -> Interval:
    """The Miettinen-Nurminen score interval for p2 / p1.

    Reliable for small shares too; the upper limit is infinite if x1 is 0 (Miettinen and Nurminen 1985).
    """
    _check_both_samples(x1, n1, x2, n2)
    z = _quantile_for_estimated_variance(level, n1 + n2)
    lower = 1 / _upper_score_limit_of_ratio(x1=x2, n1=n2, x2=x1, n2=n1, z=z)
    return Interval(lower, _upper_score_limit_of_ratio(x1=x1, n1=n1, x2=x2, n2=n2, z=z))


def relative_reduction(earlier: float, later: float) -> float:
    """The relative reduction: the fall as a proportion of the earlier value.

    Both values must be in the same unit; the result is negative for a rise.
    """
    return 1 - later / earlier


def poisson_rate_ratio_interval(
    x1: float, t1: float, x2: float, t2: float, level: float = LEVEL
) -> Interval:
    """The exact conditional interval for the rate ratio (x2 / t2) / (x1 / t1).

    Given the sum of both counts, the later count is binomial, so this is the interval of Clopper and
    Pearson (1934). The upper limit is infinite if x1 is 0.
    """
    part = clopper_pearson_interval(x2, x1 + x2, level)

    def ratio(share: float) -> float:
        return share / (1 - share) * t1 / t2 if share < 1 else inf

    return Interval(ratio(part.lower), ratio(part.upper))


def variance_inflation_until_no_change(
    x1: float, t1: float, x2: float, t2: float, level: float = LEVEL
) -> float:
    """The factor by which to multiply the Poisson variance for the counts to be compatible with no change.

    Uses the normal interval for the logarithm of the ratio; 0 if the two rates are equal.
    """
    gap = log(x2 / t2) - log(x1 / t1)
    return (gap / two_sided_normal_quantile(level)) ** 2 / (1 / x1 + 1 / x2)
