"""Pairs of names that a user keeps apart: how a merge is undone."""

from __future__ import annotations

from collections.abc import Iterable

from kg.errors import KgError
from kg.resolve.claims import Claims
from kg.resolve.groups import Side
from kg.resolve.names import plain

# A name wherever it stands, or a name in one document: (name, document key), as a `Merge` gives them.
NameAt = str | tuple[str, str]


def sides_of(claims: Claims, apart: Iterable[tuple[NameAt, NameAt]]) -> dict[int, frozenset[Side]]:
    """Which local entities stand at which end of which pair.

    A name means every local entity that bears it, as its name or an alias; a document's own end of a pair wins
    over the same name elsewhere. Names that no document has are ignored: their documents may have been withdrawn.
    """
    wanted: dict[str, list[tuple[int, int, str | None]]] = {}
    for pair, ends in enumerate(apart):
        if len(ends) != 2 or _spec(ends[0]) == _spec(ends[1]):
            raise KgError(f"'{ends[0]}' cannot be kept apart from itself; name the document too: (name, document key)")
        for end, (name, document) in enumerate(map(_spec, ends)):
            wanted.setdefault(name, []).append((pair, end, document))
    found: dict[int, frozenset[Side]] = {}
    for local in claims.locals if wanted else ():
        forms = {plain(form) for form in (local.entity.name, *local.entity.aliases)}
        asked = [entry for form in forms for entry in wanted.get(form, ())]
        exact = {(pair, end) for pair, end, document in asked if document == local.document}
        loose = {(pair, end) for pair, end, document in asked if document is None}
        sides = exact | {(pair, end) for pair, end in loose if (pair, 1 - end) not in exact}
        # One document that calls it by both names has already said that they are one.
        sides = {(pair, end) for pair, end in sides if (pair, 1 - end) not in sides}
        if sides:
            found[local.number] = frozenset(sides)
    return found


def _spec(end: NameAt) -> tuple[str, str | None]:
    return (plain(end), None) if isinstance(end, str) else (plain(end[0]), end[1])
