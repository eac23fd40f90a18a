"""Manski bounds and tipping points: what of the people whom no one looked at?

Nothing is assumed of them, and no value is preferred. hidden is their part of the wider population,
from 0 to 1; affected is the share among them. Sampling error is left out.
"""

from scripts.methods.arguments import Interval, check_share, numbers_only, require


@numbers_only
def mixture(p_seen: float, hidden: float, affected: float) -> float:
    """The share of a mixture: what is it in all, those seen and those hidden, each by its part?"""
    check_share("p_seen", p_seen)
    check_share("hidden", hidden)
    check_share("affected", affected)
    return (1 - hidden) * p_seen + hidden * affected


@numbers_only
def manski_bounds(p_seen: float, hidden: float) -> Interval:
    """Manski bounds of a share: what may it be in all if nothing is known of the hidden?

    From none of them affected to all of them (Horowitz and Manski 2000).
    """
    return Interval(mixture(p_seen, hidden, 0), mixture(p_seen, hidden, 1))


@numbers_only
def manski_change(p1: float, p2: float, hidden1: float, hidden2: float) -> Interval:
    """Manski bounds of p2 - p1: what may the change be if nothing is known of the hidden in either wave?

    The lowest later share less the highest earlier one, and the reverse (Manski 2003).
    """
    check_share("p1", p1)
    check_share("p2", p2)
    check_share("hidden1", hidden1)
    check_share("hidden2", hidden2)
    first, second = manski_bounds(p1, hidden1), manski_bounds(p2, hidden2)
    return Interval(second.lower - first.upper, second.upper - first.lower)


@numbers_only
def tipping_affected(p1: float, p2: float, hidden: float) -> float:
    """The tipping point of the affected share: how many of the hidden make the later wave as high as p1?

    Above 1 or below 0 none does. ValueError: hidden 0.
    """
    check_share("p1", p1)
    check_share("p2", p2)
    check_share("hidden", hidden)
    require(hidden > 0, "hidden must be above 0", hidden)
    return p2 + (p1 - p2) / hidden


@numbers_only
def tipping_hidden(p1: float, p2: float, affected: float) -> float:
    """The tipping point of the hidden part: how large must it be to make the later wave as high as p1?

    Above 1 or below 0 none does. ValueError: affected as p2, for then none changes anything.
    """
    check_share("p1", p1)
    check_share("p2", p2)
    check_share("affected", affected)
    require(affected != p2, f"affected must differ from p2 = {p2!r}", affected)
    return (p1 - p2) / (affected - p2)
