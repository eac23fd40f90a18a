"""Numbers of people seen where “none” was found: in that place, or in all places together."""

from scripts.derived import Cells
from scripts.methods.proportion import upper_bound_if_none_found
from scripts.package.reading import Reading
from scripts.package.reading_index import ReadingIndex

METHOD = "exact_one_sided"


def none_found_readings(index: ReadingIndex) -> list[Reading]:
    """The quantities for which a source reports that none was found."""
    return [main for main in index.main_mentions if main.is_none_found]


def people_seen_at_place(index: ReadingIndex, none: Reading) -> list[Reading]:
    """The reported numbers of people who were seen in the place where none was found."""
    return [
        reading
        for reading in index.main_mentions_linked_to("denominator_of", none.id)
        if reading.is_one_exact_number
    ]


def largest_count_over_all_places(index: ReadingIndex, none: Reading) -> list[Reading]:
    """The largest reported number of people seen in all places of the study; empty if there is none."""
    main_mentions = quantities_in_other_places(index, none, "people-observed")
    points = [reading for main in main_mentions for reading in index.distinct_exact_readings(main.id)]
    counted = [reading for reading in points if reading.is_counted and float(reading.low)]
    return sorted(counted, key=lambda reading: -float(reading.low))[:1]


def quantities_in_other_places(index: ReadingIndex, none: Reading, indicator: str) -> list[Reading]:
    """The study's quantities with this indicator whose place is not that of `none`."""
    of_study = index.main_mentions_in_study(none.study_id, indicator)
    return [main for main in of_study if main.place_id != none.place_id]


def upper_bound_cells(n: str) -> Cells:
    """Cells with the exact one-sided upper bound of a share, given that none was found among n people."""
    return {
        "denominator": int(n),
        "unit": "percent",
        "estimate": upper_bound_if_none_found(int(n)),
        "method": METHOD,
    }
