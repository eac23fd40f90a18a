"""A result may be printed in any language; it is refused only if the typed number certainly differs.

tests/contribute/tokens.csv has printed results and what people type for them. The column `level` says what
the check must report: an error, a warning or, if it is blank, at most a warning.
"""

import csv
from pathlib import Path

from scripts import contribute
from scripts.findings import Finding
from scripts.package.files import Row
from scripts.package.package import Package
from tests.conftest import FROZEN, read_csv

RULE = "reading-against-token"
OF = {"count": "people-supported", "share": "boys-among-child-victims-share"}
TOKENS = read_csv(Path(__file__).parent / "tokens.csv")
SOURCE = {
    **{"kind": "ngo_report", "title": "Report", "publisher": "An office", "date_published": "2023-03"},
    **{"read_extent": "whole", "independence": "unknown"},
}
RESULT = {
    **{"topic": "response", "study_id_reason": "not_a_study", "place_id": "cambodia", "sex": "all"},
    **{
        "age_min": "0",
        "age_max": "17",
        "population_id": "sex-trafficking-case-victims",
        "nature": "recorded",
    },
    **{"credited_to_reason": "not_reported", "locator": "p. 4"},
}


def written(rows: list[Row], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def document(token: Row) -> str:
    return f"{token['language']}-{token['decimal_mark']}"


def of_document(token: Row) -> Row:
    """Return the source that prints a result, one for each language and decimal mark."""
    told = {"source_id": document(token), "title": f"Report {document(token)}"}
    return SOURCE | told | {name: token[name] for name in ("language", "decimal_mark")}


def of_result(number: int, token: Row) -> Row:
    """Return a reported value for the result, in a year of its own."""
    told = {"value_id": f"T{number:03}", "source_id": document(token), "indicator_id": OF[token["of"]]}
    told |= {"period": str(1951 + number), "scope_as_printed": f"children {number}"}
    return RESULT | told | {name: token[name] for name in ("printed", "low", "high", "qualifier")}


def found_in(tokens: list[Row], folder: Path) -> list[Finding]:
    """Return the findings of an import of these results, from a folder of CSV files."""
    documents = {document(token): of_document(token) for token in tokens}
    written([*documents.values()], folder / "sources.csv")
    written([of_result(*numbered) for numbered in enumerate(tokens)], folder / "reported_values.csv")
    outcome = contribute.import_contribution(Package(FROZEN, with_derived=False), folder, is_dry_run=True)
    return list(outcome.report.findings)


def test_only_a_number_that_surely_differs_from_the_printed_one_is_refused(tmp_path: Path) -> None:
    """A number that is not certainly misread gets at most a warning."""
    found = found_in(TOKENS, tmp_path)
    levels = {finding.line - 2: finding.level for finding in found if finding.rule == RULE}
    for number, token in enumerate(TOKENS):
        told = levels.get(number, "")
        assert told == token["level"] or (told, token["level"]) == ("warning", ""), (token, told)
    assert {finding.rule for finding in found if finding.level == "error"} == {RULE}
