"""Check every derived table against a second computation, and check its other properties.

Every cell of every committed row is compared, and no row may be missing or extra. The two computations must
agree on changed data too, in case they agree on the committed rows by chance.
"""

import ast
import csv
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial
from itertools import chain, groupby, pairwise, product
from pathlib import Path

import pytest

from scripts import derived
from scripts.checks import reproduction
from scripts.checks.context import CheckContext
from scripts.package.package import Package
from tests.conftest import ROOT, change_cells, change_rows, copy_package, mark_later_cases_long, read_csv
from tests.derived.second import ANY, TABLES, Cells, Computed, Data, Row
from tests.frozen import frozen_package_with_rows_aside

FROZEN = frozen_package_with_rows_aside()
Table = Callable[[Data], Iterable[Cells | Computed]]
EVERY_TABLE = pytest.mark.parametrize("table", TABLES, ids=[table.__name__ for table in TABLES])


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the frozen package, for a test to change."""
    return copy_package(tmp_path / "package", FROZEN)


def committed_rows(table: str) -> list[Row]:
    """Return the committed rows of a derived table."""
    return read_csv(FROZEN / f"data/derived/{table}.csv")


def is_same(cell: str, value: object) -> bool:
    """Return whether a cell equals a value: text exactly, a float or fraction as a plain decimal.

    A number must agree to the tenth significant digit or the sixteenth decimal, whichever comes first.
    """
    if not isinstance(value, float | Fraction):
        begun, is_begun, _ = str(value).partition(ANY)
        return cell.startswith(begun) if is_begun else cell == str(value)
    true = Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else Decimal(value)
    digit = Decimal(1).scaleb(max(true.adjusted() - 9, -16))
    is_plain = re.fullmatch(r"-?(0|[1-9]\d*)(\.\d*[1-9])?", cell)
    is_short = len(cell.replace(".", "").lstrip("-0")) <= max(10, true.adjusted() + 1)
    return bool(is_plain and is_short) and abs(Decimal(cell) - true) <= digit * Decimal("0.501")


alike: dict[tuple[str, str], tuple[Row, Cells]] = {}


def in_order(names: list[str], row: Cells | Computed) -> Cells:
    """Return a row's cells in column order, blank where missing; an unknown column fails."""
    if isinstance(row, tuple):
        return row
    assert row.keys() <= {*names}
    return tuple(row.get(name, "") for name in names)


def compare(table: Table, data: Data, rows: list[Row]) -> None:
    """Assert that both sides have the same rows, each once, with equal cells."""
    names = list(rows[0]) if rows else []
    computed = [in_order(names, row) for row in table(data)]
    key_of = Package(FROZEN).contract.table(table.__name__).key_of
    expected = {key_of(dict(zip(names, map(str, row), strict=True))): row for row in computed}
    keys = list(map(key_of, rows))
    assert sorted(keys) == sorted(expected)
    assert len(computed) == len(expected)
    for key, row in zip(keys, rows, strict=True):
        pair = (row, expected[key])
        if alike.get((table.__name__, key)) != pair:  # most rows are unchanged since the last run
            for (name, cell), value in zip(row.items(), expected[key], strict=True):
                assert is_same(cell, value), f"{key}, {name}: published {cell!r}, again {value!r}"
            alike[table.__name__, key] = pair


@EVERY_TABLE
def test_every_derived_row_equals_the_second_computation(table: Table) -> None:
    compare(table, Data(FROZEN), committed_rows(table.__name__))


