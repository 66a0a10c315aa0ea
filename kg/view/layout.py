"""Where each node stands: computed once, here, so that the page opens still and two builds look alike."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

Point = tuple[float, float]

_SEED = 20240101
_ROUNDS = 1000
# Kamada-Kawai spreads a small graph evenly, and takes the square of the nodes in time.
_EVEN_UP_TO = 400
# Pixels of page for one unit of layout: labels are wide, and so are screens.
_WIDE, _HIGH = 165, 140
_EVENNESS = 0.75
_GAP = 1.0  # units between two parts of the graph that no line joins


def place(nodes: Sequence[str], lines: Sequence[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    """Whole pixels per node, by force-directed layout; the same input in any order gives the same places.

    Parts of the graph that no line joins are laid out alone and set side by side, the largest first.
    """
    import igraph

    order = sorted(nodes)
    number = {node: i for i, node in enumerate(order)}
    graph = igraph.Graph(n=len(order), edges=sorted((number[a], number[b]) for a, b in lines))
    parts = sorted(graph.connected_components(), key=lambda part: (-len(part), part))
    igraph.set_random_number_generator(random.Random(_SEED))
    try:
        drawn = [_draw(graph.induced_subgraph(part)) for part in parts]
    finally:
        igraph.set_random_number_generator(random)
    points = dict(zip((i for part in parts for i in part), _side_by_side(drawn), strict=True))
    return {node: (round(points[i][0] * _WIDE), round(points[i][1] * _HIGH)) for i, node in enumerate(order)}


def _draw(graph) -> list[Point]:  # type: ignore[no-untyped-def]
    """The part's points, moved so that its least x and y are 0."""
    if graph.vcount() == 1:
        return [(0.0, 0.0)]
    layout = graph.layout_fruchterman_reingold(niter=_ROUNDS, grid=graph.vcount() > 1000)
    if graph.vcount() <= _EVEN_UP_TO:
        layout = graph.layout_kamada_kawai(seed=layout, maxiter=50 * graph.vcount())
    points = _evened([(x, y) for x, y in layout])
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
