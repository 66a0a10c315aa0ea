"""Gatherings that a verb reports: "X met Y in Accra", "the ministers will gather in Kraków", "A telephoned B".

A verb stands for a meeting that the text names elsewhere where one fits; else the text has a meeting without a noun.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.entities.actors import Actors
from kg.extract.entities.known_meetings import main_meeting
from kg.extract.entities.meeting_phrases import KINDS, kind_named
from kg.extract.entities.occasions import is_told_by
from kg.extract.entities.talk_partners import are_others
from kg.extract.entities.visit_phrases import visit_at
from kg.extract.frames import Frame
from kg.extract.modality import modality_of
from kg.extract.parse import Parse
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list

_MEETING = frozenset(("meet", "receive", "confer", "greet"))
_CALLING = frozenset(("telephone", "phone", "ring"))
_SPEAKING = frozenset(("speak", "talk", "confer", "converse"))
_GATHERING = frozenset("meet gather convene reconvene assemble sit".split())
_TRAVELLING = frozenset("travel fly arrive go come land journey".split())
_PHONE = frozenset("phone telephone telephonically videoconference videolink".split())
_GROUPS = word_list("meetings", "groups")
_ANOTHER = frozenset("again next last earlier previously reconvene reconvened later".split())


@dataclass(slots=True)
class Encounter:
    """A verb at token `verb` that says that `people` came together; `kind` as of a meeting."""

    verb: int
    kind: str
    people: list[Draft] = field(default_factory=list)
    place: Draft | None = None
    bodies: list[Draft] = field(default_factory=list)  # that met: "the Council met in Georgetown"


def read_encounter(reading: Reading, frame: Frame, actors: Actors, dated: frozenset[int]) -> Encounter | None:
    """What the verb of a frame says of people coming together; None where it says nothing of the kind.

    `dated` are the sentences that name a day, a month or a year.
    """
    if _is_habit(reading.parse, frame.verb) or "neither" in reading.parse.lower[frame.verb : frame.verb + 2]:
        return None
    if frame.negated or modality_of(reading.parse, frame) in ("denied", "proposed", "cancelled"):
        return None
    return (
        _call(reading, frame, actors)
        or _talks(reading, frame, actors)
        or _gathering(reading, frame, actors, dated)
        or _held_body(reading, frame, dated)
        or _visit(reading, frame, actors, dated)
    )


def _is_habit(parse: Parse, verb: int) -> bool:
    """As in "the committee meets in Rosso every quarter": no gathering of its own."""
    first, past = parse.sentences[parse.sentence_of[verb]]
    return parse.tags[verb] in ("VBZ", "VBP") and not _HABITS.isdisjoint(parse.lower[first:past])


_HABITS = frozenset("every each annually regularly usually often yearly quarterly monthly twice".split())


def _call(reading: Reading, frame: Frame, actors: Actors) -> Encounter | None:
    """As in "A telephoned B", "A and B spoke by phone on Tuesday", "A talked to B over the telephone"."""
    parse = reading.parse
    by_verb = frame.base in _CALLING
    if not by_verb and not (frame.base in _SPEAKING and _by_phone(parse, frame.verb)):
        return None
    people = _leaders(actors.all(frame.subjects), actors.all(frame.objects + frame.with_preposition("with", "to")))
    return Encounter(frame.verb, "call", people) if len(people) > 1 else None


def _by_phone(parse: Parse, verb: int) -> bool:
    _, past = parse.sentences[parse.sentence_of[verb]]
    return not _PHONE.isdisjoint(parse.lower[verb : min(past, verb + 12)])


def _leaders(*sides: list[Draft]) -> list[Draft]:
    return list(dict.fromkeys(d for side in sides for d in side if d.type in ("Leader", "Country")))


def _talks(reading: Reading, frame: Frame, actors: Actors) -> Encounter | None:
    """As in "A met B", "A was received by B", "A met with the ministers of B and C"."""
    if frame.base not in _MEETING and not (frame.base == "call" and (frame.passive or "on" in frame.obliques)):
        return None
    here = actors.all(frame.subjects)
    there = actors.all(frame.objects + frame.with_preposition("with", "on"))
    if frame.passive and not there:
        return None  # "the leaders were received by X and Y": both on one side
    people = [d for d in _leaders(here, there) if d.type == "Leader"]
    both_sides = there or len(here) > 1
    return Encounter(frame.verb, "bilateral-talks", people) if both_sides and len(people) > 1 else None


def _gathering(reading: Reading, frame: Frame, actors: Actors, dated: frozenset[int]) -> Encounter | None:
    """As in "the Council will meet in Georgetown in May", "interior ministers of the four gathered in Kraków"."""
    parse = reading.parse
    if frame.base not in _GATHERING or frame.passive:
        return None
    if any(parse.lower[t] not in _COLLEAGUES for t in frame.objects):
        return None  # but "Members of the Commission will meet their counterparts from the Council in Bern"
    kind = None
    bodies = []
    for token in frame.subjects:
        owner = reading.owner[token]
        if owner is not None and owner.draft.type in ("Organization", "Framework"):
            kind = kind or "other"
            if owner.draft.attributes.get("kind") not in ("instrument", "plan"):
                bodies.append(owner.draft)
        kind = _GROUP_KINDS.get(parse.lower[token], kind)
    place = _place(reading, frame)
    if kind is None or (place is None and parse.sentence_of[frame.verb] not in dated):
        return None
    return Encounter(frame.verb, kind, actors.all(frame.subjects), place, bodies)


_GROUP_KINDS = {
    "ministers": "ministerial",
    "leaders": "summit",
    "presidents": "summit",
    "premiers": "summit",
    "heads": "summit",
    **dict.fromkeys(_GROUPS, "other"),
    "officials": "officials-meeting",
}


def _held_body(reading: Reading, frame: Frame, dated: frozenset[int]) -> Encounter | None:
    """As in "the Council of Ministers was held on Monday", "the Consultative Meeting …, held in Astana in March"."""
    if frame.base not in ("hold", "convene") or not frame.passive:
        return None
    place = _place(reading, frame)
    for token in frame.objects:
        owner = reading.owner[token]
        if owner is None or owner.draft.type not in ("Organization", "Framework"):
            continue
        words = reading.parse.lower[owner.first : owner.past]
        kind = next((w for w in (words[0], words[-1], *words) if w in KINDS or w in _BODIES_THAT_MEET), None)
        if kind is not None and (place is not None or reading.parse.sentence_of[frame.verb] in dated):
            named = kind_named(kind, words) if kind in KINDS else "other"
            return Encounter(frame.verb, named, [], place, [owner.draft])
    return None


_BODIES_THAT_MEET = frozenset("council committee commission troika".split())
_COLLEAGUES = frozenset("counterparts colleagues peers".split())


def _place(reading: Reading, frame: Frame) -> Draft | None:
    for token in frame.with_preposition("in", "at"):
        span = reading.owner[token]
        if span is not None and span.draft.type in ("Place", "Country"):
            return span.draft
    return None


def _visit(reading: Reading, frame: Frame, actors: Actors, dated: frozenset[int]) -> Encounter | None:
    """As in "X visited Asmara in September", "X will travel to Apia": not where it is said to what meeting."""
    tokens = frame.objects if frame.base in ("visit", "tour", "reach") else []
    if frame.base in _TRAVELLING and "for" not in frame.obliques and reading.parse.sentence_of[frame.verb] in dated:
        tokens = frame.with_preposition("to", "in")
    place = next((s.draft for t in tokens if (s := reading.owner[t]) and s.draft.type in ("Place", "Country")), None)
    people = [d for d in actors.all(frame.subjects) if d.type == "Leader"]
    return Encounter(frame.verb, "visit", people, place) if place is not None and people else None


def place_encounter(reading: Reading, encounter: Encounter) -> None:
    """Make the verb a mention of the meeting that it reports: of one that the text has named, or of a new one."""
    parse = reading.parse
    verb = encounter.verb
    first, past = parse.sentences[parse.sentence_of[verb]]
    named = reading.spans_in(first, past, "Meeting")
    if not all(_is_another(reading, span, verb) for span in named):
        return  # "met at the summit": the noun of the sentence says what it was
    if encounter.kind == "visit":
        draft = visit_at(reading, encounter.place, encounter.people)
    else:
        draft = _known(reading, encounter, {id(span.draft) for span in named})
    if draft is None:
        draft = reading.draft("Meeting", _name(encounter))
        draft.names[draft.name] += 0
        draft.attributes["kind"] = encounter.kind
        if encounter.place is not None:
            draft.attributes["destination"] = encounter.place.name
        draft.sides = encounter.people
    reading.mention(draft, verb, verb + 1, head=verb, kind="verb")


def _is_another(reading: Reading, span: Span, verb: int) -> bool:
    """As in "met ahead of the summit", "After the 4th Forum, the Council met in Suva": told by another gathering."""
    if span.kind == "verb":
        return False
    if _in_aside(reading.parse, span.head, verb):
        return True
    return is_told_by(reading.parse, span.first)


def _in_aside(parse: Parse, token: int, verb: int) -> bool:
    """As in "X, who is on a visit to attend the summit, called on Y": a relative clause about one of the two."""
    for _ in range(12):
        if token == verb or parse.heads[token] == token:
            return False
        if parse.deps[token] == "relcl" and verb not in (token, parse.heads[token]):
            return parse.tags[parse.heads[token]].startswith("NNP")
        token = parse.heads[token]
    return False


def _name(encounter: Encounter) -> str:
    people = [d.name for d in encounter.people]
    match encounter.kind:
        case "visit":
            assert encounter.place is not None
            return f"visit of {' and '.join(people)} to {encounter.place.name}"
        case "call":
            return f"phone call between {' and '.join(people)}"
        case "bilateral-talks":
            return f"meeting of {' and '.join(people)}"
        case _:
            bodies = [d.name for d in encounter.bodies[:1]]
            where = ["in", encounter.place.name] if encounter.place is not None else []
            return " ".join([*bodies, "meeting", *where])


def _known(reading: Reading, encounter: Encounter, others: set[int]) -> Draft | None:
    """The named meeting that the verb speaks of: same kind, same people, no sign of another occasion.

    `others` are those that the sentence tells it by.
    """
    parse = reading.parse
    near = parse.lower[max(0, encounter.verb - 5) : encounter.verb + 3]
    if not _ANOTHER.isdisjoint(near):
        return None
    meetings = [d for d in reading.of_type("Meeting") if id(d) not in others]
    if encounter.kind in ("call", "bilateral-talks"):
        for draft in meetings:
            kind = draft.attributes.get("kind")
            if kind != encounter.kind or are_others(reading, encounter.people, draft):
                continue
            if (
                set(map(id, draft.sides)) & set(map(id, encounter.people))
                if draft.sides
                else not _between_others(reading, draft, encounter.people)
            ):
                return draft
        if encounter.kind == "bilateral-talks":
            return next((d for d in meetings if d.attributes.get("kind") == "visit"), None)
        return None
    main = main_meeting(reading)
    if (
        main is not None
        and id(main) not in others
        and (
            main.attributes.get("kind") == encounter.kind
            or encounter.kind == "other"
            or _is_named_next(reading, encounter, main)
        )
    ):
        return main
    return None


def _is_named_next(reading: Reading, encounter: Encounter, main: Draft) -> bool:
    """As in "Ministers of CARICOM will meet in Kingston. This 26th Meeting of the Council …"."""
    parse = reading.parse
    if main.attributes.get("kind") != "other" or main.series is None:
        return False
    sentence = parse.sentence_of[encounter.verb]
    first = min((s for s in reading.spans if s.draft is main), key=lambda s: s.first)
    if not 0 < parse.sentence_of[first.head] - sentence < 4 or "this" not in parse.lower[first.first - 1 : first.head]:
        return False
    return any(s.draft is main.series for s in reading.spans_in(*parse.sentences[sentence]))


def _between_others(reading: Reading, draft: Draft, people: list[Draft]) -> bool:
    """Whether talks that a noun has named are those of other people: "talks between A and B", where X met Y."""
    states = [s for person in people for s in reading.objects(person, "represents") if isinstance(s, Draft)]
    if len({id(s) for s in states if s.type == "Country"}) < 2:
        return False
    known = {id(d) for d in (*people, *states)}
    parse = reading.parse
    named: set[int] = set()
    for span in reading.spans:
        if span.draft is draft:
            first, past = parse.sentences[parse.sentence_of[span.head]]
            named |= {id(s.draft) for s in reading.spans_in(first, past, "Leader", "Country")}
    return len(named) > 1 and not named & known
