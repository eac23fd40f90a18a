"""Messages of an import use names and printed words, not keys, field names or layers of the check."""

import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from scripts import contribute
from scripts.contribute import filled_workbook
from scripts.contribute.key_labels import MOST, Names
from scripts.contribute.merge import merge
from scripts.package import progress_log
from scripts.package.package import Package
from tests.conftest import FROZEN
from tests.contribute.contributions import template
from tests.contribute.sheets import STUDY, Typed, save_filled_template
from tests.contribute.test_sheets import study_with_changed_cells

PACKAGE = Package(FROZEN, with_derived=False)


def names_of(typed: Typed, place: Path) -> Names:
    """Return the names of the rows that a workbook would add."""
    read = filled_workbook.read_workbook(
        save_filled_template(typed, place / "study.xlsx"), PACKAGE.contract
    )
    return Names(PACKAGE, merge(read.entries, PACKAGE).added)


def test_import_names_new_rows_by_name_or_printed_words(tmp_path: Path) -> None:
    assert [*names_of(STUDY, tmp_path).new_row_sentences()] == [
        "Organisations: 1 row (“Aspen Health Network”)",
        "Populations: 1 row (“People interviewed in entertainment venues of Phnom Penh”)",
        "Sources: 1 row (“Adolescents in entertainment venues of Phnom Penh”)",
        "Studies: 1 row (“Survey of entertainment venues in Phnom Penh”)",
        "Reported values: 3 rows (“9.0 %”; “37”; “412”)",
        "Links: 2 rows (“37”, the count of “9.0 %”; “412”, the denominator of “9.0 %”)",
        "Limitations: 1 row (“Closed venues”)",
        "Scopes: 1 row (“Closed venues”, “Survey of entertainment venues in Phnom Penh”)",
    ]


def test_import_names_the_first_of_many_new_rows(tmp_path: Path) -> None:
    many = [{"Name": f"Body {number}", "Kind": "media"} for number in range(MOST + 2)]
    [said] = names_of({"Organisations": many}, tmp_path).new_row_sentences()
    assert said.startswith(f"Organisations: {MOST + 2} rows (“Body 0”; “Body 1”; ")
    assert said.endswith(f"“Body {MOST - 1}”; and 2 more)")


@pytest.mark.parametrize(
    ("sheet", "name", "close"),
    [
        ("Places", "Phnom Phen", "Phnom Penh"),
        ("Organisations", "UNICEFF", "UNICEF"),
        ("Places", "Kratie City", ""),
    ],
)
def test_new_name_close_to_a_known_one_is_questioned(
    sheet: str, name: str, close: str, tmp_path: Path
) -> None:
    told = names_of({sheet: [{"Name": name}]}, tmp_path).questions_on_similar_names()
    assert [*told] == [f"“{name}” is new here. Did you mean {close}, which the package has?"] * bool(close)


def test_row_without_a_name_is_called_by_the_rows_it_refers_to(tmp_path: Path) -> None:
    names = names_of(STUDY, tmp_path)
    limit, study = PACKAGE.rows_by_key("limitations")["L01"], PACKAGE.rows_by_key("studies")["ijm-khm-2015"]
    assert (
        names.name_of_row("scopes", PACKAGE.row("scopes", "L01.ijm-khm-2015"))
        == f"“{limit['name']}”, “{study['name']}”"
    )
    fact = {"study_id": "ijm-khm-2015", "source_id": "", "credited_to": "", "attribute": "venue_types"}
    assert names.name_of_row("study_facts", fact) == f"“{study['name']}”, venue types"


def test_a_reading_is_called_by_what_it_prints_and_where(tmp_path: Path) -> None:
    names = names_of(STUDY, tmp_path)
    [own] = [entry for entry in names.entries["reported_values"].values() if entry.line == 2]
    row = PACKAGE.rows_by_key("reported_values")["KH010"]
    title = PACKAGE.rows_by_key("sources")[row["source_id"]]["title"]
    assert names.name_of_reading("KH010", "x") == f"“{row['printed']}” (KH010, in “{title}”), x"
    key = own.cells["value_id"]
    assert names.name_of_reading(key, "9.0 %") == "“9.0 %” (yours, row 2)"


