"""Exact betweenness by Brandes' algorithm, over arrays of ties: from each node, all ties of a level at once.

People who meet are a few steps apart, so there are few levels, each with very many ties; that is what NumPy is fast at.
Between 2,000 leaders with 144,000 ties it takes a sixth of the time of rustworkx; `make benchmark` measures it beside
NetworkX.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

_AT_ONCE = 64  # sources whose levels are found together, one bit of a word each
_FEW_LEVELS = 16
# So far below every level that no tie seems to lead on from or to a node that was not reached.
_NOT_REACHED = -9


def exact_betweenness(n: int, a: np.ndarray, b: np.ndarray, *, directed: bool) -> np.ndarray:
    """For each of n nodes the share (0..1) of shortest ways between two others through it; ties are a[i] to b[i].

    No tie may stand twice, or lead from a node to itself.
    """
    if n < 3:
        return np.zeros(n)
    return dependencies(n, a, b, directed=directed) / ((n - 1) * (n - 2))


def dependencies(
    n: int, a: np.ndarray, b: np.ndarray, *, directed: bool, sources: np.ndarray | None = None
) -> np.ndarray:
    """For each node the sum of the shares of shortest ways through it, from all `sources` (None: all) to all others."""
    total = np.zeros(n)
    if not len(a):
        return total
    a, b = a.astype(np.intp), b.astype(np.intp)
    starts = np.unique(a if directed else np.concatenate([a, b]))
    starts = starts if sources is None else np.intersect1d(starts, sources)
    for source, level in _levels(n, a, b, starts, directed=directed):
        total += _dependencies(n, source, *_steps(a, b, level, directed=directed))
    return total


def _levels(
    n: int, a: np.ndarray, b: np.ndarray, sources: np.ndarray, *, directed: bool
) -> Iterator[tuple[int, np.ndarray]]:
    """For each source how many steps from it each node is."""
    into, out_of = (b, a) if directed else (np.concatenate([b, a]), np.concatenate([a, b]))
    order = np.argsort(into, kind="stable")
    reached, begins = np.unique(into[order], return_index=True)
    neighbours = out_of[order]
    for first in range(0, len(sources), _AT_ONCE):
        chosen = sources[first : first + _AT_ONCE]
        bits = np.uint64(1) << np.arange(len(chosen), dtype=np.uint64)
        front = np.zeros(n, np.uint64)
        front[chosen] = bits
        seen, fronts = front.copy(), [front]
        while front.any():
            news = np.bitwise_or.reduceat(front[neighbours], begins) & ~seen[reached]
            front = np.zeros(n, np.uint64)
            front[reached] = news
            seen |= front
            fronts.append(front)
        for source, bit in zip(chosen.tolist(), bits, strict=True):
            level = np.full(n, _NOT_REACHED, np.int32)
            for steps, there in enumerate(fronts):
                level[(there & bit) != 0] = steps
            yield source, level


def _steps(
    a: np.ndarray, b: np.ndarray, level: np.ndarray, *, directed: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ties that lead one level on, sorted by the level they leave, and where each level's begin (and the end)."""
    on = level[b] - level[a]
    ahead = np.flatnonzero(on == 1)
    near, far = a[ahead], b[ahead]
    if not directed:
        back = np.flatnonzero(on == -1)
        near, far = np.concatenate([near, b[back]]), np.concatenate([far, a[back]])
    left = level[near]
    sizes = np.bincount(left)
    if len(sizes) <= _FEW_LEVELS:
        order = np.concatenate([np.flatnonzero(left == steps) for steps in range(len(sizes))]) if len(sizes) else left
    else:
        order = np.argsort(left, kind="stable")
    return near[order], far[order], np.concatenate([[0], np.cumsum(sizes)])


def _dependencies(n: int, source: int, near: np.ndarray, far: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """For each node the sum, over all others, of the share of shortest ways from `source` to them through it."""
    n_ways = np.zeros(n)
    n_ways[source] = 1
    levels = [slice(begin, end) for begin, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)]
    for ties in levels:
        n_ways += np.bincount(far[ties], n_ways[near[ties]], minlength=n)
    passing = np.zeros(n)
    share = np.divide(1, n_ways, out=np.zeros(n), where=n_ways > 0)
    for ties in reversed(levels):
        onward = (1 + passing) * share
        passing += n_ways * np.bincount(near[ties], onward[far[ties]], minlength=n)
    passing[source] = 0
    return passing
