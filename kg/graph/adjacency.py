"""Who is next to whom: the relationships of every node, one behind the other, in three arrays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np


@dataclass(frozen=True)
class Adjacency:
    """The relationships of node n stand at `offsets[n]:offsets[n + 1]`, in ascending order of their numbers.

    `offsets` is int64 and has one entry more than there are nodes; `neighbours` and `relationships` are int32.
    """

    offsets: np.ndarray
    neighbours: np.ndarray
    relationships: np.ndarray

    @cached_property
    def degrees(self) -> np.ndarray:
        """The number of relationships of each node."""
        return np.diff(self.offsets)

    def pairs(self, node: int) -> Iterable[tuple[int, int]]:
        """(relationship, neighbour) of one node, as Python integers."""
        begin, end = self.offsets.item(node), self.offsets.item(node + 1)
        return zip(self.relationships[begin:end].tolist(), self.neighbours[begin:end].tolist(), strict=True)


def adjacency(n_nodes: int, near: np.ndarray, far: np.ndarray, chosen: np.ndarray | None = None) -> Adjacency:
    """For each node in `near` the nodes in `far`; `chosen` holds the relationships to use, ascending (None: all)."""
    if chosen is None:
        chosen = np.arange(len(near), dtype=np.int32)
    else:
        near = near[chosen]
    order = np.argsort(near, kind="stable")
    relationships = chosen[order].astype(np.int32)
    offsets = np.zeros(n_nodes + 1, np.int64)
    np.cumsum(np.bincount(near, minlength=n_nodes), out=offsets[1:])
    parts = (offsets, far[relationships].astype(np.int32), relationships)
    for part in parts:
        part.flags.writeable = False
    return Adjacency(*parts)
