"""The code on the downloads page runs exactly as printed, with the same answers in each language."""

import io
import re
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pytest
from pygments.lexers.r import SLexer
from pygments.token import Error, Punctuation

from scripts.package.package import Package
from scripts.publish.dataset import describe_dataset
from scripts.publish.formats import excel_workbook_file
from tests import external_tools
from tests.conftest import FROZEN, ROOT, read_csv
from tests.external_tools import run_r

pytestmark = pytest.mark.xdist_group("questions")  # one worker asks R, once
FEATURED = {row["role"]: row["value_id"] for row in read_csv(FROZEN / "data/editorial/featured.csv")}
FIGURE = re.compile(r'\{\{ figure\("([\w-]+)"\)\.id \}\}')
PAGE, TEN = (
    FIGURE.sub(lambda role: FEATURED[role[1]], (ROOT / "docs" / name).read_text(encoding="utf-8"))
    for name in ("open-the-data.md", "questions.md")
)
FENCE = re.compile(r"```(python|r|sql)\n(.*?)```", re.DOTALL)
RESULTS, REST = PAGE.split("\n## pandas")
READ = dict(re.findall(r"```(python|r)\n((?:import pandas|library).*?)```", REST, re.DOTALL))
QUESTIONS = {
    title: dict(FENCE.findall(body))
    for title, body in re.findall(r"<summary>(.*?)</summary>\n(.*?)</details>", TEN, re.DOTALL)
}
LONGEST = 6  # lines of an answer
# What R itself has, and what readr adds.
OF_R = {"library", "read_csv", "readr", "subset", "order", "match", "data.frame", "cbind", "reshape"}
OF_R |= {"strsplit", "rep", "seq_along", "lengths", "unlist"}
OF_R |= {"as.data.frame", "as.vector", "is.na", "c", "names", "paste", "sub", "tapply"}
ARGUMENTS = {"na", "guess_max", "Inf", "idvar", "timevar", "direction", "wide", "fixed", "TRUE", "collapse"}
VALUES = read_csv(FROZEN / "data/derived/values.csv")


def run(code: str, **names: Any) -> dict[str, Any]:
    exec(compile(code, "docs/questions.md", "exec"), names)
    return names


