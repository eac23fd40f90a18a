"""Partial dates are never completed, and sort by the last day that they may cover."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.package.reading import date_sort_key, date_span, period_contains

DAYS = st.dates(date(1990, 1, 1), date(2026, 12, 31))
LENGTHS = st.sampled_from([4, 7, 10])


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2015", "2015-01-01", "2015-12-31"),
        ("2015-06", "2015-06-01", "2015-06-31"),
        ("2015-06-10", "2015-06-10", "2015-06-10"),
        ("2012/2015", "2012-01-01", "2015-12-31"),
        ("2008-04/2009-03", "2008-04-01", "2009-03-31"),
    ],
)
def test_partial_date_spans_its_first_to_its_last_day(period: str, first: str, last: str) -> None:
    assert date_span(period) == (first, last)


@given(DAYS, LENGTHS)
def test_date_lies_within_its_own_year_and_month(day: date, length: int) -> None:
    whole = day.isoformat()
    assert period_contains(whole[:length], whole)
    assert date_span(whole[:length]).start <= whole <= date_span(whole[:length]).end


@given(DAYS, LENGTHS, st.integers(1, 4000), LENGTHS)
def test_later_dates_sort_after_earlier_partial_dates(day: date, length: int, gap: int, other: int) -> None:
    before, after = (day.isoformat(), (day + timedelta(gap)).isoformat())
    if date_span(before[:length]).end < date_span(after[:other]).start:
        assert date_sort_key(before[:length]) < date_sort_key(after[:other]) < date_sort_key("")


@pytest.mark.parametrize(
    ("outer", "inner", "does"),
    [
        ("2015", "2015-03", True),
        ("2015-03", "2015", False),
        ("2012/2015", "2013-07", True),
        ("2014-11/2015-12", "2015", True),
        ("2015", "2014-11/2015-12", False),
        ("2012", "2013", False),
    ],
)
def test_period_contains_only_periods_within_it(outer: str, inner: str, does: bool) -> None:
    assert period_contains(outer, inner) is does


def test_bare_year_sorts_after_its_months_and_a_blank_last() -> None:
    dates = ["", "2016", "2015", "2015-12", "2015-06-10", "2015-06"]
    expected = ["2015-06-10", "2015-06", "2015-12", "2015", "2016", ""]
    assert sorted(dates, key=date_sort_key) == expected
