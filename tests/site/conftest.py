"""Fixtures shared by the tests of pages."""

import pytest

from scripts.site.page_data import PageData
from tests.conftest import FROZEN
from tests.site.listings import pages_of


@pytest.fixture(scope="package")
def data() -> PageData:
    """The page data of the frozen package."""
    return pages_of(FROZEN)
