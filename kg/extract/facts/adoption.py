"""`adopted` beyond "the summit adopted X": "ended with the approval of X", "gave its blessing to"."""

from __future__ import annotations

import re

from kg.extract.facts.things import Things
from kg.extract.frames import Frame
from kg.extract.modality import UNREAL, modality_at
from kg.extract.reading import Draft
from kg.extract.wordlists import word_list

_ADOPTING = frozenset(("adopt", "approve", "endorse", "issue", "pass", "release"))
_ENDING = frozenset(("end", "conclude", "close", "culminate", "finish"))
_YIELDING = frozenset(("produce", "yield", "bring", "generate"))
_NOUNS = frozenset(("adoption", "approval", "endorsement", "issuance", "issuing", "adopting", "approving", "passage"))
_BLESSING = frozenset(("approval", "blessing", "endorsement", "consent", "light", "nod"))
_FINAL = re.compile(
    r"^(?:(?:the|its|a) )?(?:final|closing|outcome|concluding) (?:communiqu[eé]|statement|declaration|document)", re.I
)


def find_adoptions(things: Things, frames: list[Frame]) -> None:
    """All rules of this file, in order."""
    for frame in frames:
        modality = things.holds(frame)
        if modality is None:
            continue
        if frame.base in _ADOPTING:
            _adopted_at(things, frame, modality)
        if frame.base in _ENDING or frame.base in _YIELDING:
            _ends_with(things, frame, modality)
        if frame.base == "give":
            _gives_blessing(things, frame, modality)
    _nouns(things)
    _final_papers(things)


def _say(
    things: Things, meeting: Draft | None, papers: list[Draft], token: int, rule: str, modality: str = "actual"
) -> None:
    for paper in papers if meeting is not None else ():
        if paper.attributes.get("kind") != "mechanism" and meeting is not None:
            things.reading.say(meeting, "adopted", paper, token, rule=rule, modality=modality, confidence=0.75)


def _focus(things: Things, token: int) -> Draft | None:
    """The meeting that the sentence speaks of; the one of the sentence before, if this is named after the verb only."""
    parse, reading = things.parse, things.reading
    number = parse.sentence_of[token]
    meeting = reading.focus.get(number)
    first, past = parse.sentences[number]
    spans = [s for s in reading.all_in(first, past, "Meeting") if s.draft is meeting]
    before = reading.focus.get(number - 1)
    if spans and before is not None and all(s.first > token + 8 for s in spans):
        return before
    return meeting


def _adopted_at(things: Things, frame: Frame, modality: str) -> None:
    """As in "the summit adopted X", "was adopted two days ago by the summit", "approved at the session was X"."""
    papers = things.objects(frame, "Framework") or _inverted(things, frame)
    papers = [p for p in papers if not _none_of(things, frame, p)]
    if not papers:
        return
    tokens = [*frame.subjects, *frame.with_preposition("at", "by", "during")]
    meetings = [d for t in tokens if (d := _meeting_at(things, t)) is not None]
    meeting = meetings[0] if meetings else None
    rule = f"verb: {frame.base}" if meeting is not None else f"adopted, focus: {frame.base}"
    if meeting is None and not _outsider(things, frame) and not _by_others(things, frame):
        meeting = _focus(things, frame.verb)
    _say(things, meeting, papers, frame.verb, rule, modality)


def _none_of(things: Things, frame: Frame, paper: Draft) -> bool:
    """As in "adopted no statement"."""
    words = things.parse.lower[frame.verb + 1 : frame.verb + 3]
    return words[:1] == ["no"] and paper.type == "Framework"


def _outsider(things: Things, frame: Frame) -> bool:
    """As in "Malta's parliament approved the Convention", "its embassy issued a statement", "cabinet adopted"."""
    subjects = {things.parse.lower[t] for t in frame.subjects}
    return bool(subjects & _OUTSIDERS)


_OUTSIDERS = word_list("adoption", "outsiders")


def _by_others(things: Things, frame: Frame) -> bool:
    """As in "welcomed the Strategy adopted by the EU member states in June": not by those who met here."""
    parse = things.parse
    words = {parse.lower[t] for t in frame.subjects}
    return parse.deps[frame.verb] == "acl" and frame.passive and bool(words) and not words & _MEETING


