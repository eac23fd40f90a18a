"""Reference values of every method, computed elsewhere beforehand, and inputs that methods refuse."""

import pytest

from scripts.methods.change import (
    miettinen_nurminen_ratio,
    newcombe_difference,
    poisson_rate_ratio_interval,
)
from scripts.methods.common import Interval
from scripts.methods.design_effect import design_effect_from_icc
from tests.methods.common import gives, refuses, rows

REFERENCE = """
wilson_interval(38, 2104)                         -> 0.01318657569 0.02469172796
wilson_interval(2, 2104)                          -> 0.0002607193907 0.003459417524
wilson_interval(0, 300)                           -> 0.0000000000 0.01264297122
clopper_pearson_interval(38, 2104)                -> 0.01281182151 0.02470632884
clopper_pearson_interval(2, 2104)                 -> 0.0001151392164 0.00342952614
clopper_pearson_interval(0, 2104)                 -> 0.0000000000 0.001751733623
upper_bound_if_none_found(2104)                               -> 0.001422813965
sample_size_to_exclude_rate(0.0076)                                 -> 393
sample_size_to_exclude_rate(0.001)                                  -> 2995
probability_of_none(0.0076, 300)                          -> 0.1013973675
100 * probability_of_none(1 / 3, 2)                       -> 44
design_effect_from_icc(2104 / 287, 0.01)   -> 1.063310105
design_effect_from_icc(7.33, 0.185)        -> 2.17
wilson_interval_at_effective_size(38, 2104, venues(0.10))   -> 0.01209255923 0.02689456296
wilson_interval_at_effective_size(2, 2, 2)                  -> 0.2065 1.0000
cv_for_design_effect(1936 / 235, 18.5)     -> 1.1
cv_for_design_effect(8, 4)                 -> 0
newcombe_difference(147, 1937, 38, 2104) -> -0.07138724358 -0.04500954017
newcombe_difference(48, 80, 56, 70)      -> 0.0524 0.3339
clustered(1.00)     -> -0.1001714645 -0.02205550566
miettinen_nurminen_difference(147, 1937, 38, 2104) -> -0.0715052708 -0.04517144065
miettinen_nurminen_difference(48, 80, 56, 70)      -> 0.0528297 0.3381729
miettinen_nurminen_ratio(147, 1937, 38, 2104)      -> 0.1676984352 0.3373742167
miettinen_nurminen_ratio(14, 1937, 2, 2104)        -> 0.03338787594 0.5174988626
relative_reduction(8.16, 2.2)                 -> 0.7303921569
relative_reduction(147 / 1937, 38 / 2104)     -> 0.7620146918
relative_reduction(147, 0)                    -> 1
relative_reduction(80, 138)                   -> -0.725
fall(147, 1937, 38, 2104)                     -> 0.6626257833 0.8323015648
[100 - 100 * r for r in (both.upper, both.lower)]          -> 69.6 85.6
variance_inflation_until_no_change(147, 235, 38, 287)      -> 19.0
variance_inflation_until_no_change(2, 3, 4, 6)             -> 0
rogan_gladen_estimate(38 / 2104, 0.9, 0.99)       -> 0.009057119665
rogan_gladen_estimate(38 / 2104, 0.95, 0.98)      -> 0.000000000
raw_rogan_gladen_estimate(38 / 2104, 0.95, 0.98)  -> -0.002085122041
rogan_gladen_estimate(0.9, 0.8, 0.9)              -> 1.0
rogan_gladen_interval(wilson_interval(38, 2104), 0.9, 0.99)   -> 0.003580422124 0.0165075595
sensitivity_ratio_that_explains(147 / 1937, 38 / 2104) -> 0.2379853082
100 * false_positives_that_explain(147 / 1936, 38 / 2104) -> 5.9
reduction_rounding_range("8.16", "2.2")  -> 0.7303921569 0.7240956468 0.7366809553
reduction_rounding_range("0.76", "0.1")  -> 0.8684210526 0.8013245033 0.9346405229
implied_mean_weight("2.2", 38, 2104)     -> 1.218105263 1.190421053 1.245789474
implied_mean_weight("50", 1, 1)          -> 0.500 0.495 0.505
numerators_that_round_to("2.2", 2104, "half_up")      -> 46 47
numerators_that_round_to("2.2", 2104, "truncation")   -> 47 48
numerators_that_round_to("8.16", 2000)      ->
numerators_that_round_to("12", 8, "half_up")          ->
numerators_that_round_to("12", 8, "half_down")        -> 1
numerators_that_round_to("12", 8)           -> 1
numerators_that_round_to("99", 3, "truncation")       ->
numerators_that_round_to("1", 3, "ceiling")           ->
numerators_that_round_to("100", 3, "truncation")      -> 3
numerators_that_round_to("100", 250)        -> 249 250
numerators_that_round_to("0", 250)          -> 0 1
denominators_that_round_to("7.59", 147)     -> 1936 1937 1938
ends(denominators_that_round_to("2.2", 38)) -> 1689 1767
ends(denominators_that_fit_all([("2.2", 38), ("2.12", 36), ("0.1", 2)])) -> 1695 1702
denominators_that_fit_all([("7.59", 147), ("8.16", 147)]) ->
affected_share_to_cancel_fall(0.0816, 38 / 2104, 0.10)        -> 0.6534524715
hidden_part_to_cancel_fall(0.0816, 38 / 2104, 0.50)          -> 0.1318406312
hidden_part_to_cancel_fall(147 / 1937, 38 / 2104, 0.50)      -> 0.1199938089
manski_bounds(38 / 2104, 0.10)                   -> 0.01625475285 0.1162547529
manski_bounds_for_change(0.0816, 38 / 2104, 0.10, 0.10)     -> -0.1571852471 0.04281475285
share_with_hidden_part(0.1, 0.25, 0.5)                          -> 0.2
sample_size_for_interval_half_width(0.02, 0.005)                        -> 3012
sample_size_per_wave_for_power(0.018, 0.010, 0.5982071008 - 1e-9)        -> 2104
sample_size_per_wave_for_power(0.018, 0.010, 0.5982071008 + 1e-6)        -> 2105
deff_until_significance(147, 1937, 38, 2104)         -> 18.46394592
deff_until_significance(50, 100, 5, 10)              -> 0
deff_until_significance(0, 1, 1000, 1000)            -> 1
"""

