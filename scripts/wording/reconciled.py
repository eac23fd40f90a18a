"""What could explain a share that does not follow from its counts: rows of `reconciliations` in words."""

from scripts.package.files import Row
from scripts.wording.words import decimals, whole

HYPOTHESES = {
    "weighting": "The shares are weighted",
    "city_weights": "The shares are weighted by city",
    "any_count": "Each share is that of some whole number of people, over a printed base",
    "narrower_denominator": "The shares have a narrower base than the people observed",
    "two_denominators": "Each share has a base of its own",
    "slip_in_count": "The printed count is a slip",
    "slip_in_share": "The printed share is a slip",
    "other_printed_denominator": "The other printed number of people is the base",
}
BY_ANY_RULE, TO_THE_NEAREST = "by one rule of rounding or another", "if rounded to the nearest"
NEEDED = {"denominator": "a base of", "numerator": "a count of"}


def hypothesis(row: Row) -> str:
    """What could explain a mismatch? A row of `reconciliations`."""
    return HYPOTHESES[row["hypothesis"]]


def rule(row: Row) -> str:
    """Under which rounding does what a hypothesis needs hold? A row of `reconciliations`."""
    if row["needs"] == "share" or not row["needs_low"]:
        return ""
    return f", {BY_ANY_RULE if row['hypothesis'] == 'any_count' else TO_THE_NEAREST}"


def needed(row: Row) -> str:
    """What would have to be so, and under which rounding? A row of `reconciliations`."""
    return _needed(row) + rule(row)


def _needed(row: Row) -> str:
    low, high = row["needs_low"], row["needs_high"]
    if not low:
        return "a number that does not exist"
    if row["needs"] == "mean_weight":
        return f"a mean weight of {decimals(low)} to {decimals(high)} for those counted"
    if row["needs"] == "city_weight":
        return f"a city that counts for at least {decimals(low)} times its part of the people seen"
    if row["needs"] == "share":
        return f"a share of {decimals(low)} %"
    people = whole(low) if low == high else f"{whole(low)} to {whole(high)}"
    return f"{NEEDED[row['needs']]} {people} people"
