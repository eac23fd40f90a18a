"""SQL views made from the contract, which rules use instead of listing tables.

A new table in data/ appears in these views as soon as `datapackage.json` describes it. Views of cells have
the columns `file`, `line`, `field` and `value` that a finding needs.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial

from scripts.package.contract import Field, ForeignKey, Table
from scripts.package.sql_quoting import quote_literal, quote_name

Query = Callable[[Sequence[Table]], str]
# All terms in one pattern, as a constant that DuckDB compiles only once. An invalid term is left out; if
# the joined pattern is invalid, it is blank, and every cell is checked.
TERMS_TO_AVOID = """SET VARIABLE terms_to_avoid = (
    WITH joined AS (
        SELECT coalesce('(?i)' || string_agg('(' || pattern || ')', '|'), 'a^') AS pattern FROM main.terms
        WHERE TRY(regexp_matches('', '(?i)' || pattern)) IS NOT NULL
            AND TRY(regexp_matches('', '(?i)(' || pattern || ')')) IS NOT NULL
    )
    SELECT CASE WHEN TRY(regexp_matches('', pattern)) IS NULL THEN '' ELSE pattern END FROM joined
)"""
# The digit zero in each script, from Arabic to full-width.
ZEROS = "٠۰०০੦૦୦௦౦೦൦๐໐༠၀០᠐０"
DIGITS = "".join(chr(ord(zero) + digit) for zero in ZEROS for digit in range(10))
PLAIN = "0123456789" * len(ZEROS)
MARKS, PLAIN_MARKS = "，．％", ",.%"
# Each place with the places that contain it, up to three levels, and its country.
PLACES_WITHIN = """
SELECT p.place_id, p.name, p.level, [p.place_id, p.parent_id, q.parent_id, r.parent_id] AS within,
    list_filter(within, lambda one: one IS NOT NULL AND one <> 'world')[-1] AS country
FROM main.places p
LEFT JOIN main.places q ON q.place_id = p.parent_id
LEFT JOIN main.places r ON r.place_id = q.parent_id
"""
# A number followed by its interval: (95 % CI 1.9-4.8), [112 to 193], IC à 95 % : 3,0-4,9.
INTERVAL = (
    r"([0-9][^(\[]*?) ?(?:"
    r"[(\[][^()\[\]]*[0-9] ?%? ?(?:;|, |[–—-]|to|and|bis|à|a) ?[−–-]?[0-9][^()\[\]]*[)\]]"
    r"|[,;:]? *(?:[0-9]{2} ?% ?)?\b(?:CI|CrI|UI|IC|KI)\b.*)"
)
# Whether a text has an unusual character, a double space or hyphen, or a space at its start or end.
HAS_SIGNS = "regexp_matches(value, '[^A-Za-z0-9.,;() -]|[ -]{2}|^[ -]| $') AS has_signs"
# Each distinct text, with flags for where it occurs. One number with a bit per flag takes a third of the
# time that four aggregates take.
TEXTS = f"""
WITH told AS (SELECT value, bit_or(our_words::INTEGER
    + 2 * (our_words AND file <> 'data/editorial/terms.csv')::INTEGER
    + 4 * (file <> 'data/editorial/terms.csv' OR field <> 'pattern')::INTEGER
    + 8 * (file NOT LIKE 'data/editorial/helplines%')::INTEGER) AS told FROM text_cells GROUP BY value)
SELECT value, told & 1 > 0 AS our_words, told & 2 > 0 AS keeps_to_terms, told & 4 = 0 AS is_pattern,
    told & 8 = 0 AS is_helpline, {HAS_SIGNS} FROM told
"""
# The numbers in a token, with a point as the decimal mark and, for cells, without thousands separators.
NUMBERS = r"""
list_transform(
    regexp_extract_all(regexp_replace(token, '(^|[^0-9.,])[.]([0-9])', '\10.\2', 'g'),
        '[0-9]+(?:[ \x{A0}\x{202F}][0-9]{3}\b)*(?:[.,][0-9]+)*'),
    lambda number: CASE WHEN s.decimal_mark = 'comma' THEN translate(number, '.,', ',.') ELSE number END)
"""
IN_CELLS = r"list_transform({}, lambda number: regexp_replace(number, '[, \x{{A0}}\x{{202F}}]', '', 'g'))"
# A token may use the other decimal mark; but 5.1 is never read as 51, since thousands have three digits.
OTHERWISE = r"""
list_filter(list_transform(numerals, lambda number: translate(number, '.,', ',.')),
    lambda number: NOT regexp_matches(number, ',(?:[0-9]{1,2}|[0-9]{4,})(?:[.]|$)'))
