"""Tables of results: what to quote, the grid of the two surveys, and surveys of venues elsewhere."""

import re
from pathlib import Path

from scripts.package.featured_roles import Role
from scripts.site.content_nodes import MarkedWords
from scripts.site.index_pages import quote_table
from scripts.site.page_data import PageData
from scripts.site.result_tables import AGES, MEASURED, NOT_SEEN, results_grid
from scripts.site.topic_lists import changes_elsewhere, shares_elsewhere, similar_surveys_without_result
from tests.conftest import FROZEN, SCHEMAS, change_cells, change_rows
from tests.site.listings import VALUES, cells, pages_of, table, value_of
from tests.site.page_models import links

NONE = "We found none"
[FIELD] = [field for field in SCHEMAS["featured"]["fields"] if field["name"] == "quote_for"]
QUESTIONS = {category["value"]: category["label"] for category in FIELD["categories"]}


def test_quote_table_answers_each_question_in_order(data: PageData) -> None:
    heads = [cells(entry)[0].partition(",")[0] for entry in quote_table(data)]
    assert list(dict.fromkeys(heads)) == list(QUESTIONS.values())
    asked = [row for row in table("featured") if row["quote_for"]]
    assert {row["quote_for"] for row in asked} == QUESTIONS.keys()
    shown = {value_of(entry) for entry in quote_table(data)}
    assert {row["value_id"] or row["not_available_id"] for row in asked} <= shown
    words = [cells(entry)[1] for entry in quote_table(data)]
    assert words.count(NONE) == len([row for row in asked if row["not_available_id"]]) > 0


def test_each_figure_to_quote_has_its_own_sentence(data: PageData) -> None:
    for entry in quote_table(data):
        if cells(entry)[1] != NONE:
            key = value_of(entry)
            assert VALUES[key]["printed"] in cells(entry)[1]
            assert entry.cells[2] == (MarkedWords(data.quotes.sentence_to_quote(key), "quote"),)


def test_both_numbers_are_quoted_if_sources_disagree(data: PageData) -> None:
    otherwise = [entry for entry in quote_table(data) if cells(entry)[0].endswith(", another number")]
    beside = [row["value_id"] for row in table("featured") if row["quote_for"] and row["value_id"]]
    shown = [value_of(entry) for entry in otherwise]
    assert {VALUES[key]["mention_of"] for key in shown} < set(beside)
    assert {"KH020", "KH037", "KH046", "KH052", "KH203"} < set(shown)
    numbers = [(row["mention_of"], row["low"], row["high"]) for row in (VALUES[key] for key in shown)]
    assert len(set(numbers)) == len(numbers)


def test_nearly_the_same_number_is_not_quoted_as_another(data: PageData) -> None:
    shown = {value_of(entry) for entry in quote_table(data)}
    nearly = {key for key, row in VALUES.items() if row["printed"].startswith(("nearly ", "just over "))}
    assert {"KH010", "KH022"} <= {VALUES[key]["mention_of"] for key in nearly}
    assert not shown & nearly


def test_each_question_names_its_year(data: PageData) -> None:
    """No two rows about an age have the same heading, except the two of the fall."""
    heads = [cells(entry)[0] for entry in quote_table(data) if "under 1" in cells(entry)[0].lower()]
    assert heads and all(re.search(r" in 201[25]\b", head) for head in heads)


def test_rounded_number_is_not_quoted_as_another(package: Path) -> None:
    assert "KH037" in {value_of(entry) for entry in quote_table(pages_of(package))}
    change_cells(package, "reported_values", "KH037", low="8.2", high="8.2")
    change_rows(package, "conflicts", lambda rows: [row.update(kind="rounding") for row in rows])
    assert "KH037" not in {value_of(entry) for entry in quote_table(pages_of(package))}


def test_withdrawn_figure_is_marked_do_not_quote(package: Path) -> None:
    change_cells(package, "reported_values", "KH010", show="withdrawn")
    [quote] = [entry for entry in quote_table(pages_of(package)) if value_of(entry) == "KH010"]
    assert "withdrawn, do not quote" in cells(quote)[1] and cells(quote)[2] == "It was withdrawn."


# The grid: each share and count at its age and place.

SURVEYS = (Role("venue-study-earlier"), Role("venue-study-later"))
LIKE = SURVEYS[1]
OURS = ("ijm-khm-2012", "ijm-khm-2015")


