"""The page of one study: how it was done, what it found, how sure that is, and what it leaves out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scripts.derived._comparison import age_words
from scripts.package.files import Row
from scripts.package.ledger import Reading
from scripts.package.opening import Package
from scripts.site.how_sure import counted_interval, is_plain_interval
from scripts.site.lines import Entry, Line, Lines, Link, aside, entry
from scripts.site.page_data import PageData
from scripts.site.page_parts import (
    Cited,
    about_study,
    cited_package,
    description,
    document,
    grouped_by,
    history_lines,
    limit_lines,
    missing_lines,
    population_words,
    related,
    replies,
    reply_lines,
    source_link,
    statement_link,
    token,
    value_link,
)
from scripts.wording.words import counted, plain_word, relation_words


@dataclass(frozen=True)
class Quantity:
    """A quantity that a study found: its printed token, what it is, and how often it is printed."""

    printed: Link
    label: str
    printings: int


@dataclass(frozen=True)
class StudyPage:
    """All that the page of a study says, section by section."""

    title: str
    description: str
    lead: str
    asked: Lines
    found: tuple[Quantity, ...]
    how_sure: Lines
    leaves_out: Lines
    voices: Lines
    facts: tuple[Entry, ...]
    stands_beside: Lines
    citations: Cited
    history: Lines


def study_page(data: PageData, study: Row) -> StudyPage:
    """Select and word the page of one study."""
    study_id, name = study["study_id"], study["name"]
    roots = [one for one in data.package.ledger.roots if one.study_id == study_id]
    what = "how it was done, what it found, how sure that is and what it leaves out"
    return StudyPage(
        title=name,
        description=description(f"{name}, {_body(data, study)}: {what}"),
        lead=_lead(data, study, len(roots)),
        asked=tuple(_asked(data, study)),
        found=tuple(_quantity(data, root) for root in roots),
        how_sure=tuple(_how_sure(data, study, roots)),
        leaves_out=tuple(_leaves_out(data, study_id)),
        voices=tuple(_voices(data, study_id, roots)),
        facts=tuple(_fact(data, one) for one in data.package.grouped("study_facts", "study_id", study_id)),
        stands_beside=_stands_beside(data, study_id),
        citations=(cited_package(data),),
        history=history_lines(data, [root.id for root in roots], study_id=study_id),
    )


def _body(data: PageData, study: Row) -> str:
    return data.package.name_of("organisations", study["organisation_id"])


def _lead(data: PageData, study: Row, number: int) -> str:
    """Who, where and when; how much of it was read, and what it speaks for."""
    when = study["fieldwork"] or plain_word(study["fieldwork_reason"])
    where = data.package.name_of("places", study["place_id"])
    read = f"{counted(number, 'quantity', 'quantities', none='No')} of it could be read."
    speaks_for = f"What it speaks for: {study['generalises_to']}"
    return f"{_body(data, study)}, {where}, fieldwork: {when}. {read} {speaks_for}"


def _asked(data: PageData, study: Row) -> Iterator[Line]:
    """Who ran it and with what interest, of whom, by which design, and how people were observed."""
    interest = f"How that body stands to the result: {study['interest']}"
    yield (f"Who ran it: {_body(data, study)}. {interest} Who paid is not recorded in this package.",)
    yield (f"Of whom: {population_words(data, study['population_id'], study['population_id_reason'])}",)
    drawn = f"What was drawn: {plain_word(study['sampling_unit'])}. Drawn from: {_printed(study, 'frame')}."
    yield (f"Design: {plain_word(study['design'])}. {study['design_note']} {drawn}",)
    observers = plain_word(study["observation_mode"])
    yield (f"Types of venue: {_printed(study, 'venue_types')}. Observers: {observers}.",)


def _printed(study: Row, column: str) -> str:
    """The words of a source on the study, or why there are none."""
    words = study[f"{column}_as_printed"]
    return f"“{words}”" if words else plain_word(study[f"{column}_as_printed_reason"])


def _quantity(data: PageData, root: Reading) -> Quantity:
    label = f"{data.values.label(root.id)}{data.values.caution(root.id)}"
    return Quantity(token(data, root), label, len(data.package.ledger.printings(root.id)))


def _how_sure(data: PageData, study: Row, roots: Sequence[Reading]) -> Iterator[Line]:
    """Sampling, weighting and age, and the interval of each counted share."""
    weighting, age_method = plain_word(study["weighting"]), plain_word(study["age_method"])
    sample = f"A sample: {study['is_sample']}. Weighting: {weighting}."
    yield (f"{sample} How age was decided: {age_method}.",)
    for root in roots:
        rows = data.package.grouped("intervals", "value_id", root.id)
        yield from (_interval(data, root, row) for row in rows if is_plain_interval(row))


def _interval(data: PageData, root: Reading, row: Row) -> Line:
    whom = f" of {data.quotes.of_whom(root)}, {age_words(root)}{data.values.caution(root.id)}: "
    return (value_link(data, root.id, data.values.value(root.id)), f"{whom}{counted_interval(row)}")


def _leaves_out(data: PageData, study_id: str) -> Iterator[Line]:
    """The limits of a study, and what of it is not available."""
    every = data.package.grouped("limitations", "study_id_reason", "all_figures")
    yield from limit_lines(about_study(data.package, "limitations", study_id) + every)
    yield from missing_lines(about_study(data.package, "not_available", study_id))


def _voices(data: PageData, study_id: str, roots: Sequence[Reading]) -> Iterator[Line]:
    """What bodies said about a study and replied, and where its figures are printed otherwise."""
    said = about_study(data.package, "statements", study_id)
    measured_by = data.package.row("studies", study_id)["organisation_id"]
    yield from (_statement(data, one, measured_by) for one in said)
    if not said:
        yield ("No statement on it was found in what was read.",)
    yield from reply_lines(data, replies(data, study_id=study_id))
    for root in roots:
        times = len(data.package.grouped("conflicts", "root_id", root.id))
        if times:
            yield _otherwise(data, root, times)


def _statement(data: PageData, said: Row, measured_by: str) -> Line:
    body = data.package.name_of("organisations", said["organisation_id"])
    stance = aside(f"{plain_word(said['stance'])}, about {plain_word(said['claim_type'])}")
    told = aside(statement_link(said), ", our paraphrase and coding")
    own = ", which measured" if said["organisation_id"] == measured_by else ""
    return (f"{body}{own} ", stance, f": {said['paraphrase']} ", told)


def _otherwise(data: PageData, root: Reading, times: int) -> Line:
    what = f"{data.values.label(root.id)}{data.values.caution(root.id)}"
    how = f"printed or computed in another way {counted(times, 'time')}."
    value = value_link(data, root.id, data.values.value(root.id))
    return (value, f" of {data.quotes.of_whom(root)}, {what}: {how}")


def _fact(data: PageData, fact: Row) -> Entry:
    """What a source prints on how the study was done, and how much of that source was read."""
    source = data.package.row("sources", fact["source_id"])
    line = (
        f"{plain_word(fact['attribute'])}: “{fact['fact_as_printed']}”, ",
        document(data, fact["source_id"]),
        f", {fact['locator']}. Read: ",
        source_link(source, plain_word(source["read_extent"])),
        " ",
        aside(fact["study_fact_id"]),
    )
    return entry(fact["study_fact_id"], line)


def _stands_beside(data: PageData, study_id: str) -> Lines:
    """The links from its quantities to those of other studies."""
    links = outside_links(data.package, study_id)
    found = [_beside(data, one) for _, alike in grouped_by(links, "relation") for one in alike]
    return tuple(found) or (("No link joins it to a figure of another study.",),)


def outside_links(package: Package, study_id: str) -> list[Row]:
    """The links from the quantities of a study to those of others, each with the other end."""
    readings = package.ledger.readings
    inside = [one["value_id"] for one in package.grouped("reported_values", "study_id", study_id)]
    links = [(other, row) for one in inside for other, row in related(package, one)]
    return [row | {"other": other} for other, row in links if readings[other].study_id != study_id]


def _beside(data: PageData, link: Row) -> Line:
    other = link["other"]
    words = f"{data.values.value(other)}, {data.values.label(other)}"
    return (
        f"{link['from_id']} is {relation_words(link['relation'])} {link['to_id']}: ",
        value_link(data, other, words),
        f"{data.values.caution(other)}. {link['reason']}",
    )
