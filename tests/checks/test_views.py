"""Rules read views generated from datapackage.json, so they cover a new table of data/ unedited."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from scripts.checks import descriptor, schema, sql_rules
from scripts.checks.context import CheckContext
from scripts.package.files import csv_text
from scripts.package.package import Package
from tests.conftest import DESCRIPTOR, FROZEN, change_rows, edit_contract, read_csv

ID, DATE = "^[A-Za-z0-9-]+$", "^[0-9]{4}(-[0-9]{2})?$"
PERIOD = "^[0-9]{4}(-[0-9]{2})?(/[0-9]{4}(-[0-9]{2})?)?$"
HEADER = ["visit_id", "follows", "source_id", "seen", "span", "note", "note_reason"]
ROWS = [
    ["visit-1", "visit-2", "unused-source", "2015-13", "2015/2012", "", ""],
    ["visit-2", "visit-1", "", "2015-12", "2012/2015", "Child prostitutes.", ""],
    ["Visit-2", "", "", "2015-12", "2012/2015", " two", ""],
]
FOUND = {  # rule, line, field
    ("no-ring", 2, "follows"),
    ("no-ring", 3, "follows"),
    ("date-does-not-exist", 2, "seen"),
    ("dates-out-of-order", 2, "span"),
    ("blank-needs-a-reason", 2, "note"),
    ("term-to-avoid", 3, "note"),
    ("ids-differ-in-more-than-case", 4, "visit_id"),
    ("rows-sorted-by-key", 4, "visit_id"),
    ("spaces-at-the-ends", 4, "note"),
}


def column(name: str, **constraints: object) -> dict[str, Any]:
    """Return the description of a column, as a contributor would write it."""
    words = {"title": name.capitalize(), "description": f"The {name}."}
    return {"name": name, "type": "string", **words, "constraints": constraints}


NOT_READ = next(word for word in DESCRIPTOR["commonWords"] if word["value"] == "not_read")


def add_table(package: Path) -> None:
    """Describe and fill a table that no rule knows."""
    fields = [
        column("visit_id", required=True, pattern=ID),
        column("follows", pattern=ID),
        column("source_id", pattern=ID),
        column("seen", pattern=DATE),
        column("span", pattern=PERIOD),
        column("note"),
        column("note_reason", enum=["not_read"]) | {"categories": [NOT_READ]},
    ]
    keys = [
        {"fields": ["follows"], "reference": {"resource": "", "fields": ["visit_id"]}},
        {"fields": ["source_id"], "reference": {"resource": "sources", "fields": ["source_id"]}},
    ]
    del keys[0]["reference"]["resource"]  # a table that refers to itself names no other
    made = {"fields": fields, "primaryKey": ["visit_id"], "foreignKeys": keys, "missingValues": [""]}
    new = {"name": "visits", "path": "data/visits.csv", "title": "Visits", "schema": made}
    edit_contract(package, lambda whole: whole["resources"].append(whole["resources"][0] | new))
    (package / "data/visits.csv").write_text(csv_text(HEADER, ROWS), encoding="utf-8")


@pytest.mark.slow
def test_rules_cover_a_new_table_without_an_edit(package: Path) -> None:
    add_table(package)
    new = {"source_id": "unused-source", "url": "https://example.org/unused"}
    change_rows(package, "sources", lambda rows: rows.append(rows[-1] | new))
    with Package(package) as opened:
        subject = CheckContext(opened)
        assert descriptor.check(subject) == schema.check(subject) == []
        found = [finding for finding in sql_rules.check(subject) if finding.table == "data/visits.csv"]
        cited = [finding.value for finding in sql_rules.check(subject) if finding.rule == "row-not-used"]
    assert {(finding.rule, finding.line, finding.field) for finding in found} == FOUND
    assert cited == []  # the source is used by the new table


def test_dates_are_reported_by_their_type_or_pattern() -> None:
    """The view of dates contains exactly the columns of data/ whose cells all look like dates."""
    with Package(FROZEN) as package:
        query = "SELECT DISTINCT file, field FROM partial_dates"
        seen = {(file, field) for file, field in package.database().execute(query).fetchall()}
    looks = re.compile(r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d)?)?")
    wanted = set()
    for table in (
        table for table in DESCRIPTOR["resources"] if not table["path"].startswith("data/derived/")
    ):
        rows = read_csv(FROZEN / table["path"])
        for field in (field for field in table["schema"]["fields"] if field["type"] in ("string", "date")):
            cells = [row[field["name"]] for row in rows if row[field["name"]]]
            if cells and all(map(looks.fullmatch, cells)):
                wanted.add((table["path"], field["name"]))
    assert seen == wanted


def test_package_without_dates_foreign_keys_and_reasons_is_loaded(tmp_path: Path) -> None:
    """A view without any column to read is empty and does not fail."""
    [table] = [table for table in DESCRIPTOR["resources"] if table["name"] == "organisations"]
    (tmp_path / "data").mkdir()
    (tmp_path / table["path"]).write_bytes((FROZEN / table["path"]).read_bytes())
    whole = json.dumps(DESCRIPTOR | {"resources": [table]})
    (tmp_path / "datapackage.json").write_text(whole, encoding="utf-8")
    with Package(tmp_path) as package:
        subject = CheckContext(package)
        assert schema.check(subject) == []
        for view in ("partial_dates", "references_of_rows", "cells_with_reason"):
            assert subject.database.execute(f"FROM {view}").fetchall() == []


def test_each_check_reads_contract_and_files_anew(package: Path) -> None:
    """Cached findings on datapackage.json are dropped when it or a file of the package changes."""
    edit_contract(package, lambda whole: whole.update(title="A title of its own"))
    with Package(package) as opened:
        subject = CheckContext(opened)
        assert descriptor.check(subject) == []
        (package / "data/more.csv").write_text("a\n1\n", encoding="utf-8")
        [found] = descriptor.check(subject)
        edit_contract(package, lambda whole: whole.update(title="Another title", versoin="1"))
        assert [finding.value for finding in descriptor.check(subject)] == ["versoin"]
    assert (found.rule, found.table) == ("descriptor-files", "data/more.csv")


@pytest.mark.parametrize(("depth", "rule"), [(40, "descriptor-property"), (10**5, "descriptor-readable")])
def test_deeply_nested_json_is_reported(depth: int, rule: str) -> None:
    brackets = "[" * depth + "]" * depth
    text = json.dumps(DESCRIPTOR | {"title": r"[\"[" * 99}).replace(
        '"resources": [{', f'"resources": [{{"x": {brackets}, ', 1
    )
    (found, *_), _ = descriptor._parse_with_findings(text)
    assert found.rule == rule
