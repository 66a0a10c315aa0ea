"""`ViewData` as JSON in columns: a list a property, numbers for whatever stands in another list. -1 is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.graph import VERBS
from kg.model import Document, Entity
from kg.view.contacts import ROLES, Contact
from kg.view.data import Sentence, ViewData
from kg.view.world import GRAIN, read_world
from kg.vocabulary import ENTITY_TYPES, MODALITIES, PREDICATES

_ATTRIBUTES = ("iso3", "acronym", "kind", "earliest", "latest", "wikidata")


class _Table:
    """Texts by number, in the order in which they were first asked for."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}

    def number(self, text: str | None) -> int:
        return -1 if text is None else self.texts.setdefault(text, len(self.texts))


def columns(data: ViewData, places: Mapping[str, tuple[int, int]], parties: Mapping[str, tuple[int, int]]) -> Any:
    """What `page/data.js` reads. `places` has each entity's place in the graph, `parties` that in the graph of
    parties, for those in it.
    """
    dates, rules = _Table(), _Table()
    number = data.number_of()
    return {
        "types": ENTITY_TYPES,
        "predicates": [[name, VERBS[name], ROLES.get(name, "")] for name in PREDICATES],
        "modalities": MODALITIES,
        "entities": _entities(data, places),
        "parties": {number[id_]: point for id_, point in parties.items()},
        "facts": _facts(data, number, dates, rules),
        "contacts": _contacts(data.contacts, number, dates),
        "sentences": _sentences(data.sentences),
        "documents": [_document(document) for document in data.documents],
        "dates": list(dates.texts),
        "rules": list(rules.texts),
        "world": _world(data.entities),
        "left_out": data.n_left_out,
    }


def _entities(data: ViewData, places: Mapping[str, tuple[int, int]]) -> dict[str, Any]:
    points = [places[entity.id] for entity in data.entities]
    return {
        "id": [entity.id for entity in data.entities],
        "name": [entity.name for entity in data.entities],
        "type": [ENTITY_TYPES.index(entity.type) for entity in data.entities],
        "x": [x for x, _ in points],
        "y": [y for _, y in points],
        "party": data.parties,
        "aliases": {i: sorted(entity.aliases) for i, entity in enumerate(data.entities) if entity.aliases},
        "more": {i: more for i, entity in enumerate(data.entities) if (more := _attributes(entity))},
    }


def _attributes(entity: Entity) -> dict[str, str]:
    return {name: entity.attributes[name] for name in _ATTRIBUTES if entity.attributes.get(name)}


def _facts(data: ViewData, number: Mapping[str, int], dates: _Table, rules: _Table) -> dict[str, Any]:
    facts = data.facts
    predicates = {name: i for i, name in enumerate(PREDICATES)}
    return {
        "s": [number[fact.subject] for fact in facts],
        "p": [predicates[fact.predicate] for fact in facts],
        "o": [-1 if fact.object is None else number[fact.object] for fact in facts],
        "value": {i: fact.value for i, fact in enumerate(facts) if fact.value is not None},
        "modality": _mostly([MODALITIES.index(fact.modality) for fact in facts]),
        "disputed": [i for i, fact in enumerate(facts) if fact.status == "disputed"],
        "when": [dates.number(when) for when in data.when],
        "reported": [dates.number(fact.reported) for fact in facts],
        "confidence": [round(100 * fact.confidence) for fact in facts],
        "rule": [rules.number(fact.rule) for fact in facts],
        "contact": data.contact_of,
        "sentences": [found[0] if len(found) == 1 else found for found in data.evidence],
    }


def _mostly(values: Sequence[int]) -> dict[str, Any]:
    """The value that most have, and by place those that differ."""
    usual = min((-n, value) for value, n in Counter(values).items())[1] if values else 0
    return {"usual": usual, "else": {i: value for i, value in enumerate(values) if value != usual}}


def _contacts(contacts: Iterable[Contact], number: Mapping[str, int], dates: _Table) -> dict[str, Any]:
    held = list(contacts)
    return {
        "entity": [-1 if contact.entity is None else number[contact.entity] for contact in held],
        "topics": {i: [number[id_] for id_ in contact.topics] for i, contact in enumerate(held) if contact.topics},
        "frameworks": {
            i: [number[id_] for id_ in contact.frameworks] for i, contact in enumerate(held) if contact.frameworks
        },
        "when": [dates.number(contact.when) for contact in held],
    }


def _sentences(sentences: Iterable[Sentence]) -> dict[str, Any]:
    held = list(sentences)
    return {
        "document": [sentence.document for sentence in held],
        "begin": [sentence.begin for sentence in held],
        "text": [sentence.text for sentence in held],
        # Python counts signs, JavaScript halves of them above U+FFFF.
        "marks": [[n for mark in s.marks for n in _utf16(s.text, mark)] for s in held],
    }


def _utf16(text: str, mark: tuple[int, int, int]) -> tuple[int, int, int]:
    begin, length, entity = mark
    if text.isascii():
        return mark
    return _units(text[:begin]), _units(text[begin : begin + length]), entity


def _units(text: str) -> int:
    return len(text) + sum(sign > "\uffff" for sign in text)


def _document(document: Document) -> dict[str, str]:
    row = {
        "id": document.id,
        "title": document.title or document.id,
        "publisher": document.publisher,
        "published": document.published,
        # A source may also be a path on the builder's machine, which nobody else can open.
        "url": document.source if (document.source or "").startswith(("http://", "https://")) else None,
    }
    return {name: value for name, value in row.items() if value is not None}


def _world(entities: Sequence[Entity]) -> dict[str, Any]:
    capitals, towns = read_world()
    known = {i: capitals.get(entity.attributes.get("iso3", "")) for i, entity in enumerate(entities)}
    return {
        "grain": GRAIN,
        "capitals": {i: point for i, point in known.items() if point and entities[i].type == "Country"},
        "towns": [round(degrees / GRAIN) for point in towns for degrees in point],
    }
