"""Where do printings of one quantity differ, and how? Computed; it judges no source.

Each test below names the kind of disagreement that it decides. Blank cells are unknown, and
unknown never differs from anything.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from math import inf

from scripts.dates import holds
from scripts.derived.changes import pairs
from scripts.derived.intervals import printed_bases
from scripts.files import Row
from scripts.ledger import Ledger, Reading
from scripts.methods import compatible_numerators

Cells = dict[str, object]
Number = Fraction | float  # a float only for what is open upwards
OPEN_ENDED = ("less_than", "more_than", "at_least", "at_most", "range", "range_of_estimates", "spread")


def rows(ledger: Ledger) -> Iterator[Cells]:
    """All disagreements: of each printing with its root, and between linked quantities."""
    for root in ledger.roots:
        for printing in ledger.printings(root.id):
            if not printing.is_root:
                yield from _of_printing(ledger, root, printing)
        yield from _share_against_counts(ledger, root)
    yield from _parts_against_whole(ledger)
    yield from _changes_against_ends(ledger)
    yield from _other_methods(ledger)
    yield from _one_numeral_two_bases(ledger)


def _row(
    root: Reading, other: Reading, dimension: str, kind: str, has: str, gives: str, test: str
) -> Cells:
    return {
        "conflict_id": f"{root.id}.{other.id}.{dimension}",
        "root_id": root.id,
        "value_id": other.id,
        "dimension": dimension,
        "kind": kind,
        "root_has": has,
        "printing_has": gives,
        "decided_by": test,
    }


def _of_printing(ledger: Ledger, root: Reading, printing: Reading) -> Iterator[Cells]:
    value = value_kind(root, printing)
    if value:
        kind, test = value
        yield _row(root, printing, "value", kind, root.printed, printing.printed, test)
    for dimension, kind, has, gives in _scope_differences(ledger, root, printing):
        yield _row(root, printing, dimension, kind, has, gives, f"the {dimension} that is named differs")


def value_kind(root: Reading, printing: Reading) -> tuple[str, str] | None:
    """Name the kind of disagreement between two numbers and the test that decided it."""
    are_ranges = {root.qualifier, printing.qualifier} <= set(OPEN_ENDED)
    if ends(root) == ends(printing) and (root.qualifier == printing.qualifier or are_ranges):
        return None
    for test, kind, words in VALUE_TESTS:
        if test(root, printing):
            return kind, words
    return "unexplained", "no test applies"


def ends(one: Reading) -> tuple[Number, Number]:
    """The lower and the upper end of a reading; an open end is 0 or infinity."""
    return Fraction(one.low or 0), Fraction(one.high) if one.high else inf


def half_of_last_digit(number: str) -> Fraction:
    """Half a unit of the last printed digit: 0.05 for 2.2, a half for 38."""
    return Fraction(1, 2 * 10 ** _decimals(number))


def _half_of_rough_digit(number: str) -> Fraction:
    """The same for a number given roughly, whose last zeros say nothing: 5,000 for about 20000."""
    zeros = 0 if "." in number else len(number) - len(number.rstrip("0"))
    return half_of_last_digit(number) * 10**zeros


def _is_rough(root: Reading, printing: Reading) -> bool:
    """One is given roughly, and the other rounds to it."""
    rough = [one for one in (root, printing) if one.qualifier == "about"]
    points = root.low == root.high != "" and printing.low == printing.high != ""
    gap = abs(Fraction(root.low) - Fraction(printing.low)) if points else inf
    return any(gap <= _half_of_rough_digit(one.low) for one in rough)


def _is_open(root: Reading, printing: Reading) -> bool:
    return root.qualifier in OPEN_ENDED or printing.qualifier in OPEN_ENDED


def _overlaps(root: Reading, printing: Reading) -> bool:
    (low, high), (other_low, other_high) = ends(root), ends(printing)
    return _is_open(root, printing) and max(low, other_low) <= min(high, other_high)


def _is_transposed(root: Reading, printing: Reading) -> bool:
    """The same digits in another order."""
    same_length = len(root.low) == len(printing.low)
    return same_length and root.low != printing.low and sorted(root.low) == sorted(printing.low)


def _is_rounding(root: Reading, printing: Reading) -> bool:
    """The longer number, rounded to the decimals of the shorter, gives the shorter."""
    short, long = sorted((root.low, printing.low), key=_decimals)
    if _decimals(short) == _decimals(long):
        return False
    gap = abs(Fraction(short) - Fraction(long))
    return gap <= half_of_last_digit(short) + half_of_last_digit(long)


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])


def differ(one: str, other: str) -> bool:
    """Two known entries that are not the same; unknown never differs."""
    return bool(one and other and one != other)


def _ages_differ(one: Reading, other: Reading) -> bool:
    """A blank end is unknown, but for all ages."""

    def known(row: Row) -> list[str]:
        given = [row[end] or row[f"{end}_reason"] for end in ("age_min", "age_max")]
        return [end if end.isdecimal() or end == "all_ages" else "" for end in given]

    return any(differ(*both) for both in zip(known(one.row), known(other.row), strict=True))


def _sexes_differ(one: Reading, other: Reading) -> bool:
    return "not_stated" not in (one.sex, other.sex) and one.sex != other.sex


def _populations_differ(one: Reading, other: Reading) -> bool:
    return differ(one.population_id, other.population_id)


def _places_differ(one: Reading, other: Reading) -> bool:
    return differ(one.place_id, other.place_id)


def _periods_differ(one: Reading, other: Reading) -> bool:
    """A year is not another period than a month in it."""
    both = differ(one.period, other.period)
    return both and not holds(one.period, other.period) and not holds(other.period, one.period)


Test = Callable[[Reading, Reading], bool]
CLOSER = "no closer test applies, and the two name "
VALUE_TESTS: tuple[tuple[Test, str, str], ...] = (
    (_is_rough, "rough_wording", "one is given roughly, and the other rounds to it"),
    (_overlaps, "overlapping_bound", "one is a bound or a range, and both can hold"),
    (_is_open, "separate_bound", "one is a bound or a range, and the two have no number in common"),
    (_is_transposed, "transposed_digits", "same digits in another order"),
    (_is_rounding, "rounding", "one is the other with fewer decimals"),
    (_ages_differ, "another_age_bound", f"{CLOSER}different ages"),
    (_sexes_differ, "another_sex", f"{CLOSER}different sexes"),
    (_populations_differ, "another_population", f"{CLOSER}different populations"),
    (_places_differ, "another_place", f"{CLOSER}different places"),
    (_periods_differ, "another_period", f"{CLOSER}different periods"),
)


def _scope_differences(
    ledger: Ledger, root: Reading, printing: Reading
) -> Iterator[tuple[str, str, str, str]]:
    if _ages_differ(root, printing):
        yield "age", "another_age_bound", age_words(root), age_words(printing)
    if _sexes_differ(root, printing):
        yield "sex", "another_sex", root.sex, printing.sex
    if _populations_differ(root, printing):
        names = ledger.index("populations", "population_id")
        yield (
            "population",
            "another_population",
            names[root.population_id]["name"],
            names[printing.population_id]["name"],
        )
    if _places_differ(root, printing):
        yield _place_difference(ledger, root, printing)
    if _periods_differ(root, printing):
        yield "period", "another_period", root.period, printing.period
    if differ(root.nature, printing.nature):
        yield "nature", "another_nature", root.nature, printing.nature


def _place_difference(ledger: Ledger, root: Reading, printing: Reading) -> tuple[str, str, str, str]:
    """A country, or places without names, is the place of the root said less precisely."""
    places = ledger.index("places", "place_id")
    here, there = places[root.place_id], places[printing.place_id]
    is_wider = there["place_id"] in _ancestors(places, here) or (
        there["level"] == "area_set" and there["parent_id"] == here["parent_id"]
    )
    kind = "less_precise_place" if is_wider else "another_place"
    return "place", kind, here["name"], there["name"]


def _ancestors(places: dict[str, Row], place: Row) -> Iterator[str]:
    seen = {place["place_id"]}
    while (parent := place["parent_id"]) and parent not in seen:
        seen.add(parent)
        yield parent
        place = places[parent]


def age_words(one: Reading) -> str:
    """Say an age band as a reader would."""
    low, high = one.ages
    if not high:
        return f"{low} and older" if low else one.row["age_max_reason"].replace("_", " ")
    if low in ("", "0"):
        return f"under {int(high) + 1}"
    return low if low == high else f"{low} to {high}"


def _share_against_counts(ledger: Ledger, share: Reading) -> Iterator[Cells]:
    """A printed share that its own printed counts do not give under any usual rounding."""
    for numerator, denominator in printed_bases(ledger, share)[:1] if share.is_decimal else []:
        x, n = int(numerator.low), int(denominator.low)
        if x not in compatible_numerators(share.low, n):
            gives = f"{x:,} of {n:,} is {100 * x / n:.2f} percent"
            test = "no rounding of the count over the base gives the share"
            yield _row(share, numerator, "counts", "share_against_its_counts", share.printed, gives, test)


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
            yield _row(whole, parts[0], "parts", "parts_against_whole", whole.printed, gives, test)


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
            yield _row(change, later, "ends", "change_against_its_ends", change.printed, gives, test)


def _allowed(change: Reading) -> tuple[Number, Number]:
    """The changes that a printed one may stand for."""
    low, high = ends(change)
    halves = {"exact": half_of_last_digit, "about": _half_of_rough_digit}
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
            yield _row(one, other, "method", "another_method", one.printed, other.printed, test)


def _one_numeral_two_bases(ledger: Ledger) -> Iterator[Cells]:
    """One numeral in percent for different things: two changes of one study, or one claim that travels."""
    seen: set[tuple[str, str]] = set()
    for group in _same_numerals(ledger):
        first = group[0]
        for other in group[1:]:
            if _base(first) != _base(other) and (first.id, other.id) not in seen:
                seen.add((first.id, other.id))
                has, gives = (f"{one.printed} – {_base_words(ledger, one)}" for one in (first, other))
                test = "one numeral, two bases"
                yield _row(first, other, "indicator", "one_numeral_two_bases", has, gives, test)


def _same_numerals(ledger: Ledger) -> Iterable[list[Reading]]:
    groups: dict[tuple[object, ...], list[Reading]] = defaultdict(list)
    in_percent = [root for root in ledger.roots if ledger.indicators[root.indicator_id]["unit"] == "percent"]
    for root in in_percent:
        if root.study_id and ledger.kind(root) == "change":
            study = (root.study_id, root.place_id, root.ages, root.period)
            groups[root.low, root.high, *study].append(root)
        for claim_id in ledger.claims_of(root.id):
            groups[root.low, root.high, claim_id].append(root)
    return groups.values()


def _base(one: Reading) -> tuple[object, ...]:
    """What a numeral is a share or a fall of, as far as the ledger tells things apart."""
    return one.indicator_id, one.population_id, one.ages, one.place_id


def _base_words(ledger: Ledger, one: Reading) -> str:
    population = ledger.index("populations", "population_id").get(one.population_id)
    place = ledger.index("places", "place_id")[one.place_id]
    words = (
        ledger.indicators[one.indicator_id]["name"],
        population["name"] if population else "",
        age_words(one),
        place["name"],
    )
    return ", ".join(word for word in words if word)
