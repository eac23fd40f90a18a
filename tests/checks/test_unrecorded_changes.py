"""Each kind of change to published rows is reported without a correction, and accepted with one."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts import checks
from scripts.__main__ import main
from scripts.checks import unrecorded_changes as published
from scripts.checks.context import CheckContext
from scripts.findings import NOTHING_YET, Finding
from scripts.package import database, earlier_state
from scripts.package.contract import Field, Table
from scripts.package.files import csv_text
from scripts.package.package import Package
from scripts.package.row_changes import AFTER, BEFORE, changed_rows
from tests.conftest import (
    COLUMNS,
    DESCRIPTOR,
    FROZEN,
    PATHS,
    change_cells,
    change_rows,
    column_entry,
    edit_contract,
    free_withdrawn_readings,
    line_of,
    read_csv,
    run_command,
    table_entry,
)
from tests.repository import run_git

pytestmark = pytest.mark.xdist_group("published")  # so that one worker makes the published version once
Rows = list[dict[str, str]]
OLD = {  # a correction in the published version
    "correction_id": "C001",
    "version": "1.0.0",
    "date": "2026-11-25",
    "kind": "correction",
    "table_name": "places",
    "row_key": "siem-reap",
    "field": "name",
    "was": "Siem Raep",
    "became": "Siem Reap",
    "reason": "A slip.",
}


def new_correction(
    number: int, table: str, key: str, field: str, was: str, became: str, **cells: str
) -> dict[str, str]:
    """Return a valid row of the table of corrections."""
    told = {
        "correction_id": f"C{number:03}",
        "version": "1.1.0",
        "kind": "correction" if field else "removal",
        "table_name": table,
        "row_key": key,
        "field": field,
        "was": was,
        "became": became,
    }
    return OLD | told | cells


def set_version(package: Path, version: object) -> None:
    """Set the version in datapackage.json."""
    edit_contract(package, lambda whole: whole.update(version=version))


def copy_data(source: Path, place: Path) -> Path:
    """Copy the data and datapackage.json only, since this layer reads no pages."""
    shutil.copytree(source / "data", place / "data")
    shutil.copyfile(source / "datapackage.json", place / "datapackage.json")
    return place


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as if published as 1.0.0, with one correction."""
    place = copy_data(FROZEN, tmp_path_factory.mktemp("published") / "whole")
    set_version(place, "1.0.0")
    change_rows_of(place, "corrections", lambda rows: [OLD])
    change_rows(place, "reported_values", free_withdrawn_readings)
    return place


FEW = ("places", "claims", "series_breaks", "scopes", "organisations", "reported_values", "corrections")


@pytest.fixture(scope="module")
def base(whole: Path) -> Path:
    """The package with a few short tables, which load faster and are all that these tests need."""
    place = whole.with_name("base")
    (place / "data").mkdir(parents=True)
    for name in FEW:
        source = whole if name in ("places", "corrections") else FROZEN
        shutil.copyfile(source / PATHS[name], place / PATHS[name])
    shutil.copyfile(whole / "datapackage.json", place / "datapackage.json")
    edit_contract(
        place,
        lambda contract: contract.update(
            resources=[table for table in contract["resources"] if table["name"] in FEW]
        ),
    )
    return place


@pytest.fixture
def head(base: Path, tmp_path: Path) -> Path:
    """The next version of the package, for a test to change."""
    place = copy_data(base, tmp_path / "head")
    set_version(place, "1.1.0")
    return place


def change_rows_of(package: Path, table: str, change: Callable[[Rows], Rows]) -> None:
    """Replace the rows of a table with those that a function returns."""

    def edit(rows: Rows) -> None:
        rows[:] = change(rows)

    change_rows(package, table, edit)


def drop_row(package: Path, table: str, key: str) -> None:
    """Remove the row with this key from a table."""
    change_rows_of(package, table, lambda rows: [row for row in rows if next(iter(row.values())) != key])


def add_corrections(package: Path, *entries: dict[str, str]) -> None:
    """Add rows to the table of corrections."""
    change_rows_of(package, "corrections", lambda rows: [*rows, *entries])


