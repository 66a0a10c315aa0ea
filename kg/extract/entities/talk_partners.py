"""Between whom talks were: "met A … also met B" are two meetings, and so are talks with A and talks with B."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.entities.meeting_phrases import MeetingPhrase
from kg.extract.reading import Draft, Reading

TWO_SIDED = frozenset(("bilateral-talks", "call"))


def partners_named(reading: Reading, c: MeetingPhrase) -> list[Draft]:
    """Who is named behind "talks | with", "the meeting | between": persons, up to the next verb."""
    parse = reading.parse
    if parse.lower[c.head + 1 : c.head + 2] not in (["with"], ["between"], ["of"]):
        return []
    _, past = parse.sentences[parse.sentence_of[c.head]]
    stop = next((i for i in range(c.head + 2, past) if parse.tags[i] in _NEXT_CLAUSE or parse.words[i] in ";:"), past)
    return [span.draft for span in reading.spans_in(c.head + 2, stop, "Leader")]


_NEXT_CLAUSE = frozenset("VBD VBZ VBP MD WDT WRB WP".split())


def are_others(reading: Reading, people: list[Draft], known: Draft) -> bool:
    """Whether one of the people was at talks of his own: neither he nor anybody of his country was at the known ones.

    "Ruto met Lourenço. Ruto also met Hichilema": that Ruto was at both does not make them one.
    """
    sides = _sides_of(reading, known)
    if len(sides) < 2:
        return False
    there = {id(side) for side in (*sides, *_states(reading, sides))}
    return any(id(person) not in there and there.isdisjoint(map(id, _states(reading, [person]))) for person in people)


def _sides_of(reading: Reading, known: Draft) -> list[Draft]:
    """The persons whom a verb has brought together; of "talks" and "a meeting" those that their sentence names."""
    if known.sides:
        return known.sides
    span = min((s for s in reading.spans if s.draft is known), key=lambda s: s.first, default=None)
    if span is None:
        return []
    sentence = reading.parse.sentences[reading.parse.sentence_of[span.head]]
    return list(dict.fromkeys(s.draft for s in reading.spans_in(*sentence, "Leader")))


def _states(reading: Reading, people: Iterable[Draft]) -> list[Draft]:
    return [s for p in people for s in reading.objects(p, "represents") if isinstance(s, Draft) and s.type == "Country"]