def test_progress_of_an_import_shows_no_layer_and_no_time() -> None:
    told: list[str] = []
    progress_log.send_log_to(told.append, seconds_between_steps=-1)
    progress_log.log.addFilter(contribute.hide_layer_messages)
    progress_log.log_step("Layer rules, name-stands-once (129 of 191)")
    progress_log.log.info("Checked: descriptor 1.5 s, bytes 0.1 s.")
    progress_log.log.removeFilter(contribute.hide_layer_messages)
    assert told == ["Checking …"]


def outcome_of(typed: Typed, place: Path) -> contribute.Outcome:
    """Return the outcome of a dry run with a workbook."""
    return contribute.import_contribution(
        PACKAGE, save_filled_template(typed, place / "study.xlsx"), is_dry_run=True
    )


@pytest.fixture(scope="module")
def of_hostesses(tmp_path_factory: pytest.TempPathFactory) -> contribute.Outcome:
    """The outcome for a study of a population that the workbook itself describes."""
    hostesses = "Hostesses in the bars of Phnom Penh"
    typed = study_with_changed_cells(
        "Populations", 0, Name=hostesses, Definition="Hostesses who worked in bars."
    )
    typed["Studies"][0]["Population"] = hostesses
    return outcome_of(typed, tmp_path_factory.mktemp("hostesses"))


@pytest.fixture(scope="module")
def flawed(tmp_path_factory: pytest.TempPathFactory) -> contribute.Outcome:
    """The outcome for four flaws: bad date, unknown place, wrong quotient, missing denominator."""
    typed = study_with_changed_cells("Sources", 0, Published="spring")
    typed["Studies"][0]["Place"] = "Phnom Pen"
    typed["Reported values"][0]["As printed"] = "9.1 %"
    other = {"As printed": "12.5 %", "Sex": "female", "Count of the share": ""}
    other["Denominator of the share"] = ""
    typed["Reported values"] = [*typed["Reported values"], typed["Reported values"][0] | other]
    return outcome_of(typed, tmp_path_factory.mktemp("flawed"))


@pytest.mark.long
def test_a_source_need_not_use_the_words_of_a_new_group(of_hostesses: contribute.Outcome) -> None:
    assert of_hostesses.report.findings == ()


@pytest.mark.slow
def test_import_reports_all_faults_at_once(flawed: contribute.Outcome) -> None:
    told = {(finding.rule, finding.line) for finding in flawed.report.findings}
    assert {("share-against-counts", 2), ("contribution-denominator", 5), ("schema-reference", 2)} <= told
    assert ("date-does-not-exist", 2) in told or ("schema-pattern", 2) in told
    assert len(told) == len(flawed.report.findings) == 4


@pytest.mark.slow
def test_import_text_names_rows_and_leaves_layers_to_the_json(
    of_hostesses: contribute.Outcome, flawed: contribute.Outcome
) -> None:
    sound = contribute.outcome_text(of_hostesses, "text")
    assert "Would be added:\n" in sound and "Studies: 1 row (“Survey of ent" in sound
    assert "Links: 2 rows (“37”, the count of “9.0 %”; “412”, the denominator" in sound
    said = contribute.outcome_text(flawed, "text")
    assert "2 errors and 2 warnings found.\n" in said
    assert not re.search("Not checked|frictionless|layer", said)
    assert json.loads(contribute.outcome_text(flawed, "json"))["layers_not_run"]


def test_names_are_offered_in_alphabetical_order() -> None:
    lists = load_workbook(template())["Lists"]
    longest = max(lists.columns, key=lambda column: sum(cell.value is not None for cell in column))
    names = [str(cell.value) for cell in longest if cell.value and not str(cell.value).startswith("(")]
    assert names == sorted(names, key=str.casefold) and len(names) > 50
