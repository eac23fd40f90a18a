"""A preview for a summary page in Markdown, and for machines in JSON."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, replace

from scripts.findings import Report
from scripts.findings.layouts import alike, as_data
from scripts.findings.layouts import as_markdown as report_as_markdown
from scripts.package.row_changes import RowChange
from scripts.preview.entries import ALL, arrow, bullets, filled, of_cell, words
from scripts.preview.first_line import number, sentence
from scripts.preview.readings_shown import conflicts, readings
from scripts.preview.results import (
    BOOKKEEPING,
    CONFLICTS,
    READINGS,
    ContractChange,
    DerivedChanges,
    NumberChange,
    Preview,
    TableChanges,
)

LARGEST = 900_000  # bytes; a summary page of GitHub takes a megabyte
MOST_NUMBERS = 15  # computed ones; the largest changes come first
MOST_PAGES = 10  # most changed pages only follow a number that is shown above
FIRST = 3  # parts before anything else: the title, the sentence and the verdict
# What a reader opens who wants it. The comment on a pull request knows these two lines, and folds it again.
FOLD, END = "<details><summary>For reviewers</summary>", "</details>"
LOOK = "These rows may be as they should. Rules that read words or compare rows with others point at them:"
CUT = f"\n\nThe rest does not fit on this page: {ALL}\n"
GENERAL = (
    "{} has no sentence of its own, so the general one serves; the table indicator_words may give it one."
)
CALLED_OUT = {"rules": "Rules of the check", "workflows": "Workflows", "code": "Other code"}


def as_json(preview: Preview) -> str:
    """Everything, in order, with nothing left out but findings beyond what the check lays out."""
    whole = {"says": sentence(preview), "valid": preview.is_valid}
    bare = replace(preview, report=Report((), (), ()), hints=())
    hints = as_data(Report(preview.hints, (), ()))["findings"]
    whole |= asdict(bare) | {"report": as_data(preview.report), "hints": hints}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def as_markdown(preview: Preview) -> str:
    """For people: what matters most first, long lists cut, no text of the data acted upon."""
    parts = [
        "## What this change does",
        f"**{sentence(preview)}**",
        _verdict(preview),
        *_called_out(preview),
        *readings(preview.readings),
        *conflicts(preview.conflicts),
        *_rows(preview),
        *_derived(preview.derived),
        *_pages(preview),
    ]
    found = ["### Findings of the check", report_as_markdown(preview.report)]
    at = len(parts) if preview.report.is_valid else FIRST  # errors come before what they may make wrong
    parts[at:at] = found
    parts += _for_reviewers(preview)
    return _fitting("\n\n".join(parts))


def in_letters(text: str) -> str:
    """The same for eyes at a terminal, where nothing acts upon Markdown: ( in place of &#40;."""
    text = text.replace(FOLD, "### For reviewers").replace(END, "")
    return re.sub("&#([0-9]+);", lambda match: chr(int(match[1])), text)


def _fitting(text: str) -> str:
    """Cut at the end of a line what a summary page would refuse as a whole."""
    data = text.encode()
    if len(data) <= LARGEST:
        return text
    return data[: data.rindex(b"\n", 0, LARGEST)].decode() + CUT


def _verdict(preview: Preview) -> str:
    if preview.pages.fault:
        return f"**The site cannot be built:** {words(preview.pages.fault)}"
    errors = sum(found.level == "error" for found in preview.report.findings)
    return (
        f"**The check finds {number(errors, 'error')}** (below)." if errors else "The check finds no error."
    )


def _for_reviewers(preview: Preview) -> Iterator[str]:
    """What only reviewers look at: it fails nothing, and is no part of the verdict."""
    if preview.hints:
        cells = (one.in_cells for one in alike(preview.hints))
        lines = (f"{words(place)}: {words(message)}" for place, _, message, _ in cells)
        yield from (FOLD, LOOK, bullets(lines, len(preview.hints)), END)


def _called_out(preview: Preview) -> Iterator[str]:
    """What a reviewer has to look at first: it changes how everything else is judged."""
    if preview.contract:
        yield "### Contract"
        yield bullets(map(_of_contract, preview.contract), len(preview.contract))
    if preview.vocabularies:
        yield "### Vocabularies"
        yield from (part for table in preview.vocabularies for part in _of_table(table))
    if added := preview.worded_in_general:
        yield bullets((GENERAL.format(words(key)) for key in added), len(added))
    for group, title in CALLED_OUT.items():
        if found := preview.files_of(group):
            yield f"### {title}"
            yield bullets((f"{one.kind}: {words(one.path)}" for one in found), len(found))
    if preview.code_not_compared:
        yield preview.code_not_compared


def _of_contract(one: ContractChange) -> str:
    text = f"{one.kind}: {words(one.place)}"
    return f"{text}: {arrow(one.was, one.became)}" if one.kind == "changed" else text


def _rows(preview: Preview) -> Iterator[str]:
    """Every table with changes; those of the vocabularies and the readings stand above."""
    tables = [table for table in preview.rows if table.rows or table.not_compared]
    above = [*preview.vocabularies, *(one for one in tables if preview.readings and one.table == READINGS)]
    others = [table for table in tables if table not in above]
    if tables:
        yield "### Rows"
        yield "\n".join(
            [
                "| Table | Added | Changed | Removed |",
                "|---|--:|--:|--:|",
                *(f"| {words(table.table)} | {_counts(table)} |" for table in tables),
            ]
        )
    yield from (part for table in others for part in _of_table(table))


def _counts(table: TableChanges) -> str:
    kinds = ("added", "changed", "removed")
    return " | ".join(f"{len(table.of_kind(kind)):,}" for kind in kinds)


def _of_table(table: TableChanges) -> Iterator[str]:
    yield f"**{words(table.table)}** {table.not_compared}".rstrip()
    for kind in ("removed", "changed", "added"):
        if rows := table.of_kind(kind):
            yield bullets(map(_of_row, rows), len(rows))


def _of_row(row: RowChange) -> str:
    is_new = row.kind == "added"
    shown = [cell for cell in row.cells if not (is_new and cell.field.endswith("_reason"))]
    cells = "; ".join(map(filled if is_new else of_cell, shown))
    return f"{row.kind} {words(row.key)}" + (f": {cells}" if cells else "")


def _derived(derived: DerivedChanges) -> Iterator[str]:
    """The numbers that move most come first."""
    yield "### Computed values"
    if derived.not_computed:
        yield words(derived.not_computed)
        return
    yield f"{_changed(len(derived.numbers))}{_other_cells(derived)}"
    if derived.numbers:
        yield "\n".join(
            [
                "| Table | Row | Column | Before | After | Change |",
                "|---|---|---|--:|--:|--:|",
                *(_of_number(one) for one in derived.numbers[:MOST_NUMBERS]),
            ]
        )
    if len(derived.numbers) > MOST_NUMBERS:
        yield f"… and {len(derived.numbers) - MOST_NUMBERS:,} more, which change less. {ALL}"
    shown_above = (*BOOKKEEPING, CONFLICTS)
    told = [table for table in derived.tables if table.table not in shown_above]
    tables = [table for table in told if table.of_kind("added") or table.of_kind("removed")]
    if tables:
        yield bullets((f"{words(table.table)}: {_new_and_gone(table)}" for table in tables), len(tables))


def _changed(count: int) -> str:
    return f"{number(count, 'number')} changed." if count else "No number changes."


def _other_cells(derived: DerivedChanges) -> str:
    parts = {
        "new where the cell was blank": derived.became_numbers,
        "gone blank": derived.became_blank,
        "cells of words changed": derived.words_changed,
    }
    return "".join(f" {count:,} {said}." for said, count in parts.items() if count)


def _of_number(one: NumberChange) -> str:
    change = "from zero" if one.relative is None else f"{100 * one.relative:+.3g} %"
    cells = (one.table, one.key, one.field, one.before, one.after)
    return f"| {' | '.join(words(cell) for cell in cells)} | {change} |"


def _new_and_gone(table: TableChanges) -> str:
    added, removed = (len(table.of_kind(kind)) for kind in ("added", "removed"))
    return f"{number(added, 'row')} new, {removed or 'none'} gone"


def _pages(preview: Preview) -> Iterator[str]:
    pages = preview.pages
    yield "### Pages"
    if pages.fault or pages.not_rendered:
        yield words(pages.fault or pages.not_rendered)
        return
    kinds = {"new": pages.new, "gone": pages.gone, "changed": pages.changed}
    if not any(kinds.values()):
        yield "No page changes."
    for kind, names in kinds.items():
        if names:
            yield bullets((f"{kind}: {words(name)}" for name in names), len(names), MOST_PAGES)


RENDERINGS = {"markdown": as_markdown, "json": as_json}
