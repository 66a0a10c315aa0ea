"""The working state while one document is read: entities under construction and the spans that name them.

Every step adds to a `Reading`; `assemble` turns it into the frozen `Extraction`. Nothing outside this room sees it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extract.parse import Parse
from kg.model import Document
from kg.vocabulary import PREDICATES


@dataclass(slots=True, eq=False)
class Draft:
    """An entity under construction. `names` counts every surface form that stands for it in this document."""

    type: str
    name: str
    names: Counter[str] = field(default_factory=Counter)
    attributes: dict[str, str] = field(default_factory=dict)
    seed: str | None = None
    forms: set[str] = field(default_factory=set)  # lower-case keys by which later mentions find it
    series: Draft | None = None  # of a meeting: the framework or organization whose meeting it is
    sides: list[Draft] = field(default_factory=list)  # of a meeting without a name: who came together


@dataclass(slots=True, eq=False)
class Span:
    """Tokens `first..past-1` that stand for a draft; `head` is the syntactic head among them.

    `kind`: "name", "adjective", "nominal" ("the meeting"), "verb" ("they met"), "pronoun"; `rule` is kept for
    `Mention.rule`.
    """

    first: int
    past: int
    head: int
    draft: Draft
    kind: str = "name"
    rule: str = ""


@dataclass(slots=True)
class DraftFact:
    """A fact before ids exist. `token` is where it is said: its sentence becomes the evidence."""

    subject: Draft
    predicate: str
    object: Draft | str
    token: int
    modality: str = "actual"
    confidence: float = 0.8
    rule: str = ""


@dataclass(slots=True)
class DraftFigure:
    """A figure before ids exist."""

    subject: Draft
    indicator: str
    amount: str
    unit: str
    period: str | None
    token: int


def _key(fact: DraftFact) -> tuple[int, str, int | str]:
    return id(fact.subject), fact.predicate, fact.object if isinstance(fact.object, str) else id(fact.object)


class Reading:
    """All that has been found in one document so far."""

    def __init__(self, document: Document, parse: Parse) -> None:
        self.document = document
        self.document_key = document.key
        self.parse = parse
        self.drafts: list[Draft] = []
        self.spans: list[Span] = []
        self.facts: list[DraftFact] = []
        self.figures: list[DraftFigure] = []
        self.owner: list[Span | None] = [None] * len(parse)  # the outermost span over each token
        self.topic_hits: list[tuple[int, int, str]] = []  # first, past token and topic key of each name in the scheme
        self.focus: dict[int, Draft] = {}  # sentence -> the meeting that it speaks of
        self._seen: set[tuple[int, str, int | str]] = set()

    def draft(self, type: str, name: str, *, seed: str | None = None) -> Draft:
        """A new entity of this document."""
        made = Draft(type, name, seed=seed)
        self.drafts.append(made)
        return made

    def place_named(self, name: str) -> Draft:
        """The place of this document with that name, new or known."""
        for draft in self.of_type("Place"):
            if name == draft.name or name in draft.names:
                return draft
        return self.draft("Place", name)

    def mention(
        self, draft: Draft, first: int, past: int, *, head: int | None = None, kind: str = "name", rule: str = ""
    ) -> Span:
        """Record that tokens `first..past-1` stand for `draft`; the longest span over a token owns it."""
        head = self.syntactic_head(first, past) if head is None else head
        span = Span(first, past, head, draft, kind, rule)
        self.spans.append(span)
        if kind not in ("pronoun", "verb"):
            draft.names[self.parse.quote(first, past)] += 1
        for i in range(first, past):
            holder = self.owner[i]
            if holder is None or past - first > holder.past - holder.first:
                self.owner[i] = span
        return span

    def syntactic_head(self, first: int, past: int) -> int:
        """The token of the span whose own head lies outside of it; the last such one."""
        heads = self.parse.heads
        for i in range(past - 1, first - 1, -1):
            if not first <= heads[i] < past or heads[i] == i:
                return i
        return past - 1

    def type_at(self, token: int) -> str | None:
        """The type of what the token stands for, as part of its outermost span; None past the end of the text."""
        span = self.owner[token] if token < len(self.owner) else None
        return None if span is None else span.draft.type

    def kind_at(self, token: int) -> str | None:
        """The kind of the outermost span over the token: "name", "adjective", "nominal", "pronoun"."""
        span = self.owner[token] if token < len(self.owner) else None
        return None if span is None else span.kind

    def spans_in(self, first: int, past: int, *types: str) -> list[Span]:
        """Outermost spans of these types that begin within the tokens, in order of the text."""
        found: list[Span] = []
        i = first
        while i < past:
            span = self.owner[i]
            if span is None:
                i += 1
                continue
            if not types or span.draft.type in types:
                found.append(span)
            i = max(span.past, i + 1)
        return found

    def all_in(self, first: int, past: int, *types: str) -> Iterator[Span]:
        """Every span, nested ones too, that lies within the tokens."""
        for span in self.spans:
            if first <= span.first and span.past <= past and (not types or span.draft.type in types):
                yield span

    def say(
        self,
        subject: Draft,
        predicate: str,
        object: Draft | str,
        token: int,
        *,
        rule: str,
        modality: str = "actual",
        confidence: float = 0.8,
    ) -> None:
        """Record a fact once a document, if the vocabulary allows its ends; others are dropped without a word."""
        allowed = PREDICATES[predicate]
        if subject.type not in allowed.domain or subject is object:
            return
        if isinstance(object, Draft) and object.type not in allowed.range:
            return
        key = (id(subject), predicate, object if isinstance(object, str) else id(object))
        if allowed.symmetric and isinstance(object, Draft) and (id(object), predicate, id(subject)) in self._seen:
            return
        if key in self._seen:
            return
        self._seen.add(key)
        self.facts.append(DraftFact(subject, predicate, object, token, modality, confidence, rule))

    def forget(self, facts: list[DraftFact]) -> None:
        """Take facts back, so that they can be said again."""
        gone = {id(fact) for fact in facts}
        self.facts = [fact for fact in self.facts if id(fact) not in gone]
        for fact in facts:
            self._seen.discard(_key(fact))

    def keep(self, fact: DraftFact) -> None:
        """Say a fact again that was taken back, as it was."""
        self._seen.add(_key(fact))
        self.facts.append(fact)

    def figure(self, subject: Draft, indicator: str, amount: str, unit: str, period: str | None, token: int) -> None:
        """Record a figure once a document."""
        known = {(id(f.subject), f.indicator, f.amount, f.unit) for f in self.figures}
        if (id(subject), indicator, amount, unit) not in known:
            self.figures.append(DraftFigure(subject, indicator, amount, unit, period, token))

    def objects(self, subject: Draft, predicate: str) -> list[Draft | str]:
        """What has been said so far of a subject."""
        return [fact.object for fact in self.facts if fact.subject is subject and fact.predicate == predicate]

    def subjects(self, predicate: str, object: Draft) -> list[Draft]:
        """Of whom it has been said so far."""
        return [fact.subject for fact in self.facts if fact.object is object and fact.predicate == predicate]

    def of_type(self, *types: str) -> list[Draft]:
        """The drafts of these types, in order of first mention."""
        return [draft for draft in self.drafts if draft.type in types]

    def unite(self, kept: Draft, other: Draft) -> None:
        """Two drafts turned out to be one: spans, names and facts of `other` go to `kept`."""
        kept.names.update(other.names)
        kept.names[other.name] += 0
        kept.forms |= other.forms
        for span in self.spans:
            if span.draft is other:
                span.draft = kept
        for fact in self.facts:
            if fact.subject is other:
                fact.subject = kept
            if fact.object is other:
                fact.object = kept
        once = {_key(fact): fact for fact in reversed(self.facts)}
        self.facts = [fact for fact in self.facts if once[_key(fact)] is fact]
        self._seen |= once.keys()
        self.drafts = [d for d in self.drafts if d is not other]
        self.focus = {number: kept if d is other else d for number, d in self.focus.items()}
