"""Visits, talks and calls: who came, who received whom, who met."""

from __future__ import annotations

from kg.extract.entities.actors import Actors
from kg.extract.facts.focus import meeting_in
from kg.extract.facts.hosting import find_hosts
from kg.extract.facts.nearness import is_wished
from kg.extract.facts.stays import find_companions, find_countries_of_places, find_stays, foreign
from kg.extract.facts.together import find_encounters_of_people, subjects_of
from kg.extract.frames import Frame
from kg.extract.modality import modality_of
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list

_HAVING = frozenset(("have", "hold", "pay", "make", "conduct"))
_ENCOUNTERS = word_list("visits", "encounters")


def find_visits(reading: Reading, frames: list[Frame], actors: Actors) -> None:
    """All rules of this file, in order."""
    _hosts(reading, actors)
    _visits_and_talks(reading, frames, actors)
    _meetings_had(reading, frames, actors)
    _met_on_visit(reading)
    _hosts_country(reading)
    find_encounters_of_people(reading, frames, actors)
    find_hosts(reading, frames, actors)
    find_stays(reading, actors)
    find_companions(reading, actors)
    find_countries_of_places(reading, actors)


def _meetings_had(reading: Reading, frames: list[Frame], actors: Actors) -> None:
    """As in "X had a meeting with Y", "X paid a courtesy call on Y": the two met."""
    parse = reading.parse
    for frame in frames:
        if frame.base not in _HAVING or frame.negated:
            continue
        for noun in frame.objects:
            if parse.lower[noun] not in _ENCOUNTERS:
                continue
            # "discussions on X" are about X; one pays a call on somebody.
            prepositions = ("with", "on", "to") if parse.lower[noun] in ("call", "calls") else ("with",)
            tokens = frame.with_preposition(*prepositions)
            for child in parse.children[noun]:
                if parse.deps[child] == "prep" and parse.lower[child] in prepositions:
                    tokens += [c for c in parse.children[child] if parse.deps[c] == "pobj"]
            modality = modality_of(parse, frame)
            for one in (d for d in actors.all(subjects_of(reading, frame)) if d.type == "Leader"):
                for other in (d for d in actors.all(tokens) if d.type == "Leader"):
                    reading.say(one, "met", other, noun, modality=modality, rule="had a meeting", confidence=0.85)


def _met_on_visit(reading: Reading) -> None:
    """The visitor and the host who receives him, and the two sides of talks or of a call, have met."""
    for draft in reading.of_type("Meeting"):
        kind = draft.attributes.get("kind")
        if kind not in ("visit", "bilateral-talks", "call"):
            continue
        there = [p for p in reading.subjects("attended", draft) if p.type == "Leader"]
        if kind != "visit" and draft.sides:
            continue  # "A met B" has said so; whoever else is put there came to talks of his own
        if kind == "visit":
            hosts = [p for p in reading.subjects("hosted", draft) if p.type == "Leader"]
            pairs = [(guest, host) for host in hosts for guest in there if guest not in hosts][:1]
        else:
            pairs = [(there[0], there[1])] if len(there) == 2 else []
        for guest, host in pairs:
            token = next(f.token for f in reading.facts if f.object is draft and f.subject is host)
            reading.say(guest, "met", host, token, rule=f"both at {kind}", confidence=0.75)


