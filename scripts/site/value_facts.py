"""What stands at the head of the page of a quantity: what a reader asks first, in plain words."""

from collections.abc import Iterator

from scripts.package.reading import Reading
from scripts.site.lines import Line
from scripts.site.page_data import PageData
from scripts.site.page_parts import age_known, noun, population_words, source_link, study_link
from scripts.wording.naming import NAMES_PEOPLE, ages
from scripts.wording.printers import of_what_we_read, printer
from scripts.wording.quotes import period_words
from scripts.wording.words import begun, date_words

NOBODY = {
    "not_a_study": "from records or a document, not from a study",
    "no_study_named": "no study is named",
}


NO_COUNT = {
    "claimed": "A claim: we read no count behind it.",
    "estimated": "An estimate, not a count.",
    "modelled": "The result of a model, not a count.",
}


def facts(data: PageData, root: Reading) -> Iterator[tuple[str, Line]]:
    """What a reader asks first: who prints it, of whom, where, when, who counted, how age was told."""
    yield "Printed", _printed_by(data, root)
    yield from _of_whom(data, root)
    if root.nature in NO_COUNT:
        yield "Kind of number", (NO_COUNT[root.nature],)
    where, when = data.package.name_of("places", root.place_id), period_words(root)
    yield "Where and when", (f"{where}, {when}",)
    yield "Who counted" if root.study_id else "Whose figure", _whose(data, root)
    if root.study_id and ages(root):
        yield "How age was decided", (age_known(data.package.row("studies", root.study_id)),)


def _printed_by(data: PageData, root: Reading) -> Line:
    """The token of the root, who prints it and when, and how many texts give this number or another."""
    source = data.package.row("sources", root.source_id)
    date = date_words(source["date_published"]) or "date not visible"
    by = (
        f"{data.values.printed(root.id)}{noun(data, root)} in ",
        source_link(source, printer(source)),
        f", {date}.",
    )
    return (*by, _times_printed(data, root))


def _times_printed(data: PageData, root: Reading) -> str:
    """How many texts give a number for the quantity, and how many of them that of the root."""
    if root.is_withdrawn:
        return ""
    printings = data.package.ledger.printings(root.id)
    texts = len({one.source_id for one in printings})
    alike = len({one.source_id for one in printings if one.number == root.number})
    if texts > alike:
        others = f", {alike} of them this one" if alike > 1 else "; no other gives this one"
        return f" {texts} texts that we read give a number for this{others}."
    return (
        f" {texts} texts that we read print it." if texts > 1 else " We read no other text that prints it."
    )


def _of_whom(data: PageData, root: Reading) -> Iterator[tuple[str, Line]]:
    """Those whom a number is about; nothing where it is about nobody."""
    words = population_words(data, root.population_id, root.population_id_reason)
    name = data.package.name_of("populations", root.population_id)
    if root.population_id_reason != "not_applicable":
        yield (
            "Of whom" if NAMES_PEOPLE.search(name or "people") else "Of what",
            (begun(words),),
        )


def _whose(data: PageData, root: Reading) -> Line:
    """The body behind a number, and the study; or what is known of where it comes from."""
    if root.study_id:
        study = data.package.row("studies", root.study_id)
        body = data.package.name_of("organisations", study["organisation_id"])
        return (f"{body}: ", study_link(data, root.study_id))
    credited = data.values.credited(root)
    if root.credits_person:
        return (f"A person, and no body; {NOBODY[root.study_id_reason]}.",)
    nobody = f"The text names no source{of_what_we_read([data.package.row('sources', root.source_id)])}"
    return (f"{credited or nobody}; {NOBODY[root.study_id_reason]}.",)
