"""What the tests of the rules share."""

from collections.abc import Iterator

import pytest

from scripts.package.package import Package
from tests.checks.rule_cases import Bench
from tests.conftest import FROZEN


@pytest.fixture(scope="package")
def bench() -> Iterator[Bench]:
    """The tables of the frozen package, loaded once."""
    with Package(FROZEN) as package:
        yield Bench(package)
