"""What must hold for all temporal values, tried on values of every kind and of the whole range."""

import datetime as python
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cypher.temporal import (
    Clock,
    Date,
    DateTime,
    Duration,
    Instant,
    LocalDateTime,
    LocalTime,
    Temporal,
    Time,
    add,
    between,
    construct,
    construct_duration,
    equals,
    from_python,
    in_days,
    in_seconds,
    less,
    sort_key,
    subtract,
    to_python,
    truncate,
)
from kg.cypher.temporal.calendar import MAX_DAY, MIN_DAY, civil_of, days_of, start_of_week_year, week_of, weekday
from kg.cypher.temporal.text import DAY, NANOS

CLOCK = Clock(0)
EPOCH = python.date(1970, 1, 1)
UNITS = ("millennium", "century", "decade", "year", "weekYear", "quarter", "month", "week", "day")
TIME_UNITS = ("hour", "minute", "second", "millisecond", "microsecond")
# Zones that skip an hour at midnight, shift by half an hour, were at another side of the date line, or never changed.
ZONES = ("Europe/Stockholm", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata", "UTC")

days = st.integers(MIN_DAY, MAX_DAY) | st.integers(-200_000, 200_000)
nanos = st.integers(0, DAY - 1) | st.integers(0, 86_399).map(lambda second: second * NANOS)
offsets = st.integers(-18 * 3600, 18 * 3600) | st.integers(-12, 14).map(lambda hours: hours * 3600)
# Far enough from the ends of the calendar that no zone leads out of it.
instants = st.integers((MIN_DAY + 2) * DAY, (MAX_DAY - 2) * DAY) | st.integers(-(10**19), 10**19)

dates = st.builds(Date, days)
local_times = st.builds(LocalTime, nanos)
times = st.builds(Time, nanos, offsets)
local_datetimes = st.builds(LocalDateTime, days, nanos)
datetimes = st.builds(DateTime.at, instants, offsets | st.sampled_from(ZONES))
durations = st.builds(
    Duration.of, st.integers(-1000, 1000), st.integers(-100_000, 100_000), st.integers(-(10**18), 10**18)
)
points = dates | local_times | times | local_datetimes | datetimes
values = points | durations
# Within Python's calendar, with room for what is added.
modern_days = st.integers((python.date(100, 1, 1) - EPOCH).days, (python.date(9900, 1, 1) - EPOCH).days)
modern = st.builds(LocalDateTime, modern_days, nanos)


@given(points)
def test_text_of_a_point_in_time_reads_as_the_same_value(value: Instant) -> None:
    assert construct(value.kind.lower(), CLOCK, str(value)) == value


@given(durations)
def test_text_of_a_duration_reads_as_the_same_value(duration: Duration) -> None:
    assert construct_duration(str(duration)) == duration


@given(values, values)
def test_comparisons_agree_with_each_other(a: Temporal, b: Temporal) -> None:
    assert equals(a, b) == (sort_key(a) == sort_key(b))
    if less(a, b) is not None:
        assert [less(a, b), equals(a, b), less(b, a)].count(True) == 1
        assert less(a, b) == (sort_key(a) < sort_key(b))
    if equals(a, b):
        assert hash(a) == hash(b)


@given(days)
def test_a_day_has_one_date(day: int) -> None:
    year, month, day_of_month = civil_of(day)
    assert days_of(year, month, day_of_month) == day
    week_year, week = week_of(day)
    assert start_of_week_year(week_year) + 7 * (week - 1) + weekday(day) - 1 == day


@given(st.dates())
def test_the_calendar_is_that_of_python(date: python.date) -> None:
    value = from_python(date)
    assert value.days == (date - EPOCH).days
    assert str(value) == date.isoformat()
    assert (value.get("weekYear"), value.get("week"), value.get("dayOfWeek")) == tuple(date.isocalendar())
    assert value.get("ordinalDay") == date.timetuple().tm_yday


@given(instants, st.sampled_from(ZONES))
def test_clocks_of_a_zone_lead_back_to_the_instant(instant: int, zone: str) -> None:
    value = DateTime.at(instant, zone)
    assert value.instant == instant
    assert DateTime.of_local(value.local, zone, value.offset) == value


@given(modern, durations)
def test_adding_days_and_seconds_is_what_python_does(value: LocalDateTime, duration: Duration) -> None:
    by = Duration(0, duration.days % 1000, duration.seconds % 1_000_000)
    python_value = python.datetime(*civil_of(value.days)) + python.timedelta(seconds=value.nanos // NANOS)
    moved = add(value, by)
    expected = from_python(python_value + python.timedelta(days=by.days, seconds=by.seconds))
    assert isinstance(moved, LocalDateTime)
    assert moved.instant == expected.instant + value.nanos % NANOS


@given(modern, durations)
def test_days_and_seconds_can_be_taken_back(value: LocalDateTime, duration: Duration) -> None:
    by = Duration.of(0, duration.days % 10_000, duration.nanos)
    assert subtract(add(value, by), by) == value


@given(durations, durations)
def test_durations_can_be_taken_back(a: Duration, b: Duration) -> None:
    assert subtract(add(a, b), b) == a
    assert add(a, -b) == subtract(a, b)


@given(local_datetimes, local_datetimes)
def test_what_lies_between_leads_from_one_to_the_other(begin: LocalDateTime, end: LocalDateTime) -> None:
    assert add(begin, between(begin, end)) == end
    assert add(begin, in_seconds(begin, end)) == end


@given(local_datetimes, local_datetimes)
def test_what_lies_between_has_one_sign(begin: LocalDateTime, end: LocalDateTime) -> None:
    found = between(begin, end)
    signs = {(part > 0) - (part < 0) for part in (found.months, found.days, found.nanos)} - {0}
    assert signs <= {1 if end.instant > begin.instant else -1}
    assert abs(found.nanos) < DAY
    assert abs(found.days) < 31


@given(datetimes, datetimes)
def test_seconds_between_zoned_values_lead_from_one_to_the_other(begin: DateTime, end: DateTime) -> None:
    moved = add(begin, in_seconds(begin, end))
    assert isinstance(moved, DateTime)
    assert (moved.instant, moved.zone) == (end.instant, begin.zone)


@given(points, points)
def test_between_takes_all_pairs_of_kinds(begin: Instant, end: Instant) -> None:
    for measure in (between, in_days, in_seconds):
        assert isinstance(measure(begin, end), Duration)
        assert measure(begin, begin) == Duration()


# The first unit of the calendar lies partly before it.
@given(modern, st.sampled_from(UNITS + TIME_UNITS), st.sampled_from(ZONES))
def test_truncated_is_never_later_and_stays_when_truncated_again(value: LocalDateTime, unit: str, zone: str) -> None:
    short = truncate("localdatetime", CLOCK, unit, value, {})
    assert isinstance(short, LocalDateTime)
    assert short.instant <= value.instant
    assert truncate("localdatetime", CLOCK, unit, short, {}) == short
    zoned = DateTime.of_local(value, zone)
    assert not less(zoned, truncate("datetime", CLOCK, unit, zoned, {}))


@given(st.datetimes(timezones=st.none() | st.sampled_from(ZONES).map(ZoneInfo)), st.sampled_from((0, 1)))
def test_datetimes_of_python_come_back(value: python.datetime, fold: int) -> None:
    value = value.replace(fold=fold)
    back = to_python(from_python(value))
    if value.tzinfo is None:
        assert back == value
    elif value.year in range(2, 9999):
        # Python finds datetimes of two zones unequal where clocks show a time twice, so compare them in one.
        assert isinstance(back, python.datetime)
        assert back.astimezone(python.UTC) == value.astimezone(python.UTC)


@given(st.times() | st.dates() | st.timedeltas())
def test_times_dates_and_timedeltas_of_python_come_back(value: object) -> None:
    assert to_python(from_python(value)) == value


@pytest.mark.parametrize("zone", ZONES)
@given(st.datetimes(min_value=python.datetime(1900, 1, 1), max_value=python.datetime(2100, 1, 1)))
def test_offsets_repeat_after_400_years(zone: str, value: python.datetime) -> None:
    late = construct("datetime", CLOCK, {"year": value.year % 100 + 20_000, "month": value.month, "timezone": zone})
    later = construct("datetime", CLOCK, {"year": value.year % 100 + 20_400, "month": value.month, "timezone": zone})
    assert late is not None
    assert later is not None
    assert late.get("offset") == later.get("offset")
