"""The readings of a change in Markdown, for a reviewer who holds the source in the other hand."""

from collections.abc import Iterable, Iterator, Sequence

from scripts.preview.entries import bullets, of_cell, words
from scripts.preview.results import Disagreement, Named, ReadingChange, Side
from scripts.wording.words import conflict_types, counted, listed, plain_word

KINDS = {"withdrawn": "Withdrawn", "removed": "Removed", "changed": "Changed", "added": "New"}
CONFLICT_KINDS = {"added": "New", "changed": "Changed", "removed": "Gone"}
MOST_NAMED = 10  # keys of one table, or pages


def readings(changes: Sequence[ReadingChange]) -> Iterator[str]:
    """Each reading with what it prints, of whom, where and when, and where that stands."""
    if changes:
        yield "### Readings"
        yield bullets(map(_of_reading, changes), len(changes))


def _of_reading(one: ReadingChange) -> str:
    return "\n  - ".join([f"**{KINDS[one.kind]}: {words(one.now.id)}**", *_said(one)])


def _said(one: ReadingChange) -> Iterator[str]:
    side = one.now
    yield from map(of_cell, one.cells)
    yield f"Printed “{words(side.printed)}”, read as {words(side.number)}"
    yield words(", ".join(part for part in (side.what, side.ages) if part))
    yield f"People: {words(side.people or 'not stated')}"
    yield f"{words(side.place)}, {words(side.period)}"
    yield _where(side)
    if one.is_gone:
        yield _with_it(one)


def _where(side: Side) -> str:
    return f"In: {words(side.source)}, {words(side.locator)}"


def _with_it(one: ReadingChange) -> str:
    """What points at a reading that goes, or was computed from it."""
    parts = [_of_table(named) for named in one.named]
    if one.pages:
        parts.append(f"{counted(len(one.pages), 'page')} ({_few(one.pages)})")
    return f"With it: {'; '.join(parts)}" if parts else "Nothing else names it."


def _of_table(named: Named) -> str:
    return f"{words(plain_word(named.table))} ({_few(named.keys)})"


def _few(keys: Sequence[str]) -> str:
    more = f" and {len(keys) - MOST_NAMED:,} more" if len(keys) > MOST_NAMED else ""
    return ", ".join(map(words, keys[:MOST_NAMED])) + more


def conflicts(changes: Sequence[Disagreement]) -> Iterator[str]:
    """Where printings disagree now and did not before, or no longer, with both numbers."""
    if changes:
        yield "### Disagreements between printings"
        yield bullets(map(_of_conflict, changes), len(changes))


def _of_conflict(one: Disagreement) -> str:
    sides = listed(_of_side(one.dimension, *side) for side in _sides(one))
    what = f"{conflict_types().get(one.type, one.type)}, in {plain_word(one.dimension)}"
    return f"**{CONFLICT_KINDS[one.kind]}:** {sides}\n  - {words(what)} ({words(one.id)})"


def _sides(one: Disagreement) -> Iterable[tuple[str, str]]:
    return (one.one, one.one_has), (one.other, one.other_has)


def _of_side(dimension: str, number: str, has: str) -> str:
    """The number of a side; and what else it has, where they differ in something else."""
    return words(number) if dimension == "value" else f"{words(number)} (“{words(has)}”)"
