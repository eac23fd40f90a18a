"""The table to analyse: every reading with its names, numbers, counts, limitations and related figures."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import permutations

import pandas as pd

from scripts.derived import Cells, conflicts, value_limitations
from scripts.derived._counted_shares import METHODS, preferred_interval_method
from scripts.derived._reading_comparisons import (
    CONTRADICTION,
    NOT_EXPLAINED,
    NOT_NAMED,
    TENSION,
    kind_of_number_disagreement,
)
from scripts.derived._shares_counts_and_parts import is_study_a_sample, linked_counts_of_share
from scripts.derived._subjects_of_readings import CELLS as SUBJECT_CELLS
from scripts.derived._subjects_of_readings import subject_ids_by_row
from scripts.methods.common import LEVEL
from scripts.package.package import Package
from scripts.package.reading import Reading, age_range_words, date_span
from scripts.package.reading_index import ENDS, ReadingIndex
from scripts.package.shared_words import denominator_in_printed_share
from scripts.wording.quantity_names import QuantityNames

NAMES = {
    "unit": ("indicators", "indicator_id", "unit"),
    "kind": ("indicators", "indicator_id", "kind"),
    "stage": ("indicators", "indicator_id", "stage"),
    "setting": ("studies", "study_id", "setting"),
    "design": ("studies", "study_id", "design"),
    "place": ("places", "place_id", "name"),
    "credited_to": ("organisations", "credited_to", "name"),
}  # column: the table it comes from, the column with that table's key, and its column there
OTHERWISE = {
    "high": "at_most",
    "interval_low": "printed_ci_low",
    "interval_high": "printed_ci_high",
    "interval_level": "printed_ci_level",
    "interval_level_reason": "printed_ci_reason",
}  # columns of `reported_values`, and their names in this table
AGES = (
    "ages_counted denominator_ages counted_age_min counted_age_max denominator_age_min denominator_age_max"
)
WHOSE_PEOPLE_IT_IS_ABOUT = ("numerator_of", *ENDS)
NOT_AS_BOYS = {"suspects_and_buyers", "age_tests"}  # males in these groups do not count as boys
DAY = re.compile(r"\b\d{1,2}\b")


@lru_cache(maxsize=1)  # `subjects` needs the rows too
def rows(package: Package) -> pd.DataFrame:
    """A data frame with one row per reading and the columns of the table."""
    index, naming = package.reading_index, QuantityNames(package)
    frame = _add_value_and_kind_columns(
        package.rows_as_frame("reported_values").merge(package.rows_as_frame("sources"), on="source_id")
    )
    for name, (table, key, column) in NAMES.items():
        frame[name] = frame[key].map(_cells_by_key(package, table, column))
    is_change = (frame["kind"] == "change") & (frame["unit"] == "percent")
    readings = list(map(index.readings_by_id.__getitem__, frame["value_id"]))
    why_none = _why_no_interval_by_share(index)
    named, population_kinds = (
        _related_ids_by_column_and_reading(package),
        _cells_by_key(package, "populations", "population_kind"),
    )
    told = {
        name: [_ids_for_any_mention(index, named[name], reading) for reading in readings] for name in NAMED
    }
    beside = [_unexplained_differences(index, named, reading) for reading in readings]
    frame = frame.rename(columns=OTHERWISE).assign(
        quantity_id=[reading.quantity_id for reading in readings],
        mention=["main" if reading.is_main else "further" for reading in readings],
        what=[naming.caption_phrase(reading) for reading in readings],
        population=[_people_counted_words(package, reading) for reading in readings],
        unit=frame["unit"].mask(is_change, "percent_change"),
        printed_per=list(map(_rate_denominator, readings)),
        evidence_type=[_evidence_type(index, reading) for reading in readings],
        is_distinct=[
            "true" if _is_distinct_from_main_mention(index, reading) else "false" for reading in readings
        ],
        **_cells_by_column([_age_cells(index, reading) for reading in readings], AGES),
        about_group=[_groups_of_reading(package, reading) for reading in readings],
        age_group=[_age_group(reading, population_kinds[reading.population_id]) for reading in readings],
        **_cells_by_column(
            [_country_cells(package, reading) for reading in readings], "in_country country_code"
        ),
        **_cells_by_column(
            [_period_cells(reading) for reading in readings], "year_label period_words from_year to_year"
        ),
        months=[_months_covered(index, reading) for reading in readings],
        **_cells_by_column(
            [_linked_count_cells(index, reading) if reading.is_main else {} for reading in readings], COUNTS
        ),
        no_interval_reason=[why_none.get(reading.id, "") for reading in readings],
        **{name: list(map(";".join, ids)) for name, ids in told.items()},
        series_note=_series_notes(package, readings),
        series_id=frame["series"].where(frame["mention_of"] == "", ""),
        to_show=[
            _how_may_be_shown(reading, rivals) for reading, rivals in zip(readings, beside, strict=True)
        ],
        stands_with=[
            ";".join(sorted({other.id for other in index.required_companions(reading)} | rivals))
            for reading, rivals in zip(readings, beside, strict=True)
        ],
        limitation_ids=[";".join(sorted(named["limitation_ids"][reading.id])) for reading in readings],
        claim_ids=[";".join(sorted(index.claims_of(reading.id))) for reading in readings],
        page=[
            f"values/{reading.quantity_id}/{'' if reading.is_main else f'#{reading.id}'}"
            for reading in readings
        ],
    )
    cells = frame[["value_id", "quantity_id", "differs_from", *SUBJECT_CELLS]]
    return frame.assign(subject_ids=subject_ids_by_row(package, cells.to_dict("records")))


def _add_value_and_kind_columns(frame: pd.DataFrame) -> pd.DataFrame:
    """Add a column for the number or bound; it is blank for withdrawn readings, lest they be added up."""
    gone = frame["show"] == "withdrawn"
    frame.loc[gone, ["low", "high", "interval_low", "interval_high", "interval_level"]] = ""
    low, high = frame["low"], frame["high"]
    kind = low.where(low == "", "lower_end").where(low != "", "upper_end").where(low != high, "number")
    return frame.assign(value_or_bound=low.where(low != "", high), value_kind=kind.mask(gone, ""))


def _cells_by_key(package: Package, table: str, column: str) -> dict[str, str]:
    """The cells of a column, by the key of their row; a blank key gives a blank."""
    return {"": "", **{key: row[column] for key, row in package.rows_by_key(table).items()}}


def _cells_by_column(cells: Sequence[Cells], names: str) -> dict[str, list[object]]:
    return {name: [row.get(name, "") for row in cells] for name in names.split()}


def _rate_denominator(reading: Reading) -> str:
    """The denominator of a rate: 22 for 1 in 22, 1000 for 2.4 per 1,000; blank if it is not a rate."""
    return denominator_in_printed_share(reading.printed) if reading.written_in == "fraction" else ""


def _country_cells(package: Package, reading: Reading) -> Cells:
    """Whether a reading is from the package's country, and the code of its country if there is only one.

    For a study area that no other place contains, the place of the study is used.
    """
    index, here = package.reading_index, package.country_id
    place_id = reading.place_id
    if package.row("places", place_id)["level"] == "study_area" and not index.containing_places(place_id):
        if not reading.study_id:
            return {"in_country": "not_stated"}
        place_id = package.row("studies", reading.study_id)["place_id"]
    codes = index.country_codes_of_place(place_id)
    lies = "partly" if codes & index.country_codes_of_place(here) else "no"
    lies = "yes" if index.country_of_place(place_id) == here else lies
    return {"in_country": lies, "country_code": "".join(codes) if len(codes) == 1 else ""}


def _period_cells(reading: Reading) -> Cells:
    """The first and last year and a label; if no year is known, the words of the source."""
    if not reading.period:
        return {"year_label": "not stated", "period_words": reading.period_as_printed}
    first, last = _first_and_last_year(reading)
    return {
        "year_label": first if first == last else f"{first} to {last}",
        "from_year": first,
        "to_year": last,
    }


def _evidence_type(index: ReadingIndex, reading: Reading) -> str:
    """The kind of evidence, with results of samples told apart from other studies and estimates."""
    is_found = reading.evidence_type in ("other_study", "estimate")
    is_of_sample = bool(reading.study_id) and is_study_a_sample(index, reading)
    return "sample_survey" if is_found and is_of_sample else reading.evidence_type


def _is_distinct_from_main_mention(index: ReadingIndex, reading: Reading) -> bool:
    """Return whether a reading is the main mention, or differs from it in its number or stated scope."""
    main = index.readings_by_id[reading.quantity_id]
    pairs = zip(_stated_scope(reading), _stated_scope(main), strict=True)
    is_of_others = any(mine not in ("", other) for mine, other in pairs)
    return reading.is_main or is_of_others or bool(kind_of_number_disagreement(main, reading))


def _stated_scope(reading: Reading) -> tuple[str, ...]:
    """The people, place, ages, sex and years of a figure, and its nature; blank where it does not say."""
    place = "" if reading.place_id == NOT_NAMED else reading.place_id
    sex = "" if reading.sex == "not_stated" else reading.sex
    return (
        reading.population_id,
        place,
        *reading.age_limits,
        sex,
        *_first_and_last_year(reading),
        reading.nature,
    )


def _first_and_last_year(reading: Reading) -> tuple[str, str]:
    """The first and last year of the reading's period; blank if unknown."""
    return reading.period[:4], reading.period.rpartition("/")[2][:4]


