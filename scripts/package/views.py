"""What rules read in place of a list of tables, in SQL made from the contract.

Whoever adds a table to data/ adds it to these views by describing it in `datapackage.json`. Those of cells
have `file`, `line`, `field` and `value`, as a finding needs them.
"""

from collections.abc import Callable, Iterable, Sequence

from scripts.package import meaning
from scripts.package.contract import Field, Table
from scripts.package.sql import literal, quoted

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
# What a view is where no table has such a column: the columns of all of them, and no row.
NOTHING = (
    "SELECT '' AS file, 0 AS line, '' AS field, '' AS value, false AS our_words, '' AS key, "
    "'' AS reason, '' AS reasons, '' AS to_file, '' AS own, '' AS table_name, "
    "[]::VARCHAR[] AS names, []::VARCHAR[] AS cells WHERE false"
)
# Of a row of a study, or about one alone, the cells of the study stand behind its own (their names: `own`).
ROWS_AND_STUDIES = """
WITH alone AS (
    SELECT coalesce(limitation_id, statement_id, not_available_id) AS key, any_value(study_id) AS study
    FROM main.scopes WHERE study_id IS NOT NULL GROUP BY ALL HAVING count(*) = 1
)
SELECT r.table_name, r.file, r.line, r.key, r.names AS own, r.names || coalesce(s.names, []) AS names,
    r.cells || coalesce(s.cells, []) AS cells
FROM main.row_cells r
LEFT JOIN alone a ON list_contains(r.names, 'reach') AND a.key = r.key
LEFT JOIN main.row_cells s
    ON s.table_name = 'studies' AND s.key = coalesce(r.cells[list_position(r.names, 'study_id')], a.study)
"""


def _cells(table: Table, field: str, *more: str) -> str:
    """One row a cell of a column, with more columns."""
    columns = f"{literal(table.path)} AS file, line, {literal(field)} AS field, {quoted(field)} AS value"
    return f"SELECT {', '.join((columns, *more))} FROM raw.{quoted(table.name)}"


def _filled(table: Table, field: str, *more: str) -> str:
    return f"{_cells(table, field, *more)} WHERE {quoted(field)} IS NOT NULL"


def _cells_of(tables: Sequence[Table], holds: Callable[[Field], bool]) -> str:
    """One row a filled cell of each such column of data/, and whether its words are ours."""
    return _all(
        _filled(table, field.name, f"{not field.speaks_for_a_source} AS our_words")
        for table in _entered(tables)
        for field in table.fields
        if holds(field)
    )


def _all(queries: Iterable[str]) -> str:
    return "\nUNION ALL ".join(queries) or NOTHING


def _entered(tables: Sequence[Table]) -> list[Table]:
    return [table for table in tables if not table.is_derived]


def text_cells(tables: Sequence[Table]) -> str:
    """One row a cell of free text in data/, and whether its words are ours."""
    return _cells_of(tables, lambda field: field.is_free_text)


def texts(tables: Sequence[Table]) -> str:
    """Each text once: rules look at it here, and then for its cells. A ledger says one thing many times."""
    return "SELECT value, bool_or(our_words) AS our_words FROM text_cells GROUP BY value"


def keys_of_rows(tables: Sequence[Table]) -> str:
    """One row a row of data/: its key, whose parts are joined by a sign that sorts before all others."""
    return _all(
        _cells(
            table,
            table.primary_key[0],
            f"concat_ws(chr(1), {_key(table)}) AS key",
        )
        for table in _entered(tables)
    )


def references_of_rows(tables: Sequence[Table]) -> str:
    """One row a cell of data/ that holds the key of another row, and the file where that row stands.

    Where a table refers to itself, `own` is the key of the row that the cell stands in.
    """
    paths = {table.name: table.path for table in tables}
    return _all(
        _filled(
            table,
            key.field,
            f"{literal(paths[key.table])} AS to_file",
            f"{quoted(key.key) if key.table == table.name else 'NULL::VARCHAR'} AS own",
        )
        for table in _entered(tables)
        for key in table.foreign_keys
        if key.table in paths
    )


def partial_dates(tables: Sequence[Table]) -> str:
    """One row a cell of data/ that holds a date, which may be known only in part, or a period."""
    return _cells_of(tables, lambda field: field.is_date)


def addresses(tables: Sequence[Table]) -> str:
    """One row a cell of data/ that holds an address on the web."""
    return _cells_of(tables, lambda field: field.is_address)


def cells_with_reason(tables: Sequence[Table]) -> str:
    """One row a cell of each column that has a companion `_reason`, with that reason."""
    return _all(
        _cells(
            table,
            name,
            f"{quoted(reason.name)} AS reason",
            f"{literal(', '.join(reason.words))} AS reasons",
        )
        for table in tables
        for name in table.header
        for reason in table.fields
        if reason.name == f"{name}_reason"
    )


def row_cells(tables: Sequence[Table]) -> str:
    """One row a row of data/: its key as people write it, the names of its columns, and its cells."""
    return _all(
        f"SELECT {literal(table.name)} AS table_name, {literal(table.path)} AS file, line, "
        f"concat_ws(' ', {_key(table)}) AS key, [{', '.join(map(literal, table.header))}] AS names, "
        f"[{', '.join(map(quoted, table.header))}] AS cells FROM raw.{quoted(table.name)}"
        for table in _entered(tables)
    )


def spoken(tables: Sequence[Table]) -> str:
    """One row a cell of free text with its words: in small letters, a blank before and after each."""
    bare = r"' ' || regexp_replace(lower(value), '[^\p{L}\p{N}]+', ' ', 'g') || ' '"
    return f"SELECT file, line, field, value, {bare} AS words FROM ({text_cells(tables)})"


def rows_and_studies(tables: Sequence[Table]) -> str:
    """One row a row of data/, with the cells of its study behind its own."""
    return ROWS_AND_STUDIES if "scopes" in {table.name for table in tables} else NOTHING


def corrected_cells(tables: Sequence[Table]) -> str:
    """One row a cell of each row of data/ that `corrections` speaks of, as it is now; blank is NULL."""
    if "corrections" not in {table.name for table in tables}:
        return NOTHING
    return (
        "SELECT table_name, key, unnest(names) AS field, unnest(cells) AS value FROM row_cells "
        "SEMI JOIN raw.corrections AS told ON told.table_name = row_cells.table_name AND row_key = key"
    )


def _key(table: Table) -> str:
    return ", ".join(map(quoted, table.primary_key))


Query = Callable[[Sequence[Table]], str]
VIEWS: dict[str, Query] = {
    view.__name__: view
    for view in (
        partial_dates,
        addresses,
        cells_with_reason,
        spoken,
        row_cells,
        corrected_cells,
        rows_and_studies,
    )
}
# Views would be slow, but these of a large package would be written down as long as its tables.
LONG = ("text_cells", "keys_of_rows", "references_of_rows")
GATHERED: dict[str, Query] = {
    table.__name__: table
    for table in (
        text_cells,
        texts,
        keys_of_rows,
        references_of_rows,
        meaning.places_within,
        meaning.all_readings,
    )
}
