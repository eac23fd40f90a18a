"""What the people no one looked at could change."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.methods.outside_frame import (
    manski_bounds,
    manski_change,
    mixture,
    tipping_affected,
    tipping_hidden,
)
from tests.methods.common import FEW, SHARE, gives, near, refuses, rows

REFERENCE = """
tipping_affected(0.0816, 38 / 2104, 0.05)        -> 1.288844106
tipping_affected(0.0816, 38 / 2104, 0.10)        -> 0.6534524715
tipping_affected(0.0816, 38 / 2104, 0.20)        -> 0.335756654
tipping_affected(0.0816, 38 / 2104, 0.50)        -> 0.1451391635
tipping_hidden(0.0816, 38 / 2104, 0.25)          -> 0.273947541
tipping_hidden(0.0816, 38 / 2104, 0.50)          -> 0.1318406312
tipping_hidden(0.0816, 38 / 2104, 1)             -> 0.06470784124
tipping_hidden(147 / 1937, 38 / 2104, 0.25)      -> 0.2493313981
tipping_hidden(147 / 1937, 38 / 2104, 0.50)      -> 0.1199938089
tipping_hidden(147 / 1937, 38 / 2104, 1)         -> 0.0588933796
manski_bounds(38 / 2104, 0.10)                   -> 0.01625475285 0.1162547529
manski_change(0.0816, 38 / 2104, 0.10, 0.10)     -> -0.1571852471 0.04281475285
mixture(0.1, 0.25, 0.5)                          -> 0.2
"""

IMPOSSIBLE = """
mixture(2, 0, 0)                 -> p_seen must lie between 0 and 1, got 2
mixture(0, 2, 0)                 -> hidden must lie between 0 and 1, got 2
mixture(0, 0, -1)                -> affected must lie between 0 and 1, got -1
manski_bounds(2, 0)              -> p_seen must lie between 0 and 1, got 2
manski_bounds(0, float("nan"))   -> hidden must lie between 0 and 1, got nan
manski_change(2, 0, 0, 0)        -> p1 must lie between 0 and 1, got 2
manski_change(0, 2, 0, 0)        -> p2 must lie between 0 and 1, got 2
manski_change(0, 0, 2, 0)        -> hidden1 must lie between 0 and 1, got 2
manski_change(0, 0, 0, 2)        -> hidden2 must lie between 0 and 1, got 2
tipping_affected(2, 0, 1)        -> p1 must lie between 0 and 1, got 2
tipping_affected(1, 2, 1)        -> p2 must lie between 0 and 1, got 2
tipping_affected(1, 0, 0)        -> hidden must be above 0, got 0
tipping_affected(1, 0, 2)        -> hidden must lie between 0 and 1, got 2
tipping_hidden(2, 0, 1)          -> p1 must lie between 0 and 1, got 2
tipping_hidden(1, 2, 1)          -> p2 must lie between 0 and 1, got 2
tipping_hidden(1, 0, 2)          -> affected must lie between 0 and 1, got 2
tipping_hidden(0.2, 0.1, 0.1)    -> affected must differ from p2 = 0.1, got 0.1
"""
STEPS = [k / 10 for k in range(11)]


@pytest.mark.parametrize(("expression", "printed"), rows(REFERENCE))
def test_reference_value(expression: str, printed: str) -> None:
    gives(expression, printed)


@pytest.mark.parametrize(("expression", "message"), rows(IMPOSSIBLE))
def test_impossible_input_is_named(expression: str, message: str) -> None:
    refuses(expression, message)


@FEW
@given(st.integers(1, 99), st.integers(1, 99), st.integers(0, 99), st.integers(0, 99))
def test_mixture_by_counting_people(seen: int, hidden: int, x: int, y: int) -> None:
    x, y = min(x, seen), min(y, hidden)
    everyone = seen + hidden
    assert mixture(x / seen, hidden / everyone, y / hidden) == pytest.approx((x + y) / everyone)


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
def test_change_by_its_corners(p1: float, p2: float, hidden1: float, hidden2: float) -> None:
    every = [
        p2 + hidden2 * (later - p2) - p1 - hidden1 * (earlier - p1)
        for earlier, later in product(STEPS, STEPS)
    ]
    found = manski_change(p1, p2, hidden1, hidden2)
    near(found, [min(every), max(every)])
    swapped = manski_change(p2, p1, hidden2, hidden1)
    near(found, [-swapped.upper, -swapped.lower])
    near(manski_change(p1, p2, 0, 0), [p2 - p1, p2 - p1])


@FEW
@given(SHARE, SHARE, st.floats(0.001, 1))
def test_tipping_points_make_the_later_wave_as_high(p1: float, p2: float, given_part: float) -> None:
    affected = tipping_affected(p1, p2, given_part)
    assert (1 - given_part) * p2 + given_part * affected == pytest.approx(p1, abs=1e-9)
    reached = manski_bounds(p2, given_part)
    if not 0 <= affected <= 1:
        assert not reached.lower < p1 < reached.upper
    if abs(given_part - p2) > 1e-6:
        hidden = tipping_hidden(p1, p2, given_part)
        assert p2 + hidden * (given_part - p2) == pytest.approx(p1, abs=1e-9)
        if 0 <= hidden <= 1:
            assert mixture(p2, hidden, given_part) == pytest.approx(p1, abs=1e-9)
