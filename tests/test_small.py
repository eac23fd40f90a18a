"""The small package, on which the tests of whole commands run, is sound and as small as it says."""

from pathlib import Path

from scripts.package.opening import Package
from tests.conftest import ROOT, findings_of


def test_it_is_sound_and_has_the_pages_and_every_table_of_the_real_one(small: Path) -> None:
    assert findings_of(small) == []
    cut, real = Package(small), Package(ROOT)
    assert 30 <= len(cut.rows("reported_values")) <= 120
    for table in real.contract.tables:
        assert bool(cut.rows(table.name)) == bool(real.rows(table.name)), table.name
    for page in (ROOT / "docs").rglob("*.md"):
        assert (small / page.relative_to(ROOT)).read_bytes() == page.read_bytes()
