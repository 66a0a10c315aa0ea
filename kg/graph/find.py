"""Which entity a user means by a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from kg.errors import UnknownName
from kg.model import Entity
from kg.spelling import fold

_NEAREST = 3
_LISTED = 8


def find_entity(entities: Sequence[Entity], name: str) -> Entity:
    """The entity with that id, else that name or acronym, else that alias; then the same without case and accents.

    Raises UnknownName: with the nearest names when there is none, with the candidates when there are several.
    """
    for matches in _ways(name):
        found = [entity for entity in entities if matches(entity)]
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(f"{entity.id} ({entity.name})" for entity in found[:_LISTED])
            raise UnknownName(f"'{name}' names {len(found)} entities; give the id of one: {listed}")
    near = nearest_names(entities, name)
    hint = f"; did you mean {' or '.join(repr(n) for n in near)}?" if near else ""
    raise UnknownName(f"nothing in the graph is called '{name}'{hint}")


def _ways(name: str) -> Iterator[Callable[[Entity], bool]]:
    plain = _plain(name)
    yield lambda entity: entity.id == name or entity.attributes.get("iso3") == name
    yield lambda entity: name in _chief_names(entity)
    yield lambda entity: name in entity.aliases
    yield lambda entity: plain in map(_plain, _chief_names(entity))
    yield lambda entity: plain in map(_plain, entity.aliases)


def _chief_names(entity: Entity) -> tuple[str, ...]:
    acronym = entity.attributes.get("acronym")
    return (entity.name, acronym) if acronym else (entity.name,)


def _plain(name: str) -> str:
    return fold(name).casefold().removeprefix("the ").strip()


def nearest_names(entities: Iterable[Entity], name: str) -> list[str]:
    """Up to three names in the graph that look like `name`, the likest first."""
    from rapidfuzz import fuzz, process

    names = sorted({n for entity in entities for n in _chief_names(entity)})
    found = process.extract(name, names, scorer=fuzz.WRatio, processor=_plain, limit=_NEAREST, score_cutoff=60)
    return [match[0] for match in found]
