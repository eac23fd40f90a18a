"""The page of one quantity: a sentence to quote, who disagrees, uncertainty, limitations and mentions.

A section without lines is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from operator import itemgetter

from scripts.package.files import Row, group_by_key
from scripts.package.reading import Reading
from scripts.package.reading_index import ENDS
from scripts.site import page_parts as parts
from scripts.site.content_nodes import (
    Line,
    Link,
    ListEntry,
    MarkedWords,
    Piece,
    join_lines,
    make_list_entry,
    put_in_bold,
    put_in_brackets,
)
from scripts.site.page_data import PageData
from scripts.site.uncertainty import precision_lines, reported_interval_words
from scripts.wording.publisher_names import (
    organisation_with_article,
    phrase_if_partly_read,
    publisher_in_sentence,
)
from scripts.wording.quantity_names import NAMES_PEOPLE, ages_in_words
from scripts.wording.quotable_sentences import LAST
from scripts.wording.reported_by import traceability_sentence
from scripts.wording.text_formatting import (
    capitalise_first,
    code_for_readers,
    date_in_words,
    disagreement_type_words,
    group_disagreements_by_type,
    lowercase_first,
    relation_words,
)

NOTICES = {  # shown in bold if the figure may not be shown alone
    "withdrawn": "Withdrawn.",
    "conflict_only": "Quote it only together with the other reported number.",
    "with_both_denominators": "Quote it only together with the other reported number of people.",
    **{show: words.strip() for show, words in LAST.items()},
}
NOBODY = {
    "not_a_study": "from records or a document, not from a study",
    "no_study_named": "no study is named",
}
WEIGHTY = ("contradiction", "not_explained", "in_tension", "possible_and_odd")
AGAIN = {
    "read": "read again {by}",
    "not_in_reach": "looked up again {by}, who could not reach the passage",
    "not_found": "looked up again {by}, who did not find the document",
}


@dataclass(frozen=True)
class EmbeddableCard:
    """The words on a card to embed: a number, always with its scope, its citation and its limitations."""

    title: str
    value: str
    notice: str
    sentence: str  # blank if the quantity was withdrawn
    source: str
    data_set: str
    limits: tuple[str, ...]

    @property
    def height_in_pixels(self) -> int:
        """A height in pixels that fits the card at widths from 320 to 800, even in a wide font."""
        letters = sum(map(len, (self.title, self.value, self.notice, self.sentence)))
        small_letters = sum(map(len, (self.source, self.data_set, *self.limits)))
        return 265 + round(0.47 * letters + 0.39 * small_letters)

    def iframe_html(self, address: str) -> str:
        """HTML that embeds the card, served at this address, in another page."""
        named = f'src="{escape(address)}" title="{escape(self.title)}"'
        sized = f'width="100%" height="{self.height_in_pixels}" style="border:0"'
        return f'<iframe {named} {sized} loading="lazy"></iframe>'


@dataclass(frozen=True)
class ValuePage(parts.PageContent):
    """Everything on the page of a quantity; its rows are its mentions."""

    value: str
    rounded: str  # the number as people say it; blank if that is no clearer
    byline: Line  # who reported it, and for which study
    related: tuple[ListEntry, ...]  # figures that belong to it
    unrelated: tuple[ListEntry, ...]  # figures that are not comparable with it
    why_kept: Line  # empty unless the quantity was withdrawn
    card: EmbeddableCard
    is_featured: bool  # if it is featured on pages, its card can be embedded


def value_page(data: PageData, main: Reading) -> ValuePage:
    """Everything that the page of a quantity shows, its mentions included."""
    value, about = capitalise_first(data.value(main.id)), embeddable_card(data, main)
    every = data.values.all_mentions(main.id)
    return ValuePage(
        id=main.id,
        title=f"{value} – {lowercase_first(about.title)}",  # the number first, for people who search
        description=parts.search_engine_description(
            about.sentence or f"Withdrawn, do not quote: {about.title}"
        ),
        facts=tuple(_fact_lines(data, main)),
        sections=parts.lines_by_section(SECTIONS, data, main),
        rows=tuple(_mention_entry(data, reading, to_quote=not reading.is_main) for reading in every),
        cites=tuple(
            dict.fromkeys(reading.source_id for reading in data.reading_index.mentions_of_quantity(main.id))
        ),
        value=value,
        rounded=_share_out_of_round_number_in_words(data, main),
        byline=tuple(_byline_pieces(data, main)),
        related=tuple(_related_entries(data, main, are_comparable=True)),
        unrelated=tuple(_related_entries(data, main, are_comparable=False)),
        why_kept=tuple(_reasons_page_stays(data, main)) if main.is_withdrawn else (),
        card=about,
        is_featured=data.is_featured(main),
    )


def embeddable_card(data: PageData, main: Reading) -> EmbeddableCard:
    """The words on the card of one quantity."""
    return EmbeddableCard(
        title=data.label(main.id),
        value="" if main.is_withdrawn else data.value(main.id),
        notice=NOTICES.get(main.show, ""),
        sentence=data.quotes.sentence_to_quote(main.id),
        source="" if main.is_withdrawn else data.cite_source(main.source_id).citation_line,
        data_set=data.cite_package().citation_line,
        limits=tuple(row["name"] for row in limitations(data, main)),
    )


def _reasons_page_stays(data: PageData, main: Reading) -> Iterator[str | Link]:
    """Yield why a withdrawn quantity keeps its page, and a link to the mention that replaces it, if any."""
    kept = "This figure is kept so that links to it still lead here. Do not quote it."
    yield f"{kept} {data.values.why_withdrawn(main.id)}"
    for row in data.rows_with_cells("corrections", field="mention_of", was=main.id, became=""):
        yield " In its place stands "
        yield parts.reading_link(data, row["row_key"], data.label(row["row_key"]))
        yield "."


# The top: what readers ask first, in plain words.


def _share_out_of_round_number_in_words(data: PageData, main: Reading) -> str:
    """A share in everyday words, such as “about 8 in 100”; blank if it was reported in these words."""
    frequency = data.values.natural_frequency(main.id)
    is_same = frequency == data.value(main.id) or f"{frequency} ".startswith(f"about {main.low} in ")
    return "" if is_same else frequency


def _byline_pieces(data: PageData, main: Reading) -> Iterator[Piece]:
    """Yield who reported the figure, when and in which words, its origin, and how many texts give it."""
    source = data.row("sources", main.source_id)
    yield "Reported by "
    yield parts.source_link(source, publisher_in_sentence(source))
    date = date_in_words(source["date_published"]) or "date not visible"
    yield f", {date}: {data.printed(main.id)}{parts.word_people_if_number_ambiguous(data, main)}. "
    yield from _origin_line(data, main)
    yield "" if main.is_withdrawn else _how_often_reported_words(data, main)


def _how_often_reported_words(data: PageData, main: Reading) -> str:
    """How many texts give a number for the quantity, and how many this number; blank for a single text."""
    mentions = data.reading_index.mentions_of_quantity(main.id)
    texts = len({reading.source_id for reading in mentions})
    alike = len(
        {
            reading.source_id
            for reading in mentions
            if reading.number_limits_and_qualifier == main.number_limits_and_qualifier
        }
    )
    if texts > alike:
        others = f", {alike} of them this one" if alike > 1 else "; no other gives this one"
        return f" {texts} texts that we read give a number for this{others}."
    return f" {texts} texts that we read give it." if texts > 1 else ""


def _origin_line(data: PageData, main: Reading) -> Line:
    """The organisation behind a number and its study, or what is known about its origin."""
    if main.study_id:
        body = parts.organisation_name(data, data.row("studies", main.study_id))
        return (
            "Study: ",
            parts.study_link(data, main.study_id),
            f", by {organisation_with_article(body)}.",
        )
    nobody = f"The text names no source{phrase_if_partly_read([data.row('sources', main.source_id)])}"
    body = parts.credited_body_in_words(data, main.credited_to, "A figure of ")
    whose = "A person’s figure" if main.credits_a_person else body or nobody
    return (f"{whose}; {NOBODY[main.study_id_reason]}.",)


def _fact_lines(data: PageData, main: Reading) -> Iterator[tuple[str, Line]]:
    """Yield labelled facts: whom or what the figure is about, its kind, and how age was decided."""
    if main.population_id_reason != "not_applicable":
        name = data.name_of("populations", main.population_id) or "people"
        told = data.rows_by_key("populations").get(main.population_id, {}).get("definition")
        words = told or f"{capitalise_first(code_for_readers(main.population_id_reason))}."
        yield "Of whom" if NAMES_PEOPLE.search(name) else "Of what", (words,)
    if main.is_claim or main.is_estimate:
        yield "Kind of number", (parts.explanation_of_code(data, "reported_values", "nature", main.nature),)
    if main.study_id and ages_in_words(main):
        yield "How age was decided", (parts.age_method_in_words(data, data.row("studies", main.study_id)),)


def _measurement_lines(data: PageData, main: Reading) -> Iterator[Line]:
    """Yield what exactly was measured, and how the number came about."""
    yield (data.row("indicators", main.indicator_id)["definition"],)
    if main.study_id:
        study = data.row("studies", main.study_id)
        yield (f"Design of the study: {code_for_readers(study['design'])}. {study['design_note']}",)
    yield (traceability_sentence(data.values, main.id),)


# Its mentions, side by side.


def _mention_entry(data: PageData, reading: Reading, *, to_quote: bool) -> ListEntry:
    """An entry for one source's mention of a quantity: what it says, where, and about whom.

    Withdrawn mentions are included, because links to them must keep working. If `to_quote`, the entry has
    a sentence to quote; that of the main mention is at the top of the page instead.
    """
    sentence = data.quotes.sentence_to_quote(reading.id) if to_quote else ""
    is_cited = sentence or (reading.is_main and not reading.is_withdrawn)
    cite = (" ", Link("Cite", None, f"cite-{reading.source_id}")) if is_cited else ()
    return make_list_entry(
        reading.id,
        (
            put_in_bold(data.printed(reading.id)),
            *_coded_number_line(data, reading),
            *_withdrawal_line(data, reading),
        ),
        (*_document_and_second_reading_line(data, reading), *cite),
        (_scope_words(data, reading), *((" ", MarkedWords(sentence, "quote")) if sentence else ())),
    )


def _withdrawal_line(data: PageData, reading: Reading) -> Line:
    if not reading.is_withdrawn:
        return ()
    return (" ", put_in_bold("Withdrawn, do not quote."), f" {data.values.why_withdrawn(reading.id)}")


def _coded_number_line(data: PageData, reading: Reading) -> Line:
    is_plain = reading.written_in == "digits" and reading.is_one_exact_number
    also = reading.also_fact_ids.replace(";", ", ")
    return (
        " " if is_plain else f" read as {data.value(reading.id)} ",
        parts.reading_link(data, reading.id, reading.id),
        f" (also {also})" if also else "",
    )


def _document_and_second_reading_line(data: PageData, reading: Reading) -> Line:
    """The document, any second reading of the figure, and what was decided if the two readings differ."""
    source = data.row("sources", reading.source_id)
    date = date_in_words(source["date_published"]) or "date not visible"
    again = data.rows_with_cell("second_readings", "value_id", reading.id)
    return (
        parts.source_title_link(data, reading.source_id),
        f", {source['publisher']}, {date}; {reading.locator}. Read: ",
        parts.source_link(source, code_for_readers(source["read_extent"])),
        *([_second_reading_words(row) for row in again] or ["; read once"]),
        f". {parts.source_and_credited_body(data, reading.evidence, reading.credited_to)}",
    )


def _second_reading_words(row: Row) -> str:
    told = AGAIN[row["reach"]].format(by=f"by a {row['reader']} on {date_in_words(row['date'])}")
    return f"; {told}" + (f" ({row['decision'].rstrip('.')})" if row["decision"] else "")


def _scope_words(data: PageData, reading: Reading) -> str:
    words = f"{data.values.scope_words(reading.id)}. In the source, condensed: {reading.scope_as_printed}"
    return (
        f"{words}. Reported interval: {reported_interval_words(reading)}" if reading.interval_low else words
    )


# Its limits, and what it belongs to.


def _limitation_lines(data: PageData, main: Reading) -> Iterator[Line]:
    """Yield the limitations that can apply to a quantity, and what is not available about its study."""
    for row in data.rows_with_cell("limitation_examples", "value_id", main.id):
        never = ". It is not a count of exploited children, and no share is applied to it."
        limitation = data.row("limitations", row["limitation_id"])
        size = "It shows the size of a group said to have been left out: "
        yield (size, parts.limitation_link(limitation), never)
    yield from parts.limitation_lines(limitations(data, main))
    if main.study_id:
        missing = data.package.rows_applying_to("not_available", "study_id", main.study_id)
        alone = [row for row in missing if len(data.package.studies_of("not_available", row)) == 1]
        if alone:
            yield (
                "Not available: ",
                *join_lines((parts.not_available_link(row, row["what"]),) for row in alone),
            )


def limitations(data: PageData, main: Reading) -> list[Row]:
    """The limitations that apply to a quantity, for whatever reason."""
    found = data.rows_with_cell("value_limitations", "value_id", main.id)
    return [data.row("limitations", row["limitation_id"]) for row in found]


def _related_entries(data: PageData, main: Reading, *, are_comparable: bool) -> Iterator[ListEntry]:
    """Yield the figures linked to this one, with reasons: only those that are, or are not, comparable."""
    links = parts.links_of_quantity(data.package, main.id)
    for link in sorted(links, key=itemgetter("relation")):
        if (link["relation"] != "not_comparable") == are_comparable:
            other, relation = link["other"], relation_words(link["relation"])
            told = (
                f"This figure is {relation} it."
                if other == link["to_id"]
                else f"It is {relation} this one."
            )
            ours = "" if link["basis"] == "as_printed" else " Our judgement."
            name = f"{data.value(other)}, {parts.label_with_caution(data, other)}"
            yield make_list_entry(
                "", parts.reading_link(data, other, name), f"{told} {link['reason']}{ours}"
            )


def _series_and_claim_lines(data: PageData, main: Reading) -> Iterator[Line]:
    """Yield the series and the repeated claims that a quantity is part of."""
    if series := main.series:
        yield ("Series: ", Link(data.name_of("series", series), "series/", series))
    for claim in data.reading_index.claims_of_quantity(main.id):
        yield ("Repeated claim: ", Link(data.name_of("claims", claim), "claims-traced/", claim))


def _history_lines(data: PageData, main: Reading) -> Iterator[Line]:
    sources = {reading.id: reading.source_id for reading in data.values.all_mentions(main.id)}
    keys = {"reported_values": sources, "sources": sources.values(), "studies": [main.study_id]}
    return parts.history_lines(data, **keys)


# Who gives another number, who supports or disputes it, and what was replied.


def lines_on_disputes_and_statements(data: PageData, main: Reading) -> Iterator[Line]:
    """Yield lines on who disputes a figure, serious differences, other statements about it, and replies."""
    yield from _speaker_lines_for_bearing(data, main, "disputes")
    yield from _difference_lines(data, main, weighty=True)
    for bearing in ("qualifies", "supports", "cites"):
        yield from _speaker_lines_for_bearing(data, main, bearing)
    yield from parts.reply_lines(
        data, "value_id", (reading.id for reading in data.values.all_mentions(main.id))
    )


def _speaker_lines_for_bearing(data: PageData, main: Reading, bearing: str) -> Iterator[Line]:
    """Yield a line on who disputes, supports, qualifies or cites a figure, with links to the statements."""
    found = data.rows_with_cells("scopes", value_id=main.id, bearing=bearing)
    rows = [data.row("statements", row["statement_id"]) for row in found if row["statement_id"]]
    if speakers := group_by_key((_speaker_words(data, main, row), row) for row in rows):
        lead = f"{capitalise_first(parts.BEARINGS[bearing])} this figure: "
        yield (lead, *join_lines(parts.statement_links(*speaker) for speaker in speakers.items()))


def _speaker_words(data: PageData, main: Reading, statement: Row) -> str:
    """The organisation that made a statement, with a remark if the figure is credited to it."""
    own = ", to whom it is credited" if parts.is_statement_on_own_figure(data, statement, main.id) else ""
    return f"{parts.organisation_name(data, statement)}{own}"


def _difference_lines(data: PageData, main: Reading, *, weighty: bool) -> Iterator[Line]:
    """Yield lines on how other figures differ from this one: serious ones if `weighty`, or the others."""
    others = [
        _conflict_seen_from_other_side(data, row) for row in _differences_of_other_quantities(data, main)
    ]
    for name, rows in group_disagreements_by_type(
        [*data.rows_with_cell("conflicts", "value_id", main.id), *others]
    ):
        for same in (
            parts.rows_grouped_by(rows, "kind", "value_has") if (name in WEIGHTY) == weighty else ()
        ):
            yield _conflict_line(data, same)


def _differences_of_other_quantities(data: PageData, main: Reading) -> list[Row]:
    """Differences recorded for other quantities that involve this one, or a change from or to it."""
    mentions = data.values.all_mentions(main.id)
    rows = [row for reading in mentions for row in data.rows_with_cell("conflicts", "other_id", reading.id)]
    links = [row for row in data.rows_with_cell("links", "from_id", main.id) if row["relation"] in ENDS]
    changes = [row for link in links for row in data.rows_with_cell("conflicts", "value_id", link["to_id"])]
    rows += [row for row in changes if row["dimension"] == "ends" and row not in rows]
    return [row for row in rows if data.reading(row["value_id"]).quantity_id != main.id]


def _conflict_seen_from_other_side(data: PageData, row: Row) -> Row:
    """A row of `conflicts` with its two sides exchanged; `whose` is the label of the former first side."""
    ends = {"value_id": row["other_id"], "other_id": row["value_id"]}
    told = {"value_has": row["other_has"], "other_has": row["value_has"]}
    return row | ends | told | {"whose": data.label(row["value_id"])}


def _conflict_line(data: PageData, same: list[Row]) -> Line:
    """A line for those rows of `conflicts` that are of one kind and give the quantity the same number."""
    first = same[0]
    kind = "" if first["kind"] == "judged" else f" ({code_for_readers(first['kind'])})"
    here = f"“{first['value_has']}”{_noun_of_what_is_counted(data, first, 'value_id')}"
    deciders = " ".join(dict.fromkeys(_reason_for_difference_in_words(row) for row in same))
    return (
        f"{disagreement_type_words(first['type'])}{kind}: {here}, against ",
        *join_lines(_other_number_line(data, alike) for alike in parts.rows_grouped_by(same, "other_has")),
        f". {deciders}",
    )


def _reason_for_difference_in_words(row: Row) -> str:
    """A sentence with the reason for a difference: the test that found it, or our own judgement."""
    reason = row["decided_by"]
    return f"Our judgement: {reason}" if row["kind"] == "judged" else f"The reason: {reason}."


def _other_number_line(data: PageData, alike: list[Row]) -> Line:
    """One of the other numbers, with links to the mentions that give it."""
    who = join_lines(
        (
            parts.reading_link(
                data,
                row["other_id"],
                row.get("whose") or parts.publisher_of_contradiction_in_words(data, row),
            ),
        )
        for row in alike
    )
    return (
        f"“{alike[0]['other_has']}”{_noun_of_what_is_counted(data, alike[0], 'other_id')} ",
        put_in_brackets(*who),
    )


def _noun_of_what_is_counted(data: PageData, row: Row, end: str) -> str:
    """The word “people” if a number in a difference might be misread without it; otherwise blank."""
    return (
        parts.word_people_if_number_ambiguous(data, data.reading(row[end]))
        if row["dimension"] == "value"
        else ""
    )


SECTIONS: parts.Sections = {
    "asked": _measurement_lines,
    "how_sure": precision_lines,
    "leaves_out": _limitation_lines,
    "voices": lines_on_disputes_and_statements,
    "told_otherwise": partial(_difference_lines, weighty=False),  # two figures that can both be true
    "belongs_to": _series_and_claim_lines,
    "history": _history_lines,
}
