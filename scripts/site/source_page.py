"""The page of one source: what it is, how much of it we read, what it says, and its figures."""

from collections.abc import Iterator
from dataclasses import dataclass

from scripts.package.files import Row
from scripts.package.languages import LANGUAGES
from scripts.site.lines import Entry, Line, Lines, Link, WebLink, aside, entry
from scripts.site.page_data import PageData
from scripts.site.page_parts import (
    Cited,
    cited_package,
    cited_source,
    description,
    document,
    history_lines,
    limitation_link,
    missing_link,
    replies,
    reply_lines,
    source_link,
    speaker,
    statement_link,
    study_link,
    value_link,
)
from scripts.wording.words import begun, date_words, listed, plain_word

EXTENTS = {
    "whole": "all of it",
    "opening": "its beginning; we did not see a figure further on",
    "passages": "the passages that are cited; we did not record whether we read the rest",
    "excerpt": "an excerpt",
    "title_page": "its title page",
}
INDEPENDENCE = {
    "implementer": "A body writes about its own work",
    "government": "A document of the country's own government",
    "foreign_government": "A document of another country's government",
    "independent": "Not written by those whose work it reports",
    "unknown": "We do not know",
}


@dataclass(frozen=True)
class SourcePage:
    """All that the page of a source says, section by section."""

    title: str
    description: str
    what_it_is: tuple[tuple[str, Line], ...]
    beside: Lines  # the documents that it rests on, and those that rest on it
    says: Lines  # apart from readings
    readings: tuple[Entry, ...]
    citations: Cited
    history: Lines
    replies: Lines


def source_page(data: PageData, source: Row) -> SourcePage:
    """Select and word the page of one source."""
    source_id = source["source_id"]
    readings = data.package.grouped("reported_values", "source_id", source_id)
    return SourcePage(
        title=source["title"],
        description=_description(source),
        what_it_is=tuple(_what_it_is(data, source)),
        beside=tuple(_beside(data, source)),
        says=tuple(_says(data, source_id)),
        readings=tuple(_printed(data, row) for row in readings),
        citations=(cited_source(data, source_id), cited_package(data)),
        history=history_lines(data, source_ids=[source_id]),
        replies=reply_lines(data, replies(data, [row["value_id"] for row in readings])),
    )


def _description(source: Row) -> str:
    date = date_words(source["date_published"]) or "date not visible"
    what = "how much of it we read, and the figures that it prints"
    return description(
        f"Source {source['source_id']}: {source['title']}. {source['publisher']}, {date}: {what}"
    )


def _what_it_is(data: PageData, source: Row) -> Iterator[tuple[str, Line]]:
    """Its kind, author and date, how much of it we read, how it stands to the studies, and where it is."""
    date = date_words(source["date_published"]) or f"date {plain_word(source['date_published_reason'])}"
    kind, language = (
        plain_word(source["kind"]).capitalize(),
        LANGUAGES.get(source["language"], source["language"]),
    )
    yield "What it is", (f"{kind} in {language}, {date}",)
    yield "Published by", (source["publisher"],)
    if source["creator"]:
        yield "Author", (source["creator"],)
    yield "How much we read", (EXTENTS[source["read_extent"]],)
    yield "Interest in the result", (_independence(data, source),)
    yield "Address", _where(data, source)


def _beside(data: PageData, source: Row) -> Iterator[Line]:
    """What it rests on, and what rests on it."""
    if source["based_on"]:
        origin = data.package.row("sources", source["based_on"])
        yield ("It says that it takes figures from ", source_link(origin, origin["title"]), ".")
    for other in data.package.grouped("sources", "based_on", source["source_id"]):
        yield ("It is named as the origin by ", source_link(other, other["title"]), ".")


def _independence(data: PageData, source: Row) -> str:
    body = data.package.name_of("organisations", source["organisation_id"])
    own = f"; it is a document of {body}" if body else ""
    return f"{INDEPENDENCE[source['independence']]}{_reports(data, source)}{own}"


