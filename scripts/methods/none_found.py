"""Bounds from zero events: none was found, so how many may there be all the same?

They are one-sided: they rule out large shares only, because 0 is the lower end.
"""

from math import ceil, expm1, log, log1p

from scripts.methods.arguments import (
    LEVEL,
    check_deff,
    check_sample,
    check_share,
    error_rate,
    numbers_only,
    require,
)


@numbers_only
def zero_upper_bound(n: float, level: float = LEVEL) -> float:
    """The exact one-sided bound at zero events: which share may have the trait if none of n has?

    The rule of three approximates it by 3 / n at 95 % (Hanley and Lippman-Hand 1983).
    """
    check_sample(0, n)
    return -expm1(log(error_rate(level)) / n)  # 1 - error ** (1 / n) would cancel where n is large


@numbers_only
def n_to_exclude(rate: float, level: float = LEVEL, deff: float = 1, sensitivity: float = 1) -> int:
    """The sample size at zero events: how many people must show none to exclude a rate in 0..1?

    The bound turned round; sensitivity is the part of those with the trait who would be recognised.
    ValueError: deff 0 or less, sensitivity 0 or above 1.
    """
    require(0 < rate < 1, "rate must lie between 0 and 1", rate)
    check_deff(deff)
    require(0 < sensitivity <= 1, "sensitivity must be above 0 and at most 1", sensitivity)
    exact = deff * log(error_rate(level)) / log1p(-rate * sensitivity)
    return max(1, ceil(round(exact, 9)))  # rounded, lest float noise add a person


@numbers_only
def chance_of_none(rate: float, n: float) -> float:
    """The binomial chance of zero events: how often do n independent people show none?

    rate in 0..1 is the part that has the trait, or that is in one place of several.
    """
    check_sample(0, n)
    check_share("rate", rate)
    return float((1 - rate) ** n)
