"""What was read a second time is counted and told as the table has it."""

from collections import Counter

from statsmodels.stats.proportion import proportion_confint

from scripts.package.opening import Package
from scripts.site import standards_page
from scripts.site.gone import Gone
from scripts.site.page_data import PageData
from tests.conftest import FROZEN, read_csv
from tests.site.page_models import said

DATA = PageData(Package(FROZEN))
AGAIN = read_csv(FROZEN / "data/second_readings.csv")


def test_each_field_says_how_many_agree_of_those_compared() -> None:
    found = standards_page.agreement(DATA)
    assert not isinstance(found, Gone)
    rows = {title: counts for title, *counts in (said(one.cells) for one in found)}
    counted = Counter(row["number"] for row in AGAIN if row["reach"] == "read")
    same, compared = counted["agrees"], counted["agrees"] + counted["differs"]
    low, high = proportion_confint(same, compared, method="wilson")
    span = f"{100 * low:.1f} % to {100 * high:.1f} %"
    assert rows["Number"] == [f"{same} of {compared}", span, str(counted["open"])]
    assert len(rows) == len(standards_page.COMPARED)
