"""What the tests of pages share."""

import pytest

from scripts.site.page_data import PageData
from tests.conftest import FROZEN
from tests.site.listings import pages_of


@pytest.fixture(scope="package")
def data() -> PageData:
    """What the pages of the frozen package may ask."""
    return pages_of(FROZEN)
