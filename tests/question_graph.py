"""A graph made by chance, the same for the same seed: what no report ever said, so that questions have many answers.

Every fact has its sentence in a document, so that the store takes it as it takes one that was read.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.model import Document, Entity, Fact, Knowledge, Mention
from kg.store import BuildRecord, Store
from kg.vocabulary import FRAMEWORK_KINDS, MEETING_KINDS, MODALITIES, PREDICATES

_COUNTRIES = {"VNM": "Vietnam", "LAO": "Laos", "KHM": "Cambodia", "THA": "Thailand", "JPN": "Japan", "PER": "Peru"}
_GIVEN = ("Ana", "Minh", "Sofia", "Jan", "Thanh", "Omar", "Lucía", "Kenji")
_FAMILY = ("Pham", "Silva", "Ito", "Novak", "Chan", "Rahman")
_TOPICS = ("trade", "energy", "water", "customs", "tourism", "health", "railways", "fisheries", "visas")
_PUBLISHERS = ("A Wire", "The Gazette", None)
Claim = dict[str, Any]

_N_DOCUMENTS, _N_MEETINGS, _N_FACTS = 40, 30, 1200


def publish_random_graph(path: Path, seed: int) -> None:
    """Put the graph of that seed into a new store."""
    store = Store.create_or_open(path)
    with store.writing():
        store.publish(random_knowledge(random.Random(seed)), BuildRecord("0", "none", "none"))


def random_knowledge(chance: random.Random) -> Knowledge:
    """Entities of every type, and facts of every predicate, modality and status between them."""
    entities = _entities(chance)
    dates = {e.id: e.attributes.get("earliest") for e in entities}
    claims = list(_claims(chance, entities, dates))
    documents, evidence = _documents(chance, claims, {entity.id: entity.name for entity in entities})
    facts = {}
    for number, claim in enumerate(claims):
        fact = Fact(**claim, evidence=tuple(sorted(evidence[number])), reported=_reported(evidence[number], documents))
        facts.setdefault(fact.key, fact)
    return Knowledge(
        documents=tuple(sorted(documents.values(), key=lambda d: d.key)),
        entities=tuple(_with_mentions(entities, list(documents.values()))),
        facts=tuple(facts[key] for key in sorted(facts)),
        figures=(),
        merges=(),
    )


def _entities(chance: random.Random) -> list[Entity]:
    made = [Entity(f"country/{iso}", "Country", name, (), {"iso3": iso}) for iso, name in _COUNTRIES.items()]
    made += [_named("Organization", f"{place} Union", {"acronym": f"{place[:2].upper()}U"}) for place in _FAMILY]
    people = chance.sample([f"{given} {family}" for given in _GIVEN for family in _FAMILY], 24)
    made += [_named("Leader", name, aliases=(f"The {name.split()[1]} envoy",)) for name in people]
    for number in range(1, _N_MEETINGS + 1):
        day = f"{chance.randint(2021, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        attributes = {"kind": chance.choice(MEETING_KINDS)}
        if chance.random() < 0.8:
            attributes |= {"earliest": day, "latest": day}
        made.append(_named("Meeting", f"{chance.choice(_TOPICS)} round {number}", attributes))
    frameworks = [f"{topic} {word}" for topic in _TOPICS[:5] for word in ("action plan", "agreement")]
    made += [_named("Framework", name, {"kind": chance.choice(FRAMEWORK_KINDS)}) for name in frameworks]
    made += [_named("Project", f"{topic} programme") for topic in _TOPICS[3:]]
    for number in range(8):
        country = chance.choice([*_COUNTRIES, None])
        attributes = {"country": f"country/{country}"} if country else {}
        made.append(_named("Place", f"Port {number}", attributes))
    made += [_named("Topic", topic) for topic in _TOPICS]
    return sorted(made, key=lambda e: e.id)


def _named(type_: str, name: str, attributes: dict[str, str] | None = None, aliases: tuple[str, ...] = ()) -> Entity:
    return Entity(f"{type_.lower()}/{name.lower().replace(' ', '-')}", type_, name, aliases, attributes or {})


def _claims(chance: random.Random, entities: list[Entity], dates: dict[str, str | None]) -> Iterator[Claim]:
    """What facts say, without their evidence."""
    by_type = defaultdict(list)
    for entity in entities:
        by_type[entity.type].append(entity.id)
    weights = {
        "attended": 10, "discussed": 8, "visited": 4, "participatesIn": 3, "fundedBy": 3, "represents": 2,
        "position": 2, "heldIn": 2, "signed": 2,
    }  # fmt: skip
    predicates = [p for p in PREDICATES.values() if p.name != "heldOn"]
    for predicate in chance.choices(predicates, [weights.get(p.name, 1) for p in predicates], k=_N_FACTS):
        subject = chance.choice(by_type[chance.choice(predicate.domain)])
        object_ = chance.choice(by_type[chance.choice(predicate.range)]) if predicate.range else None
        if subject == object_ or (predicate.symmetric and subject > str(object_)):
            continue
        claim = {
            "subject": subject,
            "predicate": predicate.name,
            "object": object_,
            "value": None if predicate.range else chance.choice(("Prime Minister", "Foreign Minister")),
            "modality": chance.choices(MODALITIES, (12, 3, 1, 1, 1, 1))[0],
            "happened": _happened(chance, dates.get(subject) or dates.get(object_ or "")),
            "status": chance.choices(("asserted", "disputed"), (9, 1))[0],
            "confidence": round(chance.uniform(0.3, 1), 3),
            "rule": "chance",
        }
        yield claim
        if (claim["predicate"], claim["modality"]) == ("visited", "planned") and chance.random() < 0.4:
            yield claim | {"modality": chance.choice(("cancelled", "postponed"))}
    for meeting, day in dates.items():
        if day is not None:
            yield {"subject": meeting, "predicate": "heldOn", "object": None, "value": day, "happened": day}


def _happened(chance: random.Random, known: str | None) -> str | None:
    """As precise as reports are: a day, a month, a year, a span, or nothing."""
    day = known or f"{chance.randint(2021, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 27):02}"
    return chance.choice((day, day, day[:7], day[:4], f"{day[:8]}01/{day[:8]}28", None))


def _documents(
    chance: random.Random, claims: list[Claim], names: dict[str, str]
) -> tuple[dict[str, Document], dict[int, list[Mention]]]:
    """Documents by key, and for each claim where they state it."""
    told: list[list[tuple[int, str]]] = [[] for _ in range(_N_DOCUMENTS)]
    for number, claim in enumerate(claims):
        object_ = names.get(claim["object"] or "", claim["value"])
        sentence = f"{names[claim['subject']]} and {object_}: {claim['predicate']}, {claim.get('modality')}."
        for place in chance.sample(range(_N_DOCUMENTS), chance.choice((1, 1, 1, 2, 3))):
            told[place].append((number, sentence))
    documents, evidence = {}, defaultdict(list)
    for place, sentences in enumerate(told):
        text = f"Report {place}. " + " ".join(sentence for _, sentence in sentences)
        document = Document(
            f"report-{place}",
            text,
            f"Report {place}" if place % 7 else None,
            f"{2021 + place % 5}-{1 + place % 12:02}-{1 + place % 28:02}",
            chance.choice(_PUBLISHERS),
            f"https://news.example/{place}",
        )
        documents[document.key] = document
        begin = len(f"Report {place}. ")
        for number, sentence in sentences:
            evidence[number].append(Mention(document.key, begin, begin + len(sentence), sentence))
            begin += len(sentence) + 1
    return documents, evidence


def _reported(evidence: list[Mention], documents: dict[str, Document]) -> str:
    return min(str(documents[mention.document].published) for mention in evidence)


def _with_mentions(entities: list[Entity], documents: Iterable[Document]) -> Iterator[Entity]:
    """The entities with every place that has their name; one that is named nowhere is no entity."""
    for entity in entities:
        mentions = []
        for document in documents:
            begin = document.text.find(entity.name)
            while begin >= 0:
                end = begin + len(entity.name)
                mentions.append(Mention(document.key, begin, end, entity.name))
                begin = document.text.find(entity.name, end)
        yield replace(entity, mentions=tuple(sorted(mentions)))
