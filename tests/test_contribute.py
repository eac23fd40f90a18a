"""A study goes in by workbook or by CSV files with the same rows, and each flaw gets its finding."""

import csv
import datetime
import io
import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from scripts import checks, contribute
from scripts.checks import contribution_rules
from scripts.checks.descriptor import TABLES
from scripts.contribute import cell_text, csv_folder, filled_workbook, notes, sheets, workbook_file
from scripts.contribute.proposed_keys import slug
from scripts.findings import Report, finding
from scripts.package.opening import Package
from tests.conftest import COLUMNS, FROZEN, command, copy_package, few, read_csv
from tests.contributions import (
    STUDY,
    TITLES,
    Taken,
    data_of,
    folder_of,
    package_without_study,
    template,
    workbook_of,
    write_rows,
)
from tests.sheets import type_in

pytestmark = pytest.mark.slow

Change = Callable[[Workbook], None]
V = "reported_values"
VALUES = TITLES[V][0]


@pytest.fixture(scope="module")
def lacking(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Taken]:
    """The frozen package without the study, and its rows. Imports into it are dry."""
    return package_without_study(tmp_path_factory.mktemp("lacking") / "package", FROZEN)


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


@pytest.mark.parametrize("make", few(1, [(workbook_of,), (folder_of,)]))
def test_a_study_goes_in_by_either_path_with_the_same_rows(
    make: Callable[[Taken, Path], Path],
    own: Path,
    lacking: tuple[Path, Taken],
    tmp_path: Path,
) -> None:
    """Of another country, with another design and other ages; then the package is what it was."""
    sent = make(lacking[1], tmp_path / "study.xlsx" if make is workbook_of else tmp_path / "study")
    before = data_of(own)
    code, dry, _ = bring_in(own, sent, "--dry-run")
    assert (code, dry["valid"], dry["written"], data_of(own)) == (0, True, False, before)
    code, wet, _ = bring_in(own, sent)
    assert (code, wet["valid"], wet["written"]) == (0, True, True)
    assert wet["added"] == dry["added"]
    assert data_of(own) == data_of(FROZEN)
    code, again, _ = bring_in(own, sent)
    assert (code, again["valid"], again["written"], again["added"]) == (0, True, False, {})
    assert data_of(own) == data_of(FROZEN)
    assert command("derive", "--package", str(own)).returncode == 0
    assert {path.name: path.read_bytes() for path in (own / "data/derived").iterdir()} == {
        path.name: path.read_bytes() for path in (FROZEN / "data/derived").iterdir()
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


def rename_title(title: str, new: str) -> Callable[..., None]:
    """Write another title over one."""

    def rename(sheet: Worksheet) -> None:
        [head] = [head for head in sheet[1] if head.value == title]
        head.value = new

    return rename


def second_table(sheet: Worksheet) -> None:
    """A second table below the first."""
    sheet.append([])
    sheet.cell(8, 1).value, sheet.cell(8, 2).value = TITLE["value_id"], TITLE["topic"]


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
                "The template has no sheet of this name, so it is not read. "
                "Its titles are those of “Reported values”.",
            )
        ],
    ),
    "a sheet of somebody's own": (
        lambda b: b.create_sheet("Notes").append(["Interview of a case"]),
        [("contribution-sheet", "", "The template has no sheet of this name, so it is not read.")],
    ),
    "a renamed column": (
        on(V, rename_title(TITLE["printed"], "Printed text")),
        [
            (
                "contribution-column",
                "sheet “Reported values”, cell O1",
                "Missing: “As printed”; found instead “Printed text”.",
            )
        ],
    ),
    "a column that is missing": (
        on(V, drop_column(TITLE["locator"])),
        [("contribution-column", "sheet “Reported values”", "Missing: “Locator”.")],
    ),
    "an extra column with names": (
        on(V, lambda s: [set_cell("AL1", "Names of children")(s), set_cell("AL2", "A. B.")(s)]),
        [
            (
                "contribution-column",
                "sheet “Reported values”, cell AL1",
                "The template has no column of this title, so it is not read.",
            )
        ],
    ),
    "an extra column without a title": (
        on(V, set_cell("AL3", "A. B.")),
        [
            (
                "contribution-layout",
                "sheet “Reported values”, cell AL3",
                "Column AL has no title, so it would not be read.",
            )
        ],
    ),
    "a title that stands twice": (
        on(V, set_cell("AL1", TITLE["printed"])),
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
                "Row 8 holds titles of columns again.",
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
                "Row 6 holds titles of columns again.",
            )
        ],
    ),
    "text in a number": (
        cell(V, 2, "low", "about 38"),
        [
            (
                "schema-type",
                "sheet “Reported values”, row 2, column “From”",
                "This is not a plain number, such as 2.2.",
            )
        ],
    ),
    "a percentage typed as a proportion": (
        both(cell(V, 2, "low", "0.38"), cell(V, 2, "high", "0.38")),
        [
            (
                "reading-against-token",
                "sheet “Reported values”, row 2, column “To” and row 2, column “From”",
                "The number 0.38 does not stand in “about 22 per cent”, which holds 22.",
            ),
        ],
    ),
    "a percentage typed as ten times too small": (
        both(cell(V, 2, "low", 3.8, "General"), cell(V, 2, "high", 3.8, "General")),
        [
            (
                "reading-against-token",
                "sheet “Reported values”, row 2, column “To” and row 2, column “From”",
                "The number 3.8 does not stand in “about 22 per cent”, which holds 22.",
            ),
        ],
    ),
    "a cell formatted as a percentage": (
        cell(V, 2, "low", 0.022, "0.0%"),
        [
            (
                "contribution-cell",
                "sheet “Reported values”, row 2, column “From”",
                "The cell shows 2.2 % and holds 0.022.",
            )
        ],
    ),
    "a formula": (
        cell(V, 2, "low", "=SUM(A1:A9)", "General"),
        [
            (
                "contribution-cell",
                "sheet “Reported values”, row 2, column “From”",
                "The cell holds a formula.",
            )
        ],
    ),
    "a formula typed as text": (
        cell(V, 2, "scope_as_printed", "=HYPERLINK(1)"),
        [
            (
                "contribution-cell",
                "sheet “Reported values”, row 2, column “Scope, as printed”",
                "The cell holds a formula.",
            )
        ],
    ),
    "an error of the spreadsheet": (
        cell(V, 2, "low", "#REF!", "General"),
        [
            (
                "contribution-cell",
                "sheet “Reported values”, row 2, column “From”",
                "The cell holds an error of the spreadsheet.",
            )
        ],
    ),
    "a date made by the spreadsheet": (
        cell("sources", 2, "date_published", datetime.datetime(2024, 3, 1), "yyyy-mm-dd"),
        [
            (
                "contribution-cell",
                "sheet “Sources”, row 2, column “Published”",
                "The spreadsheet has made a date of this cell: 2024-03-01.",
            )
        ],
    ),
    "a date as a serial number": (
        cell("sources", 2, "date_published", 45352, "General"),
        [
            (
                "contribution-cell",
                "sheet “Sources”, row 2, column “Published”",
                "45352 is how a spreadsheet stores the day 2024-03-01.",
            )
        ],
    ),
    "TRUE in place of yes": (
        cell("studies", 2, "is_sample", True, "General"),
        [
            (
                "contribution-cell",
                "sheet “Studies”, row 2, column “A sample?”",
                "The cell holds TRUE or FALSE.",
            )
        ],
    ),
    "a decimal comma": (
        cell(V, 3, "low", "2,5"),
        [
            (
                "schema-type",
                "sheet “Reported values”, row 3, column “From”",
                "This is not a plain number, such as 2.2. Write 2.5.",
            )
        ],
    ),
    "a line break in a cell": (
        cell(V, 2, "scope_as_printed", "girls\nin brothels"),
        [
            (
                "contribution-cell",
                "sheet “Reported values”, row 2, column “Scope, as printed”",
                "The cell holds a line break.",
            )
        ],
    ),
    "a word that is not in the list": (
        cell(V, 2, "qualifier", "exactly"),
        [
            (
                "schema-enum",
                "sheet “Reported values”, row 2, column “Qualifier”",
                "Expected one of: exact, about, less than, more than, at least, at most, range, range of estimates, spread, none found. Did you mean exact?",
            )
        ],
    ),
    "a required cell that is blank": (
        cell(V, 2, "printed", None),
        [
            (
                "schema-required",
                "sheet “Reported values”, row 2, column “As printed”",
                "The cell is blank.",
            )
        ],
    ),
    "a blank without a reason": (
        cell(V, 2, "credited_to", None),
        [
            (
                "blank-needs-a-reason",
                "sheet “Reported values”, row 2, column “Credited to”",
                "The cell is blank, and nothing says why. It takes an answer, or one of: (not seen), (not reported), (not applicable).",
            ),
        ],
    ),
    "a row that stands twice": (
        on(V, lambda s: s.append([c.value for c in s[2]])),
        [
            (
                "contribution-known-key",
                "sheet “Reported values”, row 6, column “Value”",
                "PC-BGD-Dhaka-01 stands in row 2 of the same sheet already.",
            )
        ],
    ),
    "a key that leads nowhere": (
        cell(V, 2, "place_id", "Dakka"),
        [
            (
                "schema-reference",
                "sheet “Reported values”, row 2, column “Place”",
                "No row of the sheet “Places” or of the package has this name. Did you mean Dhaka?",
            )
        ],
    ),
    "a term to avoid": (
        cell("populations", 2, "definition", "Women described as child prostitutes."),
        [
            (
                "term-to-avoid",
                "sheet “Populations”, row 2, column “Definition”",
                "The text holds “child prostitutes”. Write: child in commercial sexual exploitation.",
            )
        ],
    ),
    "a telephone number": (
        cell("populations", 2, "name", "Call 012 345 678"),
        [
            (
                "contact-or-coordinate",
                "sheet “Populations”, row 2, column “Name”",
                "The cell holds a telephone number.",
            )
        ],
    ),
    "markup": (
        cell("studies", 2, "name", "<b>Study</b>"),
        [("markup", "sheet “Studies”, row 2, column “Name”", "The cell holds markup.")],
    ),
    "template syntax": (
        cell("studies", 2, "name", "Study {{ 7 * 7 }}"),
        [("template-syntax", "sheet “Studies”, row 2, column “Name”", "The cell holds template syntax.")],
    ),
    "a word for missing": (
        cell(V, 2, "locator", "TBD"),
        [
            (
                "words-for-missing",
                "sheet “Reported values”, row 2, column “Locator”",
                "The word stands for a missing value.",
            )
        ],
    ),
    "ages turned round": (
        both(cell(V, 2, "age_min", "30"), cell(V, 2, "age_max", "20")),
        [
            (
                "low-above-high",
                "sheet “Reported values”, row 2, column “Age from”",
                "The lower end 30 lies above the upper end 20.",
            ),
        ],
    ),
    "a very long cell": (
        cell("studies", 2, "interest", "x" * 6000),
        [
            (
                "contribution-cell",
                "sheet “Studies”, row 2, column “Interest”",
                "The cell has more than 5,000 characters.",
            )
        ],
    ),
    "a cell far below": (
        on(V, set_cell("A90000", "x")),
        [
            (
                "contribution-layout",
                "sheet “Reported values”, cell AJ90000",
                "The sheet reaches to AJ90000, which is more than 200,000 cells.",
            )
        ],
    ),
}


