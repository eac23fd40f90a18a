"""Compare the mentions of a quantity: where and how they differ, and whether both can be true.

No source is judged. The type of a difference only says whether both readings can be true; it is a
contradiction only if they cannot. Neither pandas nor SciPy is used, because this also runs in browsers.
"""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import chain, combinations, product
from typing import NamedTuple

from scripts.derived import Cells
from scripts.derived import _reading_comparisons as compare
from scripts.derived._shares_counts_and_parts import (
    change_ends_and_comparable_pairs,
    linked_counts_of_share,
)
from scripts.methods.rounding_consistency import numerators_that_round_to
from scripts.package.package import Package
from scripts.package.reading import Reading, age_range_words
from scripts.package.reading_index import ReadingIndex

Span = tuple[compare.Number, compare.Number]


class ReadingDifference(NamedTuple):
    """Two readings that differ, the dimension in which they differ, and further cells for the row.

    Differences of one kind may share one dict of cells.
    """

    main: Reading
    other: Reading
    dimension: str
    cells: dict[str, str]

    @property
    def type(self) -> str:
        """Whether both readings can be true.

        Our recorded judgement decides this or, if there is none, the kind of difference.
        """
        return self.cells.get("type") or compare.type_of_disagreement(
            self.cells["kind"], self.main, self.other
        )


def rows(package: Package) -> Iterator[Cells]:
    """All disagreements and their types, between mentions of one quantity or between quantities."""
    for difference in find_differences(package):
        yield {
            "conflict_id": f"{difference.main.id}.{difference.other.id}.{difference.dimension}",
            "value_id": difference.main.id,
            "other_id": difference.other.id,
            "dimension": difference.dimension,
            "type": difference.type,
            "value_has": difference.main.printed,
            "other_has": difference.other.printed,
            **difference.cells,
        }


@lru_cache(maxsize=1)  # `values` uses the same list next
def find_differences(package: Package) -> list[ReadingDifference]:
    """All differences between readings, whether found in cells, by arithmetic, by links or by judgement."""
    index = package.reading_index
    of_quantities = (_differences_between_mentions, _difference_of_share_from_counts)
    of_all = (
        _differences_of_parts_from_whole,
        _differences_of_changes_from_ends,
        _differences_of_relative_changes,
    )
    at_last = (_differences_between_methods, _same_number_for_two_quantities, _judged_differences)
    found = [look(index, main) for main in index.main_mentions for look in of_quantities]
    found += [look(index) for look in of_all + at_last]
    return [*chain.from_iterable(found)]


def _judged_differences(index: ReadingIndex) -> Iterator[ReadingDifference]:
    """Yield the linked pairs for which we recorded a judgement, with the judgement and its reason."""
    for link in index.links_without_withdrawn:
        if link["judgement"]:
            reading, other = index.readings_by_id[link["from_id"]], index.readings_by_id[link["to_id"]]
            judged = {"kind": "judged", "type": link["judgement"], "decided_by": link["reason"]}
            yield ReadingDifference(reading, other, "cross_check", judged)


def _make_difference(main: Reading, other: Reading, dimension: str, **cells: str) -> ReadingDifference:
    return ReadingDifference(main, other, dimension, cells)


def _differences_between_mentions(index: ReadingIndex, main: Reading) -> Iterator[ReadingDifference]:
    """Compare the numbers of every two mentions, and the scope of each mention with the main mention's.

    Mentions that are alike in every respect form a group, and each two groups are compared once.
    """
    alike: dict[tuple[str, ...], list[tuple[int, Reading]]] = defaultdict(list)
    for place in enumerate(index.mentions_main_first(main.id)):
        alike[compare.comparison_key_of_reading(place[1])].append(place)
    for group, others in combinations(alike.values(), 2):
        if value := compare.kind_of_number_disagreement(group[0][1], others[0][1]):
            cells = dict(zip(("kind", "decided_by"), value, strict=True))
            for two in product(group, others):
                (_, reading), (_, other) = sorted(two)
                yield ReadingDifference(reading, other, "value", cells)
    for mention in index.mentions_of_quantity(main.id):
        yield from _scope_differences(index, main, mention)


def _scope_differences(index: ReadingIndex, main: Reading, mention: Reading) -> Iterator[ReadingDifference]:
    for dimension, (differs, kind, _) in (compare.SCOPES | compare.NATURE).items():
        if differs(main, mention):
            is_vague = dimension == "place" and _is_less_precise_place(index, main, mention)
            cells = {
                "kind": "less_precise_place" if is_vague else kind,
                "value_has": _scope_words(index, dimension, main),
                "other_has": _scope_words(index, dimension, mention),
            }
            yield _make_difference(
                main, mention, dimension, **cells, decided_by=f"the {dimension} that is named differs"
            )