def _age_cells(index: ReadingIndex, reading: Reading) -> Cells:
    """Cells with the ages that were counted, and with the ages of the people in the denominator."""
    if index.kind_of_indicator(reading) != "share":
        return _age_band_cells("counted", reading)
    if index.indicators_by_id[reading.indicator_id]["ages_of"] != "numerator":
        return _age_band_cells("denominator", reading)
    bases = index.main_mentions_linked_to("denominator_of", reading.quantity_id)
    return _age_band_cells("counted", reading) | (_age_band_cells("denominator", bases[0]) if bases else {})


def _age_band_cells(whose: str, reading: Reading) -> Cells:
    words = "ages_counted" if whose == "counted" else "denominator_ages"
    return {
        words: age_range_words(reading),
        f"{whose}_age_min": reading.age_min,
        f"{whose}_age_max": reading.age_max,
    }


def _age_group(reading: Reading, population_kind: str) -> str:
    """Whether the people are children, adults or both.

    An age range from birth without an upper limit does not decide this.
    """
    (youngest, oldest), why = reading.age_limits, reading.age_max_reason
    if (
        population_kind == "places" or why == "not_applicable"
    ):  # places where a child was found, for example
        return "not_applicable"
    if int(youngest or 0) >= 18:
        return "adults"
    if oldest or why == "all_ages":
        return "children" if int(oldest or 99) < 18 else "both"
    return "children_no_age_given" if youngest == "0" else "not_stated"


