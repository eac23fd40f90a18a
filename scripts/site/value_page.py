"""The page of one quantity: what was asked, found and left out, how sure it is, and who says otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass

from scripts.derived._comparison import age_words
from scripts.package.files import Row
from scripts.package.ledger import Reading
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
    population_words,
    related,
    study_link,
    value_link,
)
from scripts.site.printings import printings_to_quote
from scripts.site.result_tables import hypotheses
from scripts.site.voices import between_printings, voices
from scripts.wording.citations import Citation
from scripts.wording.quotes import period_words
from scripts.wording.words import counted, plain_word, relation_words

WITHDRAWN = "Withdrawn."
NOTICES = {  # said in bold wherever the figure may not stand alone
    "withdrawn": WITHDRAWN,
    "conflict_only": "Shown only beside another printed number.",
    "with_both_denominators": "Shown only beside both printed numbers of people.",
    "retrospective_only": "A share of adults who recall, not of children today.",
    "no_trend": "Editions of this estimate are not a trend.",
}
NOBODY = {
    "not_a_study": "no study; the figure comes from records or a document",
    "no_study_named": "no study is named",
}
FOLDED = ("comparable", "not_comparable")  # relations that can be many


@dataclass(frozen=True)
class Relation:
    """The quantities that stand in one relation to this one, under a heading where they are folded."""

    heading: str
    lines: Lines


@dataclass(frozen=True)
class ValuePage:
    """All that the page of a quantity says, section by section."""

    id: str
    title: str
    description: str
    value: str
    lead: str
    notice: str
    why_kept: str  # blank for a quantity that stands
    sentence: str  # blank for one that was withdrawn
    asked: Lines
    found: Lines
    how_sure: Lines
    scenarios: Lines
    leaves_out: Lines
    voices: Lines
    between: Lines  # two printings, neither of them the root, with two numbers
    is_explained: bool  # a mismatch with counts for which there are hypotheses
    printings: tuple[Entry, ...]
    relations: tuple[Relation, ...]
    belongs_to: Lines
    how_to_cite: str
    citations: Cited
    history: Lines


def value_page(data: PageData, root: Reading) -> ValuePage:
    """Select and word the page of one quantity."""
    title, sentence = data.values.label(root.id), data.quotes.sentence(root.id)
    return ValuePage(
        id=root.id,
        title=title,
        description=description(sentence or f"Withdrawn, do not quote: {title}"),
        value=data.values.value(root.id),
        lead=_lead(data, root),
        notice=NOTICES.get(root.show, ""),
        why_kept=_why_kept(data, root) if root.is_withdrawn else "",
        sentence=sentence,
        asked=tuple(_asked(data, root)),
        found=tuple(_found(data, root)),
        how_sure=tuple(how_sure(data, root)),
        scenarios=tuple(scenarios(data, root)),
        leaves_out=tuple(_leaves_out(data, root)),
        voices=tuple(voices(data, root)),
        between=tuple(between_printings(data, root)),
        is_explained=bool(hypotheses(data.package, root.id)),
        printings=printings_to_quote(data, root.id),
        relations=tuple(_relations(data, root)),
        belongs_to=tuple(_belongs_to(data, root)),
        how_to_cite=_how_to_cite(data, root),
        citations=tuple(_citations(data, root)),
        history=_history(data, root),
    )


def _lead(data: PageData, root: Reading) -> str:
    """Of whom, where and when; whose printing it is, and how many there are."""
    of = f" of {data.quotes.of_whom(root)}" if _is_share(data, root) else ""
    where = data.package.name_of("places", root.place_id)
    whose = f"our reading of what {data.values.publisher(root.id)} prints."
    return f"{of}, {where}, {period_words(root)}: {whose}{_times_printed(data, root)}"


def _is_share(data: PageData, root: Reading) -> bool:
    return data.values.kind(root.id) == "share"


def _times_printed(data: PageData, root: Reading) -> str:
    times = len(data.package.ledger.printings(root.id))
    if times > 1:
        return f" It is printed {times} times in what was read."
    return " One printing was read." if times else ""


def _why_kept(data: PageData, root: Reading) -> str:
    kept = "This figure is kept so that links to it still lead here. Do not quote it."
    return f"{kept} {data.values.why_withdrawn(root.id)}"


def _asked(data: PageData, root: Reading) -> Iterator[Line]:
    """What was measured, of whom, where and when, by whom, and how the number came about."""
    indicator = data.package.row("indicators", root.indicator_id)
    ages = age_words(root) if root.ages[1] else ""
    sex = root.sex if root.sex in ("female", "male") else ""
    what = ", ".join(part for part in (indicator["name"], ages, sex) if part)
    where = data.package.name_of("places", root.place_id)
    yield (f"{what}: {indicator['definition']}",)
    yield (f"Of whom: {population_words(data, root.population_id, root.population_id_reason)}",)
    yield (f"Where and when: {where}, {period_words(root)}.",)
    yield _by_whom(data, root)
    yield (f"How the number came about: {root.nature}. Weighted: {plain_word(root.weighted)}.",)


def _by_whom(data: PageData, root: Reading) -> Line:
    if not root.study_id:
        return (f"By whom: {NOBODY[root.study_id_reason]}.",)
    study = data.package.row("studies", root.study_id)
    body = data.package.name_of("organisations", study["organisation_id"])
    design, age_method = plain_word(study["design"]), plain_word(study["age_method"])
    how = f"Design: {design}. A sample: {study['is_sample']}. How age was decided: {age_method}."
    return (f"By whom: {body}, in the ", study_link(data, root.study_id), f". {how}")


def _found(data: PageData, root: Reading) -> Iterator[Line]:
    """Each number that is printed, with those that print it; and whether its origin was reached."""
    each = _of_whom_each(data, root) if _is_share(data, root) else ""
    for words, same in data.values.numbers_printed(root.id):
        yield (f"{words}{each}: ", *joined(_printed_here(data, one) for one in same))
    yield (data.values.credit_words(root.id),)


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
    """The limits of a quantity, and what of its study is not available."""
    for row in data.package.grouped("limitation_examples", "value_id", root.id):
        never = ". It is not a count of exploited children and is never multiplied."
        limitation = data.package.row("limitations", row["limitation_id"])
        yield ("It illustrates a limitation: ", limitation_link(limitation), never)
    yield from limit_lines(limitations(data, root))
    if root.study_id:
        yield from missing_lines(data.package.grouped("not_available", "study_id", root.study_id))


def limitations(data: PageData, root: Reading) -> list[Row]:
    """The limitations that apply to a quantity, on whatever ground."""
    found = data.package.grouped("value_limitations", "value_id", root.id)
    return [data.package.row("limitations", row["limitation_id"]) for row in found]


def _relations(data: PageData, root: Reading) -> Iterator[Relation]:
    """The quantities that a link joins to this one; those that can be many are folded under a heading."""
    links = [link for _, link in related(data.package, root.id)]
    for relation, alike in grouped_by(links, "relation"):
        number = counted(len(alike), "quantity", "quantities")
        heading = f"{plain_word(relation).capitalize()}: {number}" if relation in FOLDED else ""
        yield Relation(heading, tuple(_related(data, root, one) for one in alike))


def _related(data: PageData, root: Reading, link: Row) -> Line:
    is_from = link["from_id"] == root.id
    other, relation = link["to_id"] if is_from else link["from_id"], relation_words(link["relation"])
    words = f"{data.values.value(other)}, {data.values.label(other)}"
    return (
        f"It is {relation}: " if is_from else f"{other} is {relation} it: ",
        value_link(data, other, words),
        f"{data.values.caution(other)}. {link['reason']} ",
        aside("the source joins them" if link["basis"] == "as_printed" else "our reading"),
    )


def _belongs_to(data: PageData, root: Reading) -> Iterator[Line]:
    """Series, claims, study, and the hand-written pages that quote it."""
    if series := root.series:
        yield ("Series: ", Link(data.package.name_of("series", series), "response/", series))
    for claim in data.package.ledger.claims_of_quantity(root.id):
        yield ("Claim that travels: ", Link(data.package.name_of("claims", claim), "where-from/", claim))
    if root.study_id:
        yield ("Study: ", study_link(data, root.study_id))
    for address, title in data.quoting_pages(root.id):
        yield ("Quoted on: ", Link(title, address))


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
