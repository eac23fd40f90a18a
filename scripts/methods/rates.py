"""Counts by a number of places: did the people met in a place become fewer?

The counts are taken as Poisson: people met one by one, in places that do not differ. Where they differ, the
variance is larger, and its inflation says how much larger it may be.
"""

from math import inf, log

from scripts.methods.arguments import LEVEL, Interval, check_count, normal_quantile, numbers_only, require
from scripts.methods.proportion import clopper_pearson


def _check_rates(x1: float, t1: float, x2: float, t2: float) -> None:
    check_count("x1", x1)
    check_count("x2", x2)
    require(0 < t1 < inf, "t1 must be finite and above 0", t1)
    require(0 < t2 < inf, "t2 must be finite and above 0", t2)


@numbers_only
def poisson_ratio(x1: float, t1: float, x2: float, t2: float, level: float = LEVEL) -> Interval:
    """The exact conditional interval of (x2 / t2) / (x1 / t1): given the sum, the later count is binomial.

    So it is that of Clopper and Pearson (1934). The upper limit is infinite if x1 is 0. ValueError: both
    counts 0.
    """
    _check_rates(x1, t1, x2, t2)
    require(x1 + x2 > 0, "x1 and x2 must not both be 0", (x1, x2))
    part = clopper_pearson(x2, x1 + x2, level)

    def ratio(share: float) -> float:
        return share / (1 - share) * t1 / t2 if share < 1 else inf

    return Interval(ratio(part.lower), ratio(part.upper))


@numbers_only
def variance_inflation_until_no_change(
    x1: float, t1: float, x2: float, t2: float, level: float = LEVEL
) -> float:
    """The tipping point of the variance: how many times that of Poisson counts makes no change possible?

    By the normal interval of the logarithm of the ratio. 0 if the two rates are equal. ValueError: a count
    of 0.
    """
    _check_rates(x1, t1, x2, t2)
    require(min(x1, x2) > 0, "x1 and x2 must be above 0", (x1, x2))
    gap = log(x2 / t2) - log(x1 / t1)
    return (gap / normal_quantile(level)) ** 2 / (1 / x1 + 1 / x2)


@numbers_only
def least_places_without(x: float, places: float) -> float:
    """The fewest places that met none of x people: at most one of them was met in each other place."""
    check_count("x", x)
    check_count("places", places)
    return max(0, places - x)
