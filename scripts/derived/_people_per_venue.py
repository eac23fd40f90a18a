"""People judged to be under 18 per venue, and venues where none was seen."""

from collections.abc import Iterator

from scripts.derived import Cells
from scripts.derived._shares_counts_and_parts import (
    JUDGED_COUNT,
    UNDER_18,
    VENUES,
    readings_of_venues_visited,
)
from scripts.package.reading import Reading
from scripts.package.reading_index import ReadingIndex


def per_venue_measures(index: ReadingIndex, *, called_an_estimate: bool) -> Iterator[tuple[str, Cells]]:
    """Yield the key and cells of two measures for each count of people judged to be under 18.

    These are the people per venue and the least share of venues without any such person. Each person was in
    one venue at most, so the number of venues minus the number of people is a lower bound. It holds for one
    survey and says nothing about a change. If `called_an_estimate` is true, only counts that some source
    calls an estimate are used, since those people may not actually have been seen; otherwise, only other
    counts.
    """
    for count in index.main_mentions:
        is_meant = (count.topic, count.indicator_id, count.age_limits) == (VENUES, JUDGED_COUNT, UNDER_18)
        if is_meant and count.is_counted and _is_called_an_estimate(index, count) == called_an_estimate:
            for venues in readings_of_venues_visited(index, count.study_id)[:1]:
                yield from _per_venue_measures_of_count(count, venues)


def _is_called_an_estimate(index: ReadingIndex, count: Reading) -> bool:
    return any(reading.is_estimate for reading in index.mentions_of_quantity(count.id))


def _per_venue_measures_of_count(count: Reading, venues: Reading) -> Iterator[tuple[str, Cells]]:
    people, places = int(count.low), int(venues.low)
    without = max(0, places - people)
    ids = {"value_id": count.id, "numerator_id": count.id, "denominator_id": venues.id}
    common: Cells = {**ids, "denominator": places}
    key = f"{count.id}.{venues.id}"
    yield (
        f"{key}.per_venue",
        common
        | {
            "measure": "people_per_venue",
            "numerator": people,
            "unit": "people_per_venue",
            "estimate": people / places,
        },
    )
    yield (
        f"{key}.without",
        common
        | {
            "measure": "least_share_of_venues_without",
            "numerator": without,
            "unit": "percent",
            "estimate": without / places,
        },
    )