def _people_counted_words(package: Package, reading: Reading) -> str:
    """The people of a reading or, for a change, of its later figure.

    If neither is recorded, the scope is given as printed.
    """
    changes = [reading, *package.reading_index.main_mentions_linked_to("later_end_of", reading.id)]
    named = [package.name_of("populations", of.population_id) for of in changes if of.population_id]
    return [*named, reading.scope_as_printed][0]


def _groups_of_reading(package: Package, reading: Reading) -> str:
    """The groups that a reading is about, by its population, its indicator and the figures linked to it."""
    index, populations = package.reading_index, _cells_by_key(package, "populations", "about_group")
    people = reading.population_id or index.readings_by_id[reading.quantity_id].population_id
    linked = (
        index.main_mentions_linked_to(relation, reading.quantity_id)
        for relation in WHOSE_PEOPLE_IT_IS_ABOUT
    )
    others = {other.population_id for related in linked for other in related}
    cells = [index.indicators_by_id[reading.indicator_id]["about_group"], populations[people]]
    cells += [populations[key] for key in others]
    found = set(";".join(cells).split(";"))
    if reading.sex == "male" and not found & NOT_AS_BOYS:
        found.add("boys")
    if len(found - {""}) > 1:
        found.discard("other")
    every = package.contract.table("populations").field_by_name["about_group"].label_by_code
    return ";".join(group for group in every if group in found)


def _months_covered(index: ReadingIndex, reading: Reading) -> object:
    """The months that a count of activity covers, reckoned from its first and last day; otherwise blank."""
    is_activity = reading.topic == "response" and index.kind_of_indicator(reading) in ("count", "measure")
    if not (reading.period and is_activity) or index.main_mentions_linked_to(
        "later_end_of", reading.quantity_id
    ):
        return ""
    ends, days = reading.period.split("/"), DAY.findall(reading.period_as_printed)
    if len(days) == 2 and all(len(end) == len("2015-12") for end in ends):
        ends = [f"{month}-{day:0>2}" for month, day in zip(ends, days, strict=True)]
    begins, last = (map(int, day.split("-")) for day in date_span("/".join(ends)))
    years, months, days_over = (end - begin for begin, end in zip(begins, last, strict=True))
    return max(1, round(12 * years + months + (days_over + 1) / 31))


