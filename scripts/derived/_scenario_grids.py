"""Build grids of scenarios: combine each row with each assumed value, and apply methods to the result."""

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from scripts.derived import Cells
from scripts.methods.common import LEVEL, Interval
from scripts.package.package import Package

LIMITS = ["ci_low", "ci_high"]
BY_ROUNDING = ["rounding_low", "rounding_high"]
BOUNDS = ["lower", "upper"]
RESULTS = ["estimate", *LIMITS, *BY_ROUNDING, *BOUNDS]
IN_PERCENT = ("percent", "percentage_points")  # methods return proportions, tables show percentages


def cross_with_assumptions(package: Package, frame: pd.DataFrame, **parameters: str) -> pd.DataFrame:
    """Combine each row with each assumed value of each parameter, in the columns NAME and NAME_id."""
    assumptions = package.rows_as_frame("scenario_assumptions")
    for name, parameter in parameters.items():
        assumed = assumptions[assumptions["parameter"] == parameter]
        values = {f"{name}_id": assumed["assumption_id"], name: assumed["value"].astype(float)}
        frame = frame.merge(pd.DataFrame(values), how="cross")
    return frame


def apply_method_to_rows(method: Callable[..., Any], frame: pd.DataFrame, *columns: str) -> list[Any]:
    """Apply a method to each row, with arguments from these columns."""
    return list(map(method, *(frame[name] for name in columns)))


def keys_joined_from_columns(frame: pd.DataFrame, columns: list[str]) -> list[str]:
    """A key for each row: its cells in these columns, joined with full stops."""
    return [".".join(map(str, ids)) for ids in frame[columns].itertuples(index=False)]


def belongs_to_venue_study_by_row(package: Package, ids: pd.Series) -> pd.Series:
    """Return whether each reading is on the topic of the two venue surveys, which the grids are for."""
    topics = package.rows_as_frame("reported_values").set_index("value_id")["topic"]
    return ids.map(topics) == "venue_studies"


def combine_scenario_rows(
    package: Package, table: str, *parts: pd.DataFrame | Iterable[Cells]
) -> pd.DataFrame:
    """Combine several sets of rows in one data frame, with each result in the unit that its row names.

    Methods return proportions, which become percentages if the row's unit is percent or percentage points.
    The confidence level always becomes a percentage.
    """
    header = package.contract.table(table).column_names
    frames = [pd.DataFrame(part).reindex(columns=header).astype(object) for part in parts]
    frame = pd.concat(frames, ignore_index=True).fillna("")
    times = frame["unit"].isin(IN_PERCENT).map({True: 100, False: 1})
    for name in [name for name in RESULTS if name in header]:
        frame[name] = multiply_cells(frame[name], times)
    return frame.replace({"ci_level": {LEVEL: 100 * LEVEL}})


def multiply_cells(cells: pd.Series, factors: pd.Series) -> pd.Series:
    """Return each number multiplied by its factor; blank cells stay blank."""
    both = zip(cells, factors, strict=True)
    return pd.Series([cell if cell == "" else cell * factor for cell, factor in both], cells.index)


def interval_limit_columns(
    intervals: Iterable[Interval], names: list[str] = LIMITS
) -> dict[str, list[float]]:
    """The lower and upper limits of the intervals, as two columns with these names."""
    found = list(intervals)
    ends = [interval.lower for interval in found], [interval.upper for interval in found]
    return dict(zip(names, ends, strict=True))
