"""Fixtures shared by the tests of the rules."""

from collections.abc import Iterator

import pytest

from scripts.package.package import Package
from tests.checks.rule_cases import Bench
from tests.conftest import FROZEN


@pytest.fixture(scope="package")
def bench() -> Iterator[Bench]:
    """Load the tables of the frozen package once, as a bench on which rules are tried."""
    with Package(FROZEN) as package:
        yield Bench(package)
