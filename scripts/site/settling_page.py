"""Which count would decide: for each hypothesis on a mismatch, the number that it needs."""

from scripts.package.files import Row
from scripts.site.lines import Entry, entry
from scripts.site.page_data import PageData
from scripts.site.result_tables import hypotheses
from scripts.wording import sentences
from scripts.wording.words import decimals, whole

HYPOTHESES = sentences.HYPOTHESES | {
    "narrower_denominator": "The share is of fewer people than were observed",
}
NEEDED = {
    "mean_weight": "the weights: those of the children counted, against an average of one",
    "city_weight": "the weight of each city, against its part of the people seen",
    "denominator": "the number of people below the share",
    "numerator": "the number of people judged under 18",
    "share": "the share as the study computed it",
}
COUNTED = ("denominator", "numerator")  # numbers of people, so whole


def deciders(data: PageData, question_id: str) -> list[Entry]:
    """The hypotheses on why a printed share does not follow from its counts, and what each needs."""
    return [_decider(data, variant, tried) for variant, tried in hypotheses(data.package, question_id)]


def _decider(data: PageData, variant: str, tried: list[Row]) -> Entry:
    """A hypothesis, the number that would decide it, what it would have to be, and what then follows."""
    first = tried[0]
    of = f": that of “{data.values.reading(variant).printed}”" if variant else ""
    hypothesis = HYPOTHESES[first["hypothesis"]] + of
    would_be = _would_be(first) + sentences.rule(first)
    return entry("", hypothesis, NEEDED[first["needs"]], would_be, _follows(tried))


def _would_be(row: Row) -> str:
    if not row["needs_low"]:
        return "no such number exists"
    if not row["needs_high"]:
        return f"in some city at least {decimals(row['needs_low'])} times that"
    write = whole if row["needs"] in COUNTED else decimals
    ends = dict.fromkeys(write(row[end]) for end in ("needs_low", "needs_high"))
    return " to ".join(ends) + (" %" if row["needs"] == "share" else "")


def _follows(tried: list[Row]) -> str:
    """How many of the printed shares that were tried come out."""
    if tried[0]["outcome"] == "can_fit":
        return "any can be met by some weight"
    reproduced = [row for row in tried if row["outcome"] == "reproduced"]
    return f"{len(reproduced)} of {len(tried)}"
