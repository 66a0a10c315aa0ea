"""Groups that keep company: more of their ties lead to each other than chance would have it (Louvain)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from kg.explore.projections import Projection
from kg.frames import Table

if TYPE_CHECKING:
    import networkx

SEED = 0


class Communities(Table):
    """One row a group, the biggest first, with its members and the strongest tie between two of them."""

    shown: ClassVar[tuple[str, ...]] = ("community", "n_members", "members", "strongest_tie", "weight", "evidence")

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The ids of the members of each group."""
        place = self.columns.index("ids")
        return tuple(tuple(row[place]) for row in self.rows)


def communities(projection: Projection, *, seed: int = SEED) -> Communities:
    """The groups by Louvain with weights; the same seed gives the same groups. Who has no tie is in none.

    The direction of ties plays no part. Modularity, in the note, is -0.5..1: above 0.3 the groups are clear.
    """
    import networkx

    group = groups_of(projection, seed=seed)
    a, b = projection.places()
    tied = np.zeros(len(group), np.bool_)
    tied[a] = tied[b] = True
    members = [np.flatnonzero((group == number) & tied) for number in range(group.max(initial=-1) + 1)]
    members = sorted((m for m in members if len(m)), key=lambda m: (-len(m), _names(projection, m)))
    rows = []
    for number, places in enumerate(members, 1):
        inside = np.flatnonzero(np.isin(a, places) & np.isin(b, places))
        tie = int(inside[np.argmax(projection.weight[inside])])
        ends, weight = (int(projection.a[tie]), int(projection.b[tie])), int(projection.weight[tie])
        ids = [projection.names.id(int(projection.nodes[place])) for place in places]
        strongest = " – ".join(map(projection.names.name, ends))
        about = (len(ids), _names(projection, places), ids, strongest, weight)
        rows.append((number, *about, *projection.latest(*ends)))
    columns = (
        "community", "n_members", "members", "ids", "strongest_tie", "weight", "latest", "date", "document", "evidence",
        "facts",
    )  # fmt: skip
    graph = undirected(projection)
    parts = [set(m.tolist()) for m in members]
    graph.remove_nodes_from(np.flatnonzero(~tied).tolist())
    modularity = f"Modularity: {networkx.community.modularity(graph, parts):.2f}. " if parts else ""
    return Communities(
        columns=columns,
        rows=tuple(rows),
        title=f"Communities of {projection.kind.of} by {projection.kind.by}",
        note=f"{modularity}{projection.note}",
    )


def groups_of(projection: Projection, *, seed: int = SEED) -> np.ndarray:
    """The number of the community of everyone in `nodes`; those without a tie have one each."""
    import networkx

    group = np.zeros(len(projection.nodes), np.int64)
    if len(group):
        found = networkx.community.louvain_communities(undirected(projection), weight="weight", seed=seed)
        for number, members in enumerate(sorted(map(sorted, found))):
            group[members] = number
    return group


def undirected(projection: Projection) -> networkx.Graph:
    """The ties between places in `nodes`; of two directed ones between the same two, the sum."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(range(len(projection.nodes)))
    a, b = (places.tolist() for places in projection.places())
    for one, other, weight in zip(a, b, projection.weight.tolist(), strict=True):
        before = graph.edges[one, other]["weight"] if graph.has_edge(one, other) else 0
        graph.add_edge(one, other, weight=before + weight)
    return graph


def _names(projection: Projection, places: np.ndarray) -> list[str]:
    return sorted(projection.names.name(int(projection.nodes[place])) for place in places)
