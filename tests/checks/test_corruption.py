"""For a package broken in one place, the check reports the file, the line, the value and the fix."""

import csv
import json
import os
import re
import tracemalloc
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scripts import checks
from scripts.checks import csv_syntax, descriptor, featured_role_references, reproduction, schema, sql_rules
from scripts.checks.context import CheckContext
from scripts.checks.descriptor import FILES, KEYS
from scripts.checks.descriptor_texts import faults_in_texts
from scripts.findings import LONGEST_VALUE, MOST_OF_A_KIND, Finding, Report, to_one_printable_line
from scripts.findings.renderers import LAID_OUT, RENDERINGS
from scripts.package.contract import Table
from scripts.package.files import csv_text
from scripts.package.package import Package
from tests.conftest import (
    DESCRIPTOR,
    FROZEN,
    OUR_OWN,
    PATHS,
    SCHEMAS,
    edit_contract,
    line_of,
    mark_later_cases_long,
    read_csv,
    run_command,
    run_in_own_process,
    table_entry,
)

Edit = Callable[[bytes], bytes]
TEMPLATE = "{{ cycler.__init__.__globals__.os.popen('touch pwned') }}"
MARKUP = "<img src=x onerror=alert(1)>"


def swap(old: str, new: str) -> Edit:
    """Return an edit that replaces the first occurrence of a text; a lone surrogate becomes a bad byte."""

    def edit(data: bytes) -> bytes:
        assert old.encode() in data
        return data.replace(old.encode(), new.encode(errors="surrogateescape"), 1)

    return edit


def replace_in_row_with_key(key: str, old: str, new: str) -> Edit:
    """Return an edit that replaces the first occurrence of a text in the line with this key."""

    def edit(data: bytes) -> bytes:
        lines = data.split(b"\n")
        [number] = [number for number, line in enumerate(lines) if line.startswith(f"{key},".encode())]
        lines[number] = swap(old, new)(lines[number])
        return b"\n".join(lines)

    return edit


def whole(new: bytes) -> Edit:
    """Return an edit that replaces the whole file."""
    return lambda data: new


HEADER = "organisation_id,name,kind"
ORGANISATIONS = (FROZEN / "data/organisations.csv").read_text(encoding="utf-8").splitlines()
FIRST, LAST, END = 2, len(ORGANISATIONS), len(ORGANISATIONS) + 1  # lines of organisations.csv
READING = ",2.2,digits,2.2,2.2,"  # cells of KH010: the number as printed, its notation and its two ends
CR = "\\r"


def ages(low: str, high: str) -> Edit:
    """Return an edit that gives KH007 another age band."""
    return replace_in_row_with_key("KH007", ",0,,17,,", f",{low},,{high},,")


def reading(low: str, high: str) -> Edit:
    """Return an edit that changes the two ends of the reading KH010."""
    return replace_in_row_with_key("KH010", READING, f",2.2,digits,{low},{high},")


# The column whose largest number is 100.
LEVEL = next(
    at
    for at, field in enumerate(DESCRIPTOR["resources"][8]["schema"]["fields"])
    if field.get("constraints", {}).get("maximum") == 100
)
BYTE_FAULTS: dict[str, list[tuple[Edit, int | str, str]]] = {  # edit, line or key of its row, value
    "bytes-header": [
        (swap("name,kind", "kind,name"), 1, "organisation_id,kind,name"),
        (swap("name", "label"), 1, "organisation_id,label,kind"),
        (swap("name,", "kind,"), 1, "organisation_id,kind,kind"),
        (swap("kind\n", "kind,note\n"), 1, HEADER + ",note"),
        (swap(HEADER + "\n", ""), 1, ORGANISATIONS[FIRST - 1]),
        (lambda data: data.replace(b",", b";"), 1, HEADER.replace(",", ";")),
        (whole(b"," * 9_999 + b"\n"), 1, "," * 9_999),
    ],
    "bytes-line-length": [(whole(b"a_name," * 10_000 + b"\n"), 1, "a_name," * 5 + "a_nam")],
    "bytes-encoding": [
        (swap("M'lop", "M\udc92lop"), "mlop-tapang", "mlop-tapang,M’lop Tapang,loc"),
        (whole("a,b\n1,2\n".encode("utf-16-le")), 1, "a\0,\0b\0\n"),
        (whole(b"\xff\xfea\0,\0\n\0"), 1, "\ufffd\ufffda\0,\0\n"),
        (lambda data: b"\xef\xbb\xbf" + data, 1, "\ufeff" + HEADER + "\n"),
        (swap("M'lop", "M\0lop"), "mlop-tapang", "mlop-tapang,M\0lop Tapang,local_ngo\n"),
        (whole(b"PK\x03\x04\x14\0\x06\0" + bytes(500)), 1, ""),
    ],
    "bytes-line-ends": [
        (lambda data: data.replace(b"\n", b"\r\n"), 1, CR),
        (lambda data: data.replace(b"\n", b"\r"), 1, CR),
        (lambda data: 100 * data.replace(b"\n", b"\r"), 1, CR),
        (replace_in_row_with_key("ijm", "implementer", "implementer\r"), "ijm", CR),
        (lambda data: data[:-1] + "é".encode() * 40, LAST, "é" * 40),
        (swap("\nijm", "\n\nijm"), "ijm", ""),
        (swap("\nijm", "\n \t\nijm"), "ijm", ""),
        (lambda data: data + b"\n", END, ""),
    ],
    "bytes-cells": [
        (replace_in_row_with_key("ijm", ",implementer", ""), "ijm", "ijm,International Justice Mission"),
        (
            replace_in_row_with_key("ijm", ",implementer", ",a,b"),
            "ijm",
            "ijm,International Justice Mission,a,b",
        ),
        (swap("M'lop Tapang", '"M\nT"'), "mlop-tapang", 'mlop-tapang,"M'),
        (swap("M'lop", 'M"lop'), "mlop-tapang", 'mlop-tapang,M"lop Tapang,local_ngo'),
        (swap("M'lop", '"M'), "mlop-tapang", 'mlop-tapang,"M Tapang,local_ngo'),
        (swap("M'lop Tapang", ' "M"'), "mlop-tapang", 'mlop-tapang, "M",local_ngo'),
        (swap("name", '"na"me'), 1, 'organisation_id,"na"me,kind'),
    ],
    "bytes-file": [(whole(b""), 0, "")],
}

