"""The page of one study: what it was, who, where, when, who paid, how age was decided, whom it left out.

Then its figures, and what others say of it; a section that would have nothing to say is left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scripts.package.files import Row
from scripts.package.opening import Package
from scripts.package.reading import Reading
from scripts.site.how_sure import counted_interval, is_plain_interval
from scripts.site.lines import Entry, Line, Lines, Link, aside, entry, joined
from scripts.site.page_data import PageData
from scripts.site.page_parts import (
    Cited,
    about_study,
    age_known,
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
from scripts.site.standards_page import bias_of_study
from scripts.wording.words import counted, inside, plain_word, relation_words, span_words

UNSEEN = ("not_read", "not_applicable", "unknown", "not_reported")
PAID = re.compile(r"\b(paid for|sponsors?|money from|supported)\b")
NOT_STATED = "Not stated in what we read."
OBSERVED = {"covert": "Undercover", "overt": "Openly"}
SAMPLES = {
    "yes": "A sample. ",
    "no": "Not a sample. ",
    "unknown": "We could not see whether it was a sample. ",
    "not_applicable": "",
}
WEIGHTINGS = {
    "unknown": "Whether its shares are weighted is not known.",
    "weighted": "Its shares are weighted.",
    "unweighted": "Its shares are not weighted.",
}


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
    asked: tuple[tuple[str, Line], ...]
    found: tuple[Quantity, ...]
    how_sure: Lines
    leaves_out: Lines
    missing: Lines
    voices: Lines
    told_otherwise: Lines
    bias: Lines
    facts: tuple[Entry, ...]
    stands_beside: Lines
    citations: Cited
    history: Lines


def study_page(data: PageData, study: Row) -> StudyPage:
    """Select and word the page of one study."""
    study_id, name = study["study_id"], study["name"]
    roots = [one for one in data.package.ledger.roots if one.study_id == study_id]
    what = "what it was, who ran it, how age was decided, whom it left out, and its figures"
    return StudyPage(
        title=name,
        description=description(f"{name}, {_body(data, study)}: {what}"),
        asked=tuple(_asked(data, study)),
        found=tuple(_quantity(data, root) for root in roots),
        how_sure=tuple(_how_sure(data, roots)),
        leaves_out=tuple(_leaves_out(data, study_id)),
        missing=tuple(missing_lines(about_study(data.package, "not_available", study_id))),
        voices=tuple(_voices(data, study_id)),
        told_otherwise=tuple(_told_otherwise(data, roots)),
        bias=tuple(bias_of_study(data, study_id)),
        facts=tuple(_fact(data, one) for one in data.package.grouped("study_facts", "study_id", study_id)),
        stands_beside=_stands_beside(data, study_id),
        citations=(cited_package(data),),
        history=history_lines(data, [root.id for root in roots], study_id=study_id),
    )


def _body(data: PageData, study: Row) -> str:
    return data.package.name_of("organisations", study["organisation_id"])


def _asked(data: PageData, study: Row) -> Iterator[tuple[str, Line]]:
    """What it was, who ran it with what interest, where, when, who paid, of whom, how age was decided."""
    design = "" if study["design"] in UNSEEN else f"{plain_word(study['design']).capitalize()}. "
    yield "What it was", (f"{design}{study['design_note']}",)
    yield "Who ran it", (f"{_body(data, study)}. {study['interest'].removeprefix(NOT_STATED)}",)
    yield "Where", (data.package.name_of("places", study["place_id"]),)
    yield "When", (span_words(study["fieldwork"]) or "We could not see when.",)
    yield "Who paid", (_who_paid(data, study["study_id"]),)
    if study["setting"] not in UNSEEN:
        yield "Setting", (f"{plain_word(study['setting']).capitalize()}.",)
    if study["population_id"]:
        yield "Of whom", (population_words(data, study["population_id"], ""),)
    yield "How they were chosen", (_chosen(study),)
    if seen := _seen(data, study):
        yield "How they were seen", seen
    if study["age_method"] != "not_applicable":
        yield "How age was decided", (age_known(study),)
    yield "What it speaks for", (study["generalises_to"],)


def _who_paid(data: PageData, study_id: str) -> str:
    """Who paid, as far as what is known of its interest tells it; else that we do not know."""
    interest = data.package.row("studies", study_id)["interest"]
    told = [part for part in re.split(r"(?<=[.]) ", interest) if PAID.search(part)]
    return " ".join(told) or "We have no record of who paid."


def _chosen(study: Row) -> str:
    """Whether there was a sample, of what, drawn from what, and whether it was weighted."""
    unit = "" if study["sampling_unit"] in UNSEEN else f"Drawn by {plain_word(study['sampling_unit'])}. "
    frame = study["frame_as_printed"] and f"Drawn from {_printed(study, 'frame')}. "
    return f"{SAMPLES[study['is_sample']]}{unit}{frame}{WEIGHTINGS.get(study['weighting'], '')}"


def _seen(data: PageData, study: Row) -> Line:
    """How people were observed, and in which venues; nothing where neither could be seen."""
    venues = study["venue_types_as_printed"] and f"Venues: {_printed(study, 'venue_types')}."
    mode = _observed(data, study)
    return (*mode, " " if mode and venues else "", venues) if mode or venues else ()


def _observed(data: PageData, study: Row) -> Line:
    """Whether people knew that they were observed, in the words of a source where we keep them."""
    facts = data.package.grouped("study_facts", "study_id", study["study_id"])
    if told := [one for one in facts if one["attribute"] == "observation_mode"]:
        return (*joined((f"“{one['fact_as_printed']}”, says ", *_who_says(data, one)) for one in told), ".")
    words = OBSERVED.get(study["observation_mode"], "")
    return (f"{words}, by what we read of it.",) if words else ()


def _who_says(data: PageData, fact: Row) -> Line:
    source = data.package.row("sources", fact["source_id"])
    return (source_link(source, source["publisher"]),)


def _printed(study: Row, column: str) -> str:
    """The words of a source on the study."""
    return f"“{study[f'{column}_as_printed']}”"


def _quantity(data: PageData, root: Reading) -> Quantity:
    label = f"{data.values.label(root.id)}{data.values.caution(root.id)}"
    return Quantity(token(data, root), label, len(data.package.ledger.printings(root.id)))


def _how_sure(data: PageData, roots: Sequence[Reading]) -> Iterator[Line]:
    """The interval of each counted share."""
    for root in roots:
        rows = data.package.grouped("estimates", "value_id", root.id)
        yield from (_interval(data, root, row) for row in rows if is_plain_interval(row))


def _interval(data: PageData, root: Reading, row: Row) -> Line:
    whom = f", {inside(data.values.label(root.id))}{data.values.caution(root.id)}: "
    return (value_link(data, root.id, data.values.value(root.id)), f"{whom}{counted_interval(data, row)}")


def _leaves_out(data: PageData, study_id: str) -> Iterator[Line]:
    """The limits of a study."""
    every = data.package.grouped("limitations", "reach", "all_figures")
    yield from limit_lines(about_study(data.package, "limitations", study_id) + every)


def _voices(data: PageData, study_id: str) -> Iterator[Line]:
    """What bodies said about a study and replied."""
    measured_by = data.package.row("studies", study_id)["organisation_id"]
    for one in about_study(data.package, "statements", study_id):
        yield _statement(data, one, measured_by)
    yield from reply_lines(data, replies(data, study_id=study_id))


def _told_otherwise(data: PageData, roots: Sequence[Reading]) -> Iterator[Line]:
    """Which of its figures are printed or computed in another way."""
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
    return (value, f", {inside(what)}: {how}")


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
    return tuple(_beside(data, one) for _, alike in grouped_by(links, "relation") for one in alike)


def outside_links(package: Package, study_id: str) -> list[Row]:
    """The links from the quantities of a study to those of others."""
    readings = package.ledger.readings
    inside = package.grouped("reported_values", "study_id", study_id)
    links = (link for one in inside for link in related(package, one["value_id"]))
    return [link for link in links if readings[link["other"]].study_id != study_id]


def _beside(data: PageData, link: Row) -> Line:
    other = link["other"]
    words = f"{data.values.value(other)}, {data.values.label(other)}"
    return (
        f"{link['from_id']} is {relation_words(link['relation'])} {link['to_id']}: ",
        value_link(data, other, words),
        f"{data.values.caution(other)}. {link['reason']}",
    )