def _series_notes(package: Package, readings: Sequence[Reading]) -> list[str]:
    """A note for each main mention on gaps and breaks in its series since the previous figure.

    The note of any other reading is blank.
    """
    members = [reading for reading in readings if reading.series and reading.is_main and reading.period]
    ends: dict[str, set[int]] = defaultdict(set)
    for reading in members:
        ends[reading.series].add(int(_first_and_last_year(reading)[1]))
    notes = {
        reading.id: _series_note_for_reading(package, reading, ends[reading.series]) for reading in members
    }
    return [notes.get(reading.id, "") for reading in readings]


def _series_note_for_reading(package: Package, reading: Reading, ends: set[int]) -> str:
    """The years without a figure, and the breaks, since the latest of `ends` before this reading."""
    begins, last = map(int, _first_and_last_year(reading))
    before = max((end for end in ends if end < begins), default=0)
    breaks = package.rows_with_cell("series_breaks", "series_id", reading.series)
    since = [row["text"] for row in breaks if before < int(row["at"][:4]) <= last]
    first, final = before + 1, begins - 1
    if before and first <= final:
        missing = f"{first} to {final}" if first < final else f"{first}"
        since.insert(0, f"No figure of this series for {missing}.")
    return " ".join(since)


# The column for each type of difference, in addition to `differs_from`, which lists all of them.
DISAGREE = {CONTRADICTION: "contradicts", TENSION: "in_tension_with", NOT_EXPLAINED: "in_tension_with"}
NAMED = ("differs_from", "contradicts", "in_tension_with", "not_comparable_with", "part_of")
COUNTS = (
    "numerator denominator denominators numerator_id denominator_ids share_by_counts "
    "recomputed_share recomputed_ci_low recomputed_ci_high recomputed_ci_level"
)


def _linked_count_cells(index: ReadingIndex, main: Reading) -> Cells:
    """Cells with the count and denominator linked to a quantity, and with the share computed from them.

    If sources give several denominators, the columns for a single one have the main mention's, and
    `share_by_counts` has them all. A count of a nature other than the share's is left out, since it was
    computed from a share; a count from another source is used only if there is a denominator.
    """
    bases = index.main_mentions_linked_to("denominator_of", main.id)
    above = [
        count
        for count in index.main_mentions_linked_to("numerator_of", main.id)
        if count.nature == main.nature and (bases or count.source_id == main.source_id)
    ]
    below = [size for base in bases for size in index.distinct_exact_readings(base.id) or [base]]
    number, sizes = _number_if_unique(above), [_number_if_unique([size]) for size in below]
    shares = [_share_from_counts(index, main, number, size) for size in sizes]
    told = [
        _counts_and_share_in_words(number, size, share)
        for size, share in zip(sizes, shares, strict=True)
        if share
    ]
    return {
        "numerator": number,
        "denominator": sizes[0] if sizes else "",
        "denominators": len(below),
        "numerator_id": ";".join(count.id for count in above),
        "denominator_ids": ";".join(size.id for size in below),
        "share_by_counts": "; ".join(told),
        **(shares[0] if shares else {}),
    }


def _share_from_counts(index: ReadingIndex, main: Reading, number: str, size: str) -> Cells:
    """The share computed from two counts; empty if one is unknown or the denominator is 0."""
    is_known = number and float(size or 0)
    return _recomputed_share_cells(index, main, float(number), float(size)) if is_known else {}


def _number_if_unique(readings: Sequence[Reading]) -> str:
    return readings[0].low if len(readings) == 1 and readings[0].low == readings[0].high else ""


def _counts_and_share_in_words(x: str, n: str, share: Cells) -> str:
    """Text for a share and its counts, such as “38 of 2104: 1.81 % (1.32 to 2.47)”."""
    text = f"{x} of {n}: {share['recomputed_share']:.2f} %"
    if "recomputed_ci_low" in share:
        text += f" ({share['recomputed_ci_low']:.2f} to {share['recomputed_ci_high']:.2f})"
    return text


