"""Who was there: lists of those present, countries that act at a gathering, signers, companions at talks."""

from __future__ import annotations

from kg.extract.entities.actors import Actors
from kg.extract.entities.known_meetings import main_meeting
from kg.extract.entities.meeting_phrases import GATHERINGS
from kg.extract.facts.focus import focus_at
from kg.extract.facts.implied import reported_gathering
from kg.extract.facts.nearness import conjuncts, speaks_for_others
from kg.extract.frames import Frame
from kg.extract.modality import UNREAL, modality_at, modality_of
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list

_ACTING = word_list("presence", "acting")
_PRESENT = word_list("presence", "present")
_COMING = word_list("presence", "coming")
_DELEGATES = word_list("presence", "delegates")


def find_presence(reading: Reading, frames: list[Frame], actors: Actors) -> None:
    """All rules of this file, in order."""
    _lists_of_those_present(reading, actors)
    _delegates_from(reading, actors)
    _with_them(reading, actors)
    _in_presence_of(reading, actors)
    _countries_act(reading, frames)
    _at_the_table(reading, actors)
    _people_act(reading, actors)
    _signers(reading)


def _say(reading: Reading, spans: list[Span], meeting: Draft, token: int, rule: str, confidence: float = 0.75) -> None:
    modality = modality_at(reading.parse, token)
    if modality in UNREAL:
        return
    for span in spans:
        if span.kind != "adjective":
            reading.say(span.draft, "attended", meeting, token, modality=modality, rule=rule, confidence=confidence)


def _lists_of_those_present(reading: Reading, actors: Actors) -> None:
    """As in "In attendance were A, B and C", "Also represented were D and E", "Among the guests was X"."""
    parse = reading.parse
    for number, (first, past) in enumerate(parse.sentences):
        meeting = reading.focus.get(number)
        if meeting is None:
            continue
        cue = next((i for i in range(first, min(past, first + 4)) if parse.lower[i] in _PRESENT), None)
        if cue is None or parse.tags[cue].startswith("VBD"):
            continue
        verb = next((j for j in range(cue + 1, min(past, cue + 10)) if parse.lower[j] in _INVERTED), None)
        # "Participants from ten countries were received by X": a subject of its own stands before the verb.
        if verb is not None and not any(parse.deps[j] in ("nsubj", "nsubjpass") for j in range(cue + 1, verb)):
            _say(reading, _listed(reading, verb + 1, past, actors), meeting, cue, "list of those present", 0.8)


_INVERTED = frozenset(("were", "was", "are", "is", "included"))


def _listed(reading: Reading, i: int, past: int, actors: Actors) -> list[Span]:
    """The actors of a list that begins at i: people, and countries and bodies that no title belongs to."""
    found = []
    for span in reading.spans_in(i, past, "Leader", "Country", "Organization"):
        if span.kind == "adjective" or span.first in actors.named_office_tokens or span.first in actors.office_at:
            continue
        grouped = id(span) in actors.groups or reading.parse.deps[span.head] in ("nsubj", "attr", "conj")
        owner = reading.parse.deps[span.head] in ("poss", "compound", "amod")
        if span.draft.type == "Leader" or (grouped and not owner):
            found.append(span)
    return found


def _delegates_from(reading: Reading, actors: Actors) -> None:
    """As in "Delegates have come from the Cook Islands, Niue and Tuvalu", "observers from Chad and Sudan took part"."""
    parse = reading.parse
    for i in parse.where(_DELEGATES):
        first, past = parse.sentences[parse.sentence_of[i]]
        meeting = focus_at(reading, i)
        if meeting is None or meeting.attributes.get("kind") not in GATHERINGS:
            continue
        origin = next((j for j in range(i + 1, min(past, i + 6)) if parse.lower[j] in _FROM), None)
        if origin is None or _COMING.isdisjoint(parse.lower[first:past]):
            continue
        if i in actors.named_office_tokens or _names_follow(reading, origin, past, actors):
            # "The ministers of Haiti and Dominica, X and Y": a named minister alone speaks for himself.
            _say(reading, _named_after(reading, origin, past, actors), meeting, i, "ministers named")
            continue
        named = reading.spans_in(origin, min(past, origin + 5), "Country", "Organization")[:1]
        listed = actors.groups.get(id(named[0]), named) if named else []
        bodies = [s for s in listed if s.draft.type == "Country" or meeting.series is not s.draft]
        if not (len(listed) == 1 and listed[0].draft.type == "Organization"):
            _say(reading, bodies, meeting, i, "delegates from")


_FROM = frozenset(("from", "of", "representing"))


def _names_follow(reading: Reading, origin: int, past: int, actors: Actors) -> bool:
    """As in "ministers from Laos and Cambodia, X and Y, sat there": as many people as countries, right behind them."""
    countries = reading.spans_in(origin, min(past, origin + 5), "Country")[:1]
    listed = actors.groups.get(id(countries[0]), countries) if countries else []
    end = listed[-1].past if listed else past
    people = (
        reading.spans_in(end, min(past, end + 3), "Leader")[:1] if reading.parse.words[end : end + 1] == [","] else []
    )
    return bool(people) and len(actors.groups.get(id(people[0]), people)) == len(listed)


def _named_after(reading: Reading, origin: int, past: int, actors: Actors) -> list[Span]:
    leaders = reading.spans_in(origin, min(past, origin + 25), "Leader")[:1]
    return actors.groups.get(id(leaders[0]), leaders) if leaders else []


