"""Where each node stands: computed once, here, so that the page opens still and two builds look alike."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rustworkx import PyGraph

Point = tuple[float, float]

_SEED = 20240101
# A round takes the square of the nodes in time: large graphs get fewer.
_MANY = 400
_ROUNDS, _FEWER_ROUNDS = 1000, 150
# Pixels of page for one unit of layout: labels are wide, and so are screens.
_WIDE, _HIGH = 165, 140
_EVENNESS = 0.75
_GAP = 1.0  # units between two parts of the graph that no line joins


def place(nodes: Sequence[str], lines: Sequence[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    """Whole pixels per node, by force-directed layout; the same input in any order gives the same places.

    Parts of the graph that no line joins are laid out alone and set side by side, the largest first.
    """
    import rustworkx

    order = sorted(nodes)
    number = {node: i for i, node in enumerate(order)}
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(order)))
    graph.add_edges_from_no_data(sorted((number[a], number[b]) for a, b in lines))
    found = [sorted(part) for part in rustworkx.connected_components(graph)]
    parts = sorted(found, key=lambda part: (-len(part), part))
    drawn = [_draw(graph.subgraph(part)) for part in parts]
    points = dict(zip((i for part in parts for i in part), _side_by_side(drawn), strict=True))
    return {node: (round(points[i][0] * _WIDE), round(points[i][1] * _HIGH)) for i, node in enumerate(order)}


def _draw(part: PyGraph) -> list[Point]:
    """The part's points, moved so that its least x and y are 0. The unit is about the length of a line."""
    import rustworkx

    n_nodes = part.num_nodes()
    if n_nodes == 1:
        return [(0.0, 0.0)]
    rounds = _ROUNDS if n_nodes <= _MANY else _FEWER_ROUNDS
    layout = rustworkx.spring_layout(part, num_iter=rounds, seed=_SEED, scale=n_nodes**0.5)
    points = _evened([(layout[i][0], layout[i][1]) for i in range(n_nodes)])
    left, top = min(x for x, _ in points), min(y for _, y in points)
    return [(x - left, y - top) for x, y in points]


def _evened(points: list[Point]) -> list[Point]:
    """The crowd in the middle spread out, and what lies far off drawn nearer: more of the picture is used."""
    middle = (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))
    reach = max(math.dist(point, middle) for point in points) or 1.0
    return [_moved(point, middle, reach) for point in points]


def _moved(point: Point, middle: Point, reach: float) -> Point:
    """Distance from the middle as a share of the reach, to the power below 1; the direction stays."""
    share = math.dist(point, middle) / reach
    factor = share ** (_EVENNESS - 1) if share else 0.0
    return middle[0] + (point[0] - middle[0]) * factor, middle[1] + (point[1] - middle[1]) * factor


def _side_by_side(parts: list[list[Point]]) -> list[Point]:
    """All points in rows of parts, as text is set in lines, about as high as it is wide."""
    sizes = [(max(x for x, _ in part) + _GAP, max(y for _, y in part) + _GAP) for part in parts]
    row_width = max([width for width, _ in sizes[:1]] + [sum(width * height for width, height in sizes) ** 0.5])
    placed: list[Point] = []
    left = top = row_height = 0.0
    for part, (width, height) in zip(parts, sizes, strict=True):
        if left and left + width > row_width:
            left, top, row_height = 0.0, top + row_height, 0.0
        placed += [(x + left, y + top) for x, y in part]
        left, row_height = left + width, max(row_height, height)
    return placed
