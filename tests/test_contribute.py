"""A study goes in by workbook or by CSV files with the same rows, and each flaw gets its finding."""

import csv
import datetime
import io
import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from scripts import checks, contract, contribute
from scripts.contribute import rules, workbook
from scripts.contribute.merge import slug
from scripts.findings import Report
from tests.conftest import COLUMNS, ROOT, command, copy_package, read_csv
from tests.contributions import (
    STUDY,
    TABLES,
    TITLES,
    Taken,
    data_of,
    folder_of,
    package_without_study,
    template,
    workbook_of,
    write_rows,
)

Change = Callable[[Workbook], None]
V = "reported_values"
VALUES = TITLES[V][0]


@pytest.fixture(scope="module")
def lacking(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Taken]:
    """A package without the study, and its rows. Imports into it are dry."""
    return package_without_study(tmp_path_factory.mktemp("lacking") / "package")


@pytest.fixture
def own(lacking: tuple[Path, Taken], tmp_path: Path) -> Path:
    """A copy of that package to write to."""
    shutil.copytree(lacking[0], tmp_path / "own")
    return tmp_path / "own"


def bring_in(package: Path, path: Path, *options: str) -> tuple[int, dict[str, object], str]:
    """Import by command; exit code, JSON and what is told beside it."""
    done = command(
        "contribute", "import", str(path), "--package", str(package), "--format", "json", *options
    )
    return done.returncode, json.loads(done.stdout), done.stderr