def _reports(data: PageData, source: Row) -> str:
    """Whose figures an independent document reports: they are no second count."""
    readings = data.package.grouped("reported_values", "source_id", source["source_id"])
    bodies = {row["credited_to"] for row in readings} - {"", source["organisation_id"]}
    if source["independence"] != "independent" or not bodies:
        return ""
    names = sorted(data.package.name_of("organisations", body) for body in bodies)
    return f", but it reports figures of {listed(names)}"


def _where(data: PageData, source: Row) -> Line:
    """Where it was published; a copy and the day on which it was seen, as far as they are known."""
    archived, read = source["archived_url"], date_words(source["date_copy_read"])
    return (
        document(data, source["source_id"]) if source["url"] else "not recorded",
        *(("; ", WebLink("archived copy", archived)) if archived else ()),
        f"; seen on {date_words(source['date_seen'])}" if source["date_seen"] else "",
        f"; a stored copy read on {read}" if read else "",
    )


def _printed(data: PageData, row: Row) -> Entry:
    """A reading that a source prints: its token, what it is, where it stands, and whom it credits."""
    value_id = row["value_id"]
    label = f"{data.values.label(value_id)}{data.values.caution(value_id)}"
    where = f"{row['locator']}. {speaker(data, row['evidence'], row['credited_to'])}"
    return entry(value_id, value_link(data, value_id, data.values.printed(value_id)), label, where)


def _says(data: PageData, source_id: str) -> Iterator[Line]:
    """All else in the package that comes from a source."""
    for table, line in LINES.items():
        yield from (line(data, row) for row in data.package.grouped(table, "source_id", source_id))


def _study_fact(data: PageData, fact: Row) -> Line:
    what = f", {plain_word(fact['attribute'])}: “{fact['fact_as_printed']}”, {fact['locator']} "
    return ("On the ", study_link(data, fact["study_id"]), what, aside(fact["study_fact_id"]))


def _statement(data: PageData, said: Row) -> Line:
    body = data.package.name_of("organisations", said["organisation_id"])
    return (f"{body}: {said['paraphrase']} ", aside(statement_link(said)))


def _article_statement(_: PageData, row: Row) -> Line:
    key = row["article_statement_id"]
    return (
        f"{begun(row['locator'])}: ",
        Link(row["paraphrase"], "article/", key),
    )


def _speaks_for(data: PageData, row: Row) -> Line:
    body = data.package.name_of("organisations", row["organisation_id"])
    return (f"It speaks for {body} too: {row['reason']}",)


def _event(_: PageData, event: Row) -> Line:
    date = date_words(event["date"]) or "date not stated"
    there = Link(event["event_id"], "response/", event["event_id"])
    return (f"{date}: {event['title']} ", aside(there))


def _tier(data: PageData, cell: Row) -> Line:
    place = Link(data.package.name_of("places", cell["place_id"]), "tip-tiers/", cell["place_id"])
    tier = f", {plain_word(cell['tier_as_stated'])}; {cell['locator']}"
    return (f"TIP report of {cell['report_year']}: ", place, tier)


def _limitation(_: PageData, limitation: Row) -> Line:
    return ("It names a limitation: ", limitation_link(limitation))


def _break(data: PageData, row: Row) -> Line:
    series = Link(data.package.name_of("series", row["series_id"]), "response/", row["series_id"])
    return ("It tells of a break in the series ", series, f": {row['text']}")


def _assumption(_: PageData, row: Row) -> Line:
    what = f"It is behind an assumption: {plain_word(row['parameter'])}, {row['value']} "
    return (what, aside(f"“{row['value_as_printed']}”, {row['locator']}"))


def _missing(_: PageData, item: Row) -> Line:
    return ("It may hold what is not available: ", missing_link(item, item["what"]))


LINES = {
    "study_facts": _study_fact,
    "statements": _statement,
    "article_statements": _article_statement,
    "speaks_for": _speaks_for,
    "events": _event,
    "tip_tier_sources": _tier,
    "limitations": _limitation,
    "series_breaks": _break,
    "assumptions": _assumption,
    "not_available": _missing,
}
