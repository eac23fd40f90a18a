"""Run reverse GRIM tests of rival hypotheses that could explain a share that does not fit its counts.

Each row has a hypothesis, what would have to be true for it, and whether it reproduces a printed figure. We
do not choose between hypotheses. Each is tried on every printed share of the study that has a count and the
same denominator.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from scripts.derived import Cells
from scripts.derived._shares_counts_and_parts import (
    Figure,
    exact_shares_with_their_counts,
    group_shares_by_denominator,
    key_of_shared_denominator,
    linked_counts_of_share,
)
from scripts.methods.rounding_consistency import (
    REACH,
    denominators_that_fit_all,
    denominators_that_round_to,
    implied_mean_weight,
    numerators_that_round_to,
    rounding_range,
)
from scripts.package.package import Package
from scripts.package.reading import Reading
from scripts.package.reading_index import ReadingIndex

Number = Fraction | float | None
Fits = Callable[[Reading, int], bool | None]
OUTCOMES = {True: "reproduced", False: "not_reproduced", None: "can_fit"}


@dataclass(frozen=True)
class Hypothesis:
    """A hypothesis: which quantity it requires, in which range, and a test of whether it fits a share."""

    name: str
    needs: str
    ends: tuple[Number, Number]  # the range of the quantity that it needs
    fits: Fits
    variant: str = ""  # id of the reading that it starts from, if hypotheses share a name


def rows(package: Package) -> Iterator[Cells]:
    """Yield a row for each hypothesis and each reported figure on which it is tested."""
    index = package.reading_index
    every = exact_shares_with_their_counts(index)
    alike = group_shares_by_denominator(index, every)
    for share, count in every:
        if (
            not share.is_main
            or not float(share.low)
            or not index.main_mentions_linked_to("numerator_of", share.id)
        ):
            continue
        tried = alike[key_of_shared_denominator(index, share)]
        if not linked_counts_of_share(index, share):
            tried = [pair for pair in every if pair[0].quantity_id == share.id]
        for hypothesis in _hypotheses_for_mismatch(index, share, count, tried):
            for figure, its_count in tried:
                yield _hypothesis_test_row(share, hypothesis, figure, its_count)


def _hypothesis_test_row(question: Reading, hypothesis: Hypothesis, figure: Reading, count: int) -> Cells:
    name = f"{hypothesis.name}-{hypothesis.variant}" if hypothesis.variant else hypothesis.name
    return {
        "reconciliation_id": f"{question.id}.{name}.{figure.id}",
        "study_id": question.study_id,
        "question_id": question.id,
        "hypothesis": hypothesis.name,
        "variant": hypothesis.variant,
        "needs": hypothesis.needs,
        "needs_low": hypothesis.ends[0],
        "needs_high": hypothesis.ends[1],
        "figure_id": figure.id,
        "printed": figure.printed,
        "numerator": count,
        "outcome": OUTCOMES[hypothesis.fits(figure, count)],
    }


def _hypotheses_for_mismatch(
    index: ReadingIndex, question: Reading, count: int, tried: list[Figure]
) -> Iterator[Hypothesis]:
    printed = [denominator for _, denominator in linked_counts_of_share(index, question)]
    if not printed:
        yield from _hypotheses_on_two_shares_of_one_count(index, question, count)
    elif count not in numerators_that_round_to(question.low, int(printed[0].low)):
        yield from (_any_count_hypothesis(question, base) for base in printed)
        yield from _weight_hypotheses(question, count, int(printed[0].low), tried)
        sizes = denominators_that_fit_all(
            [(figure.low, count) for figure, count in tried if float(figure.low)]
        )
        yield Hypothesis(
            "narrower_denominator",
            "denominator",
            _first_and_last(sizes),
            _make_denominator_range_test(sizes),
        )
        yield from _transcription_error_hypotheses(question, count, int(printed[0].low))
        for n in (int(other.low) for other in printed[1:]):
            yield Hypothesis(
                "other_printed_denominator",
                "denominator",
                (n, n),
                _make_denominator_range_test(range(n, n + 1)),
            )


def _first_and_last(numbers: range) -> tuple[Number, Number]:
    """The first and last number in a range; None for both if the range is empty."""
    return (numbers[0], numbers[-1]) if numbers else (None, None)


def _make_denominator_range_test(sizes: range) -> Fits:
    """Return a test of whether a count over some denominator in this range can give a share."""

    def fits(figure: Reading, count: int) -> bool:
        if not float(figure.low):  # a printed 0 does not limit the denominator
            return bool(sizes) and count in numerators_that_round_to(figure.low, sizes[-1])
        return _open_ended_ranges_overlap(denominators_that_round_to(figure.low, count), sizes)

    return fits


def _open_ended_ranges_overlap(sizes: range, other: range) -> bool:
    return max(sizes.start, other.start) < min(sizes.stop, other.stop)


def _any_count_hypothesis(question: Reading, base: Reading) -> Hypothesis:
    """The hypothesis that each share is some count over this denominator, under some rounding rule."""
    n = int(base.low)
    fits = _count_ranges_by_rounding_rule(question.low, n)
    ends = (min(fit[0] for fit in fits), max(fit[-1] for fit in fits)) if fits else (None, None)
    return Hypothesis(
        "any_count",
        "numerator",
        ends,
        lambda figure, _: bool(_count_ranges_by_rounding_rule(figure.low, n)),
        variant=base.id,
    )


def _count_ranges_by_rounding_rule(printed: str, n: int) -> list[range]:
    """The counts out of n that round to the printed share, as one range per rounding rule.

    A rule under which there are no such counts is left out.
    """
    return [counts for rule in REACH if (counts := numerators_that_round_to(printed, n, rule))]


def _fit_by_free_weights(_figure: Reading, _count: int) -> None:
    """Return None for “can fit”, because free weights can reproduce any share and so prove nothing."""


def _weight_hypotheses(question: Reading, count: int, n: int, tried: list[Figure]) -> Iterator[Hypothesis]:
    """Yield two hypotheses: that each city had a weight, and that each person had one.

    The largest city weight must be at least as large as the largest mean weight that a share requires.
    """
    lowest = [implied_mean_weight(reading.low, own, n)[1] for reading, own in tried if own <= n]
    yield Hypothesis("city_weights", "city_weight", (max(lowest), None), _fit_by_free_weights)
    _, low, high = implied_mean_weight(question.low, count, n)
    yield Hypothesis("weighting", "mean_weight", (low, high), _fit_by_free_weights)


def _transcription_error_hypotheses(question: Reading, count: int, n: int) -> Iterator[Hypothesis]:
    """Yield two hypotheses: the denominator is right, and either the count or the share was miswritten."""
    needed = numerators_that_round_to(question.low, n)

    def with_count(figure: Reading, own: int) -> bool:
        """Return whether a figure fits if the count in question is wrong.

        The figure's own count changes with that count only if it was computed from it.
        """
        less = own - count
        would_be = range(needed.start + less, needed.stop + less)
        if figure.age_limits[1] != question.age_limits[1]:
            would_be = range(own, own + bool(needed))
        return _open_ended_ranges_overlap(would_be, numerators_that_round_to(figure.low, n))

    share = 100 * count / n
    yield Hypothesis("slip_in_count", "numerator", _first_and_last(needed), with_count)
    yield Hypothesis(
        "slip_in_share", "share", (share, share), _make_denominator_range_test(range(n, n + 1))
    )


def _hypotheses_on_two_shares_of_one_count(
    index: ReadingIndex, question: Reading, count: int
) -> Iterator[Hypothesis]:
    """Yield hypotheses on why two different shares are printed for one count: two denominators, or weights.

    Nothing is yielded if the oldest source prints the same share.
    """
    oldest = index.oldest_exact_reading(question.id)
    if oldest.low == question.low:
        return
    for version in (question, oldest):
        sizes = denominators_that_round_to(version.low, count)
        yield Hypothesis(
            "two_denominators",
            "denominator",
            _first_and_last(sizes),
            _make_denominator_range_test(sizes),
            variant=version.id,
        )
    now, first = rounding_range(question.low), rounding_range(oldest.low)
    yield Hypothesis(
        "weighting", "mean_weight", (now.low / first.high, now.high / first.low), _fit_by_free_weights
    )
