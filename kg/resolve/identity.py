"""Groups become entities: one name, one id from content, all aliases and mentions, and the merges that led there."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from kg.model import Entity, Mention, Merge, digest
from kg.resolve.bodies import is_paper
from kg.resolve.claims import Claims
from kg.resolve.groups import Groups, Union
from kg.resolve.names import slug
from kg.resolve.periods import isodate, period
from kg.resolve.person_names import person_name
from kg.resolve.slugs import slug_of
from kg.resolve.titles import is_description, title
from kg.vocabulary import ENTITY_TYPES

_MONTH = 28  # days: stretches as long as this one are months and years, not the days of a meeting
# Meetings are named after the people in them, papers after the meetings that adopted them.
_NAMING_ORDER = ("Country", *(type for type in ENTITY_TYPES if type not in ("Country", "Meeting")), "Meeting", "paper")


@dataclass(slots=True)
class Identities:
    """What each group is called, by root: its members' numbers, its row of the seeds, its name and its id."""

    members: dict[int, list[int]]
    seeds: dict[int, str]
    names: dict[int, str] = field(default_factory=dict)
    ids: dict[int, str] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)  # code -> id

    def country_id(self, code: str) -> str:
        """The id of the country of that code, also when no document names it as an entity."""
        return self.countries.get(code, f"country/{code}")


def identify(claims: Claims, groups: Groups) -> Identities:
    """A name and an id for every group. Ids are readable, unique, and made of the group's own content."""
    members = groups.members()
    found = Identities(members, _seed_owners(claims, members))
    for root, numbers in members.items():
        found.names[root] = chosen_name(claims, numbers, found.seeds.get(root))
    phases: dict[str, list[int]] = {}
    for root, numbers in members.items():
        phase = "paper" if is_paper(claims, numbers[0]) else claims.entity(numbers[0]).type
        phases.setdefault(phase, []).append(root)
    for phase in sorted(phases, key=lambda p: (_NAMING_ORDER.index(p) if p in _NAMING_ORDER else -1, p)):
        found.ids.update(_ids(claims, groups, found, phases[phase]))
    for number in claims.of_type("Country"):
        found.countries.setdefault(claims.country(number) or "", found.ids[groups.find(number)])
    return found


def _seed_owners(claims: Claims, members: Mapping[int, Sequence[int]]) -> dict[int, str]:
    """Which group is a row of the seeds: where a user keeps two names of one row apart, the larger group is."""
    owners: dict[tuple[str, str], int] = {}
    for root, numbers in members.items():
        for row in {(e.type, e.seed) for e in map(claims.entity, numbers) if e.seed is not None}:
            rival = owners.setdefault(row, root)
            if (len(numbers), -numbers[0]) > (len(members[rival]), -members[rival][0]):
                owners[row] = root
    return {root: seed for (_, seed), root in owners.items()}


# ---------------------------------------------------------------- names


def chosen_name(claims: Claims, numbers: Sequence[int], seed: str | None) -> str:
    """The seeds' label; else the full form that most documents use.

    Of equally frequent forms the longer, then the first in the alphabet.
    """
    first = claims.entity(numbers[0])
    label = _label(claims, first.type, seed) if seed else None
    if label:
        return label
    said = {(claims.locals[n].document, without_article(claims.entity(n))) for n in numbers}
    counted = Counter(name for _, name in said)
    if first.type == "Leader" and not any(_is_full("Leader", name) for name in counted):
        aliases = [alias for n in numbers for alias in claims.entity(n).aliases if _is_full("Leader", alias)]
        if aliases:
            return min(aliases, key=lambda alias: (len(alias), alias))
    return min(counted, key=lambda name: (not _is_full(first.type, name), -counted[name], -len(name), name))


def without_article(entity: Entity) -> str:
    """The local name; without "the" unless that may belong to it ("The Hague").

    >>> without_article(Entity("e1", "Meeting", "The 4th Summit")), without_article(Entity("e2", "Place", "The Hague"))
    ('4th Summit', 'The Hague')
    """
    article, _, rest = entity.name.partition(" ")
    part_of_it = article[:1].isupper() and entity.type in ("Place", "Leader", "Country")
    return rest if article.lower() in ("the", "a", "an") and rest and not part_of_it else entity.name


def _label(claims: Claims, type: str, seed: str) -> str | None:
    if type == "Topic":
        return claims.gazetteer.topic_labels.get(seed)
    row = claims.gazetteer.seeds.get(seed)
    return row.label if row and row.type == type else None


def _is_full(type: str, name: str) -> bool:
    """Whether a name stands for itself: two words of a person, a distinctive title, no description, no acronym."""
    if type == "Leader":
        return len(person_name(name).words) > 1
    if type == "Meeting":
        return title(name).is_distinctive and not is_description(name)
    return not title(name).is_acronym


# ---------------------------------------------------------------- ids


