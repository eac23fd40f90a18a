"""Comparison of printings, cell by cell: where do those of one quantity differ, and how?

It judges no source. Neither pandas nor SciPy stand behind it, because a browser runs it too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction

from scripts.derived import Cells
from scripts.derived._bases import printed_bases
from scripts.derived._comparison import (
    Number,
    age_words,
    ages_differ,
    differ,
    ends,
    half_of_last_digit,
    half_of_rough_digit,
    periods_differ,
    places_differ,
    populations_differ,
    sexes_differ,
    value_kind,
)
from scripts.derived._pairs import pairs
from scripts.methods.printed import compatible_numerators
from scripts.package.ledger import Ledger, Reading
from scripts.package.opening import Package


def rows(package: Package) -> Iterator[Cells]:
    """All disagreements: of each printing with its root, and between linked quantities."""
    ledger = package.ledger
    for root in ledger.roots:
        for printing in ledger.printings(root.id):
            if not printing.is_root:
                yield from _of_printing(ledger, root, printing)
        yield from _share_against_counts(ledger, root)
    yield from _parts_against_whole(ledger)
    yield from _changes_against_ends(ledger)
    yield from _other_methods(ledger)
    yield from _one_numeral_two_bases(ledger)


def _row(root: Reading, other: Reading, dimension: str, **cells: str) -> Cells:
    """One disagreement: of what the two print, unless the cells say of what else."""
    return {
        "conflict_id": f"{root.id}.{other.id}.{dimension}",
        "root_id": root.id,
        "value_id": other.id,
        "dimension": dimension,
        "root_has": root.printed,
        "printing_has": other.printed,
        **cells,
    }


def _of_printing(ledger: Ledger, root: Reading, printing: Reading) -> Iterator[Cells]:
    value = value_kind(root, printing)
    if value:
        kind, test = value
        yield _row(root, printing, "value", kind=kind, decided_by=test)
    for dimension, kind, has, gives in _scope_differences(ledger, root, printing):
        test = f"the {dimension} that is named differs"
        ends = {"root_has": has, "printing_has": gives}
        yield _row(root, printing, dimension, kind=kind, **ends, decided_by=test)


def _scope_differences(
    ledger: Ledger, root: Reading, printing: Reading
) -> Iterator[tuple[str, str, str, str]]:
    if ages_differ(root, printing):
        yield "age", "another_age_bound", age_words(root), age_words(printing)
    if sexes_differ(root, printing):
        yield "sex", "another_sex", root.sex, printing.sex
    if populations_differ(root, printing):
        names = ledger.index("populations")
        yield (
            "population",
            "another_population",
            names[root.population_id]["name"],
            names[printing.population_id]["name"],
        )
    if places_differ(root, printing):
        yield _place_difference(ledger, root, printing)
    if periods_differ(root, printing):
        yield "period", "another_period", root.period, printing.period
    if differ(root.nature, printing.nature):
        yield "nature", "another_nature", root.nature, printing.nature


def _place_difference(ledger: Ledger, root: Reading, printing: Reading) -> tuple[str, str, str, str]:
    """A country, or places without names, is the place of the root said less precisely."""
    places = ledger.index("places")
    here, there = places[root.place_id], places[printing.place_id]
    is_wider = there["place_id"] in ledger.ancestors(root.place_id) or (
        there["level"] == "area_set" and there["parent_id"] == here["parent_id"]
    )
    kind = "less_precise_place" if is_wider else "another_place"
    return "place", kind, here["name"], there["name"]


def _share_against_counts(ledger: Ledger, share: Reading) -> Iterator[Cells]:
    """A printed share that its own printed counts do not give under any usual rounding."""
    for numerator, denominator in printed_bases(ledger, share)[:1] if share.is_decimal else []:
        x, n = int(numerator.low), int(denominator.low)
        if x not in compatible_numerators(share.low, n):
            gives = f"{x:,} of {n:,} is {100 * x / n:.2f} percent"
            test = "no rounding of the count over the base gives the share"
            kind = "share_against_its_counts"
            yield _row(share, numerator, "counts", kind=kind, printing_has=gives, decided_by=test)


def _parts_against_whole(ledger: Ledger) -> Iterator[Cells]:
    """Parts that a partition says make up their whole, and that do not add up to it."""
    for partition in ledger.partitions:
        whole, parts = partition.whole, partition.parts
        if not all(part.is_point for part in [*parts, whole]):
            continue
        total = sum(Fraction(part.low) for part in parts)
        is_share = ledger.kind(whole) == "share"
        reach = sum(half_of_last_digit(one.low) for one in [*parts, whole]) if is_share else 0
        if abs(total - Fraction(whole.low)) > reach:
            gives = " + ".join(part.printed for part in parts) + f" is {float(total):,.10g}"
            test = "the parts do not add up to the whole"
            kind = "parts_against_whole"
            yield _row(whole, parts[0], "parts", kind=kind, printing_has=gives, decided_by=test)


def _changes_against_ends(ledger: Ledger) -> Iterator[Cells]:
    """A printed change that its two printed ends do not give, whatever was rounded away."""
    for earlier, later, change_id in pairs(ledger):
        change = ledger.readings.get(change_id)
        if not change or not (earlier.is_point and later.is_point) or not float(earlier.low):
            continue  # no printed change, or ends that give none
        sign = -1 if ledger.indicators[change.indicator_id]["direction"] == "fall" else 1
        (low, high), (given_low, given_high) = _allowed(change), _given(ledger, earlier, later, sign)
        if given_high < low or high < given_low:
            given = sign * 100 * (float(later.low) / float(earlier.low) - 1)
            gives = f"{earlier.printed} to {later.printed} is {given:.2f} percent"
            test = "the two ends give another change"
            kind = "change_against_its_ends"
            yield _row(change, later, "ends", kind=kind, printing_has=gives, decided_by=test)


def _allowed(change: Reading) -> tuple[Number, Number]:
    """The changes that a printed one may stand for."""
    low, high = ends(change)
    halves = {"exact": half_of_last_digit, "about": half_of_rough_digit}
    reach = halves[change.qualifier](change.low) if change.qualifier in halves else 0
    return low - reach, high + reach


def _given(ledger: Ledger, earlier: Reading, later: Reading, sign: int) -> tuple[Number, Number]:
    """The changes in percent that two ends give; counts are exact, shares may be rounded."""
    first, second = (
        half_of_last_digit(one.low) if ledger.kind(one) == "share" else Fraction(0)
        for one in (earlier, later)
    )
    before, after = Fraction(earlier.low), Fraction(later.low)
    corners = [
        sign * 100 * ((after + b) / (before + a) - 1) for a in (-first, first) for b in (-second, second)
    ]
    return min(corners), max(corners)


def _other_methods(ledger: Ledger) -> Iterator[Cells]:
    """Two quantities that a link calls the same by another method, with different numbers."""
    for one, other in ledger.pairs_linked("same_by_other_method"):
        if value_kind(one, other):
            test = "a link says that both count the same by other methods"
            yield _row(one, other, "method", kind="another_method", decided_by=test)


def _one_numeral_two_bases(ledger: Ledger) -> Iterator[Cells]:
    """One numeral in percent for different things: two changes of one study, or one claim that travels."""
    seen: set[tuple[str, str]] = set()
    for group in _same_numerals(ledger):
        first = group[0]
        for other in group[1:]:
            if _base(first) != _base(other) and (first.id, other.id) not in seen:
                seen.add((first.id, other.id))
                yield _row(
                    first,
                    other,
                    "indicator",
                    kind="one_numeral_two_bases",
                    root_has=_in_words(ledger, first),
                    printing_has=_in_words(ledger, other),
                    decided_by="one numeral, two bases",
                )


def _same_numerals(ledger: Ledger) -> Iterable[list[Reading]]:
    groups: dict[tuple[object, ...], list[Reading]] = defaultdict(list)
    for root in ledger.roots:
        if ledger.indicators[root.indicator_id]["unit"] != "percent":
            continue
        if root.study_id and ledger.kind(root) == "change":
            study = (root.study_id, root.place_id, root.ages, root.period)
            groups[root.low, root.high, *study].append(root)
        for claim_id in ledger.claims_of(root.id):
            groups[root.low, root.high, claim_id].append(root)
    return groups.values()


def _base(one: Reading) -> tuple[object, ...]:
    """What a numeral is a share or a fall of, as far as the ledger tells things apart."""
    return one.indicator_id, one.population_id, one.ages, one.place_id


def _in_words(ledger: Ledger, one: Reading) -> str:
    """A numeral with what it is a share or a fall of, of whom and where."""
    population = ledger.index("populations").get(one.population_id)
    place = ledger.index("places")[one.place_id]
    words = (
        ledger.indicators[one.indicator_id]["name"],
        population["name"] if population else "",
        age_words(one),
        place["name"],
    )
    return f"{one.printed} – {', '.join(word for word in words if word)}"
