"""Which gaps are filled: what was not found, and the entered row that now answers it."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from scripts.package.files import Row
from scripts.package.package import Package
from scripts.package.reading import Reading

OF_A_READING = ("indicator_id", "study_id", "place_id", "sex")


class Answer(NamedTuple):
    """A row that answers what was not found."""

    table: str
    key: str


def answers(package: Package) -> dict[str, Answer]:
    """The first answer to each gap that has one, by the key of the gap."""
    found: dict[str, Answer] = {}
    for wanted in package.rows("absence_answers"):
        for answer in _fitting(package, wanted):
            found.setdefault(wanted["not_available_id"], answer)
    return found


def _fitting(package: Package, wanted: Row) -> Iterator[Answer]:
    """What is entered and fits all filled cells of a row of absence_answers."""
    for cell, look in LOOKS.items():
        if wanted[cell]:
            yield from look(package, wanted)
            return
    for reading in package.ledger.standing:
        if not reading.is_claim and _fits(reading, wanted):
            yield Answer("reported_values", reading.id)


def _fits(reading: Reading, wanted: Row) -> bool:
    is_late_enough = not wanted["from_year"] or reading.period[:4] >= wanted["from_year"]
    return is_late_enough and all(wanted[name] in ("", getattr(reading, name)) for name in OF_A_READING)


def _facts(package: Package, wanted: Row) -> Iterator[Answer]:
    for fact in package.matching("study_facts", study_id=wanted["study_id"], attribute=wanted["attribute"]):
        yield Answer("study_facts", fact["study_fact_id"])


def _cells(package: Package, wanted: Row) -> Iterator[Answer]:
    for study in package.matching("studies", study_id=wanted["study_id"]):
        if study[wanted["study_field"]] not in {"", *package.common_words}:
            yield Answer("studies", study["study_id"])


def _whole_documents(package: Package, wanted: Row) -> Iterator[Answer]:
    for source in package.matching("sources", source_id=wanted["source_id"], read_extent="whole"):
        yield Answer("sources", source["source_id"])


# Where to look, by the cell that is filled; with none of them it is a reading that answers.
LOOKS: dict[str, Callable[[Package, Row], Iterator[Answer]]] = {
    "attribute": _facts,
    "study_field": _cells,
    "source_id": _whole_documents,
}
