"""A newcomer's first query gives the right answer, or the misleading column is not there.

Each trap is one expression in pandas and SQL; the right answer is counted cell by cell. Whether the cells
are right is tested by the second computation.
"""

import operator
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from scripts.derived import values
from scripts.package.package import Package
from scripts.publish.dataset import describe_dataset
from scripts.site.study_page import study_page
from tests.conftest import DESCRIPTOR, FROZEN, change_cells, read_csv
from tests.site.listings import VALUES as READINGS
from tests.site.page_models import DATA, quantity
from tests.site.test_questions import READ, run

TABLE = "data/derived/values.csv"
ROWS = read_csv(FROZEN / TABLE)
ROW = {row["value_id"]: row for row in ROWS}
COLUMNS = list(ROWS[0])
SHARES = [row for row in ROWS if row["kind"] == "share"]
ROOTS = [row for row in ROWS if row["mention"] == "main"]
GONE = {
    "value": "the largest was an exact one, where another source gives “at least” a larger",
    "conflicts": "above nought it marked roundings and other groups as contradictions",
    "year_start": "shares without a date fell out of a count by year",
    "country": "a place at the border of the country was in another",
    "sampling_lower": "with the upper limit of another denominator it was nobody's interval",
    "stands_alone": "it said again what another column says",
    "show": "SQL takes it for a command",
}


def filled(rows: list[dict[str, str]], *names: str) -> int:
    """Return how many rows have a value in at least one of these columns."""
    return sum(any(row[name] for name in names) for row in rows)


def largest(indicator_id: str) -> float:
    values = [row["value_or_bound"] for row in ROWS if row["indicator_id"] == indicator_id]
    return max(map(float, filter(None, values)))


def people_of_studies() -> float:
    """Return the sum of whole samples, leaving out any linked as part of another of their indicator."""
    kinds = {key: row["indicator_id"] for key, row in READINGS.items()}
    joined = [row for row in read_csv(FROZEN / "data/links.csv") if row["relation"] == "part_of"]
    parts = {row["from_id"] for row in joined if kinds[row["from_id"]] == kinds[row["to_id"]]}
    rows = [row for row in READINGS.values() if row["indicator_id"] == "people-interviewed"]
    whole = [row for row in rows if not row["mention_of"] and row["value_id"] not in parts]
    return sum(float(row["low"] or row["high"]) for row in whole)


def sum_of_child_victims() -> float:
    """Return the sum of child victims, leaving out only parts of other counts of children."""
    joined = [row for row in read_csv(FROZEN / "data/links.csv") if row["relation"] == "part_of"]
    rows = [row for row in ROOTS if row["indicator_id"] == "victims-recorded"]
    rows = {row["value_id"]: row for row in rows if row["age_group"] == "children"}
    parts = {row["from_id"] for row in joined if row["to_id"] in rows}
    return sum(float(row["value_or_bound"] or 0) for key, row in rows.items() if key not in parts)


# The line of pandas that the contract, and so the file README.md of a release, gives.
[ABOUT] = [table["description"] for table in DESCRIPTOR["resources"] if table["name"] == "values"]
[ADD_UP] = re.findall(r"rows\[\[.*?rows\.part_of\]\]", ABOUT)


