"""The page of one document: its figures, with what other sources say about them, and its statements."""

from collections.abc import Iterator

from scripts.package.files import Row
from scripts.package.reading import Reading
from scripts.site import page_parts as parts
from scripts.site.content_nodes import (
    Line,
    Link,
    ListEntry,
    MarkedWords,
    Piece,
    Section,
    join_lines,
    make_list_entry,
    put_in_bold,
)
from scripts.site.page_data import PageData
from scripts.site.value_page import lines_on_disputes_and_statements
from scripts.wording.text_formatting import (
    capitalise_first,
    code_for_readers,
    lowercase_first,
    number_with_noun,
)

KEY = "article_statement_id"
NOTHING = "We found no one who commented on this very figure. The statements above say what else we read."
NOT_SEEN = "We do not know how many people were seen there."


def claims_of_source(data: PageData, source_id: str) -> list[ListEntry]:
    """An entry for each reading of a source that was not withdrawn, in the order of `reported_values`."""
    return [
        _figure_entry(data, reading)
        for reading in data.reading_index.not_withdrawn
        if reading.source_id == source_id
    ]


def _figure_entry(data: PageData, reading: Reading) -> ListEntry:
    """An entry for a figure: its locator, what others say about it, and a sentence to quote."""
    seen: list[Line] = [(NOT_SEEN,)] if reading.is_none_found else []
    found = join_lines([*(list(_lines_on_figure_from_others(data, reading)) or [(NOTHING,)]), *seen], " ")
    where = f" ({reading.locator}; {reading.id}){data.caution_words(reading.id)}"
    also = f" {capitalise_first(told)}." if (told := _other_numbers(data, reading.id)) else ""
    return make_list_entry(
        "",
        (put_in_bold(parts.printed_number_link(data, reading)), where),
        found,
        MarkedWords(data.quotes.sentence_to_quote(reading.id) + also, "quote"),
    )


def _lines_on_figure_from_others(data: PageData, reading: Reading) -> Iterator[Line]:
    """Yield lines on who commented on a figure, which counts differ from it, and how many repeat it."""
    yield from lines_on_disputes_and_statements(data, data.reading(reading.quantity_id))
    if others := [
        other for other in data.finder.mentions_with_same_number(reading) if other is not reading
    ]:
        times = number_with_noun(len(others), "other mention")
        yield (
            f"{times} of the same number{_differing_populations_of_other_mentions(data, reading, others)}.",
        )


def _differing_populations_of_other_mentions(
    data: PageData, reading: Reading, others: list[Reading]
) -> str:
    """Words for the people whom other mentions count, if they differ from those that the reading counts."""
    names = {data.name_of("populations", other.population_id) for other in others}
    same = names & {"", data.name_of("populations", reading.population_id)}
    told = "; ".join(map(lowercase_first, sorted(names - same)))
    return f", {'some of them ' if same else ''}for {told}" if told else ""


# The statements in the document, each with what the data say about it.


def article_statements(data: PageData, source_id: str) -> list[Section]:
    """A section for each statement in a document, in the order of the table `article_statements`."""
    rows = data.rows_with_cell("article_statements", "source_id", source_id)
    return [_statement_section(data, row) for row in rows]


def _speaker_of_statement_words(data: PageData, row: Row) -> str:
    """The speaker of a statement and a colon, put before the statement so that it does not read as ours."""
    return f"{data.name_of('organisations', row['organisation_id']) or 'The newspaper'}: "


def _evidence_for_statement(data: PageData, row: Row) -> list[Row]:
    """The rows of evidence for or against a statement."""
    return data.rows_with_cell("article_evidence", KEY, row[KEY])


def _cautions_for_statement(data: PageData, row: Row) -> str:
    """Cautions about a statement's figures from its own document, and other numbers reported for them."""
    values = [
        evidence["value_id"] for evidence in _evidence_for_statement(data, row) if evidence["value_id"]
    ]
    own = [value_id for value_id in values if data.source(value_id)["source_id"] == row["source_id"]]
    also = [f" – {told}" for value_id in own if (told := _other_numbers(data, value_id))]
    return "".join([*map(data.caution_words, own), *also])


def _other_numbers(data: PageData, quantity_id: str) -> str:
    """The other numbers reported for a figure, perhaps about other people; blank if there are none."""
    rows = data.rows_with_cells(
        "conflicts", value_id=quantity_id, dimension="value", type="other_counter_or_scope"
    )
    main = data.reading(quantity_id)
    others = [data.values.number_with_context(data.reading(row["value_id"]), main) for row in rows]
    return f"also reported: {'; '.join(others)}" if others else ""


def _meaning_of_verdict(data: PageData, row: Row) -> str:
    """A sentence that explains our verdict on a statement, such as “confirmed” or “disputed”."""
    return parts.explanation_of_code(data, "article_statements", "verdict", row["verdict"])


def _statement_section(data: PageData, row: Row) -> Section:
    speaker = data.name_of("organisations", row["organisation_id"]) or "the newspaper itself"
    where = f"{row['locator'].capitalize()}, {speaker}; {row[KEY]}"
    evidence = _evidence_for_statement(data, row)
    found: Line = (
        MarkedWords(_meaning_of_verdict(data, row), "tag"),
        f" {row['finding']}",
        *_absence_links(data, evidence),
    )
    said = (f"{where}. Reported: “{row['words_as_printed']}”{_cautions_for_statement(data, row)}.",)
    bearing = tuple(_evidence_line(data, item) for item in evidence)
    return Section(
        row[KEY], _speaker_of_statement_words(data, row) + row["paraphrase"], (found, said), bearing
    )


def _absence_links(data: PageData, evidence: list[Row]) -> Iterator[Piece]:
    """Yield links to data that were missing when a statement was judged, except any entered since then."""
    for item in evidence:
        key = item["not_available_id"]
        if data.figures.is_absence_worded(key) and (words := str(data.figures.absent(key))):
            yield " "
            yield Link(words, "to-settle/", key)


def _evidence_line(data: PageData, row: Row) -> Line:
    """A line with a link to the figure, study or other row that a row of evidence refers to."""
    if value_id := row["value_id"]:
        words = f"{data.printed(value_id)}, {data.publisher(value_id)}"
        return (parts.reading_link(data, value_id, words), f": {parts.label_with_caution(data, value_id)}.")
    if row["study_id"]:
        return ("The study: ", parts.study_link(data, row["study_id"]), ".")
    if row["report_year"]:
        return _tier_line(data, data.row("tip_tiers", f"{row['place_id']} {row['report_year']}"))
    tables = {key.field: key.table for key in data.contract.table("article_evidence").foreign_keys}
    [name] = [name for name, table in tables.items() if table in parts.LINES and row[name]]
    return parts.LINES[tables[name]](data, data.row(tables[name], row[name]))


def _tier_line(data: PageData, tier: Row) -> Line:
    """A line with a link to a country's tier in the Trafficking in Persons report for one year."""
    where = data.name_of("places", tier["place_id"])
    name = code_for_readers(tier["tier"]).title()
    return (Link(f"{where} in the report of {tier['report_year']}: {name}", "tip-tiers/"), ".")
