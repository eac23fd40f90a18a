"""Before pages are made: can the files be read, and are the derived tables what the data give?

The whole check is for `check` and `derive`. This part costs about a second, because most of what it
reads and computes, the pages need anyway.
"""

from collections.abc import Callable

from scripts import checks
from scripts.findings import Report
from scripts.package.opening import Package

ASKED = (*checks.FIRST, "reproduction")


def failing(package: Package, tell: Callable[[str], None]) -> Report | None:
    """The report of what stands against pages of this package; None where nothing does."""
    try:
        report = checks.run(package, ASKED, tell)
    except Exception:  # nothing can be computed from data that the layers between would not have passed
        report = checks.run(package, checks.OF_THE_DATA, tell)
        if report.is_valid:
            raise
    return None if report.is_valid else report
