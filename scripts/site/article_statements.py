"""The statements of a document one by one: what it says, what the data say of it, and what bears on it."""

from collections import Counter
from collections.abc import Callable

from scripts.package.files import Row
from scripts.site.lines import Line, Lines, Link, Marked, Section, aside
from scripts.site.page_data import PageData
from scripts.site.page_parts import (
    limitation_link,
    missing_link,
    source_link,
    statement_link,
    study_link,
    value_link,
)
from scripts.wording.words import counted, date_words, plain_word

# Of what each verdict says, the sentence that a reader sees.
VERDICTS = {
    "printed_alike": "Others print the same, of the same origin",
    "confirmed": "An independent body says or counts the same",
    "fits": "It agrees with what else we read; nobody independent has checked it",
    "differs": "Others print it otherwise, or it does not follow",
    "disputed": "It is disputed",
    "not_testable": "It cannot be tested",
    "no_evidence": "No evidence either way",
}


def article_statements(data: PageData, source_id: str) -> list[Section]:
    """Every statement of a document, in its order."""
    rows = data.package.grouped("article_statements", "source_id", source_id)
    return [_statement(data, row) for row in rows]


def verdicts(data: PageData, source_id: str) -> Lines:
    """How many statements have each verdict, the order being that of the words above."""
    rows = data.package.grouped("article_statements", "source_id", source_id)
    times = Counter(row["verdict"] for row in rows)
    return tuple(
        (f"{words}: {counted(times[verdict], 'statement')}.",)
        for verdict, words in VERDICTS.items()
        if times[verdict]
    )


def _statement(data: PageData, row: Row) -> Section:
    key = row["article_statement_id"]
    where = f"{row['locator'].capitalize()}, {_speaker(data, row)}; {key}"
    said = (f"{where}. Printed: “{row['words_as_printed']}”.",)
    found: Line = (Marked(VERDICTS[row["verdict"]], "tag"), f" {row['finding']}")
    bearing = data.package.grouped("article_evidence", "article_statement_id", key)
    title = f"The article says: {row['paraphrase']}"
    return Section(key, title, (found, said), tuple(_bearing(data, one) for one in bearing))


def _speaker(data: PageData, row: Row) -> str:
    """The body that says it, or that the document itself does."""
    body = row["organisation_id"]
    return data.package.name_of("organisations", body) if body else "the newspaper itself"


def _bearing(data: PageData, row: Row) -> Line:
    """What one row of the evidence names, in words that lead there."""
    [column] = [name for name in WORDED if row[name]]
    return WORDED[column](
        data, row[column] if column != "report_year" else f"{row['place_id']} {row[column]}"
    )


def _value(data: PageData, value_id: str) -> Line:
    """A reading with its publisher, and what it is a reading of."""
    words = f"{data.values.printed(value_id)}, {data.values.publisher(value_id)}"
    what = f": {data.values.label(value_id)}{data.values.caution(value_id)}."
    return (value_link(data, value_id, words), what)


def _study(data: PageData, study_id: str) -> Line:
    return ("The study: ", study_link(data, study_id), ".")


def _fact(data: PageData, fact_id: str) -> Line:
    """What a source prints on how a study was done."""
    fact = data.package.row("study_facts", fact_id)
    source = data.package.row("sources", fact["source_id"])
    what = f"{plain_word(fact['attribute']).capitalize()}: “{fact['fact_as_printed']}” "
    return (what, aside(source_link(source, source["publisher"]), f"; {fact['locator']}; {fact_id}"))


def _said(data: PageData, statement_id: str) -> Line:
    said = data.package.row("statements", statement_id)
    body = data.package.name_of("organisations", said["organisation_id"])
    return (f"{body}: {said['paraphrase']} ", aside(statement_link(said), f", {date_words(said['date'])}"))


def _limitation(data: PageData, limitation_id: str) -> Line:
    return ("A limitation: ", limitation_link(data.package.row("limitations", limitation_id)), ".")


def _missing(data: PageData, missing_id: str) -> Line:
    item = data.package.row("not_available", missing_id)
    return (f"Not available: {item['what']} ", aside(missing_link(item, missing_id)))


def _event(data: PageData, event_id: str) -> Line:
    event = data.package.row("events", event_id)
    return (f"{event['text']} ", aside(Link(event_id, "response/", event_id)))


def _tier(data: PageData, place_and_year: str) -> Line:
    """The tier of a country in the report of a year."""
    tier = data.package.row("tip_tiers", place_and_year)
    where = data.package.name_of("places", tier["place_id"])
    name = plain_word(tier["tier"]).title()
    return (Link(f"{where} in the report of {tier['report_year']}: {name}", "tip-tiers/"), ".")


WORDED: dict[str, Callable[[PageData, str], Line]] = {
    "value_id": _value,
    "study_id": _study,
    "study_fact_id": _fact,
    "statement_id": _said,
    "limitation_id": _limitation,
    "not_available_id": _missing,
    "event_id": _event,
    "report_year": _tier,
}
