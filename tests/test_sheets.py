"""A person with a spreadsheet: few cells to type, and each slip told at its cell, in words of the sheet."""

import copy
import re
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.formula import ArrayFormula

from scripts import checks, contribute
from scripts.contribute import (
    cell_text,
    filled_workbook,
    filling,
    labels,
    notes,
    printed_result,
    sheets,
    taken_as,
)
from scripts.contribute import template as template_module
from scripts.contribute.example import example_keys
from scripts.contribute.in_sheets import Sheets
from scripts.contribute.merge import Merged, merge
from scripts.contribute.names import Names
from scripts.contribute.parts_of_shares import exchanged
from scripts.contribute.proposed_keys import proposals
from scripts.contribute.sheets import PARTS, Entry
from scripts.contribute.workbook_file import fault_of_file
from scripts.package.opening import Package
from tests.conftest import FROZEN, few
from tests.contributions import template
from tests.sheets import STUDY, Typed, cells_of, filled, opened, type_in

PACKAGE = Package(FROZEN)
V, V_TABLE = "Reported values", "reported_values"
MOST_CELLS, LARGEST = (
    60,
    43_700,
)  # to type for “37 of 412 (9.0 %), under 18, page 14”; bytes of the template


def merged(typed: Typed, place: Path) -> Merged:
    """What an import makes of a workbook, before it is checked."""
    read = filled_workbook.read(filled(typed, place / "study.xlsx"), PACKAGE.contract)
    assert read.findings == []
    return merge(read.entries, PACKAGE)


def rows(taken: Merged, table: str) -> list[dict[str, str]]:
    """The new rows of a table, as they would be written."""
    return [dict(entry.cells) for entry in sorted(taken.added[table].values(), key=lambda one: one.line)]


def changed(sheet: str, row: int, **cells: object) -> Typed:
    """The study with cells typed otherwise, by title with underscores for spaces."""
    typed = copy.deepcopy(dict(STUDY))
    typed[sheet][row].update({name.replace("_", " "): value for name, value in cells.items()})
    return typed


@pytest.mark.slow
def test_a_count_of_a_base_takes_few_cells_and_is_sound(tmp_path: Path) -> None:
    assert cells_of(STUDY) <= MOST_CELLS
    outcome = contribute.bring_in(PACKAGE, filled(STUDY, tmp_path / "study.xlsx"), is_dry_run=True)
    assert outcome.report.findings == ()
    assert {name: len(keys) for name, keys in outcome.added.items()} == {
        "organisations": 1, "populations": 1, "sources": 1, "studies": 1, "reported_values": 3, "links": 2,
        "limitations": 1, "scopes": 1,
    }  # fmt: skip
    [note] = outcome.notes
    assert note.startswith("Left blank, and recorded so: “Author”, “Seen” (not recorded); ")


def test_the_template_is_small(tmp_path: Path) -> None:
    assert len(template().getvalue()) <= LARGEST


@pytest.mark.slow
def test_a_known_key_of_another_row_is_one_finding_at_the_key(tmp_path: Path) -> None:
    sent = filled(changed(V, 0, Value="KH010"), tmp_path / "study.xlsx")
    [found] = contribute.bring_in(PACKAGE, sent, is_dry_run=True).report.findings
    assert (found.rule, found.value) == ("contribution-known-key", "KH010")
    assert found.cell == "sheet “Reported values”, cell A2, column “Value”"
    assert found.message.endswith("there “Topic” is “venue studies”.")


def test_a_name_that_the_package_has_is_its_row(tmp_path: Path) -> None:
    place = {"Name": "phnom  penh", "Level": "city", "Inside": "Cambodia"}
    taken = merged(STUDY | {"Places": [place]}, tmp_path)
    assert "places" not in taken.added and taken.unchanged["places"] == ["phnom-penh"]
    assert taken.taken[0] == ("“Name”", "phnom penh", "phnom-penh of the package")
    assert rows(taken, "studies")[0]["place_id"] == "phnom-penh"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("ASPEN HEALTH NETWORK", "aspen-health-network-2"),
        ("Aspen Health Network", "aspen-health-network"),
        ("aspen health network", "aspen health network"),  # either, so that the check refuses it
    ],
)
def test_of_two_rows_that_fit_a_name_the_exact_spelling_wins(typed: str, key: str, tmp_path: Path) -> None:
    study = changed("Studies", 0, Run_by=typed)
    study["Organisations"] = [*study["Organisations"], {"Name": "ASPEN HEALTH NETWORK"}]
    assert rows(merged(study, tmp_path), "studies")[0]["organisation_id"] == key


def test_what_other_cells_tell_is_filled_in(tmp_path: Path) -> None:
    share, count, base = rows(merged(STUDY, tmp_path), "reported_values")
    readings = [
        (row["low"], row["high"], row["qualifier"], row["written_in"]) for row in (share, count, base)
    ]
    assert readings == [(number, number, "exact", "digits") for number in ("9.0", "37", "412")]
    for name in (
        "study_id",
        "source_id",
        "place_id",
        "population_id",
        "period",
        "sex",
        "nature",
        "locator",
    ):
        assert share[name] == count[name] == base[name] != "", name
    assert (count["age_max"], base["age_max"], base["age_max_reason"]) == ("17", "", "all_ages")
    assert (share["evidence"], share["credited_to"]) == ("primary", "aspen-health-network")
    assert (share["weighted"], count["weighted"]) == ("unknown", "not_applicable")


def test_a_question_without_an_answer_asserts_nothing(tmp_path: Path) -> None:
    """It becomes a blank with its reason, or the word of the list that claims least."""
    taken = merged(STUDY, tmp_path)
    [study], [source] = rows(taken, "studies"), rows(taken, "sources")
    assert source["date_seen"] == ""
    assert source["date_seen"] == ""
    assert (study["weighting"], study["observation_mode"], source["independence"]) == (
        "unknown",
        "not_read",
        "unknown",
    )
    typed = changed(V, 0, Sex=None, Age_to="(not reported)")
    share = rows(merged(typed, tmp_path), "reported_values")[0]
    assert (share["sex"], share["age_max"], share["age_max_reason"]) == ("not_stated", "", "not_reported")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"Raised_by": None, "Locator": None}, ""),
        ({"Raised_by": None}, "aspen-health-network-2019"),
        ({}, "aspen-health-network-2019"),
    ],
)
def test_a_limit_of_this_project_is_not_laid_to_the_only_source(
    typed: dict[str, object], stored: str, tmp_path: Path
) -> None:
    """Unless a page of it is named."""
    [limit] = rows(merged(changed("Limitations", 0, **typed), tmp_path), "limitations")
    assert limit["source_id"] == stored


