"""What somebody new types first gives the right answer, or the column that misled is not there.

Each is one expression in pandas, R and SQL, asked of the tables of today, which somebody new takes;
what is right is worked out from the tables that people fill. What pages say is asked of the frozen package.
"""

import json
import re
import sqlite3
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from tree_sitter_language_pack import get_parser

from scripts.derived import values
from scripts.package.opening import Package
from scripts.site.study_page import study_page
from tests import outside
from tests.conftest import FROZEN, ROOT, alter, read_csv
from tests.outside import run_r
from tests.site.listings import VALUES as READINGS
from tests.site.page_models import DATA, quantity
from tests.site.test_questions import READ, run

TABLE = "data/derived/values.csv"
ROWS = read_csv(FROZEN / TABLE)
ROW = {row["value_id"]: row for row in ROWS}
COLUMNS = list(ROWS[0])
KINDS = {row["indicator_id"]: row["kind"] for row in read_csv(ROOT / "data/indicators.csv")}
TODAY = read_csv(ROOT / "data/reported_values.csv")
STANDING = [row for row in TODAY if row["show"] != "withdrawn"]
GONE = {
    "value": "the largest was an exact one, where another source gives “at least” a larger",
    "conflicts": "above nought it marked roundings and other groups as contradictions",
    "year_start": "shares without a date fell out of a count by year",
    "country": "a place at the border of the country was in another",
    "sampling_lower": "with the upper limit of another denominator it was nobody's interval",
    "stands_alone": "it said again what another column says",
    "show": "SQL takes it for a command",
}


def largest_of(indicator_id: str) -> float:
    some = [row for row in STANDING if row["indicator_id"] == indicator_id]
    return max((float(row["low"] or row["high"]) for row in some), default=0)


def roots_of(*types: str) -> set[str]:
    """The quantities of which a printing, or the root, is an end of such a pair."""
    rows = [row for row in read_csv(ROOT / "data/derived/conflicts.csv") if row["type"] in types]
    known = {row["value_id"]: row["printing_of"] or row["value_id"] for row in TODAY}
    return {known[end] for row in rows for end in (row["root_id"], row["value_id"])}


def contradicted() -> int:
    """The ends, and the roots that stand for them."""
    rows = [row for row in read_csv(ROOT / "data/derived/conflicts.csv") if row["type"] == "contradiction"]
    ends = {end for row in rows for end in (row["root_id"], row["value_id"])}
    return len(ends | roots_of("contradiction"))


def with_a_count() -> int:
    """Shares with a count of their own nature, from their own source or over a denominator, each once."""
    known = {row["value_id"]: row for row in TODAY}
    links = read_csv(ROOT / "data/links.csv")
    over = {link["to_id"] for link in links if link["relation"] == "denominator_of"}
    pairs = [
        (known[link["from_id"]], known[link["to_id"]])
        for link in links
        if link["relation"] == "numerator_of"
    ]
    return sum(
        one["nature"] == share["nature"]
        and (one["source_id"] == share["source_id"] or share["value_id"] in over)
        and one["low"] == one["high"] != ""
        and KINDS[share["indicator_id"]] == "share"
        for one, share in pairs
    )


def of_boys() -> int:
    """By the words of their indicators, which are about sex."""
    named = {
        row["indicator_id"]
        for row in read_csv(ROOT / "data/indicators.csv")
        if row["kind"] == "share" and re.search(r"\bboys\b|\bmale\b", f"{row['name']} {row['definition']}")
    }
    return sum(row["indicator_id"] in named for row in TODAY)


