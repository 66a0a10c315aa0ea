"""Who hosted a meeting or a visit, where the text says so."""

from __future__ import annotations

from kg.extract.entities.actors import Actors
from kg.extract.entities.phrases import BEING
from kg.extract.facts.focus import focus_at, meeting_in
from kg.extract.facts.stays import places_under, surely_foreign
from kg.extract.facts.together import leaders_at
from kg.extract.frames import Frame, governing_subjects
from kg.extract.modality import UNREAL, modality_at, modality_of
from kg.extract.reading import Draft, Reading

_RECEIVING = frozenset(("receive", "welcome", "host", "greet", "meet", "await", "entertain"))
_HOSTING = frozenset(("host", "organise", "organize", "convene", "co-host"))


def find_hosts(reading: Reading, frames: list[Frame], actors: Actors) -> None:
    """All rules of this file, in order."""
    for frame in frames:
        _received_on_visit(reading, frame, actors)
        _hosted_by(reading, frame, actors)
    for i, word in enumerate(reading.parse.lower):
        if word in ("host", "hostess", "hosts", "co-hosts", "co-host") and reading.parse.tags[i].startswith("N"):
            _called_host(reading, i, actors)
        if word == "hosted" and reading.parse.words[i - 1] == "-":
            _country_hosted(reading, i)
        if word in ("guest", "guests") and reading.parse.lower[i + 1 : i + 2] == ["of"]:
            _guest_of(reading, i)


def _country_hosted(reading: Reading, i: int) -> None:
    """As in "the Japan-hosted 10th Pacific Islands Leaders Meeting", "Qatar-hosted talks"."""
    host = reading.owner[i - 2] if i > 1 else None
    meetings = reading.spans_in(max(0, i - 3), min(len(reading.parse), i + 7), "Meeting")
    here = [s for s in reading.spans if s.draft.type == "Meeting" and s.first <= i + 1 and i < s.head <= i + 7]
    if host is not None and host.draft.type in ("Country", "Organization") and (here or meetings):
        reading.say(host.draft, "hosted", (here or meetings)[0].draft, i, rule="hosted by", confidence=0.8)


def visit_of(reading: Reading, guest: Draft | None, token: int) -> Draft | None:
    """The visit on which somebody is: one that he attended; else the only one, or the one of the sentence."""
    visits = [d for d in reading.of_type("Meeting") if d.attributes.get("kind") == "visit"]
    his = [d for d in visits if guest in reading.subjects("attended", d)]
    focus = focus_at(reading, token)
    if focus in his or (focus in visits and not his):
        return focus
    if his:
        return his[0]
    return visits[0] if len(visits) == 1 else None


def _say_host(reading: Reading, host: Draft, meeting: Draft, token: int, rule: str, modality: str = "actual") -> None:
    reading.say(host, "hosted", meeting, token, modality=modality, rule=rule, confidence=0.8)
    if host.type == "Leader":
        reading.say(host, "attended", meeting, token, modality=modality, rule="host attends", confidence=0.75)


def _received_on_visit(reading: Reading, frame: Frame, actors: Actors) -> None:
    """As in "she was received by President X", "Y welcomed his guest": X and Y host the visit."""
    modality = modality_of(reading.parse, frame)
    if frame.base not in _RECEIVING or modality in UNREAL or (frame.base == "meet" and not frame.passive):
        return
    guests = [d for t in frame.objects for d in leaders_at(reading, t, actors)]
    for place in (s.draft for s in places_under(reading, frame.verb, frozenset(("in",)))):
        for guest in guests if frame.subjects else []:
            if surely_foreign(reading, guest, place, actors):
                reading.say(guest, "visited", place, frame.verb, modality=modality, rule="received in")
    for host in (d for t in frame.subjects for d in leaders_at(reading, t, actors, spread=False)):
        visit = visit_of(reading, guests[0] if guests else None, frame.verb)
        if visit is None or host in guests or not guests:
            continue
        if _comes_from_there(reading, host, visit):
            _say_host(reading, host, visit, frame.verb, "received on visit", modality)


def _comes_from_there(reading: Reading, host: Draft, visit: Draft) -> bool:
    """Whether nothing speaks against the host's being at home where the visit goes."""
    homes = [d for d in reading.objects(host, "represents") if isinstance(d, Draft) and d.type == "Country"]
    places = [d for d in reading.objects(visit, "heldIn") if isinstance(d, Draft)]
    countries = [d for d in places if d.type == "Country"]
    codes = {d.attributes.get("country") for d in places} | {d.attributes.get("iso3") for d in countries}
    return not homes or not codes - {None} or any(h.attributes.get("iso3") in codes for h in homes)