CELL_FAULTS: list[tuple[str, str, Edit, str]] = [  # table:key:field, rule, edit, value
    (
        "organisations:aple:kind",
        "schema-enum",
        replace_in_row_with_key("aple", "local_ngo", "charity"),
        "charity",
    ),
    (
        "organisations:ncct:kind",
        "schema-enum",
        replace_in_row_with_key("ncct", ",government", ",Government"),
        "Government",
    ),
    (
        *("populations:venue-workers:about_group", "schema-enum"),
        *(replace_in_row_with_key("venue-workers", ",venues", ",venues;pubs"), "venues;pubs"),
    ),
    ("organisations:mlop-tapang:name", "schema-required", swap("M'lop Tapang", ""), ""),
    ("helplines:H1:helpline_id", "schema-pattern", swap("H1", "h1"), "h1"),
    ("helplines:H3:helpline_id", "schema-unique", swap("\nH3,", "\nH2,"), "H2"),
    (
        *("sources:phnom-penh-post-2015:date_published", "schema-pattern"),
        *(replace_in_row_with_key("phnom-penh-post-2015", "2015-06-10", "10.6.2015"), "10.6.2015"),
    ),
    (
        *("sources:terre-des-hommes-scrol:date_copy_read", "schema-type"),
        *(replace_in_row_with_key("terre-des-hommes-scrol", "2026-11-29", "2026-11"), "2026-11"),
    ),
    (
        *("sources:terre-des-hommes-scrol:date_copy_read", "date-does-not-exist"),
        *(replace_in_row_with_key("terre-des-hommes-scrol", "2026-11-29", "2026-11-31"), "2026-11-31"),
    ),
    (
        *("sources:phnom-penh-post-2015:date_published", "date-does-not-exist"),
        *(replace_in_row_with_key("phnom-penh-post-2015", "2015-06-10", "2015-06-31"), "2015-06-31"),
    ),
    (
        *("reported_values:KH001:study_id", "schema-reference"),
        *(replace_in_row_with_key("KH001", ",ijm-khm-2015", ",ijm-x"), "ijm-x"),
    ),
    ("reported_values:KH010:low", "schema-type", reading('"2,2"', "2.2"), "2,2"),
    ("reported_values:KH010:low", "schema-type", reading("1_000", "2.2"), "1_000"),
    ("reported_values:KH010:high", "schema-type", reading("2.2", "2.2 %"), "2.2 %"),
    ("reported_values:KH010:high", "schema-type", reading("2.2", "NaN"), "NaN"),
    ("reported_values:KH010:high", "schema-type", reading("2.2", "٢"), "٢"),
    ("reported_values:KH007:age_min", "schema-bound", ages("-1", "17"), "-1"),
    ("reported_values:KH007:age_max", "schema-bound", ages("0", "200"), "200"),
    ("reported_values:KH007:age_max", "schema-type", ages("0", "17.5"), "17.5"),
]

KEY_OF_FIRST = "resources.0.schema.fields.0"
CONTRACT_FAULTS: dict[str, list[tuple[Edit, str, str]]] = {  # edit, field, value
    "descriptor-property": [
        (swap('"foreignKeys"', '"foreignKey"'), "resources.1.schema", "foreignKey"),
        (swap('"constraints"', '"constraint"'), KEY_OF_FIRST, "constraint"),
        (swap('{"required"', '{"minimun": 1, "required"'), f"{KEY_OF_FIRST}.constraints", "minimun"),
        (swap('"version"', '"versoin"'), "", "versoin"),
    ],
    "descriptor-complete": [
        (swap('"Short name used as key."', '""'), KEY_OF_FIRST, "description"),
        (swap(f'"version": "{Package(FROZEN).contract.version}"', '"version": ""'), "", "version"),
    ],
    "descriptor-form": [
        (swap('"type": "string"', '"type": "datetime"'), f"{KEY_OF_FIRST}.type", "datetime"),
        (
            swap('"pattern": "', '"pattern": "\\\\pL|'),
            f"{KEY_OF_FIRST}.constraints.pattern",
            "\\pL|^[a-z0-9][a-z0-9.-]*$",
        ),
        (swap('"delimiter": ","', '"delimiter": ";"'), "resources.0.dialect.delimiter", ";"),
        (
            swap('"maximum": 100', '"maximum": 1e400'),
            f"resources.8.schema.fields.{LEVEL}.constraints.maximum",
            "Infinity",
        ),
        (
            swap('"name": "kind", "type"', '"name": "line", "type"'),
            "resources.0.schema.fields.2.name",
            "line",
        ),
        (
            swap('"name": "kind", "type"', '"name": "Kind", "type"'),
            "resources.0.schema.fields.2.name",
            "Kind",
        ),
        (swap('"name": "places"', '"name": "text_cells"'), "resources.2.name", "text_cells"),
        (
            swap('{"required": true', '{"minimum": 1, "required": true'),
            KEY_OF_FIRST,
            "minimum",
        ),
        (swap('"utf-8"', '"cp1252"'), "resources.0.encoding", "cp1252"),
        (swap('"schema": {', '"schema": "x.json", "x": {'), "resources.0.schema", "x.json"),
        (swap('[""]', '["", "NA"]'), "resources.0.schema.missingValues", '["", "NA"]'),
        (
            swap('"pattern": "', '"pattern": "('),
            f"{KEY_OF_FIRST}.constraints.pattern",
            "(^[a-z0-9][a-z0-9.-]*$",
        ),
        (
            swap('"required": true', '"required": false'),
            *("resources.0.schema.fields.0.constraints.required", "false"),
        ),
        (
            swap('{"fields": ["based_on"]', '{"fields": ["based_on", "kind"]'),
            *("resources.1.schema.foreignKeys.0.fields", '["based_on", "kind"]'),
        ),
    ],
    "descriptor-keys": [
        (swap('"resource": "organisations"', '"resource": "x"'), "sources", "x.organisation_id"),
        (
            swap('"primaryKey": ["organisation_id"]', '"primaryKey": ["x"]'),
            "organisations",
            "organisations.x",
        ),
        (swap('{"fields": ["based_on"]', '{"fields": ["x"]'), "sources", "sources.x"),
        (swap('"name": "kind", "type"', '"name": "name", "type"'), "organisations", "organisations.name"),
    ],
    "descriptor-profile": [
        (swap("data/places.csv", "../places.csv"), "resources.2.path", "../places.csv"),
        (swap("data/places.csv", "data/../../p.csv"), "resources.2.path", "data/../../p.csv"),
        (swap("data/places.csv", "/etc/passwd"), "resources.2.path", "/etc/passwd"),
        (swap('"resources": [', '"resources": [], "x": ['), "resources", "[]"),
    ],
    "descriptor-files": [
        (swap("data/places.csv", "https://x.org/p.csv"), "", "https://x.org/p.csv"),
        (swap("data/places.csv", "data/sources.csv"), "", "data/sources.csv"),
    ],
    "descriptor-tables": [(swap('"name": "terms"', '"name": "words"'), "resources", "")],
}