"""
# Each distinct token is parsed only once. Most have one byte per character and need no translation.
# `token_words` is the token in lower case, without an interval after the number, and with 0 for any number.
TOKENS = f"""
SELECT row_number() OVER () AS token_id, printed, s.decimal_mark,
    CASE WHEN strlen(printed) = length(printed) THEN printed
        ELSE translate(printed, '{DIGITS + MARKS}٫٬', '{PLAIN + PLAIN_MARKS}'
            || CASE s.decimal_mark WHEN 'comma' THEN ',.' ELSE '.,' END) END AS token,
    regexp_replace(lower(regexp_replace(token, '{INTERVAL}', '\\1')), '\\d+', '0', 'g') AS token_words,
    {NUMBERS} AS numerals, {IN_CELLS.format("numerals")} AS numbers_printed,
    {IN_CELLS.format(OTHERWISE)} AS numbers_otherwise
FROM main.reported_values LEFT JOIN main.sources s USING (source_id) GROUP BY printed, s.decimal_mark
"""
# Every reading joined to its indicator, place, study and source, so that rules need not do this. Columns
# are left out if only rules on those columns read them.
ALL_READINGS = """
SELECT v.*, i.kind, i.unit, i.direction, w.level AS place_level, w.country,
    t.place_id AS study_place, t.fieldwork, t.organisation_id AS study_body, t.weighting, t.design,
    s.date_published AS published, s.organisation_id AS speaker, p.population_kind,
    try_cast(left(v.period, 4) AS INTEGER) AS from_year,
    try_cast(left(split_part(v.period, '/', -1), 4) AS INTEGER) AS to_year, k.token_id
FROM (FROM main.reported_values SELECT COLUMNS(lambda name: name = 'denominator_reason' OR NOT
    regexp_matches(name, '_reason$|^interval_|^(?:place_basis|scope_as_printed|locator|also_fact_ids)$'))) v
LEFT JOIN main.indicators i USING (indicator_id)
LEFT JOIN places_within w ON w.place_id = v.place_id
LEFT JOIN main.studies t ON t.study_id = v.study_id
LEFT JOIN main.sources s ON s.source_id = v.source_id
LEFT JOIN main.populations p ON p.population_id = v.population_id
LEFT JOIN tokens k ON k.printed = v.printed AND k.decimal_mark IS NOT DISTINCT FROM s.decimal_mark
"""
ROOTS = "FROM all_readings WHERE value_id IN (SELECT DISTINCT mention_of FROM all_readings)"
READ = ("places", "reported_values", "indicators", "studies", "sources", "populations")
# The view if no table has such a column: the columns of all views of cells, but no rows.
NOTHING = (
    "SELECT '' AS file, 0 AS line, '' AS field, '' AS value, false AS our_words, '' AS key, "
    "'' AS reason, '' AS reasons, '' AS to_file, '' AS own, '' AS table_name, "
    "[]::VARCHAR[] AS names, []::VARCHAR[] AS cells WHERE false"
)
# The cells of a row, followed by those of its study if it belongs to one or is about exactly one.
# `own` has the column names of the row itself.
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


def _cells_query(table: Table, field: str, *further_columns: str) -> str:
    """SQL for one row per cell of a column; `further_columns` are SQL expressions to select with it."""
    columns = (
        f"{quote_literal(table.path)} AS file, line, {quote_literal(field)} AS field, "
        f"{quote_name(field)} AS value"
    )
    return f"SELECT {', '.join((columns, *further_columns))} FROM raw.{quote_name(table.name)}"


def _filled_cells_query(table: Table, field: str, *further_columns: str) -> str:
    return f"{_cells_query(table, field, *further_columns)} WHERE {quote_name(field)} IS NOT NULL"


def _selected_cells_query(tables: Sequence[Table], is_selected: Callable[[Field], bool]) -> str:
    """SQL for one row per filled cell of the selected columns; `our_words` is false for sources' words."""
    fields = ((table, field) for table in _entered_tables(tables) for field in table.fields)
    return _union_all(
        _filled_cells_query(table, field.name, f"{not field.holds_source_words} AS our_words")
        for table, field in fields
        if is_selected(field)
    )


def _union_all(queries: Iterable[str]) -> str:
    return "\nUNION ALL ".join(queries) or NOTHING


def _entered_tables(tables: Sequence[Table]) -> list[Table]:
    return [table for table in tables if not table.is_derived]


def _foreign_key_query(table: Table, key: ForeignKey) -> str:
    return f"{quote_name(key.key) if key.table == table.name else 'NULL::VARCHAR'} AS own"


