"""What of the people no one looked at? Bounds and tipping points, without a preferred value.

hidden is their part of the wider population, from 0 to 1; affected is the share among them.
"""

from scripts.methods.arguments import Interval, check_share, require


def mixture(p_seen: float, hidden: float, affected: float) -> float:
    """Give the share in the wider population: the two shares weighed by their parts."""
    check_share("p_seen", p_seen)
    check_share("hidden", hidden)
    check_share("affected", affected)
    return (1 - hidden) * p_seen + hidden * affected


def manski_bounds(p_seen: float, hidden: float, most_affected: float = 1) -> Interval:
    """Bound the share in the wider population if nothing but a ceiling is known of the hidden.

    No sampling error (Horowitz and Manski 2000).
    """
    check_share("most_affected", most_affected)
    return Interval(mixture(p_seen, hidden, 0), mixture(p_seen, hidden, most_affected))


def manski_change(p1: float, p2: float, hidden1: float, hidden2: float) -> Interval:
    """Bound p2 - p1 in the wider population if nothing is known of the hidden in either wave."""
    check_share("p1", p1)
    check_share("p2", p2)
    check_share("hidden1", hidden1)
    check_share("hidden2", hidden2)
    first, second = manski_bounds(p1, hidden1), manski_bounds(p2, hidden2)
    return Interval(second.lower - first.upper, second.upper - first.lower)


def tipping_affected(p1: float, p2: float, hidden: float) -> float:
    """Give the share among the hidden that makes the later wave as high as p1.

    Above 1 or below 0 none does. ValueError: hidden 0.
    """
    check_share("p1", p1)
    check_share("p2", p2)
    check_share("hidden", hidden)
    require(hidden > 0, "hidden must be above 0", hidden)
    return p2 + (p1 - p2) / hidden


def tipping_hidden(p1: float, p2: float, affected: float) -> float:
    """Give the hidden part that makes the later wave as high as p1, if so many are affected.

    Above 1 or below 0 none does. ValueError: affected as p2, for then none changes anything.
    """
    check_share("p1", p1)
    check_share("p2", p2)
    check_share("affected", affected)
    require(affected != p2, f"affected must differ from p2 = {p2!r}", affected)
    return (p1 - p2) / (affected - p2)