def findings(head: Path, base: Path) -> list[Finding]:
    """Return the findings of this layer only."""
    return published.check(CheckContext(Package(head, with_derived=False), base=Package(base)))


def facts_of_findings(found: list[Finding]) -> list[tuple[str, str, str, str]]:
    """Return the rule, file, field and value of each finding."""
    return [(finding.rule, Path(finding.table).stem, finding.field, finding.value) for finding in found]


def proposed_correction(found: Finding) -> dict[str, str]:
    """Parse the row of corrections that a finding proposes."""
    (cells,) = csv.reader([found.fix.split("your reason for WHY: ")[1]])
    return dict(zip(COLUMNS["corrections"], cells, strict=True))


@pytest.mark.slow
def test_unchanged_and_added_rows_have_no_finding(base: Path, head: Path) -> None:
    assert findings(head, base) == []
    change_rows(head, "claims", lambda rows: rows.insert(0, rows[0] | {"claim_id": "a-new-one"}))
    assert findings(head, base) == [], "added rows are free"


def test_changed_published_cell_without_correction_is_reported_with_the_row_to_add(
    base: Path, head: Path
) -> None:
    was = change_cells(head, "places", "phnom-penh", name='Phnom, "Penh"')["name"]
    (found,) = findings(head, base)
    assert (found.rule, found.table, found.field, found.value) == (
        "published-cell-stays",
        "data/places.csv",
        "name",
        'Phnom, "Penh"',
    )
    assert (found.line, found.row) == (line_of(head, "places", "phnom-penh"), "phnom-penh")
    assert was in found.message and "1.0.0" in found.message
    row = proposed_correction(found)
    assert row == OLD | {
        "correction_id": "C002",
        "version": "1.1.0",
        "date": row["date"],
        "row_key": "phnom-penh",
        "was": was,
        "became": 'Phnom, "Penh"',
        "reason": "WHY",
    }
    add_corrections(head, row)
    assert findings(head, base) == [], "the row that was proposed is what was missing"


def test_corrections_proposed_by_several_findings_are_accepted_together(base: Path, head: Path) -> None:
    change_cells(head, "places", "phnom-penh", name="Another")
    change_cells(head, "places", "phnom-penh", note="A note.")
    drop_row(head, "scopes", read_csv(head / "data/scopes.csv")[0]["scope_id"])
    rows = [proposed_correction(finding) for finding in findings(head, base)]
    assert [row["correction_id"] for row in rows] == [f"C{at:03}" for at in range(2, 2 + len(rows))]
    add_corrections(head, *rows)
    assert findings(head, base) == []


def test_removed_published_row_without_correction_is_reported(base: Path, head: Path) -> None:
    drop_row(head, "series_breaks", read_csv(head / "data/series_breaks.csv")[0]["series_id"])
    found = findings(head, base)
    assert {finding.rule for finding in found} == {"published-row-stays"} and {
        finding.line for finding in found
    } == {0}
    gone = read_csv(base / "data/series_breaks.csv")[0]
    row = proposed_correction(found[0])
    assert row["row_key"] == f"{gone['series_id']} {gone['break_id']}"
    assert (row["kind"], row["field"]) == ("removal", "")
    add_corrections(head, *(proposed_correction(finding) for finding in found))
    assert findings(head, base) == []


def test_changed_key_is_reported_as_a_removed_row(base: Path, head: Path) -> None:
    """Changing a key counts as removing a row, since links to the old key break."""
    change_cells(head, "claims", read_csv(head / "data/claims.csv")[0]["claim_id"], claim_id="another-id")
    assert [finding.rule for finding in findings(head, base)] == ["published-row-stays"]


def test_published_reading_can_be_withdrawn_but_not_removed(base: Path, head: Path) -> None:
    show = change_cells(head, "reported_values", "KH012", show="withdrawn")["show"]
    (found,) = findings(head, base)
    row = proposed_correction(found)
    assert (row["kind"], row["field"], row["was"], row["became"]) == (
        "withdrawal",
        "show",
        show,
        "withdrawn",
    )
    add_corrections(head, row)
    assert findings(head, base) == []
    drop_row(head, "reported_values", "KH012")
    (found,) = findings(head, base)
    assert (found.rule, found.line) == ("published-row-stays", 0)
    assert "keeps its row and its page" in found.fix


