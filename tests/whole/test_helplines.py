"""The helplines are those that their source prints: typed here a second time, by hand, from that source."""

from tests.conftest import DESCRIPTOR, FROZEN, read_csv

PINNED = {  # key: channel, number or address, source
    "H1": ("telephone", "1288", "aple-reporting-page"),
    "H2": ("telephone", "092 311 511", "aple-reporting-page"),
    "H3": ("web", "https://aplecambodia.org/reporting-page/", "aple-reporting-page"),
}


def test_the_helplines_are_those_of_their_source() -> None:
    rows = read_csv(FROZEN / "data/editorial/helplines.csv")
    there = {
        row["helpline_id"]: (row["channel"], row["contact_as_printed"], row["source_id"]) for row in rows
    }
    assert there == PINNED
    assert {row["organisation_id"] for row in rows} == {"aple"}


def test_a_correction_can_tell_of_every_table_that_people_edit() -> None:
    tables = {table["name"]: table for table in DESCRIPTOR["resources"]}
    edited = {name for name, table in tables.items() if not table["path"].startswith("data/derived/")}
    [named] = [one for one in tables["corrections"]["schema"]["fields"] if one["name"] == "table_name"]
    assert set(named["constraints"]["enum"]) == edited - {"corrections"}
