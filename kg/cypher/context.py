"""What one run of a query needs besides its plan: the graph, the parameters, the clock, and what it may use up."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import psutil

from kg.cypher.errors import ResourceLimit

if TYPE_CHECKING:
    from kg.cypher.procedures import Procedure
    from kg.cypher.temporal import Clock
    from kg.graph.protocol import ChangeableGraph

_ROWS_BETWEEN_CHECKS = 2048
MIB = 1 << 20


@dataclass(slots=True)
class Budget:
    """What a query may use: seconds, and MiB that the process may grow by. None: no limit."""

    seconds: float | None = None
    mebibytes: float | None = None
    _deadline: float = field(init=False, default=0.0)
    _base: int = field(init=False, default=0)
    _rows: int = field(init=False, default=0)

    def start(self) -> None:
        """Count from now."""
        self._deadline = time.monotonic() + self.seconds if self.seconds is not None else float("inf")
        self._base = 0 if self.mebibytes is None else _resident_bytes()
        self._rows = 0

    def tick(self) -> None:
        """One more row. Raises ResourceLimit, though not at every row, because looking takes time."""
        self._rows += 1
        if self._rows % _ROWS_BETWEEN_CHECKS == 0:
            self.check()

    def check(self, planned: int = 0) -> None:
        """Raise ResourceLimit when the time is over, or when `planned` more bytes would be too many."""
        if time.monotonic() > self._deadline:
            raise ResourceLimit(
                f"the query was stopped after {self.seconds:g} seconds",
                detail="TimeLimit",
                hint="make the pattern more selective, add LIMIT, or allow more time",
            )
        if self.mebibytes is not None and _resident_bytes() - self._base + planned > self.mebibytes * MIB:
            raise ResourceLimit(
                f"the query was stopped because it needs more than {self.mebibytes:g} MiB",
                detail="MemoryLimit",
                hint="make the pattern more selective, aggregate earlier, or allow more memory",
            )


@cache
def _process() -> psutil.Process:
    return psutil.Process()


def _resident_bytes() -> int:
    return int(_process().memory_info().rss)


@dataclass(slots=True)
class Changes:
    """What a query changed, counted."""

    nodes_created: int = 0
    nodes_deleted: int = 0
    relationships_created: int = 0
    relationships_deleted: int = 0
    properties_set: int = 0
    labels_added: int = 0
    labels_removed: int = 0

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)


@dataclass
class Run:
    """One run of a query."""

    graph: ChangeableGraph
    parameters: Mapping[str, Any]
    procedures: Mapping[str, Procedure]
    budget: Budget
    read_clock: Callable[[], Clock]
    changes: Changes = field(default_factory=Changes)

    @cached_property
    def clock(self) -> Clock:
        """The moment of the query, the same for all its rows; read when a function first asks."""
        return self.read_clock()
