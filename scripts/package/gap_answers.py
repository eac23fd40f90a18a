"""Gaps that have been filled: what was recorded as not found, and the row that has since supplied it."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import NamedTuple

from scripts.package.files import Row, group_by_key
from scripts.package.package import Package
from scripts.package.reading import Reading

Gap = tuple[str, str]  # a row of not_available, and the study that leaves it
WHOLE = ""  # in place of the study: the gap as a whole
OF_A_READING = ("indicator_id", "study_id", "place_id", "sex")


class AnsweringRow(NamedTuple):
    """The table and the key of a row that fills a gap."""

    table: str
    key: str


def first_answers_by_gap(package: Package) -> dict[Gap, AnsweringRow]:
    """The first row that fills each gap; a gap that no row fills is left out.

    A gap left by several studies is filled study by study, and as a whole once all of them are done.
    """
    rows = package.rows("absence_answers")
    ways = group_by_key(((row["not_available_id"], row["study_id"]), row) for row in rows)
    first = {gap: _first_answering_row(package, rows) for gap, rows in ways.items()}
    found = {gap: answer for gap, answer in first.items() if answer}
    for key, gaps in group_by_key((gap[0], gap) for gap in ways).items():
        if all(gap in found for gap in gaps):
            found[key, WHOLE] = found[gaps[0]]
    return found | dict(_statements_naming_gaps(package))


def _statements_naming_gaps(package: Package) -> Iterator[tuple[Gap, AnsweringRow]]:
    """Yield each gap that a statement or reply names, with the table and key of that row, its answer."""
    for table, key in (("statements", "statement_id"), ("replies", "reply_id")):
        for row in package.rows(table):
            if row["not_available_id"]:
                yield (row["not_available_id"], WHOLE), AnsweringRow(table, row[key])


def _first_answering_row(package: Package, filters: list[Row]) -> AnsweringRow | None:
    return next(chain.from_iterable(_answering_rows(package, wanted) for wanted in filters), None)


def _answering_rows(package: Package, wanted: Row) -> Iterator[AnsweringRow]:
    """Yield the rows that fill a gap, as a row of `absence_answers` describes them.

    They are study facts, studies or sources if it names one of these, and otherwise readings except claims.
    """
    for cell, look in LOOKS.items():
        if wanted[cell]:
            yield from look(package, wanted)
            return
    for reading in package.reading_index.not_withdrawn:
        if not reading.is_claim and _is_reading_matching(reading, wanted):
            yield AnsweringRow("reported_values", reading.id)


def _is_reading_matching(reading: Reading, wanted: Row) -> bool:
    is_late_enough = not wanted["from_year"] or reading.period[:4] >= wanted["from_year"]
    return is_late_enough and all(wanted[name] in ("", getattr(reading, name)) for name in OF_A_READING)


def _answering_facts(package: Package, wanted: Row) -> Iterator[AnsweringRow]:
    for fact in package.rows_with_cells(
        "study_facts", study_id=wanted["study_id"], attribute=wanted["attribute"]
    ):
        yield AnsweringRow("study_facts", fact["study_fact_id"])


def _answering_cells(package: Package, wanted: Row) -> Iterator[AnsweringRow]:
    for study in package.rows_with_cells("studies", study_id=wanted["study_id"]):
        if study[wanted["study_field"]] not in {"", *package.codes_common_to_all_columns}:
            yield AnsweringRow("studies", study["study_id"])


def _answering_documents(package: Package, wanted: Row) -> Iterator[AnsweringRow]:
    for source in package.rows_with_cells("sources", source_id=wanted["source_id"], read_extent="whole"):
        yield AnsweringRow("sources", source["source_id"])


# How to search, by the cell that is filled; if none of these is, the answer is a reading.
LOOKS: dict[str, Callable[[Package, Row], Iterator[AnsweringRow]]] = {
    "attribute": _answering_facts,
    "study_field": _answering_cells,
    "source_id": _answering_documents,
}
