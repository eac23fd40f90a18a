"""Tables of scenarios and of the plan for the next survey: what would have to be true to change the answer.

A scenario is left out if a reading that it uses was withdrawn or no rows remain.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from scripts.package.featured_roles import Role
from scripts.package.files import Row
from scripts.package.reading import Reading, age_range_words
from scripts.site.content_nodes import Line, ListEntry, make_list_entry
from scripts.site.page_data import PageData
from scripts.site.page_parts import reading_link, survey_year
from scripts.site.uncertainty import interval_limits_in_words
from scripts.wording import result_sentences
from scripts.wording.text_formatting import (
    as_percentage_points,
    format_decimals,
    format_percent,
    format_whole_number,
    lowercase_first,
    proportion_as_percent,
    sort_by_number,
)

OUTSIDE = "of the people were missed"
ALREADY = "0: no fall is shown even if nobody was missed"
CANNOT_BE = {
    "below_0": "so many mistakes would give more than was counted",
    "above_1": "with recognition so poor, less would be counted",
}
NARROW = "how many people one survey must see for an interval this narrow"
AGAIN = "how many people two new surveys must each see to show a fall between them"
NONE = "how many people one survey must see, with none found, to rule the share out (one-sided)"
PLANS = {  # what a survey is planned for, by measure: in words, and as a column heading
    "half_width": (NARROW, "Interval"),
    "further_fall": (AGAIN, "Fall"),
    "exclude_after_none_found": (NONE, "Age misjudged"),
}


@dataclass(frozen=True)
class ScenarioTable:
    """A table: a label for screen readers, a caption, the column headings and the rows."""

    label: str
    caption: Line
    heads: Sequence[str]
    rows: Sequence[ListEntry]


def _make_scenario_table(label: str, heads: Sequence[str], rows: Iterable[ListEntry]) -> ScenarioTable:
    return ScenarioTable(label, (f"Scenario: {label}",), heads, [*rows])


def _grid_rows(
    rows: Iterable[Row], down: str, head: Callable[[Row], str], cell: Callable[[Row], str]
) -> list[ListEntry]:
    """A table line for each run of rows with the same cell in column `down`; each row becomes one cell."""
    lines = (list(group) for _, group in groupby(rows, key=itemgetter(down)))
    return [make_list_entry("", head(group[0]), *map(cell, group)) for group in lines]


# People outside the frame.


def people_missed_to_undo_fall(data: PageData, earlier: Role, later: Role) -> ScenarioTable:
    """A table of scenarios in which people whom the later survey missed undo the reported fall."""
    found = data.figures.rows("scenario_people_missed", earlier_id=earlier, later_id=later)
    ages = age_range_words(data.featured_roles.reading(later))
    words = {
        "affected_needed": (OUTSIDE, f"of those were {ages}"),
        "hidden_share_needed": (f"of those missed were {ages}", OUTSIDE),
    }
    rows = sort_by_number([row for row in found if row["measure"] in words], "assumed")
    label = f"when there would be no fall of the reported share {ages}, if the shares are exact"
    heads = ["Assumed", "Would have to be true", "Range by rounding"]
    return _make_scenario_table(
        label, heads, [_missed_people_entry(row, *words[row["measure"]]) for row in rows]
    )


def _missed_people_entry(row: Row, assumed: str, needed: str) -> ListEntry:
    """An entry for one scenario: what is assumed, and what must then be true for there to be no fall."""
    given = f"{proportion_as_percent(row['assumed'], 0)} {assumed}"
    if row["verdict"] == "impossible":
        return make_list_entry("", given, "no share would be enough", "")
    format_number = format_percent if row["unit"] == "percent" else proportion_as_percent
    return make_list_entry(
        "", given, f"{format_number(row['estimate'], 1)} {needed}", _limits_in_words(row, format_number)
    )


def _limits_in_words(row: Row, format_number: Callable[..., str]) -> str:
    return f"{format_number(row['lower'], 1)} to {format_number(row['upper'], 1)}"


# If age was misjudged.


def age_tables(
    data: PageData, *, share: Role, count: Role, people: Role
) -> tuple[ScenarioTable, list[ListEntry]]:
    """A table of the counted share for assumed rates of misjudged age, and entries for reported rates."""
    base = {"numerator_id": count, "denominator_id": people}
    found = data.figures.rows("scenario_estimates", value_id=share, **base)
    assumed = data.rows_by_key("scenario_assumptions")
    grid = [row for row in found if row["measure"] == "share_if_age_misjudged"]
    points_of_grid = [row for row in grid if not _error_rate_sources(row, assumed)]
    ids = dict.fromkeys(row["further_assumption_id"] for row in points_of_grid)
    counts = " of ".join(str(data.figures.figure(role).value) for role in base.values())
    heads = [
        f"{proportion_as_percent(assumed[assumption_id]['value'], 1)} of adults taken for children"
        for assumption_id in ids
    ]
    ages = age_range_words(data.featured_roles.reading(share))
    caption = f"Scenario: share of people found in the venues who would be {ages}, from {counts} counted"
    caption += f"; ranges by sampling, level {format_percent(grid[0]['ci_level'], 0)}" if grid else ""
    rows = _grid_rows(
        sorted(points_of_grid, key=itemgetter("assumption_id")),
        "assumption_id",
        lambda row: (
            proportion_as_percent(assumed[row["assumption_id"]]["value"], 0)
            + " of children taken for adults"
        ),
        _share_or_limits,
    )
    label = "The counted share if age was misjudged"
    return ScenarioTable(label, (caption,), ["Scenario: would be", *heads], rows), list(
        _reported_error_rates(data, grid)
    )


def _error_rate_sources(row: Row, assumed: dict[str, Row]) -> str:
    """The ids of the facts behind the two error rates in a row; blank if both rates are our assumptions."""
    return "".join(assumed[row[name]]["fact_id"] for name in ("assumption_id", "further_assumption_id"))


def _share_or_limits(cell: Row) -> str:
    """The share; only its limits if the share is impossible; “cannot be” if its limits are too."""
    if cell["verdict"] in CANNOT_BE:
        return "cannot be"
    if cell["verdict"] == "possible":
        return format_percent(cell["estimate"])
    return f"{format_percent(cell['ci_low'], 1)} to {format_percent(cell['ci_high'], 1)}"


def _reported_error_rates(data: PageData, grid: Sequence[Row]) -> Iterator[ListEntry]:
    """Yield each reported error rate, with the other rate at zero."""
    for row in data.rows("scenario_assumptions"):
        for own, other in (("assumption_id", "specificity"), ("further_assumption_id", "sensitivity")):
            cells = (cell for cell in grid if cell[own] == row["assumption_id"] and cell[other] == "1")
            if row["fact_id"] and (cell := next(cells, None)):
                yield _entry_at_reported_error_rate(data, row, cell)


def _entry_at_reported_error_rate(data: PageData, assumption: Row, cell: Row) -> ListEntry:
    """How often age was misjudged according to a source, and the share that would follow."""
    fact, verdict = assumption["fact_id"], cell["verdict"]
    printed = reading_link(data, fact, data.value(fact))
    label = f": {data.label(fact)}{data.caution_words(fact)}"
    share = f"cannot be: {CANNOT_BE[verdict]}" if verdict in CANNOT_BE else _sampling_interval_words(cell)
    share = f"{format_percent(cell['estimate'])} ({share})" if verdict == "possible" else share
    return make_list_entry(assumption["assumption_id"], (printed, label), share, assumption["caveat"])


def _sampling_interval_words(cell: Row) -> str:
    return f"{interval_limits_in_words(cell)} by sampling, level {format_percent(cell['ci_level'], 0)}"


# Several errors together: how many hidden people are enough, along with everything else.


def errors_together(data: PageData, earlier: Role, later: Role) -> list[ScenarioTable]:
    """A table of scenarios with several errors, for each assumed share of children among people missed."""
    found = groupby(data.figures.joint_errors(earlier, later), key=itemgetter("assumed"))
    ages = age_range_words(data.featured_roles.reading(later))
    return [_joint_error_table(affected, ages, list(rows)) for affected, rows in found]


def _joint_error_table(affected: str, ages: str, rows: Sequence[Row]) -> ScenarioTable:
    ratios = dict.fromkeys(row["sensitivity_ratio"] for row in rows)
    bases = (
        f"{format_whole_number(rows[0]['earlier_denominator'])} and "
        f"{format_whole_number(rows[0]['later_denominator'])} people"
    )
    label = (
        "how many of all people would have to be missed, "
        f"if {proportion_as_percent(affected, 0)} of them were {ages} "
        f"(counts over {bases}, level {format_percent(rows[0]['ci_level'], 0)})"
    )
    heads = [f"Recognised {result_sentences.times_as_often(ratio)} before" for ratio in ratios]
    lines = _grid_rows(rows, "design_effect", _design_effect_words, _share_missed_to_undo_fall_in_words)
    return _make_scenario_table(label, ["Scenario", *heads], lines)


def _design_effect_words(row: Row) -> str:
    return f"Design effect {format_decimals(row['design_effect'])}"


def _share_missed_to_undo_fall_in_words(row: Row) -> str:
    """The share of people missed that would undo the fall; if it is 0, words that explain why."""
    return proportion_as_percent(row["estimate"], 1) if float(row["estimate"]) else ALREADY


# “None found”, and the what-if form.


def bounds_of_none_found(data: PageData, none_found: Role) -> list[ListEntry]:
    """The shares that “none found” does not rule out, by the number of people seen."""
    return [
        make_list_entry(
            "",
            f"{format_whole_number(row['denominator'])} people (scenario)",
            format_percent(row["estimate"]),
        )
        for row in data.figures.zero_bounds(none_found)
        if row["measure"] == "upper_bound"
    ]


def what_if_form(
    data: PageData, *, count: Role, people: Role, earlier: Role, later: Role, earlier_count: Role
) -> dict[str, object]:
    """The initial numbers in the what-if form.

    For several errors together, these are the counts used in the tables of `errors_together`.
    """
    featured = data.figures.readings(count, people, earlier, later)
    base = data.figures.joint_errors(earlier_count, count)[0]["earlier_denominator"]
    [before] = data.figures.readings(earlier_count)
    return _form_values(data, featured, before.low, base)


def _form_values(data: PageData, featured: Sequence[Reading], counted: str, base: str) -> dict[str, object]:
    children, people, earlier, later = (data.value(reading.id) for reading in featured)
    others = ", ".join(
        data.value(reading.id) for reading in data.reading_index.required_companions(featured[1])
    )
    alone = f" (not of the {others} also reported)" if others else ""
    return {
        **dict(
            zip(
                ("children", "people", "earlier", "later"),
                (reading.low for reading in featured),
                strict=True,
            )
        ),
        "earlier_children": counted,
        "earlier_people": base,
        "years": [survey_year(data, reading.id) for reading in featured[2:]],
        "seen": f"{children} of {people} people found in the venues{alone}",
        "fall": f"{earlier} to {later}, as reported",
        "counted_fall": f"{counted} of {format_whole_number(base)} to {children} of {people} people{alone}",
    }


# The next survey: how many people it has to see, by aim and design effect.


def sample_size_table(data: PageData, *, measure: str, share: Role) -> ScenarioTable:
    """Sample sizes by design effect, for one measure in `scenario_sample_sizes`."""
    words, head = PLANS[measure]
    found = data.figures.rows("scenario_sample_sizes", {"measure": measure}, value_id=share)
    rows = sort_by_number(found, "design_effect")
    reading = data.featured_roles.reading(share)
    value = data.value(reading.id)
    people = lowercase_first(data.name_of("populations", reading.population_id))
    whom = f" {age_range_words(reading)}, of {people}; level {format_percent(rows[0]['ci_level'], 0)}"
    caption = (f"Scenario: {words}. Share: ", reading_link(data, reading.id, value), whom)
    effects = dict.fromkeys(row["design_effect"] for row in rows)
    heads = [head, *(f"Design effect {format_decimals(effect)}" for effect in effects)]
    sizes = _grid_rows(sorted(rows, key=itemgetter("aim")), "aim", _aim_of_survey_words, _sample_size_words)
    return ScenarioTable(f"{words}, around {value}", caption, heads, sizes)


def _aim_of_survey_words(row: Row) -> str:
    aim = row["aim"]
    if row["measure"] == "half_width":
        return f"plus or minus {as_percentage_points(100 * float(aim), 1)}"
    if row["power"]:
        power = proportion_as_percent(row["power"], 0)
        return f"a fall of {proportion_as_percent(aim, 0)}, seen in {power} of such studies"
    return f"{proportion_as_percent(aim, 0)} of the children taken to be older"


def _sample_size_words(row: Row) -> str:
    venues = f", {format_whole_number(row['venues'])} venues" if row["venues"] else ""
    return f"{format_whole_number(row['n'])} people{venues}"
