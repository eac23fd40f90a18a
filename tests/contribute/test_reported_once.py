"""One slip in a workbook is reported once, in the words of the sheet."""

import re
from dataclasses import replace

import pytest

from scripts.checks import rule_files
from scripts.checks.schema import REQUIRED
from scripts.contribute.cell_findings import (
    NO_ANSWER,
    TOLD_BY,
    RowWords,
    SheetWords,
    drop_repeated_findings,
)
from scripts.contribute.contribution_layout import Entry
from scripts.contribute.key_labels import Names
from scripts.findings import Cell, Finding, Rule, make_finding
from scripts.package.package import Package
from tests.conftest import FROZEN, mark_later_cases_long, with_subtests
from tests.contribute.test_in_browser import ANSWERS, answer_to_form

RULES = {rule.id: rule for rule in rule_files.RULES}
BARE = re.compile(r"(?<![\w\[{/.-])[a-z]+(?:_[a-z0-9]+)+(?![\w\]}]|\.csv)")
JARGON = re.compile(r"\b(?:tokens?|roots?|ids?)\b|\b(?:low|high)(?! and (?:low|high)\b)\b")


def finding_at_cell(rule: str, cell: str, line: int = 2, value: str = "x", field: str = "") -> Finding:
    """Return a finding of a rule at a cell of the sheet of values."""
    found = make_finding(Rule(rule, "", "", "Fix."), "a.xlsx", rule, line=line, value=value, field=field)
    return found.located_at(Cell(f"sheet “V”, cell {cell}{line}", "V", line, field))


def rules_and_lines_left(*found: Finding) -> list[tuple[str, int]]:
    """Return the findings left after deduplication; row 3 is the count of the share in row 2."""
    left = drop_repeated_findings(found, {("V", 3): ("V", 2)})
    return [(finding.rule, finding.line) for finding in left]


@pytest.mark.parametrize("rule", sorted(NO_ANSWER))
def test_unreadable_cell_gets_no_further_findings(rule: str) -> None:
    assert rules_and_lines_left(
        finding_at_cell("dates-out-of-order", "A"),
        finding_at_cell(rule, "A"),
        finding_at_cell("other", "B"),
    ) == [(rule, 2), ("other", 2)]


def test_rule_that_reads_an_unreadable_cell_is_not_reported_for_that_row() -> None:
    """An end that is not a number suppresses findings on the qualifier of its row; a bad sex does not."""
    fits, no_number = "qualifier-fits-bounds", "schema-type"
    ends = {"field": "qualifier", "value": "about"}
    assert rules_and_lines_left(
        finding_at_cell(no_number, "P", field="low"), finding_at_cell(fits, "R", **ends)
    ) == [(no_number, 2)]
    assert rules_and_lines_left(
        finding_at_cell(REQUIRED.id, "P", field="low", value=""), finding_at_cell(fits, "R", **ends)
    ) == [(REQUIRED.id, 2)]
    both = [(no_number, 2), (fits, 2)]
    assert (
        rules_and_lines_left(
            finding_at_cell(no_number, "P", field="sex"), finding_at_cell(fits, "R", **ends)
        )
        == both
    )
    assert rules_and_lines_left(
        finding_at_cell(no_number, "P", field="low"), finding_at_cell(fits, "R", line=4, **ends)
    ) == [
        (no_number, 2),
        (fits, 4),
    ]
    assert rules_and_lines_left(
        finding_at_cell(no_number, "P", field="low", value=""), finding_at_cell(fits, "R", **ends)
    ) == [(no_number, 2)]


def test_unknown_name_is_not_reported_again_for_other_rows() -> None:
    place = finding_at_cell("schema-reference", "H", value="Dakka", field="place_id")
    beside = finding_at_cell("linked-share-alike", "A", line=5)
    of_it, of_another = (
        replace(beside, parameters=(("told", f"PC-01 is under PC-02, but its place is {name}."),))
        for name in ("dhaka and not Dakka", "dhaka and not delhi")
    )
    assert rules_and_lines_left(place, of_it) == [(place.rule, 2)]
    assert rules_and_lines_left(place, of_another) == [(place.rule, 2), (beside.rule, 5)]


@pytest.mark.parametrize(
    ("rule", "other"), [(rule, other) for rule, others in TOLD_BY.items() for other in others]
)
def test_plainer_rule_replaces_the_other_in_its_own_row_only(rule: str, other: str) -> None:
    assert rules_and_lines_left(
        finding_at_cell(rule, "A"), finding_at_cell(other, "B"), finding_at_cell(rule, "A", line=3)
    ) == [(other, 2), (rule, 3)]
    assert rules_and_lines_left(finding_at_cell(rule, "A")) == [(rule, 2)]


def test_rules_that_replace_others_exist() -> None:
    assert {*TOLD_BY, *(other for others in TOLD_BY.values() for other in others), *NO_ANSWER} - {
        *RULES
    } == {
        *("schema-pattern", "schema-type", "schema-enum", "schema-reference"),
    }


