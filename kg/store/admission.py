"""What may enter the graph: the rules that SHACL core cannot say, and those that must hold before text becomes triples.

A fact that breaks one is left out and listed as `Skipped`; so is a date or an attribute that cannot be stored.
The shapes look again at what was stored: they find nothing unless these rules have a hole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from kg.model import Document, Entity, Fact, Figure, Knowledge, Mention, Merge, Skipped
from kg.store.dates import is_date, precision
from kg.store.terms import canonical_decimal
from kg.vocabulary import ENTITY_TYPES, FRAMEWORK_KINDS, MEETING_KINDS, MODALITIES, PREDICATES, STATUSES

T = TypeVar("T")
Texts = Mapping[str, str]  # document key -> text
Types = Mapping[str, str]  # entity id -> type

_KINDS: Mapping[str, tuple[str, ...]] = {"Meeting": MEETING_KINDS, "Framework": FRAMEWORK_KINDS}
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "Country": frozenset(("iso3", "wikidata")),
    "Organization": frozenset(("acronym", "wikidata")),
    "Leader": frozenset(("wikidata",)),
    "Meeting": frozenset(("kind", "ordinal", "earliest", "latest", "series", "wikidata")),
    "Framework": frozenset(("kind", "acronym", "wikidata")),
    "Project": frozenset(("acronym", "wikidata")),
    "Place": frozenset(("country", "wikidata")),
    "Topic": frozenset(("wikidata",)),
}
# The store's own nodes; an entity of such a name would be taken for one.
_RESERVED = frozenset(("build", "document", "fact", "figure", "mention", "merge"))
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")
_ISO3 = re.compile(r"[A-Z]{3}")


@dataclass
class _Gate:
    """What facts may refer to, and what was left out so far."""

    texts: Texts
    names: Mapping[str, str]  # document key -> the document's own id
    types: Types = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)

    def passes(self, what: str, mentions: Iterable[Mention], faults: Iterable[str]) -> bool:
        """Whether there is no fault; the first one is listed under the document of the first mention."""
        fault = next(iter(faults), None)
        if fault is not None:
            first = min((self.names.get(mention.document, mention.document) for mention in mentions), default="graph")
            self.skip(first, f"{what} left out: {fault}")
        return fault is None

    def skip(self, where: str, reason: str) -> None:
        self.skipped.append(Skipped(where, reason))


def admit(knowledge: Knowledge) -> tuple[Knowledge, list[Skipped]]:
    """The part of the knowledge that can be stored, sorted throughout, and what was left out of it.

    The order of the parts does not matter, and the same statement twice is one.
    """
    documents = _distinct(knowledge.documents, lambda document: document.key)
    gate = _Gate({d.key: d.text for d in documents}, {d.key: d.id for d in documents})
    documents = [_dated(document, gate) for document in documents]
    entities = _distinct(knowledge.entities, lambda entity: entity.id)
    entities = [_clean(e, gate) for e in entities if gate.passes(e.id, e.mentions, _entity_faults(e))]
    gate.types = {entity.id: entity.type for entity in entities}
    admitted = Knowledge(
        documents=tuple(documents),
        entities=tuple(entities),
        facts=tuple(_facts(knowledge.facts, gate)),
        figures=tuple(_figures(knowledge.figures, gate)),
        merges=tuple(_merges(knowledge.merges, gate)),
    )
    return admitted, sorted(set(gate.skipped), key=lambda skipped: (skipped.where, skipped.reason))


def _distinct(items: Iterable[T], key: Callable[[T], Hashable]) -> list[T]:
    """One item a key, sorted by key; of several the same one is taken whatever their order."""
    found: dict[Hashable, T] = {}
    for item in items:
        other = found.setdefault(key(item), item)
        if other is not item and repr(item) < repr(other):
            found[key(item)] = item
    return [found[k] for k in sorted(found)]  # type: ignore[type-var]


def mention_faults(mention: Mention, texts: Texts) -> Iterator[str]:
    """What is wrong with a mention: nothing, or that its quote is not the text at its offsets."""
    text = texts.get(mention.document)
    if text is None:
        yield f"the document '{mention.document}' of its evidence is unknown"
    elif not 0 <= mention.begin < mention.end <= len(text):
        yield f"its evidence stands at {mention.begin}-{mention.end} in a text of {len(text)} characters"
    elif text[mention.begin : mention.end] != mention.quote:
        yield f"its evidence is not the text at {mention.begin}-{mention.end}"


# ---------------------------------------------------------------- documents and entities


def _dated(document: Document, gate: _Gate) -> Document:
    if not document.published or precision(document.published):
        return document
    gate.skip(document.id, f"publishing date left out: '{document.published}' is no date")
    return replace(document, published=None)


def _entity_faults(entity: Entity) -> Iterator[str]:
    if entity.type not in ENTITY_TYPES:
        yield f"'{entity.type}' is no type of the vocabulary"
    if not entity.name.strip():
        yield "it has no name"
    if "/" not in entity.id or entity.id.partition("/")[0] in _RESERVED:
        yield f"'{entity.id}' is no id of an entity"


def _clean(entity: Entity, gate: _Gate) -> Entity:
    """The entity with the aliases, attributes and mentions that can be stored."""
    what = f"mention of {entity.id}"
    mentions = [m for m in sorted(set(entity.mentions)) if gate.passes(what, [m], mention_faults(m, gate.texts))]
    return replace(
        entity,
        aliases=tuple(sorted({alias for alias in entity.aliases if alias.strip() and alias != entity.name})),
        attributes=dict(_attributes(entity, gate)),
        mentions=tuple(mentions),
    )


def _attributes(entity: Entity, gate: _Gate) -> Iterator[tuple[str, str]]:
    given = {name: value for name, value in entity.attributes.items() if value}
    for name, value in sorted(given.items()):
        if name == "country" and "/" not in value:
            value = f"country/{value}"
        what = f"{name} of {entity.id}"
        if gate.passes(what, entity.mentions[:1], _attribute_faults(entity.type, name, value, given)):
            yield name, value


def _attribute_faults(type_: str, name: str, value: str, given: Mapping[str, str]) -> Iterator[str]:
    if name not in _ATTRIBUTES[type_]:
        yield f"a {type_} has no attribute '{name}'"
    elif name == "kind" and value not in _KINDS[type_]:
        yield f"'{value}' is no kind of {type_}"
    elif name == "wikidata" and not _WIKIDATA.fullmatch(value):
        yield f"'{value}' is no Wikidata id"
    elif name in ("iso3", "country") and not _ISO3.fullmatch(value.removeprefix("country/")):
        yield f"'{value}' is no ISO 3166 code"
    elif name in ("earliest", "latest"):
        earliest, latest = given.get("earliest", ""), given.get("latest", "")
        if not precision(earliest) == precision(latest) == "day" or earliest > latest:
            yield f"'{earliest}' and '{latest}' are no first and last day"


# ---------------------------------------------------------------- facts, figures, merges


def fact_faults(fact: Fact, texts: Texts, types: Types) -> Iterator[str]:
    """What keeps a fact out of the graph; nothing for a good one. Also what `kg validate` asks of a stored one."""
    predicate = PREDICATES.get(fact.predicate)
    if predicate is None:
        yield f"'{fact.predicate}' is no predicate of the vocabulary"
        return
    if (fact.object is None) == (fact.value is None):
        yield "it needs either an object or a value"
    elif (fact.value is None) != bool(predicate.range):
        yield f"{fact.predicate} takes {'an object' if predicate.range else 'a value'}"
    yield from _end_faults("subject", fact.subject, predicate.domain, types)
    if fact.object is not None and predicate.range:
        yield from _end_faults("object", fact.object, predicate.range, types)
    if fact.object == fact.subject:
        yield "its subject is its object"
    if fact.predicate == "heldOn" and fact.value is not None and not is_date(fact.value):
        yield f"'{fact.value}' is no date"
    if fact.happened is not None and not is_date(fact.happened):
        yield f"'{fact.happened}' is no date"
    yield from _claim_faults(fact, texts)


def _end_faults(end: str, id_: str, allowed: tuple[str, ...], types: Types) -> Iterator[str]:
    if id_ not in types:
        yield f"its {end} '{id_}' is unknown"
    elif types[id_] not in allowed:
        yield f"its {end} '{id_}' is a {types[id_]}, not a {' or '.join(allowed)}"


def _claim_faults(fact: Fact, texts: Texts) -> Iterator[str]:
    if fact.value is not None and not fact.value.strip():
        yield "its value is empty"
    if fact.modality not in MODALITIES:
        yield f"'{fact.modality}' is no modality"
    if fact.status not in STATUSES:
        yield f"'{fact.status}' is no status"
    if fact.contradicts and fact.status != "disputed":
        yield "it contradicts another fact and is not disputed"
    if fact.against and fact.status != "disputed":
        yield "it contradicts the seeds and is not disputed"
    if not 0 <= fact.confidence <= 1:
        yield f"its confidence {fact.confidence} is not from 0 to 1"
    yield from _evidence_faults(fact.evidence, texts)


def _evidence_faults(evidence: tuple[Mention, ...], texts: Texts) -> Iterator[str]:
    if not evidence:
        yield "no sentence supports it"
    for mention in evidence:
        yield from mention_faults(mention, texts)


def _facts(facts: Iterable[Fact], gate: _Gate) -> list[Fact]:
    good = [
        _plain(fact, gate)
        for fact in _distinct(facts, lambda fact: fact.key)
        if gate.passes(_words(fact), fact.evidence, fact_faults(fact, gate.texts, gate.types))
    ]
    keys = {fact.key for fact in good}
    return [
        replace(fact, contradicts=tuple(sorted(keys.intersection(fact.contradicts)))) if fact.contradicts else fact
        for fact in good
    ]


def _words(fact: Fact) -> str:
    return f"fact '{fact.subject} {fact.predicate} {fact.object or fact.value}'"


def _plain(fact: Fact, gate: _Gate) -> Fact:
    """The fact as it can be read back: evidence sorted and without rules, confidence to six digits."""
    reported = fact.reported
    if reported is not None and not precision(reported):
        gate.skip(gate.names[fact.evidence[0].document], f"report date left out: '{reported}' is no date")
        reported = None
    return replace(fact, evidence=_sentences(fact.evidence), confidence=round(fact.confidence, 6), reported=reported)


def _sentences(evidence: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted({replace(mention, rule="") if mention.rule else mention for mention in evidence}))


def _figures(figures: Iterable[Figure], gate: _Gate) -> list[Figure]:
    good: dict[str, list[Figure]] = defaultdict(list)
    for figure in _distinct(figures, lambda figure: figure.key):
        what = f"figure '{figure.subject} {figure.indicator}'"
        if gate.passes(what, figure.evidence, figure_faults(figure, gate.texts, gate.types)):
            # "10.50" and "10.5" are one amount: the key is made from the number, not from its spelling.
            amount = canonical_decimal(figure.amount)
            reported = figure.reported if precision(figure.reported or "") else None
            figure = replace(figure, amount=amount, evidence=_sentences(figure.evidence), reported=reported)
            good[figure.key].append(figure)
    return [_one_figure(same) for _, same in sorted(good.items())]


def _one_figure(same: list[Figure]) -> Figure:
    evidence = _sentences(mention for figure in same for mention in figure.evidence)
    reported = min((figure.reported for figure in same if figure.reported), default=None)
    return replace(same[0], evidence=evidence, reported=reported)


def figure_faults(figure: Figure, texts: Texts, types: Types) -> Iterator[str]:
    """What keeps a figure out of the graph, as with a fact."""
    if figure.subject not in types:
        yield f"its subject '{figure.subject}' is unknown"
    if not figure.indicator.strip():
        yield "it does not say what it measures"
    try:
        canonical_decimal(figure.amount)
    except ValueError as error:
        yield str(error)
    yield from _evidence_faults(figure.evidence, texts)


def _merges(merges: Iterable[Merge], gate: _Gate) -> list[Merge]:
    good = [m for m in set(merges) if gate.passes(f"merge into {m.into}", (), _merge_faults(m, gate))]
    return sorted(good, key=lambda m: (m.into, m.absorbed, m.document, m.rule, m.score))


def _merge_faults(merge: Merge, gate: _Gate) -> Iterator[str]:
    if merge.into not in gate.types:
        yield f"the entity '{merge.into}' is unknown"
    if not merge.absorbed or not merge.rule:
        yield "the name that was absorbed or the rule is missing"
    if merge.document and merge.document not in gate.texts:
        yield f"the document '{merge.document}' is unknown"
    if not 0 <= merge.score <= 1:
        yield f"its score {merge.score} is not from 0 to 1"