def _recomputed_share_cells(index: ReadingIndex, main: Reading, x: float, n: float) -> Cells:
    """Cells with the share x / n in percent, and with its interval if it was counted in a sample."""
    share: Cells = {"recomputed_share": 100 * x / n}
    if not (main.study_id and is_study_a_sample(index, main) and linked_counts_of_share(index, main)):
        return share
    limits = METHODS[preferred_interval_method(x / n)](x, n)
    ends = {"recomputed_ci_low": 100 * limits.lower, "recomputed_ci_high": 100 * limits.upper}
    return share | ends | {"recomputed_ci_level": 100 * LEVEL}


def _why_no_interval_by_share(index: ReadingIndex) -> dict[str, str]:
    """The reason why no interval can be computed for each share, by its id; blank if it can."""
    return {share.id: _why_no_interval_for_share(index, share) for share in index.shares_in_studies}


def _why_no_interval_for_share(index: ReadingIndex, share: Reading) -> str:
    if not is_study_a_sample(index, share):
        is_known = index.rows_by_key("studies")[share.study_id]["is_sample"] == "no"
        return "not_a_sample" if is_known else "not_known_to_be_a_sample"
    if linked_counts_of_share(index, share):
        return ""
    return (
        "denominator_not_printed"
        if index.main_mentions_linked_to("numerator_of", share.id)
        else "count_not_printed"
    )


def _related_ids_by_column_and_reading(package: Package) -> dict[str, dict[str, set[str]]]:
    """The ids of readings and limitations to name for each reading, by column and then by reading."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for two in conflicts.find_differences(package):
        for name in filter(None, ("differs_from", DISAGREE.get(two.type))):
            found[name][two.main.id].add(two.other.id)
            found[name][two.other.id].add(two.main.id)
    conflicts.find_differences.cache_clear()  # frees memory, since a large package has many
    for link in package.rows_with_cells("links", relation="not_comparable"):
        for quantity_id, other_id in permutations((link["from_id"], link["to_id"])):
            for mention in package.reading_index.mentions_main_first(quantity_id):
                found["not_comparable_with"][mention.id].add(other_id)
    for whole in package.reading_index.main_mentions:
        for reading in _readings_of_parts(package.reading_index, whole):
            found["part_of"][reading.id].add(whole.id)
    for limit in value_limitations.rows(package):
        found["limitation_ids"][str(limit["value_id"])].add(str(limit["limitation_id"]))
    return found


def _readings_of_parts(index: ReadingIndex, whole: Reading) -> list[Reading]:
    """All mentions of a whole's parts, and of their parts at any depth, that have the same indicator."""
    parts = [whole]
    for part in parts:  # the list grows during the loop
        linked = index.main_mentions_linked_to("part_of", part.id)
        parts += [
            reading
            for reading in linked
            if reading.indicator_id == whole.indicator_id and reading not in parts
        ]
    return [reading for part in parts[1:] for reading in index.mentions_of_quantity(part.id)]


def _ids_for_any_mention(index: ReadingIndex, found: dict[str, set[str]], reading: Reading) -> list[str]:
    """The ids found for a reading; for a main mention, also those found for all its mentions."""
    of = [reading, *(index.mentions_of_quantity(reading.id) if reading.is_main else ())]
    return sorted(set().union(*(found[mention.id] for mention in of)) - {reading.id})


def _unexplained_differences(
    index: ReadingIndex, named: dict[str, dict[str, set[str]]], reading: Reading
) -> set[str]:
    """The readings that differ from this one for no known reason, or that contradict it.

    For a further mention, those that differ from its main mention are included; for a change, those that
    differ from one of the figures that it compares.
    """
    main = index.readings_by_id[reading.quantity_id]
    ends = [end for relation in ENDS for end in index.main_mentions_linked_to(relation, main.id)]
    columns = set(DISAGREE.values())
    found = (
        _ids_for_any_mention(index, named[name], of) for of in (reading, main, *ends) for name in columns
    )
    return set().union(*found) - {reading.id}


def _how_may_be_shown(reading: Reading, rivals: set[str]) -> str:
    """How a reading may be shown; one that others dispute may not be shown alone."""
    return "with_what_differs" if reading.show == "free" and rivals else reading.show
