"""One name of a person in several forms: joined or apart, turned, without particles, transliterated, mistyped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import numpy as np
from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import cdist

from kg.resolve.groups import Family
from kg.resolve.names import SPELLING_CUTOFF, WEAK_SPELLING, spelling_similarity
from kg.resolve.namesakes import split
from kg.resolve.person_names import rotation
from kg.resolve.persons import BLOCK_LIMIT, Person, Words, join_alike, posts_of_person, rotations
from kg.resolve.transliteration import romanization, sound, sounds_alike


def join_variants(family: Family[Person]) -> None:
    """Syllables joined, particles left out, all words in another order: keys that variants have in common."""
    for rule, key_of in (("joined words", _joined_keys), ("particles", _particle_keys), ("word order", _order_keys)):
        buckets: dict[object, list[int]] = {}
        for head in family.distinct():
            for key in dict.fromkeys(key_of(family.known(head))):
                buckets.setdefault(key, []).append(head)
        for bucket in buckets.values():
            facet = {head: min(family.known(head).countries, default=None) for head in bucket}
            for part in split(bucket, facet):
                # Where namesakes live in several countries, two reports without one may be of two people.
                if facet[part[0]] is not None or len(set(facet.values())) == 1:
                    join_alike(family, part, rule)


def _joined_keys(person: Person) -> Iterator[object]:
    for words in sorted(person.forms):
        if len(words) > 1:
            yield rotation(words)
            yield "".join(words)


def _particle_keys(person: Person) -> Iterator[object]:
    for words in sorted(person.bare):
        if len(words) > 1:
            yield "as written", words, person.name.generation
            if person.may_turn:
                yield "turned", rotation(words), person.name.generation


def _order_keys(person: Person) -> Iterator[object]:
    for post in posts_of_person(person) if len(person.name.words) > 1 and person.may_turn else ():
        yield tuple(sorted(person.name.words)), post


def join_transliterations(family: Family[Person]) -> None:
    """ "Mohammed" and "Muhammad", "Zhaparov" and "Japarov": the spellings that are usual for names of the country."""
    buckets: dict[object, list[int]] = {}
    for head in family.distinct():
        person = family.known(head)
        for key in dict.fromkeys(_sound_keys(person)):
            buckets.setdefault(key, []).append(head)
    for bucket in buckets.values():
        join_alike(family, bucket, "transliteration", _sound_alike)


def _sound_keys(person: Person) -> Iterator[object]:
    country = person.country
    if not person.countries or not (romanization(country).rewrite or romanization(country).same):
        return
    for words in sorted(person.bare):
        if len(words) > 1:
            sounds = tuple(sound(word, country).consonants for word in words)
            yield country, "as written", sounds
            if person.may_turn:
                yield country, "turned", rotation(sounds)
            yield country, sound("".join(words), country).consonants


def _sound_alike(a: Person, b: Person) -> bool:
    """Whether a name of one is a spelling of a name of the other, its words in order or turned, joined or apart."""
    if a.country != b.country or a.name.generation != b.name.generation:
        return False
    orders = rotations if a.may_turn and b.may_turn else _as_written
    return any(
        any(_words_alike(x, turned, a.country) for turned in orders(y))
        or sounds_alike("".join(x), "".join(y), a.country)
        for x in a.bare for y in b.bare
    )  # fmt: skip


def _as_written(words: Words) -> Iterator[Words]:
    yield words


def _words_alike(a: Words, b: Words, country: str) -> bool:
    return len(a) == len(b) and all(sounds_alike(x, y, country) for x, y in zip(a, b, strict=True))


def join_spellings(family: Family[Person]) -> None:
    """Names that differ in a letter or two, within blocks of equal initials."""
    blocks: dict[tuple[str, ...], list[int]] = {}
    for head in family.distinct():
        name = family.known(head).name.words
        if len(name) > 1:
            blocks.setdefault(tuple(word[0] for word in sorted(name)), []).append(head)
    found: list[tuple[float, int, int]] = []
    for block, n_own in _cut_blocks(family, blocks):
        for a, b in _near(family, block, n_own):
            if score := _similarity(family.known(a), family.known(b)):
                found.append((-score, a, b))
    for score, a, b in _unambiguous(family, sorted(found)):
        family.unite(a, b, "spelling", -score)


def _near(family: Family[Person], block: list[int], n_own: int) -> Iterator[tuple[int, int]]:
    """The pairs of the first `n_own` of a block with all behind them that are alike enough for a closer look."""
    if len(block) <= _FEW:
        yield from (pair for pair in combinations(block, 2) if pair[0] in block[:n_own])
        return
    written: dict[str, list[int]] = {}  # initials -> places in the block
    turned: dict[str, list[tuple[str, int]]] = {}  # initials -> names in any order of their words, with their places
    for place, head in enumerate(block):
        words = family.known(head).name.words
        if place < n_own:
            written.setdefault(_initials(words), []).append(place)
        for order in set(rotations(words)):
            turned.setdefault(_initials(order), []).append((" ".join(order), place))
    found: set[tuple[int, int]] = set()
    for initials, places in written.items():
        names = [" ".join(family.known(block[place]).name.words) for place in places]
        others = turned[initials]
        near = cdist(
            names, [n for n, _ in others], scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=_LOOSE
        )
        found.update((places[i], others[j][1]) for i, j in np.argwhere(near > 0).tolist())
    yield from ((block[i], block[j]) for i, j in sorted(found) if i < j)


def _initials(words: Words) -> str:
    return "".join(word[0] for word in words)


_FEW = 6  # below, the call costs more than the pairs
_LOOSE = WEAK_SPELLING - 0.001  # scores come as float32


def _similarity(a: Person, b: Person) -> float:
    """How alike the fullest names are, 0..1; with one office at the time a letter more may differ."""
    x, y = a.name.words, b.name.words
    if len(x) != len(y):
        return 0.0
    cutoff = WEAK_SPELLING if a.countries and a.same_office(b) else SPELLING_CUTOFF
    return max((spelling_similarity(x, z, cutoff) for z in rotations(y) if z[0][0] == x[0][0]), default=0.0)


def _cut_blocks(family: Family[Person], blocks: dict[tuple[str, ...], list[int]]) -> Iterator[tuple[list[int], int]]:
    """Blocks by country, each with those of whom no country is known behind its own, and how many its own are.

    A large one is cut by the beginnings of words too.
    """
    for block in blocks.values():
        for own, homeless in _by_country(family, block):
            if len(own) + len(homeless) <= BLOCK_LIMIT:
                yield own + homeless, len(own)
                continue
            finer: dict[tuple[str, ...], list[int]] = {}
            for head in own + homeless:
                finer.setdefault(tuple(word[:3] for word in sorted(family.known(head).name.words)), []).append(head)
            known = set(own)
            for piece in finer.values():
                yield piece[:BLOCK_LIMIT], len(known.intersection(piece[:BLOCK_LIMIT]))


def _by_country(family: Family[Person], block: list[int]) -> Iterator[tuple[list[int], list[int]]]:
    """Those of each country, with those of none; then those of none among themselves."""
    parts: dict[str, list[int]] = {}
    for head in block:
        parts.setdefault(family.known(head).country, []).append(head)
    homeless = parts.pop("", [])
    yield from ((part, homeless) for part in parts.values())
    yield homeless, []


def _unambiguous(family: Family[Person], pairs: list[tuple[float, int, int]]) -> Iterator[tuple[float, int, int]]:
    """The pairs of one country; of the others those whose side without a country resembles one person only."""
    pairs = list(dict.fromkeys(pairs))
    partners = Counter(head for _, a, b in pairs for head in (a, b))
    for score, a, b in pairs:
        x, y = family.known(a), family.known(b)
        if x.same_country(y) or all(known.countries or partners[head] == 1 for head, known in ((a, x), (b, y))):
            yield score, a, b