def _visits_and_talks(reading: Reading, frames: list[Frame], actors: Actors) -> None:
    """Both sides of talks and calls; the visitor and the host of a visit."""
    parse = reading.parse
    for span in list(reading.spans):
        draft = span.draft
        if draft.type != "Meeting" or draft.attributes.get("kind") not in ("visit", "bilateral-talks", "call"):
            continue
        if is_wished(reading, span):
            continue
        if draft.attributes["kind"] == "visit":
            _destination_of(reading, span, frames)
        people = _participants(reading, span, frames, actors)
        if draft.attributes["kind"] == "visit":
            people = [p for p in people if p.type == "Leader"]  # "the first visit of a Slovak prime minister"
        modality = "actual"
        for frame in frames:
            if span.head in frame.objects:
                modality = modality_of(parse, frame)
        for person in people:
            reading.say(
                person, "attended", draft, span.head, rule="side of talks or visit", confidence=0.8, modality=modality
            )
        if draft.attributes["kind"] == "visit" and people:
            for place in (p for p in reading.objects(draft, "heldIn") if isinstance(p, Draft)):
                travellers = [p for p in people if p not in _partners(reading, span, frames, actors)]
                for guest in _guests(reading, draft, travellers, place, actors):
                    reading.say(guest, "visited", place, span.head, rule="visit to", confidence=0.85, modality=modality)
        leaders = [p for p in people if p.type == "Leader"]
        if draft.attributes["kind"] != "visit" and len(leaders) == 2:
            reading.say(leaders[0], "met", leaders[1], span.head, rule="talks between", confidence=0.85)


def _partners(reading: Reading, span: Span, frames: list[Frame], actors: Actors) -> list[Draft]:
    """Those behind "with": "on his visit to Laos he will hold talks with President Y" makes no traveller of Y."""
    parse = reading.parse
    first, past = parse.sentences[parse.sentence_of[span.head]]
    behind = [t for frame in frames if first <= frame.verb < past for t in frame.with_preposition("with")]
    nouns = [c for i in range(first, past) for c in parse.children[i] if parse.lower[c] == "with"]
    behind += [g for c in nouns for g in parse.children[c] if parse.deps[g] == "pobj"]
    subjects = [t for frame in frames if first <= frame.verb < past for t in frame.subjects]
    return [d for d in actors.all(behind) if d not in actors.all(subjects)]


def _guests(reading: Reading, visit: Draft, people: list[Draft], place: Draft, actors: Actors) -> list[Draft]:
    """The people of a visit who come from elsewhere: not its hosts, nor those who speak for the place."""
    hosts = reading.subjects("hosted", visit)
    strangers = [p for p in people if p.type == "Leader" and p not in hosts]
    return [p for p in strangers if foreign(reading, p, place, actors)]


def _whose(reading: Reading, pronoun: int, actors: Actors) -> list[Draft]:
    """As in "During her visit to Fiji, X opened …": the subject that follows, else the person named before."""
    parse = reading.parse
    _, past = parse.sentences[parse.sentence_of[pronoun]]
    for span in reading.spans_in(pronoun, past, "Leader"):
        if parse.deps[span.head] == "nsubj":
            return [span.draft]
    person = actors.last_person(pronoun) if parse.lower[pronoun] in ("his", "her") else None
    return [person] if person else []


def _destination_of(reading: Reading, span: Span, frames: list[Frame]) -> None:
    """As in "an official visit was paid to Chile by X": the verb holds the destination."""
    if reading.objects(span.draft, "heldIn"):
        return
    for frame in frames:
        if span.head not in frame.objects:
            continue
        for token in frame.with_preposition("to"):
            place = reading.owner[token]
            if place is not None and place.draft.type in ("Country", "Place"):
                reading.say(span.draft, "heldIn", place.draft, span.head, rule="destination of visit", confidence=0.8)


def _hosts_country(reading: Reading) -> None:
    """Who receives a guest on a visit to a country and is of no other country speaks for that country."""
    for draft in reading.of_type("Meeting"):
        if draft.attributes.get("kind") != "visit":
            continue
        countries = [p for p in reading.objects(draft, "heldIn") if isinstance(p, Draft) and p.type == "Country"]
        there = [p for p in reading.subjects("attended", draft) if p.type == "Leader"]
        guests = [
            p
            for p in there
            if reading.objects(p, "represents") and countries[:1] != reading.objects(p, "represents")[:1]
        ]
        for person in reading.subjects("hosted", draft):
            if len(countries) == 1 and guests and person.type == "Leader" and not reading.objects(person, "represents"):
                token = next(f.token for f in reading.facts if f.subject is person and f.object is draft)
                reading.say(person, "represents", countries[0], token, rule="host of a visit", confidence=0.65)


