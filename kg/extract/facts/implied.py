"""Presence that follows from something else than a verb of attending: whose meeting it is, who came to its place, who
stood for a country."""

from __future__ import annotations

from kg.extract.entities.actors import Actors
from kg.extract.entities.known_meetings import main_meeting
from kg.extract.entities.meeting_phrases import GATHERINGS
from kg.extract.facts.focus import focus_at, is_reported
from kg.extract.facts.stays import country_of
from kg.extract.frames import Frame
from kg.extract.modality import modality_at, modality_of
from kg.extract.reading import Draft, Reading, Span

_HELD = ("actual", "planned")
_SIDES = frozenset(("of", "between", "among", "amongst"))


def find_implied_presence(reading: Reading, frames: list[Frame], actors: Actors) -> None:
    """All rules of this file; the first looks at who of a country is known to be there, so it comes last."""
    _came_to_its_place(reading, actors)
    for frame in frames:
        if frame.base == "represent" and not frame.passive:
            _stands_for(reading, frame, actors)
    for span in [s for s in reading.spans if s.draft.type == "Meeting" and s.kind != "verb"]:
        _whose_meeting(reading, span, actors)


def reported_gathering(reading: Reading) -> Draft | None:
    """The main meeting of a report, if many attend it and the report is about it."""
    main = main_meeting(reading)
    known = main is not None and main.attributes.get("kind") in GATHERINGS and is_reported(reading, main)
    return main if known else None


def _whose_meeting(reading: Reading, span: Span, actors: Actors) -> None:
    """As in "a meeting of the transport ministers of Burundi and Zambia": the countries of ministers left unnamed."""
    parse = reading.parse
    if span.draft.attributes.get("kind") not in GATHERINGS:
        return
    modality = modality_at(parse, span.head)
    heads = [g for c in parse.children[span.head] if parse.lower[c] in _SIDES for g in parse.children[c]]
    countries = [d for d in actors.all([t for t in heads if parse.deps[t] == "pobj"]) if d.type == "Country"]
    if len(countries) < 2 or modality not in _HELD:
        return
    there = reading.subjects("attended", span.draft)
    spoken_for = [body for d in there if d.type == "Leader" for body in reading.objects(d, "represents")]
    for country in countries:
        if country not in spoken_for:
            reading.say(country, "attended", span.draft, span.head, modality=modality, rule="whose meeting it is")


def _came_to_its_place(reading: Reading, actors: Actors) -> None:
    """As in "Presidents X and Y arrived in Astana on 8 August", where the text reports on a summit in Astana."""
    main = reported_gathering(reading)
    if main is None:
        return
    places = [d for d in reading.objects(main, "heldIn") if isinstance(d, Draft)]
    countries = {country_of(place, actors) for place in places} - {None}
    for fact in list(reading.facts):
        if fact.predicate != "visited" or not isinstance(fact.object, Draft) or not fact.rule.startswith("verb: "):
            continue
        if fact.object not in places and country_of(fact.object, actors) not in countries:
            continue
        number = reading.parse.sentence_of[fact.token]
        first, past = reading.parse.sentences[number]
        elsewhere = any(s.draft is not main for s in reading.spans_in(first, past, "Meeting"))
        if reading.focus.get(number) is main and fact.modality in _HELD and not elsewhere:
            reading.say(fact.subject, "attended", main, fact.token, modality=fact.modality, rule="came to its place")


def _stands_for(reading: Reading, frame: Frame, actors: Actors) -> None:
    """As in "Foreign Minister X was representing Latvia": both are there; "X represents Leeds" holds at all times."""
    parse = reading.parse
    meeting = focus_at(reading, frame.verb)
    modality = modality_of(parse, frame)
    lasting = parse.tags[frame.verb] in ("VBZ", "VBP") or "has" in frame.auxiliaries or "have" in frame.auxiliaries
    if meeting is None or lasting or modality not in _HELD or meeting.attributes.get("kind") not in GATHERINGS:
        return
    people = [d for d in actors.all(frame.subjects) if d.type == "Leader"]
    states: list[Draft] = [d for d in actors.all(frame.objects) if d.type in ("Country", "Organization")]
    for one in [*people, *states] if people and states else []:
        reading.say(one, "attended", meeting, frame.verb, modality=modality, rule="stands for")
