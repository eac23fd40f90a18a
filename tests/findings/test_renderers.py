"""Every format groups similar findings, prints as many as people can read, and counts the others."""

import json
from dataclasses import replace
from typing import Any

import pytest

from scripts import findings
from scripts.findings import (
    NOT_COMPARED,
    NOTHING_YET,
    Cell,
    Finding,
    FindingWording,
    Report,
    Rule,
    renderers,
)
from scripts.findings import make_finding as made

PLACES = "data/places.csv"
RULE = Rule("a-rule", "A title", "A reason.", "Fix it.")
WARNING = replace(RULE, id="b-rule", level="warning")


def found(line: int = 2, rule: Rule = RULE, message: str = "It is wrong.", **given: Any) -> Finding:
    table = given.pop("table", PLACES)
    more = {name: given.pop(name) for name in ("follows", "names", "cells") if name in given}
    return replace(made(rule, table, message, line=line, **given), **more)


def report(*findings: Finding, left: tuple[str, ...] = (), notes: tuple[str, ...] = ()) -> Report:
    return Report(findings, ("bytes", "schema"), left, notes)


# Grouping of like findings.


def test_findings_that_differ_only_in_row_are_grouped() -> None:
    findings = [
        found(line, value=key, row=key, parameters={"key": key, "n": 5}, message="{key} of {n}.")
        for line, key in ((2, "a"), (3, "b"), (4, "c"))
    ]
    [entry] = renderers.group_similar_findings(findings)
    assert (entry.first, entry.others) == (findings[0], tuple(findings[1:]))


def test_findings_that_differ_only_in_a_named_row_are_grouped() -> None:
    first = found(2, value="x", row="a", names=("x",), parameters={"other": "x"}, message="{other}")
    second = found(3, value="y", row="b", names=("y",), parameters={"other": "y"}, message="{other}")
    assert len(renderers.group_similar_findings([first, second])) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"rule": WARNING},
        {"rule": replace(RULE, level="warning")},
        {"table": "data/studies.csv"},
        {"field": "name"},
        {"follows": "KH010"},
        {"message": "It is bad."},
        {"fix": "Do this."},
        {"value": "y"},
        {"message": "{n}", "parameters": {"n": 3}},
    ],
)
def test_findings_that_differ_otherwise_are_not_grouped(other: dict[str, Any]) -> None:
    assert (
        len(renderers.group_similar_findings([found(value="x"), found(3, **{"value": "x", **other})])) == 2
    )
    assert len(renderers.group_similar_findings([found(value="x"), found(3, value="x")])) == 1


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((2,), ""),
        ((2, 3), " The same 1 more times, line 3."),
        ((2, 9, 3, 4, 5, 7), " The same 5 more times, line 3–5, 7, 9."),
        ((2, 3, 3, 4), " The same 3 more times, line 3–4."),
        ((0, 0, 0), " The same 2 more times."),
    ],
)
def test_lines_of_like_findings_are_given_as_spans(lines: tuple[int, ...], said: str) -> None:
    [entry] = renderers.group_similar_findings(map(found, lines))
    assert entry.table_cells[2] == f"It is wrong.{said}"


def test_like_findings_in_a_sheet_are_given_as_rows() -> None:
    findings = [found(line, cells=(Cell(f"Places, A{line}, column Name"),)) for line in (2, 3)]
    [entry] = renderers.group_similar_findings(findings)
    assert entry.table_cells[2] == "It is wrong. The same 1 more times, row 3."


@pytest.mark.parametrize(("spans", "ends"), [(200, "402."), (201, "402, ….")])
def test_long_list_of_spans_is_cut(spans: int, ends: str) -> None:
    [entry] = renderers.group_similar_findings([found(1), *(found(4 + 2 * at) for at in range(spans))])
    assert entry.table_cells[2].endswith(ends)


# Place, value and reason.


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"line": 0}, PLACES),
        ({"line": 3}, f"{PLACES}, line 3"),
        ({"line": 3, "row": "kh"}, f"{PLACES}, line 3 (kh)"),
        ({"line": 0, "row": "kh"}, f"{PLACES}, row kh"),
        ({"line": 3, "field": "name"}, f"{PLACES}, line 3, field name"),
        ({"line": 3, "row": "a\nb"}, f"{PLACES}, line 3 (a\\u000ab)"),
        (
            {"line": 3, "field": "name", "cells": (Cell("Places, B3, column Name"),)},
            f"{PLACES}, Places, B3, column Name",
        ),
    ],
)
def test_a_place_is_reported_as_closely_as_it_is_known(given: dict[str, Any], place: str) -> None:
    [entry] = renderers.group_similar_findings([found(**given)])
    assert entry.table_cells[0] == place


def test_consequence_begins_with_the_row_it_follows_from() -> None:
    [entry] = renderers.group_similar_findings([found(follows="KH010", value="5")])
    assert entry.table_cells == (
        f"{PLACES}, line 2",
        "5",
        "Follows, perhaps, from KH010. It is wrong.",
        "Fix it.",
    )


