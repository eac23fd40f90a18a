"""Import a contribution: read its rows, check them together with the package, and add them to it."""

import json
import logging
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from scripts import checks
from scripts.checks.contributed_file_rules import LAYOUT, PART
from scripts.checks.descriptor import TABLES
from scripts.checks.schema import REQUIRED
from scripts.checks.sql_rules import NEEDED
from scripts.contribute import cell_coercion, csv_folder, filled_workbook
from scripts.contribute.cell_findings import NEEDS_REASON, findings_at_cells, table_and_line
from scripts.contribute.contribution_layout import (
    VALUES,
    Contribution,
    Entry,
    contribution_tables,
    is_needed,
)
from scripts.contribute.key_labels import Names
from scripts.contribute.merge import Merged, findings_on_unknown_words, merge, shares_without_denominator
from scripts.findings import Finding, Report
from scripts.findings.renderers import RENDERINGS, findings_as_json
from scripts.package.contract import Contract
from scripts.package.file_transaction import LockedFiles, lock_files
from scripts.package.files import csv_text, group_by_key
from scripts.package.package import DESCRIPTOR, Package
from scripts.package.progress_log import log

READ = "contribution"  # name of the layer that comes before those of the check
NOT_YET = "More may be found once these are fixed."
PART_ABOVE_WHOLE, OF_ITS_PARTS = "part-above-whole", "share-against-counts"
LOOK_FIRST = "It can be sent, but look at this first."
NEXT = (
    "Next: python -m scripts derive, then python -m scripts check. With git, "
    "python -m scripts preview --base HEAD shows what changes.",
    "To send it: a pull request, or the file with the form “A new source” (page “Contribute” of the site).",
)


@dataclass(frozen=True)
class Outcome:
    """The result of an import: the findings, the rows to add, and whether they were written."""

    report: Report
    merged: Merged  # the package's tables with the new rows that could be added
    names: Names  # how messages refer to the new rows
    written: bool = False
    notes: Sequence[str] = ()  # one line each: cells that were changed or left blank

    @property
    def added(self) -> dict[str, list[str]]:
        """The keys of the new rows, by table."""
        tables = self.names.package.contract.table
        new = self.merged.added.items()
        return {name: [tables(name).key_of(entry.cells) for entry in rows.values()] for name, rows in new}


def import_contribution(package: Package, path: Path, is_dry_run: bool) -> Outcome:
    """Read a contribution and check it together with the package; unless it has errors, write it.

    In a dry run, nothing is written. Otherwise, the package is locked and opened again first, since another
    command may have added rows to it.
    """
    if is_dry_run:
        return add_contribution(package, read_contribution(path, package.contract))
    with lock_files(package.folder) as files, Package(package.folder, package.with_derived) as now:
        return add_contribution(now, read_contribution(path, now.contract), files)


def read_contribution(path: Path, contract: Contract) -> Contribution:
    """Read a workbook, or a folder of CSV files."""
    read = csv_folder.read_folder if path.is_dir() else filled_workbook.read_workbook
    return _move_single_cell_rows_to_findings(read(path, contract), contract)


def _move_single_cell_rows_to_findings(read: Contribution, contract: Contract) -> Contribution:
    """Replace each row that has only one filled cell, such as a note below a table, with a finding.

    In a table that needs only one column, such rows are kept.
    """
    tables = contribution_tables(contract)
    needed = {table.name: sum(is_needed(table, column) for column in table.fields) for table in tables}
    lone = [entry for entry in read.entries if len(entry.typed) == 1 and needed[entry.table] > 1]
    others = [entry for entry in read.entries if entry not in lone]
    return Contribution(others, [*read.findings, *map(_single_cell_row_finding, lone)])


def _single_cell_row_finding(entry: Entry) -> Finding:
    [(column, text)] = entry.typed.items()
    message = f"Only this cell of the {entry.noun} is filled in."
    fix = f"If it is a note or a total, delete the {entry.noun}. Otherwise, fill in the other cells too."
    return entry.finding(LAYOUT, message, column, value=text, fix=fix)


