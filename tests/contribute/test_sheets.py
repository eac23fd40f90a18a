"""Contributors fill in few cells of a sheet; each slip is reported at its cell in the sheet's words."""

import copy
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.formula import ArrayFormula

from scripts import contribute
from scripts.contribute import cell_coercion, contribution_layout, defaults, filled_workbook, in_browser
from scripts.contribute import template as template_module
from scripts.contribute.key_labels import Labels, row_name
from scripts.contribute.merge import Merged, merge, proposed_keys
from scripts.package.package import Package
from tests.conftest import FROZEN, mark_later_cases_long, read_csv
from tests.contribute.contributions import template
from tests.contribute.sheets import (
    STUDY,
    Typed,
    count_typed_cells,
    open_template,
    save_filled_template,
    type_in,
)

PACKAGE = Package(FROZEN)
V, V_TABLE = "Reported values", "reported_values"
MOST_CELLS = 60  # the most to type for “37 of 412 (9.0 %), under 18, page 14”


def merge_workbook(typed: Typed, place: Path) -> Merged:
    """Return the result of merging a workbook, before it is checked."""
    read = filled_workbook.read_workbook(
        save_filled_template(typed, place / "study.xlsx"), PACKAGE.contract
    )
    assert read.findings == []
    return merge(read.entries, PACKAGE)


def rows(taken: Merged, table: str) -> list[dict[str, str]]:
    """Return the new rows of a table, as they would be written."""
    return [
        dict(entry.cells) for entry in sorted(taken.added[table].values(), key=lambda entry: entry.line)
    ]


def study_with_changed_cells(sheet: str, row: int, **cells: object) -> Typed:
    """Return the study with some cells changed, given by title with underscores for spaces."""
    typed = copy.deepcopy(dict(STUDY))
    typed[sheet][row].update({name.replace("_", " "): value for name, value in cells.items()})
    return typed


@pytest.mark.slow
def test_a_count_of_a_base_takes_few_cells_and_is_sound(tmp_path: Path) -> None:
    assert count_typed_cells(STUDY) <= MOST_CELLS
    outcome = contribute.import_contribution(
        PACKAGE, save_filled_template(STUDY, tmp_path / "study.xlsx"), is_dry_run=True
    )
    assert outcome.report.findings == ()
    assert {name: len(keys) for name, keys in outcome.added.items()} == {
        "organisations": 1, "populations": 1, "sources": 1, "studies": 1, "reported_values": 3, "links": 2,
        "limitations": 1, "scopes": 1,
    }  # fmt: skip
    assert outcome.notes[0].startswith("Left blank, and recorded as “not recorded”: “Author”")


@pytest.mark.parametrize(("extent", "reason"), [("whole", "not_reported"), ("excerpt", "not_read")])
def test_a_blank_is_recorded_by_how_much_was_read_and_listed(
    extent: str, reason: str, tmp_path: Path
) -> None:
    """A blank is “not reported” if the whole source was read; only blanks in the sheet are listed."""
    typed = study_with_changed_cells("Sources", 0, How_much_was_read=extent)
    typed[V][0] |= {"Printed interval from": "6.4", "Printed interval to": "12.2"}
    del typed["Sources"][0]["Published"], typed["Studies"][0]["Sampling unit"]
    taken = merge_workbook(typed, tmp_path)
    [source], [study], [share, *_] = (
        rows(taken, name) for name in ("sources", "studies", "reported_values")
    )
    asked = (source["date_published_reason"], study["sampling_unit"], share["interval_level_reason"])
    assert asked == (reason,) * 3
    unasked = ("observation_mode", "frame_as_printed_reason", "venue_types_as_printed_reason")
    assert {study[name] for name in unasked} == {reason}
    said = {"“Published”": reason, "“Level of the printed interval”": reason}
    assert said.items() <= taken.unanswered.items() and "“Observation”" not in taken.unanswered


@pytest.mark.slow
def test_a_name_of_several_rows_is_reported_from_one_of_none(tmp_path: Path) -> None:
    for typed, said in (("aspen health network", "Several rows of"), ("Elm Network", "No row of")):
        study = study_with_changed_cells("Studies", 0, Run_by=typed)
        study["Organisations"] = [*study["Organisations"], {"Name": "ASPEN HEALTH NETWORK"}]
        found = contribute.import_contribution(
            PACKAGE, save_filled_template(study, tmp_path / "study.xlsx"), is_dry_run=True
        ).report
        assert next(
            finding for finding in found.findings if finding.rule == "schema-reference"
        ).message.startswith(said)


