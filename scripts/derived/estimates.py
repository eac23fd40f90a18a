"""What follows from the reported counts, if nothing is assumed but random sampling."""

from collections.abc import Iterator

import pandas as pd

from scripts.derived import Cells
from scripts.derived._counted_shares import counted_shares, with_confidence_intervals
from scripts.derived._scenario_grids import concat_scenario_rows, joined_key
from scripts.derived._venue_counts import venue_counts
from scripts.derived._zero_events import (
    largest_count_over_all_places,
    none_found_readings,
    people_seen_at_place,
    upper_bound_cells,
)
from scripts.methods.common import LEVEL
from scripts.package.package import Package
from scripts.package.reading import Reading
from scripts.package.reading_index import ReadingIndex


def rows(package: Package) -> pd.DataFrame:
    """Shares with their intervals, upper bounds for “none found”, and counts per venue."""
    ledger = package.reading_index
    return concat_scenario_rows(
        package,
        "estimates",
        _share_estimates(ledger),
        _upper_bounds_if_none_found(ledger),
        _per_venue_rows(ledger),
    )


def _share_estimates(ledger: ReadingIndex) -> pd.DataFrame:
    """Each share, for each reported denominator, with its interval by both methods."""
    counted = with_confidence_intervals(
        counted_shares(ledger, ledger.shares_in_studies).assign(design_effect=1)
    )
    return counted.assign(estimate_id=joined_key(counted, ["value_id", "denominator_id", "method"]))


def _upper_bounds_if_none_found(ledger: ReadingIndex) -> Iterator[Cells]:
    """Yield upper bounds for each “none found”, by how many people were seen in that place, or in all.

    The total for all places is used only if no number is reported for the place. As fewer people were seen
    in one place than in all, the place's own bound is at least as high.
    """
    for none in none_found_readings(ledger):
        there = people_seen_at_place(ledger, none)
        for people in there:
            yield _upper_bound_row(none, people, "upper_bound", f"{none.id}.{people.id}")
        for people in largest_count_over_all_places(ledger, none) if not there else ():
            yield _upper_bound_row(none, people, "bound_at_least", f"{none.id}.at_least.{people.id}")


def _upper_bound_row(none: Reading, people: Reading, measure: str, name: str) -> Cells:
    ids = {"estimate_id": name, "value_id": none.id, "denominator_id": people.id}
    return {**ids, "measure": measure, "ci_level": LEVEL, **upper_bound_cells(people.low)}


def _per_venue_rows(ledger: ReadingIndex) -> Iterator[Cells]:
    for name, cells in venue_counts(ledger, called_an_estimate=False):
        yield {"estimate_id": name, **cells}
