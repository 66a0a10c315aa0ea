"""What a meeting was part of: a series, another meeting, a visit."""

from __future__ import annotations

import re

from kg.extract.entities.known_meetings import main_meeting
from kg.extract.entities.meeting_phrases import GATHERINGS
from kg.extract.facts.nearness import conjuncts, governing_verb
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list

_PART_OF = word_list("settings", "part_of")
_BODIES = ("Organization", "Framework")
_HOLDING = word_list("settings", "holding") | word_list("settings", "ending")
_GROUPS = frozenset("leaders ministers presidents premiers heads officials chiefs".split())
_OWN = frozenset(("its", "their", "whose"))


def _on_the_sidelines(reading: Reading) -> None:
    """As in "On the sidelines, X and Y held a trilateral meeting": part of the main meeting."""
    main = main_meeting(reading)
    parse = reading.parse
    for i in parse.where(("sidelines", "margins")):
        if parse.lower[i + 1 : i + 2] == ["of"] or main is None:
            continue
        first, past = parse.sentences[parse.sentence_of[i]]
        for span in reading.spans_in(first, past, "Meeting"):
            if span.draft is not main:
                reading.say(span.draft, "partOf", main, i, rule="on the sidelines", confidence=0.75)


def find_parts(reading: Reading) -> None:
    """`partOf`: the series in a meeting's name; "on the sidelines of", "within the framework of", "part of"."""
    parse = reading.parse
    for draft in reading.of_type("Meeting"):
        if draft.series is not None and not _between_bodies(draft) and draft.attributes.get("kind") != "signing":
            token = next(s.first for s in reading.spans if s.draft is draft)
            reading.say(draft, "partOf", draft.series, token, rule="series in name", confidence=0.9)
    for i in parse.where(_PART_OF):
        word = parse.lower[i]
        if i + 1 >= len(parse) or parse.lower[i + 1] not in ("of", "for"):
            continue
        j = i + 2
        while j < len(parse) and parse.lower[j] in (
            "the",
            "this",
            "that",
            "programme",
            "of",
            "its",
            "wider",
            "broader",
        ):
            j += 1
        whole = reading.owner[j] if j < len(parse) else None
        if whole is None or whole.draft.type != "Meeting":
            continue
        begin = parse.sentences[parse.sentence_of[i]][0]
        before = [s for s in reading.spans_in(begin, i, "Meeting") if s.draft is not whole.draft]
        part = before[-1].draft if before else reading.focus.get(parse.sentence_of[i])
        if before and len(before) > 1:
            part = before[0].draft
        if part is not None and part is not whole.draft:
            reading.say(part, "partOf", whole.draft, i, rule=f"{word} of", confidence=0.8)
    _on_the_sidelines(reading)
    for span in list(reading.spans):
        if span.draft.type == "Meeting" and span.draft.attributes.get("kind") in GATHERINGS:
            _of_body(reading, span)
    _within_framework(reading)
    _next_of_series(reading)


def _between_bodies(meeting: Draft) -> bool:
    """As in "the EU-Western Balkans Summit", "the ASEAN–Japan forum": of two parties, of neither alone."""
    assert meeting.series is not None
    names = {meeting.series.name, *meeting.series.names}
    return any(
        re.search(rf"{re.escape(form)}[-–][A-Z]|[A-Za-z][-–]{re.escape(form)}\b", name)
        for form in names
        for name in (meeting.name, *meeting.names)
        if len(form) > 1
    )


