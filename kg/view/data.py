"""What the page shows: entities, facts and the sentences behind them, numbered so that one can name another."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import Document, Entity, Fact, Knowledge, Mention
from kg.view.contacts import Contact, find_contacts, find_parties
from kg.vocabulary import PREDICATES

_ORDER = {predicate: i for i, predicate in enumerate(PREDICATES)}

Mark = tuple[int, int, int]  # where in the sentence, how many signs, and the number of the entity that is named


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of the document with that number, and the entities that are named in them, in order."""

    document: int
    begin: int
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class ViewData:
    """Numbers are places in these tuples; -1 stands for none. `n_left_out` entities are not on the page.

    `parties` has an entity's party, `contact_of` a fact's contact, `evidence` a fact's sentences, `when` the date of a
    fact or else of its meeting.
    """

    entities: tuple[Entity, ...]
    parties: tuple[int, ...]
    facts: tuple[Fact, ...]
    when: tuple[str | None, ...]
    evidence: tuple[tuple[int, ...], ...]
    contact_of: tuple[int, ...]
    contacts: tuple[Contact, ...]
    sentences: tuple[Sentence, ...]
    documents: tuple[Document, ...]
    n_left_out: int

    def number_of(self) -> dict[str, int]:
        """Entity id -> its number."""
        return {entity.id: i for i, entity in enumerate(self.entities)}


def view_data(knowledge: Knowledge, *, max_nodes: int) -> ViewData:
    """The entities with most facts, and all facts among them; an entity in no fact has nothing to show."""
    ranked = _by_weight(knowledge.facts)
    shown = set(ranked[:max_nodes])
    entities = tuple(entity for entity in knowledge.entities if entity.id in shown)
    facts = [f for f in knowledge.facts if f.subject in shown and (f.object is None or f.object in shown)]
    facts.sort(key=lambda f: (_ORDER[f.predicate], f.happened or "", f.key))
    number = {entity.id: i for i, entity in enumerate(entities)}
    parties = find_parties(entities, facts)
    contacts, contact_of = find_contacts(entities, facts)
    documents = _documents_behind(facts, knowledge.documents)
    sentences, evidence = _sentences(facts, documents, entities)
    in_contact = tuple(contact_of.get(fact.key, -1) for fact in facts)
    return ViewData(
        entities=entities,
        parties=tuple(number.get(parties.get(entity.id, ""), -1) for entity in entities),
        facts=tuple(facts),
        when=tuple(
            f.happened or (contacts[c].when if c >= 0 else None) for f, c in zip(facts, in_contact, strict=True)
        ),
        evidence=evidence,
        contact_of=in_contact,
        contacts=tuple(contacts),
        sentences=sentences,
        documents=documents,
        n_left_out=len(ranked) - len(shown),
    )


def _by_weight(facts: Iterable[Fact]) -> list[str]:
    """Entities in facts, those with the most facts first."""
    weight: Counter[str] = Counter()
    for fact in facts:
        weight.update({fact.subject} if fact.object is None else {fact.subject, fact.object})
    return sorted(weight, key=lambda entity: (-weight[entity], entity))


def _documents_behind(facts: Iterable[Fact], documents: Iterable[Document]) -> tuple[Document, ...]:
    cited = {mention.document for fact in facts for mention in fact.evidence}
    return tuple(document for document in documents if document.key in cited)


def _sentences(
    facts: list[Fact], documents: tuple[Document, ...], entities: tuple[Entity, ...]
) -> tuple[tuple[Sentence, ...], tuple[tuple[int, ...], ...]]:
    """Every sentence once, sorted by document and place, and for each fact the numbers of its sentences."""
    place = {document.key: i for i, document in enumerate(documents)}
    spans = sorted({(place[m.document], m.begin, m.end, m.quote) for fact in facts for m in fact.evidence})
    number = {span[:3]: i for i, span in enumerate(spans)}
    named = _named_in(entities, place)
    sentences = tuple(
        Sentence(document, begin, quote, tuple(_marks(named[document], begin, end)))
        for document, begin, end, quote in spans
    )
    evidence = tuple(
        tuple(sorted({number[place[m.document], m.begin, m.end] for m in fact.evidence})) for fact in facts
    )
    return sentences, evidence


def _named_in(entities: tuple[Entity, ...], place: dict[str, int]) -> dict[int, list[tuple[int, int, int]]]:
    """Document -> where its text names an entity: begin, end and the entity, in order."""
    named: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for number, entity in enumerate(entities):
        for mention in entity.mentions:
            if mention.document in place:
                named[place[mention.document]].append(_where(mention, number))
    for found in named.values():
        found.sort()
    return named


def _where(mention: Mention, number: int) -> tuple[int, int, int]:
    return mention.begin, mention.end, number


def _marks(named: list[tuple[int, int, int]], begin: int, end: int) -> Iterator[Mark]:
    """Names that lie within the sentence; of the same words for two entities both are kept."""
    for first, last, number in named[bisect_left(named, (begin, 0, 0)) :]:
        if first >= end:
            return
        if last <= end:
            yield first - begin, last - first, number