UNREADABLE = [  # text of datapackage.json, line, words of the message
    ('{"a": 1,\n "b" 2}', 2, "line 2 column 6"),
    ("[" * 100_000, 0, "too many brackets within brackets"),
    ('{"a": ' + "9" * 5_000 + "}", 0, "Exceeds the limit"),
    ('{"version": "1", "version": "2"}', 0, "version stands twice"),
    ("\ufeff{}", 1, "BOM"),
    ("[]", 0, "does not hold a JSON object"),
    ("{}", 0, "'resources' is a required property."),
    ('{"version": NaN}', 0, "NaN is no number"),
    ('{"version": "\\ud800"}', 0, "surrogates not allowed"),
    ('{"resources": null}', 1, "None is not of type 'array'."),
    ('{"resources": [null]}', 1, "None is not of type 'object'."),
]


def spoil(package: Path, file: str, edit: Edit) -> None:
    """Change the bytes of a file with an edit."""
    (package / file).write_bytes(edit((package / file).read_bytes()))


def report(package: Path) -> Report:
    """Run all of our own layers in this process, and return the report."""
    return checks.run_layers(Package(package), checks.OUR_OWN)


def run(package: Path) -> tuple[Finding, ...]:
    """Return the findings of all our own layers."""
    return report(package).findings


def flatten_cases(faults: dict[str, list[Any]]) -> list[tuple[Any, ...]]:
    """Return one tuple per fault, with its rule first."""
    return [(rule, *fault) for rule, of_rule in faults.items() for fault in of_rule]


def one_of_each(faults: dict[str, list[Any]]) -> list[Any]:
    """Return the first fault of each rule for every run; `make long` takes the others too."""
    first = [(rule, *fault) for rule, (fault, *_) in faults.items()]
    return mark_later_cases_long(
        len(first), first + [fault for fault in flatten_cases(faults) if fault not in first]
    )


def assert_found(package: Path, rule: str, file: str, line: int, field: str, value: str) -> None:
    """Assert that the first finding is at this place, and that all are errors of this rule and file."""
    found = run(package)
    assert (found[0].line, found[0].field, found[0].value) == (line, field, value)
    assert {(finding.rule, finding.table, finding.level) for finding in found} == {(rule, file, "error")}
    assert all(finding.message and finding.fix and finding.link.endswith(f"#{rule}") for finding in found)


@pytest.mark.parametrize(("rule", "edit", "line", "value"), flatten_cases(BYTE_FAULTS))
def test_fault_of_bytes_is_reported_at_its_line(
    rule: str, edit: Edit, line: int | str, value: str, package: Path
) -> None:
    """Each fault is reported at its own line, and in no other file."""
    number = line if isinstance(line, int) else line_of(package, "organisations", line)
    spoil(package, "data/organisations.csv", edit)
    assert_found(package, rule, "data/organisations.csv", number, "", value)


HINTS: list[tuple[str, Edit, str, str]] = [  # table, edit, words of the message and of the fix
    (
        "organisations",
        replace_in_row_with_key("aple", "aple,", "aple ,"),
        "begins or ends with a space",
        "Delete the space.",
    ),
    (
        "organisations",
        replace_in_row_with_key("aple", "local_ngo", "local_ngo "),
        "with a space",
        "Delete the space.",
    ),
    (
        "organisations",
        replace_in_row_with_key("aple", "local_ngo", "local_ngos"),
        "Did you mean local_ngo?",
        "listed",
    ),
    ("reported_values", reading('"2,2"', "2.2"), "such as 2.2. Write 2.2.", "Write digits"),
    ("reported_values", reading('"2,200"', "2.2"), "Write 2200, or 2.200 if the comma is a", "digits"),
]


