"""Names that say less than another one: initials, shorter names, one word. Only what one person can mean is joined."""

from __future__ import annotations

from itertools import combinations

from kg.resolve.groups import Family
from kg.resolve.persons import (
    BLOCK_LIMIT,
    Person,
    Words,
    bare_words,
    best_known,
    join_alike,
    join_the_only_one,
    nearest,
    posts_of_person,
)
from kg.resolve.transliteration import romanization, sound, sounds_alike

_MONONYMS = frozenset(("IDN", "TLS"))  # where a name of one word is a whole name


def join_initials(family: Family[Person]) -> None:
    """ "S. Jaishankar" and "Subrahmanyam Jaishankar": one country, and nobody else of it fits."""
    by_last: dict[tuple[str, str], list[int]] = {}
    for head in family.distinct():
        person = family.known(head)
        for last in sorted({words[-1] for words in person.forms if len(words) > 1}):
            for country in sorted(person.countries):
                by_last.setdefault((last, country), []).append(head)
    for bucket in by_last.values():
        for head in bucket:
            if len(family.known(head).name.words[0]) == 1:
                fitting = [other for other in bucket if _abbreviates(family.known(head), family.known(other))]
                join_the_only_one(family, head, fitting, "initial")


def _abbreviates(short: Person, full: Person) -> bool:
    a = short.name.words
    return short.offices_agree(full) and any(
        a != b
        and len(a) == len(b)
        and all(x == y or (len(x) == 1 and y.startswith(x)) for x, y in zip(a, b, strict=True))
        for b in full.forms
    )


def join_shorter_names(family: Family[Person]) -> None:
    """ "Sok Chenda" and "Sok Chenda Sophea", "Ferdinand Marcos" and "Ferdinand Marcos Jr.": one country, one candidate.

    The longer names come first, so that of three nested names the outer two are one before the third is asked.
    """
    by_word: dict[tuple[str, str], list[int]] = {}
    heads = [head for head in family.distinct() if len(family.known(head).name.words) > 1]
    for head in heads:
        for key in _word_keys(family.known(head)):
            by_word.setdefault(key, []).append(head)
    for head in sorted(heads, key=lambda h: (-len(_parts(family.known(h))), h)):
        person = family.known(head)
        rarest = min((by_word[key] for key in _word_keys(person) if key in by_word), key=len, default=[])
        longer = [other for other in rarest if _shortens(person, family.known(other))]
        if not longer:
            continue
        same = nearest(family, person, longer)
        if same or not romanization(person.country).syllabic:
            join_the_only_one(family, head, best_known(family, same) if same else longer, "shorter name")


def _word_keys(person: Person) -> list[tuple[str, str]]:
    """The words of its fullest name by their sound, in its country or for its bodies."""
    return sorted({(person.country, sound(word, person.country).consonants) for word in _parts(person)})


def _parts(person: Person) -> Words:
    return (*bare_words(person.name.words, person.country), *filter(None, [person.name.generation]))


def _shortens(short: Person, full: Person) -> bool:
    a, b = _parts(short), _parts(full)
    return (
        1 < len(set(a)) < len(b)
        and short.same_country(full)
        and short.offices_agree(full)
        and _is_within(a, b, short.country, in_order=not (short.may_turn and full.may_turn))
    )


def _is_within(short: Words, full: Words, country: str, *, in_order: bool) -> bool:
    """Whether each word of the shorter name is one of the longer name."""
    rest = list(full)
    for word in short:
        i = next((i for i, other in enumerate(rest) if sounds_alike(word, other, country)), None)
        if i is None:
            return False
        rest = rest[i + 1 :] if in_order else rest[:i] + rest[i + 1 :]
    return True


def join_common_words(family: Family[Person]) -> None:
    """ "Carlos Fernando Duque" and "Carlos Duque Figueroa", foreign minister in the same term."""
    blocks: dict[object, list[int]] = {}
    for head in family.distinct():
        person = family.known(head)
        if len(person.name.words) > 1:
            for post in posts_of_person(person):
                blocks.setdefault(post, []).append(head)
    for block in blocks.values():
        for a, b in combinations(block[:BLOCK_LIMIT], 2):
            x, y = family.known(a), family.known(b)
            if family.groups.find(a) == family.groups.find(b) or romanization(x.country).syllabic:
                continue
            if x.same_office(y) and _interlace(x, y):
                family.unite(a, b, "common words")


def _interlace(a: Person, b: Person) -> bool:
    """Whether the names share two words, the first among them, and where they differ one of them says nothing."""
    x, y = bare_words(a.name.words, a.country), bare_words(b.name.words, b.country)
    shared: list[tuple[int, int]] = []
    for i, word in enumerate(x):
        begin = shared[-1][1] + 1 if shared else 0
        match = next((j for j in range(begin, len(y)) if _may_be(word, y[j], a.country)), None)
        if match is not None:
            shared.append((i, match))
    if shared[:1] != [(0, 0)] or sum(len(x[i]) > 1 < len(y[j]) for i, j in shared) < 2:
        return False
    gaps = zip(shared, [*shared[1:], (len(x), len(y))], strict=True)
    return all(k == i + 1 or m == j + 1 for (i, j), (k, m) in gaps)


def _may_be(a: str, b: str, country: str) -> bool:
    return sounds_alike(a, b, country) or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b))


def join_one_word_names(family: Family[Person]) -> None:
    """ "PM Chinh" where the document has no fuller name: one country and office, reports of one term, one candidate."""
    full: dict[object, list[int]] = {}
    short: dict[object, list[int]] = {}
    for head in family.distinct():
        person = family.known(head)
        kind = full if len(person.name.words) > 1 else short
        for word in sorted({sound(word, person.country).consonants for words in person.bare for word in words}):
            for post in posts_of_person(person):
                kind.setdefault((word, post), []).append(head)
    for key, heads in short.items():
        for head in heads:
            person = family.known(head)
            fitting = [other for other in full.get(key, ()) if _names(person, family.known(other))]
            join_the_only_one(family, head, nearest(family, person, fitting), "one-word name")
        for a, b in zip(heads, heads[1:], strict=False):
            if key not in full and family.known(a).same_office(family.known(b)):
                family.unite(a, b, "one-word name")


def _names(short: Person, full: Person) -> bool:
    return any(sounds_alike(short.name.words[0], word, full.country) for words in full.bare for word in words)


def join_mononyms(family: Family[Person]) -> None:
    """ "Prabowo" in Indonesia, where many have one name only: if no fuller name of the country has the word."""
    alone: dict[tuple[str, str], list[int]] = {}
    in_names: set[tuple[str, str]] = set()
    for head in family.distinct():
        person = family.known(head)
        if person.country not in _MONONYMS:
            continue
        if len(person.name.words) == 1 and person.countries:
            alone.setdefault((person.country, person.name.words[0]), []).append(head)
        else:
            in_names.update((person.country, word) for words in person.forms for word in words)
    for key, heads in alone.items():
        if key not in in_names:
            join_alike(family, heads, "one-word name")