@pytest.mark.slow
def test_a_known_key_of_another_row_is_one_finding_at_the_key(tmp_path: Path) -> None:
    sent = save_filled_template(study_with_changed_cells(V, 0, Value="KH010"), tmp_path / "study.xlsx")
    [found] = contribute.import_contribution(PACKAGE, sent, is_dry_run=True).report.findings
    assert (found.rule, found.value) == ("contribution-known-key", "KH010")
    assert found.cell == "sheet “Reported values”, cell A2, column “Value”"
    assert found.message.endswith("there “Topic” is “venue studies”.")
    assert "If this is a row of yours" in found.fix and "empty its cell “Value”." in found.fix


def test_a_name_that_the_package_has_is_its_row(tmp_path: Path) -> None:
    place = {"Name": "phnom  penh", "Level": "city", "Inside": "Cambodia"}
    taken = merge_workbook(STUDY | {"Places": [place]}, tmp_path)
    assert "places" not in taken.added and taken.unchanged["places"] == ["phnom-penh"]
    assert taken.coercions[0] == ("“Name”", "phnom penh", "phnom-penh of the package")
    assert rows(taken, "studies")[0]["place_id"] == "phnom-penh"


def test_a_place_may_stand_above_the_one_in_which_it_lies(tmp_path: Path) -> None:
    inside = {"Name": "Newtown", "Level": "city", "Inside": "New Province"}
    province = {"Name": "New Province", "Level": "province", "Inside": "Cambodia"}
    places = rows(merge_workbook(STUDY | {"Places": [inside, province]}, tmp_path), "places")
    assert [(place["place_id"], place["parent_id"]) for place in places] == [
        ("newtown", "new-province"),
        ("new-province", "cambodia"),
    ]


@pytest.mark.slow
def test_an_address_of_a_later_row_of_the_package_is_reported_at_the_new_row(tmp_path: Path) -> None:
    last = [row for row in PACKAGE.rows("sources") if row["url"]][-1]
    sent = save_filled_template(
        study_with_changed_cells("Sources", 0, Address=last["url"]), tmp_path / "study.xlsx"
    )
    [found] = contribute.import_contribution(PACKAGE, sent, is_dry_run=True).report.findings
    assert (found.value, found.cell) == (last["url"], "sheet “Sources”, cell G2, column “Address”")
    assert found.message.endswith("of the package holds this already.")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("ASPEN HEALTH NETWORK", "aspen-health-network-2"),
        ("Aspen Health Network", "aspen-health-network"),
        ("aspen health network", "aspen health network"),  # ambiguous, so the check refuses it
    ],
)
def test_of_two_rows_that_fit_a_name_the_exact_spelling_wins(typed: str, key: str, tmp_path: Path) -> None:
    study = study_with_changed_cells("Studies", 0, Run_by=typed)
    study["Organisations"] = [*study["Organisations"], {"Name": "ASPEN HEALTH NETWORK"}]
    assert rows(merge_workbook(study, tmp_path), "studies")[0]["organisation_id"] == key


def test_cells_that_follow_from_others_are_filled_in(tmp_path: Path) -> None:
    share, count, base = rows(merge_workbook(STUDY, tmp_path), "reported_values")
    readings = [
        (row["low"], row["high"], row["qualifier"], row["written_in"]) for row in (share, count, base)
    ]
    assert readings == [(number, number, "exact", "digits") for number in ("9.0", "37", "412")]
    alike = ("study_id", "source_id", "place_id", "population_id", "period", "sex", "nature", "locator")
    for name in alike:
        assert share[name] == count[name] == base[name] != "", name
    assert (count["age_max"], base["age_max"], base["age_max_reason"]) == ("17", "", "all_ages")
    assert (share["evidence"], share["credited_to"]) == ("primary", "aspen-health-network")
    assert (share["weighted"], count["weighted"]) == ("unknown", "not_applicable")
    estimate = rows(
        merge_workbook(study_with_changed_cells(V, 1, Nature="estimated"), tmp_path), "reported_values"
    )[1]
    why = [row["interval_level_reason"] for row in (count, base, share, estimate)]
    assert why == [
        "not_applicable",
        "not_applicable",
        "not_reported",
        "not_reported",
    ]  # an estimate may have one


def test_unanswered_columns_get_a_reason_or_the_code_that_claims_least(tmp_path: Path) -> None:
    """An unanswered question leaves a blank with a reason, or gets the code that claims least."""
    taken = merge_workbook(STUDY, tmp_path)
    [study], [source] = rows(taken, "studies"), rows(taken, "sources")
    assert source["date_seen"] == ""
    assert (study["weighting"], study["observation_mode"]) == ("unknown", "not_reported")
    assert source["independence"] == "unknown"
    typed = study_with_changed_cells(V, 0, Sex=None, Age_to="(not reported)")
    share = rows(merge_workbook(typed, tmp_path), "reported_values")[0]
    assert (share["sex"], share["age_max"], share["age_max_reason"]) == ("not_stated", "", "not_reported")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"Raised_by": None, "Locator": None}, ""),
        ({"Raised_by": None}, "aspen-health-network-2019"),
        ({}, "aspen-health-network-2019"),
    ],
)
def test_limitation_without_author_gets_the_source_only_with_a_page(
    typed: dict[str, object], stored: str, tmp_path: Path
) -> None:
    """A limitation without an author is this project's, unless it names a page of the source."""
    [limit] = rows(
        merge_workbook(study_with_changed_cells("Limitations", 0, **typed), tmp_path), "limitations"
    )
    assert limit["source_id"] == stored


