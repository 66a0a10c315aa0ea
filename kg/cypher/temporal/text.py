"""Temporal values as Cypher's toString writes them."""

from __future__ import annotations

from kg.cypher.temporal.calendar import civil_of

NANOS = 1_000_000_000
MINUTE, HOUR, DAY = 60 * NANOS, 3600 * NANOS, 86_400 * NANOS


def date_text(days: int) -> str:
    """`1984-10-11`; years outside 0 to 9999 carry their sign."""
    year, month, day = civil_of(days)
    sign = "-" if year < 0 else "+" if year > 9999 else ""
    return f"{sign}{abs(year):04}-{month:02}-{day:02}"


def time_text(nanos: int) -> str:
    """`12:31:14.5`: seconds only when there are some, fractions without zeros at the end."""
    seconds, fraction = divmod(nanos, NANOS)
    text = f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
    if seconds % 60 or fraction:
        text += f":{seconds % 60:02}"
    return text + fraction_text(fraction)


def fraction_text(nanos: int) -> str:
    """`.000001` for a thousand nanoseconds, nothing for none."""
    return f".{nanos:09}".rstrip("0") if nanos else ""


def offset_text(seconds: int) -> str:
    """`Z`, `+01:00` or, when history asks for it, `+00:53:28`."""
    if seconds == 0:
        return "Z"
    size = abs(seconds)
    text = f"{'-' if seconds < 0 else '+'}{size // 3600:02}:{size // 60 % 60:02}"
    return f"{text}:{size % 60:02}" if size % 60 else text


def duration_text(months: int, days: int, nanos: int) -> str:
    """`P1Y2M3DT4H5M6.7S`: each part carries its own sign, parts that are zero are left out."""
    date = _part(months, 12, "Y") + _rest(months, 12, "M") + (f"{days}D" if days else "")
    time = _part(nanos, HOUR, "H") + _part(_remainder(nanos, HOUR), MINUTE, "M") + _seconds(_remainder(nanos, MINUTE))
    if not date and not time:
        return "PT0S"
    return f"P{date}T{time}" if time else f"P{date}"


def truncated(number: int, unit: int) -> int:
    """How many whole units there are, towards zero."""
    return number // unit if number >= 0 else -(-number // unit)


def _remainder(number: int, unit: int) -> int:
    return number - truncated(number, unit) * unit


def _part(number: int, unit: int, letter: str) -> str:
    whole = truncated(number, unit)
    return f"{whole}{letter}" if whole else ""


def _rest(number: int, unit: int, letter: str) -> str:
    rest = _remainder(number, unit)
    return f"{rest}{letter}" if rest else ""


def _seconds(nanos: int) -> str:
    if not nanos:
        return ""
    seconds, fraction = divmod(abs(nanos), NANOS)
    return f"{'-' if nanos < 0 else ''}{seconds}{fraction_text(fraction)}S"
