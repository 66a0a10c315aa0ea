"""Where each node stands: computed once, here, so that the page opens still and two builds look alike.

Small parts of a graph are drawn by rustworkx, which takes the square of the nodes in time; larger ones by `spread`, and
beyond `_CORE` nodes the weakest stand beside their neighbours.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.view.spread import spread

Point = tuple[float, float]
Line = tuple[str, str]

_SEED = 20240101
_FEW = 400
_CORE = 2500
_ROUNDS = 1000
# Pixels of page for one unit of layout: labels are wide, and so are screens.
_WIDE, _HIGH = 105, 95
_EVENNESS = 0.75
_GAP = 1.0  # units between two parts of the graph that no line joins
_GOLDEN = math.pi * (3 - 5**0.5)


def place(nodes: Sequence[str], lines: Sequence[Line]) -> dict[str, tuple[int, int]]:
    """Whole pixels per node, by force-directed layout; the same input in any order gives the same places.

    Parts of the graph that no line joins are laid out alone and set side by side, the largest first.
    """
    near = _neighbours(nodes, lines)
    order = sorted(near, key=lambda node: (-len(near[node]), node))
    core = set(order[:_CORE])
    points = _place_core(sorted(core), sorted((a, b) for a, b in lines if a in core and b in core))
    _place_rest(order[_CORE:], near, points)
    return {node: (round(points[node][0] * _WIDE), round(points[node][1] * _HIGH)) for node in sorted(near)}


def _neighbours(nodes: Sequence[str], lines: Sequence[Line]) -> dict[str, set[str]]:
    near: dict[str, set[str]] = {node: set() for node in nodes}
    for a, b in lines:
        near[a].add(b)
        near[b].add(a)
    return near


def _place_core(nodes: Sequence[str], lines: Sequence[Line]) -> dict[str, Point]:
    import rustworkx

    number = {node: i for i, node in enumerate(nodes)}
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(nodes)))
    graph.add_edges_from_no_data([(number[a], number[b]) for a, b in lines])
    found = [sorted(part) for part in rustworkx.connected_components(graph)]
    parts = sorted(found, key=lambda part: (-len(part), part))
    drawn = [_draw(graph.subgraph(part)) for part in parts]
    order = (nodes[i] for part in parts for i in part)
    return dict(zip(order, _side_by_side(drawn), strict=True))


def _draw(part: object) -> list[Point]:
    """The part's points, moved so that its least x and y are 0. The unit is about the length of a line."""
    import rustworkx

    assert isinstance(part, rustworkx.PyGraph)
    n_nodes = part.num_nodes()
    if n_nodes == 1:
        return [(0.0, 0.0)]
    if n_nodes <= _FEW:
        layout = rustworkx.spring_layout(part, num_iter=_ROUNDS, seed=_SEED, scale=n_nodes**0.5)
        points = [(layout[i][0], layout[i][1]) for i in range(n_nodes)]
    else:
        points = spread(n_nodes, list(part.edge_list()), seed=_SEED)
    points = _evened(points)
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


def _place_rest(rest: Sequence[str], near: Mapping[str, set[str]], points: dict[str, Point]) -> None:
    """Each beside the mean of its placed neighbours, on a spiral of those that stand there; else below the picture."""
    n_at: dict[Point, int] = defaultdict(int)
    bottom = max((y for _, y in points.values()), default=0.0) + 2 * _GAP
    for node in rest:
        placed = [points[other] for other in sorted(near[node]) if other in points]
        middle = (
            (sum(x for x, _ in placed) / len(placed), sum(y for _, y in placed) / len(placed))
            if placed
            else (0.0, bottom)
        )
        n_at[middle] += 1
        turn, reach = _GOLDEN * n_at[middle], 0.5 * n_at[middle] ** 0.5
        points[node] = middle[0] + reach * math.cos(turn), middle[1] + reach * math.sin(turn)
