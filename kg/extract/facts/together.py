"""Who met whom: people whom a verb or a noun puts face to face, hosts and guests, the chairs of two sides."""

from __future__ import annotations

from kg.extract.entities.actors import Actors
from kg.extract.facts.nearness import conjuncts
from kg.extract.frames import Frame, governing_subjects
from kg.extract.modality import UNREAL, clause_frame, modality_of
from kg.extract.reading import Draft, Reading
from kg.extract.wordlists import word_list

_FACE_TO_FACE = word_list("together", "face_to_face")
_WITH = word_list("together", "with_verbs")
_NOUNS = word_list("together", "nouns")
_GUESTS = frozenset(("guest", "visitor"))
_HOSTS = frozenset(("host", "hostess"))
_SIDES = ("with", "between", "on", "by", "of")
_CALLS = frozenset(("call", "calls"))
_FRONTED = frozenset("in during at after following".split())  # "At a meeting with X, Y said"


def find_encounters_of_people(reading: Reading, frames: list[Frame], actors: Actors) -> None:
    """All rules of this file, in order."""
    for frame in frames:
        _by_verb(reading, frame, actors)
    _by_noun(reading, actors)
    _hosts_and_guests(reading, actors)


def find_chairs_together(reading: Reading) -> None:
    """Two people who chair one meeting together have met; so have the leaders of the two sides of talks."""
    for meeting in reading.of_type("Meeting"):
        if not _of_two(reading, meeting):
            continue
        for predicate, rule in (("chaired", "chaired together"), ("ledDelegation", "led the two sides")):
            facts = [f for f in reading.facts if f.predicate == predicate and f.object is meeting]
            people = [f for f in facts if f.subject.type == "Leader" and f.modality in ("actual", "planned")]
            if len(people) == 2:
                one, other = people
                reading.say(
                    one.subject, "met", other.subject, other.token, modality=one.modality, rule=rule, confidence=0.75
                )


def _of_two(reading: Reading, meeting: Draft) -> bool:
    """Whether the meeting is of two countries, as far as the text names who took part."""
    if meeting.attributes.get("kind") == "summit" or (meeting.series is not None and meeting.series.seed is not None):
        return False
    there = reading.subjects("attended", meeting)
    return len([d for d in there if d.type == "Country"]) <= 2 and len([d for d in there if d.type == "Leader"]) <= 4


def leaders_at(reading: Reading, token: int, actors: Actors, *, spread: bool = True) -> list[Draft]:
    """The people that a noun phrase stands for; "the visitor", "her guest" is the one who came on a visit."""
    found = [d for d in actors.at(token, spread=spread) if d.type == "Leader"]
    if not found and reading.parse.lower[token] in ("visitor", "guest", "hostess", "host"):
        person = guest_of_text(reading, token) if reading.parse.lower[token] in _GUESTS else None
        return [person] if person is not None else []
    return found or _in_apposition(reading, token)


def _in_apposition(reading: Reading, token: int) -> list[Draft]:
    """As in "the Speaker of Parliament, X", "the Council's Secretary General, Y": the name after the office."""
    parse = reading.parse
    for child in parse.children[token]:
        span = reading.owner[child]
        if parse.deps[child] == "appos" and span is not None and span.draft.type == "Leader":
            return [span.draft]
    return []


def guest_of_text(reading: Reading, token: int) -> Draft | None:
    """The one person whom the text up to there has called a guest, or who attended its visit."""
    visits = [d for d in reading.of_type("Meeting") if d.attributes.get("kind") == "visit"]
    hosts = {id(d) for visit in visits for d in reading.subjects("hosted", visit)}
    for visit in visits:
        people = [d for d in reading.subjects("attended", visit) if d.type == "Leader" and id(d) not in hosts]
        if len(people) == 1:
            return people[0]
    visitors = {id(f.subject): f.subject for f in reading.facts if f.predicate == "visited" and f.token < token}
    return next(iter(visitors.values())) if len(visitors) == 1 else None


