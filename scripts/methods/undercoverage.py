"""Manski bounds and tipping points for the people outside the sampling frame.

Nothing is assumed about them, and no value is preferred. hidden is their proportion of the wider
population, from 0 to 1; affected is the share of them who have the trait. Sampling error is ignored, except
in the joint tipping point.
"""

from math import inf, sqrt

from scipy.optimize import brentq

from scripts.methods.change import FINE
from scripts.methods.common import LEVEL, Interval
from scripts.methods.design_effect import wilson_interval_at_effective_size


def share_with_hidden_part(p_seen: float, hidden: float, affected: float) -> float:
    """The share among all people: the mean of the shares in the frame and outside it, weighted by size."""
    return (1 - hidden) * p_seen + hidden * affected


def manski_bounds(p_seen: float, hidden: float) -> Interval:
    """Manski bounds for a share when nothing is known about the people outside the frame.

    At the lower bound none of them is affected, at the upper bound all are (Horowitz and Manski 2000).
    """
    return Interval(share_with_hidden_part(p_seen, hidden, 0), share_with_hidden_part(p_seen, hidden, 1))


def manski_bounds_for_change(p1: float, p2: float, hidden1: float, hidden2: float) -> Interval:
    """Manski bounds for p2 - p1 when nothing is known about the people outside the frame in either survey.

    The limits are the lowest later share minus the highest earlier share, and the reverse (Manski 2003).
    """
    first, second = manski_bounds(p1, hidden1), manski_bounds(p2, hidden2)
    return Interval(second.lower - first.upper, second.upper - first.lower)


def affected_share_to_cancel_fall(p1: float, p2: float, hidden: float) -> float:
    """The share of those outside the frame who must be affected for the later share to reach p1.

    If the result is below 0 or above 1, no possible share is enough.
    """
    return p2 + (p1 - p2) / hidden


def hidden_part_to_cancel_fall(p1: float, p2: float, affected: float) -> float:
    """The proportion of people who must be outside the frame for the later share to reach p1.

    If the result is below 0 or above 1, no possible proportion is enough.
    """
    return (p1 - p2) / (affected - p2)


def hidden_part_for_change_limit_zero(
    x1: float,
    n1: float,
    x2: float,
    n2: float,
    affected: float,
    ratio: float = 1,
    deff: float = 1,
    level: float = LEVEL,
) -> float:
    """The smallest proportion outside the frame at which the upper limit of the change reaches zero.

    It allows at the same time for sampling error, for similarity among people in a venue, for poorer
    recognition of age and for how many of the people outside are affected; it assumes that nobody was
    outside in the earlier survey and that no adult is mistaken for a child. The limits are combined by
    the method of variance estimates recovery (MOVER: Zou and Donner 2008, Newcombe 1998), as is done for
    a parameter known only within an interval (Imbens and Manski 2004) and in bias analysis (Lash, Fox and
    Fink 2009). ratio is the later sensitivity divided by the earlier one, deff the design effect in both
    surveys. The result is 0 if no fall is shown even if nobody is outside, and infinity if no proportion
    undoes the fall.
    """
    first, second = (
        wilson_interval_at_effective_size(x1, n1, deff, level),
        wilson_interval_at_effective_size(x2, n2, deff, level),
    )
    p1, p2 = x1 / n1, x2 / n2
    below, above = p1 - first.lower, (second.upper - p2) / ratio

    def limit(hidden: float) -> float:  # upper limit of the change; convex in hidden, so it has one root
        gap = (1 - hidden) * p2 / ratio + hidden * affected - p1
        return gap + sqrt(((1 - hidden) * above) ** 2 + below**2)

    if limit(0) >= 0:
        return 0.0
    return float(brentq(limit, 0, 1, xtol=FINE)) if limit(1) >= 0 else inf
