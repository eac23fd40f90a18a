"""Plain sentences on computed results, made from the rows so that they cannot contradict them.

Each function takes published rows of derived tables, and states only what is in these rows.
"""

from collections.abc import Sequence
from itertools import groupby

from scripts.package.files import Row
from scripts.wording.text_formatting import (
    code_for_readers,
    format_decimals,
    format_percent,
    format_whole_number,
    join_with_commas_and,
    one_in_so_many,
    proportion_as_percent,
)

Rows = Sequence[Row]
ALL_OR_NONE = "everyone in a venue, or no one, was judged to be under 18"
EQUAL = (
    "both surveys drew their venues at random from similar lists, findings in one venue had no bearing on "
    "another, and all were the same size and counted equally"
)


def follows_from_counts(rows: Rows) -> str:
    """Say whether a share follows from its counts, given the rows of `consistency` for a denominator."""
    fitting = [code_for_readers(row["rounding"]) for row in rows if row["verdict"] == "consistent"]
    if not fitting:
        return "Rounding cannot explain the gap between the reported counts and the reported percentage."
    if len(fitting) == len(rows):
        return "The reported share follows from the reported counts under every rounding rule."
    rules = ", ".join(fitting)
    return f"The reported share follows from the reported counts only if it was rounded by: {rules}."


def sampling_explains_change(rows: Rows) -> str:
    """Say whether sampling error can explain a change, given its rows in `scenario_changes`.

    If it can, the sentence names the smallest design effect at which an interval includes zero. Otherwise,
    it gives the interval for the case in which people in a venue are all alike, if there is one, since no
    case is worse if venues are equal in size.
    """
    able = [row for row in rows if _does_interval_include_zero(row)]
    level = f"{format_percent(rows[0]['ci_level'], 0)} confidence interval"
    if able:
        least = format_decimals(min(float(row["later_design_effect"]) for row in able))
        reached = f"at a design effect of {least} the {level} includes zero"
        return f"Chance alone could explain the change: {reached}."
    widest = max(
        rows, key=lambda row: (bool(row["likeness"]), float(row["ci_high"]) - float(row["ci_low"]))
    )
    way = "fall" if float(widest["ci_high"]) < 0 else "rise"
    ends = f"from {format_percent(widest['earlier'])} to {format_percent(widest['later'])}"
    assumed = f" This assumes that {EQUAL}." if widest["likeness"] else ""
    return (
        f"{_clustering_phrase(widest)}, the {level} of the {way} {ends} is "
        f"{_difference_interval(widest)}.{assumed}"
    )


def _difference_interval(row: Row) -> str:
    """The limits of a difference in percentage points, without their sign."""
    least, most = sorted(abs(float(row[end])) for end in ("ci_low", "ci_high"))
    return f"{least:.1f} to {most:.1f} percentage points"


def earlier_denominators(rows: Rows) -> str:
    """The range of possible earlier denominators, given rows as for `sampling_explains_change`."""
    numbers = sorted({int(row["earlier_denominator"]) for row in rows})
    return " to ".join(format_whole_number(number) for number in dict.fromkeys((numbers[0], numbers[-1])))


def _clustering_phrase(row: Row) -> str:
    if not row["likeness"]:
        return f"Even with a design effect of {format_decimals(row['later_design_effect'])}"
    if float(row["likeness"]) == 1:
        return f"Even in the extreme case in which {ALL_OR_NONE}"
    return f"Even if in each venue people were alike by {format_decimals(row['likeness'])}"


def explanations_left(rows: Rows) -> str:
    """Say what else could explain a change, given rows as for `sampling_explains_change`."""
    left = (
        "come from counting a wider group of people, a different list of venues, a different way of "
        "judging age, or different observers"
    )
    if any(_does_interval_include_zero(row) for row in rows):
        return f"The fall could also {left}."
    return f"The fall could be real. It could also {left}."


def _does_interval_include_zero(row: Row) -> bool:
    return float(row["ci_low"]) <= 0 <= float(row["ci_high"])


def adults_taken_for_children(row: Row) -> str:
    """Say how many adults taken for children would by themselves account for a whole share.

    Takes a row of `scenario_estimates`.
    """
    mistakes = 1 - float(row["estimate"])
    return (
        f"If {proportion_as_percent(mistakes)} of the adults ({one_in_so_many(mistakes)}) were taken "
        "for children, that alone would "
        "account for everyone judged to be under 18."
    )


