"""Is every fact of the evidence carried, and nothing else? Held against a second transcription.

`evidence.csv` was written from the evidence and not from data/: one row for each fact and reading, where it
belongs, and the printed token, locator, kind of evidence and address to the letter.
"""

from pathlib import Path

import pytest

from tests.conftest import ROOT, read_csv

Row = dict[str, str]
MAP = read_csv(Path(__file__).with_name("evidence.csv"))
READINGS = [row for row in MAP if row["where"] in ("reported_values", "study_facts", "also_fact_ids")]
NUMBERS = (*range(1, 52), *range(201, 212), *range(277, 281))
FACTS = {f"KH{number:03}" for number in NUMBERS}
WORDS = {  # what the tokens without digits say, from to
    "KH008": ("38", "38"),
    "KH009": ("2", "2"),
    "KH021": ("0", "0"),
    "KH025-a": ("", "75"),
    "KH203": ("", "33.3"),
    "KH207": ("", "0.1"),
}


def table(name: str) -> dict[str, Row]:
    """A table of data/ by its first column."""
    return {next(iter(row.values())): row for row in read_csv(ROOT / f"data/{name}.csv")}


def carrier(row: Row) -> Row:
    """The row of data/ that carries a reading."""
    return table("study_facts" if row["where"] == "study_facts" else "reported_values")[row["key"]]


def name_of(row: Row) -> str:
    return f"{row['fact_id']}-in-{row['key']}"


def test_the_map_holds_every_fact() -> None:
    assert {row["fact_id"] for row in MAP} == FACTS
    assert len({(row["fact_id"], row["key"]) for row in MAP}) == len(MAP)


@pytest.mark.parametrize("name", ["reported_values", "study_facts"])
def test_no_reading_is_without_a_fact(name: str) -> None:
    mapped = {row["key"]: row["fact_id"] for row in MAP if row["where"] == name}
    assert set(table(name)) == set(mapped)
    assert all(key in (fact, f"{fact}-{key[-1]}") for key, fact in mapped.items())


@pytest.mark.parametrize("row", READINGS, ids=name_of)
def test_a_reading_has_the_token_and_place_of_its_fact(row: Row) -> None:
    carried = carrier(row)
    assert carried.get("printed", carried.get("fact_as_printed")) == row["printed"]
    assert carried["locator"] == row["locator"]
    assert carried["evidence"] == row["evidence"]
    assert table("sources")[carried["source_id"]]["url"] == row["url"]


def test_a_fact_that_repeats_others_is_named_by_them() -> None:
    """And no reading claims a further fact that the map does not give it."""
    repeated = {(row["key"], row["fact_id"]) for row in MAP if row["where"] == "also_fact_ids"}
    claims = {key: row["also_fact_ids"].split(";") for key, row in table("reported_values").items()}
    assert repeated == {(key, fact) for key, facts in claims.items() for fact in facts if fact}


def test_names_of_persons_stand_with_their_source_alone() -> None:
    people = [row for row in MAP if row["where"] == "sources"]
    assert [row["fact_id"] for row in people] == ["KH047", "KH204"]
    for row in people:
        assert row["printed"] in table("sources")[row["key"]]["creator"].split("; ")
        for path in (ROOT / "data").rglob("*.csv"):
            cells = [cell for line in read_csv(path) for name, cell in line.items() if name != "creator"]
            assert not [cell for cell in cells if row["printed"] in cell]


def test_a_document_without_figures_is_given_as_not_available() -> None:
    (row,) = [row for row in MAP if row["where"] == "not_available"]
    carried = table("not_available")[row["key"]]
    assert f"({row['fact_id']})" in carried["what_would_settle"]
    assert row["printed"].lower() in carried["what_would_settle"]
    assert table("sources")[carried["source_id"]]["url"] == row["url"]


def test_numbers_in_words_are_read_as_they_say() -> None:
    readings = table("reported_values").values()
    in_words = [row for row in readings if row["written_in"] == "words"]
    assert {row["value_id"]: (row["low"], row["high"]) for row in in_words} == WORDS
