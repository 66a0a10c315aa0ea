"""Contacts: the meetings, visits, talks, papers and projects that join two parties, and who takes part in them.

A graph says "Ito attended the summit" and "Ito represents Japan"; a reader asks when Japan and Laos met. A party is a
country, an organization, or a leader who speaks for neither; a contact joins its parties.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.model import Entity, Fact
from kg.store.dates import first_day, last_day

# Which ends of a fact take part in its contact: the subject, the object, or both.
ROLES: dict[str, str] = {
    "attended": "s",
    "ledDelegation": "s",
    "chaired": "s",
    "hosted": "s",
    "met": "so",
    "visited": "so",
    "signed": "s",
    "fundedBy": "o",
    "participatesIn": "s",
    "cooperatesWith": "so",
}
# "Laos pledged 100 scholarships" joins Laos to no one.
_SHARED = frozenset({"signed", "fundedBy", "participatesIn", "underFramework"})
_ITSELF = frozenset({"met", "visited", "cooperatesWith"})
_FRAMING = frozenset({"partOf", "adopted", "discussed", "underFramework", "signed"})


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact: the meeting, paper or project that it is, or None for a visit or talks that only a fact reports.

    `topics` and `frameworks` are ids of what it was about, sorted; `when` is a date or an interval.
    """

    entity: str | None
    topics: tuple[str, ...]
    frameworks: tuple[str, ...]
    when: str | None


def find_parties(entities: Iterable[Entity], facts: Iterable[Fact]) -> dict[str, str]:
    """Actor or place -> the party it stands for. A leader stands for whom most documents say, the latest on a tie."""
    held = {entity.id: entity for entity in entities}
    claims: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.predicate == "represents" and fact.object in held and fact.modality == "actual":
            claims[fact.subject].append(fact)
    parties = {}
    for entity in held.values():
        if entity.type in ("Country", "Organization"):
            parties[entity.id] = entity.id
        elif entity.type == "Place" and entity.attributes.get("country") in held:
            parties[entity.id] = entity.attributes["country"]
        elif entity.type == "Leader":
            parties[entity.id] = _spoken_for(claims[entity.id], held) or entity.id
    return parties


def _spoken_for(claims: list[Fact], held: Mapping[str, Entity]) -> str | None:
    weight: Counter[str] = Counter()
    latest: dict[str, str] = {}
    for fact in claims:
        party = _state(held[fact.object or ""])
        if party in held:
            weight[party] += len(fact.evidence)
            latest[party] = max(latest.get(party, ""), fact.reported or "")
    # A minister speaks for the country more than for the organization that it presides over.
    ranked = sorted(weight, key=lambda p: (held[p].type == "Country", weight[p], latest[p], p), reverse=True)
    return ranked[0] if ranked else None


def _state(entity: Entity) -> str:
    return entity.attributes.get("country", "") if entity.type == "Place" else entity.id


def find_contacts(entities: Iterable[Entity], facts: Iterable[Fact]) -> tuple[list[Contact], dict[str, int]]:
    """All contacts, and for the key of each fact that belongs to one its number."""
    held = {entity.id: entity for entity in entities}
    of_entity: dict[str, list[Fact]] = defaultdict(list)
    alone: list[Fact] = []
    for fact in facts:
        shared = _shared_entity(fact, held)
        if shared is not None:
            of_entity[shared].append(fact)
        elif fact.predicate in _ITSELF:
            alone.append(fact)
    contacts: list[Contact] = []
    number: dict[str, int] = {}
    for id_ in sorted(of_entity):
        number |= dict.fromkeys((fact.key for fact in of_entity[id_]), len(contacts))
        contacts.append(_contact(held[id_], of_entity[id_], held))
    for fact in sorted(alone, key=lambda f: f.key):
        number[fact.key] = len(contacts)
        contacts.append(Contact(None, (), (), fact.happened))
    return contacts, number


def _shared_entity(fact: Fact, held: Mapping[str, Entity]) -> str | None:
    """The meeting, paper or project that the fact is about."""
    if held[fact.subject].type == "Meeting":
        return fact.subject
    if fact.object is None:
        return None
    if held[fact.object].type == "Meeting":
        return fact.object
    if fact.predicate not in _SHARED:
        return None
    return fact.object if fact.predicate in ("signed", "participatesIn") else fact.subject


def _contact(entity: Entity, facts: list[Fact], held: Mapping[str, Entity]) -> Contact:
    about = {f.object for f in facts if f.object is not None and f.predicate != "proposed" and f.subject == entity.id}
    framing = {f.object for f in facts if f.object is not None and f.predicate in _FRAMING}
    return Contact(
        entity=entity.id,
        topics=tuple(sorted(id_ for id_ in about if held[id_].type == "Topic")),
        frameworks=tuple(sorted(id_ for id_ in framing if held[id_].type in ("Framework", "Organization"))),
        when=_when(entity, facts),
    )


def _when(entity: Entity, facts: list[Fact]) -> str | None:
    """The date that is stated, else the days that the meeting can have been on, else none."""
    stated = sorted(
        (f.status != "asserted", -len(f.evidence), f.value)
        for f in facts
        if f.predicate == "heldOn" and f.value and f.modality == "actual"
    )
    if stated:
        return stated[0][2]
    earliest, latest = entity.attributes.get("earliest"), entity.attributes.get("latest")
    return _span(earliest, latest) if earliest and latest else None


def _span(earliest: str, latest: str) -> str:
    """The shortest way to write the days between two: a year, a month, a day, or both ends.

    >>> _span("2024-01-01", "2024-12-31"), _span("2024-02-01", "2024-02-29")
    ('2024', '2024-02')
    """
    for date in (earliest[:4], earliest[:7], earliest):
        if (first_day(date), last_day(date)) == (first_day(earliest), last_day(latest)):
            return date
    return f"{earliest}/{latest}"
