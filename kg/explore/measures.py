"""Who is central in a projection, and who stands between groups.

Equal to NetworkX to nine digits; the engines behind are rustworkx and NumPy, which are many times faster.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import numpy as np
import rustworkx

from kg.errors import GraphError
from kg.explore.betweenness import exact_betweenness
from kg.explore.communities import groups_of
from kg.explore.projections import Projection
from kg.frames import Row, Table
from kg.graph.adjacency import Adjacency, adjacency

DAMPING = 0.85
_TOLERANCE = 1e-13
# Ties for each node from which on few levels with many ties are to be expected; where ways are long, rustworkx is best.
_DENSE = 8


class Ranking(Table):
    """Actors, the highest score first; equal scores share a rank. `score` is of the measure in the title."""

    shown: ClassVar[tuple[str, ...]] = ("rank", "name", "score", "n_ties", "weight", "strongest_tie", "evidence")


def degree(projection: Projection) -> np.ndarray:
    """With how many others each is tied."""
    a, b = projection.places()
    n = len(projection.nodes)
    return (np.bincount(a, minlength=n) + np.bincount(b, minlength=n)).astype(float)


def weighted(projection: Projection) -> np.ndarray:
    """The sum of the weights of each one's ties."""
    a, b = projection.places()
    n = len(projection.nodes)
    return np.bincount(a, projection.weight, minlength=n) + np.bincount(b, projection.weight, minlength=n)


def betweenness(projection: Projection) -> np.ndarray:
    """The share (0..1) of the shortest ways between any two others that pass through each; weights play no part."""
    n, (a, b), directed = len(projection.nodes), projection.places(), projection.kind.directed
    if len(a) > _DENSE * n:
        return exact_betweenness(n, a, b, directed=directed)
    graph = rustworkx.PyDiGraph(multigraph=False) if directed else rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(n))
    graph.extend_from_edge_list(list(zip(a.tolist(), b.tolist(), strict=True)))
    scores = rustworkx.betweenness_centrality(graph)
    return np.array([scores[place] for place in range(n)], float)


def pagerank(projection: Projection) -> np.ndarray:
    """The share (0..1) of its time that a walk spends at each, if it follows ties by weight and jumps at times."""
    n = len(projection.nodes)
    source, target = projection.places()
    weight = projection.weight.astype(float)
    if not projection.kind.directed:
        source, target = np.concatenate([source, target]), np.concatenate([target, source])
        weight = np.tile(weight, 2)
    out = np.bincount(source, weight, minlength=n)
    share = weight / out[source]
    scores = np.full(n, 1 / max(n, 1))
    while n:
        # Who has no way on jumps anywhere.
        jumps = (1 - DAMPING + DAMPING * scores[out == 0].sum()) / n
        before, scores = scores, DAMPING * np.bincount(target, scores[source] * share, minlength=n) + jumps
        if np.abs(scores - before).sum() < _TOLERANCE:
            break
    return scores


def brokerage(projection: Projection) -> np.ndarray:
    """How many pairs of others each joins that belong to two groups and have no tie of their own.

    Groups are communities; whoever has a high score is the way from one to another.
    """
    group = groups_of(projection)
    near = neighbours(projection)
    return np.array([_brokered(near, group, place) for place in range(len(projection.nodes))], float)


def _brokered(near: Adjacency, group: np.ndarray, place: int) -> int:
    friends = near.neighbours[near.offsets[place] : near.offsets[place + 1]]
    sizes = np.bincount(group[friends])
    n_across = (len(friends) ** 2 - int((sizes**2).sum())) // 2
    if not n_across:
        return 0
    is_friend = np.zeros(len(group), np.bool_)
    is_friend[friends] = True
    n_tied = 0
    for friend in friends.tolist():
        theirs = near.neighbours[near.offsets[friend] : near.offsets[friend + 1]]
        n_tied += int((is_friend[theirs] & (group[theirs] != group[friend])).sum())
    return n_across - n_tied // 2


def neighbours(projection: Projection) -> Adjacency:
    """Who is tied to whom by places in `nodes`, in both directions, each once."""
    a, b = projection.places()
    n = len(projection.nodes)
    pairs = np.unique(np.concatenate([a * n + b, b * n + a]))
    return adjacency(n, pairs // max(n, 1), pairs % max(n, 1))


Measure = Callable[[Projection], np.ndarray]
MEASURES: dict[str, tuple[Measure, str]] = {
    "weighted": (weighted, "sum of the weights of all ties"),
    "degree": (degree, "number of others with a tie"),
    "betweenness": (betweenness, "share of the shortest ways between others that lead through it, 0 to 1"),
    "pagerank": (pagerank, "share of a random walk along the ties, 0 to 1"),
    "brokerage": (brokerage, "pairs from two communities that it joins and that have no tie of their own"),
}


def rank(projection: Projection, measure: str = "weighted", *, limit: int | None = None) -> Ranking:
    """Everyone in the projection by a measure of `MEASURES`, with the strongest tie and a sentence that shows it.

    Raises GraphError, which names the measures.
    """
    if measure not in MEASURES:
        raise GraphError(f"there is no measure '{measure}'; choose from {', '.join(MEASURES)}")
    compute, meaning = MEASURES[measure]
    scores: list[float] = compute(projection).tolist()
    names = [projection.names.name(node) for node in projection.nodes.tolist()]
    ranked = np.flatnonzero(projection.graph.label_mask(projection.kind.label)[projection.nodes])
    order = sorted(ranked.tolist(), key=lambda place: (-round(scores[place], 12), names[place], place))[:limit]
    n_ties, weight, strongest = degree(projection), weighted(projection), _strongest_ties(projection)
    rows: list[Row] = []
    for position, place in enumerate(order, 1):
        same = rows and round(rows[-1][3], 12) == round(scores[place], 12)
        number, tie = rows[-1][0] if same else position, strongest.get(place)
        counted = (number, projection.names.id(int(projection.nodes[place])), names[place], scores[place])
        rows.append((*counted, int(n_ties[place]), int(weight[place]), *_tie_part(projection, place, tie)))
    columns = (
        "rank", "id", "name", "score", "n_ties", "weight", "strongest_tie", "strongest_weight", "latest", "date",
        "document", "evidence", "facts",
    )  # fmt: skip
    title = f"{projection.kind.of.capitalize()} by {projection.kind.by}: {measure}"
    return Ranking(columns=columns, rows=tuple(rows), title=title, note=f"Score: {meaning}. {projection.note}")


def _strongest_ties(projection: Projection) -> dict[int, int]:
    """For each place in `nodes` with a tie the number of its strongest one, the first of equals."""
    a, b = projection.places()
    ends, ties = np.concatenate([a, b]), np.tile(np.arange(len(a)), 2)
    order = np.lexsort((ties, -projection.weight[ties], ends))
    places, first = np.unique(ends[order], return_index=True)
    return dict(zip(places.tolist(), ties[order][first].tolist(), strict=True))


def _tie_part(projection: Projection, place: int, tie: int | None) -> Row:
    if tie is None:
        return (None, None, None, None, None, None, [])
    a, b, weight = int(projection.a[tie]), int(projection.b[tie]), int(projection.weight[tie])
    other = b if a == projection.nodes[place] else a
    return (projection.names.name(other), weight, *projection.latest(a, b))
