"""What the words of a row can be held against: the rows that it refers to, and those that refer to it."""

from collections.abc import Sequence

from scripts.package.contract import Field, Table
from scripts.package.sql import literal, quoted

# Page numbers, addresses and days of reading bear nothing out.
SAY_NOTHING = ("locator", "url", "archived_url", "date_seen", "times_read", "also_fact_ids")
LINES = "0000000000"  # room for the lines of a table in the numbers of its rows
REPEATS = "printing_of"  # the column that leads a printing to its root
# `refers` is one row a reference. So many rows refer to a place or a body (a hub) that to stand near it
# says nothing. Only a row with words of its own is asked about, and has others near it: what it refers to,
# what refers to it, and what those refer to. Where a table only joins two others, the step over it counts
# for nothing; a break stands near the readings of its series and what is linked with them. Readings of one
# source are near each other up to 200 of them: pairs of more say nothing, and would not fit into memory.
NEAR_ROWS = """
WITH refers AS (
    SELECT a.row AS one, a.table_name AS one_table, b.row AS other, b.table_name AS other_table,
        b.table_name IN ('places', 'organisations') AS hub
    FROM main.references_of_rows r
    JOIN main.row_words a ON a.file = r.file AND a.line = r.line
    JOIN main.row_words b ON b.file = r.to_file AND b.key = r.value
), speaks AS (
    SELECT DISTINCT row FROM main.sentences
), own AS (
    SELECT * FROM refers SEMI JOIN speaks ON row = one
), steps AS (
    SELECT one, other, hub, other_table FROM own
    UNION ALL SELECT other, one, false, one_table FROM refers SEMI JOIN speaks ON row = other WHERE NOT hub
), ends AS (
    SELECT a.row AS one, b.row AS other FROM main.links l
    JOIN main.row_words a ON a.table_name = 'reported_values' AND a.key = l.to_id
    JOIN main.row_words b ON b.table_name = 'reported_values' AND b.key = l.from_id
    WHERE l.relation IN ('numerator_of', 'denominator_of', 'earlier_end_of', 'later_end_of')
), joined AS (
    SELECT a.other AS one, b.other FROM refers a SEMI JOIN speaks ON row = a.other
    JOIN refers b ON b.one = a.one
    WHERE a.one_table IN ('article_evidence', 'statement_values', 'limitation_examples')
), of_a_source AS (
    SELECT a.one, a.one_table, b.one AS reading FROM own a
    JOIN refers b ON b.other = a.other AND b.one_table = 'reported_values' WHERE a.other_table = 'sources'
    AND a.other IN (
        SELECT other FROM refers WHERE one_table = 'reported_values' GROUP BY other HAVING count(*) <= 200
    )
), of_a_series AS (
    SELECT a.one, b.one AS reading FROM own a
    JOIN refers b ON b.other = a.other AND b.one_table = 'reported_values'
    WHERE a.one_table = 'series_breaks' AND a.other_table = 'series'
), near AS (
    SELECT one, other FROM steps
    UNION SELECT a.one, b.other FROM steps a JOIN refers b ON b.one = a.other
        WHERE NOT a.hub OR b.other_table = a.other_table
    UNION SELECT a.one, e.other FROM own a JOIN ends e ON e.one = a.other WHERE a.one_table = 'links'
    UNION SELECT j.one, c.other FROM joined j JOIN refers c ON c.one = j.other
    UNION SELECT one, reading FROM of_a_source
        WHERE one_table IN ('reported_values', 'study_facts', 'events', 'not_available')
    UNION SELECT one, reading FROM of_a_series
    UNION SELECT s.one, d.other FROM of_a_series s
        JOIN refers c ON c.other = s.reading AND c.one_table = 'links' JOIN refers d ON d.one = c.one
)
SELECT one, other FROM near WHERE one <> other
"""


def row_words(tables: Sequence[Table]) -> str:
    """One row a row of data/: what stands in its cells, and a number of its own."""
    names = ", ".join(literal(table.name) for _, table in _numbered(tables))
    rows = " UNION ALL ".join(
        f"SELECT {_row(place, table)}, {literal(table.name)} AS table_name, "
        f"{quoted(table.primary_key[0])} AS key, concat_ws(' ', {_words(table)}) AS words "
        f"FROM raw.{quoted(table.name)}"
        for place, table in _numbered(tables)
    )
    return f"SELECT * REPLACE (table_name::ENUM({names}) AS table_name) FROM ({rows})"  # it takes a byte


def _numbered(tables: Sequence[Table]) -> list[tuple[int, Table]]:
    return list(enumerate((table for table in tables if not table.is_derived), start=1))


def _row(place: int, table: Table) -> str:
    return f"{place}{LINES} + line AS row, {literal(table.path)} AS file, line"


def _words(table: Table) -> str:
    return ", ".join(quoted(name) for name in table.header if name not in SAY_NOTHING)


def sentences(tables: Sequence[Table]) -> str:
    """One row a cell of words that a person wrote about other rows.

    Where a further printing has the words of its root, they are asked about there, once.
    """
    return " UNION ALL ".join(
        f"SELECT {_row(place, table)}, {literal(field.name)} AS field, {quoted(field.name)} AS value "
        f"FROM raw.{quoted(table.name)} AS one "
        f"WHERE {quoted(field.name)} IS NOT NULL{_of_its_own(table, field)}"
        for place, table in _numbered(tables)
        for field in table.fields
        if _holds_words(table, field)
    )


def _of_its_own(table: Table, field: Field) -> str:
    """And not what the row that this one is a printing of says too."""
    if REPEATS not in table.header:
        return ""
    key, name = quoted(table.primary_key[0]), quoted(field.name)
    return (
        f" AND NOT EXISTS (SELECT 1 FROM raw.{quoted(table.name)} AS root "
        f"WHERE root.{key} = one.{REPEATS} AND root.{name} = one.{name})"
    )


def _holds_words(table: Table, field: Field) -> bool:
    others = {*table.primary_key, *(key.field for key in table.foreign_keys), *SAY_NOTHING}
    return field.is_free_text and field.name not in others and "pattern" not in field.constraints


def near_rows(tables: Sequence[Table]) -> str:
    """One row a pair of rows that stand near each other; none in a package without links."""
    return NEAR_ROWS if "links" in {table.name for table in tables} else ""
