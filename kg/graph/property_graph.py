"""The property graph as NetworkX sees it: names, types and attributes of nodes and edges.

A fact with a value has no second node: a functional one becomes a property of its subject (`heldOn` is `held_on`),
and a leader's `position` stands on the edge `REPRESENTS` as well as in the leader's `positions`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kg.model import Document, Entity, Fact, Knowledge
from kg.store.dates import first_day, last_day
from kg.store.terms import resource
from kg.vocabulary import ACTOR_TYPES, PREDICATES, relationship_type

if TYPE_CHECKING:
    import networkx

_ATTRIBUTES = ("iso3", "wikidata", "acronym", "kind", "ordinal", "earliest", "latest")


def to_networkx(knowledge: Knowledge, *, documents: bool = True) -> networkx.MultiDiGraph:
    """One node per entity and document, keyed by its id; one edge per fact between entities, keyed by the fact's key.

    Facts of every modality are present: filter on the edge's `modality` and `status`. `documents=False` leaves
    the documents and their `MENTIONS` edges out, as a measure over actors wants it. Nodes and edges come sorted.
    """
    import networkx

    graph = networkx.MultiDiGraph()
    by_subject = _values_by_subject(knowledge.facts)
    for entity in sorted(knowledge.entities, key=lambda e: e.id):
        graph.add_node(entity.id, **_entity_node(entity, by_subject[entity.id]))
    for fact in sorted(knowledge.facts, key=lambda f: f.key):
        if fact.object is not None:
            graph.add_edge(fact.subject, fact.object, key=fact.key, **_fact_edge(fact, by_subject[fact.subject]))
    if documents:
        _add_documents(graph, knowledge)
    return graph


def document_id(key: str) -> str:
    """The node of the document with that key, which is also the tail of its IRI."""
    return f"document/{key}"


def _iri(id_: str) -> str:
    return resource(id_)[1:-1]


def _values_by_subject(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    values: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.value is not None:
            values[fact.subject].append(fact)
    return values


def _entity_node(entity: Entity, values: list[Fact]) -> dict[str, Any]:
    labels = [entity.type, "Actor"] if entity.type in ACTOR_TYPES else [entity.type]
    node: dict[str, Any] = {
        "type": entity.type,
        "labels": labels,
        "name": entity.name,
        "aliases": sorted(entity.aliases),
        "iri": _iri(entity.id),
    }
    node |= {name: entity.attributes[name] for name in _ATTRIBUTES if entity.attributes.get(name)}
    if country := entity.attributes.get("country"):
        node["in_country"] = country
    return node | _value_properties(values)


def _value_properties(values: list[Fact]) -> dict[str, Any]:
    """What value facts say of their subject: one value where there can be one, else all of them as a list."""
    held: dict[str, Any] = {}
    for fact in sorted(values, key=_trust):
        if fact.modality != "actual":
            continue
        name = relationship_type(fact.predicate).lower()
        if PREDICATES[fact.predicate].functional:
            held.setdefault(name, fact.value)
        elif fact.value not in held.setdefault(f"{name}s", []):
            held[f"{name}s"].append(fact.value)
    return held


def _trust(fact: Fact) -> tuple[bool, int, str]:
    """Undisputed facts first, then those that more documents state; the key makes ties the same on every run."""
    return fact.status != "asserted", -len(_documents(fact)), fact.key


def _documents(fact: Fact) -> list[str]:
    return sorted({mention.document for mention in fact.evidence})


def _fact_edge(fact: Fact, values: list[Fact]) -> dict[str, Any]:
    edge: dict[str, Any] = {
        "type": relationship_type(fact.predicate),
        "predicate": fact.predicate,
        "modality": fact.modality,
        "status": fact.status,
        "happened": fact.happened,
        "earliest": first_day(fact.happened) if fact.happened else None,
        "latest": last_day(fact.happened) if fact.happened else None,
        "reported": fact.reported,
        "confidence": fact.confidence,
        "evidence": min(fact.evidence).quote,
        "documents": [_iri(document_id(key)) for key in _documents(fact)],
        "n_mentions": len(fact.evidence),
        "position": _position_behind(fact, values) if fact.predicate == "represents" else None,
    }
    return {name: value for name, value in edge.items() if value is not None}


def _position_behind(represents: Fact, values: list[Fact]) -> str | None:
    """The office by which the leader represents: read in the same sentence, else the same document, else any."""
    sentences, documents = set(represents.evidence), set(_documents(represents))
    positions = [fact for fact in values if fact.predicate == "position"]
    ranked = sorted(
        positions,
        key=lambda f: (not sentences & set(f.evidence), not documents & set(_documents(f)), *_trust(f)),
    )
    return ranked[0].value if ranked else None


def _add_documents(graph: networkx.MultiDiGraph, knowledge: Knowledge) -> None:
    for document in sorted(knowledge.documents, key=lambda d: d.key):
        graph.add_node(document_id(document.key), **_document_node(document))
    for entity in sorted(knowledge.entities, key=lambda e: e.id):
        counts: dict[str, int] = defaultdict(int)
        for mention in entity.mentions:
            counts[mention.document] += 1
        for key, count in sorted(counts.items()):
            node = document_id(key)
            graph.add_edge(node, entity.id, key=f"mentions/{key}/{entity.id}", type="MENTIONS", n_mentions=count)


def _document_node(document: Document) -> dict[str, Any]:
    node = {
        "type": "Document",
        "labels": ["Document"],
        "name": document.title or document.id,
        "iri": _iri(document_id(document.key)),
        "title": document.title,
        "issued": document.published,
        "publisher": document.publisher,
        "source": document.source,
    }
    return {name: value for name, value in node.items() if value is not None}