def test_correction_cannot_excuse_the_removal_of_a_reading(base: Path, head: Path) -> None:
    drop_row(head, "reported_values", "KH012")
    (found,) = findings(head, base)
    assert found.fix.endswith("One that is wrong is withdrawn.")
    add_corrections(head, new_correction(2, "reported_values", "KH012", "", "", ""))
    assert [finding.rule for finding in findings(head, base)] == ["published-row-stays"]


PENH = ("places", "phnom-penh", "name")
MISMATCHES: dict[str, tuple[list[dict[str, str]], list[tuple[str, str]]]] = {
    "as it was": ([new_correction(2, *PENH, "Phnom Penh", "X")], []),
    "in two steps": ([new_correction(2, *PENH, "Phnom Penh", "Y"), new_correction(3, *PENH, "Y", "X")], []),
    "another was": ([new_correction(2, *PENH, "Phnom Pen", "X")], [("was", "Phnom Pen")]),
    "another became": ([new_correction(2, *PENH, "Phnom Penh", "Z")], [("became", "Z")]),
    "turned round": (
        [new_correction(2, *PENH, "X", "Phnom Penh")],
        [("was", "X"), ("became", "Phnom Penh")],
    ),
    "steps that do not meet": (
        [new_correction(2, *PENH, "Phnom Penh", "Y"), new_correction(3, *PENH, "Z", "X")],
        [("was", "Z")],
    ),
    "steps in the wrong order": (
        [new_correction(2, *PENH, "Y", "X"), new_correction(3, *PENH, "Phnom Penh", "Y")],
        [("was", "Y"), ("was", "Phnom Penh"), ("became", "Y")],
    ),
    "the published version": (
        [new_correction(2, *PENH, "Phnom Penh", "X", version="1.0.0")],
        [("version", "1.0.0")],
    ),
    "an older version": (
        [new_correction(2, *PENH, "Phnom Penh", "X", version="0.9.9")],
        [("version", "0.9.9")],
    ),
    "a version after the next": (
        [new_correction(2, *PENH, "Phnom Penh", "X", version="10.0.0")],
        [("version", "10.0.0")],
    ),
    "a version that changes no cell": (
        [new_correction(2, *PENH, "Phnom Penh", "X", version="1.0.1")],
        [("version", "1.0.1")],
    ),
    "there and back": (
        [
            new_correction(2, *PENH, "Phnom Penh", "X"),
            new_correction(3, "places", "siem-reap", "name", "Siem Reap", "Y"),
            new_correction(4, "places", "siem-reap", "name", "Y", "Siem Reap"),
        ],
        [("became", "Siem Reap")],
    ),
    "a withdrawal of a place": (
        [new_correction(2, *PENH, "Phnom Penh", "X", kind="withdrawal")],
        [("kind", "withdrawal")],
    ),
    "a change that was not made": (
        [
            new_correction(2, *PENH, "Phnom Penh", "X"),
            new_correction(3, "places", "siem-reap", "name", "Siem Reap", "Y"),
        ],
        [("became", "Y")],
    ),
    "a row that is new": (
        [
            new_correction(2, *PENH, "Phnom Penh", "X"),
            new_correction(3, "places", "a-new-place", "name", "A", "B"),
        ],
        [("row_key", "a-new-place")],
    ),
    "a table that is new": (
        [
            new_correction(2, *PENH, "Phnom Penh", "X"),
            new_correction(3, "a_new_table", "a", "name", "A", "B"),
        ],
        [("table_name", "a_new_table")],
    ),
}


@pytest.mark.parametrize("case", MISMATCHES)
def test_correction_that_does_not_match_the_change_is_reported(case: str, base: Path, head: Path) -> None:
    told, faults = MISMATCHES[case]
    change_cells(head, "places", "phnom-penh", name="X")
    add_corrections(head, *told)
    wanted = [("correction-tells-a-change", "corrections", field, value) for field, value in faults]
    assert facts_of_findings(findings(head, base)) == wanted


