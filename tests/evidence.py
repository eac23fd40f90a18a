"""An audit of the first collection: is each of its facts carried to the letter? python -m tests.evidence

Held against a second transcription. What was added to `data/` since is no part of it.

`evidence.csv` was written from the evidence: one row for each fact and each place that carries it, with the
value, the locator, the kind of evidence and the address to the letter. `key` says where it went; the column
`reread` names what was mended when the source was read again. A value that is held back is not there. A
fact that is left out has the reason in the column `reason`.
"""

import re
import sys
from functools import cache

import pytest

from tests.conftest import ROOT, each, read_csv

Row = dict[str, str]
MAP = read_csv(ROOT / "tests/evidence.csv")
KEYS = {  # where a fact went: the key of that table, and the column that holds the words of the source
    "reported_values": ("value_id", "printed"),
    "study_facts": ("study_fact_id", "fact_as_printed"),
    "events": ("event_id", "fact_as_printed"),
    "series_breaks": ("series_id|break_id", "fact_as_printed"),
}
NUMBERS = {  # how many facts the evidence has under each prefix
    "KH": [*range(1, 138), *range(201, 231), *range(234, 299)],
    "RESP-": range(1, 193),
    "E2-": range(1, 137),
}
OTHERS = 97
ELSEWHERE = ("also_fact_ids", "also_study_facts", "not_available", "sources", "left_out")  # rows of others
# Numbers in the words of a fact that are no readings, and why.
NOT_READINGS = {
    "CenHTRO-SLE-01": "held back: another thing was measured",
    "CenHTRO-SLE-02": "held back: another thing was measured",
    "IJM-PHL-Cebu-04": "held back: no level can be published",
    "E2-040": "how many were asked; no answer could be read",
    "E2-055": "ages of those counted",
    "KH253": "ages of those asked",
    "KH296": "ages of those who tried to buy",
    "RESP-019": "ages of those counted",
    "RESP-030": "age of those counted",
    "RESP-054": "age of those counted",
    "RESP-082": "printed in words",
    "RESP-094": "age of those counted",
    "RESP-147": "part of a definition",
    "RESP-163": "what another paper prints",
    "RESP-182": "a day",
    "RESP-185": "printed in words",
    "RESP-187": "years of a sentence",
    "TIP-meta-01": "the name of a tier",
}
YEAR = re.compile(r"(?:19|20)\d\d")


@cache
def table(name: str, key: str) -> dict[str, Row]:
    """A table of data/ by its key; the parts of a longer key are joined."""
    return {
        "|".join(row[part] for part in key.split("|")): row for row in read_csv(ROOT / f"data/{name}.csv")
    }


def carriers() -> list[Row]:
    """The rows of the map that name a row of data/ of their own."""
    return [row for row in MAP if row["where"] in KEYS]


def name_of(row: Row) -> str:
    return f"{row['fact_id']}-in-{row['key']}"


def numbers(text: str) -> set[str]:
    """The numbers in a text, without marks for thousands made of spaces."""
    return set(re.findall(r"\d+(?:[.,]\d+)*", re.sub(r"(?<=\d)[  ](?=\d{3}\b)", "", text)))


def test_the_map_holds_every_fact() -> None:
    facts = {row["fact_id"] for row in MAP}
    expected = {f"{prefix}{number:03}" for prefix, all_of in NUMBERS.items() for number in all_of}
    others = {fact for fact in facts if not fact.startswith(tuple(NUMBERS))}
    assert facts - others == expected
    assert len(others) == OTHERS
    assert len({(row["fact_id"], row["key"]) for row in MAP}) == len(MAP)
    assert {row["where"] for row in MAP} <= {*KEYS, *ELSEWHERE}