VALUES, BLANK_AGES = "reported_values", {"age_min": "", "age_max": "", "age_max_reason": "not_read"}
BASE_OF_2012 = {"from_id": "KH005", "relation": "denominator_of"}
BASE_OF_YOUNGER = {**BASE_OF_2012, "to_id": "KH043"}
SIDE_BY_SIDE = {"relation": "comparable", "to_id": "KH024"}
MEN = {"sex": "male", "population_id": "", "low": "3.7", "high": "3.7"}
ELSEWHERE = {"place_id": "phnom-penh", "population_id": ""}
IN_THE_REGION = (VALUES, "KH011", {"place_id": "southeast-asia"})
Change = list[tuple[str, str, Row]]  # table, first cells of the row, cells to set
# Each round is one build: no row of a derived table is changed by two of its changes.
ROUNDS: tuple[dict[str, Change], ...] = (
    {
        "the parts overlap": [(VALUES, "KH201", {"age_min": "15"})],
        "a bound is no count": [("links", "KH035 part_of KH034", BASE_OF_YOUNGER)],
        "less than one independent person": [("scenario_assumptions", "deff-10", {"value": "2050"})],
        "another part outside": [("scenario_assumptions", "hidden-0.1", {"value": "0.15"})],
        "most of the people in that city": [
            ("scenario_assumptions", "place-share-third", {"value": "0.8"})
        ],
        "less alike at the most": [("scenario_assumptions", "icc-1", {"value": "0.5"})],
        "another design effect": [("scenario_assumptions", "deff-4", {"value": "3"})],
        "no intraclass correlation in venues": [("scenario_assumptions", "icc-0.1", {"value": "0"})],
        "falls are no counts": [("links", "KH022 not_comparable", SIDE_BY_SIDE)],
        "a region holds the country": [
            ("places", "cambodia", {"parent_id": "southeast-asia"}),
            IN_THE_REGION,
        ],
        "the end of a fall rounds": [(VALUES, "IJM-DOM-15-b", {"low": "90.1", "high": "90.1"})],
    },
    {
        "an age that was not read": [(VALUES, "KH011", BLANK_AGES)],
        "nobody calls it an estimate": [(VALUES, "KH033", {"nature": "observed"})],
        "a bound without overlap": [(VALUES, "KH016", {"low": "3"})],
        "one range, worded otherwise": [(VALUES, "KH056", {"qualifier": "spread"})],
        "rough to its last digit": [(VALUES, "KH042", {"low": "10", "high": "10"})],
        "another time, another number": [
            (VALUES, "KH040", {"low": "7.1", "high": "7.1", "period": "2013"})
        ],
        "a count misses its parts": [(VALUES, "RESP-018-a", {"low": "344", "high": "344"})],
        "it did double": [(VALUES, "KH079", {"low": "36512", "high": "36512"})],
        "other methods, one number": [(VALUES, "RESP-015", {"low": "151", "high": "151"})],
        "one numeral, one meaning": [(VALUES, "KH220", {"age_max": "16"})],
        "two falls of one study": [(VALUES, "KH023", {"study_id": "ijm-khm-2012"})],
        "the first has no date": [("sources", "phnom-penh-post-1994", {"date_published": ""})],
        "a document of the credited body": [
            (VALUES, "KH224", {"evidence": "primary", "nature": "estimated"})
        ],
        "the denominator is an estimate": [(VALUES, "KH005", {"nature": "estimated"})],
        "no trend": [(VALUES, "KH043", {"show": "no_trend"})],
        "the difference fits": [(VALUES, "E2-007", {"low": "19.5", "high": "19.5"})],
        "a bound of the same people": [(VALUES, "KH210-a", {"population_id": "sex-trade"})],
    },
    {
        "no denominator is reported": [("links", "KH005", {"relation": "not_comparable"})],
        "all ages against a band": [(VALUES, "KH006", {"age_min": "15", "age_max": "49"})],
        "none found no more": [(VALUES, "KH021", {"qualifier": "exact"})],
        "another aim": [("scenario_assumptions", "half-width-0.005", {"value": "0.03"})],
        "another power": [("scenario_assumptions", "power-0.8", {"value": "0.9"})],
        "another reported fall": [(VALUES, "KH022", {"low": "74", "high": "74"})],
        "another period": [(VALUES, "KH039", {"period": "2012-10"})],
        "a bound that just reaches": [(VALUES, "KH016", {"low": "2.2"})],
        "too far for a rough number": [(VALUES, "KH042", {"low": "20", "high": "20"})],
        "rounded too far": [(VALUES, "KH041", {"low": "8.3", "high": "8.3"})],
        "a rough part": [(VALUES, "RESP-019-a", {"low": "137", "high": "137", "qualifier": "about"})],
        "a part outside the partition": [("links", "RESP-019-a part_of RESP-018-a", {"partition": ""})],
        "a rough end": [(VALUES, "KH079", {"qualifier": "about"})],
        "the first of its group is another": [(VALUES, "KH212", {"low": "36", "high": "36"})],
        "of the first the year is known": [("sources", "phnom-penh-post-1994", {"date_published": "2002"})],
        "it speaks of others": [(VALUES, "KH011", {"evidence": "secondary"})],
        "a rise that is not cut off": [(VALUES, "E2-015", {"low": "72.9", "high": "72.9"})],
    },
    {
        "a denominator fits all shares": [(VALUES, "KH005", {"low": "1700", "high": "1700"})],
        "one period within the other": [(VALUES, "KH011", {"period": "2014/2015"})],
        "a share of another country": [(VALUES, "KH043", {"place_id": "dominican-republic"})],
        "only beside its contradiction": [(VALUES, "KH073", {"show": "conflict_only"})],
    },
    {
        "not a sample": [("studies", "ijm-khm-2015", {"is_sample": "no"})],
        "a mention without a date": [("sources", "cambodia-daily-2013", {"date_published": ""})],
        "a rough fall": [(VALUES, "KH023", {"low": "70", "high": "70", "qualifier": "about"})],
        "a share of another topic": [(VALUES, "KH043", {"topic": "response"})],
        "a place of its own": [(VALUES, "KH201", {"place_id": "phnom-penh"})],
    },
    {
        "both denominators are reported": [("links", "KH030 not_comparable KH038", BASE_OF_2012)],
        "perhaps no sample": [("studies", "ijm-khm-2015", {"is_sample": "unknown"})],
    },
    {
        "the parts miss the whole": [(VALUES, "KH010", {"low": "2.5", "high": "2.5"})],
        "another first mention": [("sources", "cambodia-daily-2013", {"date_published": "2016"})],
        "an age that is nowhere missing": [(VALUES, "KH021", {"age_max": "13"})],
    },
    {
        "another fall": [("scenario_assumptions", "fall-0.5", {"value": "0.25"})],
        "a denominator for none found": [("links", "KH005 denominator_of KH018", {"to_id": "KH021"})],
        "the count is an estimate": [(VALUES, "KH007", {"nature": "estimated"})],
    },
    {"the count fits the share": [(VALUES, "KH007", {"low": "46", "high": "46"})]},
    {"a rise that is called a fall": [(VALUES, "KH007", {"low": "200", "high": "200"})]},
    {
        "a share that is a bound alone": [
            (VALUES, "KH201", {"low": "", "high": "3", "qualifier": "less_than"})
        ],
        "a count of boys and a share of girls": [
            (VALUES, "KH009", {"sex": "male"}),
            (VALUES, "KH018", {"sex": "female"}),
        ],
        "a count above no share": [("links", "KH035 numerator_of KH043", {"relation": "not_comparable"})],
    },
    {
        "everybody is missed": [("scenario_assumptions", "missed-0.7", {"value": "0.95"})],
        "one in so many": [(VALUES, "KH010", {"written_in": "fraction"})],
    },
    {
        "the count is rough": [(VALUES, "KH034", {"qualifier": "about"})],
        "another place, another number": [(VALUES, "KH011", {**ELSEWHERE, "low": "3.7", "high": "3.7"})],
        "more is left than there was": [(VALUES, "KH009", {"low": "40", "high": "40"})],
    },
    {
        "fewer affected than were seen": [("scenario_assumptions", "affected-0.25", {"value": "0.01"})],
        "ages were stated": [("studies", "ijm-khm-2015", {"age_method": "self_report"})],
        "more venues": [(VALUES, "KH001", {"low": "300", "high": "300"})],
    },
    {
        "worse recognition": [("scenario_assumptions", "recognised-0.6", {"value": "0.2"})],
        "as many venues as people": [(VALUES, "KH031", {"low": "1936", "high": "1936"})],
        "nowhere a count of that age": [(VALUES, "KH009", {"nature": "estimated"})],
        "the periods overlap": [(VALUES, "KH010", {"period": "2014-11/2015-03"})],
    },
    {
        "a denominator nobody can explain": [
            (VALUES, "KH006", {"low": "2105", "high": "2105", "population_id": ""})
        ],
        "recognised better": [("scenario_assumptions", "recognised-0.6", {"value": "1.5"})],
        "more venues than people": [(VALUES, "KH031", {"low": "5000", "high": "5000"})],
    },
    {
        "another denominator, other people": [(VALUES, "KH006", {"low": "2105", "high": "2105"})],
        "no venue is counted": [(VALUES, "KH031", {"nature": "estimated"})],
    },
    {"the sexes differ": [(VALUES, "KH010", {"sex": "female"}), (VALUES, "KH011", MEN)]},
    {"nothing is left over": [("links", "KH201 part_of KH010", {"partition": ""})]},
    {
        "the place is not named": [(VALUES, "KH013", {"place_id": "place-unnamed"})],
        "other people, no common denominator": [(VALUES, "KH018", {"population_id": "sex-trade"})],
        "a part of a part": [("links", "RESP-019-b part_of", {"to_id": "RESP-019-a", "partition": ""})],
    },
    {"nobody is credited": [(VALUES, "KH010", {"credited_to": ""})]},
    {"a share that is not weighted": [(VALUES, "KH010", {"weighted": "no"})]},
    {"another quantity of the same study": [(VALUES, "IJM-DOM-04", {"study_id": "ijm-khm-2015"})]},
    {
        "no count gives the share": [
            (VALUES, "KH005", {"low": "300", "high": "300"}),
            (VALUES, "KH018", {"low": "0.7", "high": "0.7"}),
        ]
    },
)


