"""What a query found, as ids of entities, keys of facts and keys of documents: the part of the graph to draw."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.model import Fact
from kg.store.terms import id_of
from kg.vocabulary import COOP, ENTITY_BASE

if TYPE_CHECKING:
    from kg.cypher import Result
    from kg.graph.columns import PropertyGraph
    from kg.store.answer import Answer

# What may stand before the first word of a SPARQL query that says what it is.
_PROLOGUE = re.compile(r"\s+|#[^\n]*|PREFIX\s+[^\s:]*:\s*<[^>]*>|BASE\s*<[^>]*>", re.IGNORECASE)
_FORM = re.compile(r"(CONSTRUCT|DESCRIBE|SELECT|ASK)\b", re.IGNORECASE)
_TRIPLE = re.compile(r"<([^>]*)> <([^>]*)> (?:<([^>]*)>|.*?) ?\.$")


@dataclass(frozen=True, slots=True)
class Found:
    """`triples` are subject, predicate and object of direct edges that a CONSTRUCT made."""

    entities: frozenset[str]
    facts: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    triples: frozenset[tuple[str, str, str]] = frozenset()

    def choose(self, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        """The facts that were found; of entities alone the facts among them, else those that touch one.

        What is said as a value of a found entity (its date, its office) comes along.
        """
        chosen = {fact.key for fact in facts if fact.key in self.facts or self._has_edge(fact)}
        if not chosen and self.documents:
            chosen = {fact.key for fact in facts if self._rests_on(fact) and self._touches(fact, or_any=True)}
        if not chosen:
            chosen = {fact.key for fact in facts if fact.subject in self.entities and fact.object in self.entities}
        if not chosen:
            chosen = {fact.key for fact in facts if self._touches(fact)}
        return tuple(f for f in facts if f.key in chosen or (f.object is None and f.subject in self.entities))

    def _has_edge(self, fact: Fact) -> bool:
        ends = (fact.subject, fact.predicate, fact.object or "")
        return bool(self.triples) and (ends in self.triples or ends[::-1] in self.triples)

    def _rests_on(self, fact: Fact) -> bool:
        return any(mention.document in self.documents for mention in fact.evidence)

    def _touches(self, fact: Fact, *, or_any: bool = False) -> bool:
        return (or_any and not self.entities) or fact.subject in self.entities or fact.object in self.entities


def is_sparql(query: str) -> bool:
    """Whether the text is SPARQL and not Cypher. Raises QueryError for SPARQL that gives no graph."""
    at = 0
    while match := _PROLOGUE.match(query, at):
        at = match.end()
    form = _FORM.match(query, at)
    if form is None:
        return False
    if form[1].upper() not in ("CONSTRUCT", "DESCRIBE"):
        line = query.count("\n", 0, at) + 1
        column = at - query.rfind("\n", 0, at)
        text = f"{form[1].upper()} gives no graph to draw; write CONSTRUCT, or a Cypher query"
        raise QueryError(text, query=query, line=line, column=column)
    return True


def found_by_cypher(result: Result, graph: PropertyGraph, query: str) -> Found:
    """Raises QueryError when the rows hold values alone."""
    nodes = [str(graph.node_key(node.id)) for node in result.nodes()]
    if not nodes and len(result):
        text = "the query returns values alone; return nodes, relationships or paths, as in MATCH p = (a)--(b) RETURN p"
        raise QueryError(text, query=query)
    keys = [str(graph.relationship_key(one.id)) for one in result.relationships()]
    return Found(
        entities=frozenset(id_ for id_ in nodes if not id_.startswith("document/")),
        facts=frozenset(key for key in keys if not key.startswith("mentions/")),
        documents=frozenset(id_.removeprefix("document/") for id_ in nodes if id_.startswith("document/")),
    )


def found_by_sparql(answer: Answer) -> Found:
    """All that a CONSTRUCT or DESCRIBE names: its IRIs, and the direct edges among its triples."""
    ids: set[str] = set()
    triples: set[tuple[str, str, str]] = set()
    for line in answer.serialize("ntriples").decode("utf-8").splitlines():
        ids |= {id_of(iri) for iri in re.findall(r"<([^>]*)>", line) if iri.startswith(ENTITY_BASE)}
        triple = _TRIPLE.match(line)
        if triple and triple[2].startswith(COOP) and triple[3]:
            triples.add((id_of(triple[1]), triple[2].removeprefix(COOP), id_of(triple[3])))
    return Found(
        entities=frozenset(id_ for id_ in ids if not id_.startswith(("document/", "fact/"))),
        facts=frozenset(id_.removeprefix("fact/") for id_ in ids if id_.startswith("fact/")),
        documents=frozenset(id_.removeprefix("document/") for id_ in ids if id_.startswith("document/")),
        triples=frozenset(triples),
    )
