"""The results of the venue surveys, ready to copy into a report: a row for each age, place and year.

If sources report several shares for one quantity, or several denominators for one share, each of them has
its own row.
"""

from collections.abc import Iterator, Sequence

from scripts.derived import Cells
from scripts.derived._counted_shares import METHODS, preferred_interval_method
from scripts.derived._none_found_counts import METHOD, largest_count_over_all_places, people_seen_at_place
from scripts.derived._reading_comparisons import NOT_NAMED
from scripts.derived._shares_counts_and_parts import (
    JUDGED_COUNT,
    JUDGED_SHARE,
    VENUES,
    Base,
    distinct_reported_shares,
    is_study_a_sample,
    linked_counts_of_share,
)
from scripts.methods.common import LEVEL
from scripts.methods.proportion import upper_bound_if_none_found
from scripts.methods.rounding_consistency import REACH, numerators_that_round_to
from scripts.package.package import Package
from scripts.package.reading import Reading, age_range_words
from scripts.package.reading_index import ReadingIndex

ONE_SEX = ("female", "male")
NO_PEOPLE = "No source that we read gives the number of people of whom this is a share."
NO_COUNT = "No source that we read gives the count."
NOT_ITS_COUNT = "A count of {count} is reported, but no source that we read gives it beside this share."
ESTIMATED = "The source gives the count as an estimate."
NO_PLACE = "The source names no place."
NO_YEAR = "The source gives no year; we take the figure to be of this survey."
NO_SHARE = "A count; no source that we read gives a share for it."
NO_SAMPLE = "The people are not known to be a sample, so there is no interval."
CHANGED = "The {direction} to this share from an earlier survey is reported as {change} ({value_id})."
OF_OTHERS = "The number of people is reported of “{people.scope_as_printed}”."
NO_FIT = "The counts do not give the reported share, however it is rounded."
NONE_FOUND = "None found. No source that we read says how many people were seen here."
NOT_KNOWN = "So we cannot say what it rules out."
UP_TO = (
    "Even if all {people} people of the survey had been seen here, a share of up to {share} percent would "
    "still be possible."
)
INDEPENDENT = ", if people were counted independently"
SIGNIFICANT_DIGITS = 3  # of computed numbers; `estimates` has more


def rows(package: Package) -> Iterator[Cells]:
    """Yield the shares and counts by judged age in each survey, and what follows from the counts."""
    for row in _survey_rows(package):
        figure = package.reading_index.readings_by_id[str(row["value_id"])]
        place, year = NO_PLACE if figure.place_id == NOT_NAMED else "", "" if figure.period else NO_YEAR
        yield row | {
            "note": _join_sentences(
                [place, year, str(row["note"]), *_sentences_on_changes_to(package, figure)]
            )
        }


def _sentences_on_changes_to(package: Package, figure: Reading) -> Iterator[str]:
    """Yield a sentence for each reported rise or fall that ends at this figure."""
    for later, change in package.reading_index.pairs_with_relation("later_end_of"):
        if later.id == figure.quantity_id:
            direction = package.reading_index.indicators_by_id[change.indicator_id]["direction"]
            yield CHANGED.format(direction=direction, change=change.printed, value_id=change.id)


def _survey_rows(package: Package) -> Iterator[Cells]:
    index = package.reading_index
    above = {
        count.id for count, _ in index.pairs_with_relation("numerator_of")
    }  # these appear in the row of their share
    for main in index.main_mentions:
        if main.topic != VENUES or not main.study_id or not main.may_be_shown_alone:
            continue
        if main.indicator_id == JUDGED_SHARE:
            yield from _share_rows(package, main)
        elif main.indicator_id == JUDGED_COUNT and main.id not in above:
            yield _survey_scope_cells(package, main, main) | _cells_for_count(package, main)


def _survey_scope_cells(package: Package, main: Reading, figure: Reading) -> Cells:
    """Cells with the survey, year, place, people and age, and with the id of the figure."""
    return {
        "survey": package.name_of("studies", main.study_id),
        "year": figure.period[:4],
        "place": package.name_of("places", figure.place_id),
        "people": package.name_of("populations", figure.population_id) or "not stated",
        "age": age_range_words(main),
        "age_method": _age_method_words(package, main),
        "value_id": figure.id,
    }