IMPOSSIBLE = """
wilson_interval(3, 2) -> x must lie between 0 and n = 2, got 3
wilson_interval(0, 0) -> n must be finite and at least 1, got 0
clopper_pearson_interval(3, 2) -> x must lie between 0 and n = 2, got 3
upper_bound_if_none_found(0) -> n must be finite and at least 1, got 0
probability_of_none(0.1, 0) -> n must be finite and at least 1, got 0
implied_mean_weight("2.2", 3, 2) -> x must lie between 0 and n = 2, got 3
newcombe_difference(3, 2, 1, 2) -> x1 must lie between 0 and n1 = 2, got 3
miettinen_nurminen_difference(1, 2, 1, 0) -> n2 must be finite and at least 1, got 0
raw_rogan_gladen_estimate(0.1, 0, 1) -> sensitivity and specificity must together exceed 1, got (0, 1)
Interval(0.2, 0.1) -> the lower limit must not exceed the upper one, got (0.2, 0.1)
rounding_range("2.2%") -> printed must be a decimal from 0 to 100, got '2.2%'
rounding_range("1e1") -> printed must be a decimal from 0 to 100, got '1e1'
rounding_range("100.1") -> printed must be a decimal from 0 to 100, got '100.1'
sample_size_per_wave_for_power(0.1, 0.1) -> p2 must differ from p1 = 0.1, got 0.1
sample_size_per_wave_for_power(0.1, 0.2, 1) -> power must lie between the error 0.05 and 1, got 1
"""


def venues(icc: float) -> float:
    """Return the design effect of 287 venues with 2,104 people, at this ICC."""
    return design_effect_from_icc(2104 / 287, icc)


def clustered(icc: float) -> Interval:
    """Return the difference with 235 and 287 venues, for effective sample sizes at this ICC."""
    waves: list[float] = []
    for n, share, venues in ((1937, 147 / 1937, 235), (2104, 38 / 2104, 287)):
        worth = n / design_effect_from_icc(n / venues, icc)
        waves += [share * worth, worth]
    return newcombe_difference(*waves)


def fall(*waves: int) -> Interval:
    ratio = miettinen_nurminen_ratio(*waves)
    return Interval(1 - ratio.upper, 1 - ratio.lower)


HELPERS = {
    "venues": venues,
    "clustered": clustered,
    "fall": fall,
    "ends": lambda found: (found[0], found[-1]),
    "both": poisson_rate_ratio_interval(147, 235, 38, 287),
}


@pytest.mark.parametrize(("expression", "printed"), rows(REFERENCE))
def test_agrees_with_the_reference_value(expression: str, printed: str) -> None:
    gives(expression, printed, **HELPERS)


@pytest.mark.parametrize(("expression", "message"), rows(IMPOSSIBLE))
def test_impossible_input_is_named(expression: str, message: str) -> None:
    refuses(expression, message)
