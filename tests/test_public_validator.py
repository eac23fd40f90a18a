"""The layer frictionless: its errors at their cells, no fault told twice, and its own crash told apart."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scripts import checks
from scripts.checks import schema
from scripts.checks.public_validator import finding_of
from scripts.findings import Finding, Report
from scripts.findings.layouts import RENDERINGS, alike
from scripts.package.opening import Package
from scripts.release import gate
from tests.conftest import FROZEN, PATHS, edit_contract, few, line_of
from tests.test_corruption import MARKUP, TEMPLATE, Edit, ages, in_row, reading, spoil, swap
from tests.test_referee import URL, small_package

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("frictionless_here")]


def said_by(package: Path, *more: str, **options: Any) -> Report:
    """The report of the layer, and of those that are named too."""
    return checks.run(Package(package), ["frictionless", *more], lambda text: None, **options)


def in_short(found: Sequence[Finding]) -> list[tuple[str, str, int, str, str]]:
    """Where a finding is, and what stands there."""
    return [(one.rule, one.table, one.line, one.field, one.value) for one in found]


CELLS: list[tuple[str, Edit, str, str]] = [  # table:key:field, edit, value, words of frictionless
    (
        *("organisations:mlop-tapang:name", swap("M'lop Tapang", "")),
        *("", 'constraint "required"'),
    ),
    (
        *("helplines:H1:channel", in_row("H1", ",telephone,", ",letter,")),
        *("letter", 'constraint "enum"'),
    ),
    (
        *("helplines:H1:helpline_id", swap("H1", "h1")),
        *("h1", 'constraint "pattern"'),
    ),
    (
        *("helplines:H2:helpline_id", swap("H2,", "H1,")),
        *("H1", "the same as in the row at position <H1>"),
    ),
    (
        *("sources:khmer-times-2015:url", swap("http://www.ganas.or.jp/20170909cambodia/", URL)),
        *(URL, "the same as in the row at position <ganas-2017>"),
    ),
    (
        *("reported_values:KH001:study_id", in_row("KH001", ",ijm-khm-2015", ",ijm-x")),
        *("ijm-x", '"ijm-x" not found in the lookup table "studies"'),
    ),
    (
        *("reported_values:KH010:low", reading("2.2 %", "2.2")),
        *("2.2 %", 'type is "number'),
    ),
    (
        *("reported_values:KH007:age_max", ages("0", "17.5")),
        *("17.5", 'type is "integer'),
    ),
    (
        *("reported_values:KH007:age_min", ages("-1", "17")),
        *("-1", 'constraint "minimum" is "0"'),
    ),
    (
        *("reported_values:KH007:age_max", ages("0", "200")),
        *("200", 'constraint "maximum" is "120"'),
    ),
]


@pytest.mark.parametrize(("place", "edit", "value", "words"), few(5, [*CELLS[::2], *CELLS[1::2]]))
def test_what_it_finds_without_our_schema(
    place: str, edit: Edit, value: str, words: str, tmp_path: Path
) -> None:
    """Each fault is named at its own line and cell, with its row, in the words of frictionless."""
    table, key, field = place.split(":")
    package = small_package(tmp_path, table)
    line = line_of(package, table, key)
    words = re.sub("<(.+)>", lambda match: str(line_of(package, table, match[1])), words)
    spoil(package, PATHS[table], edit)
    found = said_by(package).findings
    assert in_short(found) == [("frictionless", PATHS[table], line, field, value)]
    assert words in found[0].message and found[0].fix and found[0].row


def field_of(whole: Any, table: str, name: str) -> dict[str, Any]:
    """A column of the contract."""
    [resource] = [one for one in whole["resources"] if one["name"] == table]
    [field] = [one for one in resource["schema"]["fields"] if one["name"] == name]
    found: dict[str, Any] = field
    return found


CONTRACTS: list[tuple[Callable[[Any], object], str, str]] = [  # edit, field, message
    (
        lambda whole: whole.update(created="2026"),
        *("created", 'property "created" is not valid "datetime"'),
    ),
    (
        lambda whole: field_of(whole, "reported_values", "low").update(type="integer"),
        *("low", 'example value "2.2" for field "low" is not valid'),
    ),
]


@pytest.mark.parametrize(("edit", "field", "message"), CONTRACTS)
def test_a_contract_that_only_it_refuses(
    edit: Callable[[Any], object], field: str, message: str, tmp_path: Path
) -> None:
    package = small_package(tmp_path, "reported_values")
    edit_contract(package, edit)
    [found] = said_by(package).findings
    assert in_short([found]) == [("frictionless", "datapackage.json", 0, field, "")]
    assert message in found.message
    assert checks.run(Package(package), ["descriptor", "bytes"], lambda text: None).is_valid


def test_what_it_alone_refuses_stands_against_a_release(package: Path) -> None:
    """Every layer runs, and the whole check is as strict as the strictest of them."""
    edit_contract(package, lambda whole: whole.update(created="2026"))
    refused = gate.failing_check(Package(package), lambda text: None)
    assert refused is not None and refused.layers_not_run == ("published",)
    assert [one.rule for one in refused.findings] == ["frictionless"]


def test_a_fault_of_ours_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only where an error of ours stands: a warning of ours does not make a package invalid."""
    package = small_package(tmp_path, "organisations")
    lines = [line_of(package, "organisations", key) for key in ("aple", "ncct")]
    spoil(package, "data/organisations.csv", in_row("aple", "local_ngo", "charity"))
    spoil(package, "data/organisations.csv", in_row("ncct", ",government", ",Government"))
    ours = said_by(package, "schema").findings
    assert [(one.rule, one.line) for one in ours] == [("schema-enum", line) for line in lines]
    theirs = [("frictionless", line) for line in lines]
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
    assert [(one.rule, one.value) for one in done.findings] == [("frictionless", text) for text in HOSTILE]
    assert_is_safe(done)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_notes_are_shown_safely(text: str) -> None:
    """Where frictionless is quoted, it may quote a file."""
    table = Package(FROZEN).contract.table("organisations")
    kinds = (text, "field-error", "source-error", "constraint-error")
    found = tuple(finding_of({"type": kind, "message": f"{text}\n{text}"}, table) for kind in kinds)
    assert all(one.message.isprintable() for one in found)
    assert_is_safe(Report(found, (), ()))


def assert_is_safe(done: Report) -> None:
    """One line a finding for GitHub, no mark-up in Markdown, no control character anywhere."""
    for form in ("text", "markdown", "github"):
        assert all(line.isprintable() for line in RENDERINGS[form](done).split("\n"))
    assert RENDERINGS["github"](done).count("\n") == len(alike(done.findings))
    assert "<img" not in RENDERINGS["markdown"](done) and "{{" not in RENDERINGS["markdown"](done)
