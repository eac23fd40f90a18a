"""Sound contributions of many kinds, written by people who did not know the rules: none may be refused.

tests/valid_contributions/ has a folder of CSV files for each contribution. The organisations, figures and
addresses in them are invented, and none of them is evidence. For each new rule, add valid rows that it must
accept.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from scripts import checks, contribute
from scripts.contribute import csv_folder
from scripts.contribute.contribution_layout import Entry
from scripts.contribute.merge import merge
from scripts.findings import Finding
from scripts.package.package import Package
from tests.conftest import read_csv, with_subtests
from tests.contribute.contributions import write_workbook
from tests.frozen import frozen_package_with_rows_aside

SOUND = Path(__file__).parents[1] / "valid_contributions"
FOLDERS = sorted(path for path in SOUND.iterdir() if path.is_dir())


def entries(package: Package) -> list[Entry]:
    """Return the rows of all contributions, with shared rows once; each folder must be readable alone."""
    rows: dict[tuple[str, ...], Entry] = {}
    for folder in FOLDERS:
        read = csv_folder.read_folder(folder, package.contract)
        assert not read.findings, read.findings
        rows |= {(entry.table, *entry.cells.values()): entry for entry in read.entries}
    return [*rows.values()]


def errors_of(package: Package, sent: Sequence[Entry]) -> list[Finding]:
    """Return the errors of the check when all contributions are in the package at once."""
    merged = merge(sent, package)
    assert not merged.findings and not merged.unchanged, [*merged.findings, merged.unchanged]
    with contribute.package_copy(package, contribute.files_to_write(package, merged)) as whole:
        asked = checks.Selection(merged.rows.keys())
        report = checks.run_layers(whole, checks.OF_THE_DATA, asked=asked)
    assert report.layers_run == checks.OF_THE_DATA, report.findings
    return [finding for finding in report.findings if finding.level == "error"]


def test_no_sound_row_is_refused() -> None:
    assert len(FOLDERS) >= 100
    with Package(frozen_package_with_rows_aside()) as package:
        errors = errors_of(package, entries(package))
    assert errors == []


def test_each_valid_contribution_is_described() -> None:
    told = [row["folder"] for row in read_csv(SOUND / "contents.csv") if row["shape"]]
    assert told == [folder.name for folder in FOLDERS]


@pytest.mark.long
@with_subtests(FOLDERS[::2], ids=lambda folder: folder.name)
def test_no_sound_workbook_is_refused(folder: Path) -> None:
    """Every second contribution is typed into a workbook and imported alone."""
    rows = {path.stem: read_csv(path) for path in folder.glob("*.csv")}
    with tempfile.TemporaryDirectory() as place, Package(frozen_package_with_rows_aside()) as package:
        book = write_workbook(rows, Path(place) / "study.xlsx")
        outcome = contribute.import_contribution(package, book, is_dry_run=True)
    assert [finding for finding in outcome.report.findings if finding.level == "error"] == []
    assert outcome.added