def test_the_thousandth_correction_follows_the_one_before(base: Path, head: Path) -> None:
    """Ids of corrections are sorted as numbers, not as text: C1000 comes after C999."""
    change_cells(head, "places", "phnom-penh", name="X")
    add_corrections(
        head, new_correction(1000, *PENH, "Y", "X"), new_correction(999, *PENH, "Phnom Penh", "Y")
    )
    assert findings(head, base) == []


def test_a_removal_may_follow_a_correction(base: Path, head: Path) -> None:
    key = read_csv(head / "data/claims.csv")[0]
    drop_row(head, "claims", key["claim_id"])
    told = new_correction(2, "claims", key["claim_id"], "name", key["name"], "Another")
    add_corrections(head, told, new_correction(3, "claims", key["claim_id"], "", "", ""))
    assert findings(head, base) == []


def test_earlier_correction_does_not_excuse_a_new_change(base: Path, head: Path) -> None:
    """A correction published with 1.0.0 does not cover a change of the same cell in 1.1.0."""
    change_cells(head, "places", "siem-reap", name="Siem Raep")
    assert [finding.rule for finding in findings(head, base)] == ["published-cell-stays"]


def test_published_corrections_are_append_only(base: Path, head: Path) -> None:
    change_cells(head, "corrections", "C001", reason="Another reason.")
    (found,) = findings(head, base)
    assert (found.rule, found.line, found.row, found.field) == (
        "corrections-only-grow",
        2,
        "C001",
        "reason",
    )
    assert "A slip." in found.message
    change_rows_of(head, "corrections", lambda rows: [])
    (found,) = findings(head, base)
    assert (found.rule, found.line) == ("corrections-only-grow", 0) and "C001" in found.message


@pytest.mark.slow
@pytest.mark.parametrize(("version", "faults"), [("1.1.0", 1), ("1.99.99", 1), ("2.0.0", 0), ("10.0.0", 0)])
def test_removing_a_column_needs_a_new_major_version(
    version: str, faults: int, base: Path, head: Path
) -> None:
    """A removed column is reported once; the other columns of the table are still compared."""
    set_version(head, version)
    drop_column(head, "places", "note")
    found = findings(head, base)
    assert [(finding.rule, finding.table, finding.field) for finding in found] == [
        ("published-column-stays", "datapackage.json", "places.note")
    ] * faults
    change_cells(head, "places", "phnom-penh", name="X")
    assert "published-cell-stays" in [finding.rule for finding in findings(head, base)]


def drop_column(package: Path, table: str, column: str) -> None:
    """Remove a column from a table and from datapackage.json."""
    rows = read_csv(package / PATHS[table])
    header = [name for name in rows[0] if name != column]
    text = csv_text(header, [[row[name] for name in header] for row in rows])
    (package / PATHS[table]).write_text(text, encoding="utf-8", newline="")

    edit_contract(
        package, lambda w: table_entry(w, table)["schema"]["fields"].remove(column_entry(w, table, column))
    )


@pytest.mark.parametrize("table", ["organisations", "corrections"])
def test_removing_a_table_needs_a_new_major_version(table: str, base: Path, head: Path) -> None:
    (head / PATHS[table]).unlink()
    edit_contract(head, lambda whole: whole["resources"].remove(table_entry(whole, table)))
    assert facts_of_findings(findings(head, base)) == [
        ("published-column-stays", "datapackage", table, "1.1.0")
    ]
    set_version(head, "2.0.0")
    assert findings(head, base) == []


def test_changed_primary_key_is_reported_as_a_change_of_the_contract(base: Path, head: Path) -> None:
    edit_contract(
        head, lambda whole: table_entry(whole, "organisations")["schema"].update(primaryKey=["name"])
    )
    (found,) = findings(head, base)
    assert (found.rule, found.field) == ("published-column-stays", "organisations")
    assert found.message == "Version 1.0.0 has the key of organisations: organisation_id."


def test_changed_column_type_is_reported_as_a_change_of_the_contract(base: Path, head: Path) -> None:
    """A changed type, such as text to number, breaks programs just as a removed column does."""
    edit_contract(head, lambda whole: column_entry(whole, "places", "note").update(type="number"))
    (found,) = findings(head, base)
    assert (found.rule, found.field) == ("published-column-stays", "places.note")
    assert found.message == "Version 1.0.0 has the column places.note (string)."
    set_version(head, "2.0.0")
    assert findings(head, base) == []


