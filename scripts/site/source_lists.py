"""Lists of what was read: documents with their addresses, studies, and where to report."""

from dataclasses import dataclass

from scripts.package.files import Row
from scripts.site.lines import Entry, Line, Piece, WebLink, entry
from scripts.site.page_data import PageData
from scripts.site.page_parts import source_link, study_link
from scripts.site.value_table import TOPICS
from scripts.wording.words import cell_or_reason, counted, date_words, plain_word


@dataclass(frozen=True)
class Reporting:
    """Where to report: the lines of one body, its page, and when that page was last looked at."""

    lines: list[Row]
    printed_by: str
    page: Piece
    day: str

    @property
    def seen(self) -> str:
        """When the page was last looked at, in words."""
        if self.day:
            return f"That page was last seen on {date_words(self.day)}"
        return "The day on which the page was read was not recorded"


def listed_sources(data: PageData) -> list[Entry]:
    """Every document: by whom, when, of what kind; how much was read, what it prints, and its address."""
    return [_source(data, row) for row in data.package.rows("sources")]


def _source(data: PageData, row: Row) -> Entry:
    date = row["date_published"] or "date not visible"
    about = f"{row['publisher']}; {date}; {plain_word(row['kind'])}; {row['language']}"
    readings = data.package.grouped("reported_values", "source_id", row["source_id"])
    times = len([one for one in readings if one["show"] != "withdrawn"])
    prints = f"; {counted(times, 'reading')}" if times else ""
    read = plain_word(row["read_extent"]) + prints
    return entry(row["source_id"], source_link(row, row["title"]), about, read, _address(row))


def _address(row: Row) -> Line:
    """Where the document lies outside this site, and the day on which it was last seen there."""
    address, archived = row["url"], row["archived_url"]
    if not address:
        return ()
    copy = (", archived: ", WebLink(archived, archived)) if archived else ()
    return (WebLink(address, address), *copy, f"; last seen: {cell_or_reason(row, 'date_seen')}")


def listed_studies(data: PageData) -> list[Entry]:
    """Every study, by the topic of its figures: by whom, where and when; its design, and of whom."""
    standing = data.package.ledger.standing
    first = {
        one.study_id: one.topic for topic in reversed(TOPICS) for one in standing if one.topic == topic
    }
    order = {study_id: TOPICS.index(topic) for study_id, topic in first.items()}
    rows = sorted(data.package.rows("studies"), key=lambda row: order.get(row["study_id"], len(TOPICS)))
    return [_study(data, row) for row in rows]


def _study(data: PageData, row: Row) -> Entry:
    body = data.package.name_of("organisations", row["organisation_id"])
    place = data.package.name_of("places", row["place_id"])
    by_whom = f"{body}; {place}; fieldwork: {cell_or_reason(row, 'fieldwork')}"
    design = f"{plain_word(row['design'])}; {_of_whom(data, row)}"
    return entry(row["study_id"], study_link(data, row["study_id"]), by_whom, design)


def _of_whom(data: PageData, row: Row) -> str:
    """The population of a study and what kind of base it is; why there is none where it names none."""
    if not row["population_id"]:
        return cell_or_reason(row, "population_id")
    population = data.package.row("populations", row["population_id"])
    return f"{population['name']} ({plain_word(population['base_kind'])})"


def where_to_report(data: PageData) -> Reporting:
    """The lines on which anyone can report that a child may be at risk."""
    lines = data.package.rows("helplines")
    first = lines[0]
    source = data.package.row("sources", first["source_id"])
    address = source["url"]
    return Reporting(
        lines=lines,
        printed_by=data.package.name_of("organisations", first["organisation_id"]),
        page=WebLink("reporting page", address) if address else "reporting page",
        day=source["date_seen"],
    )
