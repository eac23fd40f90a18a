"""How sure a printed change is: its two ends, what is missing of them, and what their counts would give."""

from collections.abc import Iterator, Sequence

from scripts.package.files import Row
from scripts.package.reading import Reading
from scripts.site.lines import Line
from scripts.site.page_data import PageData
from scripts.site.page_parts import value_link
from scripts.wording.quotes import AGAINST_ITS_ENDS
from scripts.wording.words import percent, span_words, whole

NO_ENDS = "We do not have the two numbers that it lies between, so we could not work it out again."
NOT_EXACT = "They are not both exact, so the change cannot be worked out from them."
OTHERWISE = " That is another change than the printed one."


def two_ends(data: PageData, root: Reading) -> Iterator[Line]:
    """The two ends of a change and what they give, or that they are missing; nothing of another figure."""
    if data.values.kind(root.id) != "change":
        return
    if ends := data.values.ends(root.id):
        yield _between(data, root, ends)
    else:
        yield (NO_ENDS,)


def _between(data: PageData, root: Reading, ends: Sequence[Reading]) -> Line:
    """Both ends with their times, and the change that follows from them."""
    first, second = (value_link(data, one.id, data.values.with_noun(one.id)) for one in ends)
    when, then = (f" ({span_words(one.period)})" if one.period else "" for one in ends)
    return ("It is the change from ", first, f"{when} to ", second, f"{then}. {_gives(data, root)}")


def _gives(data: PageData, root: Reading) -> str:
    """The change that the two ends give, with what rounding leaves open; and whether it is another one."""
    found = data.package.grouped("conflicts", "root_id", root.id)
    other = [row["printing_has"] for row in found if row["kind"] == AGAINST_ITS_ENDS]
    for row in _changes(data, root):
        if row["basis"] != "scenario":
            rounded = f" ({_span(row['lower'], row['upper'])} by rounding)" if row["lower"] else ""
            told = f"The two give {_named(row['estimate'])}{rounded}."
            return told + (OTHERWISE if other else "")
    return f"The two give another change: {other[0]}." if other else NOT_EXACT


def _changes(data: PageData, root: Reading) -> list[Row]:
    return data.package.matching("comparisons", printed_change_id=root.id, measure="relative_reduction")


def _named(reduction: str) -> str:
    """A reduction as a fall, or as a rise where it is below zero."""
    return f"a {'rise' if float(reduction) < 0 else 'fall'} of {percent(abs(float(reduction)), 1)}"


def _span(low: str | float, high: str | float) -> str:
    """From the smaller to the larger of two reductions, without their signs."""
    first, last = sorted(abs(float(end)) for end in (low, high))
    return f"{percent(first, 1)} to {percent(last, 1)}"


def as_counted(data: PageData, root: Reading) -> Iterator[Line]:
    """What the counts of both ends would give, over each base that would fit where none is printed."""
    rows = [row for row in _changes(data, root) if row["compared"] == "scenario_shares"]
    least = min((float(row["later_design_effect"]) for row in rows), default=0)
    plain = [row for row in rows if float(row["later_design_effect"]) == least]
    if plain:
        ends = data.values.ends(root.id)
        fits = data.values.value(data.package.ledger.oldest_point(ends[0].id).id)
        yield (f"{_both_counts(data, plain, fits)} {_scenario(plain)}",)


def _both_counts(data: PageData, rows: Sequence[Row], fits: str) -> str:
    """The counts over the assumed bases and the printed one."""
    counts = [data.values.value(rows[0][f"{side}_id"]) for side in ("earlier", "later")]
    bases = sorted({int(row["earlier_base"]) for row in rows})
    base = " to ".join(dict.fromkeys(whole(one) for one in (bases[0], bases[-1])))
    return (
        f"A what-if: if the earlier end were {counts[0]} of {base} people, a base that would fit {fits} "
        f"and that nobody prints, and the later one {counts[1]} of {whole(rows[0]['later_base'])} people,"
    )


def _scenario(rows: Sequence[Row]) -> str:
    """The change in that case, and what chance could make of it."""
    low, high = (pick(float(row[end]) for row in rows) for pick, end in ((min, "lower"), (max, "upper")))
    about = sorted(float(row["estimate"]) for row in rows)
    level = percent(rows[0]["level"], 0)
    return (
        f"it would be {_named(str(about[len(about) // 2]))}, and by chance alone anything from "
        f"{_span(low, high)} (level {level}), if each person was counted independently of the others."
    )
