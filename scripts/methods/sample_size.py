"""Sample sizes for a planned survey, and the design effect at which a result is no longer significant.

The power of an observed difference is never computed: it says no more than the interval does.
"""

from bisect import bisect_left
from math import ceil, sqrt

from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from scripts.methods.change import FINE, newcombe_difference
from scripts.methods.common import LEVEL, raise_unless_possible, two_sided_normal_quantile


def sample_size_for_interval_half_width(
    share: float, half_width: float, deff: float = 1, level: float = LEVEL
) -> int:
    """The Wald sample size, rounded up, that gives a confidence interval of this half-width.

    deff is the design effect.
    """
    exact = deff * share * (1 - share) * (two_sided_normal_quantile(level) / half_width) ** 2
    return max(1, ceil(round(exact, 9)))  # rounded first, so that float error adds no person


def _power_of_two_share_test(p1: float, p2: float, n: float, error: float) -> float:
    """The power of the pooled two-sided test of two shares, with n people in each survey."""
    pooled = (p1 + p2) / 2
    needed = -ndtri(error / 2) * sqrt(pooled * (1 - pooled) * 2 / n)
    spread = sqrt(p1 * (1 - p1) / n + p2 * (1 - p2) / n)
    return float(ndtr((p2 - p1 - needed) / spread) + ndtr((p1 - p2 - needed) / spread))


def sample_size_per_wave_for_power(
    p1: float, p2: float, power: float = 0.8, deff: float = 1, level: float = LEVEL
) -> int:
    """The sample size per survey that detects a change from p1 to p2 with this power.

    Raises ValueError if p1 equals p2, or if the power is not above the error rate, since no sample size
    makes sense then.
    """
    raise_unless_possible(p1 != p2, f"p2 must differ from p1 = {p1!r}", p2)
    error, enough = 1 - level, 1
    raise_unless_possible(error < power < 1, f"power must lie between the error {error:.9g} and 1", power)

    def reached(n: int) -> float:
        return _power_of_two_share_test(p1, p2, n / deff, error)

    # The textbook formula is not used, since it leaves out the opposite tail.
    while reached(enough) < power:
        enough *= 2
    return bisect_left(range(enough), power, lo=1, key=reached)


def deff_until_significance(x1: float, n1: float, x2: float, n2: float, level: float = LEVEL) -> float:
    """The largest design effect, the same in both surveys, at which Newcombe's interval excludes zero.

    A result below 1 means that the interval includes zero even for independent people; 0 means that the
    shares are equal. The result is at most the smaller n, at which the effective sample is one person.
    """
    newcombe_difference(x1, n1, x2, n2, level=level)  # raises ValueError for impossible counts
    if x1 * n2 == x2 * n1:
        return 0.0

    def margin(deff: float) -> float:  # positive while the interval excludes zero
        found = newcombe_difference(x1 / deff, n1 / deff, x2 / deff, n2 / deff, level=level)
        return max(found.lower, -found.upper)

    low = high = float(min(n1, n2))
    if margin(high) > 0:
        return high
    while margin(low) <= 0:
        low /= 2
    return float(brentq(margin, low, high, xtol=FINE))
