"""One document: its figures beside what was found on them elsewhere, and its statements one by one."""

from collections.abc import Callable, Iterator

from scripts.package.files import Row
from scripts.package.reading import Reading
from scripts.site import page_parts as parts
from scripts.site.lines import Entry, Line, Lines, Link, Marked, Section, aside, entry, joined, strong
from scripts.site.page_data import PageData
from scripts.wording.words import counted, date_words, inside, plain_word, type_words

AGAINST_ITSELF = ("counts", "ends", "parts", "indicator", "cross_check")  # with other figures, no printings
NOTHING = "No other version and no contradiction was found."
NOT_SEEN = "The number of people seen there was not found."
# Of what each verdict says, the sentence that a reader sees.
VERDICTS = {
    "printed_alike": "Repeated elsewhere, citing the same source",
    "confirmed": "Confirmed by an independent source",
    "fits": "It agrees with what else we read; we found nobody independent who checked it",
    "differs": "Contradicted elsewhere, or inconsistent with the article's own numbers",
    "disputed": "Disputed",
    "not_testable": "Cannot be tested",
    "no_evidence": "No evidence either way",
}


def claims_of_source(data: PageData, source_id: str) -> list[Entry]:
    """The readings of a source that stand, in the order of the ledger."""
    readings = [one for one in data.package.ledger.standing if one.source_id == source_id]
    return [_claimed(data, one) for one in readings]


def _claimed(data: PageData, one: Reading) -> Entry:
    """A figure of the document: where it stands, what was found on it, and its sentence."""
    seen: list[Line] = [(NOT_SEEN,)] if one.qualifier == "none_found" else []
    found = joined([*(list(_found(data, one)) or [(NOTHING,)]), *seen], " ")
    printed = strong(parts.token(data, one)), f" ({one.locator}; {one.id})"
    return entry("", printed, found, Marked(data.quotes.sentence(one.id), "quote"))


def _found(data: PageData, one: Reading) -> Iterator[Line]:
    """What contradicts a figure, what does not follow from it, who spoke on it, and who repeats it."""
    yield from _contradictions(data, one)
    yield from _other_versions(data, one)
    yield from _other_people(data, one)
    yield from _voices(data, one)
    yield from _repetitions(data, one)


def _contradictions(data: PageData, one: Reading) -> Iterator[Line]:
    """Told of both figures, with what the difference means."""
    ends = "root_id", "value_id"
    for row in (row for end in ends for row in data.package.grouped("conflicts", end, one.id)):
        if row["dimension"] in AGAINST_ITSELF:
            what, who = type_words(row["type"]), data.values.publisher(row["root_id"])
            by_us = " by our arithmetic" if row["dimension"] in parts.WORKED_OUT else ""
            yield (f"{what}: {who} reported {row['root_has']}; {row['printing_has']}{by_us}.",)


def _other_versions(data: PageData, one: Reading) -> Iterator[Line]:
    for row in data.package.grouped("conflicts", "root_id", one.root_id):
        if row["dimension"] == "value" and row["value_id"] != one.id:
            publisher = data.values.publisher(row["value_id"])
            yield (f"{publisher} gives “{row['printing_has']}” ({plain_word(row['kind'])}).",)


def _other_people(data: PageData, one: Reading) -> Iterator[Line]:
    rows = data.package.grouped("conflicts", "root_id", one.root_id)
    names = [inside(row["printing_has"]) for row in rows if row["dimension"] == "population"]
    if names:
        yield (f"Other sources give it about other people: {'; '.join(dict.fromkeys(names))}.",)


def _voices(data: PageData, one: Reading) -> Iterator[Line]:
    """Who supports, qualifies or disputes the figure."""
    for row in data.package.scopes("statements", "value_id", one.root_id):
        said = data.package.row("statements", row["statement_id"])
        speaker = data.package.name_of("organisations", said["organisation_id"])
        own = parts.of_its_own(data, said, one.root_id)
        yield (
            f"{speaker}{own} {parts.bore_on_it(row['bearing'])} ",
            aside(parts.statement_link(said), f", {date_words(said['date'])}, our classification"),
            ".",
        )


def _repetitions(data: PageData, one: Reading) -> Iterator[Line]:
    if others := [other for other in data.finder.same_numeral(one) if other is not one]:
        yield (f"{counted(len(others), 'other reading')} of the same number.",)


