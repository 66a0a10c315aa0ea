"""Time zones: an offset in seconds east of Greenwich (int), or a name of the tz database (str).

The rules come from the package `tzdata` and never from the machine: distributions build the database in different
ways, so that Europe/Stockholm before 1879 would be +00:53:28 here and +01:12:12 there.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from kg.cypher.errors import CypherArgumentError
from kg.cypher.temporal.calendar import DAYS_OF_400_YEARS

Zone = int | str
MAX_OFFSET = 18 * 3600
_OFFSET = re.compile(r"([+-])(\d\d)(?::?(\d\d)(?::?(\d\d))?)?")
_EPOCH = datetime(1970, 1, 1)
_CYCLE = DAYS_OF_400_YEARS * 86_400
# Python's datetime ends at these years; the calendar, and with it the last rule of a zone, repeats every 400 years.
_FIRST = int((datetime(2, 1, 1) - _EPOCH).total_seconds())
_LAST = int((datetime(9998, 1, 1) - _EPOCH).total_seconds())


def read_zone(text: str) -> Zone:
    """The zone that `text` names: 'Z', '+01:00', '+0100', '+01', '+00:53:28' or 'Europe/Stockholm'."""
    if text in ("Z", "z"):
        return 0
    if found := _OFFSET.fullmatch(text):
        return _read_offset(found)
    name = text.replace(" ", "_")
    if name in zone_names():
        return name
    raise CypherArgumentError(
        f"'{text}' is no time zone",
        detail="InvalidArgumentValue",
        hint="write an offset such as '+01:00' or a name such as 'Europe/Stockholm'",
    )


def _read_offset(found: re.Match[str]) -> int:
    sign, hours, minutes, seconds = found.groups("0")
    size = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    if int(minutes) > 59 or int(seconds) > 59 or size > MAX_OFFSET:
        raise CypherArgumentError(
            f"'{found[0]}' is no offset of a time zone", detail="NumberOutOfRange", hint="they end at -18:00 and +18:00"
        )
    return -size if sign == "-" else size


@cache
def zone_names() -> frozenset[str]:
    """All names of the tz database."""
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


@cache
def _rules(name: str) -> ZoneInfo:
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def offset_at(zone: Zone, instant: int) -> int:
    """The offset that the zone has at an instant, given in seconds since 1970-01-01T00:00Z."""
    if isinstance(zone, int):
        return zone
    moment = _python_time(instant).replace(tzinfo=UTC).astimezone(_rules(zone))
    return _seconds(moment.utcoffset())


def offset_of_local(zone: Zone, local: int, preferred: int | None = None) -> int:
    """The offset of a local time, given in seconds since 1970-01-01T00:00 of the same clocks.

    Where the clocks show a time twice, it is `preferred` if that is one of the two, else the first. Where they skip
    it, it is the offset before the gap, so that the instant lies as far behind the gap as the time lies in it.
    """
    if isinstance(zone, int):
        return zone
    moment = _python_time(local).replace(tzinfo=_rules(zone))
    first, second = (_seconds(moment.replace(fold=fold).utcoffset()) for fold in (0, 1))
    return second if preferred == second and first > second else first


def _python_time(seconds: int) -> datetime:
    if seconds < _FIRST:
        seconds += -(-(_FIRST - seconds) // _CYCLE) * _CYCLE
    if seconds > _LAST:
        seconds -= -(-(seconds - _LAST) // _CYCLE) * _CYCLE
    return _EPOCH + timedelta(seconds=seconds)


def _seconds(offset: timedelta | None) -> int:
    # Rules of the tz database always have an offset, in whole seconds.
    return 0 if offset is None else offset.days * 86_400 + offset.seconds
