"""Parts shared by the pages of quantities, studies and sources: links, limitations, replies, citations."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from urllib.parse import urlsplit

from scripts.package import files
from scripts.package.files import Row
from scripts.package.package import Package
from scripts.package.reading import Reading
from scripts.site.content_nodes import (
    Line,
    Lines,
    Link,
    ListEntry,
    Piece,
    WebLink,
    join_lines,
    make_list_entry,
    put_in_brackets,
)
from scripts.site.page_data import PageData
from scripts.wording import publisher_names
from scripts.wording.text_formatting import (
    capitalise_first,
    code_for_readers,
    date_in_words,
    number_with_noun,
    shorten_text,
)

# What a limitation could do to the share and to the fall, as we code it.
DIRECTIONS = {
    "understates": "the share look smaller",
    "overstates": "the share look larger",
    "understates_fall": "the fall look smaller",
    "overstates_fall": "the fall look larger",
}
# Cells that all rows about one correction share; and cells not shown if the printed number changed too.
ONE_STEP, ENDS = ("version", "date", "kind", "table_name", "row_key", "reason"), ("low", "high")
DONE = {"correction": "corrected", "withdrawal": "withdrawn", "removal": "taken out"}
# Kinds of difference from something that we computed from other figures and that nobody reports.
WORKED_OUT = ("counts", "ends", "parts")


@dataclass(frozen=True)
class PageContent:
    """The content of a page about one quantity, study or source; a section without lines is left out."""

    id: str
    title: str
    description: str
    facts: tuple[tuple[str, Line], ...]  # labelled, at the top of the page
    sections: Mapping[str, Lines]
    rows: tuple[ListEntry, ...]  # its figures, or its mentions
    cites: tuple[str, ...]  # the sources to cite along with this package


Sections = Mapping[str, Callable[..., Iterable[Line]]]


def lines_by_section(
    functions_by_section: Sections, data: PageData, about: Row | Reading
) -> dict[str, Lines]:
    """The lines in each section of a page, made by the section's function."""
    return {name: tuple(lines(data, about)) for name, lines in functions_by_section.items()}


def search_engine_description(text: str) -> str:
    """The description of a page for search engines, cut to 160 characters."""
    return shorten_text(text, 160)


def rows_grouped_by(rows: Iterable[Row], *columns: str) -> list[list[Row]]:
    """The rows in groups that have the same cells in these columns, sorted by these cells."""
    cells = itemgetter(*columns)
    return [list(alike) for _, alike in groupby(sorted(rows, key=cells), key=cells)]


def scope_in_words(package: Package, table: str, row: Row) -> str:
    """The scope of a row: its studies by name, a whole topic, or the reason why no study is named."""
    names = [package.name_of("studies", study_id) for study_id in package.studies_of(table, row)]
    reach = row["reach"]
    return "; ".join(names) or code_for_readers(
        f"topic: {row['topic']}" if reach == "whole_topic" else reach
    )


def links_of_quantity(package: Package, quantity_id: str) -> list[Row]:
    """The links from and to a quantity, each with the id at its other end, except links that we judged."""
    ends = ("from_id", "to_id"), ("to_id", "from_id")
    links = (
        (row, row[there])
        for here, there in ends
        for row in package.rows_with_cell("links", here, quantity_id)
    )
    return [row | {"other": other} for row, other in links if not row["judgement"]]


def reading_link(data: PageData, value_id: str, words: str) -> Link:
    """A link to a reading on its quantity's page."""
    return data.reading_link(value_id, words)


def label_with_caution(data: PageData, value_id: str) -> str:
    """The label of a figure, with its caution if it may not be shown alone."""
    return f"{data.label(value_id)}{data.caution_words(value_id)}"


def organisation_name(data: PageData, row: Row) -> str:
    """The name of the organisation in a row, such as the one that made a study or a statement."""
    return data.name_of("organisations", row["organisation_id"])