TRAPS: dict[str, tuple[str, str, float]] = {  # the query in pandas and in SQL, and the right answer
    "readings in a contradiction": (
        'values["contradicts"].notna().sum()',
        "SELECT count(contradicts) FROM $",
        filled(ROWS, "contradicts"),
    ),
    "quantities of which numbers compete": (
        """values.query("mention == 'main'")[["contradicts", "in_tension_with"]].any(axis=1).sum()""",
        "SELECT count(coalesce(contradicts, in_tension_with)) FROM $ WHERE mention = 'main'",
        filled(ROOTS, "contradicts", "in_tension_with"),
    ),
    "the people of all studies": (
        """values.query("what == 'people in a study' and mention == 'main' and part_of.isna()")"""
        """["value_or_bound"].sum()""",
        "SELECT sum(value_or_bound) FROM $ "
        "WHERE what = 'people in a study' AND mention = 'main' AND part_of IS NULL",
        people_of_studies(),
    ),
    "victims added up, though what holds some of them is not selected": (
        """values.query("indicator_id == 'victims-recorded' and age_group == 'children' and """
        """mention == 'main'")"""
        f""".pipe(lambda rows: {ADD_UP})["value_or_bound"].sum()""",
        "WITH picked AS (FROM $ WHERE indicator_id = 'victims-recorded' AND mention = 'main' "
        "AND age_group = 'children') SELECT sum(value_or_bound) FROM picked WHERE part_of IS NULL "
        "OR NOT list_has_any(string_split(part_of, ';'), (SELECT list(quantity_id) FROM picked))",
        sum_of_child_victims(),
    ),
    "child victims": (
        """values.query("what == 'victims recorded' and age_group == 'children'")["what"].size""",
        "SELECT count(*) FROM $ WHERE what = 'victims recorded' AND age_group = 'children'",
        sum(
            row["indicator_id"] == "victims-recorded" and (row["age_max"] == "17" or row["age_min"] == "0")
            for row in READINGS.values()
        ),
    ),
    "convictions and sentences": (
        """(values["stage"] == "convicted").sum()""",
        "SELECT count(*) FROM $ WHERE stage = 'convicted'",
        sum(bool(re.search("convict|sentenced", row["indicator_id"])) for row in READINGS.values()),
    ),
    "shares with a count": (
        """values[values["kind"] == "share"]["numerator"].count()""",
        "SELECT count(numerator) FROM $ WHERE kind = 'share'",
        filled(SHARES, "numerator"),
    ),
    "shares of boys": (
        """values[values["what"].str.startswith("share of boys")]["what"].size""",
        "SELECT count(*) FROM $ WHERE starts_with(what, 'share of boys')",
        sum(row["indicator_id"].startswith("boys-among") for row in SHARES),
    ),
    "the months of changes, which have none": (
        """values[values["what"].str.contains(" rose| fell|^rise|^fall")]["months"].count()""",
        "SELECT count(months) FROM $ WHERE regexp_matches(what, ' rose| fell|^rise|^fall')",
        0,
    ),
    "the months of shares and of people in studies, which have none": (
        """values[(values["kind"] == "share") | values["study_id"].notna()]["months"].count()""",
        "SELECT count(months) FROM $ WHERE kind = 'share' OR study_id IS NOT NULL",
        0,
    ),
    "shares, counted by year": (
        """values[values["kind"] == "share"].groupby("year_label").size().sum()""",
        "SELECT sum(n) FROM (SELECT count(year_label) n FROM $ WHERE kind = 'share' GROUP BY year_label)",
        len(SHARES),
    ),
    "the most convictions": (
        """values.query("indicator_id == 'convictions'")["value_or_bound"].max()""",
        "SELECT max(value_or_bound) FROM $ WHERE indicator_id = 'convictions'",
        largest("convictions"),
    ),
    "figures on the country": (
        """(values["in_country"] != "no").sum()""",
        "SELECT count(*) FROM $ WHERE in_country <> 'no'",
        sum(row["in_country"] in ("yes", "partly", "not_stated") for row in ROWS),
    ),
    "readings of studies in venues": (
        """(values["setting"] == "venues").sum()""",
        "SELECT count(*) FROM $ WHERE setting = 'venues'",
        sum(row["setting"] == "venues" for row in ROWS),
    ),
}


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize(
    "read", ["values = pd.read_csv(TABLE)", READ["python"]], ids=["plain", "as the page says"]
)
def test_simple_first_query_gives_the_right_answer(
    trap: str, read: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every reader gets the answer, since no cell holds text that pandas or DuckDB reads as missing."""
    monkeypatch.chdir(FROZEN)
    code, query, right = TRAPS[trap]
    assert run(f"{read}\nfound = {code}", pd=pd, TABLE=TABLE)["found"] == right
    assert duckdb.sql(query.replace("$", f"'{TABLE}'")).fetchall() == [(right,)]


def test_misleading_columns_are_not_in_values() -> None:
    assert not GONE.keys() & set(COLUMNS)
    assert [name for name in COLUMNS if "year" in name[:4]] == ["year_label"]


def test_column_names_need_no_quoting_in_sql_pandas_and_r() -> None:
    """No column is an SQL keyword or an attribute of a data frame, or must be quoted in R."""
    made = sqlite3.connect(":memory:")
    made.execute(f"CREATE TABLE t ({', '.join(COLUMNS)})")
    made.execute(f"SELECT {', '.join(COLUMNS)} FROM t")
    duckdb.sql(f"SELECT {', '.join(COLUMNS)} FROM '{FROZEN / TABLE}'").fetchall()
    assert not set(COLUMNS) & set(dir(pd.DataFrame))
    assert all(re.fullmatch("[a-z][a-z0-9_]*", name) for name in COLUMNS)


def test_duckdb_guesses_the_types_of_the_contract() -> None:
    [fields] = [table["schema"]["fields"] for table in DESCRIPTOR["resources"] if table["name"] == "values"]
    types = {
        **{"string": {"VARCHAR"}, "boolean": {"BOOLEAN"}},
        **{"integer": {"BIGINT"}, "number": {"DOUBLE", "BIGINT"}},
    }
    for (name, guessed, *_), field in zip(
        duckdb.sql(f"DESCRIBE FROM '{FROZEN / TABLE}'").fetchall(), fields, strict=True
    ):
        assert guessed in types[field["type"]], name


def test_a_description_names_no_column_that_is_not_there() -> None:
    """A description names only columns of its own table or of tables that it names, codes, and tables."""
    tables = {table["name"]: table["schema"]["fields"] for table in DESCRIPTOR["resources"]}
    columns = {name: {field["name"] for field in fields} for name, fields in tables.items()}
    known = {row["unit"] for row in ROWS} | tables.keys()
    known |= {
        str(word)
        for fields in tables.values()
        for field in fields
        for word in field.get("constraints", {}).get("enum", ())
    }
    for table, fields in tables.items():
        for field in fields:
            text = " ".join(str(field.get(name, "")) for name in ("description", "blank", "unit"))
            named = set(re.findall(r"[a-z0-9]+(?:_[a-z0-9]+)+", text))
            there = columns[table].union(*(columns[name] for name in tables if name in text))
            assert named <= there | known, (table, field["name"])


def test_an_interval_is_that_of_one_share_and_one_base() -> None:
    """Competing denominators each have a share and an interval; no cell mixes the limits of two."""
    competing = [row for row in ROWS if int(row["denominators"] or 0) > 1]
    assert competing
    for row in competing:
        told = [words.split(":")[0] for words in row["share_by_counts"].split("; ")]
        sizes = [READINGS[base_id]["low"] for base_id in row["denominator_ids"].split(";")]
        assert told == [f"{row['numerator']} of {size}" for size in sizes]
        assert row["denominator"] == sizes[0]
        ids = row["denominator_ids"].split(";")
        assert len({READINGS[value_id]["low"] for value_id in ids}) == len(ids) == int(row["denominators"])
    for row in (row for row in ROWS if row["recomputed_share"]):
        share = 100 * int(row["numerator"]) / int(row["denominator"])
        assert float(row["recomputed_share"]) == pytest.approx(share)
        if row["recomputed_ci_low"]:
            assert float(row["recomputed_ci_low"]) <= share <= float(row["recomputed_ci_high"])
            assert row["recomputed_ci_level"] == "95" and row["unit"] == "percent"
    assert all(row["mention"] == "main" for row in ROWS if row["numerator"] or row["denominators"])


SCOPE = ["population", "place", "ages_counted", "denominator_ages", "sex", "from_year", "to_year", "nature"]
UNNAMED = {"", "not stated", "not_stated", "not reported", "not read", "upper age not reported"}
NUMBER = ("value_or_bound", "at_most")


def columns_differing_from_main_mention(row: dict[str, str]) -> list[str]:
    """Return the columns in which a row differs from the main mention, as far as it states them."""
    main = ROW[row["quantity_id"]]
    names = SCOPE if READINGS[row["value_id"]]["population_id"] else SCOPE[1:]
    scope = [name for name in names if row[name] not in UNNAMED]
    return [name for name in (*NUMBER, *scope) if row[name] != main[name]]


def test_the_advised_filter_loses_no_number_and_no_scope() -> None:
    dropped = [row for row in ROWS if row["is_distinct"] == "false" and row["to_show"] != "withdrawn"]
    assert dropped and not any(map(columns_differing_from_main_mention, dropped))
    assert all(row["mention"] == "further" for row in dropped)
    kept = [row for row in ROWS if row["mention"] == "further" and row not in dropped]
    wording = {"qualifier"}  # “more than 2” is not 2
    for row in kept:
        assert columns_differing_from_main_mention(row) or any(
            row[name] != ROW[row["quantity_id"]][name] for name in wording
        ), row
    assert {"KH006", "KH037"} <= {row["value_id"] for row in kept}


FILTERS = [*describe_dataset(Package(FROZEN)).suggested_value_filters.values()]
HOLDS: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda cell, word: word in cell.split(";"),
    "=": operator.eq,
    "is not": operator.ne,
    "begins with": str.startswith,
}


def rows_selected_by_filter(filter_: str) -> list[dict[str, str]]:
    """Return the rows that a filter in the read-me of the data selects."""
    found = ROWS
    for term in filter_.split(", "):
        [(column, how, word)] = re.findall(r"^(\w+) (=|is not|contains|begins with) (.+)$", term)
        found = [row for row in found if HOLDS[how](row[column], "" if word == "blank" else word)]
    return found


@pytest.mark.parametrize("filter_", FILTERS)
def test_each_first_filter_leaves_some_rows_and_drops_some(filter_: str) -> None:
    assert 0 < len(rows_selected_by_filter(filter_)) < len(ROWS)


def test_the_filters_for_shares_under_18_give_what_was_judged_or_recorded_in_the_country() -> None:
    """The filters leave out claims, shares of boys, and shares whose ages are of the denominator."""
    filters = [text for text in FILTERS if "ages_counted = under 18, in_country = yes" in text]
    surveys, others, records = map(rows_selected_by_filter, filters)
    found = [*surveys, *others, *records]
    assert {"KH010", "KH037", "KH038"} <= {row["value_id"] for row in surveys}
    assert {row["topic"] for row in surveys} == {"venue_studies"}
    assert {row["indicator_id"] for row in found} == {"share-in-age-band"}
    assert {row["nature"] for row in [*surveys, *others]} == {"observed"}
    assert {row["nature"] for row in records} == {"recorded"}
    assert not any(row["contradicts"] for row in found if row["mention"] == "further")
    assert {READINGS[row["value_id"]]["age_max"] for row in found} == {"17"}
    assert not any("boys" in row["about_group"].split(";") for row in found)


def test_bound_is_marked_as_one_in_the_table_and_on_the_page() -> None:
    for row in ROWS:
        reading = READINGS[row["value_id"]]
        ends = {"lower_end": reading["low"], "upper_end": reading["high"], "number": reading["low"], "": ""}
        assert row["value_or_bound"] == ends[row["value_kind"]]
        assert (row["value_kind"] == "number") == (
            reading["low"] == reading["high"] and row["value_kind"] != ""
        )
    bounds = [row for row in ROWS if row["qualifier"] == "at_least" and row["mention"] == "main"]
    for row in bounds:
        number = f"{float(row['value_or_bound']):,.10g}"
        assert f"at least {number}" in quantity(row["value_id"]).value.lower()
    assert bounds


def test_a_rate_keeps_its_scale() -> None:
    """The printed rate, over its scale, equals the share in percent."""
    rates = [row for row in ROWS if row["printed_per"]]
    assert {row["value_id"] for row in rates} == {
        key for key, reading in READINGS.items() if reading["written_in"] == "fraction"
    }
    for row in rates:
        part = float(row["value_or_bound"]) * int(row["printed_per"]) / 100
        assert part == pytest.approx(round(part), rel=1e-3), row["printed"]


MONTHS = {
    ("2015", ""): 12,
    ("2015/2016", "2015-16"): 24,
    ("2015-02", ""): 1,
    ("2015-04/2016-03", "April 2015 to March 2016"): 12,
    ("2015-01/2015-11", "the first 11 months"): 11,
    ("2003/2009-03", ""): 75,
    ("2015-12/2016-12", ""): 13,
    ("2015-12/2016-12", "25 December 2015 to 25 December 2016"): 12,
    ("2015-08/2016-04", "From August 18 last year to April 17"): 8,
    ("2015", "between 3 and 4 of the month"): 12,
    ("", "early 2000s"): "",
}  # by a period and the words of the source


def test_months_run_from_day_to_day_where_the_source_names_both(package: Path) -> None:
    counts = [row["value_id"] for row in ROWS if row["kind"] == "count" and row["topic"] == "response"]
    for key, (period, words) in zip(counts, MONTHS, strict=False):
        change_cells(package, "reported_values", key, period=period, period_as_printed=words)
    months = values.rows(Package(package)).set_index("value_id")["months"]
    assert months[counts[: len(MONTHS)]].tolist() == list(MONTHS.values())


def test_each_reading_has_its_address_on_the_page_of_its_quantity() -> None:
    assert len({row["page"] for row in ROWS}) == len(ROWS)
    for root in (row for row in ROWS if row["mention"] == "main"):
        places = {entry.id for entry in quantity(root["value_id"]).rows}
        pages = {row["page"] for row in ROWS if row["quantity_id"] == root["value_id"]}
        address = f"values/{root['value_id']}/"
        assert pages == {address} | {f"{address}#{place}" for place in places - {root["value_id"]}}


def test_gaps_of_a_study_are_counted_in_one_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """The gaps of a study are those that its page lists; only `scopes` links them to a study."""
    monkeypatch.chdir(FROZEN)
    scopes = pd.read_csv("data/scopes.csv")
    for name in ("limitations", "statements", "not_available", "claims"):
        assert not {"study_id", "value_id"} & set(pd.read_csv(f"data/{name}.csv").columns)
    for study in read_csv(FROZEN / "data/studies.csv"):
        query = (
            f"SELECT count(not_available_id) FROM 'data/scopes.csv' WHERE study_id = '{study['study_id']}'"
        )
        missing = len(study_page(DATA, study).sections["missing"])
        assert duckdb.sql(query).fetchall() == [(missing,)]
        assert scopes[scopes["study_id"] == study["study_id"]]["not_available_id"].count() == missing


def test_every_figure_that_answers_first_belongs_to_its_subject() -> None:
    chosen = read_csv(FROZEN / "data/editorial/subject_headlines.csv")
    assert chosen and all(
        row["subject_id"] in ROW[row["value_id"]]["subject_ids"].split(";") for row in chosen
    )
