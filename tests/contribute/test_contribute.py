"""Importing a workbook and CSV files gives the same rows, and every fault is reported."""

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
from scripts.checks import contributed_file_rules
from scripts.checks.descriptor import TABLES
from scripts.contribute import (
    contribution_layout,
    csv_folder,
    filled_workbook,
    template,
    workbook_file,
)
from scripts.contribute.cell_coercion import slug
from scripts.findings import Report, make_finding
from scripts.package.package import Package
from tests.conftest import FROZEN, PATHS, ROOT, copy_package, mark_later_cases_long, read_csv, run_command
from tests.contribute.contributions import (
    STUDY,
    TITLES,
    Taken,
    bytes_of_tables,
    folder_of,
    package_without_study,
    write_rows,
    write_workbook,
)
from tests.contribute.contributions import template as empty

pytestmark = pytest.mark.slow

Change = Callable[[Workbook], None]
V = "reported_values"
VALUES, TITLE = TITLES[V]


@pytest.fixture
def own(lacking: tuple[Path, Taken], tmp_path: Path) -> Path:
    """A copy of the package without the study, to write to."""
    shutil.copytree(lacking[0], tmp_path / "own")
    return tmp_path / "own"


HEADLINES = PATHS["subject_headlines"]


def run_import(package: Path, path: Path, *options: str) -> dict[str, object]:
    """Run `contribute import`, and return its JSON."""
    done = run_command(
        "contribute", "import", str(path), "--package", str(package), "--format", "json", *options
    )
    assert done.returncode == 0, done.stdout
    said: dict[str, object] = json.loads(done.stdout)
    return said


