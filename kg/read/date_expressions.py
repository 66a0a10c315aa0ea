"""Text -> date expressions, unresolved. Nothing here knows when the text was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from kg.read import date_patterns as patterns

MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NUMBER_NAMES = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Point(NamedTuple):
    """A month, or a day of it; the year only if the text states it."""

    year: int | None
    month: int
    day: int | None


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A month or a day, or an interval of them ("September 6-15"). `year_word` is "this" in "May 5 this year"."""

    begin: int
    end: int
    start: Point
    stop: Point | None = None
    year_word: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """A year, or a period of years ("2021-2025") if `last` is set."""

    begin: int
    end: int
    first: int
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week (Monday is 0). `which` is "last" in "last Monday"; `week` is "next" in "Monday next week"."""

    begin: int
    end: int
    day: int
    until: int | None = None
    which: str = ""
    week: str = ""


@dataclass(frozen=True, slots=True)
class Relative:
    """So many days, months or years (`unit`) from the publishing date; if `anaphoric`, from the last date mentioned."""

    begin: int
    end: int
    unit: str
    shift: int
    anaphoric: bool = False


Unresolved = CalendarDate | Year | Weekday | Relative


def read_expressions(text: str) -> Iterator[Unresolved]:
    """All date expressions of a text from left to right, none overlapping another, none resolved."""
    position = 0
    trigger = patterns.TRIGGER.search(text)
    previous: Unresolved | None = None
    while trigger:
        begin = trigger.start()
        position = trigger.end()
        for expression in _read_at(text, begin, trigger.lastgroup or "", previous):
            yield expression
            position = max(position, expression.end)
            previous = expression
        trigger = patterns.TRIGGER.search(text, position)


def _read_at(text: str, begin: int, trigger: str, previous: Unresolved | None) -> list[Unresolved]:
    if trigger == "digit":
        return _read_calendar(text, begin) or _single(_read_years(text, begin, previous))
    if trigger == "month":
        return _read_calendar(text, begin)
    if trigger == "ago":
        return _single(_read_days_ago(text, begin))
    dated = _read_named_day_with_date(text, begin)
    return dated or _single(_read_weekday(text, begin) if trigger == "weekday" else _read_relative(text, begin))


def _single(expression: Unresolved | None) -> list[Unresolved]:
    return [] if expression is None else [expression]


def _read_calendar(text: str, begin: int) -> list[Unresolved]:
    if "0" <= text[begin] <= "9":
        numeric = _read_numeric(text, begin)
        found = _single(numeric) or _days_of_month(text, _match_day_first(text, begin))
    else:
        between = patterns.BETWEEN.search(text, max(0, begin - 12), begin)
        match = (patterns.MONTH_FIRST_BETWEEN if between else patterns.MONTH_FIRST).match(text, begin)
        found = _days_of_month(text, match) if match else _read_month(text, begin)
    if found:
        weekday = patterns.WEEKDAY_AFTER_DATE.match(text, found[-1].end)
        if weekday:
            found[-1] = replace(found[-1], end=weekday.end())
    return found


def _match_day_first(text: str, begin: int) -> re.Match[str] | None:
    if not patterns.A_MONTH_FOLLOWS.match(text, begin):
        return None
    if patterns.BETWEEN.search(text, max(0, begin - 12), begin):
        return patterns.DAY_RANGE_FIRST_BETWEEN.match(text, begin) or patterns.DAY_FIRST_BETWEEN.match(text, begin)
    return patterns.DAY_RANGE_FIRST.match(text, begin) or patterns.DAY_FIRST.match(text, begin)


def _read_numeric(text: str, begin: int) -> CalendarDate | None:
    iso = patterns.ISO.match(text, begin)
    if iso:
        return CalendarDate(begin, iso.end(), Point(int(iso["y"]), int(iso["m"]), int(iso["d"])))
    match = patterns.NUMERIC.match(text, begin)
    if not match:
        return None
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    # 07/11/2024 is July to some and November to others; 07.11.2024 is November wherever dots are written.
    if b <= 12 and (a > 12 or a == b or match["sign"] == "."):
        return CalendarDate(begin, match.end(), Point(year, b, a))
    if a <= 12 < b:
        return CalendarDate(begin, match.end(), Point(year, a, b))
    return None


def _month_number(name: str) -> int:
    return MONTH_NAMES.index(name[:3].lower()) + 1


def _day_number(text: str) -> int:
    return int(text.rstrip("stndrh"))


def _days_of_month(text: str, match: re.Match[str] | None) -> list[Unresolved]:
    if match is None:
        return []
    groups = match.groupdict()
    month = _month_number(groups["m1"])
    year = int(groups["year"]) if groups["year"] else None
    word = groups["year_word"] or ""
    first_year = int(groups["y1"]) if groups["y1"] else None
    first_day = _day_number(groups["d1"])
    if groups.get("m2") or groups.get("d2"):
        last_month = _month_number(groups["m2"]) if groups.get("m2") else month
        last_day = _day_number(groups["d2"])
        start, stop = Point(first_year, month, first_day), Point(year, last_month, last_day)
        if last_month == month and last_day <= first_day and first_year is None:
            return []
        return [CalendarDate(match.start(), match.end(), start, stop, word)]
    year = year or first_year
    if groups.get("d3"):
        return _listed_days(text, match, Point(year, month, None), word)
    return [CalendarDate(match.start(), match.end(), Point(year, month, first_day), None, word)]


def _listed_days(text: str, match: re.Match[str], month: Point, word: str) -> list[Unresolved]:
    """Days joined by "and": an interval if they follow one another, else each for itself."""
    spans = list(patterns.DAY_NUMBER.finditer(text, match.start("d1"), match.end("d3")))
    days = [_day_number(m.group()) for m in spans]
    if all(b == a + 1 for a, b in pairwise(days)):
        start, stop = month._replace(day=days[0]), month._replace(year=month.year, day=days[-1])
        return [CalendarDate(match.start(), match.end(), start._replace(year=None), stop, word)]
    begins = [match.start(), *(m.start() for m in spans[1:])]
    ends = [*(m.end() for m in spans[:-1]), match.end()]
    return [
        CalendarDate(begin, end, month._replace(day=day), None, word)
        for begin, end, day in zip(begins, ends, days, strict=True)
    ]


def _read_month(text: str, begin: int) -> list[Unresolved]:
    match = patterns.MONTH_ONLY.match(text, begin)
    if not match:
        return []
    before = text[max(0, begin - 16) : begin]
    soft = patterns.SOFTENED.search(before)
    start = begin - len(soft.group()) if soft else begin
    year = int(match["year"]) if match["year"] else None
    first_year = int(match["y1"]) if match["y1"] else None
    month = _month_number(match["m1"])
    word = match["year_word"] or ""
    if match["m2"] and (year or word or _month_context(before, "July")):
        return [
            CalendarDate(
                start, match.end(), Point(first_year, month, None), Point(year, _month_number(match["m2"]), None), word
            )
        ]
    if (year or first_year) and not match["m2"]:
        return [CalendarDate(start, match.end(), Point(year or first_year, month, None), None, word)]
    if first_year:
        return [CalendarDate(start, match.end("y1"), Point(first_year, month, None))]
    name = patterns.FULL_MONTH.match(text, begin)
    if word and not match["m2"]:
        return [CalendarDate(start, match.end(), Point(None, month, None), None, word)]
    context = _month_context(before, match["m1"])
    if not name or not context:
        return []
    which = context if context in ("last", "next", "this") else ""
    return [
        CalendarDate(
            start - len(which) - 1 if which else start,
            name.end(),
            Point(None, month, None),
            None,
            f"{which} month" if which else "",
        )
    ]


def _month_context(before: str, month: str) -> str:
    """The word that lets a bare month stand as a date. "for May" may be the prime minister, "for June" is not."""
    match = patterns.MONTH_CONTEXT.search(before)
    if not match:
        return ""
    word = match["word"].lower()
    return (
        "" if month == "May" and word in ("for", "to", "by", "from", "before", "after", "through", "between") else word
    )


def _read_years(text: str, begin: int, previous: Unresolved | None) -> Year | None:
    before = text[max(0, begin - 18) : begin]
    if patterns.FISCAL.search(before):
        return None
    period = patterns.PERIOD.match(text, begin)
    if not period and patterns.BETWEEN.search(before):
        period = patterns.BETWEEN_YEARS.match(text, begin)
    if period:
        first, last = int(period["first"]), period["last"]
        # "2024-25" is a period, "2021-06" a month or a number of something.
        year = int(last) if len(last) == 4 else first - first % 100 + int(last)
        follows = year > first if len(last) == 4 else year == first + 1
        return Year(begin, period.end(), first, year) if follows else None
    match = patterns.BARE_YEAR.match(text, begin)
    if not match or not _stands_as_year(text, match, before, previous):
        return None
    soft = patterns.SOFTENED.search(before)
    return Year(begin - len(soft.group()) if soft else begin, match.end(), int(match.group()))


def _stands_as_year(text: str, match: re.Match[str], before: str, previous: Unresolved | None) -> bool:
    if isinstance(previous, Year) and text[previous.end : match.start()] in (", ", " and ", ", and ", " or "):
        return True
    if patterns.EVENT_NOUN.match(text, match.end()):
        return True
    return bool(patterns.YEAR_CONTEXT.search(before)) and not patterns.QUANTITY_AFTER.match(text, match.end())


def _read_named_day_with_date(text: str, begin: int) -> list[Unresolved]:
    """ "Thursday (Nov 12)", "Monday, March 4, 2024", "today (July 28)": the date says which day it was."""
    match = patterns.WEEKDAY_BEFORE_DATE.match(text, begin)
    if not match:
        return []
    found = _read_calendar(text, match.end()) if match.end() < len(text) else []
    if not found or not isinstance(found[0], CalendarDate) or found[0].start.day is None:
        return []
    end = found[0].end
    if match["open"]:
        closed = patterns.PARENTHESIS_CLOSED.match(text, end)
        end = closed.end() if closed else end
    return [replace(found[0], begin=begin, end=end), *found[1:]]


def _read_weekday(text: str, begin: int) -> Weekday | None:
    before = text[max(0, begin - 14) : begin]
    match = patterns.WEEKDAYS_WITH_AND.match(text, begin)
    # "on Monday and Friday" names two days, "between Monday and Friday" and "on Monday and Tuesday" an interval.
    if not match or not _is_interval(match, before):
        match = patterns.WEEKDAYS.match(text, begin)
    if not match or patterns.HOLIDAY_BEFORE.search(before):
        return None
    which = patterns.WHICH_WEEKDAY.search(before)
    until = match["until"]
    return Weekday(
        begin - len(which.group()) if which else begin,
        match.end(),
        _weekday_number(match["day"]),
        _weekday_number(until) if until else None,
        which["which"].lower() if which else "",
        match["week"] or "",
    )


def _is_interval(match: re.Match[str], before: str) -> bool:
    if not match["until"]:
        return False
    follows = _weekday_number(match["until"]) == (_weekday_number(match["day"]) + 1) % 7
    return follows or bool(patterns.BETWEEN.search(before))


def _weekday_number(name: str) -> int:
    return WEEKDAY_NAMES.index(name[:3].lower())


_SHIFTS = {"this": 0, "last": -1, "next": 1, "following": 1, "previous": -1, "preceding": -1}
_DAY_WORDS = {"today": 0, "before_yesterday": -2, "after_tomorrow": 2, "yesterday": -1, "tomorrow": 1}


def _read_relative(text: str, begin: int) -> Relative | None:
    match = patterns.RELATIVE.match(text, begin)
    if not match:
        return None
    end = match.end()
    for word, shift in _DAY_WORDS.items():
        if match[word] is not None:
            return Relative(begin, end, "day", shift)
    if match["which"]:
        return Relative(begin, end, match["unit"].lower(), _SHIFTS[match["which"].lower()])
    if match["same"]:
        return Relative(begin, end, match["same_unit"].lower(), 0, anaphoric=True)
    return Relative(begin, end, "day", _SHIFTS[match["step"].lower()] if match["step"] else -1, anaphoric=True)


def _read_days_ago(text: str, begin: int) -> Relative | None:
    """ "two days ago", from its word "days" at `begin`."""
    count = patterns.DAYS_BEFORE.search(text[max(0, begin - 8) : begin])
    way = patterns.DAYS_AFTER.match(text, begin)
    if not count or not way:
        return None
    word = count["count"].lower()
    n = int(word) if word.isdigit() else max(1, NUMBER_NAMES.index(word))
    return Relative(
        begin - len(count.group()), way.end(), "day", n if way["way"] == "later" else -n, anaphoric=way["way"] != "ago"
    )
