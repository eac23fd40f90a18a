"""A finding: where it is, its wording for each audience, and how much of it may be printed."""

import pytest

from scripts.findings import (
    DERIVE,
    Cell,
    Finding,
    FindingWording,
    Report,
    Rule,
    did_you_mean,
    has_no_errors,
    is_derived,
    make_finding,
    remove_control_characters,
    to_one_printable_line,
)

RULE = Rule("a-rule", "A title", "A reason.", "Fix [age_min] in data/places.csv.")
PLACES, RESULTS = "data/places.csv", "data/derived/results.csv"


class Sheets(FindingWording):
    """The wording for somebody who sees a workbook."""

    def name_of_column_or_code(self, name: str) -> str:
        return f"“{name.title()}”"

    def name_of_table(self, name: str) -> str:
        return f"the sheet {name}"

    def words_for_value(self, parameter: str, value: str) -> str:
        return f"{value} ({parameter})"


def test_finding_keeps_every_part_it_was_made_with() -> None:
    found = make_finding(RULE, PLACES, "It is wrong.", line=3, field="name", value=7, row="kh")
    assert (found.rule, found.level, found.table) == ("a-rule", "error", PLACES)
    assert (found.line, found.field, found.value, found.row) == (3, "name", "7", "kh")
    assert found.link.endswith("rules/#a-rule")
    assert found.message == "It is wrong."


def test_parts_of_a_finding_default_to_blank() -> None:
    found = make_finding(RULE, PLACES, "It is wrong.", value=None)
    assert (found.line, found.field, found.value, found.row) == (0, "", "", "")
    assert (found.cells, found.names, found.follows, found.cell) == ((), (), "", "")


@pytest.mark.parametrize(
    ("table", "fix", "said"),
    [
        (PLACES, "", "Fix age_min in data/places.csv."),
        (PLACES, "Do this.", "Do this."),
        (RESULTS, "", DERIVE),
        (RESULTS, "Do this.", "Do this."),
    ],
)
def test_fix_of_a_derived_file_is_to_derive_it_again(table: str, fix: str, said: str) -> None:
    assert make_finding(RULE, table, "It is wrong.", fix=fix).fix == said


def test_only_files_in_the_derived_folder_count_as_derived() -> None:
    assert is_derived(RESULTS)
    assert not is_derived(PLACES)
    assert not is_derived("docs/data/derived/results.csv")


def test_message_without_parameters_is_left_unchanged() -> None:
    quoted = "[age_min] {value} {told} data/places.csv"
    assert make_finding(RULE, PLACES, quoted, value="x").message == quoted


def test_with_parameters_a_message_is_filled_in_and_an_unknown_mark_stays() -> None:
    given = {"low": 5, "high": 3, "unused": "x"}
    found = make_finding(RULE, PLACES, "[low] is {low}, above {high} {other} of {low}.", parameters=given)
    assert found.message == "low is 5, above 3 {other} of 5."
    assert found.parameters == (("low", "5"), ("high", "3"))


def test_each_audience_has_its_own_names_tables_and_values() -> None:
    found = make_finding(
        RULE, PLACES, "[age_min] of data/method/searches.csv is {age}.", parameters={"age": 3}
    )
    assert found.message == "age_min of data/method/searches.csv is 3."
    in_sheets = Finding(**{**vars(found), "words": Sheets()})
    assert in_sheets.message == "“Age_Min” of the sheet method/searches is 3 (age)."
    assert in_sheets.fix == "Fix “Age_Min” in the sheet places."
    assert in_sheets == found  # the wording is not part of its identity


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([], ""),
        (["Places, B3, column Name"], "Places, B3, column Name"),
        (
            ["Places, B3, column Name", "Places, C3, column Kind"],
            "Places, B3, column Name and C3, column Kind",
        ),
    ],
)
def test_cells_of_a_sheet_are_reported_with_its_name_once(places: list[str], said: str) -> None:
    found = make_finding(RULE, PLACES, "It is wrong.")
    assert found.located_at(*map(Cell, places)).cell == said
    assert found.cell == ""  # the original finding is unchanged


@pytest.mark.parametrize(
    ("place", "title"),
    [
        ("Places, B3, column Name", "Name"),
        ("Places, B3, column One, column Two", "Two"),
        ("“The result”", "“The result”"),
    ],
)
def test_a_cell_is_called_by_its_column_or_its_question(place: str, title: str) -> None:
    assert Cell(place).title == title


def test_close_word_is_proposed_and_a_distant_one_is_not() -> None:
    assert did_you_mean("countyr", ["country", "city"]) == " Did you mean country?"
    assert did_you_mean("xyz", ["country", "city"]) == ""


def test_hostile_text_is_printed_on_one_line_without_control_characters() -> None:
    assert to_one_printable_line("plain, “quoted” កុមារ") == "plain, “quoted” កុមារ"
    assert to_one_printable_line("a\nb\x1b[31m\u202e\U000e0001") == "a\\u000ab\\u001b[31m\\u202e\\U000e0001"
    assert to_one_printable_line("\uffff\U00010ffff"[:1]) == "\\uffff"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (120, "x" * 120),
        (121, "x" * 120 + " …"),
    ],
)
def test_long_value_is_cut_with_a_mark(length: int, said: str) -> None:
    assert to_one_printable_line("x" * length) == said


def test_printable_text_is_cut_at_the_given_length() -> None:
    assert (to_one_printable_line("abcd", 4), to_one_printable_line("abcde", 4)) == ("abcd", "abcd …")


def test_printable_lines_keep_line_ends_and_lose_control_characters() -> None:
    assert remove_control_characters("a\tb\nc\rd\x1b[2J\x7f\x9b\u202a\u2069") == (
        "a\tb\nc\\u000dd\\u001b[2J\\u007f\\u009b\\u202a\\u2069"
    )


@pytest.mark.parametrize(
    ("levels", "valid"),
    [
        ([], True),
        (["warning", "hint"], True),
        (["warning", "error"], False),
        (["error"], False),
    ],
)
def test_only_errors_make_a_package_invalid(levels: list[str], valid: bool) -> None:
    found = [make_finding(Rule("a", "", "", "", level), PLACES, "") for level in levels]
    assert has_no_errors(found) is Report(tuple(found), (), ()).is_valid is valid