def by_title(place: str) -> str:
    """A place by row and title: which letter a column has depends on what is asked."""
    return re.sub(r"cell [A-Z]+([0-9]+), column", r"row \1, column", place)


# In the words of the workbook, what to do about some of them.
MENDS = {
    "merged cells": "Unmerge these cells, and fill each of them.",
    "a hidden row": "Show the row, with the filter taken off if there is one; or delete it.",
    "a hidden column": "Show the column.",
    "two tables in one sheet": "Delete this row. A second table goes on a sheet of its own.",
    "the header again among the rows": "Delete this row. A second table goes on a sheet of its own.",
    "an extra column without a title": "Give the column its title, or delete it. Names of people are never sent.",
    "an extra column with names": "Delete the column. Names of people are never sent.",
    "a date made by the spreadsheet": "Set the format of the cell to Text, then type 2024-03-01, or 2024-03 if the source prints no day, or 2024 if the source prints no month.",
    "a key that leads nowhere": "Choose a name of the list, or add its row on the sheet “Places”.",
}
# Flaws that have nothing to do with each other share a workbook; each of the others has one of its own.
TOGETHER = (
    (
        *("text in a number", "a word that is not in the list", "a required cell that is blank"),
        *("a blank without a reason", "a row that stands twice", "a key that leads nowhere"),
        *("a term to avoid", "a telephone number", "markup", "a word for missing"),
    ),
    ("a percentage typed as a proportion", "template syntax", "a decimal comma"),
    (
        *("a cell formatted as a percentage", "a formula typed as text", "a date made by the spreadsheet"),
        *("TRUE in place of yes", "a very long cell"),
    ),
    ("a formula", "a line break in a cell", "a date as a serial number"),
    ("a hidden row", "a hidden column", "an extra column without a title", "two tables in one sheet"),
)
ALONE = [(flaw,) for flaw in FLAWED if not any(flaw in some for some in TOGETHER)]


