"""The whole of resolution in one list of steps, and the explanation of its outcome."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from kg.errors import UnknownName
from kg.garbage import without_collection
from kg.model import Extraction, Knowledge, Merge
from kg.resolve.apart import NameAt, sides_of
from kg.resolve.bodies import resolve_bodies
from kg.resolve.claims import Claims
from kg.resolve.disagreement import mark_disagreement
from kg.resolve.facts import unite_facts, unite_figures
from kg.resolve.groups import Groups
from kg.resolve.identity import identify, make_entities, make_merges
from kg.resolve.instruments import resolve_instruments
from kg.resolve.meetings import resolve_meetings
from kg.resolve.people import resolve_people
from kg.resolve.places import resolve_places
from kg.resolve.projects import resolve_projects
from kg.resolve.seeded import resolve_seeded
from kg.resolve.topics import resolve_topics

# Each step may rest on those before it: people on whom they represent, meetings on series, places and people,
# papers on the meetings that adopted them.
STEPS = (
    resolve_seeded,
    resolve_bodies,
    resolve_places,
    resolve_people,
    resolve_meetings,
    resolve_instruments,
    resolve_projects,
    resolve_topics,
)


@without_collection()
def resolve(extractions: Iterable[Extraction], apart: Iterable[tuple[NameAt, NameAt]] = ()) -> Knowledge:
    """What all documents say together: one entity a thing, one fact a claim, every merge with its reason.

    The order of the extractions does not matter. `apart` holds pairs of names that must not become one, which
    undoes a merge: `(merge.absorbed, knowledge's name)`, or `((merge.absorbed, merge.document), …)` for the name
    in that document alone. Raises KgError where a fact names an entity that its document does not list.
    """
    claims = Claims(extractions)
    rows = {local.number: local.entity.seed for local in claims.locals if local.entity.seed}
    groups = Groups(len(claims.locals), sides_of(claims, apart), rows)
    for step in STEPS:
        step(claims, groups)
    found = identify(claims, groups)
    ids = {number: found.ids[root] for root, numbers in found.members.items() for number in numbers}
    entities = make_entities(claims, found)
    leaders = claims.gazetteer.leaders
    return Knowledge(
        documents=claims.documents,
        entities=tuple(entities),
        facts=tuple(mark_disagreement(unite_facts(claims, ids), entities, claims.documents, leaders)),
        figures=tuple(unite_figures(claims, ids)),
        merges=tuple(make_merges(claims, groups, found)),
    )


def explain(knowledge: Knowledge, entity_id: str) -> list[Merge]:
    """The merges that made an entity, the surest first; empty where all documents call it by one name of the seeds.

    Raises UnknownName for an id that the knowledge does not hold.
    """
    ids = [entity.id for entity in knowledge.entities]
    if entity_id not in set(ids):
        near = difflib.get_close_matches(entity_id, ids, n=1)
        raise UnknownName(f"no entity has the id '{entity_id}'" + (f"; did you mean '{near[0]}'?" if near else ""))
    return [merge for merge in knowledge.merges if merge.into == entity_id]
