"""People across documents: the same name, its variants, and the short forms that only one person can mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from kg.resolve.claims import Claims
from kg.resolve.groups import Family, Groups
from kg.resolve.names import singular, spelling_similarity, words
from kg.resolve.periods import Period, period
from kg.resolve.person_names import PARTICLES, PersonName, person_name, rotation

BLOCK_LIMIT = 400  # pairs grow with the square of a block: a larger one is cut by the beginnings of its words
_TERM_DAYS = 4 * 366  # one office, one short name: after a term it may be somebody else's
_OFFICE_WORDS = frozenset(("of", "for", "and", "the", "affair"))

Office = frozenset[str]


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of a group of local people. `bodies` are the organizations they represent, as group roots."""

    name: PersonName
    countries: frozenset[str]
    bodies: frozenset[int]
    offices: frozenset[Office]
    documents: frozenset[str]
    reported: Period | None

    def same_country(self, other: Person) -> bool:
        """Both speak for one country, or neither for any and both for one body."""
        if self.countries or other.countries:
            return bool(self.countries & other.countries)
        return bool(self.bodies & other.bodies)

    def same_office(self, other: Person) -> bool:
        return bool(self.offices & other.offices)

    def offices_agree(self, other: Person) -> bool:
        """One office in common, or one side that names none."""
        return not self.offices or not other.offices or self.same_office(other)


def resolve_people(claims: Claims, groups: Groups) -> None:
    """Join local people: first all of one name, then name by name."""
    family: Family[Person] = Family(groups, combine)
    for head, person in _equal_names(claims, groups):
        family.add(head, person)
    for step in (_join_variants, _join_spellings, _join_initials, _join_shorter_names, _join_one_word_names):
        step(family)


def combine(a: Person, b: Person) -> Person | None:
    """What is known of both; None where they cannot be one: other countries, initials or suffixes, or one document

    that names both and so tells them apart.
    """
    if a.countries and b.countries and not a.countries & b.countries:
        return None
    if a.name.middle and b.name.middle and a.name.middle != b.name.middle:
        return None
    if a.name.generation and b.name.generation and a.name.generation != b.name.generation:
        return None
    if a.documents & b.documents:
        return None
    longer = max(a.name, b.name, key=lambda n: (len(n.words), n.middle, n.generation, n.words))
    return Person(
        longer,
        a.countries | b.countries,
        a.bodies | b.bodies,
        a.offices | b.offices,
        a.documents | b.documents,
        _widest(period for period in (a.reported, b.reported)),
    )


# ---------------------------------------------------------------- one name


def _equal_names(claims: Claims, groups: Groups) -> Iterator[tuple[int, Person]]:
    """Join local people of one name, apart by country and middle initials; each group with what is known of it."""
    buckets: dict[object, list[int]] = {}
    for number in claims.of_type("Leader"):
        name = full_name(claims, number)
        # A word alone ("Chinh") says nothing across documents: each document's stays its own here.
        key = (rotation(name.words), name.generation) if len(name.words) > 1 else number
        buckets.setdefault(key, []).append(number)
    for bucket in buckets.values():
        countries = _main_countries(claims, bucket)
        for compatriots in split(bucket, countries):
            initials = {number: full_name(claims, number).middle or None for number in compatriots}
            for namesakes in split(compatriots, initials):
                heads = groups.unite_all(namesakes, lambda a, b: _name_rule(claims, a, b))
                roots = {groups.find(head): head for head in heads}
                for root, head in roots.items():
                    yield head, _describe(claims, groups, [n for n in namesakes if groups.find(n) == root])


def full_name(claims: Claims, number: int) -> PersonName:
    """The name of a local person; where it is one word, the fullest of the other names of the document."""
    entity = claims.entity(number)
    name = person_name(entity.name)
    if len(name.words) > 1:
        return name
    longer = [other for other in map(person_name, entity.aliases) if set(name.words) < set(other.words)]
    return max(longer, key=lambda other: (len(other.words), other.words), default=name)


def split(numbers: list[int], facet: dict[int, str | None]) -> list[list[int]]:
    """Groups by facet. Those without one join the rest when all of the rest agree, else they are a group of their own.

    >>> split([1, 2, 3], {1: "GBR", 2: None, 3: "GBR"}), split([1, 2, 3], {1: "GBR", 2: None, 3: "AUS"})
    ([[1, 2, 3]], [[1], [2], [3]])
    """
    if len({facet[number] for number in numbers} - {None}) < 2:
        return [numbers]
    found: dict[str | None, list[int]] = {}
    for number in numbers:
        found.setdefault(facet[number], []).append(number)
    return list(found.values())


