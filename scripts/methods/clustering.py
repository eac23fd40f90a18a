"""Design effects of Kish: what are people worth as a sample who were met together?"""

from math import sqrt

from scripts.methods.arguments import LEVEL, Interval, check_shares
from scripts.methods.proportion import wilson


def design_effect_from_icc(mean_cluster_size: float, icc: float) -> float:
    """Design effect of equal clusters: how much does likeness within them inflate the variance?

    Clusters hold 1 or more people; icc in 0..1 is the intraclass correlation (Kish 1965).
    """
    return design_effect_unequal(mean_cluster_size, 0, icc)


def design_effect_unequal(mean_cluster_size: float, cv: float, icc: float) -> float:
    """Design effect of unequal clusters: how much does likeness within them inflate the variance?

    cv, the coefficient of variation, is the standard deviation of the sizes over their mean
    (Eldridge, Ashby and Kerry 2006).
    """
    check_shares(icc=icc)
    return 1 + ((cv * cv + 1) * mean_cluster_size - 1) * icc


def cv_for_design_effect(mean_cluster_size: float, deff: float) -> float:
    """The coefficient of variation at an icc of 1: how unequal must clusters be for this design effect?

    0 where equal clusters are enough. It turns `design_effect_unequal` round.
    """
    equal = design_effect_unequal(mean_cluster_size, 0, 1)
    return sqrt(max(0.0, deff / equal - 1))


def effective_n(n: float, deff: float) -> float:
    """Effective sample size: how many independent people are as much worth as n?

    deff is the design effect, above 0 (Kish 1965).
    """
    return n / deff


def wilson_effective(x: float, n: float, deff: float, level: float = LEVEL) -> Interval:
    """Wilson's score interval at the effective sample size: how precise is a share from clusters?"""
    people = effective_n(n, deff)
    return wilson(x / n * people, people, level)