@pytest.mark.parametrize(("table", "edit", "said", "fix"), HINTS)
def test_misspelt_cell_is_reported_once_with_the_likely_word(
    table: str, edit: Edit, said: str, fix: str, package: Path
) -> None:
    spoil(package, PATHS[table], edit)
    found = schema.check(CheckContext(Package(package)))
    [run] = [
        finding for finding in found if finding.table == PATHS[table] and finding.rule != "schema-reference"
    ]
    assert said in run.message and fix in run.fix


def rounds() -> list[list[tuple[str, str, Edit, str]]]:
    """Group schema faults of different rows, to be tested together; faults of other layers run alone."""
    runs: list[list[tuple[str, str, Edit, str]]] = []
    alone = [[fault] for fault in CELL_FAULTS if not fault[1].startswith("schema-")]
    for fault in (fault for fault in CELL_FAULTS if fault[1].startswith("schema-")):
        row = fault[0].rpartition(":")[0]
        fitting = (
            earlier for earlier in runs if row not in {place.rpartition(":")[0] for place, *_ in earlier}
        )
        if (free := next(fitting, None)) is None:
            runs.append(free := [])
        free.append(fault)
    return runs + alone


@pytest.mark.slow
@pytest.mark.parametrize(
    "faults", mark_later_cases_long(3, zip(rounds())), ids=lambda faults: f"{len(faults)} faults"
)
def test_cell_fault_is_reported_at_its_cell(
    faults: list[tuple[str, str, Edit, str]], package: Path
) -> None:
    """Each fault is reported at its own cell, and in no other cell."""
    expected = set()
    for place, rule, edit, value in faults:
        table, key, field = place.split(":")
        expected.add((rule, PATHS[table], line_of(package, table, key), field, value))
        spoil(package, PATHS[table], edit)
    found = [finding for finding in run(package) if finding.level == "error"]
    assert {
        (finding.rule, finding.table, finding.line, finding.field, finding.value) for finding in found
    } == expected
    assert all(finding.message and finding.fix for finding in found)
    assert all(finding.link.endswith(f"#{finding.rule}") for finding in found)


@pytest.mark.parametrize(
    ("title", "fault"),
    [
        ("a b", ""),
        *((f"a{sign}b", "holds an invisible character or a line break") for sign in "\n\u200b\u2028\u2029"),
        *((f"a{sign}b", "holds a space other than the usual one") for sign in "\u00a0\u202f\u3000"),
        ("a\u00a0b\u2028c", "holds an invisible character or a line break"),
        *((title, "begins or ends with a space, or holds two in a row") for title in (" a", "a ", "a  b")),
    ],
)
def test_texts_of_the_contract_have_only_usual_spaces_between_words(title: str, fault: str) -> None:
    contract = json.loads((FROZEN / "datapackage.json").read_bytes())
    messages = [message for _, message, _ in faults_in_texts(contract | {"title": title})]
    assert len(messages) == bool(fault) and fault in "".join(messages)


@pytest.mark.slow
@pytest.mark.parametrize(("rule", "edit", "field", "value"), one_of_each(CONTRACT_FAULTS))
def test_fault_of_the_contract_is_reported_at_its_place(
    rule: str, edit: Edit, field: str, value: str, package: Path
) -> None:
    """A fault in datapackage.json is reported where it is, and no table that it concerns is read."""
    spoil(package, "datapackage.json", lambda data: edit(json.dumps(json.loads(data)).encode()))
    found = run(package)
    assert (found[0].rule, found[0].field, found[0].value) == (rule, field, value)
    assert all(
        finding.rule.startswith("descriptor-") and finding.message and finding.fix for finding in found
    )
    assert all(finding.line for finding in found if "." in finding.field)


def told_by(validator: Any, descriptor: Any) -> list[Any]:
    """Return each error of a validator: its message, its path, and the errors that caused it."""

    def told(error: jsonschema.ValidationError) -> Any:
        return error.message, [*error.absolute_path], [told(cause) for cause in error.context]

    return [told(error) for error in validator.iter_errors(descriptor)]


@pytest.mark.parametrize("value", [None, 1, "x", "integer", "any", "date", [], ["x"], {}, {"enum": ["x"]}])
def test_shortened_profile_validation_gives_the_errors_of_the_full_profile(value: Any) -> None:
    """This is tried with every value in every part."""
    official = jsonschema.Draft7Validator(descriptor.official_profile_validator().schema)
    faults = 0
    for part in ("name", "type", "constraints", "title", "path", "data", "missingValues"):
        for place in ("table", "string", "number"):
            whole = {"resources": [table := deepcopy(DESCRIPTOR["resources"][1])]}
            fields = table["schema"]["fields"]
            fields[1:] = [{"name": "n", "type": "number", "constraints": {"minimum": 0}}]
            damaged = {"table": table, "string": fields[0], "number": fields[1]}[place]
            damaged[part] = value
            expected = told_by(official, whole)
            assert told_by(descriptor.official_profile_validator(), whole) == expected
            faults += bool(expected)
    assert faults


@pytest.mark.parametrize(("text", "line", "words"), UNREADABLE, ids=[fault[2] for fault in UNREADABLE])
def test_broken_json_is_a_finding(text: str, line: int, words: str, package: Path) -> None:
    (package / "datapackage.json").write_text(text, encoding="utf-8")
    found = run(package)
    assert (found[0].table, found[0].line) == ("datapackage.json", line)
    assert words in found[0].message and found[0].fix


def far_link(path: Path) -> None:
    """Replace a page with a link to a file outside the package."""
    path.unlink()
    path.symlink_to("/etc/hostname")


def pipe(path: Path) -> None:
    """Replace a page with a named pipe, which a program would wait for ever to read."""
    path.unlink()
    os.mkfifo(path)


def save_page_edit(text: str, encoding: str) -> Callable[[Path], Any]:
    """Return an edit that saves a page with this text and encoding."""
    return lambda path: path.write_text(text, encoding=encoding)