def countries_of(claims: Claims, number: int) -> frozenset[str]:
    """Codes of the countries that a local person represents."""
    codes = (claims.country(object_) for object_ in claims.objects(number, "represents"))
    return frozenset(code for code in codes if code)


def _main_countries(claims: Claims, numbers: list[int]) -> dict[int, str | None]:
    """One country each: a document that gives two cannot chain the people of both together."""
    given = {number: countries_of(claims, number) for number in numbers}
    votes = Counter(next(iter(codes)) for codes in given.values() if len(codes) == 1)
    return {number: min(codes, key=lambda c: (-votes[c], c), default=None) for number, codes in given.items()}


def _name_rule(claims: Claims, a: int, b: int) -> str:
    return "same name" if words(claims.entity(a).name) == words(claims.entity(b).name) else "same words"


def _describe(claims: Claims, groups: Groups, numbers: list[int]) -> Person:
    names = [full_name(claims, number) for number in numbers]
    reports = (period(claims.locals[number].published) for number in numbers)
    bodies = {
        groups.find(body)
        for number in numbers
        for body in claims.objects(number, "represents")
        if claims.entity(body).type == "Organization"
    }
    offices = {office_key(fact.value) for number in numbers for fact in claims.facts(number, "position") if fact.value}
    return Person(
        max(names, key=lambda n: (len(n.words), n.middle, n.words)),
        frozenset().union(*(countries_of(claims, number) for number in numbers)),
        frozenset(bodies),
        frozenset(offices),
        frozenset(claims.locals[number].document for number in numbers),
        _widest(reports),
    )


def office_key(title: str) -> Office:
    """The words of a title that matter: "Foreign Minister" and "Minister of Foreign Affairs" are one office."""
    return frozenset(singular(word) for word in words(title)) - _OFFICE_WORDS


def _widest(stretches: Iterable[Period | None]) -> Period | None:
    known = [stretch for stretch in stretches if stretch]
    return Period(min(s.begin for s in known), max(s.end for s in known)) if known else None


# ---------------------------------------------------------------- variants of a name


def _join_variants(family: Family[Person]) -> None:
    """Syllables joined, particles left out, all words in another order: keys that variants have in common."""
    for rule, key_of in (("joined words", _joined_keys), ("particles", _particle_key), ("word order", _order_key)):
        buckets: dict[object, list[int]] = {}
        for head in family.distinct():
            for key in key_of(family.known(head)):
                buckets.setdefault(key, []).append(head)
        for bucket in buckets.values():
            _join_if_one(family, bucket, rule)


def _joined_keys(person: Person) -> Iterator[object]:
    name = person.name
    if len(name.words) > 1:
        yield rotation(name.words)
        yield "".join(name.words)
        if name.joined != name.words:
            yield rotation(name.joined)


def _particle_key(person: Person) -> Iterator[object]:
    if len(person.name.words) > 1:
        yield rotation(person.name.bare), person.name.generation


def _order_key(person: Person) -> Iterator[object]:
    for post in _posts(person):
        yield tuple(sorted(person.name.words)), post


def _posts(person: Person) -> list[tuple[str, tuple[str, ...]]]:
    """Every country with every office, in an order that does not hang on hashing."""
    offices = sorted(tuple(sorted(office)) for office in person.offices)
    return [(country, office) for country in sorted(person.countries) for office in offices]


def _join_if_one(family: Family[Person], heads: list[int], rule: str) -> None:
    """Join the groups when those that know their country agree on it; else only those of one country."""
    facet = {head: min(family.known(head).countries, default=None) for head in heads}
    for part in split(heads, facet):
        for head in part[1:]:
            family.unite(part[0], head, rule)


def _join_spellings(family: Family[Person]) -> None:
    """Names that differ in a letter or two, within blocks of equal initials."""
    blocks: dict[tuple[str, ...], list[int]] = {}
    for head in family.distinct():
        name = family.known(head).name.words
        if len(name) > 1:
            blocks.setdefault(tuple(word[0] for word in sorted(name)), []).append(head)
    found: list[tuple[float, int, int]] = []
    for block in _cut_blocks(family, blocks):
        for a, b in combinations(block, 2):
            x, y = family.known(a).name.words, family.known(b).name.words
            turned = (y[i:] + y[:i] for i in range(len(y)) if y[i][0] == x[0][0])
            if score := max((spelling_similarity(x, z) for z in turned), default=0.0):
                found.append((-score, a, b))
    for score, a, b in _unambiguous(family, sorted(found)):
        family.unite(a, b, "spelling", -score)


