"""Reference values of every method, which were computed elsewhere beforehand, and what no method takes."""

import pytest

from scripts.methods.arguments import Interval
from scripts.methods.change import miettinen_nurminen_ratio, newcombe_difference, poisson_ratio
from scripts.methods.clustering import design_effect_from_icc, effective_n
from scripts.methods.printed import compatible_numerators
from tests.methods.common import gives, refuses, rows

REFERENCE = """
wilson(38, 2104)                         -> 0.01318657569 0.02469172796
wilson(2, 2104)                          -> 0.0002607193907 0.003459417524
wilson(38, 2104, 0.90)                   -> 0.01386740422 0.02349213266
wilson(46, 2104)                         -> 0.01643110273 0.02903790464
wilson(47, 2104)                         -> 0.0168403077 0.02957753764
wilson(2, 38)                            -> 0.01455420815 0.1728546213
wilson(147, 1937)                        -> 0.06491839745 0.08854156574
wilson(0, 300)                           -> 0.0000000000 0.01264297122
clopper_pearson(38, 2104)                -> 0.01281182151 0.02470632884
clopper_pearson(2, 2104)                 -> 0.0001151392164 0.00342952614
clopper_pearson(3, 2104)                 -> 0.0002941422651 0.004161247278
clopper_pearson(38, 2104, 0.99)          -> 0.01144150013 0.02694796625
clopper_pearson(0, 2104)                 -> 0.0000000000 0.001751733623
zero_upper_bound(2104)                               -> 0.001422813965
zero_upper_bound(100)                                -> 0.02951304961
zero_upper_bound(300)                                -> 0.009936081944
zero_upper_bound(500)                                -> 0.005973551516
zero_upper_bound(effective_n(2104, design_effect_from_icc(2104 / 287, 0.05))) -> 0.001872784494
n_to_exclude(0.0076)                                 -> 393
n_to_exclude(0.001)                                  -> 2995
chance_of_none(0.0076, 300)                          -> 0.1013973675
chance_of_none(0, 300)                               -> 1
100 * chance_of_none(1 / 3, 2)                       -> 44
100 * zero_upper_bound(2)                            -> 77.6
100 * zero_upper_bound(2104)                         -> 0.142
chance_of_none(1, 300)                               -> 0
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
newcombe_difference(147, 1937, 38, 2104) -> -0.07138724358 -0.04500954017
newcombe_difference(102, 1250, 38, 2104) -> -0.08073314606 -0.04811610209
newcombe_difference(9, 1184, 2, 2104)    -> -0.01346774576 -0.002265143231
newcombe_difference(48, 80, 56, 70)      -> 0.0524 0.3339
newcombe_difference(56, 70, 48, 80)      -> -0.3339 -0.0524
clustered(0.05)     -> -0.07373446304 -0.04297919326
clustered(0.10)     -> -0.07582083968 -0.0412065698
clustered(1.00)     -> -0.1001714645 -0.02205550566
miettinen_nurminen_difference(147, 1937, 38, 2104) -> -0.0715052708 -0.04517144065
miettinen_nurminen_difference(102, 1250, 38, 2104) -> -0.08083484944 -0.04826396123
miettinen_nurminen_difference(9, 1184, 2, 2104)    -> -0.01350465891 -0.00254422198
miettinen_nurminen_difference(48, 80, 56, 70)      -> 0.0528297 0.3381729
miettinen_nurminen_difference(56, 70, 48, 80)      -> -0.3381729 -0.0528297
miettinen_nurminen_ratio(147, 1937, 38, 2104)      -> 0.1676984352 0.3373742167
miettinen_nurminen_ratio(102, 1250, 38, 2104)      -> 0.153778698 0.3183928295
miettinen_nurminen_ratio(14, 1937, 2, 2104)        -> 0.03338787594 0.5174988626
miettinen_nurminen_ratio(15, 1937, 2, 2104)        -> 0.03131744188 0.4805848066
relative_reduction(8.16, 2.2)                 -> 0.7303921569
relative_reduction(147, 38)                   -> 0.7414965986
relative_reduction(147 / 1937, 38 / 2104)     -> 0.7620146918
relative_reduction(147 / 1936, 38 / 2104)     -> 0.76214
relative_reduction(147 / 1938, 38 / 2104)     -> 0.76189
relative_reduction(0.0816, 38 / 2104)         -> 0.7786662193
relative_reduction(7.59, 2.2)                 -> 0.7101449275
relative_reduction(147, 0)                    -> 1
relative_reduction(80, 138)                   -> -0.725
first_that_falls() -> 176
fall(147, 1937, 38, 2104)                     -> 0.6626257833 0.8323015648
fall(102, 1250, 38, 2104)                     -> 0.6816071705 0.846221302
[100 - 100 * r for r in (both.upper, both.lower)]          -> 69.6 85.6
variance_inflation_until_no_change(147, 235, 38, 287)      -> 19.0
variance_inflation_until_no_change(2, 3, 4, 6)             -> 0
least_places_without(38, 287)                              -> 249
least_places_without(147, 235)                             -> 88
least_places_without(9, 5)                                 -> 0
rogan_gladen(38 / 2104, 0.9, 0.99)       -> 0.009057119665
rogan_gladen(38 / 2104, 0.8, 0.995)      -> 0.01642872516
rogan_gladen(38 / 2104, 0.7, 0.999)      -> 0.02440749142
rogan_gladen(38 / 2104, 0.5, 1)          -> 0.036121673
rogan_gladen(38 / 2104, 0.95, 0.98)      -> 0.000000000
rogan_gladen_raw(38 / 2104, 0.95, 0.98)  -> -0.002085122041
rogan_gladen(0.9, 0.8, 0.9)              -> 1.0
rogan_gladen_interval(wilson(38, 2104), 0.9, 0.99)   -> 0.003580422124 0.0165075595
least_specificity(38 / 2104)                         -> 0.9819391635
sensitivity_ratio_that_explains(0.0816, 38 / 2104)   -> 0.2213337807
sensitivity_ratio_that_explains(147 / 1937, 38 / 2104) -> 0.2379853082
100 * false_positives_that_explain(0.0816, 0.022)      -> 6.1
100 * false_positives_that_explain(147 / 1936, 38 / 2104) -> 5.9
reduction_rounding_range("8.16", "2.2")  -> 0.7303921569 0.7240956468 0.7366809553
reduction_rounding_range("0.76", "0.1")  -> 0.8684210526 0.8013245033 0.9346405229
reduction_rounding_range("2.2", "0.1")   -> 0.9545454545 0.9302325581 0.97777777778
implied_mean_weight("2.2", 38, 2104)     -> 1.218105263 1.190421053 1.245789474
implied_mean_weight("50", 1, 1)          -> 0.500 0.495 0.505
implied_mean_weight("2.12", 36, 2104)[:1]          -> 1.24
compatible_numerators("2.2", 2104, "half_up")      -> 46 47
compatible_numerators("2.2", 2104, "truncation")   -> 47 48
compatible_numerators("2.2", 2014)       -> 44 45
compatible_numerators("0.1", 2104)       -> 2 3
compatible_numerators("1.8", 2104)       -> 37 38
compatible_numerators("1.81", 2104)      -> 38
compatible_numerators("8.16", 2000)      ->
compatible_numerators("8.16", 1250)      -> 102
compatible_numerators("8.16", 1937)      -> 158
compatible_numerators("0.76", 1937)      ->
compatible_numerators("12", 8, "half_up")          ->
compatible_numerators("12", 8, "half_down")        -> 1
compatible_numerators("12", 8)           -> 1
compatible_numerators("13", 8)           -> 1
compatible_numerators("99", 3, "truncation")       ->
compatible_numerators("1", 3, "ceiling")           ->
compatible_numerators("100", 3, "truncation")      -> 3
compatible_numerators("100", 250)        -> 249 250
compatible_numerators("0", 250)          -> 0 1
compatible_denominators("7.59", 147)     -> 1936 1937 1938
compatible_denominators("8.16", 147)     -> 1801 1802
ends(compatible_denominators("2.2", 38)) -> 1689 1767
ends(jointly_compatible_denominators([("2.2", 38), ("2.12", 36), ("0.1", 2)])) -> 1695 1702
jointly_compatible_denominators([("7.59", 147), ("8.16", 147)]) ->
jointly_compatible_denominators([("7.59", 147)])   -> 1936 1937 1938
[n for n in range(1, 99) if compatible_numerators("8.16", n)][:1] -> 49
[n for n in range(1, 600) if fits("8.16", n) and fits("0.76", n)][:1] -> 527
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
n_for_half_width(0.02, 0.005)                        -> 3012
n_per_wave(0.018, 0.010, 0.5982071008 - 1e-9)        -> 2104
n_per_wave(0.018, 0.010, 0.5982071008 + 1e-6)        -> 2105
n_per_wave(0.018, 0.008184371007 - 1e-9)             -> 2104
n_per_wave(0.018, 0.008184371007 + 1e-6)             -> 2105
deff_until_significance(50, 100, 5, 10)              -> 0
deff_until_significance(0, 1, 1000, 1000)            -> 1
"""