@pytest.mark.parametrize("version", ["0.1.0", "0.99.99", "1.0.0-rc.1", "1.0.0-0"])
def test_rows_may_change_freely_before_version_1_0_0(
    version: str, base: Path, head: Path, tmp_path: Path
) -> None:
    before = copy_data(base, tmp_path / "before")
    set_version(before, version)
    change_cells(head, "places", "phnom-penh", name="X")
    change_rows_of(head, "corrections", lambda rows: [])
    subject = CheckContext(Package(head, with_derived=False), base=Package(before))
    assert published.check(subject) == []
    assert subject.notes == [f"Nothing is published yet: the version of the base is {version}."]


@pytest.mark.parametrize("version", ["1.0.0", "1.2.0", "1.2.0-beta.1", "1.0.0+build.5", "12.0.0"])
def test_rows_may_not_change_freely_from_version_1_0_0(
    version: str, base: Path, head: Path, tmp_path: Path
) -> None:
    before = copy_data(base, tmp_path / "before")
    set_version(before, version)
    set_version(head, version)
    change_cells(head, "places", "phnom-penh", name="X")
    (found,) = findings(head, before)
    row = proposed_correction(found)
    assert found.rule == "published-cell-stays"
    assert earlier_state.parse_version(row["version"]) > earlier_state.parse_version(version)  # type: ignore[operator]
    add_corrections(head, row)
    assert findings(head, before) == []


@pytest.mark.parametrize("version", ["0.9.0", "1.0.0-rc.1", "next", "1.0", ""])
def test_lower_version_than_the_base_is_reported(version: str, base: Path, head: Path) -> None:
    """A version must not fall below the published one, or the next check would find nothing published."""
    set_version(head, version)
    assert facts_of_findings(findings(head, base)) == [
        ("version-goes-on", "datapackage", "version", version)
    ]


@pytest.mark.parametrize("version", ["", "v1", "1.0", "1.0.0.0", "２.0.0", "9" * 5000 + ".0.0", 1])
def test_base_with_an_invalid_version_is_refused(
    version: object, base: Path, head: Path, tmp_path: Path
) -> None:
    before = copy_data(base, tmp_path / "before")
    set_version(before, version)
    with pytest.raises(earlier_state.NoComparisonBase, match="which is none like"):
        findings(head, before)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda place: (place / "datapackage.json").write_text("{"), "cannot be read: JSONDecodeError"),
        (lambda place: (place / "datapackage.json").write_text("[]"), "cannot be read: TypeError"),
        (lambda place: (place / "data/places.csv").unlink(), "data/places.csv of the base"),
        (lambda place: (place / "data/places.csv").write_text('a,b\n"'), "data/places.csv of the base"),
    ],
)
def test_unreadable_base_is_refused(
    spoil: Callable[[Path], object], said: str, base: Path, head: Path, tmp_path: Path
) -> None:
    before = copy_data(base, tmp_path / "before")
    spoil(before)
    with pytest.raises(earlier_state.NoComparisonBase, match=said):
        findings(head, before)


# Every addition, change and removal is reported, and nothing else.
CELLS = st.sampled_from(["", "a", "b", "a,b", 'x"y', "é", " "])
TABLES = st.dictionaries(st.sampled_from(list("pqrstuv")), st.tuples(CELLS, CELLS), max_size=7)


