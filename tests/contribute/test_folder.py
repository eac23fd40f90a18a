"""A folder of CSV files is filled in like a workbook, with names instead of keys, but may omit columns."""

import csv
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from scripts import contribute
from scripts.contribute import csv_folder, defaults
from scripts.package.files import Row
from scripts.package.package import Package
from tests.conftest import FROZEN
from tests.contribute.contributions import TITLES
from tests.contribute.sheets import STUDY, Typed, save_filled_template

PACKAGE = Package(FROZEN, with_derived=False)
PARTS = {"Count of the share": "numerator_of", "Denominator of the share": "denominator_of"}
V = "Reported values"


def folder_of(typed: Typed, place: Path) -> Path:
    """Write the cells of a workbook as CSV files that have only the columns filled in."""
    place.mkdir()
    for sheet, rows in typed.items():
        [(table, names)] = [
            (name, {title: field for field, title in titles.items()} | PARTS)
            for name, (title, titles) in TITLES.items()
            if title == sheet
        ]
        fields = list(dict.fromkeys(names[title] for row in rows for title in row))
        with (place / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fields, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows({names[title]: cell for title, cell in row.items()} for row in rows)
    return place


@pytest.mark.slow
def test_a_folder_adds_the_rows_of_the_workbook_with_the_same_cells(tmp_path: Path) -> None:
    sent = folder_of(STUDY, tmp_path / "study"), save_filled_template(STUDY, tmp_path / "study.xlsx")
    by_folder, by_workbook = (
        contribute.import_contribution(PACKAGE, path, is_dry_run=True) for path in sent
    )
    assert by_folder.report.findings == ()
    assert by_folder.merged.rows == by_workbook.merged.rows and by_folder.added == by_workbook.added
    assert "Left blank, and recorded as “not recorded”: “Author”." in by_folder.notes


@pytest.mark.parametrize(
    ("mark", "typed", "stored"),
    [
        ("comma", "3,7", "3.7"),
        ("comma", "3.7", "3.7"),
        ("comma", "1.204", "1.204"),
        ("comma", "1,204", "1,204"),
        ("point", "3.7", "3.7"),
        ("point", "3,7", "3,7"),
    ],
)
def test_csv_number_follows_the_decimal_mark_of_its_source(mark: str, typed: str, stored: str) -> None:
    blank = dict.fromkeys(PACKAGE.contract.table("reported_values").column_names, "")
    row = blank | {"source_id": "S", "interval_low": typed}

    def find_row(table: str, key: str) -> Row:
        return {"decimal_mark": mark} if (table, key) == ("sources", "S") else {}

    assert defaults.reading_defaults(row, find_row, is_plain=True)["interval_low"] == stored


@pytest.mark.parametrize(
    ("key", "named"), [("L900", "L900"), ("", "Closed venues"), ("L-KC-1", "L-KC-1"), ("kc1", "kc1")]
)
def test_a_limitation_of_a_figure_alone_bears_on_no_study(key: str, named: str, tmp_path: Path) -> None:
    sent = folder_of(STUDY, tmp_path / "study")
    (sent / "limitations.csv").write_text(
        f"limitation_id,kind,name,text\n{key},coverage,Closed venues,Closed venues were not visited.\n"
    )
    (sent / "scopes.csv").write_text(f"limitation_id,value_id\n{named},KH005\n")
    outcome = contribute.add_contribution(PACKAGE, csv_folder.read_folder(sent, PACKAGE.contract))
    scopes = [entry.cells for entry in outcome.merged.added["scopes"].values()]
    assert [(scope["study_id"], scope["value_id"]) for scope in scopes] == [("", "KH005")]
    assert not [found for found in outcome.report.findings if found.level == "error"]


def test_short_names_of_limitations_are_told_apart(tmp_path: Path) -> None:
    """Each short name of the sender's gets a key of the package; one that stands twice is refused."""
    sent = folder_of(STUDY, tmp_path / "study")
    row = "{0},coverage,Closed venues {1},Closed venues were not visited {1}.\n".format
    head = "limitation_id,kind,name,text\n"
    outcomes = []
    for first, second in (("L-KC-1", "L-KC-2"), ("L-KC-1", "L-KC-1")):
        rows = row(first, "by day") + row(second, "at night")
        (sent / "limitations.csv").write_text(head + rows)
        (sent / "scopes.csv").write_text(f"limitation_id,value_id\n{first},KH005\n{second},KH007\n")
        read = csv_folder.read_folder(sent, PACKAGE.contract)
        outcomes.append(contribute.add_contribution(PACKAGE, read))
    sound, twice = outcomes
    assert not [found for found in sound.report.findings if found.level == "error"]
    scopes = {entry.cells["value_id"]: entry.cells for entry in sound.merged.added["scopes"].values()}
    keys = [scopes[value]["limitation_id"] for value in ("KH005", "KH007")]
    assert [
        f"“L-KC-{number}” is taken as “{key}”." in " ".join(sound.notes)
        for number, key in enumerate(keys, start=1)
    ] == [True, True]
    assert "L-KC-1 stands in line 2 of the same file already." in [
        found.message for found in twice.report.findings
    ]


SLIPS = (  # sheet, row, column, typed text, cell, words of message and fix
    (
        V,
        0,
        "Place",
        "Pnom Penh",
        "line 2, column “place_id”",
        "Did you mean Phnom Penh?",
        "row to places.csv",
    ),
    (
        V,
        0,
        "From",
        "9.1",
        "line 2, column “low”",
        "does not stand in “9.0 %”",
        "“decimal_mark” in sources.csv",
    ),
    (
        V,
        0,
        "Denominator of the share",
        "421",
        "line 2, column “denominator_of”",
        "No other row gives",
        "short name",
    ),
    (
        "Sources",
        0,
        "Published",
        "2015-13",
        "line 2, column “date_published”",
        "is not in the calendar",
        "Correct",
    ),
)


@pytest.mark.slow
@pytest.mark.parametrize("slip", SLIPS[:1])
@pytest.mark.parametrize("others", [SLIPS[1:]])
def test_a_slip_is_reported_at_its_line_in_the_words_of_the_files(
    slip: Sequence[str], others: Sequence[Sequence[str]], tmp_path: Path
) -> None:
    slips = [slip, *others]
    typed = {sheet: [dict(row) for row in rows] for sheet, rows in STUDY.items()}
    for sheet, row, title, text, *_ in slips:
        typed[sheet][int(row)][title] = text
    typed[V][0].update({"To": "9.1"})
    report = contribute.import_contribution(
        PACKAGE, folder_of(typed, tmp_path / "study"), is_dry_run=True
    ).report
    told = {
        finding.cell.partition(" and ")[0]: (finding.message, finding.fix) for finding in report.findings
    }
    for *_, cell, message, fix in slips:
        found = next(said for place, said in told.items() if cell in (place, place.replace("high", "low")))
        assert message in found[0] and fix in found[1]
    assert not any(re.search("sheet|data/", " ".join(said)) for said in told.values())


@pytest.mark.parametrize(
    ("write", "place"),
    [
        (
            lambda typed, folder: save_filled_template(typed, folder / "study.xlsx"),
            "sheet “Reported values”, cell C5",
        ),
        (lambda typed, folder: folder_of(typed, folder / "study"), "line 5, column “topic”"),
    ],
    ids=["workbook", "folder"],
)
def test_a_note_below_a_table_is_one_finding(
    write: Callable[[Typed, Path], Path], place: str, tmp_path: Path
) -> None:
    note = {"Topic": "Source: annual report of 2019"}
    sent = write(dict(STUDY) | {V: [*STUDY[V], note]}, tmp_path)
    [found] = contribute.import_contribution(PACKAGE, sent, is_dry_run=True).report.findings
    assert found.cell.startswith(place) and found.value == note["Topic"]
    assert "delete the " in found.fix


def test_an_unknown_column_is_refused_at_the_header(tmp_path: Path) -> None:
    (tmp_path / "studies.csv").write_text("name,names_of_children\nA,B\n")
    [found] = csv_folder.read_folder(tmp_path, PACKAGE.contract).findings
    assert (found.rule, found.line) == ("bytes-header", 1)
