"""Small extractions from plain data, for the cases in tests/cases/resolution_*.yaml and the tests beside this file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.model import Document, Entity, Extraction, Fact, Knowledge, Mention
from kg.seeds import load_gazetteer

CASES = Path(__file__).parent.parent / "cases"


class Draft:
    """One document under construction: entities by name, facts by entity; every name is a mention of its text."""

    def __init__(self, id: str, published: str | None = None, text: str = "") -> None:
        self.id, self.published, self.text = id, published, text or f"Text of {id}. "
        self.entities: dict[str, Entity] = {}
        self.facts: list[dict[str, Any]] = []

    def entity(
        self, type: str, name: str, *aliases: str, seed: str | None = None, attributes: Mapping[str, str] | None = None
    ) -> str:
        """The local id of the entity of that type and name, new or known."""
        for known in self.entities.values():
            if (known.type, known.name) == (type, name):
                return known.id
        id = f"e{len(self.entities) + 1}"
        self.text += f"{name}. "
        self.entities[id] = Entity(id, type, name, tuple(sorted(aliases)), attributes or {}, (), seed)
        return id

    def country(self, code: str) -> str:
        label = load_gazetteer().seeds[code].label
        return self.entity("Country", label, seed=code, attributes={"iso3": code})

    def fact(self, subject: str, predicate: str, object: str | None = None, **fields: Any) -> None:
        self.facts.append({"subject": subject, "predicate": predicate, "object": object, "value": None} | fields)

    def person(self, name: str, country: str = "", office: str = "") -> str:
        id = self.entity("Leader", name)
        if country:
            self.fact(id, "represents", self.country(country))
        if office:
            self.fact(id, "position", value=office)
        return id

    def extraction(self) -> Extraction:
        document = Document(self.id, self.text, published=self.published)
        whole = Mention(document.key, 0, len(self.text), self.text)
        facts = [Fact(**{"evidence": (whole,), "reported": self.published} | fields) for fields in self.facts]
        return Extraction(document, tuple(_mentioned(document, e) for e in self.entities.values()), tuple(facts))


def _mentioned(document: Document, entity: Entity) -> Entity:
    begin = document.text.index(f"{entity.name}. ")
    mention = Mention(document.key, begin, begin + len(entity.name), entity.name)
    return Entity(entity.id, entity.type, entity.name, entity.aliases, entity.attributes, (mention,), entity.seed)


def load_cases(file: str) -> list[Any]:
    """The cases of a file as pytest parameters, named by what they show."""
    cases = yaml.safe_load((CASES / file).read_text(encoding="utf-8"))
    assert cases, f"{file} holds no case"
    return [pytest.param(case, id=case["case"]) for case in cases]


def groups_of(knowledge: Knowledge, extractions: Sequence[Extraction], locals: Sequence[str]) -> list[list[int]]:
    """How the n-th extraction's entity `locals[n]` was grouped, counting from 1."""
    holders = {m: entity.id for entity in knowledge.entities for m in entity.mentions}
    by_id: dict[str, list[int]] = {}
    for n, (extraction, local) in enumerate(zip(extractions, locals, strict=True), 1):
        entity = next(e for e in extraction.entities if e.id == local)
        by_id.setdefault(holders[entity.mentions[0]], []).append(n)
    return sorted(by_id.values())
