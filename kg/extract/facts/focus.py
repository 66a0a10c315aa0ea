"""Which meeting a sentence speaks of."""

from __future__ import annotations

from kg.extract.entities.known_meetings import NOT_NOW, main_meeting
from kg.extract.entities.occasions import is_told_by
from kg.extract.entities.talk_partners import TWO_SIDED
from kg.extract.reading import Draft, Reading, Span


def find_focus(reading: Reading) -> None:
    """For each sentence the meeting that it speaks of: one that it mentions, else the main one, else the last named."""
    main = main_meeting(reading)
    current: Draft | None = None
    talks: Draft | None = None
    told_at = -1
    for number, (first, past) in enumerate(reading.parse.sentences):
        spans = reading.spans_in(first, past, "Meeting")
        if spans:
            told_at = number
            talks = next((s.draft for s in reversed(spans) if _is_of_two(reading, s)), None)
            # "A met B on the sidelines of the summit" tells of the two, and not of the summit.
            told = [s for s in spans if not is_told_by(reading.parse, s.first)] or spans
            chosen = next((s for s in told if s.draft is main), told[0]).draft
            reading.focus[number] = chosen
            # A meeting mentioned in passing ("at an emergency summit in March") does not hold the next sentence.
            current = main if current is main else chosen
        elif talks is not None and _speaks_of_two(reading, first, past, number - told_at):
            reading.focus[number] = talks
        elif (carried := current or main) is not None:
            reading.focus[number] = carried


def _is_of_two(reading: Reading, span: Span) -> bool:
    """Whether "the two" may be said of a meeting: of talks, but not "the day before | trilateral talks"."""
    if span.draft.attributes.get("kind") not in TWO_SIDED or is_told_by(reading.parse, span.first):
        return False
    return "trilateral" not in reading.parse.lower[span.first : span.past]


def _speaks_of_two(reading: Reading, first: int, past: int, since: int) -> bool:
    """As in "The two leaders discussed trade", "Both sides agreed", said of talks told `since` sentences before."""
    parse = reading.parse
    if since == 1 and parse.lower[first] == "they":
        return True  # "Orbán also met Fico. They discussed gas"
    for i in range(first, past):
        if parse.deps[i] in ("nsubj", "nsubjpass") and parse.lower[i] in _PAIRS | _SIDES:
            return parse.lower[i] in _PAIRS or not _TWO.isdisjoint(parse.lower[max(first, i - 4) : i])
    return False


_PAIRS = frozenset("two both pair duo sides".split())
_SIDES = frozenset("leaders ministers presidents premiers officials diplomats parties men women chiefs heads".split())
_TWO = frozenset("two both".split())


def focus_at(reading: Reading, token: int) -> Draft | None:
    """The meeting that the token's sentence speaks of."""
    return reading.focus.get(reading.parse.sentence_of[token])


def meeting_in(reading: Reading, first: int, past: int, token: int) -> Draft | None:
    """The meeting named nearest to the token between `first` and `past`; else the one that its sentence speaks of."""
    spans = reading.spans_in(first, past, "Meeting")
    if spans:
        return min(spans, key=lambda s: abs(s.head - token)).draft
    return focus_at(reading, token)


def is_reported(reading: Reading, main: Draft) -> bool:
    """Whether the text reports on the gathering itself: named at its beginning, and neither the next nor the last."""
    spans = [s for s in reading.spans if s.draft is main]
    first = min(s.first for s in spans)
    told = {w for s in spans for w in reading.parse.lower[max(0, s.first - 1) : s.head]}
    return reading.parse.sentence_of[first] <= 3 and told.isdisjoint(NOT_NOW)