def _scope_words(index: ReadingIndex, dimension: str, reading: Reading) -> str:
    """Return what a reading says about one dimension of its scope; blank if it says nothing."""
    if dimension == "age":
        return age_range_words(reading)
    if dimension not in ("population", "place"):
        return str(getattr(reading, dimension))
    key = getattr(reading, f"{dimension}_id")
    return index.rows_by_key(f"{dimension}s")[key]["name"] if key else ""


def _is_less_precise_place(index: ReadingIndex, main: Reading, mention: Reading) -> bool:
    """Return whether a mention names a wider place, such as the country, or only unnamed places."""
    places = index.rows_by_key("places")
    here, there = places[main.place_id], places[mention.place_id]
    is_set = there["level"] == "area_set" and there["parent_id"] == here["parent_id"]
    return is_set or there["place_id"] in index.containing_places(main.place_id)


def _difference_of_share_from_counts(index: ReadingIndex, share: Reading) -> Iterator[ReadingDifference]:
    """Yield a difference if a share cannot be obtained from its own counts, however it was rounded."""
    for numerator, denominator in (
        linked_counts_of_share(index, share)[:1] if share.is_exact_in_digits else []
    ):
        x, n = int(numerator.low), int(denominator.low)
        if x not in numerators_that_round_to(share.low, n):
            gives = f"{x:,} of {n:,} is {100 * x / n:.2f} percent"
            test = "no rounding of the count over the denominator gives the share"
            kind = "share_against_its_counts"
            yield _make_difference(share, numerator, "counts", kind=kind, other_has=gives, decided_by=test)


def _differences_of_parts_from_whole(index: ReadingIndex) -> Iterator[ReadingDifference]:
    """Yield a difference for each part of a whole if the parts are exact and do not add up to it."""
    for partition in index.partitions:
        whole, parts = partition.whole, partition.parts
        if not all(part.is_one_exact_number for part in [*parts, whole]):
            continue
        total = sum(Fraction(part.low) for part in parts)
        is_share = index.kind_of_indicator(whole) == "share"
        reach = (
            sum(compare.half_of_last_digit(reading.low) for reading in [*parts, whole]) if is_share else 0
        )
        if abs(total - Fraction(whole.low)) > reach:
            gives = " + ".join(part.printed for part in parts) + f" is {float(total):,.10g}"
            test = "the parts do not add up to the whole"
            cells = {"kind": "parts_against_whole", "other_has": gives, "decided_by": test}
            yield from (_make_difference(whole, part, "parts", **cells) for part in parts)


def _differences_of_changes_from_ends(index: ReadingIndex) -> Iterator[ReadingDifference]:
    """Yield a difference for each change that does not follow from its two figures, however rounded."""
    for earlier, later, change_id in change_ends_and_comparable_pairs(index):
        change = index.readings_by_id.get(change_id)
        if (
            not change
            or not (earlier.is_one_exact_number and later.is_one_exact_number)
            or not float(earlier.low)
        ):
            continue  # there is no printed change, or the ends give none
        sign = -1 if index.indicators_by_id[change.indicator_id]["direction"] == "fall" else 1
        (low, high), (given_low, given_high) = (
            _unrounded_range_of_change(change),
            _percent_change_range(index, earlier, later, sign),
        )
        if given_high < low or high < given_low:
            yield _make_difference_from_ends(change, earlier, later, sign)


def _make_difference_from_ends(
    change: Reading, earlier: Reading, later: Reading, sign: int
) -> ReadingDifference:
    """The difference between a change and the two figures that it compares.

    It is of the kind `truncation` if the printed change was cut off instead of rounded.
    """
    given = sign * 100 * (Fraction(later.low) / Fraction(earlier.low) - 1)
    gives = f"{earlier.printed} to {later.printed} is {float(given):.2f} percent"
    is_cut = change.is_one_exact_number and compare.is_number_truncated(change.low, given)
    kind = "truncation" if is_cut else "change_against_its_ends"
    test = compare.CUT_OFF if is_cut else "the two ends give a different change"
    return _make_difference(change, later, "ends", kind=kind, other_has=gives, decided_by=test)


def _differences_of_relative_changes(index: ReadingIndex) -> Iterator[ReadingDifference]:
    """Yield relative changes that contradict the absolute difference reported for the same two figures."""
    by_end: dict[str, list[Reading]] = defaultdict(list)
    for later, change in index.pairs_with_relation("later_end_of"):
        by_end[later.id].append(change)
    for later_id, both in by_end.items():
        changes = [reading for reading in both if index.kind_of_indicator(reading) == "change"]
        differences = [reading for reading in both if index.kind_of_indicator(reading) == "measure"]
        later = index.readings_by_id[later_id]
        for change, difference in product(changes, differences):
            if (
                later.is_one_exact_number
                and difference.is_one_exact_number
                and change.period == difference.period
            ):
                yield from _difference_of_relative_change(index, change, difference, later)


