"""Where sources differ: contradictions, then what nobody has explained."""

from scripts.package.files import Row
from scripts.site.lines import Entry, Line, Link, Section, entry
from scripts.site.page_data import PageData
from scripts.site.page_parts import against_by, value_link
from scripts.wording.words import by_type, conflict_types, date_words, plain_word, type_words

TOLD = ("contradiction", "not_explained")


def disagreements(data: PageData) -> list[Section]:
    """The differences that a reader should know of, by type; all others stand with their figures."""
    kinds = by_type(data.package.rows("conflicts"))
    return [_type(data, word, rows) for word, rows in kinds if word in TOLD]


def _type(data: PageData, word: str, rows: list[Row]) -> Section:
    title = f"{type_words(word)} ({len(rows)})"
    return Section(word, title, rows=tuple(_difference(data, row) for row in rows))


def event_checks(data: PageData) -> list[Entry]:
    """Pairs of events that say different things of one matter, the weightiest first."""
    told = [row for row in data.package.rows("events") if row["judgement"]]
    weights = [*conflict_types()]
    return [_events(data, row) for row in sorted(told, key=lambda row: weights.index(row["judgement"]))]


def _events(data: PageData, row: Row) -> Entry:
    both = (_event(data, row["event_id"]), _event(data, row["differs_from"]))
    return entry("", *both, f"{type_words(row['judgement'])}: {row['explanation']}")


def _event(data: PageData, event_id: str) -> Line:
    event = data.package.row("events", event_id)
    return (Link(event_id, "response/", event_id), f": {date_words(event['date'])}, {event['title']}")


def _difference(data: PageData, row: Row) -> Entry:
    """Two that differ: which readings, what each has, its quantity or its publisher; and the test of it."""
    root_id, value_id = row["root_id"], row["value_id"]
    one = f": {row['root_has']} – {data.values.label(root_id)}, {data.values.publisher(root_id)}"
    other = f": {row['printing_has']} – {against_by(data, row)}"
    return entry(
        "",
        (value_link(data, root_id, root_id), one),
        (value_link(data, value_id, value_id), other),
        f"{plain_word(row['kind'])}: {row['decided_by']}",
    )