def add_contribution(
    package: Package, contribution: Contribution, files: LockedFiles | None = None
) -> Outcome:
    """Check a contribution that has been read, and write it if `files` are given and it has no error."""
    if contribution.findings:
        report = Report(tuple(contribution.findings), (READ,), tuple(checks.LAYERS))
        return Outcome(report, Merged(), Names(package))
    merged = merge(contribution.entries, package)
    texts = files_to_write(package, merged)
    log.addFilter(hide_layer_messages)
    with package_copy(package, texts) as copy:
        report = _check_copy(copy, package, merged)
    log.removeFilter(hide_layer_messages)
    is_written = bool(files and texts and report.is_valid)
    if files and is_written:
        files.write_all_or_none(texts)
    names, left_blank = (
        Names(package, merged.added),
        lines_on_unanswered_questions(merged.unanswered, package.contract.label_by_code),
    )
    notes = (
        *names.questions_on_similar_names(),
        *cell_coercion.coercion_lines(merged.coercions),
        *left_blank,
    )
    return Outcome(report, merged, names, written=is_written, notes=notes)


def hide_layer_messages(record: logging.LogRecord) -> bool:
    """A logging filter that shows each step of the check as “Checking …” and drops all other messages."""
    record.msg = "Checking …"
    return record.levelno == logging.DEBUG


def lines_on_unanswered_questions(unanswered: Mapping[str, str], labels: Mapping[str, str]) -> list[str]:
    """For each code that was recorded in place of answers, a line that lists the unanswered questions."""
    by_word = group_by_key((word, title) for title, word in unanswered.items())
    return [
        f"Left blank, and recorded as “{labels[word]}”: {', '.join(by_word[word])}." for word in by_word
    ]


def files_to_write(package: Package, merged: Merged) -> dict[str, str]:
    """The texts of the files that would be written, by path."""
    tables, rows = {name: package.contract.table(name) for name in merged.rows}, merged.rows
    return {
        table.path: csv_text(
            table.column_names, ([row[column] for column in table.column_names] for row in rows[name])
        )
        for name, table in tables.items()
    }


@contextmanager
def package_copy(package: Package, texts: Mapping[str, str]) -> Iterator[Package]:
    """Yield a temporary copy of the package without derived tables, with some files replaced by `texts`."""
    with tempfile.TemporaryDirectory() as place, Package(Path(place), with_derived=False) as copy:
        others = shutil.ignore_patterns("derived")
        shutil.copytree(package.folder / "data", copy.folder / "data", ignore=others)
        shutil.copyfile(package.folder / DESCRIPTOR, copy.folder / DESCRIPTOR)
        for name, text in texts.items():
            (copy.folder / name).write_text(text, encoding="utf-8", newline="")
        yield copy


def _check_copy(copy: Package, package: Package, merged: Merged) -> Report:
    """Check the copy of the package that has the new rows, and report findings at the contributed cells."""
    changed = checks.Selection(
        merged.rows.keys(), None if merged.rows else ()
    )  # no new row: no rule is run
    report = checks.run_layers(
        copy, checks.OF_THE_DATA, layers_run_despite_errors=("schema",), asked=changed
    )
    of_package = _findings_caused_by_contribution(report, merged, package)
    news = findings_at_cells([*of_package, *findings_on_unknown_words(merged, package)], merged, package)
    findings = [*merged.findings, *news]
    if any(found.rule in (PART.id, PART_ABOVE_WHOLE) for found in findings):
        findings = [*merged.findings, *_drop_findings_caused_by_wrong_parts(news, merged)]
    findings = sorted([*findings, *shares_without_denominator(merged, package)], key=_finding_sort_key)
    return replace(report, findings=tuple(findings), layers_run=(READ, *report.layers_run))


