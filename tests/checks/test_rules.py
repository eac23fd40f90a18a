"""Every rule finds what its header lines say, and nothing in sound data."""

import re
from dataclasses import replace
from typing import Any

import pytest

from scripts.__main__ import main
from scripts.checks import schema, sql_rules
from scripts.checks.rule_files import RULES, SqlRule
from scripts.checks.sql_rules import RuleCrash
from scripts.findings import HINT, MARK, Finding
from scripts.package import database
from tests.checks.rule_cases import BY_ID, BY_RULE, CASES, Bench, Case, Change, cells_of, key_of
from tests.conftest import (
    COLUMNS,
    DESCRIPTOR,
    FROZEN,
    KEYS,
    PATHS,
    mark_later_cases_long,
    read_csv,
    with_subtests,
)

OF_TEXTS = [rule for rule, cases in BY_RULE.items() if cases.finds]


A_COUNT, A_BASE, A_SHARE = (
    {"table": "reported_values", "row": value} for value in ("KH007", "KH005", "KH010")
)
THE_LINK = {"table": "links", "row": ["KH007", "numerator_of", "KH010"]}
# Rules whose findings may differ in level from row to row.
ROW_LEVELS: dict[str, tuple[tuple[Change, str], ...]] = {  # faults with the level of their findings
    "date-does-not-exist": (
        (A_SHARE | {"set": {"period": "2999"}}, "warning"),
        (A_SHARE | {"set": {"period": "1015"}}, "error"),
        (A_SHARE | {"set": {"period": "2015-13"}}, "error"),
        ({"table": "sources", "row": "acton-2015", "set": {"date_published": "2999"}}, "error"),
    ),
    "linked-share-alike": (
        (A_COUNT | {"set": {"study_id": "network-samples-moz-2011"}}, "error"),
        (A_COUNT | {"set": {"indicator_id": "share-in-age-band"}}, "error"),
        (THE_LINK | {"set": {"to_id": "KH005"}}, "error"),
        (A_COUNT | {"set": {"topic": "response"}}, "warning"),
        (A_COUNT | {"set": {"place_id": "maputo"}}, "warning"),
        (A_BASE | {"set": {"place_id": "maputo"}}, "warning"),
        (A_COUNT | {"set": {"period": "2001"}}, "warning"),
        (A_COUNT | {"set": {"age_max": "16"}}, "warning"),
        (A_BASE | {"set": {"population_id": "cybertipline-reports"}}, "warning"),
    ),
    "reading-against-token": (
        (A_COUNT | {"set": {"low": "83"}}, "error"),
        (A_COUNT | {"set": {"printed": "39 girls"}}, "error"),
        (A_COUNT | {"set": {"printed": "39 of the class"}}, "warning"),
        (A_SHARE | {"set": {"printed": "22 %"}}, "error"),
        (A_SHARE | {"set": {"printed": "25 in the village"}}, "warning"),
    ),
}


def assert_sound_finding(found: Finding, rule: SqlRule, bench: Bench) -> None:
    """Assert that a finding points at the cell with the value, and has the level and fix of its rule."""
    cell = bench.cell(found)
    assert found.value in (cell, *re.split("[;/]", cell))
    levels = {rule.level, *(level for _, level in ROW_LEVELS.get(rule.id, ()))}
    assert (found.rule, found.fix_template) == (rule.id, rule.fix) and found.level in levels
    assert found.link.endswith(f"rules/#{rule.id}")
    named = {mark["parameter"] for mark in MARK.finditer(found.template)} - {None}
    assert named == {name for name, _ in found.parameters} and "None" not in dict(found.parameters).values()


def test_every_rule_has_one_example_and_a_near_miss() -> None:
    """Each case of a fault lists its findings."""
    for rule, cases in BY_RULE.items():
        assert [case.kind for case in cases.changes].count("example") == 1, rule
        assert any(case.kind == "passes" for case in cases.changes) or cases.spares, rule
        assert all(bool(case.says) == (case.kind != "passes") for case in cases.changes), rule


@with_subtests(RULES, ids=lambda rule: rule.id)
def test_no_cell_text_crashes_a_rule(rule: SqlRule) -> None:
    """Queries use only safe casts, since DuckDB may evaluate a cast before the condition that guards it."""
    casts = re.findall(r"(\w*)(?:::(?:\w*INT\w*|DOUBLE|DATE)|cast\()", rule.query, re.IGNORECASE)
    assert {cast.lower() for cast in casts} <= {"try_", "null", "0"}


