"""Facts -> the property graph: one node per entity and document, one relationship per fact; and answers from it.

In: `Knowledge`, as the store gives it back; or any NetworkX graph. Out: a NetworkX graph, files that other graph tools
open, rows, what is known about one entity, and the graph that Cypher reads. It decides nothing about facts: what the
store holds is what the graph shows.

    property_graph   facts -> rows of nodes and relationships: the one mapping     protocol  what a query may ask
    columns          `PropertyGraph`: rows or tables -> typed columns, adjacency   scratch   a graph to write to
    cache, kept      columns on disk, beside the dataset                           networks  NetworkX <-> both

`PropertyGraph` is imported from `kg.graph.columns`, because it needs NumPy and a command that prints facts does not.
"""

from kg.graph.disputes import side_by_side
from kg.graph.evidence import EVIDENCE_COLUMNS, Witness
from kg.graph.explain import Explanation, in_order
from kg.graph.find import find_entity
from kg.graph.property_graph import to_networkx
from kg.graph.rows import FACT_COLUMNS, fact_rows
from kg.graph.scratch import ScratchGraph
from kg.graph.tell import Teller
from kg.graph.verbs import VERBS
from kg.graph.write import GRAPH_FORMATS, graph_bytes

__all__ = [
    "EVIDENCE_COLUMNS",
    "FACT_COLUMNS",
    "GRAPH_FORMATS",
    "VERBS",
    "Explanation",
    "ScratchGraph",
    "Teller",
    "Witness",
    "fact_rows",
    "find_entity",
    "graph_bytes",
    "in_order",
    "side_by_side",
    "to_networkx",
]