def update(rows: list[Row], key: list[str], cells: Row) -> None:
    """Set cells of the rows whose first columns equal the key."""
    found = [row for row in rows if list(row.values())[: len(key)] == key]
    assert found
    for row in found:
        row.update(cells)


def build(package: Path) -> dict[str, list[Row]]:
    """Return every derived table as it would be built now, by name."""
    texts = {
        Path(path).stem: text for path, text in derived.texts_of_derived_tables(Package(package)).items()
    }
    return {name: list(csv.DictReader(text.splitlines())) for name, text in texts.items()}


@cache
def unchanged() -> dict[str, list[Row]]:
    """Return every derived table as committed, by name."""
    return {table.__name__: committed_rows(table.__name__) for table in TABLES}


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes", mark_later_cases_long(1, zip(ROUNDS)), ids=lambda changes: next(iter(changes))
)
def test_both_computations_agree_on_changed_data(changes: dict[str, Change], package: Path) -> None:
    for table, key, cells in chain(*changes.values()):
        change_rows(package, table, partial(update, key=key.split(), cells=cells))
    tables, data = build(package), Data(package)
    for second in TABLES:
        compare(second, data, tables[second.__name__])
    assert tables != unchanged()


def test_no_change_compares_a_reported_share_with_a_counted_one() -> None:
    """Both sides are printed percentages, or counts, or counts over denominators; they are never mixed."""
    low = {row["value_id"]: row["low"] for row in read_csv(FROZEN / "data/reported_values.csv")}
    reported, assumed = committed_rows("changes"), committed_rows("scenario_changes")
    assert {row["compared"] for row in reported} == {"printed_shares", "counts"}
    assert {row["compared"] for row in assumed} == {"counted_shares", "counts_per_venue"}
    for side in ("earlier", "later"):
        assert all(Decimal(row[side]) == Decimal(low[row[f"{side}_id"]]) for row in reported)
        assert all(Decimal(row[side]) != Decimal(low[row[f"{side}_id"]]) for row in assumed)
    assert "77.86662193" not in {row["estimate"] for row in reported + assumed}