PAGE_FAULTS: list[tuple[Callable[[Path], Any], str]] = [
    (far_link, "This is a link, or lies behind one."),
    (pipe, "This is not a plain file."),
    (lambda path: os.truncate(path, 10**10), "The file has 10,000,000,000 bytes, more than 2,000,000."),
    (save_page_edit("a page", "utf-16"), "The file is not UTF-8, at byte 1."),
    (save_page_edit("a café", "cp1252"), "The file is not UTF-8, at byte 6."),
    (save_page_edit("{{" * 30_000, "utf-8"), "The line is longer than 5,000 characters."),
    (save_page_edit("<q>" * 20_000, "utf-8"), "The line is longer than 5,000 characters."),
    (save_page_edit("17.3 percent. " * 1_000, "utf-8"), "The line is longer than 5,000 characters."),
]


PROSE_FAULTS = [
    ("prose-figure", "It was 17.3 percent of them.", "17.3 percent"),
    ("prose-figure", "Python 3.11, 3.12 or 3.13 took 17.3 seconds.", "17.3"),
    ("prose-term", "No word of child prostitutes here.", "child prostitutes"),
    ("prose-term", "Two TEENAGE-prostitutes.", "TEENAGE-prostitutes"),
]


@pytest.mark.slow
def test_fault_of_a_page_is_reported(package: Path) -> None:
    """Each faulty page has its own finding, and all other pages are still checked.

    Nothing outside the package is read, and nothing waits for ever or fails without a finding.
    """
    text = (package / "docs/context.md").read_text(encoding="utf-8")
    expected = []
    for number, (change, message) in enumerate(PAGE_FAULTS):
        page = package / f"docs/page-{number}.md"
        page.write_text(text, encoding="utf-8")
        change(page)
        expected.append(("prose-readable", f"docs/{page.name}", message))
    found = run(package)
    assert sorted((finding.rule, finding.table, finding.message) for finding in found) == sorted(expected)
    assert all("localhost" not in finding.value for finding in found)


@pytest.mark.slow
def test_fault_of_prose_is_reported_at_its_line(package: Path) -> None:
    """A finding in prose names page, line and words; quotations may keep a source's words."""
    text = (package / "docs/context.md").read_text(encoding="utf-8")
    end = len(text.splitlines())
    expected = []
    for number, (rule, line, value) in enumerate(PROSE_FAULTS):
        page = package / f"docs/page-{number}.md"
        page.write_text(f"{text}\n{line}\n<q>child prostitutes</q>\n", encoding="utf-8")
        expected.append((rule, f"docs/{page.name}", end + 2, value))
    assert sorted(
        (finding.rule, finding.table, finding.line, finding.value) for finding in run(package)
    ) == sorted(expected)


@pytest.mark.slow
def test_term_to_avoid_in_datapackage_json_is_reported(package: Path) -> None:
    spoil(package, "datapackage.json", swap("Short name used as key.", "Key of a child prostitute."))
    assert [(finding.rule, finding.value) for finding in run(package)] == [
        ("prose-term", "child prostitute")
    ]


@pytest.mark.parametrize("change", [far_link, pipe])
def test_datapackage_json_that_is_not_a_plain_file_is_reported(
    change: Callable[[Path], Any], package: Path
) -> None:
    change(package / "datapackage.json")
    assert [finding.rule for finding in run(package)] == ["descriptor-readable"]


def test_check_ends_quickly_on_a_hostile_pattern_of_a_column(package: Path) -> None:
    """A pattern that Python might match for ever does not stall the check; contributors can write one."""
    spoil(package, "data/editorial/terms.csv", swap(r"\bminors?\b", r"(\w+\s?)+\d{9}Q"))
    assert {finding.rule for finding in run(package)} <= {
        "schema-pattern",
        "derived-reproduced",
        "term-pattern-reads",
    }


def link(path: Path) -> None:
    """Move a file or folder out of the package and leave a symbolic link to it."""
    path.rename(path.parents[1] / "away")
    path.symlink_to(path.parents[1] / "away")


def folder(path: Path) -> None:
    """Replace a file with a folder."""
    path.unlink()
    path.mkdir()


FILE_FAULTS: dict[str, list[tuple[str, Callable[[Path], Any], str, str]]] = {
    "bytes-file": [  # file, change, named file, words of the message
        ("places.csv", link, "places.csv", "This is a link, or lies behind one."),
        ("places.csv", folder, "places.csv", "This is not a plain file."),
        (
            "places.csv",
            lambda path: os.truncate(path, 6 * 10**11),
            "places.csv",
            "has 600,000,000,000 bytes",
        ),
    ],
    "descriptor-files": [
        ("derived", link, "derived", "This is a link"),
        ("", link, "", "This is a link"),
        ("places.csv", Path.unlink, "places.csv", "datapackage.json names this file"),
        ("places.csv", lambda path: path.rename(f"{path}.csv"), "places.csv.csv", "mean data/places.csv?"),
        ("places.xlsx", Path.touch, "places.xlsx", "does not name this file"),
    ],
}


@pytest.mark.parametrize(("rule", "file", "change", "named", "words"), flatten_cases(FILE_FAULTS))
def test_missing_or_undeclared_file_is_reported(
    rule: str, file: str, change: Callable[[Path], Any], named: str, words: str, package: Path
) -> None:
    """A path that is not a regular file is reported too."""
    change(package / "data" / file)
    found = run(package)
    assert {finding.rule for finding in found} == {rule}
    assert any(
        finding.table == f"data/{named}".rstrip("/") and words in finding.message and finding.fix
        for finding in found
    )


