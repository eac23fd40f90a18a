"""Once something that was not found is entered, pages link to it and no longer say “not found”."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.checks import prose
from scripts.checks.context import CheckContext
from scripts.package.gap_answers import WHOLE, AnsweringRow, first_answers_by_gap
from scripts.package.package import Package
from scripts.site.render import statements_no_longer_made_by_pages
from tests.conftest import (
    FROZEN,
    change_cells,
    change_rows,
    keys_of,
    mark_later_cases_long,
    read_csv,
    rebuild_derived_tables,
    render_pages_of,
)

WANTED = read_csv(FROZEN / "data/editorial/absence_answers.csv")
WORDS = read_csv(FROZEN / "data/editorial/absence_words.csv")
EVIDENCE = "data/editorial/article_evidence.csv"
FACT, COUNT = "KH050", "KH005"  # a fact of a study, and a count of people: both are entered again
ANSWERED = {row["not_available_id"] for row in WANTED}
SAID = {row["not_available_id"] for row in WORDS}
WRITTEN = [row for row in WANTED if row["not_available_id"] in SAID]
KINDS = (
    "source_id",
    "study_field",
    "attribute",
    "indicator_id",
)  # of answers, by the column that they fill
BOTH = [row for row in WANTED if row["not_available_id"] == "N06"]  # of two studies that decided on ages


def enter(package: Path, wanted: dict[str, str]) -> None:
    """Enter the row or cell that answers a gap."""
    given = {name: cell for name, cell in wanted.items() if cell}
    del given["answer_id"], given["not_available_id"]
    if column := given.get("study_field"):
        change_cells(package, "studies", given["study_id"], **{column: "visual"})
    elif source := given.get("source_id"):
        change_cells(package, "sources", source, read_extent="whole")
    elif "attribute" in given:
        again(package, "study_facts", FACT, study_fact_id=f"{FACT}-{wanted['answer_id']}", **given)
    else:
        given |= {"period": given.pop("from_year", "2012")}
        again(package, "reported_values", COUNT, value_id=f"{COUNT}-{wanted['answer_id']}", **given)


def again(package: Path, table: str, key: str, **cells: str) -> None:
    """Add a copy of a row with some cells changed."""

    def add(rows: list[dict[str, str]]) -> None:
        rows += [row | cells for row in rows if key in row.values()][:1]

    change_rows(package, table, add)


def kind_of(wanted: dict[str, str]) -> str:
    """Return the column that shows the kind of an answer; blank for a reading."""
    return next((name for name in KINDS if wanted[name]), "")


ONE_OF_EACH = [*{kind_of(row): row for row in WRITTEN}.values()]
ONE_OF_EACH_FIRST = [*ONE_OF_EACH, *(row for row in WRITTEN if row not in ONE_OF_EACH)]


def words_of(key: str) -> Iterator[str]:
    return (row["words"] for row in WORDS if (row["not_available_id"], row["form"]) == (key, "long"))


@pytest.mark.xdist_group("pages")
def test_not_found_statement_disappears_once_its_answer_is_entered(
    package: Path, rendered_pages: dict[str, str]
) -> None:
    by_hand = {
        name: text for name, text in rendered_pages.items() if "/" not in name and name != "to-settle.md"
    }
    said = {words for key in ANSWERED for words in words_of(key)}
    assert len(ANSWERED) >= 10 and all(any(words in text for text in by_hand.values()) for words in said)
    for wanted in WANTED:
        enter(package, wanted)
    rebuild_derived_tables(package)
    after = render_pages_of(package)
    assert not [(name, words) for name in by_hand for words in said if words in after[name]]
    assert after["to-settle.md"].count("It is known now: ") == len(ANSWERED)
    assert f"values/{COUNT}-N02-a/#{COUNT}-N02-a" in after["methodology.md"]


@pytest.mark.parametrize(
    "wanted",
    mark_later_cases_long(len(ONE_OF_EACH), zip(ONE_OF_EACH_FIRST)),
    ids=lambda row: row["answer_id"],
)
def test_outdated_not_found_statement_is_reported_with_page_and_words(
    package: Path, wanted: dict[str, str]
) -> None:
    enter(package, wanted)
    rebuild_derived_tables(package)
    key = wanted["not_available_id"]
    found = [finding for finding in prose.check(CheckContext(Package(package))) if finding.value == key]
    assert found and {finding.rule for finding in found} == {"absence-answered"}
    assert all(finding.table.startswith(("docs/", EVIDENCE)) and finding.line for finding in found)
    bears_on_a_statement = any(row["not_available_id"] == key for row in read_csv(FROZEN / EVIDENCE))
    assert any(finding.table == EVIDENCE for finding in found) == bears_on_a_statement
    assert all(any(words in finding.message for finding in found) for words in words_of(key))


@pytest.mark.xdist_group("pages")
def test_not_found_statement_on_two_studies_is_answered_for_each_study(package: Path) -> None:
    whole, (earlier, later) = ("N06", WHOLE), BOTH
    enter(package, earlier)
    assert set(first_answers_by_gap(Package(package))) == {("N06", earlier["study_id"])}
    enter(package, later)
    assert first_answers_by_gap(Package(package))[whole].key == earlier["study_id"]
    rebuild_derived_tables(package)
    assert any("N06" in told for told in statements_no_longer_made_by_pages(Package(package)))


def test_statement_answers_the_not_found_row_that_it_names(package: Path) -> None:
    [statement, *_] = keys_of(package, "statements")
    change_cells(package, "statements", statement, not_available_id="N44")
    assert first_answers_by_gap(Package(package)) == {("N44", WHOLE): AnsweringRow("statements", statement)}
    rebuild_derived_tables(package)
    assert f"voices-all/#{statement}" in render_pages_of(package)["to-settle.md"]


def test_sheet_of_open_questions_names_what_to_look_for_and_affected_pages(
    rendered_pages: dict[str, str],
) -> None:
    sheet = rendered_pages["to-settle.md"].partition('id="read-ijm-report-2013"')[2].partition("<h2")[0]
    row = sheet.partition('<tr id="N02">')[2].partition("</tr>")[0]
    assert "Data Weighting … - 20 -" in sheet
    assert "23 to 26" in row and "People observed" in row
    said_on = ("../methodology/", "../results/", "../article-statements/", "../claims/")
    assert [name in row for name in said_on] == [True, True, True, False]
    assert '<a href="../">home</a>' in row  # in a part that the page includes


def test_claimed_number_does_not_answer_a_not_found_statement(package: Path) -> None:
    wanted = next(row for row in WANTED if row["indicator_id"])
    enter(package, wanted)
    change_cells(package, "reported_values", f"{COUNT}-{wanted['answer_id']}", nature="claimed")
    rebuild_derived_tables(package)
    assert statements_no_longer_made_by_pages(Package(package)) == []


def test_study_field_not_reported_does_not_answer_a_not_found_statement(package: Path) -> None:
    wanted = next(row for row in WANTED if row["study_field"] == "age_method")
    for silent in ("not_reported", "not_read"):
        change_cells(package, "studies", wanted["study_id"], age_method=silent)
        assert first_answers_by_gap(Package(package)) == {}
    change_cells(package, "studies", wanted["study_id"], age_method="visual")
    assert first_answers_by_gap(Package(package)) == {
        (wanted["not_available_id"], wanted["study_id"]): ("studies", wanted["study_id"])
    }