def _age_method_words(package: Package, main: Reading) -> str:
    """The study's method of determining ages, under its name in the data dictionary."""
    method = package.row("studies", main.study_id)["age_method"]
    return package.contract.table("studies").field_by_name["age_method"].label_by_code[method]


# Shares: one row for each reported share and each denominator reported for it.


def _share_rows(package: Package, main: Reading) -> Iterator[Cells]:
    shares, bases = (
        distinct_reported_shares(package.reading_index, main) or [main],
        linked_counts_of_share(package.reading_index, main),
    )
    rivals = [
        _several_numbers_note("shares", [f"{share.low} percent" for share in shares]),
        _several_numbers_note("numbers of people", [f"{int(people.low):,}" for _, people in bases]),
    ]
    for share in shares:
        about = _survey_scope_cells(package, main, share) | {
            "reported_share": share.low if share.is_one_exact_number else ""
        }
        counts = _numerators_of_share(package.reading_index, share)
        its_own = [base for base in bases if base[0].id in {count.quantity_id for count in counts}]
        for base in its_own:
            yield about | _cells_with_denominator(package, share, base, rivals)
        if not its_own:
            yield about | _cells_without_denominator(package, share, counts, rivals)


def _numerators_of_share(index: ReadingIndex, share: Reading) -> list[Reading]:
    """The counts behind a share.

    If several shares are reported for the quantity, only counts from sources of this share are returned.
    """
    counts = index.main_mentions_linked_to("numerator_of", share.quantity_id)
    if len(distinct_reported_shares(index, index.readings_by_id[share.quantity_id])) < 2:
        return counts
    same = {
        reading.source_id
        for reading in index.mentions_of_quantity(share.quantity_id)
        if reading.number_limits_and_qualifier == share.number_limits_and_qualifier
    }
    every = [mention for count in counts for mention in index.mentions_main_first(count.id)]
    return [mention for mention in every if mention.source_id in same]


def _several_numbers_note(plural_noun: str, numbers: Sequence[str]) -> str:
    """A sentence saying that sources give several numbers; blank if there is only one or none."""
    listed = f"{', '.join(numbers[:-1])} and {numbers[-1]}" if len(numbers) > 1 else ""
    return f"Sources give different {plural_noun}, {listed}: each has a row." if listed else ""


def _cells_with_denominator(package: Package, share: Reading, base: Base, rivals: Sequence[str]) -> Cells:
    """Cells with a share's count and denominator, and the share and interval computed from them.

    The interval is left out unless the study is a sample.
    """
    count, people = base
    x, n = int(count.low), int(people.low)
    is_sample = is_study_a_sample(package.reading_index, share)
    notes = [
        _sentence_quoting_inexact_number("share", share),
        *rivals,
        "" if people.population_id == share.population_id else OF_OTHERS.format(people=people),
        "" if _counts_fit_share(share, x, n) else NO_FIT,
        _sentence_on_count_of_one_sex(package, share, count),
        "" if is_sample else NO_SAMPLE,
    ]
    interval = _confidence_interval_cells(package, x, n) if is_sample else {}
    return interval | {
        "numerator": x,
        "denominator": n,
        "share_from_counts": _share_in_percent(x / n),
        "reported_by": _reporting_publishers(package, share, {"count": count, "number of people": people}),
        "note": _join_sentences(notes),
    }


def _counts_fit_share(share: Reading, x: int, n: int) -> bool:
    """Return whether the counts give the reported share under some rounding rule; True if it is inexact."""
    rounded = (numerators_that_round_to(share.low, n, rule) for rule in REACH if share.is_exact_in_digits)
    return not share.is_exact_in_digits or any(x in fitting for fitting in rounded)


def _confidence_interval_cells(package: Package, x: int, n: int) -> Cells:
    method = preferred_interval_method(x / n)
    limits = METHODS[method](x, n)
    ends = {"ci_low": _share_in_percent(limits.lower), "ci_high": _share_in_percent(limits.upper)}
    return ends | {"ci_method": _interval_method_label(package, method)}


def _share_in_percent(share: float) -> float:
    """A share in percent, with three significant digits."""
    return float(f"{100 * share:.{SIGNIFICANT_DIGITS}g}")


