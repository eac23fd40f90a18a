"""What are people worth who were met together or carry unequal weights?"""

from math import inf

from scipy.special import stdtrit

from scripts.methods.arguments import Interval, check_deff, check_sample, error_rate, require
from scripts.methods.proportion import clopper_pearson, wilson


def design_effect_from_icc(mean_cluster_size: float, icc: float) -> float:
    """Say how clusters of 1 or more people inflate the variance, icc in 0..1 (Kish 1965)."""
    return design_effect_unequal(mean_cluster_size, 0, icc)


def design_effect_unequal(mean_cluster_size: float, cv: float, icc: float) -> float:
    """Say the same where cluster sizes vary; cv is their standard deviation over their mean.

    ValueError: cv below 0 (Eldridge, Ashby and Kerry 2006).
    """
    size = mean_cluster_size
    require(1 <= size < inf, "mean_cluster_size must be finite and at least 1", size)
    require(0 <= cv < inf, "cv must be finite and at least 0", cv)
    require(0 <= icc <= 1, "icc must lie between 0 and 1", icc)
    return 1 + ((cv * cv + 1) * size - 1) * icc


def design_effect_of_weights(cv: float) -> float:
    """Say how weights unrelated to the trait inflate the variance (Kish 1992).

    cv is their standard deviation over their mean. ValueError: cv below 0.
    """
    require(0 <= cv < inf, "cv must be finite and at least 0", cv)
    return 1 + cv * cv


def effective_n(n: float, deff: float) -> float:
    """Give the independent people worth as much as n, deff above 0 (Kish 1965)."""
    check_sample(0, n)
    check_deff(deff)
    return n / deff


def wilson_effective(x: float, n: float, deff: float, level: float = 0.95) -> Interval:
    """Give the Wilson interval of the same share among the people that n are worth.

    ValueError: deff above n, for no one would be left.
    """
    check_sample(x, n)
    people = effective_n(n, deff)
    require(people >= 1, f"deff must be at most n = {n!r}", deff)
    return wilson(x / n * people, people, level)


def korn_graubard(x: float, n: float, deff: float, df: float, level: float = 0.95) -> Interval:
    """Give the exact interval of a share from few clusters (Korn and Graubard 1998).

    df is the clusters less the strata: the fewer, the less is known of the design effect.
    ValueError: n of 1 or less, df 0 or less, too large a deff, for no one would be left.
    """
    check_sample(x, n)
    require(n > 1, "n must be above 1", n)
    require(0 < df < inf, "df must be finite and above 0", df)
    tail = error_rate(level) / 2
    people = effective_n(n, deff) * float(stdtrit(n - 1, tail) / stdtrit(df, tail)) ** 2
    require(people >= 1, f"deff must leave one person of n = {n!r} with df = {df!r}", deff)
    return clopper_pearson(x / n * people, people, level)
