"""How precise is a share of a sample? Five intervals, as if people were independent."""

from math import sqrt

from scipy.optimize import brentq
from scipy.special import betainc, betainccinv, betaincinv

from scripts.methods.arguments import Interval, check_sample, error_rate, normal_quantile


def wilson(x: float, n: float, level: float = 0.95) -> Interval:
    """Give the score interval of a share (Wilson 1927), sound for small ones too."""
    check_sample(x, n)
    z = normal_quantile(level)
    root = z * sqrt(z * z + 4 * x * (n - x) / n)

    def lower(count: float) -> float:  # exactly 0 at 0, free of cancellation
        return 2 * count * count / n / (2 * count + z * z + root)

    return Interval(lower(x), 1 - lower(n - x))


def clopper_pearson(x: float, n: float, level: float = 0.95) -> Interval:
    """Give the interval that never covers too rarely (Clopper and Pearson 1934)."""
    check_sample(x, n)
    tail = error_rate(level) / 2
    lower = float(betaincinv(x, n - x + 1, tail)) if x > 0 else 0.0
    upper = float(betainccinv(x + 1, n - x, tail)) if x < n else 1.0
    return Interval(lower, upper)


def jeffreys(x: float, n: float, level: float = 0.95) -> Interval:
    """Give the Bayesian interval with a prior that favours no scale of the share.

    It starts at 0 if x is 0 and ends at 1 if x is n (Brown, Cai and DasGupta 2001).
    """
    check_sample(x, n)
    tail = error_rate(level) / 2
    lower = float(betaincinv(x + 0.5, n - x + 0.5, tail)) if x > 0 else 0.0
    upper = float(betainccinv(x + 0.5, n - x + 0.5, tail)) if x < n else 1.0
    return Interval(lower, upper)


def agresti_coull(x: float, n: float, level: float = 0.95) -> Interval:
    """Give the textbook interval after some people are added to each side, cut to 0..1.

    It can be worked out by hand and is never narrower than Wilson's (Agresti and Coull 1998).
    """
    check_sample(x, n)
    z = normal_quantile(level)
    people = n + z * z
    centre = (x + z * z / 2) / people
    reach = z * sqrt(centre * (1 - centre) / people)
    return Interval(max(0.0, centre - reach), min(1.0, centre + reach))


def mid_p(x: float, n: float, level: float = 0.95) -> Interval:
    """Give the exact interval that counts only half of the outcome seen (Lancaster 1961).

    Shorter than that of Clopper and Pearson, at the price of covering too rarely now and then.
    """
    check_sample(x, n)
    tail = error_rate(level) / 2
    return Interval(_mid_p_lower(x, n, tail), 1 - _mid_p_lower(n - x, n, tail))


def _mid_p_lower(x: float, n: float, tail: float) -> float:
    """Find the share at which more than x, and x by half, are as rare as the tail."""
    if x == 0:
        return 0.0
    if x == n:
        return float((2 * tail) ** (1 / n))

    def excess(share: float) -> float:
        return float(betainc(x, n - x + 1, share) + betainc(x + 1, n - x, share)) / 2 - tail

    low, high = float(betaincinv(x, n - x + 1, tail)), float(betaincinv(x + 1, n - x, tail))
    return float(brentq(excess, low, high, xtol=1e-18))