def _cut_blocks(family: Family[Person], blocks: dict[tuple[str, ...], list[int]]) -> Iterator[list[int]]:
    for block in blocks.values():
        if len(block) <= BLOCK_LIMIT:
            yield block
            continue
        finer: dict[tuple[str, ...], list[int]] = {}
        for head in block:
            finer.setdefault(tuple(word[:3] for word in sorted(family.known(head).name.words)), []).append(head)
        yield from (part[:BLOCK_LIMIT] for part in finer.values())


def _unambiguous(family: Family[Person], pairs: list[tuple[float, int, int]]) -> Iterator[tuple[float, int, int]]:
    """The pairs of one country; of the others those whose side without a country resembles one person only."""
    partners = Counter(head for _, a, b in pairs for head in (a, b))
    for score, a, b in pairs:
        x, y = family.known(a), family.known(b)
        if x.same_country(y) or all(known.countries or partners[head] == 1 for head, known in ((a, x), (b, y))):
            yield score, a, b


# ---------------------------------------------------------------- shorter names


def _join_initials(family: Family[Person]) -> None:
    """ "S. Jaishankar" and "Subrahmanyam Jaishankar": one country, and nobody else of it fits."""
    by_last: dict[tuple[str, str], list[int]] = {}
    for head in family.distinct():
        person = family.known(head)
        if len(person.name.words) > 1:
            for country in sorted(person.countries):
                by_last.setdefault((person.name.words[-1], country), []).append(head)
    for bucket in by_last.values():
        for head in bucket:
            if len(family.known(head).name.words[0]) == 1:
                fitting = [other for other in bucket if _abbreviates(family.known(head), family.known(other))]
                _join_the_only_one(family, head, fitting, "initial")


def _abbreviates(short: Person, full: Person) -> bool:
    a, b = short.name.words, full.name.words
    same = (
        a != b
        and len(a) == len(b)
        and all(x == y or (len(x) == 1 and y.startswith(x)) for x, y in zip(a, b, strict=True))
    )
    return same and short.offices_agree(full)


def _join_shorter_names(family: Family[Person]) -> None:
    """ "Sok Chenda" and "Sok Chenda Sophea", "Ferdinand Marcos" and "Ferdinand Marcos Jr.": one country, one candidate.

    The longer names come first, so that of three nested names the outer two are one before the third is asked.
    """
    by_word: dict[str, list[int]] = {}
    heads = [head for head in family.distinct() if len(family.known(head).name.words) > 1]
    for head in heads:
        for word in set(_parts(family.known(head))):
            by_word.setdefault(word, []).append(head)
    for head in sorted(heads, key=lambda h: (-len(_parts(family.known(h))), h)):
        person = family.known(head)
        rarest = min((by_word[word] for word in _parts(person) if word in by_word), key=len, default=[])
        _join_the_only_one(family, head, [o for o in rarest if _shortens(person, family.known(o))], "shorter name")


def _parts(person: Person) -> tuple[str, ...]:
    return (*person.name.words, *filter(None, [person.name.generation]))


def _shortens(short: Person, full: Person) -> bool:
    a, b = _parts(short), _parts(full)
    core = set(a) - PARTICLES
    return len(core) > 1 and set(a) < set(b) and short.same_country(full) and short.offices_agree(full)


def _join_one_word_names(family: Family[Person]) -> None:
    """ "PM Chinh" where the document has no fuller name: one country and office, reports of one term, one candidate."""
    full: dict[object, list[int]] = {}
    short: dict[object, list[int]] = {}
    for head in family.distinct():
        person = family.known(head)
        kind = full if len(person.name.words) > 1 else short
        for word in dict.fromkeys(person.name.words):
            for post in _posts(person):
                kind.setdefault((word, post), []).append(head)
    for key, heads in short.items():
        for head in heads:
            fitting = [other for other in full.get(key, ()) if _same_term(family.known(head), family.known(other))]
            _join_the_only_one(family, head, fitting, "one-word name")
        for a, b in zip(heads, heads[1:], strict=False):
            if key not in full and _same_term(family.known(a), family.known(b)):
                family.unite(a, b, "one-word name")


def _same_term(a: Person, b: Person) -> bool:
    return a.reported is None or b.reported is None or a.reported.gap(b.reported) <= _TERM_DAYS


def _join_the_only_one(family: Family[Person], head: int, candidates: list[int], rule: str) -> None:
    """Join with the candidate when all of them are one person; two candidates mean that nobody knows."""
    roots = {family.groups.find(c): c for c in candidates if family.groups.find(c) != family.groups.find(head)}
    if len(roots) == 1:
        family.unite(head, next(iter(roots.values())), rule)