def _of_body(reading: Reading, span: Span) -> None:
    """As in "held its 38th meeting", "the session of the Committee", "the Committee's session", "the Forum met"."""
    parse = reading.parse
    if span.kind == "verb":
        subjects = [c for c in parse.children[span.head] if parse.deps[c] == "nsubj"]
        _say_part(reading, span, [b for c in subjects for b in _bodies_in(reading, c)], "body met")
        return
    own = any(parse.lower[i] in _OWN for i in range(max(0, span.first - 1), span.head))
    verb = governing_verb(reading, span.head)
    if own and "whose" not in parse.lower[max(0, span.first - 1) : span.head]:
        subjects = [c for c in parse.children[verb] if parse.deps[c] == "nsubj" and not conjuncts(parse, c)]
        _say_part(reading, span, [b for c in subjects for b in _bodies_in(reading, c)], "held its meeting")
    elif own and parse.deps[verb] == "relcl":
        _say_part(reading, span, _bodies_in(reading, parse.heads[verb], alone=True), "whose meeting")
    if parse.deps[span.head] == "dobj" and parse.lower[verb] in _HOLDING and span.draft.series is None:
        # "Leaders of the Andean Community wrapped up a summit": theirs is the Community's.
        groups = [c for c in parse.children[verb] if parse.deps[c] == "nsubj" and parse.lower[c] in _GROUPS]
        _say_part(reading, span, [b for c in groups for b in _bodies_in(reading, c)], "its leaders held")
    for child in parse.children[span.head]:
        if parse.deps[child] == "poss":
            _say_part(reading, span, _bodies_in(reading, child, alone=True), "meeting of its owner")
        elif parse.deps[child] == "prep" and parse.lower[child] in ("of", "under", "within"):
            objects = [c for c in parse.children[child] if parse.deps[c] == "pobj"]
            _say_part(reading, span, [b for c in objects for b in _bodies_in(reading, c)], "meeting of body")


def _bodies_in(reading: Reading, token: int, *, alone: bool = False) -> list[Draft]:
    """The body that a noun is, or the one that it belongs to: "ministers of the Community"."""
    parse = reading.parse
    first, past = parse.subtree(token)
    here = [s.draft for s in reading.all_in(first, past, *_BODIES) if s.head == token and s.draft.name]
    if here or alone:
        return here[:1]
    for child in parse.children[token]:
        if parse.deps[child] == "prep" and parse.lower[child] in ("of", "from"):
            found = [d for c in parse.children[child] for d in _bodies_in(reading, c)]
            if found:
                return found
    before = [s for s in reading.all_in(first, token, *_BODIES) if s.past == token or s.head + 1 == token]
    return [s.draft for s in before[:1]]


def _say_part(reading: Reading, span: Span, bodies: list[Draft], rule: str) -> None:
    for body in bodies[:1]:
        if body.attributes.get("kind") not in ("instrument", "plan"):
            reading.say(span.draft, "partOf", body, span.head, rule=rule, confidence=0.75)


_COVERS = frozenset(("framework", "part", "auspices", "umbrella", "format", "aegis"))


def _within_framework(reading: Reading) -> None:
    """As in "as part of the Nordic–African Dialogue, ministers will meet", "under the auspices of ASEAN"."""
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if word not in _COVERS or parse.lower[i + 1 : i + 2] != ["of"]:
            continue
        first, past = parse.sentences[parse.sentence_of[i]]
        wholes = reading.spans_in(i + 2, min(past, i + 5), *_BODIES)
        meetings = reading.spans_in(first, past, "Meeting")
        if wholes and len({id(s.draft) for s in meetings}) == 1:
            _say_part(reading, meetings[0], [wholes[0].draft], f"{word} of body")


_AGAIN = frozenset(
    "next previous last first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
)


def _next_of_series(reading: Reading) -> None:
    """As in "The next meeting will be held in Istanbul": of the same series as the meeting that the text is about."""
    parse = reading.parse
    main = main_meeting(reading)
    if main is None:
        return
    wholes = [w for w in reading.objects(main, "partOf") if isinstance(w, Draft) and w.type in _BODIES]
    for span in list(reading.spans):
        if span.draft.type != "Meeting" or span.draft is main or reading.objects(span.draft, "partOf"):
            continue
        if span.draft.attributes.get("kind") not in GATHERINGS or span.head - span.first > 3:
            continue
        again = {parse.lower[i] for i in range(max(0, span.first - 1), span.head)} & _AGAIN
        if again or ("ordinal" in span.draft.attributes and "ordinal" in main.attributes):
            for whole in wholes:
                reading.say(span.draft, "partOf", whole, span.head, rule="another of the series", confidence=0.7)
