"""Force-directed layout of hundreds or thousands of nodes in about a second: Fruchterman and Reingold on a grid.

Near nodes push each other one by one, far ones as the crowd of a wide cell. Only additions, products, quotients and
square roots are used, in a fixed order, so that every machine gives the same picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]

_ROUNDS = 150
_NEAR = 2.0  # how far one node pushes another; also the width of a cell
_CROWDS = 10  # wide cells along each side of the picture
_PULL = 0.35  # towards the middle of the picture, so that no part drifts away


def spread(n_nodes: int, lines: Sequence[tuple[int, int]], *, seed: int) -> list[tuple[float, float]]:
    """A point a node; lines are about one unit long, and so are the gaps between nodes."""
    import numpy as np

    ends = np.array(sorted(lines), dtype=np.int64).reshape(-1, 2)
    side = n_nodes**0.5
    x, y = np.random.default_rng(seed).random((2, n_nodes)) * side
    # A hub that pulled each of its thousand neighbours with full force would draw all into one spot.
    degree = np.bincount(ends.ravel(), minlength=n_nodes).astype(float)
    strength = 1.0 / np.sqrt(np.minimum(degree[ends[:, 0]], degree[ends[:, 1]]))
    for turn in range(_ROUNDS):
        push_x, push_y = _crowd_push(x, y)
        for first, second in _near_pairs(x, y):
            _add_push(push_x, push_y, x, y, first, second)
        _add_pull(push_x, push_y, x, y, ends, strength)
        push_x -= _PULL * (x - side / 2) / side
        push_y -= _PULL * (y - side / 2) / side
        length = np.sqrt(push_x * push_x + push_y * push_y) + 1e-9
        step = np.minimum(length, 0.1 * side * (1 - turn / _ROUNDS)) / length
        x, y = x + push_x * step, y + push_y * step
    return list(zip(x.tolist(), y.tolist(), strict=True))


def _add_push(push_x: Floats, push_y: Floats, x: Floats, y: Floats, first: Numbers, second: Numbers) -> None:
    import numpy as np

    dx, dy = x[first] - x[second], y[first] - y[second]
    square = dx * dx + dy * dy + 1e-6
    force = np.where(square < _NEAR * _NEAR, 1.0 / square, 0.0)
    _add_both(push_x, force * dx, first, second)
    _add_both(push_y, force * dy, first, second)


def _add_pull(push_x: Floats, push_y: Floats, x: Floats, y: Floats, ends: Numbers, strength: Floats) -> None:
    import numpy as np

    first, second = ends[:, 0], ends[:, 1]
    dx, dy = x[second] - x[first], y[second] - y[first]
    force = np.sqrt(dx * dx + dy * dy) * strength
    _add_both(push_x, force * dx, first, second)
    _add_both(push_y, force * dy, first, second)


def _add_both(total: Floats, force: Floats, first: Numbers, second: Numbers) -> None:
    """Action on the one, reaction on the other. `bincount` adds in the order given."""
    import numpy as np

    total += np.bincount(first, force, len(total)) - np.bincount(second, force, len(total))


def _near_pairs(x: Floats, y: Floats) -> Iterator[tuple[Numbers, Numbers]]:
    """Pairs of nodes in the same cell or in touching ones, each once."""
    import numpy as np

    column = np.floor((x - np.min(x)) / _NEAR).astype(np.int64) + 1
    row = np.floor((y - np.min(y)) / _NEAR).astype(np.int64) + 1
    width = int(np.max(column)) + 2
    cell = row * width + column
    order = np.argsort(cell, kind="stable")
    held = cell[order]
    for shift in (0, 1, width - 1, width, width + 1):
        begin = np.searchsorted(held, held + shift, "left")
        end = np.searchsorted(held, held + shift, "right")
        if shift == 0:
            begin = np.arange(1, len(held) + 1)
        count = end - begin
        first = np.repeat(np.arange(len(held)), count)
        within = np.arange(len(first)) - np.repeat(np.cumsum(count) - count, count)
        yield order[first], order[np.repeat(begin, count) + within]


def _crowd_push(x: Floats, y: Floats) -> tuple[Any, Any]:
    """The push of each wide cell's nodes as if they stood in its middle; weak within the cell itself."""
    import numpy as np

    wide = max(float(np.max(x) - np.min(x)), float(np.max(y) - np.min(y)), 1e-6) / _CROWDS
    cell = np.minimum((x - np.min(x)) // wide, _CROWDS - 1).astype(np.int64) * _CROWDS
    cell += np.minimum((y - np.min(y)) // wide, _CROWDS - 1).astype(np.int64)
    crowd = np.bincount(cell, minlength=_CROWDS * _CROWDS)
    full = np.flatnonzero(crowd)
    mass = crowd[full].astype(float)
    middle_x = np.bincount(cell, x, _CROWDS * _CROWDS)[full] / mass
    middle_y = np.bincount(cell, y, _CROWDS * _CROWDS)[full] / mass
    push_x, push_y = np.zeros_like(x), np.zeros_like(y)
    for weight, at_x, at_y in zip(mass, middle_x, middle_y, strict=True):
        dx, dy = x - at_x, y - at_y
        force = weight / (dx * dx + dy * dy + wide * wide)
        push_x += force * dx
        push_y += force * dy
    return push_x, push_y
