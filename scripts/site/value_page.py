"""The page of one quantity: its facts, a sentence to quote, how sure it is, its limits, and other voices.

A section that would have nothing to say is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from scripts.package.files import Row
from scripts.package.reading import Reading
from scripts.site.how_sure import how_sure, scenarios
from scripts.site.lines import Entry, Line, Lines, Link, aside, joined
from scripts.site.page_data import PageData
from scripts.site.page_parts import (
    Cited,
    cited_package,
    cited_source,
    description,
    grouped_by,
    history_lines,
    limit_lines,
    limitation_link,
    missing_lines,
    noun,
    related,
    study_link,
    value_link,
)
from scripts.site.printings import printings_to_quote
from scripts.site.result_tables import hypotheses
from scripts.site.value_facts import facts
from scripts.site.voices import between_printings, told_otherwise, voices
from scripts.wording.citations import Citation
from scripts.wording.reported_by import credit_words
from scripts.wording.words import begun, counted, inside, plain_word, relation_words

WITHDRAWN = "Withdrawn."
NOTICES = {  # said in bold wherever the figure may not stand alone
    "withdrawn": WITHDRAWN,
    "conflict_only": "Quote it only together with the other printed number.",
    "with_both_denominators": "Quote it only together with the other printed number of people.",
    "retrospective_only": "It looks back on childhood: not a share of children today.",
    "no_trend": "Editions of this estimate are not a trend.",
}
HEADINGS = {  # of the quantities that a relation joins, at either end of it
    "denominator_of": "Share and base",
    "numerator_of": "Share and count",
    "earlier_end_of": "Change and its earlier end",
    "later_end_of": "Change and its later end",
    "part_of": "Whole and part",
    "same_by_other_method": "The same, by another method",
}


@dataclass(frozen=True)
class Relation:
    """The quantities that stand in one relation to this one, folded under a heading."""

    heading: str
    lines: Lines


@dataclass(frozen=True)
class Card:
    """What a card to embed says: never the number without whom it is of, its citation and its limits."""

    title: str
    value: str
    notice: str
    sentence: str
    source: str
    data_set: str
    limits: tuple[str, ...]

    @property
    def height(self) -> int:
        """Pixels that hold it at each width from 320 to 800, even in letters as wide as DejaVu Sans."""
        letters = sum(map(len, (self.title, self.value, self.notice, self.sentence)))
        small_letters = sum(map(len, (self.source, self.data_set, *self.limits)))
        return 265 + round(0.47 * letters + 0.39 * small_letters)

    def frame(self, address: str) -> str:
        """The HTML that shows the card, which stands at the address, in another page."""
        named = f'src="{escape(address)}" title="{escape(self.title)}"'
        return (
            f'<iframe {named} width="100%" height="{self.height}" style="border:0" loading="lazy"></iframe>'
        )


@dataclass(frozen=True)
class ValuePage:
    """All that the page of a quantity says, section by section; what is empty does not appear."""

    id: str
    title: str  # the number first, as those who search see it
    description: str
    value: str
    name: str
    facts: tuple[tuple[str, Line], ...]
    notice: str
    why_kept: Line  # empty for a quantity that stands
    sentence: str  # blank for one that was withdrawn
    asked: Lines
    found: Lines  # each number, where more than one is printed
    how_sure: Lines
    scenarios: Lines
    leaves_out: Lines
    voices: Lines
    told_otherwise: Lines
    between: Lines  # two printings, neither of them the root, with two numbers
    is_explained: bool  # a mismatch with counts for which there are hypotheses
    printings: tuple[Entry, ...]
    of_printings: str
    relations: tuple[Relation, ...]
    belongs_to: Lines
    how_to_cite: str
    citations: Cited
    history: Lines
    card: Card


def value_page(data: PageData, root: Reading) -> ValuePage:
    """Select and word the page of one quantity."""
    value, about = begun(data.values.value(root.id)), card(data, root)
    return ValuePage(
        id=root.id,
        title=f"{value} – {inside(about.title)}",
        description=description(about.sentence or f"Withdrawn, do not quote: {about.title}"),
        value=value,
        name=about.title,
        facts=tuple(facts(data, root)),
        notice=about.notice,
        why_kept=tuple(_why_kept(data, root)) if root.is_withdrawn else (),
        sentence=about.sentence,
        asked=tuple(_asked(data, root)),
        found=tuple(_found(data, root)),
        how_sure=tuple(how_sure(data, root)),
        scenarios=tuple(scenarios(data, root)),
        leaves_out=tuple(_leaves_out(data, root)),
        voices=tuple(voices(data, root)),
        told_otherwise=tuple(told_otherwise(data, root)),
        between=tuple(between_printings(data, root)),
        is_explained=bool(hypotheses(data.package, root.id)),
        printings=printings_to_quote(data, root.id),
        of_printings=_of_printings(data, root),
        relations=tuple(_relations(data, root)),
        belongs_to=tuple(_belongs_to(data, root)),
        how_to_cite=_how_to_cite(data, root),
        citations=tuple(_citations(data, root)),
        history=_history(data, root),
        card=about,
    )


def card(data: PageData, root: Reading) -> Card:
    """Word the card of one quantity."""
    is_gone = root.is_withdrawn
    return Card(
        title=data.values.label(root.id),
        value="" if is_gone else data.values.value(root.id),
        notice=NOTICES.get(root.show, ""),
        sentence=data.quotes.sentence(root.id),
        source="" if is_gone else data.cite_source(root.source_id).text,
        data_set=data.cite_package().text,
        limits=tuple(row["name"] for row in limitations(data, root)),
    )


def _why_kept(data: PageData, root: Reading) -> Iterator[str | Link]:
    """Why the page stays, and which of its printings defines the quantity since, as corrections tell."""
    kept = "This figure is kept so that links to it still lead here. Do not quote it."
    yield f"{kept} {data.values.why_withdrawn(root.id)}"
    for row in data.package.rows("corrections"):
        if (row["field"], row["was"], row["became"]) == ("printing_of", root.id, ""):
            yield " In its place stands "
            yield value_link(data, row["row_key"], data.values.label(row["row_key"]))
            yield "."


def _asked(data: PageData, root: Reading) -> Iterator[Line]:
    """What exactly was measured, and how the number came about."""
    yield (data.package.row("indicators", root.indicator_id)["definition"],)
    weighted = "" if root.weighted == "not_applicable" else f" Weighted: {plain_word(root.weighted)}."
    yield (f"How the number came about: {root.nature}.{weighted}",)
    if root.study_id:
        study = data.package.row("studies", root.study_id)
        yield (f"Design of the study: {plain_word(study['design'])}. {study['design_note']}",)
    yield (credit_words(data.values, root.id),)
    read = data.values.read_words(root.id)
    yield (f"How much we read: {read}. Of a document read in part, we did not see the rest.",)


def _found(data: PageData, root: Reading) -> Iterator[Line]:
    """Each number that is printed, with those that print it, where there are several."""
    numbers = data.values.numbers_printed(root.id)
    each = _of_whom_each(data, root) if data.values.kind(root.id) == "share" else noun(data, root)
    for words, same in numbers if len(numbers) > 1 else ():
        yield (f"{words}{each}: ", *joined(_printed_here(data, one) for one in same))


def _of_printings(data: PageData, root: Reading) -> str:
    """What a reader finds in the table of printings."""
    times = len(data.values.every_printing(root.id))
    if times > 1:
        return f"{times} printings: where in the text, of whom, and a sentence to quote each"
    return "Where in the text it stands, and how much of the text we read"


def _of_whom_each(data: PageData, root: Reading) -> str:
    """Of whom the printings of a share are: of people whom each source describes, or of something else."""
    populations = {one.population_id for one in data.values.every_printing(root.id)}
    if root.indicator_id not in ("share-in-age-band", "claimed-share"):
        return " of what each source names"
    return " of people, described differently by each source" if len(populations) > 1 else " of people"


def _printed_here(data: PageData, one: Reading) -> Line:
    words = f"{data.values.printed(one.id)}, {data.values.publisher(one.id)}"
    return (Link(words, None, one.id), data.values.caution(one.id) if one.is_withdrawn else "")


def _leaves_out(data: PageData, root: Reading) -> Iterator[Line]:
    """The limits that can apply to a quantity, and what of its study is not available."""
    for row in data.package.grouped("limitation_examples", "value_id", root.id):
        never = ". It is not a count of exploited children, and no share is applied to it."
        limitation = data.package.row("limitations", row["limitation_id"])
        size = "It shows the size of a group that the surveys left out: "
        yield (size, limitation_link(limitation), never)
    yield from limit_lines(limitations(data, root))
    if root.study_id:
        missing = data.package.bearing_on("not_available", "study_id", root.study_id)
        alone = [row for row in missing if len(data.package.studies_of("not_available", row)) == 1]
        yield from missing_lines(alone)


def limitations(data: PageData, root: Reading) -> list[Row]:
    """The limitations that apply to a quantity, on whatever ground."""
    found = data.package.grouped("value_limitations", "value_id", root.id)
    return [data.package.row("limitations", row["limitation_id"]) for row in found]


def _relations(data: PageData, root: Reading) -> Iterator[Relation]:
    """The quantities that a link joins to this one."""
    for relation, alike in grouped_by(related(data.package, root.id), "relation"):
        named = HEADINGS.get(relation, plain_word(relation).capitalize())
        heading = f"{named}: {counted(len(alike), 'other figure')}"
        yield Relation(heading, tuple(_related(data, root, one) for one in alike))


def _related(data: PageData, root: Reading, link: Row) -> Line:
    other, relation = link["other"], relation_words(link["relation"])
    words = f"{data.values.value(other)}, {data.values.label(other)}"
    return (
        f"It is {relation}: " if other == link["to_id"] else f"{other} is {relation} it: ",
        value_link(data, other, words),
        f"{data.values.caution(other)}. {link['reason']} ",
        aside("the source joins them" if link["basis"] == "as_printed" else "our reading"),
    )


def _belongs_to(data: PageData, root: Reading) -> Iterator[Line]:
    """Series, claims, study, and the hand-written pages that quote it."""
    if series := root.series:
        yield ("Series: ", Link(data.package.name_of("series", series), "response/", series))
    for claim in data.package.ledger.claims_of_quantity(root.id):
        yield ("Repeated claim: ", Link(data.package.name_of("claims", claim), "where-from/", claim))
    if root.study_id:
        yield ("Study: ", study_link(data, root.study_id))
    if quoting := data.quoting_pages(root.id):
        yield ("Quoted on: ", *joined((Link(title, address),) for address, title in quoting))


def _how_to_cite(data: PageData, root: Reading) -> str:
    if data.package.ledger.printings(root.id):
        return "Cite the source that prints the figure, and this package."
    return "No printing of it stands, so there is nothing to cite."


def _citations(data: PageData, root: Reading) -> Iterator[tuple[str, Citation]]:
    """Each source that prints it, once, and this package."""
    printings = data.package.ledger.printings(root.id)
    for source_id in dict.fromkeys(one.source_id for one in printings):
        yield cited_source(data, source_id)
    if printings:
        yield cited_package(data)


def _history(data: PageData, root: Reading) -> Lines:
    every = data.values.every_printing(root.id)
    ids, sources = [one.id for one in every], [one.source_id for one in every]
    return history_lines(data, ids, sources, root.study_id)