def test_a_count_and_a_base_become_links(tmp_path: Path) -> None:
    links = rows(merged(STUDY, tmp_path), "links")
    assert {(row["relation"], row["basis"], row["from_id"][-3:], row["to_id"][-3:]) for row in links} == {
        ("numerator_of", "as_printed", "002", "001"),
        ("denominator_of", "as_printed", "003", "001"),
    }


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (changed(V, 0, Base_of_the_share="312"), "No other row of this sheet prints “312”."),
        (changed(V, 1, As_printed="412"), "Rows 3, 4 all print “412”."),
    ],
)
def test_a_part_that_no_row_or_two_rows_print_is_asked_for(
    typed: Typed, message: str, tmp_path: Path
) -> None:
    found = merged(typed, tmp_path).findings
    assert message in [one.message for one in found]
    assert {one.rule for one in found} == {"contribution-part"}
    assert all(one.cell.startswith(f"sheet “{V}”, cell ") for one in found)


def sheet_named_otherwise(book: Workbook) -> None:
    """As a program names it that makes a new file of one sheet."""
    book[V].title = "Sheet1"


def line_above_the_titles(book: Workbook) -> None:
    """A heading over the table, as in a report."""
    book[V].insert_rows(1)
    book[V]["A1"] = "Survey of venues, 2018"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (sheet_named_otherwise, "Its titles are those of “Reported values”."),
        (line_above_the_titles, "Delete the rows above the titles, so that these stand in row 1."),
    ],
)
def test_a_table_in_another_place_is_known_by_its_titles(
    change: Callable[[Workbook], None], words: str, tmp_path: Path
) -> None:
    place = filled(STUDY, tmp_path / "study.xlsx")
    book = load_workbook(place)
    change(book)
    book.save(place)
    [found] = filled_workbook.read(place, PACKAGE.contract).findings
    assert f"{found.message} {found.fix}".count(words) == 1


def below_the_example(typed: Typed, place: Path) -> Path:
    """The study typed into the template as it is downloaded, below the grey rows."""
    book = load_workbook(template())
    for title, some in typed.items():
        last = book[title].max_row
        for number, cells in enumerate(some, start=last + 1):
            for name, value in cells.items():
                type_in(book, title, number, name, value)
    book.save(place)
    return place


@pytest.mark.slow
def test_the_grey_rows_change_nothing_where_a_contributor_has_the_same_count(tmp_path: Path) -> None:
    typed = changed(V, 0, As_printed="9.2 %", Count_of_the_share="38")
    typed = {**typed, V: [typed[V][0], {**typed[V][1], "As printed": "38"}, typed[V][2]]}
    below_the_example(typed, tmp_path / "study.xlsx")
    outcome = contribute.bring_in(PACKAGE, tmp_path / "study.xlsx", is_dry_run=True)
    assert outcome.report.findings == () and len(outcome.added["links"]) == 2


@pytest.mark.long
def test_a_count_that_only_a_grey_row_prints_has_no_row(tmp_path: Path) -> None:
    typed = changed(V, 0, Count_of_the_share="38")
    below_the_example(typed, tmp_path / "study.xlsx")
    [found] = contribute.bring_in(PACKAGE, tmp_path / "study.xlsx", is_dry_run=True).report.findings
    assert found.message == "No other row of this sheet prints “38”."


@pytest.mark.slow
def test_a_share_that_the_source_prints_beside_other_counts_can_be_sent(tmp_path: Path) -> None:
    typed = changed(V, 0, Count_of_the_share="41")
    typed = {**typed, V: [typed[V][0], {**typed[V][1], "As printed": "41"}, typed[V][2]]}
    outcome = contribute.bring_in(PACKAGE, filled(typed, tmp_path / "study.xlsx"), is_dry_run=True)
    [found] = outcome.report.findings
    assert (found.rule, found.level) == ("share-against-counts", "warning")
    assert found.message == "The share is 9, but 41 of 412 is 9.95." and outcome.report.is_valid
    assert "leave them, and say so where you send the file" in found.fix


@pytest.mark.long
def test_what_was_written_so_is_warned_of_until_its_reason_is_recorded(
    package: Path, tmp_path: Path
) -> None:
    typed = changed(V, 0, Count_of_the_share="41")
    typed = {**typed, V: [typed[V][0], {**typed[V][1], "As printed": "41"}, typed[V][2]]}
    assert contribute.bring_in(
        Package(package), filled(typed, tmp_path / "study.xlsx"), is_dry_run=False
    ).written
    found = checks.run(Package(package, with_derived=False), checks.OF_THE_DATA, lambda text: None).findings
    assert [(one.rule, one.level) for one in found] == [("share-against-counts", "warning")]


@pytest.mark.slow
def test_a_study_without_a_number_is_told_and_can_be_sent(tmp_path: Path) -> None:
    outcome = contribute.bring_in(PACKAGE, filled({**STUDY, V: []}, tmp_path / "study.xlsx"), True)
    [found] = outcome.report.findings
    assert (found.level, found.message) == ("warning", "The file holds no number of your study.")
    assert found.cell == "sheet “Studies”, cell B2, column “Name”"


@pytest.mark.slow
def test_whoever_names_a_person_is_told_what_never_to_send(tmp_path: Path) -> None:
    text = "Mrs Sok Dara of Lucky Star massage says that closed venues were not visited."
    typed = changed("Limitations", 0, Text=text)
    [found] = contribute.bring_in(PACKAGE, filled(typed, tmp_path / "study.xlsx"), True).report.findings
    assert (found.rule, found.level) == ("person-by-a-title", "warning")
    assert found.message == "“Mrs Sok” in “Text” may be a person."
    assert found.fix.startswith("Delete the name.")


