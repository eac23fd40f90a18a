"""Design effects of Kish: what are people worth as a sample who were met together?"""

from math import inf, sqrt

from scripts.methods.arguments import LEVEL, Interval, check_deff, check_sample, require
from scripts.methods.proportion import wilson


def design_effect_from_icc(mean_cluster_size: float, icc: float) -> float:
    """Design effect of equal clusters: how much does likeness within them inflate the variance?

    Clusters hold 1 or more people; icc in 0..1 is the intraclass correlation (Kish 1965).
    """
    return design_effect_unequal(mean_cluster_size, 0, icc)


def design_effect_unequal(mean_cluster_size: float, cv: float, icc: float) -> float:
    """Design effect of unequal clusters: how much does likeness within them inflate the variance?

    cv, the coefficient of variation, is the standard deviation of the sizes over their mean.
    ValueError: cv below 0 (Eldridge, Ashby and Kerry 2006).
    """
    size = mean_cluster_size
    require(1 <= size < inf, "mean_cluster_size must be finite and at least 1", size)
    require(0 <= cv < inf, "cv must be finite and at least 0", cv)
    require(0 <= icc <= 1, "icc must lie between 0 and 1", icc)
    return 1 + ((cv * cv + 1) * size - 1) * icc


def cv_for_design_effect(mean_cluster_size: float, deff: float) -> float:
    """The coefficient of variation at an icc of 1: how unequal must clusters be for this design effect?

    0 where equal clusters are enough. It turns `design_effect_unequal` round.
    """
    equal = design_effect_unequal(mean_cluster_size, 0, 1)
    check_deff(deff)
    return sqrt(max(0.0, deff / equal - 1))


def effective_n(n: float, deff: float) -> float:
    """Effective sample size: how many independent people are as much worth as n?

    deff is the design effect, above 0 (Kish 1965).
    """
    check_sample(0, n)
    check_deff(deff)
    return n / deff


def wilson_effective(x: float, n: float, deff: float, level: float = LEVEL) -> Interval:
    """Wilson's score interval at the effective sample size: how precise is a share from clusters?

    ValueError: deff above n, for no one would be left.
    """
    check_sample(x, n)
    people = effective_n(n, deff)
    require(people >= 1, f"deff must be at most n = {n!r}", deff)
    return wilson(x / n * people, people, level)
