"""What finding none rules out, for assumed numbers of people seen, and how likely it is by chance.

The bounds are exact, one-sided bounds for zero events, which assume that people are independent and that no
child is mistaken for an adult.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain

import pandas as pd

from scripts.derived import Cells
from scripts.derived._none_found_counts import (
    METHOD,
    none_found_readings,
    people_seen_at_place,
    quantities_in_other_places,
    upper_bound_cells,
)
from scripts.derived._scenario_grids import BY_ROUNDING, combine_scenario_rows
from scripts.methods.common import LEVEL
from scripts.methods.proportion import (
    probability_of_none,
    sample_size_to_exclude_rate,
    upper_bound_if_none_found,
)
from scripts.methods.rounding_consistency import rounding_range
from scripts.package.files import group_by_key
from scripts.package.package import Package
from scripts.package.reading import Reading
from scripts.package.reading_index import ReadingIndex

COMMON: Cells = {"unit": "percent", "ci_level": LEVEL, "method": METHOD}
Named = Iterator[tuple[str, Cells]]  # the last part of the key, and the cells of the row


def rows(package: Package) -> pd.DataFrame:
    """For each place where none was found: upper bounds, chances, and sample sizes to rule out shares."""
    return combine_scenario_rows(package, "scenario_none_found", _none_found_rows(package.reading_index))


def _none_found_rows(index: ReadingIndex) -> Iterator[Cells]:
    shares = (
        reading
        for reading in index.shares_in_studies
        if reading.is_one_exact_number and 0 < float(reading.low) < 100
    )
    needed = group_by_key(
        (_ages_topic_and_country(index, share), _people_needed_to_rule_out(share)) for share in shares
    )
    for none in none_found_readings(index):
        is_known = bool(people_seen_at_place(index, none))  # if so, `estimates` has the bound
        assumed = (
            () if is_known else chain(_upper_bounds_by_sample_size(index), _chances_of_none(index, none))
        )
        for name, cells in chain(assumed, needed[_ages_topic_and_country(index, none)]):
            yield COMMON | {"scenario_id": f"{none.id}.{name}", "value_id": none.id} | cells


def _upper_bounds_by_sample_size(index: ReadingIndex) -> Named:
    """Yield the upper bound of the share for each assumed number of people seen in one place."""
    for row in index.assumed_values("city_sample_size"):
        cells = {"measure": "upper_bound", "assumption_id": row["assumption_id"]}
        yield row["assumption_id"], cells | upper_bound_cells(row["value"])


def _chances_of_none(index: ReadingIndex, none: Reading) -> Named:
    """Yield the chance of finding none if an assumed part of the people found elsewhere had been here.

    Each row compares with a count for the same ages in another place of the study. Another row gives the
    largest part for which finding none would not be surprising.
    """
    for elsewhere in quantities_in_other_places(index, none, none.indicator_id):
        if elsewhere.age_limits != none.age_limits or not elsewhere.is_counted or not float(elsewhere.low):
            continue
        found = int(elsewhere.low)
        common: Cells = {"compared_id": elsewhere.id, "denominator": found}
        for row in index.assumed_values("place_share"):
            part, name = float(row["value"]), row["assumption_id"]
            assumed = {"assumption_id": name, "assumed": 100 * part, "measure": "chance_of_none"}
            chance = {"estimate": probability_of_none(part, found)}
            yield f"chance.{elsewhere.id}.{name}", common | assumed | chance
        surprise = {"measure": "part_until_surprise", "estimate": upper_bound_if_none_found(found)}
        yield f"surprise.{elsewhere.id}", common | surprise


def _people_needed_to_rule_out(share: Reading) -> tuple[str, Cells]:
    """How many people it takes to rule out a reported share, and each end of its rounding range."""
    ends = rounding_range(share.low) if share.is_exact_in_digits else None
    sizes = (
        [_sample_size_to_exclude_cell(ends.high), _sample_size_to_exclude_cell(ends.low)]
        if ends
        else ["", ""]
    )
    return f"exclude.{share.id}", {
        "compared_id": share.id,
        "assumed": float(share.low),
        "unit": "people",
        "measure": "n_to_exclude",
        "estimate": _sample_size_to_exclude_cell(Fraction(share.low)),
        **dict(zip(BY_ROUNDING, sizes, strict=True)),
    }


def _ages_topic_and_country(index: ReadingIndex, reading: Reading) -> tuple[object, ...]:
    """The ages, topic and country, which a share and a finding of none must have in common."""
    return reading.age_limits, reading.topic, index.country_of_place(reading.place_id)


def _sample_size_to_exclude_cell(percentage: Fraction) -> object:
    """How many people rule out a share; blank for 0 and 100 percent, which no number can rule out."""
    return sample_size_to_exclude_rate(float(percentage / 100)) if 0 < percentage < 100 else ""
