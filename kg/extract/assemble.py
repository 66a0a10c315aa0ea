"""From a `Reading` to the frozen `Extraction`: local ids, sorted aliases, mentions, evidence sentences."""

from __future__ import annotations

from types import MappingProxyType

from kg.extract.reading import Draft, DraftFact, DraftFigure, Reading, Span
from kg.model import Entity, Extraction, Fact, Figure, Mention
from kg.vocabulary import PREDICATES


def assemble(reading: Reading) -> Extraction:
    """Ids run "e1", "e2" … in order of first mention; facts in order of the text."""
    kept = _worth_keeping(reading)
    ids = {id(draft): f"e{number}" for number, draft in enumerate(kept, start=1)}
    held = {id(f.subject): f.object for f in reading.facts if f.predicate == "heldOn" and isinstance(f.object, str)}
    spans: dict[int, list[Span]] = {}
    for span in reading.spans:
        spans.setdefault(id(span.draft), []).append(span)
    entities = tuple(_entity(reading, d, ids[id(d)], spans[id(d)], held.get(id(d))) for d in kept)
    facts = tuple(_fact(reading, fact, ids, held) for fact in reading.facts if _ends_kept(fact, ids))
    figures = tuple(_figure(reading, figure, ids) for figure in reading.figures if id(figure.subject) in ids)
    return Extraction(reading.document, entities, facts, figures)


def _worth_keeping(reading: Reading) -> list[Draft]:
    """Every draft that a span names, in order of first mention; topics only when a fact speaks of them."""
    first: dict[int, int] = {}
    for span in reading.spans:
        key = id(span.draft)
        first[key] = min(first.get(key, span.first), span.first)
    used = {id(end) for fact in reading.facts for end in (fact.subject, fact.object)}
    kept = [d for d in reading.drafts if id(d) in first and (d.type != "Topic" or id(d) in used)]
    return sorted(kept, key=lambda d: (first[id(d)], d.type, d.name))


def _ends_kept(fact: DraftFact, ids: dict[int, str]) -> bool:
    return id(fact.subject) in ids and (isinstance(fact.object, str) or id(fact.object) in ids)


def _mention(reading: Reading, begin: int, end: int, rule: str = "") -> Mention:
    return Mention(reading.document_key, begin, end, reading.document.text[begin:end], rule)


def _entity(reading: Reading, draft: Draft, name: str, spans: list[Span], held_on: str | None) -> Entity:
    parse = reading.parse
    places = dict.fromkeys((s.first, s.past, s.rule) for s in sorted(spans, key=lambda s: (s.first, s.past)))
    mentions = tuple(_mention(reading, parse.begins[first], parse.ends[past - 1], rule) for first, past, rule in places)
    aliases = tuple(sorted({" ".join(form.split()) for form in draft.names} - {draft.name, ""}))
    attributes = dict(draft.attributes)
    if draft.series is not None:
        attributes["series"] = draft.series.seed or draft.series.name
    if held_on:
        attributes["earliest"], attributes["latest"] = date_bounds(held_on)
    return Entity(
        name, draft.type, draft.name, aliases, MappingProxyType(dict(sorted(attributes.items()))), mentions, draft.seed
    )


def date_bounds(value: str) -> tuple[str, str]:
    """The first and the last day of an ISO date that may be partial or an interval.

    >>> date_bounds("2024-02"), date_bounds("2021-09-06/2021-09-15")
    (('2024-02-01', '2024-02-29'), ('2021-09-06', '2021-09-15'))
    """
    from calendar import monthrange

    start, _, end = value.partition("/")
    end = end or start
    earliest = start + {4: "-01-01", 7: "-01"}.get(len(start), "")
    if len(end) == 4:
        latest = end + "-12-31"
    elif len(end) == 7:
        latest = f"{end}-{monthrange(int(end[:4]), int(end[5:]))[1]:02d}"
    else:
        latest = end
    return earliest, latest


def _evidence(reading: Reading, token: int) -> tuple[Mention, ...]:
    parse = reading.parse
    return (_mention(reading, *parse.evidence(parse.sentence_of[token])),)


def _fact(reading: Reading, fact: DraftFact, ids: dict[int, str], held: dict[int, str]) -> Fact:
    symmetric = PREDICATES[fact.predicate].symmetric
    subject = ids[id(fact.subject)]
    object = None if isinstance(fact.object, str) else ids[id(fact.object)]
    if symmetric and object is not None and int(object[1:]) < int(subject[1:]):
        subject, object = object, subject
    value = fact.object if isinstance(fact.object, str) else None
    return Fact(
        subject,
        fact.predicate,
        object,
        value,
        _evidence(reading, fact.token),
        modality=fact.modality,
        happened=_happened(fact, held),
        reported=reading.document.published,
        confidence=fact.confidence,
        rule=fact.rule,
    )


def _happened(fact: DraftFact, held: dict[int, str]) -> str | None:
    """The date of the meeting that the fact speaks of; a date that the text does not hold is never guessed."""
    if fact.predicate == "heldOn" and isinstance(fact.object, str):
        return fact.object
    for end in (fact.object, fact.subject):
        if isinstance(end, Draft) and end.type == "Meeting":
            return held.get(id(end))
    return None


def _figure(reading: Reading, figure: DraftFigure, ids: dict[int, str]) -> Figure:
    evidence = _evidence(reading, figure.token)
    subject = ids[id(figure.subject)]
    return Figure(
        subject, figure.indicator, figure.amount, figure.unit, figure.period, evidence, reading.document.published
    )