def test_a_formula_over_several_cells_is_shown_as_it_was_typed(tmp_path: Path) -> None:
    typed = changed(V, 0, Age_to=ArrayFormula("H2", "=SUM(A1:A3*2)"))
    [found] = contribute.bring_in(PACKAGE, filled(typed, tmp_path / "study.xlsx"), True).report.findings
    assert (found.rule, found.value) == ("contribution-cell", "=SUM(A1:A3*2)")


def test_a_number_without_end_is_told_in_words() -> None:
    cell = Workbook().active["A1"]
    cell.value = 1.0
    cell._value = float("1e999")  # as it is read from a file
    low = next(one for one in PACKAGE.contract.table("reported_values").fields if one.name == "low")
    fault = cell_text.fault_of_cell(cell, low)
    assert fault and fault[0] == "The number is larger than any that a spreadsheet holds."
    assert cell_text.typed_in(cell) == "a number without end"


def test_ages_and_dates_in_khmer_digits_are_taken(tmp_path: Path) -> None:
    typed = changed(V, 0, Age_to="១៧")
    typed["Sources"][0] = {**typed["Sources"][0], "Published": "២០១៩-០៥"}
    taken = merged(typed, tmp_path)
    assert rows(taken, "reported_values")[0]["age_max"] == "17"
    assert rows(taken, "sources")[0]["date_published"] == "2019-05"


@pytest.mark.slow
def test_the_words_of_a_list_are_not_taken_for_titles(tmp_path: Path) -> None:
    typed = changed("Studies", 0, Weighting="weightd")
    found = contribute.bring_in(PACKAGE, filled(typed, tmp_path / "study.xlsx"), True).report.findings
    assert found[0].message.startswith(
        "Expected one of: weighted, unweighted, mixed, unknown, not applicable."
    )
    assert found[0].message.endswith("Did you mean weighted?")


@pytest.mark.long
def test_few_people_are_told_at_their_place_by_its_name(tmp_path: Path) -> None:
    typed = changed("Studies", 0, Place="Battambang")
    few = {**typed[V][0], "As printed": "10", "Indicator": "People in the age band", "Place": "Battambang"}
    few = {name: cell for name, cell in few.items() if not name.endswith("of the share")}
    place = {"Name": "Battambang", "Level": "city", "Inside": "Cambodia", "Note": "A city."}
    typed = {**typed, V: [*typed[V], few], "Places": [place]}
    found = contribute.bring_in(PACKAGE, filled(typed, tmp_path / "study.xlsx"), True).report.findings
    small = next(one for one in found if one.rule == "small-cell-is-marked")
    assert small.message == "10 people in Battambang are few enough to be recognised."
    assert (small.cell, small.value) == (f"sheet “{V}”, cell F5, column “Place”", "Battambang")


LIGHT_BUT_ASKED = {  # what another answer decides about, as notes or Read me say, and where it is told
    ("Sources", "Body that speaks"): (V, "Credited to"),
    ("Studies", "Population"): (V, "Population"),  # of a study with shares
    (V, "Count of the share"): (V, "Nature"),  # its row then stands alone
    (V, "Base of the share"): (V, "Nature"),
}
SHEET, COLUMN = re.compile("sheet “(.+?)”"), re.compile("column “(.+?)”")


def told_at(blank: Sequence[tuple[str, str]], place: Path) -> set[tuple[str, str]]:
    """Sheet and title of each error, once these cells of the first rows of the study are blank."""
    typed = copy.deepcopy(dict(STUDY))
    for sheet, title in blank:
        typed[sheet][0].pop(title)
    report = contribute.bring_in(PACKAGE, filled(typed, place / "study.xlsx"), is_dry_run=True).report
    errors = [one.cell for one in report.findings if one.level == "error"]
    assert report.is_valid == (errors == []) and all(map(COLUMN.search, errors))
    return {(SHEET.findall(cell)[0], title) for cell in errors for title in COLUMN.findall(cell)}


def is_dark(place: tuple[str, str]) -> bool:
    """Has the title of this sheet the colour of those that have to be filled?"""
    sheet, title = place
    [head] = [cell for cell in opened()[sheet][1] if cell.value == title]
    return bool(head.fill.fgColor.rgb == template_module.NEEDED.fgColor.rgb)


TYPED = [(sheet, title) for sheet, [row, *_] in STUDY.items() for title in row]
NAMES = [("Organisations", "Name"), ("Populations", "Name")]  # others point at them


@pytest.mark.long
def test_dark_titles_have_to_be_filled_and_light_ones_need_not(tmp_path: Path) -> None:
    """All dark ones are blank at once, and told at their own cells; then all light ones."""
    dark = [place for place in TYPED if is_dark(place)]
    for blank in (NAMES, [place for place in dark if place not in NAMES]):
        assert set(blank) - told_at(blank, tmp_path) == set()
    light = [place for place in TYPED if place not in dark and place not in LIGHT_BUT_ASKED]
    assert told_at(light, tmp_path) == set() and len(light) > 8
    assert {(V, "Topic"), ("Limitations", "Raised by")} <= set(dark) and not is_dark((V, "Credited to"))


@pytest.mark.long
@pytest.mark.parametrize("place", TYPED, ids=" ".join)
def test_a_title_is_dark_where_its_cell_alone_has_to_be_filled(
    place: tuple[str, str], tmp_path: Path
) -> None:
    told = told_at([place], tmp_path)
    if place in LIGHT_BUT_ASKED:
        assert LIGHT_BUT_ASKED[place] in told and not is_dark(place)
    else:
        assert (place in told) == bool(told) == is_dark(place)


def test_the_guide_says_what_the_base_of_a_share_has_of_its_own() -> None:
    said = " ".join(str(cell.value) for (cell,) in opened().worksheets[0].iter_rows())
    assert "The base needs its own “Scope, as printed” and ages." in said
    credited = next(cell for cell in opened()[V][1] if cell.value == "Credited to")
    assert (
        "It may stay blank in a workbook where the body that ran the study speaks." in credited.comment.text
    )


def test_a_count_greater_than_its_base_is_told(tmp_path: Path) -> None:
    typed = changed(V, 0, Count_of_the_share="412", Base_of_the_share="37")
    [found] = merged(typed, tmp_path).findings
    assert (found.message, found.fix) == (
        "The count 412 is greater than the base 37.",
        "Exchange the two, or correct one.",
    )


