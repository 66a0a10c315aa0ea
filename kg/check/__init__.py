"""Is the graph sound, and what is in it: shapes, consistency with the texts, the graph card.

In: a `Store`. Out: `Report` (what is wrong, node by node) and `GraphCard` (counts, suspects, what was skipped).
It must not change the store.
"""

from kg.check.card import GraphCard, graph_card
from kg.check.duplicates import Suspect, duplicate_suspects
from kg.check.report import Finding, Report, validate

__all__ = ["Finding", "GraphCard", "Report", "Suspect", "duplicate_suspects", "graph_card", "validate"]
