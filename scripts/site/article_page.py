"""The figures of one document, each beside what was found on it elsewhere."""

from collections.abc import Iterator

from scripts.package.reading import Reading
from scripts.site.lines import Entry, Line, Marked, aside, entry, joined, strong
from scripts.site.page_data import PageData
from scripts.site.page_parts import WORKED_OUT, bore_on_it, of_its_own, statement_link, token
from scripts.wording.words import counted, date_words, inside, plain_word, type_words, whole

AGAINST_ITSELF = ("counts", "ends", "parts", "indicator", "cross_check")  # with other figures, no printings
NOTHING = "No other version and no contradiction was found."
NOT_SEEN = "The number of people seen there is not printed."


def claims_of_source(data: PageData, source_id: str) -> list[Entry]:
    """The readings of a source that stand, in the order of the ledger."""
    readings = [one for one in data.package.ledger.standing if one.source_id == source_id]
    return [_claimed(data, one) for one in readings]


def _claimed(data: PageData, one: Reading) -> Entry:
    """A figure of the document: where it stands, what was found on it, and its sentence."""
    seen: list[Line] = [(NOT_SEEN,)] if one.qualifier == "none_found" else []
    found = joined([*(list(_found(data, one)) or [(NOTHING,)]), *seen], " ")
    printed = strong(token(data, one)), f" ({one.locator}; {one.id})"
    return entry("", printed, found, Marked(data.quotes.sentence(one.id), "quote"))


def _found(data: PageData, one: Reading) -> Iterator[Line]:
    """What contradicts a figure, what does not follow from it, who spoke on it, and who repeats it."""
    yield from _contradictions(data, one)
    yield from _other_versions(data, one)
    yield from _other_people(data, one)
    yield from _impossible_bases(data, one)
    yield from _voices(data, one)
    yield from _repetitions(data, one)


def _contradictions(data: PageData, one: Reading) -> Iterator[Line]:
    """Told of both figures, with what the difference means."""
    ends = "root_id", "value_id"
    for row in (row for end in ends for row in data.package.grouped("conflicts", end, one.id)):
        if row["dimension"] in AGAINST_ITSELF:
            what, who = type_words(row["type"]), data.values.publisher(row["root_id"])
            by_us = " by our arithmetic" if row["dimension"] in WORKED_OUT else ""
            yield (f"{what}: {who} printed {row['root_has']}; {row['printing_has']}{by_us}.",)


def _other_versions(data: PageData, one: Reading) -> Iterator[Line]:
    for row in data.package.grouped("conflicts", "root_id", one.root_id):
        if row["dimension"] == "value" and row["value_id"] != one.id:
            publisher = data.values.publisher(row["value_id"])
            yield (f"{publisher} prints “{row['printing_has']}” ({plain_word(row['kind'])}).",)


def _other_people(data: PageData, one: Reading) -> Iterator[Line]:
    rows = data.package.grouped("conflicts", "root_id", one.root_id)
    names = [inside(row["printing_has"]) for row in rows if row["dimension"] == "population"]
    if names:
        yield (f"Other sources print it about other people: {'; '.join(dict.fromkeys(names))}.",)


def _impossible_bases(data: PageData, one: Reading) -> Iterator[Line]:
    """Bases worked back from another share of the study, from which this one does not follow."""
    for row in data.package.grouped("reconciliations", "figure_id", one.id):
        fails = row["needs"] == "denominator" and row["outcome"] == "not_reproduced"
        if fails and row["needs_low"] and row["question_id"] != one.id:
            bases = f"{whole(row['needs_low'])} to {whole(row['needs_high'])} people"
            share = "Does not follow, as an unweighted share"
            yield (f"{share}, from a base of {bases}, worked back from another share.",)


def _voices(data: PageData, one: Reading) -> Iterator[Line]:
    """Who supports, qualifies or disputes the figure."""
    for row in data.package.scopes("statements", "value_id", one.root_id):
        said = data.package.row("statements", row["statement_id"])
        speaker = data.package.name_of("organisations", said["organisation_id"])
        own = of_its_own(data, said, one.root_id)
        yield (
            f"{speaker}{own} {bore_on_it(row['bearing'])} ",
            aside(statement_link(said), f", {date_words(said['date'])}, our coding"),
            ".",
        )


def _repetitions(data: PageData, one: Reading) -> Iterator[Line]:
    if others := [other for other in data.finder.same_numeral(one) if other is not one]:
        yield (f"{counted(len(others), 'other reading')} of the same number.",)
