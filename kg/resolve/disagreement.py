"""Claims that cannot all be true: where and when a meeting was held, whom a person represents, who holds an office.

All stay, marked. What the seeds contradict names the row; what documents contradict names the other fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from kg.model import Document, Entity, Fact
from kg.resolve.names import words
from kg.resolve.office_holders import World, against_seeds, rival_holders, state_of
from kg.resolve.periods import Period, period
from kg.resolve.wordlists import ADMINISTRATIVE_WORDS, VENUE_WORDS
from kg.seeds import Tenure

_HELD_OFFICE_DAYS = 366  # an office reported on a day is held for about a year around it
_MODALITIES = ("actual", "planned")


def mark_disagreement(
    facts: Sequence[Fact],
    entities: Iterable[Entity],
    documents: Iterable[Document],
    leaders: Sequence[Tenure] = (),
) -> list[Fact]:
    """The facts with `status` "disputed" on those that exclude each other or a row of the seeds (`leaders`).

    `contradicts` names the other facts, `against` the rows.

    An actual date is not compared with a planned one: a plan that changed is no disagreement.
    """
    world = ({entity.id: entity for entity in entities}, {document.key: document.published for document in documents})
    pairs: list[tuple[int, int]] = []
    for group in _one_answer(facts):
        for i, j in combinations(group, 2):
            if _EXCLUDE[facts[i].predicate](facts[i], facts[j], world):
                pairs.append((i, j))
    against: dict[int, set[str]] = {}
    for i, j in [*pairs, *rival_holders(facts, world)]:
        for one, other in ((i, j), (j, i)):
            against.setdefault(one, set()).add(facts[other].key)
    rows: dict[int, set[str]] = {}
    for i, row in against_seeds(facts, world, leaders):
        rows.setdefault(i, set()).add(row)
    return [
        replace(
            fact,
            status="disputed",
            contradicts=tuple(sorted(against.get(i, ()))),
            against=tuple(sorted(rows.get(i, ()))),
        )
        if i in against or i in rows
        else fact
        for i, fact in enumerate(facts)
    ]


def _one_answer(facts: Sequence[Fact]) -> list[list[int]]:
    """Facts that answer one question: by subject, predicate and modality."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for i, fact in enumerate(facts):
        if fact.predicate in _EXCLUDE and fact.modality in _MODALITIES:
            found.setdefault((fact.subject, fact.predicate, fact.modality), []).append(i)
    return [group for group in found.values() if len(group) > 1]


def _other_days(a: Fact, b: Fact, world: World) -> bool:
    """Neither date holds the other: "November 2024" and "7 November 2024" agree, 6 and 7 November do not."""
    first, second = period(a.value), period(b.value)
    return bool(first and second and not first.contains(second) and not second.contains(first))


def _other_place(a: Fact, b: Fact, world: World) -> bool:
    """Two countries, or two cities of one country that no document gives together."""
    entities, _ = world
    x, y = entities.get(a.object or ""), entities.get(b.object or "")
    if x is None or y is None or x.id == y.id:
        return False
    first, second = _country(x), _country(y)
    if not first or not second:
        return False
    if first != second:
        return True
    return _is_city(x) and _is_city(y) and not _documents(a) & _documents(b)


def _country(place: Entity) -> str | None:
    return place.id if place.type == "Country" else place.attributes.get("country")


def _is_city(place: Entity) -> bool:
    """Not a country, a province or a venue: the extractor gives no kind, so the name has to tell."""
    if place.type != "Place":
        return False
    named = {word for form in (place.name, *place.aliases) for word in words(form)}
    return named.isdisjoint(ADMINISTRATIVE_WORDS) and named.isdisjoint(VENUE_WORDS)


def _documents(fact: Fact) -> set[str]:
    return {mention.document for mention in fact.evidence}


def _other_country(a: Fact, b: Fact, world: World) -> bool:
    """Two countries represented at the same time, or a party or ministry of one of them."""
    entities, published = world
    if a.object == b.object or not all(fact.object in entities for fact in (a, b)):
        return False
    states = [state_of(entities[fact.object or ""]) for fact in (a, b)]
    if None in states or states[0] == states[1]:
        return False
    first, second = _held(a, published), _held(b, published)
    return first is None or second is None or first.gap(second) == 0


def _held(fact: Fact, published: Mapping[str, str | None]) -> Period | None:
    """The days on which the office was held: as stated, else around the reports."""
    if stated := period(fact.happened):
        return stated
    reports = [p for key in _documents(fact) if (p := period(published.get(key)))]
    if not reports:
        return None
    return Period(
        min(p.begin for p in reports) - _HELD_OFFICE_DAYS // 2, max(p.end for p in reports) + _HELD_OFFICE_DAYS // 2
    )


_EXCLUDE: dict[str, Callable[[Fact, Fact, World], bool]] = {
    "heldOn": _other_days,
    "heldIn": _other_place,
    "represents": _other_country,
}