def test_blank_study_is_not_filled_in_if_there_are_two(tmp_path: Path) -> None:
    typed = study_with_changed_cells("Studies", 0)
    typed["Studies"] = [*typed["Studies"], {**typed["Studies"][0], "Name": "Another", "Fieldwork": "2017"}]
    share = rows(merge_workbook(typed, tmp_path), V_TABLE)[0]
    assert (share["study_id"], share["source_id"]) == ("", "aspen-health-network-2019")


def test_count_and_denominator_of_a_share_become_links(tmp_path: Path) -> None:
    links = rows(merge_workbook(STUDY, tmp_path), "links")
    assert {(row["relation"], row["basis"], row["from_id"][-3:], row["to_id"][-3:]) for row in links} == {
        ("numerator_of", "as_printed", "002", "001"),
        ("denominator_of", "as_printed", "003", "001"),
    }


@pytest.mark.parametrize(
    ("sexes", "order", "based_on"),
    [  # the rows of each share, count and total, in this order; the total of each share
        (("", ""), "sctSCT", "tT"),
        (("female", "male"), "sctSCT", "tT"),
        (("female", "male"), "sScCTt", "tT"),
        (("female", "male"), "tTcCSs", "tT"),
        (("", ""), "sScCtT", ""),
        (("", ""), "tsTcSC", ""),
    ],
)
def test_of_two_equal_totals_a_share_takes_that_of_its_sex_or_group(
    sexes: tuple[str, str], order: str, based_on: str, tmp_path: Path
) -> None:
    """The total is that of the same sex, else the nearest below; any other order is asked about."""
    typed, groups = copy.deepcopy(STUDY), {}
    for name, count, sex in zip(("sct", "SCT"), ("37", "41"), sexes, strict=True):
        share, part, total = copy.deepcopy(STUDY[V])
        share["Count of the share"] = part["As printed"] = count
        own = {"Sex": sex} if sex else {}
        groups |= dict(zip(name, (share | own, part | own, total | own), strict=True))
    typed[V] = [groups[letter] for letter in order]
    merged = merge_workbook(typed, tmp_path)
    lines = {entry.cells["value_id"]: entry.line for entry in merged.added["reported_values"].values()}
    links = {
        order[lines[row["to_id"]] - 2]: order[lines[row["from_id"]] - 2]
        for row in rows(merged, "links")
        if row["relation"] == "denominator_of"
    }
    assert links == dict(zip("sS", based_on, strict=False))
    assert bool(merged.findings) == (not based_on)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (study_with_changed_cells(V, 0, Denominator_of_the_share="312"), "No other row gives “312”."),
        (study_with_changed_cells(V, 1, As_printed="412"), "Rows 3, 4 all give “412”."),
    ],
)
def test_count_or_denominator_without_exactly_one_row_is_reported(
    typed: Typed, message: str, tmp_path: Path
) -> None:
    found = merge_workbook(typed, tmp_path).findings
    assert message in [finding.message for finding in found]
    assert {finding.rule for finding in found} == {"contribution-part"}
    assert all(finding.cell.startswith(f"sheet “{V}”, cell ") for finding in found)


@pytest.mark.slow
def test_a_share_against_its_counts_is_a_warning_only(tmp_path: Path) -> None:
    typed = study_with_changed_cells(V, 0, Count_of_the_share="41")
    typed = {**typed, V: [typed[V][0], {**typed[V][1], "As printed": "41"}, typed[V][2]]}
    outcome = contribute.import_contribution(
        PACKAGE, save_filled_template(typed, tmp_path / "study.xlsx"), is_dry_run=True
    )
    [found] = outcome.report.findings
    assert (found.rule, found.level) == ("share-against-counts", "warning")
    assert found.message == "The share is 9, but 41 of 412 is 9.95." and outcome.report.is_valid
    assert "leave them, and say so where you send the file" in found.fix


def test_a_formula_over_several_cells_is_shown_as_it_was_typed(tmp_path: Path) -> None:
    typed = study_with_changed_cells(V, 0, Age_to=ArrayFormula("H2", "=SUM(A1:A3*2)"))
    [found] = contribute.import_contribution(
        PACKAGE, save_filled_template(typed, tmp_path / "study.xlsx"), True
    ).report.findings
    assert (found.rule, found.value) == ("contribution-cell", "=SUM(A1:A3*2)")


