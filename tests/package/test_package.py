"""`Package` opens each file once, and answers every question from what it has read."""

import sys
from collections import Counter
from pathlib import Path

import pytest

from scripts.package.package import Package
from scripts.package.reading import Reading
from scripts.site.build import mkdocs_input_files
from tests.conftest import COLUMNS, FROZEN, PATHS, read_csv

OPENED: list[str] = []
LISTENING: list[bool] = []


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    """Record opened files while listening; an audit hook cannot be removed."""
    if LISTENING and event == "open" and isinstance(arguments[0], str):
        OPENED.append(arguments[0])


@pytest.mark.slow
def test_rendering_all_pages_opens_contract_and_each_table_once(package: Path) -> None:
    sys.addaudithook(_listen)
    LISTENING.append(True)
    try:
        mkdocs_input_files(Package(package), "")
    finally:
        LISTENING.clear()
    times = Counter(path for path in OPENED if Path(path).is_relative_to(package))
    tables = [str(path) for path in package.rglob("*.csv")]
    assert len(tables) > len(COLUMNS)
    assert [path for path in tables if times[path] > 1] == []
    once = [str(package / path) for path in ("datapackage.json", *PATHS.values())]
    assert [path for path in once if times[path] != 1] == []


@pytest.fixture(scope="module")
def opened() -> Package:
    """The frozen package, opened once."""
    return Package(FROZEN)


@pytest.mark.parametrize("table", COLUMNS)
def test_rows_index_groups_and_frame_hold_every_cell_as_text(opened: Package, table: str) -> None:
    rows = read_csv(FROZEN / opened.contract.table(table).path)
    assert opened.rows(table) == list(opened.rows_by_key(table).values()) == rows
    assert opened.rows_as_frame(table).to_dict("records") == rows
    column = COLUMNS[table][-1]
    for cell in {row[column] for row in rows}:
        assert opened.rows_with_cell(table, column, cell) == [row for row in rows if row[column] == cell]
        assert opened.rows_with_cells(table, **{column: cell}) == opened.rows_with_cell(table, column, cell)


def test_a_mistyped_code_is_refused_and_one_without_rows_is_not(opened: Package) -> None:
    with pytest.raises(ValueError, match="nature cannot be “observd”"):
        opened.rows_with_cells("reported_values", nature="observd")
    assert (
        opened.rows_with_cells("reported_values", nature="observed", show="withdrawn", topic="response")
        == []
    )


def test_an_unknown_table_or_key_is_an_error_and_an_unknown_cell_is_not(opened: Package) -> None:
    for ask in (opened.rows, opened.rows_by_key, opened.rows_as_frame):
        with pytest.raises(KeyError, match="no-such-table"):
            ask("no-such-table")
    with pytest.raises(KeyError, match="nowhere"):
        opened.row("places", "nowhere")
    assert opened.rows_with_cell("places", "name", "no such name") == []


def test_database_is_loaded_once_and_closed_with_the_package() -> None:
    with Package(FROZEN, with_derived=False) as package:
        connection = package.database()
        assert package.database() is connection
        [count] = connection.execute("SELECT count(*) FROM raw.places").fetchone() or (0,)
        assert count == len(package.rows("places"))
        tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'raw'")
        assert {name for (name,) in tables.fetchall()} == {table.name for table in package.tables}
    with pytest.raises(Exception, match="closed"):
        connection.execute("SELECT 1")


def test_reading_has_the_attributes_of_the_contract_columns() -> None:
    """Reading lists every column by name, so that type checking finds a misspelt one."""
    columns = Package(FROZEN).contract.table("reported_values").column_names
    assert [*Reading.__annotations__] == columns
