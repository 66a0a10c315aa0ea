"""Day of a year, a month, a week or a quarter -> days since 1970-01-01; fails for days that do not exist."""

from __future__ import annotations

from kg.cypher.temporal.calendar import (
    MAX_YEAR,
    MIN_YEAR,
    days_in_month,
    days_of,
    is_leap,
    start_of_quarter,
    start_of_week_year,
    weeks_in_year,
)
from kg.cypher.temporal.values import check_range


def check_year(year: int) -> None:
    """Fail for years of more than nine digits."""
    check_range("year", year, MIN_YEAR, MAX_YEAR)


def calendar_day(year: int, month: int, day: int) -> int:
    """The day of a month."""
    check_year(year)
    check_range("month", month, 1, 12)
    check_range(f"day of month {month} of {year}", day, 1, days_in_month(year, month))
    return days_of(year, month, day)


def week_day(year: int, week: int, day: int) -> int:
    """The day of an ISO week: Monday 1 to Sunday 7 of week 1 to 52 or 53."""
    check_year(year)
    check_range(f"week of {year}", week, 1, weeks_in_year(year))
    check_range("day of a week", day, 1, 7)
    return start_of_week_year(year) + 7 * (week - 1) + day - 1


def quarter_day(year: int, quarter: int, day: int) -> int:
    """The day of a quarter: 1 to 90, 91 or 92."""
    check_year(year)
    check_range("quarter", quarter, 1, 4)
    start = start_of_quarter(year, quarter)
    check_range(f"day of quarter {quarter} of {year}", day, 1, start_of_quarter(year, quarter + 1) - start)
    return start + day - 1


def ordinal_day(year: int, day: int) -> int:
    """The day of a year: 1 to 365 or 366."""
    check_year(year)
    check_range(f"day of {year}", day, 1, 366 if is_leap(year) else 365)
    return days_of(year, 1, 1) + day - 1
