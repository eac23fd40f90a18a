"""The tables in DuckDB: as text in the schema `raw`, as typed columns in the schema `main`.

Files have passed the byte gate, so one line is one row and the line number is the row number
plus one. Both schemas carry it as the column `line`.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from scripts.contract import Field, Table

# All terms in one pattern, as a constant that DuckDB compiles once and not once a cell. One that cannot be
# read is left out; where they cannot be read together, the empty pattern lets every cell be looked at.
TERMS_TO_AVOID = """SET VARIABLE terms_to_avoid = (
    WITH joined AS (
        SELECT coalesce('(?i)' || string_agg('(' || pattern || ')', '|'), 'a^') AS pattern FROM main.terms
        WHERE TRY(regexp_matches('', '(?i)' || pattern)) IS NOT NULL
            AND TRY(regexp_matches('', '(?i)(' || pattern || ')')) IS NOT NULL
    )
    SELECT CASE WHEN TRY(regexp_matches('', pattern)) IS NULL THEN '' ELSE pattern END FROM joined
)"""
# Each text once: rules look at it here, and then for its cells. A ledger says the same thing many times.
TEXTS = "CREATE TABLE texts AS SELECT value, bool_or(our_words) AS our_words FROM text_cells GROUP BY value"
MEMORY = "1.2GB"  # what does not fit goes to disk; a million readings need about as much
DUCKDB_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE"}


def quoted(name: str) -> str:
    """Quote a name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: object) -> str:
    """Quote a value for SQL."""
    return "'" + str(text).replace("'", "''") + "'"


def connect(overflow: Path) -> duckdb.DuckDBPyConnection:
    """Open an empty database in memory; this folder takes what does not fit."""
    return duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": overflow.as_posix()})


def fill(
    connection: duckdb.DuckDBPyConnection,
    package: Path,
    tables: Sequence[Table],
    at: Callable[[str], None],
) -> None:
    """Load every table of the package in this folder."""
    connection.execute("CREATE SCHEMA raw")
    for table in tables:
        at(f"Loading {table.path}")
        load_text(connection, "raw", package, table)
        _view_typed(connection, table)
    at("Gathering the cells that hold text")
    connection.execute(text_cells_table(tables))
    connection.execute(TEXTS)
    connection.execute(reasons_view(tables))
    connection.execute(keys_view(tables))
    if "terms" in {table.name for table in tables}:
        connection.execute(TERMS_TO_AVOID)


def load_text(connection: duckdb.DuckDBPyConnection, schema: str, package: Path, table: Table) -> None:
    """Load one table as text, with the line of each row, into this schema."""
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in table.header)
    path = literal((package / table.path).as_posix())
    connection.execute(
        f"CREATE TABLE {schema}.{quoted(table.name)} AS SELECT row_number() OVER () + 1 AS line, * "
        f"FROM read_csv({path}, header = true, auto_detect = false, delim = ',', quote = '\"', "
        f"escape = '\"', nullstr = '', columns = {{{columns}}})"
    )


def _view_typed(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    typed = ", ".join(_typed(field) for field in table.fields)
    name = quoted(table.name)
    connection.execute(f"CREATE VIEW main.{name} AS SELECT line, {typed} FROM raw.{name}")


def _typed(field: Field) -> str:
    name = quoted(field.name)
    return f"TRY_CAST({name} AS {DUCKDB_TYPES[field.type]}) AS {name}"


def text_cells_table(tables: Sequence[Table]) -> str:
    """One row a cell of free text in data/, and whether its words are ours."""
    parts = [
        f"SELECT {literal(table.path)} AS file, line, {literal(field.name)} AS field, "
        f"{quoted(field.name)} AS value, {not field.speaks_for_a_source} AS our_words "
        f"FROM raw.{quoted(table.name)} WHERE {quoted(field.name)} IS NOT NULL"
        for table in tables
        for field in table.fields
        if field.is_free_text and not table.is_derived
    ]
    return "CREATE TABLE text_cells AS " + "\nUNION ALL ".join(parts)


def keys_view(tables: Sequence[Table]) -> str:
    """One row a row of data/: its key, whose parts are joined by a sign that sorts before all others."""
    parts = [
        f"SELECT {literal(table.path)} AS file, line, {literal(table.primary_key[0])} AS field, "
        f"{quoted(table.primary_key[0])} AS value, "
        f"concat_ws(chr(1), {', '.join(map(quoted, table.primary_key))}) AS key "
        f"FROM raw.{quoted(table.name)}"
        for table in tables
        if not table.is_derived
    ]
    return "CREATE VIEW keys_of_rows AS " + "\nUNION ALL ".join(parts)


def add_uses_of_roles(
    connection: duckdb.DuckDBPyConnection, roles: list[str], files: list[str], lines: list[int]
) -> None:
    """One row a place that asks for a role of data/featured.csv: the role, the file and its line."""
    columns = "unnest(?::VARCHAR[]) AS role, unnest(?::VARCHAR[]) AS file, unnest(?::INTEGER[]) AS line"
    connection.execute(f"CREATE TABLE role_uses AS SELECT {columns}", [roles, files, lines])


def reasons_view(tables: Sequence[Table]) -> str:
    """One row a cell of each column that has a companion `_reason`, with that reason."""
    parts = [
        f"SELECT {literal(table.path)} AS file, line, {literal(name)} AS field, "
        f"{quoted(name)} AS value, {quoted(name + '_reason')} AS reason, "
        f"{literal(', '.join(_words(table, name + '_reason')))} AS reasons FROM raw.{quoted(table.name)}"
        for table in tables
        for name in table.header
        if name + "_reason" in table.header
    ]
    return "CREATE VIEW cells_with_reason AS " + "\nUNION ALL ".join(parts)


def _words(table: Table, name: str) -> list[str]:
    """The words that a column allows."""
    field = next(field for field in table.fields if field.name == name)
    words: list[str] = field.constraints.get("enum", [])
    return words


def row_names(connection: duckdb.DuckDBPyConnection, table: Table, lines: Sequence[int]) -> dict[int, str]:
    """The key of each of these lines, as a person would look for it."""
    key = ", ".join(quoted(name) for name in table.primary_key)
    query = f"SELECT line, concat_ws(' ', {key}) FROM raw.{quoted(table.name)} WHERE list_contains(?, line)"
    return dict(connection.execute(query, [list(lines)]).fetchall())
