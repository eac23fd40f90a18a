"""Kish's design effects: the effective sample size when people are seen in clusters."""

from math import sqrt

from scripts.methods.common import LEVEL, Interval
from scripts.methods.proportion import wilson


def design_effect_from_icc(mean_cluster_size: float, icc: float) -> float:
    """The design effect of equal clusters, from their mean size and the intraclass correlation.

    Clusters hold 1 or more people; icc in 0..1 is the intraclass correlation (Kish 1965).
    """
    return 1 + (mean_cluster_size - 1) * icc


def cv_for_design_effect(mean_cluster_size: float, deff: float) -> float:
    """The coefficient of variation of cluster sizes that gives this design effect at an icc of 1.

    It is the standard deviation of their sizes over the mean (Eldridge, Ashby and Kerry 2006); 0 where
    equal clusters are enough.
    """
    return sqrt(max(0.0, deff / design_effect_from_icc(mean_cluster_size, 1) - 1))


def wilson_effective(x: float, n: float, deff: float, level: float = LEVEL) -> Interval:
    """Wilson's score interval at the effective sample size n / deff."""
    people = n / deff
    return wilson(x / n * people, people, level)
