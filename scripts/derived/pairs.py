"""Which two figures may be set side by side? Only pairs that a link permits."""

from collections.abc import Iterator
from dataclasses import dataclass

from scripts.derived.intervals import printed_bases
from scripts.methods.printed import compatible_denominators, rounding_range
from scripts.package.ledger import Ledger, Reading

JUDGED_SHARE = "share-in-age-band"  # of people whose age was judged
VENUES = "venue_studies"  # the topic of the two waves
MOST_BASES = 100  # where more would fit, the two ends stand for all
Pair = tuple[Reading, Reading, str]  # earlier, later, id of the printed change or ""


@dataclass(frozen=True)
class Span:
    """A share as printed or counted, and how far rounding lets it lie to each side."""

    point: float
    low: float
    high: float


@dataclass(frozen=True)
class Counts:
    """The counts of two waves, where the earlier base is worked back from a printed share."""

    earlier: Reading
    later: Reading
    x1: int
    n1: int
    x2: int
    n2: int


@dataclass(frozen=True)
class Sides:
    """Two shares of one kind: both as printed, or both from counts."""

    earlier_id: str
    later_id: str
    earlier: Span
    later: Span
    counts: Counts | None  # of a scenario

    @property
    def compared(self) -> str:
        """The word for the kind of comparison."""
        return "scenario_shares" if self.counts else "printed_shares"

    @property
    def name(self) -> str:
        """Tells the pair apart from others."""
        base = f".{self.counts.n1}" if self.counts else ""
        return f"{self.earlier_id}.{self.later_id}{base}"


def pairs(ledger: Ledger) -> list[Pair]:
    """The pairs that links join: the two ends of a printed change, or two comparable quantities."""
    ends = [
        (earlier, later, change.id)
        for change in ledger.roots
        if ledger.kind(change) == "change"
        for earlier in ledger.linked("earlier_end_of", change.id)
        for later in ledger.linked("later_end_of", change.id)
    ]
    comparable = [
        (earlier, later, "") for later in ledger.roots for earlier in ledger.linked("comparable", later.id)
    ]
    return ends + comparable


def free_pairs(ledger: Ledger) -> list[Pair]:
    """Those of two exact free figures; and there is no fall from nothing."""
    return [
        pair
        for pair in pairs(ledger)
        if all(end.is_point and end.is_free for end in pair[:2]) and float(pair[0].low)
    ]


def are_printed_shares(ledger: Ledger, earlier: Reading, later: Reading) -> bool:
    """Two shares printed in digits, so that their rounding is known."""
    return earlier.is_decimal and later.is_decimal and ledger.kind(earlier) == "share"


def counts(ledger: Ledger, earlier: Reading, later: Reading) -> Iterator[Counts]:
    """Counts on both sides, at each earlier base that fits the share as first printed."""
    for numerator in ledger.linked("numerator_of", earlier.id):
        if not numerator.is_counted or printed_bases(ledger, earlier):
            continue
        x1 = int(numerator.low)
        for x2, n2 in printed_bases(ledger, later)[:1]:
            for n1 in _unweighted_bases(ledger, earlier, x1):
                yield Counts(numerator, x2, x1, n1, int(x2.low), int(n2.low))


def _unweighted_bases(ledger: Ledger, share: Reading, numerator: int) -> list[int]:
    """Bases that give the count and the share as first printed; none is printed, so all are carried."""
    first = ledger.oldest_point(share.id)
    if not numerator or not float(first.low):
        return []
    bases = compatible_denominators(first.low, numerator)
    return list(bases) if len(bases) <= MOST_BASES else [bases[0], bases[-1]]


def sides(ledger: Ledger) -> Iterator[Sides]:
    """Every permitted pair of shares of judged age: as printed, and as counted where a base can be had."""
    for earlier, later, _ in free_pairs(ledger):
        if earlier.indicator_id == JUDGED_SHARE and are_printed_shares(ledger, earlier, later):
            yield Sides(earlier.id, later.id, _rounded(earlier), _rounded(later), None)
            for one in counts(ledger, earlier, later):
                p1, p2 = one.x1 / one.n1, one.x2 / one.n2
                exact = Span(p1, p1, p1), Span(p2, p2, p2)
                yield Sides(one.earlier.id, one.later.id, *exact, one)


def _rounded(share: Reading) -> Span:
    span = rounding_range(share.low)
    return Span(float(share.low) / 100, float(span.low) / 100, float(span.high) / 100)
