"""The model as N-Triples: one block of lines per node, each holding every statement about that node.

Lines are built as text, not as RDF terms: a term per triple would cost more than loading it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.model import Document, Entity, Fact, Figure, Knowledge, Mention, Merge, digest
from kg.store.dates import first_day, is_date, last_day
from kg.store.edges import direct_edges
from kg.store.manifest import BuildRecord
from kg.store.terms import (
    DCTERMS,
    PROV,
    RDFS,
    SKOS,
    TYPE,
    XSD,
    coop,
    date_literal,
    day_literal,
    decimal_literal,
    integer_literal,
    resource,
    score_literal,
    text_literal,
)
from kg.vocabulary import ACTOR_TYPES, FRAMEWORK_KINDS, MEETING_KINDS, MODALITIES, STATUSES

CONCEPT_SCHEMES: Mapping[str, tuple[str, ...]] = {
    "MeetingKinds": MEETING_KINDS,
    "FrameworkKinds": FRAMEWORK_KINDS,
    "Modalities": MODALITIES,
    "Statuses": STATUSES,
}

_KIND_PROPERTIES = {"Meeting": "meetingKind", "Framework": "frameworkKind"}
_DAY_ATTRIBUTES = ("earliest", "latest")

LABEL, ALT_LABEL = f"<{RDFS}label>", f"<{SKOS}altLabel>"
DERIVED, GENERATED = f"<{PROV}wasDerivedFrom>", f"<{PROV}wasGeneratedBy>"
STARTED, ENDED = f"<{PROV}startedAtTime>", f"<{PROV}endedAtTime>"
_C = {
    name: coop(name)
    for name in (
        "absorbed againstSeed amount begin confidence contradicts earliest end happened inDocument indicator latest "
        "mentions modality object period predicate quote reported rule status subject unit until value"
    ).split()
}


class Block(NamedTuple):
    """All statements about one node: its id, its kind ("facts", "mentions" …) and its lines of N-Triples."""

    id: str
    kind: str
    lines: str


def blocks(knowledge: Knowledge, build: BuildRecord) -> Iterator[Block]:
    """The whole graph, in an order that depends on its content alone."""
    yield _build_block(build)
    yield from _concept_blocks()
    for document in knowledge.documents:
        yield _document_block(document)
    yield from _entity_blocks(knowledge)
    yield from _mention_blocks(knowledge)
    generated = f"{GENERATED} {resource(build.id)} .\n"
    for fact in knowledge.facts:
        yield _fact_block(fact, generated)
    for figure in knowledge.figures:
        yield _figure_block(figure, generated)
    yield from _merge_blocks(knowledge.merges)


def _build_block(build: BuildRecord) -> Block:
    subject = resource(build.id)
    lines = [
        f"{subject} {TYPE} {coop('Build')} .\n",
        f"{subject} {coop('version')} {text_literal(build.version)} .\n",
        f"{subject} {coop('model')} {text_literal(build.model)} .\n",
        f"{subject} {coop('ruleSet')} {text_literal(build.rule_set)} .\n",
    ]
    for predicate, moment in ((STARTED, build.started), (ENDED, build.ended)):
        if moment:
            lines.append(f'{subject} {predicate} "{moment}"^^<{XSD}dateTime> .\n')
    return Block(build.id, "builds", "".join(lines))


def _concept_blocks() -> Iterator[Block]:
    # Queries want the words: `?m coop:meetingKind/skos:prefLabel "summit"`.
    for scheme, names in CONCEPT_SCHEMES.items():
        for name in names:
            subject = coop(name)
            lines = (
                f"{subject} {TYPE} <{SKOS}Concept> .\n"
                f"{subject} <{SKOS}prefLabel> {text_literal(name.replace('-', ' '))} .\n"
                f"{subject} <{SKOS}inScheme> {coop(scheme)} .\n"
            )
            yield Block(name, "concepts", lines)


def _document_block(document: Document) -> Block:
    id_ = f"document/{document.key}"
    subject = resource(id_)
    lines = [
        f"{subject} {TYPE} {coop('Document')} .\n",
        f"{subject} <{DCTERMS}identifier> {text_literal(document.id)} .\n",
        f"{subject} {coop('sha256')} {text_literal(digest(document.text))} .\n",
    ]
    for name, value in (("title", document.title), ("publisher", document.publisher), ("source", document.source)):
        if value:
            lines.append(f"{subject} <{DCTERMS}{name}> {text_literal(value)} .\n")
    if document.published:
        lines.append(f"{subject} <{DCTERMS}issued> {date_literal(document.published)} .\n")
    return Block(id_, "documents", "".join(lines))


# ---------------------------------------------------------------- entities and the direct edges


def _entity_blocks(knowledge: Knowledge) -> Iterator[Block]:
    edges = _edge_statements(knowledge.facts)
    merged: dict[str, list[str]] = defaultdict(list)
    for merge in knowledge.merges:
        merged[merge.into].append(f"{coop('mergedFrom')} {resource(merge_id(merge))}")
    for entity in knowledge.entities:
        statements = [*_entity_statements(entity), *sorted(set(merged[entity.id])), *sorted(edges.get(entity.id, ()))]
        subject = resource(entity.id)
        yield Block(entity.id, "entities", "".join(f"{subject} {statement} .\n" for statement in statements))


def _entity_statements(entity: Entity) -> Iterator[str]:
    yield f"{TYPE} {coop(entity.type)}"
    if entity.type in ACTOR_TYPES:
        yield f"{TYPE} {coop('Actor')}"
    yield f"{LABEL} {text_literal(entity.name)}"
    for alias in dict.fromkeys(entity.aliases):
        yield f"{ALT_LABEL} {text_literal(alias)}"
    if entity.seed:
        yield f"{coop('seed')} {text_literal(entity.seed)}"
    for name, value in sorted(entity.attributes.items()):
        if value:
            yield _attribute(entity.type, name, value)


def _attribute(type_: str, name: str, value: str) -> str:
    if name == "kind":
        return f"{coop(_KIND_PROPERTIES[type_])} {coop(value)}"
    if name == "country":
        return f"{coop('inCountry')} {resource(value)}"
    if name in _DAY_ATTRIBUTES:
        return f"{_C[name]} {day_literal(value)}"
    return f"{coop(name)} {text_literal(value)}"


def _edge_statements(facts: Iterable[Fact]) -> dict[str, set[str]]:
    edges: dict[str, set[str]] = defaultdict(set)
    for subject, name, fact, back in direct_edges(facts):
        edges[subject].add(f"{coop(name)} {resource(fact.subject) if back else _target(fact)}")
    return edges


def _target(fact: Fact) -> str:
    if fact.object is not None:
        return resource(fact.object)
    value = fact.value or ""
    return date_literal(value) if fact.predicate == "heldOn" else text_literal(value)


# ---------------------------------------------------------------- mentions


def mention_id(mention: Mention) -> str:
    return f"mention/{mention.document}-{mention.begin}-{mention.end}"


def _mention_blocks(knowledge: Knowledge) -> Iterator[Block]:
    """One block a span: the same words can be evidence for many facts and name an entity at once."""
    quotes: dict[tuple[str, int, int], str] = {}
    extra: dict[tuple[str, int, int], set[str]] = defaultdict(set)
    for entity in knowledge.entities:
        names = f"{_C['mentions']} {resource(entity.id)}"
        for mention in entity.mentions:
            span = (mention.document, mention.begin, mention.end)
            quotes[span] = mention.quote
            extra[span].add(names)
            if mention.rule:
                extra[span].add(f"{_C['rule']} {text_literal(mention.rule)}")
    claims: list[Fact | Figure] = [*knowledge.facts, *knowledge.figures]
    for claim in claims:
        for mention in claim.evidence:
            quotes[mention.document, mention.begin, mention.end] = mention.quote
    for span in sorted(quotes):
        yield _mention_block(span, quotes[span], sorted(extra.get(span, ())))


def _mention_block(span: tuple[str, int, int], quote: str, extra: list[str]) -> Block:
    document, begin, end = span
    id_ = f"mention/{document}-{begin}-{end}"
    subject = resource(id_)
    lines = (
        f"{subject} {TYPE} {coop('Mention')} .\n"
        f"{subject} {_C['inDocument']} {resource('document/' + document)} .\n"
        f"{subject} {_C['begin']} {integer_literal(begin)} .\n"
        f"{subject} {_C['end']} {integer_literal(end)} .\n"
        f"{subject} {_C['quote']} {text_literal(quote)} .\n"
    )
    return Block(id_, "mentions", lines + "".join(f"{subject} {statement} .\n" for statement in extra))


# ---------------------------------------------------------------- facts, figures, merges


def _fact_block(fact: Fact, generated: str) -> Block:
    id_ = f"fact/{fact.key}"
    s = resource(id_)
    what = f"{_C['object']} {resource(fact.object)}" if fact.object is not None else f"{_C['value']} {_target(fact)}"
    lines = [
        f"{s} {TYPE} {coop('Fact')} .\n"
        f"{s} {_C['subject']} {resource(fact.subject)} .\n"
        f"{s} {_C['predicate']} {coop(fact.predicate)} .\n"
        f"{s} {what} .\n"
        f"{s} {_C['modality']} {coop(fact.modality)} .\n"
        f"{s} {_C['status']} {coop(fact.status)} .\n"
        f"{s} {_C['confidence']} {score_literal(fact.confidence)} .\n"
        f"{s} {generated}"
    ]
    if fact.happened:
        lines += [f"{s} {statement} .\n" for statement in _happened(fact.happened)]
    if fact.reported:
        lines.append(f"{s} {_C['reported']} {date_literal(fact.reported)} .\n")
    if fact.rule:
        lines.append(f"{s} {_C['rule']} {text_literal(fact.rule)} .\n")
    lines += [f"{s} {_C['contradicts']} {resource('fact/' + key)} .\n" for key in sorted(set(fact.contradicts))]
    lines += [f"{s} {_C['againstSeed']} {text_literal(row)} .\n" for row in sorted(set(fact.against))]
    return Block(id_, "facts", "".join(lines) + _evidence(s, fact.evidence))


def _happened(happened: str) -> Iterator[str]:
    begin, _, end = happened.partition("/")
    yield f"{_C['happened']} {date_literal(begin)}"
    if end:
        yield f"{_C['until']} {date_literal(end)}"
    yield f"{_C['earliest']} {day_literal(first_day(happened))}"
    yield f"{_C['latest']} {day_literal(last_day(happened))}"


def _evidence(subject: str, evidence: Iterable[Mention]) -> str:
    ids = sorted({mention_id(mention) for mention in evidence})
    return "".join(f"{subject} {DERIVED} {resource(id_)} .\n" for id_ in ids)


def _figure_block(figure: Figure, generated: str) -> Block:
    id_ = f"figure/{figure.key}"
    s = resource(id_)
    lines = [
        f"{s} {TYPE} {coop('Figure')} .\n"
        f"{s} {_C['subject']} {resource(figure.subject)} .\n"
        f"{s} {_C['indicator']} {text_literal(figure.indicator)} .\n"
        f"{s} {_C['amount']} {decimal_literal(figure.amount)} .\n"
        f"{s} {_C['unit']} {text_literal(figure.unit)} .\n"
        f"{s} {generated}"
    ]
    if figure.period:
        period = date_literal(figure.period) if is_date(figure.period) else text_literal(figure.period)
        lines.append(f"{s} {_C['period']} {period} .\n")
    if figure.reported:
        lines.append(f"{s} {_C['reported']} {date_literal(figure.reported)} .\n")
    return Block(id_, "figures", "".join(lines) + _evidence(s, figure.evidence))


def merge_id(merge: Merge) -> str:
    parts = (merge.into, merge.absorbed, merge.document, merge.rule, f"{merge.score:.6f}")
    return f"merge/{digest(chr(0x1F).join(parts), 16)}"


def _merge_blocks(merges: Iterable[Merge]) -> Iterator[Block]:
    for id_, merge in sorted({merge_id(merge): merge for merge in merges}.items()):
        s = resource(id_)
        lines = (
            f"{s} {TYPE} {coop('Merge')} .\n"
            f"{s} {_C['absorbed']} {text_literal(merge.absorbed)} .\n"
            f"{s} {_C['rule']} {text_literal(merge.rule)} .\n"
            f"{s} {coop('score')} {score_literal(merge.score)} .\n"
        )
        if merge.document:
            lines += f"{s} {_C['inDocument']} {resource('document/' + merge.document)} .\n"
        yield Block(id_, "merges", lines)
