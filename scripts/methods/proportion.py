"""Confidence intervals of a single proportion, for a sample of independent people.

For “none found” there are one-sided bounds: they rule out only large shares, because the lower end is 0.
"""

from math import ceil, expm1, log, log1p, sqrt

from scipy.special import betainccinv, betaincinv

from scripts.methods.common import LEVEL, Interval, check_sample, normal_quantile


def wilson(x: float, n: float, level: float = LEVEL) -> Interval:
    """Wilson's score interval of a proportion.

    Sound for small shares too (Wilson 1927).
    """
    check_sample(x, n)
    z = normal_quantile(level)
    root = z * sqrt(z * z + 4 * x * (n - x) / n)

    def lower(count: float) -> float:
        # Centre minus half-width would lose digits near 0. In this form the limit at 0 is exactly 0.
        return 2 * count * count / n / (2 * count + z * z + root)

    return Interval(lower(x), 1 - lower(n - x))


def clopper_pearson(x: float, n: float, level: float = LEVEL) -> Interval:
    """The exact Clopper-Pearson interval of a proportion.

    It covers at least as often as its level says (Clopper and Pearson 1934).
    """
    check_sample(x, n)
    tail = (1 - level) / 2
    lower = float(betaincinv(x, n - x + 1, tail)) if x > 0 else 0.0
    upper = float(betainccinv(x + 1, n - x, tail)) if x < n else 1.0
    return Interval(lower, upper)


def zero_upper_bound(n: float, level: float = LEVEL) -> float:
    """The exact one-sided upper bound of a proportion when none of n has the trait.

    The rule of three approximates it by 3 / n at 95% (Hanley and Lippman-Hand 1983).
    """
    check_sample(0, n)
    return -expm1(log(1 - level) / n)  # 1 - error ** (1 / n) would lose digits for large n


def sample_size_to_exclude_rate(
    rate: float, level: float = LEVEL, deff: float = 1, sensitivity: float = 1
) -> int:
    """The number of people who must all be negative to exclude a rate in 0..1.

    The bound turned round; sensitivity is the part of those with the trait who would be recognised.
    """
    exact = deff * log(1 - level) / log1p(-rate * sensitivity)
    return max(1, ceil(round(exact, 9)))  # rounded, so that float noise adds no person


def chance_of_none(rate: float, n: float) -> float:
    """The binomial probability that none of n independent people has the trait.

    rate in 0..1 is the part that has the trait, or that is in one place of several.
    """
    check_sample(0, n)
    return float((1 - rate) ** n)
