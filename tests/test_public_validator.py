"""The layer frictionless: its errors in our words, no fault told twice, and its own crash told apart."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from frictionless.checks import baseline

from scripts import checks
from scripts.checks import frictionless_process, schema
from scripts.checks.validator_words import KINDS, finding_of
from scripts.findings import RENDERINGS, Finding, Report
from scripts.package.opening import Package
from scripts.release import gate
from tests.conftest import FROZEN, edit_contract, few, line_of
from tests.test_corruption import MARKUP, TEMPLATE, Edit, ages, in_row, reading, spoil, swap
from tests.test_referee import small_package

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("frictionless_here")]

URL = "https://lawsonabroad.com/about/"  # of intern-blog


def said_by(package: Path, *more: str, **options: Any) -> Report:
    """The report of the layer, and of those that are named too."""
    return checks.run(Package(package), ["frictionless", *more], lambda text: None, **options)


def in_short(found: Sequence[Finding]) -> list[tuple[str, str, int, str, str, str]]:
    """What a finding says, without what follows from its rule."""
    return [(one.rule, one.table, one.line, one.field, one.value, one.message) for one in found]


CELLS: list[tuple[str, str, Edit, str, str]] = [  # table:key:field, rule, edit, value, message
    (
        *("organisations:mlop-tapang:name", "constraint", swap("M'lop Tapang", "")),
        *("", "The cell is blank."),
    ),
    (
        *("helplines:H1:channel", "constraint", in_row("H1", ",telephone,", ",letter,")),
        *("letter", "Expected one of: telephone, web."),
    ),
    (
        *("helplines:H1:helpline_id", "constraint", swap("H1", "h1")),
        *("h1", "The form is not that of the example H1."),
    ),
    (
        *("helplines:H2:helpline_id", "key", swap("H2,", "H1,")),
        *("H1", "The key stands in line <H1> already."),
    ),
    (
        *("sources:intern-blog:url", "key", swap("http://www.ganas.or.jp/20170909cambodia/", URL)),
        *(URL, "The value stands in line <ganas-2017> already."),
    ),
    (
        *("reported_values:KH001:study_id", "reference", in_row("KH001", ",ijm-khm-2015", ",ijm-x")),
        *("ijm-x", "There is no such study_id in the table studies."),
    ),
    (
        *("reported_values:KH010:low", "type", reading("2.2 %", "2.2")),
        *("2.2 %", "The public validator does not read this as a number."),
    ),
    (
        *("reported_values:KH007:age_max", "type", ages("0", "17.5")),
        *("17.5", "The public validator does not read this as a whole number."),
    ),
    (
        *("reported_values:KH007:age_min", "constraint", ages("-1", "17")),
        *("-1", "The number is below 0."),
    ),
    (
        *("reported_values:KH007:age_max", "constraint", ages("0", "200")),
        *("200", "The number is above 120."),
    ),
]


@pytest.mark.parametrize(("place", "rule", "edit", "value", "message"), few(5, [*CELLS[::2], *CELLS[1::2]]))
def test_what_it_finds_without_our_schema(
    place: str, rule: str, edit: Edit, value: str, message: str, tmp_path: Path
) -> None:
    """Each fault is named at its own line and cell, with its row, in our words."""
    table, key, field = place.split(":")
    package = small_package(tmp_path, table)
    line = line_of(package, table, key)
    message = re.sub("<(.+)>", lambda match: str(line_of(package, table, match[1])), message)
    spoil(package, f"data/{table}.csv", edit)
    found = said_by(package).findings
    assert in_short(found) == [(f"frictionless-{rule}", f"data/{table}.csv", line, field, value, message)]
    assert found[0].fix and found[0].row and found[0].link.endswith(f"#frictionless-{rule}")


def field_of(whole: Any, table: str, name: str) -> dict[str, Any]:
    """A column of the contract."""
    [resource] = [one for one in whole["resources"] if one["name"] == table]
    [field] = [one for one in resource["schema"]["fields"] if one["name"] == name]
    found: dict[str, Any] = field
    return found


CONTRACTS: list[tuple[Callable[[Any], object], str, str]] = [  # edit, field, message
    (
        lambda whole: whole.update(created="2026"),
        *("created", 'property "created" is not valid "datetime".'),
    ),
    (
        lambda whole: field_of(whole, "reported_values", "low").update(type="integer"),
        *("low", 'example value "2.2" for field "low" is not valid.'),
    ),
]


@pytest.mark.parametrize(("edit", "field", "message"), CONTRACTS)
def test_a_contract_that_only_it_refuses(
    edit: Callable[[Any], object], field: str, message: str, tmp_path: Path
) -> None:
    package = small_package(tmp_path, "reported_values")
    edit_contract(package, edit)
    assert in_short(said_by(package).findings) == [
        ("frictionless-descriptor", "datapackage.json", 0, field, "", message)
    ]
    assert checks.run(Package(package), ["descriptor", "bytes"], lambda text: None).is_valid


def test_what_it_alone_refuses_stands_against_a_release(package: Path) -> None:
    """Every layer runs, and the whole check is as strict as the strictest of them."""
    edit_contract(package, lambda whole: whole.update(created="2026"))
    refused = gate.failing_check(Package(package), lambda text: None)
    assert refused is not None and refused.layers_not_run == ("published",)
    assert [one.rule for one in refused.findings] == ["frictionless-descriptor"]


ELSEWHERE = "The contract has another column in this place."
STOPPED: list[
    tuple[Edit, str, str | int, str, str, str]
] = [  # edit, rule, key or line, field, value, message
    (
        in_row("ijm", ",implementer", ""),
        "cells",
        "ijm",
        "kind",
        "",
        "The row has fewer cells than the header.",
    ),
    (
        in_row("ijm", "implementer", "implementer,x"),
        "cells",
        "ijm",
        "",
        "x",
        "The row has more cells than the header.",
    ),
    (swap("\nijm", "\n,,\nijm"), "cells", "ijm", "", "", "The row is blank."),
    (swap("name,", "title,"), "header", 1, "name", "title", ELSEWHERE),
    (swap("kind\n", "kind,note\n"), "header", 1, "", "note", "The contract has no such column."),
    (swap(",kind\n", "\n"), "header", 1, "kind", "", "The column is missing."),
    (swap("name,", ","), "header", 1, "name", "", "A column has no name."),
    (swap("name,", "kind,"), "header", 1, "kind", "kind", "Two columns have this name."),
    (lambda data: b"", "file", 0, "", "", "The file cannot be read as a table: the source is empty."),
]


@pytest.mark.parametrize(("edit", "rule", "where", "field", "value", "message"), STOPPED)
def test_words_for_what_the_byte_gate_stops(
    edit: Edit, rule: str, where: str | int, field: str, value: str, message: str, tmp_path: Path
) -> None:
    """Should the gate ever let it through, it is said as plainly."""
    package = small_package(tmp_path, "organisations")
    line = line_of(package, "organisations", where) if isinstance(where, str) else where
    spoil(package, "data/organisations.csv", edit)
    table = Package(package).contract.table("organisations")
    parts = {part["table"]: part["errors"] for part in frictionless_process.validate(package, 100)}
    found = [finding_of(error, table) for error in parts["organisations"]]
    assert (f"frictionless-{rule}", table.path, line, field, value, message) in in_short(found)
    assert not {one.rule for one in found} & {"frictionless-other"}


def test_every_kind_of_error_has_its_words() -> None:
    """A new version of frictionless that finds something new has to be worded; until then it is quoted."""
    assert {error.type for error in baseline.Errors} <= set(KINDS)
    table = Package(FROZEN).contract.table("organisations")
    said = finding_of({"kind": "new\x1b", "note": "Bad\nthing.", "row_number": 3}, table)
    message = "The public validator reports new\\u001b: Bad\\u000athing."
    assert in_short([said]) == [("frictionless-other", table.path, 3, "", "", message)]


def test_a_fault_of_ours_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only where an error of ours stands: a warning of ours does not make a package invalid."""
    package = small_package(tmp_path, "organisations")
    lines = [line_of(package, "organisations", key) for key in ("aple", "ncct")]
    spoil(package, "data/organisations.csv", in_row("aple", "local_ngo", "charity"))
    spoil(package, "data/organisations.csv", in_row("ncct", ",government", ",Government"))
    ours = said_by(package, "schema").findings
    assert [(one.rule, one.line) for one in ours] == [("schema-enum", line) for line in lines]
    theirs = [("frictionless-constraint", line) for line in lines]
    assert [(one.rule, one.line) for one in said_by(package).findings] == theirs
    monkeypatch.setattr(schema, "check", lambda subject: [replace(ours[0], level="error")])
    found = said_by(package, "schema").findings
    assert [(one.rule, one.line) for one in found] == [("schema-enum", lines[0]), theirs[1]]
    monkeypatch.setattr(schema, "check", lambda subject: [replace(one, level="warning") for one in ours])
    assert [(one.rule, one.line) for one in said_by(package, "schema").findings][2:] == theirs


