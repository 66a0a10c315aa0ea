"""Which meeting of a sentence a date or a place belongs to, and whether its clause looks ahead."""

from __future__ import annotations

from kg.extract.entities.actors import Actors
from kg.extract.parse import Parse
from kg.extract.reading import Reading, Span
from kg.extract.wordlists import word_list

_HOLDING = word_list("settings", "holding")
_STAYS = frozenset("stay visit trip journey tour".split())


def meeting_near(reading: Reading, first: int, past: int) -> Span | None:
    """The meeting mention of the sentence that a date or a place at these tokens belongs to.

    The nearest mention to the left in the same stretch between semicolons; else the nearest to the right; in a sentence
    without a mention the focus, if a verb of holding stands there.
    """
    parse = reading.parse
    sentence = parse.sentence_of[first]
    begin, end = parse.sentences[sentence]
    spans = [s for s in reading.spans if s.draft.type == "Meeting" and begin <= s.first < end]
    if not spans:
        focus = reading.focus.get(sentence)
        held = any(parse.lower[i] in _HOLDING for i in range(max(begin, first - 12), min(end, past + 12)))
        if (
            focus is not None
            and focus.attributes.get("kind") != "visit"
            and not _STAYS.isdisjoint(parse.lower[begin:end])
        ):
            return None  # "The stay runs until May 17": not the talks of the sentence after
        if focus is not None and held:
            return next((s for s in reading.spans if s.draft is focus), None)
        return None
    inside = [s for s in spans if s.first <= first < s.past]
    if inside:
        return inside[-1]
    # A name in quotes about the past ("since the 4th Summit in November 2008") is nearer than the main one.
    verb = governing_verb(reading, first)
    ranked = sorted(spans, key=lambda s: (_distance(reading, s, first, past, verb), s.first))
    return ranked[0]


def _distance(reading: Reading, span: Span, first: int, past: int, verb: int) -> int:
    parse = reading.parse
    gap = first - span.past if span.past <= first else span.first - past
    signs = sum(
        parse.words[i] in (",", ";", ":") for i in range(min(span.past, first), max(span.first, past)) if i < len(parse)
    )
    same_clause = 0 if governing_verb(reading, span.head) == verb else 6
    after = 3 if span.first >= past else 0
    return gap + 2 * signs + same_clause + after


def governing_verb(reading: Reading, token: int) -> int:
    parse = reading.parse
    for _ in range(12):
        head = parse.heads[token]
        if head == token:
            return token
        token = head
        if parse.tags[token].startswith("V"):
            return token
    return token


def looks_ahead(reading: Reading, token: int) -> str:
    """The modality of a date or a place: planned where a future auxiliary governs it ("will be held in Paris")."""
    parse = reading.parse
    verb = governing_verb(reading, token)
    for _ in range(2):
        auxiliaries = {parse.lower[c] for c in parse.children[verb] if parse.deps[c] in ("aux", "auxpass")}
        if auxiliaries & {"will", "shall", "'ll"} or (parse.tags[verb] == "VB" and "to" in auxiliaries):
            return "planned"
        if parse.deps[verb] not in ("xcomp", "conj", "advcl") or parse.heads[verb] == verb:
            break
        verb = parse.heads[verb]
    return "actual"


def conjuncts(parse: Parse, token: int) -> list[int]:
    """The tokens coordinated with it, from left to right."""
    found: list[int] = []
    stack = [token]
    while stack:
        for child in parse.children[stack.pop()]:
            if parse.deps[child] == "conj":
                found.append(child)
                stack.append(child)
    return sorted(found)


_BEFORE_NAMES = frozenset("'s ’s its the mr ms dr mr. ms. dr. mrs mrs.".split())


def opening_of(reading: Reading, span: Span, actors: Actors) -> int:
    """The first token of a person with the titles and countries before the name."""
    i = span.first
    floor = reading.parse.sentences[reading.parse.sentence_of[i]][0]
    while i > floor and (
        actors.office_tokens[i - 1]
        or reading.type_at(i - 1) == "Country"
        or reading.parse.lower[i - 1]
        in ("'s", "’s", "its", "the", "mr", "ms", "dr", "mr.", "ms.", "dr.", "mrs", "mrs.")
    ):
        i -= 1
    return i