def test_ages_and_dates_in_khmer_digits_are_taken(tmp_path: Path) -> None:
    typed = study_with_changed_cells(V, 0, Age_to="១៧")
    typed["Sources"][0] = {**typed["Sources"][0], "Published": "២០១៩-០៥"}
    taken = merge_workbook(typed, tmp_path)
    assert rows(taken, "reported_values")[0]["age_max"] == "17"
    assert rows(taken, "sources")[0]["date_published"] == "2019-05"


@pytest.mark.long
def test_few_people_are_reported_by_the_name_of_their_place_at_the_cell_to_fill(tmp_path: Path) -> None:
    typed = study_with_changed_cells("Studies", 0, Place="Battambang")
    few = {**typed[V][0], "As printed": "10", "Indicator": "People in the age band", "Place": "Battambang"}
    few = {name: cell for name, cell in few.items() if not name.endswith("of the share")}
    place = {"Name": "Battambang", "Level": "city", "Inside": "Cambodia", "Note": "A city."}
    typed = {**typed, V: [*typed[V], few], "Places": [place]}
    found = contribute.import_contribution(
        PACKAGE, save_filled_template(typed, tmp_path / "study.xlsx"), True
    ).report.findings
    small = next(finding for finding in found if finding.rule == "small-cell-is-marked")
    assert small.message == "10 people in Battambang are few enough to be recognised."
    assert (small.cell, small.value) == (f"sheet “{V}”, cell X5, column “Small count”", "")


LIGHT_BUT_ASKED = {  # columns that another answer makes necessary, and where the error then is
    ("Sources", "Body that speaks"): (V, "Credited to"),
    ("Studies", "Population"): (V, "Population"),  # needed for a study with shares
    (V, "Count of the share"): (V, "Nature"),  # its row is then separate
    (V, "Denominator of the share"): (V, "Nature"),
}
SHEET, COLUMN = re.compile("sheet “(.+?)”"), re.compile("column “(.+?)”")


def titles_with_errors(blank: Sequence[tuple[str, str]], place: Path) -> set[tuple[str, str]]:
    """Return sheet and title of each error after blanking these cells in the first rows of the study."""
    typed = copy.deepcopy(dict(STUDY))
    for sheet, title in blank:
        typed[sheet][0].pop(title)
    report = contribute.import_contribution(
        PACKAGE, save_filled_template(typed, place / "study.xlsx"), is_dry_run=True
    ).report
    errors = [finding.cell for finding in report.findings if finding.level == "error"]
    assert report.is_valid == (errors == []) and all(map(COLUMN.search, errors))
    return {(SHEET.findall(cell)[0], title) for cell in errors for title in COLUMN.findall(cell)}


def has_dark_title(place: tuple[str, str]) -> bool:
    """Return whether a title has the colour of a column that must be filled in."""
    sheet, title = place
    [head] = [cell for cell in open_template()[sheet][1] if cell.value == title]
    return bool(head.fill.fgColor.rgb == template_module.NEEDED.fgColor.rgb)


TYPED = [(sheet, title) for sheet, [row, *_] in STUDY.items() for title in row]
NAMES = [("Organisations", "Name"), ("Populations", "Name")]  # other rows refer to these


@pytest.mark.long
def test_dark_titles_have_to_be_filled_and_light_ones_need_not(tmp_path: Path) -> None:
    """Blank dark columns give errors at their own cells; blank light columns give none."""
    dark = [place for place in TYPED if has_dark_title(place)]
    others = [place for place in dark if place not in NAMES]
    for blank in (NAMES, others[::2], others[1::2]):  # in halves: a row of one cell is taken for a note
        assert set(blank) - titles_with_errors(blank, tmp_path) == set()
    light = [place for place in TYPED if place not in dark and place not in LIGHT_BUT_ASKED]
    assert titles_with_errors(light, tmp_path) == set() and len(light) > 8
    assert (V, "Topic") in dark and not has_dark_title((V, "Credited to"))


def test_the_columns_of_a_share_have_an_example_in_their_notes() -> None:
    notes = {cell.value: cell.comment.text for cell in open_template()[V][1]}
    assert (
        "Example: 37." in notes["Count of the share"]
        and "Example: 412." in notes["Denominator of the share"]
    )


def test_a_count_greater_than_its_denominator_is_reported(tmp_path: Path) -> None:
    typed = study_with_changed_cells(V, 0, Count_of_the_share="412", Denominator_of_the_share="37")
    outcome = contribute.import_contribution(
        PACKAGE, save_filled_template(typed, tmp_path / "study.xlsx"), is_dry_run=True
    )
    assert ("part-above-whole", "412") in {
        (finding.rule, finding.value) for finding in outcome.report.findings
    }


