"""Everything that can be wrong with a stored graph, looked for over the whole of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.check.consistency import (
    broken_contradictions,
    faulty_entities,
    faulty_facts,
    faulty_figures,
    strange_edges,
    twice_stored,
)
from kg.model import Knowledge
from kg.store import Store


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something wrong at a node. `rule` is "shape", "fact", "mention", "contradiction", "symmetry" or "edge"."""

    rule: str
    node: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at and what was found, sorted; nothing found means that the graph is sound."""

    n_nodes: int
    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        return not self.findings


def validate(store: Store) -> Report:
    """Checks the whole graph: its shapes, every quote against its text, the ends of every fact, the direct edges."""
    n_nodes, findings = _shape_findings(store)
    findings += _consistency_findings(store, store.knowledge())
    return Report(n_nodes, tuple(sorted(set(findings))))


def _shape_findings(store: Store) -> tuple[int, list[Finding]]:
    n_nodes, violations = store.check_shapes()
    return n_nodes, [Finding("shape", violation.node, violation.message) for violation in violations]


def _consistency_findings(store: Store, knowledge: Knowledge) -> list[Finding]:
    texts = {document.key: document.text for document in knowledge.documents}
    types = {entity.id: entity.type for entity in knowledge.entities}
    return [
        *_named("fact", faulty_facts(knowledge.facts, texts, types)),
        *_named("fact", faulty_figures(knowledge.figures, texts, types)),
        *_named("mention", faulty_entities(knowledge.entities, texts)),
        *_named("contradiction", broken_contradictions(knowledge.facts)),
        *_named("symmetry", twice_stored(knowledge.facts)),
        *_named("edge", strange_edges(knowledge.facts, store.direct_edges())),
    ]


def _named(rule: str, found: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    return (Finding(rule, node, message) for node, message in found)