def in_the_country() -> int:
    """By the tree of places, the code of what lies in several countries, and studies."""
    places = {row["place_id"]: row for row in read_csv(ROOT / "data/places.csv")}
    here = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))["country"]
    inside = {here} | {key for key, row in places.items() if row["parent_id"] == here}
    shared = {
        key for key, row in places.items() if places[here]["iso_3166_1"] in row["iso_3166_1"].split(";")
    }
    studied = {row["study_id"]: row["place_id"] for row in read_csv(ROOT / "data/studies.csv")}
    unnamed = {key for key, row in places.items() if (row["level"], row["parent_id"]) == ("study_area", "")}
    of = [
        studied.get(row["study_id"], here) if row["place_id"] in unnamed else row["place_id"]
        for row in TODAY
    ]
    return sum(place in inside | shared for place in of)


def with_a_base() -> int:
    """Shares below whose line a link sets one number: an exact one, or else that of the root."""
    known = {row["value_id"]: row for row in TODAY}
    numbers: dict[str, set[str]] = {}
    for link in read_csv(ROOT / "data/links.csv"):
        if link["relation"] == "denominator_of":
            base = known[link["from_id"]]
            printings = [
                row for row in STANDING if base["value_id"] in (row["value_id"], row["printing_of"])
            ]
            exact = {row["low"] for row in printings if row["qualifier"] == "exact"}
            numbers[link["to_id"]] = exact or {base["low"] if base["low"] == base["high"] else ""}
    shares = {key for key in numbers if KINDS[known[key]["indicator_id"]] == "share"}
    return sum(len(numbers[key]) == 1 and "" not in numbers[key] for key in shares)


def in_venues() -> int:
    """By the study of each."""
    studies = read_csv(ROOT / "data/studies.csv")
    venues = {row["study_id"] for row in studies if row["setting"] == "venues"}
    return sum(row["study_id"] in venues for row in TODAY)


