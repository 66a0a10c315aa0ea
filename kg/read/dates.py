"""Dates in text: every date expression of a document, resolved against the day it was published.

    text -> date_expressions.read_expressions -> unresolved expressions -> resolved here, from left to right

A date that neither the text nor the publishing date settles is left out: nothing here guesses.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from kg.read.date_expressions import CalendarDate, Point, Relative, Unresolved, Weekday, Year, read_expressions
from kg.read.tense import looks_ahead
from kg.read.year_context import YearContext, stated_year


@dataclass(frozen=True, slots=True)
class DateExpression:
    """Words of a text that name a date: `text[begin:end]`.

    `value` is YYYY, YYYY-MM, YYYY-MM-DD, or two of them joined by "/": as precise as the words and no more. `kind` is
    "absolute" (the year is in the words), "yearless", "relative" ("yesterday", "that year"), "weekday", or "period"
    (years of a plan, "2021-2025": not when something happened).
    """

    begin: int
    end: int
    value: str
    kind: str


def find_dates(text: str, published: str | None) -> list[DateExpression]:
    """All date expressions of a document, sorted and without overlaps.

    `published` is an ISO date of any precision; without it only dates that the text itself settles are given.

    >>> [d.value for d in find_dates("They met on Monday, and will meet again on May 5.", "2024-03-20")]
    ['2024-03-18', '2024-05-05']
    """
    expressions = list(read_expressions(text))
    if not expressions:
        return []
    resolver = _Resolver(text, _read_published(published), expressions)
    resolved = (resolver.resolve(expression) for expression in expressions)
    return [expression for expression in resolved if expression is not None]


_PUBLISHED = re.compile(r"([12][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_Published = tuple[int, int | None, int | None]


def _read_published(published: str | None) -> _Published | None:
    match = _PUBLISHED.match(published or "")
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if month is not None and not 1 <= month <= 12:
        return year, None, None
    if month is not None and day is not None and not 1 <= day <= monthrange(year, month)[1]:
        day = None
    return year, month, day


def _day(published: _Published | None) -> date | None:
    if published is None:
        return None
    year, month, day = published
    return date(year, month, day) if month and day else None


class _Resolver:
    """Walks the expressions of one text and remembers what "that day" and "that year" mean."""

    def __init__(self, text: str, published: _Published | None, expressions: list[Unresolved]) -> None:
        self.text = text
        self.published = published
        self.day = _day(published)
        self.context = YearContext(text, expressions)
        self.last_day: date | None = None
        self.last_month: tuple[int, int] | None = None
        self.last_year: int | None = None

    def resolve(self, expression: Unresolved) -> DateExpression | None:
        if isinstance(expression, CalendarDate):
            value, kind = self._calendar_date(expression), self._calendar_kind(expression)
        elif isinstance(expression, Year):
            value, kind = self._year(expression), "absolute" if expression.last is None else "period"
        elif isinstance(expression, Weekday):
            value, kind = self._weekday(expression), "weekday"
        else:
            value, kind = self._relative(expression), "relative"
        return DateExpression(expression.begin, expression.end, value, kind) if value else None

    # Calendar dates

    def _calendar_kind(self, expression: CalendarDate) -> str:
        if expression.year_word:
            return "relative"
        return "absolute" if stated_year(expression) else "yearless"

    def _calendar_date(self, expression: CalendarDate) -> str | None:
        start, stop = expression.start, expression.stop
        year = start.year or self._stated_year(expression) or self._settled_year(expression)
        if year is None:
            return None
        start = start._replace(year=year)
        first = self._remember(start)
        if stop is None or first is None:
            return first
        if stop.year is None:
            # "December 28 to January 3" ends in the next year.
            stop = stop._replace(year=year + ((stop.month, stop.day or 0) < (start.month, start.day or 0)))
        last = self._remember(stop)
        return f"{first}/{last}" if last and first < last else None

    def _stated_year(self, expression: CalendarDate) -> int | None:
        """The year of the start from the year at the end of an interval, or from "this year", "last March"."""
        start, stop = expression.start, expression.stop
        if stop is not None and stop.year is not None:
            return stop.year - ((stop.month, stop.day or 0) < (start.month, start.day or 0))
        word, _, unit = expression.year_word.partition(" ")
        if word in ("that", "same"):
            return self.last_year
        if not word or self.published is None:
            return None
        if unit:
            return self._year_of_named_month(start.month, word)
        return self.published[0] + {"this": 0, "last": -1, "next": 1}[word]

    def _year_of_named_month(self, month: int, word: str) -> int | None:
        """The year of "last March", "next March" or "this March"."""
        assert self.published is not None
        year, now, _ = self.published
        if word == "this" or now is None:
            return year if word == "this" else None
        return year - (month >= now) if word == "last" else year + (month <= now)

    def _settled_year(self, expression: CalendarDate) -> int | None:
        if expression.year_word:
            return None
        start = expression.start
        if self.published is None:
            return self.context.year_of(expression)
        year, month, day = self.published
        if month is None:
            return year
        now = date(year, month, day or 15)
        return self._nearest_year(start, now, looks_ahead(self.text, expression.begin, expression.end))

    @staticmethod
    def _nearest_year(start: Point, now: date, ahead: bool) -> int | None:
        """The year whose `start` lies nearest to `now`; a date months ahead needs words that look ahead."""
        days = start.day or 15
        candidates = [
            date(year, start.month, min(days, monthrange(year, start.month)[1]))
            for year in (now.year - 1, now.year, now.year + 1)
            if days <= monthrange(year, start.month)[1]
        ]
        past = max((c for c in candidates if c <= now), default=None)
        future = min((c for c in candidates if c > now), default=None)
        if past is None or future is None:
            chosen = past or future
            return chosen.year if chosen else None
        behind, before = (now - past).days, (future - now).days
        if ahead:
            return past.year if behind <= 31 and behind < before else future.year
        return future.year if before <= 92 and before < behind else past.year

    def _remember(self, point: Point) -> str | None:
        """The ISO text of a point, which "that day" and "that year" mean from now on; None if there is no such day."""
        year, month, day = point
        assert year is not None
        if day is not None:
            if not 1 <= day <= monthrange(year, month)[1]:
                return None
            self.last_day = date(year, month, day)
        self.last_month = year, month
        self.last_year = year
        return f"{year:04}-{month:02}" if day is None else f"{year:04}-{month:02}-{day:02}"

    # Years, weekdays, relative words

    def _year(self, expression: Year) -> str:
        if expression.last is not None:
            return f"{expression.first:04}/{expression.last:04}"
        self.last_year = expression.first
        return f"{expression.first:04}"

    def _weekday(self, expression: Weekday) -> str | None:
        if self.day is None:
            return None
        first = self._day_of(expression, self.day)
        value = self._remember(Point(first.year, first.month, first.day))
        if expression.until is None or value is None:
            return value
        last = first + timedelta(days=(expression.until - expression.day - 1) % 7 + 1)
        return f"{value}/{self._remember(Point(last.year, last.month, last.day))}"

    def _day_of(self, expression: Weekday, now: date) -> date:
        if expression.week:
            monday = (
                now
                - timedelta(days=now.weekday())
                + timedelta(weeks={"last": -1, "this": 0, "next": 1}[expression.week])
            )
            return monday + timedelta(days=expression.day)
        back = (now.weekday() - expression.day) % 7
        forth = (expression.day - now.weekday()) % 7
        if expression.which in ("last", "past"):
            return now - timedelta(days=back or 7)
        if expression.which == "next":
            return now + timedelta(days=forth or 7)
        ahead = expression.which in ("coming", "upcoming") or looks_ahead(self.text, expression.begin, expression.end)
        return now + timedelta(days=forth) if ahead else now - timedelta(days=back)

    def _relative(self, expression: Relative) -> str | None:
        if expression.anaphoric:
            return self._anaphoric(expression)
        if expression.unit == "day":
            if self.day is None:
                return None
            day = self.day + timedelta(days=expression.shift)
            return self._remember(Point(day.year, day.month, day.day))
        if self.published is None:
            return None
        year, month, _ = self.published
        if expression.unit == "year":
            self.last_year = year + expression.shift
            return f"{year + expression.shift:04}"
        if month is None:
            return None
        shifted = year * 12 + month - 1 + expression.shift
        return self._remember(Point(shifted // 12, shifted % 12 + 1, None))

    def _anaphoric(self, expression: Relative) -> str | None:
        """ "the same day", "two days later", "that year": counted from the last date mentioned."""
        if expression.unit == "day" and self.last_day:
            day = self.last_day + timedelta(days=expression.shift)
            return self._remember(Point(day.year, day.month, day.day))
        if expression.unit == "month" and self.last_month:
            return f"{self.last_month[0]:04}-{self.last_month[1]:02}"
        if expression.unit == "year" and self.last_year:
            return f"{self.last_year:04}"
        return None
