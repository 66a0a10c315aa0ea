"""The pairs of a report that could be facts: who and what stands together in a sentence, or with the meeting that a
sentence speaks of without naming it."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from kg.extract.entities.actors import Actors
from kg.extract.entities.topic_phrases import LIGHT, LIGHT_ALONE, PEOPLE, STOP_HEADS
from kg.extract.parse import Parse
from kg.extract.reading import Draft, Reading, Span
from kg.extract.relations.cues import cues_of
from kg.read.dates import DateExpression
from kg.vocabulary import ENTITY_TYPES, PREDICATES

DATE = "Date"


@dataclass(frozen=True, slots=True)
class TopicPhrase:
    """A noun phrase that could be a topic: not yet a draft, since most are none. `key` is a concept's, or None."""

    first: int
    past: int
    key: str | None
    name: str


End = Draft | TopicPhrase | str


@dataclass(slots=True, eq=False)
class Point:
    """A place in a sentence that stands for one end of a pair. `token` is -1 for a meeting that is only implied."""

    end: End
    type: str
    token: int
    first: int
    past: int
    kind: str
    list_head: int = -1  # the first member of the list that it stands in; -1 where it stands alone
    key: Hashable = None

    def __post_init__(self) -> None:
        self.key = end_key(self.end)


@dataclass(slots=True, eq=False)
class Candidate:
    """Two ends, the predicates that the vocabulary allows between them, and the places where they stand together."""

    subject: End
    object: End
    subject_type: str
    object_type: str
    subject_key: Hashable
    object_key: Hashable
    predicates: tuple[str, ...]
    places: list[tuple[int, Point, Point]] = field(default_factory=list)  # sentence, subject, object


@functools.cache
def predicates_between(subject: str, object: str) -> tuple[str, ...]:
    """The predicates whose domain and range hold these types; a date is the value of `heldOn`."""
    if object == DATE:
        return ("heldOn",) if subject == "Meeting" else ()
    return tuple(p.name for p in PREDICATES.values() if subject in p.domain and object in p.range)


def end_key(end: End) -> Hashable:
    """What makes two ends the same: a draft itself, a topic's concept or words, a date's text."""
    if isinstance(end, TopicPhrase):
        return end.key or end.name
    return end if isinstance(end, str) else id(end)


Askable = dict[str, dict[str, tuple[str, ...]]]
# Two people or two states stand together in many sentences: only a word of meeting or cooperation makes it a question.
_ASKED_BY_CUE = frozenset(("met", "cooperatesWith"))


@functools.cache
def _askable(cued: frozenset[str]) -> Askable:
    """Type of the subject -> type of the object -> the predicates between them, where there are any.

    `cued` holds those of `_ASKED_BY_CUE` that a word of the sentence speaks of.
    """
    types = (*ENTITY_TYPES, DATE)
    unasked = {(predicate,) for predicate in _ASKED_BY_CUE - cued}
    table = {s: {o: found for o in types if (found := predicates_between(s, o)) not in ((), *unasked)} for s in types}
    return {subject: objects for subject, objects in table.items() if objects}


def _cued(parse: Parse, number: int) -> frozenset[str]:
    """Which of `_ASKED_BY_CUE` the words of a sentence speak of."""
    first, past = parse.sentences[number]
    return _ASKED_BY_CUE.intersection(chain.from_iterable(map(cues_of, parse.lower[first:past])))


def find_candidates(reading: Reading, actors: Actors, dates: list[DateExpression]) -> list[Candidate]:
    """All pairs, in order of the text. A pair that stands in several places is one candidate."""
    points = _points(reading, actors, dates)
    found: dict[tuple[Hashable, Hashable], Candidate] = {}
    before: list[Point] = []
    for number in range(len(reading.parse.sentences)):
        here = points.get(number, [])
        askable = _askable(_cued(reading.parse, number))
        for a, b, predicates in _pairs(here, _implied(reading, number, here), before, askable):
            key = (a.key, b.key)
            candidate = found.get(key)
            if candidate is None:
                if a.type == b.type and (b.key, a.key) in found:
                    continue  # symmetric predicates: one direction; a meeting's part and whole are told by features
                candidate = found[key] = Candidate(a.end, b.end, a.type, b.type, *key, predicates)
            candidate.places.append((number, a, b))
        before = here
    return list(found.values())


Pair = tuple[Point, Point, tuple[str, ...]]
# An adjective or a name inside another name proposes and pledges nothing.
_PROPOSING = frozenset(("name", "role", "pronoun", "nominal"))


def _pairs(here: list[Point], implied: list[Point], before: list[Point], askable: Askable) -> Iterator[Pair]:
    """Two points of different ends, with the predicates that may hold between them."""
    there = here + implied
    for a in there:
        objects = askable.get(a.type)
        if objects is None:
            continue
        with_topics = a.type == "Meeting" or a.kind in _PROPOSING
        for b in there if a.token >= 0 else here:
            predicates = objects.get(b.type)
            if predicates is not None and a.end is not b.end and (with_topics or b.type != "Topic"):
                yield a, b, predicates
    # "They signed four papers. These were a protocol on …": the signers stand in the sentence before.
    earlier_ends = list({p.key: p for p in before if _stands_alone(p)}.values())[-_MAX_BEFORE:]
    later_ends = list({p.key: p for p in reversed(here) if _stands_alone(p)}.values())[-_MAX_BEFORE:]
    for one in earlier_ends:
        for other in later_ends:
            for a, b in ((one, other), (other, one)):
                predicates = askable.get(a.type, {}).get(b.type)
                if predicates is not None and a.end is not b.end:
                    yield a, b, predicates


