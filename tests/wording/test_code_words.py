"""A new code of a known kind needs a category and words in the data, and no change of code."""

import json
from pathlib import Path

import pytest

from scripts import checks
from scripts.package.package import DESCRIPTOR, Package
from scripts.wording.quotable_sentences import QuotableSentences
from scripts.wording.reading_words import ReadingWords
from tests.conftest import FROZEN, change_rows, read_csv

Row = dict[str, str]
NEW = {"nature": "estimated", "qualifier": "less_than", "evidence": "secondary"}  # column: a code like it


def recode(package: Path, column: str, old: str, new: str) -> None:
    """Replace a code in every row with a new one, with a category and words like the old one's."""

    def words(rows: list[Row]) -> None:
        alike = [row for row in rows if (row["column_name"], row["code"]) == (column, old)]
        rows += [row | {"code": new} for row in alike]

    change_rows(package, "code_words", words)
    change_rows(
        package,
        "reported_values",
        lambda rows: [row.update({column: new}) for row in rows if row[column] == old] and None,
    )
    contract = json.loads((package / DESCRIPTOR).read_text(encoding="utf-8"))
    for table in contract["resources"]:
        for field in table["schema"]["fields"]:
            if field["name"] == column and "categories" in field:
                field["categories"].append({"value": new, "label": new, "description": "Another word."})
                field["constraints"]["enum"].append(new)
    (package / DESCRIPTOR).write_text(json.dumps(contract, ensure_ascii=False, indent=2) + "\n", "utf-8")


def labels_and_sentences(folder: Path) -> list[str]:
    """Return the label and the sentence of every reading."""
    package = Package(folder)
    values = ReadingWords(package)
    quotes = QuotableSentences(package, values)
    return [
        text
        for key in package.reading_index.readings_by_id
        for text in (values.quantity_label(key), quotes.sentence_to_quote(key))
    ]


@pytest.mark.parametrize("column", NEW)
def test_new_code_with_its_words_leaves_all_sentences_unchanged(column: str, package: Path) -> None:
    recode(package, column, NEW[column], "in_another_way")
    assert labels_and_sentences(package) == labels_and_sentences(FROZEN)


@pytest.mark.parametrize("column", NEW)
def test_check_names_each_missing_word_of_a_new_code(column: str, package: Path) -> None:
    change_rows(
        package,
        "code_words",
        lambda rows: rows.__setitem__(slice(None), [row for row in rows if row["code"] != NEW[column]]),
    )
    found = checks.run_layers(Package(package), ["descriptor", "bytes", "schema", "rules"]).findings
    forms = {
        row["form"]
        for row in read_csv(FROZEN / "data/editorial/code_words.csv")
        if row["column_name"] == column
    }
    missing = [finding.message for finding in found if finding.rule == "code-has-all-its-words"]
    assert {words.rsplit(" ", 1)[1].rstrip(".") for words in missing} == forms
