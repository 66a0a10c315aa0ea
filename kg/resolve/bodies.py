"""Organizations and frameworks outside the seeds: by name, by other names, by acronym, by spelling.

A body that every state has ("Ministry of Trade") is one only within its state; without a state it stays its
document's own. Papers that are signed or adopted wait for `instruments.py`, which knows the meetings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.fuzz import ratio

from kg.resolve.claims import Claims
from kg.resolve.groups import Family, Groups
from kg.resolve.names import spelling_similarity, words
from kg.resolve.namesakes import countries_of
from kg.resolve.titles import Title, is_description, title
from kg.resolve.wordlists import COMMON, WEAK

BLOCK_LIMIT = 400
_SIMILAR_EXPANSION = 85  # per cent: "Greater Mekong Subregion" and "Greater Mekong Sub region" under one acronym
_SURE_ACRONYM = 4  # letters: shorter ones stand for many things ("SOM", "MFA")

Key = tuple[tuple[str, ...], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Body:
    """What is known of a group: its state, the keys of its names and of its other names, its acronyms."""

    countries: frozenset[str]
    numbers: frozenset[str]
    documents: frozenset[str]
    keys: frozenset[Key]
    other_keys: frozenset[Key]
    acronyms: frozenset[str]
    expanded: bool  # has a name that is more than an acronym
    of_a_state: bool


def resolve_bodies(claims: Claims, groups: Groups) -> None:
    """Join local organizations with each other, and local frameworks with each other."""
    for type in ("Organization", "Framework"):
        numbers = [n for n in claims.of_type(type) if not is_paper(claims, n)]
        family: Family[Body] = Family(groups, combine)
        for head, body in equal_titles(claims, groups, numbers):
            family.add(head, body)
        for step in (join_other_names, join_acronyms, join_spellings, join_weak_words):
            step(family)


def is_paper(claims: Claims, number: int) -> bool:
    """Whether a framework is an instrument outside the seeds: something signed or adopted, not a mechanism."""
    entity = claims.entity(number)
    if entity.type != "Framework" or entity.seed is not None:
        return False
    return entity.attributes.get("kind") == "instrument" or title(entity.name).is_instrument


def combine(a: Body, b: Body) -> Body | None:
    """What is known of both; None where states or numbers differ, or one document names both apart."""
    if _contradict(a, b) or a.documents & b.documents:
        return None
    return Body(
        a.countries | b.countries,
        a.numbers | b.numbers,
        a.documents | b.documents,
        a.keys | b.keys,
        a.other_keys | b.other_keys,
        a.acronyms | b.acronyms,
        a.expanded or b.expanded,
        a.of_a_state or b.of_a_state,
    )


# ---------------------------------------------------------------- one name


def equal_titles(
    claims: Claims, groups: Groups, numbers: list[int], *, tails: frozenset[str] = frozenset()
) -> Iterator[tuple[int, Body]]:
    """Join locals whose names have the same words and state; each group with what is known of it.

    `tails` are words that do not count ("project").
    """
    buckets: dict[Key, list[int]] = {}
    for number in numbers:
        key = title_key(claims, number, claims.entity(number).name, tails)
        if key is not None:
            buckets.setdefault(key, []).append(number)
    for bucket in buckets.values():
        groups.unite_all(bucket, lambda a, b: title_rule(claims, a, b))
    by_root: dict[int, list[int]] = {}
    for number in numbers:
        by_root.setdefault(groups.find(number), []).append(number)
    for members in by_root.values():
        yield members[0], _describe(claims, members, tails)


def title_rule(claims: Claims, a: int, b: int) -> str:
    return "same name" if words(claims.entity(a).name) == words(claims.entity(b).name) else "same words"


def title_key(claims: Claims, number: int, form: str, tails: frozenset[str] = frozenset()) -> Key | None:
    """What a form is compared by across documents; None for a form that means nothing outside of its document."""
    parts = title(form, tails)
    if not parts.core or parts.is_acronym:
        return None
    if parts.is_state_body:
        countries = parts.countries or state_of(claims, number)
        return (parts.core, countries) if countries else None
    if parts.is_distinctive or (parts.countries and len(parts.core) > 1) or (parts.numbers and parts.content):
        return parts.core, parts.countries
    return None


def state_of(claims: Claims, number: int) -> frozenset[str]:
    """The state of a local body: the extractor's word, else that of its other names and its speakers."""
    given = claims.country(number)
    if given:
        return frozenset((given,))
    aliases = [title(alias) for alias in claims.entity(number).aliases]
    found = [parts.countries for parts in aliases if parts.is_acronym or parts.is_state_body]
    found += [countries_of(claims, person) for person in claims.subjects(number, "represents")]
    codes = frozenset[str]().union(*found)
    return codes if len(codes) == 1 else frozenset()