def test_a_fall_is_given_from_each_share_that_sources_give_for_the_earlier_survey() -> None:
    """The later of two mentions is not the main one, and no source prints the change from it."""
    falls = {
        row["earlier"]: row
        for row in committed_rows("changes")
        if row["later_id"] == "KH010" and row["measure"] == "relative_reduction"
    }
    assert {share: row["printed_change_id"] for share, row in falls.items()} == {
        "8.16": "KH022",
        "7.59": "",
    }
    assert float(falls["7.59"]["estimate"]) == pytest.approx(100 * (1 - 2.2 / 7.59))


INVERTED = r"(?<!\d)(?<!\d\.)193[678](?!\d)"  # as a number of its own, not among the decimals of another


def test_denominators_inferred_from_a_share_are_used_in_scenarios_only() -> None:
    """Outside scenario tables, a back-calculated denominator appears only as a requirement or range,
    never as a number of people.
    """
    allowed = {"denominators_min", "denominators_max", "needs_low", "needs_high"}
    found: set[str] = set()
    for table in TABLES:
        for row in committed_rows(table.__name__):
            names = {name for name, cell in row.items() if re.search(INVERTED, cell)}
            assert table.__name__.startswith("scenario_") or names <= allowed
            found |= names
    assert found == {"scenario_id", "earlier_denominator", *allowed}