def survey_year(data: PageData, value_id: str) -> str:
    """The year in which the fieldwork for a reading's study began."""
    study = data.row("studies", data.reading(value_id).study_id)
    return study["fieldwork"][: len("2015")]


def printed_number_link(data: PageData, reading: Reading) -> Link:
    """A reading's printed words as a link, with the number added if the words are not English."""
    value, is_english = data.value(reading.id), data.source(reading.id)["language"] == "en"
    told = "" if is_english or value.replace(" ", "") in reading.printed.replace(" ", "") else f" ({value})"
    return reading_link(data, reading.id, data.printed(reading.id) + told)


def word_people_if_number_ambiguous(data: PageData, reading: Reading) -> str:
    """The word “people”, if people are counted and the number looks like a year or id; otherwise blank."""
    counts_people = data.row("indicators", reading.indicator_id)["unit"] == "people"
    return " people" if counts_people and reading.printed[-1:].isdecimal() else ""


def reported_numbers_with_mention_counts(data: PageData, main: Reading) -> str:
    """Each number reported for a quantity, and how many mentions give it."""
    times = Counter(data.value(reading.id) for reading in data.reading_index.mentions_of_quantity(main.id))
    return "; ".join(f"{words}: {number_with_noun(number, 'mention')}" for words, number in times.items())


def source_link(source: Row, words: str) -> Link:
    """A link to the page of a source."""
    return Link(words, f"sources/{source['source_id']}/")


def publisher_link(data: PageData, source_id: str) -> Link:
    """The publisher of a source, as a link to the source's page."""
    source = data.row("sources", source_id)
    return source_link(source, source["publisher"])


def study_link(data: PageData, study_id: str) -> Link:
    """The name of a study, as a link to its page."""
    return Link(data.name_of("studies", study_id), f"studies/{study_id}/")


def limitation_link(limitation: Row) -> Link:
    """A link to a limitation in the list of all limitations, by its name."""
    return Link(limitation["name"], "limitations-all/", limitation["limitation_id"])


def is_statement_on_own_figure(data: PageData, statement: Row, quantity_id: str) -> bool:
    """Return whether an organisation comments on its own figure, which does not count as agreement."""
    main = data.reading(quantity_id)
    study = data.row("studies", main.study_id) if main.study_id else {}
    speaker = data.source(main.id)["organisation_id"] if main.is_primary else ""
    whose = study.get("organisation_id", main.credited_to or speaker)
    return statement["organisation_id"] == whose


# In the past tense, so that the verb fits one organisation or several.
BEARINGS = {
    "supports": "pointed the same way as",
    "disputes": "disputed",
    "qualifies": "gave a reason for care with",
    "cites": "cited",
}


def statement_line(data: PageData, said: Row, did: str = "") -> Line:
    """What an organisation said, in our words, and how it relates to a figure or study."""
    told = f", {date_in_words(said['date'])}, our paraphrase and classification"
    there = Link(said["statement_id"], "voices-all/", said["statement_id"])
    return (f"{organisation_name(data, said)}{did}: {said['paraphrase']} ", put_in_brackets(there, told))


def statement_links(speaker: str, statements: list[Row]) -> Line:
    """A speaker, with a link to each of the speaker's statements, labelled with its date."""
    dates = ((date_in_words(row["date"]) or "not dated", row["statement_id"]) for row in statements)
    links = join_lines((Link(date, "voices-all/", key),) for date, key in dates)
    return (f"{speaker} ", put_in_brackets(*links))


def event_line(data: PageData, event: Row) -> Line:
    """What happened, and when."""
    there = Link(event["event_id"], "events/", event["event_id"])
    return (
        f"{date_in_words(event['date']) or 'date not stated'}: {event['text']} ",
        put_in_brackets(there),
    )


def fact_line(data: PageData, fact: Row) -> Line:
    """A fact about how a study was done: study, attribute, the words printed, and the publisher."""
    words = f", {code_for_readers(fact['attribute'])}: “{fact['fact_as_printed']}”, "
    there = f", {fact['locator']} "
    printed_by = publisher_link(data, fact["source_id"])
    return (
        study_link(data, fact["study_id"]),
        words,
        printed_by,
        there,
        put_in_brackets(fact["study_fact_id"]),
    )


