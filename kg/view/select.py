"""Part of a graph: by country, leader, topic, framework, time and modality, or what a query found.

The parts narrow each other down. What is asked for once may be several: any of two topics, any of two leaders. A
meeting comes whole: who asks for a topic wants to know who met about it and where.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from kg.model import Entity, Fact, Knowledge
from kg.store.dates import first_day, last_day
from kg.view.contacts import ROLES, find_contacts, find_parties
from kg.view.found import Found


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a graph is wanted. Ids of entities, any of which will do; an empty tuple asks for nothing special.

    Two countries ask for what joins them. `since` and `until` are dates as precise as you like, both inclusive; what
    has no date passes no span. `found` is what a query found, if there was one.
    """

    countries: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    frameworks: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    modalities: tuple[str, ...] = ()
    found: Found | None = None


def select(knowledge: Knowledge, part: Part) -> Knowledge:
    """The facts of that part, with the entities and documents that they need."""
    facts = knowledge.facts if part.found is None else part.found.choose(knowledge.facts)
    about = _About(knowledge.entities, knowledge.facts)
    facts = tuple(fact for fact in facts if _fits_time(about.when(fact), part) and _fits_modality(fact, part))
    for wanted in (part.leaders, part.topics, part.frameworks):
        if wanted:
            facts = tuple(fact for fact in facts if about.is_about(fact, wanted))
    if part.countries:
        facts = tuple(about.among(facts, part.countries))
    return _restricted(knowledge, facts, about)


def _fits_time(when: str | None, part: Part) -> bool:
    if part.since is None and part.until is None:
        return True
    if when is None:
        return False
    return (part.since is None or last_day(when) >= first_day(part.since)) and (
        part.until is None or first_day(when) <= last_day(part.until)
    )


def _fits_modality(fact: Fact, part: Part) -> bool:
    return not part.modalities or fact.modality in part.modalities


class _About:
    """What each fact is about: its own ends, and all that its meeting, paper or project is about."""

    def __init__(self, entities: Collection[Entity], facts: Collection[Fact]) -> None:
        self.parties = find_parties(entities, facts)
        self.contacts, self.contact_of = find_contacts(entities, facts)
        self._things: list[set[str]] = [set() for _ in self.contacts]
        self._parties: list[set[str]] = [set() for _ in self.contacts]
        for fact in facts:
            number = self.contact_of.get(fact.key)
            if number is not None:
                self._things[number] |= {fact.subject, fact.object or ""}
                self._parties[number] |= self._sides(fact)

    def when(self, fact: Fact) -> str | None:
        number = self.contact_of.get(fact.key)
        return fact.happened or (self.contacts[number].when if number is not None else None)

    def is_about(self, fact: Fact, wanted: Collection[str]) -> bool:
        number = self.contact_of.get(fact.key)
        things = {fact.subject, fact.object} if number is None else self._things[number]
        return not things.isdisjoint(wanted)

    def among(self, facts: Iterable[Fact], countries: Collection[str]) -> Iterable[Fact]:
        """One country: all in which it has a part. Several: what joins at least two of them."""
        least = min(2, len(countries))
        for fact in facts:
            number = self.contact_of.get(fact.key)
            parties = self._ends(fact) if number is None else self._parties[number] | self._ends(fact)
            if len(parties.intersection(countries)) >= least:
                yield fact

    def _sides(self, fact: Fact) -> set[str]:
        roles = ROLES.get(fact.predicate, "")
        ends = [fact.subject] * ("s" in roles) + [fact.object or ""] * ("o" in roles)
        return {self.parties[end] for end in ends if end in self.parties}

    def _ends(self, fact: Fact) -> set[str]:
        return {self.parties[end] for end in (fact.subject, fact.object) if end in self.parties}


def _restricted(knowledge: Knowledge, facts: tuple[Fact, ...], about: _About) -> Knowledge:
    """Also whom the people among them speak for: without that a meeting of two leaders joins no countries."""
    shown = {end for fact in facts for end in (fact.subject, fact.object) if end is not None}
    chosen = {fact.key for fact in facts}
    spoken = [
        fact
        for fact in knowledge.facts
        if fact.predicate == "represents"
        and fact.key not in chosen
        and fact.subject in shown
        and fact.modality == "actual"
        and about.parties.get(fact.object or "") == about.parties.get(fact.subject)
    ]
    kept = tuple(sorted((*facts, *spoken), key=lambda fact: fact.key))
    needed = shown | {fact.object for fact in spoken}
    cited = {mention.document for fact in kept for mention in fact.evidence}
    return replace(
        knowledge,
        facts=kept,
        entities=tuple(entity for entity in knowledge.entities if entity.id in needed),
        documents=tuple(document for document in knowledge.documents if document.key in cited),
    )
