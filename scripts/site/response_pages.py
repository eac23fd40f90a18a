"""What the page of the response lists: counts by series with their breaks, and events in time."""

from dataclasses import dataclass

from scripts.package.files import Row
from scripts.package.reading import Reading
from scripts.site.lines import Entry, Line, Lines, Link, Marked, entry, strong
from scripts.site.page_data import PageData
from scripts.site.page_parts import document, source_link, token
from scripts.wording.words import by_date, counted, date_words, plain_word, span_words


@dataclass(frozen=True)
class Series:
    """Counts of one kind by one body in order of period, and where they stop being comparable."""

    id: str
    name: str
    span: str
    about: str
    counts: list[Entry]
    breaks: Lines


def all_series(data: PageData) -> list[Series]:
    """Every series: what it counts, its counts, and across which breaks they do not compare."""
    return [_series(data, row) for row in data.package.rows("series")]


def _series(data: PageData, row: Row) -> Series:
    readings = data.package.ledger.series_of(row["series_id"])
    breaks = data.package.grouped("series_breaks", "series_id", row["series_id"])
    body = data.package.name_of("organisations", row["organisation_id"])
    return Series(
        id=row["series_id"],
        name=row["name"],
        span=_span(readings),
        about=f"{row['counts']} Counted by: {body}. {row['caveat']}",
        counts=[_count(data, one) for one in readings],
        breaks=tuple(_break(data, one) for one in by_date(breaks, "at")),
    )


def _span(readings: list[Reading]) -> str:
    """How many counts there are, and from when to when."""
    if not readings:
        return "no counts"
    first, last = (span_words(one.period) or "undated" for one in (readings[0], readings[-1]))
    return f"{counted(len(readings), 'count')}, first {first}, last {last}"


def _count(data: PageData, one: Reading) -> Entry:
    again = "" if one.is_root else f" (prints {one.root_id} again)"
    source = data.values.publisher(one.id) + again
    return entry("", data.values.period(one), token(data, one), one.scope_as_printed, source)


def _break(data: PageData, row: Row) -> Line:
    words = f"{span_words(row['at']) or 'the whole series'}: {row['text']}"
    if not row["source_id"]:
        return (words,)
    return (f"{words} (", document(data, row["source_id"]), f", {row['break_id']})")


def timeline(data: PageData) -> list[Entry]:
    """Every event as a source prints it, the oldest first, those without a date last."""
    return [_event(data, row) for row in by_date(data.package.rows("events"), "date")]


def _event(data: PageData, row: Row) -> Entry:
    source = data.package.row("sources", row["source_id"])
    other = row["same_event_as"]
    line = (
        strong(f"{date_words(row['date']) or 'date not stated'}: {row['title']}."),
        " ",
        Marked(plain_word(row["kind"]), "tag"),
        f" {row['text']} Printed, in short: {row['fact_as_printed']}; ",
        document(data, row["source_id"]),
        f", {source['publisher']} (",
        source_link(source, f"read: {plain_word(source['read_extent'])}"),
        ").",
        *((" The same event as ", Link(other, None, other), ".") if other else ()),
    )
    return entry(row["event_id"], line)