def mistakes_explain_fall(row: Row) -> str:
    """Say how many adults taken for children in the earlier survey alone would explain a fall.

    Takes a row of `scenario_tipping_points`.
    """
    if float(row["estimate"]) <= 0:
        return "The later share is not lower, so mistakes in the earlier survey have no fall to explain."
    return (
        f"The fall would vanish if the earlier survey took {one_in_so_many(row['estimate'])} adults "
        f"({proportion_as_percent(row['estimate'], 1)}) for children, and no other mistakes were made "
        "in either survey."
    )


def recognition_explains_fall(row: Row) -> str:
    """Say how much less often children must have been recognised later to explain a fall.

    Takes a row of `scenario_tipping_points`.
    """
    ratio = float(row["estimate"])
    if ratio >= 1:
        return "The later share is not lower, so worse recognition of children has no fall to explain."
    return (
        f"The fall would vanish if the later survey recognised only {100 * ratio:.0f} of every 100 "
        "children whom the earlier one would have recognised, and no adult was taken for a child."
    )


def affected_share_needed_outside(row: Row) -> str:
    """Say what share of the people missed must be children to cancel a fall.

    Takes a row of `scenario_people_missed`.
    """
    outside = proportion_as_percent(row["assumed"], 0)
    if row["verdict"] == "impossible" and float(row["estimate"]) > 100:
        return (
            f"If the later survey missed {outside} of the people, there would still be a fall even if all "
            "of those missed were children."
        )
    if row["verdict"] == "impossible":
        return "There is no fall to begin with."
    return (
        f"If the later survey missed {outside} of the people, "
        f"{one_in_so_many(float(row['estimate']) / 100)} of "
        f"those missed ({format_percent(row['estimate'], 1)}) would have to be children to "
        "cancel out the fall."
    )


def direction_whoever_was_missed(row: Row) -> str:
    """Say whether a share fell or rose, whoever the people missed were.

    Takes a row of `scenario_people_missed`.
    """
    ends = {"fall": "the share still fell", "rise": "the share still rose"}
    tail = ends.get(row["verdict"], "the share could have fallen or risen")
    outside = proportion_as_percent(row["assumed"], 0)
    return f"With {outside} of the people missed in both surveys, and nothing known of them, {tail}."


def sentence_on_none_found(rows: Rows) -> str:
    """Say which shares are still possible where none was found, given the rows of `estimates` for it."""
    return " ".join(["None found is not none.", *map(_upper_bound_words, rows[:1])])


def sentence_on_people_needed_to_rule_out_share(rows: Rows) -> str:
    """Say how many people must be seen, and none found, to rule out a share.

    Takes rows of `scenario_none_found`.
    """
    sizes = {_sample_size_words(row): row["ci_level"] for row in rows if row["measure"] == "n_to_exclude"}
    return (
        f"With none found, it takes {join_with_commas_and(sizes)} (level {max(sizes.values())}%)."
        if sizes
        else ""
    )


def _upper_bound_words(row: Row) -> str:
    people, share = format_whole_number(row["denominator"]), format_percent(row["estimate"])
    level = (
        f"one-sided {format_percent(row['ci_level'], 0)} limit, if people were independent "
        "and no child missed"
    )
    if row["measure"] == "bound_at_least":
        return (
            f"We do not know how many people were seen there. Even if all {people} people in the survey "
            f"had been seen there, finding none would not rule out a true share of up to {share} ({level})."
        )
    return f"Among {people} people, shares up to {share} are still possible ({level})."


def _sample_size_words(row: Row) -> str:
    share = f"{format_decimals(row['assumed'], 4)}%"
    ends = (
        f" ({format_whole_number(row['rounding_low'])} to "
        f"{format_whole_number(row['rounding_high'])} by rounding)"
        if row["rounding_high"]
        else ""
    )
    return f"{format_whole_number(row['estimate'])} people to rule out a share of exactly {share}{ends}"


def fall_per_venue(row: Row) -> str:
    """Say how much the number of people per venue fell, given a row of `scenario_changes`."""
    earlier, later = (f"{float(row[side]):.2f}" for side in ("earlier", "later"))
    low, high = (format_percent(row[end], 1) for end in ("ci_low", "ci_high"))
    return (
        f"From {earlier} to {later} people judged under 18 per venue is a fall of "
        f"{format_percent(row['estimate'], 1)} ({format_percent(row['ci_level'], 0)} "
        f"confidence interval {low} to "
        f"{high}, if people were met independently and venues did not differ)."
    )


