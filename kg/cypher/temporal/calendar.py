"""The proleptic Gregorian calendar in whole days since 1970-01-01, for years of up to nine digits.

Years, months, weeks and quarters here are plain numbers; nothing is checked. `values` checks what it is given.
"""

from __future__ import annotations

DAYS_OF_400_YEARS = 146_097
# From 0000-03-01, where the reckoning below begins its years, to 1970-01-01.
_EPOCH = 719_468
MIN_YEAR, MAX_YEAR = -999_999_999, 999_999_999


def is_leap(year: int) -> bool:
    """Whether the year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """How many days the month has: 28 to 31."""
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def days_of(year: int, month: int, day: int) -> int:
    """The day of a calendar date, counted from 1970-01-01.

    >>> days_of(1970, 1, 1), days_of(2000, 3, 1), days_of(1969, 12, 31)
    (0, 11017, -1)
    """
    # Years that begin in March put the leap day last, so that months need no table.
    year -= month <= 2
    month_from_march = (month + 9) % 12
    day_of_year = (153 * month_from_march + 2) // 5 + day - 1
    return 365 * year + year // 4 - year // 100 + year // 400 + day_of_year - _EPOCH


def civil_of(days: int) -> tuple[int, int, int]:
    """Year, month and day of a day since 1970-01-01; the reverse of `days_of`."""
    era, day_of_era = divmod(days + _EPOCH, DAYS_OF_400_YEARS)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month_from_march = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * month_from_march + 2) // 5 + 1
    month = month_from_march + 3 if month_from_march < 10 else month_from_march - 9
    return era * 400 + year_of_era + (month <= 2), month, day


def add_months(days: int, months: int) -> int:
    """The same day of a later (or earlier) month; the last day of that month where it is too short."""
    year, month, day = civil_of(days)
    years, month_index = divmod(month - 1 + months, 12)
    year, month = year + years, month_index + 1
    return days_of(year, month, min(day, days_in_month(year, month)))


def weekday(days: int) -> int:
    """Monday 1 to Sunday 7."""
    return (days + 3) % 7 + 1


def start_of_week_year(year: int) -> int:
    """The Monday of week 1, which is the week with 4 January."""
    fourth = days_of(year, 1, 4)
    return fourth - weekday(fourth) + 1


def week_of(days: int) -> tuple[int, int]:
    """The year that the ISO week belongs to, and the week: 1 to 53."""
    year = civil_of(days - weekday(days) + 4)[0]
    return year, (days - start_of_week_year(year)) // 7 + 1


def weeks_in_year(year: int) -> int:
    """52 or 53."""
    return (start_of_week_year(year + 1) - start_of_week_year(year)) // 7


def quarter_of(days: int) -> int:
    """The quarter of the year: 1 to 4."""
    return (civil_of(days)[1] + 2) // 3


def start_of_quarter(year: int, quarter: int) -> int:
    """The first day of a quarter; quarter 5 is the first of the next year."""
    return days_of(year + (quarter - 1) // 4, (quarter - 1) % 4 * 3 + 1, 1)


MIN_DAY, MAX_DAY = days_of(MIN_YEAR, 1, 1), days_of(MAX_YEAR, 12, 31)
