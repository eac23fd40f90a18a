"""The tables that pages word for readers agree with the derived tables."""

from collections.abc import Iterable

import pytest

from scripts.package.featured_roles import Role
from scripts.package.package import Package
from scripts.site import result_tables, scenario_tables
from scripts.site.content_nodes import ListEntry
from scripts.site.page_data import PageData
from scripts.site.scenario_tables import ScenarioTable
from scripts.site.uncertainty import NO_RANGE
from scripts.site.withdrawn_figures import WithdrawnMark
from tests.conftest import read_csv
from tests.frozen import frozen_package_with_rows_aside
from tests.site.listings import cells, value_of
from tests.site.page_models import words

Row = dict[str, str]
FROZEN = frozen_package_with_rows_aside()
DATA = PageData(Package(FROZEN))
VALUES = {row["value_id"]: row for row in read_csv(FROZEN / "data/reported_values.csv")}
ASSUMED = {row["assumption_id"]: row for row in read_csv(FROZEN / "data/scenario_assumptions.csv")}
MISJUDGED = "share_if_age_misjudged"
WITH_INTERVAL = 4  # cells of a row; a row without an interval has two
FEATURED = FROZEN / "data/editorial/featured.csv"
SHARE, PEOPLE = Role("share-under-18-later"), Role("people-seen-later")
COUNTS = Role("under-18-seen-earlier"), Role("under-18-seen-later")
FORM = {"children": "KH007", "people": "KH005", "earlier": "KH038", "later": "KH010"}
WAVES = {key for key, row in VALUES.items() if row["topic"] == "venue_studies"}


def derived(name: str, **cells: str) -> list[Row]:
    rows = read_csv(FROZEN / f"data/derived/{name}.csv")
    return [row for row in rows if all(row[column] == cell for column, cell in cells.items())]


def percent(share: str, digits: int = 2) -> str:
    if 0 < float(share) < 0.0005:
        return "less than 0.001%"
    return f"{float(share):.{digits + (digits == 2 and 0 < float(share) < 0.5)}f}%"


def part(proportion: str, digits: int = 2) -> str:
    return percent(str(100 * float(proportion)), digits)


ENDS = (("ci_low", "ci_high"), ("rounding_low", "rounding_high"), ("lower", "upper"))


def spans(rows: Iterable[Row], digits: int = 2) -> list[str]:
    """Return the ends of each row's range, whatever the table calls those columns."""
    both = [(row, next(ends for ends in ENDS if ends[0] in row)) for row in rows]
    return sorted(f"{told(row, low, digits)} to {told(row, high, digits)}" for row, (low, high) in both)


def told(row: Row, column: str, digits: int) -> str:
    """Return a result in the unit of its row."""
    return (part if row["unit"] == "proportion" else percent)(row[column], digits)


def test_table_has_every_interval_of_the_surveys() -> None:
    shown = list(map(cells, result_tables.intervals_of_surveys(DATA)))
    every = derived("estimates", measure="sampled_share") + derived(
        "scenario_estimates", measure="sampled_share"
    )
    rows = [row for row in every if row["value_id"] in WAVES]
    first = [row for row in rows if row["is_first_method"] == "true"]
    found = [cell_texts[1] for cell_texts in shown if len(cell_texts) == WITH_INTERVAL]
    assert sorted(cell.partition(" (")[0] for cell in found) == spans(first)
    names = {"wilson": "Wilson", "clopper_pearson": "Clopper and Pearson"}
    methods = sorted(cell.partition(" (")[2].partition(",")[0] for cell in found)
    assert methods == sorted(names[row["method"]] for row in first)
    blank = [row for row in derived("values") if row["value_id"] in WAVES and row["no_interval_reason"]]
    reasons = [NO_RANGE[row["no_interval_reason"]] for row in blank]
    none = [f"No range: {reason}." for reason in reasons]
    assert (
        sorted(cell_texts[1] for cell_texts in shown if len(cell_texts) != WITH_INTERVAL)
        == sorted(none)
        != []
    )


FALLS = {"changes": result_tables.reported_changes, "scenario_changes": result_tables.scenario_changes}


