"""A preview for a summary page in Markdown, and for machines in JSON."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice

from scripts.findings import LONGEST_VALUE, markdown, shown
from scripts.findings import as_markdown as report_as_markdown
from scripts.package.row_changes import CellChange, RowChange
from scripts.preview.first_line import number, sentence
from scripts.preview.results import ContractChange, DerivedChanges, NumberChange, Preview, TableChanges

MOST_SHOWN = 50  # entries of a list
LARGEST = 900_000  # bytes; a summary page of GitHub takes a megabyte
LEAD = 40  # characters before the first difference of two long texts
ALL = "`python -m scripts preview --format json` gives all."
CUT = f"\n\nThe rest does not fit on this page: {ALL}\n"
CALLED_OUT = {"rules": "Rules of the check", "workflows": "Workflows", "code": "Other code"}


def as_json(preview: Preview) -> str:
    """Everything, in order, with nothing left out."""
    whole = {"says": sentence(preview), "valid": preview.is_valid, **asdict(preview)}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def as_markdown(preview: Preview) -> str:
    """For people: what matters most first, long lists cut, no text of the data acted upon."""
    parts = [
        "## What this change does",
        f"**{sentence(preview)}**",
        _verdict(preview),
        *_called_out(preview),
        *_rows(preview),
        *_derived(preview.derived),
        *_conflicts(preview.conflicts),
        *_pages(preview),
        "### Findings of the check",
        report_as_markdown(preview.report),
    ]
    return _fitting("\n\n".join(parts))


def _fitting(text: str) -> str:
    """Cut at the end of a line what a summary page would refuse as a whole."""
    data = text.encode()
    if len(data) <= LARGEST:
        return text
    return data[: data.rindex(b"\n", 0, LARGEST)].decode() + CUT


def _verdict(preview: Preview) -> str:
    if preview.pages.fault:
        return f"**The site cannot be built:** {_words(preview.pages.fault)}"
    errors = sum(found.level == "error" for found in preview.report.findings)
    return (
        f"**The check finds {number(errors, 'error')}** (below)." if errors else "The check finds no error."
    )


def _words(text: str) -> str:
    return markdown(shown(text))


def _list(words: Iterable[str], total: int) -> str:
    """A list of at most so many entries, and how many more there are."""
    lines = [f"- {word}" for word in islice(words, MOST_SHOWN)]
    if total > MOST_SHOWN:
        lines.append(f"- … and {total - MOST_SHOWN:,} more. {ALL}")
    return "\n".join(lines)


def _called_out(preview: Preview) -> Iterator[str]:
    """What a reviewer has to look at first: it changes how everything else is judged."""
    if preview.contract:
        yield "### Contract"
        yield _list(map(_of_contract, preview.contract), len(preview.contract))
    if preview.vocabularies:
        yield "### Vocabularies"
        yield from (part for table in preview.vocabularies for part in _of_table(table))
    for group, title in CALLED_OUT.items():
        if found := preview.files_of(group):
            yield f"### {title}"
            yield _list((f"{one.kind}: {_words(one.path)}" for one in found), len(found))
    if preview.code_not_compared:
        yield preview.code_not_compared


def _of_contract(one: ContractChange) -> str:
    text = f"{one.kind}: {_words(one.place)}"
    return f"{text}: {_arrow(one.was, one.became)}" if one.kind == "changed" else text


def _arrow(was: str, became: str) -> str:
    """Long text is cut around the first difference, so that the two sides never look alike."""
    before, after = (shown(text, sys.maxsize) for text in (was, became))
    is_long = max(len(before), len(after)) > LONGEST_VALUE
    start = max(0, _first_difference(before, after) - LEAD) if is_long else 0
    return f"{_cell(before, start)} → {_cell(after, start)}"


def _first_difference(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (here, there) in pairs if here != there), min(len(one), len(other)))


def _cell(text: str, start: int) -> str:
    lead = "… " if start else ""
    return f"“{lead}{_words(text[start:])}”" if text else "(blank)"


def _rows(preview: Preview) -> Iterator[str]:
    """Every table with changes; those of the vocabularies stand above already."""
    tables = [table for table in preview.rows if table.rows or table.not_compared]
    others = [table for table in tables if table not in preview.vocabularies]
    if tables:
        yield "### Rows"
        yield "\n".join(
            [
                "| Table | Added | Changed | Removed |",
                "|---|--:|--:|--:|",
                *(f"| {_words(table.table)} | {_counts(table)} |" for table in tables),
            ]
        )
    yield from (part for table in others for part in _of_table(table))


def _counts(table: TableChanges) -> str:
    kinds = ("added", "changed", "removed")
    return " | ".join(f"{len(table.of_kind(kind)):,}" for kind in kinds)


def _of_table(table: TableChanges) -> Iterator[str]:
    yield f"**{_words(table.table)}** {table.not_compared}".rstrip()
    for kind in ("removed", "changed", "added"):
        if rows := table.of_kind(kind):
            yield _list(map(_of_row, rows), len(rows))


def _of_row(row: RowChange) -> str:
    cells = "; ".join(_of_cell(cell) for cell in row.cells)
    return f"{row.kind} {_words(row.key)}" + (f": {cells}" if cells else "")


def _of_cell(cell: CellChange) -> str:
    return f"{_words(cell.field)}: {_arrow(cell.was, cell.became)}"


def _derived(derived: DerivedChanges) -> Iterator[str]:
    """The numbers that move most come first."""
    yield "### Computed values"
    if derived.not_computed:
        yield _words(derived.not_computed)
        return
    yield f"{_changed(len(derived.numbers))}{_other_cells(derived)}"
    if derived.numbers:
        yield "\n".join(
            [
                "| Table | Row | Column | Before | After | Change |",
                "|---|---|---|--:|--:|--:|",
                *(_of_number(one) for one in derived.numbers[:MOST_SHOWN]),
            ]
        )
    if len(derived.numbers) > MOST_SHOWN:
        yield f"… and {len(derived.numbers) - MOST_SHOWN:,} more, which change less. {ALL}"
    tables = [table for table in derived.tables if table.of_kind("added") or table.of_kind("removed")]
    if tables:
        yield _list((f"{_words(table.table)}: {_new_and_gone(table)}" for table in tables), len(tables))


def _changed(count: int) -> str:
    return f"{number(count, 'number')} changed." if count else "No number changes."


def _other_cells(derived: DerivedChanges) -> str:
    parts = {
        "new where the cell was blank": derived.became_numbers,
        "gone blank": derived.became_blank,
        "cells of words changed": derived.words_changed,
    }
    return "".join(f" {count:,} {words}." for words, count in parts.items() if count)


def _of_number(one: NumberChange) -> str:
    change = "from zero" if one.relative is None else f"{100 * one.relative:+.3g} %"
    cells = (one.table, one.key, one.field, one.before, one.after)
    return f"| {' | '.join(_words(cell) for cell in cells)} | {change} |"


def _new_and_gone(table: TableChanges) -> str:
    added, removed = (len(table.of_kind(kind)) for kind in ("added", "removed"))
    return f"{number(added, 'row')} new, {removed or 'none'} gone"


def _conflicts(conflicts: TableChanges) -> Iterator[str]:
    """Where printings disagree now and did not before, or no longer."""
    if conflicts.rows:
        yield "### Disagreements between printings"
        words = {"added": "new", "removed": "gone", "changed": "changed"}
        rows = [(words[kind], row) for kind in words for row in conflicts.of_kind(kind)]
        yield _list((f"{word}: {_of_row(row).partition(' ')[2]}" for word, row in rows), len(rows))


def _pages(preview: Preview) -> Iterator[str]:
    pages = preview.pages
    yield "### Pages"
    if pages.fault or pages.not_rendered:
        yield _words(pages.fault or pages.not_rendered)
        return
    kinds = {"new": pages.new, "gone": pages.gone, "changed": pages.changed}
    if not any(kinds.values()):
        yield "No page changes."
    for kind, names in kinds.items():
        if names:
            yield _list((f"{kind}: {_words(name)}" for name in names), len(names))


RENDERINGS = {"markdown": as_markdown, "json": as_json}