def test_what_is_left_out_has_its_reason_and_no_row() -> None:
    """And nothing that is carried needs a reason."""
    left = {row["fact_id"] for row in MAP if row["where"] == "left_out"}
    assert left == {row["fact_id"] for row in MAP if row["reason"]}
    assert not left & {row["fact_id"] for row in MAP if row["where"] != "left_out"}
    assert not any(row["key"] or row["printed"] for row in MAP if row["where"] == "left_out")


@each(carriers(), ids=name_of)
def test_a_row_has_the_words_and_place_of_its_fact(row: Row) -> None:
    key, column = KEYS[row["where"]]
    carried = table(row["where"], key)[row["key"]]
    assert carried[column] == row["printed"]
    assert row["printed"] in row["value_as_printed"] or "token" in row["reread"]
    assert carried["locator"] == row["locator"]
    assert carried.get("evidence", row["evidence"]) == row["evidence"]
    assert table("sources", "source_id")[carried["source_id"]]["url"] == row["url"]


def test_a_fact_that_repeats_others_is_named_by_them() -> None:
    """And no row claims a further fact that the map does not give it."""
    for where, name in (("also_fact_ids", "reported_values"), ("also_study_facts", "study_facts")):
        repeated = {(row["key"], row["fact_id"]) for row in MAP if row["where"] == where}
        claims = {key: row["also_fact_ids"].split(";") for key, row in table(name, KEYS[name][0]).items()}
        assert repeated == {(key, fact) for key, facts in claims.items() for fact in facts if fact}


@pytest.mark.parametrize("name", ["not_available", "sources"])
def test_other_rows_name_the_facts_that_they_alone_carry(name: str) -> None:
    rows = read_csv(ROOT / f"data/{name}.csv")
    named = {
        (next(iter(row.values())), fact) for row in rows for fact in row["fact_ids"].split(";") if fact
    }
    assert named == {(row["key"], row["fact_id"]) for row in MAP if row["where"] == name}


@each(sorted({row["fact_id"] for row in MAP if row["where"] != "left_out"}))
def test_no_number_of_a_fact_is_lost(fact: str) -> None:
    """Each number in its words stands in a reading, or is a year, or has its reason here."""
    here = [row for row in MAP if row["fact_id"] == fact]
    readings = table("reported_values", "value_id")
    held = {number for row in here for number in numbers(row["printed"])}
    for row in here:
        reading = readings.get(row["key"], {})
        held |= {reading.get(f"interval_{part}", "") for part in ("low", "high", "level")}
    lost = {one for one in numbers(here[0]["value_as_printed"]) - held if not YEAR.fullmatch(one)}
    assert (lost == set()) == (fact not in NOT_READINGS), lost


def test_names_of_persons_stand_with_their_source_alone() -> None:
    """The column creator holds them; a title may hold one as printed."""
    sources = read_csv(ROOT / "data/sources.csv")
    people = {name.strip() for row in sources for name in re.split(r"[;,&]| and ", row["creator"])}
    names = {name for name in people if " " in name and name[0].isupper()}
    assert {row["printed"] for row in MAP if row["where"] == "sources"} <= names
    for path in (ROOT / "data").rglob("*.csv"):
        for row in read_csv(path):
            cells = [
                cell for column, cell in row.items() if column not in ("creator", "title", "source_title")
            ]
            assert not [(path.name, name) for name in names for cell in cells if name in cell]


def test_no_credit_is_called_absent_where_a_document_was_read_in_part() -> None:
    """What was not read may name who counted: not_reported is for a document that was read whole."""
    read = {row["source_id"]: row["read_extent"] for row in read_csv(ROOT / "data/sources.csv")}
    told = [row for row in read_csv(ROOT / "data/reported_values.csv") if row["credited_to_reason"]]
    assert {read[row["source_id"]] for row in told if row["credited_to_reason"] == "not_reported"} <= {
        "whole"
    }
    assert any(row["credited_to_reason"] == "not_read" for row in told)


if __name__ == "__main__":
    sys.exit(pytest.main(["-n", "0", __file__]))
