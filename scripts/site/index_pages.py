"""What the index pages list: all values, documents and studies, and the figures to quote."""

from collections.abc import Iterator
from urllib.parse import urlencode

from markupsafe import Markup

from scripts.package.files import Row, group_by_key
from scripts.package.gap_answers import WHOLE
from scripts.package.reading import Reading
from scripts.package.shared_words import language_names
from scripts.site.content_nodes import (
    Line,
    ListEntry,
    MarkedWords,
    Section,
    make_list_entry,
    put_in_brackets,
)
from scripts.site.page_data import PageData
from scripts.site.page_parts import (
    address_and_date_seen,
    not_available_link,
    organisation_name,
    printed_number_link,
    reading_link,
    source_link,
    study_link,
)
from scripts.site.table_filters import Facet, positions_of_choices
from scripts.wording.quantity_names import place_with_article
from scripts.wording.text_formatting import (
    capitalise_first,
    code_for_readers,
    escape_html_and_markdown,
    lowercase_first,
    number_with_noun,
    period_in_words,
)

TITLES = {
    "venue_studies": "The surveys of venues",
    "early_claims": "Claims and early counts, most with no stated method",
    "sex_work_counts": "People in the sex trade in {country}, of any age",
    "not_counted": "Groups the surveys may have missed: on the street, in poor communities, in care",
    "other_surveys": "Other surveys in {country}, such as household surveys",
    "comparable_studies": "Studies of other countries",
    "global_context": "Estimates for the world and for whole countries",
    "response": "The response: police, courts, organisations, hotlines",
    "assumptions": "Figures used in “what if” calculations, for example on how well people judge age",
}
TOPICS = tuple(TITLES)
FACETS = {  # what documents can be filtered by, and by which column
    "kind": ("Kind of document", "kind"),
    "read": ("How much we read", "read_extent"),
    "language": ("Language", "language"),
}
LESS_EXACT = ("rounding", "truncation", "rough_wording")  # the same number, stated less exactly


def value_topics(data: PageData) -> list[Section]:
    """An entry for each reading that was not withdrawn, in sections by topic."""
    rows = group_by_key(
        (reading.topic, _value_entry(data, reading)) for reading in data.reading_index.not_withdrawn
    )
    return [Section(key, topic_title(data, key), rows=tuple(rows[key])) for key in TOPICS if rows[key]]


def synonym_sets(data: PageData) -> str:
    """Sets of synonyms for the search script: `|` separates sets, and semicolons separate their terms."""
    return "|".join(row["terms_as_typed"] for row in data.rows("synonyms"))


def link_to_matching_values(data: PageData, words: str, **chosen: str) -> Markup:
    """The number of figures that match the choices, as a link to them in All values if there are any."""
    listed_already = data.rows_by_key("values")  # lacks rows that were only just entered
    standing = [figure for figure in data.reading_index.not_withdrawn if figure.id in listed_already]
    keys = [data.finder.filter_keys_of_reading(figure.id) for figure in standing]
    many = len([choices for choices in keys if all(key in choices[facet] for facet, key in chosen.items())])
    told = escape_html_and_markdown(f"{number_with_noun(many, 'figure')} {words}")
    address = f"{data.base}values/?{urlencode(chosen)}"
    return Markup('<a href="{}">{}</a>').format(address, told) if many else told


def topic_title(data: PageData, topic: str) -> str:
    """The heading for a topic, with the country's name filled in."""
    country = place_with_article(data.name_of("places", data.country))
    return TITLES[topic].format(country=country)


def _value_entry(data: PageData, reading: Reading) -> ListEntry:
    """An entry for a reading, with its choices in the filters."""
    package, values = data.package, data.values
    subject = ", ".join(part for part in values.measure_ages_and_sex(reading.id) if part)
    caution = values.caution_words(reading.id)
    return make_list_entry(
        reading.id,
        printed_number_link(data, reading),
        (
            subject + caution,
            MarkedWords(f" In the source: {reading.scope_as_printed}.", "scope"),
        ),
        package.name_of("populations", reading.population_id) or "not stated",
        package.name_of("places", reading.place_id),
        values.period_words(reading),
        values.publisher(reading.id),
        number=reading.low or reading.high,
        fits=positions_of_choices(data.finder.facets, data.finder.filter_keys_of_reading(reading.id)),
        **({"caution": ""} if caution else {}),
    )


def listed_sources(data: PageData) -> tuple[list[Facet], list[Section]]:
    """The filters for documents, and an entry for each document, in sections by kind.

    The kinds are in the order of the data dictionary. An entry gives the document's publisher and date, how
    much of it was read, how many figures it prints, and its address.
    """
    rows = data.rows("sources")
    facets = [_make_facet_of_column(rows, name, *words) for name, words in FACETS.items()]
    folds = group_by_key((row["kind"], _source_entry(data, facets, row)) for row in rows)
    kinds = data.contract.table("sources").field_by_name["kind"].label_by_code
    names = {
        key: capitalise_first(f"{_language_name_or_code_label(key)}s".replace("ys", "ies"))
        for key in kinds
        if folds[key]
    }
    return facets, [Section(key, name, rows=tuple(folds[key])) for key, name in names.items()]