_MEETING = frozenset("leaders ministers heads presidents participants delegates delegations sides they members".split())


def _meeting_at(things: Things, token: int) -> Draft | None:
    span = things.reading.owner[token]
    return span.draft if span is not None and span.draft.type == "Meeting" else None


def _inverted(things: Things, frame: Frame) -> list[Draft]:
    """As in "Adopted at the close was the Tokyo Strategy"."""
    parse = things.parse
    first, past = parse.sentences[parse.sentence_of[frame.verb]]
    if frame.verb != first:
        return []
    copula = next((i for i in range(first, min(past, first + 10)) if parse.lower[i] in ("was", "were")), None)
    if copula is None:
        return []
    end = next((i for i in range(copula, past) if parse.words[i] == "," or parse.tags[i] == "WDT"), past)
    return [s.draft for s in things.reading.spans_in(copula, end, "Framework")]


def _ends_with(things: Things, frame: Frame, modality: str) -> None:
    """As in "the summit closed with a joint declaration on migration", "the meeting produced a communique"."""
    meetings = [d for t in (*frame.subjects, *frame.objects) if (d := _meeting_at(things, t)) is not None]
    tokens = frame.objects if frame.base in _YIELDING else frame.with_preposition("with")
    papers = [d for t in tokens if (d := things.at(t, "Framework")) is not None]
    if meetings:
        _say(things, meetings[0], papers, frame.verb, f"ends with: {frame.base}", modality)


def _gives_blessing(things: Things, frame: Frame, modality: str) -> None:
    """As in "the leaders gave their approval to X", "approval was given to X"."""
    parse = things.parse
    if not any(parse.lower[t] in _BLESSING for t in frame.objects):
        return
    relative = things.relative(frame.verb, "Framework")
    past = parse.sentences[parse.sentence_of[frame.verb]][1]
    to = next((i for i in range(frame.verb, min(past, frame.verb + 6)) if parse.lower[i] == "to"), None)
    papers = [relative] if relative is not None else _papers_after(things, to, past) if to is not None else []
    meetings = [d for t in frame.subjects if (d := _meeting_at(things, t)) is not None]
    _say(
        things, meetings[0] if meetings else _focus(things, frame.verb), papers, frame.verb, "gives blessing", modality
    )


def _papers_after(things: Things, i: int, past: int) -> list[Draft]:
    """The papers listed after a preposition: the first one, and those joined to it by "and", a comma, "of"."""
    found: list[Draft] = []
    end = i + 1
    for span in things.reading.spans_in(i + 1, past, "Framework"):
        between = things.parse.lower[end : span.first]
        if not set(between) <= _BETWEEN or (not found and len(between) > 3):
            break
        found.append(span.draft)
        end = span.past
    return found


_BETWEEN = word_list("adoption", "between")


def _nouns(things: Things) -> None:
    """As in "ended with the adoption of a Declaration and of a plan", "by approving the plan"."""
    parse = things.parse
    for i in parse.where(_NOUNS):
        if not parse.tags[i].startswith(("N", "VBG")):
            continue
        modality = modality_at(parse, i)
        if modality in UNREAL:
            continue
        first, past = parse.sentences[parse.sentence_of[i]]
        of = next((j for j in range(i + 1, min(past, i + 7)) if parse.lower[j] == "of"), None)
        if parse.tags[i] == "VBG":
            of = i
        if of is None:
            continue
        before = things.reading.spans_in(first, i, "Meeting")
        meeting = before[0].draft if before else _focus(things, i)
        _say(things, meeting, _papers_after(things, of, past), i, "adoption of", modality)


def _final_papers(things: Things) -> None:
    """As in "the final communiqué commends Benin": the closing paper of the meeting that the sentence speaks of."""
    for span in things.by_type.get("Framework", ()):
        said = things.reading.subjects("adopted", span.draft)
        if _FINAL.match(span.draft.name) and not said and modality_at(things.parse, span.head) not in UNREAL:
            _say(things, _focus(things, span.head), [span.draft], span.head, "closing paper")
