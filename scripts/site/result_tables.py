"""Tables that give the results as text: surveys, intervals, falls, and explanations of mismatches."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from scripts.package.featured_roles import Role
from scripts.package.files import Row
from scripts.package.reading import Reading, age_range_words
from scripts.site.content_nodes import (
    Line,
    ListEntry,
    MarkedWords,
    Piece,
    join_lines,
    make_list_entry,
    put_in_bold,
    put_in_brackets,
)
from scripts.site.page_data import PageData
from scripts.site.page_parts import explanation_of_code, reading_link, survey_year
from scripts.site.uncertainty import NO_RANGE, interval_limits_in_words
from scripts.site.withdrawn_figures import WithdrawnMark
from scripts.wording import result_sentences
from scripts.wording.quotable_sentences import estimates_by_preferred_method
from scripts.wording.text_formatting import (
    code_for_readers,
    format_decimals,
    format_percent,
    format_whole_number,
    join_with_commas_and,
    lowercase_first,
    sort_by_number,
)

STUDIES = "venue_studies"  # the topic of the two surveys
SIDES = ("earlier", "later")
FOLLOWS = {"reproduced": ": follows", "not_reproduced": ": does not follow", "can_fit": ""}
CANNOT_FAIL = "Some weight makes any share fit, so this hypothesis cannot fail: "
AGES = {("0", "17"): "Under 18", ("0", "15"): "Under 16", ("16", "17"): "16 or 17"}
MEASURED = ("share-in-age-band", "people-in-age-band")  # shares first, then counts
NOT_SEEN = "No figure found"


# The numbers in a picture whose layout is in docs/parts.


def what_was_seen(
    data: PageData, *, venues: Role, people: Role, count: Role, share: Role
) -> dict[str, object]:
    """The venues visited, the people seen there, how many were judged to be children, and their share."""
    readings = data.figures.readings(venues, people, count)
    counted = data.figures.interval(share, people, effect="least")["estimate"]
    return dict(zip(("venues", "people", "young"), readings, strict=True)) | {"share": counted}


# What the surveys found, by year, age and city.


def results_grid(data: PageData, *surveys: Role) -> tuple[list[ListEntry], list[str]]:
    """A row for each age and place, with a cell for each survey; also, in words, the empty rows."""
    studies = [data.featured_roles.study_id(role) for role in surveys]
    rows = [row for ages in AGES for row in _entries_for_age_group(data, studies, ages)]
    empty = [row for row in rows if set(row.cells[1:]) == {(NOT_SEEN,)}]
    where = [lowercase_first(str(row.cells[0][0]).replace(", ", " in ", 1)) for row in empty]
    return [row for row in rows if row not in empty], where


def _entries_for_age_group(data: PageData, studies: list[str], ages: tuple[str, str]) -> list[ListEntry]:
    """A row for the surveys' area, one for each city with a figure, and one for the other cities.

    If no figure for this age is known, there is only the row for the area.
    """
    found = {
        place: [_readings_of_survey(data, study, ages, place) for study in studies]
        for place in _places_of_surveys(data, studies)
    }
    area, *cities = found
    seen = [place for place in cities if any(found[place])]
    rest = [place for place in cities if place not in seen] if any(map(any, found.values())) else []
    groups = [[area], *([place] for place in seen), *([rest] if rest else [])]
    return [
        make_list_entry(
            "",
            f"{AGES[ages]}, {_city_names_or_all_cities(data, places)}",
            *(_line_of_reported_then_computed_shares(data, readings) for readings in found[places[0]]),
        )
        for places in groups
    ]


def _city_names_or_all_cities(data: PageData, places: list[str]) -> str:
    rows = [data.row("places", place) for place in places]
    names = join_with_commas_and(
        row["name"] if row["level"] == "city" else "all cities together" for row in rows
    )
    return f"each of {names}" if len(places) > 1 else names


def _places_of_surveys(data: PageData, studies: list[str]) -> list[str]:
    """The surveys' area, then each city mentioned in its name."""
    area = data.row("studies", studies[-1])["place_id"]
    name = data.name_of("places", area)
    cities = [row for row in data.rows("places") if row["level"] == "city" and row["name"] in name]
    return [area, *(row["place_id"] for row in cities)]


def _readings_of_survey(data: PageData, study: str, ages: tuple[str, str], place: str) -> list[Reading]:
    """What a survey found for this age and place: one reading for each quantity, shares first."""
    wanted = study, ages, place
    main_mentions = [
        main for main in data.main_mentions if (main.study_id, main.age_limits, main.place_id) == wanted
    ]
    shares, counts = (
        [main for main in main_mentions if main.indicator_id == measure] for measure in MEASURED
    )
    return shares + counts