def _describe(claims: Claims, members: list[int], tails: frozenset[str]) -> Body:
    titles = [title(claims.entity(n).name, tails) for n in members]
    own = [
        title_key(claims, n, name, tails) for n in members for name in (claims.entity(n).name, *_row_names(claims, n))
    ]
    others = [title_key(claims, n, alias, tails) for n in members for alias in _proper_aliases(claims, n)]
    forms = [parts for n in members for parts in _forms(claims, n, tails)]
    countries = frozenset[str]().union(*(t.countries for t in titles))
    if any(t.is_state_body or t.is_acronym for t in titles):
        countries = countries.union(*(state_of(claims, n) for n in members))
    return Body(
        countries,
        frozenset[str]().union(*(t.numbers for t in titles)),
        frozenset(claims.locals[n].document for n in members),
        frozenset(key for key in own if key),
        frozenset(key for key in others if key) - frozenset(own),
        frozenset[str]().union(*(parts.acronyms for parts in forms)) | _given_acronyms(claims, members),
        any(not parts.is_acronym and len(parts.core) > 1 for parts in forms),
        any(t.is_state_body for t in titles),
    )


def _proper_aliases(claims: Claims, number: int) -> Iterator[str]:
    """Aliases that name rather than describe, of two words and more."""
    for alias in claims.entity(number).aliases:
        if not is_description(alias) and len(title(alias).core) > 1:
            yield alias


def _row_names(claims: Claims, number: int) -> tuple[str, ...]:
    """All names that the seeds know of a seeded entity: another document may use any of them."""
    row = claims.gazetteer.seeds.get(claims.entity(number).seed or "")
    return row.names if row and row.type == claims.entity(number).type else ()


def _forms(claims: Claims, number: int, tails: frozenset[str]) -> list[Title]:
    entity = claims.entity(number)
    return [title(form, tails) for form in (entity.name, *entity.aliases, *_row_names(claims, number))]


def _given_acronyms(claims: Claims, members: list[int]) -> frozenset[str]:
    given = (claims.entity(n).attributes.get("acronym", "").replace(".", "").upper() for n in members)
    rows = (claims.gazetteer.seeds.get(claims.entity(n).seed or "") for n in members)
    return frozenset(filter(None, (*given, *(row.acronym for row in rows if row and row.acronym))))


# ---------------------------------------------------------------- other names, acronyms, spellings


def join_other_names(family: Family[Body]) -> None:
    """The name of one group is an alias of another: join when only one group has that name, and only one claims it.

    Alias with alias would chain through loose descriptions, so it does not count.
    """
    named: dict[Key, list[int]] = {}
    claimed: dict[Key, list[int]] = {}
    for head in family.distinct():
        for key in family.known(head).keys:
            named.setdefault(key, []).append(head)
        for key in family.known(head).other_keys:
            claimed.setdefault(key, []).append(head)
    for key in in_order(claimed.keys() & named.keys()):
        owners = {family.groups.find(head): head for head in named[key]}
        claimants = [family.known(head) for head in claimed[key][:BLOCK_LIMIT]]
        if len(owners) == 1 and not any(_contradict(a, b) for a, b in combinations(claimants, 2)):
            for head in claimed[key]:
                family.unite(next(iter(owners.values())), head, "also named")


