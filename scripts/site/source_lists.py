"""Lists of what was read: documents with their addresses, studies, and where to report."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from scripts.package.files import Row
from scripts.package.languages import LANGUAGES
from scripts.site.finder import Facet, positions
from scripts.site.lines import Entry, Line, Piece, Section, WebLink, entry
from scripts.site.page_data import PageData
from scripts.site.page_parts import source_link, study_link
from scripts.site.value_table import TITLES, TOPICS, Topic
from scripts.wording.naming import with_article
from scripts.wording.words import begun, counted, date_words, plain_word, span_words

ENGLISH = "en"
DESIGNS = {
    "not_read": "We could not see how it was done",
    "other": "Another design",
    "convenience": "People who could be reached, no random sample",
    "respondent_driven": "Respondents brought in others",
    "modelled": "An estimate by a model",
    "venue_count": "A count of venues",
    "time_space_sampling": "A sample of venues and times (time-space sampling)",
}


@dataclass(frozen=True)
class PrintedBy:
    """A body that prints helplines, its page, and when that page was last looked at."""

    name: str
    page: Piece
    day: str

    @property
    def seen(self) -> str:
        """When the page was last looked at, in words."""
        return f"last seen on {date_words(self.day)}" if self.day else "we did not record when we read it"


@dataclass(frozen=True)
class Reporting:
    """Where to report: the lines, the country, and the bodies that print them."""

    lines: list[Row]
    country: str
    printed_by: list[PrintedBy]

    @staticmethod
    def told(line: Row) -> list[str]:
        """When a line answers, what it costs and for whom it is, as far as its source prints that."""
        hours = line["hours_as_printed"] or ("hours not given" if line["channel"] == "telephone" else "")
        whom = f"for {line['for_whom_as_printed']}" if line["for_whom_as_printed"] else ""
        return [words for words in (hours, line["cost_as_printed"], whom) if words]


@dataclass(frozen=True)
class SourceList:
    """All documents, folded by kind, and what they can be filtered by."""

    facets: list[Facet]
    columns: dict[str, tuple[str, str]]
    folds: list[Topic]
    many: int


FACETS = {"kind": "Kind of document", "read": "How much we read", "language": "Language"}
SOURCE_COLUMNS = {
    "what": ("Document", "title"),
    "source": ("Published by", "published by"),
    "when": ("When", "when"),
    "read": ("What we read of it, and what it prints", "what we read"),
    "address": ("Where it is", "where it is"),
}
READ = {
    "opening": "its opening",
    "passages": "some passages",
    "excerpt": "an excerpt",
    "whole": "the whole",
    "title_page": "its title page",
}


def listed_sources(data: PageData) -> SourceList:
    """Every document: by whom, when, of what kind; how much was read, what it prints, and its address."""
    rows = data.package.rows("sources")
    facets = [_facet(rows, name) for name in FACETS]
    folds = [
        Topic(
            key, begun(words), counted(len(some), "document"), [_source(data, facets, row) for row in some]
        )
        for key, words in facets[0].choices
        if (some := [row for row in rows if row["kind"] == key])
    ]
    return SourceList(facets, SOURCE_COLUMNS, folds, len(rows))


def _facet(rows: list[Row], name: str) -> Facet:
    """What can be chosen, by its words."""
    choices = {_keys(row)[name]: _words(row)[name] for row in rows}
    return Facet(name, FACETS[name], sorted(choices.items(), key=lambda choice: choice[1].lower()))


def _keys(row: Row) -> dict[str, str]:
    return {"kind": row["kind"], "read": row["read_extent"], "language": row["language"]}


def _words(row: Row) -> dict[str, str]:
    return {
        "kind": plain_word(row["kind"]),
        "read": READ.get(row["read_extent"], plain_word(row["read_extent"])),
        "language": LANGUAGES.get(row["language"], row["language"]),
    }


def _source(data: PageData, facets: list[Facet], row: Row) -> Entry:
    fits = positions(facets, {name: [key] for name, key in _keys(row).items()})
    readings = data.package.grouped("reported_values", "source_id", row["source_id"])
    times = len([one for one in readings if one["show"] != "withdrawn"])
    prints = f"; {counted(times, 'figure')}" if times else ""
    words = _words(row)
    language = "" if row["language"] == ENGLISH else f", in {words['language']}"
    return entry(
        row["source_id"],
        source_link(row, row["title"]),
        row["publisher"] + language,
        row["date_published"] or "not visible",
        words["read"] + prints,
        _address(row),
        fits=fits,
    )


def _address(row: Row) -> Line:
    """Where the document lies outside this site, and the day on which it was last seen there, if known."""
    address, archived = row["url"], row["archived_url"]
    if not address:
        return ()
    copy = (", ", WebLink("archived copy", archived)) if archived else ()
    seen = (f"; last seen: {row['date_seen']}",) if row["date_seen"] else ()
    return (WebLink(urlsplit(address).netloc.removeprefix("www."), address), *copy, *seen)


def listed_studies(data: PageData) -> list[Section]:
    """Every study, by the topic of its first figure: by whom, where and when; its design, and of whom."""
    standing = data.package.ledger.standing
    first = {
        one.study_id: one.topic for topic in reversed(TOPICS) for one in standing if one.topic == topic
    }
    groups = {topic: TITLES[topic] for topic in TOPICS} | {"": "Those of which we read no figure"}
    rows = data.package.rows("studies")
    found = {topic: [row for row in rows if first.get(row["study_id"], "") == topic] for topic in groups}
    return [
        Section(topic, title, rows=tuple(_study(data, row) for row in found[topic]))
        for topic, title in groups.items()
        if found[topic]
    ]


def _study(data: PageData, row: Row) -> Entry:
    body = data.package.name_of("organisations", row["organisation_id"])
    place = data.package.name_of("places", row["place_id"])
    when = f"fieldwork: {span_words(row['fieldwork'])}" if row["fieldwork"] else "we did not find when"
    design = DESIGNS.get(row["design"], begun(plain_word(row["design"])))
    return entry(
        row["study_id"],
        study_link(data, row["study_id"]),
        f"{body}; {place}; {when}",
        _base(data, row, design),
    )


def _base(data: PageData, row: Row, design: str) -> str:
    """The design of a study and of whom it is, as far as we know either."""
    population = data.package.name_of("populations", row["population_id"])
    return f"{design}. {population}." if population else f"{design}."


def where_to_report(data: PageData) -> Reporting:
    """The lines on which anyone can report that a child may be at risk."""
    lines = data.package.rows("helplines")
    bodies = dict.fromkeys((line["organisation_id"], line["source_id"]) for line in lines)
    country = with_article(data.package.name_of("places", data.package.country))
    return Reporting(lines, country, [_printed_by(data, *body) for body in bodies])


def _printed_by(data: PageData, organisation_id: str, source_id: str) -> PrintedBy:
    source = data.package.row("sources", source_id)
    page: Piece = WebLink(source["title"], source["url"]) if source["url"] else source["title"]
    return PrintedBy(data.package.name_of("organisations", organisation_id), page, source["date_seen"])
