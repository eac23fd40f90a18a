"""What the words of a row can be held against: the rows that it refers to, and those that refer to it."""

from collections.abc import Sequence

from scripts.package.contract import Field, Table
from scripts.package.sql import literal, quoted

# So many rows refer to a place or a body that being near it says nothing.
HUBS = ("data/places.csv", "data/organisations.csv")


# Page numbers, addresses and days of reading bear nothing out.
SAY_NOTHING = ("locator", "url", "archived_url", "date_seen", "times_read", "also_fact_ids")


def row_words(tables: Sequence[Table]) -> str:
    """One row a row of data/: what stands in its cells, and a number of its own."""
    rows = " UNION ALL ".join(
        f"SELECT {literal(table.path)} AS file, line, {quoted(table.primary_key[0])} AS key, "
        f"concat_ws(' ', {', '.join(quoted(name) for name in table.header if name not in SAY_NOTHING)}) "
        f"AS words FROM raw.{quoted(table.name)}"
        for table in tables
        if not table.is_derived
    )
    return f"SELECT row_number() OVER () AS row, * FROM ({rows})"


def sentences(tables: Sequence[Table]) -> str:
    """One row a cell of words that a person wrote about other rows."""
    return " UNION ALL ".join(
        f"SELECT {literal(table.path)} AS file, line, {literal(field.name)} AS field, "
        f"{quoted(field.name)} AS value FROM raw.{quoted(table.name)} WHERE {quoted(field.name)} IS NOT NULL"
        for table in tables
        if not table.is_derived
        for field in table.fields
        if _holds_words(table, field)
    )


def _holds_words(table: Table, field: Field) -> bool:
    keys = {*table.primary_key, *(key.field for key in table.foreign_keys)}
    return field.is_free_text and field.name not in keys and "pattern" not in field.constraints


def near_rows(tables: Sequence[Table]) -> str:
    """One row a pair of rows: what a row refers to, what refers to it, and what those refer to."""
    if "links" not in {table.name for table in tables}:
        return ""
    hubs = ", ".join(map(literal, HUBS))
    return f"""
WITH to_row AS (
    SELECT a.row AS one, b.row AS other, b.file IN ({hubs}) AS is_hub, b.file AS other_file, a.file AS one_file
    FROM main.references_of_rows r JOIN main.row_words a ON a.file = r.file AND a.line = r.line
    JOIN main.row_words b ON b.file = r.to_file AND b.key = r.value
), steps AS (
    SELECT one, other, is_hub, other_file FROM to_row
    UNION ALL SELECT other, one, false, one_file FROM to_row WHERE NOT is_hub
), shares AS (
    SELECT a.row AS one, b.row AS other FROM main.links l JOIN main.row_words a ON a.file = 'data/reported_values.csv' AND a.key = l.to_id
    JOIN main.row_words b ON b.file = a.file AND b.key = l.from_id WHERE l.relation IN ('numerator_of', 'denominator_of', 'earlier_end_of', 'later_end_of')
), joined AS (
    SELECT a.other AS one, b.other FROM to_row a JOIN to_row b ON b.one = a.one
    WHERE a.one_file IN ('data/claim_values.csv', 'data/article_evidence.csv', 'data/statement_values.csv', 'data/limitation_examples.csv') AND a.other <> b.other
), printings AS (
    SELECT j.one, p.one AS other FROM joined j JOIN to_row p ON p.other = j.other AND p.one_file = p.other_file AND p.one_file = 'data/reported_values.csv'
    WHERE j.one IN (SELECT row FROM main.row_words WHERE file = 'data/claims.csv')
)
SELECT one, other FROM (SELECT one, other FROM steps
UNION SELECT one, other FROM printings
UNION SELECT j.one, c.other FROM (FROM joined UNION ALL FROM printings) j JOIN to_row c ON c.one = j.other
UNION SELECT a.one, b.other FROM steps a JOIN to_row b ON b.one = a.other WHERE NOT a.is_hub OR b.other_file = a.other_file
UNION SELECT a.one, b.other FROM to_row a JOIN shares b ON b.one = a.other WHERE a.one_file = 'data/links.csv'
UNION SELECT a.one, b.one FROM to_row a JOIN to_row b ON b.other = a.other
    WHERE b.one_file = 'data/reported_values.csv' AND (a.one_file IN ('data/reported_values.csv', 'data/study_facts.csv') AND a.other_file = 'data/sources.csv' OR a.one_file IN ('data/events.csv', 'data/not_available.csv') AND a.other_file = 'data/sources.csv'
        OR a.one_file = 'data/series_breaks.csv' AND a.other_file = 'data/series.csv')UNION SELECT j.one, d.one FROM joined j JOIN main.row_words w ON w.row = j.one AND w.file = 'data/claims.csv' JOIN to_row c ON c.one = j.other AND c.other_file = 'data/sources.csv'
    JOIN to_row d ON d.other = c.other AND d.one_file = 'data/reported_values.csv'
UNION SELECT a.one, d.other FROM to_row a JOIN to_row b ON b.other = a.other AND b.one_file = 'data/reported_values.csv'
    JOIN to_row c ON c.other = b.one AND c.one_file = 'data/links.csv' JOIN to_row d ON d.one = c.one WHERE a.one_file = 'data/series_breaks.csv' AND a.other_file = 'data/series.csv'
) WHERE one <> other
"""
