"""Lists of what was read: documents, studies, addresses outside this site, and where to report."""

from dataclasses import dataclass

from scripts.package.files import Row
from scripts.site.links import Link
from scripts.site.page_data import PageData
from scripts.site.references import document, source_page, study
from scripts.wording.words import cell_or_reason, counted, plain_word


@dataclass(frozen=True)
class ListedSource:
    """A document: by whom, when, of what kind, in which language; how much was read, and what it prints."""

    id: str
    page: Link
    about: str
    read: str


@dataclass(frozen=True)
class ListedStudy:
    """A study: by whom, where and when; its design, and of whom."""

    id: str
    page: Link
    by_whom: str
    design: str


@dataclass(frozen=True)
class OutsideAddress:
    """A document with its address, its archived copy, and when the address was last seen."""

    document: str
    address: str
    archived: str
    last_seen: str


@dataclass(frozen=True)
class OutsideAddresses:
    """Every address outside this site; of so many the day is recorded on which it was last seen."""

    listed: list[OutsideAddress]
    with_day: int


@dataclass(frozen=True)
class Reporting:
    """Where to report: the lines of one body, its page, and when that page was last looked at."""

    lines: list[Row]
    printed_by: str
    page: Link
    checked: str


def listed_sources(data: PageData) -> list[ListedSource]:
    """Every document."""
    return [_source(data, row) for row in data.package.rows("sources")]


def _source(data: PageData, row: Row) -> ListedSource:
    key, date = row["source_id"], row["date_published"] or "date not visible"
    readings = data.package.grouped("reported_values", "source_id", key)
    times = len([one for one in readings if one["show"] != "withdrawn"])
    prints = f"; {counted(times, 'reading')}" if times else ""
    return ListedSource(
        id=key,
        page=source_page(data, key, row["title"]),
        about=f"{row['publisher']}; {date}; {plain_word(row['kind'])}; {row['language']}",
        read=plain_word(row["read_extent"]) + prints,
    )


def listed_studies(data: PageData) -> list[ListedStudy]:
    """Every study, survey and estimate."""
    return [_study(data, row) for row in data.package.rows("studies")]


def _study(data: PageData, row: Row) -> ListedStudy:
    body = data.package.name_of("organisations", row["organisation_id"])
    place = data.package.name_of("places", row["place_id"])
    return ListedStudy(
        id=row["study_id"],
        page=study(data, row["study_id"]),
        by_whom=f"{body}; {place}; fieldwork: {cell_or_reason(row, 'fieldwork')}",
        design=f"{plain_word(row['design'])}; {_of_whom(data, row)}",
    )


def _of_whom(data: PageData, row: Row) -> str:
    """The population of a study and what kind of base it is; why there is none where it names none."""
    if not row["population_id"]:
        return cell_or_reason(row, "population_id")
    population = data.package.row("populations", row["population_id"])
    return f"{population['name']} ({plain_word(population['base_kind'])})"


def outside_addresses(data: PageData) -> OutsideAddresses:
    """The documents whose address is known."""
    rows = [row for row in data.package.rows("sources") if row["url"]]
    return OutsideAddresses(
        listed=[_address(row) for row in rows],
        with_day=len([row for row in rows if row["date_seen"]]),
    )


def _address(row: Row) -> OutsideAddress:
    return OutsideAddress(
        document=f"{row['title']}, {row['publisher']}",
        address=row["url"],
        archived=row["archived_url"],
        last_seen=cell_or_reason(row, "date_seen"),
    )


def where_to_report(data: PageData) -> Reporting:
    """The lines on which anyone can report that a child may be at risk."""
    lines = data.package.rows("helplines")
    first = lines[0]
    checked = "The day on which the page was read was not recorded"
    if first["date_checked"]:
        checked = f"Last checked on {first['date_checked']}"
    return Reporting(
        lines=lines,
        printed_by=data.package.name_of("organisations", first["organisation_id"]),
        page=Link("reporting page", document(data, first["source_id"]).address),
        checked=checked,
    )
