"""What is computed of two figures: how large is the change between them, and what would undo it?"""

import pandas as pd

from scripts.derived import _changes, _joint_errors, _outside_frame, _tipping_points
from scripts.derived._grids import times_each, united
from scripts.package.opening import Package

SIDES = ["earlier", "later"]


def rows(package: Package) -> pd.DataFrame:
    """Changes, what a part outside the frame could do to them, and the points at which there is no fall."""
    parts = (_changes, _outside_frame, _tipping_points, _joint_errors)
    found = united(*(part.rows(package) for part in parts))
    times = found["compared"].str.endswith("_shares").map({True: 100, False: 1})
    return found.assign(**{side: times_each(found[side], times) for side in SIDES})