def test_tables_that_refer_to_assumptions_are_scenario_tables() -> None:
    contract = Package(FROZEN).contract
    for table in contract.derived_tables:
        keys = {key.table for key in table.foreign_keys}
        assert table.name.startswith("scenario_") or "scenario_assumptions" not in keys
        assert (table.group == "scenarios") == table.name.startswith("scenario_")
    assert all(Decimal(row["design_effect"] or 2) != 1 for row in committed_rows("scenario_estimates"))
    of_one_city = [row for row in committed_rows("estimates") if row["value_id"] == "KH021"]
    assert [row["measure"] for row in of_one_city] == ["bound_at_least"]  # the city has no printed number


def test_scenario_tables_begin_with_the_assumption() -> None:
    """A table that rests on an assumption names it within its first five columns."""
    for table in (table for table in Package(FROZEN).contract.derived_tables if table.group == "scenarios"):
        keys = [key.field for key in table.foreign_keys if key.table == "scenario_assumptions"]
        assert keys and keys[0] in table.column_names[:5], table.name


WITH_INTERVALS = [("estimates", "scenario_estimates"), ("scenario_changes",)]


@pytest.mark.parametrize("tables", WITH_INTERVALS)
def test_limits_hold_the_estimate_and_widen_with_clustering(tables: tuple[str, ...]) -> None:
    every = [row for table in tables for row in committed_rows(table)]
    rows = [row for row in every if row["ci_low"] and row["method"]]
    same = ("value_id", "denominator_id", "earlier_id", "earlier_denominator", "measure", "method")

    def group(row: Row) -> list[str]:
        return [row.get(name, "") for name in same]

    def effect(row: Row) -> float:
        return float(row.get("design_effect") or row.get("earlier_design_effect") or "1")

    for _, members in groupby(sorted(rows, key=group), key=group):
        ordered = sorted(members, key=effect)
        ends = [(float(row["ci_low"]), float(row["estimate"]), float(row["ci_high"])) for row in ordered]
        assert all(low < estimate < high for low, estimate, high in ends)
        widths = [Decimal(row["ci_high"]) - Decimal(row["ci_low"]) for row in ordered]
        assert all(narrow < wide for narrow, wide in pairwise(widths))


COUNTS, SHARES = ("KH001", "KH005", "KH007", "KH034", "KH031"), ("KH010", "KH018", "KH038", "KH043")
TYPED = [*product(COUNTS, ("0", "1000000000", "")), *product(SHARES, ("0", "0.001", "99.99", "100", ""))]


@pytest.mark.slow
@pytest.mark.parametrize(("value_id", "number"), mark_later_cases_long(3, TYPED))
def test_extreme_numbers_do_not_stop_the_derived_tables(package: Path, value_id: str, number: str) -> None:
    """No number that can be typed crashes the build; the rules judge whether it is sound."""
    qualifier = "exact" if number else "less_than"
    cells = {"low": number, "high": number or "5", "qualifier": qualifier}
    change_rows(package, VALUES, partial(update, key=[value_id], cells=cells))
    assert derived.texts_of_derived_tables(Package(package))


@pytest.mark.slow
def test_a_withdrawn_reading_keeps_its_row_and_nothing_is_computed_from_it(package: Path) -> None:
    """The withdrawn readings share no derived row, so each row has only one reason to disappear."""
    withdrawn = ("KH012", "KH006", "KH034", "KH216")

    def uses(tables: dict[str, list[Row]], value_id: str) -> set[str]:
        return {name for name, rows in tables.items() if any(value_id in named(row) for row in rows)}

    def named(row: Row) -> set[str]:
        """Return those of the withdrawn readings that a row names, as whole words."""
        return {
            value_id for value_id in withdrawn if value_id in re.findall(r"[\w-]+", ",".join(row.values()))
        }

    computed = (
        rows for name, rows in unchanged().items() if name != "values"
    )  # that table names related rows too
    assert max(len(named(row)) for rows in computed for row in rows) == 1
    for value_id in withdrawn:
        change_cells(package, VALUES, value_id, show="withdrawn")
    tables = build(package)
    for value_id in withdrawn:
        assert uses(unchanged(), value_id) > {"values", "value_limitations"}
        assert uses(tables, value_id) == {"values", "value_limitations"}
        [row] = [row for row in tables["values"] if row["value_id"] == value_id]
        assert row["value_or_bound"] == row["value_kind"] == row["at_most"] == row["printed_ci_low"] == ""


