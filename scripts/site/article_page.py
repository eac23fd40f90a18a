"""The figures of one document, each beside what was found on it elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass

from scripts.package.ledger import Reading
from scripts.site.links import Link
from scripts.site.page_data import PageData
from scripts.site.references import token
from scripts.wording.words import counted, plain_word, whole

AGAINST_ITSELF = (
    "counts",
    "ends",
    "parts",
    "indicator",
)  # a disagreement with other figures, not printings
NOTHING = "No other version and no contradiction was found."
NOT_SEEN = "The number of people seen there is not printed."


@dataclass(frozen=True)
class Found:
    """A sentence on what was found; it may hold a link."""

    words: str
    link: Link | None = None
    rest: str = ""


@dataclass(frozen=True)
class Claimed:
    """A figure of the document: where it stands, what was found on it, and its sentence."""

    id: str
    reading: Link
    locator: str
    found: list[Found]
    sentence: str


def claims_of_source(data: PageData, source_id: str) -> list[Claimed]:
    """The readings of a source that stand, in the order of the ledger."""
    readings = [one for one in data.package.ledger.standing if one.row["source_id"] == source_id]
    return [_claimed(data, one) for one in readings]


def _claimed(data: PageData, one: Reading) -> Claimed:
    seen = [Found(NOT_SEEN)] if one.qualifier == "none_found" else []
    return Claimed(
        id=one.id,
        reading=token(data, one),
        locator=one.row["locator"],
        found=(list(_found(data, one)) or [Found(NOTHING)]) + seen,
        sentence=data.quotes.sentence(one.id),
    )


def _found(data: PageData, one: Reading) -> Iterator[Found]:
    """What contradicts a figure, what does not follow from it, who spoke on it, and who repeats it."""
    yield from _contradictions(data, one)
    yield from _other_versions(data, one)
    yield from _other_people(data, one)
    yield from _impossible_bases(data, one)
    yield from _voices(data, one)
    yield from _repetitions(data, one)


def _contradictions(data: PageData, one: Reading) -> Iterator[Found]:
    for row in data.package.grouped("conflicts", "root_id", one.id):
        if row["dimension"] in AGAINST_ITSELF:
            yield Found(f"{plain_word(row['kind'])}: printed {row['root_has']}; {row['printing_has']}.")


def _other_versions(data: PageData, one: Reading) -> Iterator[Found]:
    for row in data.package.grouped("conflicts", "root_id", one.root_id):
        if row["dimension"] == "value" and row["value_id"] != one.id:
            publisher = data.values.publisher(row["value_id"])
            yield Found(f"{publisher} prints “{row['printing_has']}” ({plain_word(row['kind'])}).")


def _other_people(data: PageData, one: Reading) -> Iterator[Found]:
    rows = data.package.grouped("conflicts", "root_id", one.root_id)
    names = [row["printing_has"].lower() for row in rows if row["dimension"] == "population"]
    if names:
        yield Found(f"Other sources print it about other people: {'; '.join(dict.fromkeys(names))}.")


def _impossible_bases(data: PageData, one: Reading) -> Iterator[Found]:
    """Bases worked back from another share of the study, from which this one does not follow."""
    for row in data.package.grouped("reconciliations", "figure_id", one.id):
        fails = row["needs"] == "denominator" and row["outcome"] == "not_reproduced"
        if fails and row["needs_low"] and row["question_id"] != one.id:
            bases = f"{whole(row['needs_low'])} to {whole(row['needs_high'])}"
            share = "Does not follow, as an unweighted share"
            yield Found(f"{share}, from a base of {bases}, worked back from another share.")


def _voices(data: PageData, one: Reading) -> Iterator[Found]:
    """Who supports, qualifies or disputes the figure."""
    for row in data.package.grouped("statement_values", "value_id", one.root_id):
        said = data.package.row("statements", row["statement_id"])
        speaker = data.package.name_of("organisations", said["organisation_id"])
        link = Link(row["statement_id"], f"{data.base}statements/#{row['statement_id']}")
        yield Found(f"{speaker} {row['bearing']} it (", link, f", {said['date']}, our coding).")


def _repetitions(data: PageData, one: Reading) -> Iterator[Found]:
    if others := [other for other in data.finder.same_numeral(one) if other is not one]:
        yield Found(f"{counted(len(others), 'other reading')} of the same number.")