@pytest.mark.parametrize("flaws", few(len(TOGETHER), zip([*TOGETHER, *ALONE])), ids=" and ".join)
def test_a_flawed_workbook_gets_the_finding_of_a_helpful_colleague(
    flaws: Sequence[str], lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    package, rows = lacking
    before = data_of(package)
    sent = workbook_of(rows, tmp_path / "study.xlsx", both(*(FLAWED[flaw][0] for flaw in flaws)))
    outcome = contribute.bring_in(Package(package), sent, is_dry_run=False)
    found = [(one.rule, by_title(one.cell), one.message) for one in outcome.report.findings]
    assert sorted(found) == sorted(one for flaw in flaws for one in FLAWED[flaw][1])
    fixes = dict(zip(found, (one.fix for one in outcome.report.findings), strict=True))
    mended = {FLAWED[flaw][1][0]: MENDS[flaw] for flaw in flaws if flaw in MENDS}
    assert {one: fixes[one] for one in mended} == mended
    assert not outcome.report.is_valid and not outcome.written
    assert data_of(package) == before


MENDED: dict[str, tuple[Change, list[str]]] = {
    "a day where a month is asked": (
        cell("studies", 2, "fieldwork", datetime.datetime(2021, 5, 1), "yyyy-mm-dd"),
        ["Set the format of the cell to Text, then type 2021-05, or 2021 if the source prints no month."],
    ),
    "a date in a number": (
        cell(V, 2, "low", datetime.datetime(2021, 5, 1), "yyyy-mm-dd"),
        ["Set the format of the cell to Text, then type what the source prints."],
    ),
    "a study without a key": (
        cell(V, 2, "study_id", None),
        [
            "Fill the cell, or choose why it is blank. It may stay blank only where the sheet “Studies” has one row of yours."
        ],
    ),
}


@pytest.mark.parametrize("flaw", few(1, zip(MENDED)))
def test_each_flaw_gets_its_own_mend(flaw: str, lacking: tuple[Path, Taken], tmp_path: Path) -> None:
    """In the words of the workbook, and once."""
    change, expected = MENDED[flaw]
    first = lacking[1]["studies"][0]
    other = {"studies": [first, first | {"study_id": "another", "name": "Another"}]}
    rows = lacking[1] | (other if flaw == "a study without a key" else {})
    sent = workbook_of(rows, tmp_path / "study.xlsx", change)
    found = contribute.bring_in(Package(lacking[0]), sent, is_dry_run=True).report.findings
    assert [one.fix for one in found if one.rule not in FOLLOWING] == expected


FOLLOWING = (
    *("compared-alike", "share-has-population", "codes-together", "same-reading-twice"),
    "linked-share-alike",
)


@pytest.mark.long
def test_the_example_alone_fills_in_no_key(lacking: tuple[Path, Taken], tmp_path: Path) -> None:
    """Or a value would go to a study that its sender never named."""
    book = load_workbook(template())
    sheet = book[VALUES]
    sheet.append([head.value for head in sheet[2]])
    for field in ("value_id", "source_id"):
        cell(V, 5, field, None)(book)
    for column in ("Count of the share", "Base of the share"):
        type_in(book, VALUES, 5, column, None)
    book.save(tmp_path / "study.xlsx")
    found = contribute.bring_in(
        Package(lacking[0]), tmp_path / "study.xlsx", is_dry_run=True
    ).report.findings
    assert {(one.rule, one.field) for one in found} >= {("schema-required", "source_id")}
    assert found[0].fix.endswith("It may stay blank only where the sheet “Sources” has one row of yours.")


def test_there_are_thirty_flaws() -> None:
    """And each rule of a contribution is met by one of them, by a broken file below, or in test_sheets.py."""
    assert len(FLAWED) >= 30
    met = {rule for _, expected in FLAWED.values() for rule, _, _ in expected}
    others = {
        "contribution-file",
        *(f"contribution-{name}" for name in ("part", "base", "number")),
    }
    assert {rule.id for rule in contribution_rules.RULES} - met == others


NO_WORKBOOK = "This is not a workbook in the format .xlsx."
DAMAGED = "The workbook cannot be read: it is damaged, or holds what no spreadsheet writes."


def macro_book(path: Path) -> None:
    """A workbook with a macro."""
    path.write_bytes(template().getvalue())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")


def bomb(path: Path) -> None:
    """A small file that unpacks to much."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 70_000_000)


def laughing(path: Path) -> None:
    """A sheet whose entities multiply."""
    doctype = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with zipfile.ZipFile(template()) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, doctype + data if name == "xl/workbook.xml" else data)


def formatted(path: Path) -> None:
    """A million blank rows that somebody coloured."""
    rows = "".join(f'<row r="{number}"><c r="A{number}" s="1"/></row>' for number in range(100, 1_000_000))
    with zipfile.ZipFile(template()) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).replace(b"</sheetData>", rows.encode() + b"</sheetData>", 1)
            new.writestr(name, text if name == "xl/worksheets/sheet3.xml" else old.read(name))


def broken(path: Path) -> None:
    """A sheet whose XML ends too early."""
    with zipfile.ZipFile(template()) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[:-40] if name == "xl/worksheets/sheet3.xml" else data)


def outside(path: Path) -> None:
    """A zip of something else."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../evil.txt", b"x")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda path: path.write_bytes(b"\x7fELF\0\0"),
            NO_WORKBOOK,
        ),
        (lambda path: path.write_bytes(b""), "The file is empty."),
        (lambda path: path.write_bytes(bytes(600)), "The file is empty."),
        (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n\0"), "This is a picture."),
        (
            lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600)),
            "This is a workbook in the old format .xls.",
        ),
        (macro_book, "The workbook holds macros."),
        (bomb, "Unpacked, the file has more than 60,000,000 bytes."),
        (laughing, "The workbook defines words of its own, which no spreadsheet does."),
        (outside, "This is a zip file, but no workbook in the format .xlsx."),
        (lambda path: Workbook().save(path), "The workbook has no row."),
        (
            lambda path: path.write_bytes(template().getvalue()[:-200]),
            "The file breaks off, so it cannot be read.",
        ),
        (os.mkfifo, "This is not a plain file."),
        (lambda path: path.symlink_to("/dev/zero"), "This is not a plain file."),
        (
            formatted,
            "The sheets have more than 50,000 rows.",
        ),
        (broken, DAMAGED),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(
    make: Callable[[Path], object], message: str, lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    path = tmp_path / "study.xlsx"
    make(path)
    [found] = contribute.bring_in(Package(lacking[0]), path, is_dry_run=True).report.findings
    assert (found.rule, found.table, found.message) == ("contribution-file", "study.xlsx", message)
    assert found.value.startswith("study.xlsx") or "has no row" in message
    assert "spreadsheet" not in found.fix or ".xls" in message or message == NO_WORKBOOK


@pytest.mark.parametrize(
    ("name", "content", "message", "fix"),
    [
        (
            "studies.csv",
            b"study_id\n",
            "This is one file of text, not a workbook.",
            workbook_file.AS_FOLDER,
        ),
        (
            "study.ods",
            template().getvalue(),
            "Its content is that of .xlsx, its name is not.",
            "Rename it to study.xlsx.",
        ),
    ],
)
def test_a_file_of_another_kind_is_told_what_would_do(
    name: str, content: bytes, message: str, fix: str, lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    [found] = contribute.bring_in(Package(lacking[0]), tmp_path / name, is_dry_run=True).report.findings
    assert (found.rule, found.table, found.message, found.fix) == ("contribution-file", name, message, fix)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.symlink_to("/etc/passwd"), "This is a link, or lies behind one."),
        (os.mkfifo, "This is not a plain file."),
        (Path.mkdir, "This is not a plain file."),
    ],
)
def test_what_is_no_csv_file_is_told_so(
    make: Callable[[Path], object], message: str, lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    sent = tmp_path / "study"
    sent.mkdir()
    make(sent / "studies.csv")
    [found] = contribute.bring_in(Package(lacking[0]), sent, is_dry_run=True).report.findings
    assert (found.table, found.message) == ("study/studies.csv", message)
    assert found.fix.startswith("Put the CSV file itself in its place")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_sheet_of_the_workbook_saved_as_csv_is_told_to_stay_a_workbook(
    delimiter: str, tmp_path: Path
) -> None:
    (tmp_path / "study").mkdir()
    head = [cell.value for cell in load_workbook(template())["Studies"][1]]
    (tmp_path / "study/studies.csv").write_text(f"{delimiter.join(head)}\r\nx\r\n", encoding="utf-8-sig")
    [found] = contribute.bring_in(Package(FROZEN), tmp_path / "study", is_dry_run=True).report.findings
    assert found.message.startswith("This is a sheet of the workbook, saved as CSV")
    assert found.fix == "Save the whole workbook as .xlsx and choose that."


def test_a_sheet_that_was_saved_as_csv_is_known_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "study").mkdir()
    head = [cell.value for cell in load_workbook(template())["Studies"][1]]
    (tmp_path / "study/study.csv").write_text(f"{','.join(head)}\r\nx\r\n", encoding="utf-8-sig")
    (tmp_path / "study/other.csv").write_text("a,b\n", encoding="utf-8")
    other, sheet = contribute.bring_in(Package(FROZEN), tmp_path / "study", is_dry_run=True).report.findings
    assert sheet.message.startswith("This is a sheet of the workbook, saved as CSV")
    assert sheet.fix == "Save the whole workbook as .xlsx and choose that."
    assert other.fix == "Give the file the name of its table, such as sources.csv, or leave it out."