def references_query(tables: Sequence[Table]) -> str:
    """SQL for one row per foreign key cell in data/, with the file of the row that it refers to.

    If a table refers to itself, `own` is the key of the row that holds the cell; otherwise it is NULL.
    """
    paths = {table.name: quote_literal(table.path) for table in tables}
    keys = ((table, key) for table in _entered_tables(tables) for key in table.foreign_keys)
    return _union_all(
        _filled_cells_query(
            table, key.field, f"{paths[key.table]} AS to_file", _foreign_key_query(table, key)
        )
        for table, key in keys
        if key.table in paths
    )


def cells_with_reason_query(tables: Sequence[Table]) -> str:
    """SQL for one row per cell of a column that has a `_reason` column, with the reason in that row."""
    columns = (
        (table, name, table.field_by_name.get(f"{name}_reason"))
        for table in tables
        for name in table.column_names
    )
    return _union_all(
        _cells_query(
            table,
            name,
            f"{quote_name(why.name)} AS reason, {quote_literal(', '.join(why.allowed_codes))} AS reasons",
        )
        for table, name, why in columns
        if why
    )


def row_cells_query(tables: Sequence[Table]) -> str:
    """SQL that gives the readable key, column names and cells of each row of data/."""
    return _union_all(
        f"SELECT {quote_literal(table.name)} AS table_name, {quote_literal(table.path)} AS file, line, "
        f"{_row_key_sql(table, quote_literal(' '))} AS key, ["
        f"{', '.join(map(quote_literal, table.column_names))}] AS names, "
        f"[{', '.join(map(quote_name, table.column_names))}] AS cells FROM raw.{quote_name(table.name)}"
        for table in _entered_tables(tables)
    )


def _query_if_tables_present(names: Collection[str], query: str, otherwise: str = NOTHING) -> Query:
    """The query for a view if the package has all of these tables, and `otherwise` if it lacks one."""
    return lambda tables: query if {*names} <= {table.name for table in tables} else otherwise


def _row_key_sql(table: Table, separator: str) -> str:
    """SQL for the key of a row; the columns of a key of several columns are joined by `separator`."""
    first, *more = map(quote_name, table.primary_key)
    return f"concat_ws({', '.join((separator, first, *more))})" if more else f"coalesce({first}, '')"


# One row per cell of free text in data/, flagged if the wording is ours.
text_cells: Query = partial(_selected_cells_query, is_selected=lambda field: field.is_free_text)
NAMING = ("name", "definition", "what", "what_for", "paraphrase", "finding")
BARE = r"' ' || regexp_replace(lower(value), '[^\p{L}\p{N}]+', ' ', 'g') || ' '"
VIEWS: dict[str, Query] = {
    # One row per cell of data/ that holds a date, a partial date or a period.
    "partial_dates": partial(_selected_cells_query, is_selected=lambda field: field.is_date_or_period),
    # One row per cell of data/ that holds a web address.
    "addresses": partial(_selected_cells_query, is_selected=lambda field: field.is_web_address),
    "cells_with_reason": cells_with_reason_query,
    "text_cells": text_cells,
    # One row per cell of data/ that names, defines or describes what its row is about.
    "names": partial(_selected_cells_query, is_selected=lambda field: field.name in NAMING),
    "locators": partial(_selected_cells_query, is_selected=lambda field: field.name == "locator"),
    # One row per cell of free text, with its words in lower case, each between spaces.
    "spoken": lambda tables: f"SELECT file, line, field, value, {BARE} AS words FROM main.text_cells",
    "references_of_rows": references_query,
    "row_cells": row_cells_query,
    # One row per row of data/, with its own cells followed by those of its study.
    "rows_and_studies": _query_if_tables_present(("scopes",), ROWS_AND_STUDIES),
}
# These are stored as tables, because views would be slow.
GATHERED: dict[str, Query] = {
    # Each distinct text, since many cells repeat a text: rules first search here and then look up the
    # cells.
    "texts": lambda tables: TEXTS,
    # One row per row of data/ with its key; columns are joined by a character that sorts before all others.
    "keys_of_rows": lambda tables: _union_all(
        _cells_query(table, table.primary_key[0], f"{_row_key_sql(table, 'chr(1)')} AS key")
        for table in _entered_tables(tables)
    ),
    # One row per place, with the places that contain it, and its country.
    "places_within": _query_if_tables_present(READ, PLACES_WITHIN, otherwise=""),
    # One row per token, with its digits as 0 to 9 and the numbers in it.
    "tokens": _query_if_tables_present(READ, TOKENS, otherwise=""),
    # One row per reading, with what it refers to and the id of its token.
    "all_readings": _query_if_tables_present(READ, ALL_READINGS, otherwise=""),
    # One row for each reading that others are mentions of, with the same columns as `all_readings`.
    "roots": _query_if_tables_present(READ, ROOTS, otherwise=""),
}
