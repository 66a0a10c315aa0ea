"""Dates as the model writes them: which are real, how precise they are, and which days they can mean.

A date is YYYY, YYYY-MM or YYYY-MM-DD; an interval is two dates joined by "/". Nothing else is stored as a date.
"""

from __future__ import annotations

import re
from calendar import monthrange

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def precision(date: str) -> str | None:
    """ "year", "month" or "day" for a date of the calendar, None for anything else.

    >>> precision("2024-02"), precision("2021-02-30")
    ('month', None)
    """
    match = _DATE.fullmatch(date)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year or (month is not None and not 1 <= month <= 12):
        return None
    if month is None or day is None:
        return "year" if month is None else "month"
    return "day" if 1 <= day <= monthrange(year, month)[1] else None


def is_date(text: str) -> bool:
    """Whether the text is a date or an interval that does not run backwards."""
    begin, slash, end = text.partition("/")
    if not precision(begin):
        return False
    return not slash or (precision(end) is not None and first_day(begin) <= last_day(end))


def first_day(date: str) -> str:
    """The first day that a valid date or interval can mean."""
    date = date.partition("/")[0]
    return date + "-01-01"[len(date) - 4 :]


def last_day(date: str) -> str:
    """The last day that a valid date or interval can mean.

    >>> last_day("2023-12/2024-02")
    '2024-02-29'
    """
    date = date.partition("/")[2] or date
    if len(date) == 4:
        return f"{date}-12-31"
    if len(date) == 7:
        return f"{date}-{monthrange(int(date[:4]), int(date[5:]))[1]:02d}"
    return date