def _interval_method_label(package: Package, method: str) -> str:
    """The interval method, under its name in the data dictionary, with the confidence level."""
    words = package.contract.table("estimates").field_by_name["method"].label_by_code[method]
    return f"{words}, {100 * LEVEL:g} percent{INDEPENDENT}"


def _cells_without_denominator(
    package: Package, share: Reading, counts: Sequence[Reading], rivals: Sequence[str]
) -> Cells:
    """Cells for a share whose denominator is not reported, with its count if that is reported."""
    is_of_people = package.reading_index.main_mentions_linked_to("denominator_of", share.quantity_id)
    told = [_sentence_quoting_inexact_number("share", share), "" if is_of_people else NO_PEOPLE]
    if not counts:
        others = package.reading_index.main_mentions_linked_to("numerator_of", share.quantity_id)
        missing = [NOT_ITS_COUNT.format(count=count.printed) for count in others] or [NO_COUNT]
        notes = _join_sentences([*told, *missing, *rivals])
        return {"reported_by": _publisher_name(package, share), "note": notes}
    count = counts[0]
    as_estimate = ESTIMATED if share.is_observed and count.is_estimate else ""
    told += [
        _sentence_quoting_inexact_number("count", count),
        as_estimate,
        _sentence_on_count_of_one_sex(package, share, count),
    ]
    return {
        "numerator": count.low if count.is_one_exact_number else "",
        "reported_by": _reporting_publishers(package, share, {"count": count}),
        "note": _join_sentences([*told, *rivals]),
    }


def _join_sentences(sentences: Sequence[str]) -> str:
    """The sentences that are not blank, joined with spaces."""
    return " ".join(filter(None, sentences))


def _sentence_quoting_inexact_number(noun: str, figure: Reading) -> str:
    """A sentence that quotes how a source gives a share or count; blank if the number is exact."""
    return "" if figure.is_one_exact_number else f"The {noun} is reported as “{figure.printed}”."


def _sentence_on_count_of_one_sex(package: Package, share: Reading, count: Reading) -> str:
    """A sentence saying that the count covers one sex only, if the share does not; otherwise blank."""
    if count.sex == share.sex or count.sex not in ONE_SEX:
        return ""
    words = package.contract.table("reported_values").field_by_name["sex"].label_by_code[count.sex]
    return f"The count is of {words} people only."


def _reporting_publishers(package: Package, figure: Reading, others: dict[str, Reading]) -> str:
    """The publisher of a figure, followed by those of its count and denominator if they differ."""
    first = _publisher_name(package, figure)
    parts = [f"{quantity}: {_publisher_name(package, other)}" for quantity, other in others.items()]
    return "; ".join([first, *(part for part in parts if not part.endswith(f": {first}"))])


def _publisher_name(package: Package, figure: Reading) -> str:
    return package.row("sources", figure.source_id)["publisher"]


# Counts without a share, and “none found”.


def _cells_for_count(package: Package, count: Reading) -> Cells:
    by: Cells = {"reported_by": _publisher_name(package, count)}
    if count.is_none_found:
        return by | {"numerator": 0} | _cells_for_none_found(package, count)
    number, told = (
        (count.low if count.is_one_exact_number else ""),
        _sentence_quoting_inexact_number("count", count),
    )
    return by | {"numerator": number, "note": _join_sentences([NO_SHARE, told])}


def _cells_for_none_found(package: Package, none: Reading) -> Cells:
    """Cells with the upper bound on the share at a place where nobody of the group was found.

    If it is not known how many people were seen there, there is only a note.
    """
    for people in people_seen_at_place(package.reading_index, none)[:1]:
        n = int(people.low)
        bound = {
            "denominator": n,
            "share_from_counts": 0,
            "ci_high": _share_in_percent(upper_bound_if_none_found(n)),
        }
        return bound | {"ci_method": _interval_method_label(package, METHOD), "note": "None found."}
    for people in largest_count_over_all_places(package.reading_index, none):
        n = int(people.low)
        possible = UP_TO.format(people=f"{n:,}", share=_share_in_percent(upper_bound_if_none_found(n)))
        return {"note": f"{NONE_FOUND} {possible}"}
    return {"note": f"{NONE_FOUND} {NOT_KNOWN}"}
