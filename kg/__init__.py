"""Entente: news on diplomatic cooperation, read into a knowledge graph. The public door; each name has its home below.

>>> import kg
>>> kg.build(["articles/"], store="graph")  # doctest: +SKIP
>>> graph = kg.open("graph")  # doctest: +SKIP
>>> graph.facts(about="Vietnam", predicate="signed")  # doctest: +SKIP
"""

# Before the imports, because the rooms behind them may ask for it.
__version__ = "0.1.0"

# `build` is a function and the name of its module: imported here and now, the function keeps the name.
from kg.build import BuildReport, build, withdraw
from kg.errors import KgError
from kg.knowledge_graph import KnowledgeGraph, open
from kg.model import Document, Entity, Fact, Figure, Knowledge, Mention, Skipped

__all__ = [
    "BuildReport",
    "Document",
    "Entity",
    "Fact",
    "Figure",
    "KgError",
    "Knowledge",
    "KnowledgeGraph",
    "Mention",
    "Skipped",
    "__version__",
    "build",
    "load_ipython_extension",
    "open",
    "withdraw",
]


def load_ipython_extension(shell: object) -> None:
    """What `%load_ext kg` calls: `%%sparql`, `%%cypher` and `%kg_use`. Needs the extra `notebook`."""
    from kg.notebook import load

    load(shell)