def _ids(claims: Claims, groups: Groups, found: Identities, roots: list[int]) -> dict[int, str]:
    """One id a root. Where several would have the same, their qualifiers (country), then digests, tell them apart."""
    type = claims.entity(found.members[roots[0]][0]).type.lower()
    ids = {root: f"{type}/{found.seeds[root]}" for root in roots if root in found.seeds}
    taken = {*found.ids.values(), *ids.values()}
    slugs = {r: slug_of(claims, groups, found.members[r], found.names[r], found.ids) for r in roots if r not in ids}
    tails = {root: made.base for root, made in slugs.items()}
    for root in _clashing(tails, type, taken):
        tails[root] += f"-{slug(slugs[root].qualifier)}" if slugs[root].qualifier else ""
    for root in _clashing(tails, type, taken):
        tails[root] += f"-{_digest(claims, found.members[root])}"
    for root in _clashing(tails, type, taken):  # six digits are few: the local id decides
        tails[root] += f"-{claims.entity(found.members[root][0]).id}"
    return ids | {root: f"{type}/{tail}" for root, tail in tails.items()}


def _clashing(tails: Mapping[int, str], type: str, taken: Set[str]) -> list[int]:
    count = Counter(tails.values())
    return [root for root, tail in tails.items() if count[tail] > 1 or f"{type}/{tail}" in taken]


def _digest(claims: Claims, numbers: Sequence[int]) -> str:
    """Six digits from the first of its documents and its local id there."""
    return digest(" ".join(min((claims.locals[n].document, claims.entity(n).id) for n in numbers)), 6)


# ---------------------------------------------------------------- entities


def make_entities(claims: Claims, found: Identities) -> list[Entity]:
    """The groups as entities with global ids, sorted by id."""
    made = [_entity(claims, found, root, numbers) for root, numbers in found.members.items()]
    return sorted(made, key=lambda entity: entity.id)


def _entity(claims: Claims, found: Identities, root: int, numbers: Sequence[int]) -> Entity:
    parts = [claims.entity(number) for number in numbers]
    name = found.names[root]
    aliases = {form for part in parts for form in (part.name, *part.aliases)} - {name}
    mentions: set[Mention] = {mention for part in parts for mention in part.mentions}
    return Entity(
        id=found.ids[root],
        type=parts[0].type,
        name=name,
        aliases=tuple(sorted(aliases)),
        attributes=_attributes(claims, found, numbers),
        mentions=tuple(sorted(mentions)),
        seed=found.seeds.get(root),
    )


def _attributes(claims: Claims, found: Identities, numbers: Sequence[int]) -> Mapping[str, str]:
    """Each attribute as most documents give it; countries as entity ids; a meeting's days as its documents agree on."""
    votes: dict[str, Counter[str]] = {}
    for number in numbers:
        for key, value in claims.entity(number).attributes.items():
            votes.setdefault(key, Counter())[value] += 1
    if "country" in votes:
        codes = Counter(code for number in numbers if (code := claims.country(number)))
        votes["country"] = Counter({found.country_id(code): n for code, n in codes.items()})
    made = {key: min(count, key=lambda value: (-count[value], value)) for key, count in votes.items()}
    if made.keys() & {"earliest", "latest"}:
        made.update(_days(claims, numbers))
    return dict(sorted(made.items()))


def _days(claims: Claims, numbers: Sequence[int]) -> dict[str, str]:
    """First and last day of a meeting. A whole month or year is left out where a document gives the days in it."""
    given = [claims.entity(number).attributes for number in numbers]
    ranges = [(a.get("earliest") or a.get("latest"), a.get("latest") or a.get("earliest")) for a in given]
    stretches = {p for first, last in ranges if first and last and (p := period(f"{first}/{last}"))}
    exact = [p for p in stretches if not any(p.contains(q) and p.days >= _MONTH > q.days for q in stretches)]
    if not exact:
        return {}
    return {"earliest": isodate(min(p.begin for p in exact)), "latest": isodate(max(p.end for p in exact))}


# ---------------------------------------------------------------- merges


def make_merges(claims: Claims, groups: Groups, found: Identities) -> list[Merge]:
    """Why the names of each entity are one, sorted by entity, the surest first.

    One merge a name and rule: a thousand documents that write "Vietnam" make no merge, a thousand that write
    "Viet Nam" make one, with the first of them.
    """
    by_root: dict[int, list[Union]] = {}
    for union in groups.unions:
        by_root.setdefault(groups.find(union.a), []).append(union)
    merges: set[Merge] = set()
    for root, unions in by_root.items():
        merges.update(_merges(claims, found, root, unions))
    return sorted(merges, key=lambda m: (m.into, -m.score, m.rule, m.absorbed, m.document))


def _merges(claims: Claims, found: Identities, root: int, unions: list[Union]) -> list[Merge]:
    """The unions of a group as a tree from the local entity that has the chosen name: each further one was absorbed."""
    neighbours: dict[int, list[tuple[int, Union]]] = {}
    for union in unions:
        neighbours.setdefault(union.a, []).append((union.b, union))
        neighbours.setdefault(union.b, []).append((union.a, union))
    name = found.names[root]
    anchor = min(found.members[root], key=lambda n: (claims.entity(n).name != name, n))
    absorbed: dict[tuple[str, str], Merge] = {}
    seen = {anchor}
    queue = deque([anchor])
    while queue:
        for number, union in sorted(neighbours[queue.popleft()], key=lambda edge: edge[0]):
            if number in seen:
                continue
            seen.add(number)
            queue.append(number)
            local = claims.locals[number]
            if union.rule == "seed" and local.entity.name == name:
                continue
            merge = Merge(found.ids[root], local.entity.name, local.document, union.rule, round(union.score, 4))
            key = (merge.absorbed, merge.rule)
            absorbed[key] = min(absorbed.get(key, merge), merge, key=lambda m: (-m.score, m.document))
    return list(absorbed.values())
