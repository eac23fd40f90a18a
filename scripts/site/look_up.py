"""Where is this number from? Claims that travel with every printing, and every numeral to be looked up."""

from collections import Counter
from dataclasses import dataclass

from scripts.package.files import Row
from scripts.package.ledger import Reading
from scripts.site.finder import numbers
from scripts.site.links import Link
from scripts.site.page_data import PageData
from scripts.site.references import credit, reading, token
from scripts.wording.words import by_number

CHAINS = {
    "speaks_for_itself": "prints its own figure",
    "credited_body_read": "a printing of this number by that body was read",
    "chain_breaks": "no printing of this number by that body was read: here the chain breaks",
    "credits_nobody": "names no origin",
}
FEWEST_DIGITS = 4  # from so many on, a number is written with a comma, and its bare digits are said too


@dataclass(frozen=True)
class ClaimPrinting:
    """One printing of a claim: when, what it prints and of what, by whom, and where its chain leads."""

    published: str
    reading: Link
    scope: str
    origin: str


@dataclass(frozen=True)
class Claim:
    """A claim that travels, with its printings in order of publication."""

    id: str
    name: str
    look_up: str
    text: str
    printings: list[ClaimPrinting]


@dataclass(frozen=True)
class Numeral:
    """A number that is printed for a quantity: how it is printed, what it is, and where it is from."""

    numbers: str
    unit: str
    reading: Link
    digits: str
    tokens: list[str]
    what: str
    origin: str
    claims: list[Link]


def claims(data: PageData) -> list[Claim]:
    """The claims that travel, the one with the most printings first."""
    times = Counter(row["claim_id"] for row in data.package.rows("claim_values"))
    return [
        _claim(data, row)
        for row in sorted(data.package.rows("claims"), key=lambda claim: -times[claim["claim_id"]])
    ]


def _claim(data: PageData, row: Row) -> Claim:
    origins = by_number(data.package.grouped("origins", "claim_id", row["claim_id"]), "position")
    return Claim(
        id=row["claim_id"],
        name=row["name"],
        look_up=row["lookup"],
        text=row["text"],
        printings=[_printing(data, origin) for origin in origins],
    )


def _printing(data: PageData, origin: Row) -> ClaimPrinting:
    one, values = data.values.reading(origin["value_id"]), data.values
    earliest = " (earliest read)" if origin["is_earliest"] == "yes" else ""
    credited = credit(data, origin["credited_to"], "; credits ")
    return ClaimPrinting(
        published=(origin["date_published"] or "not visible") + earliest,
        reading=token(data, one),
        scope=values.scope_words(one.id) + values.caution(one.id),
        origin=f"{values.publisher(one.id)}{credited}: {CHAINS[origin['chain']]}",
    )


def numerals(data: PageData) -> list[Numeral]:
    """One entry for each number that is printed for a quantity, the smallest number first."""
    return [_numeral(data, one) for one in data.finder.numerals()]


def _numeral(data: PageData, one: Reading) -> Numeral:
    same, value = data.finder.same_numeral(one), data.values.value(one.id)
    return Numeral(
        numbers=" ".join(numbers(same)),
        unit=data.package.row("indicators", one.indicator_id)["unit"],
        reading=reading(data, one.id, value),
        digits=one.low if one.low.isdecimal() and len(one.low) >= FEWEST_DIGITS else "",
        tokens=_tokens(same, value),
        what=_what(data, one),
        origin=_origin(data, one, same),
        claims=[Link("Every printing of this claim", f"#{key}") for key in data.values.claims_of(same)],
    )


def _tokens(same: list[Reading], value: str) -> list[str]:
    """How the number is printed, small and large letters alike; nothing where it reads as we write it."""
    printed = [one.printed for one in same]
    first = {words.lower(): words for words in reversed(printed)}
    kept = [words for words in dict.fromkeys(printed) if first[words.lower()] == words]
    return [] if printed == [value] else [f"“{words}”" for words in kept]


def _what(data: PageData, one: Reading) -> str:
    label, scope = data.values.label(one.id), one.row["scope_as_printed"]
    condensed = "" if scope in label else f" Words of the source, condensed: “{scope}”"
    return f"{label}{data.values.caution(one.id)}.{condensed}"


def _origin(data: PageData, one: Reading, same: list[Reading]) -> str:
    """The oldest printing that was read, and whether a reader can follow it to the body that found it."""
    first = data.values.first_printed(same)
    lead, times = "Printed by ", ""
    if len(same) > 1:
        lead, times = "Earliest printing read: ", f"; {len(same)} printings"
    date = data.package.ledger.published(first) or "date not visible"
    credit_words = data.values.credit_words(one.root_id)
    return f"{lead}{data.values.publisher(first.id)}, {date}{times}. {credit_words}"
