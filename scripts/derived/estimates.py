"""What follows from the reported counts if nothing but random sampling is assumed."""

from collections.abc import Iterator

import pandas as pd

from scripts.derived import Cells
from scripts.derived._counted_shares import add_confidence_intervals, shares_with_reported_counts
from scripts.derived._none_found_counts import (
    largest_count_over_all_places,
    none_found_readings,
    people_seen_at_place,
    upper_bound_cells,
)
from scripts.derived._people_per_venue import per_venue_measures
from scripts.derived._scenario_grids import combine_scenario_rows, keys_joined_from_columns
from scripts.methods.common import LEVEL
from scripts.package.package import Package
from scripts.package.reading import Reading
from scripts.package.reading_index import ReadingIndex


def rows(package: Package) -> pd.DataFrame:
    """Shares with their intervals, upper bounds for “none found”, and counts per venue."""
    index = package.reading_index
    return combine_scenario_rows(
        package,
        "estimates",
        _shares_with_intervals(index),
        _upper_bound_rows_for_none_found(index),
        _per_venue_rows(index),
    )


def _shares_with_intervals(index: ReadingIndex) -> pd.DataFrame:
    """Each share with its interval by both methods, for each denominator that is reported for it."""
    counted = add_confidence_intervals(
        shares_with_reported_counts(index, index.shares_in_studies).assign(design_effect=1)
    )
    return counted.assign(
        estimate_id=keys_joined_from_columns(counted, ["value_id", "denominator_id", "method"])
    )


def _upper_bound_rows_for_none_found(index: ReadingIndex) -> Iterator[Cells]:
    """Yield upper bounds on the share where none was found, given the number of people seen in that place.

    If no number is reported for that place, the total for all places is used. As fewer people were seen in
    one place than in all, the place's own bound is at least as high.
    """
    for none in none_found_readings(index):
        there = people_seen_at_place(index, none)
        for people in there:
            yield _upper_bound_row(none, people, "upper_bound", f"{none.id}.{people.id}")
        for people in largest_count_over_all_places(index, none) if not there else ():
            yield _upper_bound_row(none, people, "bound_at_least", f"{none.id}.at_least.{people.id}")


def _upper_bound_row(none: Reading, people: Reading, measure: str, name: str) -> Cells:
    ids = {"estimate_id": name, "value_id": none.id, "denominator_id": people.id}
    return {**ids, "measure": measure, "ci_level": LEVEL, **upper_bound_cells(people.low)}


def _per_venue_rows(index: ReadingIndex) -> Iterator[Cells]:
    for name, cells in per_venue_measures(index, called_an_estimate=False):
        yield {"estimate_id": name, **cells}