HOSTILE = [TEMPLATE, MARKUP, "a\x1b[31mb\u202e", "::error::x", "{note} {wanted[0]} %s"]


def test_hostile_cells_are_shown_safely(tmp_path: Path) -> None:
    """No format prints what stands in a file as anything but text."""
    package = small_package(tmp_path, "organisations")
    rows = package / "data/organisations.csv"
    lines = rows.read_text(encoding="utf-8").split("\n")
    lines[1:6] = [
        f"{line.rpartition(',')[0]},{text}" for line, text in zip(lines[1:6], HOSTILE, strict=True)
    ]
    rows.write_text("\n".join(lines), encoding="utf-8")
    done = said_by(package)
    assert [(one.rule, one.value) for one in done.findings] == [
        ("frictionless-constraint", text) for text in HOSTILE
    ]
    assert_is_safe(done)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_notes_are_shown_safely(text: str) -> None:
    """Where frictionless is quoted, it may quote a file."""
    table = Package(FROZEN).contract.table("organisations")
    kinds = (text, "field-error", "source-error", "constraint-error")
    found = tuple(finding_of({"kind": kind, "note": f"{text}\n{text}"}, table) for kind in kinds)
    assert all(one.message.isprintable() for one in found)
    assert_is_safe(Report(found, (), ()))


def assert_is_safe(done: Report) -> None:
    """One line a finding for GitHub, no mark-up in Markdown, no control character anywhere."""
    for form in ("text", "markdown", "github"):
        assert all(line.isprintable() for line in RENDERINGS[form](done).split("\n"))
    assert RENDERINGS["github"](done).count("\n") == len(done.findings)
    assert "<img" not in RENDERINGS["markdown"](done) and "{{" not in RENDERINGS["markdown"](done)
