"""Shortest paths between two nodes, by a search from both ends that meets in the middle."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from itertools import islice

Steps = Callable[[int], Iterable[tuple[int, int]]]
Found = tuple[list[int], list[int]]
_Parents = dict[int, list[tuple[int, int]]]


def shortest_paths(
    start: int,
    end: int,
    away: Steps,
    back: Steps,
    *,
    least: int = 1,
    most: float = float("inf"),
    allowed: Callable[[int], bool] | None = None,
    tick: Callable[[], None] = lambda: None,
    only_one: bool = False,
    degree: Callable[[int], int] = lambda node: 0,
) -> Iterator[Found]:
    """All shortest paths as (nodes, relationships), in a fixed order; with `only_one` the first that is found.

    `away` gives the (relationship, node) that lead away from a node, `back` those that lead to it. `least` is 0 or 1:
    with 0 a path may have no relationship. Whole levels are taken from the side whose level is smaller, so that the
    work grows with the neighbourhoods of both ends and not with the graph. Where one path is enough, nodes of small
    `degree` go first and the level is left when the sides meet, so that hubs are mostly never opened.
    """
    if start == end:
        if least == 0:
            yield [start], []
        return
    sides = (_Side(start, away), _Side(end, back))
    while sides[0].level and sides[1].level and sides[0].depth + sides[1].depth < most:
        side = min(sides, key=lambda one: len(one.level))
        other = sides[0] if side is sides[1] else sides[1]
        if only_one:
            side.level.sort(key=lambda node: (degree(node), node))
        if meeting := side.grow(allowed, tick, other.parents, only_one):
            found = (path for node in sorted(meeting) for path in _through(node, sides))
            yield from islice(found, 1) if only_one else found
            return


class _Side:
    """The search from one end: for each node that it reached, the steps by which it was reached first."""

    def __init__(self, origin: int, leads: Steps) -> None:
        self.parents: _Parents = {origin: []}
        self.level = [origin]
        self.depth = 0
        self._leads = leads

    def grow(
        self, allowed: Callable[[int], bool] | None, tick: Callable[[], None], goals: Container[int], only_one: bool
    ) -> list[int]:
        """Reach all nodes that are one step further. Gives those that are goals; with `only_one` stops at the first."""
        reached: _Parents = {}
        met: list[int] = []
        for node in self.level:
            for relationship, other in self._leads(node):
                tick()
                if other in self.parents or not (allowed is None or allowed(relationship)):
                    continue
                if other in goals and other not in reached:
                    met.append(other)
                reached.setdefault(other, []).append((relationship, node))
                if met and only_one:
                    break
            if met and only_one:
                break
        self.parents |= reached
        self.level = list(reached)
        self.depth += 1
        return met


def _through(node: int, sides: tuple[_Side, _Side]) -> Iterator[Found]:
    for nodes, relationships in _from_origin(node, sides[0].parents):
        for other_nodes, others in _from_origin(node, sides[1].parents):
            yield nodes + other_nodes[-2::-1], relationships + others[::-1]


def _from_origin(node: int, parents: _Parents) -> Iterator[Found]:
    """The ways from the origin of a side to the node."""
    waiting: list[tuple[int, list[int], list[int]]] = [(node, [node], [])]
    while waiting:
        at, nodes, relationships = waiting.pop()
        if not parents[at]:
            yield nodes[::-1], relationships[::-1]
        for relationship, before in reversed(parents[at]):
            waiting.append((before, [*nodes, before], [*relationships, relationship]))