@pytest.mark.parametrize(
    ("name", "group", "folder"),
    [
        ("places", "editorial", "editorial"),
        ("terms", "core", "editorial"),
        ("places", "method", "method"),
        ("searches", "core", "method"),
    ],
)
def test_table_outside_the_folder_of_its_group_is_reported(
    name: str, group: str, folder: str, package: Path
) -> None:
    edit_contract(package, lambda whole: table_entry(whole, name).update(group=group))
    (found,) = run(package)
    assert found.rule == FILES.id
    assert found.message == f"Tables of the group {folder} lie in data/{folder}/, and no others."


def test_released_table_has_no_key_to_unreleased_table(package: Path) -> None:
    key = {"fields": ["name"], "reference": {"resource": "terms", "fields": ["term_id"]}}
    edit_contract(package, lambda whole: table_entry(whole, "claims")["schema"].update(foreignKeys=[key]))
    (found,) = run(package)
    assert (found.rule, found.value) == (KEYS.id, "terms.term_id")
    assert found.message == "The table is released, and terms, to which it refers, is not."


def test_huge_cell_is_reported_after_reading_only_up_to_the_line_limit(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cell of 200 MB is read only up to the limit for a line, in two passes, with little memory."""
    places, path = Package(package).contract.table("places"), package / "data/places.csv"
    end = path.read_bytes().count(b"\n") + 1
    with path.open("ab") as file:
        for _ in range(200):
            file.write(b"x" * 1_000_000)
    blocks: list[int] = []
    read = csv_syntax._blocks_of_lines

    def counted(path: Path) -> Iterator[tuple[int, bytes]]:
        for first, block in read(path):
            blocks.append(len(block))
            yield first, block

    monkeypatch.setattr(csv_syntax, "_blocks_of_lines", counted)
    tracemalloc.start()
    found = csv_syntax.findings_on_file(package, places)
    memory = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    path.unlink()
    assert [(finding.rule, finding.line, finding.value) for finding in found] == [
        ("bytes-line-length", end, "x" * 40)
    ]
    assert len(blocks) == 2
    assert memory < 4 * csv_syntax.BLOCK


def first_row_holds(
    text: str, package: Path, tables: list[Table], is_asked: Callable[[Any], bool]
) -> set[Any]:
    """Write a text into the first row of every selected column, and return the places."""
    places = set()
    for table in tables:
        rows = read_csv(package / table.path) or [dict.fromkeys(table.column_names, "")]
        for field in filter(is_asked, table.fields):
            rows[0][field.name] = text
            places.add((table.path, 2, field.name))
        data = csv_text(table.column_names, [list(row.values()) for row in rows])
        (package / table.path).write_text(data, encoding="utf-8", newline="")
    return places


def places_of(findings: list[Finding]) -> set[tuple[str, int, str]]:
    """Return the file, line and field of each finding."""
    return {(finding.table, finding.line, finding.field) for finding in findings}


BAD = {
    "required": "",
    "enum": "no_such_word",
    "pattern": "~ x",
    "minimum": "-99999999",
    "maximum": "99999999",
}


@pytest.mark.slow
@pytest.mark.parametrize("constraint", BAD)
def test_each_constraint_is_checked_in_every_column_that_has_it(constraint: str, package: Path) -> None:
    tables = list(Package(package).contract.tables)
    text = BAD[constraint]
    places = first_row_holds(  # a list is asked word by word, by a rule of its own
        text, package, tables, lambda field: constraint in field.constraints and not field.is_list
    )
    rule = schema.CONSTRAINTS[constraint][0].id
    found = [finding for finding in schema.check(CheckContext(Package(package))) if finding.rule == rule]
    assert places and places <= places_of(found)


def test_package_without_pages_needs_no_featured_role() -> None:
    """In a package without pages, a role that nothing uses is not a fault."""
    featured = [{"role": "a-role", "quote_for": ""}]
    assert [*featured_role_references.findings_on_roles([], featured)] == []
    page = featured_role_references.RoleUse("another", "docs/index.md", 1)
    assert [finding.rule for finding in featured_role_references.findings_on_roles([page], featured)] == [
        "role-known",
        "role-used",
    ]


def test_each_rule_on_files_and_cells_has_a_fault_here() -> None:
    """A rule that nothing can break is useless."""
    tried = {*BYTE_FAULTS, *CONTRACT_FAULTS, *FILE_FAULTS, *(fault[1] for fault in CELL_FAULTS)}
    asked = {
        rule.id for name in ("descriptor", "bytes", "schema") for rule in checks.import_layer(name).RULES
    }
    assert asked - tried == {"descriptor-readable"}  # UNREADABLE has faults for this rule


HOSTILE = {
    TEMPLATE: "template-syntax",
    "{% include '/etc/passwd' %}": "template-syntax",
    "${7*7}": "template-syntax",
    MARKUP: "markup",
    "&#60;script&#62;": "markup",
    "[x](javascript:alert(1))": "markup",
    "=HYPERLINK(1)": "formula-cell",
    "ijm\u202egpj": "control-characters",
    "ijm\u200b": "control-characters",
}


@pytest.mark.slow
@pytest.mark.parametrize("text", mark_later_cases_long(1, zip(HOSTILE)), ids=ascii)
def test_hostile_text_is_found_in_every_column(text: str, package: Path) -> None:
    """In every column of free text, hostile text is found by its own rule."""
    tables = [table for table in Package(package).contract.tables if not table.is_derived]
    places = first_row_holds(text, package, tables, lambda field: field.is_free_text)
    assert len(places) > 90
    rule = next(rule for rule in sql_rules.RULES if rule.id == HOSTILE[text])
    assert places_of(sql_rules.findings_of_rule(CheckContext(Package(package)).database, rule)) == places


@pytest.mark.slow
@pytest.mark.parametrize("text", mark_later_cases_long(1, [(TEMPLATE,), (MARKUP,)]))
def test_hostile_text_is_found_in_every_other_column(text: str, package: Path) -> None:
    """Columns of numbers or of codes, in derived tables too, refuse hostile text."""
    tables = list(Package(package).contract.tables)
    places = first_row_holds(text, package, tables, lambda field: not field.is_free_text)
    assert len(places) > 100
    assert places <= places_of(schema.check(CheckContext(Package(package))))


@given(st.lists(st.text(alphabet='a",', max_size=9), min_size=1, max_size=4), st.integers(1, 4))
def test_quick_check_of_a_block_finds_the_irregular_rows_of_the_check_by_line(
    lines: list[str], width: int
) -> None:
    assume(all(lines))
    faults = [csv_syntax.fault_of_row(line.encode(), width) for line in lines]
    assert csv_syntax.has_only_rows_of_width("".join(f"{line}\n" for line in lines).encode(), width) == (
        not any(faults)
    )


def test_a_surplus_cell_and_a_header_with_semicolons_are_reported(package: Path) -> None:
    assert csv_syntax.fault_of_row(b"a,b,c,d", 2).endswith("Past the last column: “c,d”.")
    path, table = package / "data/organisations.csv", Package(package).contract.table("organisations")
    path.write_bytes(path.read_bytes().replace(b",", b";"))
    assert "Save the file with commas." in csv_syntax.findings_on_file(package, table)[0].message


@pytest.mark.parametrize(
    ("old", "new", "rule"), [(b"\n", b",x\n", "bytes-cells"), (b"aple", b"apl\xe9", "bytes-encoding")]
)
def test_fault_far_down_a_large_file_is_reported_at_its_line(
    old: bytes, new: bytes, rule: str, package: Path
) -> None:
    """Line numbers continue after the first block, and later blocks are checked too."""
    path, table = package / "data/organisations.csv", Package(package).contract.table("organisations")
    header, *rows = path.read_bytes().splitlines(keepends=True)
    many = rows * (3 * csv_syntax.BLOCK // len(b"".join(rows)))
    many[-1] = (b"aple,A,local_ngo\n").replace(old, new)
    path.write_bytes(b"".join([header, *many]))
    assert [(finding.rule, finding.line) for finding in csv_syntax.findings_on_file(package, table)] == [
        (rule, len(many) + 1)
    ]


@pytest.mark.slow
def test_number_of_findings_is_bounded_for_a_file_full_of_faults(package: Path) -> None:
    spoil(package, "data/organisations.csv", lambda data: data + b"\n" * (MOST_OF_A_KIND + 1_000))
    done = report(package)
    assert len(done.findings) == MOST_OF_A_KIND


def test_identical_findings_are_listed_once(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(package, "data/organisations.csv", lambda data: data.replace(b"\n", b"\r\n", 1))
    [found] = checks.run_layers(Package(package), ["bytes"]).findings
    bytes_layer = checks.import_layer("bytes")
    monkeypatch.setattr(bytes_layer, "check", lambda subject: [found, replace(found)])
    assert checks.run_layers(Package(package), ["bytes"]).findings == (found,)


def test_a_row_too_few_in_a_derived_table_is_reported_as_a_line_and_another_cell_as_a_cell() -> None:
    told = reproduction._first_difference_with_message
    assert told("id,n\n", "b,1", "a,1") == ("", "b,1", "The data give: a,1")
    assert told("id,n\n", "a,1", "a,2") == ("n", "1", "In the row a the data give: 2")


def test_unprintable_characters_are_shown_as_code_points() -> None:
    assert to_one_printable_line("a\u202eb\U000e0041c") == r"a\u202eb\U000e0041c"
    assert (
        to_one_printable_line(121 * "x") == 120 * "x" + " …"
        and to_one_printable_line(120 * "x") == 120 * "x"
    )


def test_report_names_the_layers_that_did_not_run(package: Path) -> None:
    """A report on a single sound layer does not claim that the package is sound."""
    done = checks.run_layers(Package(package), ["bytes"])
    left = ["frictionless", "schema", "rules", "published", "reproduction", "prose", "made"]
    assert RENDERINGS["text"](done) == f"No findings. Not checked: {', '.join(left)}."
    assert json.loads(RENDERINGS["json"](done)) == {
        "valid": True,
        "found": {},
        "findings": [],
        "not_listed": 0,
        "layers_run": ["descriptor", "bytes"],
        "layers_not_run": left,
        "notes": [],
    }


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            "--layer bytes --skip bytes",
            "No layer is left to run: another option takes away what --layer names.",
        ),
        ("--skip bytes", "The other layers need descriptor and bytes: leave out --skip of these."),
    ],
)
def test_impossible_choice_of_layers_is_refused_with_a_message(options: str, said: str) -> None:
    done = run_command("check", *options.split())
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{said}\n")


@pytest.mark.parametrize("layer", ["schema", "rules", "reproduction", "prose"])
def test_unreadable_file_is_a_bytes_finding_whichever_layer_was_asked_for(
    layer: str, package: Path
) -> None:
    spoil(package, "data/editorial/terms.csv", lambda data: data.decode().encode("utf-16"))
    done = checks.run_layers(Package(package), [layer])
    assert [(finding.rule, finding.table) for finding in done.findings] == [
        ("bytes-encoding", "data/editorial/terms.csv")
    ]


def lines_of(package: Path, form: str) -> list[str]:
    """Return the lines of the findings in one output format."""
    return RENDERINGS[form](report(package)).split("\n")


def test_finding_output_escapes_hostile_file_names(package: Path) -> None:
    """One line per finding for GitHub, five cells per row in Markdown, and no control characters."""
    (package / "data/a|b\n::error file=x::y\x1b[31m.csv").touch()
    (package / "data/`<b>\u202e.csv").touch()
    for form in ("text", "markdown", "github"):
        assert all(line.isprintable() for line in lines_of(package, form))
    *commands, summary = lines_of(package, "github")
    left = "bytes, frictionless, schema, rules, published, reproduction, prose, made"
    assert summary == f"2 errors found. Not checked: {left}."
    title = "title=descriptor-files::datapackage.json does not name this file"
    files = [re.fullmatch(rf"::error file=([^:,]+),line=1,{title}.+", command) for command in commands]
    assert [match and match[1] for match in files] == [
        r"data/`<b>\u202e.csv",
        r"data/a|b\u000a%3A%3Aerror file=x%3A%3Ay\u001b[31m.csv",
    ]
    rows = lines_of(package, "markdown")[4:]
    assert [(row.count("|"), "`" in row, "<" in row) for row in rows] == [(6, False, False)] * 2
    listed = json.loads("\n".join(lines_of(package, "json")))["findings"]
    assert listed[1]["value"] == "data/a|b\n::error file=x::y\x1b[31m.csv"


@pytest.mark.slow
def test_thousands_of_faults_are_summarised(package: Path) -> None:
    """Similar findings are grouped: JSON gives every place, text only the first; both give the count."""
    end = (package / "data/places.csv").read_bytes().count(b"\n") + 1
    with (package / "data/places.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [f"z{number:04}", "A town", "town", "cambodia", "", "", "not_applicable", ""]
            for number in range(5_000)
        )
    told = json.loads("\n".join(lines_of(package, "json")))
    [listed] = told["findings"]
    assert (told["found"], told["not_listed"]) == ({"error": 5_000}, 0)
    assert (listed["rule"], listed["line"], listed["count"]) == ("schema-enum", end, 5_000)
    assert [place["line"] for place in listed["also"]] == [end + 1 + number for number in range(LAID_OUT)]
    assert f"The same 4,999 more times, line {end + 1}–{end + 4_999}." in lines_of(package, "github")[0]
    text = lines_of(package, "text")
    assert text[0] == f"ERROR data/places.csv, line {end} (z0000), field level"
    places = "; ".join(
        f"data/places.csv, line {end + number} (z{number:04}), field level “town”" for number in range(1, 6)
    )
    assert text[5] == f"  also:  4,999 more of this rule: {places}; 4,994 more"
    left = "frictionless, rules, published, reproduction, prose, made"
    assert text[6] == f"5,000 errors found. Not checked: {left}."
    assert len(text) == 8


def test_long_list_of_allowed_words_is_printed_in_full(package: Path) -> None:
    """A message about a code that is not on a list prints the whole list, however long."""
    fields = {field["name"]: field for field in SCHEMAS["limitations"]["fields"]}
    words = ", ".join(fields["kind"]["constraints"]["enum"])
    assert len(words) > LONGEST_VALUE
    spoil(package, "data/limitations.csv", swap(",coverage,", ",cover,"))
    assert f"  why:   Expected one of: {words}. Did you mean coverage?" in lines_of(package, "text")


COMMANDS: dict[str, tuple[str, Edit, str]] = {  # file, edit, rule that the output must name
    "hostile cell": ("data/places.csv", swap("Siem Reap,city", TEMPLATE + ",city"), "template-syntax"),
    "CRLF": ("data/places.csv", lambda data: data.replace(b"\n", b"\r\n"), "bytes-line-ends"),
    "bound": ("data/reported_values.csv", ages("0", "200"), "schema-bound"),
    "broken JSON": ("datapackage.json", swap(":", ""), "descriptor-readable"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "form"), mark_later_cases_long(1, zip(COMMANDS, RENDERINGS, strict=True)))
def test_check_command_prints_the_fault_in_every_format(name: str, form: str, package: Path) -> None:
    """In every format the command exits with 1 and names rule and file, without a traceback."""
    file, edit, rule = COMMANDS[name]
    spoil(package, file, edit)
    run_it = run_in_own_process if form == "text" else run_command
    done = run_it("check", "--package", str(package), "--format", form, *OUR_OWN)
    found = report(package)
    assert done.returncode == 1
    assert done.stdout == RENDERINGS[form](found) + "\n"
    assert all(rule in render(found) and file in render(found) for render in RENDERINGS.values())
    assert "Traceback" not in done.stdout + done.stderr
    assert "\nNot run, because " in done.stderr and done.stderr.endswith(
        "made. Fix these, then run again.\n"
    )


TEXT = json.dumps(DESCRIPTOR, ensure_ascii=False, indent=2)
PLACES = [
    (f"resources.{table}.schema.fields.{column}", resource["name"], field["name"])
    for table, resource in enumerate(DESCRIPTOR["resources"])
    for column, field in enumerate(resource["schema"]["fields"])
]


@pytest.mark.parametrize(("numbered", "table", "name"), PLACES[::29])
def test_line_of_a_column_is_found_by_name_and_by_number(numbered: str, table: str, name: str) -> None:
    lines = TEXT.splitlines()
    begin = lines.index(f'      "name": "{table}",')
    wanted = lines.index(f'            "name": "{name}",', begin) + 1
    for place in (f"{table}.{name}", numbered):
        assert descriptor.line_of_json_path(TEXT, DESCRIPTOR, place) == wanted
    type_at = descriptor.line_of_json_path(TEXT, DESCRIPTOR, f"{numbered}.type")
    assert lines[type_at - 1].startswith('            "type": ') and 0 < type_at - wanted < 9


@pytest.mark.parametrize("place", ["", "nowhere.at all", "resources.999"])
def test_missing_part_of_the_contract_gets_the_line_of_its_parent(place: str) -> None:
    assert descriptor.line_of_json_path(TEXT, DESCRIPTOR, place) in (
        0,
        descriptor.line_of_json_path(TEXT, DESCRIPTOR, "resources"),
    )
