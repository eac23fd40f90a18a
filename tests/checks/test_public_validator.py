"""frictionless, the public validator, agrees with our check and locates errors; a crash is reported."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import frictionless
import jsonschema
import pytest

from scripts import checks
from scripts.__main__ import main
from scripts.checks import public_validator, schema
from scripts.checks import sql_rules as rules
from scripts.checks.context import CheckContext
from scripts.checks.sql_rules import RuleCrash
from scripts.findings import Finding, Report
from scripts.findings.renderers import RENDERINGS, group_similar_findings
from scripts.package.package import Package
from scripts.release import release_conditions
from tests.checks.test_corruption import (
    MARKUP,
    TEMPLATE,
    Edit,
    ages,
    reading,
    replace_in_row_with_key,
    spoil,
    swap,
    whole,
)
from tests.checks.test_rules import broken_rule
from tests.conftest import (
    DESCRIPTOR,
    FROZEN,
    GUARD,
    PATHS,
    ROOT,
    column_entry,
    edit_contract,
    line_of,
    run_command,
)

pytestmark = pytest.mark.slow
HERE = pytest.mark.usefixtures("frictionless_in_this_process")  # within this process
URL = "https://www.khmertimeskh.com/6128/crackdown-on-child-sex-makes-progress/"  # khmer-times-2015

TABLES = {table["name"]: table for table in DESCRIPTOR["resources"]}


@HERE
def test_frictionless_accepts_the_frozen_package() -> None:
    """The command that any reader can run accepts the package."""
    tool = Path(sys.executable).with_name("frictionless")
    done = subprocess.run(
        [tool, "validate", "datapackage.json"], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(" VALID ") == len(TABLES)


PROFILE = json.loads((ROOT / "scripts/checks/profiles/datapackage-2.0.json").read_text(encoding="utf-8"))
# The hash of what the published profile forbids, as `forbidden` extracts it from the file on
# datapackage.org.
PUBLISHED = "917422fb4097134ee3e37172dc94bc88b79e4fd924ef6fcfe4ee4c94c79d2983"
FOR_PEOPLE = {"$comment", "context", "default", "examples", "notes", "options", "propertyOrder", "title"}


def forbidden(part: Any, named: bool = False) -> Any:
    """Return a part of the profile with references resolved and documentation removed.

    With `named` the keys are names of properties, so all are kept. Descriptions of patterns stay, since
    findings quote them.
    """
    if isinstance(part, list):
        return [forbidden(item) for item in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return forbidden(PROFILE["definitions"][part["$ref"].rpartition("/")[2]])
    left_out = FOR_PEOPLE | {"definitions"} | ({"description"} if "pattern" not in part else set())
    kept = part.keys() - (set() if named else left_out)
    return {name: forbidden(part[name], name == "properties" and not named) for name in kept}


@HERE
def test_descriptor_satisfies_the_official_profile() -> None:
    """datapackage.json fits the official profile, and our copy forbids what the published one does."""
    profile = jsonschema.Draft7Validator(PROFILE)
    assert list(profile.iter_errors(DESCRIPTOR)) == []
    assert not profile.is_valid(DESCRIPTOR | {"resources": []})
    assert sha256(json.dumps(forbidden(PROFILE), sort_keys=True).encode()).hexdigest() == PUBLISHED


def small_package(place: Path, name: str) -> Path:
    """Write a package of one real table and the tables that its keys refer to, always with `places`."""
    names = [name, "places"]
    for table in names:
        keys = TABLES[table]["schema"].get("foreignKeys", [])
        names += {key["reference"].get("resource", table) for key in keys} - set(names)
    for path in (TABLES[name]["path"] for name in names):
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes((FROZEN / path).read_bytes())
    descriptor = json.dumps(DESCRIPTOR | {"resources": [TABLES[name] for name in names]})
    (place / "datapackage.json").write_text(descriptor, encoding="utf-8")
    return place


def verdicts(package: Path) -> tuple[bool, bool]:
    """Return whether the package is valid, by our check and by frictionless."""
    ours = checks.run_layers(Package(package), ("descriptor", "bytes", "schema")).findings
    return ours == (), frictionless.Package(str(package / "datapackage.json")).validate().valid


@cache
def sound_verdicts(name: str) -> tuple[bool, bool]:
    """Return both verdicts on the package of an unchanged table."""
    with TemporaryDirectory() as place:
        return verdicts(small_package(Path(place), name))


def number(text: str) -> Edit:
    """Return an edit that changes the low end of a reading."""
    return reading(text, "2.2")


BOTH_ACCEPT: list[tuple[str, Edit]] = [
    ("organisations", lambda data: data),
    ("organisations", swap("M'lop", "Mlop")),
    ("organisations", replace_in_row_with_key("aple", "aple,", '"aple",')),
    ("organisations", swap("M'lop Tapang", '"M""lop, Tapang"')),
    ("reported_values", number("3.25")),
]
BOTH_REFUSE: list[tuple[str, Edit]] = [
    ("organisations", replace_in_row_with_key("aple", "local_ngo", "charity")),
    ("organisations", replace_in_row_with_key("aple", "local_ngo", "local_ngo ")),
    ("organisations", swap("M'lop Tapang", "")),
    ("organisations", replace_in_row_with_key("aple", "aple,", "aple ,")),
    ("organisations", replace_in_row_with_key("aple", "aple,", "ijm,")),
    ("organisations", swap("name,kind", "kind,name")),
    ("organisations", swap("name", "Name")),
    ("organisations", swap("name,", "kind,")),
    ("organisations", swap("M'lop", "M\udc92lop")),
    ("organisations", swap("\nijm", "\n\nijm")),
    ("organisations", replace_in_row_with_key("ijm", ",implementer", "")),
    ("organisations", replace_in_row_with_key("ijm", ",implementer", ",implementer,")),
    ("organisations", swap("M'lop", '"M')),
    ("organisations", lambda data: data.replace(b",", b";")),
    ("organisations", lambda data: data.decode().encode("utf-16")),
    ("organisations", whole(b"")),
    ("organisations", whole(b"PK\x03\x04" + bytes(500))),
    ("sources", replace_in_row_with_key("phnom-penh-post-2015", "2015-06-10", "10.6.2015")),
    ("sources", swap("http://www.ganas.or.jp/20170909cambodia/", URL)),
    ("sources", swap(",tip-report-2015", ",tip-report-2016")),
    ("reported_values", replace_in_row_with_key("KH001", ",ijm-khm-2015", ",ijm-khm-2016")),
    ("reported_values", number('"2,2"')),
    ("reported_values", number("2.2 %")),
    ("reported_values", ages("-1", "17")),
    ("reported_values", ages("0", "200")),
    ("reported_values", ages("0", "17.5")),
]
# What frictionless lets through and we do not: reason, table, edit of the table.
IN_TABLES: list[tuple[str, str, Edit]] = [
    ("spaces around a number make it text to others", "reported_values", number(" 2.2")),
    ("only Python reads 1_000 as 1000", "reported_values", number("1_000")),
    ("only Python reads digits of other scripts", "reported_values", number("٢")),
    ("no source gives a share with an exponent", "reported_values", number("22e-1")),
    ("infinity is no reading", "reported_values", number("INF")),
    ("a plus and a leading zero are not the plain form", "reported_values", number("+02.2")),
    ("elsewhere a BOM is part of the first name", "organisations", lambda data: b"\xef\xbb\xbf" + data),
    ("CRLF hides every change", "organisations", lambda data: data.replace(b"\n", b"\r\n")),
    ("a row appended to an open line joins it", "organisations", lambda data: data[:-1]),
    ("a line break in a cell shifts line numbers", "organisations", swap("M'lop Tapang", '"M\nT"')),
    ("DuckDB refuses some stray quotes", "organisations", swap("M'lop", 'M"lop')),
    ("NUL ends a text in C", "organisations", swap("M'lop", "M\0lop")),
]
# Differences outside the tables: reason, file, edit of the file.
AROUND_TABLES: list[tuple[str, str, Edit]] = [
    ("a misspelt property is skipped", "datapackage.json", swap("foreignKeys", "foreignKey")),
    ("a misspelt constraint is skipped", "datapackage.json", swap('"constraints"', '"constraint"')),
    ("of two equal properties one is lost", "datapackage.json", swap("{", '{"version": "9", ')),
    ("an undeclared file is not checked", "data/more.csv", lambda data: b"a\n1\n"),
]
DIFFERENCES = [(reason, table, TABLES[table]["path"], edit) for reason, table, edit in IN_TABLES]
DIFFERENCES += [(reason, "sources", file, edit) for reason, file, edit in AROUND_TABLES]


@HERE
@pytest.mark.long
@pytest.mark.parametrize("accepted", [True, False])
def test_our_schema_and_frictionless_agree(accepted: bool, tmp_path: Path) -> None:
    """Our check and frictionless, which share no code, agree on each edited table."""
    cases = BOTH_ACCEPT if accepted else BOTH_REFUSE
    for i, (table, edit) in enumerate(cases):
        package = small_package(tmp_path / str(i), table)
        path = package / TABLES[table]["path"]
        path.write_bytes(edit(path.read_bytes()))
        assert verdicts(package) == (accepted, accepted), (table, i)


@HERE
@pytest.mark.long
@pytest.mark.parametrize(("reason", "table", "file", "edit"), DIFFERENCES)
def test_each_documented_difference_to_frictionless_still_exists(
    reason: str, table: str, file: str, edit: Edit, tmp_path: Path
) -> None:
    """Where our check is stricter than frictionless, the recorded reason still holds."""
    package = small_package(tmp_path, table)
    assert sound_verdicts(table) == (True, True)
    (package / file).touch()
    (package / file).write_bytes(edit((package / file).read_bytes()))
    assert verdicts(package) == (False, True), reason


# Its errors are reported at their cells.
def report_of_frictionless_layer(package: Path, *more: str, **options: Any) -> Report:
    """Return the report of this layer and of any other layers that are named."""
    return checks.run_layers(Package(package), ["frictionless", *more], **options)


def rule_place_and_value_of_findings(found: Sequence[Finding]) -> list[tuple[str, str, int, str, str]]:
    """Return the rule, file, line, field and value of each finding."""
    return [(finding.rule, finding.table, finding.line, finding.field, finding.value) for finding in found]


CELLS: list[tuple[str, Edit, str, str]] = [  # table:key:field, edit, value, words of frictionless
    ("organisations:mlop-tapang:name", swap("M'lop Tapang", ""), "", 'constraint "required"'),
    (
        *("helplines:H2:helpline_id", swap("H2,", "H1,")),
        *("H1", "the same as in the row at position <H1>"),
    ),
    (
        *("sources:khmer-times-2015:url", swap("http://www.ganas.or.jp/20170909cambodia/", URL)),
        *(URL, "the same as in the row at position <ganas-2017>"),
    ),
    (
        *("reported_values:KH001:study_id", replace_in_row_with_key("KH001", ",ijm-khm-2015", ",ijm-x")),
        *("ijm-x", '"ijm-x" not found in the lookup table "studies"'),
    ),
    ("reported_values:KH010:low", reading("2.2 %", "2.2"), "2.2 %", 'type is "number'),
]


@HERE
@pytest.mark.parametrize(("place", "edit", "value", "words"), CELLS)
def test_frictionless_finds_faults_without_our_schema(
    place: str, edit: Edit, value: str, words: str, tmp_path: Path
) -> None:
    """Each fault is reported at its own line and cell, with its row, in the words of frictionless."""
    table, key, field = place.split(":")
    package = small_package(tmp_path, table)
    line = line_of(package, table, key)
    words = re.sub("<(.+)>", lambda match: str(line_of(package, table, match[1])), words)
    spoil(package, PATHS[table], edit)
    found = report_of_frictionless_layer(package).findings
    assert rule_place_and_value_of_findings(found) == [("frictionless", PATHS[table], line, field, value)]
    assert words in found[0].message and found[0].fix and found[0].row


CONTRACTS: list[tuple[Callable[[Any], object], str, str]] = [  # edit, field, message
    (
        lambda whole: whole.update(created="2026"),
        *("created", 'property "created" is not valid "datetime"'),
    ),
    (
        lambda whole: column_entry(whole, "reported_values", "low").update(type="integer"),
        *("low", 'example value "2.2" for field "low" is not valid'),
    ),
]


@HERE
@pytest.mark.parametrize(("edit", "field", "message"), CONTRACTS)
def test_contract_fault_that_only_frictionless_finds_is_reported(
    edit: Callable[[Any], object], field: str, message: str, tmp_path: Path
) -> None:
    package = small_package(tmp_path, "reported_values")
    edit_contract(package, edit)
    [found] = report_of_frictionless_layer(package).findings
    assert rule_place_and_value_of_findings([found]) == [("frictionless", "datapackage.json", 0, field, "")]
    assert message in found.message
    assert checks.run_layers(Package(package), ["descriptor", "bytes"]).is_valid


@HERE
def test_fault_that_only_frictionless_finds_prevents_a_release(package: Path) -> None:
    """An error that only frictionless finds blocks a release, although all layers ran."""
    edit_contract(package, lambda whole: whole.update(created="2026"))
    refused = release_conditions.report_of_failing_check(Package(package))
    assert refused is not None and refused.layers_not_run == ("published",)
    assert [finding.rule for finding in refused.findings] == ["frictionless"]


@HERE
def test_fault_that_both_validators_find_is_reported_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error of frictionless is dropped where we report an error too, but not where we only warn."""
    package = small_package(tmp_path, "organisations")
    lines = [line_of(package, "organisations", key) for key in ("aple", "ncct")]
    spoil(package, "data/organisations.csv", replace_in_row_with_key("aple", "local_ngo", "charity"))
    spoil(package, "data/organisations.csv", replace_in_row_with_key("ncct", ",government", ",Government"))
    ours = report_of_frictionless_layer(package, "schema").findings
    assert [(finding.rule, finding.line) for finding in ours] == [("schema-enum", line) for line in lines]
    theirs = [("frictionless", line) for line in lines]
    assert [
        (finding.rule, finding.line) for finding in report_of_frictionless_layer(package).findings
    ] == theirs
    monkeypatch.setattr(schema, "check", lambda subject: [replace(ours[0], level="error")])
    found = report_of_frictionless_layer(package, "schema").findings
    assert [(finding.rule, finding.line) for finding in found] == [("schema-enum", lines[0]), theirs[1]]
    monkeypatch.setattr(
        schema, "check", lambda subject: [replace(finding, level="warning") for finding in ours]
    )
    assert [
        (finding.rule, finding.line) for finding in report_of_frictionless_layer(package, "schema").findings
    ][2:] == theirs


