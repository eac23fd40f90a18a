"""What misjudged ages do to a share."""

from itertools import product
from math import comb, sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import norm

from scripts.methods.arguments import Interval
from scripts.methods.misclassification import (
    lang_reiczigel,
    least_specificity,
    rogan_gladen,
    rogan_gladen_interval,
    rogan_gladen_raw,
    sensitivity_ratio_that_explains,
)
from scripts.methods.proportion import agresti_coull
from tests.methods.common import FEW, LEVEL, SHARE, gives, near, refuses, rows

REFERENCE = """
rogan_gladen(38 / 2104, 0.9, 0.99)       -> 0.009057119665
rogan_gladen(38 / 2104, 0.8, 0.995)      -> 0.01642872516
rogan_gladen(38 / 2104, 0.7, 0.999)      -> 0.02440749142
rogan_gladen(38 / 2104, 0.5, 1)          -> 0.036121673
rogan_gladen(38 / 2104, 0.95, 0.98)      -> 0.000000000
rogan_gladen_raw(38 / 2104, 0.95, 0.98)  -> -0.002085122041
rogan_gladen(0.9, 0.8, 0.9)              -> 1.0
rogan_gladen_interval(wilson(38, 2104), 0.9, 0.99)   -> 0.003580422124 0.0165075595
lang_reiczigel(38, 2104, 0.9, 200, 0.995, 1000)      -> 0.006120057177 0.02299507306
least_specificity(38 / 2104)                         -> 0.9819391635
sensitivity_ratio_that_explains(0.0816, 38 / 2104)   -> 0.2213337807
sensitivity_ratio_that_explains(147 / 1937, 38 / 2104) -> 0.2379853082
"""

PERCENT = """
0.3 -> 6.020 5.706 5.390 4.427 2.780 1.074 0.022
0.5 -> 3.612 3.419 3.225 2.639 1.645 0.631 0.013
0.7 -> 2.580 2.441 2.301 1.879 1.168 0.447 0.009
0.9 -> 2.007 1.898 1.789 1.459 0.906 0.346 0.007
1.0 -> 1.806 1.708 1.609 1.313 0.814 0.311 0.006
"""
SPECIFICITIES = (1, 0.999, 0.998, 0.995, 0.99, 0.985, 0.982)

IMPOSSIBLE = """
rogan_gladen_raw(1.1, 1, 1)      -> share must lie between 0 and 1, got 1.1
rogan_gladen_raw(0.1, 1.1, 1)    -> sensitivity must lie between 0 and 1, got 1.1
rogan_gladen_raw(0.1, 1, -1)     -> specificity must lie between 0 and 1, got -1
rogan_gladen_raw(0.1, 0, 1)      -> sensitivity and specificity must together exceed 1, got (0, 1)
rogan_gladen(0.1, 0.5, 0.5)      -> sensitivity and specificity must together exceed 1, got (0.5, 0.5)
rogan_gladen_interval(wilson(1, 2), 1, 0) -> sensitivity and specificity must together exceed 1, got (1, 0)
lang_reiczigel(3, 2, 1, 9, 1, 9)         -> x must lie between 0 and n = 2, got 3
lang_reiczigel(1, 2, 0, 9, 1, 9)         -> sensitivity and specificity must together exceed 1, got (0, 1)
lang_reiczigel(1, 2, 1, 0, 1, 9)         -> n_sensitivity must be finite and at least 1, got 0
lang_reiczigel(1, 2, 1, 9, 1, 0)         -> n_specificity must be finite and at least 1, got 0
lang_reiczigel(1, 2, 1, 1, 0.1, 99)      -> n_sensitivity and n_specificity must be larger, got (1, 99)
lang_reiczigel(1, 2, 1, 2, 1 / 6, 6)     -> n_sensitivity and n_specificity must be larger, got (2, 6)
lang_reiczigel(1, 2, 1, 9, 1, 9, 1)      -> level must lie between 0 and 1, got 1
least_specificity(2)                     -> share must lie between 0 and 1, got 2
sensitivity_ratio_that_explains(0, 0.1)  -> p1 must be above 0, got 0
sensitivity_ratio_that_explains(2, 0.1)  -> p1 must lie between 0 and 1, got 2
sensitivity_ratio_that_explains(0.1, 2)  -> p2 must lie between 0 and 1, got 2
"""
GOOD = st.floats(0.55, 1)


@pytest.mark.parametrize(("expression", "printed"), rows(REFERENCE))
def test_reference_value(expression: str, printed: str) -> None:
    gives(expression, printed)


@pytest.mark.parametrize(("sensitivity", "printed"), rows(PERCENT))
def test_reference_grid(sensitivity: str, printed: str) -> None:
    for specificity, wanted in zip(SPECIFICITIES, printed.split(), strict=True):
        gives(f"100 * rogan_gladen(38 / 2104, {sensitivity}, {specificity})", wanted)


@pytest.mark.parametrize(("expression", "message"), rows(IMPOSSIBLE))
def test_impossible_input_is_named(expression: str, message: str) -> None:
    refuses(expression, message)


def judged(true: float, sensitivity: float, specificity: float) -> float:
    """Give the share that is judged so: the right ones and the wrong ones."""
    return true * sensitivity + (1 - true) * (1 - specificity)


