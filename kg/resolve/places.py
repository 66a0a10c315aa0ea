"""Places outside the seeds: by name and country."""

from __future__ import annotations

from dataclasses import dataclass

from kg.resolve.claims import Claims
from kg.resolve.groups import Family, Groups
from kg.resolve.names import FUNCTION_WORDS, words
from kg.resolve.namesakes import split
from kg.resolve.wordlists import ADMINISTRATIVE_WORDS, PLACE_TAILS


@dataclass(frozen=True, slots=True)
class Spot:
    """What is known of a group of local places."""

    name: tuple[str, ...]
    countries: frozenset[str]
    documents: frozenset[str]


def resolve_places(claims: Claims, groups: Groups) -> None:
    """Join places of one name and one country; then "Yunnan" with "Yunnan province" where no document has both."""
    family: Family[Spot] = Family(groups, combine)
    buckets: dict[tuple[str, ...], list[int]] = {}
    for number in claims.of_type("Place"):
        buckets.setdefault(place_words(claims.entity(number).name), []).append(number)
    for name, bucket in buckets.items():
        for part in split(bucket, {number: claims.country(number) for number in bucket}):
            groups.unite_all(part, lambda a, b: _rule(claims, a, b))
            for members in _by_root(groups, part):
                countries = frozenset(code for number in members if (code := claims.country(number)))
                family.add(members[0], Spot(name, countries, frozenset(claims.locals[n].document for n in members)))
    _join_administrative_names(family)


def combine(a: Spot, b: Spot) -> Spot | None:
    """What is known of both; None where countries differ or one document names both."""
    if a.documents & b.documents or (a.countries and b.countries and a.countries != b.countries):
        return None
    return Spot(min(a.name, b.name, key=len), a.countries | b.countries, a.documents | b.documents)


def place_words(name: str) -> tuple[str, ...]:
    """The words that tell a place: without articles and "city".

    >>> place_words("the city of Kunming") == place_words("Kunming City") == ("kunming",)
    True
    """
    found = tuple(word for word in words(name) if word not in PLACE_TAILS and word not in FUNCTION_WORDS)
    return found or words(name)


def _rule(claims: Claims, a: int, b: int) -> str:
    return "same name" if words(claims.entity(a).name) == words(claims.entity(b).name) else "same words"


def _by_root(groups: Groups, numbers: list[int]) -> list[list[int]]:
    found: dict[int, list[int]] = {}
    for number in numbers:
        found.setdefault(groups.find(number), []).append(number)
    return list(found.values())


def _join_administrative_names(family: Family[Spot]) -> None:
    buckets: dict[tuple[str, ...], list[int]] = {}
    for head in family.distinct():
        core = tuple(word for word in family.known(head).name if word not in ADMINISTRATIVE_WORDS)
        if core:
            buckets.setdefault(core, []).append(head)
    for core, heads in buckets.items():
        for part in split(heads, {head: min(family.known(head).countries, default=None) for head in heads}):
            plain = [head for head in part if family.known(head).name == core]
            longer = [head for head in part if family.known(head).name != core]
            # "Luang Prabang province" and "Luang Prabang district" would both fit the plain name.
            if len(plain) == 1 and len({family.known(head).name for head in longer}) == 1:
                for head in longer:
                    family.unite(plain[0], head, "administrative word")