def _contradict(a: Body, b: Body) -> bool:
    """Two bodies that one name cannot mean: other states, other numbers."""
    states_differ = bool(a.countries and b.countries and not a.countries & b.countries)
    return states_differ or bool(a.numbers and b.numbers and a.numbers != b.numbers)


def in_order(keys: Iterable[Key]) -> list[Key]:
    """Keys in an order that does not hang on hashing."""
    return sorted(keys, key=lambda key: (key[0], sorted(key[1])))


def join_acronyms(family: Family[Body]) -> None:
    """Full names that share an acronym and nearly their letters; then the bare acronym, if one full name has it."""
    with_acronym: dict[str, list[int]] = {}
    for head in family.distinct():
        for acronym in family.known(head).acronyms:
            if len(acronym) > 2:
                with_acronym.setdefault(acronym, []).append(head)
    for acronym, heads in sorted(with_acronym.items()):
        expanded = [head for head in heads if family.known(head).expanded]
        bare = [head for head in heads if not family.known(head).expanded]
        for a, b in combinations(expanded[:BLOCK_LIMIT], 2):
            if _similar_expansion(family.known(a), family.known(b)):
                family.unite(a, b, "acronym and spelling")
        for head in bare:
            _join_bare_acronym(family, head, expanded)
        _join_acronyms_alone(family, acronym, bare, ambiguous=bool(expanded))


def _similar_expansion(a: Body, b: Body) -> bool:
    return any(
        x[1] == y[1] and ratio("".join(x[0]), "".join(y[0])) >= _SIMILAR_EXPANSION
        for x in a.keys | a.other_keys for y in b.keys | b.other_keys
    )  # fmt: skip


def _join_bare_acronym(family: Family[Body], head: int, expanded: list[int]) -> None:
    short = family.known(head)
    fitting = {
        family.groups.find(other): other
        for other in expanded
        # "MFA" is the foreign ministry of every state: only the same state's is meant.
        if not family.known(other).of_a_state or short.countries & family.known(other).countries
    }
    if len(fitting) == 1:
        family.unite(next(iter(fitting.values())), head, "acronym")


def _join_acronyms_alone(family: Family[Body], acronym: str, heads: list[int], *, ambiguous: bool) -> None:
    """Bare acronyms of one state; of no state only a long one that nobody spells out in another way."""
    firsts: dict[frozenset[str], int] = {}
    for head in heads:
        countries = family.known(head).countries
        if countries or (len(acronym) >= _SURE_ACRONYM and not ambiguous):
            family.unite(firsts.setdefault(countries, head), head, "same name")
    if len(firsts) == 2 and frozenset() in firsts:
        first, second = firsts.values()
        family.unite(first, second, "same name")


def join_weak_words(family: Family[Body]) -> None:
    """ "CLMV Action Plan 2021-2022" and "CLMV economic cooperation action plan 2021-2022", if only one name fits."""
    buckets: dict[Key, list[int]] = {}
    for head in family.distinct():
        for core, countries in in_order(family.known(head).keys):
            strong = tuple(
                word for word in core if word not in WEAK and not (word == "economic" and "cooperation" in core)
            )
            if not COMMON.issuperset(strong):
                buckets.setdefault((strong, countries), []).append(head)
    for heads in buckets.values():
        roots = {family.groups.find(head): head for head in heads}
        if len(roots) == 2:
            first, second = roots.values()
            family.unite(first, second, "weak words")


def join_spellings(family: Family[Body]) -> None:
    """Full names that differ in a letter or two, within blocks of equal initials and state."""
    blocks: dict[tuple[tuple[str, ...], frozenset[str]], list[tuple[tuple[str, ...], int]]] = {}
    for head in family.distinct():
        for core, countries in in_order(family.known(head).keys):
            if len(core) > 1:
                blocks.setdefault((tuple(word[0] for word in core), countries), []).append((core, head))
    for block in blocks.values():
        for (x, a), (y, b) in combinations(block[:BLOCK_LIMIT], 2):
            score = spelling_similarity(x, y)
            if score:
                family.unite(a, b, "spelling", score)
