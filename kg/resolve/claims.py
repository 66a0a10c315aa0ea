"""What the documents say, indexed by local entity: the material that every step of resolution reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.errors import KgError
from kg.model import Document, Entity, Extraction, Fact
from kg.resolve.names import words
from kg.seeds import Gazetteer, load_gazetteer


@dataclass(frozen=True, slots=True)
class Local:
    """An entity as one document knows it. `number` counts through all documents, in order of their keys."""

    number: int
    document: str
    published: str | None
    entity: Entity


class Claims:
    """All local entities, and the facts that touch each. Denied facts are left out: they say what did not happen."""

    def __init__(self, extractions: Iterable[Extraction]) -> None:
        self.extractions = _one_per_document(extractions)
        self.locals: list[Local] = []
        self.numbers: dict[str, dict[str, int]] = {}  # document key -> local id -> number
        self._by_type: dict[str, list[int]] = {}
        self._objects: dict[tuple[int, str], list[int]] = {}
        self._subjects: dict[tuple[int, str], list[int]] = {}
        self._facts: dict[tuple[int, str], list[Fact]] = {}
        for extraction in self.extractions:
            self._add_entities(extraction)
            self._add_facts(extraction)

    @property
    def gazetteer(self) -> Gazetteer:
        return load_gazetteer()

    @property
    def documents(self) -> tuple[Document, ...]:
        return tuple(extraction.document for extraction in self.extractions)

    def of_type(self, *types: str) -> list[int]:
        """Numbers of the local entities of these types, ascending."""
        return sorted(number for type in types for number in self._by_type.get(type, ()))

    def entity(self, number: int) -> Entity:
        return self.locals[number].entity

    def objects(self, number: int, *predicates: str) -> Iterator[int]:
        """What the entity is said to attend, represent … in its document."""
        for predicate in predicates:
            yield from self._objects.get((number, predicate), ())

    def subjects(self, number: int, *predicates: str) -> Iterator[int]:
        """Who is said to attend, represent … it."""
        for predicate in predicates:
            yield from self._subjects.get((number, predicate), ())

    def facts(self, number: int, *predicates: str) -> Iterator[Fact]:
        """The facts of which the entity is subject or object, with local ids."""
        for predicate in predicates:
            yield from self._facts.get((number, predicate), ())

    def country(self, number: int) -> str | None:
        """The code of the country that a local entity is or lies in, as far as its document says."""
        entity = self.entity(number)
        if entity.type == "Country":
            return entity.seed or entity.attributes.get("iso3") or " ".join(words(entity.name))
        given = entity.attributes.get("country")
        if not given:
            return None
        neighbour = self.numbers[self.locals[number].document].get(given)
        if neighbour is not None and self.entity(neighbour).type == "Country":
            return self.country(neighbour)
        return given.removeprefix("country/")

    def _add_entities(self, extraction: Extraction) -> None:
        document = extraction.document
        ids: dict[str, int] = {}
        for entity in extraction.entities:
            if entity.id in ids:
                raise KgError(f"document '{document.id}': two entities have the id '{entity.id}'; ids must be unique")
            ids[entity.id] = number = len(self.locals)
            self.locals.append(Local(number, document.key, document.published, entity))
            self._by_type.setdefault(entity.type, []).append(number)
        self.numbers[document.key] = ids

    def _add_facts(self, extraction: Extraction) -> None:
        ids = self.numbers[extraction.document.key]
        ends = [end for fact in extraction.facts for end in (fact.subject, fact.object) if end is not None]
        for end in (*ends, *(figure.subject for figure in extraction.figures)):
            if end not in ids:
                raise KgError(f"document '{extraction.document.id}': a fact names '{end}', which is no entity of it")
        for fact in extraction.facts:
            if fact.modality == "denied":
                continue
            subject = ids[fact.subject]
            self._facts.setdefault((subject, fact.predicate), []).append(fact)
            if fact.object is not None:
                object_ = ids[fact.object]
                self._objects.setdefault((subject, fact.predicate), []).append(object_)
                self._subjects.setdefault((object_, fact.predicate), []).append(subject)
                self._facts.setdefault((object_, fact.predicate), []).append(fact)


def _one_per_document(extractions: Iterable[Extraction]) -> list[Extraction]:
    """Sorted by key. The same text twice is one document: a dated one, then the one with the smallest id."""
    found: dict[str, Extraction] = {}
    for extraction in extractions:
        known = found.setdefault(extraction.document.key, extraction)
        if known is not extraction and _rank(extraction) < _rank(known):
            found[extraction.document.key] = extraction
    return [found[key] for key in sorted(found)]


def _rank(extraction: Extraction) -> tuple[bool, str, str]:
    document = extraction.document
    return (document.published is None, document.id, repr(extraction))
