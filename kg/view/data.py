"""What the page shows: the entities that take part in facts, one line a pair, every fact with its sentences."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.model import Document, Entity, Fact, Knowledge, Mention
from kg.vocabulary import PREDICATES

_ORDER = {predicate: i for i, predicate in enumerate(PREDICATES)}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities (ids, sorted) and the positions in `ViewData.facts` of the facts between them."""

    a: str
    b: str
    facts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ViewData:
    """Plain data for the page. `facts` and `documents` are ready for JSON; `n_left_out` entities are not drawn."""

    nodes: tuple[Entity, ...]
    pairs: tuple[Pair, ...]
    facts: tuple[dict[str, Any], ...]
    documents: tuple[dict[str, Any], ...]
    n_left_out: int


def view_data(knowledge: Knowledge, *, max_nodes: int) -> ViewData:
    """The entities with most facts, and all facts among them; an entity in no fact has nothing to show."""
    ranked = _by_weight(knowledge.facts)
    shown = set(ranked[:max_nodes])
    facts = [f for f in knowledge.facts if f.subject in shown and (f.object is None or f.object in shown)]
    facts.sort(key=lambda f: (_ORDER[f.predicate], f.happened or "", f.key))
    documents = _documents_behind(facts, knowledge.documents)
    place = {document.key: i for i, document in enumerate(documents)}
    return ViewData(
        nodes=tuple(entity for entity in knowledge.entities if entity.id in shown),
        pairs=_pairs(facts),
        facts=tuple(_fact_json(fact, place) for fact in facts),
        documents=tuple(_document_json(document) for document in documents),
        n_left_out=len(ranked) - len(shown),
    )


def _by_weight(facts: Iterable[Fact]) -> list[str]:
    """Entities with a fact to another one, those with the most facts first."""
    weight: Counter[str] = Counter()
    for fact in facts:
        if fact.object is not None:
            weight.update({fact.subject, fact.object})
    return sorted(weight, key=lambda entity: (-weight[entity], entity))


def _documents_behind(facts: Iterable[Fact], documents: Iterable[Document]) -> list[Document]:
    cited = {mention.document for fact in facts for mention in fact.evidence}
    return [document for document in documents if document.key in cited]


def _pairs(facts: list[Fact]) -> tuple[Pair, ...]:
    between: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, fact in enumerate(facts):
        if fact.object is not None and fact.object != fact.subject:
            between[min(fact.subject, fact.object), max(fact.subject, fact.object)].append(i)
    return tuple(Pair(a, b, tuple(numbers)) for (a, b), numbers in sorted(between.items()))


def _fact_json(fact: Fact, place: dict[str, int]) -> dict[str, Any]:
    row = {
        "s": fact.subject,
        "p": fact.predicate,
        "o": fact.object,
        "value": fact.value,
        "modality": fact.modality,
        "status": fact.status,
        "happened": fact.happened,
        "evidence": [_evidence_json(mention, place) for mention in sorted(fact.evidence)],
    }
    return {name: value for name, value in row.items() if value is not None}


def _evidence_json(mention: Mention, place: dict[str, int]) -> list[Any]:
    return [place[mention.document], mention.begin, mention.quote]


def _document_json(document: Document) -> dict[str, Any]:
    row = {
        "title": document.title or document.id,
        "publisher": document.publisher,
        "published": document.published,
        # A source may also be a path on the builder's machine, which nobody else can open.
        "url": document.source if (document.source or "").startswith(("http://", "https://")) else None,
    }
    return {name: value for name, value in row.items() if value is not None}