def table(*names: str) -> Table:
    """Return a table of text columns whose first column is the key."""
    fields = tuple(Field(name, "string", name, name, {}) for name in names)
    return Table("t", "t.csv", "", "", fields, (names[0],), ())


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(before=TABLES, after=TABLES)
def test_row_changes_equal_those_of_a_dictionary_comparison(before: Any, after: Any) -> None:
    told = {"added": set(), "removed": set(), "changed": set()}  # type: ignore[var-annotated]
    with duckdb.connect() as connection:
        for schema, rows in ((BEFORE, before), (AFTER, after)):
            connection.execute(
                f"CREATE SCHEMA {schema}; CREATE TABLE {schema}.t (line INT, k TEXT, x TEXT, y TEXT)"
            )
            values = [
                [line, key, *(cell or None for cell in cells)]
                for line, (key, cells) in enumerate(sorted(rows.items()), start=2)
            ]
            if values:
                connection.executemany(f"INSERT INTO {schema}.t VALUES (?, ?, ?, ?)", values)
        for change in changed_rows(connection, table("k", "x", "y"), table("k", "x", "y")):
            told[change.kind].add((change.key, *((c.field, c.was, c.became) for c in change.cells)))
            assert change.line == (sorted(after).index(change.key) + 2 if change.key in after else 0)
    assert told["added"] == {
        (key, *((field, "", cell) for field, cell in zip("xy", after[key], strict=True) if cell))
        for key in after.keys() - before.keys()
    }
    assert told["removed"] == {(key,) for key in before.keys() - after.keys()}
    assert told["changed"] == {
        (key, *((f, w, b) for f, w, b in zip("xy", before[key], after[key], strict=True) if w != b))
        for key in before.keys() & after.keys()
        if before[key] != after[key]
    }


