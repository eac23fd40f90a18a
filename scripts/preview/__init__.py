"""The preview of a change: its effects on columns, rows, computed values and pages, and the findings."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scripts import checks
from scripts.findings import HINT, STALE, Finding, Report
from scripts.package import earlier_state
from scripts.package.contract import structure_changes
from scripts.package.package import Package
from scripts.package.progress_log import log_step
from scripts.package.row_changes import BEFORE, load_package_state
from scripts.preview import changed_readings, output_changes, table_differences
from scripts.preview.changed_readings import Disagreement, ReadingChange
from scripts.preview.output_changes import DerivedChanges, PageChanges
from scripts.preview.table_differences import TableChanges
from scripts.wording.text_formatting import join_with_commas_and

# Tables of terms that many rows use, so that changing one of them has wide effects.
VOCABULARIES = ("indicators", "populations", "places", "organisations", "series", "terms")
FIX_FIRST = "Computed values and pages come when the errors in the data are fixed."
UNREADABLE = "What this change does cannot be told until its files can be read. See the findings."


@dataclass(frozen=True)
class Preview:
    """The effects of a change on columns, data and pages, with the findings of the check."""

    report: Report
    contract: tuple[str, ...] = ()  # what was removed, added, loosened or tightened
    rows: tuple[TableChanges, ...] = ()
    derived: DerivedChanges = field(default_factory=DerivedChanges)
    readings: tuple[ReadingChange, ...] = ()
    conflicts: tuple[Disagreement, ...] = ()
    pages: PageChanges = field(default_factory=PageChanges)
    unreadable: str = ""  # why contract and rows could not be compared
    hints: tuple[Finding, ...] = ()  # on new or changed rows, for reviewers only

    @property
    def is_valid(self) -> bool:
        """Whether there are no errors and every page can be filled in."""
        return self.report.is_valid and not self.pages.fault

    @property
    def changed_tables(self) -> list[TableChanges]:
        """The tables of data/ whose rows differ or cannot be compared."""
        return [table for table in self.rows if table.rows or table.not_compared]


def compare_packages(package: Package, base: Package, published: Package | None = None) -> Preview:
    """Compare the package with the base.

    If `published` is given, the check also makes sure that its rows are still there. Raises
    NoComparisonBase if the base cannot be read.
    """
    before, _ = earlier_state.contract_and_version_of_base(base)
    whole = checks.run_layers(package, checks.OUR_OWN, base=published, asked=checks.Selection(hints=True))
    report = replace(
        whole, findings=_merge_stale_findings([found for found in whole.findings if found.level != HINT])
    )
    if "schema" not in report.layers_run:  # no engine may read files that failed the byte check
        return Preview(report, unreadable=UNREADABLE)
    connection = package.database()  # with the tables loaded by the check
    load_package_state(connection, BEFORE, base, before.entered_tables)
    rows = table_differences.compare_loaded_tables(
        connection, before.entered_tables, package.contract.entered_tables
    )
    result = Preview(
        report=report,
        hints=_drop_hints_on_unchanged_rows(whole.findings, package, rows),
        contract=tuple(structure_changes(before.tables, package.contract.tables)),
        rows=rows,
        readings=_reading_changes_unless_contract_changed(base, package, rows)
        if "rules" in report.layers_run
        else (),
    )
    return _add_computed_changes(result, package, base)


def _merge_stale_findings(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings, with a single one for all outdated derived tables, since one command updates them."""
    stale = [found for found in findings if found.rule == STALE]
    if len(stale) < 2:
        return tuple(findings)
    first, tables = stale[0], join_with_commas_and(found.table for found in stale[1:])
    whole = f"{first.message.rstrip('.')}. The same command makes {tables} anew."
    merged = replace(first, template="{told}", parameters=(("told", whole),))
    return (*(found for found in findings if found.rule != STALE), merged)


def _drop_hints_on_unchanged_rows(
    findings: Iterable[Finding], package: Package, rows: Sequence[TableChanges]
) -> tuple[Finding, ...]:
    """The hints on new or changed rows, since other hints have nothing to do with this change."""
    changed_rows = {
        (package.contract.table(table.table).path, row.key) for table in rows for row in table.rows
    }
    return tuple(
        found for found in findings if found.level == HINT and (found.table, found.row) in changed_rows
    )


def _reading_changes_unless_contract_changed(
    base: Package, package: Package, rows: Sequence[TableChanges]
) -> tuple[ReadingChange, ...]:
    """The changed readings in words; none if the columns of the base are too different to read it."""
    try:
        return changed_readings.reading_changes(base, package, rows)
    except Exception:  # a different contract may cause any error
        return ()


def _add_computed_changes(preview: Preview, package: Package, base: Package) -> Preview:
    """Add the changes in computed values and pages or, if these cannot be made, the reason.

    They need valid data, and a base that the present code can read.
    """
    layers = preview.report.layers_run
    if not {"published", "reproduction"} & set(layers):  # an earlier layer has errors
        return _preview_without_computed_changes(preview, FIX_FIRST)
    as_committed = "reproduction" in layers and preview.report.is_valid
    if as_committed and output_changes.has_same_input_files(base, package):
        return preview
    with tempfile.TemporaryDirectory() as work:
        log_step("Computing the derived tables")
        after = output_changes.copy_with_derived_tables(package, Path(work) / "after", as_committed)
        before, why = output_changes.copy_base_with_derived_tables(base, Path(work) / "before")
        if before is None:
            return _preview_without_computed_changes(preview, why)
        derived = output_changes.derived_changes(before, after)
        log_step("Filling in the pages of both")
        pages = output_changes.page_changes(before, after)
        return replace(
            preview,
            derived=derived,
            pages=pages,
            readings=changed_readings.add_computed_values(preview.readings, after),
            conflicts=changed_readings.new_and_resolved_disagreements(before, after, derived),
        )


def _preview_without_computed_changes(preview: Preview, why: str) -> Preview:
    return replace(preview, derived=DerivedChanges(not_computed=why), pages=PageChanges(not_rendered=why))
