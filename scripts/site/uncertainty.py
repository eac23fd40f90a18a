"""How certain a quantity is: reported and computed intervals, and what follows from its counts."""

from collections.abc import Iterator

from scripts.package.files import Row, group_by_key
from scripts.package.reading import Reading
from scripts.site import page_parts as parts
from scripts.site.content_nodes import Line, Link, put_in_brackets
from scripts.site.page_data import PageData
from scripts.wording import result_sentences
from scripts.wording.quotable_sentences import AGAINST_ITS_ENDS, estimates_by_preferred_method
from scripts.wording.text_formatting import (
    code_for_readers,
    format_percent,
    format_whole_number,
    join_with_commas_and,
    lowercase_first,
    period_in_words,
    sort_by_number,
)

NO_RANGE = {  # why there is no interval of our own
    "denominator_not_printed": "no source that we read says of how many people it is a share",
    "count_not_printed": "no source that we read gives the count behind it",
    "not_a_sample": "it does not come from a sample",
    "not_known_to_be_a_sample": "we could not see whether it comes from a sample",
}


def precision_lines(data: PageData, main: Reading) -> Iterator[Line]:
    """Yield what is known about a figure's precision, and whether it follows from its reported counts."""
    known = (
        _change_end_lines,
        _change_from_counts_lines,
        _reported_interval_lines,
        _computed_interval_lines,
        _none_found_lines,
        _counts_consistency_lines,
    )
    yield from (line for lines in known for line in lines(data, main))


def _reported_interval_lines(data: PageData, main: Reading) -> Iterator[Line]:
    for reading in data.reading_index.mentions_of_quantity(main.id):
        if reading.interval_low:
            publisher = put_in_brackets(data.publisher(reading.id))
            yield (f"Reported interval: {reported_interval_words(reading)} ", publisher, ".")


def reported_interval_words(reading: Reading) -> str:
    """An interval as reported by a source."""
    return f"{reading.interval_low} to {reading.interval_high}, level {reading.interval_level}%"


def _computed_interval_lines(data: PageData, main: Reading) -> Iterator[Line]:
    """Yield the intervals computed from the reported counts or, if there are none, the reason."""
    if why := data.row("values", main.id)["no_interval_reason"]:
        yield (f"No range of our own: {NO_RANGE[why]}.",)
    for at, row in enumerate(estimates_by_preferred_method(data.package, main.id)):
        yield _interval_line(data, row, is_explained=not at)


def _interval_line(data: PageData, row: Row, *, is_explained: bool) -> Line:
    """The interval for one pair of counts; if `is_explained`, its assumptions are given in full."""
    level = put_in_brackets(
        f"{code_for_readers(row['method'])}, level {format_percent(row['ci_level'], 0)}"
    )
    explained = (
        ", if each person was drawn at random and counted independently of the others. "
        "The range is for all whom such a count could have met, not only for those seen. "
        "It does not cover mistakes about age, or people whom nobody could see."
    )
    share, limits = _share_from_counts_in_words(data, row), interval_limits_in_words(row)
    lead = f"{share}. By chance alone it could be {limits} "
    return (lead, level, explained if is_explained else ", on the same condition.")


def _share_from_counts_in_words(data: PageData, row: Row) -> str:
    """The share that two counts give; if they are from two sources, who reports the denominator."""
    count, base = (
        data.values.publisher_in_sentence(row[end]) for end in ("numerator_id", "denominator_id")
    )
    who = f", the number that {base} gives," if base != count else ""
    return (
        f"{row['numerator']} of {format_whole_number(row['denominator'])} people{who} is "
        f"{format_percent(row['estimate'])}"
    )


def interval_limits_in_words(row: Row) -> str:
    """The lower and upper limit of an interval."""
    return f"{format_percent(row['ci_low'])} to {format_percent(row['ci_high'])}"


def short_interval_of_counted_share(data: PageData, row: Row) -> str:
    """The interval of a counted share in short form, from a row of `estimates`."""
    interval = f"{format_percent(row['ci_level'], 0)} confidence interval: {interval_limits_in_words(row)}"
    return (
        f"{_share_from_counts_in_words(data, row)} ({interval}, if each person was drawn at random and "
        "counted independently)."
    )


def _none_found_lines(data: PageData, main: Reading) -> Iterator[Line]:
    if main.is_none_found:
        known = data.rows_with_cell("estimates", "value_id", main.id)
        scenarios = data.rows_with_cell("scenario_none_found", "value_id", main.id)
        sizes = result_sentences.sentence_on_people_needed_to_rule_out_share(scenarios)
        yield (f"{result_sentences.sentence_on_none_found(known)} {sizes}".strip(),)


