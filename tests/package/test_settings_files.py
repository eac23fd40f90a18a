"""Damaged settings, records and datapackage.json give a sentence with file and line, not an exception."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts import checks
from scripts.package import release_record
from scripts.package.contract import Contract, loosened_constraints
from scripts.package.package import Package
from scripts.package.release_record import UnreadableRecord
from scripts.publish.release_history import RecordedRelease, RowCounts, releases_as_json
from tests.conftest import (
    FROZEN,
    column_entry,
    copy_package,
    edit_contract,
    findings_of,
    run_command,
    table_entry,
    with_subtests,
)
from tests.contribute.test_damaged import bytes_of, tree_of

MARKS = "<<<<<<< HEAD\n=======\n>>>>>>> other\n"
COUNTED = {f"table_{number}": RowCounts(number, number, 0, 0) for number in range(30)}
RECORD = releases_as_json([RecordedRelease("1.0.0", "2026-11-25", "", "0" * 64, (), (), COUNTED)])


@with_subtests(range(120))
def test_random_damage_to_the_release_record_is_refused_or_read(seed: int) -> None:
    chance = random.Random(seed)
    text = chance.choice((bytes_of, tree_of))(RECORD.encode(), chance).decode(errors="replace")
    try:
        read = release_record.parse_release_record(text)
    except UnreadableRecord as error:
        assert str(error).startswith("releases.json") and str(error).endswith(".")
    else:
        assert all(set(entry) == set(json.loads(RECORD)[0]) for entry in read)


def test_error_in_the_release_record_names_the_entry() -> None:
    first = json.loads(RECORD)[0]
    two = [first | {"version": "1.1.0", "previous": "1.0.0"}, first | {"date": "yesterday"}]
    with pytest.raises(UnreadableRecord, match=r"\[1\]\.date"):
        release_record.parse_release_record(json.dumps(two))


@pytest.mark.parametrize("rows", [-1, 10**12, True, "1"])
def test_release_record_with_a_row_count_that_is_no_number_is_refused(rows: object) -> None:
    [entry] = json.loads(RECORD)
    entry["tables"]["table_0"]["rows"] = rows
    with pytest.raises(UnreadableRecord, match=r"\[0\]\.tables"):
        release_record.parse_release_record(json.dumps([entry]))


FILES = {  # file, what it holds then, and the line that is named
    "overrides/main.html": (f"<p>\n{MARKS}", 2),
    "docs/context.md": ("---\ntitle: a: b\n---\n# Context\n", 1),
    "docs/about.md": (f"# Ethics\n\n{MARKS}", 3),
}


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_beside_the_data_is_a_finding_at_its_line(name: str, package: Path) -> None:
    text, line = FILES[name]
    (package / name).write_text(text, encoding="utf-8")
    found = [
        finding
        for finding in findings_of(package, "--layer", "prose")
        if finding["rule"] == "prose-readable"
    ]
    assert [(finding["table"], finding["line"]) for finding in found] == [(name, line)]


def test_command_reports_what_is_wrong_with_the_release_record(package: Path) -> None:
    (package / "releases.json").write_text(MARKS, encoding="utf-8")
    done = run_command("site", "--pages-only", "--package", str(package))
    assert done.returncode == 2
    assert "releases.json, the whole file: It cannot be read: " in done.stderr


@pytest.mark.parametrize(
    ("name", "rule"), [("data/places.csv", "bytes-cells"), ("datapackage.json", "descriptor-readable")]
)
def test_merge_conflict_marks_are_reported_in_every_kind_of_file(
    name: str, rule: str, package: Path
) -> None:
    lines = (package / name).read_text(encoding="utf-8").splitlines(keepends=True)
    (package / name).write_text("".join([*lines[:2], MARKS, *lines[2:]]), encoding="utf-8")
    found = findings_of(package)
    assert (found[0]["rule"], found[0]["table"], found[0]["line"]) == (rule, name, 3)
    assert "merge" in found[0]["message"]


CONTRACTS: list[tuple[Callable[[Any], object], str]] = [  # a change, and the place that is named
    (lambda whole: whole.update(version="1.0"), "version"),
    (lambda whole: whole.update(version="1.0.0-dev1"), "version"),
    (lambda whole: whole.update(version="1.0.0-rc.1"), "version"),
    (lambda whole: whole.update(title="A\u0007title"), ""),
    (lambda whole: whole.update(keywords=["a", " b"]), "keywords"),
    (lambda whole: whole["licenses"][0].update(name="CC-BY-4"), "licenses.0.name"),
    (lambda whole: whole["licenses"][0].update(path="https://x y"), "licenses.0.path"),
    (
        lambda whole: column_entry(whole, "places", "place_id").update(example="Phnom Penh"),
        "places.place_id",
    ),
    (lambda whole: column_entry(whole, "places", "level").update(example="town"), "places.level"),
    (lambda whole: column_entry(whole, "places", "name").update(description="{{ x }}"), "places.name"),
    (lambda whole: column_entry(whole, "places", "name").update(title="<b>Name"), "places.name"),
    (
        lambda whole: column_entry(whole, "reported_values", "age_min")["constraints"].update(minimum=200),
        "reported_values.age_min",
    ),
]


@pytest.mark.parametrize(("change", "place"), CONTRACTS)
def test_malformed_parts_of_the_contract_are_reported(
    change: Callable[[Any], object], place: str, package: Path
) -> None:
    edit_contract(package, change)
    found = findings_of(package, "--layer", "descriptor")
    assert {finding["rule"] for finding in found} <= {"descriptor-form", "descriptor-profile"}
    assert place in {finding["field"] for finding in found}


@pytest.mark.slow
def test_a_type_that_a_rule_cannot_work_with_is_a_finding(package: Path) -> None:
    def change(whole: Any) -> None:
        low = column_entry(whole, "reported_values", "low")
        low["type"] = "string"
        low.pop("constraints", None)

    edit_contract(package, change)
    found = findings_of(package, "--layer", "rules")
    assert {finding["rule"] for finding in found} == {"descriptor-tables"}
    assert "cannot work with the tables" in found[0]["message"]


def test_template_command_reports_an_unreadable_contract(package: Path) -> None:
    (package / "datapackage.json").write_text('{"title": 1,\n', encoding="utf-8")
    done = run_command("contribute", "template", str(package / "x.xlsx"), "--package", str(package))
    assert done.returncode == 2 and "datapackage.json cannot be read" in done.stderr


def contract_with(change: Callable[[Any], object]) -> Contract:
    """Return the contract read from datapackage.json after a change."""
    from scripts.package import contract

    whole = json.loads((FROZEN / "datapackage.json").read_text(encoding="utf-8"))
    change(whole)
    return contract.parse_contract(whole)


def without_keys(whole: Any) -> None:
    """Remove the last foreign key of the table of replies."""
    table_entry(whole, "replies")["schema"]["foreignKeys"].pop()


def one_more_word(whole: Any) -> None:
    """Add a term to a list as `tidy` writes it."""
    field = column_entry(whole, "places", "level")
    field["categories"].append({"value": "town", "label": "town"})
    field["constraints"]["enum"].append("town")


LOOSER: list[tuple[Callable[[Any], object], str, str]] = [
    (
        lambda whole: column_entry(whole, "places", "name")["constraints"].pop("required"),
        *("places.name", "the constraint required"),
    ),
    (one_more_word, "places.level", "the constraint enum"),
    (
        lambda whole: column_entry(whole, "reported_values", "age_max")["constraints"].update(maximum=999),
        *("reported_values.age_max", "the constraint maximum"),
    ),
    (
        lambda whole: column_entry(whole, "reported_values", "age_min")["constraints"].update(minimum=-5),
        *("reported_values.age_min", "the constraint minimum"),
    ),
    (without_keys, "replies.not_available_id", "a key of not_available"),
]


@pytest.mark.parametrize(("change", "place", "words"), LOOSER)
def test_contract_change_that_loosens_a_constraint_is_reported(
    change: Callable[[Any], object], place: str, words: str
) -> None:
    before = Package(FROZEN).contract.tables
    after = contract_with(change).tables
    assert [*loosened_constraints(before, after)] == [(place, words)]
    assert [*loosened_constraints(after, before)] == []


@pytest.mark.slow
def test_loosened_contract_needs_a_minor_version(package: Path, tmp_path: Path) -> None:
    base = copy_package(tmp_path / "base")
    for place in (base, package):
        edit_contract(place, lambda whole: whole.update(version="1.0.0"))
    edit_contract(package, one_more_word)

    def found() -> list[str]:
        with Package(base) as before, Package(package) as now:
            report = checks.run_layers(now, ["published"], base=before)
        return [
            finding.field for finding in report.findings if finding.rule == "published-constraint-stays"
        ]

    assert found() == ["places.level"]
    edit_contract(package, lambda whole: whole.update(version="1.1.0-dev0"))
    assert found() == []