@pytest.mark.parametrize(("typed", "words"), [("=TRUE()", "TRUE or FALSE"), ("=1+1", "a formula")])
def test_what_libreoffice_makes_of_true_is_told_from_a_formula(typed: str, words: str) -> None:
    cell = opened()["Studies"]["A2"]
    cell.value = typed
    field = PACKAGE.contract.table("studies").fields[1]
    found = cell_text.fault_of_cell(cell, field)
    assert found is not None and words in found[0]


def test_where_the_count_is_the_base_its_row_comes_first(tmp_path: Path) -> None:
    typed = changed(V, 0, As_printed="100 %", Count_of_the_share="412")
    typed[V][1]["As printed"] = "412"
    taken = merged(typed, tmp_path)
    _, count, base = rows(taken, V_TABLE)
    links = {(one["relation"], one["from_id"]) for one in rows(taken, "links")}
    assert taken.findings == []
    assert links == {("numerator_of", count["value_id"]), ("denominator_of", base["value_id"])}


def test_a_base_in_khmer_digits_is_the_number(tmp_path: Path) -> None:
    typed = changed(V, 2, As_printed="៤១២", From="412", Qualifier="exact")
    assert len(rows(merged(typed, tmp_path), "links")) == 2


def test_a_base_that_the_package_has_is_named_by_its_key(tmp_path: Path) -> None:
    key = PACKAGE.rows("reported_values")[0]["value_id"]
    typed = changed(V, 0, Base_of_the_share=key)
    typed[V] = typed[V][:2]
    links = rows(merged(typed, tmp_path), "links")
    assert (key, "denominator_of") in {(row["from_id"], row["relation"]) for row in links}


@pytest.mark.long
def test_a_row_of_the_package_holds_up_no_report_of_its_body_and_a_share_without_base_is_told(
    tmp_path: Path,
) -> None:
    """A third report of the body makes its only web page stand out, which is not its matter."""
    typed, body = changed(V, 0, Base_of_the_share=None), PACKAGE.index("organisations")["ijm"]["name"]
    typed |= {V: typed[V][:2], "Organisations": []}
    typed["Sources"][0] |= {
        "Publisher": body,
        "Body that speaks": body,
        "Relation to the study": "implementer",
    }
    typed["Studies"][0]["Run by"] = typed["Limitations"][0]["Raised by"] = body
    outcome = contribute.bring_in(PACKAGE, filled(typed, tmp_path / "study.xlsx"), is_dry_run=True)
    assert outcome.report.is_valid and outcome.added["sources"]
    [of_the_share] = outcome.report.findings
    assert (of_the_share.rule, of_the_share.message) == (
        "contribution-base",
        "1 share has no base: “9.0 %” (row 2).",
    )
    assert of_the_share.cell == f"sheet “{V}”, cell Y2, column “Base of the share”"


@pytest.mark.parametrize(
    ("parts", "mark", "is_told"),
    [
        (("412", "about 37"), "point", True),
        (("2,104", "38"), "point", True),
        (("៤១២", "៣៧"), "point", True),
        (("529", "1.932"), "comma", False),
        (("37", "about 412"), "point", False),
        (("37", "BASE-1"), "point", False),
    ],
)
def test_a_count_and_a_base_are_compared_as_numbers_and_a_short_name_is_none(
    parts: tuple[str, str], mark: str, is_told: bool
) -> None:
    share = Entry(V, {"printed": "9.0 %"}, "a.xlsx", 2, parts=dict(zip(PARTS, parts, strict=True)))
    assert bool(exchanged(share, mark)) == is_told


