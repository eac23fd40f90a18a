"""Inverse GRIM tests of rival hypotheses: what could explain a mismatch of a share with its counts?

Each hypothesis, what it needs, and which printed figures it reproduces. We do not choose.
A hypothesis is tried on every printed share of the study that has a count.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from scripts.derived import Cells
from scripts.derived._bases import Figure, base_of, by_base, figures, printed_bases
from scripts.methods.printed import (
    REACH,
    compatible_denominators,
    compatible_numerators,
    implied_mean_weight,
    jointly_compatible_denominators,
    rounding_range,
)
from scripts.package.ledger import Ledger
from scripts.package.opening import Package
from scripts.package.reading import Reading

MOST_BASES = 10_000  # that are tried one by one; from there on a rounded share always fits
Ends = tuple[float | None, float | None]
Tried = list[tuple[Reading, int | None]]  # a printed share, and its count where one is printed


@dataclass(frozen=True)
class Hypothesis:
    """What a hypothesis needs (a quantity, from, to) and the outcome for each printed share."""

    name: str
    needs: str
    ends: Ends  # from and to
    outcomes: dict[str, str]  # id of the printed share: outcome
    variant: str = ""  # id of the printed share that gives what is needed, where two of one name do


def rows(package: Package) -> Iterator[Cells]:
    """One row for each hypothesis and each printed figure that it is tried on."""
    ledger = package.ledger
    every = figures(ledger)
    uncounted: Tried = [(share, None) for share in ledger.shares if share.is_decimal]
    alike = by_base(ledger, [*every, *uncounted])
    for share, count in every:
        if not share.is_root or not float(share.low) or not ledger.linked("numerator_of", share.id):
            continue
        tried = _figures_to_try(ledger, share, every, alike[base_of(ledger, share)])
        for hypothesis in _hypotheses(ledger, share, count, tried):
            for figure, its_count in tried:
                yield _row(share, hypothesis, figure, its_count)


def _row(question: Reading, hypothesis: Hypothesis, figure: Reading, count: int | None) -> Cells:
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
        "outcome": hypothesis.outcomes[figure.id],
    }


def _figures_to_try(ledger: Ledger, question: Reading, every: list[Figure], alike: Tried) -> Tried:
    """The shares of the same base; where no base is printed, every printed version of the question too."""
    of_study: Tried = [(share, count) for share, count in alike if count is not None]
    if printed_bases(ledger, question):
        return of_study
    versions: Tried = [(share, count) for share, count in every if share.root_id == question.id]
    counted = {share.id for share, _ in of_study}
    return versions + [(share, None) for share, count in alike if count is None and share.id not in counted]


def _hypotheses(ledger: Ledger, question: Reading, count: int, tried: Tried) -> Iterator[Hypothesis]:
    printed = [denominator for _, denominator in printed_bases(ledger, question)]
    bases = [int(denominator.low) for denominator in printed]
    if not bases:
        yield from _without_base(ledger, question, count, tried)
    elif count not in compatible_numerators(question.low, bases[0]):
        for denominator in printed:
            yield _any_count(question, denominator, tried)
        yield _city_weights(bases[0], tried)
        yield _weighting(question, count, bases[0], tried)
        yield _narrower_denominator(tried)
        yield _slip_in_count(question, count, bases[0], tried)
        yield _slip_in_share(question, count, bases[0], tried)
        for other in bases[1:]:
            yield _other_denominator(other, tried)


def _any_count(question: Reading, base: Reading, tried: Tried) -> Hypothesis:
    """The base is right, and each share is that of some whole number of people, by whatever rounding."""
    n = int(base.low)
    fits = _counts_by_any_rule(question.low, n)
    ends = (min(fit[0] for fit in fits), max(fit[-1] for fit in fits)) if fits else (None, None)
    outcomes = {figure.id: _outcome(bool(_counts_by_any_rule(figure.low, n))) for figure, _ in tried}
    return Hypothesis("any_count", "numerator", ends, outcomes, variant=base.id)


def _counts_by_any_rule(printed: str, n: int) -> list[range]:
    """The whole numbers of n people that some rounding prints like this, by rounding."""
    return [counts for rule in REACH if (counts := compatible_numerators(printed, n, rule))]


def _city_weights(n: int, tried: Tried) -> Hypothesis:
    """Each city counts by its own weight: some city must weigh as much as the share that needs most."""
    lowest = [implied_mean_weight(one.low, count, n)[1] for one, count in tried if count and count <= n]
    return Hypothesis("city_weights", "city_weight", (float(max(lowest)), None), _can_fit(tried))


def _outcomes(tried: Tried, sizes: range) -> dict[str, str]:
    """Which printed shares come out with some base of the range."""
    return {figure.id: _outcome(_fits_some(figure, count, sizes)) for figure, count in tried}


def _outcome(fits: bool) -> str:
    return "reproduced" if fits else "not_reproduced"


def _fits_some(figure: Reading, count: int | None, sizes: range) -> bool:
    if count is None:
        return any(_counts_by_any_rule(figure.low, n) for n in sizes[:MOST_BASES])
    if not float(figure.low):  # a printed 0 bounds no base
        return bool(sizes) and count in compatible_numerators(figure.low, sizes[-1])
    return _overlap(compatible_denominators(figure.low, count), sizes)


def _weighting(question: Reading, count: int, n: int, tried: Tried) -> Hypothesis:
    _, low, high = implied_mean_weight(question.low, count, n)
    return Hypothesis("weighting", "mean_weight", (float(low), float(high)), _can_fit(tried))


def _can_fit(tried: Tried) -> dict[str, str]:
    """Weights are free, so each share can be met by some weight; that proves nothing."""
    return {figure.id: "can_fit" for figure, _ in tried}


def _narrower_denominator(tried: Tried) -> Hypothesis:
    sizes = jointly_compatible_denominators(
        [(figure.low, count) for figure, count in tried if count and float(figure.low)]
    )
    return Hypothesis("narrower_denominator", "denominator", _ends(sizes), _outcomes(tried, sizes))


def _ends(numbers: range) -> Ends:
    """The first and the last of a run of whole numbers; none where nothing fits."""
    return (numbers[0], numbers[-1]) if numbers else (None, None)


def _slip_in_count(question: Reading, count: int, n: int, tried: Tried) -> Hypothesis:
    """The base and the share are right and the count is a slip."""
    needed = compatible_numerators(question.low, n)

    def would_be(figure: Reading, its_count: int) -> range:
        """A count that was left over from the doubtful one moves with it; a printed one does not."""
        if figure.ages[1] != question.ages[1]:
            return range(its_count, its_count + 1) if needed else range(0)
        return range(its_count + needed.start - count, its_count + needed.stop - count)

    outcomes = {
        figure.id: _outcome(_overlap(would_be(figure, own or 0), compatible_numerators(figure.low, n)))
        for figure, own in tried
    }
    return Hypothesis("slip_in_count", "numerator", _ends(needed), outcomes)


def _overlap(one: range, other: range) -> bool:
    return max(one.start, other.start) < min(one.stop, other.stop)


def _slip_in_share(question: Reading, count: int, n: int, tried: Tried) -> Hypothesis:
    """The counts are right and the printed share is a slip."""
    needed = 100 * count / n
    outcomes = _outcomes(tried, range(n, n + 1)) | {question.id: "not_reproduced"}
    return Hypothesis("slip_in_share", "share", (needed, needed), outcomes)


def _other_denominator(n: int, tried: Tried) -> Hypothesis:
    outcomes = _outcomes(tried, range(n, n + 1))
    return Hypothesis("other_printed_denominator", "denominator", (n, n), outcomes)


def _without_base(ledger: Ledger, question: Reading, count: int, tried: Tried) -> Iterator[Hypothesis]:
    """No base is printed: two printed shares of one count could have two bases, or weights."""
    oldest = ledger.oldest_point(question.id)
    if oldest.low == question.low:
        return
    for version in (question, oldest):
        sizes = compatible_denominators(version.low, count)
        outcomes = _outcomes(tried, sizes)
        ends = _ends(sizes)
        yield Hypothesis(
            name="two_denominators", needs="denominator", ends=ends, outcomes=outcomes, variant=version.id
        )
    now, first = rounding_range(question.low), rounding_range(oldest.low)
    low, high = float(now.low / first.high), float(now.high / first.low)
    yield Hypothesis("weighting", "mean_weight", (low, high), _can_fit(tried))