IN_THE_BROWSER = """
import sys
from scripts.derived import conflicts
from scripts.package.package import Package
from pathlib import Path
print(len(list(conflicts.rows(Package(Path(sys.argv[1]))))))
print(sorted({"pandas", "numpy", "scipy", "duckdb"} & set(sys.modules)))
"""


def test_conflicts_run_without_pandas_and_scipy() -> None:
    """The browser's check computes conflicts, and each library would be a long download there."""
    done = subprocess.run(
        [sys.executable, "-c", IN_THE_BROWSER, str(FROZEN)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [str(len(committed_rows("conflicts"))), "[]"]


def test_second_computation_imports_no_code_of_the_project() -> None:
    tree = ast.parse((ROOT / "tests/derived/second.py").read_text(encoding="utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    packages = {str(module).partition(".")[0] for module in modules}
    assert {"duckdb", "statsmodels"} <= packages
    assert not {"scripts", "pandas"} & packages


def test_each_derived_table_has_one_script_and_one_second_computation() -> None:
    described = {table.name for table in Package(FROZEN).contract.tables if table.is_derived}
    assert derived.names_of_computed_tables() == described == {table.__name__ for table in TABLES}


def test_derived_table_without_module_or_module_without_table_is_reported(package: Path) -> None:
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    (origins,) = [table for table in descriptor["resources"] if table["name"] == "origins"]
    origins |= {"name": "gaps", "path": "data/derived/gaps.csv"}
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    found = reproduction.check(CheckContext(Package(package)))
    assert [(finding.rule, finding.table, finding.message) for finding in found] == [
        ("derived-reproduced", "data/derived/gaps.csv", "No script computes this table."),
        (
            "derived-reproduced",
            "datapackage.json",
            "scripts/derived/origins.py computes a table that is not here.",
        ),
    ]
    with pytest.raises(LookupError, match=r"gaps.csv. Write scripts/derived/gaps.py."):
        derived.texts_of_derived_tables(Package(package))


SCRIPTS = {
    "frames": 'def rows(package): return package.rows_as_frame("limitation_examples").assign(helper=1)',
    "dicts": 'def rows(package): return [{"limitation_id": "a"}, {"limitation_id": "B", "value_id": None}]',
    "misspelt": 'def rows(package): return [{"limit": "a"}]',
    "_shared": "",
}


def test_a_script_is_found_by_name_and_gives_a_frame_or_dicts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in SCRIPTS.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    before = derived.names_of_computed_tables()
    monkeypatch.setattr(derived, "__path__", [*derived.__path__, str(tmp_path)])
    assert derived.names_of_computed_tables() - before == {"frames", "dicts", "misspelt"}

    def text(name: str) -> str:
        table = replace(Package(FROZEN).contract.table("limitation_examples"), name=name)
        return derived.table_as_csv(table, derived.compute_table_rows(table, Package(FROZEN)))

    assert text("frames") == (FROZEN / "data/editorial/limitation_examples.csv").read_text(encoding="utf-8")
    assert text("dicts") == "limitation_id,value_id\nB,\na,\n"
    with pytest.raises(KeyError, match="misspelt has no column limit"):
        text("misspelt")


def test_missing_number_in_a_derived_cell_is_an_error() -> None:
    assert [derived.format_cell(value) for value in (None, "", 1.0, Fraction(1, 3))] == [
        "",
        "",
        "1",
        "0.3333333333",
    ]
    with pytest.raises(ValueError, match="not a number"):
        derived.format_cell(float("nan"))


def test_a_pair_that_two_links_join_is_compared_once(package: Path) -> None:
    """The ends of a printed fall may also be linked as comparable; they are compared once."""
    first = read_csv(package / "data/links.csv")[0]
    ends = {"from_id": "KH034", "to_id": "KH007", "relation": "comparable", "partition": ""}
    change_rows(package, "links", lambda rows: rows.append(first | ends))
    opened = Package(package)
    keys = [
        row["change_id"] for row in derived.compute_table_rows(opened.contract.table("changes"), opened)
    ]
    assert len(keys) == len(set(keys)) and any(key.startswith("KH034.KH007.") for key in keys)
