"""The grid of results: each share and count of the two surveys at its age and place, and none between."""

from pathlib import Path

from scripts.package.featured import Role
from scripts.site.result_tables import AGES, MEASURED, NOT_SEEN, people_behind, results_grid
from tests.conftest import FROZEN, alter, change_rows, read_csv
from tests.site.listings import cells, pages_of
from tests.site.page_models import links, opened

STUDIES = ("ijm-khm-2012", "ijm-khm-2015")


def test_every_figure_of_the_surveys_stands_in_its_cell() -> None:
    grid = results_grid(pages_of(FROZEN))
    shown = [[link.anchor for link in links(one)] for one in grid]
    rows = [
        row
        for row in read_csv(FROZEN / "data/reported_values.csv")
        if row["study_id"] in STUDIES and row["indicator_id"] in MEASURED and not row["printing_of"]
    ]
    measure = {row["value_id"]: row["indicator_id"] for row in rows}
    for cell in (cell for one in grid for cell in one.cells):
        kinds = [MEASURED.index(measure[link.anchor]) for link in links(cell)]
        assert kinds == sorted(kinds), "a share stands before a count"
    wanted = {row["value_id"] for row in rows if (row["age_min"], row["age_max"]) in AGES}
    left = {row["value_id"] for row in rows if row["place_id"] in ("place-unnamed", "")}
    assert {value for line in shown for value in line} == wanted - left
    assert sum(cell == NOT_SEEN for one in grid for cell in cells(one)) == sum(
        cell == NOT_SEEN for one in grid for cell in cells(one)[1:]
    )
    first = cells(grid[0])
    assert "38 of 2,104 people is 1.81 %" in first[2].replace("\xa0", " ") and "level" not in first[1]


def test_a_figure_that_was_withdrawn_is_not_said_to_be_unseen(package: Path) -> None:
    alter(package, "reported_values", "KH021", show="withdrawn")
    told = {cells(one)[0]: cells(one)[2] for one in results_grid(pages_of(package))}
    assert told["Under 16, Sihanoukville"] == "A figure was withdrawn."


def test_that_no_number_of_people_was_found_is_said_until_one_is_linked(package: Path) -> None:
    asked, data = "share-under-18-earlier", opened(package)
    assert people_behind(data, asked) == "We found no source that says how many people were seen in 2012."
    people = data.figures.figure("people-seen-later")
    share = {"to_id": data.package.featured.reading(Role(asked)).id, "from_id": people.id}
    base = next(row for row in data.package.rows("links") if row["relation"] == "denominator_of")
    change_rows(package, "links", lambda rows: rows.append(base | share))
    assert people_behind(opened(package), asked) == f"The share of 2012 is one of {people.value} people."
