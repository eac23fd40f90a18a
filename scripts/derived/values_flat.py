"""A denormalised table: what does every reading say, in words and in one file for a spreadsheet?"""

from collections import Counter

import pandas as pd

from scripts.derived import conflicts
from scripts.derived._comparison import age_words
from scripts.derived._readings import readings
from scripts.package.opening import Package

NAMES = {
    "indicator": ("indicators", "indicator_id"),
    "study": ("studies", "study_id"),
    "place": ("places", "place_id"),
    "population": ("populations", "population_id"),
    "credited_to": ("organisations", "credited_to"),
}  # column: the table that gives the name, and the column that holds its key
WORDS = ("qualifier", "weighted", "read_extent")


def rows(package: Package) -> pd.DataFrame:
    """One row a reading, keys replaced by names."""
    flat = readings(package).rename(columns={"title": "source_title"})
    named = {name: flat[key].map(_column(package, table, "name")) for name, (table, key) in NAMES.items()}
    plain = {name: flat[name].str.replace("_", " ") for name in WORDS}
    pairs = [{row["root_id"], row["value_id"]} for row in conflicts.rows(package)]
    differences = Counter(one for pair in pairs for one in pair)
    return flat.assign(
        **named,
        **plain,
        unit=flat["indicator_id"].map(_column(package, "indicators", "unit")),
        ages=[age_words(package.ledger.readings[one]) for one in flat["value_id"]],
        period=flat["period"].where(flat["period"] != "", flat["period_as_printed"]),
        printings=[len(package.ledger.printings(one)) for one in flat["quantity_id"]],
        conflicts=[differences[one] for one in flat["value_id"]],
    )


def _column(package: Package, table: str, column: str) -> dict[str, str]:
    """The cells of a column by the key of their rows; a blank key has a blank cell."""
    frame = package.frame(table)
    return {"": "", **dict(zip(frame.iloc[:, 0], frame[column], strict=True))}
