"""Tests of the effect of misjudged ages on a share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.methods.common import Interval
from scripts.methods.misclassification import (
    false_positives_that_explain,
    raw_rogan_gladen_estimate,
    rogan_gladen_estimate,
    rogan_gladen_interval,
    sensitivity_ratio_that_explains,
    verdict_on_error_rates,
)
from scripts.methods.proportion import wilson_interval
from tests.methods.common import FEW, SHARE, gives, near, rows

PERCENT = """
0.3 -> 6.020 5.706 5.390 4.427 2.780 1.074 0.022
0.5 -> 3.612 3.419 3.225 2.639 1.645 0.631 0.013
0.7 -> 2.580 2.441 2.301 1.879 1.168 0.447 0.009
0.9 -> 2.007 1.898 1.789 1.459 0.906 0.346 0.007
1.0 -> 1.806 1.708 1.609 1.313 0.814 0.311 0.006
"""
SPECIFICITIES = (1, 0.999, 0.998, 0.995, 0.99, 0.985, 0.982)

GOOD = st.floats(0.55, 1)


@pytest.mark.parametrize(("sensitivity", "printed"), rows(PERCENT))
def test_agrees_with_the_reference_grid(sensitivity: str, printed: str) -> None:
    for specificity, wanted in zip(SPECIFICITIES, printed.split(), strict=True):
        gives(f"100 * rogan_gladen_estimate(38 / 2104, {sensitivity}, {specificity})", wanted)


def judged(true: float, sensitivity: float, specificity: float) -> float:
    """Return the share judged positive: the true and the false positives."""
    return true * sensitivity + (1 - true) * (1 - specificity)


@FEW
@given(SHARE, GOOD, GOOD, SHARE, SHARE)
def test_correction_undoes_the_judgement(
    true: float, sensitivity: float, specificity: float, one: float, two: float
) -> None:
    seen = judged(true, sensitivity, specificity)
    assert raw_rogan_gladen_estimate(seen, sensitivity, specificity) == pytest.approx(true, abs=1e-9)
    raw = raw_rogan_gladen_estimate(one, sensitivity, specificity)
    assert judged(raw, sensitivity, specificity) == pytest.approx(one, abs=1e-9)
    assert rogan_gladen_estimate(one, sensitivity, specificity) == sorted((0, raw, 1))[1]
    limits = Interval(min(one, two), max(one, two))
    found = rogan_gladen_interval(limits, sensitivity, specificity)
    near(found, [rogan_gladen_estimate(p, sensitivity, specificity) for p in sorted((one, two))])
    assert found.lower <= rogan_gladen_estimate((one + two) / 2, sensitivity, specificity) <= found.upper


@FEW
@given(SHARE)
def test_perfect_and_mirrored_judgement(share: float) -> None:
    assert raw_rogan_gladen_estimate(share, 1, 1) == pytest.approx(share, abs=1e-15)
    mirrored = 1 - raw_rogan_gladen_estimate(1 - share, 0.95, 0.8)
    assert raw_rogan_gladen_estimate(share, 0.8, 0.95) == pytest.approx(mirrored, abs=1e-12)


@FEW
@given(st.floats(0.01, 1), SHARE, st.floats(0.01, 1))
def test_sensitivity_alone_explains_a_fall(p1: float, part: float, sensitivity: float) -> None:
    p2 = part * p1
    later = sensitivity * sensitivity_ratio_that_explains(p1, p2)
    true = raw_rogan_gladen_estimate(p1 * sensitivity, sensitivity, 1)
    assert judged(true, later, 1) == pytest.approx(p2 * sensitivity, abs=1e-12)


@FEW
@given(SHARE, st.floats(0, 0.99))
def test_mistakes_in_the_earlier_wave_alone_explain_a_fall(p1: float, p2: float) -> None:
    mistaken = false_positives_that_explain(p1, p2)
    assert judged(p2, 1, 1 - mistaken) == pytest.approx(p1, abs=1e-9)


@pytest.mark.parametrize(
    ("x", "sensitivity", "specificity", "verdict"),
    [
        (38, 1, 0.98, "possible"),  # its point lies below 0, its upper limit does not
        (38, 1, 0.976, "possible"),
        (38, 1, 0.975, "below_0"),
        (38, 0.02, 1, "possible"),
        (38, 0.0132, 1, "possible"),  # its point lies above 1, its lower limit does not
        (38, 0.0131, 1, "above_1"),
    ],
)
def test_error_rates_are_impossible_only_if_the_whole_corrected_interval_is_outside_0_to_1(
    x: int, sensitivity: float, specificity: float, verdict: str
) -> None:
    limits = wilson_interval(x, 2104)
    assert verdict_on_error_rates(limits, sensitivity, specificity) == verdict
    reached = [judged(step / 1000, sensitivity, specificity) for step in range(1001)]
    inside = [share for share in reached if limits.lower <= share <= limits.upper]
    assert bool(inside) == (verdict == "possible")