def test_blank_of_a_share_is_not_reported_again_for_its_count() -> None:
    share = finding_at_cell(REQUIRED.id, "C", value="", field="topic")
    count = finding_at_cell(REQUIRED.id, "C", line=3, value="", field="topic")
    other = finding_at_cell(REQUIRED.id, "D", line=3, value="", field="locator")
    assert rules_and_lines_left(share, count, other) == [(REQUIRED.id, 2), (REQUIRED.id, 3)]
    assert rules_and_lines_left(count) == [(REQUIRED.id, 3)]
    elsewhere = count.located_at(Cell("sheet “W”, cell C3", "W", 3, "topic"))
    assert rules_and_lines_left(share, elsewhere) == [(REQUIRED.id, 2), (REQUIRED.id, 3)]


PACKAGE = Package(FROZEN, with_derived=False)
VALUES = PACKAGE.contract.table("reported_values")
IN_SHEET = RowWords(
    SheetWords(Names(PACKAGE)), Entry(VALUES.name, dict.fromkeys(VALUES.column_names, ""), "a.xlsx", 2)
)


def fill_template_for_sheet(template: str, **parameters: str) -> str:
    """Return a template filled in with the words of the sheet of values."""
    found = make_finding(Rule("x", "", "", ""), "a.xlsx", template, parameters=parameters)
    return IN_SHEET.fill_template(found, template)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("“{printed}” {told}", "“412” no word"),
        ("Exact: [low] equals [high]. [less_than]: only [high].",
         "Exact: “From” equals “To”. less than: only “To”."),
        ("Compare with data/places.csv.", "Compare with the sheet “Places”."),
        ("[sex] is {value}, as in the [cell] of {field}.", "“Sex” is en, as in the cell of “Nature”."),
        ("{place}, {kind}: {other} to {told}",
         "Phnom Penh, NGO report: [low] to no word"),
    ],
)  # fmt: skip
def test_message_template_is_filled_in_with_sheet_titles(template: str, said: str) -> None:
    """The value of a parameter is not filled in again as a template."""
    facts = {"place": "phnom-penh", "kind": "ngo_report", "other": "[low]", "told": "no word"}
    facts |= {"field": "nature"}
    assert fill_template_for_sheet(template, printed="412", value="en", **facts) == said


@with_subtests(RULES.values(), ids=lambda rule: rule.id)
def test_each_name_of_the_contract_is_marked_in_what_a_rule_says(rule: rule_files.SqlRule) -> None:
    """Column names in a rule's messages are marked, or readers of a sheet or form would see raw names."""
    own = re.findall(r"'([^']*)' (?:END )?AS says", rule.query)
    assert {text: BARE.findall(text) for text in (rule.message, rule.fix, *own) if BARE.search(text)} == {}


@with_subtests(RULES.values(), ids=lambda rule: rule.id)
def test_messages_of_rules_for_a_sheet_hold_no_jargon(rule: rule_files.SqlRule) -> None:
    for template in (rule.message, rule.fix):
        text = fill_template_for_sheet(re.sub(r"\{\w+\}", "x", template))
        assert not JARGON.search(text) and "[" not in text, text


# Independent slips: the question, what is typed, and words of the message.
FORM = (
    (
        ("published", "2015-13", "is not in the calendar"),
        ("address", "see the library", "The form is not that of"),
        ("age_to", "seventeen", "This is not a plain whole number"),
        ("raised_by", "Aspen Helth", "This name is not in the list."),
        ("place", "Siem Riep", "Did you mean Siem Reap?"),
    ),
    (
        ("fieldwork", "2018-13", "is not in the calendar"),
        ("result", "37 of 412 (109 %)", "A share of 109 percent cannot be."),
    ),
)


@pytest.mark.slow
@pytest.mark.parametrize("slips", mark_later_cases_long(1, zip(FORM)))
def test_one_slip_in_the_form_is_reported_once(slips: tuple[tuple[str, str, str], ...]) -> None:
    said = answer_to_form(ANSWERS | {question: typed for question, typed, _ in slips})
    found = {
        question: row
        for part in said["parts"]
        for question, row in zip(part["questions"], part["rows"], strict=True)
    }
    assert sum(len(part["rows"]) for part in said["parts"]) == len(found) == len(slips)
    for question, typed, words in slips:
        _, given, why, fix = found[question]
        assert given and given in typed and words in f"{why} {fix}"


@pytest.mark.long
def test_a_new_place_that_is_nearly_one_of_the_list_is_asked_about() -> None:
    new = {"place": "Siem Riep", "place_level": "city", "place_inside": "Cambodia"}
    notes = [text for part in answer_to_form(ANSWERS | new)["parts"] for text in part["sentences"]]
    assert "“Siem Riep” is new here. Did you mean Siem Reap, which the package has?" in notes


def test_two_reasons_of_one_rule_for_one_cell_are_reported_once() -> None:
    first, second = (
        replace(finding_at_cell("codes-together", "J"), parameters=(("told", why),))
        for why in ("One.", "Two.")
    )
    assert rules_and_lines_left(first, second, second.located_at(Cell("sheet “V”, cell K2", "V", 2))) == [
        (first.rule, 2),
        (first.rule, 2),
    ]
