"""What is computed of one figure: its interval, and what it would be if something were otherwise."""

import pandas as pd

from scripts.derived import _by_venue, _intervals, _misjudged_age, _none_found
from scripts.derived._grids import united
from scripts.package.opening import Package


def rows(package: Package) -> pd.DataFrame:
    """Intervals, shares if age was misjudged, bounds at none found, and counts by venue."""
    return united(
        _intervals.rows(package),
        _misjudged_age.rows(package),
        _misjudged_age.least_specificities(package),
        _none_found.rows(package),
        _by_venue.rows(package),
    )