def _with_them(reading: Reading, actors: Actors) -> None:
    """As in "With them at the talks were X and Y", "To his right sat Z"."""
    parse = reading.parse
    for number, (first, past) in enumerate(parse.sentences):
        meeting = reading.focus.get(number)
        words = parse.lower[first : first + 9]
        if meeting is None or not words or words[0] not in ("with", "beside", "joining", "accompanying", "alongside"):
            continue
        verb = next((j for j in range(first + 1, min(past, first + 9)) if parse.lower[j] in _BEING), None)
        if verb is not None:
            leaders = [s for s in _listed(reading, verb + 1, past, actors) if s.draft.type == "Leader"]
            _say(reading, leaders, meeting, verb, "with them were")


_BEING = frozenset("was were sat stood came is are".split())


def _in_presence_of(reading: Reading, actors: Actors) -> None:
    """As in "signed in the presence of X and Y", "as X looked on", "witnessed by Z"."""
    parse = reading.parse
    for i in parse.where(("presence", "witnessed", "watched")):
        if parse.lower[i + 1 : i + 2] not in (["of"], ["by"]):
            continue
        if parse.lower[i] == "presence" and parse.deps[i] in ("nsubj", "nsubjpass", "dobj"):
            continue  # "The presence of X was confirmed for days"
        _, past = parse.sentences[parse.sentence_of[i]]
        meeting = focus_at(reading, i)
        leaders = reading.spans_in(i, min(past, i + 12), "Leader")[:1]
        listed = actors.groups.get(id(leaders[0]), leaders) if leaders else []
        if meeting is not None:
            _say(reading, listed, meeting, i, "in the presence of")


def _countries_act(reading: Reading, frames: list[Frame]) -> None:
    """As in "New Zealand promised 2 million dollars" in a report on a gathering: it said so there."""
    main = main_meeting(reading)
    if main is None or main.attributes.get("kind") not in ("ministerial", "officials-meeting", "other"):
        return
    parse = reading.parse
    for frame in frames:
        number = parse.sentence_of[frame.verb]
        if frame.base not in _ACTING or parse.tags[frame.verb] != "VBD" or reading.focus.get(number) is not main:
            continue
        if modality_of(parse, frame) != "actual" or _elsewhere(reading, number, main):
            continue
        spans = [s for t in frame.subjects if (s := reading.owner[t]) is not None]
        for actor in [s.draft for s in spans if s.kind == "name" and not s.rule and s.draft.type == "Country"]:
            reading.say(actor, "attended", main, frame.verb, rule="country acts there", confidence=0.6)


def _elsewhere(reading: Reading, number: int, main: Draft) -> bool:
    first, past = reading.parse.sentences[number]
    return any(s.draft is not main for s in reading.spans_in(first, past, "Meeting"))


def _signers(reading: Reading) -> None:
    """Who puts a name to a paper is at its signing."""
    ceremonies = [d for d in reading.of_type("Meeting") if d.attributes.get("kind") == "signing"]
    if len(ceremonies) != 1:
        return
    for fact in [f for f in reading.facts if f.predicate == "signed" and f.modality in ("actual", "planned")]:
        if focus_at(reading, fact.token) is ceremonies[0] and fact.subject.type == "Leader":
            reading.say(fact.subject, "attended", ceremonies[0], fact.token, rule="signs there", modality=fact.modality)


_SITTING = word_list("presence", "sitting")
_TABLE = frozenset("floor part seat seats table debate discussion proceedings observer observers row".split())
_VIDEO = frozenset("video videolink remotely online distance".split())


def _at_the_table(reading: Reading, actors: Actors) -> None:
    """As in "X took the floor", "Japan followed the debate as an observer", "A and B were heard by video"."""
    parse = reading.parse
    for verb in parse.where(_SITTING):
        if not parse.tags[verb].startswith("V"):
            continue
        meeting = focus_at(reading, verb)
        if meeting is None:
            continue
        past = parse.subtree(verb)[1]
        around = set(parse.lower[verb : min(past, verb + 9)])
        if not around & (_TABLE | _VIDEO) or _elsewhere(reading, parse.sentence_of[verb], meeting):
            continue
        if modality_at(parse, verb) in UNREAL or meeting.attributes.get("kind") not in GATHERINGS:
            continue
        modality = modality_at(parse, verb)
        for child in (c for c in parse.children[verb] if parse.deps[c] in ("nsubj", "nsubjpass")):
            for actor in actors.all([child, *conjuncts(parse, child)]):
                reading.say(actor, "attended", meeting, verb, modality=modality, rule="at the table", confidence=0.75)


_REPORTING = word_list("presence", "reporting")
_MATTERS = frozenset("meeting group members council committee session participants delegates conference forum".split())


def _people_act(reading: Reading, actors: Actors) -> None:
    """As in "the focal point, X, proposed a network", "Ambassador Y briefed the Group" in a report on a gathering."""
    main = reported_gathering(reading)
    if main is None:
        return
    parse = reading.parse
    for verb, word in enumerate(parse.lower):
        number = parse.sentence_of[verb]
        if word not in _REPORTING or parse.tags[verb] != "VBD" or reading.focus.get(number) is not main:
            continue
        if modality_at(parse, verb) != "actual" or _elsewhere(reading, number, main):
            continue
        to_it = not _MATTERS.isdisjoint(parse.lower[verb : verb + 4])
        if not to_it and main.attributes.get("kind") not in ("officials-meeting", "ministerial"):
            continue
        for child in (c for c in parse.children[verb] if parse.deps[c] == "nsubj"):
            for actor in (d for d in actors.at(child) if d.type == "Leader" and not speaks_for_others(reading, d)):
                reading.say(actor, "attended", main, verb, rule="acts in the report", confidence=0.65)