def _drop_findings_caused_by_wrong_parts(findings: Sequence[Finding], merged: Merged) -> list[Finding]:
    """Leave out findings that only follow from a share whose count or denominator is the wrong row."""
    parts = {(VALUES, entry.line) for entry in merged.added.get(VALUES, {}).values() if not entry.parts}
    others = [found for found in findings if found.rule != OF_ITS_PARTS]
    return [found for found in others if not (_is_blank(found) and table_and_line(found) in parts)]


def _finding_sort_key(found: Finding) -> tuple[bool, bool]:
    """A sort key: errors first; in each group, shares whose count or denominator was not found last.

    The number that such a share names may itself be wrong.
    """
    return found.level != "error", found.rule == PART.id


def _is_blank(found: Finding) -> bool:
    return found.rule in (REQUIRED.id, NEEDS_REASON) and not found.value


def _findings_caused_by_contribution(report: Report, merged: Merged, package: Package) -> list[Finding]:
    """The findings that the package does not have on its own; all findings if the rules were not run."""
    lines = {package.contract.table(name).path: rows for name, rows in merged.added.items()}
    others = [found for found in report.findings if found.line not in lines.get(found.table, ())]
    if not others or "rules" not in report.layers_run:
        return [*report.findings]
    paths, rules = {found.table for found in others}, {found.rule for found in others}
    tables = {table.name for table in package.contract.entered_tables if table.path in paths}
    selection = checks.Selection(
        tables, None if NEEDED.id in rules else rules
    )  # unneeded exceptions are only found if all rules run
    with Package(package.folder, with_derived=False) as before:
        alone = checks.run_layers(before, checks.OF_THE_DATA, asked=selection)
    # leave out findings that say that a rule could not be run: it might have found something
    earlier = {
        (found.rule, found.table, found.row, found.field)
        for found in alone.findings
        if found.rule != TABLES.id
    }
    return [
        found
        for found in report.findings
        if found not in others or (found.rule, found.table, found.row, found.field) not in earlier
    ]


def outcome_text(outcome: Outcome, format: str) -> str:
    """The findings, and the rows that were or would be added, as text."""
    if format == "json":
        fields = {name: getattr(outcome, name) for name in ("added", "written", "notes")}
        fields["unchanged"] = outcome.merged.unchanged
        return json.dumps(
            json.loads(findings_as_json(outcome.report)) | fields, ensure_ascii=False, indent=2
        )
    found = [RENDERINGS[format](report_without_layers(outcome.report))] if outcome.report.findings else []
    first = [LOOK_FIRST] if needs_review(outcome) else []
    lines = [*first, *found, *outcome.notes, *_lines_on_outcome(outcome)]
    return ("\n\n" if format == "markdown" else "\n").join(lines)  # ends a Markdown table


def needs_review(outcome: Outcome) -> bool:
    """Return whether a valid contribution has findings that may point to mistakes."""
    return outcome.report.is_valid and bool(outcome.added and outcome.report.findings)


def report_without_layers(report: Report) -> Report:
    """The report without the check's layers, which mean nothing to contributors."""
    is_whole = {*checks.OF_THE_DATA} <= {*report.layers_run}
    return replace(report, layers_not_run=(), notes=() if is_whole else (NOT_YET,))


def lines_on_added_rows(outcome: Outcome) -> list[str]:
    """Lines that say how many rows each sheet adds, what they are called, and how many existed already."""
    number_unchanged = sum(map(len, outcome.merged.unchanged.values()))
    known = [f"In the package already, and not changed: {number_unchanged:,}"] if number_unchanged else []
    return [*outcome.names.new_row_sentences(), *known]


def _lines_on_outcome(outcome: Outcome) -> list[str]:
    if not outcome.report.is_valid:
        return ["Nothing was written. Fix these first, then import again."]
    rows = lines_on_added_rows(outcome)
    if not outcome.added:
        return [*rows, "Nothing to add: the import changes nothing."]
    verb = "Added" if outcome.written else "Would be added"
    return [f"{verb}:", *rows, *(NEXT if outcome.written else ["Nothing was written (--dry-run)."])]
