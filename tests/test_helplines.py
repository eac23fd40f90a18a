"""The helplines are those that their source prints: typed here a second time, by hand, from that source."""

from collections.abc import Iterator

import pytest

from scripts.package.opening import Package
from tests.conftest import DESCRIPTOR, FROZEN, read_csv
from tests.rule_cases import BY_ID, Bench

RULE = BY_ID["helpline-is-pinned"]
PINNED = {  # key: channel, number or address, source
    "H1": ("telephone", "1288", "aple-reporting-page"),
    "H2": ("telephone", "092 311 511", "aple-reporting-page"),
    "H3": ("web", "https://aplecambodia.org/reporting-page/", "aple-reporting-page"),
}


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    """The tables of the frozen package, loaded once."""
    with Package(FROZEN) as package:
        yield Bench(package)


def slips(contact: str) -> set[str]:
    """The number with two neighbours swapped, a sign lost, or a digit that is another one."""
    places = range(len(contact))
    swapped = {contact[:at] + contact[at + 1 : at + 2] + contact[at] + contact[at + 2 :] for at in places}
    lost = {contact[:at] + contact[at + 1 :] for at in places}
    other = {f"{contact[:at]}{digit}{contact[at + 1 :]}" for at in places for digit in range(10)}
    return (swapped | lost | other) - {contact, contact + " "}


def test_the_helplines_are_those_of_their_source() -> None:
    rows = read_csv(FROZEN / "data/editorial/helplines.csv")
    there = {
        row["helpline_id"]: (row["channel"], row["contact_as_printed"], row["source_id"]) for row in rows
    }
    assert there == PINNED
    assert {row["organisation_id"] for row in rows} == {"aple"}


@pytest.mark.slow
def test_every_slip_in_a_number_is_found(bench: Bench) -> None:
    """Each in a copy of its line, all at once; the lines themselves are right, and are not found."""
    lines = {row["helpline_id"]: row for row in read_csv(FROZEN / "data/editorial/helplines.csv")}
    put_in = [(key, slip) for key, (_, contact, _) in PINNED.items() for slip in sorted(slips(contact))]
    assert len(put_in) > 500
    copies = [
        {"table": "helplines", "add": lines[key] | {"contact_as_printed": slip}} for key, slip in put_in
    ]
    with bench.trial(copies):
        found = bench.found_by(RULE)
    assert sorted((one.row, one.value) for one in found) == sorted(put_in)
    assert {one.field for one in found} == {"contact_as_printed"}


def test_a_correction_can_tell_of_every_table_that_people_edit() -> None:
    tables = {table["name"]: table for table in DESCRIPTOR["resources"]}
    edited = {name for name, table in tables.items() if not table["path"].startswith("data/derived/")}
    [named] = [one for one in tables["corrections"]["schema"]["fields"] if one["name"] == "table_name"]
    assert set(named["constraints"]["enum"]) == edited - {"corrections"}