IMPOSSIBLE = """
wilson(3, 2) -> x must lie between 0 and n = 2, got 3
wilson(0, 0) -> n must be finite and at least 1, got 0
wilson(1, 2, 1) -> level must lie between 0 and 1, got 1
n_to_exclude(0.1, 0.9, 0) -> deff must be finite and above 0, got 0
n_to_exclude(0.1, 0.9, 1, 0) -> sensitivity must be above 0 and at most 1, got 0
design_effect_unequal(7, -1, 0) -> cv must be finite and at least 0, got -1
wilson_effective(1, 2, 3) -> deff must be at most n = 2, got 3
miettinen_nurminen_ratio(0, 2, 0, 2) -> x1 and x2 must not both be 0, got (0, 0)
variance_inflation_until_no_change(0, 1, 1, 1) -> x1 and x2 must be above 0, got (0, 1)
rogan_gladen_raw(0.1, 0, 1) -> sensitivity and specificity must together exceed 1, got (0, 1)
false_positives_that_explain(0.1, 1) -> p2 must be below 1, got 1
Interval(0.2, 0.1) -> the lower limit must not exceed the upper one, got (0.2, 0.1)
rounding_range("2.2 %") -> printed must be a decimal from 0 to 100, got '2.2 %'
compatible_denominators("0.0", 2) -> printed must exclude 0 to bound the denominator, got '0.0'
jointly_compatible_denominators([]) -> figures must not be empty, got []
implied_mean_weight("2", 0, 5) -> x must be at least 1, got 0
reduction_rounding_range("0.0", "0") -> earlier must exclude 0, got '0.0'
tipping_hidden(0.2, 0.1, 0.1) -> affected must differ from p2 = 0.1, got 0.1
n_per_wave(1, 0) -> p1 and p2 must not both be 0 or 1, got (1, 0)
n_per_wave(0.1, 0.1) -> p2 must differ from p1 = 0.1, got 0.1
n_per_wave(0.1, 0.2, 1) -> power must lie between the error 0.05 and 1, got 1
clopper_pearson(-1, 2) -> x must lie between 0 and n = 2, got -1
n_to_exclude(0) -> rate must lie between 0 and 1, got 0
n_to_exclude(1) -> rate must lie between 0 and 1, got 1
zero_upper_bound(9, 0) -> level must lie between 0 and 1, got 0
design_effect_unequal(0.5, 0, 0) -> mean_cluster_size must be finite and at least 1, got 0.5
design_effect_unequal(7, 0, 1.1) -> icc must lie between 0 and 1, got 1.1
newcombe_difference(3, 2, 1, 2) -> x1 must lie between 0 and n1 = 2, got 3
miettinen_nurminen_difference(1, 2, 1, 0) -> n2 must be finite and at least 1, got 0
relative_reduction(0, 1) -> earlier must be finite and above 0, got 0
relative_reduction(1, -1) -> later must be finite and at least 0, got -1
poisson_ratio(-1, 1, 1, 1) -> x1 must be finite and at least 0, got -1
poisson_ratio(1, 0, 1, 1) -> t1 must be finite and above 0, got 0
poisson_ratio(0, 1, 0, 1) -> x1 and x2 must not both be 0, got (0, 0)
sensitivity_ratio_that_explains(0, 0.1) -> p1 must be above 0, got 0
rounding_range("1e1") -> printed must be a decimal from 0 to 100, got '1e1'
rounding_range("100.1") -> printed must be a decimal from 0 to 100, got '100.1'
compatible_denominators("2", 0) -> x must be finite and at least 1, got 0
mixture(0, 0, -1) -> affected must lie between 0 and 1, got -1
tipping_affected(1, 0, 0) -> hidden must be above 0, got 0
hidden_part_that_undoes(1, 2, 1, 2, 1, 0) -> ratio must be finite and above 0, got 0
n_for_half_width(1, 0.1) -> share must lie between 0 and 1, got 1
n_for_half_width(0, 0.1) -> share must lie between 0 and 1, got 0
n_for_half_width(0.1, 1) -> half_width must lie between 0 and 1, got 1
n_for_half_width(0.1, 0) -> half_width must lie between 0 and 1, got 0
"""


