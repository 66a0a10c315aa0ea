"""People of one name: which of them are one, told by country, office and time.

Two things tell namesakes apart: countries, and offices that nobody has at once (`offices.py`). A report that says
neither belongs to the one whom the other reports of its days are about, or to nobody.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from kg.resolve.claims import Claims
from kg.resolve.names import words
from kg.resolve.offices import (
    Office,
    Posts,
    both,
    is_past,
    month_of,
    months_near,
    office_key,
    posts_conflict,
    same_office,
    share_office,
)
from kg.resolve.periods import period
from kg.resolve.person_names import PersonName, person_name, rotation
from kg.spelling import fold

MUCH_BETTER_KNOWN = 5  # times as many reports: a bare "Xi Jinping" is not the one whom two documents name
_ABOUT_THEN = 24  # months around the reports of somebody in which a bare name may mean them

# Letters that Vietnamese alone has, and the marks that make Hùng, Hưng and Hừng three names.
_VIETNAMESE = frozenset("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ") - frozenset("âêô")


# ---------------------------------------------------------------- what a document says of a person


def full_name(claims: Claims, number: int) -> PersonName:
    """The name of a local person; where it is one word, the fullest of the other names of the document."""
    entity = claims.entity(number)
    name = person_name(entity.name)
    if len(name.words) > 1:
        return name
    longer = [other for other in map(person_name, entity.aliases) if set(name.words) < set(other.words)]
    return max(longer, key=lambda other: (len(other.words), other.words), default=name)


def countries_of(claims: Claims, number: int) -> frozenset[str]:
    """Codes of the countries that a local person represents."""
    codes = (claims.country(object_) for object_ in claims.objects(number, "represents"))
    return frozenset(code for code in codes if code)


def months_of(claims: Claims, number: int) -> tuple[int, ...]:
    """The month of the report, or nothing for a document without a date."""
    published = period(claims.locals[number].published)
    return (month_of(published),) if published else ()


def posts_of(claims: Claims, number: int) -> dict[Office, tuple[int, ...]]:
    """The offices that a local person holds, with the month of the report; former offices are not held."""
    titles = {fact.value for fact in claims.facts(number, "position") if fact.value}
    found = {office for office in map(office_key, titles) if office and not is_past(office)}
    return dict.fromkeys(sorted(found, key=sorted), months_of(claims, number))


def posts_of_all(claims: Claims, numbers: Iterable[int]) -> dict[Office, tuple[int, ...]]:
    """The offices that the documents give to several local people together."""
    found: dict[Office, list[int]] = {}
    for number in numbers:
        for office, months in posts_of(claims, number).items():
            found.setdefault(office, []).extend(months)
    return {office: tuple(sorted(months)) for office, months in sorted(found.items(), key=lambda item: sorted(item[0]))}


# ---------------------------------------------------------------- countries


def home_countries(claims: Claims) -> dict[int, str | None]:
    """One country for each local person whose document gives one, or who can be of only one.

    A document that gives two cannot chain the people of both together. Where it gives none, the country is that of
    the namesakes: the one that the document names, the only one there is, or the one where that office is held.
    """
    people = claims.of_type("Leader")
    given = {number: countries_of(claims, number) for number in people}
    known = _Known()
    for number in people:
        for country in given[number]:
            known.note(full_name(claims, number), country, posts_of(claims, number))
    votes = Counter((rotation(full_name(claims, n).words), next(iter(c))) for n, c in given.items() if len(c) == 1)
    found: dict[int, str | None] = {}
    for number in people:
        name = full_name(claims, number)
        if given[number]:
            key = rotation(name.words)
            found[number] = min(given[number], key=lambda code: (-votes[key, code], code))
        else:
            found[number] = known.home(name, posts_of(claims, number), _countries_named(claims, number))
    return found


def _countries_named(claims: Claims, number: int) -> frozenset[str]:
    """The countries in the document of a local person."""
    there = claims.numbers[claims.locals[number].document].values()
    return frozenset(code for n in there if claims.entity(n).type == "Country" and (code := claims.country(n)))


class _Known:
    """Where people of a name are at home, and which offices they have there."""

    def __init__(self) -> None:
        self._posts: dict[tuple[str, ...], dict[str, Posts]] = {}
        self._pairs: dict[tuple[str, ...], set[str]] = {}

    def note(self, name: PersonName, country: str, posts: Posts) -> None:
        if len(name.words) < 2:
            return
        homes = self._posts.setdefault(rotation(name.words), {})
        homes[country] = both(homes.get(country, {}), posts) if posts else homes.get(country, {})
        for pair in _pairs(name):
            self._pairs.setdefault(pair, set()).add(country)

    def home(self, name: PersonName, posts: Posts, named: frozenset[str]) -> str | None:
        homes = self._posts.get(rotation(name.words), {})
        if len(homes) == 1:
            return next(iter(homes))
        # Of another spelling or length there may be someone in a country that the document names.
        alike = set(homes) or {code for pair in _pairs(name) for code in self._pairs.get(pair, ())}
        there = alike & named
        if len(there) == 1:
            return next(iter(there))
        holders = [code for code in sorted(there or homes) if share_office(homes.get(code, {}), posts)]
        return holders[0] if len(holders) == 1 else None


def _pairs(name: PersonName) -> Iterator[tuple[str, ...]]:
    """Two words of a name that a shorter or longer form of it has too."""
    for pair in combinations(name.words[:5], 2):
        yield tuple(sorted(pair))


# ---------------------------------------------------------------- offices and accents


def split(numbers: list[int], facet: Mapping[int, str | None]) -> list[list[int]]:
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


def tell_apart(claims: Claims, compatriots: list[int]) -> list[list[int]]:
    """Local people of one name and country as persons: apart by accents, then by offices that exclude each other."""
    found: list[list[int]] = []
    for part in _by_accents(claims, compatriots):
        found += _by_careers(claims, part)
    return found


def _by_accents(claims: Claims, numbers: list[int]) -> list[list[int]]:
    """ "Hùng" and "Hưng" are two people; "Hung" is one of them, if its office or its days tell which."""
    marks = {number: accents(claims.entity(number).name) for number in numbers}
    classes: list[tuple[dict[str, str], list[int]]] = []
    for number in numbers:
        if own := marks[number]:
            home = next((one for one in classes if all(one[0].get(word, m) == m for word, m in own.items())), None)
            if home is None:
                classes.append((dict(own), [number]))
            else:
                home[0].update(own)
                home[1].append(number)
    if len(classes) < 2:
        return [numbers]
    return _with_loose(claims, [members for _, members in classes], [n for n in numbers if not marks[n]])


def accents(name: str) -> dict[str, str]:
    """The marks of a Vietnamese name by word, wherever in the syllable they stand; nothing for any other name.

    >>> accents("Trần Hoà") == accents("Trần Hòa"), accents("Lê Hùng") == accents("Lê Hưng"), accents("Gómez")
    (True, False, {})
    """
    if name.isascii() or _VIETNAMESE.isdisjoint(unicodedata.normalize("NFC", name).lower()):
        return {}
    found: dict[str, str] = {}
    for word in name.lower().split():
        letters = unicodedata.normalize("NFD", word)
        if marks := "".join(sorted(c for c in letters if unicodedata.combining(c) or c == "đ")):
            found[fold(word)] = marks
    return found


def _by_careers(claims: Claims, numbers: list[int]) -> list[list[int]]:
    held = {number: posts_of(claims, number) for number in numbers}
    offices = {office for posts in held.values() for office in posts}
    if len(offices) < 2:
        return [numbers]
    clusters = [(members, posts_of_all(claims, members)) for members in _clusters(held)]
    if not any(posts_conflict(a, b) for (_, a), (_, b) in combinations(clusters, 2)):
        return [numbers]
    persons: list[tuple[list[int], Posts]] = []
    for members, posts in sorted(clusters, key=lambda cluster: (-len(cluster[0]), cluster[0])):
        home = next((i for i, (_, other) in enumerate(persons) if not posts_conflict(posts, other)), None)
        if home is None:
            persons.append((members, posts))
        else:
            persons[home] = (sorted(persons[home][0] + members), both(persons[home][1], posts))
    return _with_loose(claims, [members for members, _ in persons], [n for n in numbers if not held[n]])


def _clusters(held: Mapping[int, Posts]) -> list[list[int]]:
    """Local people whose offices hang together: the same one, or two that one document gives to one person."""
    root: dict[Office, Office] = {}

    def find(office: Office) -> Office:
        while root.setdefault(office, office) != office:
            office = root[office]
        return office

    offices = sorted({office for posts in held.values() for office in posts}, key=sorted)
    pairs: Iterable[Sequence[Office]] = [pair for pair in combinations(offices, 2) if same_office(*pair)]
    for a, b in [*pairs, *((next(iter(posts)), other) for posts in held.values() for other in posts)]:
        root[find(a)] = find(b)
    found: dict[Office, list[int]] = {}
    for number, posts in held.items():
        if posts:
            found.setdefault(find(next(iter(posts))), []).append(number)
    return list(found.values())


def _with_loose(claims: Claims, persons: list[list[int]], loose: list[int]) -> list[list[int]]:
    """Give each loose one to the person that it must be; those of whom nobody knows stay alone."""
    posts = [posts_of_all(claims, members) for members in persons]
    months = [tuple(sorted(m for n in members for m in months_of(claims, n))) for members in persons]
    made = [list(members) for members in persons]
    for number in loose:
        own, when = posts_of(claims, number), months_of(claims, number)
        tests: tuple[Callable[[int], bool], ...] = (
            lambda i, own=own: share_office(posts[i], own),  # type: ignore[misc]
            lambda i, when=when: months_near(months[i], when, _ABOUT_THEN),  # type: ignore[misc]
            lambda i: True,
        )
        fitting = next(found for test in tests if (found := [i for i in range(len(persons)) if test(i)]))
        best = the_one(fitting, lambda i: len(persons[i]))
        if best is None:
            made.append([number])
        else:
            made[best].append(number)
    return [sorted(members) for members in made]


def the_one(candidates: Sequence[int], n_reports: Callable[[int], int]) -> int | None:
    """The only candidate, or the one that is much better known than all others together."""
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    best = max(candidates, key=lambda i: (n_reports(i), -i))
    rest = sum(map(n_reports, candidates)) - n_reports(best)
    return best if n_reports(best) >= MUCH_BETTER_KNOWN * rest else None


def name_rule(claims: Claims, a: int, b: int) -> str:
    return "same name" if words(claims.entity(a).name) == words(claims.entity(b).name) else "same words"
