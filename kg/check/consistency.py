"""Rules over facts, texts and entities that shapes cannot say. Each yields the node and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.model import Entity, Fact, Figure
from kg.store import expected_edges, fact_faults, figure_faults, mention_faults
from kg.vocabulary import PREDICATES

Found = Iterator[tuple[str, str]]
Edge = tuple[str, str, str]


def faulty_facts(facts: Iterable[Fact], texts: Mapping[str, str], types: Mapping[str, str]) -> Found:
    """Facts whose quotes are not in their texts, or whose ends are of the wrong type."""
    for fact in facts:
        for fault in fact_faults(fact, texts, types):
            yield f"fact/{fact.key}", fault


def faulty_figures(figures: Iterable[Figure], texts: Mapping[str, str], types: Mapping[str, str]) -> Found:
    """Figures whose quotes are not in their texts, or whose subject is unknown."""
    for figure in figures:
        for fault in figure_faults(figure, texts, types):
            yield f"figure/{figure.key}", fault


def faulty_entities(entities: Iterable[Entity], texts: Mapping[str, str]) -> Found:
    """Entities that are mentioned by words which are not in the text."""
    for entity in entities:
        for mention in entity.mentions:
            for fault in mention_faults(mention, texts):
                yield entity.id, fault


def broken_contradictions(facts: Iterable[Fact]) -> Found:
    """Facts that contradict one which is not there or does not contradict them in turn."""
    by_key = {fact.key: fact for fact in facts}
    for fact in by_key.values():
        for key in fact.contradicts:
            other = by_key.get(key)
            if other is None:
                yield f"fact/{fact.key}", f"contradicts 'fact/{key}', which is not in the graph"
            elif fact.key not in other.contradicts:
                yield f"fact/{fact.key}", f"contradicts 'fact/{key}', which does not contradict it in turn"


def twice_stored(facts: Iterable[Fact]) -> Found:
    """Symmetric facts that stand in the graph in both directions: "A met B" and "B met A" are one claim."""
    claims = {(f.subject, f.predicate, f.object, f.modality, f.happened): f.key for f in facts}
    for (subject, predicate, object_, modality, happened), key in claims.items():
        if object_ is None or not PREDICATES[predicate].symmetric or subject >= object_:
            continue
        other = claims.get((object_, predicate, subject, modality, happened))
        if other is not None:
            yield f"fact/{key}", f"says the same as 'fact/{other}' the other way round"


def strange_edges(facts: Iterable[Fact], stored: Iterable[Edge]) -> Found:
    """Direct edges that no asserted, actual fact stands behind, and such facts without their edge."""
    expected, found = expected_edges(facts), set(stored)
    for subject, predicate, object_ in sorted(found - expected):
        yield subject, f"the edge {predicate} to '{object_}' rests on no fact"
    for subject, predicate, object_ in sorted(expected - found):
        yield subject, f"the edge {predicate} to '{object_}' is missing"
