"""Words for who reports a quantity, and whom each source credits."""

from collections.abc import Sequence

from scripts.package.files import Row
from scripts.package.package import Package
from scripts.package.reading import Reading
from scripts.wording.publisher_names import (
    organisation_with_article,
    phrase_if_partly_read,
    publisher_in_sentence,
)
from scripts.wording.reading_words import ReadingWords

NEWSPAPERS = "newspapers"


def reported_by_sentence(package: Package, readings: Sequence[Reading]) -> str:
    """Words for who reported these figures: the credited organisation, if its own documents give them all.

    Otherwise, the sources that reported them, citing the credited organisation if there is one.
    """
    sources = _reporting_sources(package, readings)
    credited = next((reading.credited_to for reading in readings if reading.credited_to), "")
    name = organisation_with_article(package.name_of("organisations", credited))
    if not credited:
        return f"{_names_or_kind_of_sources(sources)} reported"
    printers = [
        [source["organisation_id"] for source in _sources_of_number(package, reading)]
        for reading in readings
    ]
    prints_each = all(credited in bodies for bodies in printers)
    return (
        f"{name} reported"
        if prints_each
        else f"{_names_or_kind_of_sources(sources)} reported, citing {name}"
    )


def _reporting_sources(package: Package, readings: Sequence[Reading]) -> list[Row]:
    """The sources that report all of these numbers; if there are none, those that report some of them."""
    per_reading = [_sources_of_number(package, reading) for reading in readings]
    every = [source for sources in per_reading for source in sources]
    together = [source for source in per_reading[0] if all(source in sources for sources in per_reading)]
    return list({source["source_id"]: source for source in together or every}.values())


def _sources_of_number(package: Package, reading: Reading) -> list[Row]:
    """The sources that report exactly this number for a quantity."""
    mentions = package.reading_index.mentions_of_quantity(reading.quantity_id)
    return [
        package.row("sources", other.source_id)
        for other in mentions
        if other.number_limits_and_qualifier == reading.number_limits_and_qualifier
    ]


def _names_or_kind_of_sources(sources: Sequence[Row]) -> str:
    """The name of a single source, or words for several."""
    if len(sources) == 1:
        return publisher_in_sentence(sources[0])
    return NEWSPAPERS if all(row["kind"] == "newspaper" for row in sources) else "several sources"


def traceability_sentence(values: ReadingWords, quantity_id: str) -> str:
    """The words of `credit_chain_words`, with a note if we found no document by a credited organisation."""
    words = credit_chain_words(values, quantity_id)
    lacks = " We found no document in which a credited body gives a figure of its own."
    is_body = any(reading.credited_to for reading in values.mentions_not_withdrawn_or_all(quantity_id))
    return words + (lacks if is_body and " credits " in words else "")


def credit_chain_words(values: ReadingWords, quantity_id: str) -> str:
    """Words for whether a quantity can be traced to its origin, and whom its sources credit."""
    mentions = values.mentions_not_withdrawn_or_all(quantity_id)
    if own := [reading for reading in mentions if reading.is_from_original_organisation]:
        return f"Reaches its origin: {_organisation_with_verb(values, own[0], ' speaks of its own work')}."
    if claimed := [reading for reading in mentions if reading.is_primary]:
        says = _organisation_with_verb(values, claimed[0], " says so itself")
        return f"It goes back to a claim: {says}, and we found no count behind it."
    told = [
        f"{values.publisher(reading.id)} credits {values.credited_body(reading) or 'a person and no body'}"
        for reading in mentions
        if reading.credited_to or reading.credits_a_person
    ]
    if told:
        return f"Source not found: {'; '.join(dict.fromkeys(told))}."
    part = phrase_if_partly_read(values.source_row(reading.id) for reading in mentions)
    return f"Source not found: no source that we read names an origin{part}."


def _organisation_with_verb(values: ReadingWords, reading: Reading, verb: str) -> str:
    """The publisher and the verb, or the study and the verb if the publisher is a journal or host."""
    source = values.source_row(reading.id)
    is_body = source["organisation_id"] and source["kind"] != "academic_article"
    return source["publisher"] + verb if is_body else f"the study itself ({publisher_in_sentence(source)})"