def cases_of_each_run() -> list[Any]:
    """Return each rule's example and one near miss; `make long` adds the other cases."""
    first = {(case.rule.id, case.kind): case for case in reversed(CASES) if case.kind != "breaks"}
    others = [case for case in CASES if first.get((case.rule.id, case.kind)) is not case]
    return mark_later_cases_long(len(first), zip([*first.values(), *others]))


@pytest.mark.parametrize("case", cases_of_each_run(), ids=lambda case: f"{case.rule.id}-{case.kind}")
def test_rule_finds_its_examples_and_not_its_near_misses(case: Case, bench: Bench) -> None:
    """A rule finds the faults listed in its header and spares the near misses."""
    is_hint = case.rule.level == HINT  # hints may occur in sound rows, without an exception
    before = [bench.pin(finding) for finding in bench.found_by(case.rule)] if is_hint else []
    with bench.trial(case.changes):
        found = [finding for finding in bench.found_by(case.rule) if bench.pin(finding) not in before]
        assert [bench.pin(finding) for finding in found] == case.says
        for finding in found:
            assert_sound_finding(finding, case.rule, bench)


def test_only_listed_rules_give_each_row_its_own_level() -> None:
    assert {rule.id for rule in RULES if "level_of_row" in rule.query} == set(ROW_LEVELS)


@pytest.mark.parametrize(
    ("rule", "slip", "level"), [(rule, *case) for rule, cases in ROW_LEVELS.items() for case in cases]
)
def test_finding_has_the_level_of_its_row(rule: str, slip: Change, level: str, bench: Bench) -> None:
    with bench.trial([slip]):
        assert {found.level for found in bench.found_by(BY_ID[rule])} == {level}


@pytest.mark.parametrize("rule", OF_TEXTS)
def test_text_rule_flags_only_its_faulty_examples(rule: str, bench: Bench) -> None:
    """In a table with one text per row, exactly the faulty texts are found, each at its own line."""
    faults, sound = BY_RULE[rule].finds, BY_RULE[rule].spares
    with bench.trial():
        bench.connection.execute("DELETE FROM raw.places")
        for text in [*faults, *sound]:
            bench.add("places", {"name": text})
        found = bench.found_by(BY_ID[rule])
    wanted = {("data/places.csv", line, "name", text) for line, text in enumerate(faults, start=2)}
    assert {(finding.table, finding.line, finding.field, finding.value) for finding in found} == wanted


def test_every_term_has_an_example_text() -> None:
    """Every term in the list has a text in the rule's examples that it matches."""
    terms = {row["term_id"]: re.compile(row["pattern"], re.I) for row in read_csv(FROZEN / PATHS["terms"])}
    faults = BY_RULE["term-to-avoid"].finds
    assert {term for term, pattern in terms.items() if any(map(pattern.search, faults))} == set(terms)


def references_to_tables(*words: str) -> list[tuple[str, str, str]]:
    """Return every column of data/ that refers to one of these tables: table, referring table, column.

    The table `indicator_words` is left out, since it does not count as a use.
    """
    return [
        (key["reference"].get("resource", table["name"]), table["name"], key["fields"][0])
        for table in DESCRIPTOR["resources"]
        if not table["path"].startswith("data/derived/") and table["name"] != "indicator_words"
        for key in table["schema"].get("foreignKeys", [])
        if key["reference"].get("resource", table["name"]) in words
    ]


def use_word(bench: Bench, table: str, column: str, word: str) -> None:
    """Put a key into a blank cell, in place of a key that is used more than once, or into a new row."""
    lines = bench.connection.execute(
        f"SELECT line FROM raw.{table} WHERE {column} IS NULL OR {column} IN "
        f"(SELECT {column} FROM raw.{table} GROUP BY {column} HAVING count(*) > 1) ORDER BY line LIMIT 1"
    ).fetchall()
    if lines:
        bench.set(table, lines[0][0], {column: word})
    else:
        bench.add(table, {KEYS[table][0]: word, column: word})


WORDS = ("sources", "indicators", "populations", "places", "organisations", "series", "claims")


def test_new_key_counts_as_unused_until_any_column_refers_to_it(bench: Bench) -> None:
    rule = BY_ID["row-not-used"]
    places = {f"word-{number}": use for number, use in enumerate(references_to_tables(*WORDS))}
    assert {word for word, _, _ in places.values()} == set(WORDS)
    with bench.trial():
        for word, (table, _, _) in places.items():
            bench.add(table, {KEYS[table][0]: word})
        assert {finding.value for finding in bench.found_by(rule)} == set(places)
        for word, (_, table, column) in places.items():
            use_word(bench, table, column, word)
        assert bench.found_by(rule) == []


