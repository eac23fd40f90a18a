"""Tipping points: how far would one thing have to go to explain a share or a fall alone?

None of these was measured.
"""

import pandas as pd

from scripts.derived._grids import judged_under_18, key
from scripts.derived._sides import COUNTS, sides
from scripts.methods.imperfect_test import least_specificity, sensitivity_ratio_that_explains
from scripts.methods.planning import deff_until_significance
from scripts.package.opening import Package


def rows(package: Package) -> pd.DataFrame:
    """For each counted share of under 18 and each pair of shares: the values at which the answer turns."""
    pairs = sides(package.ledger).assign(denominator_id="").rename(columns={"later_id": "value_id"})
    counted = judged_under_18(package.ledger)
    grid = pd.concat([_specificities(counted), _sensitivity_ratios(pairs), _design_effects(pairs)])
    return grid.assign(tipping_point_id=key(grid, ["name", "measure"]), basis="scenario")


def _specificities(counted: pd.DataFrame) -> pd.DataFrame:
    """The specificity below which mistakes alone would make up the whole counted share."""
    return counted.assign(
        name=key(counted, ["value_id", "denominator_id"]),
        earlier_id="",
        earlier_base="",
        compared="counted_share",
        measure="least_specificity",
        estimate=list(map(least_specificity, counted["numerator"] / counted["denominator"])),
        lower="",
        upper="",
    )


def _sensitivity_ratios(pairs: pd.DataFrame) -> pd.DataFrame:
    """The later sensitivity as a part of the earlier one that would make a fall out of no change."""
    is_rounded = pairs["compared"] == "printed_shares"

    def at(earlier: str, later: str) -> pd.Series:
        ratios = map(sensitivity_ratio_that_explains, pairs[earlier], pairs[later])
        return pd.Series(ratios, pairs.index)

    return pairs.assign(
        measure="sensitivity_ratio",
        estimate=at("earlier", "later"),
        lower=at("earlier_high", "later_low").where(is_rounded, ""),
        upper=at("earlier_low", "later_high").where(is_rounded, ""),
    )


def _design_effects(pairs: pd.DataFrame) -> pd.DataFrame:
    """The design effect in both waves up to which the Newcombe interval leaves zero out."""
    counted = pairs[pairs["compared"] == "scenario_shares"]
    effects = list(map(deff_until_significance, *(counted[name] for name in COUNTS)))
    measure = "design_effect_to_include_zero"
    return counted.assign(measure=measure, estimate=effects, lower="", upper="")