def _counts_consistency_lines(data: PageData, main: Reading) -> Iterator[Line]:
    """Yield a line on whether a share follows from its counts, for each reported denominator."""
    rows = data.rows_with_cell("consistency", "value_ids", main.id)
    tried = parts.rows_grouped_by((row for row in rows if row["denominator"]), "denominator")
    verdicts = group_by_key((result_sentences.follows_from_counts(same), same[0]) for same in tried)
    for verdict, against in verdicts.items():
        counts = [
            f"{row['numerators']} of {format_whole_number(row['denominator'])} people" for row in against
        ]
        yield (f"Against {join_with_commas_and(counts, 'or')}: {lowercase_first(verdict)}",)
    if data.rows_with_cell("reconciliations", "question_id", main.id):
        yield (Link("What could explain a mismatch", "disagreements/"), ".")


# A change: its two ends, and what their counts would imply.


def _change_end_lines(data: PageData, main: Reading) -> Iterator[Line]:
    """Yield a line on a change's two figures, or on our lack of them; nothing for other quantities."""
    if data.reading_index.kind_of_indicator(main) != "change":
        return
    if not (ends := data.values.earlier_and_later_figure(main.id)):
        yield ("We do not have the two numbers that it lies between, so we could not work it out again.",)
        return
    first, second = (
        parts.reading_link(data, reading.id, data.values.number_with_noun(reading.id)) for reading in ends
    )
    when, then = (f" ({period_in_words(reading.period)})" if reading.period else "" for reading in ends)
    yield (
        "It is the change from ",
        first,
        f"{when} to ",
        second,
        f"{then}. {_change_between_two_figures_in_words(data, main)}",
    )


def _change_between_two_figures_in_words(data: PageData, main: Reading) -> str:
    """A sentence on the change that the two figures imply, and whether it differs from the reported one."""
    found = data.rows_with_cell("conflicts", "value_id", main.id)
    other = [row["other_has"] for row in found if row["kind"] == AGAINST_ITS_ENDS]
    for row in _relative_reductions(data, "changes", main):
        ends = row["rounding_low"], row["rounding_high"]
        rounded = f" ({_range_of_reductions_in_words(*ends)} by rounding)" if all(ends) else ""
        told = f"The two give {_fall_or_rise_in_words(row['estimate'])}{rounded}."
        return told + (" That differs from the reported change." if other else "")
    if other:
        return f"The two give a different change: {other[0]}."
    return "They are not both exact, so the change cannot be worked out from them."


def _relative_reductions(data: PageData, table: str, main: Reading) -> list[Row]:
    """The rows of a table on the relative reduction between the two ends of a reported change."""
    return data.rows_with_cells(table, printed_change_id=main.id, measure="relative_reduction")


def _fall_or_rise_in_words(reduction: str) -> str:
    """A reduction in words: a fall, or a rise if it is negative."""
    return f"a {'rise' if float(reduction) < 0 else 'fall'} of {format_percent(abs(float(reduction)), 1)}"


def _range_of_reductions_in_words(low: str, high: str) -> str:
    """The range from the smaller to the larger of two reductions, without signs."""
    first, last = sorted(abs(float(end)) for end in (low, high))
    return f"{format_percent(first, 1)} to {format_percent(last, 1)}"


def _change_from_counts_lines(data: PageData, main: Reading) -> Iterator[Line]:
    """Yield a what-if line on the change that the counts behind a change's two figures would imply.

    If no denominator is reported for the earlier figure, the smallest that fits is assumed.
    """
    rows = [
        row
        for row in _relative_reductions(data, "scenario_changes", main)
        if row["compared"] == "counted_shares"
    ]
    for row in sort_by_number(rows, "later_design_effect")[:1]:
        fits = data.value(
            data.reading_index.oldest_exact_reading(data.values.earlier_and_later_figure(main.id)[0].id).id
        )
        first, last = (
            f"{data.value(row[f'{side}_id'])} of {format_whole_number(row[f'{side}_denominator'])} people"
            for side in ("earlier", "later")
        )
        level = format_percent(row["ci_level"], 0)
        yield (
            f"A what-if: if the earlier end were {first}, which would fit {fits} and that nobody gives, "
            f"and the later one {last}, it would be {_fall_or_rise_in_words(row['estimate'])}, and by "
            "chance alone anything "
            f"from {_range_of_reductions_in_words(row['ci_low'], row['ci_high'])} (level {level}), "
            "if both drew people at random from similar lists and each person was counted independently "
            "of the others.",
        )