class Forms(FindingWording):
    """The wording for somebody who fills in a form."""

    def words_for_value(self, parameter: str, value: str) -> str:
        return f"the answer {value}" if parameter == "row" else value


def test_a_cause_is_reported_as_its_audience_calls_it() -> None:
    [entry, other] = renderers.group_similar_findings(
        [replace(found(follows=follows), words=Forms()) for follows in ("KH010", "")]
    )
    assert entry.table_cells[2] == "Follows, perhaps, from the answer KH010. It is wrong."
    assert other.table_cells[2] == "It is wrong."


def test_a_blank_value_and_a_long_message_are_still_reported() -> None:
    [entry] = renderers.group_similar_findings([found(message="x" * 601)])
    assert entry.table_cells[1] == "(nothing)"
    assert entry.table_cells[2] == "x" * 600 + " …"


# As text.


def test_text_gives_the_first_finding_of_a_rule_in_full_and_the_places_of_the_others() -> None:
    findings = [found(line, value=f"v{line}", row=f"r{line}", field="name") for line in range(2, 10)]
    said = renderers.findings_as_text(report(*findings))
    assert said.splitlines() == [
        f"ERROR {PLACES}, line 2 (r2), field name",
        "  found: v2",
        "  why:   It is wrong.",
        "  fix:   Fix it.",
        "  rule:  a-rule",
        "  also:  7 more of this rule: "
        + "; ".join(f"{PLACES}, line {line} (r{line}), field name “v{line}”" for line in range(3, 8))
        + "; 2 more",
        "8 errors found.",
        "More about a rule: python -m scripts check --explain a-rule",
    ]


@pytest.mark.parametrize(("others", "ends"), [(5, "line 7 “”"), (6, "line 7 “”; 1 more")])
def test_text_names_at_most_five_further_places(others: int, ends: str) -> None:
    said = renderers.findings_as_text(report(*(found(line) for line in range(2, 3 + others))))
    [also] = [line for line in said.splitlines() if line.startswith("  also:")]
    assert also.endswith(ends)


@pytest.mark.parametrize(("others", "ends"), [(20, "“”"), (21, "“”; 1 more")])
def test_text_names_at_most_twenty_further_cells_of_a_sheet(others: int, ends: str) -> None:
    findings = [found(line, cells=(Cell(f"Places, A{line}, column Name"),)) for line in range(others + 1)]
    [also] = [
        line
        for line in renderers.findings_as_text(report(*findings)).splitlines()
        if line.startswith("  also:")
    ]
    assert also.endswith(ends) and f"also:  {others} more" in also


def test_text_names_each_place_once() -> None:
    said = renderers.findings_as_text(report(found(2), found(3), found(3)))
    assert f"also:  2 more of this rule: {PLACES}, line 3 “”\n" in said


def test_consequences_of_different_rows_are_not_grouped() -> None:
    said = renderers.findings_as_text(report(found(2), found(3, follows="a"), found(4, follows="b")))
    assert said.count("  rule:  a-rule") == 3 and "also:" not in said
    assert said.count("--explain") == 1


def test_the_entry_of_a_rule_is_linked_where_the_site_has_an_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(renderers, "SITE_URL", "https://example.org/")
    link = found().link
    assert f"  rule:  a-rule  {link}\n" in renderers.findings_as_text(report(found()))
    assert f"Fix: Fix it.  {link}\n" in renderers.findings_as_github_commands(report(found()))


# The verdict.


@pytest.mark.parametrize(
    ("findings", "left", "notes", "said"),
    [
        ((), (), (), "The data are sound: no findings."),
        ((), ("rules", "pages"), (), "No findings. Not checked: rules, pages."),
        ((), ("published",), (NOTHING_YET,), f"The data are sound: no findings. {NOTHING_YET}"),
        ((), ("published",), (NOT_COMPARED,), f"The data are sound: no findings. {NOT_COMPARED}"),
        ((), ("published",), ("More.",), "No findings. Not checked: published. More."),
        ((RULE,), (), (), "1 error found."),
        ((RULE, RULE, WARNING), ("rules",), (), "2 errors and 1 warning found. Not checked: rules."),
    ],
)
def test_the_verdict_says_what_was_found_and_what_it_does_not_cover(
    findings: tuple[Rule, ...], left: tuple[str, ...], notes: tuple[str, ...], said: str
) -> None:
    listed = [found(2 + at, rule) for at, rule in enumerate(findings)]
    whole = report(*listed, left=left, notes=notes)
    assert said in renderers.findings_as_text(whole).splitlines()
    assert renderers.findings_as_markdown(whole).splitlines()[0] == said
    assert renderers.findings_as_github_commands(whole).splitlines()[-1] == said


# As JSON, Markdown and for GitHub.


