"""Where do printings of one quantity differ, and how? Computed; it judges no source.

Each test below names the kind of disagreement that it decides. Blank cells are unknown, and
unknown never differs from anything.
"""

from collections.abc import Callable, Iterator
from itertools import combinations, pairwise

from scripts.derived.changes import pairs
from scripts.derived.intervals import printed_bases
from scripts.files import Row
from scripts.ledger import Ledger, Reading
from scripts.methods import compatible_numerators, rounding_range

Cells = dict[str, object]
ROUGH = ("about", "range_of_estimates", "spread")
OPEN_ENDED = ("less_than", "more_than", "at_least", "at_most", "range")


def rows(ledger: Ledger) -> Iterator[Cells]:
    """All disagreements: of each printing with its root, and between linked quantities."""
    for root in ledger.roots:
        for printing in ledger.printings(root.id):
            if not printing.is_root:
                yield from _of_printing(ledger, root, printing)
        yield from _share_against_counts(ledger, root)
        yield from _parts_against_whole(ledger, root)
    yield from _changes_against_ends(ledger)
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
    if (root.low, root.high, root.qualifier) == (printing.low, printing.high, printing.qualifier):
        return None
    for test, kind, words in VALUE_TESTS:
        if test(root, printing):
            return kind, words
    return "unexplained", "no test applies"


def _is_rough(root: Reading, printing: Reading) -> bool:
    return root.qualifier in ROUGH or printing.qualifier in ROUGH


def _is_open(root: Reading, printing: Reading) -> bool:
    return root.qualifier in OPEN_ENDED or printing.qualifier in OPEN_ENDED


def _is_rounding(root: Reading, printing: Reading) -> bool:
    """The longer number, rounded to the decimals of the shorter, gives the shorter."""
    short, long = sorted((root.low, printing.low), key=_decimals)
    if _decimals(short) == _decimals(long):
        return False
    size = rounding_range(short) if float(short) <= 100 else None
    return (
        size is not None and size.low <= rounding_range(long).high and rounding_range(long).low <= size.high
    )


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])


def _is_transposed(root: Reading, printing: Reading) -> bool:
    """The same digits in another order."""
    same_length = len(root.low) == len(printing.low)
    return same_length and root.low != printing.low and sorted(root.low) == sorted(printing.low)


def _names_other_people(root: Reading, printing: Reading) -> bool:
    return differ(root.population_id, printing.population_id)


Test = Callable[[Reading, Reading], bool]
VALUE_TESTS: tuple[tuple[Test, str, str], ...] = (
    (_is_rough, "rough_wording", "one of the two is given roughly"),
    (_is_open, "bound_or_range", "one of the two is a bound or a range"),
    (_is_transposed, "transposed_digits", "same digits in another order"),
    (_is_rounding, "rounding", "one is the other with fewer decimals"),
    (
        _names_other_people,
        "another_population",
        "no closer test applies, and the two name different populations",
    ),
)


def differ(one: str, other: str) -> bool:
    """Two known entries that are not the same; unknown never differs."""
    return bool(one and other and one != other)


def _scope_differences(
    ledger: Ledger, root: Reading, printing: Reading
) -> Iterator[tuple[str, str, str, str]]:
    if _ages_differ(root, printing):
        yield "age", "another_age_bound", age_words(root), age_words(printing)
    if differ(root.population_id, printing.population_id):
        names = ledger.index("populations", "population_id")
        yield (
            "population",
            "another_population",
            names[root.population_id]["name"],
            names[printing.population_id]["name"],
        )
    if differ(root.place_id, printing.place_id):
        yield _place_difference(ledger, root, printing)
    if _periods_differ(root.period, printing.period):
        yield "period", "another_period", root.period, printing.period
    if differ(root.nature, printing.nature):
        yield "nature", "another_nature", root.nature, printing.nature


def _place_difference(ledger: Ledger, root: Reading, printing: Reading) -> tuple[str, str, str, str]:
    """A country, or places without names, is the place of the root said less precisely."""
    places = ledger.index("places", "place_id")
    here, there = places[root.place_id], places[printing.place_id]
    is_wider = there["place_id"] == here["parent_id"] or there["level"] == "area_set"
    kind = "less_precise_place" if is_wider else "another_place"
    return "place", kind, here["name"], there["name"]


def _periods_differ(one: str, other: str) -> bool:
    """A year is not another period than a month in it."""
    return differ(one, other) and not one.startswith(other) and not other.startswith(one)