def test_where_the_count_is_the_base_its_row_comes_first(tmp_path: Path) -> None:
    typed = study_with_changed_cells(V, 0, As_printed="100 %", Count_of_the_share="412")
    typed[V][1]["As printed"] = "412"
    taken = merge_workbook(typed, tmp_path)
    _, count, base = rows(taken, V_TABLE)
    links = {(row["relation"], row["from_id"]) for row in rows(taken, "links")}
    assert taken.findings == []
    assert links == {("numerator_of", count["value_id"]), ("denominator_of", base["value_id"])}


def test_a_base_that_the_package_has_is_named_by_its_key(tmp_path: Path) -> None:
    key = PACKAGE.rows("reported_values")[0]["value_id"]
    typed = study_with_changed_cells(V, 0, Denominator_of_the_share=key)
    typed[V] = typed[V][:2]
    links = rows(merge_workbook(typed, tmp_path), "links")
    assert (key, "denominator_of") in {(row["from_id"], row["relation"]) for row in links}


@pytest.mark.long
def test_a_row_of_the_package_holds_up_no_report_of_its_body_and_a_share_without_base_is_reported(
    tmp_path: Path,
) -> None:
    """A new report by an organisation in the package is accepted; a missing denominator is noted."""
    typed, body = (
        study_with_changed_cells(V, 0, Denominator_of_the_share=None),
        PACKAGE.rows_by_key("organisations")["ijm"]["name"],
    )
    typed |= {V: typed[V][:2], "Organisations": []}
    of_it = {"Publisher": body, "Body that speaks": body, "Relation to the study": "implementer"}
    typed["Sources"][0] |= of_it
    typed["Studies"][0]["Run by"] = typed["Limitations"][0]["Raised by"] = body
    outcome = contribute.import_contribution(
        PACKAGE, save_filled_template(typed, tmp_path / "study.xlsx"), is_dry_run=True
    )
    assert outcome.report.is_valid and outcome.added["sources"]
    [of_the_share] = outcome.report.findings
    assert (of_the_share.rule, of_the_share.message) == (
        "contribution-denominator",
        "The share has no denominator.",
    )
    assert of_the_share.cell == f"sheet “{V}”, cell Z2, column “Denominator of the share”"


