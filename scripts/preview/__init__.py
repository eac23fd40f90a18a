"""The preview of a change: what does it do to contract, rows, computed values, pages and findings?"""

import tempfile
from collections.abc import Callable
from pathlib import Path

from scripts import checks
from scripts.findings import Report
from scripts.package import earlier_state
from scripts.package.opening import Package
from scripts.package.row_changes import BEFORE, load
from scripts.preview.changed_files import DATA_ALONE, file_changes, hold_code
from scripts.preview.changed_rows import table_changes
from scripts.preview.computed import (
    computed,
    computed_base,
    conflicts_of,
    derived_changes,
    page_changes,
)
from scripts.preview.contract_changes import contract_changes
from scripts.preview.results import DerivedChanges, PageChanges, Preview
from scripts.progress import Progress

MEND_FIRST = "Computed values and pages come when the errors in the data are mended."
UNREADABLE = "What this change does cannot be told until its files can be read. See the findings."


def preview(
    package: Package, base: Package, tell: Callable[[str], None], published: Package | None = None
) -> Preview:
    """Compare the package with the base. NoBase where the base cannot be read.

    The check asks whether the rows of the published version stay, if there is one.
    """
    before, _ = earlier_state.contract_of(base)
    report = checks.run(package, checks.OUR_OWN, tell, base=published)
    files = file_changes(base.folder, package.folder)
    code_not_compared = "" if hold_code(base.folder, package.folder) else DATA_ALONE
    if "schema" not in report.layers_run:  # no engine may read what the byte gate refused
        return Preview(report, files=files, code_not_compared=code_not_compared, unreadable=UNREADABLE)
    with Progress(tell) as progress:
        connection = package.database(progress.at)  # with the tables that the check has loaded
        load(connection, BEFORE, base, before.entered)
        rows = table_changes(connection, before.entered, package.contract.entered, progress.at)
        derived, pages = _consequences(package, base, report, progress.at)
    return Preview(
        report=report,
        contract=contract_changes(base, package),
        files=files,
        rows=rows,
        derived=derived,
        conflicts=conflicts_of(derived),
        pages=pages,
        code_not_compared=code_not_compared,
    )


def _consequences(
    package: Package, base: Package, report: Report, at: Callable[[str], None]
) -> tuple[DerivedChanges, PageChanges]:
    """Computed values and pages. They need sound data, and a base that the code of today can read."""
    if not {"published", "reproduction"} & set(report.layers_run):  # a layer before them has errors
        return DerivedChanges(not_computed=MEND_FIRST), PageChanges(not_rendered=MEND_FIRST)
    with tempfile.TemporaryDirectory() as work:
        at("Computing the derived tables")
        after = computed(package, Path(work) / "after")
        before, why = computed_base(base, Path(work) / "before")
        if before is None:
            return DerivedChanges(not_computed=why), PageChanges(not_rendered=why)
        derived = derived_changes(before, after, at)
        at("Filling in the pages of both")
        return derived, page_changes(before, after)
