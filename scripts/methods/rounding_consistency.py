"""Rounding ranges and GRIM tests: what a printed percentage may be rounded from, and which counts fit it.

All arithmetic uses exact fractions, since floats would put some counts on the wrong side of a half.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from scripts.methods.common import raise_if_impossible_count

Rounding = Literal["half_up", "half_down", "either_half", "truncation", "ceiling"]
PointLowHigh = tuple[Fraction, Fraction, Fraction]
# How far the true value may lie below and above the printed one, in half units of the last printed digit,
# and whether the lower and upper ends are included.
REACH: dict[Rounding, tuple[int, int, bool, bool]] = {
    "half_up": (1, 1, True, False),
    "half_down": (1, 1, False, True),
    "either_half": (1, 1, True, True),
    "truncation": (0, 2, True, False),
    "ceiling": (2, 0, False, True),
}


@dataclass(frozen=True)
class RoundingRange:
    """The range of values, in percent, that are printed the same, and whether its ends are included."""

    low: Fraction
    high: Fraction
    low_closed: bool
    high_closed: bool


def rounding_range(printed: str, rounding: Rounding = "either_half") -> RoundingRange:
    """The range of true percentages that round to the printed one, within 0..100.

    Raises ValueError unless printed is a plain decimal number from 0 to 100.
    """
    decimal = re.fullmatch(r"[0-9]+(?:\.([0-9]+))?", printed)
    if decimal is None or Fraction(printed) > 100:
        raise ValueError(f"printed must be a decimal from 0 to 100, got {printed!r}")
    below, above, low_closed, high_closed = REACH[rounding]
    half = Fraction(1, 2 * 10 ** len(decimal[1] or ""))
    low, high = Fraction(printed) - below * half, Fraction(printed) + above * half
    low_closed, high_closed = low_closed or low < 0, high_closed or high > 100
    low, high = max(low, Fraction(0)), min(high, Fraction(100))
    return RoundingRange(low, high, low_closed, high_closed)


def _integers_between(low: Fraction, high: Fraction, with_low: bool, with_high: bool) -> range:
    start = ceil(low) if with_low else floor(low) + 1
    stop = floor(high) + 1 if with_high else ceil(high)
    return range(start, max(start, stop))


def numerators_that_round_to(printed: str, n: int, rounding: Rounding = "either_half") -> range:
    """The GRIM test: the counts out of n that round to the printed percentage.

    The range is empty if none does (Brown and Heathers 2017). Raises ValueError as `rounding_range` does.
    """
    raise_if_impossible_count(0, n)
    r = rounding_range(printed, rounding)
    return _integers_between(r.low * n / 100, r.high * n / 100, r.low_closed, r.high_closed)


def denominators_that_round_to(printed: str, x: int, rounding: Rounding = "either_half") -> range:
    """The reverse GRIM test: the denominators for which x people round to the printed percentage.

    The printed percentage must be more than 0, since every large denominator fits a printed 0. Raises
    ValueError as `rounding_range` does.
    """
    r = rounding_range(printed, rounding)
    return _integers_between(100 * x / r.high, 100 * x / r.low, r.high_closed, r.low_closed)


def denominators_that_fit_all(
    figures: Sequence[tuple[str, int]], rounding: Rounding = "either_half"
) -> range:
    """The joint reverse GRIM test: the denominators that fit every pair of printed percentage and count."""
    sizes = [denominators_that_round_to(printed, x, rounding) for printed, x in figures]
    start, stop = max(r.start for r in sizes), min(r.stop for r in sizes)
    return range(start, max(start, stop))


def implied_mean_weight(printed: str, x: int, n: int) -> PointLowHigh:
    """The mean weight that would turn x of n into the printed percentage: point, low, high.

    Over all n people, the weights average 1. Raises ValueError as `rounding_range` does.
    """
    raise_if_impossible_count(x, n)
    r, unweighted = rounding_range(printed), Fraction(100 * x, n)
    return Fraction(printed) / unweighted, r.low / unweighted, r.high / unweighted


def reduction_rounding_range(earlier: str, later: str) -> PointLowHigh:
    """The relative reduction between two printed percentages, and the range that rounding allows.

    Returns point, low, high; raises ValueError as `rounding_range` does.
    """
    first, second = rounding_range(earlier), rounding_range(later)
    point = 1 - Fraction(later) / Fraction(earlier)
    return point, 1 - second.high / first.low, 1 - second.low / first.high
