"""Withdrawing readings until tables are empty stops no command, and every reader opens the files."""

import re
from html import unescape
from pathlib import Path

import duckdb
import openpyxl
import pytest

from scripts.checks import csv_syntax
from scripts.package.atomic_write import write_bytes_atomically
from scripts.package.package import Package
from scripts.publish.release_files import all_release_files
from scripts.site.withdrawn_figures import END, NOTHING, START
from tests import open_release
from tests.conftest import (
    change_rows,
    findings_of,
    read_csv,
    rebuild_derived_tables,
    render_pages_of,
    run_command,
)
from tests.site.page_models import CHARTS, chart, withdraw

KEPT = {"subjects", "values", "value_limitations"}  # a withdrawn reading keeps its rows there


def ids_of_reading_and_mentions(package: Path, value_id: str) -> set[str]:
    """Return the ids of a reading and its further mentions."""
    rows = read_csv(package / "data/reported_values.csv")
    return {row["value_id"] for row in rows if value_id in (row["value_id"], row["mention_of"])}


def empty_derived_tables(package: Path) -> set[str]:
    return {place.stem for place in package.glob("data/derived/*.csv") if not read_csv(place)}


@pytest.fixture
def package_with_all_readings_withdrawn(package: Path) -> Path:
    """The package with every reading withdrawn, and its derived tables rebuilt."""
    withdraw(package, *(row["value_id"] for row in read_csv(package / "data/reported_values.csv")))
    rebuild_derived_tables(package)
    assert (
        empty_derived_tables(package)
        == {table.name for table in Package(package).contract.derived_tables} - KEPT
    )
    return package


@pytest.mark.slow
def test_every_command_works_after_a_reading_is_withdrawn_with_its_mentions(package: Path) -> None:
    ids = ids_of_reading_and_mentions(package, "KH010")
    assert len(ids) > 1
    withdraw(package, *ids)
    stale = findings_of(package)
    of_data = [finding for finding in stale if not finding["table"].startswith("data/derived/")]
    assert [finding["rule"] for finding in of_data] == ["featured-reading-stands"] == [stale[-1]["rule"]]
    tables = [finding["table"] for finding in stale[:-1]]
    assert {finding["rule"] for finding in stale[:-1]} == {"derived-reproduced"} and len({*tables}) == len(
        tables
    )
    done = run_command("derive", "--package", str(package))
    assert done.returncode == 0, done.stdout
    tables = [read_csv(path) for path in (package / "data/derived").glob("scenario_*.csv")]
    measures = {row["measure"] for rows in tables for row in rows}
    assert measures.isdisjoint(["share_if_age_misjudged", "hidden_share_needed_jointly"]) and measures
    assert [finding["rule"] for finding in findings_of(package)] == ["featured-reading-stands"]
    done = run_command("site", "--package", str(package), "--pages-only")
    assert done.returncode == 0, done.stdout + done.stderr
    for name in ("index", "results", "what-if", "disagreements"):
        page = (package / f"build/docs/{name}.md").read_text(encoding="utf-8")
        assert re.search(r'withdrawn: <a href="[./]*values/KH010/#KH010">', page), name
    what_if = (package / "build/docs/what-if.md").read_text(encoding="utf-8")
    assert what_if.count(NOTHING) > 1


def test_table_may_be_empty_but_needs_its_header(package: Path) -> None:
    with Package(package) as whole:
        for table in whole.tables:
            change_rows(package, table.name, lambda rows: rows.clear())
            assert csv_syntax.findings_on_file(package, table) == [], table.name
        write_bytes_atomically(package / whole.tables[0].path, b"")
        [found] = csv_syntax.findings_on_file(package, whole.tables[0])
    assert found.message == "The file is empty."


