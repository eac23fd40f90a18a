"""Joint tipping points: how small may several errors be, together, before the fall is no longer shown?

Only a scenario: none of the errors was measured in these studies, and no base of the earlier wave is
printed. It takes the earlier count as one of people seen, none as hidden then, and no adult as taken for a
child.
"""

import pandas as pd

from scripts.derived._grids import LEVEL, crossed, key
from scripts.derived._pairs import VENUES, printed_shares
from scripts.derived._sides import COUNTS, counted_sides
from scripts.methods.joint_errors import hidden_part_that_undoes
from scripts.package.opening import Package

ERRORS = {"design_effect": "design_effect", "affected": "hidden_affected", "ratio": "sensitivity_ratio"}


def rows(package: Package) -> pd.DataFrame:
    """For each pair of counts over bases and each set of errors: the hidden part that is enough."""
    waves = [pair for pair in printed_shares(package.ledger) if pair[1].topic == VENUES]
    grid = crossed(package, counted_sides(package.ledger, waves), **ERRORS)
    # Less than one person bears no interval; and those less affected than the people seen undo no fall.
    grid = grid[grid["design_effect"] <= grid[["earlier_base", "later_base"]].min(axis=1)]
    grid = grid[grid["affected"] > grid["earlier"]]
    needed = map(
        hidden_part_that_undoes, *(grid[name] for name in [*COUNTS, "affected", "ratio", "design_effect"])
    )
    ids = ["earlier_id", "later_id", "earlier_base", *(f"{name}_id" for name in ERRORS)]
    return grid.assign(
        comparison_id=key(grid, ids),
        measure="hidden_share_needed_jointly",
        unit="proportion",
        assumption_id=grid["affected_id"],
        assumed=grid["affected"],
        sensitivity_ratio=grid["ratio"],
        earlier_design_effect=grid["design_effect"],
        later_design_effect=grid["design_effect"],
        level=LEVEL,
        estimate=list(needed),
        basis="scenario",
        uncertainty_scope="sampling_only",
    )