HOSTILE = [TEMPLATE, MARKUP, "a\x1b[31mb\u202e", "::error::x", "{note} {wanted[0]} %s"]


@HERE
def test_frictionless_findings_show_hostile_cells_escaped(tmp_path: Path) -> None:
    """Every output format prints cells of a file as plain text."""
    package = small_package(tmp_path, "organisations")
    rows = package / "data/organisations.csv"
    lines = rows.read_text(encoding="utf-8").split("\n")
    lines[1:6] = [
        f"{line.rpartition(',')[0]},{text}" for line, text in zip(lines[1:6], HOSTILE, strict=True)
    ]
    rows.write_text("\n".join(lines), encoding="utf-8")
    done = report_of_frictionless_layer(package)
    assert [(finding.rule, finding.value) for finding in done.findings] == [
        ("frictionless", text) for text in HOSTILE
    ]
    assert_is_safe(done)


def assert_is_safe(done: Report) -> None:
    """Assert that no format lets through control characters, extra lines or markup."""
    for form in ("text", "markdown", "github"):
        assert all(line.isprintable() for line in RENDERINGS[form](done).split("\n"))
    assert RENDERINGS["github"](done).count("\n") == len(group_similar_findings(done.findings))
    assert "<img" not in RENDERINGS["markdown"](done) and "{{" not in RENDERINGS["markdown"](done)