_MAX_BEFORE = 8  # ends of a sentence that are paired with those of the next
_ACROSS = frozenset(("Leader", "Country", "Organization", "Framework", "Project"))


def _stands_alone(point: Point) -> bool:
    return point.type in _ACROSS and point.kind in ("name", "nominal", "role")


def _implied(reading: Reading, number: int, here: list[Point]) -> list[Point]:
    meeting = reading.focus.get(number)
    if meeting is None or any(p.end is meeting for p in here):
        return []
    return [Point(meeting, "Meeting", -1, -1, -1, "implied")]


def _points(reading: Reading, actors: Actors, dates: list[DateExpression]) -> dict[int, list[Point]]:
    parse = reading.parse
    found: dict[int, list[Point]] = {}
    seen: set[tuple[int, int]] = set()

    lists = {id(span): chain[0].head for chain in actors.groups.values() for span in chain}

    def add(point: Point, span: Span | None = None) -> None:
        point.list_head = lists.get(id(span), _first_of_list(parse, point.token))
        found.setdefault(parse.sentence_of[point.token], []).append(point)

    for span in sorted(reading.spans, key=lambda s: (s.first, -s.past)):
        owner = reading.owner[span.first]
        kind = span.kind if owner is span or owner is None else f"in {owner.draft.type}"
        if (span.head, id(span.draft)) in seen or span.draft.type == "Topic":
            continue
        seen.add((span.head, id(span.draft)))
        add(Point(span.draft, span.draft.type, span.head, span.first, span.past, kind), span)
    for token in range(len(parse)):
        if reading.owner[token] is None and parse.deps[token] in _ROLES and parse.tags[token][0] in "NPD":
            for draft in actors.at(token):
                if (token, id(draft)) not in seen:
                    seen.add((token, id(draft)))
                    kind = "pronoun" if parse.tags[token].startswith("PRP") else "role"
                    add(Point(draft, draft.type, token, token, token + 1, kind))
    for expression in dates:
        if expression.kind != "period":
            first, past = parse.tokens_between(expression.begin, expression.end)
            if first < past:
                add(Point(expression.value, DATE, past - 1, first, past, expression.kind))
    for phrase in _topic_phrases(reading):
        add(Point(phrase, "Topic", phrase.past - 1, phrase.first, phrase.past, "scheme" if phrase.key else "phrase"))
    for here in found.values():
        sizes = Counter(point.list_head for point in here)
        for point in here:
            if sizes[point.list_head] == 1:
                point.list_head = -1
    return found


def _first_of_list(parse: Parse, token: int) -> int:
    """The first conjunct of the list that a token belongs to; the token itself where it stands alone."""
    for _ in range(20):
        if parse.deps[token] != "conj":
            break
        token = parse.heads[token]
    return token


_ROLES = frozenset("nsubj nsubjpass dobj pobj conj appos agent poss dative attr".split())


def _topic_phrases(reading: Reading) -> list[TopicPhrase]:
    """What the rules read as topics, fields of the scheme wherever they stand, and every other noun phrase that could
    be what was talked about."""
    parse = reading.parse
    taken = [False] * len(parse)
    found = []
    for span in reading.spans:
        if span.draft.type == "Topic" and not taken[span.first]:
            draft = span.draft
            found.append(TopicPhrase(span.first, span.past, draft.seed, draft.name.lower()))
            taken[span.first : span.past] = [True] * (span.past - span.first)
    for first, past, key in reading.topic_hits:
        if reading.type_at(first) in (None, "Topic") and not any(taken[first:past]):
            found.append(TopicPhrase(first, past, key, parse.quote(first, past).lower()))
            taken[first:past] = [True] * (past - first)
    for head in range(len(parse)):
        if taken[head] or parse.tags[head] not in ("NN", "NNS") or parse.deps[head] not in _ROLES:
            continue
        if reading.type_at(head) not in (None, "Topic") or parse.lower[head] in STOP_HEADS | PEOPLE:
            continue
        first = _modified(reading, head)
        if parse.lower[head] in LIGHT and LIGHT_ALONE.issuperset(parse.lower[first:head]):
            continue  # "the increase of hybrid threats", "topics on the agenda": the matter is behind it
        past = _with_phrase(reading, head)
        if not any(taken[first:past]):
            taken[first:past] = [True] * (past - first)
            found.append(TopicPhrase(first, past, None, " ".join(parse.quote(first, past).lower().split())))
    return found


_MODIFIERS = frozenset(("compound", "amod", "nmod"))
_MAX_TOPIC = 6  # words of a topic: the guidelines of the gold


def _modified(reading: Reading, head: int) -> int:
    """The first token of the modifiers directly before a noun: "cross-border power trade"."""
    parse = reading.parse
    first = head
    while first > 0 and head - first < _MAX_TOPIC - 1:
        i = first - 1
        joined = parse.words[i] == "-" or (parse.deps[i] in _MODIFIERS and parse.tags[i] not in ("CD", "PRP$"))
        if not joined or reading.type_at(i) not in (None, "Topic", "Country"):
            break
        first = i
    while first < head and parse.words[first] == "-":
        first += 1
    return first


def _with_phrase(reading: Reading, head: int) -> int:
    """Past the noun, or past the short phrase behind it: "rules for migrants", "cap on workers"."""
    parse = reading.parse
    if parse.lower[head + 1 : head + 2] and parse.lower[head + 1] in ("of", "for", "on", "between"):
        for child in parse.children[head + 1]:
            noun = parse.deps[child] == "pobj" and parse.tags[child] in ("NN", "NNS")
            if noun and child - head <= 4 and reading.type_at(child) in (None, "Topic"):
                return child + 1
    return head + 1
