"""None was found: how many may there be all the same?

Rates and bounds are one-sided: they rule out large shares only, because 0 is the lower end.
"""

from bisect import bisect_left
from fractions import Fraction
from math import ceil, comb, expm1, log, log1p

from scripts.methods.arguments import check_deff, check_sample, check_share, error_rate, require
from scripts.methods.clustering import effective_n


def zero_upper_bound(n: float, level: float = 0.95) -> float:
    """Bound a share of which n people show none, for none found is not none there.

    Exact and one-sided (Hanley and Lippman-Hand 1983).
    """
    check_sample(0, n)
    return -expm1(log(error_rate(level)) / n)


def zero_upper_bound_two_sided(n: float, level: float = 0.95) -> float:
    """Give the upper limit of Clopper and Pearson (1934) at none of n.

    It spends half the error on a lower limit that cannot fail, so it is wider than need be.
    """
    return zero_upper_bound(n, 1 - error_rate(level) / 2)


def rule_of_three(n: float) -> float:
    """Approximate the one-sided bound at 95 % as 3 / n, at most 1 (Hanley and Lippman-Hand 1983)."""
    check_sample(0, n)
    return min(1.0, 3 / n)


def zero_upper_bound_clustered(n: float, deff: float, level: float = 0.95) -> float:
    """Bound the share by the independent people that n in clusters are worth.

    ValueError: deff above n, for no one would be left.
    """
    people = effective_n(n, deff)
    require(people >= 1, f"deff must be at most n = {n!r}", deff)
    return zero_upper_bound(people, level)


def zero_upper_bound_with_sensitivity(n: float, sensitivity: float, level: float = 0.95) -> float:
    """Bound the share if only this part of those with the trait would be recognised, at most 1.

    Who is not recognised counts as not found. ValueError: sensitivity 0 or above 1.
    """
    _check_sensitivity(sensitivity)
    return min(1.0, zero_upper_bound(n, level) / sensitivity)


def _check_sensitivity(sensitivity: float) -> None:
    require(0 < sensitivity <= 1, "sensitivity must be above 0 and at most 1", sensitivity)


def most_unseen(population: int, n: int, level: float = 0.95) -> int:
    """Count how many of a closed population may have the trait if n of them were seen and none has.

    The largest number that leaves a chance above the error of drawing none (hypergeometric, in
    whole numbers, so a tie is a tie). ValueError: population below n.
    """
    require(n <= population, f"population must be at least n = {n!r}", population)
    most = min(population - n, ceil(population * zero_upper_bound(n, level)))
    error = 1 - Fraction(str(level))

    def excluded(number: int) -> bool:
        few, many = sorted((number, n))
        return comb(population - many, few) <= error * comb(population, few)

    return bisect_left(range(most + 1), True, key=excluded) - 1


def n_to_exclude(rate: float, level: float = 0.95, deff: float = 1, sensitivity: float = 1) -> int:
    """Count the people who must show none to exclude a rate in 0..1: the bound turned round.

    ValueError: deff 0 or less, sensitivity 0 or above 1.
    """
    require(0 < rate < 1, "rate must lie between 0 and 1", rate)
    check_deff(deff)
    _check_sensitivity(sensitivity)
    exact = deff * log(error_rate(level)) / log1p(-rate * sensitivity)
    return max(1, ceil(round(exact, 9)))  # rounded, lest float noise add a person


def chance_of_none(rate: float, n: float) -> float:
    """Say how often n independent people show none although this part has the trait."""
    check_sample(0, n)
    check_share("rate", rate)
    return float((1 - rate) ** n)