@pytest.mark.parametrize("make", mark_later_cases_long(1, [(write_workbook,), (folder_of,)]))
def test_workbook_and_csv_import_add_the_same_rows(
    make: Callable[[Taken, Path], Path], own: Path, lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    """A study of another country, design and age group goes in; the package is then as it was before."""
    sent = make(lacking[1], tmp_path / "study.xlsx" if make is write_workbook else tmp_path / "study")
    before = bytes_of_tables(own)
    dry = run_import(own, sent, "--dry-run")
    assert (dry["valid"], dry["written"], bytes_of_tables(own)) == (True, False, before)
    wet = run_import(own, sent)
    assert (wet["valid"], wet["written"], wet["added"]) == (True, True, dry["added"])
    again = run_import(own, sent)
    assert (again["valid"], again["written"], again["added"]) == (True, False, {})
    shutil.copyfile(FROZEN / HEADLINES, own / HEADLINES)  # which an editor adds
    assert bytes_of_tables(own) == bytes_of_tables(FROZEN)
    assert run_command("derive", "--package", str(own)).returncode == 0
    assert {path.name: path.read_bytes() for path in (own / "data/derived").iterdir()} == {
        path.name: path.read_bytes() for path in (FROZEN / "data/derived").iterdir()
    }


def without_keys(rows: Taken) -> Taken:
    """Return rows as somebody without keys would send them: source, study and values have blank keys."""
    words = {name: rows[name] for name in ("organisations", "places", "populations", "indicators")}
    source = [row for row in rows["sources"] if row["source_id"] == "share-net-page"]
    study = [row | {"study_id": ""} for row in rows["studies"]]
    blank = {"value_id": "", "source_id": "", "study_id": ""}
    values = [row | blank for row in rows[V]]
    return words | {"sources": [row | {"source_id": ""} for row in source], "studies": study, V: values}


def test_keys_are_proposed_and_the_only_source_and_study_are_filled_in(
    own: Path, lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    sent = write_workbook(without_keys(lacking[1]), tmp_path / "study.xlsx")
    added = run_import(own, sent)["added"]
    assert isinstance(added, dict)
    assert added["sources"] == ["share-net-bangladesh"]
    assert added["studies"] == ["population-council-dhaka"]
    assert added[V] == [f"SHARE-NET-BANGLADESH-{number:03}" for number in range(1, 5)]
    rows = {row["value_id"]: row for row in read_csv(own / "data/reported_values.csv")}
    assert {(rows[key]["source_id"], rows[key]["study_id"]) for key in added[V]} == {
        ("share-net-bangladesh", "population-council-dhaka")
    }
    after = bytes_of_tables(own)
    assert run_import(own, sent)["added"] == {} and bytes_of_tables(own) == after


def cell(table: str, row: int, field: str, value: object, number_format: str = "@") -> Change:
    """Return a change that sets a cell."""

    def change(book: Workbook) -> None:
        title, titles = TITLES[table]
        sheet = book[title]
        [column] = [head.column for head in sheet[1] if head.value == titles[field]]
        sheet.cell(row, column).value = value
        sheet.cell(row, column).number_format = number_format

    return change


def change_values_sheet(edit: Callable[[Worksheet], object]) -> Change:
    """Return a change to the sheet of values."""
    return lambda book: edit(book[VALUES]) and None


def combine_changes(*changes: Change) -> Change:
    """Return a change that makes several changes in turn."""
    return lambda book: [change(book) for change in changes] and None


def set_values_cells(**cells: object) -> Change:
    """Return a change that sets cells of the sheet of values by their addresses."""
    return change_values_sheet(
        lambda sheet: [sheet.__setitem__(place, value) for place, value in cells.items()]
    )


def rename_column(old: str, new: str | None) -> Change:
    """Return a change that renames the column with a title, or deletes it if there is no new title."""

    def change(sheet: Worksheet) -> None:
        [head] = [head for head in sheet[1] if head.value == old]
        head.value = new
        if new is None:
            sheet.delete_cols(head.column)

    return change_values_sheet(change)


MAY = datetime.datetime(2021, 5, 1)
FLAWS: dict[str, Change] = {
    "sheet renamed": lambda book: setattr(book[VALUES], "title", "Reported value"),
    "sheet of one's own": lambda book: book.create_sheet("Notes").append(["Interview of a case"]),
    "column renamed": rename_column(TITLE["printed"], "Reported text"),
    "column missing": rename_column(TITLE["locator"], None),
    "column of names": set_values_cells(AL1="Names of children", AL2="A. B."),
    "column without title": set_values_cells(AL3="A. B."),
    "title twice": set_values_cells(AL1=TITLE["printed"]),
    "merged": change_values_sheet(lambda sheet: sheet.merge_cells("A2:A3")),
    "row hidden": change_values_sheet(lambda sheet: setattr(sheet.row_dimensions[3], "hidden", True)),
    "sheet hidden": lambda book: setattr(book[TITLES["studies"][0]], "sheet_state", "hidden"),
    "titles in row 2": change_values_sheet(lambda sheet: sheet.insert_rows(1)),
    "text in a number": cell(V, 2, "low", "about 38"),
    "as a proportion": combine_changes(cell(V, 2, "low", "0.38"), cell(V, 2, "high", "0.38")),
    "percent format": cell(V, 2, "low", 0.022, "0.0%"),
    "formula": cell(V, 2, "low", "=SUM(A1:A9)", "General"),
    "formula as text": cell(V, 2, "scope_as_printed", "=HYPERLINK(1)"),
    "spreadsheet error": cell(V, 2, "low", "#REF!", "General"),
    "date in a number": cell(V, 2, "low", MAY, "yyyy-mm-dd"),
    "serial date": cell("sources", 2, "date_published", 45352, "General"),
    "TRUE": cell("studies", 2, "is_sample", True, "General"),
    "decimal comma": cell(V, 3, "low", "2,5"),
    "word of no list": cell(V, 2, "qualifier", "exactly"),
    "blank": cell(V, 2, "printed", None),
    "blank without reason": combine_changes(
        cell(V, 2, "study_id", "(not a study)"), cell(V, 2, "credited_to", None)
    ),
    "row twice": change_values_sheet(lambda sheet: sheet.append([cell.value for cell in sheet[2]])),
    "name of no row": cell(V, 2, "place_id", "Dakka"),
    "term to avoid": cell("populations", 2, "definition", "Women described as child prostitutes."),
    "telephone": cell("populations", 2, "name", "Call 012 345 678"),
    "very long": cell("studies", 2, "interest", "x" * 6000),
    "cell far below": set_values_cells(A90000="x"),
}
TOLD = {row["flaw"]: row for row in read_csv(Path(__file__).parent / "flaws.csv")}
# Independent flaws share a workbook; each of the others has one of its own.
TOGETHER = (
    (
        "text in a number",
        "word of no list",
        "blank",
        "row twice",
        "name of no row",
        "telephone",
        "serial date",
    ),
    ("blank without reason", "term to avoid"),
    ("as a proportion", "decimal comma"),
    ("percent format", "formula as text", "TRUE", "very long"),
)
ALONE = [(flaw,) for flaw in FLAWS if not any(flaw in flaws for flaws in TOGETHER)]


def place(told: dict[str, str]) -> str:
    """Return the place of a finding by row and title, since a column's letter depends on the template."""
    named = [place_text.partition(", ") for place_text in filter(None, told["place"].split("+"))]
    where = [f"{row}, column “{title}”" if title else row for row, _, title in named]
    return (
        ", ".join(filter(None, [f"sheet “{told['sheet']}”", " and ".join(where)])) if told["sheet"] else ""
    )


@pytest.mark.parametrize(
    "flaws", mark_later_cases_long(len(TOGETHER), zip([*TOGETHER, *ALONE])), ids=" and ".join
)
def test_flawed_workbook_gets_the_expected_findings(
    flaws: Sequence[str], lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    package, rows = lacking
    before = bytes_of_tables(package)
    sent = write_workbook(rows, tmp_path / "study.xlsx", combine_changes(*(FLAWS[flaw] for flaw in flaws)))
    outcome = contribute.import_contribution(Package(package), sent, is_dry_run=False)
    found = {
        (finding.rule, re.sub(r"cell [A-Z]+([0-9]+), column", r"row \1, column", finding.cell)): finding
        for finding in outcome.report.findings
    }
    assert len(found) == len(outcome.report.findings) == len(flaws)
    for told in (TOLD[flaw] for flaw in flaws):
        finding = found[told["rule"], place(told)]
        assert told["message"] in finding.message and told["fix"] in finding.fix
    assert not outcome.report.is_valid and not outcome.written and bytes_of_tables(package) == before


@pytest.mark.parametrize(
    ("table", "column", "shown", "taken"),
    [
        ("sources", "date_published", "yyyy-mm-dd", "2021-05-01"),
        ("sources", "date_published", "[$-409]mmm\\-yy;@", "2021-05"),
        ("studies", "fieldwork", "d mmmm yyyy", "2021-05"),
    ],
)
def test_a_date_of_a_spreadsheet_is_taken_as_far_as_it_is_shown(
    table: str, column: str, shown: str, taken: str, lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    package, rows = lacking
    sent = write_workbook(rows, tmp_path / "study.xlsx", cell(table, 2, column, MAY, shown))
    merged = contribute.import_contribution(Package(package), sent, is_dry_run=True).merged
    assert merged and taken in {entry.cells[column] for entry in merged.added[table].values()}


def test_each_contribution_rule_has_a_flawed_workbook() -> None:
    """Every rule on contributions has a flaw here, or a damaged file below or a case in test_sheets.py."""
    assert {*TOLD} == {*FLAWS}
    others = {"contribution-file", *(f"contribution-{name}" for name in ("part", "denominator", "words"))}
    assert {rule.id for rule in contributed_file_rules.RULES} - {
        told["rule"] for told in TOLD.values()
    } == others


def zipped(**parts: bytes) -> bytes:
    """Return a zip with these parts; __ in a name stands for a slash, and _ for a full stop."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return buffer.getvalue()


def with_part(name: str, data: bytes) -> bytes:
    """Return the template with one more part."""
    buffer = io.BytesIO(empty().getvalue())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


OLD = b"\xd0\xcf\x11\xe0" + bytes(600)
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
STRICT = b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'
WRONG: dict[str, tuple[bytes, str]] = {  # contents and words of the message, by file name
    "elf.xlsx": (b"\x7fELF\0\0", "This is not a workbook in the format .xlsx."),
    "empty.xlsx": (bytes(600), "The file is empty."),
    "png.xlsx": (b"\x89PNG\r\n\x1a\n\0", "This is a picture."),
    "old.xlsx": (OLD, "in the old format .xls."),
    "locked.xlsx": (OLD + "EncryptedPackage".encode("utf-16-le"), "The workbook has a password."),
    "pdf.xlsx": (b"%PDF-1.7", "This is a PDF file."),
    "text.xlsx": (b"a;b\n1;2\n", "This is a file of text, not a workbook."),
    "studies.csv": (b"study_id\n", "This is a file of text, not a workbook."),
    "broken.xlsx": (empty().getvalue()[:-200], "The file breaks off, so it cannot be read."),
    "large.xlsx": (zipped(xl__workbook_xml=b"0" * 70_000_000), "more than 60,000,000 bytes."),
    "strict.xlsx": (zipped(xl__workbook_xml=STRICT), "“Strict Open XML”"),
    "damaged.xlsx": (zipped(xl__workbook_xml=b"<a"), "The workbook cannot be read: it is damaged"),
    "binary.xlsx": (zipped(xl__workbook_bin=b"x"), "in the format .xlsb."),
    "word.xlsx": (zipped(word__document_xml=b"<a/>"), "a word processor."),
    "opendocument.xlsx": (zipped(mimetype=ODS), "such as .ods."),
    "other.xlsx": (zipped(evil_txt=b"x"), "This is a zip file, but no workbook in the format .xlsx."),
    "macro.xlsx": (with_part("xl/vbaProject.bin", b"x"), "The workbook holds macros."),
    "picture.xlsx": (with_part("xl/media/image1.png", b"x"), "The workbook holds a picture."),
    "embedded.xlsx": (with_part("xl/embeddings/a.bin", b"x"), "The workbook holds an embedded file."),
}


@pytest.mark.parametrize("name", WRONG)
def test_non_workbook_file_is_refused_with_a_reason(name: str, tmp_path: Path) -> None:
    content, message = WRONG[name]
    (tmp_path / name).write_bytes(content)
    [found] = filled_workbook.read_workbook(tmp_path / name, Package(FROZEN).contract).findings
    assert (found.rule, found.table) == ("contribution-file", name) and found.value.startswith(name)
    assert message in found.message and found.fix


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_device_file_is_refused_as_a_workbook(make: Callable[[Path], object], tmp_path: Path) -> None:
    make(tmp_path / "study.xlsx")
    fault = workbook_file.workbook_fault(tmp_path / "study.xlsx")
    assert fault and fault[0] == "This is not a plain file."


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.symlink_to("/etc/passwd"), "This is a link, or lies behind one."),
        (os.mkfifo, "This is not a plain file."),
        (Path.mkdir, "This is not a plain file."),
    ],
)
def test_a_file_that_is_not_csv_is_reported(
    make: Callable[[Path], object], message: str, tmp_path: Path
) -> None:
    make(tmp_path / "studies.csv")
    [found] = csv_folder.read_folder(tmp_path, Package(FROZEN).contract).findings
    assert (found.table, found.message) == ("studies.csv", message)
    assert found.fix.startswith("Put the CSV file itself in its place")


def test_importing_an_existing_study_changes_nothing(
    lacking: tuple[Path, Taken], tmp_path: Path, package: Path
) -> None:
    sent = write_workbook(lacking[1], tmp_path / "study.xlsx", cell("studies", 2, "name", "Another study"))
    outcome = contribute.import_contribution(Package(package), sent, is_dry_run=False)
    [found] = outcome.report.findings
    assert found.rule == "contribution-known-key" and found.cell.endswith("column “Study”")
    name = Package(FROZEN).name_of("studies", STUDY)
    assert found.message == f"The package has {STUDY} already, and there “Name” is “{name}”."
    assert bytes_of_tables(package) == bytes_of_tables(FROZEN)


def semicolons(text: str, quoting: Literal[0, 1] = csv.QUOTE_MINIMAL) -> str:
    """Return a CSV text rewritten with semicolons, without our own code."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n", quoting=quoting)
    writer.writerows(csv.reader(io.StringIO(text)))
    return out.getvalue()


SAVED: dict[str, Callable[[str], str]] = {
    "as Excel does": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    "without the last line end": lambda text: text.rstrip("\n"),
    "with semicolons": semicolons,
    "with every cell in quotes": lambda text: semicolons(text, csv.QUOTE_ALL),
    "with blank lines at the end": lambda text: f"{text}\n\n,,,,\n",
    "as Excel does with a decimal comma": lambda text: "\ufeff" + semicolons(text).replace("\n", "\r\n"),
}


@pytest.mark.parametrize("how", SAVED)
def test_csv_files_are_read_as_a_spreadsheet_saves_them(
    how: str, lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    """CSV files as spreadsheets save them are read like the plain files that go in above."""
    plain, sent = (folder_of(lacking[1], tmp_path / place / "study") for place in "ab")
    for path in sent.iterdir():
        path.write_bytes(SAVED[how](path.read_text(encoding="utf-8")).encode())
    contract = Package(lacking[0]).contract
    assert csv_folder.read_folder(sent, contract) == csv_folder.read_folder(plain, contract)
    assert csv_folder.read_folder(sent, contract).entries


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        ("sources.csv", b"source_id", b"source", "bytes-header"),
        ("studies.csv", b"\n", b"\xe9\n", "bytes-encoding"),
        ("links.csv", b"not_comparable", b"unlike", "schema-enum"),
        ("places.csv", b"dhaka,", b"bangladesh,", "contribution-known-key"),
    ],
)
def test_flawed_csv_files_are_named_with_their_line(
    file: str, old: bytes, new: bytes, rule: str, lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    sent = folder_of(lacking[1], tmp_path / "study")
    content = (sent / file).read_bytes()
    assert old in content
    (sent / file).write_bytes(content.replace(old, new, 1))
    found, *_ = contribute.import_contribution(Package(lacking[0]), sent, is_dry_run=True).report.findings
    assert (found.rule, found.table) == (rule, file) and found.line > 0


def test_a_fault_that_the_package_has_by_itself_is_not_the_contributors(
    own: Path, lacking: tuple[Path, Taken], tmp_path: Path, selections_checked: list[checks.Selection]
) -> None:
    """Only tables that change are checked; rules with findings run again without the contribution."""
    rows = read_csv(own / "data/organisations.csv")
    faulty = next(row for row in rows if row["kind"] != "government")
    faulty["name"] = "Ministry of Something"
    write_rows(own / "data/organisations.csv", "organisations", rows)
    sent = write_workbook(lacking[1], tmp_path / "study.xlsx")
    outcome = contribute.import_contribution(Package(own), sent, is_dry_run=True)
    assert outcome.report.is_valid and outcome.added
    assert "kind-of-body" not in {found.rule for found in outcome.report.findings}
    first, again = selections_checked
    assert first == checks.Selection({*outcome.added}, None) and "helplines" not in outcome.added
    assert again.tables == {"organisations"}
    assert again.rules and "kind-of-body" in again.rules and len(again.rules) < 5


def test_a_rule_that_cannot_run_is_no_fault_that_was_there_before(
    own: Path, lacking: tuple[Path, Taken], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the check cannot run, the import is refused: nothing was checked."""
    broken = make_finding(TABLES, "datapackage.json", "The rule x cannot work.", field="resources")
    layers = dict.fromkeys(checks.OF_THE_DATA)
    monkeypatch.setattr(checks, "run_layers", lambda *given, **named: Report((broken,), tuple(layers), ()))
    sent = write_workbook(lacking[1], tmp_path / "study.xlsx")
    outcome = contribute.import_contribution(Package(own), sent, is_dry_run=True)
    assert [finding.rule for finding in outcome.report.findings] == [
        TABLES.id
    ] and not outcome.report.is_valid


def test_failed_import_writes_nothing_and_a_sound_one_names_the_next_steps(
    own: Path, lacking: tuple[Path, Taken], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If writing fails, no file is changed. The check is stubbed, since only the writing is tested."""
    monkeypatch.setattr(checks, "run_layers", lambda *given, **named: Report((), checks.OF_THE_DATA, ()))
    sent, before = folder_of(lacking[1], tmp_path / "study"), bytes_of_tables(own)
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", lambda old, new: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            contribute.import_contribution(Package(own), sent, is_dry_run=False)
    assert bytes_of_tables(own) == before
    told = contribute.outcome_text(
        contribute.import_contribution(Package(own), sent, is_dry_run=False), "text"
    )
    assert bytes_of_tables(own) != before and "preview --base HEAD" in told and "page “Contribute”" in told


def test_one_fault_has_the_same_message_in_workbook_csv_and_data(
    lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    package, rows = lacking
    flawed = {name: [{**row} for row in table_rows] for name, table_rows in rows.items()}
    flawed[V][0]["low"] = "2,5"
    own = copy_package(tmp_path / "package")
    keys = {row["value_id"]: row for row in flawed[V]}
    table = [keys.get(row["value_id"], row) for row in read_csv(own / f"data/{V}.csv")]
    write_rows(own / f"data/{V}.csv", V, table)
    sent = write_workbook(flawed, tmp_path / "a.xlsx"), folder_of(flawed, tmp_path / "a")
    told = [contribute.import_contribution(Package(package), path, True).report.findings for path in sent]
    told.append(checks.run_layers(Package(own, with_derived=False), checks.OF_THE_DATA).findings)
    said = [
        [
            (
                finding.rule,
                finding.level,
                finding.field,
                finding.value,
                finding.message,
                finding.fix,
                finding.link,
            )
            for finding in findings
        ]
        for findings in told
    ]
    assert said[0] == said[1] == said[2] != []


@pytest.fixture(scope="module")
def refused(lacking: tuple[Path, Taken], tmp_path_factory: pytest.TempPathFactory) -> contribute.Outcome:
    """The outcome of importing a workbook with one fault."""
    place = tmp_path_factory.mktemp("refused") / "study.xlsx"
    sent = write_workbook(lacking[1], place, FLAWS["decimal comma"])
    return contribute.import_contribution(Package(lacking[0]), sent, is_dry_run=False)


@pytest.mark.parametrize("format", ["text", "json", "markdown", "github"])
def test_import_has_exit_codes_and_formats(
    format: str, refused: contribute.Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contribute, "import_contribution", lambda *given: refused)
    done = run_command("contribute", "import", str(FROZEN), "--package", str(FROZEN), "--format", format)
    assert done.returncode == 1
    assert "plain number" in done.stdout
    if format == "text":
        assert "study.xlsx, sheet “Reported values”, cell " in done.stdout
        assert done.stdout.endswith("Nothing was written. Fix these first, then import again.\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import", "no-such.xlsx"], "There is no file or folder no-such.xlsx."),
        (["template", "README.md"], "README.md is there already."),
        (["template", "study.xls"], "Name a workbook that ends in .xlsx, or a folder"),
        (["template", "new.xlsx", "--study", "nobody"], "There is no study nobody in data/studies.csv."),
    ],
)
def test_wrong_arguments_of_contribute_are_refused_with_a_message(arguments: list[str], words: str) -> None:
    done = run_command("contribute", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


def test_the_template_says_what_each_column_holds_and_offers_its_words() -> None:
    book = load_workbook(empty())
    for table in contribution_layout.sheet_tables(Package(FROZEN).contract):
        name, asked = contribution_layout.sheet_name(table), contribution_layout.required_columns(table)
        if name not in book:
            continue
        sheet = book[name]
        assert [head.value for head in sheet[1]] == [field.title for field in asked]
        offered = {}
        for rule in sheet.data_validations.dataValidation:
            place = rule.formula1.partition("!")[2]
            words = [cell_of_list.value for (cell_of_list,) in book["Lists"][place.replace("$", "")]]
            offered[str(rule.sqref).split("2:")[0]] = words
        for head, field in zip(sheet[1], asked, strict=True):
            own = table.primary_key == (field.name,)
            assert (
                template.MADE if own else contribution_layout.column_description(field)
            ) in head.comment.text
            assert not re.search(r"\b(?:roots?|tokens?|keys?|coding)\b", head.comment.text.split("\n")[0])
            for word in (*field.categories, *contribution_layout.blank_reasons(table, field)):
                told = f"{word.label} – {word.description}".removesuffix(" – ")
                assert told in head.comment.text.split("\n")
                assert word.label in offered[head.column_letter]
            assert sheet.column_dimensions[head.column_letter].number_format == "@"


def test_example_of_each_name_column_is_a_name_in_the_data() -> None:
    """The example of a name is one in the data, so somebody who types it refers to a row."""
    package = Package(ROOT, with_derived=False)
    named = [
        table
        for table in contribution_layout.contribution_tables(package.contract)
        if "name" in table.column_names
    ]
    for table in named:
        assert table.field_by_name["name"].example in {row["name"] for row in package.rows(table.name)}


def test_a_column_of_reasons_names_the_column_that_it_explains_by_its_title() -> None:
    """Descriptions of reason columns use titles, as a workbook does, and not names of fields."""
    for table in Package(FROZEN).contract.tables:
        for name, field in table.field_by_name.items():
            other = table.field_by_name.get(name.removesuffix("_reason"))
            assert "_" not in field.title
            if name.endswith("_reason") and other:
                assert field.description == f"Filled when “{other.title}” is blank, and only then."


def test_template_filled_with_a_study_imports_that_study(tmp_path: Path) -> None:
    """`--study` fills in the rows that `remove_study` removes, with the rows that they refer to."""
    done = run_command("contribute", "template", str(tmp_path / "example.xlsx"), "--study", STUDY)
    assert done.returncode == 0, done.stderr
    own, taken = package_without_study(tmp_path / "own")
    outcome = contribute.import_contribution(Package(own), tmp_path / "example.xlsx", is_dry_run=False)
    key_of = {name: Package(FROZEN).contract.table(name).key_of for name in taken}
    assert {name: set(keys) for name, keys in outcome.added.items()} == {
        name: set(map(key_of[name], rows)) for name, rows in taken.items()
    }
    assert bytes_of_tables(own) == bytes_of_tables(FROZEN)


@given(st.one_of(st.integers(-(10**9), 10**9), st.decimals(0, 10**6, places=4, allow_nan=False).map(float)))
@settings(max_examples=300)
def test_a_number_is_written_as_people_type_it(number: float) -> None:
    text = filled_workbook.cell_text(number)
    assert float(text) == number
    assert "e" not in text and not text.endswith(".0")


@given(st.lists(st.text(), max_size=3))
def test_a_proposed_key_has_the_form_of_a_key(words: list[str]) -> None:
    assert re.fullmatch("[a-z0-9][a-z0-9.-]*", slug(*words))
