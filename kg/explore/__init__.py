"""The property graph -> answers of an analyst: who is tied to whom, who is central, what links two, what changed.

In: a `PropertyGraph`, and which facts count. Out: small frozen tables, each row with the sentence that it rests on.
It must not read the store, and must not count reports: ten wires of one summit are one meeting. A room of its own,
because `kg/graph/` says what the graph is and this says what one may conclude from it.

    facts         which facts count, and the sentences behind them       links    what two have in common, and the way
    incidence     who had a part in which meeting, visit or project               from one to the other
    projections   actors tied by what they share; `KINDS` lists them     growth   a tie over the years; who was missing
    measures      degree, weight, betweenness, PageRank, brokerage       changes  one period beside another
    communities   groups that keep company (Louvain)
"""

from kg.explore.changes import Changes, changes
from kg.explore.communities import Communities, communities
from kg.explore.facts import Counted, Selection
from kg.explore.growth import Attendance, Growth, growth, missing
from kg.explore.links import Comparison, Paths, compare, paths
from kg.explore.measures import MEASURES, Ranking, rank
from kg.explore.projections import KINDS, Kind, Projection, Ties, project

__all__ = [
    "KINDS",
    "MEASURES",
    "Attendance",
    "Changes",
    "Communities",
    "Comparison",
    "Counted",
    "Growth",
    "Kind",
    "Paths",
    "Projection",
    "Ranking",
    "Selection",
    "Ties",
    "changes",
    "communities",
    "compare",
    "growth",
    "missing",
    "paths",
    "project",
    "rank",
]