def venues(icc: float) -> float:
    """Give the design effect of 287 venues with 2,104 people."""
    return design_effect_from_icc(2104 / 287, icc)


def clustered(icc: float) -> Interval:
    """Compare the people that 235 and 287 venues are worth at this ICC."""
    waves: list[float] = []
    for n, share, venues in ((1937, 147 / 1937, 235), (2104, 38 / 2104, 287)):
        worth = effective_n(n, design_effect_from_icc(n / venues, icc))
        waves += [share * worth, worth]
    return newcombe_difference(*waves)


def first_that_falls() -> int:
    """Find the first sample with 8.16 % that differs from 38 of 2,104, if venues are all or none."""
    deff = design_effect_from_icc(2104 / 287, 1)
    sizes = (n for n in range(8, 2104) if newcombe_difference(*waves_of(n, deff)).upper < 0)
    return next(sizes)


def waves_of(n: int, deff: float) -> tuple[float, float, float, float]:
    return 0.0816 * n / deff, n / deff, 38 / deff, 2104 / deff


def fall(*waves: int) -> Interval:
    ratio = miettinen_nurminen_ratio(*waves)
    return Interval(1 - ratio.upper, 1 - ratio.lower)


HELPERS = {
    "venues": venues,
    "clustered": clustered,
    "first_that_falls": first_that_falls,
    "fall": fall,
    "ends": lambda found: (found[0], found[-1]),
    "fits": compatible_numerators,
    "both": poisson_ratio(147, 235, 38, 287),
}


@pytest.mark.parametrize(("expression", "printed"), rows(REFERENCE))
def test_reference_value(expression: str, printed: str) -> None:
    gives(expression, printed, **HELPERS)


@pytest.mark.parametrize(("expression", "message"), rows(IMPOSSIBLE))
def test_impossible_input_is_named(expression: str, message: str) -> None:
    refuses(expression, message)
