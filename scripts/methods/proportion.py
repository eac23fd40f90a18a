"""Confidence intervals for a single proportion in a sample of independent people.

For “none found” the bounds are one-sided: they only rule out large shares, because the lower limit is 0.
"""

from math import ceil, expm1, log, log1p, sqrt

from scipy.special import betainccinv, betaincinv

from scripts.methods.common import LEVEL, Interval, raise_if_impossible_count, two_sided_normal_quantile


def wilson_interval(x: float, n: float, level: float = LEVEL) -> Interval:
    """Wilson's score interval for a proportion.

    Reliable for small shares too (Wilson 1927).
    """
    raise_if_impossible_count(x, n)
    z = two_sided_normal_quantile(level)
    root = z * sqrt(z * z + 4 * x * (n - x) / n)

    def lower(count: float) -> float:
        # Centre minus half-width would lose digits near 0. In this form the limit at 0 is exactly 0.
        return 2 * count * count / n / (2 * count + z * z + root)

    return Interval(lower(x), 1 - lower(n - x))


def clopper_pearson_interval(x: float, n: float, level: float = LEVEL) -> Interval:
    """The exact Clopper-Pearson interval for a proportion.

    Its coverage is at least its nominal level (Clopper and Pearson 1934).
    """
    raise_if_impossible_count(x, n)
    tail = (1 - level) / 2
    lower = float(betaincinv(x, n - x + 1, tail)) if x > 0 else 0.0
    upper = float(betainccinv(x + 1, n - x, tail)) if x < n else 1.0
    return Interval(lower, upper)


def upper_bound_if_none_found(n: float, level: float = LEVEL) -> float:
    """The exact one-sided upper bound for a proportion when none of n people has the trait.

    At 95%, it is roughly 3 / n, the rule of three (Hanley and Lippman-Hand 1983).
    """
    raise_if_impossible_count(0, n)
    return -expm1(log(1 - level) / n)  # 1 - error ** (1 / n) would lose digits for large n


def sample_size_to_exclude_rate(
    rate: float, level: float = LEVEL, deff: float = 1, sensitivity: float = 1
) -> int:
    """The number of people who must all be negative to rule out a rate in 0..1.

    The inverse of `upper_bound_if_none_found`; sensitivity is the proportion of those with the trait who
    would be recognised.
    """
    exact = deff * log(1 - level) / log1p(-rate * sensitivity)
    return max(1, ceil(round(exact, 9)))  # rounded first, so that float error adds no person


def probability_of_none(rate: float, n: float) -> float:
    """The binomial probability that none of n independent people has the trait.

    rate, in 0..1, is the proportion of people who have the trait, or who are in one of several places.
    """
    raise_if_impossible_count(0, n)
    return float((1 - rate) ** n)
