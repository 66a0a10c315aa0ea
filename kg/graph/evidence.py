"""What parts of the property graph rest on: for each fact its sentences, for each entity where it is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from kg.graph.tell import Teller
from kg.model import Document, Entity, Fact, Mention

EVIDENCE_COLUMNS = (
    "key", "claim", "modality", "document", "title", "issued", "publisher", "source", "begin", "end", "evidence",
)  # fmt: skip

_PARAGRAPH = re.compile(r"\n\s*\n")
# "Mr. Ito spoke. Then he left." ends after "spoke." only.
_SENTENCE_END = re.compile(
    r"(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\b[A-Z]\.)(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])"
)

EvidenceRow = dict[str, Any]


class Witness:
    """Gives evidence as rows under `EVIDENCE_COLUMNS`; knows the facts it is asked for, all entities and documents."""

    def __init__(self, facts: Iterable[Fact], entities: Iterable[Entity], documents: Iterable[Document]) -> None:
        held = tuple(entities)
        self._entities = {entity.id: entity for entity in held}
        self._facts = {fact.key: fact for fact in facts}
        self._values: dict[str, list[Fact]] = {}
        for fact in self._facts.values():
            if fact.value is not None:
                self._values.setdefault(fact.subject, []).append(fact)
        self._teller = Teller(held, documents)
        self._documents = self._teller.documents

    def of_relationship(self, key: str) -> Iterator[EvidenceRow]:
        """All sentences of the fact with that key; of "mentions/DOCUMENT/ENTITY" the sentences that name the entity."""
        if key in self._facts:
            return self._of_fact(self._facts[key])
        _, document, entity = key.split("/", 2)
        return self._of_mentions(key, self._entities[entity], self._documents[document])

    def of_node(self, id_: str) -> Iterator[EvidenceRow]:
        """What is said of an entity as a value (its date, its office), then where each document first names it.

        A document is its own evidence: one row without a sentence.
        """
        if id_ not in self._entities:
            document = self._documents[id_.removeprefix("document/")]
            yield self._row(id_, document.title or document.id, None, document, None)
            return
        entity = self._entities[id_]
        for fact in self._values.get(id_, ()):
            yield from self._of_fact(fact)
        first: dict[str, Mention] = {}
        for mention in sorted(entity.mentions):
            first.setdefault(mention.document, mention)
        for key, mention in first.items():
            yield self._naming(id_, entity, self._documents[key], mention)

    def _of_fact(self, fact: Fact) -> Iterator[EvidenceRow]:
        claim = self._teller.claim(fact)
        for mention in sorted(fact.evidence):
            document = self._documents[mention.document]
            yield self._row(fact.key, claim, fact.modality, document, (mention.begin, mention.end))

    def _of_mentions(self, key: str, entity: Entity, document: Document) -> Iterator[EvidenceRow]:
        seen = set()
        for mention in sorted(one for one in entity.mentions if one.document == document.key):
            row = self._naming(key, entity, document, mention)
            if row["begin"] not in seen:
                seen.add(row["begin"])
                yield row

    def _naming(self, key: str, entity: Entity, document: Document, mention: Mention) -> EvidenceRow:
        where = sentence_around(document.text, mention.begin, mention.end)
        return self._row(key, f"{entity.name} is named", None, document, where)

    def _row(
        self, key: str, claim: str, modality: str | None, document: Document, where: tuple[int, int] | None
    ) -> EvidenceRow:
        begin, end = where or (None, None)
        return {
            "key": key,
            "claim": claim,
            "modality": modality,
            "document": document.id,
            "title": document.title,
            "issued": document.published,
            "publisher": document.publisher,
            "source": document.source,
            "begin": begin,
            "end": end,
            "evidence": document.text[begin:end] if where else None,
        }


def sentence_around(text: str, begin: int, end: int) -> tuple[int, int]:
    """Where the sentence with `text[begin:end]` begins and ends, judged by punctuation and blank lines alone.

    >>> text = "Mr. Ito spoke in Lima. Peru agreed."
    >>> [text[slice(*sentence_around(text, i, i + 1))] for i in (4, 24)]
    ['Mr. Ito spoke in Lima.', 'Peru agreed.']
    """
    breaks = [match.span() for pattern in (_PARAGRAPH, _SENTENCE_END) for match in pattern.finditer(text)]
    first = max((stop for _, stop in breaks if stop <= begin), default=len(text) - len(text.lstrip()))
    last = min((start for start, _ in breaks if start >= end), default=len(text.rstrip()))
    # A closing quotation mark belongs to what it closes.
    closing = re.compile(r"[\"”’)]*").match(text, last)
    return first, closing.end() if closing else last
