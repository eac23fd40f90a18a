"""What clusters cost."""

from itertools import product
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm
from statsmodels.stats.proportion import proportion_confint

from scripts.methods.arguments import Interval
from scripts.methods.clustering import (
    cv_for_design_effect,
    design_effect_from_icc,
    design_effect_unequal,
    effective_n,
    wilson_effective,
)
from scripts.methods.proportion import wilson
from tests.methods.common import FEW, LEVEL, SAMPLE, SHARE, gives, near, refuses, rows

REFERENCE = """
design_effect_from_icc(2104 / 287, 0.01)   -> 1.063310105
design_effect_from_icc(2104 / 287, 0.02)   -> 1.126620209
design_effect_from_icc(2104 / 287, 0.05)   -> 1.316550523
design_effect_from_icc(2104 / 287, 0.10)   -> 1.633101045
design_effect_from_icc(7.33, 0.185)        -> 2.17
design_effect_unequal(2104 / 287, 1, 0.05) -> 1.683101045
effective_n(2104, venues(0.01))            -> 1978.726611
effective_n(2104, venues(0.02))            -> 1867.532628
effective_n(2104, venues(0.05))            -> 1598.115654
effective_n(2104, venues(0.10))            -> 1288.34649
wilson_effective(38, 2104, venues(0.01))   -> 0.01305874564 0.02493055499
wilson_effective(38, 2104, venues(0.05))   -> 0.01259360992 0.02583942266
wilson_effective(38, 2104, venues(0.10))   -> 0.01209255923 0.02689456296
wilson_effective(38, 2104, 2)              -> 0.0116 0.0280
wilson_effective(38, 2104, 4)              -> 0.0097 0.0334
wilson_effective(38, 2104, 9.6)            -> 0.0070 0.0457
wilson_effective(2, 2, 2)                  -> 0.2065 1.0000
design_effect_from_icc(1936 / 235, 1)      -> 8.2
design_effect_from_icc(2104 / 287, 1)      -> 7.3
cv_for_design_effect(1936 / 235, 18.5)     -> 1.1
cv_for_design_effect(2104 / 287, 18.5)     -> 1.2
cv_for_design_effect(8, 4)                 -> 0
"""

IMPOSSIBLE = """
design_effect_from_icc(0.5, 0.1)         -> mean_cluster_size must be finite and at least 1, got 0.5
design_effect_from_icc(float("inf"), 0)  -> mean_cluster_size must be finite and at least 1, got inf
design_effect_from_icc(7, 1.1)           -> icc must lie between 0 and 1, got 1.1
design_effect_unequal(0, 0, 0)           -> mean_cluster_size must be finite and at least 1, got 0
design_effect_unequal(7, -1, 0)          -> cv must be finite and at least 0, got -1
design_effect_unequal(7, 0, -1)          -> icc must lie between 0 and 1, got -1
design_effect_unequal(7, float("inf"), 0) -> cv must be finite and at least 0, got inf
cv_for_design_effect(0.5, 2)             -> mean_cluster_size must be finite and at least 1, got 0.5
cv_for_design_effect(7, 0)               -> deff must be finite and above 0, got 0
effective_n(100, 0)                      -> deff must be finite and above 0, got 0
effective_n(9, float("inf"))             -> deff must be finite and above 0, got inf
effective_n(0.5, 1)                      -> n must be finite and at least 1, got 0.5
wilson_effective(3, 2, 1)                -> x must lie between 0 and n = 2, got 3
wilson_effective(1, 2, 0)                -> deff must be finite and above 0, got 0
wilson_effective(1, 2, 3)                -> deff must be at most n = 2, got 3
wilson_effective(1, 2, 1, 2)             -> level must lie between 0 and 1, got 2
"""


def venues(icc: float) -> float:
    """Give the design effect of 287 venues with 2,104 people."""
    return design_effect_from_icc(2104 / 287, icc)


@pytest.mark.parametrize(("expression", "printed"), rows(REFERENCE))
def test_reference_value(expression: str, printed: str) -> None:
    gives(expression, printed, venues=venues)


@pytest.mark.parametrize(("expression", "message"), rows(IMPOSSIBLE))
def test_impossible_input_is_named(expression: str, message: str) -> None:
    refuses(expression, message)


def test_design_effect_is_the_variance_of_correlated_people() -> None:
    for size, icc in product((1, 2, 7), (0.0, 0.05, 1.0)):
        covariance = np.full((size, size), icc) + (1 - icc) * np.eye(size)
        wanted = covariance.sum() / size  # 1 if they were independent
        assert design_effect_from_icc(size, icc) == pytest.approx(wanted)
        assert effective_n(size, wanted) == pytest.approx(size**2 / covariance.sum())


@FEW
@given(st.lists(st.integers(1, 9), min_size=1, max_size=8), SHARE)
def test_unequal_clusters_by_their_covariance(sizes: list[int], icc: float) -> None:
    cluster = np.repeat(np.arange(len(sizes)), sizes)
    same = cluster[:, None] == cluster[None, :]
    covariance = np.where(same, icc, 0) + (1 - icc) * np.eye(len(cluster))
    cv = float(np.std(sizes) / np.mean(sizes))
    found = design_effect_unequal(float(np.mean(sizes)), cv, icc)
    assert found == pytest.approx(covariance.sum() / len(cluster))
    assert found >= design_effect_from_icc(float(np.mean(sizes)), icc) >= 1
    whole = design_effect_unequal(float(np.mean(sizes)), cv, 1)
    assert cv_for_design_effect(float(np.mean(sizes)), whole) == pytest.approx(cv, abs=1e-6)


@FEW
@given(SAMPLE, SHARE, LEVEL)
def test_wilson_of_the_effective_sample_by_definition(
    sample: tuple[int, int], part: float, level: float
) -> None:
    x, n = sample
    deff = 1 + part * (n - 1)
    found, z = wilson_effective(x, n, deff, level), norm.isf((1 - level) / 2)
    for p, wanted in ((found.lower, z), (found.upper, -z)):
        if 0 < p < 1:
            assert x / n - p == pytest.approx(wanted * sqrt(deff * p * (1 - p) / n), rel=1e-6, abs=1e-9)
    near(found, proportion_confint(x / deff, n / deff, 1 - level, "wilson"))


def width(found: Interval) -> float:
    return found.upper - found.lower


@FEW
@given(SAMPLE.filter(lambda s: s[1] > 9), st.floats(1, 1.5))
def test_laws(sample: tuple[int, int], deff: float) -> None:
    x, n = sample
    found, wide = wilson_effective(x, n, deff), wilson_effective(x, n, 2 * deff)
    near(wilson_effective(x, n, 1), [wilson(x, n).lower, wilson(x, n).upper])
    assert width(found) < width(wide)
    assert found.lower <= x / n <= found.upper
    mirrored = wilson_effective(n - x, n, deff)
    near(found, [1 - mirrored.upper, 1 - mirrored.lower])
    wider = wilson_effective(x, n, deff, 0.99)
    assert (wider.lower < found.lower or x == 0) and (wider.upper > found.upper or x == n)
