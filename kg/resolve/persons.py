"""What is known of a person, and how a group of reports finds the person that it is about.

No rule may join two groups whose countries, initials, documents or offices say that they are two people (`combine`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

from kg.resolve.groups import Family
from kg.resolve.namesakes import the_one
from kg.resolve.offices import TERM, Pair, Posts, both, posts_conflict, share_office
from kg.resolve.person_names import PARTICLES, PATRONYMICS, PersonName
from kg.resolve.transliteration import glue, romanization

BLOCK_LIMIT = 400  # pairs grow with the square of a block: a larger one is cut by the beginnings of its words

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of a group of local people. `bodies` are the organizations they represent, as group roots.

    `forms` are all its names as words; `country` is the one that its names are read by, "" while it is unknown.
    """

    name: PersonName
    forms: frozenset[Words]
    marks: Mapping[str, str]  # the accents of Vietnamese words, where some form has them
    country: str
    countries: frozenset[str]
    bodies: frozenset[int]
    posts: Posts
    joint: frozenset[Pair]  # offices that one document gives together
    months: tuple[int, ...]
    documents: frozenset[str]

    def same_country(self, other: Person) -> bool:
        """Both speak for one country, or neither for any and both for one body."""
        if self.countries or other.countries:
            return bool(self.countries & other.countries)
        return bool(self.bodies & other.bodies)

    def same_office(self, other: Person) -> bool:
        return share_office(self.posts, other.posts)

    def offices_agree(self, other: Person) -> bool:
        """One office in common, or one side that names none."""
        return not self.posts or not other.posts or self.same_office(other)

    @property
    def may_turn(self) -> bool:
        """Whether the words may stand in another order: not where one is said to be the child of the other."""
        return all(PATRONYMICS.isdisjoint(words) for words in self.forms)

    @property
    def bare(self) -> frozenset[Words]:
        """Its names without particles, as the tradition of its country writes them together."""
        return frozenset(bare_words(words, self.country) for words in self.forms)


def combine(a: Person, b: Person) -> Person | None:
    """What is known of both; None where they cannot be one: other countries, initials or suffixes, one document that

    names both and so tells them apart, or offices that nobody has at once.
    """
    if a.countries and b.countries and not a.countries & b.countries:
        return None
    if a.name.middle and b.name.middle and a.name.middle != b.name.middle:
        return None
    if a.name.generation and b.name.generation and a.name.generation != b.name.generation:
        return None
    if not a.documents.isdisjoint(b.documents) or posts_conflict(a.posts, b.posts, a.joint | b.joint):
        return None
    if any(b.marks.get(word, marks) != marks for word, marks in a.marks.items()):
        return None
    # The fullest name, of equally full ones the more frequent: a slip of the pen must not speak for the group.
    fuller = max(a, b, key=lambda p: (len(p.name.words), len(p.documents), p.name.middle, p.name.words))
    name = replace(
        fuller.name, middle=a.name.middle or b.name.middle, generation=a.name.generation or b.name.generation
    )
    return Person(
        name,
        a.forms | b.forms,
        {**a.marks, **b.marks} if b.marks else a.marks,
        a.country or b.country,
        a.countries | b.countries,
        a.bodies | b.bodies,
        both(a.posts, b.posts),
        a.joint | b.joint,
        tuple(sorted({*a.months, *b.months})),
        a.documents | b.documents,
    )


@lru_cache(maxsize=1 << 17)
def bare_words(words: Words, country: str) -> Words:
    """A name as it is compared with longer and shorter ones: without particles, what is written together together.

    >>> bare_words(("luiz", "inacio", "lula", "da", "silva"), "BRA")
    ('luiz', 'inacio', 'lula', 'silva')
    """
    glued = glue(words, country)
    glued = glued if len(glued) > 1 else words
    rest = tuple(word for word in glued if word not in PARTICLES and word not in romanization(country).particles)
    return rest if len(rest) > 1 else glued


def rotations(words: Words) -> Iterator[Words]:
    yield from (words[i:] + words[:i] for i in range(len(words)))


def posts_of_person(person: Person) -> list[tuple[str, Words]]:
    """Every country with every office, in an order that does not hang on hashing."""
    offices = sorted(tuple(sorted(office)) for office in person.posts)
    return [(country, office) for country in sorted(person.countries) for office in offices]


def join_alike(
    family: Family[Person], heads: list[int], rule: str, alike: Callable[[Person, Person], bool] = lambda a, b: True
) -> None:
    """Join groups of one name: first those of one office, then those that are alike to one person only."""
    if len(heads) < 2:
        return
    heads = heads[:BLOCK_LIMIT]
    for a, b in combinations(heads, 2):
        x, y = family.known(a), family.known(b)
        if x.same_office(y) and alike(x, y):
            family.unite(a, b, rule)
    for head in sorted(one_each(family, heads), key=lambda h: (len(family.known(h).documents), h)):
        join_fitting(family, head, [h for h in heads if alike(family.known(head), family.known(h))], rule)


def one_each(family: Family[Person], heads: Iterable[int]) -> list[int]:
    return list({family.groups.find(head): head for head in heads}.values())


def join_fitting(family: Family[Person], head: int, candidates: Iterable[int], rule: str) -> None:
    """Join with the candidate that fits; of several the one with the same office, or the much better known one.

    Candidates that are one person by what is known of them count as one.
    """
    own = family.groups.find(head)
    fitting = [c for c in one_each(family, candidates) if family.groups.find(c) != own and family.fits(head, c)]
    same = [c for c in fitting if family.known(c).same_office(family.known(head))]
    fitting = same or fitting
    if len(fitting) > 1 and all(family.fits(a, b) for a, b in combinations(fitting[:20], 2)):
        for other in fitting:
            family.unite(head, other, rule)
        return
    best = the_one(fitting, lambda c: len(family.known(c).documents))
    if best is not None:
        family.unite(head, best, rule)


def join_the_only_one(family: Family[Person], head: int, candidates: list[int], rule: str) -> None:
    """Join with the candidate when all of them are one person; two candidates mean that nobody knows."""
    roots = {family.groups.find(c): c for c in candidates if family.groups.find(c) != family.groups.find(head)}
    if len(roots) == 1:
        family.unite(head, next(iter(roots.values())), rule)


def nearest(family: Family[Person], person: Person, others: list[int]) -> list[int]:
    """Those whose reports are nearest in time: of the same months, else of the same year, else of the same term."""
    for reach in (2, 12, TERM):
        if found := [other for other in others if share_office(person.posts, family.known(other).posts, reach)]:
            return found
    return []


def best_known(family: Family[Person], heads: list[int]) -> list[int]:
    """The one that is much better known than the others, if there is one."""
    each = one_each(family, heads)
    best = the_one(each, lambda head: len(family.known(head).documents))
    return each if best is None else [best]
