"""The time at which a query runs: one reading, so that equal calls in one query give equal answers."""

from __future__ import annotations

import time
from dataclasses import dataclass

from kg.cypher.temporal.text import NANOS
from kg.cypher.temporal.values import DateTime
from kg.cypher.temporal.zones import Zone, read_zone


@dataclass(frozen=True, slots=True)
class Clock:
    """An instant (seconds since 1970-01-01T00:00Z, and nanoseconds) and the zone of values that name none.

    The zone is UTC unless a caller wants another: a query must not depend on where the machine stands.
    """

    seconds: int
    nanoseconds: int = 0
    zone: str = "Z"

    @classmethod
    def now(cls, zone: str = "Z") -> Clock:
        """A clock that shows the machine's time from now on."""
        return cls(*divmod(time.time_ns(), NANOS), zone)

    @property
    def default_zone(self) -> Zone:
        """The zone of values that name none."""
        return read_zone(self.zone)

    def read(self, zone: Zone | None = None) -> DateTime:
        """Date and time that it shows, in `zone` or in its own."""
        instant = self.seconds * NANOS + self.nanoseconds
        return DateTime.at(instant, self.default_zone if zone is None else zone)
