"""Temporal values as a program meets them: conversions, the clock, order among kinds, errors that help."""

import datetime as python
import pickle
import time
from zoneinfo import ZoneInfo

import pytest

from kg.cypher.errors import CypherArgumentError, CypherTypeError
from kg.cypher.functions import FUNCTIONS
from kg.cypher.temporal import (
    KINDS,
    Clock,
    Date,
    DateTime,
    Duration,
    LocalDateTime,
    LocalTime,
    Time,
    construct,
    current,
    from_python,
    sort_key,
    to_python,
    truncate,
)
from kg.cypher.temporal.zones import zone_names

CLOCK = Clock(1_714_660_215, 250)


def test_values_of_python_become_ours() -> None:
    paris = python.datetime(2024, 10, 27, 2, 30, tzinfo=ZoneInfo("Europe/Paris"), fold=1)
    ahead = python.timezone(python.timedelta(hours=5, minutes=30))
    assert str(from_python(python.date(2024, 5, 2))) == "2024-05-02"
    assert str(from_python(python.datetime(2024, 5, 2, 7, 5, 0, 250))) == "2024-05-02T07:05:00.00025"
    assert str(from_python(paris)) == "2024-10-27T02:30+01:00[Europe/Paris]"
    assert str(from_python(python.datetime(2024, 5, 2, tzinfo=ahead))) == "2024-05-02T00:00+05:30"
    assert str(from_python(python.time(7, 5))) == "07:05"
    assert str(from_python(python.time(7, 5, tzinfo=python.UTC))) == "07:05Z"
    assert str(from_python(python.timedelta(days=1, hours=25))) == "P2DT1H"
    assert str(from_python(python.timedelta(hours=-1))) == "PT-1H"
    assert from_python("2024-05-02") == "2024-05-02"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Date.of(10_000, 1, 1), "+10000-01-01"),
        (LocalTime.of(1, 2, 3, 4), "01:02:03.000000004"),
        (Duration(months=1), "P1M"),
        (Duration.of(nanos=24 * 3600 * 10**9), "PT24H"),
        (LocalDateTime(2_932_897, 0), "+10000-01-01T00:00"),
    ],
)
def test_what_python_cannot_hold_becomes_text(value: Date | LocalTime | Duration | LocalDateTime, text: str) -> None:
    assert to_python(value) == text


def test_a_zone_without_whole_seconds_is_refused() -> None:
    odd = python.timezone(python.timedelta(microseconds=5))
    with pytest.raises(CypherArgumentError, match="fractions of a second"):
        from_python(python.time(7, 5, tzinfo=odd))


def test_one_query_sees_one_time() -> None:
    first, second = (FUNCTIONS["datetime"].call(CLOCK) for _ in range(2))
    assert first == second == FUNCTIONS["datetime.transaction"].call(CLOCK)
    assert not FUNCTIONS["datetime.realtime"].constant


def test_realtime_is_the_machines_time() -> None:
    before = time.time_ns()
    value = FUNCTIONS["datetime.realtime"].call(CLOCK)
    assert before <= value.instant <= time.time_ns()
    assert value.zone == 0
    assert Clock.now("Europe/Paris").read().zone == "Europe/Paris"


def test_the_zone_of_a_clock_is_that_of_values_without_zone() -> None:
    clock = Clock(CLOCK.seconds, 0, "Africa/Nairobi")
    assert str(construct("datetime", clock, {"year": 2024})) == "2024-01-01T00:00+03:00[Africa/Nairobi]"
    assert str(construct("time", clock, "10:00")) == "10:00+03:00"
    assert str(current("localtime", clock)) == "17:30:15"


def test_kinds_have_an_order_among_each_other() -> None:
    values = [Duration(), LocalTime(0), Time(0, 0), Date(0), LocalDateTime(0, 0), DateTime(0, 0, 0)]
    assert sorted(values, key=sort_key) == values[::-1]


def test_durations_are_ordered_by_their_average_length() -> None:
    texts = ["P1Y", "P31D", "P1M", "P30D", "PT24H", "P1D", "PT0S", "PT-1S"]
    durations = [FUNCTIONS["duration"].call(text) for text in texts]
    in_order = [str(duration) for duration in sorted(durations, key=sort_key)]
    assert in_order == ["PT-1S", "PT0S", "PT24H", "P1D", "P30D", "P1M", "P31D", "P1Y"]


def test_values_can_be_kept_and_cannot_be_changed() -> None:
    value = construct("datetime", CLOCK, "2024-07-01T09:00[Europe/Paris]")
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301
    with pytest.raises(AttributeError):
        value.days = 3  # type: ignore[union-attr,misc]


def test_a_value_out_of_range_cannot_be_made() -> None:
    for wrong in (
        lambda: LocalTime(-1),
        lambda: Time(0, 10**6),
        lambda: Duration(0, 0, 0, 10**9),
        lambda: Date(10**12),
    ):
        with pytest.raises(CypherArgumentError):
            wrong()


def test_zones_come_from_the_package_and_not_from_the_machine() -> None:
    assert {"Europe/Stockholm", "US/Pacific", "UTC"} <= zone_names()
    assert "localtime" not in zone_names()


def test_errors_say_what_was_wrong_and_what_is_accepted() -> None:
    with pytest.raises(CypherArgumentError, match=r"'2 May' is no date; write it as '2015-07-21'"):
        construct("date", CLOCK, "2 May")
    with pytest.raises(CypherArgumentError, match=r"localtime\(\) knows no component 'day'; it knows time, hour,"):
        construct("localtime", CLOCK, {"day": 1})
    with pytest.raises(CypherArgumentError, match="30 is no day of month 2 of 2024; it goes from 1 to 29"):
        construct("date", CLOCK, {"year": 2024, "month": 2, "day": 30})
    with pytest.raises(CypherTypeError, match=r"date\(\) cannot take LocalTime"):
        construct("date", CLOCK, LocalTime(0))
    with pytest.raises(CypherArgumentError, match=r"write one of millennium, .*weekYear"):
        truncate("date", CLOCK, "hour", Date(0), {})


def test_each_kind_names_itself() -> None:
    assert [kind.kind for kind in KINDS] == ["Date", "LocalTime", "Time", "LocalDateTime", "DateTime", "Duration"]
