"""What the bench does before it takes the time."""

from pathlib import Path

import pytest

from tests.bench import one_more
from tests.conftest import change_rows, findings_of


@pytest.mark.long
def test_the_number_that_the_bench_changes_leaves_the_data_sound(package: Path) -> None:
    change_rows(package, "reported_values", one_more)
    assert findings_of(package, "--without-derived") == []
