"""Where sources differ: every disagreement by its kind, the weightiest kind first."""

from scripts.package.files import Row
from scripts.site.lines import Entry, Section, entry
from scripts.site.page_data import PageData
from scripts.site.page_parts import value_link
from scripts.wording.words import by_kind, plain_word


def disagreements(data: PageData) -> list[Section]:
    """Every difference, by kind."""
    return [_kind(data, kind, rows) for kind, rows in by_kind(data.package.rows("conflicts"))]


def _kind(data: PageData, kind: str, rows: list[Row]) -> Section:
    title = f"{plain_word(kind).capitalize()} ({len(rows)})"
    return Section(kind, title, rows=tuple(_difference(data, row) for row in rows))


def _difference(data: PageData, row: Row) -> Entry:
    """Two that differ: which readings, what each has, its quantity or its publisher; and the test of it."""
    root_id, value_id = row["root_id"], row["value_id"]
    one = f": {row['root_has']} – {data.values.label(root_id)}"
    other = f": {row['printing_has']} – {data.values.publisher(value_id)}"
    return entry(
        "",
        (value_link(data, root_id, root_id), one),
        (value_link(data, value_id, value_id), other),
        row["decided_by"],
    )
