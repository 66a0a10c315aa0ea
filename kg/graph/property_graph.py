"""Facts -> the property graph: names, labels, types and properties of nodes and relationships, as rows.

NetworkX and the columns are made from the same rows. A fact with a value has no second node: a functional one becomes
a property of its subject (`heldOn` is `held_on`), and a leader's `position` stands on the relationship `REPRESENTS` as
well as in the leader's `positions`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.garbage import without_collection
from kg.model import Document, Entity, Fact, Knowledge
from kg.store.dates import first_day, last_day
from kg.store.terms import resource
from kg.vocabulary import ACTOR_TYPES, PREDICATES, relationship_type

if TYPE_CHECKING:
    import networkx

    from kg.graph.columns import PropertyGraph

_ATTRIBUTES = ("iso3", "wikidata", "acronym", "kind", "ordinal", "earliest", "latest")
_TYPES = {predicate: relationship_type(predicate) for predicate in PREDICATES}


class NodeRow(NamedTuple):
    """A node: its id (the tail of its IRI), its labels with the chief one first, and properties that are not None."""

    id: str
    labels: list[str]
    properties: dict[str, Any]


class EdgeRow(NamedTuple):
    """A relationship between the nodes with these ids; the key of a fact's is the fact's key."""

    source: str
    target: str
    key: str
    type: str
    properties: dict[str, Any]


def to_networkx(knowledge: Knowledge, *, documents: bool = True) -> networkx.MultiDiGraph:
    """One node per entity and document, keyed by its id; one edge per fact between entities, keyed by the fact's key.

    Facts of every modality are present: filter on the edge's `modality` and `status`. `documents=False` leaves
    the documents and their `MENTIONS` edges out, as a measure over actors wants it. Nodes and edges come sorted.
    """
    import networkx

    graph = networkx.MultiDiGraph()
    for node in node_rows(knowledge, documents=documents):
        graph.add_node(node.id, type=node.labels[0], labels=node.labels, **node.properties)
    for edge in edge_rows(knowledge, documents=documents):
        graph.add_edge(edge.source, edge.target, key=edge.key, type=edge.type, **edge.properties)
    return graph


def to_columns(knowledge: Knowledge) -> PropertyGraph:
    """The same graph in columns, with documents. Its `node_key` is a node's id, its `relationship_key` a fact's key."""
    from dataclasses import replace

    from kg.graph.column import column_of
    from kg.graph.columns import PropertyGraph
    from kg.graph.tables import build_rows

    numbers: dict[str, int] = {}
    keys: list[str] = []

    def nodes() -> Iterator[tuple[list[str], dict[str, Any]]]:
        for node in node_rows(knowledge):
            numbers[node.id] = len(numbers)
            yield node.labels, node.properties

    def edges() -> Iterator[tuple[int, int, str, dict[str, Any]]]:
        for edge in edge_rows(knowledge):
            keys.append(edge.key)
            yield numbers[edge.source], numbers[edge.target], edge.type, edge.properties

    with without_collection():
        data = build_rows(nodes(), edges())
    return PropertyGraph(replace(data, node_keys=column_of(numbers), relationship_keys=column_of(keys)))


def node_rows(knowledge: Knowledge, *, documents: bool = True) -> Iterator[NodeRow]:
    """Entities sorted by id, then documents sorted by key."""
    by_subject = _values_by_subject(knowledge.facts)
    for entity in sorted(knowledge.entities, key=lambda e: e.id):
        yield _entity_node(entity, by_subject[entity.id])
    if documents:
        documents_by_key = {document.key: document for document in knowledge.documents}
        for key in sorted(documents_by_key):
            yield _document_node(key, documents_by_key[key])


def edge_rows(knowledge: Knowledge, *, documents: bool = True) -> Iterator[EdgeRow]:
    """Facts with an object sorted by key, then mentions sorted by entity and document."""
    by_subject = _values_by_subject(knowledge.facts)
    facts = {fact.key: fact for fact in knowledge.facts if fact.object is not None}
    for key in sorted(facts):
        fact = facts[key]
        assert fact.object is not None
        properties = _fact_properties(fact, by_subject[fact.subject])
        yield EdgeRow(fact.subject, fact.object, key, _TYPES[fact.predicate], properties)
    if documents:
        for entity in sorted(knowledge.entities, key=lambda e: e.id):
            yield from _mention_edges(entity)


def document_id(key: str) -> str:
    """The node of the document with that key, which is also the tail of its IRI."""
    return f"document/{key}"


@lru_cache(maxsize=1 << 16)
def _iri(id_: str) -> str:
    return resource(id_)[1:-1]


def _values_by_subject(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    values: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.value is not None:
            values[fact.subject].append(fact)
    return values


def _entity_node(entity: Entity, values: list[Fact]) -> NodeRow:
    labels = [entity.type, "Actor"] if entity.type in ACTOR_TYPES else [entity.type]
    properties: dict[str, Any] = {
        "name": entity.name,
        "aliases": sorted(entity.aliases),
        "iri": _iri(entity.id),
    }
    properties |= {name: entity.attributes[name] for name in _ATTRIBUTES if entity.attributes.get(name)}
    if country := entity.attributes.get("country"):
        properties["in_country"] = country
    return NodeRow(entity.id, labels, properties | _value_properties(values))


def _value_properties(values: list[Fact]) -> dict[str, Any]:
    """What value facts say of their subject: one value where there can be one, else all of them as a list."""
    held: dict[str, Any] = {}
    for fact in sorted(values, key=_trust):
        if fact.modality != "actual":
            continue
        name = _TYPES[fact.predicate].lower()
        if PREDICATES[fact.predicate].functional:
            held.setdefault(name, fact.value)
        elif fact.value not in held.setdefault(f"{name}s", []):
            held[f"{name}s"].append(fact.value)
    return held


def _trust(fact: Fact) -> tuple[bool, int, str]:
    """Undisputed facts first, then those that more documents state; the key makes ties the same on every run."""
    return fact.status != "asserted", -len(_documents(fact)), fact.key


def _documents(fact: Fact) -> list[str]:
    if len(fact.evidence) == 1:
        return [fact.evidence[0].document]
    return sorted({mention.document for mention in fact.evidence})


def _fact_properties(fact: Fact, values: list[Fact]) -> dict[str, Any]:
    properties: dict[str, Any] = {
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
    return {name: value for name, value in properties.items() if value is not None}


def _position_behind(represents: Fact, values: list[Fact]) -> str | None:
    """The office by which the leader represents: read in the same sentence, else the same document, else any."""
    sentences, documents = set(represents.evidence), set(_documents(represents))
    positions = [fact for fact in values if fact.predicate == "position"]
    ranked = sorted(
        positions,
        key=lambda f: (not sentences & set(f.evidence), not documents & set(_documents(f)), *_trust(f)),
    )
    return ranked[0].value if ranked else None


def _mention_edges(entity: Entity) -> Iterator[EdgeRow]:
    counts = Counter(mention.document for mention in entity.mentions)
    for document, count in sorted(counts.items()):
        key = f"mentions/{document}/{entity.id}"
        yield EdgeRow(document_id(document), entity.id, key, "MENTIONS", {"n_mentions": count})


def _document_node(key: str, document: Document) -> NodeRow:
    properties = {
        "name": document.title or document.id,
        "iri": _iri(document_id(key)),
        "title": document.title,
        "issued": document.published,
        "publisher": document.publisher,
        "source": document.source,
    }
    held = {name: value for name, value in properties.items() if value is not None}
    return NodeRow(document_id(key), ["Document"], held)