def _line_of_reported_then_computed_shares(data: PageData, found: list[Reading]) -> Line:
    """The reported figures, then shares computed from their counts; if there are none, a line saying so."""
    told = join_lines((tuple(_pieces_of_reported_figure(data, reading)) for reading in found), " ")
    counts = "; ".join(_shares_from_counts(data, found))
    computed = (" ", MarkedWords(f"Our arithmetic: {counts}", "next")) if counts else ()
    return (*told, *computed) if told else (NOT_SEEN,)


def _pieces_of_reported_figure(data: PageData, reading: Reading) -> Iterator[Piece]:
    if reading.is_withdrawn:
        yield "A figure was withdrawn."
        return
    words = data.value if reading.is_none_found else data.values.number_with_noun
    number = put_in_bold(reading_link(data, reading.id, words(reading.id)))
    yield from (number, " ", put_in_brackets(data.publisher(reading.id)))


def _shares_from_counts(data: PageData, found: list[Reading]) -> Iterator[str]:
    """Yield "x of n is p%" for each share computed from counts."""
    for row in (
        row for reading in found for row in estimates_by_preferred_method(data.package, reading.id)
    ):
        if not data.reading_index.readings_by_id[row["value_id"]].is_withdrawn:
            yield (
                f"{row['numerator']} of {format_whole_number(row['denominator'])} is "
                f"{format_percent(row['estimate'])}"
            )


# Intervals and falls.


def _quantity_ids_of_surveys(data: PageData) -> set[str]:
    """The ids of the quantities in the two surveys."""
    return {main.id for main in data.reading_index.main_mentions if main.topic == STUDIES}


def intervals_of_surveys(data: PageData) -> list[ListEntry] | WithdrawnMark:
    """The intervals for both surveys by design effect, then the shares without an interval, and why."""
    shares, which = _quantity_ids_of_surveys(data), {"measure": "sampled_share", "is_first_method": "true"}
    plain = [row for row in data.rows_with_cells("estimates", **which) if row["value_id"] in shares]
    alike = [
        row for row in data.rows_with_cells("scenario_estimates", **which) if row["value_id"] in shares
    ]
    found = [_interval_entry(data, row, "people treated as independent") for row in plain]
    found += [
        _interval_entry(data, row, _clustering_words(data, row))
        for row in sort_by_number(alike, "design_effect")
    ]
    return [*found, *_entries_without_interval(data)] or WithdrawnMark()


def _interval_entry(data: PageData, row: Row, clustering: str) -> ListEntry:
    """An entry for a share's interval at one design effect."""
    how = f"{code_for_readers(row['method'])}, level {format_percent(row['ci_level'], 0)}"
    name = _age_and_year_link(data, row["value_id"])
    return make_list_entry(
        "",
        name,
        f"{interval_limits_in_words(row)} ({how})",
        clustering,
        _counts_behind_interval_in_words(data, row),
    )


def _entries_without_interval(data: PageData) -> Iterator[ListEntry]:
    """Yield the shares in both surveys that have no interval, and why."""
    for row in data.rows("values"):
        if row["no_interval_reason"] and row["value_id"] in _quantity_ids_of_surveys(data):
            why = NO_RANGE[row["no_interval_reason"]]
            yield make_list_entry("", _age_and_year_link(data, row["value_id"]), f"No range: {why}.")


def _age_and_year_link(data: PageData, value_id: str) -> Piece:
    share = data.reading_index.readings_by_id[value_id]
    year = survey_year(data, share.id) if share.period else "year not reported"
    return reading_link(data, share.id, f"{age_range_words(share)}, {year}")


def _counts_behind_interval_in_words(data: PageData, row: Row) -> str:
    """The counts behind an interval, and who reports each of them."""
    children = f"{row['numerator']} ({data.publisher(row['numerator_id'])})"
    people = f"{format_whole_number(row['denominator'])} people ({data.publisher(row['denominator_id'])})"
    return f"{children} of {people} = {format_percent(row['estimate'])}"


def _clustering_words(data: PageData, row: Row) -> str:
    assumption = data.row("scenario_assumptions", row["assumption_id"])
    likeness = f", from an intraclass correlation within venues of {assumption['value']}"
    effect = f"scenario: design effect {format_decimals(row['design_effect'])}"
    return effect + (likeness if assumption["parameter"] == "icc" else "")


