"""People across documents: the same name, its variants, and the short forms that only one person can mean.

Namesakes are told apart first (`namesakes.py`); after that a group grows by one rule after the other, the surest first,
and no rule may join two groups whose countries, initials, documents or offices say that they are two people.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kg.resolve.claims import Claims
from kg.resolve.groups import Family, Groups
from kg.resolve.name_variants import join_spellings, join_transliterations, join_variants
from kg.resolve.namesakes import (
    accents,
    countries_of,
    full_name,
    home_countries,
    months_of,
    name_rule,
    posts_of,
    posts_of_all,
    split,
    tell_apart,
)
from kg.resolve.person_names import rotation
from kg.resolve.persons import Person, combine
from kg.resolve.short_names import (
    join_common_words,
    join_initials,
    join_mononyms,
    join_one_word_names,
    join_shorter_names,
)


def resolve_people(claims: Claims, groups: Groups) -> None:
    """Join local people: first all of one name, then name by name."""
    family: Family[Person] = Family(groups, combine)
    for head, person in _equal_names(claims, groups):
        family.add(head, person)
    for step in (
        join_variants,
        join_transliterations,
        join_spellings,
        join_initials,
        join_shorter_names,
        join_common_words,
        join_one_word_names,
        join_mononyms,
    ):
        step(family)


def _equal_names(claims: Claims, groups: Groups) -> Iterator[tuple[int, Person]]:
    """Join local people of one name, apart by country, middle initials, accents and offices."""
    homes = home_countries(claims)
    buckets: dict[object, list[int]] = {}
    for number in claims.of_type("Leader"):
        name = full_name(claims, number)
        # A word alone ("Chinh") says nothing across documents: each document's stays its own here.
        key = (rotation(name.words), name.generation) if len(name.words) > 1 else number
        buckets.setdefault(key, []).append(number)
    for bucket in buckets.values():
        for namesakes in _persons(claims, bucket, homes):
            heads = groups.unite_all(namesakes, lambda a, b: name_rule(claims, a, b))
            roots = {groups.find(head): head for head in heads}
            for root, head in roots.items():
                members = [n for n in namesakes if groups.find(n) == root]
                yield head, _describe(claims, groups, members, homes[head] or "")


def _persons(claims: Claims, bucket: list[int], homes: dict[int, str | None]) -> Iterator[list[int]]:
    if len(bucket) == 1:
        yield bucket
        return
    at_home = {homes[number] for number in bucket} - {None}
    for compatriots in split(bucket, homes):
        if homes[compatriots[0]] is None and len(at_home) > 1:
            yield from ([number] for number in compatriots)  # of which country, nobody knows
            continue
        initials = {number: full_name(claims, number).middle or None for number in compatriots}
        for namesakes in split(compatriots, initials):
            yield from tell_apart(claims, namesakes)


def _describe(claims: Claims, groups: Groups, numbers: list[int], home: str) -> Person:
    names = [full_name(claims, number) for number in numbers]
    bodies = {
        groups.find(body)
        for number in numbers
        for body in claims.objects(number, "represents")
        if claims.entity(body).type == "Organization"
    }
    countries = frozenset[str]().union(*(countries_of(claims, number) for number in numbers))
    return Person(
        max(names, key=lambda n: (len(n.words), n.middle, n.words)),
        frozenset(name.words for name in names) | frozenset(name.joined for name in names),
        {word: marks for number in numbers for word, marks in accents(claims.entity(number).name).items()},
        home or min(countries, default=""),
        countries or frozenset(filter(None, [home])),
        frozenset(bodies),
        posts_of_all(claims, numbers),
        frozenset(frozenset(pair) for number in numbers for pair in combinations(posts_of(claims, number), 2)),
        tuple(sorted({month for number in numbers for month in months_of(claims, number)})),
        frozenset(claims.locals[number].document for number in numbers),
    )
