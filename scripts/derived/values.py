"""One table to analyse: every reading with its names, numbers, limits and what stands with it."""

from collections import Counter, defaultdict
from collections.abc import Iterable

import pandas as pd

from scripts.derived import _intervals, conflicts, value_limitations
from scripts.derived._readings import readings
from scripts.package.ages import age_words
from scripts.package.opening import Package
from scripts.package.reading import Reading
from scripts.wording.reading_words import CAUTIONS, Values

NAMES = {
    "indicator": ("indicators", "indicator_id", "name"),
    "unit": ("indicators", "indicator_id", "unit"),
    "kind": ("indicators", "indicator_id", "kind"),
    "study": ("studies", "study_id", "name"),
    "place": ("places", "place_id", "name"),
    "country": ("places", "country_id", "name"),
    "population": ("populations", "population_id", "name"),
    "credited_to": ("organisations", "credited_to_id", "name"),
    "series": ("series", "series_id", "name"),
}  # column: the table that says it, the column that holds its key, and its column there
OTHERWISE = {
    "title": "source",
    "credited_to": "credited_to_id",
    "series": "series_id",
    "period_as_printed": "period_text",
    "low": "at_least",
    "high": "at_most",
}  # columns of the ledger and of sources, and what they are called here


def rows(package: Package) -> pd.DataFrame:
    """One row a reading, keys beside their names."""
    ledger, words = package.ledger, Values(package)
    frame = readings(package).rename(columns=OTHERWISE)
    frame["country_id"] = frame["place_id"].map(ledger.country)
    for name, (table, key, column) in NAMES.items():
        frame[name] = frame[key].map(_column(package, table, column))
    # Else whoever filters and adds would take in a number that was taken back.
    ends = frame[["at_least", "at_most"]].mask(frame["show"] == "withdrawn", "")
    is_change = (frame["kind"] == "change") & (frame["unit"] == "percent")
    lower, upper = _sampling(package)
    each = list(map(ledger.readings.__getitem__, frame["value_id"]))
    return frame.assign(
        unit=frame["unit"].mask(is_change, "percent_change"),
        what=[words.caption(one.id) for one in each],
        **ends,
        value=ends["at_least"].where(ends["at_least"] == ends["at_most"], ""),
        year_start=frame["period"].str[:4],
        year_end=frame["period"].str.rpartition("/")[2].str[:4],
        ages=[age_words(one) for one in each],
        stands_alone=(frame["show"] == "free").map({True: "yes", False: "no"}),
        stands_with=[";".join(other.id for other in words.company(one.id)) for one in each],
        say_with_it=[CAUTIONS.get(one.show, "") for one in each],
        other_printings=[_others(package, one) for one in each],
        conflicts=frame["value_id"].map(_conflicts(package)).fillna(0).astype(int),
        limitation_ids=frame["value_id"].map(_limitations(package)).fillna(""),
        sampling_lower=frame["value_id"].map(lower).astype(object).fillna(""),
        sampling_upper=frame["value_id"].map(upper).astype(object).fillna(""),
    )


def _column(package: Package, table: str, column: str) -> dict[str, str]:
    """The cells of a column by the key of their rows; a blank key has a blank cell."""
    frame = package.frame(table)
    return {"": "", **dict(zip(frame.iloc[:, 0], frame[column], strict=True))}


def _others(package: Package, one: Reading) -> int:
    return len([other for other in package.ledger.printings(one.root_id) if other is not one])


def _conflicts(package: Package) -> Counter[object]:
    """How many rows of `conflicts` name each value."""
    pairs = [{row["root_id"], row["value_id"]} for row in conflicts.rows(package)]
    return Counter(one for pair in pairs for one in pair)


def _limitations(package: Package) -> dict[object, str]:
    found: dict[object, list[str]] = defaultdict(list)
    for row in value_limitations.rows(package):
        found[row["value_id"]].append(str(row["limitation_id"]))
    return {value_id: ";".join(sorted(ids)) for value_id, ids in found.items()}


def _sampling(package: Package) -> Iterable[pd.Series]:
    """The plain interval of each counted share in percent; of two printed bases, from end to end."""
    frame = pd.DataFrame(_intervals.rows(package))
    if "lower" not in frame:  # no share has a count
        return pd.Series(dtype=object), pd.Series(dtype=object)
    plain = frame[(frame["stands_first"] == "yes") & (frame["basis"] == "counted")].groupby("value_id")
    return 100 * plain["lower"].min(), 100 * plain["upper"].max()
