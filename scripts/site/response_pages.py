"""What the page of the response lists: counts by series with their breaks, and events in time."""

from dataclasses import dataclass

from scripts.package.files import Row
from scripts.package.ledger import Reading
from scripts.site.links import Link
from scripts.site.page_data import PageData
from scripts.site.references import document, source_page, token
from scripts.wording.words import by_date, plain_word


@dataclass(frozen=True)
class Count:
    """One count of a series."""

    period: str
    reading: Link
    of_what: str
    source: str


@dataclass(frozen=True)
class Break:
    """Where counts of a series stop being comparable, and why."""

    id: str
    at: str
    text: str
    document: Link | None


@dataclass(frozen=True)
class Series:
    """Counts of one kind by one body, in the order of their periods."""

    id: str
    name: str
    span: str
    counts_what: str
    counted_by: str
    caveat: str
    counts: list[Count]
    breaks: list[Break]


@dataclass(frozen=True)
class Event:
    """A law, a plan or another event, as a source prints it."""

    id: str
    date: str
    title: str
    kind: str
    text: str
    printed: str
    document: Link
    publisher: str
    read: Link
    same_as: Link | None


def all_series(data: PageData) -> list[Series]:
    """Every series: what it counts, its counts, and across which breaks they do not compare."""
    return [_series(data, row) for row in data.package.rows("series")]


def _series(data: PageData, row: Row) -> Series:
    readings = data.package.ledger.series_of(row["series_id"])
    breaks = data.package.grouped("series_breaks", "series_id", row["series_id"])
    return Series(
        id=row["series_id"],
        name=row["name"],
        span=_span(readings),
        counts_what=row["counts"],
        counted_by=data.package.name_of("organisations", row["organisation_id"]),
        caveat=row["caveat"],
        counts=[_count(data, one) for one in readings],
        breaks=[_break(data, one) for one in by_date(breaks, "at")],
    )


def _span(readings: list[Reading]) -> str:
    """How many counts there are, and from when to when."""
    if not readings:
        return "no counts"
    first, last = (one.period or "undated" for one in (readings[0], readings[-1]))
    return f"{len(readings)} counts, {first} to {last}"


def _count(data: PageData, one: Reading) -> Count:
    again = "" if one.is_root else f" (prints {one.root_id} again)"
    return Count(
        period=data.values.period(one),
        reading=token(data, one),
        of_what=one.row["scope_as_printed"],
        source=data.values.publisher(one.id) + again,
    )


def _break(data: PageData, row: Row) -> Break:
    return Break(
        id=row["break_id"],
        at=row["at"] or "the whole series",
        text=row["text"],
        document=document(data, row["source_id"]) if row["source_id"] else None,
    )


def timeline(data: PageData) -> list[Event]:
    """Every event, the oldest first, those without a date last."""
    return [_event(data, row) for row in by_date(data.package.rows("events"), "date")]


def _event(data: PageData, row: Row) -> Event:
    source = data.package.row("sources", row["source_id"])
    read = f"read: {plain_word(source['read_extent'])}"
    other = row["same_event_as"]
    return Event(
        id=row["event_id"],
        date=row["date"] or "date not stated",
        title=row["title"],
        kind=plain_word(row["kind"]),
        text=row["text"],
        printed=row["fact_as_printed"],
        document=document(data, row["source_id"]),
        publisher=source["publisher"],
        read=source_page(data, row["source_id"], read),
        same_as=Link(other, f"#{other}") if other else None,
    )
