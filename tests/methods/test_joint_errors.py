"""How small several errors may be together before a fall is no longer shown."""

from math import inf, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from scripts.methods.joint_errors import hidden_part_that_undoes
from tests.methods.common import FEW, WAVES, Waves, gives, refuses, rows

# In percent, with half of the hidden affected: down by design effect, across by ratio of sensitivities.
PERCENT = """
1  -> 9.4 8.4 6.5
4  -> 6.8 5.5 2.9
10 -> 3.6 1.6 0
"""
RATIOS = (1, 0.8, 0.6)

IMPOSSIBLE = """
hidden_part_that_undoes(3, 2, 1, 2, 1)       -> x1 must lie between 0 and n1 = 2, got 3
hidden_part_that_undoes(1, 2, 1, 2, 2)       -> affected must lie between 0 and 1, got 2
hidden_part_that_undoes(1, 2, 1, 2, 1, 0)    -> ratio must be finite and above 0, got 0
hidden_part_that_undoes(1, 2, 1, 2, 1, 1, 3) -> deff must be at most n = 2, got 3
hidden_part_that_undoes(1, 2, 1, 2, 1, 1, 1, 1) -> level must lie between 0 and 1, got 1
"""


@pytest.mark.parametrize(("effect", "printed"), rows(PERCENT))
def test_reference_table(effect: str, printed: str) -> None:
    for ratio, wanted in zip(RATIOS, printed.split(), strict=True):
        gives(f"100 * hidden_part_that_undoes(147, 1936, 38, 2104, 0.5, {ratio}, {effect})", wanted)


@pytest.mark.parametrize(("expression", "message"), rows(IMPOSSIBLE))
def test_impossible_input_is_named(expression: str, message: str) -> None:
    refuses(expression, message)


@FEW
@given(WAVES, st.floats(0, 1), st.floats(0.3, 2), st.floats(1, 5))
def test_by_looking_along_the_upper_limit(waves: Waves, affected: float, ratio: float, deff: float) -> None:
    """Limits by statsmodels, and the first of many hidden parts at which the limit is zero or above."""
    x1, n1, x2, n2 = (10 * count for count in waves)
    found = hidden_part_that_undoes(x1, n1, x2, n2, affected, ratio, deff)
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
@given(WAVES)
def test_without_other_errors_it_is_the_interval_of_newcombe_that_decides(waves: Waves) -> None:
    x1, n1, x2, n2 = waves
    upper = confint_proportions_2indep(x2, n2, x1, n1, method="newcomb")[1]
    if abs(upper) > 1e-9:
        assert (hidden_part_that_undoes(x1, n1, x2, n2, 1) > 0) == (upper < 0)


@FEW
@given(st.floats(0.1, 1), st.floats(0.4, 1), st.floats(1, 12))
def test_more_of_any_error_leaves_less_room(affected: float, ratio: float, deff: float) -> None:
    waves = (147, 1936, 38, 2104)
    room = hidden_part_that_undoes(*waves, affected, ratio, deff)
    assert hidden_part_that_undoes(*waves, min(1, affected * 1.2), ratio, deff) <= room
    assert hidden_part_that_undoes(*waves, affected, ratio * 0.9, deff) <= room
    assert hidden_part_that_undoes(*waves, affected, ratio, deff * 1.2) <= room
    assert hidden_part_that_undoes(*waves, affected, ratio, deff, 0.99) <= room


def test_it_holds_as_often_as_its_level_says() -> None:
    """Simulated: how often is the true hidden part at least as large as the one that is given?"""
    rng, true, affected = np.random.default_rng(2015), 0.08, 0.5
    p1, n1, n2 = 0.076, 1936, 2104
    p2 = (p1 - true * affected) / (1 - true)  # then the later share of all is the earlier one
    samples = zip(rng.binomial(n1, p1, 2000), rng.binomial(n2, p2, 2000), strict=True)
    held = [hidden_part_that_undoes(int(a), n1, int(b), n2, affected) <= true for a, b in samples]
    assert sum(held) / len(held) == pytest.approx(0.975, abs=4 * sqrt(0.975 * 0.025 / len(held)))