def reported_changes(data: PageData) -> list[ListEntry] | WithdrawnMark:
    """The falls between the surveys as reported, with the range that rounding allows."""
    return [
        _change_entry(data, row) for row in _rows_on_falls_between_surveys(data, "changes")
    ] or WithdrawnMark()


def _change_entry(data: PageData, row: Row) -> ListEntry:
    earlier, later = (data.value(row[name]) for name in ("earlier_id", "later_id"))
    ends, covers = "", "none"
    if row["rounding_low"]:
        ends, covers = (
            f"{format_percent(row['rounding_low'], 1)} to {format_percent(row['rounding_high'], 1)}",
            "rounding",
        )
    return make_list_entry(
        "",
        _what_change_compares_in_words(data, row),
        earlier,
        later,
        format_percent(row["estimate"], 1),
        ends,
        covers,
    )


def scenario_changes(data: PageData) -> list[ListEntry] | WithdrawnMark:
    """The falls between the surveys for assumed denominators, and the falls per venue."""
    return [
        _scenario_fall_entry(data, row) for row in _rows_on_falls_between_surveys(data, "scenario_changes")
    ] or WithdrawnMark()


def _scenario_fall_entry(data: PageData, row: Row) -> ListEntry:
    compared, bases = (
        _what_change_compares_in_words(data, row),
        [format_whole_number(row[f"{side}_denominator"]) for side in SIDES],
    )
    if row["compared"] == "counts_per_venue":
        compared += f", over {' and '.join(bases)} venues"
        earlier, later = (f"{float(row[side]):.2f} a venue" for side in SIDES)
    else:
        year = survey_year(data, row["earlier_id"])
        compared += f", denominator of {year} taken as {bases[0]} people, {_design_effect_words(row)}"
        earlier, later = (format_percent(row[side]) for side in SIDES)
    ends = f"{format_percent(row['ci_low'], 1)} to {format_percent(row['ci_high'], 1)}"
    ends += f" (level {format_percent(row['ci_level'], 0)})"
    return make_list_entry(
        "", compared, earlier, later, format_percent(row["estimate"], 1), ends, "chance in sampling"
    )


def _rows_on_falls_between_surveys(data: PageData, table: str) -> list[Row]:
    falls = data.rows_with_cells(table, measure="relative_reduction")
    readings, waves = data.reading_index.readings_by_id, _quantity_ids_of_surveys(data)
    return [row for row in falls if readings[row["earlier_id"]].quantity_id in waves]


def _what_change_compares_in_words(data: PageData, row: Row) -> str:
    """What a change compares, such as counted shares, and for which ages."""
    ages = age_range_words(data.reading_index.readings_by_id[row["earlier_id"]])
    return f"{code_for_readers(row['compared'])}, {ages}"


def _design_effect_words(row: Row) -> str:
    """The design effect of both surveys, or that of each if an assumed correlation makes them differ."""
    effects = [f"{float(row[f'{side}_design_effect']):.2f}" for side in SIDES]
    if len(set(effects)) == 1:
        return f"design effect {format_decimals(effects[0])}"
    return f"design effects {' and '.join(effects)}, for people as alike in a venue as is assumed"


# What could explain a mismatch.


def explanations_of_mismatch(data: PageData, question_id: str) -> list[ListEntry] | WithdrawnMark:
    """The hypotheses that could explain why a reported share does not fit its counts."""
    asked = data.rows_with_cell("reconciliations", "question_id", question_id)
    groups = groupby(asked, key=itemgetter("hypothesis", "variant"))
    return [_hypothesis_entry(data, list(rows)) for _, rows in groups] or WithdrawnMark()


def _hypothesis_entry(data: PageData, tried: Sequence[Row]) -> ListEntry:
    """A hypothesis, what it requires, and which reported shares would then follow from the counts."""
    readings, first = data.reading_index.readings_by_id, tried[0]
    which = f" (here with “{readings[first['variant']].printed}”)" if first["variant"] else ""
    lead = CANNOT_FAIL if first["outcome"] == "can_fit" else ""
    shares = (
        f"“{row['printed']}” ({age_range_words(readings[row['figure_id']])}){FOLLOWS[row['outcome']]}"
        for row in tried
    )
    meant = explanation_of_code(data, "reconciliations", "hypothesis", first["hypothesis"]).removesuffix(
        "."
    )
    return make_list_entry(
        "", meant + which, result_sentences.requirement_of_hypothesis(first), lead + "; ".join(shares)
    )
