"""Counts by group: what is in the package, and what is missing, by topic, study, place and kind of source?"""

from typing import Any

import pandas as pd

from scripts.derived._readings import standing
from scripts.package.ledger import Ledger

DIMENSIONS = {"study_id": "study", "place_id": "place", "kind": "source_kind"}  # renamed columns
EVERY = ["all", "topic", "study", "place", "source_kind", "read_extent"]
OF_MISSING = ["all", "topic", "study"]  # by which it is listed what is not available


def rows(ledger: Ledger) -> pd.DataFrame:
    """One row for each item of each dimension, and one for all."""
    readings = standing(ledger)
    is_primary = readings["evidence"] == "primary"
    read_whole = readings["source_id"].where(readings["read_extent"] == "whole")
    groups = _by_item(readings.assign(is_primary=is_primary, read_whole=read_whole), EVERY)
    counted = groups.agg(
        readings=("value_id", "size"),
        quantities=("quantity_id", "nunique"),
        primary=("is_primary", "sum"),
        documents=("source_id", "nunique"),
        documents_read_whole=("read_whole", "nunique"),
    )
    missing = _by_item(ledger.frame("not_available"), OF_MISSING).size()
    is_listed = counted.index.isin(OF_MISSING, level="dimension")
    counted["not_available"] = missing.reindex(counted.index, fill_value=0).where(is_listed, "")
    counted["coverage_id"] = [".".join(names) for names in counted.index]
    return counted.reset_index()


def _by_item(frame: pd.DataFrame, dimensions: list[str]) -> Any:
    """The rows once for each dimension in which they have an item, grouped by both."""
    named = frame.assign(all="all").rename(columns=DIMENSIONS)
    others = named.columns.difference(dimensions)
    every = named.melt(others, dimensions, var_name="dimension", value_name="item")
    return every[every["item"] != ""].groupby(["dimension", "item"])