# The process: when it runs, how much it reads, and how its failures are handled.
def pretend(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Replace the frictionless command with a Python program."""
    monkeypatch.setattr(public_validator, "COMMAND", (sys.executable, "-c", code))


ENDLESS = "import time; time.sleep(60)"
FAILURES = {
    "import sys; sys.exit('Out\x1b[31m')": "frictionless ended with code 1: Out\\u001b[31m.",
    "import os; os._exit(9)": "frictionless ended with code 9: no word.",
    "print('half of an ans')": "frictionless ended with code 0: no word.",
    ENDLESS: "frictionless gave no answer in 1 s.",
}


@pytest.mark.parametrize(("code", "message"), FAILURES.items())
def test_crash_of_frictionless_is_reported_as_a_crash(
    code: str,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """If frictionless crashes, the exit code is 2, with advice, and no verdict on the data is given."""
    package = small_package(tmp_path, "organisations")
    pretend(monkeypatch, code)
    monkeypatch.setattr(public_validator, "SECONDS", 1 if code == ENDLESS else 60)
    assert main(["check", "--package", str(package), "--layer", "frictionless"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert f"{message} “--skip frictionless” checks without it." in said.err
    assert "This is not a verdict on the data." in said.err


def test_frictionless_process_ends_with_the_check(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If another layer fails, the frictionless process is stopped too."""
    started: list[subprocess.Popen[bytes]] = []
    start = public_validator.start_frictionless

    def noted(subject: CheckContext, folder: Path) -> subprocess.Popen[bytes]:
        started.append(start(subject, folder))
        return started[-1]

    monkeypatch.setattr(public_validator, "start_frictionless", noted)
    monkeypatch.setattr(rules, "RULES", (broken_rule(),))
    pretend(monkeypatch, ENDLESS)
    with pytest.raises(RuleCrash):
        report_of_frictionless_layer(package, "rules")
    assert [process.returncode is None for process in started] == [False]


def test_report_notes_the_file_in_which_frictionless_reached_the_error_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = small_package(tmp_path, "organisations")
    spoil(package, "data/organisations.csv", lambda data: data.replace(b"government\n", b"state\n"))
    monkeypatch.setattr(public_validator, "MOST_ERRORS", 2)
    done = report_of_frictionless_layer(package)
    assert len(done.findings) == 2
    assert done.notes == ("There may be more: frictionless stopped at 2 errors in data/organisations.csv.",)


def test_frictionless_needs_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The profile is not fetched from the address that datapackage.json gives."""
    guard = tmp_path / "guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(GUARD.format(mark=str(guard / "guarded")), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(guard), str(ROOT)]))
    assert report_of_frictionless_layer(small_package(tmp_path / "package", "organisations")).is_valid
    assert (guard / "guarded").exists() and not (guard / "asked").exists()


def test_check_command_runs_frictionless_by_default() -> None:
    """The command runs frictionless by default on a whole package, never on a part of one."""
    done = run_command("check", "--format", "json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["findings"], said["layers_not_run"]) == ([], ["published"])
    done = run_command("check", "--without-derived", "--layer", "frictionless")
    assert (done.returncode, done.stdout) == (2, "")
    done = run_command("check", "--without-derived", "--layer", "bytes", "--layer", "frictionless")
    assert done.stdout.startswith("No findings. Not checked: frictionless, schema")
