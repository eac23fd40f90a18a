"""Counts by group: what is in the package and what is missing, by topic, study, place and source?"""

from typing import Any

import pandas as pd

from scripts.derived._readings import standing
from scripts.package.opening import Package

DIMENSIONS = {"study_id": "study", "place_id": "place", "kind": "source_kind"}  # renamed columns
COUNTED = ["value_id", "quantity_id", "source_id", "is_primary", "read_whole"]
EVERY = ["all", "topic", "study", "place", "source_kind", "read_extent"]
OF_MISSING = ["all", "topic", "study"]  # by which it is listed what is not available


def rows(package: Package) -> pd.DataFrame:
    """One row for each item of each dimension, and one for all."""
    readings = standing(package)
    is_primary = readings["evidence"] == "primary"
    read_whole = readings["source_id"].where(readings["read_extent"] == "whole")
    groups = _by_item(readings.assign(is_primary=is_primary, read_whole=read_whole), EVERY, COUNTED)
    counted = groups.agg(
        readings=("value_id", "size"),
        quantities=("quantity_id", "nunique"),
        primary=("is_primary", "sum"),
        documents=("source_id", "nunique"),
        documents_read_whole=("read_whole", "nunique"),
    )
    missing = _by_item(package.frame("not_available"), OF_MISSING, ["not_available_id"]).size()
    is_listed = counted.index.isin(OF_MISSING, level="dimension")
    counted["not_available"] = missing.reindex(counted.index, fill_value=0).where(is_listed, "")
    counted["coverage_id"] = [".".join(names) for names in counted.index]
    return counted.reset_index()


def _by_item(frame: pd.DataFrame, dimensions: list[str], counted: list[str]) -> Any:
    """These columns of the rows, once for each dimension in which a row has an item, grouped by both."""
    named = frame.assign(all="all").rename(columns=DIMENSIONS)
    every = named.melt(counted, dimensions, var_name="dimension", value_name="item")
    return every[every["item"] != ""].groupby(["dimension", "item"])
