"""What the tests of contributions share."""

from pathlib import Path

import pytest

from tests.contribute.contributions import Taken, package_without_study


@pytest.fixture(scope="package")
def lacking(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Taken]:
    """The frozen package without the study, and the rows of the study. Imports into it are dry."""
    return package_without_study(tmp_path_factory.mktemp("lacking") / "package")