def _ages_differ(one: Reading, other: Reading) -> bool:
    """A blank end is unknown, but for all ages."""

    def ends(row: Row) -> list[str]:
        given = [row[end] or row[f"{end}_reason"] for end in ("age_min", "age_max")]
        return [end if end.isdecimal() or end == "all_ages" else "" for end in given]

    return any(differ(*both) for both in zip(ends(one.row), ends(other.row), strict=True))


def age_words(one: Reading) -> str:
    """Say an age band as a reader would."""
    low, high = one.ages
    if not high:
        return f"{low} and older" if low else one.row["age_max_reason"].replace("_", " ")
    return f"under {int(high) + 1}" if low in ("", "0") else f"{low} to {high}"


def _share_against_counts(ledger: Ledger, share: Reading) -> Iterator[Cells]:
    """A printed share that its own printed counts do not give under any usual rounding."""
    for numerator, denominator in printed_bases(ledger, share)[:1] if share.is_point else []:
        x, n = int(numerator.low), int(denominator.low)
        if x not in compatible_numerators(share.low, n):
            gives = f"{x} of {n:,} is {100 * x / n:.2f} percent"
            test = "no rounding of the count over the base gives the share"
            yield _row(share, numerator, "counts", "share_against_its_counts", share.printed, gives, test)


def _parts_against_whole(ledger: Ledger, whole: Reading) -> Iterator[Cells]:
    """Parts that, added up, do not round to their whole; only where they fill it."""
    parts = ledger.linked("part_of", whole.id)
    if not _fill(parts, whole) or not all(part.is_point for part in [*parts, whole]):
        return
    total = sum(float(part.low) for part in parts)
    low, high = _sum_range(parts)
    if ledger.kind(whole) == "share":
        target = rounding_range(whole.low)
        agrees = low <= float(target.high) and high >= float(target.low)
    else:
        agrees = total == float(whole.low)
    if not agrees:
        test = "the parts do not add up to the whole"
        yield _row(whole, parts[0], "parts", "parts_against_whole", whole.printed, f"{total:g}", test)


def _fill(parts: list[Reading], whole: Reading) -> bool:
    """Whether the age bands of the parts cover that of the whole without gap or overlap."""
    bands = sorted((int(low), int(high)) for low, high in (part.ages for part in parts) if low and high)
    if len(bands) < 2 or len(bands) < len(parts):
        return False
    joined = all(after[0] == before[1] + 1 for before, after in pairwise(bands))
    return joined and (str(bands[0][0]), str(bands[-1][1])) == whole.ages


def _sum_range(parts: list[Reading]) -> tuple[float, float]:
    ranges = [rounding_range(part.low) for part in parts if float(part.low) <= 100]
    return float(sum(one.low for one in ranges)), float(sum(one.high for one in ranges))


def _changes_against_ends(ledger: Ledger) -> Iterator[Cells]:
    """A printed fall that its two printed ends do not give, rounded to the decimals of the fall."""
    for earlier, later, change_id in pairs(ledger):
        change = ledger.readings.get(change_id)
        if not change or not (change.is_point and earlier.is_point and later.is_point):
            continue
        given = 100 * (1 - float(later.low) / float(earlier.low))
        target = rounding_range(change.low)
        if not float(target.low) <= given <= float(target.high):
            gives = f"{earlier.printed} to {later.printed} is {given:.1f} percent"
            test = "the two ends give another fall"
            yield _row(change, later, "ends", "change_against_its_ends", change.printed, gives, test)


def _one_numeral_two_bases(ledger: Ledger) -> Iterator[Cells]:
    """One numeral in percent for two quantities of one study, age band and period."""
    for one, other in combinations(ledger.roots, 2):
        if _share_numeral(one, other) and one.indicator_id != other.indicator_id:
            names = [ledger.indicators[root.indicator_id]["name"].lower() for root in (one, other)]
            has, gives = (
                f"{root.printed} as {name}" for root, name in zip((one, other), names, strict=True)
            )
            test = "one numeral, two indicators"
            yield _row(one, other, "indicator", "one_numeral_two_bases", has, gives, test)


def _share_numeral(one: Reading, other: Reading) -> bool:
    def key(root: Reading) -> tuple[object, ...]:
        return (root.low, root.high, root.study_id, root.place_id, root.ages, root.period)

    return key(one) == key(other)
