"""The years that an undated text speaks of, so that "November 7" in it can be given one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from kg.read.date_expressions import CalendarDate, Unresolved, Year

_FORECAST = re.compile(
    r"forecast|project(?:ed|ion)|expect|target|predict|estimat|will\b|by\s$|until\s$|toward|goal|vision", re.IGNORECASE
)
_HISTORY = re.compile(
    r"\bsince\b|establish|found|launch|beg[au]n|creat|sign|join|start|initiat|adopt|set\sup|inaugurat|independen|exist|born",
    re.IGNORECASE,
)
_REACH = 70


def stated_year(expression: CalendarDate) -> int | None:
    """The year that the words of a date give, at its start or its end."""
    return expression.start.year or (expression.stop.year if expression.stop else None)


class YearContext:
    """What the dates with a year in a text imply for those without."""

    def __init__(self, text: str, expressions: Sequence[Unresolved]) -> None:
        self.text = text
        self.expressions = expressions
        dated = [e for e in expressions if isinstance(e, CalendarDate) and stated_year(e)]
        self.days = [e for e in dated if e.start.day is not None]
        self.day_begins = [e.begin for e in self.days]
        self.of_month: dict[int, list[CalendarDate]] = {}
        for expression in dated:
            self.of_month.setdefault(expression.start.month, []).append(expression)

    def year_of(self, expression: CalendarDate) -> int | None:
        """The year of the same month mentioned before, of the nearest full date, or the one that the text speaks of."""
        same_month = self.of_month.get(expression.start.month, [])
        index = bisect_left(same_month, expression.begin, key=lambda e: e.begin)
        if index > 0:
            return stated_year(same_month[index - 1])
        # A month with its year is no guide to other months: it has the year because that is another one.
        if self.days:
            index = bisect_left(self.day_begins, expression.begin)
            return stated_year(self.days[max(0, index - 1)])
        return self.year_spoken_of

    @cached_property
    def year_spoken_of(self) -> int | None:
        """The present of the text, from bare years: after its past ("rose in 2023"), before its future ("by 2030").

        Years of beginnings ("established in 1967") say nothing about when the text was written.
        """
        past: list[int] = []
        future: list[int] = []
        for year in self.expressions:
            if isinstance(year, Year) and year.last is None:
                before = self.text[max(0, year.begin - _REACH) : year.begin]
                if not _HISTORY.search(before):
                    (future if _FORECAST.search(before) else past).append(year.first)
        if past and future and max(past) > min(future):
            return None
        return max(past) if past else min(future, default=None)
