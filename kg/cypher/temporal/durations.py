"""Maps and text -> durations. What is less than a whole month or day goes on in days and seconds."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from kg.cypher.errors import CypherArgumentError, CypherTypeError
from kg.cypher.temporal.parse import fraction_nanos, not_read
from kg.cypher.temporal.text import DAY, HOUR, MINUTE, NANOS
from kg.cypher.temporal.values import Duration, check_range

# A year has 365.2425 days on average, a month a twelfth of them.
DAYS_OF_MONTH = Fraction(3_652_425, 120_000)

_MONTHS = {"years": 12, "quarters": 3, "months": 1}
_DAYS = {"weeks": 7, "days": 1}
_NANOS = {
    "hours": HOUR,
    "minutes": MINUTE,
    "seconds": NANOS,
    "milliseconds": 1_000_000,
    "microseconds": 1_000,
    "nanoseconds": 1,
}
_NAMES = [*_MONTHS, *_DAYS, *_NANOS]

_NUMBER = r"([+-]?\d{1,19}(?:[.,]\d{1,18})?)"
_UNITS = re.compile(
    rf"([+-]?)P(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?"
    rf"(?:T(?=.)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?",
    re.ASCII | re.IGNORECASE,
)
_UNIT_NAMES = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")
_DATE_LIKE = re.compile(
    r"([+-]?)P(?=.)(?:(\d{4})-?(\d\d)-?(\d\d))?(?:T(?=.)(\d\d):?(\d\d):?(\d\d)(?:[.,](\d{1,9}))?)?",
    re.ASCII | re.IGNORECASE,
)


def spread(months: Fraction, days: Fraction, nanos: Fraction) -> Duration:
    """The duration of these parts, where fractions of a month become days, and fractions of a day nanoseconds.

    What is less than a nanosecond is left out.

    >>> str(spread(Fraction(3, 4), Fraction(0), Fraction(0)))
    'P22DT19H51M49.5S'
    """
    whole_months = math.trunc(months)
    days += (months - whole_months) * DAYS_OF_MONTH
    whole_days = math.trunc(days)
    nanos += (days - whole_days) * DAY
    return Duration.of(whole_months, whole_days, math.trunc(nanos))


def exact(value: Any, name: str) -> Fraction:
    """A number as the decimal that it is written as, so that 0.1 is a tenth."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CypherTypeError(f"{name} must be a number, not {value!r}", detail="InvalidArgumentType")
    if isinstance(value, float) and not math.isfinite(value):
        raise CypherArgumentError(f"{name} must be a finite number, not {value}", detail="NumberOutOfRange")
    return Fraction(value) if isinstance(value, int) else Fraction(repr(value))


def duration_of(parts: Mapping[str, Any]) -> Duration | None:
    """The duration with these parts, from years to nanoseconds; None if one of them is null."""
    known = {name.lower(): value for name, value in parts.items()}
    unknown = [name for name in parts if name.lower() not in _NAMES]
    if unknown or not parts:
        what = f"has no '{unknown[0]}'" if unknown else "needs at least one part"
        raise CypherArgumentError(f"a duration {what}", detail="InvalidArgumentValue", hint=f"parts: {_listed(_NAMES)}")
    if None in known.values():
        return None
    numbers = {name: exact(value, name) for name, value in known.items()}
    months, days, nanos = (
        sum((numbers.get(name, Fraction(0)) * unit for name, unit in units.items()), Fraction(0))
        for units in (_MONTHS, _DAYS, _NANOS)
    )
    return spread(months, days, nanos)


def read_duration(text: str) -> Duration:
    """A duration in units ('P1Y2M3DT4H', each with a sign and a fraction) or like a date ('P2012-02-02T14:37:21')."""
    if found := _DATE_LIKE.fullmatch(text):
        return _signed(found[1], _date_like(*found.groups()[1:]))
    found = _UNITS.fullmatch(text)
    if found is None:
        raise not_read(text, "duration")
    given = zip(_UNIT_NAMES, found.groups()[1:], strict=True)
    numbers = {name: Fraction(number.replace(",", ".")) for name, number in given if number is not None}
    if not numbers:
        raise not_read(text, "duration")
    months = numbers.get("years", 0) * 12 + numbers.get("months", 0)
    days = numbers.get("weeks", 0) * 7 + numbers.get("days", 0)
    nanos = sum(numbers.get(name, 0) * _NANOS[name] for name in ("hours", "minutes", "seconds"))
    return _signed(found[1], spread(Fraction(months), Fraction(days), Fraction(nanos)))


def _date_like(*parts: str | None) -> Duration:
    year, month, day, hour, minute, second = (int(part or 0) for part in parts[:6])
    for name, value, limit in (
        ("months", month, 12),
        ("days", day, 31),
        ("minutes", minute, 59),
        ("seconds", second, 59),
    ):
        check_range(f"number of {name} in a duration that is written like a date", value, 0, limit)
    nanos = hour * HOUR + minute * MINUTE + second * NANOS + fraction_nanos(parts[6])
    return Duration.of(year * 12 + month, day, nanos)


def _signed(sign: str, duration: Duration) -> Duration:
    return -duration if sign == "-" else duration


def _listed(names: list[str]) -> str:
    return ", ".join(names)
