"""What would a change do? The package beside a base: contract, rows, computed values, pages, findings."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from scripts import checks, contract, history
from scripts.contract import Table
from scripts.findings import Report
from scripts.preview.computed import (
    computed,
    computed_base,
    conflicts_of,
    derived_changes,
    page_changes,
)
from scripts.preview.contracts import contract_changes
from scripts.preview.files import DATA_ALONE, file_changes, hold_code
from scripts.preview.results import DerivedChanges, PageChanges, Preview
from scripts.preview.rows import table_changes
from scripts.progress import Progress

MEND_FIRST = "Computed values and pages come when the errors in the data are mended."
UNREADABLE = "What this change does cannot be told until its files can be read. See the findings."


def preview(
    package: Path, base: Path, tell: Callable[[str], None], published: Path | None = None
) -> Preview:
    """Compare the package with the base in these folders. NoBase where the base cannot be read.

    The check asks whether the rows of the published version stay, if there is one.
    """
    before, _ = history.contract_of(base)
    report = checks.run(package, checks.OUR_OWN, tell, base=published)
    files = file_changes(base, package)
    code_not_compared = "" if hold_code(base, package) else DATA_ALONE
    if "schema" not in report.layers_run:  # no engine may read what the byte gate refused
        return Preview(report, files=files, code_not_compared=code_not_compared, unreadable=UNREADABLE)
    with Progress(tell) as progress:
        rows = table_changes(
            base, _entered(before.tables), package, _entered(contract.load(package).tables), progress.at
        )
        derived, pages = _consequences(package, base, report, progress.at)
    return Preview(
        report,
        contract_changes(base, package),
        files,
        rows,
        derived,
        conflicts_of(derived),
        pages,
        code_not_compared,
    )


def _entered(tables: tuple[Table, ...]) -> list[Table]:
    return [table for table in tables if not table.is_derived]


def _consequences(
    package: Path, base: Path, report: Report, at: Callable[[str], None]
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
