"""Plain sentences for computed results, made from the rows so that they cannot contradict them.

Each function takes rows of derived tables as they are published and says what they say, and no more.
"""

from collections.abc import Sequence

from scripts.package.files import Row
from scripts.wording.words import decimals, percent, plain_word, whole

Rows = Sequence[Row]


def follows_from_counts(rows: Rows) -> str:
    """Does a printed share follow from its counts? Rows of `consistency` for one share and base."""
    fitting = [plain_word(row["rounding"]) for row in rows if row["verdict"] == "consistent"]
    if not fitting:
        return "The printed share does not follow from the printed counts under any rounding rule."
    if len(fitting) == len(rows):
        return "The printed share follows from the printed counts under every rounding rule."
    rules = ", ".join(fitting)
    return f"The printed share follows from the printed counts only if it was rounded by: {rules}."


def sampling_alone(rows: Rows) -> str:
    """Can chance in sampling explain a change? Rows of `changes`: the difference at each design effect."""
    largest = decimals(max(float(row["design_effect"]) for row in rows))
    tried = f"at each design effect that was tried, up to {largest}"
    able = [float(row["design_effect"]) for row in rows if _holds_zero(row)]
    if able:
        least = decimals(min(able))
        return f"Sampling error alone could explain the change, from a design effect of {least} on."
    signs = {"fall" if float(row["upper"]) < 0 else "rise" for row in rows}
    return f"Sampling error alone cannot explain the {' or '.join(sorted(signs))}, {tried}."


def who_and_how(rows: Rows) -> str:
    """What is left to explain a change that chance cannot. Rows as for `sampling_alone`."""
    left = "who was in the frame, how age was judged, and who did the judging"
    if any(_holds_zero(row) for row in rows):
        return f"So could {left}."
    return f"A real change can explain it; so can {left}."


def _holds_zero(row: Row) -> bool:
    return float(row["lower"]) <= 0 <= float(row["upper"])


def adults_taken_for_children(row: Row) -> str:
    """How few mistakes would make up a whole share? The least specificity of `tipping_points`."""
    mistakes = percent(1 - float(row["estimate"]))
    return (
        f"If {mistakes} of the adults were taken for children, such mistakes alone would make up the whole "
        "counted share."
    )


def recognition_alone(row: Row) -> str:
    """Could worse recognition explain a fall? The ratio of sensitivities of `tipping_points`."""
    ratio = float(row["estimate"])
    if ratio >= 1:
        return "The later share is not lower, so worse recognition of children has no fall to explain."
    low, high = row["lower"], row["upper"]
    span = f" ({decimals(low, 3)} to {decimals(high, 3)} by rounding)" if low and high else ""
    return (
        f"Suppose that a child was recognised only {decimals(ratio, 3)} times as often{span} in the later "
        "wave as in the earlier one, and no adult was taken for a child. Then there would be no fall."
    )


def hidden_part(row: Row) -> str:
    """How affected would a part outside have to be? A row of `hidden_share` with affected_needed."""
    outside = percent(row["assumed"], 0)
    if row["verdict"] == "impossible" and float(row["estimate"]) > 1:
        return (
            f"With {outside} of the people outside the frame, the fall would not be undone even if all of "
            "those were children."
        )
    if row["verdict"] == "impossible":
        return "There is no fall to undo."
    needed, low, high = (percent(row[name], 1) for name in ("estimate", "lower", "upper"))
    span = f" ({low} to {high} by rounding)" if low != high else ""
    return (
        f"With {outside} of the people outside the frame, {needed} of those would have to be children "
        f"to undo the fall{span}."
    )


def sign_without_assumption(row: Row) -> str:
    """Is it a fall if nothing is assumed of the part outside? A row of `hidden_share`, change_bounds."""
    outside = percent(row["assumed"], 0)
    ends = {"fall": "it is a fall all the same", "rise": "it is a rise all the same"}
    tail = ends.get(row["verdict"], "it could be a fall or a rise")
    return (
        f"With {outside} of the people outside the frame in both waves and nothing known of them, {tail}."
    )


def none_found(bounds: Rows, needed: Rows) -> str:
    """What does "none found" leave open? Rows of `zero_bounds`: bounds at each n, and sizes needed."""
    left_open = (
        "None found is not none. The number of people seen was not found, so no bound can be given, only "
        "scenarios."
    )
    if all(row["basis"] == "counted" for row in bounds):
        first = bounds[0]
        left_open = (
            f"None found among {whole(first['n'])} people leaves shares up to {percent(first['share'])} "
            "possible."
        )
    sizes = " or ".join(
        f"{whole(row['n'])} (for {decimals(100 * float(row['share']), 4)} %)" for row in needed
    )
    rule_out = f" People needed to rule out the printed shares, if none is found: {sizes}."
    return left_open + (rule_out if sizes else "")


HYPOTHESES = {
    "weighting": "The shares are weighted",
    "narrower_denominator": "The shares have a narrower base than the people observed",
    "two_denominators": "Each share has a base of its own",
    "slip_in_count": "The printed count is a slip",
    "slip_in_share": "The printed share is a slip",
    "other_printed_denominator": "The other printed number of people is the base",
}
NEEDED = {"denominator": "a base of", "numerator": "a count of"}


def hypothesis(row: Row) -> str:
    """What could explain a mismatch? A row of `reconciliations`."""
    return HYPOTHESES[row["hypothesis"]]


def needed(row: Row) -> str:
    """What would have to be so? A row of `reconciliations`."""
    low, high = row["needs_low"], row["needs_high"]
    if not low:
        return "a number that does not exist"
    if row["needs"] == "mean_weight":
        return f"a mean weight of {decimals(low)} to {decimals(high)} for those counted"
    if row["needs"] == "share":
        return f"a share of {decimals(low)} %"
    people = whole(low) if low == high else f"{whole(low)} to {whole(high)}"
    return f"{NEEDED[row['needs']]} {people} people"