def not_available_link(item: Row, words: str) -> Link:
    """A link to an item in the list of what is not available."""
    return Link(words, "to-settle/", item["not_available_id"])


def source_title_link(data: PageData, source_id: str) -> Piece:
    """The title of a source, as a link to where it was published if we know that."""
    source = data.row("sources", source_id)
    return WebLink(source["title"], source["url"]) if source["url"] else source["title"]


def address_and_date_seen(source: Row) -> Line:
    """A document's address, any archived copy, and the date last seen; empty without an address."""
    url, archived = source["url"], source["archived_url"]
    if not url:
        return ()
    copy = (", ", WebLink("archived copy", archived)) if archived else ()
    seen = (f"; last seen: {source['date_seen']}",) if source["date_seen"] else ()
    return (WebLink(urlsplit(url).netloc.removeprefix("www."), url), *copy, *seen)


def credited_body_in_words(data: PageData, body_id: str, lead: str) -> str:
    """The organisation that a source credits, after the words `lead`; blank if it credits none."""
    return (
        lead + publisher_names.organisation_with_article(data.name_of("organisations", body_id))
        if body_id
        else ""
    )


def publisher_of_contradiction_in_words(data: PageData, difference: Row) -> str:
    """The publisher of what contradicts a figure, or words that say that it is our own arithmetic."""
    if difference["dimension"] in WORKED_OUT:
        return "our arithmetic on reported figures"
    return data.publisher(difference["other_id"])


def source_and_credited_body(data: PageData, evidence: str, credited_to: str) -> str:
    """Whose work a source reports, and whom it credits."""
    speaks = data.reading_index.words_for_code("evidence", evidence, "speaks")
    return f"{speaks}{credited_body_in_words(data, credited_to, ', credits ')}."


def explanation_of_code(data: PageData, table: str, column: str, word: str) -> str:
    """The first sentence of a code's explanation in the definition of its column."""
    categories = data.contract.table(table).field_by_name[column].categories
    described = next(category.description for category in categories if category.value == word)
    return described.partition(". ")[0].removesuffix(".") + "."


def population_words(data: PageData, population_id: str, reason: str) -> str:
    """The people whom a reading or study is about or, if they are not known, the reason why not."""
    if not population_id:
        return f"{code_for_readers(reason)}."
    population = data.row("populations", population_id)
    return f"{population['name']}. {population['definition']}"


def age_method_in_words(data: PageData, study: Row) -> str:
    """How age was established in a study."""
    return explanation_of_code(data, "studies", "age_method", study["age_method"])


def effect_in_words(level: str, fall: str) -> str:
    """The effect of a limitation on the share and on the fall; blank if unknown."""
    known = [DIRECTIONS[effect] for effect in (level, fall) if effect in DIRECTIONS]
    return f"Could make {' and '.join(known)}" if known else ""


def limitation_lines(limitations: Iterable[Row]) -> list[Line]:
    """A line of limitations for each direction of effect, as we code it; unknown effects come first."""
    lines: list[Line] = []
    for alike in rows_grouped_by(limitations, "effect_on_level", "effect_on_change"):
        known = effect_in_words(alike[0]["effect_on_level"], alike[0]["effect_on_change"])
        lead: Line = (f"{known} ", put_in_brackets("our classification"), ": ") if known else ()
        lines.append((*lead, *join_lines((limitation_link(row),) for row in alike)))
    return sorted(lines, key=lambda line: isinstance(line[0], str))


def missing_item_line(data: PageData, item: Row) -> Line:
    """A line on something that was looked for and not found."""
    return ("Not available: ", not_available_link(item, item["what"]))


