"""Who and what stands near a token: the small questions of the rules about people."""

from __future__ import annotations

from kg.extract.reading import Reading, Span


def actor_at(reading: Reading, i: int) -> Span | None:
    """The country or body at token i or after its article."""
    parse = reading.parse
    if i < len(parse) and parse.lower[i] == "the":
        i += 1
    span = reading.owner[i] if i < len(parse) else None
    return span if span is not None and span.draft.type in ("Country", "Organization") else None


def people_soon(reading: Reading, first: int, reach: int) -> list[Span]:
    """The people whose names begin within so many tokens of the sentence, no country's name in between."""
    parse = reading.parse
    if first >= len(parse):
        return []
    stop = min(parse.sentences[parse.sentence_of[first]][1], first + reach)
    found = []
    for span in reading.spans_in(first, stop):
        if span.draft.type == "Leader":
            found.append(span)
        elif span.draft.type == "Country" and span.kind == "name" and not found:
            break
    return found


def people_in_order(reading: Reading) -> list[Span]:
    """The mentions of people, in order of the text."""
    return sorted((s for s in reading.spans if s.draft.type == "Leader"), key=lambda s: s.first)
