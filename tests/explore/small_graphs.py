"""Small graphs written down as claims: who did what, when."""

from __future__ import annotations

from typing import Any

from kg.graph.columns import PropertyGraph
from kg.graph.property_graph import to_columns
from kg.model import Document, Entity, Fact, Knowledge, Mention

Claim = tuple[str, str, str] | tuple[str, str, str, dict[str, Any]]


def entity(id_: str, **attributes: str) -> Entity:
    """An entity whose name is the end of its id: "leader/ana" is Ana."""
    type_, name = id_.split("/")
    shown = name if type_ == "country" else name.replace("-", " ").capitalize()
    return Entity(id_, type_.capitalize(), shown, (), attributes)


def graph_of(*claims: Claim, **entities: dict[str, str]) -> PropertyGraph:
    """The property graph of these claims; every claim has a sentence of its own unless it gives `said`.

    Attributes of entities are given by id with "_" for "/" and "-", as in `meeting_summit={"earliest": …}`.
    """
    return to_columns(knowledge_of(*claims, **entities))


def knowledge_of(*claims: Claim, **entities: dict[str, str]) -> Knowledge:
    document = Document("report", "x" * 10_000, "A report", "2024-12-31", "A wire")
    second = Document("second", "y" * 10_000, "Another report", "2025-01-01", "A wire")
    facts, ids = {}, set()
    for number, (subject, predicate, object_, *more) in enumerate(claims):
        given = dict(more[0]) if more else {}
        said = given.pop("said", f"{subject} {predicate} {object_} ({number})")
        evidence = [Mention(document.key, number, number + 1, said)]
        evidence += [Mention(second.key, number, number + 1, said)] if given.pop("twice", False) else []
        fact = Fact(subject, predicate, object_, None, tuple(evidence), **given)
        facts[fact.key] = fact
        ids |= {subject, object_}
    made = [entity(id_, **entities.get(id_.replace("/", "_").replace("-", "_"), {})) for id_ in sorted(ids)]
    return Knowledge(
        documents=tuple(sorted((document, second), key=lambda d: d.key)),
        entities=tuple(made),
        facts=tuple(sorted(facts.values(), key=lambda f: f.key)),
        figures=(),
        merges=(),
    )


def on(day: str) -> dict[str, str]:
    """The attributes of a meeting on that day."""
    return {"earliest": day, "latest": day}