def _difference_of_relative_change(
    index: ReadingIndex, change: Reading, difference: Reading, later: Reading
) -> Iterator[ReadingDifference]:
    """Yield a difference if a change does not follow from the printed difference and the later figure."""
    is_fall = index.indicators_by_id[change.indicator_id]["direction"] == "fall"
    after, gap = Fraction(later.low), Fraction(difference.low)
    before = after + gap if is_fall else after - gap
    low, high = _unrounded_range_of_change(change)
    if before > 0 and not low <= (given := 100 * gap / before) <= high:
        gap_words = f"{difference.printed} {'fewer' if is_fall else 'more'}"
        gives = f"{before} to {later.printed} ({gap_words}) is {float(given):.2f} percent"
        cells = {"other_has": gives, "decided_by": "the difference gives a different change"}
        yield _make_difference(change, difference, "ends", kind="change_against_its_difference", **cells)


def _unrounded_range_of_change(change: Reading) -> Span:
    """The range of true changes that round to a reported change."""
    low, high = compare.number_limits(change)
    halves = {"exact": compare.half_of_last_digit, "about": compare.half_of_rough_digit}
    reach = halves[change.qualifier_kind](change.low) if change.qualifier_kind in halves else 0
    return low - reach, high + reach


def _percent_change_range(index: ReadingIndex, earlier: Reading, later: Reading, sign: int) -> Span:
    """The smallest and largest percentage change that two readings allow.

    Shares are taken to be rounded, and counts to be exact.
    """
    first, second = (
        compare.half_of_last_digit(reading.low)
        if index.kind_of_indicator(reading) == "share"
        else Fraction(0)
        for reading in (earlier, later)
    )
    before, after = Fraction(earlier.low), Fraction(later.low)
    corners = [
        sign * 100 * ((after + b) / (before + a) - 1) for a in (-first, first) for b in (-second, second)
    ]
    return min(corners), max(corners)


def _differences_between_methods(index: ReadingIndex) -> Iterator[ReadingDifference]:
    """Yield pairs that a link describes as the same by different methods, if their numbers disagree."""
    for reading, other in index.pairs_with_relation("same_by_other_method"):
        if compare.kind_of_number_disagreement(reading, other):
            test = "a link says that both are on the same matter, by other methods"
            yield _make_difference(reading, other, "method", kind="another_method", decided_by=test)


def _same_number_for_two_quantities(index: ReadingIndex) -> Iterator[ReadingDifference]:
    """Yield pairs in which one study or one claim gives the same percentage for different quantities."""
    for first, other in sorted(_pairs_with_same_number(index), key=lambda two: (two[0].id, two[1].id)):
        if _denominator_key(first) != _denominator_key(other):
            yield _make_difference(
                first,
                other,
                "indicator",
                kind="one_numeral_two_quantities",
                value_has=_reading_in_words(index, first),
                other_has=_reading_in_words(index, other),
                decided_by="the number is the same, what it is said of is not",
            )


def _pairs_with_same_number(index: ReadingIndex) -> set[tuple[Reading, Reading]]:
    """The pairs of main mentions that give the same percentage in one study or claim, each pair once."""
    groups: dict[tuple[object, ...], list[Reading]] = defaultdict(list)
    for main in index.main_mentions:
        if index.indicators_by_id[main.indicator_id]["unit"] != "percent":
            continue
        if main.study_id and index.kind_of_indicator(main) == "change":
            study = (main.study_id, main.place_id, main.age_limits, main.period)
            groups[main.low, main.high, *study].append(main)
        for claim_id in index.claims_of(main.id):
            groups[main.low, main.high, claim_id].append(main)
    return {two for group in groups.values() for two in combinations(group, 2)}


def _denominator_key(reading: Reading) -> tuple[object, ...]:
    """What a percentage is about, as far as the data say: indicator, people, ages and place."""
    return reading.indicator_id, reading.population_id, reading.age_limits, reading.place_id


def _reading_in_words(index: ReadingIndex, reading: Reading) -> str:
    """A number, followed by its indicator, people, ages and place."""
    words = [
        index.indicators_by_id[reading.indicator_id]["name"],
        *(_scope_words(index, dimension, reading) for dimension in ("population", "age", "place")),
    ]
    return f"{reading.printed} – {', '.join(word for word in words if word)}"
