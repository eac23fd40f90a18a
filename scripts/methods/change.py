"""How large is the change from the earlier wave to the later? As if the two samples were independent."""

from math import asin, atan, atan2, exp, inf, sin, sqrt

from scipy.optimize import brentq

from scripts.methods.arguments import Interval, check_sample, normal_quantile, require
from scripts.methods.proportion import wilson


def _check_waves(x1: float, n1: float, x2: float, n2: float) -> None:
    check_sample(x1, n1, "1")
    check_sample(x2, n2, "2")


def newcombe_difference(x1: float, n1: float, x2: float, n2: float, level: float = 0.95) -> Interval:
    """Give the interval of p2 - p1 from the two Wilson intervals (Newcombe 1998)."""
    _check_waves(x1, n1, x2, n2)
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
    return atan2(abs(gap), sqrt(max(0.0, variance)))


def _widened(z: float, n: float) -> float:
    """Allow for a variance estimated from n people in all, as Miettinen and Nurminen do."""
    return z * sqrt(n / (n - 1))


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
    _check_waves(x1, n1, x2, n2)
    z = _widened(normal_quantile(level), n1 + n2)
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


def _score_ratio(x1: float, n1: float, x2: float, n2: float, level: float, corrected: bool) -> Interval:
    _check_waves(x1, n1, x2, n2)
    require(x1 + x2 > 0, "x1 and x2 must not both be 0", (x1, x2))
    plain = normal_quantile(level)
    z = _widened(plain, n1 + n2) if corrected else plain
    return Interval(1 / _upper_ratio(x2, n2, x1, n1, z), _upper_ratio(x1, n1, x2, n2, z))


def koopman_ratio(x1: float, n1: float, x2: float, n2: float, level: float = 0.95) -> Interval:
    """Give the score interval of p2 / p1, sound for small shares too (Koopman 1984).

    The upper limit is infinite if x1 is 0. ValueError: x1 and x2 both 0.
    """
    return _score_ratio(x1, n1, x2, n2, level, corrected=False)


def miettinen_nurminen_ratio(x1: float, n1: float, x2: float, n2: float, level: float = 0.95) -> Interval:
    """Give the same a little wider, for the variance is estimated (Miettinen and Nurminen 1985).

    The upper limit is infinite if x1 is 0. ValueError: x1 and x2 both 0.
    """
    return _score_ratio(x1, n1, x2, n2, level, corrected=True)


def katz_ratio(x1: float, n1: float, x2: float, n2: float, level: float = 0.95) -> Interval:
    """Give the plain interval of p2 / p1 on the log scale, for comparison (Katz and others 1978).

    ValueError: x1 or x2 of 0, for the log has no limits there.
    """
    _check_waves(x1, n1, x2, n2)
    require(x1 > 0 and x2 > 0, "x1 and x2 must be above 0", (x1, x2))
    variance = (n1 - x1) / (n1 * x1) + (n2 - x2) / (n2 * x2)
    return _around_log(x2 * n1 / (x1 * n2), variance, level)


def odds_ratio(x1: float, n1: float, x2: float, n2: float, level: float = 0.95) -> Interval:
    """Give the interval of the later odds over the earlier on the log scale (Woolf 1955).

    ValueError: x1 or x2 of 0 or n, for the log has no limits there.
    """
    _check_waves(x1, n1, x2, n2)
    require(0 < x1 < n1 and 0 < x2 < n2, "x1 and x2 must be neither 0 nor n", (x1, x2))
    variance = 1 / x1 + 1 / (n1 - x1) + 1 / x2 + 1 / (n2 - x2)
    return _around_log(x2 * (n1 - x1) / (x1 * (n2 - x2)), variance, level)


def _around_log(ratio: float, variance: float, level: float) -> Interval:
    reach = exp(normal_quantile(level) * sqrt(variance))
    return Interval(ratio / reach, ratio * reach)


def relative_reduction(earlier: float, later: float) -> float:
    """Give the fall as a part of the earlier value (above 0, any unit); a rise is negative."""
    require(0 < earlier < inf, "earlier must be finite and above 0", earlier)
    require(0 <= later < inf, "later must be finite and at least 0", later)
    return 1 - later / earlier