def test_every_figure_of_the_surveys_stands_in_its_cell(data: PageData) -> None:
    grid, _ = results_grid(data, *SURVEYS)
    shown = [[link.anchor for link in links(entry)] for entry in grid]
    rows = [
        row
        for row in VALUES.values()
        if row["study_id"] in OURS and row["indicator_id"] in MEASURED and not row["mention_of"]
    ]
    measure = {row["value_id"]: row["indicator_id"] for row in rows}
    for cell in (cell for entry in grid for cell in entry.cells):
        kinds = [MEASURED.index(measure[link.anchor]) for link in links(cell)]
        assert kinds == sorted(kinds), "a share stands before a count"
    wanted = {row["value_id"] for row in rows if (row["age_min"], row["age_max"]) in AGES}
    left = {row["value_id"] for row in rows if row["place_id"] in ("place-unnamed", "")}
    assert {value for line in shown for value in line} == wanted - left
    assert sum(cell == NOT_SEEN for entry in grid for cell in cells(entry)) == sum(
        cell == NOT_SEEN for entry in grid for cell in cells(entry)[1:]
    )
    first = cells(grid[0])
    assert "38 of 2,104 is 1.81%" in first[2].replace("\xa0", " ") and "level" not in first[1]


def test_a_figure_that_was_withdrawn_is_not_said_to_be_unseen(package: Path) -> None:
    change_cells(package, "reported_values", "KH021", show="withdrawn")
    told = {cells(entry)[0]: cells(entry)[2] for entry in results_grid(pages_of(package), *SURVEYS)[0]}
    assert told["Under 16, Sihanoukville"] == "A figure was withdrawn."


# Each place of the surveys elsewhere once, with its own contradictions, and no ranking.

STUDIES = {row["study_id"]: row for row in table("studies")}


def shown(package: Path = FROZEN) -> dict[str, list[str]]:
    """Return the cells for each place, by its name."""
    return {cells(entry)[0]: cells(entry)[1:] for entry in changes_elsewhere(pages_of(package), LIKE)}


def linked_studies(model: object) -> list[str]:
    """Return the studies linked in a model, in order."""
    return [link.address.split("/")[1] for link in links(model) if link.address.startswith("studies/")]


def test_every_survey_of_venues_of_the_same_body_stands_there() -> None:
    data = pages_of(FROZEN)
    models = [*shares_elsewhere(data, LIKE), similar_surveys_without_result(data, LIKE)]
    studies = {study for model in models for study in linked_studies(model)}
    ours = STUDIES["ijm-khm-2015"]
    same = [
        key
        for key, row in STUDIES.items()
        if row["organisation_id"] == ours["organisation_id"] and row["setting"] in ("venues", "contacts")
        if row["place_id"] != ours["place_id"]
    ]
    falls = {row["study_id"] for row in VALUES.values() if row["topic"] == "comparable_studies"} & {
        row["study_id"] for row in VALUES.values() if row["indicator_id"].startswith("fall-of")
    }
    assert studies == set(same) | falls - {""}


def test_places_are_in_alphabetical_order() -> None:
    assert [*shown()] == sorted(shown())
    places = [cells(entry)[0] for entry in shares_elsewhere(pages_of(FROZEN), LIKE)]
    assert places == sorted(places)


def test_a_study_without_a_share_is_named_as_one() -> None:
    shares = {
        row["study_id"]
        for row in VALUES.values()
        if (row["indicator_id"], row["age_max"], row["show"]) == ("share-in-age-band", "17", "free")
    }
    data = pages_of(FROZEN)
    assert {study for entry in shares_elsewhere(data, LIKE) for study in linked_studies(entry)} <= shares
    assert not shares & set(linked_studies(similar_surveys_without_result(data, LIKE)))


def test_contradictions_on_the_results_page_are_those_of_the_derived_table() -> None:
    told = {place: row[0] for place, row in shown().items()}
    said = told["Twenty towns of the Dominican Republic"]
    assert "fell by 85.8% between 2014 and 2022 (Orientación Popular, reprinting an article)" in said
    assert "The same text gives the percentage as 23.9% for 2014 and 2.4% for 2022, a fall of 90%" in said
    assert not any("The same text" in said for place, said in told.items() if "Dominican" not in place)


def test_a_figure_that_was_withdrawn_is_not_shown(package: Path) -> None:
    change_cells(package, "reported_values", "IJM-DOM-04", show="withdrawn")
    before, after = (
        str(shares_elsewhere(pages_of(each_package), LIKE)) for each_package in (FROZEN, package)
    )
    assert "2.2%" in before and "2.2%" not in after