def _make_facet_of_column(rows: list[Row], name: str, label: str, column: str) -> Facet:
    """A filter whose choices are the different values in a column, sorted by label."""
    choices = {row[column]: _language_name_or_code_label(row[column]) for row in rows}
    return Facet(name, label, sorted(choices.items(), key=lambda choice: choice[1].lower()))


def _language_name_or_code_label(cell: str) -> str:
    """The name of a language if the cell contains its code; otherwise the code in readable words."""
    return language_names().get(cell, code_for_readers(cell))


def _source_entry(data: PageData, facets: list[Facet], row: Row) -> ListEntry:
    readings = data.rows_with_cell("reported_values", "source_id", row["source_id"])
    times = len([reading for reading in readings if reading["show"] != "withdrawn"])
    prints = f"; {number_with_noun(times, 'figure')}" if times else ""
    language = "" if row["language"] == "en" else f", in {_language_name_or_code_label(row['language'])}"
    return make_list_entry(
        row["source_id"],
        source_link(row, row["title"]),
        row["publisher"] + language,
        row["date_published"] or "not visible",
        _language_name_or_code_label(row["read_extent"]) + prints,
        address_and_date_seen(row),
        fits=positions_of_choices(facets, {name: [row[column]] for name, (_, column) in FACETS.items()}),
    )


def listed_studies(data: PageData) -> list[Section]:
    """An entry for each study, in sections by topic: who did it, where and when, about whom, and how.

    A study is listed under the first topic that one of its figures has; studies with no figure come last.
    """
    standing = data.reading_index.not_withdrawn
    first = {
        reading.study_id: reading.topic
        for topic in reversed(TOPICS)
        for reading in standing
        if reading.topic == topic
    }
    titles = {topic: topic_title(data, topic) for topic in TOPICS}
    titles["assumptions"] = titles["assumptions"].replace("Figures", "Studies")
    titles[""] = "Studies we list but take no figure from"
    rows = data.rows("studies")
    found = group_by_key((first.get(row["study_id"], ""), _study_entry(data, row)) for row in rows)
    return [Section(key, title, rows=tuple(found[key])) for key, title in titles.items() if found[key]]


def _study_entry(data: PageData, row: Row) -> ListEntry:
    when = period_in_words(row["fieldwork"]) or "we do not know when"
    population = data.name_of("populations", row["population_id"])
    whom = (
        f"{capitalise_first(lowercase_first(population).removeprefix('surveyed '))}. " if population else ""
    )
    return make_list_entry(
        row["study_id"],
        study_link(data, row["study_id"]),
        f"{organisation_name(data, row)}; {data.name_of('places', row['place_id'])}. Fieldwork: {when}.",
        f"{whom}{row['design_note']}",
    )


def quote_table(data: PageData) -> list[ListEntry]:
    """An entry for each figure that answers a question, or for a question whose answer was not found."""
    questions = data.contract.table("featured").field_by_name["quote_for"].label_by_code
    return [
        answer for word, question in questions.items() for answer in _answer_entries(data, word, question)
    ]


def _answer_entries(data: PageData, word: str, question: str) -> Iterator[ListEntry]:
    for row in data.featured_roles.role_rows_quoted_for(word):
        if row["not_available_id"]:
            if (row["not_available_id"], WHOLE) not in data.figures.answers:
                yield make_list_entry(
                    "", question, "We found none", _missing_answer_line(data, row["not_available_id"])
                )
            continue
        reading = data.reading(row["value_id"])
        yield make_list_entry(
            "", question, _printed_number_line(data, reading), _sentence_line(data, reading)
        )
        for other in _other_numbers(data, reading):
            yield make_list_entry(
                "",
                f"{question}, another number",
                _printed_number_line(data, other),
                _sentence_line(data, other),
            )


def _other_numbers(data: PageData, reading: Reading) -> list[Reading]:
    """One reading for each other number that is given for the same quantity.

    A range or a bound counts as another number, but a less exact version of the same number does not.
    """
    others = [
        data.reading(row[there])
        for here, there in (("value_id", "other_id"), ("other_id", "value_id"))
        for row in data.rows_with_cell("conflicts", here, reading.id)
        if row["dimension"] == "value" and row["kind"] not in LESS_EXACT
    ]
    apart = [
        other
        for other in others
        if other.quantity_id == reading.quantity_id and not data.values.nearly_or_just_over(other)
    ]
    by_number = {(other.low, other.high): other for other in reversed(apart)}
    return sorted(by_number.values(), key=lambda other: other.id)


def _printed_number_line(data: PageData, reading: Reading) -> Line:
    words = f"{data.printed(reading.id)}, {data.publisher(reading.id)}"
    return (reading_link(data, reading.id, words), data.caution_words(reading.id))


def _sentence_line(data: PageData, reading: Reading) -> Line:
    sentence = data.quotes.sentence_to_quote(reading.id)
    return (MarkedWords(sentence, "quote"),) if sentence else ("It was withdrawn.",)


def _missing_answer_line(data: PageData, missing_id: str) -> Line:
    item = data.row("not_available", missing_id)
    words = f"The data set's authors did not find {lowercase_first(item['what'])}. "
    return (words, put_in_brackets(not_available_link(item, missing_id)))
