"""Text -> temporal values: the ISO 8601 forms that Cypher reads, with dashes and colons or without."""

from __future__ import annotations

import re

from kg.cypher.errors import CypherArgumentError
from kg.cypher.temporal.dates import calendar_day, ordinal_day, quarter_day, week_day
from kg.cypher.temporal.text import offset_text
from kg.cypher.temporal.values import Date, DateTime, LocalDateTime, LocalTime, Time, nanos_of
from kg.cypher.temporal.zones import Zone, read_zone

_DATE = re.compile(
    r"""(?P<year>\d{4})(?:(?P<month>\d\d)(?P<day>\d\d)?|W(?P<week>\d\d)(?P<weekday>\d)?
        |Q(?P<quarter>\d)(?P<quarterday>\d\d)?|(?P<ordinal>\d{3}))
    |(?P<year_>\d{4}|[+-]\d{1,9})(?:-(?P<month_>\d{1,2})(?:-(?P<day_>\d{1,2}))?|-W(?P<week_>\d{1,2})(?:-(?P<weekday_>\d))?
        |-Q(?P<quarter_>\d)(?:-(?P<quarterday_>\d{1,2}))?|-(?P<ordinal_>\d{3}))?""",
    re.VERBOSE | re.ASCII,
)
_TIME = re.compile(
    r"(?P<hour>\d\d)(?::(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"|(?P<minute_>\d\d)(?:(?P<second_>\d\d)(?:[.,](?P<fraction_>\d{1,9}))?)?)?",
    re.ASCII,
)
_PARTS = re.compile(r"([^T\[]*)(?:T(.+))?", re.IGNORECASE)
_ZONE = re.compile(r"(?P<offset>[Zz]|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)?(?:\[(?P<name>[^\[\]]+)\])?", re.ASCII)

_FORMS = {
    "date": "'2015-07-21', '20150721', '2015-W30-2', '2015-Q3-21' or '2015-202'",
    "local time": "'21:40:32.142' or '214032'",
    "time": "'21:40:32.142+01:00' or '214032Z'",
    "local datetime": "'2015-07-21T21:40:32.142'",
    "datetime": "'2015-07-21T21:40:32.142+01:00' or '2015-07-21T21:40[Europe/London]'",
    "duration": "'P1Y2M3DT4H5M6.7S', 'P2W' or 'P2012-02-02T14:37:21'",
}


def not_read(text: str, kind: str) -> CypherArgumentError:
    """The error for text that has none of the forms of `kind`."""
    return CypherArgumentError(
        f"'{text}' is no {kind}", detail="InvalidArgumentValue", hint=f"write it as {_FORMS[kind]}"
    )


def read_date(text: str) -> Date:
    """A date by calendar, week, quarter or day of the year; parts left out at the end are the first."""
    return Date(_days(text, text, "date"))


def read_local_time(text: str) -> LocalTime:
    """A time of day: hours, and as much behind them as is known."""
    return LocalTime(_nanos(text, text, "local time"))


def read_time(text: str, default: int) -> Time:
    """A time of day with an offset; `default` where the text has none."""
    clock, zone, _ = _split_zone(text, text, "time")
    if isinstance(zone, str):
        raise CypherArgumentError(
            f"'{text}' has the offset of {zone} only on some day",
            detail="InvalidArgumentValue",
            hint="write the offset, as in '21:40+01:00', or a datetime",
        )
    return Time(_nanos(clock, text, "time"), default if zone is None else zone)


def read_local_datetime(text: str) -> LocalDateTime:
    """A date, and a time behind a 'T'."""
    date, clock = _split_date(text, "local datetime")
    return LocalDateTime(
        _days(date, text, "local datetime"), _nanos(clock, text, "local datetime") if clock is not None else 0
    )


def read_datetime(text: str, default: Zone) -> DateTime:
    """A date, a time behind a 'T' and a zone; `default` where the text has no zone."""
    date, clock = _split_date(text, "datetime")
    if clock is None:
        return DateTime.of_local(LocalDateTime(_days(date, text, "datetime"), 0), default)
    clock, zone, offset = _split_zone(clock, text, "datetime")
    local = LocalDateTime(_days(date, text, "datetime"), _nanos(clock, text, "datetime"))
    value = DateTime.of_local(local, default if zone is None else zone, offset)
    if offset is not None and value.offset != offset:
        raise CypherArgumentError(
            f"'{text}': {zone} has the offset {offset_text(value.offset)} at that time",
            detail="InvalidArgumentValue",
            hint="leave the offset or the name out",
        )
    return value


def fraction_nanos(digits: str | None) -> int:
    """Nanoseconds from the digits behind a decimal point."""
    return int((digits or "").ljust(9, "0"))


def _split_date(text: str, kind: str) -> tuple[str, str | None]:
    found = _PARTS.fullmatch(text)
    if found is None:
        raise not_read(text, kind)
    return found[1], found[2]


def _split_zone(clock: str, text: str, kind: str) -> tuple[str, Zone | None, int | None]:
    """What stands before the zone, the zone, and the offset where an offset and a name are both given."""
    begin = next((place for place, letter in enumerate(clock) if letter in "Zz+-["), len(clock))
    found = _ZONE.fullmatch(clock[begin:])
    if found is None:
        raise not_read(text, kind)
    offset = read_zone(found["offset"]) if found["offset"] else None
    zone = read_zone(found["name"]) if found["name"] else offset
    return clock[:begin], zone, offset if isinstance(offset, int) else None


def _days(date: str, text: str, kind: str) -> int:
    found = _DATE.fullmatch(date)
    if found is None:
        raise not_read(text, kind)
    # A name with an underscore is the same part in the form with dashes.
    part = {name.rstrip("_"): int(value) for name, value in found.groupdict().items() if value is not None}
    year = part["year"]
    if "week" in part:
        return week_day(year, part["week"], part.get("weekday", 1))
    if "quarter" in part:
        return quarter_day(year, part["quarter"], part.get("quarterday", 1))
    if "ordinal" in part:
        return ordinal_day(year, part["ordinal"])
    return calendar_day(year, part.get("month", 1), part.get("day", 1))


def _nanos(clock: str, text: str, kind: str) -> int:
    found = _TIME.fullmatch(clock)
    if found is None:
        raise not_read(text, kind)
    part = {name.rstrip("_"): value for name, value in found.groupdict().items() if value is not None}
    fraction = fraction_nanos(part.get("fraction"))
    return nanos_of(int(part["hour"]), int(part.get("minute", 0)), int(part.get("second", 0)), fraction)
