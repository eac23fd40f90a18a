"""Run GRIM tests under each rounding rule, to see whether a printed percentage can come from its counts.

All arithmetic is exact, with fractions made from the printed digits.
"""

from collections.abc import Iterator

from scripts.derived import Cells
from scripts.derived._shares_counts_and_parts import (
    Figure,
    exact_shares_with_their_counts,
    group_shares_by_denominator,
    linked_counts_of_share,
)
from scripts.methods.rounding_consistency import (
    REACH,
    Rounding,
    denominators_that_fit_all,
    denominators_that_round_to,
    implied_mean_weight,
    numerators_that_round_to,
    rounding_range,
)
from scripts.package.package import Package
from scripts.package.reading import Reading
from scripts.package.reading_index import ReadingIndex

WEIGHTS = ("implied_weight", "implied_weight_low", "implied_weight_high")


def rows(package: Package) -> Iterator[Cells]:
    """Yield a row for each printed share and rounding rule, then for each set with the same denominator."""
    index = package.reading_index
    every = exact_shares_with_their_counts(index)
    for share, count in every:
        bases = linked_counts_of_share(index, index.readings_by_id[share.quantity_id])
        denominators: list[Reading | None] = [denominator for _, denominator in bases]
        for denominator in denominators or [None]:
            yield from (_single_share_test_row(share, count, denominator, rounding) for rounding in REACH)
    for together in group_shares_by_denominator(index, every).values():
        for rounding in REACH:
            yield from _joint_test_rows(index, together, rounding)


def _test_scope_cells(scope: str, together: list[Figure], rounding: Rounding, base_id: str) -> Cells:
    """Cells that name the share or shares to which a consistency test applies."""
    first = together[0][0]
    return {
        "consistency_id": ".".join(filter(None, (first.id, base_id, rounding))),
        "study_id": first.study_id,
        "scope": scope,
        "value_ids": ";".join(share.id for share, _ in together),
        "printed": ";".join(share.printed for share, _ in together),
        "numerators": ";".join(str(count) for _, count in together),
        "rounding": rounding,
    }


def _single_share_test_row(share: Reading, count: int, base: Reading | None, rounding: Rounding) -> Cells:
    sizes = (
        denominators_that_round_to(share.low, count, rounding)
        if _has_bounded_denominator(share, rounding)
        else range(0)
    )
    row = _test_scope_cells(
        "single", [(share, count)], rounding, base.id if base else ""
    ) | _first_and_last_cells("denominators", sizes)
    return row | (_grim_test_cells(share, count, base, rounding) if base else {"verdict": "not_testable"})


def _has_bounded_denominator(share: Reading, rounding: Rounding) -> bool:
    """Return whether a share limits its denominator under this rounding rule.

    It does not if the true share could be almost zero, as when a small share was rounded up.
    """
    return rounding_range(share.low, rounding).low > 0


def _grim_test_cells(share: Reading, count: int, denominator: Reading, rounding: Rounding) -> Cells:
    n = int(denominator.low)
    counts = numerators_that_round_to(share.low, n, rounding)
    weights = zip(WEIGHTS, implied_mean_weight(share.low, count, n), strict=True)
    verdict = "consistent" if count in counts else "inconsistent_unweighted"
    told = {"denominator_id": denominator.id, "denominator": n, "verdict": verdict}
    return {**told, **_first_and_last_cells("numerators", counts), **dict(weights)}


def _first_and_last_cells(name: str, numbers: range) -> Cells:
    """Return cells with the first and last number of a range; an empty dict if the range is empty."""
    return {f"{name}_min": numbers[0], f"{name}_max": numbers[-1]} if numbers else {}


def _joint_test_rows(index: ReadingIndex, together: list[Figure], rounding: Rounding) -> Iterator[Cells]:
    if len(together) < 2 or not all(_has_bounded_denominator(share, rounding) for share, _ in together):
        return
    sizes = denominators_that_fit_all([(share.low, count) for share, count in together], rounding)
    printed = {int(d.low) for share, _ in together for _, d in linked_counts_of_share(index, share)}
    verdict = "consistent" if printed & set(sizes) else "inconsistent_unweighted"
    yield {
        **_test_scope_cells("joint", together, rounding, "joint"),
        **_first_and_last_cells("denominators", sizes),
        "verdict": verdict,
    }
