"""Reversed GRIM tests of rival hypotheses: what could explain a share that does not fit its counts?

Each hypothesis, what it needs, and which printed figures it reproduces. We do not choose. A hypothesis is
tried on every printed share of the study that has a count.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from scripts.derived import Cells
from scripts.derived._linked_figures import Figure, by_base, denominator_group, figures, reported_counts
from scripts.methods.rounding_consistency import (
    REACH,
    compatible_denominators,
    compatible_numerators,
    implied_mean_weight,
    jointly_compatible_denominators,
    rounding_range,
)
from scripts.package.package import Package
from scripts.package.reading import Reading
from scripts.package.reading_index import Ledger

Number = Fraction | float | None
Fits = Callable[[Reading, int], bool | None]
OUTCOMES = {True: "reproduced", False: "not_reproduced", None: "can_fit"}


@dataclass(frozen=True)
class Hypothesis:
    """A hypothesis: the quantity that it needs, in a range, and a test of whether it reproduces a share."""

    name: str
    needs: str
    ends: tuple[Number, Number]  # the range of what is needed
    fits: Fits
    variant: str = ""  # id of the reading that it is based on, if several hypotheses have one name


def rows(package: Package) -> Iterator[Cells]:
    """One row for each hypothesis and each reported figure it is tested on."""
    ledger = package.ledger
    every = figures(ledger)
    alike = by_base(ledger, every)
    for share, count in every:
        if not share.is_main or not float(share.low) or not ledger.linked("numerator_of", share.id):
            continue
        tried = alike[denominator_group(ledger, share)]
        if not reported_counts(ledger, share):
            tried = [pair for pair in every if pair[0].quantity_id == share.id]
        for hypothesis in _hypotheses(ledger, share, count, tried):
            for figure, its_count in tried:
                yield _row(share, hypothesis, figure, its_count)


def _row(question: Reading, hypothesis: Hypothesis, figure: Reading, count: int) -> Cells:
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


def _hypotheses(ledger: Ledger, question: Reading, count: int, tried: list[Figure]) -> Iterator[Hypothesis]:
    printed = [denominator for _, denominator in reported_counts(ledger, question)]
    if not printed:
        yield from _without_base(ledger, question, count)
    elif count not in compatible_numerators(question.low, int(printed[0].low)):
        yield from (_any_count(question, base) for base in printed)
        yield from _weights(question, count, int(printed[0].low), tried)
        sizes = jointly_compatible_denominators(
            [(figure.low, count) for figure, count in tried if float(figure.low)]
        )
        yield Hypothesis("narrower_denominator", "denominator", _ends(sizes), _base_within(sizes))
        yield from _slips(question, count, int(printed[0].low))
        for n in (int(other.low) for other in printed[1:]):
            yield Hypothesis(
                "other_printed_denominator", "denominator", (n, n), _base_within(range(n, n + 1))
            )


def _ends(numbers: range) -> tuple[Number, Number]:
    """Return the first and last number of a range; None for both if it is empty."""
    return (numbers[0], numbers[-1]) if numbers else (None, None)


def _base_within(sizes: range) -> Fits:
    """Return a test: can a share arise from a count over some denominator in the range?"""

    def fits(figure: Reading, count: int) -> bool:
        if not float(figure.low):  # a printed 0 sets no upper limit to the denominator
            return bool(sizes) and count in compatible_numerators(figure.low, sizes[-1])
        return _overlap(compatible_denominators(figure.low, count), sizes)

    return fits


def _overlap(sizes: range, other: range) -> bool:
    return max(sizes.start, other.start) < min(sizes.stop, other.stop)


def _any_count(question: Reading, base: Reading) -> Hypothesis:
    """Return the hypothesis that each share is some count over this base, by any rounding rule."""
    n = int(base.low)
    fits = _counts_by_any_rule(question.low, n)
    ends = (min(fit[0] for fit in fits), max(fit[-1] for fit in fits)) if fits else (None, None)
    return Hypothesis(
        "any_count",
        "numerator",
        ends,
        lambda figure, _: bool(_counts_by_any_rule(figure.low, n)),
        variant=base.id,
    )


def _counts_by_any_rule(printed: str, n: int) -> list[range]:
    """Return, per rounding rule that has any, the counts out of n that are printed like this."""
    return [counts for rule in REACH if (counts := compatible_numerators(printed, n, rule))]


def _by_weights(_figure: Reading, _count: int) -> None:
    """Return None, since free weights can reproduce any share, which proves nothing."""


def _weights(question: Reading, count: int, n: int, tried: list[Figure]) -> Iterator[Hypothesis]:
    """Yield the hypotheses of a weight per person and of a weight per city.

    The largest city weight must be at least the mean weight that any share needs.
    """
    lowest = [implied_mean_weight(reading.low, own, n)[1] for reading, own in tried if own <= n]
    yield Hypothesis("city_weights", "city_weight", (max(lowest), None), _by_weights)
    _, low, high = implied_mean_weight(question.low, count, n)
    yield Hypothesis("weighting", "mean_weight", (low, high), _by_weights)


def _slips(question: Reading, count: int, n: int) -> Iterator[Hypothesis]:
    """Yield the hypotheses that the denominator is right and either the count or the share is a slip."""
    needed = compatible_numerators(question.low, n)

    def with_count(figure: Reading, own: int) -> bool:
        """A count derived from the doubtful one changes with it; a reported one does not."""
        less = own - count
        would_be = range(needed.start + less, needed.stop + less)
        if figure.ages[1] != question.ages[1]:
            would_be = range(own, own + bool(needed))
        return _overlap(would_be, compatible_numerators(figure.low, n))

    share = 100 * count / n
    yield Hypothesis("slip_in_count", "numerator", _ends(needed), with_count)
    yield Hypothesis("slip_in_share", "share", (share, share), _base_within(range(n, n + 1)))


def _without_base(ledger: Ledger, question: Reading, count: int) -> Iterator[Hypothesis]:
    """Yield hypotheses for two printed shares of one count: two denominators, or weights."""
    oldest = ledger.oldest_point(question.id)
    if oldest.low == question.low:
        return
    for version in (question, oldest):
        sizes = compatible_denominators(version.low, count)
        yield Hypothesis(
            "two_denominators", "denominator", _ends(sizes), _base_within(sizes), variant=version.id
        )
    now, first = rounding_range(question.low), rounding_range(oldest.low)
    yield Hypothesis("weighting", "mean_weight", (now.low / first.high, now.high / first.low), _by_weights)
