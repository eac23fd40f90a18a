"""A finding in a row is reported before others that result from it, and similar findings are grouped."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from scripts import checks
from scripts.checks import finding_causes
from scripts.checks.rule_files import RULES
from scripts.findings import Cell, Finding, Report, Rule, make_finding
from scripts.findings.renderers import CELLS_SHOWN, LAID_OUT, RENDERINGS, group_similar_findings
from scripts.package.package import Package
from tests.conftest import change_cells, copy_package


def always_true(row: str) -> bool:
    return True


def finding_in_row_naming_others(
    row: str, *names: str, rule: str = "x", level: str = "error", field: str = "low"
) -> Finding:
    """Return a finding in one row that names other rows."""
    told = {f"n{number}": name for number, name in enumerate(names)}
    message = f"It is beside {', '.join(f'{{{name}}}' for name in told)}."
    found = make_finding(
        Rule(rule, "", "", "Fix.", level), "data/t.csv", message, field=field, parameters=told
    )
    return replace(found, row=row, value="2", names=names)


def make_no_cause_finding(row: str) -> Finding | None:
    return None


def make_cause_finding(row: str) -> Finding | None:
    return make_finding(finding_causes.CAUSE, "data/t.csv", "", row=row, parameters={})


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Package]:
    """Return a function that opens the frozen package with changed cells in the reading KH010."""

    def change(**cells: str) -> Package:
        place = copy_package(tmp_path / "package")
        change_cells(place, "reported_values", "KH010", **cells)
        return Package(place, with_derived=False)

    return change


@pytest.mark.slow
def test_mistyped_number_is_reported_first_at_its_own_row(
    changed: Callable[..., Package],
) -> None:
    package = changed(low="1.2", high="1.2", printed="1.2")
    first, *others = checks.run_layers(package, checks.OF_THE_DATA).findings
    assert (first.rule, first.row, first.level) == (finding_causes.CAUSE.id, "KH010", "error")
    assert {"KH018", "KH022"} <= {*first.names} and first.message.count("KH018") == 1
    following = [finding for finding in others if finding.follows == "KH010"]
    assert others[: len(following)] == following and "part-above-whole" in {
        finding.rule for finding in following
    }


@pytest.mark.slow
def test_finding_in_a_row_comes_before_findings_that_name_the_row(changed: Callable[..., Package]) -> None:
    first, *others = checks.run_layers(changed(low="1.2", high="1.2"), checks.OF_THE_DATA).findings
    assert (first.rule, first.row) == ("reading-against-token", "KH010") and "KH201" in first.message
    assert "KH010" in {finding.follows for finding in others}


def test_findings_of_several_rules_that_name_one_row_are_headed_by_that_row() -> None:
    three = [
        finding_in_row_naming_others("A", "K", rule="a"),
        finding_in_row_naming_others("B", "K", rule="b"),
        finding_in_row_naming_others("C", "K", rule="a", level="warning"),
    ]
    first, *others = finding_causes.sort_causes_first(
        [finding_in_row_naming_others("Z"), *three], always_true, make_cause_finding
    )
    assert (first.row, first.level, first.message) == ("K", "error", "Found wrong beside it: A, B, C.")
    assert [(finding.row, finding.follows) for finding in others] == [
        ("A", "K"),
        ("B", "K"),
        ("Z", ""),
        ("C", "K"),
    ]
    beside = finding_causes.sort_causes_first(
        [finding_in_row_naming_others("K", level="warning"), *three], always_true, make_cause_finding
    )
    told = [(finding.level, finding.follows) for finding in beside[:3]]
    assert told == [("error", ""), ("error", "K"), ("error", "K")]
    for findings in (three[:2], [replace(finding, rule="a") for finding in three]):
        assert finding_causes.sort_causes_first(findings, always_true, make_cause_finding) == findings
    assert (
        finding_causes.sort_causes_first(three, always_true, make_no_cause_finding)
        == finding_causes.sort_causes_first(three, lambda row: False, make_cause_finding)
        == three
    )


def test_cause_with_the_most_consequences_comes_first() -> None:
    reads = "share-against-counts"
    own = [finding_in_row_naming_others("K"), finding_in_row_naming_others("L")]
    behind = [
        finding_in_row_naming_others("A", "K", rule=reads),
        *(finding_in_row_naming_others(row, "L", rule=reads) for row in "BC"),
    ]
    told = finding_causes.sort_causes_first([*own, *behind], always_true, make_no_cause_finding)
    assert [(found.row, found.follows) for found in told] == [
        *(("L", ""), ("B", "L"), ("C", "L")),
        *(("K", ""), ("A", "K")),
    ]


def test_only_findings_of_rules_that_read_the_faulty_cell_are_consequences() -> None:
    reads = "share-against-counts"
    own, behind = (
        finding_in_row_naming_others("K", field="low"),
        finding_in_row_naming_others("A", "K", rule=reads),
    )
    assert [
        finding.follows
        for finding in finding_causes.sort_causes_first([behind, own], always_true, make_no_cause_finding)
    ] == [
        "",
        "K",
    ]
    for other in (
        finding_in_row_naming_others("K", field="locator"),
        replace(own, value=""),
        finding_in_row_naming_others("K", level="warning"),
    ):
        assert {
            finding.follows
            for finding in finding_causes.sort_causes_first(
                [behind, other], always_true, make_no_cause_finding
            )
        } == {""}


def test_like_findings_are_grouped_with_a_count_in_every_format() -> None:
    findings = [
        replace(finding_in_row_naming_others(f"R{number}", f"Q{number}"), line=number + 2)
        for number in range(400)
    ]
    others = [
        replace(finding_in_row_naming_others("A"), rule=f"r{number}", line=1)
        for number in range(LAID_OUT + 4)
    ]
    assert len(group_similar_findings(findings)) == 1
    report = Report((*findings, *others), (), ())
    told = json.loads(RENDERINGS["json"](report))
    assert (told["findings"][0]["count"], told["found"], len(told["findings"])) == (
        400,
        {"error": 604},
        LAID_OUT,
    )
    assert told["not_listed"] == 5
    for form in ("text", "markdown", "github"):
        text = RENDERINGS[form](report)
        assert "5 more were found than are shown here." in text and len(text) < 200_000
    assert "The same 399 more times, line 3–401." in RENDERINGS["github"](report)


def test_finding_in_thousands_of_cells_is_printed_on_a_short_line() -> None:
    rows = [
        finding_in_row_naming_others("A").located_at(Cell(f"sheet “Reported values”, cell C{number}"))
        for number in range(3_000)
    ]
    text = RENDERINGS["text"](Report(tuple(rows), (), ()))
    assert max(map(len, text.splitlines())) < 3_000
    assert f"; {2_999 - CELLS_SHOWN:,} more" in text


def test_repeated_findings_of_one_cell_are_grouped_with_a_count() -> None:
    findings = [replace(finding_in_row_naming_others("A", f"Q{number}"), line=2) for number in range(5)]
    [group] = group_similar_findings(findings)
    assert len(group.others) == 4 and "The same 4 more times, line 2." in group.table_cells[2]
    assert len(group_similar_findings([*findings, replace(findings[0], value="3")])) == 2


def test_rule_on_names_view_reads_every_label_column() -> None:
    reads = {rule.id: rule.query_words for rule in RULES}
    assert {"name", "what", "finding"} <= reads["name-stands-once"]
    for other in ("part-above-whole", "number-borne-out"):  # one of these reads a list called names
        assert "finding" not in reads[other]
