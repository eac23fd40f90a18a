"""What all methods share: confidence intervals, the normal quantile, and checks of arguments."""

from dataclasses import dataclass
from math import inf

LEVEL = 0.95  # the default confidence level


@dataclass(frozen=True)
class Interval:
    """The lower and upper limits for a share, a difference or a ratio."""

    lower: float
    upper: float

    def __post_init__(self) -> None:
        limits = self.lower, self.upper
        raise_unless_possible(
            self.lower <= self.upper, "the lower limit must not exceed the upper one", limits
        )


def raise_unless_possible(possible: bool, rule: str, value: object) -> None:
    """Raise a ValueError that gives the rule and the value, unless the input is possible."""
    if not possible:
        raise ValueError(f"{rule}, got {value!r}")


def raise_if_impossible_count(x: float, n: float, wave: str = "") -> None:
    """Raise ValueError if a count x of n people is impossible; `wave` follows x and n in the message."""
    raise_unless_possible(1 <= n < inf, f"n{wave} must be finite and at least 1", n)
    raise_unless_possible(0 <= x <= n, f"x{wave} must lie between 0 and n{wave} = {n!r}", x)


def two_sided_normal_quantile(level: float) -> float:
    """The two-sided normal quantile for a confidence level: 1.96 for 95%."""
    from scipy.special import ndtri  # imported here because other methods run where SciPy is missing

    return -float(ndtri((1 - level) / 2))  # the lower tail is more precise near 0
