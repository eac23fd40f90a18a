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
from tests.methods.common import FEW, LEVEL, SAMPLE, SHARE, near


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
