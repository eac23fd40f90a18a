"""Counts by group: what is in the package and what is missing, by topic, study, place and source?"""

import pandas as pd

from scripts.derived._readings import standing
from scripts.package.opening import Package

DIMENSIONS = {"study_id": "study", "place_id": "place", "kind": "source_kind"}  # renamed columns
COUNTED = ["value_id", "quantity_id", "source_id", "is_primary", "read_whole"]
BY_ROW = ["all", "topic", "study", "source_kind", "read_extent"]  # a place counts for all that hold it
OF_MISSING = ["all", "topic", "study"]  # by which it is listed what is not available


def rows(package: Package) -> pd.DataFrame:
    """One row for each item of each dimension, and one for all."""
    readings = standing(package)
    is_primary = readings["evidence"] == "primary"
    read_whole = readings["source_id"].where(readings["read_extent"] == "whole")
    every = readings.assign(is_primary=is_primary, read_whole=read_whole)
    outer = {key: [key, *package.ledger.ancestors(key)] for key in package.index("places")}
    inside = every.assign(place_id=every["place_id"].map(outer)).explode("place_id")
    counts = [_by_item(every, BY_ROW, COUNTED), _by_item(inside, ["place"], COUNTED)]
    groups = pd.concat(counts).groupby(["dimension", "item"])
    counted = groups.agg(
        readings=("value_id", "size"),
        quantities=("quantity_id", "nunique"),
        primary=("is_primary", "sum"),
        documents=("source_id", "nunique"),
        documents_read_whole=("read_whole", "nunique"),
    )
    not_available = _by_item(_not_available(package), OF_MISSING, ["not_available_id"]).drop_duplicates()
    missing = not_available.groupby(["dimension", "item"]).size()
    is_listed = counted.index.isin(OF_MISSING, level="dimension")
    counted["not_available"] = missing.reindex(counted.index, fill_value=0).where(is_listed, "")
    counted["coverage_id"] = [".".join(names) for names in counted.index]
    return counted.reset_index()


def _not_available(package: Package) -> pd.DataFrame:
    """What is missing, once more for each study where an item is of several."""
    items = package.frame("not_available")
    several = package.frame("not_available_studies").merge(items.drop(columns="study_id"))
    return pd.concat([items, several])


def _by_item(frame: pd.DataFrame, dimensions: list[str], counted: list[str]) -> pd.DataFrame:
    """These columns of the rows, once for each dimension in which a row has an item."""
    named = frame.assign(all="all").rename(columns=DIMENSIONS)
    every = named.melt(counted, dimensions, var_name="dimension", value_name="item")
    return every[every["item"] != ""]