# Its statements: what the data say of each, and what bears on it.


def article_statements(data: PageData, source_id: str) -> list[Section]:
    """Every statement of a document, in its order."""
    rows = data.package.grouped("article_statements", "source_id", source_id)
    return [_statement(data, row) for row in rows]


def verdicts(data: PageData, source_id: str) -> list[Section]:
    """The statements by verdict, the order being that of the words above."""
    found = {
        word: data.package.matching("article_statements", source_id=source_id, verdict=word)
        for word in VERDICTS
    }
    return [
        Section("", f"{VERDICTS[word]}: {counted(len(rows), 'statement')}", items=_titles(data, rows))
        for word, rows in found.items()
        if rows
    ]


def _titles(data: PageData, rows: list[Row]) -> Lines:
    """What each says, as a link to all that was found, and what must stand beside its figures."""
    page, key = "article-statements/", "article_statement_id"
    return tuple((Link(row["paraphrase"], page, row[key]), _cautions(data, row)) for row in rows)


def _cautions(data: PageData, row: Row) -> str:
    """What must stand beside the figures that a statement itself gives."""
    bearing = data.package.grouped("article_evidence", "article_statement_id", row["article_statement_id"])
    values = [one["value_id"] for one in bearing if one["value_id"]]
    own = [one for one in values if data.values.source(one)["source_id"] == row["source_id"]]
    return "".join(map(data.values.caution, own))


def _statement(data: PageData, row: Row) -> Section:
    key = row["article_statement_id"]
    speaker = data.package.name_of("organisations", row["organisation_id"]) or "the newspaper itself"
    where = f"{row['locator'].capitalize()}, {speaker}; {key}"
    found: Line = (Marked(VERDICTS[row["verdict"]], "tag"), f" {row['finding']}")
    bearing = data.package.grouped("article_evidence", "article_statement_id", key)
    said = (f"{where}. Reported: “{row['words_as_printed']}”{_cautions(data, row)}.",)
    title = f"The article says: {row['paraphrase']}"
    return Section(key, title, (found, said), tuple(_bearing(data, one) for one in bearing))


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
    return (parts.value_link(data, value_id, words), what)


def _fact(data: PageData, fact_id: str) -> Line:
    """What a source prints on how a study was done."""
    fact = data.package.row("study_facts", fact_id)
    source = data.package.row("sources", fact["source_id"])
    what = f"{plain_word(fact['attribute']).capitalize()}: “{fact['fact_as_printed']}” "
    return (what, aside(parts.source_link(source, source["publisher"]), f"; {fact['locator']}; {fact_id}"))


def _said(data: PageData, statement_id: str) -> Line:
    said = data.package.row("statements", statement_id)
    body = data.package.name_of("organisations", said["organisation_id"])
    return (
        f"{body}: {said['paraphrase']} ",
        aside(parts.statement_link(said), f", {date_words(said['date'])}"),
    )


def _limitation(data: PageData, limitation_id: str) -> Line:
    return ("A limitation: ", parts.limitation_link(data.package.row("limitations", limitation_id)), ".")


def _missing(data: PageData, missing_id: str) -> Line:
    item = data.package.row("not_available", missing_id)
    return (f"Not available: {item['what']} ", aside(parts.missing_link(item, missing_id)))


def _event(data: PageData, event_id: str) -> Line:
    event = data.package.row("events", event_id)
    return (f"{event['text']} ", aside(Link(event_id, "events/", event_id)))


def _tier(data: PageData, place_and_year: str) -> Line:
    """The tier of a country in the report of a year."""
    tier = data.package.row("tip_tiers", place_and_year)
    where = data.package.name_of("places", tier["place_id"])
    name = plain_word(tier["tier"]).title()
    return (Link(f"{where} in the report of {tier['report_year']}: {name}", "tip-tiers/"), ".")


WORDED: dict[str, Callable[[PageData, str], Line]] = {
    "value_id": _value,
    "study_id": lambda data, key: ("The study: ", parts.study_link(data, key), "."),
    "study_fact_id": _fact,
    "statement_id": _said,
    "limitation_id": _limitation,
    "not_available_id": _missing,
    "event_id": _event,
    "report_year": _tier,
}
