"""Who speaks of a quantity and whom each credits: can a reader follow it to the body that found it?"""

from scripts.package.reading import Reading
from scripts.wording.printers import of_what_we_read, printer
from scripts.wording.reading_words import Values


def credit_words(values: Values, root_id: str) -> str:
    """Can a reader follow a quantity to the body that found it? What was looked for in vain, too."""
    words = chain(values, root_id)
    lacks = " We found no document in which a credited body gives a figure of its own."
    is_body = any(one.credited_to for one in values.counting(root_id))
    return words + (lacks if is_body and " credits " in words else "")


def chain(values: Values, root_id: str) -> str:
    """Who speaks of a quantity, and whom each credits."""
    printings = values.counting(root_id)
    if own := [one for one in printings if one.is_origin]:
        return f"Reaches its origin: {_speaks(values, own[0], ' speaks of its own work')}."
    if claimed := [one for one in printings if one.evidence == "primary"]:
        says = _speaks(values, claimed[0], " says so itself")
        return f"It goes back to a claim: {says}, and we found no count behind it."
    told = [
        f"{values.publisher(one.id)} credits {values.credited(one) or 'a person and no body'}"
        for one in printings
        if one.credited_to or one.credits_person
    ]
    if told:
        return f"The chain breaks: {'; '.join(dict.fromkeys(told))}."
    part = of_what_we_read(values.source(one.id) for one in printings)
    return f"The chain breaks: no source that we read names an origin{part}."


def _speaks(values: Values, one: Reading, verb: str) -> str:
    """A body does something; a journal or a host does not speak, so there it is the study itself."""
    source = values.source(one.id)
    is_body = source["organisation_id"] and source["kind"] != "academic_article"
    return source["publisher"] + verb if is_body else f"the study itself ({printer(source)})"
