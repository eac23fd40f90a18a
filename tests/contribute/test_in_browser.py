"""The check in the browser: the answers that Python gives to the page, run here without a browser."""

import base64
import gzip
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scripts import checks, contribute
from scripts.checks import sql_rules
from scripts.checks.context import CheckContext
from scripts.checks.schema import ENUM
from scripts.contribute import defaults, in_browser, result_form, result_questions, template
from scripts.contribute.contribution_layout import Contribution
from scripts.contribute.filled_workbook import read_open_workbook
from scripts.contribute.filled_workbook import read_workbook as read_workbook
from scripts.contribute.key_labels import Names
from scripts.contribute.merge import merge
from scripts.contribute.result_form import BLANK, FormWords
from scripts.findings import Cell, make_finding
from scripts.package.package import Package
from scripts.package.reproducible_zip import unzip_files
from scripts.site import browser_engine, check_page
from tests.conftest import COLUMNS, FROZEN, ROOT, mark_later_cases_long, read_csv
from tests.contribute.contributions import STUDY, Taken, folder_of, write_workbook

pytestmark = pytest.mark.xdist_group("in browser")  # so that one worker makes the package without the study
HEAVY = ("pandas", "frictionless", "mkdocs", "scipy", "numpy", "yaml", "jinja2", "vl_convert", "pyarrow")


