"""The graph as model objects again: entities, facts, figures and merges, by one or two queries each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import pyoxigraph

from kg.errors import UnknownName
from kg.model import Entity, Fact, Figure, Mention, Merge
from kg.store.dates import first_day, is_date, last_day
from kg.store.edges import Edge
from kg.store.terms import PREFIXES, coop, id_of, resource
from kg.vocabulary import COOP, ENTITY_TYPES, MODALITIES, PREDICATES, STATUSES

_EVIDENCE = "?f prov:wasDerivedFrom ?m . ?m coop:inDocument ?d ; coop:begin ?b ; coop:end ?e ; coop:quote ?q ."


def read_entities(
    dataset: pyoxigraph.Store, *, mentions: Mapping[str, Sequence[Mention]] | None = None
) -> list[Entity]:
    """All entities with their names, attributes and mentions, sorted by id.

    Whoever has the mentions by IRI of the entity already gives them.
    """
    aliases, attributes = _aliases(dataset), _attributes(dataset)
    mentions = _entity_mentions(dataset) if mentions is None else mentions
    types = " ".join(coop(name) for name in ENTITY_TYPES)
    pattern = f"VALUES ?t {{ {types} }} ?s a ?t ; rdfs:label ?n OPTIONAL {{ ?s coop:seed ?seed }}"
    query = f"SELECT ?s ?t ?n ?seed {{ {pattern} }}"
    found = []
    for iri, type_, name, seed in select(dataset, query):
        found.append(
            Entity(
                id=id_of(iri),
                type=type_.removeprefix(COOP),
                name=name,
                aliases=tuple(sorted(aliases[iri])),
                attributes=dict(sorted(attributes[iri])),
                mentions=tuple(sorted(mentions.get(iri, ()))),
                seed=seed,
            )
        )
    return sorted(found, key=lambda entity: entity.id)


def _aliases(dataset: pyoxigraph.Store) -> dict[str, list[str]]:
    aliases: dict[str, list[str]] = defaultdict(list)
    for iri, alias in select(dataset, "SELECT ?s ?a { ?s skos:altLabel ?a }"):
        aliases[iri].append(alias)
    return aliases


_PROPERTY_NAMES = {"meetingKind": "kind", "frameworkKind": "kind", "inCountry": "country"}
_ATTRIBUTE_PROPERTIES = (
    "acronym", "frameworkKind", "inCountry", "iso3", "meetingKind", "ordinal", "series", "wikidata",
)  # fmt: skip
# Facts have them too: asked for together with the others, those of all facts would be looked at.
_MEETING_DATES = ("earliest", "latest")


def _attributes(dataset: pyoxigraph.Store) -> dict[str, list[tuple[str, str]]]:
    attributes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    properties = " ".join(coop(name) for name in _ATTRIBUTE_PROPERTIES)
    query = f"SELECT ?s ?p ?o {{ VALUES ?p {{ {properties} }} ?s rdfs:label [] ; ?p ?o }}"
    for iri, property_, value in select(dataset, query):
        name = property_.removeprefix(COOP)
        if name == "inCountry":
            value = id_of(value)
        attributes[iri].append((_PROPERTY_NAMES.get(name, name), value.removeprefix(COOP)))
    for name in _MEETING_DATES:
        for iri, day in select(dataset, f"SELECT ?s ?o {{ ?s a coop:Meeting ; {coop(name)} ?o }}"):
            attributes[iri].append((name, day))
    return attributes


def _entity_mentions(dataset: pyoxigraph.Store) -> dict[str, list[Mention]]:
    mentions: dict[str, list[Mention]] = defaultdict(list)
    query = (
        "SELECT ?s ?d ?b ?e ?q ?r { ?m coop:mentions ?s ; coop:inDocument ?d ; coop:begin ?b ; coop:end ?e ; "
        "coop:quote ?q OPTIONAL { ?m coop:rule ?r } }"
    )
    for iri, document, begin, end, quote, rule in select(dataset, query):
        mentions[iri].append(_mention(document, begin, end, quote, rule))
    return mentions


def _mention(document: str, begin: str, end: str, quote: str, rule: str | None = None) -> Mention:
    return Mention(id_of(document).removeprefix("document/"), int(begin), int(end), quote, rule or "")


# ---------------------------------------------------------------- facts


def read_facts(
    dataset: pyoxigraph.Store,
    *,
    keys: Collection[str] | None = None,
    about: Collection[str] | None = None,
    predicate: str | None = None,
    since: str | None = None,
    until: str | None = None,
    modality: str | None = None,
    status: str | None = None,
) -> list[Fact]:
    """The facts that pass every filter, sorted by key. See `Store.facts`."""
    pattern = _pattern(keys, about, predicate, since, until, modality, status)
    evidence = _evidence(dataset, pattern)
    contradicts: dict[str, list[str]] = defaultdict(list)
    for iri, other in select(dataset, f"SELECT ?f ?c {{ {pattern} ?f coop:contradicts ?c }}"):
        contradicts[iri].append(_key(other))
    against: dict[str, list[str]] = defaultdict(list)
    for iri, row in select(dataset, f"SELECT ?f ?r {{ {pattern} ?f coop:againstSeed ?r }}"):
        against[iri].append(row)
    query = (
        "SELECT DISTINCT ?f ?s ?p ?o ?v ?mod ?hap ?unt ?rep ?conf ?st ?rule { "
        f"{pattern} ?f coop:subject ?s ; coop:predicate ?p ; coop:modality ?mod ; coop:status ?st ; "
        "coop:confidence ?conf OPTIONAL { ?f coop:object ?o } OPTIONAL { ?f coop:value ?v } "
        "OPTIONAL { ?f coop:happened ?hap } OPTIONAL { ?f coop:until ?unt } "
        "OPTIONAL { ?f coop:reported ?rep } OPTIONAL { ?f coop:rule ?rule } }"
    )
    facts = [_fact(row, evidence, contradicts, against) for row in select(dataset, query)]
    return sorted(facts, key=lambda fact: fact.key)


# Oxigraph takes four times as long for twice as many.
_KEYS_AT_ONCE = 500


def read_facts_with_keys(dataset: pyoxigraph.Store, keys: Collection[str]) -> list[Fact]:
    """The facts with these keys, sorted by key."""
    wanted = sorted(set(keys))
    slices = (wanted[start : start + _KEYS_AT_ONCE] for start in range(0, len(wanted), _KEYS_AT_ONCE))
    return [fact for some in slices for fact in read_facts(dataset, keys=some)]


def _fact(
    row: list[str],
    evidence: dict[str, list[Mention]],
    contradicts: dict[str, list[str]],
    against: dict[str, list[str]],
) -> Fact:
    iri, subject, predicate, object_, value, modality, happened, until, reported, confidence, status, rule = row
    return Fact(
        subject=id_of(subject),
        predicate=predicate.removeprefix(COOP),
        object=id_of(object_) if object_ is not None else None,
        value=value,
        evidence=tuple(sorted(evidence[iri])),
        modality=modality.removeprefix(COOP),
        happened=f"{happened}/{until}" if until else happened,
        reported=reported,
        confidence=float(confidence),
        rule=rule or "",
        status=status.removeprefix(COOP),
        contradicts=tuple(sorted(contradicts.get(iri, ()))),
        against=tuple(sorted(against.get(iri, ()))),
    )


def _evidence(dataset: pyoxigraph.Store, pattern: str) -> dict[str, list[Mention]]:
    evidence: dict[str, list[Mention]] = defaultdict(list)
    for iri, *mention in select(dataset, f"SELECT DISTINCT ?f ?d ?b ?e ?q {{ {pattern} {_EVIDENCE} }}"):
        evidence[iri].append(_mention(*mention))
    return evidence


def _pattern(
    keys: Collection[str] | None,
    about: Collection[str] | None,
    predicate: str | None,
    since: str | None,
    until: str | None,
    modality: str | None,
    status: str | None,
) -> str:
    """The part of a query that picks the facts; what it lets in is checked, so nothing can be smuggled into it."""
    parts = ["?f a coop:Fact ."]
    if keys is not None:
        iris = " ".join(resource(f"fact/{key}") for key in sorted(keys))
        parts.insert(0, f"VALUES ?f {{ {iris} }}")
    if about is not None:
        ids = " ".join(resource(id_) for id_ in sorted(about))
        parts.append(f"{{ VALUES ?about {{ {ids} }} {{ ?f coop:subject ?about }} UNION {{ ?f coop:object ?about }} }}")
    for name, value, valid in (
        ("predicate", predicate, tuple(PREDICATES)),
        ("modality", modality, MODALITIES),
        ("status", status, STATUSES),
    ):
        if value is not None:
            parts.append(f"?f coop:{name} {coop(_one_of(value, name, valid))} .")
    if since is not None or until is not None:
        parts.append(_dated(since, until))
    return " ".join(parts)


def _one_of(value: str, what: str, valid: tuple[str, ...]) -> str:
    if value not in valid:
        raise UnknownName(f"'{value}' is no {what}; choose from {', '.join(sorted(valid))}")
    return value


def _dated(since: str | None, until: str | None) -> str:
    """Facts whose days touch the span. Without a date of its own a fact has that of the meeting at either end."""
    filters = []
    if since is not None:
        filters.append(f'?late >= "{_day(since, first_day)}"^^xsd:date')
    if until is not None:
        filters.append(f'?early <= "{_day(until, last_day)}"^^xsd:date')
    return (
        "OPTIONAL { ?f coop:earliest ?e0 ; coop:latest ?l0 } "
        "OPTIONAL { ?f coop:subject ?m1 . ?m1 coop:earliest ?e1 ; coop:latest ?l1 } "
        "OPTIONAL { ?f coop:object ?m2 . ?m2 coop:earliest ?e2 ; coop:latest ?l2 } "
        "BIND(COALESCE(?e0, ?e1, ?e2) AS ?early) BIND(COALESCE(?l0, ?l1, ?l2) AS ?late) "
        f"FILTER({' && '.join(filters)})"
    )


def _day(date: str, edge: Any) -> str:
    if not is_date(date):
        raise UnknownName(f"'{date}' is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
    return str(edge(date))


# ---------------------------------------------------------------- figures and merges


def read_figures(dataset: pyoxigraph.Store) -> list[Figure]:
    """All figures, sorted by key."""
    evidence = _evidence(dataset, "?f a coop:Figure .")
    query = (
        "SELECT ?f ?s ?i ?a ?u ?p ?r { ?f a coop:Figure ; coop:subject ?s ; coop:indicator ?i ; coop:amount ?a ; "
        "coop:unit ?u OPTIONAL { ?f coop:period ?p } OPTIONAL { ?f coop:reported ?r } }"
    )
    figures = [
        Figure(id_of(subject), indicator, amount, unit, period, tuple(sorted(evidence[iri])), reported)
        for iri, subject, indicator, amount, unit, period, reported in select(dataset, query)
    ]
    return sorted(figures, key=lambda figure: figure.key)


def read_merges(dataset: pyoxigraph.Store) -> list[Merge]:
    """All merges, sorted by the entity and the name that it absorbed."""
    query = (
        "SELECT ?e ?a ?d ?r ?s { ?e coop:mergedFrom ?m . ?m coop:absorbed ?a ; coop:rule ?r ; coop:score ?s "
        "OPTIONAL { ?m coop:inDocument ?d } }"
    )
    merges = [
        Merge(id_of(into), absorbed, _key(document) if document else "", rule, float(score))
        for into, absorbed, document, rule, score in select(dataset, query)
    ]
    return sorted(merges, key=lambda m: (m.into, m.absorbed, m.document, m.rule, m.score))


# ---------------------------------------------------------------- counts and edges


def read_tally(dataset: pyoxigraph.Store) -> dict[tuple[str, str, str], int]:
    """Predicate, modality and status -> number of facts."""
    query = (
        "SELECT ?p ?m ?s (COUNT(*) AS ?n) { ?f a coop:Fact ; coop:predicate ?p ; coop:modality ?m ; coop:status ?s } "
        "GROUP BY ?p ?m ?s"
    )
    rows = select(dataset, query)
    return {(p.removeprefix(COOP), m.removeprefix(COOP), s.removeprefix(COOP)): int(n) for p, m, s, n in rows}


def count_supported(dataset: pyoxigraph.Store) -> int:
    """The number of facts with a mention in a document."""
    query = (
        "SELECT (COUNT(DISTINCT ?f) AS ?n) "
        "{ ?f a coop:Fact ; prov:wasDerivedFrom ?m . ?m coop:inDocument ?d . ?d a coop:Document }"
    )
    return int(next(select(dataset, query))[0])


def read_edges(dataset: pyoxigraph.Store) -> set[Edge]:
    """The direct edges: subject id, predicate, object id or value."""
    predicates = " ".join(coop(name) for name in PREDICATES)
    rows = select(dataset, f"SELECT ?s ?p ?o {{ VALUES ?p {{ {predicates} }} ?s ?p ?o }}")
    return {(id_of(subject), predicate.removeprefix(COOP), id_of(object_)) for subject, predicate, object_ in rows}


def _key(iri: str) -> str:
    return id_of(iri).partition("/")[2]


def select(dataset: pyoxigraph.Store, query: str) -> Iterator[list[Any]]:
    """The rows of a SELECT as plain text; None where a variable is unbound."""
    solutions: Any = dataset.query(query, prefixes=PREFIXES)
    for solution in solutions:
        yield [None if term is None else term.value for term in solution]
