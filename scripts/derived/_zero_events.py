"""The number of people seen when “none” was found, in that place or in all places together."""

from scripts.derived import Cells
from scripts.methods.proportion import zero_upper_bound
from scripts.package.reading import Reading
from scripts.package.reading_index import ReadingIndex

METHOD = "exact_one_sided"


def none_found_readings(ledger: ReadingIndex) -> list[Reading]:
    """The quantities for which a source reports that none was found."""
    return [main for main in ledger.main_mentions if main.is_none_found]


def people_seen_at_place(ledger: ReadingIndex, none: Reading) -> list[Reading]:
    """The reported numbers of people among whom none was found in that place."""
    return [
        reading
        for reading in ledger.main_mentions_linked_to("denominator_of", none.id)
        if reading.is_one_exact_number
    ]


def largest_count_over_all_places(ledger: ReadingIndex, none: Reading) -> list[Reading]:
    """The largest reported number of people seen in all places of the study, as a list of one or none."""
    main_mentions = same_indicator_in_containing_places(ledger, none, "people-observed")
    points = [reading for main in main_mentions for reading in ledger.distinct_exact_readings(main.id)]
    counted = [reading for reading in points if reading.is_counted and float(reading.low)]
    return sorted(counted, key=lambda reading: -float(reading.low))[:1]


def same_indicator_in_containing_places(
    ledger: ReadingIndex, none: Reading, indicator: str
) -> list[Reading]:
    """The study's quantities with this indicator whose place is not that of `none`."""
    of_study = ledger.main_mentions_in_study(none.study_id, indicator)
    return [main for main in of_study if main.place_id != none.place_id]


def upper_bound_cells(n: str) -> Cells:
    """Cells with the exact one-sided upper bound of a share when none was found among n people."""
    return {
        "denominator": int(n),
        "unit": "percent",
        "estimate": zero_upper_bound(int(n)),
        "method": METHOD,
    }
