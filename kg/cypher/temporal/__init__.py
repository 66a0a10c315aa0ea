"""Dates, times and durations of Cypher, exact to the nanosecond, in years of up to nine digits, in named zones.

In: text, maps of components, values of Python, the `Clock` of a query. Out: immutable values, whose `str` is Cypher's
toString. No other part of `kg` is known here but the errors of Cypher, and no clock is read but by `Clock.now`.

    calendar    days <-> years, months, weeks, quarters     text, components   a value's text and its components
    zones       offsets of named zones, from `tzdata`       parse, durations   text -> values
    values      the six kinds                               build, construct   maps and other values -> values
    dates       days that are checked                       truncate, between, arithmetic, compare
"""

from kg.cypher.temporal.arithmetic import add, divide, multiply, subtract
from kg.cypher.temporal.between import between, in_days, in_months, in_seconds
from kg.cypher.temporal.clock import Clock
from kg.cypher.temporal.compare import equals, less, sort_key
from kg.cypher.temporal.construct import construct, construct_duration, current, from_epoch, from_epoch_millis
from kg.cypher.temporal.python import from_python, to_python
from kg.cypher.temporal.truncate import truncate
from kg.cypher.temporal.values import Date, DateTime, Duration, Instant, LocalDateTime, LocalTime, Temporal, Time

KINDS = (Date, LocalTime, Time, LocalDateTime, DateTime, Duration)

__all__ = [
    "KINDS",
    "Clock",
    "Date",
    "DateTime",
    "Duration",
    "Instant",
    "LocalDateTime",
    "LocalTime",
    "Temporal",
    "Time",
    "add",
    "between",
    "construct",
    "construct_duration",
    "current",
    "divide",
    "equals",
    "from_epoch",
    "from_epoch_millis",
    "from_python",
    "in_days",
    "in_months",
    "in_seconds",
    "less",
    "multiply",
    "sort_key",
    "subtract",
    "to_python",
    "truncate",
]
