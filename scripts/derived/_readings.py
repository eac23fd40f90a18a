"""The ledger as a frame: what does every reading say, and what is known of its source?"""

import pandas as pd

from scripts.package.opening import Package


def readings(package: Package) -> pd.DataFrame:
    """Every reading joined to its source, and the quantity that it prints."""
    values = package.frame("reported_values")
    quantity = values["printing_of"].where(values["printing_of"] != "", values["value_id"])
    return values.assign(quantity_id=quantity).merge(package.frame("sources"), on="source_id")


def standing(package: Package) -> pd.DataFrame:
    """Those that were not withdrawn."""
    every = readings(package)
    return every[every["show"] != "withdrawn"]