def cells(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return the rows sorted as text, with numbers to nine digits and blanks alike."""

    def text(cell: object) -> str:
        return "" if pd.isna(cell) else f"{cell:.9g}" if isinstance(cell, float | int) else str(cell)

    return sorted(tuple(map(text, row)) for row in frame.itertuples(index=False, name=None))


@pytest.fixture(scope="module")
def values() -> pd.DataFrame:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(FROZEN)
        frame: pd.DataFrame = run(READ["python"])["values"]
    return frame


def test_downloads_page_has_ten_short_questions() -> None:
    assert len(QUESTIONS) == 10
    for title, answers in QUESTIONS.items():
        assert answers.keys() == {"python", "r", "sql"}, title
        assert all(len(code.splitlines()) <= LONGEST for code in answers.values()), title


@pytest.mark.parametrize("title", QUESTIONS)
def test_pandas_and_duckdb_answer_alike(
    title: str, values: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both give the same answer, and it is not empty."""
    monkeypatch.chdir(FROZEN)
    by_pandas = run(QUESTIONS[title]["python"], pd=pd, values=values)["answer"]
    by_duckdb = duckdb.sql(QUESTIONS[title]["sql"]).df()
    assert [str(name) for name in by_pandas.columns] == list(by_duckdb.columns)
    assert cells(by_pandas) == cells(by_duckdb) != []


PAIRS = {")": "(", "]": "[", "}": "{"}


def is_closed(code: str) -> bool:
    """Return whether brackets and quotation marks of R code are closed; R itself is more thorough."""
    opened: list[str] = []
    for kind, text in SLexer().get_tokens(code):
        if kind is Error:
            return False
        for sign in text if kind in Punctuation else "":
            if sign in PAIRS.values():
                opened.append(sign)
            elif sign in PAIRS and (not opened or opened.pop() != PAIRS[sign]):
                return False
    return not opened


def test_unbalanced_brackets_in_r_code_are_found() -> None:
    assert is_closed('a <- c(1, "b)")[2]')
    for broken in ('c(1, "b"', "c(1, 2]", 'c(1, "b)', "c(1))", "a[1)"):
        assert not is_closed(broken), broken


@pytest.mark.parametrize("title", QUESTIONS)
def test_r_is_closed_and_names_what_is_there(title: str) -> None:
    """Without R installed, brackets are checked, and files, columns and functions must exist."""
    code = READ["r"] + QUESTIONS[title]["r"]
    assert is_closed(code)
    paths = re.findall(r'"(data/[\w/.]+)"', code)
    columns = {name for path in paths for name in read_csv(FROZEN / path)[0]}
    made = set(re.findall(r"^([\w$]+) <-", code, re.MULTILINE))
    own = {part for name in made for part in name.split("$")} | {"fall", "other_publisher", "other_printed"}
    bare = re.sub(r'[=!]= "[^"]*"|"data/[^"]*"|"\w+\."|";"', "", code)
    names = set(re.findall(r"[a-zA-Z_.][\w.]*", bare))
    assert names <= OF_R | ARGUMENTS | columns | own, names - OF_R - ARGUMENTS - columns - own


# Each answer by itself, then the types of its columns and, as text, their cells.
IN_R = """
local({{
{code}
types <- data.frame(lapply(answer, function(column) class(column)[1]), check.names = FALSE)
write_csv(types, "{folder}/{number} types.csv")
write_csv(answer, "{folder}/{number}.csv", na = "")
}})
"""


@pytest.fixture(scope="module")
def by_r(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    """R's answer to each question, with its types."""
    folder = tmp_path_factory.mktemp("by-r")
    code = [
        IN_R.format(code=answers["r"], folder=folder.as_posix(), number=number)
        for number, answers in enumerate(QUESTIONS.values())
    ]
    run_r(READ["r"] + "".join(code), FROZEN)
    return {title: of_r(folder, number) for number, title in enumerate(QUESTIONS)}


def of_r(folder: Path, number: int) -> pd.DataFrame:
    """Return one answer of R, with numbers where R has them."""
    [types] = read_csv(folder / f"{number} types.csv")
    frame = pd.read_csv(folder / f"{number}.csv", dtype=str, keep_default_na=False, na_values=[""])
    return frame.astype({name: float for name, kind in types.items() if kind in ("numeric", "integer")})


@external_tools.skip_unless_installed(
    "external_tools.has_r()", "R with readr, so that its answers are read and not run,"
)
@pytest.mark.parametrize("title", QUESTIONS)
def test_r_and_duckdb_answer_alike(
    title: str, by_r: dict[str, pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FROZEN)
    by_duckdb = duckdb.sql(QUESTIONS[title]["sql"]).df()
    assert list(by_r[title].columns) == list(by_duckdb.columns)
    assert cells(by_r[title]) == cells(by_duckdb) != []


def test_convictions_stand_with_the_breaks_of_their_series(values: pd.DataFrame) -> None:
    [title] = [title for title in QUESTIONS if "convictions" in title]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(FROZEN)
        answer = run(QUESTIONS[title]["python"], pd=pd, values=values)["answer"]
    breaks = read_csv(FROZEN / "data/series_breaks.csv")
    for name, series in answer.groupby("series_id"):
        dates = [row["at"] for row in breaks if row["series_id"] == name and row["at"]]
        assert {*series["breaks_at"].fillna("")} == {"; ".join(dates)}, name
    assert answer["breaks_at"].notna().any()


def test_an_interval_stands_beside_the_share_that_it_belongs_to(values: pd.DataFrame) -> None:
    """The interval is of the share computed from counts; the printed share may lie outside it."""
    [title] = [title for title in QUESTIONS if "interval" in title]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(FROZEN)
        answer = run(QUESTIONS[title]["python"], pd=pd, values=values)["answer"]
    share, low, high = answer["recomputed_share"], answer["recomputed_ci_low"], answer["recomputed_ci_high"]
    assert (low <= share).all() and (share <= high).all()
    assert (100 * answer["numerator"] / answer["denominator"]).to_numpy() == pytest.approx(share.to_numpy())


def test_whole_numbers_stay_whole_and_blanks_blank(values: pd.DataFrame) -> None:
    assert str(values["from_year"].dtype) == str(values["counted_age_max"].dtype) == "Int64"
    assert values["credited_to"].isna().sum() == sum(not row["credited_to"] for row in VALUES)
    numbers = [float(row["value_or_bound"] or 0) for row in VALUES]
    assert values["value_or_bound"].sum() == pytest.approx(sum(numbers))


def test_question_on_the_fall_gives_the_reported_fall(values: pd.DataFrame) -> None:
    """The fall computed from the two shares equals the printed one, to its last digit."""
    [title] = [title for title in QUESTIONS if "fall" in title]
    answer = run(QUESTIONS[title]["python"], pd=pd, values=values)["answer"]
    printed = {row["value_id"]: row for row in VALUES}[FEATURED["fall-of-the-share-as-printed"]]
    assert f"{answer['fall'][0]:.0f}" == printed["value_or_bound"]


# First attempts of a newcomer.


def test_the_filters_that_are_tried_first_give_what_is_expected(values: pd.DataFrame) -> None:
    """Shares under 18 in percent include no falls, and each series has one unit and one indicator."""
    under_18 = values.query("unit == 'percent' and counted_age_max == 17")
    assert len(under_18) and set(under_18["kind"]) <= {"share", "measure"}
    assert set(values.query("evidence == 'primary'")["evidence"]) == {"primary"}
    for _, line in values.dropna(subset="series_id").groupby("series_id"):
        assert line["unit"].nunique() == line["indicator_id"].nunique() == 1


def test_shares_under_18_are_of_people_of_that_age_and_say_of_whom(values: pd.DataFrame) -> None:
    """The answer leaves out shares of boys among children, of cases, and of children with an illness."""
    [title] = [title for title in QUESTIONS if "under 18" in title]
    answer = run(QUESTIONS[title]["python"], pd=pd, values=values)["answer"]
    assert "population" in answer and set(answer["what"].str.endswith(" under 18")) == {True}
    boys = values.query("indicator_id == 'boys-among-child-victims-share'")
    assert set(boys["denominator_ages"]) == {"under 18"} and boys["ages_counted"].isna().all()
    assert not set(boys["what"]) & set(answer["what"])


# The two surveys.

PICKED = {"year": 2015, "age": "under 18"}


def test_the_recipe_for_the_two_surveys_finds_the_share_of_2015(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FROZEN)
    answer = run(dict(FENCE.findall(RESULTS))["python"])["answer"]
    assert {*zip(answer["reported_share"], answer["numerator"], answer["denominator"], strict=True)} == {
        (2.2, 38, 2104),
        (2.2, 38, 2014),
    }
    assert (answer["ci_low"] < answer["share_from_counts"]).all()
    assert (answer["share_from_counts"] < answer["ci_high"]).all()


def test_the_same_recipe_works_in_a_spreadsheet() -> None:
    """The page names sheet, columns and choices; the sheet is the second, with filter buttons."""
    package = Package(FROZEN)
    [content] = excel_workbook_file(package, describe_dataset(package)).values()
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=False)
    [told] = re.findall(r"^In a spreadsheet, (.*)$", RESULTS, re.MULTILINE)
    [sheet, *columns] = re.findall(r"`(\w+)`", told)
    assert book.sheetnames[1] == sheet == "results" and book[sheet].auto_filter.ref
    assert [f"`{name}` to " in told for name in columns] == [True, True] and columns == list(PICKED)
    assert all(str(word) in told for word in PICKED.values())
    header, *rows = book[sheet].iter_rows(values_only=True)
    found = [dict(zip(header, row, strict=True)) for row in rows]
    shown = [row for row in found if {name: row[name] for name in columns} == PICKED]
    assert sorted(row["denominator"] for row in shown) == [2014, 2104]


def test_the_recipe_in_r_is_closed_and_names_what_is_there() -> None:
    code = dict(FENCE.findall(RESULTS))["r"]
    assert is_closed(code)
    names = set(re.findall(r"[a-zA-Z_.][\w.]*", re.sub(r'"[^"]*"', "", code)))
    columns = set(read_csv(FROZEN / "data/derived/results.csv")[0])
    assert names <= OF_R | ARGUMENTS | columns | {"results", "answer"}


@external_tools.skip_unless_installed(
    "external_tools.has_r()", "R with readr, so that its answers are read and not run,"
)
def test_r_finds_the_same_rows_of_the_two_surveys(tmp_path: Path) -> None:
    code = dict(FENCE.findall(RESULTS))["r"]
    run_r(f'{code}\nwrite_csv(answer, "{tmp_path.as_posix()}/answer.csv", na = "")', FROZEN)
    every = read_csv(FROZEN / "data/derived/results.csv")
    wanted = [row for row in every if (row["year"], row["age"]) == ("2015", "under 18")]
    assert [row["value_id"] for row in read_csv(tmp_path / "answer.csv")] == [
        row["value_id"] for row in wanted
    ]


# The other ways to read it.

OTHERS = {"polars": "len(values)", "frictionless": "len(values)"}


@pytest.mark.parametrize("library", OTHERS)
def test_the_other_snippets_run_as_they_stand(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FROZEN)
    [code] = [code for kind, code in FENCE.findall(PAGE) if kind == "python" and library in code]
    assert len(run(code)["values"]) == len(VALUES)