def test_each_key_is_looked_at_once_however_many_rows_have_one_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a sheet of a thousand copies takes a million looks."""
    looked = []

    def counted(table: str, row: dict[str, str]) -> Iterator[str]:
        for key in proposals(table, row):
            looked.append(key)
            yield key

    monkeypatch.setattr(sys.modules["scripts.contribute.merge"], "proposals", counted)
    typed = dict(STUDY) | {"Organisations": [{"Name": "Copy", "Kind": "media"}] * 60}
    taken = merged(typed, tmp_path)
    assert len(taken.added["organisations"]) == 60
    assert len(looked) < 3 * sum(len(some) for some in typed.values())


def test_the_example_with_something_typed_over_it_says_whose_row_it_is(tmp_path: Path) -> None:
    book = load_workbook(template())
    type_in(book, V, 2, "As printed", "3.3 %")
    book.save(tmp_path / "study.xlsx")
    read = filled_workbook.read(tmp_path / "study.xlsx", PACKAGE.contract)
    [found] = merge(read.entries, PACKAGE).findings
    key = example_keys(PACKAGE)["reported_values"][0]
    printed = PACKAGE.index("reported_values")[key]["printed"]
    assert found.message == f"The package has {key} already, and there “As printed” is “{printed}”."
    assert found.fix.startswith("If this is a row of yours, empty its cell “Value”.")


SELF_EVIDENT = {"countries"}


@pytest.mark.parametrize("table", sheets.offered(PACKAGE.contract), ids=lambda table: table.name)
def test_every_coded_word_is_explained_in_its_note(table: sheets.Table) -> None:
    for column in sheets.asked(table):
        told = notes.about(table, column, False, "").split("\n")
        for word in (*column.categories, *sheets.reasons(table, column)):
            assert f"{word.label} – {word.description}".removesuffix(" – ") in told, word
            assert word.description or word.value in SELF_EVIDENT, f"{table.name}.{column.name}: {word}"


def test_a_name_means_its_key_and_no_two_rows_share_one() -> None:
    for table in sheets.offered(PACKAGE.contract):
        names = labels.Labels(PACKAGE, table)
        if labels.name_of(PACKAGE.rows(table.name)[0]):
            assert {names.key_of(label.upper()): key for key, label in names.by_key.items()} == {
                key: key for key in names.by_key
            }


def pictured(path: Path) -> None:
    """The template with a picture in it."""
    path.write_bytes(template().getvalue())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/image1.png", b"x")


def zipped(**parts: bytes) -> Callable[[Path], None]:
    """A zip with these parts; their names have __ for a slash and _ for a point."""

    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in parts.items():
                archive.writestr(name.replace("__", "/").replace("_", "."), data)

    return write


STRICT = b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'
WRONG: Mapping[str, tuple[Callable[[Path], object], str]] = {
    "ods": (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "in the format .ods."),
    "xls": (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600)), "in the old format .xls."),
    "password": (
        lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")),
        "The workbook has a password.",
    ),
    "strict": (zipped(xl__workbook_xml=STRICT), "“Strict Open XML”"),
    "binary": (zipped(xl__workbook_bin=b"x"), "in the format .xlsb."),
    "text": (zipped(word__document_xml=b"<a/>"), "a word processor."),
    "csv": (lambda path: path.write_text("a,b\n1,2\n"), "columns between commas"),
    "semicolons": (lambda path: path.write_text("a;b\n1;2\n"), "columns between semicolons"),
    "tabs": (lambda path: path.write_text("a\tb\n1\t2\n"), "columns between tabs"),
    "pdf": (lambda path: path.write_bytes(b"%PDF-1.7"), "a PDF file."),
    "a picture": (pictured, "holds a picture."),
    "embedded": (zipped(xl__embeddings__a_bin=b"x"), "holds an embedded file."),
}


@pytest.mark.parametrize("kind", WRONG)
def test_each_kind_of_wrong_file_has_its_sentence(kind: str, tmp_path: Path) -> None:
    make, words = WRONG[kind]
    make(tmp_path / "study.xlsx")
    fault = fault_of_file(tmp_path / "study.xlsx")
    assert fault is not None and words in fault[0] and fault[1]


def hide(book: Workbook) -> None:
    """Hide a sheet that holds rows."""
    book["Organisations"].sheet_state = "hidden"


REFUSED: Mapping[str, tuple[Callable[[Workbook], object], str]] = {
    "a hidden sheet": (hide, "The sheet is hidden, and it holds rows."),
    "a struck-out cell": (
        lambda b: setattr(b[V]["L3"], "font", Font(strike=True)),
        "The cell is struck out.",
    ),
    "a comment": (
        lambda b: setattr(b[V]["L3"], "comment", Comment("x", "y")),
        "The cell has a comment, which is not read.",
    ),
    "a number as printed": (
        lambda b: type_in(b, V, 3, "As printed", 9),
        "The cell holds a number, so a zero at its end or a sign beside it is gone.",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_must_not_be_sent_is_refused_at_its_cell(what: str, tmp_path: Path) -> None:
    change, message = REFUSED[what]
    book = load_workbook(filled(STUDY, tmp_path / "study.xlsx"))
    change(book)
    book.save(tmp_path / "study.xlsx")
    [found] = filled_workbook.read(tmp_path / "study.xlsx", PACKAGE.contract).findings
    assert found.message == message and found.cell


def test_what_needs_no_thought_is_tidied_and_told_in_one_line(tmp_path: Path) -> None:
    typed = changed("Studies", 0, Name=" Survey  of venues\u200b ")
    typed["Organisations"] = [{}, {}, *STUDY["Organisations"]]
    read = filled_workbook.read(filled(typed, tmp_path / "study.xlsx"), PACKAGE.contract)
    assert read.findings == []
    assert read.tidied == ("Tidied: 2 blank rows left out; spaces, unseen signs or letters in 1 cell.",)
    assert [entry.cells["name"] for entry in read.entries if entry.table == "studies"] == [
        "Survey of venues"
    ]


@given(st.text())
def test_tidying_twice_is_tidying_once(text: str) -> None:
    tidying = cell_text.Tidying()
    once = tidying.tidy(text)
    assert tidying.tidy(once) == once == once.strip()


@pytest.mark.parametrize(
    ("table", "column", "typed", "meant"),
    [
        ("studies", "fieldwork", "May 2018", "2018-05"),
        ("studies", "fieldwork", "05/2018", "2018-05"),
        ("studies", "fieldwork", "May to July 2018", "2018-05/2018-07"),
        ("studies", "fieldwork", "12 May 2018", "2018-05"),
        ("sources", "date_published", "12 May 2018", "2018-05-12"),
        ("sources", "date_published", "05/06/2018", "2018"),
        ("sources", "date_published", "31/05/2019", "2019-05-31"),
        ("sources", "date_published", "31 February 2019", "2019-02"),
        ("sources", "date_published", "Market survey, 2018", "2018"),
        ("studies", "fieldwork", "Q1 2018", "2018"),
        ("sources", "date_published", "spring", ""),
        ("sources", "language", "Khmer", "km"),
        ("sources", "language", "Kmer", "km"),
        ("sources", "language", "en-GB", "en"),
        ("sources", "language", "Zulu", ""),
        ("sources", "url", "www.example.org/a", "https://www.example.org/a"),
        ("sources", "url", "see the library", ""),
        ("sources", "url", "library", ""),
        ("sources", "source_id", "Aspen 2019", "aspen-2019"),
        ("reported_values", "value_id", "kea 009", "KEA-009"),
    ],
)
def test_a_form_that_is_wrong_gets_a_guess(table: str, column: str, typed: str, meant: str) -> None:
    [field] = [one for one in PACKAGE.contract.table(table).fields if one.name == column]
    assert taken_as.guess(field, typed) == meant


@pytest.mark.parametrize(
    ("table", "column", "typed", "meant"),
    [
        ("reported_values", "nature", "counted", ["observed"]),
        ("organisations", "kind", "NGOs", ["local_ngo", "international_ngo"]),
        ("sources", "kind", "leaflet", []),
        ("sources", "kind", "a", []),
        ("sources", "kind", "?", []),
    ],
)
def test_a_word_that_explains_a_word_of_the_list_leads_to_it(
    table: str, column: str, typed: str, meant: list[str]
) -> None:
    [field] = [one for one in PACKAGE.contract.table(table).fields if one.name == column]
    assert taken_as.by_meaning(field, typed) == meant


@pytest.mark.parametrize(
    ("token", "mark", "number"),
    [
        ("9.0 %", "point", "9.0"),
        ("2,104 people", "point", "2104"),
        ("9,0 %", "comma", "9.0"),
        ("1.204", "comma", "1204"),
        ("9,0 %", "point", ""),
        ("30 to 35", "point", ""),
        ("thirty", "point", ""),
    ],
)
def test_only_a_plain_number_is_read_from_its_token(token: str, mark: str, number: str) -> None:
    assert printed_result.number_in(token, mark) == number


BLANK = {"low": "", "high": "", "qualifier": ""}


@pytest.mark.parametrize(
    ("token", "stored"),
    [
        *(("412 people", ("412", "412", "exact")), ("≈ 412", ("412", "412", "about"))),
        *(("just over 2 percent", ("2", "", "more_than")), ("500+", ("500", "", "at_least"))),
        *(("as high as 30%", ("", "30", "at_most")), ("nearly 30", ("", "30", "less_than"))),
        *(
            ("14th", ("14", "14", "exact")),
            ("rank 3", ("3", "3", "exact")),
            ("៤១២ នាក់", ("412", "412", "exact")),
        ),
        *(("80 to 100", ("80", "100", "range")), ("between 80 and 100 girls", ("80", "100", "range"))),
        *(
            ("1.2 million", ("1200000", "1200000", "exact")),
            ("៤០.៣ លាន", ("40300000", "40300000", "exact")),
        ),
        *(("1 in 22", ("4.545", "4.545", "exact")), ("Nearly 1 of every 100", ("", "1", "less_than"))),
        *(("una de cada 45", ("2.222", "2.222", "exact")), ("3 in 8", ("37.5", "37.5", "exact"))),
    ],
)
def test_a_printed_number_is_read_with_the_words_beside_it(token: str, stored: tuple[str, ...]) -> None:
    told = BLANK | printed_result.of_token(BLANK | {"printed": token}, "point")
    assert tuple(told[name] for name in BLANK) == stored


@pytest.mark.parametrize(
    ("token", "why", "mend"),
    [
        ("none of 88", "“none of” stands before the number", "Give 88 a row of its own."),
        ("no girls among 88", "“no girls among” stands before the number", "If none was found: leave only"),
        ("zero of 88", "“zero of” stands before the number", "If none was found: leave only the word"),
        ("0 of 88", "it holds several numbers", "If none was found: leave only the word for none, or 0"),
        ("none", "it holds no number in digits", "none found under Q."),
        ("9.0 % (37/412)", "it holds several numbers", "Give each number a row of its own."),
        ("37 of 412", "it holds several numbers", "Give each number a row of its own."),
        ("37 and 412", "it holds several numbers", "type L and H, and choose Q."),
        ("5 dozen girls", "“dozen” stands behind the number", "Type the number that is meant"),
        ("12.000 girls", "the point may stand before decimals or part", "decimals so, say it under M on"),
        ("4 12", "“4 12” is not one number", "Type the number that is meant under L and H, and choose Q."),
        ("5th of the girls", "“th” stands behind the number", "Type the number that is meant"),
    ],
)
def test_what_is_not_plainly_one_number_is_asked_for_in_words(token: str, why: str, mend: str) -> None:
    """Whatever ends were typed for it, no qualifier is guessed beside them."""
    for ends in ({}, {"low": "0", "high": "0"}):
        assert printed_result.of_token(BLANK | ends | {"printed": token}, "point").keys() == {"written_in"}
    titles = {"low": "L", "high": "H", "qualifier": "Q", "decimal_mark": "M"}
    assert why in printed_result.why_untold(token)
    assert mend in printed_result.what_to_type(token, titles.__getitem__, Sheets(Names(PACKAGE)))


def test_the_readings_of_the_package_are_those_that_their_tokens_give() -> None:
    """Where the import reads a token at all, it reads what people read; they tell two ends from a range."""
    marks = {row["source_id"]: row["decimal_mark"] for row in PACKAGE.rows("sources")}
    differing, read = [], 0
    for row in PACKAGE.rows("reported_values"):
        told = printed_result.of_token(row | BLANK, marks[row["source_id"]])
        if "qualifier" in told and told["written_in"] == row["written_in"] == "digits":
            read += 1
            ends = {name: told.get(name, "") for name in BLANK}
            differing += [row["qualifier"]] if ends != {name: row[name] for name in BLANK} else []
    assert read > len(PACKAGE.rows("reported_values")) / 2
    assert {*differing} == {"range_of_estimates"}


def test_how_a_token_is_written_is_told_as_people_tell_it() -> None:
    """In digits, in words, as one in so many, with a word such as million: import and data agree."""
    rows = PACKAGE.rows("reported_values")
    told = {row["value_id"]: (row["printed"], printed_result.written_in(row["printed"])) for row in rows}
    assert [told[row["value_id"]] for row in rows if told[row["value_id"]][1] != row["written_in"]] == []


@pytest.mark.parametrize(
    ("token", "left", "interval"),
    [
        ("3.1 % (95 % CI 1.9–4.8)", "3.1 %", ("1.9", "4.8", "95")),
        ("145 (95 % CI 112 to 193)", "145", ("112", "193", "95")),
        ("12,000 girls (95% CI: 9,500-15,200)", "12,000 girls", ("9500", "15200", "95")),
        ("9.0 percent, 99 percent confidence interval 6.4 to 12.2", "9.0 percent", ("6.4", "12.2", "99")),
        ("9.0 % [CI 6.4, 12.2]", "9.0 %", ("6.4", "12.2", "")),
        ("6.3% (95% CI −0.4 to 13.0)", "6.3%", ("-0.4", "13.0", "95")),
        ("2.7 % (IC à 95 % : 1.8-4.0)", "2.7 %", ("1.8", "4.0", "95")),
        ("22.4 (18–35)", "22.4 (18–35)", ("", "", "")),  # perhaps the youngest and the oldest
        ("9.0 % (95 % CI 6,4–12,2)", "9.0 % (95 % CI 6,4–12,2)", ("", "", "")),
    ],
)
def test_an_interval_beside_a_result_gets_cells_of_its_own(
    token: str, left: str, interval: tuple[str, ...]
) -> None:
    blank = dict.fromkeys(PACKAGE.contract.table("reported_values").header, "")
    row = printed_result.taken_apart(blank | {"printed": token}, "point")
    assert row["printed"] == left
    assert tuple(row[f"interval_{name}"] for name in ("low", "high", "level")) == interval
    assert (row["interval_level_reason"] == "not_reported") == (interval[0] != "" and not interval[2])


def test_an_interval_that_was_typed_otherwise_stays_in_its_result() -> None:
    blank = dict.fromkeys(PACKAGE.contract.table("reported_values").header, "")
    row = blank | {"printed": "3.1 % (95 % CI 1.9–4.8)", "interval_high": "4.9"}
    assert printed_result.taken_apart(row, "point") == row


def test_what_can_only_be_meant_is_taken_and_told(tmp_path: Path) -> None:
    typed = changed("Sources", 0, Published="May 2019", Address="doi:10.5555/a.1", Language="Khmer")
    typed[V][0].update({"As printed": "9.0 % (95 % CI 6.4–12.2)", "Age to": "17 years"})
    typed["Studies"][0].update({"Fieldwork": "March to May 2018"})
    typed["Sources"][0].update({"Seen": "N/A"})
    taken = merged(typed, tmp_path)
    [source], [study], share = rows(taken, "sources"), rows(taken, "studies"), rows(taken, V_TABLE)[0]
    assert (source["date_published"], source["language"]) == ("2019-05", "km")
    assert (source["url"], study["fieldwork"]) == ("https://doi.org/10.5555/a.1", "2018-03/2018-05")
    assert source["date_seen"] == ""
    assert (share["printed"], share["age_max"], share["interval_high"]) == ("9.0 %", "17", "12.2")
    lines = taken_as.said(taken.taken)
    assert "“Published”: “May 2019” is taken as “2019-05”." in lines
    assert "“Seen”: “N/A” is taken as blank." in lines and len(lines) == 7


@pytest.mark.parametrize(
    ("indicator", "design", "show"),
    [
        ("recalled-share", "respondent_driven", "retrospective_only"),
        ("sexual-abuse-before-18-share", "household_survey", "retrospective_only"),
        ("people-in-modern-slavery", "modelled", "no_trend"),
        ("people-in-modern-slavery", "review", "free"),
        ("share-in-age-band", "modelled", "free"),
    ],
)
def test_how_a_figure_is_shown_follows_from_its_indicator_and_its_study(
    indicator: str, design: str, show: str
) -> None:
    there = {("studies", "S"): {"design": design}}
    assert told_of({"study_id": "S", "indicator_id": indicator}, there)["show"] == show


@pytest.mark.parametrize(
    ("credited", "study", "evidence"),
    [
        *(("moi", "", "primary"), ("", "S", "primary"), ("moi", "S", "primary")),
        *(("unicef", "", "secondary"), ("unicef", "S", "secondary"), ("", "", "secondary")),
    ],
)
def test_a_body_speaks_of_its_own_work_where_it_has_the_credit(
    credited: str, study: str, evidence: str
) -> None:
    there = {("sources", "P"): {"organisation_id": "moi"}, ("studies", "S"): {"organisation_id": "moi"}}
    row = {"source_id": "P", "study_id": study, "credited_to": credited}
    assert told_of(row, there)["evidence"] == evidence


@pytest.mark.parametrize(("kind", "evidence"), [("academic", "primary"), ("implementer", "secondary")])
def test_an_article_is_of_its_authors_where_researchers_ran_the_study(kind: str, evidence: str) -> None:
    there = {
        ("sources", "P"): {"kind": "academic_article"},
        ("studies", "S"): {"organisation_id": "unit"},
        ("organisations", "unit"): {"kind": kind},
    }
    row = {"source_id": "P", "study_id": "S", "credited_to": "unit"}
    assert told_of(row, there)["evidence"] == evidence


def test_a_response_rate_is_not_weighted() -> None:
    there = {("studies", "S"): {"weighting": "weighted"}}
    shares = ("response-share", "share-in-age-band")
    told = [told_of({"study_id": "S", "indicator_id": one}, there)["weighted"] for one in shares]
    assert told == ["not_applicable", "yes"]


def told_of(row: dict[str, str], there: Mapping[tuple[str, str], dict[str, str]]) -> dict[str, str]:
    """What the import tells of a reading beside these rows and those of the package."""
    blank = dict.fromkeys(PACKAGE.contract.table(V_TABLE).header, "")
    return filling.reading(
        blank | {"period": "2018", "printed": "9.0 %"} | row,
        lambda table, key: there.get((table, key)) or PACKAGE.index(table).get(key, {}),
    )


def without_the_answer(sheet: str, title: str) -> Typed:
    """The study with one cell left blank."""
    return changed(sheet, 0, **{title.replace(" ", "_"): None})


SLIPS: Mapping[str, tuple[Typed, tuple[str, str, str]]] = {
    "a date in doubt": (
        changed("Studies", 0, Fieldwork="Q1 2018"),
        ("schema-pattern", "sheet “Studies”, cell E2, column “Fieldwork”", "Perhaps you mean: 2018"),
    ),
    "a name with a slip": (
        changed("Studies", 0, Place="Pnom Penh"),
        ("schema-reference", "sheet “Studies”, cell D2, column “Place”", "Did you mean Phnom Penh?"),
    ),
    "an address that is there": (
        changed("Sources", 0, Address=PACKAGE.index("sources")[example_keys(PACKAGE)["sources"][0]]["url"]),
        (
            "schema-unique",
            "sheet “Sources”, cell G2, column “Address”",
            "The package holds this already, in its row",
        ),
    ),
    "a decimal comma": (
        changed(V, 0, As_printed="9,0 %"),
        (
            "schema-required",
            f"sheet “{V}”, cell L2, column “As printed”",
            "the comma may stand before decimals or part thousands. Where the document writes decimals so, "
            "say it under “Decimal mark” on the sheet “Sources”.",
        ),
    ),
    "three numbers in a cell": (
        changed(V, 0, As_printed="37 of 412 (9.0 %)"),
        (
            "schema-required",
            f"sheet “{V}”, cell L2, column “As printed”",
            "it holds several numbers. Give each number a row of its own. If they are the two ends of one: "
            "type “From” and “To”, and choose “Qualifier”.",
        ),
    ),
    "none of so many": (
        changed(V, 2, As_printed="none of 412"),
        (
            "schema-required",
            f"sheet “{V}”, cell L4, column “As printed”",
            "“none of” stands before the number. If none was found: leave only the word for none, or 0, "
            "here, with 0 under “From” and “To”, and none found under “Qualifier”. Give 412 a row",
        ),
    ),
    "a base that is mistyped, whose row waits for its share": (
        changed(V, 0, Base_of_the_share="421"),
        (
            "contribution-part",
            f"sheet “{V}”, cell Y2, column “Base of the share”",
            "No other row of this sheet prints “421”.",
        ),
    ),
    "a count that no row prints": (
        changed(V, 0, Count_of_the_share="38"),
        (
            "contribution-part",
            f"sheet “{V}”, cell X2, column “Count of the share”",
            "No other row of this sheet prints “38”. Give the number its own row",
        ),
    ),
    "a base that does not fit": (
        changed(V, 2, As_printed="312")
        | {
            V: [
                {**STUDY[V][0], "Base of the share": "312"},
                STUDY[V][1],
                {**STUDY[V][2], "As printed": "312"},
            ]
        },
        (
            "share-against-counts",
            f"sheet “{V}”, cell L2, column “As printed”",
            "The share is 9, but 37 of 312 is",
        ),
    ),
    "a month 13": (
        changed("Sources", 0, Published="2015-13"),
        (
            "date-does-not-exist",
            "sheet “Sources”, cell F2, column “Published”",
            "2015-13 is not in the calendar, or not between 1900 and today. Correct the date; write only",
        ),
    ),
    "an address that is none": (
        changed("Sources", 0, Address="in the library"),
        (
            "schema-pattern",
            "sheet “Sources”, cell G2, column “Address”",
            "This is no web address: one begins with https:// or http:// and holds no space. Copy it from "
            "the address bar of the browser.",
        ),
    ),
    "a body in other letters": (
        changed("Studies", 0, Run_by="ASPEN HELTH NETWORK"),
        (
            "schema-reference",
            "sheet “Studies”, cell C2, column “Run by”",
            "Did you mean Aspen Health Network?",
        ),
    ),
    "a body by its short name": (
        changed("Studies", 0, Run_by="IJM"),
        (
            "schema-reference",
            "sheet “Studies”, cell C2, column “Run by”",
            f"Did you mean {PACKAGE.index('organisations')['ijm']['name']}?",
        ),
    ),
    "a word that the list explains": (
        changed(V, 0, Nature="counted"),
        ("schema-enum", f"sheet “{V}”, cell S2, column “Nature”", "claimed. Perhaps you mean: observed."),
    ),
    "ages turned round": (
        changed(V, 0, Age_from="18", Age_to="12"),
        ("low-above-high", f"sheet “{V}”, cell G2, column “Age from”", "Exchange the two numbers"),
    ),
    "ends turned round": (
        changed(V, 0, As_printed="9.0 to 8.0 %", From="9.0", To="8.0", Qualifier="range"),
        ("low-above-high", f"sheet “{V}”, cell M2, column “From”", "Exchange the two numbers"),
    ),
    "a share above 100": (
        changed(V, 0, As_printed="109 %"),
        ("share-above-100", f"sheet “{V}”, cell L2, column “As printed”", "109 percent cannot be."),
    ),
    "a qualifier without its word": (
        changed(V, 2, Qualifier="about"),
        (
            "bounding-word-against-qualifier",
            f"sheet “{V}”, cell O4, column “Qualifier”",
            "“412” does not say about.",
        ),
    ),
    "a number that is not printed": (
        changed(V, 2, From="421", To="421"),
        (
            "reading-against-token",
            f"sheet “{V}”, cell N4, column “To” and cell M4, column “From”",
            "The number 421 does not stand in “412”, which holds 412. Compare “From” and “To” with “As",
        ),
    ),
    "a blank that count and base take over": (
        without_the_answer(V, "Topic"),
        (
            "schema-required",
            f"sheet “{V}”, cell C2, column “Topic”",
            "The cell is blank. Fill the cell. Which part of the publication it belongs to.",
        ),
    ),
    "nobody who raised a limit": (
        changed("Limitations", 0, Raised_by=None),
        (
            "blank-needs-a-reason",
            "sheet “Limitations”, cell F2, column “Raised by”",
            "It takes an answer, or (this project): This publication says so",
        ),
    ),
}


# Slips that have nothing to do with each other share a workbook; each of the others has one of its own.
TOGETHER = (
    (
        *("a date in doubt", "a name with a slip", "an address that is there", "a decimal comma"),
        *("none of so many", "a month 13", "a body in other letters"),
        *("a word that the list explains", "a blank that count and base take over"),
    ),
    (
        *("three numbers in a cell", "a base that is mistyped, whose row waits for its share"),
        *("an address that is none", "a body by its short name", "ages turned round"),
        *("a qualifier without its word", "a number that is not printed", "nobody who raised a limit"),
    ),
)
ALONE = [(slip,) for slip in SLIPS if not any(slip in some for some in TOGETHER)]


def with_all(slips: Sequence[str]) -> Typed:
    """The study with these slips, each in cells of its own."""
    sheets = set.intersection(*({*SLIPS[slip][0]} for slip in slips))
    typed = {name: copy.deepcopy(rows) for name, rows in STUDY.items() if name in sheets}
    for sheet, row in ((sheet, row) for sheet, rows in typed.items() for row in range(len(rows))):
        sound, told = STUDY[sheet][row], [SLIPS[slip][0][sheet][row] for slip in slips]
        cells = [(name, some.get(name)) for some in told for name in {**sound, **some}]
        slipped = {name: value for name, value in cells if value != sound.get(name)}
        typed[sheet][row].update(slipped)
    return typed


@pytest.mark.slow
@pytest.mark.parametrize("slips", few(1, zip([*TOGETHER, *ALONE])), ids=" and ".join)
def test_one_slip_gives_one_finding_at_the_cell_in_the_words_of_the_sheet(
    slips: Sequence[str], tmp_path: Path
) -> None:
    typed = filled(with_all(slips), tmp_path / "study.xlsx")
    report = contribute.bring_in(PACKAGE, typed, is_dry_run=True).report
    texts = {(one.rule, one.cell): f"{one.message} {one.fix}" for one in report.findings}
    assert len(report.findings) == len(slips)
    assert texts.keys() == {SLIPS[slip][1][:2] for slip in slips}
    for rule, cell, words in (SLIPS[slip][1] for slip in slips):
        assert words in texts[rule, cell]
    for text in texts.values():
        assert "data/" not in text and ".csv" not in text and "_" not in text and " line " not in text
        assert not re.search(r"\b(?:token|root|low|high|key)\b", text)


def test_opened_has_no_row() -> None:
    """What the other tests type into is blank."""
    assert {sheet.max_row for sheet in opened().worksheets[1:-1]} == {1}
