"""Tests of how far people outside the sampling frame could change a result."""

from itertools import product
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import Generator, default_rng
from statsmodels.stats.proportion import proportion_confint

from scripts.methods.undercoverage import (
    affected_share_to_cancel_fall,
    hidden_part_for_change_limit_zero,
    hidden_part_to_cancel_fall,
    manski_bounds,
    manski_bounds_for_change,
    share_with_hidden_part,
)
from tests.methods.common import FEW, SHARE, WAVES, Waves, gives, near, rows

STEPS = [k / 10 for k in range(11)]


@FEW
@given(st.integers(1, 99), st.integers(1, 99), st.integers(0, 99), st.integers(0, 99))
def test_mixture_by_counting_people(seen: int, hidden: int, x: int, y: int) -> None:
    x, y = min(x, seen), min(y, hidden)
    everyone = seen + hidden
    assert share_with_hidden_part(x / seen, hidden / everyone, y / hidden) == pytest.approx(
        (x + y) / everyone
    )


@FEW
@given(SHARE, SHARE)
def test_bounds_are_the_ends_of_all_mixtures(p_seen: float, hidden: float) -> None:
    every = [(1 - hidden) * p_seen + hidden * step for step in STEPS]
    wide = manski_bounds(p_seen, hidden)
    near(wide, [min(every), max(every)])
    assert 0 <= wide.lower <= p_seen <= wide.upper <= 1 + 1e-15
    assert wide.upper - wide.lower == pytest.approx(hidden)
    mirrored = manski_bounds(1 - p_seen, hidden)
    near(wide, [1 - mirrored.upper, 1 - mirrored.lower])


@FEW
@given(SHARE, SHARE, SHARE, SHARE)
def test_change_bounds_equal_the_extremes_over_unknown_shares(
    p1: float, p2: float, hidden1: float, hidden2: float
) -> None:
    every = [
        p2 + hidden2 * (later - p2) - p1 - hidden1 * (earlier - p1)
        for earlier, later in product(STEPS, STEPS)
    ]
    found = manski_bounds_for_change(p1, p2, hidden1, hidden2)
    near(found, [min(every), max(every)])
    swapped = manski_bounds_for_change(p2, p1, hidden2, hidden1)
    near(found, [-swapped.upper, -swapped.lower])
    near(manski_bounds_for_change(p1, p2, 0, 0), [p2 - p1, p2 - p1])


@FEW
@given(SHARE, SHARE, st.floats(0.001, 1))
def test_tipping_points_make_the_later_wave_as_high(p1: float, p2: float, given_part: float) -> None:
    affected = affected_share_to_cancel_fall(p1, p2, given_part)
    assert (1 - given_part) * p2 + given_part * affected == pytest.approx(p1, abs=1e-9)
    reached = manski_bounds(p2, given_part)
    if not 0 <= affected <= 1:
        assert not reached.lower < p1 < reached.upper
    if abs(given_part - p2) > 1e-6:
        hidden = hidden_part_to_cancel_fall(p1, p2, given_part)
        assert p2 + hidden * (given_part - p2) == pytest.approx(p1, abs=1e-9)
        if 0 <= hidden <= 1:
            assert share_with_hidden_part(p2, hidden, given_part) == pytest.approx(p1, abs=1e-9)


# In percent, with half of the hidden affected: down by design effect, across by ratio of sensitivities.
PERCENT = """
1  -> 9.4 8.4 6.5
4  -> 6.8 5.5 2.9
10 -> 3.6 1.6 0
"""
RATIOS = (1, 0.8, 0.6)


@pytest.mark.parametrize(("effect", "printed"), rows(PERCENT))
def test_agrees_with_the_reference_table(effect: str, printed: str) -> None:
    for ratio, wanted in zip(RATIOS, printed.split(), strict=True):
        gives(
            f"100 * hidden_part_for_change_limit_zero(147, 1936, 38, 2104, 0.5, {ratio}, {effect})", wanted
        )


@FEW
@given(WAVES, st.floats(0, 1), st.floats(0.3, 2), st.floats(1, 5))
def test_joint_tipping_point_is_where_the_upper_limit_reaches_zero(
    waves: Waves, affected: float, ratio: float, deff: float
) -> None:
    """With limits by statsmodels, take the first hidden part on a grid whose limit is zero or above."""
    x1, n1, x2, n2 = (10 * count for count in waves)
    found = hidden_part_for_change_limit_zero(x1, n1, x2, n2, affected, ratio, deff)
    below = x1 / n1 - proportion_confint(x1 / deff, n1 / deff, method="wilson")[0]
    above = proportion_confint(x2 / deff, n2 / deff, method="wilson")[1] - x2 / n2
    hidden = np.linspace(0, 1, 2001)
    gaps = (1 - hidden) * x2 / n2 / ratio + hidden * affected - x1 / n1
    limits = gaps + np.sqrt(((1 - hidden) * above / ratio) ** 2 + below**2)
    reached = hidden[limits >= -1e-12]
    if found == inf:
        assert not any(limits >= 1e-12)
    else:
        assert found == pytest.approx(reached[0], abs=0.00051)


@FEW
@given(st.floats(0.1, 1), st.floats(0.4, 1), st.floats(1, 12))
def test_a_larger_error_lowers_the_joint_tipping_point(affected: float, ratio: float, deff: float) -> None:
    waves = (147, 1936, 38, 2104)
    room = hidden_part_for_change_limit_zero(*waves, affected, ratio, deff)
    assert hidden_part_for_change_limit_zero(*waves, min(1, affected * 1.2), ratio, deff) <= room
    assert hidden_part_for_change_limit_zero(*waves, affected, ratio * 0.9, deff) <= room
    assert hidden_part_for_change_limit_zero(*waves, affected, ratio, deff * 1.2) <= room
    assert hidden_part_for_change_limit_zero(*waves, affected, ratio, deff, 0.99) <= room


RUNS, TRUE = 2000, 0.06  # TRUE is the hidden part of the later population


def seen(people: int, venues: int, share: float, effect: float, rng: Generator) -> np.ndarray:
    """Return people judged under 18 in each run: independent, or clustered in venues (beta-binomial)."""
    if effect == 1:
        return rng.binomial(people, share, RUNS)
    sizes = np.full(venues, people // venues)
    sizes[: people % venues] += 1
    icc = (effect - 1) / (people / venues - 1)
    shares = rng.beta(share * (1 / icc - 1), (1 - share) * (1 / icc - 1), (RUNS, venues))
    return rng.binomial(sizes, shares).sum(axis=1)


@pytest.mark.slow
@pytest.mark.parametrize("effect", [1, 4])
def test_coverage_of_the_joint_tipping_point(effect: float) -> None:
    """The method is one-sided: the hidden part that it gives is at most the true one in 97.5% of runs."""
    for ratio, affected in product(RATIOS, (0.5, 1)):
        rng, p1 = default_rng(2015), 147 / 1936
        p2 = ratio * (p1 - TRUE * affected) / (1 - TRUE)  # so that the total share is unchanged
        waves = zip(seen(1936, 235, p1, effect, rng), seen(2104, 287, p2, effect, rng), strict=True)
        given_parts = [
            hidden_part_for_change_limit_zero(int(x1), 1936, int(x2), 2104, affected, ratio, effect)
            for x1, x2 in waves
        ]
        assert np.mean(np.array(given_parts) <= TRUE) > 0.965