def test_each_key_is_looked_at_once_however_many_rows_have_one_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each proposed key is tried about once, or a thousand copies would need a million tries."""
    looked = []

    def counted(table: str, row: dict[str, str]) -> Iterator[str]:
        for key in proposed_keys(table, row):
            looked.append(key)
            yield key

    monkeypatch.setattr(sys.modules["scripts.contribute.merge"], "proposed_keys", counted)
    typed = dict(STUDY) | {"Organisations": [{"Name": "Copy", "Kind": "media"}] * 60}
    taken = merge_workbook(typed, tmp_path)
    assert len(taken.added["organisations"]) == 60
    assert len(looked) < 3 * sum(len(cells) for cells in typed.values())


def test_each_name_leads_to_its_own_key_in_any_case() -> None:
    for table in contribution_layout.contribution_tables(PACKAGE.contract):
        names = Labels(PACKAGE, table)
        if row_name(PACKAGE.rows(table.name)[0]):
            assert {names.key_of(label.upper()): key for key, label in names.by_key.items()} == {
                key: key for key in names.by_key
            }


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        *(("APLE", "aple"), ("action pour les enfants", "aple")),
        ("Government of Cambodia", "Government of Cambodia"),  # its name has further words in brackets
    ],
)
def test_a_body_is_known_by_its_short_and_by_its_long_name(typed: str, key: str) -> None:
    assert Labels(PACKAGE, PACKAGE.contract.table("organisations")).key_of(typed) == key


def test_name_is_found_whatever_its_quotation_marks() -> None:
    names = Labels(PACKAGE, PACKAGE.contract.table("organisations"))
    names.add(PACKAGE.rows("organisations")[0] | {"organisation_id": "elm", "name": "Women's “Elm”"})
    assert names.key_of('women’s "elm"') == "elm"
    assert names.key_of("womans elm") == "womans elm"


REFUSED: Mapping[str, Callable[[Workbook], object]] = {
    "The cell is struck out.": lambda book: setattr(book[V]["L3"], "font", Font(strike=True)),
    "The cell has a comment, which is not read.": lambda book: setattr(
        book[V]["L3"], "comment", Comment("x", "y")
    ),
    "The cell holds a number, so a zero at its end or a sign beside it is gone.": lambda book: type_in(
        book, V, 3, "As printed", 9.5
    ),
}


def test_a_count_that_a_spreadsheet_holds_as_a_number_is_what_was_printed(tmp_path: Path) -> None:
    [share, *_] = rows(
        merge_workbook(study_with_changed_cells(V, 0, As_printed=9), tmp_path), "reported_values"
    )
    assert share["printed"] == "9"


@pytest.mark.parametrize("message", REFUSED)
def test_forbidden_content_of_a_workbook_is_refused_at_its_cell(message: str, tmp_path: Path) -> None:
    book = load_workbook(save_filled_template(STUDY, tmp_path / "study.xlsx"))
    REFUSED[message](book)
    book.save(tmp_path / "study.xlsx")
    [found] = filled_workbook.read_workbook(tmp_path / "study.xlsx", PACKAGE.contract).findings
    assert found.message == message and found.cell


def test_spaces_and_empty_rows_are_tidied(tmp_path: Path) -> None:
    typed = study_with_changed_cells("Studies", 0, Name=" Survey  of\nvenues\u200b ")
    typed["Organisations"] = [{}, {}, *STUDY["Organisations"]]
    taken = merge_workbook(typed, tmp_path)
    assert (
        len(taken.added["organisations"]) == 1 and rows(taken, "studies")[0]["name"] == "Survey of venues"
    )


@given(st.text())
def test_tidying_twice_is_tidying_once(text: str) -> None:
    once = filled_workbook.normalise_text(text)
    assert filled_workbook.normalise_text(once) == once == once.strip()


PERIOD, DATE, LANGUAGE = "studies.fieldwork", "sources.date_published", "sources.language"
MEANT = {  # by column: typed text with a single possible meaning, and that meaning
    PERIOD: {"May 2018": "2018-05", "05/2018": "2018-05", "May to July 2018": "2018-05/2018-07"}
    | {"12 May 2018": "2018-05", "mars 2018": "2018-03", "ខែមីនា ឆ្នាំ២០១៨": "ខែមីនា ឆ្នាំ២០១៨"},
    DATE: {"12 May 2018": "2018-05-12", "31/05/2019": "2019-05-31", "1 mars 2018": "2018-03-01"},
    LANGUAGE: {"Khmer": "km", "en-GB": "en"},
    "sources.url": {"www.example.org": "https://www.example.org", "doi:10.1/a": "doi:10.1/a"}
    | {"doi:10.5555/a": "https://doi.org/10.5555/a"},
    "reported_values.weighted": {"weighted": "yes", "Unweighted": "no", "no": "no", "half": "half"},
    "reported_values.age_max": {"17 years": "17", "N/A": ""},
}
EITHER = {  # ambiguous text stays as typed, and is reported
    PERIOD: ("Q1 2018", "12th 2018", "2018 2019"),
    DATE: ("05/06/2018", "31 February 2019", "Market survey, 2018", "spring"),
    LANGUAGE: ("Kmer", "Zulu"),
    "sources.url": ("see the library", "library"),
}


def test_only_unambiguous_cells_are_coerced() -> None:
    told = [
        (column, typed, meant) for column, meanings in MEANT.items() for typed, meant in meanings.items()
    ]
    told += [(column, typed, typed) for column, spellings in EITHER.items() for typed in spellings]
    for column, typed, meant in told:
        table, _, name = column.partition(".")
        assert (
            cell_coercion.coerce_text_to_column(PACKAGE.contract.table(table).field_by_name[name], typed)
            == meant
        ), typed


def test_import_reports_each_cell_it_converts_except_names_of_languages(tmp_path: Path) -> None:
    typed = study_with_changed_cells(
        "Sources", 0, Published="May 2019", Address="doi:10.5555/a.1", Language="Khmer"
    )
    typed[V][0].update({"As printed": "9.0 % (95 % CI 6.4–12.2)", "Age to": "17 years"})
    typed["Studies"][0].update({"Fieldwork": "March to May 2018"})
    typed["Sources"][0].update({"Seen": "N/A"})
    taken = merge_workbook(typed, tmp_path)
    [source], [study], share = rows(taken, "sources"), rows(taken, "studies"), rows(taken, V_TABLE)[0]
    assert (source["date_published"], source["language"]) == ("2019-05", "km")
    assert (source["url"], study["fieldwork"]) == ("https://doi.org/10.5555/a.1", "2018-03/2018-05")
    assert source["date_seen"] == ""
    assert (share["printed"], share["age_max"], share["interval_high"]) == ("9.0 %", "17", "12.2")
    lines = cell_coercion.coercion_lines(taken.coercions)
    assert "“Published”: “May 2019” is taken as “2019-05”." in lines
    assert "“Seen”: “N/A” is taken as blank." in lines and len(lines) == 6
    assert not any("“Khmer”" in line for line in lines)  # a listed name cannot be misread


@pytest.mark.slow
@pytest.mark.parametrize(
    ("share", "count", "told"),
    mark_later_cases_long(
        2,
        [
            ("0.0898", "37", ["“As printed”: “0.0898” is taken as “8.98 percent”."]),
            ("90‰", "Thirty-seven of the 412", ["“90‰” is taken as “9.0 percent”.", "“37 people”."]),
            ("9.0 per 100", "37 of 412 (9.0 %)", ["“37 of 412 (9.0 %)” is taken as “37 people”."]),
            ("9.0 % (37/412)", "37 (9.0 %)", ["“9.0 % (37/412)” is taken as “9.0 percent”."]),
        ],
    ),
)
def test_a_share_and_its_count_are_sound_however_they_are_reported(
    share: str, count: str, told: list[str], tmp_path: Path
) -> None:
    typed = copy.deepcopy(dict(STUDY))
    typed[V][0]["As printed"], typed[V][1]["As printed"] = share, count
    outcome = contribute.import_contribution(
        PACKAGE, save_filled_template(typed, tmp_path / "study.xlsx"), is_dry_run=True
    )
    assert outcome.report.findings == () and len(outcome.added["links"]) == 2
    assert all(line in " ".join(outcome.notes) for line in told)


def test_passages_that_give_no_denominator_are_no_reason_to_look_again(tmp_path: Path) -> None:
    for extent, rules in (("passages", set()), ("whole", {"contribution-denominator"})):
        typed = study_with_changed_cells("Sources", 0, How_much_was_read=extent)
        typed[V] = [{**typed[V][0], "Count of the share": None, "Denominator of the share": None}]
        path = save_filled_template(typed, tmp_path / f"{extent}.xlsx")
        report = contribute.import_contribution(PACKAGE, path, is_dry_run=True).report
        assert {found.rule for found in report.findings} == rules


@pytest.mark.parametrize(
    ("words", "weighted"),
    [
        ("unweighted", "no"),
        ("sin ponderar", "no"),
        ("RDS-weighted", "yes"),
        ("ponderado con RDS-II", "yes"),
    ],
)
def test_where_a_study_has_both_kinds_of_shares_the_words_beside_one_tell(
    words: str, weighted: str, tmp_path: Path
) -> None:
    typed = study_with_changed_cells("Studies", 0, Weighting="mixed")
    assert rows(merge_workbook(typed, tmp_path), V_TABLE)[0]["weighted"] == "unknown"
    assert merge_workbook(typed, tmp_path).unanswered["“Weighted”"] == "unknown"
    typed[V][0]["Scope, as printed"] = f"{typed[V][0]['Scope, as printed']} ({words})"
    assert rows(merge_workbook(typed, tmp_path), V_TABLE)[0]["weighted"] == weighted


def test_unknown_words_beside_a_number_are_named_once_and_refuse_nothing(tmp_path: Path) -> None:
    """Somebody who has chosen what the words mean is not told about them again."""
    typed = copy.deepcopy(dict(STUDY))
    typed[V][1]["As printed"] = "kwanzi 37"
    for qualifier, told in (("", ["“kwanzi”"]), ("exact", [])):
        typed[V][1]["Qualifier"] = qualifier
        path = save_filled_template(typed, tmp_path / f"study{qualifier}.xlsx")
        report = contribute.import_contribution(PACKAGE, path, is_dry_run=True).report
        words = [found.message for found in report.findings if found.rule == "contribution-words"]
        assert report.is_valid and len(words) == len(told)
        assert all(word in message for word, message in zip(told, words, strict=True))


def test_a_number_without_its_qualifier_is_told_apart_from_one_that_is_not_read(tmp_path: Path) -> None:
    typed = copy.deepcopy(dict(STUDY))
    typed[V][1] |= {"As printed": "37 or 38 girls", "From": "37", "To": "38"}
    path = save_filled_template(typed, tmp_path / "study.xlsx")
    report = contribute.import_contribution(PACKAGE, path, is_dry_run=True).report
    [found] = [found for found in report.findings if found.rule == "qualifier-fits-bounds"]
    assert found.level == "error" and "“Qualifier” is blank" in found.message


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
    assert defaults_of_reading({"study_id": "S", "indicator_id": indicator}, there)["show"] == show


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
    assert defaults_of_reading(row, there)["evidence"] == evidence


@pytest.mark.parametrize(("kind", "evidence"), [("academic", "primary"), ("implementer", "secondary")])
def test_an_article_is_of_its_authors_where_researchers_ran_the_study(kind: str, evidence: str) -> None:
    there = {
        ("sources", "P"): {"kind": "academic_article"},
        ("studies", "S"): {"organisation_id": "unit"},
        ("organisations", "unit"): {"kind": kind},
    }
    row = {"source_id": "P", "study_id": "S", "credited_to": "unit"}
    assert defaults_of_reading(row, there)["evidence"] == evidence


def test_a_typed_end_is_stored_with_the_zeros_of_its_result() -> None:
    assert defaults_of_reading({"low": "9", "high": "9"}, {})["low"] == "9.0"
    assert defaults_of_reading({"low": "8", "high": "9"}, {})["low"] == "8"  # the check will question it


def test_weighting_is_not_applicable_to_a_response_rate() -> None:
    there = {("studies", "S"): {"weighting": "weighted"}}
    shares = ("response-share", "share-in-age-band")
    told = [
        defaults_of_reading({"study_id": "S", "indicator_id": indicator}, there)["weighted"]
        for indicator in shares
    ]
    assert told == ["not_applicable", "yes"]


def defaults_of_reading(
    row: dict[str, str], there: Mapping[tuple[str, str], dict[str, str]]
) -> dict[str, str]:
    """Return the defaults that an import gives a reading, given these rows and those in the package."""
    blank = dict.fromkeys(PACKAGE.contract.table(V_TABLE).column_names, "")
    return defaults.reading_defaults(
        blank | {"period": "2018", "printed": "9.0 %"} | row,
        lambda table, key: there.get((table, key)) or PACKAGE.rows_by_key(table).get(key, {}),
    )


def study_with_slip(name: str) -> Typed:
    """Return the study with the cells of one slip."""
    typed = copy.deepcopy(dict(STUDY))
    for row in (row for row in CELLS if row["slip"] == name):
        typed[row["sheet"]][int(row["row"])][row["title"]] = row["typed"].format(**OF_THE_PACKAGE)
    return typed


CELLS = read_csv(Path(__file__).parent / "slips.csv")  # the first row of a slip says what is reported
OF_THE_PACKAGE = {"url": PACKAGE.rows("sources")[0]["url"]}
SLIPS = {row["slip"]: (study_with_slip(row["slip"]), row) for row in CELLS if row["rule"]}
# Independent slips share a workbook; each of the others has one of its own.
TOGETHER = (
    (
        *("a date in doubt", "a name with a slip", "an address that is there", "a decimal comma"),
        *("none of so many", "a month 13", "a body in other letters"),
        *("a word that the list explains", "a blank that count and denominator take over"),
    ),
    (
        *("three numbers in a cell", "a denominator that is mistyped, whose row waits for its share"),
        *("an address that is none", "a body by its short name", "ages turned round"),
        *("a qualifier without its word", "a number that is not reported"),
    ),
)
ALONE = [(slip,) for slip in SLIPS if not any(slip in slips for slips in TOGETHER)]


def study_with_slips(slips: Sequence[str]) -> Typed:
    """Return the study with these slips together, each in its own cells."""
    sheets = set.intersection(*({*SLIPS[slip][0]} for slip in slips))
    typed = {name: copy.deepcopy(rows) for name, rows in STUDY.items() if name in sheets}
    for sheet, row in ((sheet, row) for sheet, rows in typed.items() for row in range(len(rows))):
        sound, told = STUDY[sheet][row], [SLIPS[slip][0][sheet][row] for slip in slips]
        cells = [(name, cells.get(name)) for cells in told for name in {**sound, **cells}]
        slipped = {name: value for name, value in cells if value != sound.get(name)}
        typed[sheet][row].update(slipped)
    return typed


@pytest.mark.slow
def test_workbook_with_a_warning_can_be_sent_after_a_look(tmp_path: Path) -> None:
    sent = save_filled_template(SLIPS["a base that does not fit"][0], tmp_path / "study.xlsx")
    outcome = contribute.import_contribution(PACKAGE, sent, is_dry_run=True)
    assert [finding.level for finding in outcome.report.findings] == ["warning"]
    for format in ("text", "markdown"):
        assert contribute.outcome_text(outcome, format).startswith(contribute.LOOK_FIRST)
    answer = in_browser.answer_from_outcome(PACKAGE, outcome)
    assert (answer.verdict, answer.can_be_sent, answer.look_first) == (contribute.LOOK_FIRST, True, True)


@pytest.mark.slow
@pytest.mark.parametrize("slips", mark_later_cases_long(1, zip([*TOGETHER, *ALONE])), ids=" and ".join)
def test_one_slip_gives_one_finding_at_the_cell_in_the_words_of_the_sheet(
    slips: Sequence[str], tmp_path: Path
) -> None:
    typed = save_filled_template(study_with_slips(slips), tmp_path / "study.xlsx")
    report = contribute.import_contribution(PACKAGE, typed, is_dry_run=True).report
    texts = {
        (finding.rule, finding.cell): f"{finding.message} {finding.fix}" for finding in report.findings
    }
    assert len(report.findings) == len(slips)
    for told in (SLIPS[slip][1] for slip in slips):
        assert told["words"] in texts[told["rule"], told["cell"]]
    for text in texts.values():
        assert "data/" not in text and ".csv" not in text and "_" not in text and " line " not in text
        assert not re.search(r"\b(?:token|root|low|high|key)\b", text)


def test_the_workbook_defines_every_indicator_and_its_heading_points_there() -> None:
    book = load_workbook(template())
    defined = dict(book["Definitions"].iter_rows(2, values_only=True))
    rows = Package(FROZEN).rows("indicators")
    assert {row["definition"] for row in rows} == {*defined.values()} and len(defined) == len(rows)
    [note] = [cell.comment.text for cell in book["Reported values"][1] if cell.value == "Indicator"]
    assert "The sheet “Definitions” says" in note