def _participants(reading: Reading, span: Span, frames: list[Frame], actors: Actors) -> list[Draft]:
    """The genitive before the noun, "by X", "between X and Y", "with Y", and the subject of the light verb."""
    parse = reading.parse
    head = span.head
    found: list[Draft] = []
    for child in parse.children[head]:
        if parse.deps[child] == "poss" and parse.tags[child] == "PRP$":
            found += _whose(reading, child, actors)
        elif parse.deps[child] == "poss":
            found += actors.at(child)
        elif (
            parse.deps[child] == "prep"
            and parse.lower[child] in ("by", "between", "with", "of")
            and (parse.lower[child] != "of" or span.draft.attributes["kind"] == "visit")
        ):
            for grandchild in parse.children[child]:
                if parse.deps[grandchild] == "pobj":
                    found += actors.at(grandchild)
    for frame in frames:
        taken = frame.base in _LIGHT
        if taken and (head in frame.objects or head in frame.with_preposition("for", "on", "in", "at", "to")):
            found += actors.all(frame.subjects)
            found += actors.all(frame.with_preposition("with"))
    return list(dict.fromkeys(found))


# "paid a visit", "left on a visit", "sat down for talks": whose visit or talks they are.
_LIGHT = frozenset(
    (
        "hold pay make undertake take begin conclude have end leave arrive come travel complete open start go visit "
        "lead sit meet"
    ).split()
)


def _received_somebody(reading: Reading, verb: int, actors: Actors) -> bool:
    """As in "received him", "welcomed the delegation": not "received a salute", "welcomed the agreement"."""
    objects = [c for c in reading.parse.children[verb] if reading.parse.deps[c] == "dobj"]
    return bool(actors.all(objects)) or any(reading.parse.lower[c] in _GUESTS for c in objects)


_GUESTS = frozenset("him her them guest guests visitor visitors delegation president minister premier leader".split())


def _hosts(reading: Reading, actors: Actors) -> None:
    """As in "at the invitation of X", "played host to", "X, the host", "welcomed him".

    The host of a visit or a meeting.
    """
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if word in ("invitation", "invited", "welcomed", "welcomes", "received", "host"):
            first, past = parse.sentences[parse.sentence_of[i]]
            meeting = meeting_in(reading, first, past, i)
            if meeting is None:
                continue
            hosts: list[Draft] = []
            if word == "invitation" and parse.lower[i + 1 : i + 2] in (["of"], ["from"], ["extended"]):
                hosts = [s.draft for s in reading.spans_in(i, min(past, i + 30), "Leader", "Country")[:1]]
                leaders = reading.spans_in(i, min(past, i + 30), "Leader")
                hosts = [leaders[0].draft] if leaders else hosts
            elif word == "invited" and parse.lower[i + 1 : i + 2] == ["by"]:
                leaders = reading.spans_in(i, min(past, i + 16), "Leader")
                hosts = [leaders[0].draft] if leaders else []
            elif (
                word in ("welcomed", "received", "welcomes")
                and meeting.attributes.get("kind") == "visit"
                and parse.tags[i] in ("VBD", "VBZ")
                and _received_somebody(reading, i, actors)
            ):
                subjects = [c for c in parse.children[i] if parse.deps[c] == "nsubj"]
                hosts = [d for d in actors.all(subjects, spread=False) if d.type == "Leader"]
            elif word == "host" and parse.lower[i - 1] in ("played", "plays", "play"):
                hosts = [
                    d
                    for c in parse.children[parse.heads[i]]
                    if parse.deps[c] == "nsubj"
                    for d in actors.at(c, spread=False)
                ]
            for host in hosts:
                reading.say(host, "hosted", meeting, i, rule=f"host: {word}", confidence=0.8)
                if host.type == "Leader":
                    reading.say(host, "attended", meeting, i, rule="host attends", confidence=0.75)
