"""The table of all values: its columns, its order, and a row for each reading that stands."""

from collections.abc import Iterator

from scripts.package.ledger import Reading
from scripts.site.lines import Entry, Marked, entry
from scripts.site.page_data import PageData
from scripts.site.page_parts import token

TOPICS = (
    "venue_studies",
    "early_claims",
    "sex_work_counts",
    "not_counted",
    "other_surveys",
    "comparable_studies",
    "global_context",
    "response",
    "assumptions",
)
ROWS_IN_A_PIECE = 10  # a phone lays out only the pieces that it shows


COLUMNS = {  # by their keys for scripts: the heading, and the name where rows are sorted by it
    "number": ("Printed", "number"),
    "what": ("What it is", "what it is"),
    "whom": ("Of whom", "of whom"),
    "place": ("Where", "where"),
    "when": ("When", "when"),
    "source": ("Printed by", "printed by"),
}


def value_pieces(data: PageData) -> Iterator[list[Entry]]:
    """The rows, topic by topic, in pieces."""
    rows = list(_rows(data))
    for start in range(0, len(rows), ROWS_IN_A_PIECE):
        yield rows[start : start + ROWS_IN_A_PIECE]


def _rows(data: PageData) -> Iterator[Entry]:
    for topic in TOPICS:
        some = [one for one in data.package.ledger.standing if one.topic == topic]
        yield from (_row(data, one, "" if number else topic) for number, one in enumerate(some))


def _row(data: PageData, one: Reading, anchor: str) -> Entry:
    """A reading with what it can be filtered by; the first of a topic holds the anchor of the topic."""
    package, values = data.package, data.values
    subject = ", ".join(part for part in values.subject(one.id) if part)
    return entry(
        one.id,
        (Marked(anchor, "anchor") if anchor else "", token(data, one)),
        subject + values.caution(one.id),
        package.name_of("populations", one.population_id) or "not stated",
        package.name_of("places", one.place_id),
        values.period(one),
        values.publisher(one.id),
        number=one.low or one.high,
        **{name: " ".join(keys) for name, keys in data.finder.keys(one.id).items()},
    )