@FEW
@given(SHARE, GOOD, GOOD, SHARE, SHARE)
def test_correction_undoes_the_judgement(
    true: float, sensitivity: float, specificity: float, one: float, two: float
) -> None:
    seen = judged(true, sensitivity, specificity)
    assert rogan_gladen_raw(seen, sensitivity, specificity) == pytest.approx(true, abs=1e-9)
    raw = rogan_gladen_raw(one, sensitivity, specificity)
    assert judged(raw, sensitivity, specificity) == pytest.approx(one, abs=1e-9)
    assert rogan_gladen(one, sensitivity, specificity) == sorted((0, raw, 1))[1]
    limits = Interval(min(one, two), max(one, two))
    found = rogan_gladen_interval(limits, sensitivity, specificity)
    near(found, [rogan_gladen(p, sensitivity, specificity) for p in sorted((one, two))])
    assert found.lower <= rogan_gladen((one + two) / 2, sensitivity, specificity) <= found.upper


@FEW
@given(SHARE, st.floats(0, 0.99))
def test_perfect_and_mirrored_judgement(share: float, some: float) -> None:
    assert rogan_gladen_raw(share, 1, 1) == pytest.approx(share, abs=1e-15)
    mirrored = 1 - rogan_gladen_raw(1 - share, 0.95, 0.8)
    assert rogan_gladen_raw(share, 0.8, 0.95) == pytest.approx(mirrored, abs=1e-12)
    assert judged(0, 0.7, least_specificity(share)) == pytest.approx(share)
    assert rogan_gladen_raw(some, 1, least_specificity(some)) == pytest.approx(0, abs=1e-9)


@FEW
@given(st.floats(0.01, 1), SHARE, st.floats(0.01, 1))
def test_sensitivity_alone_explains_a_fall(p1: float, part: float, sensitivity: float) -> None:
    p2 = part * p1
    later = sensitivity * sensitivity_ratio_that_explains(p1, p2)
    true = rogan_gladen_raw(p1 * sensitivity, sensitivity, 1)
    assert judged(true, later, 1) == pytest.approx(p2 * sensitivity, abs=1e-12)


@FEW
@given(st.integers(1, 400), SHARE, GOOD, st.integers(5, 400), GOOD, st.integers(5, 400), LEVEL)
def test_lang_reiczigel_by_numerical_slopes(
    n: int, share: float, se: float, n_se: int, sp: float, n_sp: int, level: float
) -> None:
    z = norm.isf((1 - level) / 2)
    more = np.array([z * z, 2, 2])
    sizes = np.array([n, n_se, n_sp]) + more
    centre = (np.array([share * n, se * n_se, sp * n_sp]) + more / 2) / sizes
    assume(centre[1] + centre[2] > 1.05)
    variances = centre * (1 - centre) / sizes

    def true(point: np.ndarray) -> float:
        return float((point[0] - 1 + point[2]) / (point[1] + point[2] - 1))

    steps = np.eye(3) * 1e-5
    slopes = np.array([(true(centre + step) - true(centre - step)) / 2e-5 for step in steps])
    middle, reach = true(centre), z * sqrt(slopes**2 @ variances)
    middle += 2 * z**2 * (true(centre) * variances[1] - (1 - true(centre)) * variances[2])
    wanted = [min(max(middle + side * reach, 0), 1) for side in (-1, 1)]
    near(lang_reiczigel(round(share * n, 9), n, se, n_se, sp, n_sp, level), wanted, 1e-5)


@FEW
@given(st.integers(1, 400), SHARE, st.floats(0.6, 0.99), st.floats(0.6, 0.99), LEVEL)
def test_lang_reiczigel_of_exactly_known_judgement(
    n: int, share: float, se: float, sp: float, level: float
) -> None:
    x, known = round(share * n), 10**13
    z = norm.isf((1 - level) / 2)
    people = n + z * z
    centre = (x + z * z / 2) / people
    reach = z * sqrt(centre * (1 - centre) / people)  # of Agresti and Coull, before it is cut
    ends = [(centre + side * reach + sp - 1) / (se + sp - 1) for side in (-1, 1)]
    found = lang_reiczigel(x, n, se, known, sp, known, level)
    near(found, [min(max(end, 0), 1) for end in ends], 1e-5)
    plain = agresti_coull(x, n, level)
    near(lang_reiczigel(x, n, 1, known, 1, known, level), [plain.lower, plain.upper], 1e-5)


@FEW
@given(st.integers(1, 400), SHARE, GOOD, st.integers(20, 400), GOOD, st.integers(20, 400))
def test_lang_reiczigel_laws(n: int, share: float, se: float, n_se: int, sp: float, n_sp: int) -> None:
    x = round(share * n)
    assume(se + sp > 1.3)
    levels = [lang_reiczigel(x, n, se, n_se, sp, n_sp, level) for level in (0.5, 0.95)]
    assert 0 <= levels[1].lower <= levels[1].upper <= 1
    mirrored = lang_reiczigel(n - x, n, sp, n_sp, se, n_se)
    near(levels[1], [1 - mirrored.upper, 1 - mirrored.lower])


def test_lang_reiczigel_covers_about_its_level() -> None:
    """Sum the chance of every outcome of the three samples."""
    n, n_se, n_sp, true, se, sp = 40, 20, 20, 0.3, 0.9, 0.85

    def chances(size: int, p: float) -> list[float]:
        return [comb(size, k) * p**k * (1 - p) ** (size - k) for k in range(size + 1)]

    covered = decided = 0.0
    samples = (chances(n, judged(true, se, sp)), chances(n_se, se), chances(n_sp, sp))
    for (x, a), (y, b), (w, c) in product(*(list(enumerate(chance)) for chance in samples)):
        if a * b * c < 1e-9:
            continue
        found = lang_reiczigel(x, n, y / n_se, n_se, w / n_sp, n_sp)
        decided += a * b * c
        covered += a * b * c * (found.lower <= true <= found.upper)
    assert decided > 0.9999
    assert 0.945 < covered < 0.99
