"""How many people does it take? For plans and for what a plan could have detected.

Never for the power of a difference that was seen: that says no more than its interval.
"""

from bisect import bisect_left
from math import ceil, sqrt

from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from scripts.methods.arguments import (
    check_deff,
    check_sample,
    check_share,
    error_rate,
    normal_quantile,
    require,
)
from scripts.methods.change import newcombe_difference
from scripts.methods.none_found import zero_upper_bound


def smallest_share_seen(n: float, probability: float = 0.95) -> float:
    """Give the smallest share of which n people show at least one with this probability."""
    require(0 < probability < 1, "probability must lie between 0 and 1", probability)
    return zero_upper_bound(n, probability)


def n_for_half_width(share: float, half_width: float, deff: float = 1, level: float = 0.95) -> int:
    """Count the people whose share has an interval so wide on either side, by Wald, rounded up.

    ValueError: share or half_width not within 0..1.
    """
    require(0 < share < 1, "share must lie between 0 and 1", share)
    require(0 < half_width < 1, "half_width must lie between 0 and 1", half_width)
    check_deff(deff)
    exact = deff * share * (1 - share) * (normal_quantile(level) / half_width) ** 2
    return max(1, ceil(round(exact, 9)))  # rounded, lest float noise add a person


def power_of_two_shares(p1: float, n1: float, p2: float, n2: float, level: float = 0.95) -> float:
    """Say how often two samples show a difference, by the pooled test of two shares, two-sided.

    Divide n by the design effect first. ValueError: p1 or p2 outside 0..1, both 0 or 1.
    """
    check_sample(0, n1, "1")
    check_sample(0, n2, "2")
    _check_two_shares(p1, p2)
    return _power(p1, n1, p2, n2, error_rate(level))


def _check_two_shares(p1: float, p2: float) -> None:
    check_share("p1", p1)
    check_share("p2", p2)
    require(0 < p1 < 1 or 0 < p2 < 1, "p1 and p2 must not both be 0 or 1", (p1, p2))


def _power(p1: float, n1: float, p2: float, n2: float, error: float) -> float:
    pooled = (p1 * n1 + p2 * n2) / (n1 + n2)
    needed = -ndtri(error / 2) * sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    spread = sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    return float(ndtr((p2 - p1 - needed) / spread) + ndtr((p1 - p2 - needed) / spread))


def detectable_lower_share(p1: float, n: float, power: float = 0.8, level: float = 0.95) -> float:
    """Give the later share that is just low enough below p1 to be told from it, n people a wave.

    Divide n by the design effect first. ValueError: p1 or power not within 0..1, power no more
    than the error, n too small to tell p1 from 0.
    """
    require(0 < p1 < 1, "p1 must lie between 0 and 1", p1)
    check_sample(0, n)
    _check_power(power, level)
    error = error_rate(level)

    def excess(p2: float) -> float:
        return _power(p1, n, p2, n, error) - power

    require(excess(0) >= 0, f"n must be large enough to tell p1 = {p1!r} from 0", n)
    return float(brentq(excess, 0, p1, xtol=1e-18))


def n_per_wave(p1: float, p2: float, power: float = 0.8, deff: float = 1, level: float = 0.95) -> int:
    """Count the people each of two waves needs to show the change from p1 to p2.

    ValueError: p1 as p2, both 0 or 1, deff 0 or less, power no more than the error.
    """
    _check_two_shares(p1, p2)
    require(p1 != p2, f"p2 must differ from p1 = {p1!r}", p2)
    check_deff(deff)
    _check_power(power, level)
    error, enough = error_rate(level), 1

    def reached(n: int) -> float:
        return _power(p1, n / deff, p2, n / deff, error)

    while reached(enough) < power:
        enough *= 2
    return bisect_left(range(enough), power, lo=1, key=reached)


def _check_power(power: float, level: float) -> None:
    error = error_rate(level)
    require(error < power < 1, f"power must lie between the error {error:.9g} and 1", power)


def deff_until_significance(x1: float, n1: float, x2: float, n2: float, level: float = 0.95) -> float:
    """Give the common design effect up to which the Newcombe difference excludes zero.

    Below 1 it does not even for independent people; 0 if the shares are equal. At most the
    smaller n, where one person is left.
    """
    newcombe_difference(x1, n1, x2, n2, level)
    if x1 * n2 == x2 * n1:
        return 0.0

    def margin(deff: float) -> float:  # above 0 while zero lies outside
        found = newcombe_difference(x1 / deff, n1 / deff, x2 / deff, n2 / deff, level)
        return max(found.lower, -found.upper)

    low = high = float(min(n1, n2))
    if margin(high) > 0:
        return high
    while margin(low) <= 0:
        low /= 2
    return float(brentq(margin, low, high, xtol=1e-18))
