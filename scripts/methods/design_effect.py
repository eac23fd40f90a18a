"""Kish's design effect, and the effective sample size when people are seen in clusters."""

from math import sqrt

from scripts.methods.common import LEVEL, Interval
from scripts.methods.proportion import wilson_interval


def design_effect_from_icc(mean_cluster_size: float, icc: float) -> float:
    """The design effect of clusters of equal size, from that size and the intraclass correlation.

    The size must be at least 1, and icc, the intraclass correlation, from 0 to 1 (Kish 1965).
    """
    return 1 + (mean_cluster_size - 1) * icc


def cv_for_design_effect(mean_cluster_size: float, deff: float) -> float:
    """The coefficient of variation of cluster sizes that gives this design effect if icc is 1.

    The coefficient is the standard deviation of the sizes divided by their mean (Eldridge, Ashby and Kerry
    2006); it is 0 if clusters of equal size give at least this design effect.
    """
    return sqrt(max(0.0, deff / design_effect_from_icc(mean_cluster_size, 1) - 1))


def wilson_interval_at_effective_size(x: float, n: float, deff: float, level: float = LEVEL) -> Interval:
    """Wilson's score interval at the effective sample size n / deff."""
    people = n / deff
    return wilson_interval(x / n * people, people, level)
