"""Direct edges between entities: a view of the facts, which nobody writes by hand and which makes queries short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import Fact
from kg.vocabulary import PREDICATES

Edge = tuple[str, str, str]  # subject id, predicate, object id or value


def direct_edges(facts: Iterable[Fact]) -> Iterator[tuple[str, str, Fact, bool]]:
    """Subject, predicate, the fact behind it, and whether the edge points from the fact's object to its subject.

    Only asserted facts whose modality is actual count. A functional predicate keeps one value: the one that more
    documents state. Symmetric predicates point both ways, and a predicate stands for its parent too.
    """
    for fact in _one_value_each(fact for fact in facts if fact.status == "asserted" and fact.modality == "actual"):
        predicate = PREDICATES[fact.predicate]
        for name in filter(None, (predicate.name, predicate.parent)):
            yield fact.subject, name, fact, False
        if predicate.symmetric and fact.object:
            yield fact.object, predicate.name, fact, True


def expected_edges(facts: Iterable[Fact]) -> set[Edge]:
    """The direct edges of the facts as plain ids: subject, predicate, object or value."""
    return {
        (subject, name, fact.subject if back else fact.object or fact.value or "")
        for subject, name, fact, back in direct_edges(facts)
    }


def _one_value_each(facts: Iterable[Fact]) -> Iterator[Fact]:
    best: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        if not PREDICATES[fact.predicate].functional:
            yield fact
            continue
        slot = (fact.subject, fact.predicate)
        if slot not in best or _support(fact) < _support(best[slot]):
            best[slot] = fact
    yield from best.values()


def _support(fact: Fact) -> tuple[int, str]:
    return -len({mention.document for mention in fact.evidence}), fact.key