@pytest.mark.parametrize("table", FALLS)
def test_table_has_every_fall_between_the_surveys(table: str) -> None:
    has_scenarios = table == "scenario_changes"
    falls = derived(table, measure="relative_reduction")
    rows = [row for row in falls if row["earlier_id"] in WAVES]
    changes = list(map(cells, FALLS[table](DATA)))
    assert [fall for _, _, _, fall, _, _ in changes] == [percent(row["estimate"], 1) for row in rows] != []
    ranges = sorted(span.removesuffix(" (level 95%)") for *_, span, _ in changes if span)
    assert [span for *_, span, _ in changes if "level" in span] == [
        f"{percent(row['ci_low'], 1)} to {percent(row['ci_high'], 1)} (level 95%)"
        for row in rows
        if has_scenarios
    ]
    assert ranges == spans((row for row in rows if has_scenarios or row["rounding_low"]), 1)
    for (compared, earlier, later, *_), row in zip(changes, rows, strict=True):
        printed = [VALUES[row[end]]["low"] for end in ("earlier_id", "later_id")]
        ends = [percent(row[end]) for end in ("earlier", "later")] if has_scenarios else printed
        if is_by_venue := row["compared"] == "counts_per_venue":
            ends = [f"{float(row[end]):.2f} a venue" for end in ("earlier", "later")]
            assert compared.endswith(
                f"over {row['earlier_denominator']} and {row['later_denominator']} venues"
            )
        assert earlier.startswith(ends[0]) and later.startswith(ends[1])
        assert ("denominator of 2012 taken as" in compared) == (has_scenarios and not is_by_venue)
        assert ("design effects 8.2" in compared) == (row.get("assumption_id") == "icc-1")


def test_each_explanation_says_of_each_share_whether_it_follows() -> None:
    words = {"reproduced": ": follows", "not_reproduced": ": does not follow", "can_fit": ""}
    for question in ("KH010", "KH038"):
        rows = derived("reconciliations", question_id=question)
        found = list(map(cells, result_tables.explanations_of_mismatch(DATA, question)))
        told = [follow.removeprefix(result_tables.CANNOT_FAIL) for *_, follow in found]
        shares = [share for follow in told for share in follow.split("; ")]
        for share, row in zip(shares, rows, strict=True):
            assert share.startswith(f"“{row['printed']}” (") and share.endswith(f"){words[row['outcome']]}")
        assert len({(hypothesis, needs) for hypothesis, needs, _ in found}) == len(found)
        has_lead = [follow != entry[2] for entry, follow in zip(found, told, strict=True)]
        assert has_lead == ["weight" in entry[0] for entry in found]
    assert " (here with “7.59 percent”)" in " ".join(hypothesis for hypothesis, *_ in found)
    assert isinstance(result_tables.explanations_of_mismatch(DATA, "KH005"), WithdrawnMark)


def test_table_of_missed_people_gives_what_would_undo_the_fall_for_each_assumed_value() -> None:
    for pair, ages in ((("KH038", "KH010"), "18"), (("KH043", "KH018"), "16")):
        roles = [Role(f"share-under-{ages}-{end}") for end in ("earlier", "later")]
        table = scenario_tables.people_missed_to_undo_fall(DATA, *roles)
        assert table.label.endswith(f"under {ages}, if the shares are exact")
        rows = derived("scenario_people_missed", earlier_id=pair[0], later_id=pair[1])
        rows = [row for row in rows if row["measure"].endswith("_needed")]
        possible = [row for row in rows if row["verdict"] != "impossible"]
        outside = list(map(cells, table.rows))
        assert sorted(span for *_, span in outside if span) == spans(possible, 1)
        shown = sorted((given.split("%")[0], needs.split("%")[0]) for given, needs, _ in outside)
        needed = {id(row): told(row, "estimate", 1)[:-1] for row in possible}
        assert shown == sorted(
            (part(row["assumed"], 0)[:-1], needed.get(id(row), "no share would be enough")) for row in rows
        )
        for given, needs, _ in outside:
            whole = "of the people were missed"
            assert (whole in given) != (whole in needs) or needs == "no share would be enough"


def age_tables(data: PageData = DATA) -> tuple[ScenarioTable, list[ListEntry]]:
    return scenario_tables.age_tables(data, share=SHARE, count=COUNTS[1], people=PEOPLE)


def test_the_grid_has_a_cell_for_each_pair_of_assumed_errors() -> None:
    table, _ = age_tables()
    rows = derived("scenario_estimates", value_id="KH010", denominator_id="KH005", measure=MISJUDGED)
    points = {
        (row["assumption_id"], row["further_assumption_id"]): row
        for row in rows
        if not ASSUMED[row["assumption_id"]]["fact_id"] + ASSUMED[row["further_assumption_id"]]["fact_id"]
    }
    missed, mistaken = (list(dict.fromkeys(pair[end] for pair in points)) for end in (0, 1))
    assert words(table.caption).endswith(
        " under 18, from 38 of 2,104 counted; ranges by sampling, level 95%"
    )
    assert [head.split("%")[0] for head in table.heads[1:]] == [
        part(ASSUMED[assumption]["value"], 1)[:-1] for assumption in mistaken
    ]
    for (head, *shares), name in zip(map(cells, table.rows), sorted(missed), strict=True):
        assert head.startswith(part(ASSUMED[name]["value"], 0))
        for cell, other in zip(shares, mistaken, strict=True):
            row = points[name, other]
            limits = f"{percent(row['ci_low'], 1)} to {percent(row['ci_high'], 1)}"
            says = {"possible": percent(row["estimate"]), "point_below_0": limits}
            assert cell == says.get(row["verdict"], "cannot be")
    assert {row["verdict"] for row in points.values()} >= {"possible", "point_below_0"}


