"""Fixtures shared by the tests of contributions."""

from pathlib import Path

import pytest

from tests.contribute.contributions import Taken, package_without_study


@pytest.fixture(scope="package")
def lacking(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Taken]:
    """The frozen package without one study, and that study's rows; imports into it are dry runs."""
    return package_without_study(tmp_path_factory.mktemp("lacking") / "package")