def test_json_gives_every_part_of_a_finding_and_counts_those_alike() -> None:
    cells = (Cell("Places, B3, column Name"),)
    findings = [
        found(2, field="name", row="a", value="x", names=("b",), follows="c", cells=cells),
        found(3, field="name", row="d", value="x", names=("b",), follows="c"),
        found(4, WARNING, message="{n}.", parameters={"n": 5}),
    ]
    said = json.loads(renderers.findings_as_json(report(*findings, left=("rules",), notes=("A note.",))))
    first, second = said.pop("findings")
    assert said == {
        "valid": False,
        "found": {"error": 2, "warning": 1},
        "not_listed": 0,
        "layers_run": ["bytes", "schema"],
        "layers_not_run": ["rules"],
        "notes": ["A note."],
    }
    assert first == {
        "rule": "a-rule",
        "level": "error",
        "table": PLACES,
        "line": 2,
        "field": "name",
        "value": "x",
        "message": "It is wrong.",
        "fix": "Fix it.",
        "link": findings[0].link,
        "row": "a",
        "cell": "Places, B3, column Name",
        "parameters": {"told": "It is wrong."},
        "names": ["b"],
        "follows": "c",
        "count": 2,
        "also": [{"line": 3, "row": "d", "cell": ""}],
    }
    assert (second["count"], second["also"], second["parameters"]) == (1, [], {"n": "5"})


def test_json_keeps_letters_as_they_are() -> None:
    assert "កុមារ" in renderers.findings_as_json(report(found(value="កុមារ")))


def test_markdown_is_a_table_whose_cells_cannot_break_out() -> None:
    hostile = "a|b\n<b> [x](y) `c` http://x.org www.x.org _d_ e_f"
    lines = renderers.findings_as_markdown(report(found(value=hostile, row="kh"))).splitlines()
    assert lines[1:4] == ["", "| Where | Found | Why | Fix | Rule |", "|---|---|---|---|---|"]
    [row] = lines[4:]
    assert row.count("|") == 6
    assert row.startswith(f"| {PLACES}, line 2 &#40;kh&#41; | a&#124;b")
    assert "&#60;b&#62; &#91;x&#93;&#40;y&#41; &#96;c&#96;" in row
    assert "http&#58;//x.org www&#46;x.org &#95;d&#95; e_f" in row
    assert row.endswith(f"| It is wrong. | Fix it. | [a-rule]({found().link}) |")


def test_github_gets_a_command_a_finding_at_its_file_and_line() -> None:
    sheet = "data/a,b:c.csv"
    findings = [found(3, field="name", value="50%"), found(0, WARNING, table=sheet, message="x\ny")]
    assert renderers.findings_as_github_commands(report(*findings)).splitlines() == [
        f"::error file={PLACES},line=3,title=a-rule::name: It is wrong. Found: 50%25. Fix: Fix it.",
        "::warning file=data/a%2Cb%3Ac.csv,line=1,title=b-rule::x\\u000ay Found: (nothing). Fix: Fix it.",
        "1 error and 1 warning found.",
    ]


def test_line_end_in_a_fix_does_not_end_a_github_command() -> None:
    said = renderers.findings_as_github_commands(report(found(fix="One.\r\n::error::Two.")))
    assert said.splitlines()[0].endswith("Fix: One.%0D%0A::error::Two.")


# The limit on how many are printed.


def many(number: int) -> Report:
    """Return a report with two findings for each of this many rules."""
    rules = [replace(RULE, id=f"rule-{at}") for at in range(number)]
    return report(*(found(line, rule) for rule in rules for line in (2, 3)))


@pytest.mark.parametrize(
    "render",
    [renderers.findings_as_text, renderers.findings_as_markdown, renderers.findings_as_github_commands],
)
def test_every_format_counts_findings_left_out(render: Any) -> None:
    assert "more were found" not in render(many(renderers.LAID_OUT))
    said = render(many(renderers.LAID_OUT + 3))
    assert "6 more were found than are shown here." in said
    assert f"rule-{renderers.LAID_OUT - 1}" in said and f"rule-{renderers.LAID_OUT}" not in said


def test_json_counts_what_it_leaves_out() -> None:
    said = json.loads(renderers.findings_as_json(many(renderers.LAID_OUT + 1)))
    assert (len(said["findings"]), said["not_listed"]) == (renderers.LAID_OUT, 2)
    whole = json.loads(renderers.findings_as_json(report(*map(found, range(2, 300)))))
    [entry] = whole["findings"]
    assert (entry["count"], len(entry["also"])) == (298, renderers.LAID_OUT)


def test_each_format_has_its_name() -> None:
    assert {
        "text": renderers.findings_as_text,
        "json": renderers.findings_as_json,
        "markdown": renderers.findings_as_markdown,
        "github": renderers.findings_as_github_commands,
    } == renderers.RENDERINGS
    assert findings.HINT == "hint"