@pytest.fixture
def ask(lacking: tuple[Path, Taken], monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """Return a function that asks about files, given by name, as the page does."""
    monkeypatch.setattr(in_browser, "_package", lambda: Package(lacking[0], with_derived=False))

    def asked(*files: Path, **contents: bytes) -> dict[str, Any]:
        sent = {file.name: file.read_bytes() for file in files} | contents
        found: dict[str, Any] = json.loads(in_browser.answer("{}", sent, print))
        return found

    return asked


def test_no_rule_query_reads_the_clock_or_a_file() -> None:
    asks = re.compile(r"\bcurrent_(date|time)|\b(today|now)\(|\blocaltime|\bread_\w+\(", re.IGNORECASE)
    no_code = re.compile(r"--.*|'(?:[^']|'')*'")
    queries = {rule.id: rule.query for rule in sql_rules.RULES}
    assert len(queries) > 60
    assert {name for name, query in queries.items() if asks.search(no_code.sub("", query))} == set()


@pytest.mark.slow
def test_rules_run_without_duckdb_extensions_and_use_the_given_day() -> None:
    with Package(FROZEN) as package:
        off = "SET autoload_known_extensions = false; SET autoinstall_known_extensions = false"
        package.database().execute(
            f"{off}; SET enable_external_access = false; SET lock_configuration = true"
        )
        assert sql_rules.check(CheckContext(package)) == []
        of_the_day = [rule for rule in sql_rules.RULES if "today" in rule.query]
        early = CheckContext(package, day=date(1999, 12, 31)).database
        found = [finding for rule in of_the_day for finding in sql_rules.findings_of_rule(early, rule)]
    assert any(finding.rule == "date-does-not-exist" for finding in found)


def test_sound_study_is_answered_with_what_it_adds_and_its_rows(
    ask: Callable[..., dict[str, Any]], lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    sent = write_workbook(lacking[1], tmp_path / "study.xlsx")
    said = ask(sent)
    assert (said["can_be_sent"], said["verdict"]) == (True, "The file is sound. You can send it.")
    assert [part["heading"] for part in said["parts"]] == ["What it would add"]
    rows = base64.b64decode(said["files"]["reported_values.csv"]).decode().splitlines()
    assert len(rows) == 1 + len(lacking[1]["reported_values"])
    outcome = contribute.import_contribution(Package(lacking[0], with_derived=False), sent, is_dry_run=True)
    assert said["report"] == contribute.outcome_text(outcome, "json")


def test_figure_that_contradicts_another_is_named_in_the_answer(
    ask: Callable[..., dict[str, Any]], lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    with Package(lacking[0], with_derived=False) as package:
        outcome = contribute.import_contribution(
            package, write_workbook(lacking[1], tmp_path / "a.xlsx"), is_dry_run=True
        )
        key = outcome.added["reported_values"][0]
        row = {"value_id": key, "other_id": "X", "value_has": "1", "other_has": "2", "decided_by": "test"}
        with pytest.MonkeyPatch.context() as patch:
            others = [row | {"type": "restated"}, row | {"type": "contradiction", "value_id": "Y"}]
            found = [row | {"type": "contradiction"}, *others]
            asked: list[Package] = []
            patch.setattr(in_browser.conflicts, "rows", lambda whole: asked.append(whole) or iter(found))
            said = in_browser.answer_from_outcome(package, outcome)
    [whole] = asked
    assert whole.row("reported_values", key) and key not in package.rows_by_key("reported_values")
    assert whole.rows("claims") == package.rows("claims") != []
    entries = outcome.merged.added["reported_values"].values()
    [entry] = [entry for entry in entries if entry.cells["value_id"] == key]
    printed = f"“{entry.cells['printed']}” (yours, row {entry.line})"
    assert said.parts[-1].sentences == (f"{printed}, 1 – X, 2: test.",)


def test_what_to_fix_is_a_table_of_where_what_why_and_what_to_do(
    ask: Callable[..., dict[str, Any]], lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    rows = {name: [dict(row) for row in table_rows] for name, table_rows in lacking[1].items()}
    rows["reported_values"][0]["low"] = "<img src=x onerror=alert(1)>"
    said = ask(write_workbook(rows, tmp_path / "study.xlsx"))
    assert not said["can_be_sent"] and said["verdict"] == "Not yet sound. To fix: 1."
    [[where, found, why, _]] = said["parts"][0]["rows"]
    assert where.startswith("study.xlsx, sheet “") and found == "<img src=x onerror=alert(1)>"
    assert why.startswith("This is not a plain number")
    assert said["files"] == {}


def test_csv_files_are_matched_to_tables_by_file_name(
    ask: Callable[..., dict[str, Any]], lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    said = ask(*folder_of(lacking[1], tmp_path / "study").iterdir())
    assert said["verdict"] == "The file is sound. You can send it."


def test_answer_names_a_file_as_it_was_chosen(ask: Callable[..., dict[str, Any]]) -> None:
    said = ask(**{"study.csv": b"a,b\n1,2\n"})
    [[where, _, _, fix]] = said["parts"][0]["rows"]
    assert where == "study.csv" and "folder" not in fix
    assert "files/" not in said["text"]
    assert [row[0] for row in ask(**{"studies.csv": b""})["parts"][0]["rows"]] == ["studies.csv"]


def test_too_large_files_are_referred_to_the_command_line(ask: Callable[..., dict[str, Any]]) -> None:
    head = ",".join(COLUMNS["organisations"]).encode()
    for rows, is_told in ((19_999, False), (20_001, True)):
        said = ask(**{"organisations.csv": head + b"\n" + b"who,Who,media\n" * rows})
        assert (said["verdict"] == in_browser.TOO_LARGE) == is_told
    assert ask(**{"a.xlsx": b"0" * 10_000_001})["verdict"] == in_browser.TOO_LARGE
    assert "20,000 rows" in in_browser.TOO_LARGE and "10,000,000 bytes" in in_browser.TOO_LARGE


@pytest.mark.parametrize("files", [{}, {"a.xlsx": b"", "b.xlsx": b""}, {"a.csv": b"", "b.xlsx": b""}])
def test_unsupported_choice_of_files_is_answered_with_the_supported_ones(
    files: dict[str, bytes], ask: Callable[..., dict[str, Any]]
) -> None:
    assert ask(**files)["verdict"] == in_browser.FILES


def test_file_name_cannot_lead_outside_the_working_folder(ask: Callable[..., dict[str, Any]]) -> None:
    said = ask(**{"../../outside.xlsx": b"x"})
    assert json.loads(said["report"])["findings"][0]["table"] == "outside.xlsx"


def test_engine_lock_has_hashes_and_no_host() -> None:
    packages = json.loads((browser_engine.SOURCES / "package-lock.json").read_text(encoding="utf-8"))[
        "packages"
    ]
    del packages[""]
    assert len(packages) > 10
    assert all(about["integrity"].startswith("sha512-") for about in packages.values())
    texts = [
        path.read_text(encoding="utf-8") for path in browser_engine.SOURCES.iterdir() if path.is_file()
    ]
    assert not any(re.search(r'"resolved"|registry\.|index-url|files\.python', text) for text in texts)


def _section(kind: int, content: bytes) -> bytes:
    return bytes([kind, len(content)]) + content


def _export(name: bytes, index: int) -> bytes:
    return bytes([len(name)]) + name + bytes([0, index])


def test_wasm_module_keeps_only_the_exports_in_use() -> None:
    head, imports, code = b"\0asm\1\0\0\0", _section(2, b"\1\7GOT.mem\4from\0\0"), _section(10, b"x" * 9)
    names = {b"asked": 1, b"_Z4other": 2, b"from": 3, b"dynCall_v": 4}
    every = [_export(name, at) for name, at in names.items()]
    module = head + imports + _section(7, b"\4" + b"".join(every)) + code
    kept = b"\3" + every[0] + every[2] + every[3]
    assert (
        browser_engine.wasm_with_needed_exports(module, "a.asked()")
        == head + imports + _section(7, kept) + code
    )


def test_wasm_number_survives_writing_and_reading() -> None:
    for number in (0, 127, 128, 300, 35_996_950):
        written = browser_engine._write_leb128(number)
        assert browser_engine._read_leb128(b"x" + written, 1) == (number, 1 + len(written))


def test_check_imports_no_library_that_the_engine_leaves_out() -> None:
    without = set(browser_engine.LEFT_OUT.read_text(encoding="utf-8").split())
    code = [
        path
        for name in browser_engine.CODE
        for path in (ROOT / "scripts").glob(name)
        if path.suffix == ".py"
    ]
    imported = re.compile(r"^\s*(?:import|from) (\w+)", re.MULTILINE)
    assert len(code) > 30 and len(without) > 20
    asked = {name for path in code for name in imported.findall(path.read_text(encoding="utf-8"))}
    assert asked & without <= {"sqlite3"}  # only writing needs it, and a browser writes nothing


def test_missing_node_gives_no_engine_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(browser_engine, "KEPT", tmp_path / "engine")
    monkeypatch.setattr(browser_engine.shutil, "which", lambda name: None)
    with pytest.raises(browser_engine.EngineUnavailable, match="Node"):
        browser_engine.build_engine_if_missing()
    assert list(tmp_path.glob("engine/*")) == []
    found = check_page.check_settings(None)  # type: ignore[arg-type]
    assert (found["folder"], found["bytes"]) == ("", 0)


def test_only_the_check_page_loads_the_engine(built_package: Path) -> None:
    pages = {
        path.parent.name: path.read_text(encoding="utf-8")
        for path in (built_package / "site").rglob("*.html")
    }
    assert len(pages) > 50
    assert {name for name, html in pages.items() if "check.js" in html or "/engine/" in html} == {"check"}
    assert {name for name, html in pages.items() if "wasm-unsafe-eval" in html} <= {"check"}


def test_package_archive_holds_all_tables_but_derived_ones() -> None:
    names = set(unzip_files(gzip.decompress(browser_engine.zip_of_rules_and_tables(Package(FROZEN)))))
    assert {"datapackage.json", "data/sources.csv", "scripts/contribute/in_browser.py"} <= names
    assert not any("derived" in name for name in names if name.startswith("data/"))


ANSWERS = {
    "origin": "study",
    **{
        "title": "Survey of venues",
        "kind": "ngo_report",
        "publisher": "International Justice Mission, in English",
    },
    **{"published": "2019-05", "address": "https://www.example.org/012345678.pdf", "extent": "whole"},
    **{"speaks": "International Justice Mission", "language": "en", "independence": "implementer"},
    **{"study": "Survey of 2018", "run_by": "International Justice Mission", "place": "Siem Reap"},
    **{"fieldwork": "2018-03", "population": "People working in sampled commercial-sex venues"},
    **{"design": "time_space_sampling", "design_note": "The report describes it.", "is_sample": "yes"},
    **{"unit": "venue_time", "weighting": "unweighted", "age_method": "visual"},
    **{"speaks_for": "The people seen in the sampled venues.", "interest": "It ran the programme."},
    **{
        "result": "9.0 %",
        "count": "37",
        "base": "412",
        "indicator": "Share in the age band",
        "age_to": "17",
        "sex": "all",
    },
    **{"of_count": "People in the age band", "of_base": "People observed", "nature": "observed"},
    **{"scope": "people in the sampled venues judged to be under 18", "topic": "venue_studies"},
    **{"base_scope": "all people seen in the sampled venues", "page": "p. 23"},
    **{"limit_text": "Observers saw only the open rooms."},
    **{"limit_level": "understates", "limit_change": "unclear"},
}


def answer_to_form(answers: dict[str, str]) -> dict[str, Any]:
    """Return the answer of the form about one result, for the frozen package."""
    found: dict[str, Any] = json.loads(in_browser.answer(json.dumps({"result": answers}), {}, print))
    return found


@pytest.mark.slow
def test_form_answers_become_a_sound_workbook_with_share_count_and_denominator(tmp_path: Path) -> None:
    said = answer_to_form(ANSWERS)
    assert said["verdict"] == "The file is sound. You can send it.", said["parts"]
    sent = tmp_path / result_form.NAME
    sent.write_bytes(base64.b64decode(said["files"][result_form.NAME]))
    package = Package(FROZEN, with_derived=False)
    outcome = contribute.import_contribution(package, sent, is_dry_run=True)
    report, sent_again = json.loads(said["report"]), json.loads(contribute.outcome_text(outcome, "json"))
    assert sent_again | {"notes": report["notes"]} == report  # which name questions, not columns
    readings = [entry.cells for entry in outcome.merged.added["reported_values"].values()]
    assert [reading["printed"] for reading in readings] == ["9.0 %", "37", "412"]
    assert [reading["low"] for reading in readings] == ["9.0", "37", "412"]
    links = [entry.cells["relation"] for entry in outcome.merged.added["links"].values()]
    assert sorted(links) == ["denominator_of", "numerator_of"]
    assert said["form"]["title"] == "New source: Survey of venues"


# What is typed for a question, and what the form says there: what is wrong, and what to do. The cases in
# one form do not affect each other.
IS_ONE, IS_NONE = "the body is of the kind implementer.", "This name is not in the list."
TOLD: tuple[dict[str, tuple[str, str, str]], ...] = (
    {
        "independence": ("independent", IS_ONE, "Choose implementer if"),
        "place": ("Atlantis", IS_NONE, "answer the questions below it"),
    },
    {
        "is_sample": ("yes", "convenience", "With “convenience” or “key informant” choose no"),
        "small": ("", "few enough to be recognised", "leave the number out"),
    },
)
FEW = {"design": "convenience", "result": "5 %", "count": "3", "base": "60"}


@pytest.mark.slow
@pytest.mark.parametrize(("told", "beside"), mark_later_cases_long(1, zip(TOLD, ({}, FEW), strict=True)))
def test_slip_in_the_form_is_reported_at_its_question(
    told: dict[str, tuple[str, str, str]], beside: dict[str, str]
) -> None:
    said = answer_to_form(ANSWERS | beside | {question: typed for question, (typed, _, _) in told.items()})
    assert not said["can_be_sent"] and result_form.NAME in said["files"]
    parts = [zip(part["questions"], part["rows"], strict=True) for part in said["parts"]]
    found = [pair for part in parts for pair in part]
    assert sorted(question for question, _ in found) == sorted(told)  # to fix, or only to look at
    for question, (where, _, why, fix) in found:
        assert told[question][1] in why and told[question][2] in fix
        assert where.startswith("“") and not re.search("column|sheet", fix)


WITHOUT_A_STUDY = ("no_study_named", "not_a_study")
OF_A_DOCUMENT = {
    **{"title": "A document", "published": "2019-05", "address": "https://www.example.org/a.pdf"},
    **{"language": "English", "extent": "whole", "page": "p. 3", "age_to": "17", "part": "response"},
}
ALONE_IN_ITS_SOURCE: dict[str, dict[str, str]] = {
    "a count of a ministry": {
        **{"origin": "not_a_study", "kind": "government_report", "publisher": "Ministry of Rivers"},
        **{"speaks": "Ministry of Rivers", "speaks_kind": "government", "independence": "government"},
        **{
            "result": "412 people",
            "indicator": "People in the age band",
            "sex": "all",
            "where": "Cambodia",
        },
        **{"nature": "recorded", "counted_by": "Ministry of Rivers", "when": "2018"},
        **{"scope": "children whom the shelters of the ministry took in"},
    },
    "a claim in a newspaper": {
        **{"origin": "no_study_named", "kind": "newspaper", "publisher": "A newspaper of the town"},
        **{"result": "about 15,000", "indicator": "People in the age band", "where": "Cambodia"},
        **{"nature": "claimed", "counted_by": "(not reported)", "when": "(vague)", "extent": "passages"},
        **{"scope": "children who are said to be exploited", "page": "paragraph 4"},
    },
    "a number of a hotline": {
        **{"origin": "not_a_study", "kind": "ngo_report", "publisher": "A hotline of the rivers"},
        **{"speaks": "A hotline of the rivers", "speaks_kind": "local_ngo", "independence": "implementer"},
        **{"result": "37 calls", "indicator": "Calls about a child", "indicator_unit": "reports"},
        **{"indicator_definition": "Calls to a hotline about a child."},
        **{"nature": "recorded", "counted_by": "A hotline of the rivers", "when": "2018 to 2019"},
        **{"where": "Cambodia", "whom": "(not applicable)", "scope": "calls about a child"},
        **{"limit_text": "Calls that nobody answered are not counted."},
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ALONE_IN_ITS_SOURCE)
def test_form_number_without_a_study_is_sound_and_records_why(name: str, tmp_path: Path) -> None:
    answers = OF_A_DOCUMENT | ALONE_IN_ITS_SOURCE[name]
    said = answer_to_form(answers)
    assert said["can_be_sent"] and not rows_of(said) + rows_of(said, "What to look at"), said["parts"]
    rows = rows_of_answer_workbook(said, tmp_path / "a.xlsx")
    [value] = rows["reported_values"]
    assert "studies" not in rows and (value["study_id"], value["study_id_reason"]) == (
        "",
        answers["origin"],
    )
    assert value["place_id"] == "cambodia"
    assert [row["value_id"] for row in rows.get("scopes", ())] == [value["value_id"]] * (
        "limit_text" in answers
    )


def test_form_number_without_a_study_ignores_answers_about_a_study() -> None:
    claim = OF_A_DOCUMENT | ALONE_IN_ITS_SOURCE["a claim in a newspaper"]
    assert rows_from(ANSWERS | claim | dict.fromkeys(("count", "base"), "") | {"speaks": ""}).keys() <= {
        *("sources", "reported_values", "limitations", "scopes")
    }
    [value] = rows_from(ANSWERS | claim | dict.fromkeys(("count", "base"), ""))["reported_values"]
    assert (value["credited_to"], value["credited_to_reason"]) == ("", "not_reported")
    assert (value["population_id"], value["population_id_reason"]) == ("", "not_read")


@pytest.mark.parametrize("words", ["the early 2000s", "over the past decade", "ថ្មីៗនេះ"])
def test_words_for_a_time_without_a_year_are_kept_and_reported(words: str) -> None:
    claim = OF_A_DOCUMENT | ALONE_IN_ITS_SOURCE["a claim in a newspaper"] | {"when": words}
    [value] = rows_from(claim)["reported_values"]
    assert (value["period"], value["period_reason"], value["period_as_printed"]) == ("", "vague", words)
    [taken] = result_form.FormRows(Package(FROZEN, with_derived=False), claim).coercions
    assert taken == ("“Which time is the number about?”", words, "vague")


@pytest.mark.parametrize("typed", ["2018", "Marhc 2018", "ឆ្នាំ ២០១៨", "(not seen)", ""])
def test_form_keeps_a_period_with_a_year_or_a_reason_as_typed(typed: str) -> None:
    claim = OF_A_DOCUMENT | ALONE_IN_ITS_SOURCE["a claim in a newspaper"] | {"when": typed}
    filled = result_form.FormRows(Package(FROZEN, with_derived=False), claim)
    assert filled.rows["reported_values"][0]["period"] == typed and not filled.coercions


@pytest.mark.slow
def test_a_number_without_a_study_needs_the_questions_that_are_marked_so() -> None:
    said = answer_to_form({"origin": "not_a_study", "title": "A document"})
    told = {row[0].strip("“”") for row in rows_of(said)}
    asked = result_questions.nested_questions(Package(FROZEN, with_derived=False))
    needed = {question.label for question in asked if is_needed(question, "not_a_study")}
    assert told == needed - {"Where does the number come from?", "Title of the document"}


@pytest.mark.parametrize(("typed", "reason"), [("", "not_reported"), ("(not seen)", "not_read")])
def test_what_was_not_looked_for_is_distinguished_from_what_is_not_there(typed: str, reason: str) -> None:
    rows = rows_from(ANSWERS | {"fieldwork": typed, "setting": typed.strip("()").replace("seen", "read")})
    assert rows["studies"][0]["fieldwork_reason"] == reason
    assert rows["studies"][0]["setting"] == reason


def test_without_a_study_a_number_belongs_to_the_part_of_most_of_its_kind() -> None:
    package = Package(FROZEN, with_derived=False)
    answers = OF_A_DOCUMENT | ALONE_IN_ITS_SOURCE["a count of a ministry"]
    alike = [row for row in package.rows("reported_values") if row["study_id_reason"] == "not_a_study"]
    topics = {row["topic"] for row in alike}
    most = max(topics, key=lambda topic: sum(row["topic"] == topic for row in alike))
    filled = result_form.FormRows(package, answers | {"part": "", "indicator": "Of no list"})
    assert filled.rows["reported_values"][0]["topic"] == most
    assert filled.blank["“Which part of this publication does it belong to?”"] == most
    assert result_form.FormRows(package, answers | {"part": "assumptions"}).rows["reported_values"][0][
        "topic"
    ] == ("assumptions")


@pytest.mark.parametrize(
    ("unit", "direction", "kind"),
    [
        *(("people", "", "count"), ("percent", "", "share"), ("percent", "fall", "change")),
        *(("years", "", "measure"), ("", "", "")),
    ],
)
def test_the_kind_of_a_new_indicator_follows_from_its_unit(unit: str, direction: str, kind: str) -> None:
    described = {"indicator": "Of no list", "indicator_definition": "What it is."}
    made = result_form.FormRows(
        Package(FROZEN, with_derived=False),
        ANSWERS | described | {"indicator_unit": unit, "indicator_direction": direction},
    )
    assert [row["kind"] for row in made.rows["indicators"]] == [kind]


@pytest.mark.parametrize(
    ("indicator", "rows"), [("People in the age band", 1), ("Share in the age band", 3)]
)
def test_answers_about_a_share_are_left_out_where_the_result_is_none(indicator: str, rows: int) -> None:
    made = result_form.FormRows(Package(FROZEN, with_derived=False), ANSWERS | {"indicator": indicator})
    assert len(made.rows["reported_values"]) == rows


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Private rooms were not seen. They hold some.", "Private rooms were not seen"),
        (f"Not {'long ' * 20}", "Not long long long long long long long long long long long…"),
        ("ក" * 90, "ក" * 60),
    ],
)
def test_a_limitation_is_named_by_its_first_sentence(text: str, name: str) -> None:
    made = result_form.FormRows(Package(FROZEN, with_derived=False), ANSWERS | {"limit_text": text})
    [limit] = made.rows["limitations"]
    assert (limit["name"], limit["kind"]) == (name, "coverage")


OF_A_SHARE = ("count", "base", "of_count", "of_base", "base_scope")
ALONE = {name: text for name, text in ANSWERS.items() if name not in OF_A_SHARE}


MAY_PRINT = {
    "no people": ALONE | {"indicator": "Mean overestimate of age", "result": "15.4 years"},
    "a change": ALONE | {"indicator": "Fall of a share", "result": "9.0 %"},
    "a bound of few": ALONE
    | {"indicator": "People in the age band", "result": "fewer than 5", "small": "source_printed"},
    "a small count": ANSWERS | {"result": "5 %", "count": "3", "base": "60", "small": "source_printed"},
    "a census": ANSWERS | {"design": "venue_count", "is_sample": "no", "unit": "venue"},
}


@pytest.mark.long
@pytest.mark.parametrize("kind", mark_later_cases_long(1, zip(MAY_PRINT)))
def test_form_accepts_each_kind_of_printed_result(kind: str) -> None:
    said = answer_to_form(MAY_PRINT[kind])
    assert said["can_be_sent"] and not rows_of(said), said["parts"]


@pytest.mark.parametrize(
    ("words", "basis"), [("2018", "as_printed"), ("last year", "our_reading"), ("២០១៨", "as_printed")]
)
def test_a_period_is_as_printed_where_the_words_have_its_year(words: str, basis: str) -> None:
    row = dict.fromkeys(Package(FROZEN).contract.table("reported_values").column_names, "")
    given = row | {"period": "2018", "period_as_printed": words, "printed": "9"}
    assert defaults.reading_defaults(given, lambda table, key: {})["period_basis"] == basis


def test_form_does_not_guess_the_sex_of_a_denominator() -> None:
    whole = result_form.FormRows(
        Package(FROZEN, with_derived=False), ANSWERS | {"sex": "female", "limit_page": "p. 3"}
    )
    assert [row["sex"] for row in whole.rows["reported_values"]] == ["female", "", "not_stated"]
    assert [row["locator"] for row in whole.rows["limitations"]] == [""]  # no speaker is named


@pytest.mark.parametrize(
    ("words", "sex"),
    [
        *(("women and girls met", "female"), ("all boys", "male"), ("managers", "not_stated")),
        *(("boys and girls interviewed", "all"), ("ស្ត្រីទាំងអស់", "female")),
    ],
)
def test_form_reads_the_sex_of_a_denominator_from_its_words(words: str, sex: str) -> None:
    package = Package(FROZEN, with_derived=False)
    made = result_form.FormRows(package, ANSWERS | {"sex": "female", "base_scope": words})
    assert made.rows["reported_values"][2]["sex"] == sex


@pytest.mark.slow
def test_a_share_of_women_with_its_interval_is_sound_and_reported_as_it_is_taken(tmp_path: Path) -> None:
    scopes = {"scope": "women and girls judged to be under 18", "base_scope": "all women and girls seen"}
    typed = {"published": "May 2019", "language": "English", "age_from": "N/A", "credited": "n/a"}
    said = answer_to_form(
        ANSWERS | scopes | typed | {"sex": "female", "result": "9.0 % (95 % CI 6.4–12.2)"}
    )
    assert said["can_be_sent"], said["parts"]
    told = next(part["sentences"] for part in said["parts"] if part["heading"].startswith("Put right"))
    assert "“When was it published?”: “May 2019” is taken as “2019-05”." in told
    result = "“9.0 % (95 % CI 6.4–12.2)” is taken as “9.0 percent, interval 6.4 to 12.2”."
    assert f"“The result, as printed”: {result}" in told
    share, *_ = rows_of_answer_workbook(said, tmp_path / "a.xlsx")["reported_values"]
    assert (share["interval_low"], share["interval_high"], share["interval_level"]) == ("6.4", "12.2", "95")


def rows_of(said: dict[str, Any], heading: str = "What to fix") -> list[list[str]]:
    """Return rows of question, answer, problem and fix under a heading."""
    return [row for part in said["parts"] if part["heading"] == heading for row in part["rows"]]


def rows_of_answer_workbook(said: dict[str, Any], place: Path) -> dict[str, list[dict[str, str]]]:
    """Return the rows that an answer's workbook would add, by table."""
    place.write_bytes(base64.b64decode(said["files"][result_form.NAME]))
    package = Package(FROZEN, with_derived=False)
    return new_rows_by_table(read_workbook(place, package.contract), package)  # `said` has checked them


def rows_from(answers: dict[str, str]) -> dict[str, list[dict[str, str]]]:
    """Return the rows that form answers would add, by table, before they are checked."""
    package = Package(FROZEN, with_derived=False)
    book = result_form.FormRows(package, answers).workbook()
    return new_rows_by_table(read_open_workbook(book, result_form.NAME, package.contract), package)


def new_rows_by_table(read: Contribution, package: Package) -> dict[str, list[dict[str, str]]]:
    """Return the new rows of a contribution, by table."""
    taken = merge(read.entries, package).added
    return {name: [dict(entry.cells) for entry in entries.values()] for name, entries in taken.items()}


A_NEW_BODY = dict.fromkeys(("publisher", "speaks", "run_by"), "Mekong Watch of Kratie")
NEW = {
    **{"speaks_kind": "local_ngo", "independence": "independent", "place": "Kratie town"},
    **{"place_level": "city", "place_inside": "Cambodia", "population": "People at bars of the town"},
    **{"population_definition": "People whom the survey met at bars.", "population_base": "venue_people"},
    **{"indicator": "Share who came from elsewhere", "indicator_unit": "percent"},
    **{"indicator_definition": "Share of those asked who were born elsewhere.", "indicator_sort": "share"},
    **{"of_count": "People who came from elsewhere", "of_count_unit": "people"},
    **{"of_count_definition": "People who said that they were born elsewhere."},
}


@pytest.mark.long
def test_new_names_in_the_form_become_new_rows(tmp_path: Path) -> None:
    said = answer_to_form(ANSWERS | A_NEW_BODY | NEW)
    assert said["can_be_sent"], said["parts"]
    rows = rows_of_answer_workbook(said, tmp_path / "a.xlsx")
    [body], [place], [people] = (rows[name] for name in ("organisations", "places", "populations"))
    assert body == {"organisation_id": "mekong-watch-of-kratie", "name": A_NEW_BODY["speaks"]} | {
        "kind": "local_ngo"
    }
    assert (place["level"], place["parent_id"], place["iso_3166_2_reason"]) == (
        "city",
        "cambodia",
        "not_recorded",
    )
    assert people["population_kind"] == "venue_people"
    assert [(row["unit"], row["kind"]) for row in rows["indicators"]] == [
        ("people", "count"),
        ("percent", "share"),
    ]
    [study] = rows["studies"]
    keys = (body["organisation_id"], place["place_id"], people["population_id"])
    assert (study["organisation_id"], study["place_id"], study["population_id"]) == keys


@pytest.mark.slow
def test_form_accepts_a_new_place_in_a_new_country() -> None:
    new = {"place": "Zomba", "place_level": "city", "place_inside": "Malawi"}
    rows = rows_from(ANSWERS | new | {"place_inside_level": "country"})
    places = {row["name"]: (row["level"], row["parent_id"]) for row in rows["places"]}
    assert places == {"Zomba": ("city", "malawi"), "Malawi": ("country", "")}


@pytest.fixture(scope="module")
def half_described() -> dict[str, Any]:
    """The answers about a new place that is not fully described, with a result that cannot be read."""
    return answer_to_form(
        ANSWERS | {"place": "Kratie town", "place_inside": "Cambodya", "result": "37 and 412"}
    )


@pytest.mark.slow
def test_a_new_name_that_is_half_described_is_reported_by_its_questions(
    half_described: dict[str, Any],
) -> None:
    *rows, _ = rows_of(half_described)
    assert [row[:3] for row in rows] == [
        ["“What is the new place?”", "(nothing)", "This question has no answer."],
        [
            "“In which province or country does the new place lie?”",
            "Cambodya",
            "This name is not in the list. Did you mean Cambodia?",
        ],
    ]
    assert half_described["parts"][0]["questions"] == ["place_level", "place_inside", "result"]


def is_needed(question: result_questions.Question, origin: str) -> bool:
    """Return whether a question must be answered for every number of this origin."""
    return question.needed == "needed" and origin in (question.asked_of or origin).split()


@pytest.mark.slow
def test_form_reports_all_faults_at_once_by_question() -> None:
    said = answer_to_form(
        {"origin": "study", "title": "A survey", "result": "9.0 %", "count": "37", "base": "312"}
        | {"place": "Siem Reab"}
    )
    told = {where.strip("“”"): (why, fix) for where, _, why, fix in rows_of(said)}
    (where, typed, why, fix), *_ = rows_of(said, "What to look at")  # a source may print it so
    assert (where, typed) == ("“The result, as printed”", "9.0 %")
    assert why == "The share is 9, but 37 of 312 is 11.86." and "leave them" in fix
    assert told["Where was it done?"][0] == "This name is not in the list. Did you mean Siem Reap?"
    marked = {
        question.label: question
        for question in result_questions.nested_questions(Package(FROZEN, with_derived=False))
        if question.needed
    }
    needed = {
        label
        for label, question in marked.items()
        if is_needed(question, "study") and question.group != "limit"
    }
    assert needed <= {*told, where.strip("“”"), "Title of the document", "Where does the number come from?"}
    assert {label for label, (why, _) in told.items() if why == BLANK} <= set(marked)
    assert not re.search(r"sheet|[Cc]olumn|\bcell\b|workbook|python|xlsx|\brow", said["text"])
    assert said["verdict"].startswith(f"Not yet sound. To fix: {len(told)}")


RECORDED = {"not seen": "not_read", "not reported": "not_reported"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("extent", "reason"),
    mark_later_cases_long(
        1, [("passages", "not seen"), ("whole", "not reported"), ("excerpt", "not seen")]
    ),
)
def test_reason_of_a_blank_depends_on_how_much_of_the_document_was_read(
    extent: str, reason: str, tmp_path: Path
) -> None:
    answers = {name: cell for name, cell in ANSWERS.items() if name not in ("published", "fieldwork")}
    said = answer_to_form(answers | {"extent": extent})
    assert said["can_be_sent"], said["parts"]
    words = f"Left blank, and recorded as “{reason}”: “When was it published?”"
    told = next(part["sentences"] for part in said["parts"] if part["heading"].startswith("Put right"))
    assert [line for line in told if line.startswith(words)]
    rows, reason = rows_of_answer_workbook(said, tmp_path / "a.xlsx"), RECORDED[reason]
    assert rows["sources"][0]["date_published_reason"] == reason
    assert rows["studies"][0]["fieldwork_reason"] == reason
    share, count, base = rows["reported_values"]
    assert {row["period_reason"] for row in (share, count, base)} == {reason}
    assert (share["age_min_reason"], count["age_min_reason"]) == (reason, reason)
    assert base["age_min_reason"] == reason  # the form asks neither for this nor for the setting
    assert rows["studies"][0]["setting"] == reason
    assert rows["studies"][0]["observation_mode"] == reason
    assert not [sentence for sentence in told if "“Observation”" in sentence]
    assert [row["interval_level_reason"] for row in (share, count, base)] == [
        reason,
        "not_applicable",
        "not_applicable",
    ]


OF_A_DENOMINATOR = (  # its words, and the ages and sex that follow from them
    ("rapazes encontrados nos pontos", "", "", "male"),
    ("mujeres de 15 a 17 años", "15", "17", "female"),
    ("pupils aged 14 to 17", "14", "17", "not_stated"),
    (ANSWERS["scope"], "", ANSWERS["age_to"], "female"),
)


@pytest.mark.parametrize(("words", "age_min", "age_max", "sex"), OF_A_DENOMINATOR)
def test_the_people_of_a_denominator_are_read_from_its_words(
    words: str, age_min: str, age_max: str, sex: str
) -> None:
    """If its words are those of the share, they are the same people."""
    answers = ANSWERS | {"base_scope": words, "sex": "female"}
    *_, base = result_form.FormRows(Package(FROZEN, with_derived=False), answers).rows["reported_values"]
    assert (base["age_min"], base["age_max"], base["sex"]) == (age_min, age_max, sex)


@pytest.mark.slow
def test_figure_is_credited_to_the_study_body_unless_another_is_named() -> None:
    rows = rows_from(ANSWERS | {"speaks": "", "publisher": "A newspaper of the town", "kind": "newspaper"})
    assert {(row["credited_to"], row["evidence"]) for row in rows["reported_values"]} == {
        ("ijm", "secondary")
    }
    rows = rows_from(ANSWERS | {"speaks": "", "credited": "(not reported)"})
    assert {row["credited_to_reason"] for row in rows["reported_values"]} == {"not_reported"}


def test_file_that_changes_nothing_cannot_be_sent(selections_checked: list[checks.Selection]) -> None:
    """A file that changes nothing is sound but cannot be sent, and no rule runs on it."""
    package = Package(FROZEN, with_derived=False)
    sent = {"study.xlsx": template.workbook_with_rows(package, template.rows_of_study(package, STUDY))}
    said = json.loads(in_browser.answer("{}", sent, print))
    assert said["verdict"].startswith("The file is sound, and changes nothing") and not said["can_be_sent"]
    assert [([*selection.tables], selection.rules) for selection in selections_checked] == [([], ())]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("field", "line", "question"),
    [
        ("weighted", 5, "Are its shares weighted?"),
        ("credited_to", 2, "Which body ran it?"),
        ("locator", 3, "On which page or in which paragraph?"),
        ("indicator_id", 4, "What does the denominator count?"),
        ("indicator_id", 3, "What does the count count?"),
        ("scope_as_printed", 4, "Of whom is the denominator, in the words of the source?"),
        ("series", 2, "The result, as printed"),
    ],
)
def test_each_cell_leads_to_the_question_that_fills_it(field: str, line: int, question: str) -> None:
    filled = result_form.FormRows(Package(FROZEN, with_derived=False), ANSWERS)
    assert filled.question("reported_values", line, field)["label"] == question
    entries = filled.contribution(filled.workbook()).entries
    [entry] = [entry for entry in entries if (entry.table, entry.line) == ("reported_values", min(line, 4))]
    assert entry.place(field).title == f"“{question}”"


def test_one_fault_in_the_rows_of_one_answer_is_reported_once() -> None:
    package = Package(FROZEN, with_derived=False)
    places = [Cell("“Of whom is the result?”", "reported_values", line, "population") for line in (2, 3, 4)]
    found = [
        make_finding(ENUM, "a.xlsx", f"{at.line} differs.", field="population_id").located_at(at)
        for at in places
    ]
    said = FormWords(result_form.FormRows(package, ANSWERS), Names(package)).findings_in_question_order(
        found
    )
    assert [finding.cell for finding in said] == ["“Of whom is the result?”"]


def test_empty_form_is_answered_with_one_sentence() -> None:
    said = answer_to_form({"title": "  "})
    assert said["verdict"] == in_browser.NO_ANSWER and said["parts"] == []


@pytest.mark.slow
def test_unreadable_result_is_answered_with_advice_on_what_to_type(
    half_described: dict[str, Any],
) -> None:
    *_, [where, _, why, fix] = rows_of(half_described)
    assert where == "“The result, as printed”" and "cannot be told" in why
    labels = {row["question"]: row["label"] for row in result_questions.question_rows()}
    assert all(f"“{labels[name]}”" in fix for name in ("from", "to", "qualifier"))


def test_every_question_is_explained_and_none_asks_for_a_person() -> None:
    asked = result_questions.nested_questions(Package(FROZEN, with_derived=False))
    assert len({question.id for question in asked}) == len(asked) >= 30
    assert all(question.help and question.label for question in result_questions.flatten_questions(asked))
    for origin, most, most_needed in (
        ("study", 33, 18),
        *((origin_listed, 24, 13) for origin_listed in WITHOUT_A_STUDY),
    ):
        own = [question for question in asked if origin in (question.asked_of or origin).split()]
        assert sum(not question.is_aside for question in own) <= most
        assert sum(is_needed(question, origin) for question in own) <= most_needed
    assert all(
        question.needed in ("", "needed if it is not in English") for question in asked if question.is_aside
    )
    fields = {row["field"] for row in result_questions.question_rows()}
    assert fields.isdisjoint({"creator", "venue_types_as_printed"})


def _pieces(word: str, text: str) -> Iterator[str]:
    """Yield the longest pieces of a word that occur in a text, from left to right."""
    while word:
        length = next(n for n in range(len(word), 0, -1) if word[:n] in text)
        yield word[:length]
        word = word[length:]


def test_the_khmer_beside_the_questions_has_only_words_of_the_khmer_page(
    built_package: Path, engine_folder: Path
) -> None:
    """Khmer labels use only words of the Khmer page; the form is on the page if there is an engine."""
    page = (ROOT / "docs" / "km.md").read_text(encoding="utf-8")
    labels = [row["label"] for row in read_csv(ROOT / "docs/parts/questions.csv")]
    assert len(labels) >= 30
    words = {word for label in labels for word in label.split()}
    assert all(len(piece) > 1 for word in words for piece in _pieces(word, page))
    html = (built_package / "site" / "check" / "index.html").read_text(encoding="utf-8")
    has_form = not (engine_folder / "reason").exists()
    assert ("No native speaker has reviewed" in html) == has_form


@pytest.mark.slow
def test_the_package_archive_is_self_contained(tmp_path: Path) -> None:
    """All layers of an import run from the unpacked archive, without libraries that a browser lacks."""
    for name, content in unzip_files(
        gzip.decompress(browser_engine.zip_of_rules_and_tables(Package(FROZEN)))
    ).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    code = (
        f"import sys; sys.modules.update(dict.fromkeys({(*HEAVY, 'dplib')!r}))\n"
        "from scripts import checks\n"
        "from scripts.contribute.in_browser import _package\n"
        "print(checks.run_layers(_package(), checks.OF_THE_DATA).findings)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "()\n"), done.stderr