def test_row_changes_are_found_in_a_table_with_key_columns_only(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        for schema, text in ((BEFORE, "k\na\nb\n"), (AFTER, "k\nb\nc\n")):
            (tmp_path / "t.csv").write_text(text)
            connection.execute(f"CREATE SCHEMA {schema}")
            database.load_table_as_text(connection, schema, tmp_path, table("k"))
        changes = changed_rows(connection, table("k"), table("k"))
    assert [(change.kind, change.key, change.line) for change in changes] == [
        ("removed", "a", 0),
        ("added", "c", 3),
    ]


# End to end, by the command and with git.


@pytest.fixture(scope="module")
def repository(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A git repository with the published version, tagged, and a later commit that changes it."""
    place = copy_data(whole, tmp_path_factory.mktemp("git") / "clone")
    run_git(place, "init", "--quiet")
    run_git(place, "add", ".")
    run_git(place, "commit", "--quiet", "-m", "Published")
    run_git(place, "tag", "v1.0.0")
    set_version(place, "1.1.0")
    change_cells(place, "places", "phnom-penh", note="X")
    run_git(place, "commit", "--quiet", "-am", "A change")
    return place


UP_TO_HERE = [item for name in ("rules", "published") for item in ("--layer", name)]


@pytest.mark.slow
def test_check_command_compares_with_a_git_revision(repository: Path) -> None:
    done = run_command(
        "check", "--package", str(repository), *UP_TO_HERE, "--base", "v1.0.0", "--format", "json"
    )
    assert done.returncode == 1, done.stderr
    said = json.loads(done.stdout)
    assert said["layers_run"] == ["descriptor", "bytes", "rules", "published"] and said["notes"] == []
    (found,) = said["findings"]
    assert (found["rule"], found["table"], found["row"]) == (
        "published-cell-stays",
        "data/places.csv",
        "phnom-penh",
    )
    assert run_git(repository, "status", "--porcelain") == "", "nothing is written"


@pytest.mark.long
def test_check_command_compares_with_a_folder_and_accepts_a_correction(
    whole: Path, repository: Path, tmp_path: Path
) -> None:
    place = copy_data(repository, tmp_path / "package")
    note = ("places", "phnom-penh", "note")
    add_corrections(place, new_correction(2, *note, "", "X"))
    done = run_command("check", "--package", str(place), *UP_TO_HERE, "--base", str(whole))
    assert (done.returncode, done.stdout) == (
        0,
        "No findings. Not checked: frictionless, schema, reproduction, prose, made.\n",
    ), done.stderr


def test_base_published_means_the_newest_version_tag_of_the_branch(
    repository: Path, tmp_path: Path
) -> None:
    """Tags of other kinds, of release candidates and of other branches do not count as published."""
    place = tmp_path / "clone"
    run_git(tmp_path, "clone", "--quiet", repository.as_uri(), "clone")
    run_git(place, "tag", "-d", "v1.0.0")
    for tag in ("validation", "v1", "v1.2.0-rc1"):
        run_git(place, "tag", tag)
    with earlier_state.open_comparison_base("published", place) as nothing:
        assert nothing is None
    assert earlier_state.newest_version_tag(tmp_path) is None
    for tag in ("v0.9.0", "v0.10.0"):
        run_git(place, "tag", tag, "HEAD~1")
    run_git(place, "checkout", "--quiet", "-b", "other")
    run_git(place, "commit", "--quiet", "--allow-empty", "-m", "Other")
    run_git(place, "tag", "v9.0.0")
    run_git(place, "checkout", "--quiet", "HEAD~1")
    assert earlier_state.newest_version_tag(place) == "refs/tags/v0.10.0"
    with earlier_state.open_comparison_base("published", place) as before:
        assert before is not None
        assert "X" not in [row["name"] for row in before.rows("places")]


def test_check_notes_once_that_no_version_is_published(
    whole: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", "--package", str(whole), "--layer", "published", "--base", "published"])
    assert capsys.readouterr().out.count("no published version that has a tag") == 1


def test_without_a_base_the_skipped_layer_is_mentioned() -> None:
    report = checks.run_layers(Package(FROZEN), checks.OF_THE_DATA[:2])
    assert "published" in report.layers_not_run and report.notes == ()
    layers = (*checks.OF_THE_DATA[:2], "published")
    report = checks.run_layers(Package(FROZEN), layers)
    assert report.notes == (NOTHING_YET,)
    assert "published" in report.layers_not_run and "published" not in report.layers_run


@pytest.mark.parametrize(
    ("base_name", "said"),
    [
        ("", "The name of the base is blank."),
        ("-x", "There is no folder -x with a datapackage.json, and git knows no such revision: "),
        ("--output=x", "and git knows no such revision"),
        ("no-such-tag", "“git tag” and “git log” list what can be named."),
        ("data", "git knows no such revision"),
        ("v1.0.0:data", "git knows no such revision"),
        ("HEAD^^^", "git knows no such revision"),
    ],
)
def test_base_that_git_does_not_know_is_refused(base_name: str, said: str, repository: Path) -> None:
    with (
        pytest.raises(earlier_state.NoComparisonBase) as error,
        earlier_state.open_comparison_base(base_name, repository),
    ):
        pass
    assert said in str(error.value)
    assert run_git(repository, "status", "--porcelain") == ""


def test_an_unknown_base_is_a_usage_error(repository: Path) -> None:
    done = run_command("check", "--package", str(repository), "--base=-x")
    assert (done.returncode, done.stdout) == (2, "") and "git knows no such revision" in done.stderr
    done = run_command("check", "--layer", "published")
    assert (done.returncode, done.stdout) == (2, "") and "name the published version" in done.stderr


def test_base_is_refused_without_repository_git_or_history(
    base: Path, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(base.parent))
    with pytest.raises(earlier_state.NoComparisonBase, match=r"not a git repository"):
        earlier_state.open_comparison_base("v1.0.0", base).__enter__()
    run_git(tmp_path, "clone", "--quiet", "--depth", "1", repository.as_uri(), "shallow")
    with pytest.raises(earlier_state.NoComparisonBase, match="git fetch --unshallow"):
        earlier_state.open_comparison_base("HEAD~1", tmp_path / "shallow").__enter__()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(earlier_state.NoComparisonBase, match="Git is not installed"):
        earlier_state.open_comparison_base("v1.0.0", repository).__enter__()


def test_base_revision_without_a_package_or_with_an_outside_link_is_refused(
    repository: Path, tmp_path: Path
) -> None:
    place = tmp_path / "other"
    place.mkdir()
    run_git(place, "init", "--quiet")
    (place / "a.txt").write_text("a")
    run_git(place, "add", ".")
    run_git(place, "commit", "--quiet", "-m", "One file")
    with pytest.raises(earlier_state.NoComparisonBase, match="holds no datapackage"):
        earlier_state.open_comparison_base("HEAD", place).__enter__()
    (place / "data").symlink_to("/etc")
    run_git(place, "add", ".")
    run_git(place, "commit", "--quiet", "-m", "A link")
    with pytest.raises(earlier_state.NoComparisonBase, match="cannot be unpacked safely"):
        earlier_state.open_comparison_base("HEAD", place).__enter__()


def test_base_is_the_package_folder_within_a_larger_repository(base: Path, tmp_path: Path) -> None:
    """The base is the package's own folder at that revision, not the root of the repository."""
    place = copy_data(base, tmp_path / "large" / "package")
    run_git(tmp_path / "large", "init", "--quiet")
    run_git(tmp_path / "large", "add", ".")
    run_git(tmp_path / "large", "commit", "--quiet", "-m", "All")
    change_cells(place, "places", "phnom-penh", name="X")
    with earlier_state.open_comparison_base("HEAD", place) as before:
        assert before is not None
        assert [finding.rule for finding in findings(place, before.folder)] == ["published-cell-stays"]
        kept = before.folder
    assert not kept.exists(), "the temporary folder goes"


ORDER = ["0.1.0", "0.9.9", "1.0.0-rc.1", "1.0.0", "1.2.0", "1.10.0", "2.0.0-a", "2.0.0"]


def test_versions_sort_by_their_numbers() -> None:
    turned = ORDER[::-1]
    assert sorted(turned, key=lambda text: earlier_state.parse_version(text) or ()) == ORDER


def test_every_edited_table_can_be_named_in_a_correction() -> None:
    tables = {table["name"]: table for table in DESCRIPTOR["resources"]}
    edited = {name for name, table in tables.items() if not table["path"].startswith("data/derived/")}
    [named] = [
        field for field in tables["corrections"]["schema"]["fields"] if field["name"] == "table_name"
    ]
    assert set(named["constraints"]["enum"]) == edited - {"corrections"}


@pytest.fixture
def later(whole: Path, tmp_path: Path) -> Path:
    """The next version with all its tables, for the command, which checks datapackage.json first."""
    place = copy_data(whole, tmp_path / "later")
    set_version(place, "1.1.0")
    return place


def test_correct_command_adds_a_correction_for_every_change(whole: Path, later: Path) -> None:
    change_cells(later, "reported_values", "KH011", printed="2.3%", low="2.3", high="2.3")
    change_cells(later, "reported_values", "KH012", show="withdrawn")
    drop_row(later, "scopes", read_csv(later / "data/scopes.csv")[0]["scope_id"])
    words = ("--base", str(whole), "--package", str(later))
    done = run_command("correct", "Table 3 says 2.3%.", *words)
    assert done.returncode == 0, done.stderr
    added = [row for row in read_csv(later / "data/corrections.csv") if row["correction_id"] != "C001"]
    assert sorted((row["kind"], row["table_name"], row["field"], row["became"]) for row in added) == [
        ("correction", "reported_values", "high", "2.3"),
        ("correction", "reported_values", "low", "2.3"),
        ("correction", "reported_values", "printed", "2.3%"),
        ("removal", "scopes", "", ""),
        ("withdrawal", "reported_values", "show", "withdrawn"),
    ]
    assert {row["reason"] for row in added} == {"Table 3 says 2.3%."}
    assert "KH011, printed: “2.2%” became “2.3%”" in done.stdout
    assert findings(later, whole) == [], "nothing is left to tell"
    again = run_command("correct", "Once more.", *words)
    assert (again.returncode, again.stdout) == (
        0,
        "No published row changed that data/corrections.csv does not tell.\n",
    )


def test_correct_command_records_a_cell_that_changed_again(whole: Path, later: Path) -> None:
    words = ("--base", str(whole), "--package", str(later))
    was = change_cells(later, "places", "phnom-penh", name="Another")["name"]
    run_command("correct", "A slip.", *words)
    change_cells(later, "places", "phnom-penh", name="A third")
    run_command("correct", "Another slip.", *words)
    told = [row for row in read_csv(later / "data/corrections.csv") if row["row_key"] == "phnom-penh"]
    assert [(row["was"], row["became"]) for row in told] == [(was, "Another"), ("Another", "A third")]
    assert findings(later, whole) == []


def test_correct_command_requires_a_reason(later: Path) -> None:
    done = run_command("correct", " ", "--package", str(later))
    assert done.returncode == 2 and "Say why it changed" in done.stderr
