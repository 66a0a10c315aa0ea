"""Between whom talks were: "met A … also met B" are two meetings, and so are talks with A and talks with B."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.entities.meeting_phrases import MeetingPhrase
from kg.extract.reading import Draft, Reading

TWO_SIDED = frozenset(("bilateral-talks", "call"))


def partners_named(reading: Reading, c: MeetingPhrase) -> list[Draft]:
    """Who is named behind "talks | with", "the meeting | between": persons, else "the Belgian PM"."""
    parse = reading.parse
    if parse.lower[c.head + 1 : c.head + 2] not in (["with"], ["between"]):
        return []
    # "After a meeting between chancellors, the minister, A, said": he is not one of them.
    _, past = parse.subtree(c.head + 1)
    stop = next((i for i in range(c.head + 2, past) if parse.tags[i] in _NEXT_CLAUSE or parse.words[i] in ";:"), past)
    leaders = [span.draft for span in reading.spans_in(c.head + 2, stop, "Leader")]
    states = reading.spans_in(c.head + 2, min(stop, c.head + 5), "Country")
    if leaders:
        return leaders
    # "with the Belgian PM", "with his Russian counterpart", "with the Myanmar president"
    return [
        s.draft
        for s in states
        if not _OFFICES.isdisjoint(parse.lower[s.past : s.past + (3 if s.kind == "adjective" else 1)])
    ]


_NEXT_CLAUSE = frozenset("VBD VBZ VBP MD WDT WRB WP".split())
_OFFICES = frozenset(
    "pm fm minister president premier counterpart chancellor king emir secretary leader ambassador chief".split()
)


def are_others(reading: Reading, people: list[Draft], known: Draft) -> bool:
    """Whether one of the people was at talks of his own: neither he nor anybody of his country was at the known ones.

    "Ruto met Lourenço. Ruto also met Hichilema": that Ruto was at both does not make them one.
    """
    sides = sides_of(reading, known)
    if not sides:
        return False
    states = states_of(reading, sides)
    there = {id(side) for side in (*sides, *states)}
    if len(states) < len(sides):
        people = [p for p in people if p.type == "Leader"]  # one of them may be "the Belgian PM"
    return any(id(person) not in there and there.isdisjoint(map(id, states_of(reading, [person]))) for person in people)


def are_of_three(reading: Reading, known: Draft) -> bool:
    """Whether "the trilateral meeting" can be these talks: three states are named where they are told first."""
    parse = reading.parse
    first = min((s for s in reading.spans if s.draft is known), key=lambda s: s.first)
    sentence = parse.sentences[parse.sentence_of[first.head]]
    return len({id(s.draft) for s in reading.spans_in(*sentence, "Country")}) == 3


def sides_of(reading: Reading, known: Draft) -> list[Draft]:
    """The persons whom a verb has brought together; of "talks" and "a meeting" those that their sentence names."""
    if known.sides:
        return known.sides
    span = min((s for s in reading.spans if s.draft is known), key=lambda s: s.first, default=None)
    if span is None:
        return []
    parse = reading.parse
    sentence = parse.sentences[parse.sentence_of[span.head]]
    sides = list(dict.fromkeys(s.draft for s in reading.spans_in(*sentence, "Leader")))
    # "A went to Oslo for talks": B may have been there too.
    return sides if len(sides) > 1 or parse.lower[span.head + 1 : span.head + 2] == ["with"] else []


def states_of(reading: Reading, people: Iterable[Draft]) -> list[Draft]:
    return [s for p in people for s in reading.objects(p, "represents") if isinstance(s, Draft) and s.type == "Country"]