def test_each_row_that_refers_to_a_deleted_reading_is_reported_once(
    package: Path,
) -> None:
    """Deleting a reading, which the guide forbids, gives one finding for each row that refers to it.

    There is none in derived tables.
    """
    gone = ids_of_reading_and_mentions(package, "KH010")
    change_rows(
        package,
        "reported_values",
        lambda rows: rows.__setitem__(slice(None), [row for row in rows if row["value_id"] not in gone]),
    )
    change_rows(package, "links", lambda rows: rows[0].update(from_id="KH010", to_id="KH011"))
    found = findings_of(package)
    places = [(finding["table"], finding["line"], finding["field"]) for finding in found]
    assert {finding["rule"] for finding in found} == {"schema-reference"}
    assert len(places) == len({*places}) > 1
    assert not [table for table, *_ in places if table.startswith("data/derived/")]
    assert {("data/links.csv", 2, "from_id"), ("data/links.csv", 2, "to_id")} <= {*places}


def test_link_between_two_withdrawn_readings_is_one_finding(package: Path) -> None:
    [pair] = [
        {row["from_id"], row["to_id"]}
        for row in read_csv(package / "data/links.csv")
        if row["relation"] == "comparable" and row["from_id"] == "KH043"
    ]
    withdraw(
        package, *(value_id for root in pair for value_id in ids_of_reading_and_mentions(package, root))
    )
    errors = [finding for finding in findings_of(package) if finding["level"] == "error"]
    assert [finding["rule"] for finding in errors] == ["kept-apart"]


def test_edited_derived_table_is_reported_at_the_cell_only(
    package: Path,
) -> None:
    """An edited derived table gives a single finding, which says to run `derive`."""
    change_rows(package, "estimates", lambda rows: rows[0].update(value_id="KH999"))
    assert [(finding["rule"], finding["line"]) for finding in findings_of(package)] == [
        ("derived-reproduced", 2)
    ]
    [found] = findings_of(package, "--layer", "schema")
    assert (found["rule"], found["value"]) == ("schema-reference", "KH999")


def test_every_page_and_chart_without_a_figure_says_so(package_with_all_readings_withdrawn: Path) -> None:
    pages = render_pages_of(package_with_all_readings_withdrawn)
    for name, page in pages.items():
        assert START not in page and END not in page, name
        assert not re.search(r"</thead>\s*(<tbody>\s*</tbody>\s*)?</table>", page), name
    for page in package_with_all_readings_withdrawn.glob("docs/*.md"):
        anchors = re.findall(r'\{ #[\w-]+ \}|<span id="[\w-]+">', page.read_text(encoding="utf-8"))
        assert [anchor for anchor in anchors if anchor not in pages[page.name]] == [], page.name
    for name in CHARTS:
        drawn = unescape(chart(name, package_with_all_readings_withdrawn))
        assert NOTHING in drawn and "<svg" not in drawn, name
    for name in ("ranges.md", "what-if.md"):
        assert NOTHING in pages[name], name
    assert all("nothing to cite" in page for name, page in pages.items() if name.startswith("values/"))
    assert "No row stands here." in pages["values.md"]
    assert "Withdrawn, and so not listed: " in pages["claims-traced.md"]


@pytest.mark.slow
def test_every_download_of_empty_tables_is_opened(
    package_with_all_readings_withdrawn: Path, tmp_path: Path
) -> None:
    """Downloads of empty tables open, with their columns and types."""
    package = Package(package_with_all_readings_withdrawn)
    for name, content in all_release_files(package).items():
        write_bytes_atomically(tmp_path / name, content)
    assert [*open_release.release_file_faults(tmp_path)] == []
    tables = package.contract.released_contract.tables
    rows = {table.name: len(package.rows(table.name)) for table in tables}
    assert open_release.row_counts_by_format(tmp_path)[".zip"] == rows
    sheets = openpyxl.load_workbook(open_release.file_with_suffix(tmp_path, "xlsx"), read_only=True)
    kinds = {
        "string": "VARCHAR",
        "integer": "BIGINT",
        "number": "DOUBLE",
        "date": "DATE",
        "boolean": "BOOLEAN",
    }
    for table in tables:
        head, *_ = sheets[table.name].iter_rows(values_only=True)
        assert [*head] == table.column_names, table.name
        read = duckdb.read_parquet(str(tmp_path / f"parquet/{table.name}.parquet"))
        wanted = [(field.name, kinds[field.type]) for field in table.fields]
        assert [*zip(read.columns, map(str, read.types), strict=True)] == wanted, table.name