# The functions that turn a row of each table into a line in a list.
LINES: Mapping[str, Callable[[PageData, Row], Line]] = {
    "study_facts": fact_line,
    "statements": statement_line,
    "limitations": lambda _, row: ("A limitation: ", limitation_link(row)),
    "not_available": missing_item_line,
    "events": event_line,
}


def reply_lines(data: PageData, column: str, keys: Iterable[str]) -> Lines:
    """Organisations' replies about values, a study or a statement, depending on `column`."""
    found = [row for key in dict.fromkeys(keys) for row in data.rows_with_cell("replies", column, key)]
    return tuple(reply_line(data, row) for row in found)


def reply_line(data: PageData, reply: Row) -> Line:
    """What an organisation replied, and when."""
    own = Link(reply["reply_id"], "voices-all/", reply["reply_id"])
    there: Line = ("; ", WebLink("where it stands", reply["url"])) if reply["url"] else ()
    told = put_in_brackets(own, ", our paraphrase", *there)
    return (
        f"{organisation_name(data, reply)} replied on {date_in_words(reply['date'])}: {reply['text']} ",
        told,
    )


def history_lines(data: PageData, **keys: Iterable[str]) -> Iterator[Line]:
    """Yield the corrections of published rows; `keys` has the keys of these rows for each table.

    Each line is about one row, and about changes made in the same version for the same reason.
    """
    rows = data.rows("corrections")
    found = [row for row in rows if row["row_key"] in keys.get(row["table_name"], ())]
    for alike in files.group_by_key((tuple(row[name] for name in ONE_STEP), row) for row in found).values():
        yield _correction_line(data, alike)


def _correction_line(data: PageData, rows: Sequence[Row]) -> Line:
    """When, how and why a row was corrected, withdrawn or removed."""
    first, changed = rows[0], {row["field"] for row in rows}
    told = [row for row in rows if "printed" not in changed or row["field"] not in ENDS]
    changes = [_cell_change_words(data, row) for row in told if row["kind"] == "correction"]
    when = f"{capitalise_first(date_in_words(first['date']))}, version {first['version']}"
    words = f"{first['row_key']} was {DONE[first['kind']]}"
    ids = ", ".join(row["correction_id"] for row in rows)
    return (f"{when}: {words}. {' '.join([*changes, first['reason']])} ", put_in_brackets(ids))


def _cell_change_words(data: PageData, row: Row) -> str:
    """A cell before and after, with the title of its column."""
    titles = {
        (table.name, field.name): field.title for table in data.contract.tables for field in table.fields
    }
    title = titles.get((row["table_name"], row["field"]), row["field"])  # the column may be gone
    was, became = (f"“{row[name]}”" if row[name] else "blank" for name in ("was", "became"))
    return f"{title}: {was} became {became}."


def study_facts(data: PageData, studies: Sequence[str], only_source: str = "") -> list[ListEntry]:
    """What sources say about how these studies were done; `only_source` limits this to one source."""
    ids = {data.row("studies", study)["study_id"] for study in studies}
    facts = (fact for fact in data.rows("study_facts") if fact["study_id"] in ids)
    return [_study_fact(data, fact) for fact in facts if only_source in ("", fact["source_id"])]


def _study_fact(data: PageData, fact: Row) -> ListEntry:
    """An entry for a fact as printed, with how much of its source was read."""
    source, study = map(data.row, ("sources", "studies"), (fact["source_id"], fact["study_id"]))
    speaker = fact["credited_to"] if fact["credited_to"] != study["organisation_id"] else ""
    read = source_link(source, code_for_readers(source["read_extent"]))
    where = f", {source['publisher']}; {fact['locator']}. Read: "
    return make_list_entry(
        fact["study_fact_id"],
        study["name"],
        code_for_readers(fact["attribute"]) + credited_body_in_words(data, speaker, ", according to "),
        f"“{fact['fact_as_printed']}”",
        (
            source_title_link(data, fact["source_id"]),
            where,
            read,
            " ",
            put_in_brackets(fact["study_fact_id"]),
        ),
    )