@pytest.mark.parametrize("make", [workbook_of, folder_of])
def test_a_study_goes_in_by_either_path_with_the_same_rows(
    make: Callable[[Taken, Path], Path], own: Path, lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    """Of another country, with another design and other ages; then the package is what it was."""
    sent = make(lacking[1], tmp_path / "study.xlsx" if make is workbook_of else tmp_path / "study")
    before = data_of(own)
    code, dry, _ = bring_in(own, sent, "--dry-run")
    assert (code, dry["valid"], dry["written"], data_of(own)) == (0, True, False, before)
    code, wet, _ = bring_in(own, sent)
    assert (code, wet["valid"], wet["written"]) == (0, True, True)
    assert wet["added"] == dry["added"]
    assert data_of(own) == data_of(ROOT)
    code, again, _ = bring_in(own, sent)
    assert (code, again["valid"], again["written"], again["added"]) == (0, True, False, {})
    assert data_of(own) == data_of(ROOT)
    assert command("derive", "--package", str(own)).returncode == 0
    assert {path.name: path.read_bytes() for path in (own / "data/derived").iterdir()} == {
        path.name: path.read_bytes() for path in (ROOT / "data/derived").iterdir()
    }


def without_keys(rows: Taken) -> Taken:
    """What somebody sends who knows no keys: those of the source, the study and the values are blank."""
    words = {name: rows[name] for name in ("organisations", "places", "populations", "indicators")}
    source = [row for row in rows["sources"] if row["source_id"] == "share-net-page"]
    study = [row | {"study_id": ""} for row in rows["studies"]]
    blank = {"value_id": "", "source_id": "", "study_id": ""}
    values = [row | blank for row in rows["reported_values"]]
    return words | {"sources": [row | {"source_id": ""} for row in source], "studies": study, V: values}


def test_keys_are_proposed_and_the_only_source_and_study_are_filled_in(
    own: Path, lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    sent = workbook_of(without_keys(lacking[1]), tmp_path / "study.xlsx")
    code, said, _ = bring_in(own, sent)
    assert code == 0, said
    added = said["added"]
    assert isinstance(added, dict)
    assert added["sources"] == ["share-net-bangladesh"]
    assert added["studies"] == ["population-council-dhaka"]
    assert added[V] == [f"SHARE-NET-BANGLADESH-{number:03}" for number in range(1, 5)]
    rows = {row["value_id"]: row for row in read_csv(own / "data/reported_values.csv")}
    values = [rows[key] for key in added[V]]
    assert {(row["source_id"], row["study_id"]) for row in values} == {
        ("share-net-bangladesh", "population-council-dhaka")
    }
    after = data_of(own)
    code, again, _ = bring_in(own, sent)
    assert (code, again["written"], again["added"]) == (0, False, {})
    assert data_of(own) == after


def cell(table: str, row: int, field: str, value: object, number_format: str = "@") -> Change:
    """Type into a cell."""

    def change(book: Workbook) -> None:
        title, titles = TITLES[table]
        sheet = book[title]
        [column] = [head.column for head in sheet[1] if head.value == titles[field]]
        sheet.cell(row, column).value = value
        sheet.cell(row, column).number_format = number_format

    return change


def on(table: str, edit: Callable[..., object]) -> Change:
    """Do something to a sheet."""
    return lambda book: edit(book[TITLES[table][0]]) and None


def both(*changes: Change) -> Change:
    """One change after another."""
    return lambda book: [change(book) for change in changes] and None


def rename(sheet: str, new: str) -> Change:
    """Give a sheet another name."""
    return lambda book: setattr(book[sheet], "title", new)


def set_cell(place: str, value: object) -> Callable[..., None]:
    """Type into a cell by its place."""
    return lambda sheet: sheet.__setitem__(place, value)


def drop_column(title: str) -> Callable[..., None]:
    """Delete a column by its title."""

    def drop(sheet: Worksheet) -> None:
        [column] = [head.column for head in sheet[1] if head.value == title]
        sheet.delete_cols(column)

    return drop


def second_table(sheet: Worksheet) -> None:
    """A second table below the first."""
    sheet.append([])
    sheet.cell(8, 1).value, sheet.cell(8, 2).value = "City", "Girls"


# What is wrong with the workbook: the change, then rule, place and message of each finding.
TITLE = TITLES[V][1]
# ruff: noqa: E501
FLAWED: dict[str, tuple[Change, list[tuple[str, str, str]]]] = {
    "a sheet with a slip in its name": (
        rename(VALUES, "Reported value"),
        [
            (
                "contribution-sheet",
                "",
                "The template has no sheet of this name, so it is not read. Did you mean “Reported values”?",
            )
        ],
    ),
    "a sheet of somebody's own": (
        lambda b: b.create_sheet("Notes").append(["Interview of a case"]),
        [("contribution-sheet", "", "The template has no sheet of this name, so it is not read.")],
    ),
    "a renamed column": (
        on(V, set_cell("S1", "Printed text")),
        [
            (
                "contribution-column",
                "sheet “Reported values”, cell S1",
                "The template has no column of this title, so it is not read. Did you mean “As printed”?",
            ),
            ("contribution-column", "sheet “Reported values”", "Missing: “As printed”."),
        ],
    ),
    "a column that is missing": (
        on(V, drop_column(TITLE["locator"])),
        [("contribution-column", "sheet “Reported values”", "Missing: “Locator”.")],
    ),
    "an extra column with names": (
        on(V, lambda s: [set_cell("AO1", "Names of children")(s), set_cell("AO2", "A. B.")(s)]),
        [
            (
                "contribution-column",
                "sheet “Reported values”, cell AO1",
                "The template has no column of this title, so it is not read.",
            )
        ],
    ),
    "an extra column without a title": (
        on(V, set_cell("AO3", "A. B.")),
        [
            (
                "contribution-layout",
                "sheet “Reported values”, cell AO3",
                "Column AO has no title, so it would not be read.",
            )
        ],
    ),
    "a title that stands twice": (
        on(V, set_cell("AO1", TITLE["printed"])),
        [("contribution-column", "sheet “Reported values”", "2 columns have this title.")],
    ),
    "merged cells": (
        on(V, lambda s: s.merge_cells("A2:A3")),
        [
            (
                "contribution-layout",
                "sheet “Reported values”, cell A2:A3",
                "These cells are merged into one.",
            )
        ],
    ),
    "a hidden row": (
        on(V, lambda s: setattr(s.row_dimensions[3], "hidden", True)),
        [("contribution-layout", "sheet “Reported values”, cell A3", "Row 3 is hidden.")],
    ),
    "a hidden column": (
        on(V, lambda s: setattr(s.column_dimensions["D"], "hidden", True)),
        [("contribution-layout", "sheet “Reported values”, cell D1", "Column D is hidden.")],
    ),
    "two tables in one sheet": (
        on(V, second_table),
        [
            (
                "contribution-layout",
                "sheet “Reported values”, cell A8",
                "Row 8 begins a second table, or stands below a blank row.",
            )
        ],
    ),
    "a header in the second row": (
        on(V, lambda s: s.insert_rows(1)),
        [
            (
                "contribution-column",
                "sheet “Reported values”, cell A1",
                "Row 1 holds no title of the template.",
            )
        ],
    ),
    "the header again among the rows": (
        on(V, lambda s: s.append([c.value for c in s[1]])),
        [
            (
                "contribution-layout",
                "sheet “Reported values”, cell A6",
                "Row 6 begins a second table, or stands below a blank row.",
            )
        ],
    ),
    "text in a number": (
        cell(V, 2, "low", "about 38"),
        [
            (
                "schema-type",
                "sheet “Reported values”, cell U2, column “From”",
                "This is not a plain number, such as 2.2.",
            )
        ],
    ),
    "a percentage typed as a proportion": (
        both(cell(V, 2, "low", "0.38"), cell(V, 2, "high", "0.38")),
        [
            (
                "reading-against-token",
                "sheet “Reported values”, cell V2, column “To”",
                "The reading 0.38 does not stand in the token “about 22 per cent”, which holds 22.",
            ),
            (
                "reading-against-token",
                "sheet “Reported values”, cell U2, column “From”",
                "The reading 0.38 does not stand in the token “about 22 per cent”, which holds 22.",
            ),
        ],
    ),
    "a percentage typed as a proportion, in the token too": (
        both(cell(V, 2, "printed", "0.38"), cell(V, 2, "low", "0.38"), cell(V, 2, "high", "0.38")),
        [
            (
                "small-share-says-percent",
                "sheet “Reported values”, cell U2, column “From”",
                "The reading 0.38 is taken as percent, but the token “0.38” does not say percent.",
            )
        ],
    ),
    "a percentage typed as ten times too small": (
        both(cell(V, 2, "low", 3.8, "General"), cell(V, 2, "high", 3.8, "General")),
        [
            (
                "reading-against-token",
                "sheet “Reported values”, cell V2, column “To”",
                "The reading 3.8 does not stand in the token “about 22 per cent”, which holds 22.",
            ),
            (
                "reading-against-token",
                "sheet “Reported values”, cell U2, column “From”",
                "The reading 3.8 does not stand in the token “about 22 per cent”, which holds 22.",
            ),
        ],
    ),
    "a cell formatted as a percentage": (
        cell(V, 2, "low", 0.022, "0.0%"),
        [
            (
                "contribution-cell",
                "sheet “Reported values”, cell U2, column “From”",
                "The cell shows 2.2 % and holds 0.022.",
            )
        ],
    ),
    "a formula": (
        cell(V, 2, "low", "=SUM(A1:A9)", "General"),
        [
            (
                "contribution-cell",
                "sheet “Reported values”, cell U2, column “From”",
                "The cell holds a formula.",
            )
        ],
    ),
    "a formula typed as text": (
        cell(V, 2, "scope_as_printed", "=HYPERLINK(1)"),
        [
            (
                "contribution-cell",
                "sheet “Reported values”, cell AG2, column “Scope, as printed”",
                "The cell holds a formula.",
            )
        ],
    ),
    "an error of the spreadsheet": (
        cell(V, 2, "low", "#REF!", "General"),
        [
            (
                "contribution-cell",
                "sheet “Reported values”, cell U2, column “From”",
                "The cell holds an error of the spreadsheet.",
            )
        ],
    ),
    "a date made by the spreadsheet": (
        cell("sources", 2, "date_published", datetime.datetime(2024, 3, 1), "yyyy-mm-dd"),
        [
            (
                "contribution-cell",
                "sheet “Sources”, cell G2, column “Published”",
                "The spreadsheet has made a date of this cell: 2024-03-01.",
            )
        ],
    ),
    "a date as a serial number": (
        cell("sources", 2, "date_published", 45352, "General"),
        [
            (
                "contribution-cell",
                "sheet “Sources”, cell G2, column “Published”",
                "45352 is how a spreadsheet stores the day 2024-03-01.",
            )
        ],
    ),
    "TRUE in place of yes": (
        cell("studies", 2, "is_sample", True, "General"),
        [
            (
                "contribution-cell",
                "sheet “Studies”, cell K2, column “A sample?”",
                "The cell holds TRUE or FALSE.",
            )
        ],
    ),
    "a decimal comma": (
        cell(V, 2, "low", "2,5"),
        [
            (
                "schema-type",
                "sheet “Reported values”, cell U2, column “From”",
                "This is not a plain number, such as 2.2.",
            )
        ],
    ),
    "a space at the end": (
        cell(V, 2, "scope_as_printed", "girls in brothels "),
        [
            (
                "spaces-at-the-ends",
                "sheet “Reported values”, cell AG2, column “Scope, as printed”",
                "The cell begins or ends with a space, or holds two in a row.",
            )
        ],
    ),
    "a line break in a cell": (
        cell(V, 2, "scope_as_printed", "girls\nin brothels"),
        [
            (
                "contribution-cell",
                "sheet “Reported values”, cell AG2, column “Scope, as printed”",
                "The cell holds a line break.",
            )
        ],
    ),
    "a word that is not in the list": (
        cell(V, 2, "qualifier", "exactly"),
        [
            (
                "schema-enum",
                "sheet “Reported values”, cell W2, column “Qualifier”",
                "Expected one of: exact, about, less_than, more_than, at_least, at_most, range, range_of_estimates, spread, none_found. Did you mean exact?",
            )
        ],
    ),
    "a required cell that is blank": (
        cell(V, 2, "printed", None),
        [
            (
                "schema-required",
                "sheet “Reported values”, cell S2, column “As printed”",
                "The cell is blank.",
            )
        ],
    ),
    "a blank without a reason": (
        both(cell(V, 2, "population_id", None)),
        [
            (
                "blank-needs-a-reason",
                "sheet “Reported values”, cell M2, column “Population”",
                "The cell is blank, and population_id_reason is blank too; it takes: not_applicable, not_read, not_reported.",
            ),
            (
                "recalled-by-respondents",
                "sheet “Reported values”, cell M2, column “Population”",
                "PC-BGD-Dhaka-01 may be shown only as recalled, but its population is not stated.",
            ),
            (
                "share-has-population",
                "sheet “Reported values”, cell M2, column “Population”",
                "The share PC-BGD-Dhaka-01 does not say what it is a share of.",
            ),
        ],
    ),
    "a row that stands twice": (
        on(V, lambda s: s.append([c.value for c in s[2]])),
        [
            (
                "contribution-known-key",
                "sheet “Reported values”, cell A6, column “Value”",
                "PC-BGD-Dhaka-01 stands in row 2 of the same sheet already.",
            )
        ],
    ),
    "a key that leads nowhere": (
        cell(V, 2, "place_id", "dacca"),
        [
            (
                "schema-reference",
                "sheet “Reported values”, cell G2, column “Place”",
                "There is no such place_id in data/places.csv.",
            )
        ],
    ),
    "a term to avoid": (
        cell("populations", 2, "definition", "Women described as child prostitutes."),
        [
            (
                "term-to-avoid",
                "sheet “Populations”, cell C2, column “Definition”",
                "The text holds “child prostitutes”. Write: child in commercial sexual exploitation.",
            )
        ],
    ),
    "a telephone number": (
        cell("populations", 2, "name", "Call 012 345 678"),
        [
            (
                "contact-or-coordinate",
                "sheet “Populations”, cell B2, column “Name”",
                "The cell holds a telephone number.",
            )
        ],
    ),
    "markup": (
        cell("studies", 2, "name", "<b>Study</b>"),
        [("markup", "sheet “Studies”, cell B2, column “Name”", "The cell holds markup.")],
    ),
    "template syntax": (
        cell("studies", 2, "name", "Study {{ 7 * 7 }}"),
        [("template-syntax", "sheet “Studies”, cell B2, column “Name”", "The cell holds template syntax.")],
    ),
    "a word for missing": (
        cell(V, 2, "locator", "N/A"),
        [
            (
                "words-for-missing",
                "sheet “Reported values”, cell AI2, column “Locator”",
                "The word stands for a missing value.",
            )
        ],
    ),
    "ages turned round": (
        both(cell(V, 2, "age_min", "30"), cell(V, 2, "age_max", "20")),
        [
            (
                "age-turned-round",
                "sheet “Reported values”, cell H2, column “Age from”",
                "The youngest age 30 lies above the oldest age 20.",
            )
        ],
    ),
    "a very long cell": (
        cell("studies", 2, "interest", "x" * 6000),
        [
            (
                "contribution-cell",
                "sheet “Studies”, cell U2, column “Interest”",
                "The cell has more than 5,000 characters.",
            )
        ],
    ),
    "a cell far below": (
        on(V, set_cell("A90000", "x")),
        [
            (
                "contribution-layout",
                "sheet “Reported values”, cell AN90000",
                "The sheet reaches to AN90000, which is more than 1,000,000 cells.",
            )
        ],
    ),
}


@pytest.mark.parametrize("flaw", FLAWED)
def test_a_flawed_workbook_gets_the_finding_of_a_helpful_colleague(
    flaw: str, lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    package, rows = lacking
    before = data_of(package)
    change, expected = FLAWED[flaw]
    sent = workbook_of(rows, tmp_path / "study.xlsx", change)
    outcome = contribute.bring_in(package, sent, is_dry_run=False)
    found = [(one.rule, one.cell, one.message) for one in outcome.report.findings]
    assert found == expected
    assert not outcome.report.is_valid and not outcome.written
    assert data_of(package) == before


def test_there_are_thirty_flaws() -> None:
    """And each rule of a contribution is met by one of them, or by a broken file below."""
    assert len(FLAWED) >= 30
    met = {rule for _, expected in FLAWED.values() for rule, _, _ in expected}
    assert {rule.id for rule in rules.RULES} - met == {"contribution-file"}


def findings_of(package: Path, path: Path) -> list[tuple[str, str, str]]:
    """Rule, file and message of each finding of a dry import."""
    report = contribute.bring_in(package, path, is_dry_run=True).report
    return [(one.rule, one.table, one.message) for one in report.findings]


NO_WORKBOOK = "This is not a workbook in the format .xlsx, or it has a password."
DAMAGED = "The workbook cannot be read: it is damaged, or holds what no spreadsheet writes."


def macro_book(path: Path) -> None:
    """A workbook with a macro."""
    path.write_bytes(template().getvalue())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")


def bomb(path: Path) -> None:
    """A small file that unpacks to much."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 250_000_000)


def laughing(path: Path) -> None:
    """A sheet whose entities multiply."""
    doctype = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with zipfile.ZipFile(template()) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, doctype + data if name == "xl/workbook.xml" else data)


def outside(path: Path) -> None:
    """A zip of something else."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../evil.txt", b"x")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda path: path.write_bytes(b""),
            NO_WORKBOOK,
        ),
        (
            lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600)),
            NO_WORKBOOK,
        ),
        (macro_book, "The workbook holds macros."),
        (bomb, "Unpacked, the file has more than 200,000,000 bytes."),
        (laughing, DAMAGED),
        (outside, "This is a zip file, but no workbook in the format .xlsx."),
        (lambda path: Workbook().save(path), "The workbook has no row."),
        (lambda path: path.write_bytes(template().getvalue()[:-200]), NO_WORKBOOK),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(
    make: Callable[[Path], object], message: str, lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    path = tmp_path / "study.xlsx"
    make(path)
    assert findings_of(lacking[0], path) == [("contribution-file", "study.xlsx", message)]


def test_a_study_that_is_there_is_not_changed(tmp_path: Path, package: Path) -> None:
    """The example row of the template, written over in part, is such a row."""
    book = load_workbook(template())
    cell("studies", 2, "name", "Another study")(book)
    book.save(tmp_path / "study.xlsx")
    [found] = contribute.bring_in(package, tmp_path / "study.xlsx", is_dry_run=False).report.findings
    assert (found.rule, found.cell) == ("contribution-known-key", "sheet “Studies”, cell B2, column “Name”")
    name = next(
        row["name"] for row in read_csv(ROOT / "data/studies.csv") if row["study_id"] == "ijm-khm-2015"
    )
    assert found.message == f"The package has ijm-khm-2015 already, and there name is “{name}”."
    assert data_of(package) == data_of(ROOT)


def test_the_template_as_it_is_changes_nothing(package: Path, tmp_path: Path) -> None:
    (tmp_path / "study.xlsx").write_bytes(template().getvalue())
    code, said, _ = bring_in(package, tmp_path / "study.xlsx")
    assert (code, said["added"], said["written"]) == (0, {}, False)
    assert data_of(package) == data_of(ROOT)


SAVED: dict[str, Callable[[str], bytes]] = {
    "as Excel does": lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
    "without the last line end": lambda text: text.rstrip("\n").encode(),
    "with semicolons": lambda text: semicolons(text).encode(),
    "as Excel does with a decimal comma": lambda text: (
        b"\xef\xbb\xbf" + semicolons(text).replace("\n", "\r\n").encode()
    ),
}


def semicolons(text: str) -> str:
    """Write rows with semicolons, without our own code."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(csv.reader(io.StringIO(text)))
    return out.getvalue()


@pytest.mark.parametrize("how", SAVED)
def test_csv_files_go_in_as_a_spreadsheet_saves_them(
    how: str, own: Path, lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    sent = folder_of(lacking[1], tmp_path / "study")
    for path in sent.iterdir():
        path.write_bytes(SAVED[how](path.read_text(encoding="utf-8")))
    assert contribute.bring_in(own, sent, is_dry_run=False).written
    assert data_of(own) == data_of(ROOT)


@pytest.mark.parametrize(
    ("file", "edit", "expected"),
    [
        ("values.csv", lambda data: b"a\n", ("contribution-sheet", "study/values.csv")),
        (
            "sources.csv",
            lambda data: data.replace(b"source_id", b"source", 1),
            ("bytes-header", "study/sources.csv"),
        ),
        ("studies.csv", lambda data: data + b"\xe9\n", ("bytes-encoding", "study/studies.csv")),
        (
            "links.csv",
            lambda data: data.replace(b"not_comparable", b"unlike", 1),
            ("schema-enum", "study/links.csv"),
        ),
        (
            "places.csv",
            lambda data: data + data.split(b"\n")[1] + b"\n",
            ("contribution-known-key", "study/places.csv"),
        ),
    ],
)
def test_flawed_csv_files_are_named_with_their_line(
    file: str,
    edit: Callable[[bytes], bytes],
    expected: tuple[str, str],
    lacking: tuple[Path, Taken],
    tmp_path: Path,
) -> None:
    sent = folder_of(lacking[1], tmp_path / "study")
    path = sent / file
    path.write_bytes(edit(path.read_bytes() if path.exists() else b""))
    found = contribute.bring_in(lacking[0], sent, is_dry_run=True).report.findings
    assert (found[0].rule, found[0].table) == expected
    assert found[0].line > 0 or file == "values.csv"


def test_a_row_of_the_package_that_a_new_row_puts_wrong_is_named_by_its_key(
    lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    """Its line would be another in the file that would be written."""
    rows = {name: [{**row} for row in some] for name, some in lacking[1].items()}
    rows["places"].append(rows["places"][0] | {"place_id": "phnom-penh.", "name": "Phnom Penh"})
    sent = workbook_of(rows, tmp_path / "study.xlsx")
    found = contribute.bring_in(lacking[0], sent, is_dry_run=True).report.findings
    assert {(one.rule, one.table, one.line, one.row) for one in found if not one.cell} <= {
        ("ids-differ-in-more-than-case", "data/places.csv", 0, "phnom-penh")
    }


@pytest.mark.parametrize("failing", range(1, 6))
def test_nothing_is_half_written_when_a_file_cannot_be_written(
    failing: int, own: Path, lacking: tuple[Path, Taken], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, calls, replace = data_of(own), [], os.replace

    def fail(old: str, new: str) -> None:
        calls.append(new)
        if len(calls) == failing:
            raise OSError("no space left on device")
        replace(old, new)

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="no space left"):
        contribute.bring_in(own, folder_of(lacking[1], tmp_path / "study"), is_dry_run=False)
    assert data_of(own) == before
    assert [path.name for path in (own / "data").iterdir() if path.name.startswith(".")] == []


def test_all_paths_say_the_same(lacking: tuple[Path, Taken], tmp_path: Path) -> None:
    """One fault in the workbook, in a CSV file sent, and in data/ itself: the same words."""
    package, rows = lacking
    flawed = {name: [{**row} for row in some] for name, some in rows.items()}
    flawed["reported_values"][0]["low"] = "2,5"
    own = copy_package(tmp_path / "package")
    table = [
        row if row["value_id"] != flawed["reported_values"][0]["value_id"] else flawed["reported_values"][0]
        for row in read_csv(own / "data/reported_values.csv")
    ]
    write_rows(own / "data/reported_values.csv", "reported_values", table)
    by_workbook = contribute.bring_in(package, workbook_of(flawed, tmp_path / "a.xlsx"), True).report
    by_folder = contribute.bring_in(package, folder_of(flawed, tmp_path / "a"), True).report
    by_git = checks.run(own, checks.OF_THE_DATA, lambda text: None, with_derived=False)

    def said(report: Report) -> list[tuple[str, ...]]:
        return [
            (one.rule, one.level, one.field, one.value, one.message, one.fix, one.link)
            for one in report.findings
        ]

    assert said(by_workbook) == said(by_folder) == said(by_git) != []


@pytest.mark.parametrize("format", ["text", "json", "markdown", "github"])
def test_exit_code_and_format(format: str, lacking: tuple[Path, Taken], tmp_path: Path) -> None:
    sent = workbook_of(lacking[1], tmp_path / "study.xlsx", cell(V, 2, "low", "2,5"))
    done = command("contribute", "import", str(sent), "--package", str(lacking[0]), "--format", format)
    assert done.returncode == 1
    assert "plain number" in done.stdout
    if format == "text":
        assert "study.xlsx, sheet “Reported values”, cell U2, column “From”" in done.stdout
        assert done.stdout.endswith("Nothing was written. Mend these first, then import again.\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import", "no-such.xlsx"], "There is no file or folder no-such.xlsx."),
        (["template", "README.md"], "README.md is there already."),
        (["template", "study.xls"], "Name a workbook that ends in .xlsx, or a folder"),
        (["template", "new.xlsx", "--study", "nobody"], "There is no study nobody in data/studies.csv."),
    ],
)
def test_slips_at_the_command_are_said(arguments: list[str], words: str) -> None:
    done = command("contribute", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


def test_the_template_says_what_each_column_holds_and_offers_its_words() -> None:
    book = load_workbook(template())
    the_contract = contract.load(ROOT)
    for name in TABLES:
        table, sheet = the_contract.table(name), book[TITLES[name][0]]
        assert [head.value for head in sheet[1]] == [field.title for field in table.fields]
        offered = {}
        for rule in sheet.data_validations.dataValidation:
            place = book.defined_names[rule.formula1.lstrip("=")].attr_text.partition("!")[2]
            words = [one.value for (one,) in book["Lists"][place.replace("$", "")]] if ":" in place else []
            offered[str(rule.sqref).split("2:")[0]] = (words, rule.showErrorMessage)
        for head, field in zip(sheet[1], table.fields, strict=True):
            assert field.description in head.comment.text and field.example in head.comment.text
            if "enum" in field.constraints and len(field.constraints["enum"]) > 1:
                assert offered[head.column_letter] == (field.constraints["enum"], True)
            assert sheet.column_dimensions[head.column_letter].number_format == "@"
    assert not [name for name in zipfile.ZipFile(template()).namelist() if "vba" in name.lower()]


def test_a_filled_template_is_the_study_itself(tmp_path: Path, package: Path) -> None:
    """`--study` fills in what `take_out` takes out, and what that points at."""
    done = command("contribute", "template", str(tmp_path / "example.xlsx"), "--study", STUDY)
    assert done.returncode == 0, done.stderr
    own, taken = package_without_study(tmp_path / "own")
    outcome = contribute.bring_in(own, tmp_path / "example.xlsx", is_dry_run=False)
    assert {name: set(keys) for name, keys in outcome.added.items()} == {
        name: {" ".join(row[key] for key in contract.load(ROOT).table(name).primary_key) for row in rows}
        for name, rows in taken.items()
    }
    assert data_of(own) == data_of(ROOT)


@given(st.one_of(st.integers(-(10**9), 10**9), st.decimals(0, 10**6, places=4, allow_nan=False).map(float)))
@settings(max_examples=300)
def test_a_number_is_written_as_people_type_it(number: float) -> None:
    text = workbook.plain(number)
    assert float(text) == number
    assert "e" not in text and not text.endswith(".0")


@given(st.lists(st.text(), max_size=3))
def test_a_proposed_key_has_the_form_of_a_key(words: list[str]) -> None:
    assert re.fullmatch("[a-z0-9][a-z0-9.-]*", slug(*words))
    assert COLUMNS["places"][0] == "place_id"