def touched(change: Change) -> set[tuple[str, str, str]]:
    """Return the cells that a change affects: the whole row if the change gives it another key."""
    table, cells = change["table"], cells_of(change)
    columns = COLUMNS[table] if "set" not in change or set(cells) & set(KEYS[table]) else list(cells)
    keys = {key_of(change)[0], cells_of(change).get(KEYS[table][0], "")}
    return {(table, key, column) for key in keys for column in columns}


def rounds(cases: list[list[Change]]) -> list[list[Change]]:
    """Combine cases that affect different cells, so that one run of the schema tests many."""
    rounds_so_far: list[tuple[set[tuple[str, str, str]], list[Change]]] = []
    for case in cases:
        cells = {cell for change in case for cell in touched(change)}
        fitting = next((earlier for earlier in rounds_so_far if not earlier[0] & cells), None)
        if fitting is None:
            fitting = (set(), [])
            rounds_so_far.append(fitting)
        fitting[0].update(cells)
        fitting[1].extend(case)
    return [case for _, case in rounds_so_far]


@pytest.mark.slow
@pytest.mark.long
def test_rule_cases_satisfy_the_schema(bench: Bench) -> None:
    """The cases satisfy the schema; otherwise it would find a fault before the rule does."""
    for changes in rounds([case.changes for case in CASES]):
        with bench.trial(changes):
            assert schema.check(bench.subject) == []


def test_swapped_rows_satisfy_the_schema(bench: Bench) -> None:
    """Two swapped lines break only the sort order; the rule's own example also breaks references."""
    with bench.trial():
        bench.renumber("reported_values", "if(line < 4, 5 - line, line)")
        bench.gather("keys_of_rows")
        [found] = bench.found_by(BY_ID["rows-sorted-by-key"])
        assert (found.line, found.value) == (
            3,
            read_csv(FROZEN / "data/reported_values.csv")[0]["value_id"],
        )
        assert schema.check(bench.subject) == []


def test_sound_data_have_no_finding(bench: Bench) -> None:
    """Sound data have no findings, so the listed findings come from the changes."""
    assert sql_rules.check(bench.subject) == []


def test_fixed_form_of_each_example_is_the_row_in_the_data() -> None:
    """The corrected cells in a rule's entry are those of the published row."""
    for rule in RULES:
        change = rule.breaking_change
        if "add" not in change:
            rows = read_csv(FROZEN / PATHS[change["table"]])
            [row] = [row for row in rows if [row[name] for name in KEYS[change["table"]]] == key_of(change)]
            assert rule.fixed_cells == {name: row[name] for name in change.get("set", {})}


def broken_rule() -> SqlRule:
    """Return a rule with a broken query, as from a half-saved file."""
    return replace(RULES[0], query="SELECT line FROM no_such_table WHERE")


def test_rule_with_a_broken_query_raises_rule_crash(bench: Bench) -> None:
    """A query that fails raises RuleCrash, and never passes for sound data."""
    with bench.trial(), pytest.raises(RuleCrash, match=f"The rule {RULES[0].id} failed"):
        bench.found_by(broken_rule())


@pytest.mark.parametrize("debug", [False, True])
def test_rule_crash_makes_the_command_exit_with_2(
    debug: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A crash gives exit code 2 and one line; the traceback appears only with `--debug`."""
    monkeypatch.setattr(sql_rules, "RULES", (broken_rule(),))
    options = ["--debug"] if debug else []
    assert main([*options, "check", "--package", str(FROZEN), "--layer", "rules"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"The tool failed: RuleCrash: The rule {RULES[0].id} failed" in printed.err
    assert "This is not a verdict on the data." in printed.err
    assert ("Traceback" in printed.err) == debug


def test_withdrawn_reading_with_its_correction_has_no_finding(bench: Bench) -> None:
    """No rule refuses a withdrawal that has its correction."""
    withdrawal = {
        "correction_id": "C101",
        "version": "1.1.0",
        "date": "2026-11-25",
        "kind": "withdrawal",
        "table_name": "reported_values",
        "row_key": "KH012",
        "field": "show",
        "was": "free",
        "became": "withdrawn",
        "reason": "A digit was misread.",
    }
    changes = [
        {"table": "corrections", "row": "C101", "add": withdrawal},
        {"table": "reported_values", "row": "KH012", "set": {"show": "withdrawn"}},
    ]
    with bench.trial(changes):
        database.materialise_views(bench.connection, bench.subject.package.tables)
        assert sql_rules.check(bench.subject) == []
