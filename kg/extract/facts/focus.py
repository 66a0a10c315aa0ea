"""Which meeting a sentence speaks of."""

from __future__ import annotations

from kg.extract.entities.known_meetings import main_meeting
from kg.extract.reading import Draft, Reading


def find_focus(reading: Reading) -> None:
    """For each sentence the meeting that it speaks of: one that it mentions, else the main one, else the last named."""
    main = main_meeting(reading)
    current: Draft | None = None
    for number, (first, past) in enumerate(reading.parse.sentences):
        spans = reading.spans_in(first, past, "Meeting")
        if spans:
            chosen = next((s for s in spans if s.draft is main), spans[0]).draft
            reading.focus[number] = chosen
            # A meeting mentioned in passing ("at an emergency summit in March") does not hold the next sentence.
            current = main if current is main else chosen
        elif (carried := current or main) is not None:
            reading.focus[number] = carried


def focus_at(reading: Reading, token: int) -> Draft | None:
    """The meeting that the token's sentence speaks of."""
    return reading.focus.get(reading.parse.sentence_of[token])


def meeting_in(reading: Reading, first: int, past: int, token: int) -> Draft | None:
    """The meeting named nearest to the token between `first` and `past`; else the one that its sentence speaks of."""
    spans = reading.spans_in(first, past, "Meeting")
    if spans:
        return min(spans, key=lambda s: abs(s.head - token)).draft
    return focus_at(reading, token)


_NOT_NOW = frozenset("next last previous upcoming forthcoming".split())


def is_reported(reading: Reading, main: Draft) -> bool:
    """Whether the text reports on the gathering itself: named at its beginning, and neither the next nor the last."""
    spans = [s for s in reading.spans if s.draft is main]
    first = min(s.first for s in spans)
    told = {w for s in spans for w in reading.parse.lower[max(0, s.first - 1) : s.head]}
    return reading.parse.sentence_of[first] <= 3 and told.isdisjoint(_NOT_NOW)