Trap = tuple[str, str, str, Callable[[], float]]  # in pandas, in R, in SQL, and what is right
TRAPS: dict[str, Trap] = {
    "readings in a contradiction": (
        'values["contradicts"].notna().sum()',
        "sum(!is.na(values$contradicts))",
        "SELECT count(contradicts) FROM $",
        contradicted,
    ),
    "quantities of which numbers compete": (
        """values.query("printing == 'root'")[["contradicts", "in_tension_with"]].any(axis=1).sum()""",
        'sum(with(subset(values, printing == "root"), !is.na(contradicts) | !is.na(in_tension_with)))',
        "SELECT count(coalesce(contradicts, in_tension_with)) FROM $ WHERE printing = 'root'",
        lambda: len(roots_of("contradiction", "in_tension", "not_explained")),
    ),
    "shares with a count": (
        """values[values["kind"] == "share"]["numerator"].count()""",
        'sum(!is.na(subset(values, kind == "share")$numerator))',
        "SELECT count(numerator) FROM $ WHERE kind = 'share'",
        with_a_count,
    ),
    "shares of boys": (
        """values[values["what"].str.startswith("share of boys")]["what"].size""",
        'sum(startsWith(values$what, "share of boys"))',
        "SELECT count(*) FROM $ WHERE starts_with(what, 'share of boys')",
        of_boys,
    ),
    "printings of claims": (
        """values["claim_ids"].notna().sum()""",
        "sum(!is.na(values$claim_ids))",
        "SELECT count(claim_ids) FROM $",
        lambda: len({row["value_id"] for row in read_csv(ROOT / "data/scopes.csv") if row["claim_id"]}),
    ),
    "the months of changes, which have none": (
        """values[values["kind"] == "change"]["months"].count()""",
        'sum(!is.na(subset(values, kind == "change")$months))',
        "SELECT count(months) FROM $ WHERE kind = 'change'",
        lambda: 0,
    ),
    "shares, counted by year": (
        """values[values["kind"] == "share"].groupby("year_label").size().sum()""",
        'sum(table(subset(values, kind == "share")$year_label))',
        "SELECT sum(n) FROM (SELECT count(year_label) n FROM $ WHERE kind = 'share' GROUP BY year_label)",
        lambda: sum(KINDS[row["indicator_id"]] == "share" for row in TODAY),
    ),
    "the most convictions": (
        """values.query("indicator_id == 'convictions'")["value_or_bound"].max()""",
        'max(subset(values, indicator_id == "convictions")$value_or_bound)',
        "SELECT max(value_or_bound) FROM $ WHERE indicator_id = 'convictions'",
        lambda: largest_of("convictions"),
    ),
    "figures on the country": (
        """(values["in_country"] != "no").sum()""",
        'sum(values$in_country != "no")',
        "SELECT count(*) FROM $ WHERE in_country <> 'no'",
        in_the_country,
    ),
    "quantities": (
        """(values["printing"] == "root").sum()""",
        'sum(values$printing == "root")',
        "SELECT count(*) FROM $ WHERE printing = 'root'",
        lambda: len({row["printing_of"] or row["value_id"] for row in TODAY}),
    ),
    "shares with a denominator": (
        """values[values["kind"] == "share"]["denominator"].count()""",
        'sum(!is.na(subset(values, kind == "share")$denominator))',
        "SELECT count(denominator) FROM $ WHERE kind = 'share'",
        with_a_base,
    ),
    "readings of studies in venues": (
        """(values["setting"] == "venues").sum()""",
        'sum(values$setting == "venues", na.rm = TRUE)',
        "SELECT count(*) FROM $ WHERE setting = 'venues'",
        in_venues,
    ),
}


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize(
    "read", ["values = pd.read_csv(TABLE)", READ["python"]], ids=["plain", "as the page says"]
)
def test_pandas_gives_what_is_right(trap: str, read: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However it is read: no cell is a text that pandas takes for a blank."""
    monkeypatch.chdir(ROOT)
    code, _, _, right = TRAPS[trap]
    found = run(f"{read}\nfound = {code}", pd=pd, TABLE=TABLE)["found"]
    assert found == right()


@pytest.mark.parametrize("trap", TRAPS)
def test_duckdb_gives_what_is_right(trap: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    _, _, query, right = TRAPS[trap]
    assert duckdb.sql(query.replace("$", f"'{TABLE}'")).fetchall() == [(right(),)]


@outside.needs("outside.has_r()", "R with readr")
def test_r_gives_what_is_right() -> None:
    asked = [f"stopifnot(({code}) == {right()})" for _, code, _, right in TRAPS.values()]
    run_r("\n".join([READ["r"], *asked]), ROOT)


def test_r_can_read_what_is_asked() -> None:
    """Where there is no R, by a grammar of R."""
    for _, code, *_ in TRAPS.values():
        assert not get_parser("r").parse(code.encode()).root_node.has_error


def test_what_misled_is_not_there() -> None:
    assert not GONE.keys() & set(COLUMNS)
    assert [name for name in COLUMNS if "year" in name[:4]] == ["year_label"]


def test_each_column_can_be_named_as_it_stands() -> None:
    """No word of SQL, no attribute that a frame has already, and nothing that R must quote."""
    made = sqlite3.connect(":memory:")
    made.execute(f"CREATE TABLE t ({', '.join(COLUMNS)})")
    made.execute(f"SELECT {', '.join(COLUMNS)} FROM t")
    duckdb.sql(f"SELECT {', '.join(COLUMNS)} FROM '{FROZEN / TABLE}'").fetchall()
    assert not set(COLUMNS) & set(dir(pd.DataFrame))
    assert all(re.fullmatch("[a-z][a-z0-9_]*", name) for name in COLUMNS)


def test_duckdb_guesses_the_types_of_the_contract() -> None:
    [fields] = [
        one["schema"]["fields"]
        for one in json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))["resources"]
        if one["name"] == "values"
    ]
    types = {"string": {"VARCHAR"}, "integer": {"BIGINT"}, "number": {"DOUBLE", "BIGINT"}}
    for (name, guessed, *_), field in zip(
        duckdb.sql(f"DESCRIBE FROM '{ROOT / TABLE}'").fetchall(), fields, strict=True
    ):
        assert guessed in types[field["type"]], name


def test_an_interval_is_that_of_one_share_and_one_base() -> None:
    """No row joins the limits of two; the numerator stays where bases compete, and the row names them."""
    competing = [row for row in ROWS if int(row["denominators"] or 0) > 1]
    assert competing
    for row in competing:
        assert row["denominator"] == row["recomputed_share"] == row["recomputed_ci_low"] == ""
        ids = row["denominator_ids"].split(";")
        assert len({READINGS[one]["low"] for one in ids}) == len(ids) == int(row["denominators"])
    for row in (row for row in ROWS if row["recomputed_share"]):
        share = 100 * int(row["numerator"]) / int(row["denominator"])
        assert float(row["recomputed_share"]) == pytest.approx(share)
        if row["recomputed_ci_low"]:
            assert float(row["recomputed_ci_low"]) <= share <= float(row["recomputed_ci_high"])
            assert row["recomputed_ci_level"] == "95" and row["unit"] == "percent"
    assert all(row["printing"] == "root" for row in ROWS if row["numerator"] or row["denominators"])


def test_a_bound_says_that_it_is_one_and_the_page_too() -> None:
    for row in ROWS:
        one = READINGS[row["value_id"]]
        ends = {"lower_end": one["low"], "upper_end": one["high"], "number": one["low"], "": ""}
        assert row["value_or_bound"] == ends[row["value_kind"]]
        assert (row["value_kind"] == "number") == (one["low"] == one["high"] and row["value_kind"] != "")
    bounds = [row for row in ROWS if row["qualifier"] == "at_least" and row["printing"] == "root"]
    for row in bounds:
        number = f"{float(row['value_or_bound']):,.10g}"
        assert f"at least {number}" in quantity(row["value_id"]).value.lower()
    assert bounds


def test_a_rate_keeps_its_scale() -> None:
    """What stands before the scale, over it, is the share in percent."""
    rates = [row for row in ROWS if row["printed_per"]]
    assert {row["value_id"] for row in rates} == {
        key for key, one in READINGS.items() if one["written_in"] == "fraction"
    }
    for row in rates:
        part = float(row["value_or_bound"]) * int(row["printed_per"]) / 100
        assert part == pytest.approx(round(part), rel=1e-3), row["printed"]


def test_years_in_words_are_never_blank_and_hold_the_years_of_an_axis() -> None:
    for row in ROWS:
        years = list(dict.fromkeys(filter(None, (row["from_year"], row["to_year"]))))
        assert row["year_label"] == (" to ".join(years) or row["year_label"]) != ""
        assert all(one < other for one, other in pairwise(years))


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
    counts = [key for key, row in READINGS.items() if KINDS[row["indicator_id"]] == "count"]
    for key, (period, words) in zip(counts, MONTHS, strict=False):
        alter(package, "reported_values", key, period=period, period_as_printed=words)
    months = values.rows(Package(package)).set_index("value_id")["months"]
    assert months[counts[: len(MONTHS)]].tolist() == list(MONTHS.values())


def test_each_reading_has_its_address_on_the_page_of_its_quantity() -> None:
    assert len({row["page"] for row in ROWS}) == len(ROWS)
    for root in (row for row in ROWS if row["printing"] == "root"):
        places = {one.id for one in quantity(root["value_id"]).rows}
        pages = {row["page"] for row in ROWS if row["quantity_id"] == root["value_id"]}
        address = f"values/{root['value_id']}/"
        assert pages == {address} | {f"{address}#{one}" for one in places - {root["value_id"]}}


def test_what_bears_on_a_study_is_counted_in_one_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its gaps, as its page lists them: none stands in a column of theirs beside it."""
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


def test_every_country_of_today_has_its_code() -> None:
    countries = [row for row in read_csv(ROOT / "data/places.csv") if row["level"] == "country"]
    assert all(row["iso_3166_1"] for row in countries)
    names = [row["name"] for row in read_csv(ROOT / "data/places.csv")]
    assert len(names) == len(set(names))  # `values` has the name alone
