"""The ledger as a frame: what does every reading say, and what is known of its source?"""

import pandas as pd

from scripts.package.ledger import Ledger


def readings(ledger: Ledger) -> pd.DataFrame:
    """Every reading joined to its source, and the quantity that it prints."""
    values = ledger.frame("reported_values")
    quantity = values["printing_of"].where(values["printing_of"] != "", values["value_id"])
    return values.assign(quantity_id=quantity).merge(ledger.frame("sources"), on="source_id")


def standing(ledger: Ledger) -> pd.DataFrame:
    """Those that were not withdrawn."""
    every = readings(ledger)
    return every[every["show"] != "withdrawn"]
