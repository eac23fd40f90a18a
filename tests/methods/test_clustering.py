"""Tests of the design effect of clusters."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm
from statsmodels.stats.proportion import proportion_confint

from scripts.methods.design_effect import (
    cv_for_design_effect,
    design_effect_from_icc,
    wilson_interval_at_effective_size,
)
from tests.methods.common import FEW, LEVEL, SAMPLE, SHARE, near


@FEW
@given(st.lists(st.integers(1, 9), min_size=1, max_size=8), SHARE | st.just(1.0))
def test_unequal_clusters_by_their_covariance(sizes: list[int], icc: float) -> None:
    cluster = np.repeat(np.arange(len(sizes)), sizes)
    same = cluster[:, None] == cluster[None, :]
    covariance = np.where(same, icc, 0) + (1 - icc) * np.eye(len(cluster))
    cv = float(np.std(sizes) / np.mean(sizes))
    found, mean = float(covariance.sum() / len(cluster)), float(np.mean(sizes))
    equal = design_effect_from_icc(mean, icc)
    assert found == pytest.approx(equal + cv * cv * mean * icc)
    if icc == 1:
        assert cv_for_design_effect(mean, found) == pytest.approx(cv, abs=1e-6)


@FEW
@given(SAMPLE, SHARE, LEVEL)
def test_wilson_of_the_effective_sample_by_definition(
    sample: tuple[int, int], part: float, level: float
) -> None:
    x, n = sample
    deff = 1 + part * (n - 1)
    found, z = wilson_interval_at_effective_size(x, n, deff, level), norm.isf((1 - level) / 2)
    for p, wanted in ((found.lower, z), (found.upper, -z)):
        if 0 < p < 1:
            assert x / n - p == pytest.approx(wanted * sqrt(deff * p * (1 - p) / n), rel=1e-6, abs=1e-9)
    near(found, proportion_confint(x / deff, n / deff, 1 - level, "wilson"))