def _by_verb(reading: Reading, frame: Frame, actors: Actors) -> None:
    """As in "was welcomed by X", "saw Y", "signed with Z", "toured the port with W"."""
    parse = reading.parse
    modality = modality_of(parse, frame)
    if modality in UNREAL:
        return
    here = [d for t in subjects_of(reading, frame) for d in leaders_at(reading, t, actors)]
    there: list[Draft] = []
    rule = f"face to face: {frame.base}"
    if frame.base in ("host", "give", "hold") and (feasted := _feasted(reading, frame)):
        there = [d for t in feasted for d in leaders_at(reading, t, actors)]
    elif frame.base in _FACE_TO_FACE:
        there = [d for t in frame.objects for d in leaders_at(reading, t, actors)]
    elif frame.base in _WITH:
        with_whom = frame.with_preposition("with") or _far_companion(reading, frame)
        there = [d for t in with_whom for d in leaders_at(reading, t, actors)]
        rule = "together with"
    for one in here:
        for other in there:
            reading.say(one, "met", other, frame.verb, modality=modality, rule=rule, confidence=0.8)


def subjects_of(reading: Reading, frame: Frame) -> list[int]:
    """The subjects of a frame; where the parser lost them the agent behind a noun or the name right before the verb."""
    if frame.subjects:
        return frame.subjects
    if frame.passive:
        return _late_agent(reading, frame)
    # "the Chinese Ambassador, Mrs. Wei Guo, paid a call"
    i = frame.verb - 1 - (reading.parse.words[frame.verb - 1] == ",")
    span = reading.owner[i] if i > 0 and reading.parse.tags[frame.verb] in ("VBD", "VBZ") else None
    return [span.head] if span is not None and span.draft.type == "Leader" else []


def _far_companion(reading: Reading, frame: Frame) -> list[int]:
    """As in "discussed the agenda of the summit with X": the parser hangs "with" on a noun before it."""
    parse = reading.parse
    if frame.base not in ("discuss", "review", "exchange"):
        return []
    _, past = parse.sentences[parse.sentence_of[frame.verb]]
    for i in range(frame.verb + 1, min(past, frame.verb + 20)):
        if parse.tags[i].startswith("V") or parse.words[i] in ",;":
            break
        people = reading.spans_in(i, min(past, i + 10), "Leader")[:1] if parse.lower[i] == "with" else []
        if people and not any(parse.words[j] in ",;" for j in range(i, people[0].first)):
            return [people[0].head]
    return []


_FEASTS = frozenset("reception receptions lunch luncheon dinner banquet breakfast audience".split())


def _feasted(reading: Reading, frame: Frame) -> list[int]:
    """As in "hosted a reception for the ambassador, X", "gave a dinner in honour of Y"."""
    parse = reading.parse
    if not any(parse.lower[t] in _FEASTS for t in frame.objects):
        return []
    behind = [*frame.with_preposition("for"), *_guests_of(reading, [*frame.objects, frame.verb])]
    return behind if not frame.passive else []


def _guests_of(reading: Reading, heads: list[int]) -> list[int]:
    parse = reading.parse
    found = []
    for head in heads:
        for c in (c for c in parse.children[head] if parse.deps[c] == "prep"):
            below = [g for g in parse.children[c] if parse.deps[g] == "pobj"]
            if parse.lower[c] == "for":
                found += [t for g in below for t in (g, *conjuncts(parse, g))]
            elif parse.lower[c] == "in" and any(parse.lower[g] in ("honour", "honor") for g in below):
                found += [t for g in below for o in parse.children[g] for t in parse.children[o]]
    return found


def _late_agent(reading: Reading, frame: Frame) -> list[int]:
    """As in "was received on arrival by the governor": the parser hangs "by" on the noun before it."""
    parse = reading.parse
    if not frame.passive or frame.base not in _FACE_TO_FACE:
        return []
    _, past = parse.sentences[parse.sentence_of[frame.verb]]
    for i in range(frame.verb + 1, min(past, frame.verb + 14)):
        if parse.tags[i].startswith("V") or parse.words[i] in ",;":
            break
        if parse.lower[i] == "by":
            people = reading.spans_in(i, min(past, i + 12), "Leader")[:1]
            return [people[0].head] if people else []
    return []


