"""Who holds an office: two people whom documents put into one office at one time, and what the seeds know otherwise.

It looks for what cannot both hold and is slow to cry out: offices pass on, namesakes exist, and a report may use the
title of somebody who has just left.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from rapidfuzz.fuzz import partial_ratio

from kg.model import Entity, Fact
from kg.resolve.offices import Office, is_past, is_unique, level, office_key, same_office
from kg.resolve.periods import Period, period
from kg.resolve.person_names import PARTICLES, person_name, rotation
from kg.resolve.persons import bare_words
from kg.resolve.titles import title
from kg.resolve.transliteration import sounds_alike
from kg.seeds import Tenure, load_gazetteer

_NEAR_DAYS = 400  # two reports of one holder; a report of another one in between contradicts them
_HANDOVER_DAYS = 45  # around the change of holders reports are early and late
_ALIKE = 75  # per cent: what is left of two names may be another spelling, a nickname, an abbreviation
_MOST_HOLDERS = 400  # claims about one office: pairs grow with the square
_INITIALS = 2  # letters: "S. L. Rabe" beside "Sitiveni Rabe"
_PASSING = re.compile(
    r"\b(acting|interim|caretaker|former|ex|late|then|elect|designate|nominee|incoming|outgoing|ad)\b", re.IGNORECASE
)
_OF = re.compile(r"\bof\b")
_TOWARDS = re.compile(r"\b(to|for|on|with|in|at|between|friend\w*)\b")
# Bodies whose people speak for their state: who chairs a party of the Philippines is no Cambodian.
_OF_A_STATE = frozenset("party ministry government parliament senate assembly congress cabinet embassy army".split())

World = tuple[Mapping[str, Entity], Mapping[str, str | None]]  # entities by id, publishing dates by document key


@dataclass(frozen=True)
class Holding:
    """A claim that somebody holds an office of a country, with the days of the reports by document."""

    fact: int
    person: str
    country: str
    office: Office
    days: Mapping[str, Period]

    @cached_property
    def sorted_days(self) -> list[Period]:
        return sorted(self.days.values())


def state_of(entity: Entity | None) -> str | None:
    """The code of the state that an entity is, or that it is a party, a ministry or an embassy of."""
    if entity is None:
        return None
    if entity.type == "Country":
        return entity.attributes.get("iso3") or entity.seed or entity.id.partition("/")[2]
    if entity.type != "Organization" or entity.seed:
        return None
    parts = title(entity.name)
    given = entity.attributes.get("country", "").removeprefix("country/")
    codes = parts.countries or frozenset(filter(None, [given]))
    return next(iter(codes)) if len(codes) == 1 and not _OF_A_STATE.isdisjoint(parts.core) else None


# ---------------------------------------------------------------- two holders in the documents


def rival_holders(facts: Sequence[Fact], world: World) -> Iterator[tuple[int, int]]:
    """Pairs of `position` facts that put two people into one office of one country at the same time."""
    by_office: dict[tuple[str, Office], list[Holding]] = {}
    for holding in holdings(facts, world):
        if is_unique(holding.office):
            by_office.setdefault((holding.country, holding.office), []).append(holding)
    for group in by_office.values():
        for a, b in combinations(group[:_MOST_HOLDERS], 2):
            if a.person != b.person and _at_once(a, b) and not _may_be_one(a, b, world[0]):
                yield a.fact, b.fact


def _at_once(a: Holding, b: Holding) -> bool:
    """Whether reports of one lie between reports of the other. A document that names both tells of a succession."""
    if a.days.keys().isdisjoint(b.days):
        return _amid(a.sorted_days, b) or _amid(b.sorted_days, a)
    x = replace(a, days={document: days for document, days in a.days.items() if document not in b.days})
    y = replace(b, days={document: days for document, days in b.days.items() if document not in a.days})
    return _amid(x.sorted_days, y) or _amid(y.sorted_days, x)


def _amid(some: Sequence[Period], other: Holding) -> bool:
    begins = [day.begin for day in other.sorted_days] if len(other.days) > 1 or len(some) == 1 else []
    if not begins or not some or some[0].begin > begins[-1] or some[-1].end < begins[0]:
        return False  # most pairs; of one report beside many only the other direction can tell
    ends = sorted(day.end for day in other.sorted_days)
    for day in some:
        before, after = bisect_right(ends, day.begin), bisect_left(begins, day.end)
        if before and after < len(begins) and begins[after] - ends[before - 1] <= _NEAR_DAYS:
            return True
    return False


def _may_be_one(a: Holding, b: Holding, entities: Mapping[str, Entity]) -> bool:
    return names_may_be_one(_names(entities[a.person]), _names(entities[b.person]), a.country)


def holdings(facts: Sequence[Fact], world: World) -> Iterator[Holding]:
    """The `position` facts that say clearly who holds which office of which country, as something that is so."""
    speaks_for = _speaks_for(facts, world[0])
    for i, fact in enumerate(facts):
        if fact.predicate != "position" or fact.modality != "actual" or not fact.value or _PASSING.search(fact.value):
            continue
        office = office_key(fact.value)
        documents = {mention.document for mention in fact.evidence}
        here = set().union(*(speaks_for.get((fact.subject, d), set()) for d in documents))
        countries = here or speaks_for.get((fact.subject, ""), set())
        days = _days(fact, world[1])
        if office and not is_past(office) and len(countries) == 1 and days and (country := next(iter(countries))):
            yield Holding(i, fact.subject, country, office, days)


def _speaks_for(facts: Iterable[Fact], entities: Mapping[str, Entity]) -> dict[tuple[str, str], set[str]]:
    """Person and document, or person and "" for all of them -> the states that they speak for; "" for other bodies."""
    found: dict[tuple[str, str], set[str]] = {}
    for fact in facts:
        if fact.predicate == "represents" and fact.modality == "actual":
            code = state_of(entities.get(fact.object or "")) or ""
            for document in ("", *{mention.document for mention in fact.evidence}):
                found.setdefault((fact.subject, document), set()).add(code)
    return found


def _days(fact: Fact, published: Mapping[str, str | None]) -> dict[str, Period]:
    """When it was so by each document: as stated, else the day of the report."""
    stated = period(fact.happened)
    found = {m.document: stated or period(published.get(m.document)) for m in fact.evidence}
    return {document: days for document, days in sorted(found.items()) if days}


# ---------------------------------------------------------------- names


def _names(entity: Entity) -> tuple[str, ...]:
    return (entity.name, *entity.aliases)


def names_may_be_one(some: Iterable[str], others: Iterable[str], country: str) -> bool:
    """Whether two people may be one by their names; a name of one word says too little.

    >>> names_may_be_one(["Pham Minh Chinh"], ["Minh Chinh"], "VNM")
    True
    >>> names_may_be_one(["Hun Sen"], ["Hun Manet"], "KHM")
    False
    """
    x, y = _full(some, country), _full(others, country)
    return not x or not y or any(_pair_may_be_one(a, b, country) for a in x for b in y)


def _full(names: Iterable[str], country: str) -> list[tuple[str, ...]]:
    bare = (bare_words(person_name(name).words, country) for name in names)
    return sorted({words for words in bare if len(set(words) - PARTICLES) > 1})


def _pair_may_be_one(a: tuple[str, ...], b: tuple[str, ...], country: str) -> bool:
    x = [word for word in a if not any(sounds_alike(word, other, country) for other in b)]
    y = [word for word in b if not any(sounds_alike(word, other, country) for other in a)]
    if not x or not y or partial_ratio("".join(x), "".join(y)) >= _ALIKE:
        return True
    return x[0][0] == y[0][0] and min(len(x[0]), len(y[0])) <= _INITIALS


# ---------------------------------------------------------------- what the seeds know


def against_seeds(facts: Sequence[Fact], world: World, tenures: Sequence[Tenure]) -> Iterator[tuple[int, str]]:
    """Facts that the seeds contradict, each with the row that does, as text.

    Somebody else in an office that the seeds know the holder of, or the holder speaking for another country.
    """
    yield from _other_holder(facts, world, tenures)
    yield from _other_country(facts, world, tenures)


def _other_holder(facts: Sequence[Fact], world: World, tenures: Sequence[Tenure]) -> Iterator[tuple[int, str]]:
    by_country: dict[str, list[Tenure]] = {}
    for tenure in tenures:
        by_country.setdefault(tenure.country, []).append(tenure)
    for holding in holdings(facts, world):
        known = [t for t in by_country.get(holding.country, ()) if same_office(office_key(t.office), holding.office)]
        names = _names(world[0][holding.person])
        # A title is kept in speech after the office is gone: who held it at any time is not disputed.
        if any(names_may_be_one(names, t.names, holding.country) for t in known):
            continue
        for tenure in known:
            if all(_is_within(days, tenure) for days in holding.days.values()):
                yield holding.fact, tell_tenure(tenure)


def _is_within(days: Period, tenure: Tenure) -> bool:
    held = period(f"{tenure.first_day}/{tenure.last_day}")
    return held is not None and held.begin + _HANDOVER_DAYS <= days.begin and days.end <= held.end - _HANDOVER_DAYS


def _other_country(facts: Sequence[Fact], world: World, tenures: Sequence[Tenure]) -> Iterator[tuple[int, str]]:
    entities, published = world
    by_name: dict[tuple[str, ...], list[Tenure]] = {}
    for tenure in tenures:
        for key in {_key(name, tenure.country) for name in tenure.names}:
            by_name.setdefault(key, []).append(tenure)
    lowly = {f.subject for f in facts if f.predicate == "position" and f.value and level(office_key(f.value)) == "low"}
    for i, fact in enumerate(facts):
        if fact.modality != "actual" or fact.subject in lowly:
            continue  # an ambassador of the name of a president is a namesake
        state = _state_in_title(fact) if fact.predicate == "position" else None
        if fact.predicate == "represents":
            state = state_of(entities.get(fact.object or ""))
        person = entities.get(fact.subject)
        if state is None or person is None:
            continue
        known = [t for name in _names(person) for t in by_name.get(_key(name, ""), ())]
        days = _days(fact, published).values()
        held = [t for t in known if all(_holds(day, t) for day in days)]
        if held and state not in {t.country for t in known}:
            for tenure in held:
                yield i, tell_tenure(tenure)


def _state_in_title(fact: Fact) -> str | None:
    """The state whose office a title is: "Chairman of the Democratic Party of Kenya", but no envoy to it."""
    if not fact.value or _PASSING.search(fact.value) or not _OF.search(fact.value) or _TOWARDS.search(fact.value):
        return None
    codes = title(fact.value).countries
    return next(iter(codes)) if len(codes) == 1 else None


def _key(name: str, country: str) -> tuple[str, ...]:
    words = person_name(name).words
    return rotation(words) if len(words) > 1 else (name, country)


def _holds(days: Period, tenure: Tenure) -> bool:
    held = period(f"{tenure.first_day}/{tenure.last_day}")
    return held is not None and held.contains(days)


def tell_tenure(tenure: Tenure) -> str:
    """The row of the seeds as a reader knows it.

    >>> tell_tenure(Tenure("KHM", "Prime Minister", ("Hun Sen",), "1998-11-30", "2023-08-22"))
    'seeds/leaders.csv: Hun Sen, Prime Minister, Cambodia, 1998-11-30 to 2023-08-22'
    """
    country = load_gazetteer().seeds[tenure.country].label
    held = f"{tenure.first_day} to {tenure.last_day}"
    return f"seeds/leaders.csv: {tenure.names[0]}, {tenure.office}, {country}, {held}"