def venues_with_none(row: Row) -> str:
    """Say in how many venues nobody was judged under age, given a row of estimates per venue."""
    without, venues = map(format_whole_number, (row["numerator"], row["denominator"]))
    return f"at least {without} of {venues} venues"


def missed_people_with_other_errors(rows: Rows) -> str:
    """Say how few people missed would cancel a fall if the other errors were the largest assumed.

    Takes rows of `scenario_tipping_points` for one denominator.
    """
    effect = max(float(row["design_effect"]) for row in rows)
    ratio = min(float(row["sensitivity_ratio"]) for row in rows)
    hidden = {
        row["assumed"]: float(row["estimate"])
        for row in sorted(rows, key=lambda row: float(row["assumed"]))
        if (float(row["design_effect"]), float(row["sensitivity_ratio"])) == (effect, ratio)
    }
    return (
        f"Suppose that the design effect is {format_decimals(effect)}, and that children "
        "were recognised only "
        f"{times_as_often(ratio)} before. Then the surveys no longer show a fall, "
        f"{_whether_error_is_enough_words(hidden)}."
    )


def _whether_error_is_enough_words(parts: dict[str, float]) -> str:
    if not any(parts.values()):
        return "even if nobody was missed"
    missed = (
        f"{proportion_as_percent(hidden, 1)} (if {proportion_as_percent(of, 0)} of them were under 18)"
        for of, hidden in parts.items()
    )
    return f"once {join_with_commas_and(missed, 'or')} of all people were missed"


def times_as_often(ratio: str | float) -> str:
    """Words such as “0.8 times as often as”, given a ratio of sensitivities."""
    return "as often as" if float(ratio) == 1 else f"{format_decimals(ratio)} times as often as"


BY_ANY_RULE, TO_THE_NEAREST = "under some rule of rounding", "if rounded to the nearest"
FOR_ALL = ("narrower_denominator", "city_weights")  # the others need it for this share only
NEEDED = {"denominator": "a denominator of", "numerator": "a count of"}


def requirement_of_hypothesis(row: Row) -> str:
    """Say what a hypothesis requires, and under which rounding, given a row of `reconciliations`."""
    if row["needs"] == "share" or not row["needs_low"]:
        return _amount_needed(row)
    shares = " for all the shares to follow" if row["hypothesis"] in FOR_ALL else ""
    rounding = BY_ANY_RULE if row["hypothesis"] == "any_count" else TO_THE_NEAREST
    return f"{_amount_needed(row)}{shares}, {rounding}"


def _amount_needed(row: Row) -> str:
    low, high = row["needs_low"], row["needs_high"]
    if not low:
        return "a number that does not exist"
    if row["needs"] == "mean_weight":
        return f"an average weight of {format_decimals(low)} to {format_decimals(high)} for those counted"
    if row["needs"] == "city_weight":
        return f"one city weighted at least {format_decimals(low)} times its part of the people seen"
    if row["needs"] == "share":
        return f"a share of {format_decimals(low)}%"
    people = (
        format_whole_number(low)
        if low == high
        else f"{format_whole_number(low)} to {format_whole_number(high)}"
    )
    return f"{NEEDED[row['needs']]} {people} people"


IN_WORDS = {
    "tier_1": "in Tier 1",
    "tier_2": "in Tier 2",
    "tier_2_watch_list": "on the Tier 2 Watch List",
    "tier_3": "in Tier 3",
}
# For small table cells.
SHORTLY = {"tier_1": "1", "tier_2": "2", "tier_2_watch_list": "W", "tier_3": "3", "": "–"}


def tier_history_sentence(rows: Sequence[Row], since: str = "") -> str:
    """Say in which tier a country was and when, given rows of `tip_tiers`.

    A spell in one tier that ended before `since` is left out.
    """
    found = sorted((row for row in rows if row["tier"]), key=lambda row: row["report_year"])
    spells = [
        (tier, [row["report_year"] for row in same])
        for tier, same in groupby(found, key=lambda row: row["tier"])
    ]
    return join_with_commas_and(
        f"{IN_WORDS[tier]} {_year_spans(years)}" for tier, years in spells if years[-1] >= since
    )


def _year_spans(years: Sequence[str]) -> str:
    """Words for the years in one tier, up to the last report that we found."""
    return f"in {years[0]}" if len(years) == 1 else f"from {years[0]} to {years[-1]}"