def test_a_study_that_is_there_is_not_changed(tmp_path: Path, package: Path) -> None:
    """The example row of the template, written over in part, is such a row."""
    book = load_workbook(template())
    cell("studies", 2, "name", "Another study")(book)
    book.save(tmp_path / "study.xlsx")
    [found] = contribute.bring_in(
        Package(package), tmp_path / "study.xlsx", is_dry_run=False
    ).report.findings
    assert (found.rule, by_title(found.cell)) == (
        "contribution-known-key",
        "sheet “Studies”, row 2, column “Study”",
    )
    name = next(
        row["name"] for row in read_csv(FROZEN / "data/studies.csv") if row["study_id"] == "ijm-khm-2015"
    )
    assert found.message == f"The package has ijm-khm-2015 already, and there “Name” is “{name}”."
    assert data_of(package) == data_of(FROZEN)


def test_the_template_as_it_is_changes_nothing(package: Path, tmp_path: Path) -> None:
    (tmp_path / "study.xlsx").write_bytes(template().getvalue())
    code, said, _ = bring_in(package, tmp_path / "study.xlsx")
    assert (code, said["added"], said["written"]) == (0, {}, False)
    assert data_of(package) == data_of(FROZEN)


def test_a_workbook_of_an_older_template_gets_one_finding_and_the_way_on(
    lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    """Where only the mark is another one, and all titles are those of today, it is read like any other."""

    def older(book: Workbook) -> None:
        book.properties.keywords = "template 0"

    def with_other_titles(book: Workbook) -> None:
        older(book)
        rename_title("Title", "Name of the source")(book[TITLES["sources"][0]])
        rename_title("Name", "What it is called")(book[TITLES["studies"][0]])
        book.create_sheet("Examples of a limitation")["A1"] = "Limitation"

    package, rows = lacking
    sent = workbook_of(rows, tmp_path / "study.xlsx", with_other_titles)
    (found,) = contribute.bring_in(Package(package), sent, is_dry_run=True).report.findings
    assert (found.rule, found.table, found.fix) == (
        "contribution-file",
        sent.name,
        filled_workbook.FILL_ANEW,
    )
    assert all(
        f"sheet “{name}”" in found.message for name in ("Sources", "Studies", "Examples of a limitation")
    )
    sent = workbook_of(rows, tmp_path / "study.xlsx", older)
    assert contribute.bring_in(Package(package), sent, is_dry_run=True).report.is_valid


SAVED: dict[str, Callable[[str], bytes]] = {
    "as Excel does": lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
    "without the last line end": lambda text: text.rstrip("\n").encode(),
    "with semicolons": lambda text: semicolons(text).encode(),
    "with every cell in quotes": lambda text: semicolons(text, csv.QUOTE_ALL).encode(),
    "with blank lines at the end": lambda text: f"{text}\n\n,,,,\n".encode(),
    "as Excel does with a decimal comma": lambda text: (
        b"\xef\xbb\xbf" + semicolons(text).replace("\n", "\r\n").encode()
    ),
}


def semicolons(text: str, quoting: Literal[0, 1] = csv.QUOTE_MINIMAL) -> str:
    """Write rows with semicolons, without our own code."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n", quoting=quoting).writerows(
        csv.reader(io.StringIO(text))
    )
    return out.getvalue()


@pytest.mark.parametrize("how", SAVED)
def test_csv_files_are_read_as_a_spreadsheet_saves_them(
    how: str, lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    """The same as the files that go in by either path above."""
    plain, sent = (folder_of(lacking[1], tmp_path / place / "study") for place in "ab")
    for path in sent.iterdir():
        path.write_bytes(SAVED[how](path.read_text(encoding="utf-8")))
    contract = Package(lacking[0]).contract
    assert csv_folder.read(sent, contract) == csv_folder.read(plain, contract)
    assert csv_folder.read(sent, contract).entries


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
    found = contribute.bring_in(Package(lacking[0]), sent, is_dry_run=True).report.findings
    assert (found[0].rule, found[0].table) == expected
    assert found[0].line > 0 or file == "values.csv"


def test_a_row_of_the_package_that_a_new_row_puts_wrong_is_named_by_its_key(
    lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    """Its line would be another in the file that would be written."""
    rows = {name: [{**row} for row in some] for name, some in lacking[1].items()}
    rows["places"].append(rows["places"][0] | {"place_id": "phnom-penh.", "name": "Phnom Penh"})
    sent = workbook_of(rows, tmp_path / "study.xlsx")
    found = contribute.bring_in(Package(lacking[0]), sent, is_dry_run=True).report.findings
    named = {(one.table, one.line, one.row) for one in found if not one.cell}
    assert ("data/places.csv", 0, "phnom-penh") in named or "ids-differ-in-more-than-case" not in {
        one.rule for one in found if not one.cell
    }
    assert {(table, line) for table, line, _ in named} <= {("data/places.csv", 0)}
    assert {row for *_, row in named} <= {row["place_id"] for row in Package(lacking[0]).rows("places")}


def test_a_fault_that_the_package_has_by_itself_is_not_the_contributors(
    own: Path, lacking: tuple[Path, Taken], tmp_path: Path, asked: list[checks.Asked]
) -> None:
    """To know it, only what found it is asked again; a table that stays as it is is not asked at all."""
    rows = read_csv(own / "data/organisations.csv")
    faulty = next(row for row in rows if row["kind"] != "government")
    faulty["name"] = "Ministry of Something"
    write_rows(own / "data/organisations.csv", "organisations", rows)
    sent = workbook_of(lacking[1], tmp_path / "study.xlsx")
    outcome = contribute.bring_in(Package(own), sent, is_dry_run=True)
    assert outcome.report.is_valid and outcome.added
    assert "kind-of-body" not in {found.rule for found in outcome.report.findings}
    first, again = asked
    assert first == checks.Asked({*outcome.added}, None) and "helplines" not in outcome.added
    assert again.tables == {"organisations"}
    assert again.rules and "kind-of-body" in again.rules and len(again.rules) < 5


def test_a_rule_that_cannot_run_is_no_fault_that_was_there_before(
    own: Path, lacking: tuple[Path, Taken], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the verdict would be sound where nothing was looked at."""
    broken = finding(
        TABLES, "datapackage.json", "The rule x cannot work with the columns.", field="resources"
    )
    layers = dict.fromkeys(checks.OF_THE_DATA)
    monkeypatch.setattr(checks, "run", lambda *given, **named: Report((broken,), tuple(layers), ()))
    outcome = contribute.bring_in(
        Package(own), workbook_of(lacking[1], tmp_path / "study.xlsx"), is_dry_run=True
    )
    assert [one.rule for one in outcome.report.findings] == [TABLES.id] and not outcome.report.is_valid


@pytest.fixture
def found_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the check, which finds the study sound above: what is asked is how it is written."""
    sound = Report((), checks.OF_THE_DATA, ())
    monkeypatch.setattr(checks, "run", lambda *given, **named: sound)


@pytest.mark.usefixtures("found_sound")
@pytest.mark.parametrize("failing", [1, 2])
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
        contribute.bring_in(Package(own), folder_of(lacking[1], tmp_path / "study"), is_dry_run=False)
    assert data_of(own) == before
    assert not list(own.glob(".data.*"))


@pytest.mark.usefixtures("found_sound")
def test_the_next_steps_lead_to_sending(own: Path, lacking: tuple[Path, Taken], tmp_path: Path) -> None:
    sent = folder_of(lacking[1], tmp_path / "study")
    told = contribute.said(contribute.bring_in(Package(own), sent, is_dry_run=False), "text")
    assert "preview --base HEAD" in told and "docs/contribute.md" in told


@pytest.mark.long
def test_a_share_typed_as_a_proportion_is_told_the_percent(
    lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    flawed = both(cell(V, 2, "low", "0.22"), cell(V, 2, "high", "0.22"))
    sent = workbook_of(lacking[1], tmp_path / "a.xlsx", flawed)
    found = contribute.bring_in(Package(lacking[0]), sent, is_dry_run=True).report.findings
    assert {one.message for one in found if one.rule == "reading-against-token"} == {
        "The number 0.22 does not stand in “about 22 per cent”, which holds 22."
    }
    interval = {"interval_low": "0.2", "interval_high": "0.243", "interval_level": "95"}
    filled = [cell(V, 2, name, value) for name, value in interval.items()]
    sent = workbook_of(lacking[1], tmp_path / "b.xlsx", both(*filled))
    [one] = contribute.bring_in(Package(lacking[0]), sent, is_dry_run=True).report.findings
    assert one.message == "The value 22 lies outside the printed interval 0.2 to 0.243."
    assert "typed in percent" in one.fix


def test_a_proportion_that_the_token_has_too_is_warned_of(
    lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    flawed = both(*(cell(V, 2, name, "0.38") for name in ("printed", "low", "high")))
    sent = workbook_of(lacking[1], tmp_path / "study.xlsx", flawed)
    found = contribute.bring_in(Package(lacking[0]), sent, is_dry_run=True).report.findings
    assert {(one.rule, one.level) for one in found} == {
        ("bounding-word-against-qualifier", "warning"),
        ("small-share-says-percent", "warning"),
    }


def test_a_comma_gets_the_number_that_was_meant(lacking: tuple[Path, Taken], tmp_path: Path) -> None:
    hints = {
        "12,4": "Write 12.4.",
        "0,125": "Write 0.125.",
        "1,2,3": "",
    }  # one in each row
    typed = [cell(V, row, "low", text) for row, text in enumerate(hints, start=2)]
    sent = workbook_of(lacking[1], tmp_path / "study.xlsx", both(*typed))
    found = contribute.bring_in(Package(lacking[0]), sent, is_dry_run=True).report.findings
    assert [(one.value, one.message) for one in found] == [
        (text, f"This is not a plain number, such as 2.2. {hint}".strip()) for text, hint in hints.items()
    ]


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
    by_workbook = contribute.bring_in(
        Package(package), workbook_of(flawed, tmp_path / "a.xlsx"), True
    ).report
    by_folder = contribute.bring_in(Package(package), folder_of(flawed, tmp_path / "a"), True).report
    by_git = checks.run(Package(own, with_derived=False), checks.OF_THE_DATA, lambda text: None)

    def said(report: Report) -> list[tuple[str, ...]]:
        return [
            (one.rule, one.level, one.field, one.value, one.message, one.fix, one.link)
            for one in report.findings
        ]

    assert said(by_workbook) == said(by_folder) == said(by_git) != []


@pytest.fixture(scope="module")
def refused(lacking: tuple[Path, Taken], tmp_path_factory: pytest.TempPathFactory) -> contribute.Outcome:
    """What comes of a workbook with one fault."""
    place = tmp_path_factory.mktemp("refused") / "study.xlsx"
    sent = workbook_of(lacking[1], place, cell(V, 2, "low", "2,5"))
    return contribute.bring_in(Package(lacking[0]), sent, is_dry_run=False)


@pytest.mark.parametrize("format", ["text", "json", "markdown", "github"])
def test_exit_code_and_format(
    format: str, refused: contribute.Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contribute, "bring_in", lambda *given: refused)
    done = command("contribute", "import", str(FROZEN), "--package", str(FROZEN), "--format", format)
    assert done.returncode == 1
    assert "plain number" in done.stdout
    if format == "text":
        assert "study.xlsx, sheet “Reported values”, row 2, column “From”" in by_title(done.stdout)
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
    the_contract = Package(FROZEN).contract
    for table in (table for table in sheets.sheets(the_contract) if sheets.sheet_name(table) in book):
        sheet = book[sheets.sheet_name(table)]
        asked = sheets.asked(table)
        assert [head.value for head in sheet[1]] == [field.title for field in asked]
        offered = {}
        for rule in sheet.data_validations.dataValidation:
            if rule.formula1.startswith('"'):
                words = rule.formula1.strip('"').split(",")
            else:
                place = book.defined_names[rule.formula1.lstrip("=")].attr_text.partition("!")[2]
                words = [one.value for (one,) in book["Lists"][place.replace("$", "")]]
            offered[str(rule.sqref).split("2:")[0]] = (words, rule.showErrorMessage)
        for head, field in zip(sheet[1], asked, strict=True):
            told = notes.MADE if table.primary_key == (field.name,) else notes.in_plain_words(field)
            assert told in head.comment.text
            assert not re.search(r"\b(?:roots?|tokens?|keys?|coding)\b", head.comment.text.split("\n")[0])
            for word in (*field.categories, *sheets.reasons(table, field)):
                assert f"\n{word.label}" in head.comment.text
            if "enum" in field.constraints and len(field.constraints["enum"]) > 1:
                assert offered[head.column_letter] == (
                    [word.label for word in field.categories],
                    True,
                )
            assert sheet.column_dimensions[head.column_letter].number_format == "@"
    assert not [name for name in zipfile.ZipFile(template()).namelist() if "vba" in name.lower()]


def test_a_column_of_reasons_names_the_column_that_it_explains_by_its_title() -> None:
    """Who fills in a workbook sees titles, not names of fields."""
    for table in Package(FROZEN).contract.tables:
        by_name = {field.name: field for field in table.fields}
        for name, field in by_name.items():
            other = by_name.get(name.removesuffix("_reason"))
            assert "_" not in field.title
            if name.endswith("_reason") and other:
                assert field.description == f"Filled when “{other.title}” is blank, and only then."


def test_a_filled_template_is_the_study_itself(tmp_path: Path, package: Path) -> None:
    """`--study` fills in what `take_out` takes out, and what that points at."""
    done = command("contribute", "template", str(tmp_path / "example.xlsx"), "--study", STUDY)
    assert done.returncode == 0, done.stderr
    own, taken = package_without_study(tmp_path / "own")
    outcome = contribute.bring_in(Package(own), tmp_path / "example.xlsx", is_dry_run=False)
    assert {name: set(keys) for name, keys in outcome.added.items()} == {
        name: {
            " ".join(row[key] for key in Package(FROZEN).contract.table(name).primary_key) for row in rows
        }
        for name, rows in taken.items()
    }
    assert data_of(own) == data_of(FROZEN)


@given(st.one_of(st.integers(-(10**9), 10**9), st.decimals(0, 10**6, places=4, allow_nan=False).map(float)))
@settings(max_examples=300)
def test_a_number_is_written_as_people_type_it(number: float) -> None:
    text = cell_text.plain(number)
    assert float(text) == number
    assert "e" not in text and not text.endswith(".0")


@given(st.lists(st.text(), max_size=3))
def test_a_proposed_key_has_the_form_of_a_key(words: list[str]) -> None:
    assert re.fullmatch("[a-z0-9][a-z0-9.-]*", slug(*words))
    assert COLUMNS["places"][0] == "place_id"