def _by_noun(reading: Reading, actors: Actors) -> None:
    """As in "her meeting with X", "a working lunch of A with B", "for a breakfast with the mayor, Y"."""
    parse = reading.parse
    for i in parse.where(_NOUNS):
        word = parse.lower[i]
        if not parse.tags[i].startswith("N"):
            continue
        if any(parse.lower[c] in ("no", "without") for c in parse.children[i]):
            continue
        sides: dict[str, list[Draft]] = {}
        of_verb = parse.children[parse.heads[i]] if word in _CALLS and parse.deps[i] == "dobj" else []
        # "received a phone call on Monday from his counterpart, Y": the parser hangs "from" on the verb.
        for c in [*parse.children[i], *(c for c in of_verb if parse.lower[c] == "from")]:
            if parse.deps[c] == "prep" and parse.lower[c] in (*_SIDES, *(("from",) if word in _CALLS else ())):
                heads = [g for g in parse.children[c] if parse.deps[g] == "pobj"]
                sides.setdefault(parse.lower[c], []).extend(d for g in heads for d in leaders_at(reading, g, actors))
        owners = [d for c in parse.children[i] if parse.deps[c] == "poss" for d in leaders_at(reading, c, actors)]
        if not sides and owners and parse.deps[i] == "nsubj":
            heads = [g for c in parse.children[parse.heads[i]] if parse.lower[c] == "with" for g in parse.children[c]]
            sides["with"] = [d for g in heads for d in leaders_at(reading, g, actors)]  # "X's talks were with Y"
        _say_pairs(reading, i, owners, sides, actors)


def _say_pairs(reading: Reading, i: int, owners: list[Draft], sides: dict[str, list[Draft]], actors: Actors) -> None:
    """The owners with those behind "with"; without owners the subjects, or the two that "between" or "of" names."""
    parse = reading.parse
    with_whom = [d for people in sides.values() for d in people]
    verb = parse.heads[i]
    for _ in range(3):
        if parse.tags[verb].startswith("V") or parse.heads[verb] == verb:
            break
        verb = parse.heads[verb]
    if not with_whom or not parse.tags[verb].startswith("V"):
        return
    modality = modality_of(parse, clause_frame(parse, verb))
    if modality in UNREAL:
        return
    of_both = [d for name in ("between", "of") for d in sides.get(name, ())]
    fronted = parse.deps[i] == "pobj" and parse.lower[parse.heads[i]] in _FRONTED
    if not owners and not of_both and (i > verb or fronted):
        subjects = [c for c in parse.children[verb] if parse.deps[c] == "nsubj"] or governing_subjects(parse, verb)
        owners = [d for c in subjects for d in leaders_at(reading, c, actors)]
    pairs = [(one, other) for one in owners for other in with_whom]
    if not owners and of_both and len(with_whom) == 2:
        pairs = [(with_whom[0], with_whom[1])]
    for one, other in pairs:
        reading.say(one, "met", other, i, modality=modality, rule="noun of meeting", confidence=0.8)
        talks = reading.owner[i]
        if talks is not None and talks.draft.attributes.get("kind") in ("call", "bilateral-talks"):
            for side in (one, other):
                reading.say(side, "attended", talks.draft, i, modality=modality, rule="side by noun", confidence=0.8)


def _hosts_and_guests(reading: Reading, actors: Actors) -> None:
    """As in "his host, President X", "the guest of Y", "her guest, Z": the two are together."""
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if word not in _HOSTS | _GUESTS or not parse.tags[i].startswith("N"):
            continue
        first, past = parse.sentences[parse.sentence_of[i]]
        after = reading.spans_in(i + 1, min(past, i + 9), "Leader")
        owner = next((c for c in parse.children[i] if parse.deps[c] == "poss"), None)
        if owner is None and parse.lower[i + 1 : i + 2] != ["of"]:
            continue
        if parse.lower[i + 1 : i + 2] == ["of"]:
            other = after[0].draft if after else None
            subjects = [s.draft for s in reading.spans_in(first, i, "Leader")][:1]
            he = [actors.last_person(t) for t in range(first, i) if parse.lower[t] in ("he", "she")]
            one = next((d for d in he if d is not None), subjects[0] if subjects else None)
        else:
            assert owner is not None
            named = after[0].draft if after and after[0].first - i <= 6 else None
            other = named
            owned = leaders_at(reading, owner, actors, spread=False)
            if not owned and parse.lower[owner] in ("his", "her"):
                person = actors.last_person(owner)
                owned = [person] if person is not None else []
            one = owned[0] if owned else None
        if one is not None and other is not None and one is not other:
            reading.say(one, "met", other, i, rule="host and guest", confidence=0.8)