def _hosted_by(reading: Reading, frame: Frame, actors: Actors) -> None:
    """As in "is to be hosted by Viet Nam", "which Guyana will host": the meeting in the clause above."""
    if frame.base not in _HOSTING or not frame.subjects:
        return
    modality = modality_of(reading.parse, frame)
    tokens = [*frame.objects, *(governing_subjects(reading.parse, frame.verb) if frame.passive else [])]
    spans = [s for t in tokens if (s := reading.owner[t]) is not None and s.draft.type == "Meeting"]
    if not spans and _hosts_what_is_told(reading, frame):
        focus = focus_at(reading, frame.verb)
        spans = [s for s in reading.spans if s.draft is focus][:1]
    if spans and modality not in UNREAL:
        for host in actors.all(frame.subjects):
            reading.say(host, "hosted", spans[0].draft, frame.verb, modality=modality, rule="hosted by")


def _hosts_what_is_told(reading: Reading, frame: Frame) -> bool:
    """As in "Kenya will host it", "it was agreed that Guyana would host", "X will host leaders from five countries"."""
    parse = reading.parse
    if frame.passive or "relcl" in (parse.deps[frame.verb], parse.deps[parse.heads[frame.verb]]):
        return False  # "the Facility, whose headquarters Tonga is to host"
    if frame.base == "host" and not frame.objects:
        return "dobj" not in (parse.deps[c] for c in parse.children[frame.verb]) and not frame.obliques
    words = {parse.lower[t] for t in frame.objects}
    return not words.isdisjoint(_EVENTS) or frame.base == "host" and not words.isdisjoint(_GUESTS)


_EVENTS = frozenset(("it", "meeting", "event", "summit"))
_GUESTS = frozenset("leaders ministers presidents premiers counterparts delegations delegates officials heads".split())


def _called_host(reading: Reading, i: int, actors: Actors) -> None:
    """As in "said the host, President X", "the hosts, Singapore", "his host, Y", "X, the hostess"."""
    parse = reading.parse
    first, past = parse.sentences[parse.sentence_of[i]]
    if modality_at(parse, i) in UNREAL or parse.lower[i - 1] in ("no", "not", "former"):
        return
    after = [s for s in reading.spans_in(i + 1, min(past, i + 8), "Leader", "Country") if s.kind == "name"]
    leaders = [s for s in after if s.draft.type == "Leader"]
    named = [d for s in leaders[:1] or after[:1] for d in [s.draft]] if parse.words[i + 1 : i + 2] == [","] else []
    if leaders and leaders[0].first == i + 1:
        named = [leaders[0].draft]  # "host Alberto Fernández will pass on the presidency"
    if not named and parse.words[i - 2 : i - 1] == [","] and parse.lower[i - 1] in ("the", "as"):
        before = reading.spans_in(first, i, "Leader", "Country")
        named = [before[-1].draft] if before and i - before[-1].past <= 2 else []
    if not named and parse.lower[i] in ("host", "hosts", "co-hosts", "co-host"):
        named = _host_by_copula(reading, i, past, actors)
    owner = next((c for c in parse.children[i] if parse.deps[c] == "poss"), None)
    if owner is not None:
        named = [d for d in named if d.type == "Leader"]
        guests = leaders_at(reading, owner, actors, spread=False)
        meeting = visit_of(reading, guests[0] if guests else None, i)
    else:
        meeting = meeting_in(reading, first, past, i)
    for host in named if parse.lower[i].endswith("hosts") else named[:1]:
        if meeting is not None and meeting.attributes.get("kind") != "call":
            _say_host(reading, host, meeting, i, "called host", modality_at(parse, i))


def _host_by_copula(reading: Reading, i: int, past: int, actors: Actors) -> list[Draft]:
    """As in "X was the host", "Barbados was the host of the summit", "the host of the summit, X,"."""
    parse = reading.parse
    end, meetings = i + 1, []
    if parse.lower[end : end + 1] in (["of"], ["to"]):
        meetings = reading.spans_in(end, min(past, end + 4), "Meeting")
        if not meetings:
            return []  # "the host of a television show"
        end = meetings[0].past
    if parse.deps[i] == "attr" and parse.lower[parse.heads[i]] in BEING:
        subjects = [c for c in parse.children[parse.heads[i]] if parse.deps[c] == "nsubj"]
        return [d for d in actors.all(subjects) if d.type in ("Leader", "Country")]
    if not meetings or parse.words[end : end + 1] != [","]:
        return []
    after = reading.spans_in(end, min(past, end + 7), "Leader", "Country")
    leaders = [s.draft for s in after if s.draft.type == "Leader"]
    return leaders[:1] or [s.draft for s in after[:1] if s.kind == "name" and s.first <= end + 2]


def _guest_of(reading: Reading, i: int) -> None:
    """As in "as the guest of Governor X"."""
    parse = reading.parse
    _, past = parse.sentences[parse.sentence_of[i]]
    named = reading.spans_in(i + 1, min(past, i + 9), "Leader")
    meeting = visit_of(reading, None, i)
    if named and meeting is not None and modality_at(parse, i) not in UNREAL:
        _say_host(reading, named[0].draft, meeting, i, "guest of")
