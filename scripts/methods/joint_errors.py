"""Joint tipping points: how small may several errors be, together, before a fall is no longer shown?

The part that was never in the frame is solved for; chance, likeness within venues, worse recognition and
how affected the hidden are stand beside it. None was hidden in the earlier wave, and no adult is taken for
a child. The limits are combined by the method of variance estimates recovery (MOVER: Zou and Donner 2008,
Newcombe 1998), as one does for a part that is identified up to an interval (Imbens and Manski 2004) and in
bias analysis (Lash, Fox and Fink 2009).
"""

from math import inf, sqrt

from scipy.optimize import brentq

from scripts.methods.arguments import LEVEL, check_sample, check_share, numbers_only, require
from scripts.methods.change import FINE
from scripts.methods.clustering import wilson_effective


@numbers_only
def hidden_part_that_undoes(
    x1: float,
    n1: float,
    x2: float,
    n2: float,
    affected: float,
    ratio: float = 1,
    deff: float = 1,
    level: float = LEVEL,
) -> float:
    """The joint tipping point: from which hidden part on does the upper limit of the change reach zero?

    ratio is the later sensitivity over the earlier one, deff the design effect of both waves. 0 says that
    the fall is not shown even if none is hidden, infinity that no hidden part undoes it.
    ValueError: ratio 0 or less, and as `wilson_effective`.
    """
    check_share("affected", affected)
    require(0 < ratio < inf, "ratio must be finite and above 0", ratio)
    check_sample(x1, n1, "1")
    check_sample(x2, n2, "2")
    first, second = wilson_effective(x1, n1, deff, level), wilson_effective(x2, n2, deff, level)
    p1, p2 = x1 / n1, x2 / n2
    below, above = p1 - first.lower, (second.upper - p2) / ratio

    def limit(hidden: float) -> float:  # of the later share less the earlier one; convex, so one root
        gap = (1 - hidden) * p2 / ratio + hidden * affected - p1
        return gap + sqrt(((1 - hidden) * above) ** 2 + below**2)

    if limit(0) >= 0:
        return 0.0
    return float(brentq(limit, 0, 1, xtol=FINE)) if limit(1) >= 0 else inf