def test_each_printed_error_rate_stands_with_the_other_at_zero() -> None:
    printed = {
        key
        for key, row in ASSUMED.items()
        if row["fact_id"] and row["parameter"] in ("false_negative_rate", "false_positive_rate")
    }
    rates = {entry.id: entry for entry in age_tables()[1]}
    assert set(rates) == printed
    for key, entry in rates.items():
        rows = derived("scenario_estimates", value_id="KH010", denominator_id="KH005", measure=MISJUDGED)
        [row] = [
            row
            for row in rows
            if (row["assumption_id"], row["specificity"]) == (key, "1")
            or (row["further_assumption_id"], row["sensitivity"]) == (key, "1")
        ]
        _, share, caveat = cells(entry)
        assert share.startswith(
            f"{percent(row['estimate'])} ({percent(row['ci_low'])} to {percent(row['ci_high'])} by"
            if row["verdict"] == "possible"
            else "cannot be"
        )
        assert caveat == ASSUMED[key]["caveat"] and value_of(entry) == ASSUMED[key]["fact_id"]


@pytest.mark.parametrize("affected", ["0.25", "0.5", "1"])
def test_several_errors_are_those_of_the_table(affected: str) -> None:
    tables = scenario_tables.errors_together(DATA, *COUNTS)
    [table] = [table for table in tables if f"if {part(affected, 0)} of them were" in table.label]
    rows = derived("scenario_tipping_points", earlier_denominator="1936", assumed=affected)
    hidden = {(row["design_effect"], row["sensitivity_ratio"]): row["estimate"] for row in rows}
    for (head, *shown), effect in zip(map(cells, table.rows), ("1", "2", "4", "10"), strict=True):
        assert head == f"Design effect {effect}"
        needed = [hidden[effect, ratio] for ratio in ("1", "0.8", "0.6")]
        assert shown == [
            part(needed_share, 1) if needed_share != "0" else scenario_tables.ALREADY
            for needed_share in needed
        ]


def test_upper_bounds_of_none_found_are_those_of_the_table() -> None:
    rows = derived("scenario_none_found", value_id="KH021", measure="upper_bound")
    shown = list(map(cells, scenario_tables.bounds_of_none_found(DATA, Role("none-found-under-16"))))
    assert (
        shown
        == [[f"{int(row['denominator']):,} people (scenario)", percent(row["estimate"])] for row in rows]
        != []
    )


def test_the_what_if_form_starts_from_printed_numbers() -> None:
    form = scenario_tables.what_if_form(
        DATA,
        count=COUNTS[1],
        people=PEOPLE,
        earlier=Role("share-under-18-earlier"),
        later=SHARE,
        earlier_count=COUNTS[0],
    )
    low = {name: VALUES[key]["low"] for name, key in FORM.items()}
    assert form.items() >= {**low, "earlier_children": "147", "earlier_people": "1936"}.items()
    people, alone = "38 of 2,104 people", " (not of the 2,014 also reported)"
    assert form["counted_fall"] == f"147 of 1,936 to {people}{alone}"
    assert form["seen"] == f"{people} found in the venues{alone}"
    assert form["fall"] == "8.16% to 2.2%, as reported"


def test_each_size_of_a_next_wave_is_that_of_the_table() -> None:
    plans = (("KH010", "half_width"), ("KH010", "further_fall"), ("KH018", "exclude_after_none_found"))
    for share, measure in plans:
        role = next(row["role"] for row in read_csv(FEATURED) if row["value_id"] == share)
        table = scenario_tables.sample_size_table(DATA, measure=measure, share=Role(role))
        assert value_of(table) == share
        assert table.label.endswith(f", around {VALUES[share]['low']}%")
        rows = derived("scenario_sample_sizes", value_id=share, measure=measure)
        effects = sorted({float(row["design_effect"]) for row in rows})
        assert table.heads[1:] == [f"Design effect {effect:g}" for effect in effects]
        by_aim = {row["aim"]: row for row in rows}
        assert len(table.rows) == len(by_aim)
        sizes = {(row["aim"], float(row["design_effect"])): f"{int(row['n']):,} people" for row in rows}
        for (_, *people), aim in zip(map(cells, table.rows), sorted(by_aim), strict=True):
            wanted = [sizes[aim, effect] for effect in effects]
            assert [cell.rsplit(", ", 1)[0] for cell in people] == wanted
            assert all(cell.endswith(" venues") for cell in people)


def test_error_rate_marked_no_trend_keeps_its_caution() -> None:
    [fact, *_] = [
        row["fact_id"]
        for row in ASSUMED.values()
        if row["parameter"] == "false_positive_rate" and row["fact_id"]
    ]
    rows = [row | ({"show": "no_trend"} if key == fact else {}) for key, row in VALUES.items()]
    _, printed = age_tables(PageData(DATA.package.with_rows({"reported_values": rows})))
    assert [entry for entry in printed if cells(entry)[0].endswith("– editions are not a trend")]
