"""Only days of the calendar are dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.store.dates import first_day, is_date, last_day, precision


@given(st.dates())
def test_every_day_is_a_date_and_its_own_first_and_last_day(day: date) -> None:
    text = day.isoformat()
    assert precision(text) == "day"
    assert (first_day(text), last_day(text)) == (text, text)


@given(st.dates())
def test_a_month_spans_its_days(day: date) -> None:
    month = day.isoformat()[:7]
    assert first_day(month) <= day.isoformat() <= last_day(month)
    assert first_day(month[:4]) <= first_day(month)
    assert date.fromisoformat(last_day(month))


@pytest.mark.parametrize(
    "text",
    ["2021-02-30", "2023-02-29", "2024-13", "2024-00", "2024-01-00", "0000", "24", "2024-1-1", "2024-01-01T00:00", "",
     "2024/", "/2024", "2024/2023", "2024-05/2024-04", "٢٠٢٤", "2024 ", "last week"],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    assert not is_date(text)


@pytest.mark.parametrize(
    ("interval", "first", "last"),
    [("2024/2025", "2024-01-01", "2025-12-31"), ("2024-02/2024-02-10", "2024-02-01", "2024-02-10")],
)
def test_an_interval_spans_both_its_ends(interval: str, first: str, last: str) -> None:
    assert is_date(interval)
    assert (first_day(interval), last_day(interval)) == (first, last)
