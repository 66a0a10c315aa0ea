"""Facts <-> RDF: documents, what was read in them, and the graph, in one folder. The only room that knows triples.

In: documents, extractions, and the `Knowledge` that resolution made of them. Out: the same as model objects, answers
to SPARQL, and files for other RDF tools. It must not read articles or decide which mention means whom.
"""

from kg.store.admission import fact_faults, figure_faults, mention_faults
from kg.store.edges import expected_edges
from kg.store.manifest import BuildRecord, Manifest, ShapesOutcome
from kg.store.store import Store

EXPORT_FORMATS = ("turtle", "ntriples", "trig", "jsonld")

__all__ = [
    "EXPORT_FORMATS",
    "BuildRecord",
    "Manifest",
    "ShapesOutcome",
    "Store",
    "expected_edges",
    "fact_faults",
    "figure_faults",
    "mention_faults",
]
