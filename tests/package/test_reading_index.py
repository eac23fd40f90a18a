"""Look-ups of readings, places, codes and roles, on the frozen package."""

from pathlib import Path

import pytest

from scripts.package.package import Package
from scripts.package.reading import Reading, age_range_words
from tests.conftest import FROZEN, PATHS, read_csv

PACKAGE = Package(FROZEN)
READINGS = read_csv(FROZEN / PATHS["reported_values"])
KINDS = {
    (row["column_name"], row["code"]): row["words"]
    for row in read_csv(FROZEN / PATHS["code_words"])
    if row["form"] == "kind"
}


def test_reading_attributes_equal_the_cells_of_its_row() -> None:
    for row in READINGS:
        reading = PACKAGE.reading_index.readings_by_id[row["value_id"]]
        assert (reading.id, reading.age_limits) == (row["value_id"], (row["age_min"], row["age_max"]))
        assert reading.quantity_id == (row["mention_of"] or row["value_id"])
        assert reading.is_main == (row["mention_of"] == "")
        assert reading.is_withdrawn == (row["show"] == "withdrawn")
        assert reading.may_be_shown_alone == (row["show"] in ("free", "with_both_denominators"))
        assert reading.qualifier_kind == KINDS["qualifier", row["qualifier"]]
        assert reading.evidence_type == KINDS["nature", row["nature"]]
        assert reading.is_primary == (KINDS["evidence", row["evidence"]] == "primary")


def test_withdrawn_readings_are_listed_separately() -> None:
    withdrawn = {row["value_id"] for row in READINGS if row["show"] == "withdrawn"}
    index = PACKAGE.reading_index
    assert {reading.id for reading in index.withdrawn} == withdrawn != set()
    assert {reading.id for reading in index.not_withdrawn} == {
        row["value_id"] for row in READINGS
    } - withdrawn
    assert {reading.id for reading in index.main_mentions} == {
        row["value_id"] for row in READINGS if not row["mention_of"] and row["value_id"] not in withdrawn
    }


def test_a_code_has_its_words_in_each_form_and_an_unknown_one_is_an_error() -> None:
    for row in read_csv(FROZEN / PATHS["code_words"]):
        told = PACKAGE.reading_index.words_for_code(row["column_name"], row["code"], row["form"])
        assert told == row["words"]
    with pytest.raises(KeyError):
        PACKAGE.reading_index.words_for_code("nature", "no-such-code", "kind")


def places(**parents: str) -> Package:
    """Return a package with only these places, each inside its parent."""
    rows = [
        {"place_id": place, "parent_id": parent, "iso_3166_1": place[:2]}
        for place, parent in parents.items()
    ]
    return PACKAGE.with_rows({"places": rows})


def test_place_lies_in_its_ancestors_and_its_country() -> None:
    index = places(village="town", town="country", country="").reading_index
    assert index.containing_places("village") == ["town", "country"]
    assert [index.country_of_place(place) for place in ("village", "town", "country")] == ["country"] * 3
    assert index.containing_places("country") == []


def test_circular_places_have_finite_ancestors() -> None:
    assert places(one="other", other="one").reading_index.containing_places("one") == ["other", "one"]


def test_package_with_replaced_rows_keeps_all_other_tables() -> None:
    before = PACKAGE.rows("sources")
    other = PACKAGE.with_rows({"places": [{"place_id": "x"}]})
    assert other.rows("places") == [{"place_id": "x"}]
    assert other.rows("sources") is before
    assert len(PACKAGE.rows("places")) > 1


def test_role_gives_the_reading_named_in_featured() -> None:
    for row in read_csv(FROZEN / PATHS["featured"]):
        asked = {
            "value_id": lambda role: PACKAGE.featured_roles.reading(role).id,
            "study_id": PACKAGE.featured_roles.study_id,
            "limitation_id": PACKAGE.featured_roles.limitation_id,
        }
        for column, ask in asked.items():
            if row[column]:
                assert ask(row["role"]) == row[column]
            else:
                with pytest.raises(KeyError, match=f"{column} for the role {row['role']}"):
                    ask(row["role"])
        assert PACKAGE.featured_roles.role_if_known(row["role"]) == row["role"]
        if row["quote_for"]:
            assert row in PACKAGE.featured_roles.role_rows_quoted_for(row["quote_for"])


def test_unassigned_role_is_an_error() -> None:
    assert PACKAGE.featured_roles.role_if_known("no-such-role") == ""
    with pytest.raises(KeyError, match="no-such-role"):
        PACKAGE.featured_roles.reading("no-such-role")


@pytest.mark.parametrize("name", PATHS)
def test_folder_of_a_table_tells_whether_it_is_derived_or_editorial(name: str) -> None:
    table, folder = PACKAGE.contract.table(name), Path(PATHS[name]).parent.name
    assert (table.is_derived, table.is_editorial) == (folder == "derived", folder == "editorial")


@pytest.mark.parametrize(
    ("low", "high", "reason", "said"),
    [
        ("", "17", "", "under 18"),
        ("0", "17", "", "under 18"),
        ("15", "17", "", "15 to 17"),
        ("13", "13", "", "13"),
        ("", "", "all_ages", "all ages"),
        ("0", "", "all_ages", "all ages"),
        ("18", "", "all_ages", "18 and older"),
        ("", "", "not_reported", "not reported"),
        ("0", "", "not_reported", "upper age not reported"),
        ("15", "", "not_reported", "from 15, upper age not reported"),
    ],
)
def test_ages_are_said_as_a_reader_would(low: str, high: str, reason: str, said: str) -> None:
    row = {"age_min": low, "age_max": high, "age_max_reason": reason}
    assert age_range_words(Reading(row, {})) == said
