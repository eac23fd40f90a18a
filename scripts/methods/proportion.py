"""Intervals of a single proportion: how precise is a share of a sample of independent people?"""

from math import sqrt

from scipy.special import betainccinv, betaincinv

from scripts.methods.arguments import (
    LEVEL,
    Interval,
    check_sample,
    error_rate,
    normal_quantile,
    numbers_only,
)


@numbers_only
def wilson(x: float, n: float, level: float = LEVEL) -> Interval:
    """Wilson's score interval: which shares does the score test not reject?

    Sound for small shares too (Wilson 1927).
    """
    check_sample(x, n)
    z = normal_quantile(level)
    root = z * sqrt(z * z + 4 * x * (n - x) / n)

    def lower(count: float) -> float:
        # Centre minus reach would cancel near 0. Multiplied out, the limit at 0 is exactly 0.
        return 2 * count * count / n / (2 * count + z * z + root)

    return Interval(lower(x), 1 - lower(n - x))


@numbers_only
def clopper_pearson(x: float, n: float, level: float = LEVEL) -> Interval:
    """The exact interval of Clopper and Pearson: which shares makes neither binomial tail too rare?

    It covers at least as often as its level says (Clopper and Pearson 1934).
    """
    check_sample(x, n)
    tail = error_rate(level) / 2
    lower = float(betaincinv(x, n - x + 1, tail)) if x > 0 else 0.0
    upper = float(betainccinv(x + 1, n - x, tail)) if x < n else 1.0
    return Interval(lower, upper)
