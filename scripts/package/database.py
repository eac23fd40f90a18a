"""The tables in DuckDB: as text in the schema `raw`, with typed columns in the schema `main`.

The byte check has made sure that each row is a single line. Because of the header, its line number is its
row number plus one. Both schemas have the line number in the column `line`.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from scripts.package import shared_words
from scripts.package.contract import Field, Table
from scripts.package.progress_log import log_step
from scripts.package.sql_quoting import quote_literal, quote_name
from scripts.package.sql_views import GATHERED, TERMS_TO_AVOID, VIEWS

MEMORY = "1.5GB"  # about what a million readings need; anything more goes to disk
SMALL = 60_000_000  # bytes of tables; below this size a single thread is faster
# Stored if small, since queries on views take long to plan.
WIDE = ("text_cells", "references_of_rows", "row_cells")
# Dates remain text, because rules compare them with partial dates.
DUCKDB_TYPES = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}


@contextmanager
def open_empty_database() -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an empty in-memory database that spills into a temporary folder, which is removed afterwards."""
    with tempfile.TemporaryDirectory() as overflow:
        place = Path(overflow).as_posix()
        with duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": place}) as connection:
            yield connection


def load_tables(connection: duckdb.DuckDBPyConnection, folder: Path, tables: Sequence[Table]) -> None:
    """Load these tables from the package in this folder."""
    is_small = sum((folder / table.path).stat().st_size for table in tables) < SMALL
    if is_small:
        connection.execute("SET threads = 1")
    connection.execute("CREATE SCHEMA raw")
    for table in tables:
        log_step(f"Loading {table.path}")
        load_table_as_text(connection, "raw", folder, table)
        create_typed_view(connection, table)
    connection.execute(f"CREATE TABLE main.number_words AS {shared_words.number_words_query()}")
    connection.execute(f"CREATE TABLE main.placeholders AS {shared_words.placeholders_query()}")
    for name, query in VIEWS.items():
        kind = "TABLE" if is_small and name in WIDE else "VIEW"
        connection.execute(f"CREATE {kind} main.{name} AS {query(tables)}")
    log_step("Gathering the cells that hold text")
    materialise_views(connection, tables)


def materialise_views(connection: duckdb.DuckDBPyConnection, tables: Sequence[Table]) -> None:
    """Compute and store the views that many rules read; call it again after a table has changed."""
    for name, query in GATHERED.items():
        if text := query(tables):
            connection.execute(f"CREATE OR REPLACE TABLE main.{name} AS {text}")
    if "terms" in {table.name for table in tables}:
        connection.execute(TERMS_TO_AVOID)


def load_table_as_text(
    connection: duckdb.DuckDBPyConnection, schema: str, folder: Path, table: Table
) -> None:
    """Load one table into a schema as text, with the line number of each row.

    The file is loaded in one piece, which is faster. DuckDB then misses an unclosed quote, but the byte
    check finds it.
    """
    columns = ", ".join(f"{quote_literal(name)}: 'VARCHAR'" for name in table.column_names)
    path = quote_literal((folder / table.path).as_posix())
    connection.execute(
        f"CREATE TABLE {schema}.{quote_name(table.name)} AS SELECT row_number() OVER () + 1 AS line, * "
        f"FROM read_csv({path}, header = true, auto_detect = false, delim = ',', quote = '\"', "
        f"escape = '\"', nullstr = '', columns = {{{columns}}}, parallel = {schema != 'raw'})"
    )


def create_typed_view(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Create a view of a table with numbers and booleans instead of text; it takes no memory."""
    typed = ", ".join(_typed_column_sql(field) for field in table.fields)
    name = quote_name(table.name)
    connection.execute(f"CREATE VIEW main.{name} AS SELECT line, {typed} FROM raw.{name}")


def _typed_column_sql(field: Field) -> str:
    name = quote_name(field.name)
    if field.type not in DUCKDB_TYPES:
        return name
    return f"TRY_CAST({name} AS {DUCKDB_TYPES[field.type]}) AS {name}"


def row_keys_by_line(
    connection: duckdb.DuckDBPyConnection, table: Table, lines: Sequence[int]
) -> dict[int, str]:
    """The key of the row on each of these lines; a key of several columns is joined with spaces."""
    key = f"concat_ws(' ', {', '.join(map(quote_name, table.primary_key))})"
    query = f"SELECT line, {key} FROM raw.{quote_name(table.name)} WHERE line IN (SELECT unnest(?))"
    return dict(connection.execute(query, [list(lines)]).fetchall())
